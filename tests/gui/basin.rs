//! The basin beside the recall: asked for by whoever looks, it follows load and dynamics, and has its place in every
//! window.

use crate::Test;
use crate::harness::{Window, at};
use crate::worlds;
use eframe::egui::{Theme, vec2};
use engram::engine::{Dynamics, LearningRule};
use engram::session::Measurement;
use engram::worlds::World;

/// All of them.
pub(crate) const ALL: &[Test] = &[
    (
        "the_cliff_of_hebbs_rule_draws_itself",
        the_cliff_of_hebbs_rule_draws_itself,
    ),
    (
        "the_basin_has_its_place_in_every_window",
        the_basin_has_its_place_in_every_window,
    ),
];

const BASIN: Measurement = Measurement::Basin;

fn the_cliff_of_hebbs_rule_draws_itself() {
    let mut window = worlds::on("random:n=400,p=20", "hebb");
    assert!(!window.session().is_measured(BASIN), "nobody looked");
    window.choose("Lower chart", "Basin");
    window.catch_up();
    window.assert_shows("200 cues");
    window.assert_shows("Recalled from a start overlap of");
    let chart = window.picture_at("Basin, live");
    window.point_at(at(chart, 0.5, 0.5));
    let mut recipe = window.session().recipe().clone();
    recipe.world = World::parse("random:n=400,p=100").expect("a world");
    window.configure(recipe.clone());
    window.assert_shows("of cues from 0.50 on are recalled");
    recipe.track_mut().dynamics = Dynamics::Glauber { temperature: 2.0 };
    window.configure(recipe);
    window.assert_shows("0 % of cues from 0.50 on are recalled");
    assert!(window.session().is_measured(BASIN));
    window.choose("Lower chart", "Energy");
    window.press("Undo");
    window.catch_up();
    assert!(!window.session().is_measured(BASIN), "nobody looks");
    window.choose("Lower chart", "Basin");
    window.catch_up();
    window.press("Clear");
    window.catch_up();
    window.assert_shows("Nothing recorded yet");
    window.leave();
    assert!(window.is_asleep());
}

fn the_basin_has_its_place_in_every_window() {
    let sizes = [
        [1024.0, 700.0],
        [1024.0, 768.0],
        [1280.0, 800.0],
        [1920.0, 1080.0],
    ];
    let mut window = Window::sized(1280.0, 800.0, Theme::Light);
    window.choose("Lower chart", "Basin");
    let mut faults = Vec::new();
    for (world, rule) in [
        ("mnist:p=2000", "hebb"),
        ("random:n=400,p=20", "modern:states=continuous"),
        (
            "spin-glass:l=8,p=20,spacing=1,warm-up=100",
            "pseudo-likelihood:optimiser=descent,steps=30",
        ),
        ("protein:p=20", "potts-hebb"),
    ] {
        let mut recipe = window.session().recipe().clone();
        recipe.world = World::parse(world).expect("a world");
        recipe.track_mut().rule = LearningRule::parse(rule).expect("a rule");
        window.configure(recipe);
        assert!(window.session().is_measured(BASIN), "{world}");
        for [width, height] in sizes {
            window.resize(vec2(width, height));
            window.point_nowhere();
            window.picture_at("Basin, live");
            let found = window.misplaced(vec2(width, height)).into_iter();
            faults.extend(found.map(|fault| format!("{width} × {height}, {world}: {fault}")));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}
