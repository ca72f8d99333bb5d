//! The window as a part of somebody's page: one card, locked controls, scripts from outside.

use crate::Test;
use crate::harness::Window;
use eframe::egui::{Theme, vec2};
use engram::engine::settings::Kinds as _;
use std::collections::BTreeMap;

/// The flows.
pub(crate) const ALL: &[Test] = &[
    (
        "one_card_is_embedded_and_led_by_scripts",
        one_card_is_embedded_and_led_by_scripts,
    ),
    (
        "a_narrow_window_has_one_column_and_keeps_its_guide",
        a_narrow_window_has_one_column_and_keeps_its_guide,
    ),
    (
        "odd_addresses_and_scripts_are_told",
        odd_addresses_and_scripts_are_told,
    ),
];

fn asked(parts: &[(&str, &str)]) -> BTreeMap<String, Vec<String>> {
    let parts = parts.iter();
    parts
        .map(|(key, value)| ((*key).to_owned(), vec![(*value).to_owned()]))
        .collect()
}

fn one_card_is_embedded_and_led_by_scripts() {
    let mut window = Window::sized(640.0, 480.0, Theme::Light);
    window
        .app_mut()
        .embed(&asked(&[("ui", "recall"), ("lock", "cue.flip, seed")]));
    window.rest();
    assert!(window.app().is_embedded());
    assert!(
        !window.shows("Lab") && !window.shows("Rule"),
        "it stands alone"
    );
    let way_out = window.places("Back to the other cards (Esc)");
    assert!(way_out.is_empty(), "there are no others");
    window
        .app_mut()
        .run_script("set world.p=5; set rule=hebb; set cue.flip=0.1; settle");
    window.frames(2);
    window.catch_up();
    let recipe = window.session().recipe();
    assert_eq!(
        (recipe.n_patterns(), recipe.track().rule.kind()),
        (5, "hebb")
    );
    let facts = window.session().facts().expect("there is a recording");
    assert_eq!(facts.count("n_patterns"), 5);
    assert!(window.session().is_over_on(0));
    let teacher = window.session().teacher();
    assert_eq!(teacher.controls.len(), 2);
    assert_eq!(window.app().notice(), None);
}

fn a_narrow_window_has_one_column_and_keeps_its_guide() {
    let mut window = Window::sized(390.0, 844.0, Theme::Light);
    for name in [
        "Draw",
        "Cover",
        "New noise",
        "Play",
        "Settle",
        "Changed",
        "Fields",
        "Seed 7",
    ] {
        for place in window.places_of_part(name) {
            let is_inside = 0.0 <= place.left() && place.right() <= 390.0;
            assert!(is_inside, "{name} at {place:?}");
        }
    }
    window.press("Settle");
    window.catch_up();
    window.assert_shows("Remembered: the 3");
    window.press("Menu");
    window.press("Help");
    window.press("Tour of the window");
    window.catch_up();
    assert!(!window.shows("1 of"), "there is no room for it");
    window.resize(vec2(1280.0, 800.0));
    window.assert_shows("1 of");
}

fn odd_addresses_and_scripts_are_told() {
    let mut window = Window::open();
    window.app_mut().embed(&asked(&[("ui", "recal")]));
    assert!(!window.app().is_embedded());
    let tells = |window: &Window, part: &str| {
        let told = window.app().notice().expect("it is told");
        assert!(told.contains(part), "{told}");
    };
    tells(&window, "'recal'; known: recall, compare");
    window.app_mut().run_script("set everything");
    tells(&window, "set everything");
    window.app_mut().run_script("set world.p=0");
    window.frames(2);
    tells(&window, "P must be a whole number from 1");
    assert_eq!(window.session().recipe().n_patterns(), 30);
}
