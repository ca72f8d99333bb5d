//! The lab's other views: curves laid together, maps.

use crate::Test;
use crate::lab::{lab, over, run_of};
use eframe::egui::{PointerButton, Theme};
use egui::accesskit::Role;
use engram::engine::Dynamics;
use engram::lab::{LabRecipe, Vary, rules};

use eframe::egui;

/// All of them.
pub(crate) const ALL: &[Test] = &[
    ("lab_lays_sizes_together", lab_lays_sizes_together),
    ("lab_opens_a_cell_of_a_map", lab_opens_a_cell_of_a_map),
    ("lab_has_a_map_a_rule", lab_has_a_map_a_rule),
    (
        "lab_says_why_curves_stay_apart",
        lab_says_why_curves_stay_apart,
    ),
];

/// Hebb's capacity at three numbers of units, made small.
pub(crate) fn sizes() -> LabRecipe {
    let experiment = "size:from=0.06,to=0.3,points=9,patterns=40";
    let mut recipe = over(experiment, "random:n=60");
    recipe.vary = vec![Vary::parse("world.n=100;200;400").expect("it can be read")];
    recipe.repeats = 6;
    recipe
}

/// Hebb's overlap over loads `vary` and so many temperatures, made small.
pub(crate) fn phases(points: usize, vary: &str) -> LabRecipe {
    let experiment = format!("temperature:from=0,to=1.05,points={points},patterns=4");
    let mut recipe = over(&experiment, "random:n=200,p=5");
    recipe.rules = rules("hebb").expect("it can be read");
    recipe.vary = vec![Vary::parse(vary).expect("it can be read")];
    recipe
}

fn lab_lays_sizes_together() {
    let mut window = lab(1280.0, 800.0, Theme::Dark);
    run_of(&mut window, sizes());
    assert!(window.is_chosen("Show as", "Curves"));
    window.assert_shows("Hebb: the curves of N = 100, 200, 400 fall onto one line");
    window.choose("Show as", "Collapsed");
    assert!(window.is_chosen("Show as", "Collapsed"));
    window.picture_at("Size: share recalled against (α − α_c) N^(1/ν)");
    window.choose("Show as", "Curves");
    window.picture_at("Size: share recalled against load α = P/N");
    assert!(window.unnamed().is_empty(), "{:?}", window.unnamed());
}

fn lab_opens_a_cell_of_a_map() {
    let mut window = lab(1280.0, 800.0, Theme::Light);
    run_of(&mut window, phases(3, "world.p=5;10;15"));
    window.choose("Show as", "Map");
    let map = window.picture_at("Temperature: overlap of Hebb");
    // Of three by three cells, the middle of the picture lies in the middle one.
    window.click_at(PointerButton::Primary, map.center());
    assert!(window.is_chosen("Tab", "Recall"));
    window.catch_up();
    let recipe = window.session().recipe();
    assert_eq!(recipe.world.get("p"), Some(10.0));
    let dynamics = recipe.track().dynamics;
    assert_eq!(dynamics, Dynamics::Glauber { temperature: 0.525 });
}

fn lab_has_a_map_a_rule() {
    let mut window = lab(1280.0, 800.0, Theme::Light);
    let mut recipe = phases(3, "world.p=5;10;15");
    recipe.rules = rules("hebb,pseudo-inverse").expect("they can be read");
    run_of(&mut window, recipe);
    window.choose("Show as", "Map: hebb");
    window.picture_at("Temperature: overlap of Hebb");
    window.choose("Show as", "Map: pseudo-inverse");
    let map = window.picture_at("Temperature: overlap of Pseudo-inverse");
    window.click_at(PointerButton::Primary, map.center());
    window.catch_up();
    let rule = &window.session().recipe().track().rule;
    assert_eq!(rule.about().name, "pseudo-inverse");
}

fn lab_says_why_curves_stay_apart() {
    let mut window = lab(1280.0, 800.0, Theme::Light);
    let mut one = sizes();
    one.vary.clear();
    run_of(&mut window, one);
    window.assert_shows("one number of units says nothing of others");
    let switch = window.place_of(Role::RadioButton, "Collapsed");
    window.click_at(PointerButton::Primary, switch.center());
    assert!(window.is_chosen("Show as", "Curves"), "it is greyed out");
}
