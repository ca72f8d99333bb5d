//! Lessons by label: opened, followed link by link, answered, put away; a teacher's own; the window at every size.

#![expect(clippy::disallowed_methods, reason = "tests make and read files")]

use crate::Test;
use crate::harness::Window;
use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Theme, vec2};
use engram::app::view::AttractorView;
use engram::lessons::{Act, Block, Lesson, Script, Span, built_in};
use engram::trial::facts::Facts;
use engram::trial::{Recipe, Start};
use std::fs;

/// All of them.
pub(crate) const ALL: &[Test] = &[
    (
        "a_lesson_is_completed_by_label",
        a_lesson_is_completed_by_label,
    ),
    ("links_turn_to_their_tabs", links_turn_to_their_tabs),
    (
        "a_hint_comes_at_the_second_try",
        a_hint_comes_at_the_second_try,
    ),
    (
        "a_teachers_own_lesson_is_opened",
        a_teachers_own_lesson_is_opened,
    ),
    ("lessons_have_their_place", lessons_have_their_place),
    (
        "views_of_attractors_have_their_place_beside_a_lesson",
        views_of_attractors_have_their_place_beside_a_lesson,
    ),
    (
        "what_was_there_comes_back_whole",
        what_was_there_comes_back_whole,
    ),
    (
        "every_link_leaves_everything_in_its_place",
        every_link_leaves_everything_in_its_place,
    ),
];

/// What the slider of flips is called.
const FLIPPED: &str =
    "Share of the units that are flipped: larger leaves less to go by; at 50 % nothing is left";

/// The window with a lesson open.
fn opened(title: &str, size: [f32; 2], theme: Theme) -> Window {
    let mut window = Window::sized(size[0], size[1].max(1200.0), theme);
    window.key(Key::L);
    window.frames(2);
    window.click_first(Role::Link, title);
    window.frames(2);
    // A click reaches what is in sight, and the list is long.
    window.resize(vec2(size[0], size[1]));
    window.frames(2);
    window
}

fn a_lesson_is_completed_by_label() {
    let mut window = opened("What an attractor is", [1280.0, 800.0], Theme::Dark);
    let before = window.session().recipe().clone();
    window.assert_shows("0 of 1 questions answered");
    window.click_first(Role::Link, "Show me where it ends");
    window.catch_up();
    window.assert_shows("Remembered: the 3");
    // What a link leads to is no answer; what a student makes of it is.
    window.click_first(Role::Link, "Flip 45 %");
    window.catch_up();
    window.frames(2);
    window.assert_shows("0 of 1 questions answered");
    assert!(!window.shows("Not yet") && !window.shows("Found"));
    window.set(FLIPPED, 20.0);
    settle(&mut window);
    window.assert_shows("Not yet");
    window.set(FLIPPED, 47.0);
    settle(&mut window);
    window.assert_shows("Found");
    window.assert_shows("1 of 1 questions answered");
    assert_ne!(*window.session().recipe(), before);
    window.press("Put everything back");
    window.catch_up();
    assert_eq!(*window.session().recipe(), before);
    // One step: the next undo takes just that back.
    window.press("Undo");
    window.catch_up();
    assert_ne!(*window.session().recipe(), before);
    window.press("All lessons");
    window.frames(2);
    window.assert_shows("What an attractor is, done");
    window.press("Close");
    window.frames(2);
    assert!(!window.shows("How many memories fit"));
    window.leave();
    assert!(window.is_asleep());
}

fn links_turn_to_their_tabs() {
    let mut window = opened("What an attractor is", [1280.0, 800.0], Theme::Dark);
    window.click_first(Role::Link, "Draw the basins: the wheel");
    window.frames(3);
    assert!(window.is_chosen("Tab", "Attractors") && window.is_chosen("View", "Wheel"));
    window.click_first(Role::Link, "Show me where it ends");
    window.catch_up();
    assert!(window.is_chosen("Tab", "Recall"));
    window.press("All lessons");
    window.click_first(Role::Link, "Digits resemble each other");
    window.frames(2);
    window.click_first(Role::Link, "Side by side");
    window.catch_up();
    assert!(window.is_chosen("Tab", "Compare"));
    assert_eq!(window.session().recipe().tracks.len(), 2);
    window.assert_shows("alone comes back to the original");
    // Every other link of it sets out from the same state.
    window.click_first(Role::Link, "Thirty digits");
    window.catch_up();
    assert_eq!(window.session().recipe().tracks.len(), 1);
}

fn a_hint_comes_at_the_second_try() {
    let mut window = opened("How many memories fit", [1280.0, 800.0], Theme::Light);
    window.click_first(Role::Link, "40 patterns");
    window.catch_up();
    for p in [30.0, 200.0] {
        window.set("Stored, P", p);
        settle(&mut window);
    }
    window.assert_shows("Not yet. Between 60 and 130 patterns");
    window.set("Stored, P", 110.0);
    settle(&mut window);
    window.assert_shows("Found");
}

fn settle(window: &mut Window) {
    window.catch_up();
    window.press("Settle");
    window.catch_up();
    window.frames(2);
}

/// A whole recipe arrives by a link and goes away again; a drawing and what was left out come back.
fn what_was_there_comes_back_whole() {
    let mut window = Window::sized(1280.0, 800.0, Theme::Dark);
    let mut by_hand = window.session().recipe().clone();
    by_hand.removed = [3, 5].into();
    by_hand.cue.draw([(40, true), (41, true)]);
    window.configure(by_hand.clone());
    window.catch_up();
    window.key(Key::L);
    window.frames(2);
    window.click_first(Role::Link, "From memorising to generalising");
    window.frames(2);
    window.click_first(Role::Link, "And with noise on it");
    window.catch_up();
    assert_eq!(window.session().recipe().cue.start, Start::Unseen(0));
    window.press("Put everything back");
    window.catch_up();
    assert_eq!(*window.session().recipe(), by_hand);
}

fn a_teachers_own_lesson_is_opened() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let file = folder.path().join("ours.md");
    let text = "---\ntitle: Ours\nquestion: Why?\nminutes: 5\nstart: set world=glyphs; set rule=hebb\n---\n\nDo [this](<do: settle>).\n";
    fs::write(&file, text).expect("it can be written");
    let mut window = Window::open();
    window.drop_file(&file);
    window.wait_for_text("Why?");
    window.click_first(Role::Link, "this");
    window.catch_up();
    assert_eq!(window.session().recipe().world.about().name, "glyphs");
    fs::write(&file, text.replace("settle", "setle")).expect("it can be written");
    window.drop_file(&file);
    window.wait_for_text("there is no act");
    assert_ne!(*window.session().recipe(), Recipe::default());
}

fn lessons_have_their_place() {
    for size in [[1024.0, 700.0], [1280.0, 800.0], [1920.0, 1080.0]] {
        let mut window = opened("Digits resemble each other", size, Theme::Dark);
        for tab in ["Recall", "Compare", "Attractors"] {
            window.choose("Tab", tab);
            if tab == "Attractors" {
                window.choose("Finest", "64²");
            }
            window.catch_up();
            let misplaced = window.misplaced(vec2(size[0], size[1]));
            assert!(misplaced.is_empty(), "{tab}, {size:?}: {misplaced:?}");
            assert!(window.unnamed().is_empty(), "{tab}: {:?}", window.unnamed());
        }
    }
}

fn views_of_attractors_have_their_place_beside_a_lesson() {
    let mut window = opened("Recall does not find", [1280.0, 800.0], Theme::Dark);
    window.click_first(Role::Link, "Settle");
    window.catch_up();
    window.choose("Tab", "Attractors");
    for width in [1280.0, 1279.0] {
        window.resize(vec2(width, 760.0));
        for (_, view, _) in AttractorView::ALL {
            window.choose("View", view);
            window.catch_up();
            let misplaced = window.misplaced(vec2(width, 760.0));
            assert!(misplaced.is_empty(), "{view}, {width}: {misplaced:?}");
        }
    }
}

/// What a link claims is true of what it shows, nothing is cut off, and no question is answered by links alone.
fn every_link_leaves_everything_in_its_place() {
    let mut faults = Vec::new();
    for lesson in built_in() {
        let mut window = opened(&lesson.title, [1280.0, 800.0], Theme::Dark);
        for (text, script) in links(&lesson) {
            window.click_first(Role::Link, &text);
            window.catch_up();
            window.frames(2);
            let mut fault = |what: String| faults.push(format!("{}, {text}: {what}", lesson.id));
            let misplaced = window.misplaced(vec2(1280.0, 800.0));
            if !misplaced.is_empty() {
                fault(format!("{misplaced:?}"));
            }
            let answered = format!("0 of {} questions answered", lesson.questions().count());
            if window.shows("Not yet") || !window.shows(&answered) {
                fault("counts as a try".to_owned());
            }
            let points = script.0.iter().any(|act| matches!(act, Act::Point(_)));
            if points && window.pointed_frames() != 1 {
                fault("what it points at is not to be seen".to_owned());
            }
            let session = window.session();
            if script.0.contains(&Act::Settle) {
                let tracks = 0..session.tracks().len();
                let facts: Vec<Facts> = tracks.filter_map(|it| session.facts_on(it)).collect();
                for claim in script.expected() {
                    if claim.holds(session.recipe(), &facts) != Ok(true) {
                        fault(format!("{claim} does not hold"));
                    }
                }
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

/// What the links of a lesson say and do.
fn links(lesson: &Lesson) -> Vec<(String, Script)> {
    let spans = lesson.blocks.iter().flat_map(|block| match block {
        Block::Text(spans) | Block::Item(spans) => spans.as_slice(),
        _ => &[],
    });
    let texts = spans.filter_map(|span| match span {
        Span::Do { text, script } => Some((text.clone(), script.clone())),
        _ => None,
    });
    texts.collect()
}

pub(crate) fn tour() {
    let mut window = opened("Digits resemble each other", [1280.0, 800.0], Theme::Light);
    window.click_first(Role::Link, "Side by side");
    window.catch_up();
    window.point_nowhere();
    window.tour("lesson");
}

pub(crate) fn picture_list() {
    let mut window = Window::sized(1280.0, 800.0, Theme::Dark);
    window.key(Key::L);
    window.frames(2);
    window.point_nowhere();
    window.picture("lessons");
}

pub(crate) fn picture_smallest() {
    let mut window = opened("Energy, and why it falls", [1024.0, 700.0], Theme::Dark);
    window.click_first(Role::Link, "Show me the end");
    window.catch_up();
    window.point_nowhere();
    window.picture("lesson-smallest");
}

pub(crate) fn picture_pointed() {
    let mut window = opened("What an attractor is", [1920.0, 1080.0], Theme::Dark);
    window.click_first(Role::Link, "Flip 35 %");
    window.catch_up();
    window.point_nowhere();
    window.picture("lesson-pointed");
}
