//! The other views of attractors: census, flips, walk, tree and all states, each asked for, read, opened and refused.

use crate::Test;
use crate::harness::{Window, at};
use crate::worlds;
use eframe::egui;
use eframe::egui::{PointerButton, Theme, vec2};
use egui::accesskit::Role;
use engram::engine::{Dynamics, LearningRule};
use engram::session::Measurement;
use engram::worlds::World;

/// All of them.
pub(crate) const ALL: &[Test] = &[
    (
        "a_census_is_counted_and_stored",
        a_census_is_counted_and_stored,
    ),
    ("bands_follow_attractors", bands_follow_attractors),
    ("flips_break_a_pattern", flips_break_a_pattern),
    (
        "a_walk_leads_from_one_to_another",
        a_walk_leads_from_one_to_another,
    ),
    (
        "a_pattern_that_is_gone_is_missed",
        a_pattern_that_is_gone_is_missed,
    ),
    ("a_tree_joins_minima", a_tree_joins_minima),
    (
        "all_states_are_drawn_where_there_are_few",
        all_states_are_drawn_where_there_are_few,
    ),
    ("energy_is_a_landscape", energy_is_a_landscape),
    ("views_have_their_place", views_have_their_place),
    ("views_end_out_of_sight", views_end_out_of_sight),
];

/// The names of the views.
const VIEWS: [&str; 7] = [
    "Wheel",
    "Plane",
    "Census",
    "Flips",
    "Walk",
    "Tree",
    "All states",
];

/// Small letters under a rule, in a view.
fn small(rule: &str, view: &str) -> Window {
    let mut window = worlds::on("glyphs:size=8,p=6", rule);
    window.choose("Tab", "Attractors");
    window.choose("View", view);
    window.catch_up();
    window
}

fn a_census_is_counted_and_stored() {
    let mut window = small("pseudo-inverse", "Census");
    window.assert_shows("1000 starts end in");
    window.assert_shows("Not met yet: about");
    window.choose("Starts", "Stored");
    window.catch_up();
    window.assert_shows("1000 starts end in 6 attractors; 100 % of them in a stored pattern");
    window.choose("Starts", "Corrupted");
    window.choose("Order", "by energy");
    window.catch_up();
    window.assert_shows("Attractors");
    let before = window.session().recipe().clone();
    window.click_first_secondary(Role::Button, "pattern ");
    window.press("Store it");
    window.catch_up();
    assert_eq!(window.session().recipe().added.len(), 1);
    window.configure(before);
    window.catch_up();
    window.click_first(Role::Button, "pattern ");
    assert!(window.is_chosen("Tab", "Recall"));
    window.choose("Tab", "Attractors");
    window.press("Copy command");
    window.leave();
    assert!(window.is_asleep());
}

fn bands_follow_attractors() {
    let mut window = small("hebb", "Bands");
    let bands = window.session().bands().expect("they are drawn").clone();
    assert_eq!(bands.recipe.vary.path, "world.p", "the load comes first");
    assert!(bands.columns.len() > 2 && bands.done == 1.0);
    for column in 0..bands.columns.len() {
        let all = bands.map.bands.iter().map(|band| band.share(column));
        assert!((all.sum::<f64>() - 1.0).abs() < 1e-9);
    }
    // A click opens the memory of a value in Recall.
    let chart = window.picture_at("Bands");
    let before = window.session().recipe().clone();
    window.click_at(PointerButton::Primary, at(chart, 0.25, 0.5));
    window.catch_up();
    assert!(window.is_chosen("Tab", "Recall"));
    let after = window.session().recipe().clone();
    assert_ne!(before.world, after.world);
    // The bands are the same: what stands along the axis is no part of them.
    window.choose("Tab", "Attractors");
    window.catch_up();
    assert!(std::sync::Arc::ptr_eq(
        &window.session().bands().expect("they stay").map,
        &bands.map
    ));
    // Another axis is typed.
    window.click("Values along the axis");
    window.keys(egui::Modifiers::COMMAND, egui::Key::A);
    window.type_text("world.p=2;4");
    window.catch_up();
    let values = window
        .session()
        .bands()
        .expect("they are drawn")
        .columns
        .len();
    assert_eq!(values, 2);
    window.type_text(";nonsense");
    window.catch_up();
    window.assert_shows("nonsense");
    window.leave();
    assert!(window.is_asleep());
}

fn flips_break_a_pattern() {
    let mut window = small("pseudo-inverse", "Flips");
    window.assert_shows("flips break it");
    let broken = window.session().broken().expect("it is searched").clone();
    let units = broken.flips.units.expect("some do");
    assert_eq!(broken.single.len(), 64);
    window.assert_shows(&format!("{} flips", units.len()));
    window.click_first(Role::Button, "pattern 0");
    window.press("The state now");
    window.catch_up();
    window.assert_shows("the state ▾");
    // Letters have no flips.
    let mut recipe = window.session().recipe().clone();
    recipe.track_mut().dynamics = Dynamics::Glauber { temperature: 0.5 };
    window.configure(recipe);
    window.catch_up();
    window.assert_shows("but a heat bath never does");
    window.leave();
    assert!(window.is_asleep());
}

fn a_walk_leads_from_one_to_another() {
    let mut window = small("pseudo-inverse", "Walk");
    window.assert_shows("Up to ");
    let path = window.session().walked().expect("it is walked").clone();
    assert!(path.is_whole());
    window.set("flips made", path.n_flips() as f64);
    window.frames(3);
    window.assert_shows(&format!("After {} flips", path.n_flips()));
    let chart = window.picture_at("Walk between two states");
    window.click_at(PointerButton::Primary, at(chart, 0.5, 0.3));
    window.frames(3);
    assert!(!window.shows(&format!("After {} flips", path.n_flips())));
    window.click_first(Role::Button, "pattern 1");
    window.press("Random units");
    window.catch_up();
    window.assert_shows("random units");
    window.leave();
    assert!(window.is_asleep());
}

/// What was wished of a pattern that is stored no longer keeps its number.
fn a_pattern_that_is_gone_is_missed() {
    let mut window = small("pseudo-inverse", "Walk");
    let mut recipe = window.session().recipe().clone();
    recipe.world = World::parse("glyphs:size=8,p=1").expect("it is one");
    window.configure(recipe);
    window.catch_up();
    window.assert_shows("pattern 0 (an A) ▾");
    window.assert_shows("pattern 1 ▾");
    window.assert_shows("Stored pattern 1 (counted from 0) asked for");
    window.leave();
    assert!(window.is_asleep());
}

fn a_tree_joins_minima() {
    let mut window = small("hebb", "Tree");
    window.assert_shows("Barriers are bounds above");
    let trees = window.session().trees().expect("they are grown");
    let tree = &trees.own.tree;
    assert_eq!(tree.joints.len() + 1, tree.leaves.len());
    // That of another rule stands beside it.
    window.click("Rule beside it, 1");
    window.click("Storkey");
    window.catch_up();
    let trees = window.session().trees().expect("they are grown");
    assert!(matches!(&trees.beside[..], [Ok(_)]), "{:?}", trees.beside);
    window.click_first(Role::Button, "Ends in pattern");
    assert!(window.is_chosen("Tab", "Recall"));
    window.choose("Tab", "Attractors");
    let mut recipe = window.session().recipe().clone();
    recipe.track_mut().rule = LearningRule::parse("perceptron").expect("a rule");
    window.configure(recipe);
    window.catch_up();
    window.assert_shows("have none");
    window.leave();
    assert!(window.is_asleep());
}

fn all_states_are_drawn_where_there_are_few() {
    let mut window = small("hebb", "All states");
    window.assert_shows("up to 14 units");
    window.press("Take random patterns of 10 units");
    window.catch_up();
    window.assert_shows("1024 states");
    let graph = window.session().state_graph().expect("it is drawn").clone();
    assert_eq!(graph.sizes.iter().sum::<u64>(), 1024);
    let picture = window.picture_at("All states");
    let place = |state: usize| {
        let [x, y] = graph.places[state]?;
        let side = picture.size().min_elem() - 8.0;
        Some(picture.center() + vec2(x, y) * side / 2.0)
    };
    let shown = (0..1024).find_map(|state| Some((state, place(state)?)));
    let (state, at) = shown.expect("one is drawn");
    window.point_at(at);
    window.frames(30);
    window.assert_shows("Click: this start in Recall");
    window.click_at(PointerButton::Primary, at);
    window.catch_up();
    assert!(window.is_chosen("Tab", "Recall"));
    let cue = window.session().recording().expect("it runs").cue().clone();
    assert_eq!(cue, graph.graph.state(state as u32));
    window.leave();
    assert!(window.is_asleep());
}

fn energy_is_a_landscape() {
    let mut window = small("pseudo-inverse", "Plane");
    window.choose("Finest", "64²");
    window.press("Energy");
    window.catch_up();
    window.assert_shows("the energy of the starts");
    let picture = window.session().portrait().expect("it is drawn");
    let known = picture.energies.iter().flatten().count();
    assert_eq!(known, picture.n_starts());
    window.leave();
    assert!(window.is_asleep());
}

fn views_have_their_place() {
    for [width, height] in [[1024.0, 700.0], [1280.0, 800.0], [1920.0, 1080.0]] {
        let mut window = Window::sized(width, height, Theme::Dark);
        let mut recipe = window.session().recipe().clone();
        recipe.world = World::parse("random:n=12,p=3").expect("a world");
        recipe.track_mut().dynamics = Dynamics::Synchronous;
        window.configure(recipe);
        window.choose("Tab", "Attractors");
        for view in VIEWS {
            window.choose("View", view);
            if matches!(view, "Wheel" | "Plane") {
                window.choose("Finest", "64²");
            }
            window.catch_up();
            let misplaced = window.misplaced(vec2(width, height));
            assert!(
                misplaced.is_empty(),
                "{view}, {width} × {height}: {misplaced:?}"
            );
            assert!(
                window.unnamed().is_empty(),
                "{view}: {:?}",
                window.unnamed()
            );
        }
    }
}

fn views_end_out_of_sight() {
    let mut window = small("pseudo-inverse", "Census");
    window.choose("Count", "100,000");
    window.frames(3);
    assert!(window.session().is_measuring(Measurement::Census));
    window.choose("Tab", "Recall");
    window.frames(3);
    assert!(!window.session().is_measuring(Measurement::Census));
    window.leave();
    assert!(window.is_asleep());
    // Behind a card that fills the window too.
    let is_drawn = |window: &Window| window.session().is_measuring(Measurement::Portrait);
    let mut window = Window::open();
    window.catch_up();
    window.choose("Lower chart", "Wheel");
    window.frames(3);
    assert!(is_drawn(&window));
    window.press("Couplings J: fill the window");
    window.frames(3);
    assert!(!is_drawn(&window));
    window.key(egui::Key::Escape);
    window.frames(3);
    assert!(is_drawn(&window), "it goes on");
}

/// A view of the digits that a window opens with.
pub(crate) fn opened(view: &str, size: [f32; 2], theme: Theme) -> Window {
    let mut window = Window::sized(size[0], size[1], theme);
    window.choose("Tab", "Attractors");
    window.choose("View", view);
    if matches!(view, "Wheel" | "Plane") {
        window.choose("Finest", "128²");
    }
    window.catch_up();
    window.point_nowhere();
    window
}

pub(crate) fn picture_census() {
    let mut window = opened("Census", [1280.0, 800.0], Theme::Dark);
    window.choose("Starts", "Corrupted");
    window.catch_up();
    window.point_nowhere();
    window.picture("attractors-census");
}

pub(crate) fn picture_bands() {
    let mut window = Window::sized(1280.0, 800.0, Theme::Dark);
    let mut recipe = window.session().recipe().clone();
    recipe.world = World::parse("mnist:size=14,p=10").expect("a world");
    window.configure(recipe);
    window.choose("Tab", "Attractors");
    window.choose("View", "Bands");
    window.choose("Bands from", "Corrupted");
    window.catch_up();
    window.point_nowhere();
    window.picture("attractors-bands");
}

pub(crate) fn picture_flips() {
    opened("Flips", [1280.0, 800.0], Theme::Light).picture("attractors-flips");
}

pub(crate) fn picture_walk() {
    let mut window = opened("Walk", [1280.0, 800.0], Theme::Dark);
    window.set("flips made", 60.0);
    window.frames(5);
    window.point_nowhere();
    window.picture("attractors-walk");
}

pub(crate) fn picture_tree() {
    let mut window = opened("Tree", [1280.0, 800.0], Theme::Light);
    window.click("Rule beside it, 1");
    window.click("Storkey");
    window.catch_up();
    window.point_nowhere();
    window.picture("attractors-tree");
}

pub(crate) fn picture_landscape() {
    let mut window = opened("Plane", [1280.0, 800.0], Theme::Dark);
    window.choose("Finest", "64²");
    window.press("Energy");
    window.catch_up();
    window.point_nowhere();
    window.picture("attractors-landscape");
}

pub(crate) fn picture_states() {
    let mut window = Window::sized(1280.0, 800.0, Theme::Dark);
    let mut recipe = window.session().recipe().clone();
    recipe.world = World::parse("random:n=11,p=3").expect("a world");
    recipe.track_mut().dynamics = Dynamics::Synchronous;
    window.configure(recipe);
    window.choose("Tab", "Attractors");
    window.choose("View", "All states");
    window.catch_up();
    window.point_nowhere();
    window.picture("attractors-states");
}
