//! Saved charts beside what is on screen, pixel by pixel; and how their menu and the list of pictures look.

use crate::exports::read;
use crate::harness::Window;
use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers, Theme};

/// How far curves of a saved chart may lie from those on screen, in parts of the axes: three pixels of a chart of 200, as a
/// column of pixels that is half a pixel off gives where the curve is steep.
const APART: f64 = 0.015;

/// Where a curve of the colour that `is_curve` knows lies in `part` of a picture: at each of 60 places from left to right
/// the mean height, from 0 at the foot to 1 at the head, where it is thin enough to be one.
fn heights(
    picture: &image::RgbaImage,
    part: [f64; 4],
    is_curve: impl Fn([u8; 4]) -> bool,
) -> Vec<Option<f64>> {
    let [left, top, right, bottom] = part;
    let height = |place: usize| {
        let x = left + (right - left) * (place as f64 + 0.5) / 60.0;
        let column = x as u32;
        let rows = (top.ceil() as u32)..(bottom.floor() as u32);
        let hits = rows.filter(|row| is_curve(picture.get_pixel(column, *row).0));
        let hits: Vec<f64> = hits.map(|row| f64::from(row) + 0.5).collect();
        let (first, last) = (hits.first()?, hits.last()?);
        let is_thin = last - first < 0.05 * (bottom - top);
        let mean = hits.iter().sum::<f64>() / hits.len() as f64;
        is_thin.then_some((bottom - mean) / (bottom - top))
    };
    (0..60).map(height).collect()
}

/// Curve and axes of the energy as it is painted lie where the saved SVG draws them.
pub(crate) fn picture_saved_as_on_screen() {
    let mut window = Window::sized(1920.0, 1080.0, Theme::Light);
    window.press("Settle");
    window.wait_for_text(" sweep");
    let folder = tempfile::tempdir().expect("there is a folder for temporary files");
    window.app_mut().save_into(folder.path().to_owned());
    window.click_first_secondary(Role::Image, "Energy against time");
    window.press("Save as SVG…");
    let path = folder.path().join("energy-against-time.svg");
    window.wait_until("the figure is written", |_| path.exists());
    let svg = String::from_utf8(read(&path)).expect("it is text");
    let tree = resvg::usvg::Tree::from_str(&svg, &resvg::usvg::Options::default());
    let tree = tree.expect("the SVG can be read");
    let mut page = resvg::tiny_skia::Pixmap::new(1280, 800).expect("there is memory");
    let twice = resvg::tiny_skia::Transform::from_scale(2.0, 2.0);
    resvg::render(&tree, twice, &mut page.as_mut());
    let drawn = image::RgbaImage::from_raw(1280, 800, page.take()).expect("as many pixels");
    let frame = window.picture_at("Energy against time");
    let painted = window.taken();
    let on_screen = [frame.left(), frame.top(), frame.right(), frame.bottom()].map(f64::from);
    let is_blue = |[red, _, blue, _]: [u8; 4]| blue > red.saturating_add(70);
    let on_screen = heights(&painted, on_screen, is_blue);
    let on_paper = heights(&drawn, [140.0, 116.0, 1240.0, 700.0], is_blue);
    let both: Vec<(f64, f64)> = on_screen
        .into_iter()
        .zip(on_paper)
        .filter_map(|(a, b)| Some((a?, b?)))
        .collect();
    assert!(both.len() > 30, "a curve: {both:?}");
    let apart = both.iter().map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
    assert!(apart < APART, "{apart}: {both:?}");
    let fall = both[0].0 - both[both.len() - 1].0;
    assert!(
        fall > 0.3,
        "the curve falls, so that a mistake would be seen"
    );
}

/// The menu of a chart, open, and the list of all pictures.
pub(crate) fn picture_menu_of_a_chart() {
    let mut window = Window::open();
    window.press("Settle");
    window.wait_for_text(" sweep");
    window.keys(Modifiers::COMMAND, Key::E);
    window.click_first_secondary(Role::Image, "Energy against time");
    window.picture("menu_of_a_chart");
}
