//! What every key does, and that it is left alone while a number is being typed.

use crate::Test;
use crate::harness::Window;
use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers, PointerButton};
use engram::app::actions;
use engram::trial::Start;

/// All of them.
pub(crate) const ALL: &[Test] = &[
    ("keys_move_in_time", keys_move_in_time),
    ("space_plays_and_pauses", space_plays_and_pauses),
    (
        "keys_change_the_cue_and_the_digits",
        keys_change_the_cue_and_the_digits,
    ),
    ("undo_and_redo_by_key", undo_and_redo_by_key),
    ("keys_show_layers", keys_show_layers),
    (
        "f1_opens_the_help_with_every_key",
        f1_opens_the_help_with_every_key,
    ),
    (
        "plus_and_minus_change_the_speed",
        plus_and_minus_change_the_speed,
    ),
    (
        "keys_are_left_to_a_number_being_typed",
        keys_are_left_to_a_number_being_typed,
    ),
    (
        "arrows_are_left_to_a_control_with_the_focus",
        arrows_are_left_to_a_control_with_the_focus,
    ),
    (
        "space_plays_after_a_click_on_any_control",
        space_plays_after_a_click_on_any_control,
    ),
    (
        "an_action_is_found_by_its_name",
        an_action_is_found_by_its_name,
    ),
    ("the_menus_do_what_they_say", the_menus_do_what_they_say),
];

fn cursor(window: &Window) -> u64 {
    window.session().cursor()
}

fn keys_move_in_time() {
    let mut window = Window::open();
    window.key(Key::S);
    window.wait_for_text(" sweep");
    let end = cursor(&window);
    assert_eq!(end % 784, 0);
    window.key(Key::R);
    assert_eq!(cursor(&window), 0);
    window.key(Key::ArrowRight);
    window.assert_shows("after 1 flip");
    window.key(Key::ArrowRight);
    window.assert_shows("after 2 flips");
    window.key(Key::ArrowLeft);
    window.assert_shows("after 1 flip");
    window.keys(Modifiers::SHIFT, Key::ArrowRight);
    assert_eq!(cursor(&window), 784);
    window.keys(Modifiers::SHIFT, Key::ArrowLeft);
    assert_eq!(cursor(&window), 0);
    window.key(Key::End);
    assert_eq!(cursor(&window), end);
    window.key(Key::Home);
    assert_eq!(cursor(&window), 0);
}

fn space_plays_and_pauses() {
    let mut window = Window::open();
    window.key(Key::Space);
    assert!(window.session().is_playing());
    window.key(Key::Space);
    assert!(!window.session().is_playing());
    assert!(cursor(&window) > 0);
}

fn keys_change_the_cue_and_the_digits() {
    let mut window = Window::open();
    let cue = window.session().cue().expect("there is a cue").clone();
    window.key(Key::N);
    let renewed = window.session().cue().expect("there is a cue").clone();
    assert!(renewed.cue != cue.cue && renewed.original == cue.original);
    let images = window.session().stored_origins().to_vec();
    window.key(Key::D);
    window.catch_up();
    assert_ne!(window.session().stored_origins(), images);
    assert_eq!(window.session().recipe().seed, 8);
    for (key, pattern) in [(Key::Num1, 0), (Key::Num5, 4), (Key::Num9, 8)] {
        window.key(key);
        assert_eq!(window.session().recipe().cue.start, Start::Stored(pattern));
    }
}

fn undo_and_redo_by_key() {
    let mut window = Window::open();
    let first = window.session().recipe().clone();
    window.key(Key::N);
    window.key(Key::N);
    let last = window.session().recipe().clone();
    window.keys(Modifiers::COMMAND, Key::Z);
    window.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(*window.session().recipe(), first);
    let redo = Modifiers::COMMAND | Modifiers::SHIFT;
    window.keys(redo, Key::Z);
    window.keys(redo, Key::Z);
    assert_eq!(*window.session().recipe(), last);
    assert!(!window.is_enabled("Redo"));
}

fn keys_show_layers() {
    let mut window = Window::open();
    for (key, button) in [(Key::W, "Wrong"), (Key::F, "Fields")] {
        assert!(!window.is_pressed(button));
        window.key(key);
        assert!(window.is_pressed(button));
        window.key(key);
        assert!(!window.is_pressed(button));
    }
}

fn f1_opens_the_help_with_every_key() {
    let mut window = Window::open();
    window.key(Key::F1);
    window.assert_shows("What one sees, what to try, and every key");
    for entry in actions::ALL.iter().filter(|entry| entry.shortcut.is_some()) {
        window.assert_shows(entry.tooltip);
    }
    window.key(Key::F1);
    assert!(!window.shows("What one sees, what to try, and every key"));
}

fn plus_and_minus_change_the_speed() {
    let mut window = Window::open();
    let before = window.session().speed();
    window.key(Key::Plus);
    assert!(window.session().speed() > before);
    window.key(Key::Minus);
    window.key(Key::Minus);
    assert!(window.session().speed() < before);
}

fn keys_are_left_to_a_number_being_typed() {
    let mut window = Window::open();
    window.click_first(Role::SpinButton, "Seed");
    assert!(window.has_focus());
    let before = (window.session().recipe().clone(), cursor(&window));
    for key in [
        Key::S,
        Key::N,
        Key::D,
        Key::R,
        Key::W,
        Key::F,
        Key::Space,
        Key::ArrowRight,
        Key::End,
    ] {
        window.key(key);
    }
    assert!((window.session().recipe().clone(), cursor(&window)) == before);
    assert!(!window.session().is_playing());
    assert!(!window.is_pressed("Wrong") && !window.is_pressed("Fields"));
    window.keys(Modifiers::COMMAND, Key::A);
    window.type_text("12");
    window.key(Key::Enter);
    window.catch_up();
    assert_eq!(window.session().recipe().seed, 12);
    window.key(Key::S);
    window.wait_until("the keys work again", |session| session.cursor() > 0);
}

fn arrows_are_left_to_a_control_with_the_focus() {
    let mut window = Window::open();
    window.focus("Stored, P");
    window.key(Key::ArrowRight);
    window.catch_up();
    assert_eq!(cursor(&window), 0);
    assert_ne!(window.session().recipe().n_patterns(), 30);
    window.key(Key::Escape);
    window.key(Key::ArrowRight);
    assert!(cursor(&window) > 0, "Escape gives the arrows back");
}

fn space_plays_after_a_click_on_any_control() {
    let mut window = Window::open();
    window.choose_rule("Hebb");
    window.press("Wrong");
    let slider = window.slider_at("Share of the units that are flipped");
    window.click_at(PointerButton::Primary, slider.center());
    window.key(Key::Space);
    assert!(
        window.session().is_playing(),
        "the slider keeps Space to itself"
    );
    window.key(Key::Space);
    window.choose("One step is", "Sweep");
    window.key(Key::Space);
    assert!(
        window.session().is_playing(),
        "the option keeps Space to itself"
    );
}

fn the_menus_do_what_they_say() {
    let mut window = Window::open();
    window.press("Edit");
    window.click_first(Role::Button, "Draw other patterns");
    window.catch_up();
    assert_eq!(window.session().recipe().seed, 8);
    assert!(
        !window.offers("Draw other patterns"),
        "a menu closes after a choice"
    );
    window.press("View");
    window.click_first(Role::Button, "Mark wrong units");
    assert!(window.is_pressed("Wrong"));
    window.press("View");
    window.click_first(Role::Button, "Light");
    assert!(!window.is_dark());
    window.press("View");
    window.click_first(Role::Button, "Dark");
    assert!(window.is_dark());
}

fn an_action_is_found_by_its_name() {
    let mut window = Window::open();
    window.keys(Modifiers::COMMAND, Key::K);
    window.type_text("wrong");
    assert!(window.offers("Mark wrong units") && !window.offers("Draw other patterns"));
    window.key(Key::Enter);
    assert!(window.is_pressed("Wrong"));
    assert!(
        !window.offers("Mark wrong units"),
        "it closes after a choice"
    );
    window.keys(Modifiers::COMMAND, Key::K);
    window.type_text("s");
    assert_eq!(
        cursor(&window),
        0,
        "what is typed is not a key of the window"
    );
    window.key(Key::Escape);
    assert!(!window.offers("Mark wrong units"));
    window.key(Key::S);
    window.wait_for_text(" sweep");
}
