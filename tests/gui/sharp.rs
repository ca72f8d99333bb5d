//! Pictures that no graphics card changes: no pixel hangs on a hundredth of a pixel.
//!
//! Without a card: `harness/edges.rs` shifts what is drawn and looks which pixels could turn out otherwise.

use crate::harness::{Window, at};
use crate::{Test, statistics, worlds};
use eframe::egui::{Theme, vec2};

/// All of them.
pub(crate) const ALL: &[Test] = &[
    ("couplings_hang_on_no_card", couplings_hang_on_no_card),
    ("a_lattice_hangs_on_no_card", a_lattice_hangs_on_no_card),
    ("charts_hang_on_no_card", charts_hang_on_no_card),
];

/// Sizes of the window, and pixels to a point.
const SCREENS: [(f32, f32, f32); 5] = [
    (1280.0, 800.0, 1.0),
    (1920.0, 1080.0, 1.0),
    (1333.0, 901.0, 1.0),
    (1700.0, 1050.0, 1.25),
    (2640.0, 1620.0, 2.0),
];

#[track_caller]
fn assert_sharp(window: &Window, what: &str) {
    let faults = window.unsharp();
    assert!(
        faults.is_empty(),
        "{what}: {} faults, {:#?}",
        faults.len(),
        &faults[..faults.len().min(4)]
    );
}

fn couplings_hang_on_no_card() {
    for (width, height, pixels) in SCREENS {
        let mut window = Window::sized(width, height, Theme::Dark);
        window.set_pixels_per_point(pixels);
        let screen = format!("{width} × {height} at {pixels}");
        assert_sharp(&window, &screen);
        let heatmap = window.picture_at("Matrix of couplings");
        window.scroll(at(heatmap, 0.3, 0.6), vec2(0.0, 137.0));
        assert_sharp(&window, &format!("{screen}, zoomed"));
        window.choose("Layout of the couplings", "Rows as pictures");
        assert_sharp(&window, &format!("{screen}, rows as pictures"));
    }
}

fn a_lattice_hangs_on_no_card() {
    let rule = "pseudo-likelihood:optimiser=descent,steps=2,eta=0.5";
    let mut window = worlds::on("spin-glass:l=16,t=1,p=50,spacing=2,warm-up=100", rule);
    window.choose("Lower chart", "Sampling");
    assert_sharp(&window, "lattice");
    window.choose("What is shown of the sampling", "Overlaps");
    assert_sharp(&window, "bars");
}

fn charts_hang_on_no_card() {
    let mut window = Window::open();
    window.press("Settle");
    window.wait_for_text(" sweep");
    window.press("Wrong");
    window.press("Fields");
    assert_sharp(&window, "fields");
    let mut window = statistics::dense(Window::sized(1280.0, 800.0, Theme::Light));
    window.rest();
    assert_sharp(&window, "weights of memories");
}
