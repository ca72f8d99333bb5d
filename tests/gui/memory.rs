//! The memory by label: rule, size, classes, how many digits, other digits, picking by hand, learning in a job.

use crate::Test;
use crate::harness::Window;
use eframe::egui::accesskit::Role;
use eframe::egui::vec2;
use engram::engine::LearningRule;
use engram::trial::Start;
use engram::worlds::mnist::{Selection, Size};
use std::sync::Arc;

/// All of them.
pub(crate) const ALL: &[Test] = &[
    (
        "picks_outlive_the_classes_shown",
        picks_outlive_the_classes_shown,
    ),
    ("the_rule_is_chosen_by_name", the_rule_is_chosen_by_name),
    (
        "digits_are_switched_on_and_off",
        digits_are_switched_on_and_off,
    ),
    ("one_of_each_and_others", one_of_each_and_others),
    ("the_small_size_and_back", the_small_size_and_back),
    ("digits_are_picked_by_hand", digits_are_picked_by_hand),
    (
        "patterns_are_stored_and_left_out_by_hand",
        patterns_are_stored_and_left_out_by_hand,
    ),
    (
        "more_settings_show_the_number_of_sweeps",
        more_settings_show_the_number_of_sweeps,
    ),
    (
        "a_higher_threshold_thins_the_digits",
        a_higher_threshold_thins_the_digits,
    ),
    (
        "dear_learning_shows_progress_and_stops",
        dear_learning_shows_progress_and_stops,
    ),
];

fn the_rule_is_chosen_by_name() {
    let mut window = Window::open();
    let before = window.session().recipe().clone();
    let digits = Arc::clone(window.session().patterns().expect("they are loaded"));
    let rules = LearningRule::ALL.iter().map(|make| make());
    // Rules for letters are greyed out.
    for rule in rules.filter(|rule| rule.suits(&digits).is_ok()) {
        let about = rule.about();
        window.choose_rule(about.title);
        window.catch_up();
        assert_eq!(
            window.session().recipe().track().rule.about().name,
            about.name
        );
        assert!(!window.session().is_stale());
    }
    window.choose_rule("Hebb");
    window.choose_rule("Pseudo-inverse");
    assert_eq!(window.session().recipe().track().rule, before.track().rule);
}

fn digits_are_switched_on_and_off() {
    let mut window = Window::open();
    window.click("8");
    window.catch_up();
    let labels = |window: &Window| {
        let patterns = window.session().patterns().expect("they are loaded");
        (0..patterns.n_patterns())
            .filter_map(|p| patterns.label(p))
            .map(ToString::to_string)
            .collect::<Vec<_>>()
    };
    assert!(!labels(&window).contains(&"8".to_owned()));
    assert_eq!(window.session().recipe().n_patterns(), 30);
    window.click("8");
    window.catch_up();
    assert!(labels(&window).contains(&"8".to_owned()));
    window.click_secondary("5");
    window.catch_up();
    assert!(labels(&window).iter().all(|label| label == "5"));
    window.click("5");
    window.catch_up();
    assert!(
        window
            .session()
            .recipe()
            .world
            .mnist()
            .expect("the default")
            .digits
            .contains(5),
        "the last class stays"
    );
    for _ in 0..3 {
        window.press("Undo");
    }
    window.catch_up();
    assert!(!window.is_enabled("Undo"));
}

fn one_of_each_and_others() {
    let mut window = Window::open();
    window.press("One per class");
    window.catch_up();
    let patterns = window.session().patterns().expect("they are loaded");
    let mut labels: Vec<_> = (0..patterns.n_patterns())
        .filter_map(|p| patterns.label(p))
        .map(|label| label.parse::<u8>().expect("a digit"))
        .collect();
    labels.sort_unstable();
    assert_eq!(labels, (0..10).collect::<Vec<u8>>());
    window.assert_shows("Load α = 10/784");
    let before = window.session().stored_origins().to_vec();
    window.press("Draw again");
    window.catch_up();
    assert_ne!(window.session().stored_origins(), before);
    window.press("Undo");
    window.catch_up();
    assert_eq!(window.session().stored_origins(), before);
}

fn patterns_are_stored_and_left_out_by_hand() {
    let mut window = Window::open();
    let origins = window.session().stored_origins().to_vec();
    let state = window.state();
    window.press("Edit");
    window.press("Store the state");
    window.catch_up();
    let patterns = window.session().patterns().expect("they are loaded");
    assert_eq!((patterns.n_patterns(), patterns.state(30)), (31, state));
    window.assert_shows("Load α = 31/784");
    window.click_first_secondary(Role::ListBoxOption, "pattern 0 (");
    window.press("Remove this pattern");
    window.catch_up();
    assert_eq!(window.session().stored_origins(), &origins[1..]);
    assert_eq!(window.session().recipe().cue.start, Start::Stored(2));
    window.assert_shows("Load α = 30/784");
    for _ in 0..2 {
        window.press("Undo");
        window.catch_up();
    }
    assert_eq!(window.session().stored_origins(), origins);
    window.assert_shows("Load α = 30/784");
}

fn the_small_size_and_back() {
    let mut window = Window::open();
    window.choose("Size of the digits", "14 × 14");
    window.wait_until("the small digits are learned", |session| {
        session.recipe().world.mnist().expect("the default").size == Size::Crop14
            && session
                .recording()
                .is_some_and(|recording| recording.patterns().n_units() == 196)
    });
    window.rest();
    window.assert_shows("N = 196");
    window.press("Settle");
    window.wait_until("the run is over", |session| !session.can_go_on());
    assert_eq!(window.state().n_units(), 196);
    window.choose("Size of the digits", "28 × 28");
    window.wait_until("the large digits are learned", |session| {
        session
            .recording()
            .is_some_and(|recording| recording.patterns().n_units() == 784)
    });
    window.rest();
    window.assert_shows("N = 784");
}

fn digits_are_picked_by_hand() {
    let mut window = Window::open();
    window.press("Pick…");
    window.assert_shows("page 1 of");
    window.press("Later");
    window.assert_shows("page 2 of");
    window.press("Earlier");
    window.click_first(Role::ListBoxOption, "training image 0, a 5");
    window.catch_up();
    window.assert_shows("31 stored");
    assert!(
        matches!(&window.session().recipe().world.mnist().expect("the default").stored, Selection::Picked(images) if images.len() == 31)
    );
    window.click_first(Role::ListBoxOption, "training image 0, a 5, stored");
    window.catch_up();
    window.assert_shows("30 stored");
    window.press("Keep only the cue's");
    window.catch_up();
    window.assert_shows("1 stored");
    let patterns = window.session().patterns().expect("they are loaded");
    assert_eq!(patterns.label(0).map(|label| &**label), Some("3"));
    for _ in 0..3 {
        window.press("Undo");
    }
    window.catch_up();
    assert_eq!(window.session().recipe().n_patterns(), 30);
}

fn more_settings_show_the_number_of_sweeps() {
    let mut window = Window::open();
    assert!(window.places("Sweeps").is_empty());
    window.click("More settings");
    let faults = window.overlaps(vec2(1280.0, 800.0));
    assert!(faults.is_empty(), "{faults:?}");
    window.set("Sweeps", 1.0);
    assert_eq!(window.session().recipe().max_sweeps, 1);
    window.click("Fewer settings");
    assert!(window.places("Sweeps").is_empty());
    assert_eq!(
        window.session().recipe().max_sweeps,
        1,
        "hidden, not undone"
    );
    window.press("Settle");
    window.wait_until("the sweeps are used up", |session| session.cursor() == 784);
    window.rest();
    assert!(!window.is_enabled("Settle"));
    window.assert_shows("Still moving, holds the 3 at 0.98 after 1 sweep");
    window.press("Play");
    assert!(
        window.session().cursor() < 784,
        "it plays from the start again"
    );
}

fn picks_outlive_the_classes_shown() {
    let mut window = Window::open();
    window.set("Stored, P", 12.0);
    window.click("Pick…");
    window.click_first(Role::ListBoxOption, "training image 0,");
    window.catch_up();
    assert_eq!(window.session().recipe().n_patterns(), 13);
    for digit in ["1", "2", "3"] {
        window.click(digit);
        window.catch_up();
    }
    assert_eq!(
        window.session().recipe().n_patterns(),
        13,
        "classes only choose what is shown to pick from"
    );
}

fn a_higher_threshold_thins_the_digits() {
    let mut window = Window::open();
    let n_up = |window: &Window| {
        let original = &window.session().cue().expect("there is a cue").original;
        original.units().iter().filter(|unit| **unit > 0).count()
    };
    let before = n_up(&window);
    window.click("More settings");
    window.set("Threshold", 200.0);
    window.catch_up();
    assert_eq!(
        window
            .session()
            .recipe()
            .world
            .mnist()
            .expect("the default")
            .threshold,
        200
    );
    assert!(n_up(&window) < before);
}

fn dear_learning_shows_progress_and_stops() {
    let mut window = Window::open();
    // Learns for many seconds: no machine is so fast that it is over before it is stopped.
    window.choose_rule("Pseudo-likelihood");
    window.set("Stored, P", 2000.0);
    window.assert_shows("out of date");
    assert!(
        window
            .session()
            .learning()
            .is_some_and(|course| course.done < 1.0)
    );
    assert!(window.session().is_stale());
    // The same button before and after the first iteration, which brings two more: a click may lie across it.
    let stop = |window: &Window| window.id_of(Role::Button, "Stop");
    let before = stop(&window);
    window.wait_until("an iteration is done", |session| {
        let course = session.learning();
        course.is_some_and(|course| course.standing().is_some())
    });
    window.frames(1);
    assert_eq!(stop(&window), before);
    window.press("Stop");
    window.assert_shows("Out of date");
    assert!(window.session().learning().is_none() && window.session().is_stale());
    let recording = window.session().recording().expect("the old one is kept");
    assert_eq!(recording.patterns().n_patterns(), 30);
    window.press("Learn");
    window.press("Undo");
    window.catch_up();
    assert!(!window.session().is_stale() && !window.shows("ut of date"));
    assert_eq!(window.session().recipe().n_patterns(), 30);
}
