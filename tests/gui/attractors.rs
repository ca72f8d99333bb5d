//! Pictures of attractors: drawn beside a recall and on a tab of their own, pointed at, opened, changed.

use crate::Test;
use crate::attractor_views::opened;
use crate::harness::{Window, at};
use crate::worlds;
use eframe::egui::{PointerButton, Theme, vec2};
use egui::accesskit::Role;
use engram::engine::{Dynamics, LearningRule};
use engram::session::Measurement;

use eframe::egui;

/// All of them.
pub(crate) const ALL: &[Test] = &[
    ("a_wheel_is_drawn_and_opened", a_wheel_is_drawn_and_opened),
    ("a_rim_can_be_changed", a_rim_can_be_changed),
    (
        "a_wheel_stands_beside_a_recall",
        a_wheel_stands_beside_a_recall,
    ),
    ("attractors_have_their_place", attractors_have_their_place),
];

const PORTRAIT: Measurement = Measurement::Portrait;

/// Small letters under a rule, on the tab of attractors.
fn small(rule: &str) -> Window {
    let mut window = worlds::on("glyphs:size=8,p=6", rule);
    window.choose("Tab", "Attractors");
    window.choose("Finest", "64²");
    window.catch_up();
    window
}

fn a_wheel_is_drawn_and_opened() {
    let mut window = small("pseudo-inverse");
    window.assert_shows("64 × 64 starts");
    window.assert_shows("Basin entropy");
    window.set("Stored, P", 5.0);
    window.catch_up();
    assert!(window.is_chosen("Tab", "Attractors"), "it follows a slider");
    let wheel = window.picture_at("Wheel of memories");
    // Near the top of the rim stands the first of the first class.
    let top = at(wheel, 0.5, 0.2);
    window.point_at(top);
    window.frames(30);
    window.assert_shows("Ends after");
    window.click_at(PointerButton::Primary, top);
    assert!(window.is_chosen("Tab", "Recall"));
    window.catch_up();
    let before = window.session().recipe().clone();
    assert!(before.cue.is_drawn());
    window.press("Settle");
    window.wait_until("it has settled", |session| {
        session.recording().is_some_and(|it| it.verdict().is_some())
    });
    // A plane, of the same memory.
    window.choose("Tab", "Attractors");
    window.choose("View", "Plane");
    window.catch_up();
    window.picture_at("Plane through three states");
    // It follows the rule and the dynamics, and a heat bath has none.
    let mut recipe = before;
    recipe.track_mut().rule = LearningRule::parse("hebb").expect("a rule");
    recipe.track_mut().dynamics = Dynamics::Synchronous;
    window.configure(recipe.clone());
    window.catch_up();
    assert!(window.session().is_measured(PORTRAIT));
    recipe.track_mut().dynamics = Dynamics::Glauber { temperature: 0.5 };
    window.configure(recipe);
    window.catch_up();
    window.assert_shows("but a heat bath never does");
    window.leave();
    assert!(window.is_asleep());
}

fn a_rim_can_be_changed() {
    let mut window = small("pseudo-inverse");
    let rim = |window: &Window| {
        let picture = window.session().portrait().expect("it is drawn");
        let landmarks = picture.plane.landmarks().iter();
        landmarks.map(ToString::to_string).collect::<Vec<String>>()
    };
    let usual = rim(&window);
    assert_eq!(usual.len(), 6, "{usual:?}");
    window.click_first(Role::Button, "Landmark 1:");
    window.press("Take it off the rim");
    window.catch_up();
    assert_eq!(rim(&window).len(), 5);
    window.click_first(Role::Button, "Landmark 0:");
    window.press("The cue");
    window.catch_up();
    assert_eq!(rim(&window)[0], "cue");
    // A stored pattern is dragged from the sheet onto the rim.
    let sheet = window.places_of_part("pattern 4 ")[0];
    let landmark = window.places_of_part("Landmark 1:")[0];
    window.drag(PointerButton::Primary, &[sheet.center(), landmark.center()]);
    window.catch_up();
    assert_eq!(rim(&window)[1], "stored:4");
    window.press("Usual");
    window.catch_up();
    assert_eq!(rim(&window), usual);
}

fn a_wheel_stands_beside_a_recall() {
    let mut window = worlds::on("glyphs:size=8,p=6", "pseudo-inverse");
    assert!(!window.session().is_measured(PORTRAIT), "nobody looked");
    window.choose("Lower chart", "Wheel");
    window.catch_up();
    window.assert_shows("128 × 128 starts");
    assert!(window.session().is_measured(PORTRAIT));
    window.press("Clear");
    window.catch_up();
    window.leave();
    assert!(window.is_asleep());
}

fn attractors_have_their_place() {
    let sizes = [
        [1024.0, 700.0],
        [1024.0, 768.0],
        [1280.0, 800.0],
        [1920.0, 1080.0],
    ];
    for [width, height] in sizes {
        let mut window = Window::sized(width, height, Theme::Dark);
        let mut recipe = window.session().recipe().clone();
        recipe.world = engram::worlds::World::parse("glyphs:size=8,p=12").expect("a world");
        window.configure(recipe);
        window.choose("Tab", "Attractors");
        window.choose("Finest", "64²");
        window.catch_up();
        let misplaced = window.misplaced(vec2(width, height));
        assert!(misplaced.is_empty(), "{width} × {height}: {misplaced:?}");
        assert!(window.unnamed().is_empty(), "{:?}", window.unnamed());
    }
}

/// Ten of thirty digits on a rim.
pub(crate) fn tour() {
    let mut window = opened("Wheel", [1280.0, 800.0], Theme::Dark);
    window.tour("attractors");
}

pub(crate) fn picture_plane() {
    let mut window = opened("Plane", [1024.0, 768.0], Theme::Light);
    window.picture("attractors-plane");
}

pub(crate) fn picture_beside() {
    let mut window = Window::sized(1280.0, 800.0, Theme::Light);
    window.choose("Lower chart", "Wheel");
    window.press("Settle");
    window.catch_up();
    window.point_nowhere();
    window.picture("recall-wheel");
}
