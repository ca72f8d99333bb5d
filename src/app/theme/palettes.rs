//! The colours of the two themes, chosen by hand.
#![expect(
    clippy::disallowed_methods,
    reason = "a child of the one file that makes colours"
)]

use super::{Palette, Ramps};
use egui::Color32;

/// `0xrrggbb` as an opaque colour.
pub(super) const fn hex(rgb: u32) -> Color32 {
    Color32::from_rgb((rgb >> 16) as u8, (rgb >> 8) as u8, rgb as u8)
}

/// The dark theme, for a screen.
pub(super) fn dark() -> Palette {
    Palette {
        dark: true,
        window: hex(0x0f_1115),
        card: hex(0x1b_1e25),
        sunken: hex(0x13_151a),
        raised: hex(0x27_2b35),
        raised_hover: hex(0x39_3f4c),
        text: hex(0xcf_d4de),
        strong: hex(0xf3_f5f9),
        weak: hex(0x98_a0af),
        stroke: hex(0x34_3945),
        blue: hex(0x5c_a6f5),
        orange: hex(0xf5_a13d),
        primary: hex(0x2b_6cb5),
        primary_hover: hex(0x35_7ecf),
        on_primary: hex(0xff_ffff),
        ok: hex(0x9f_e8b6),
        ok_fill: hex(0x1c_3a29),
        error: hex(0xff_b3ae),
        error_fill: hex(0x4a_1f22),
        warn: hex(0xff_cf8f),
        warn_fill: hex(0x45_3015),
        ink: hex(0xed_eff4),
        paper: hex(0x17_1a20),
        ink_changed: hex(0xf5_a13d),
        paper_changed: hex(0x4f_3518),
        ink_wrong: hex(0xff_8f86),
        paper_wrong: hex(0x7a_2026),
        missing: hex(0x5a_5f6b),
        other_ends: [hex(0x8a_8f9b), hex(0x6a_7280), hex(0x4a_4f5a)],
        basin_shade: hex(0x06_070a),
        on_basin: hex(0xff_ffff),
        ramps: Ramps::new(true),
    }
}

/// The light theme, for a projector: dark ink on white paper.
pub(super) fn light() -> Palette {
    Palette {
        dark: false,
        window: hex(0xe6_e9ee),
        card: hex(0xff_ffff),
        sunken: hex(0xf2_f4f7),
        raised: hex(0xe4_e8ee),
        raised_hover: hex(0xcb_d2dd),
        text: hex(0x1b_1f27),
        strong: hex(0x00_0000),
        weak: hex(0x4a_5160),
        stroke: hex(0xbc_c3cf),
        blue: hex(0x12_5fb8),
        orange: hex(0xc4_5a00),
        primary: hex(0x12_5fb8),
        primary_hover: hex(0x0c_4c97),
        on_primary: hex(0xff_ffff),
        ok: hex(0x0a_5227),
        ok_fill: hex(0xd3_f0dc),
        error: hex(0x8f_1218),
        error_fill: hex(0xfc_dedc),
        warn: hex(0x70_4000),
        warn_fill: hex(0xfd_e8c8),
        ink: hex(0x15_181e),
        paper: hex(0xf4_f5f8),
        ink_changed: hex(0xc4_5a00),
        paper_changed: hex(0xfa_c98f),
        ink_wrong: hex(0x9c_1a20),
        paper_wrong: hex(0xf7_b0ab),
        missing: hex(0x9a_a0ab),
        other_ends: [hex(0xa4_a9b4), hex(0x84_8b98), hex(0xc6_cbd4)],
        basin_shade: hex(0x14_161c),
        on_basin: hex(0xff_ffff),
        ramps: Ramps::new(false),
    }
}
