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
    window.wait_for_text("Fixed point after");
    let end = window.session().cursor();
    let line = window.slider_at("Time line");
    window.drag(
        PointerButton::Primary,
        &[at(line, 0.9, 0.5), at(line, 0.4, 0.5)],
    );
    let middle = window.session().cursor();
    assert!(0 < middle && middle < end);
    window.click_at(PointerButton::Primary, at(line, 0.999, 0.5));
    assert_eq!(window.session().cursor(), end);
    assert!(!window.is_enabled("Undo"), "time is no edit");
}

fn the_time_line_is_moved_by_keys() {
    let mut window = Window::open();
    window.press("Settle");
    window.wait_for_text("Fixed point after");
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
    assert!(window.is_chosen("Layout of the couplings", "Matrix"));
    window.choose("Layout of the couplings", "Rows as pictures");
    assert!(window.is_chosen("Layout of the couplings", "Rows as pictures"));
    assert!(window.is_pressed("Log"));
    window.press("Log");
    assert!(!window.is_pressed("Log"));
    window.choose_rule("Hebb");
    window.catch_up();
    window.assert_shows("Couplings J");
    assert!(!window.is_enabled("Redo"));
}
