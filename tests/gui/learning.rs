//! Learning by label: an iterative rule is watched, paused, kept; settings are reset; presets; couplings altered.

use crate::Test;
use crate::harness::Window;
use eframe::egui::accesskit::Role;
use eframe::egui::{Key, pos2, vec2};
use engram::engine::{Alteration, LearningRule};
use engram::worlds::mnist::Size;

/// All of them.
pub(crate) const ALL: &[Test] = &[
    (
        "iterative_learning_is_watched_paused_and_kept",
        iterative_learning_is_watched_paused_and_kept,
    ),
    (
        "how_learning_went_can_be_seen_afterwards",
        how_learning_went_can_be_seen_afterwards,
    ),
    (
        "a_setting_and_all_settings_go_back",
        a_setting_and_all_settings_go_back,
    ),
    ("presets_are_chosen_by_name", presets_are_chosen_by_name),
    (
        "couplings_are_symmetrised_and_cut",
        couplings_are_symmetrised_and_cut,
    ),
    (
        "what_diverges_is_told_and_the_old_memory_stays",
        what_diverges_is_told_and_the_old_memory_stays,
    ),
];

/// The window with `rule` in force, on small digits where that is cheap.
fn with(rule: &str, small: bool) -> Window {
    let mut window = Window::open();
    let mut recipe = window.session().recipe().clone();
    recipe.track_mut().rule = LearningRule::parse(rule).expect("a rule");
    if small {
        recipe.world.mnist_mut().expect("the default").size = Size::Crop14;
    }
    window.configure(recipe);
    window
}

fn iterative_learning_is_watched_paused_and_kept() {
    let mut window = Window::open();
    window.choose_rule("Pseudo-likelihood");
    window.click_first(Role::ComboBox, "Optimiser.");
    window.press("gradient descent");
    window.set("Steps", 100_000.0);
    window.wait_until("some steps are done", |session| {
        let course = session.learning();
        course
            .and_then(engram::session::LearningHistory::standing)
            .is_some_and(|standing| standing.iteration > 3)
    });
    window.frames(2);
    window.assert_shows("out of date");
    window.assert_shows("Learning");
    window.press("Pause");
    let reached = |window: &Window| {
        let course = window.session().learning().expect("it is only paused");
        course.standing().expect("it has begun").iteration
    };
    let before = reached(&window);
    window.frames(20);
    assert_eq!(reached(&window), before, "a pause is a pause");
    window.press("Resume");
    window.wait_until("it goes on", |session| {
        let course = session.learning();
        course
            .and_then(engram::session::LearningHistory::standing)
            .is_some_and(|standing| standing.iteration > before)
    });
    window.frames(1);
    window.press("Use now");
    window.catch_up();
    assert!(!window.session().is_stale());
    let trained = window.session().trained().expect("it was kept");
    let ending = trained.ending.clone().expect("it did not reach its end");
    assert!(ending.starts_with("Stopped by hand after "), "{ending}");
    assert_eq!(trained.made_from.rule.about().name, "pseudo-likelihood");
}

fn how_learning_went_can_be_seen_afterwards() {
    let mut window = with(
        "pseudo-likelihood:optimiser=descent,l2=0,eta=0.5,steps=20",
        true,
    );
    window.assert_shows("Learned in 20 iterations");
    window.choose("Lower chart", "Learning");
    for quantity in ["Margin", "Norm", "Loss"] {
        window.choose("Quantity", quantity);
        assert!(window.is_chosen("Quantity", quantity));
    }
    window.choose("Lower chart", "Stability");
    window.assert_shows("no energy exists");
    window.choose_rule("Hebb");
    window.catch_up();
    assert!(
        window.places("Learning").is_empty(),
        "one pass leaves nothing to watch"
    );
}

fn a_setting_and_all_settings_go_back() {
    let mut window = with("taylor:c1pre=0.5,c0=0.2", false);
    let get = |window: &Window, key| window.session().recipe().track().rule.get(key);
    window.assert_shows("asymmetric");
    window.press("What theory says of this load");
    window.assert_shows("signal-to-noise");
    window.key(Key::Escape);
    window.click_secondary("Input term");
    window.catch_up();
    assert_eq!(
        (get(&window, "c1pre"), get(&window, "c0")),
        (Some(0.0), Some(0.2))
    );
    window.click("Reset the rule");
    window.catch_up();
    assert_eq!(get(&window, "c0"), Some(0.0));
    assert!(window.places("Reset the rule").is_empty());
    window.press("Undo");
    window.catch_up();
    assert_eq!(get(&window, "c0"), Some(0.2));
}

fn presets_are_chosen_by_name() {
    let mut window = with("taylor", false);
    window.click_first(Role::ComboBox, "Preset.");
    window.press("Covariance");
    window.catch_up();
    let rule = &window.session().recipe().track().rule;
    let activity = window.session().patterns().expect("they are stored");
    let activity = activity.mean_activity();
    assert!((rule.get("c1pre").expect("a slider") + activity).abs() < 1e-3);
    window.click("More settings");
    window.set("Constant", 0.0);
    assert_eq!(
        window
            .places_of_part("Custom: settings that no preset has")
            .len(),
        1
    );
}

fn couplings_are_symmetrised_and_cut() {
    let mut window = with("perceptron", true);
    let asymmetry = |window: &Window| {
        let recording = window.session().recording().expect("it is learned");
        let couplings = recording.memory().couplings().expect("it has couplings");
        couplings.asymmetry()
    };
    assert!(asymmetry(&window) > 0.1);
    window.click("More settings");
    window.set("Asymmetry k", 0.0);
    assert!(asymmetry(&window) < 1e-6);
    assert!(!window.session().is_stale(), "nothing is learned again");
    window.set("Dilution", 0.4);
    let recording = window.session().recording().expect("it is learned");
    let weights = recording.memory().couplings().expect("they are there");
    let zeros = weights.weights().iter().filter(|w| **w == 0.0).count();
    let share = zeros as f64 / (196.0 * 195.0);
    assert!((share - 0.4).abs() < 0.03, "{share}");
    window.scroll(pos2(130.0, 600.0), vec2(0.0, -400.0));
    window.click("Reset the rule");
    window.catch_up();
    assert_eq!(
        window.session().recipe().track().alteration,
        Alteration::default()
    );
    assert!(asymmetry(&window) > 0.1);
}

fn what_diverges_is_told_and_the_old_memory_stays() {
    let mut window = with("hebb", false);
    let mut recipe = window.session().recipe().clone();
    recipe.track_mut().rule = LearningRule::parse("taylor:w0=1,presentations=100").expect("a rule");
    window.configure(recipe);
    let notice = window.app().notice().expect("it says so");
    assert!(notice.contains("coupling"), "{notice}");
    let trained = window.session().trained().expect("the old one is kept");
    assert_eq!(trained.made_from.rule.about().name, "hebb");
    assert!(window.session().is_stale());
}
