//! Time line, charts and couplings: one moment and one unit, shown in every view.

use crate::Test;
use crate::harness::{Window, at};
use eframe::egui::{Key, PointerButton};

/// All of them.
pub(crate) const ALL: &[Test] = &[
    (
        "the_time_line_goes_to_a_moment",
        the_time_line_goes_to_a_moment,
    ),
    (
        "the_time_line_is_moved_by_keys",
        the_time_line_is_moved_by_keys,
    ),
    (
        "a_unit_pointed_at_is_told_everywhere",
        a_unit_pointed_at_is_told_everywhere,
    ),
    (
        "couplings_are_laid_out_both_ways",
        couplings_are_laid_out_both_ways,
    ),
];

fn the_time_line_goes_to_a_moment() {
    let mut window = Window::open();
    window.press("Settle");
    window.wait_for_text(" sweep");
    let end = window.session().cursor();
    let line = window.slider_at("Time line");
    window.drag(
        PointerButton::Primary,
        &[at(line, 0.9, 0.5), at(line, 0.4, 0.5)],
    );
    let place = window.session().cursor() as f64 / end as f64;
    assert!((place - 0.4).abs() < 0.05, "{place}");
    window.click_at(PointerButton::Primary, at(line, 0.999, 0.5));
    assert_eq!(window.session().cursor(), end);
    assert!(!window.is_enabled("Undo"), "time is no edit");
}

fn the_time_line_is_moved_by_keys() {
    let mut window = Window::open();
    window.press("Settle");
    window.wait_for_text(" sweep");
    let end = window.session().cursor();
    window.focus("Time line");
    window.key(Key::Home);
    assert_eq!(window.session().cursor(), 0);
    window.key(Key::ArrowRight);
    window.assert_shows("after 1 flip");
    window.key(Key::ArrowLeft);
    assert_eq!(window.session().cursor(), 0);
    window.key(Key::End);
    assert_eq!(window.session().cursor(), end);
}

fn a_unit_pointed_at_is_told_everywhere() {
    let mut window = Window::open();
    let state = window.picture_at("state");
    window.point_at(at(state, 0.01, 0.01));
    window.assert_shows("Unit 0");
    window.assert_shows("Row 0");
    let row = window.picture_at("Row of the unit");
    window.point_at(at(row, 0.99, 0.99));
    window.assert_shows("Row 0");
    window.click_at(PointerButton::Primary, at(row, 0.99, 0.99));
    window.assert_shows("Row 783");
    window.leave();
    window.assert_shows("Row 783");
    window.choose("Size of the digits", "14 × 14");
    window.wait_until("the small digits are learned", |session| {
        session
            .recording()
            .is_some_and(|recording| recording.patterns().n_units() == 196)
    });
    window.rest();
    assert!(!window.shows("Row 783"));
}

fn couplings_are_laid_out_both_ways() {
    let mut window = Window::open();
    let sheet = window.picture_at("Matrix of couplings");
    let unit_at = |window: &mut Window, x: f32| {
        // Not at half its height: there is a gap between two rows of pictures.
        window.point_at(at(sheet, x, 0.51));
        let texts = window.texts();
        let unit = texts.iter().find_map(|text| text.strip_prefix("Unit "));
        let unit = unit.and_then(|unit| unit.parse::<usize>().ok());
        unit.expect("the unit pointed at is told")
    };
    assert!(window.is_chosen("Layout of the couplings", "Matrix"));
    // A row of the matrix is one unit from end to end; a row of pictures is a row of 28 units.
    let (left, right) = (unit_at(&mut window, 0.03), unit_at(&mut window, 0.97));
    assert_eq!(left, right);
    window.choose("Layout of the couplings", "Rows as pictures");
    assert!(window.is_chosen("Layout of the couplings", "Rows as pictures"));
    let (left, right) = (unit_at(&mut window, 0.03), unit_at(&mut window, 0.97));
    assert_eq!((left / 28, left % 28, right % 28), (right / 28, 0, 27));
    assert!(window.is_pressed("Log"));
    window.press("Log");
    assert!(!window.is_pressed("Log"));
    window.choose_rule("Hebb");
    window.catch_up();
    // How one looks outlives what one looks at.
    assert!(window.is_chosen("Layout of the couplings", "Rows as pictures"));
    assert!(!window.is_pressed("Log"));
    assert_eq!(unit_at(&mut window, 0.97), right);
}
