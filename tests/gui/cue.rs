//! The cue by label and mouse: where it starts, drawing, corruption; each gesture is one step of undo.

use crate::Test;
use crate::harness::{Window, at};
use eframe::egui::PointerButton;
use eframe::egui::accesskit::Role;
use engram::trial::Start;

/// All of them.
pub(crate) const ALL: &[Test] = &[
    (
        "an_unseen_digit_outlives_a_change_of_size",
        an_unseen_digit_outlives_a_change_of_size,
    ),
    (
        "a_stroke_is_drawn_and_taken_back",
        a_stroke_is_drawn_and_taken_back,
    ),
    ("the_right_button_erases", the_right_button_erases),
    (
        "turning_over_counts_once_a_stroke",
        turning_over_counts_once_a_stroke,
    ),
    ("a_rectangle_is_covered", a_rectangle_is_covered),
    (
        "one_drag_of_a_slider_is_one_step_of_undo",
        one_drag_of_a_slider_is_one_step_of_undo,
    ),
    ("corruption_sets_the_overlap", corruption_sets_the_overlap),
    ("the_cue_starts_anywhere", the_cue_starts_anywhere),
    ("a_thumbnail_becomes_the_cue", a_thumbnail_becomes_the_cue),
    (
        "everything_is_taken_back_to_the_first_recipe",
        everything_is_taken_back_to_the_first_recipe,
    ),
];

/// Units of the cue at +1.
fn n_up(window: &Window) -> usize {
    let cue = &window.session().cue().expect("there is a cue").cue;
    cue.units().iter().filter(|unit| **unit > 0).count()
}

/// A stroke across an empty sheet.
fn stroke(window: &mut Window, button: PointerButton) {
    let cue = window.picture_at("cue");
    let places: Vec<_> = (0..8)
        .map(|step| at(cue, 0.2 + 0.08 * step as f32, 0.5))
        .collect();
    window.drag(button, &places);
}

fn a_stroke_is_drawn_and_taken_back() {
    let mut window = Window::open();
    window.choose("Start from", "Empty");
    assert_eq!(n_up(&window), 0);
    stroke(&mut window, PointerButton::Primary);
    let drawn = n_up(&window);
    assert!(drawn >= 16, "{drawn} units");
    let states = window.session().cue().expect("there is a cue");
    assert!(states.cue == states.original, "there was nothing to spoil");
    window.press("Undo");
    assert_eq!(n_up(&window), 0);
    window.press("Redo");
    assert_eq!(n_up(&window), drawn);
    window.press("Clear drawing");
    assert_eq!(n_up(&window), 0);
    for _ in 0..3 {
        window.press("Undo");
    }
    window.assert_shows("stored 3, a 3");
    assert!(!window.is_enabled("Undo"));
}

fn the_right_button_erases() {
    let mut window = Window::open();
    window.choose("Start from", "Empty");
    stroke(&mut window, PointerButton::Primary);
    stroke(&mut window, PointerButton::Secondary);
    assert_eq!(n_up(&window), 0);
    stroke(&mut window, PointerButton::Primary);
    window.choose("Drawing tool", "Erase");
    stroke(&mut window, PointerButton::Primary);
    assert_eq!(n_up(&window), 0);
}

fn turning_over_counts_once_a_stroke() {
    let mut window = Window::open();
    window.choose("Start from", "Empty");
    window.choose("Drawing tool", "Flip");
    let cue = window.picture_at("cue");
    // To and fro over the same units.
    let places = [0.3, 0.6, 0.3, 0.6].map(|x| at(cue, x, 0.5));
    window.drag(PointerButton::Primary, &places);
    assert!(n_up(&window) >= 8, "{} units", n_up(&window));
    window.drag(PointerButton::Primary, &places);
    assert_eq!(n_up(&window), 0);
}

fn a_rectangle_is_covered() {
    let mut window = Window::open();
    window.choose("Drawing tool", "Cover");
    let cue = window.picture_at("cue");
    let before = n_up(&window);
    window.drag(
        PointerButton::Primary,
        &[at(cue, 0.1, 0.1), at(cue, 0.5, 0.4), at(cue, 0.9, 0.6)],
    );
    assert!(n_up(&window) < before);
    let rectangle = window.session().recipe().cue.corruption.rectangle;
    assert!(
        rectangle
            .is_some_and(|covered| covered.bottom > covered.top && covered.right > covered.left)
    );
    window.choose("Corruption", "Cover");
    window.press("Uncover the rectangle");
    assert_eq!(n_up(&window), before);
    window.press("Undo");
    window.press("Undo");
    assert!(!window.is_enabled("Undo"));
}

fn one_drag_of_a_slider_is_one_step_of_undo() {
    let mut window = Window::open();
    let before = window.session().recipe().clone();
    let slider = window.slider_at("Share of the units that are flipped");
    let places: Vec<_> = (0..10)
        .map(|step| at(slider, 0.2 + 0.03 * step as f32, 0.5))
        .collect();
    window.drag(PointerButton::Primary, &places);
    let after = window.session().recipe().clone();
    assert_ne!(after, before);
    window.press("Undo");
    assert_eq!(*window.session().recipe(), before);
    assert!(!window.is_enabled("Undo"));
    window.press("Redo");
    assert_eq!(*window.session().recipe(), after);
}

fn corruption_sets_the_overlap() {
    let mut window = Window::open();
    window.press("None");
    window.assert_shows("0 wrong, overlap 1.00");
    assert!(!window.offers("None"));
    window.set(
        "Share of the units that are flipped: larger leaves less to go by; at 50 % nothing is left",
        50.0,
    );
    window.assert_shows("392 wrong, overlap 0.00");
    let before = window.session().cue().expect("there is a cue").cue.clone();
    window.press("New noise");
    assert!(
        window
            .session()
            .cue()
            .is_some_and(|states| states.cue != before)
    );
    window.press("None");
    window.choose("Corruption", "Move");
    window.press("Invert");
    window.assert_shows("overlap −1.00");
    window.press("Settle");
    window.wait_for_text("The negative of the 3 in all 784 units");
}

fn the_cue_starts_anywhere() {
    let mut window = Window::open();
    window.choose("Start from", "Unseen");
    window.assert_shows("unseen 0, a 7");
    window.choose("Start from", "Random");
    window.assert_shows("a random state");
    let coins = n_up(&window);
    assert!((300..484).contains(&coins), "{coins} of 784 by a fair coin");
    window.choose("Start from", "Empty");
    window.assert_shows("an empty sheet");
    window.choose("Start from", "Stored");
    window.assert_shows("stored");
    assert!(matches!(
        window.session().recipe().cue.start,
        Start::Stored(_)
    ));
}

fn an_unseen_digit_outlives_a_change_of_size() {
    let mut window = Window::open();
    window.choose("Start from", "Unseen");
    let mut recipe = window.session().recipe().clone();
    recipe.cue.start = Start::Unseen(123);
    window.configure(recipe);
    window.assert_shows("unseen 123, a 6");
    window.choose("Size of the digits", "14 × 14");
    window.catch_up();
    window.assert_shows("unseen 123, a 6");
}

fn a_thumbnail_becomes_the_cue() {
    let mut window = Window::open();
    window.click_first(Role::ListBoxOption, "pattern 7 (");
    assert_eq!(window.session().recipe().cue.start, Start::Stored(7));
    window.assert_shows("stored 7");
    window.press("Undo");
    assert_eq!(window.session().recipe().cue.start, Start::Stored(3));
}

fn everything_is_taken_back_to_the_first_recipe() {
    let mut window = Window::open();
    let first = window.session().recipe().clone();
    let state = window.state();
    window.choose_rule("Hebb");
    window.press("One per class");
    window.press("Draw again");
    window.choose("Start from", "Unseen");
    stroke(&mut window, PointerButton::Primary);
    window.press("None");
    window.click("4");
    window.catch_up();
    let last = window.session().recipe().clone();
    let mut steps = 0;
    while window.is_enabled("Undo") {
        window.press("Undo");
        steps += 1;
    }
    window.catch_up();
    assert_eq!((steps, window.session().recipe()), (7, &first));
    window.press("Reset");
    assert!(window.state() == state);
    while window.is_enabled("Redo") {
        window.press("Redo");
    }
    assert_eq!(*window.session().recipe(), last);
}
