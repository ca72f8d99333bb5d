//! Recall by label: settle, play, step, order of the updates, and what the verdict says.

use crate::Test;
use crate::harness::Window;
use eframe::egui::accesskit::Role;
use engram::engine::Verdict;
use engram::session::StepUnit;

/// All of them.
pub(crate) const ALL: &[Test] = &[
    ("two_steps_a_second_are_two", two_steps_a_second_are_two),
    ("it_opens_on_a_corrupted_3", it_opens_on_a_corrupted_3),
    ("settle_restores_the_digit", settle_restores_the_digit),
    ("play_ends_where_settle_does", play_ends_where_settle_does),
    (
        "every_step_leads_to_the_same_end",
        every_step_leads_to_the_same_end,
    ),
    (
        "back_undoes_step_and_reset_all",
        back_undoes_step_and_reset_all,
    ),
    ("playing_again_starts_over", playing_again_starts_over),
    ("all_at_once_is_another_run", all_at_once_is_another_run),
    (
        "a_setting_changed_at_the_end_is_followed",
        a_setting_changed_at_the_end_is_followed,
    ),
];

/// What the default recipe comes to: the stored 3 it was made of (seed 7; see `Recipe::default`).
const RESTORED: &str = "Remembered: the 3, all 784 units right";

fn it_opens_on_a_corrupted_3() {
    let window = Window::open();
    window.assert_shows("212 wrong, overlap 0.46");
    window.assert_shows("212 wrong after 0 flips");
    window.assert_shows("Nearest is pattern");
    window.assert_shows("Load α = 30/784 = 0.038");
    assert_eq!(
        window.session().recipe().track().rule.about().title,
        "Pseudo-inverse"
    );
    assert!(window.is_chosen("One step is", "Flip"));
    assert!(window.is_chosen("Start from", "Stored"));
    assert!(!window.is_enabled("Reset") && !window.is_enabled("Back"));
    assert!(window.is_enabled("Play") && window.is_enabled("Step") && window.is_enabled("Settle"));
    assert!(!window.is_enabled("Undo") && !window.is_enabled("Redo"));
    assert_eq!(window.app().notice(), None);
}

fn settle_restores_the_digit() {
    let mut window = Window::open();
    window.press("Settle");
    window.wait_for_text(" sweep");
    window.assert_shows(RESTORED);
    // The window's line is the fact, as `engram recall --json` writes it.
    let facts = window
        .session()
        .facts()
        .expect("what is shown is up to date");
    assert!(facts.text("verdict_text").starts_with(RESTORED));
    assert_eq!(
        facts.text("verdict_text"),
        format!("{RESTORED}, after 3 sweeps")
    );
    window.assert_shows(&format!("{RESTORED} after 3 sweeps"));
    window.assert_shows("overlap 1.00");
    assert!(!window.is_enabled("Settle") && !window.is_enabled("Step"));
    let original = &window.session().cue().expect("there is a cue").original;
    assert!(window.state() == *original);
}

fn play_ends_where_settle_does() {
    let mut window = Window::open();
    window.press("Settle");
    window.wait_for_text(" sweep");
    let end = (window.session().cursor(), window.state());
    window.press("Reset");
    assert_eq!(window.session().cursor(), 0);
    window.press("Play");
    assert!(window.session().is_playing() && window.is_enabled("Pause"));
    let early = window.session().cursor();
    assert!(0 < early && early < end.0, "{early} after the first frames");
    window.press("Pause");
    let here = window.session().cursor();
    window.frames(20);
    assert_eq!(window.session().cursor(), here, "time went on in a pause");
    window.press("Play");
    window.wait_until("it has played to the end", |session| !session.is_playing());
    window.rest();
    assert!((window.session().cursor(), window.state()) == end);
    window.assert_shows(RESTORED);
}

fn two_steps_a_second_are_two() {
    // A window that is drawn four times a second: the steps must follow the clock, not the frames.
    let mut window = Window::slow(0.25);
    window.choose("One step is", "Unit");
    window.set_speed(2.0);
    window.press("Play");
    let before = window.session().cursor();
    window.frames(40);
    let steps = window.session().cursor() - before;
    assert!((19..=21).contains(&steps), "{steps} steps in ten seconds");
}

fn every_step_leads_to_the_same_end() {
    let mut ends = Vec::new();
    for (unit, text) in [(StepUnit::Flip, "Flip"), (StepUnit::Sweep, "Sweep")] {
        let mut window = Window::open();
        window.choose("One step is", text);
        assert_eq!(window.session().step_unit(), unit);
        while window.is_enabled("Step") {
            window.press("Step");
        }
        window.assert_shows(RESTORED);
        ends.push(window.state());
    }
    assert!(ends[0] == ends[1]);
    let mut window = Window::open();
    window.choose("One step is", "Unit");
    window.press("Step");
    assert_eq!(window.session().cursor(), 1);
    window.choose("One step is", "Sweep");
    window.press("Step");
    assert_eq!(
        window.session().cursor(),
        784,
        "a sweep goes on to its own end"
    );
}

fn back_undoes_step_and_reset_all() {
    let mut window = Window::open();
    let mut seen = vec![window.state()];
    for _ in 0..6 {
        window.press("Step");
        seen.push(window.state());
    }
    window.assert_shows("after 6 flips");
    while let Some(state) = seen.pop() {
        assert!(window.state() == state, "after {} steps", seen.len());
        if !seen.is_empty() {
            window.press("Back");
        }
    }
    assert!(!window.is_enabled("Back") && !window.is_enabled("Reset"));
    window.press("Settle");
    window.wait_for_text(RESTORED);
    window.press("Reset");
    window.assert_shows("after 0 flips");
    assert!(window.session().cursor() == 0 && window.is_enabled("Step"));
}

fn playing_again_starts_over() {
    let mut window = Window::open();
    window.press("Settle");
    window.wait_for_text(RESTORED);
    let end = window.session().cursor();
    window.press("Play");
    assert!(window.session().is_playing());
    assert!(window.session().cursor() < end);
}

fn all_at_once_is_another_run() {
    let mut window = Window::open();
    window.press("Settle");
    window.wait_for_text(RESTORED);
    window.click_first(Role::ComboBox, "Order of the updates");
    window.click_first(Role::Button, "All at once");
    window.press("Settle");
    window.wait_until("the run is over", |session| {
        session
            .recording()
            .is_some_and(|recording| recording.verdict().is_some())
    });
    window.rest();
    let recording = window.session().recording().expect("there is one");
    let sweeps = recording.length() / recording.sweep();
    assert_eq!(recording.length() % recording.sweep(), 0);
    let says = match recording.verdict() {
        Some(Verdict::Cycle { length }) => format!("Cycle of length {length}"),
        _ => format!("after {sweeps} sweep"),
    };
    window.assert_shows(&says);
    window.press("Undo");
    window.wait_for_text(RESTORED);
}

fn a_setting_changed_at_the_end_is_followed() {
    let mut window = Window::open();
    window.press("Settle");
    window.wait_for_text(RESTORED);
    window.choose_rule("Hebb");
    window.wait_until("the new run is over", |session| {
        session.recording().is_some_and(|recording| {
            recording.verdict().is_some() && session.cursor() == recording.length()
        })
    });
    window.rest();
    // Hebb's rule on correlated digits runs into a state that is no digit.
    assert!(!window.shows(RESTORED), "{:?}", window.texts());
    assert!(window.shows(" sweep"));
}
