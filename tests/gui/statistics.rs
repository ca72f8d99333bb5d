//! What is told of the memory as a whole: parts of J, margins, eigenvalues, the weights of memories.

use crate::Test;
use crate::harness::{Window, at};
use eframe::egui::Theme;
use engram::engine::alteration::{Alteration, Cut};
use engram::engine::learning::Dense;
use engram::engine::{Dynamics, LearningRule};
use engram::session::{Command, Measurement};
use engram::worlds::mnist::Size;

/// All of them.
pub(crate) const ALL: &[Test] = &[
    ("margins_follow_the_memory", margins_follow_the_memory),
    (
        "eigenvalues_lie_in_the_plane_without_symmetry",
        eigenvalues_lie_in_the_plane_without_symmetry,
    ),
    (
        "parts_of_the_couplings_are_shown",
        parts_of_the_couplings_are_shown,
    ),
    (
        "memories_without_couplings_are_weighed",
        memories_without_couplings_are_weighed,
    ),
    (
        "all_of_it_is_reached_where_room_is_short",
        all_of_it_is_reached_where_room_is_short,
    ),
];

/// The window on small digits with half of the couplings cut, each for itself: J is not symmetric.
pub(crate) fn without_symmetry(mut window: Window) -> Window {
    let mut recipe = window.session().recipe().clone();
    recipe.world.mnist_mut().expect("the default").size = Size::Crop14;
    recipe.track_mut().alteration = Alteration {
        dilution: 0.5,
        cut: Cut::Each,
        ..Alteration::default()
    };
    window.configure(recipe);
    window
}

/// The window on a dense memory, some flips after the cue.
pub(crate) fn dense(mut window: Window) -> Window {
    let mut recipe = window.session().recipe().clone();
    // Steep enough for digits, which overlap.
    recipe.track_mut().rule = LearningRule::Dense(Dense {
        degree: 12,
        ..Dense::default()
    });
    recipe.track_mut().dynamics = Dynamics::Asynchronous;
    window.configure(recipe);
    window.app_mut().command(Command::Settle);
    window.wait_for_text(" sweep");
    window
}

fn margins_follow_the_memory() {
    let mut window = Window::open();
    window.choose_statistic("Margins");
    window.catch_up();
    window.assert_shows("every pattern is a fixed point");
    window.picture_at("Distribution of the margins");
    let mut recipe = window.session().recipe().clone();
    recipe.track_mut().alteration.dilution = 0.95;
    window.configure(recipe);
    window.wait_for_text("of units unstable");
    assert!(window.session().is_measured(Measurement::Margins));
    assert!(
        !window.session().is_measured(Measurement::Spectrum),
        "nobody looked"
    );
    window.leave();
    assert!(window.is_asleep());
}

fn eigenvalues_lie_in_the_plane_without_symmetry() {
    let mut window = Window::open();
    window.choose("Size of the digits", "14 × 14");
    window.catch_up();
    window.choose_statistic("Spectrum");
    window.catch_up();
    window.assert_shows("196 real eigenvalues");
    let mut window = without_symmetry(window);
    window.assert_shows("196 eigenvalues, ");
    window.assert_shows(" not real");
    let plane = window.picture_at("Eigenvalues");
    window.point_at(at(plane, 0.5, 0.5));
    window.leave();
    assert!(window.is_asleep());
}

fn parts_of_the_couplings_are_shown() {
    const PART: &str = "Part of the couplings";
    let window = Window::open();
    assert!(window.is_chosen(PART, "J") && window.can_choose(PART, "Symmetric"));
    assert!(!window.can_choose(PART, "Antisymmetric"), "J is symmetric");
    let mut window = without_symmetry(window);
    window.choose(PART, "Antisymmetric");
    window.assert_shows("Antisymmetric part of J");
    window.assert_shows("no energy");
    window.choose("Layout of the couplings", "Rows as pictures");
    window.choose(PART, "Symmetric");
    window.assert_shows("Symmetric part of J");
    window.choose(PART, "Antisymmetric");
    window.press("Undo");
    window.catch_up();
    window.assert_shows("Couplings J");
    assert!(window.is_chosen(PART, "J"));
}

fn memories_without_couplings_are_weighed() {
    let mut window = dense(Window::open());
    window.assert_shows("the strongest first");
    window.assert_shows("pattern 3, ");
    window.assert_shows("others share");
    window.picture_at("Distribution of the weights");
    let second = window.places_of_part("\nweight")[1];
    window.point_at(second.center());
    window.assert_shows("pattern");
    window.press("Undo");
    window.catch_up();
    window.assert_shows("Couplings J");
}

fn all_of_it_is_reached_where_room_is_short() {
    // Enlarged, a window holds fewer points than it may have on its own.
    let mut window = Window::sized(1000.0, 720.0, Theme::Light);
    window.choose("At the foot of the window", "Couplings J");
    for (text, picture) in [
        ("Couplings", "Distribution of the couplings"),
        ("Margins", "Distribution of the margins"),
        ("Spectrum", "Eigenvalues"),
        ("Local fields", "Local field of every unit"),
    ] {
        window.choose_statistic(text);
        window.catch_up();
        window.picture_at(picture);
    }
}
