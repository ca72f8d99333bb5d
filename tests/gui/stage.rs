//! The stage, cards that fill the window, and what stands beside the cue: the original, the corruptions in force, and
//! what is stored by hand.

use crate::Test;
use crate::harness::Window;
use eframe::egui::{Key, PointerButton, Theme, vec2};
use engram::trial::Start;

/// All of them.
pub(crate) const ALL: &[Test] = &[
    (
        "the_stage_is_large_and_goes_back",
        the_stage_is_large_and_goes_back,
    ),
    ("the_stage_plays_and_draws", the_stage_plays_and_draws),
    (
        "the_stage_grows_with_the_window",
        the_stage_grows_with_the_window,
    ),
    ("every_card_fills_the_window", every_card_fills_the_window),
    (
        "corruptions_in_force_are_chips",
        corruptions_in_force_are_chips,
    ),
    (
        "the_original_stands_beside_the_cue",
        the_original_stands_beside_the_cue,
    ),
    (
        "an_empty_memory_is_taught_by_hand",
        an_empty_memory_is_taught_by_hand,
    ),
    ("sections_fold", sections_fold),
    (
        "a_narrow_window_has_one_strip",
        a_narrow_window_has_one_strip,
    ),
];

fn the_stage_is_large_and_goes_back() {
    let mut window = Window::open();
    window.key(Key::F11);
    for name in ["original", "cue", "state"] {
        let size = window.picture_at(name).size();
        assert!(size.min_elem() >= 380.0, "{name}: {size}");
    }
    assert_eq!(window.overlaps(vec2(1280.0, 814.0)), Vec::<String>::new());
    window.key(Key::Escape);
    window.assert_shows("Stored patterns");
    window.key(Key::F11);
    window.press("Back");
    window.assert_shows("Stored patterns");
}

fn the_stage_plays_and_draws() {
    let mut window = Window::open();
    window.key(Key::F11);
    window.press("Settle");
    window.catch_up();
    window.assert_shows("0 wrong");
    window.press("Next pattern");
    window.catch_up();
    assert_eq!(window.session().recipe().cue.start, Start::Stored(4));
    let cue = window.picture_at("cue");
    let before = window.session().cue().expect("there is one").cue.clone();
    window.drag(
        PointerButton::Primary,
        &[cue.center(), cue.right_center() - vec2(20.0, 0.0)],
    );
    let after = &window.session().cue().expect("there is one").cue;
    assert_ne!(before, *after);
    window.set("Flip", 40.0);
    assert_eq!(window.session().recipe().cue.corruption.flip.fraction, 0.4);
}

fn the_stage_grows_with_the_window() {
    let height = |width, height| {
        let mut window = Window::sized(width, height, Theme::Dark);
        window.key(Key::F11);
        let play = window.places("Play")[0].height();
        (window.picture_at("state").height(), play)
    };
    let (small, large) = (height(1280.0, 800.0), height(2560.0, 1600.0));
    assert!(
        large.0 >= 1.9 * small.0 && large.1 > 1.8 * small.1,
        "{small:?} {large:?}"
    );
}

fn every_card_fills_the_window() {
    let mut window = Window::open();
    let cards = [
        "Memory",
        "Recall",
        "Overlaps",
        "Energy and learning",
        "Couplings J",
    ];
    for card in cards {
        window.press(&format!("{card}: fill the window"));
        for other in cards.iter().filter(|other| **other != card) {
            assert!(
                !window.offers(&format!("{other}: fill")),
                "{other} beside {card}"
            );
        }
        window.key(Key::Escape);
        window.press(&format!("{card}: fill the window"));
        window.press("Back to the other cards (Esc)");
        window.assert_shows("Stored patterns");
    }
}

fn corruptions_in_force_are_chips() {
    let mut window = Window::open();
    assert!(window.offers("Take away: Flip 27 %"));
    window.choose("Corruption", "Cover");
    window.set("Share of the units that are set to −1", 20.0);
    assert!(window.offers("Take away: Flip 27 %") && window.offers("Take away: Cover 20 %"));
    window.press("Take away: Flip 27 %");
    window.press("Take away: Cover 20 %");
    assert!(window.session().recipe().cue.corruption.is_none());
    assert!(!window.offers("Take away"));
}

fn the_original_stands_beside_the_cue() {
    let mut window = Window::open();
    window.assert_shows("212 wrong");
    assert!(window.picture_at("original").right() < window.picture_at("cue").left());
    window.choose("Start from", "Random");
    window.catch_up();
    // A random state is made of nothing: the nearest stored pattern is shown.
    window.assert_shows("Nearest");
    assert!(!window.shows("Original"));
}

fn an_empty_memory_is_taught_by_hand() {
    let mut window = Window::open();
    window.press("Clear");
    window.catch_up();
    window.assert_shows("P = 0");
    window.assert_shows("The memory is empty");
    let cue = window.picture_at("cue");
    window.drag(
        PointerButton::Primary,
        &[cue.left_top() + vec2(40.0, 40.0), cue.center()],
    );
    window.press("Store");
    window.type_text("mine");
    window.press("Store the cue");
    window.catch_up();
    window.assert_shows("P = 0 + 1");
    let patterns = window.session().patterns().expect("one is stored");
    assert_eq!(patterns.label(0).map(|label| &**label), Some("mine"));
    assert!(window.session().recording().is_some());
    window.press("Undo");
    window.catch_up();
    window.assert_shows("P = 0");
    window.press("Undo");
    window.press("Undo");
    window.catch_up();
    window.assert_shows("P = 30");
}

fn sections_fold() {
    let mut window = Window::open();
    for section in ["World", "Rule", "Dynamics"] {
        window.press(&format!("{section}: fold its settings"));
    }
    assert!(window.places("Ridge ε").is_empty() && window.places("Stored, P").is_empty());
    window.press("Rule: show its settings");
    assert!(!window.places("Ridge ε").is_empty());
}

fn a_narrow_window_has_one_strip() {
    let mut window = Window::sized(1024.0, 700.0, Theme::Light);
    assert!(window.offers("Overlaps: fill") && !window.offers("Couplings J: fill"));
    window.choose("At the foot of the window", "Couplings J");
    assert!(!window.offers("Overlaps: fill") && window.offers("Couplings J: fill"));
    let pictures = ["cue", "state"].map(|name| window.picture_at(name));
    assert!(pictures.iter().all(|picture| picture.height() >= 160.0));
}
