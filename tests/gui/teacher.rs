//! A teacher's options: set in their window, held to everywhere, kept with the session.

use crate::Test;
use crate::harness::Window;
use eframe::egui::{Key, Modifiers, Theme, vec2};
use engram::session::{Command, Restriction, Session};

/// Every test of this file.
pub(crate) const ALL: &[Test] = &[
    (
        "what_a_teacher_locks_is_grey_and_stays",
        what_a_teacher_locks_is_grey_and_stays,
    ),
    (
        "what_a_teacher_hides_is_not_there",
        what_a_teacher_hides_is_not_there,
    ),
    (
        "students_come_back_to_the_start",
        students_come_back_to_the_start,
    ),
    (
        "options_come_with_the_session_and_count_as_changes",
        options_come_with_the_session_and_count_as_changes,
    ),
    (
        "the_options_have_room_in_the_smallest_window",
        the_options_have_room_in_the_smallest_window,
    ),
    ("motion_is_reduced_at_once", motion_is_reduced_at_once),
];

/// Opens the options, and looks for `typed`.
fn looking_for(window: &mut Window, typed: &str) {
    window.press("File");
    window.press("Teacher's options…");
    window.frames(2);
    window.type_text(typed);
    window.frames(2);
}

/// Has all that is found be so, and closes the options.
fn all_found(window: &mut Window, choice: &str) {
    window.press(&format!("All found: {choice}"));
    window.press("Done");
    window.frames(2);
    assert!(!window.shows("Teacher's options"));
}

fn of(session: &Session, name: &str) -> Option<Restriction> {
    session.teacher().of(name)
}

/// The options at work, for the README.
pub(crate) fn tour() {
    let mut window = Window::open();
    looking_for(&mut window, "rule");
    window.choose("Restriction of Ridge ε", "Locked");
    window.choose("Restriction of Learning rule", "Hidden");
    window.press("Start from what is shown now");
    window.point_nowhere();
    window.tour("teacher");
}

fn what_a_teacher_locks_is_grey_and_stays() {
    let mut window = Window::open();
    looking_for(&mut window, "ridge");
    window.assert_shows("1 found. All of these:");
    all_found(&mut window, "Locked");
    assert_eq!(
        of(window.session(), "rule.ridge"),
        Some(Restriction::Locked)
    );
    let before = window.session().recipe().clone();
    // By the palette, which does not pass by the slider.
    window.keys(Modifiers::COMMAND, Key::K);
    window.type_text("ridge 0.5");
    assert!(!window.offers("Ridge ε: 0.5"));
    window.key(Key::Escape);
    let mut edited = before.clone();
    edited.set("rule.ridge", &"0.5".into()).expect("a ridge");
    assert!(
        !window
            .app_mut()
            .command(Command::Configure(Box::new(edited)))
    );
    window.frames(2);
    window.assert_shows("Ridge ε is locked by a teacher's option");
    assert_eq!(window.session().recipe(), &before);
    looking_for(&mut window, "settle");
    all_found(&mut window, "Locked");
    assert!(!window.is_enabled("Settle"));
    window.key(Key::S);
    window.assert_shows("‘Settle’ is locked by a teacher's option");
    assert!(!window.session().is_over_on(0));
    // Locked options are there, and none of them can be chosen.
    looking_for(&mut window, "one step is");
    all_found(&mut window, "Locked");
    assert!(!window.can_choose("One step is", "Flip"));
    looking_for(&mut window, "");
    all_found(&mut window, "Free");
    assert!(window.session().teacher().controls.is_empty());
    assert!(window.is_enabled("Settle") && window.can_choose("One step is", "Flip"));
}

fn what_a_teacher_hides_is_not_there() {
    let mut window = Window::open();
    window.choose("Tab", "Lab");
    looking_for(&mut window, "tab lab");
    all_found(&mut window, "Hidden");
    assert!(!window.has_option("Tab", "Lab"));
    // The tab that was open is left.
    window.assert_shows("Cue");
    looking_for(&mut window, "card energy");
    all_found(&mut window, "Hidden");
    window.assert_shows("Energy and learning: hidden in this session");
    window.press("File");
    assert!(window.offers("Save report…"));
    window.key(Key::Escape);
    looking_for(&mut window, "save report");
    all_found(&mut window, "Hidden");
    window.press("File");
    assert!(!window.offers("Save report…"));
    window.key(Key::Escape);
    looking_for(&mut window, "learning rule");
    window.click("Restricted ones only");
    assert!(window.shows("0 found. All of these:"));
    window.click("Restricted ones only");
    all_found(&mut window, "Hidden");
    assert!(!window.shows("Pseudo-inverse") && !window.offers("Learning rule"));
}

fn students_come_back_to_the_start() {
    let mut window = Window::open();
    window.press("Settle");
    window.catch_up();
    let start = window.session().recipe().clone();
    let moment = window.session().cursor();
    assert!(moment > 0 && !window.offers("Back to the start"));
    looking_for(&mut window, "");
    window.press("Start from what is shown now");
    window.assert_shows("What is shown now is the start");
    window.press("Done");
    window.choose_rule("Hebb");
    window.press("New noise");
    window.catch_up();
    assert_ne!(window.session().recipe(), &start);
    window.press("Back to the start");
    window.catch_up();
    assert_eq!(window.session().recipe(), &start);
    assert_eq!(window.session().cursor(), moment);
    window.press("Undo");
    assert_ne!(window.session().recipe(), &start);
}

fn options_come_with_the_session_and_count_as_changes() {
    let mut window = Window::open();
    assert!(!window.app().has_changes());
    looking_for(&mut window, "stored, p");
    all_found(&mut window, "Hidden");
    assert!(window.app().has_changes());
    let document = window.session().document();
    let line = document.share().expect("a line").text;
    let mut other = Window::open();
    other.app_mut().open_shared(&line);
    other.catch_up();
    assert_eq!(of(other.session(), "world.p"), Some(Restriction::Hidden));
    assert!(!other.shows("Stored, P") && !other.app().has_changes());
}

fn the_options_have_room_in_the_smallest_window() {
    for (size, theme) in [
        ([1024.0, 700.0], Theme::Dark),
        ([1280.0, 800.0], Theme::Light),
    ] {
        let mut window = Window::sized(size[0], size[1], theme);
        looking_for(&mut window, "cue");
        let misplaced = window.misplaced(vec2(size[0], size[1]));
        assert!(misplaced.is_empty(), "{size:?}: {misplaced:?}");
        assert!(window.unnamed().is_empty(), "{:?}", window.unnamed());
        window.key(Key::Escape);
        assert!(!window.shows("Teacher's options"));
    }
}

fn motion_is_reduced_at_once() {
    let mut window = Window::open();
    window.choose("One step is", "Flip");
    window.press("Step");
    window.press("View");
    window.press("Reduce motion");
    window.press("View");
    assert!(window.is_pressed("Reduce motion"));
    window.key(Key::Escape);
    window.press("Step");
    window.rest();
    assert!(window.is_asleep());
}
