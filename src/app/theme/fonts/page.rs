//! The letters of a page, which fetches them: those that egui brings along on a desktop, as far as they are there.

use crate::assets::{FIXED_WIDTH, LETTERS, UBUNTU};
use egui::epaint::text::FontPriority;
use egui::{ColorImage, FontData, FontDefinitions, FontFamily, FontTweak};
use egui::{GlyphBitmap, GlyphRasterizer, RasterizedGlyph, Vec2};
use std::sync::Arc;

/// Names of the first two among egui's fonts.
const NAMES: [&str; 2] = ["Ubuntu-Light", "Hack"];

pub(super) fn those_there() -> FontDefinitions {
    let mut fonts = FontDefinitions::empty();
    let first = NAMES.into_iter().zip([&UBUNTU, &FIXED_WIDTH]);
    let first = first.map(|(name, asset)| (name, 1.0, asset));
    let last = LETTERS
        .iter()
        .map(|(name, scale, asset)| (*name, *scale, asset));
    for (name, scale, asset) in first.chain(last) {
        let Ok(bytes) = asset.bytes() else {
            continue;
        };
        let tweak = FontTweak {
            scale,
            ..FontTweak::default()
        };
        let data = FontData::from_static(bytes).tweak(tweak);
        fonts.font_data.insert(name.to_owned(), Arc::new(data));
        for (family, letters) in &mut fonts.families {
            match (name, family) {
                ("Hack", FontFamily::Monospace) => letters.insert(0, name.to_owned()),
                ("Hack", _) => {}
                _ => letters.push(name.to_owned()),
            }
        }
    }
    fonts
}

/// A letter of the first frame that the first font lacks.
const LATE: &str = "⁻";

/// Leaves the place of [`LATE`] empty until its font is there. The browser would draw it, which took as long as half of
/// the first frame.
pub(super) fn late_letter() -> GlyphRasterizer {
    GlyphRasterizer::new("engram::late_letter", |request| {
        (request.cluster == LATE && FIXED_WIDTH.is_coming()).then(|| RasterizedGlyph {
            bitmap: GlyphBitmap {
                image: ColorImage::filled([1, 1], egui::Color32::TRANSPARENT),
                offset_px: Vec2::ZERO,
                is_color: false,
            },
            advance_px: request.font_size_px / 3.0,
        })
    })
    .with_priority(FontPriority::Highest)
}
