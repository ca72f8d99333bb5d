//! Pictures of the lab.

use crate::lab::{lab, over, run_of, slow, small};
use crate::lab_views::{phases, sizes};
use eframe::egui::Theme;
use egui::accesskit::Role;
use engram::lab::{Lab, LabRecipe};
use engram::session::{Command, LabRequest};
use engram::worlds::World;

use eframe::egui;

/// A run like the first one that anybody makes, made small.
fn example() -> LabRecipe {
    let lab = Lab::parse("basins:patterns=20").expect("it can be read");
    let mut recipe = LabRecipe::of(lab).expect("it can be read");
    recipe.world = World::parse("random:n=200,p=80").expect("it can be read");
    recipe
}

pub(crate) fn tour() {
    let mut window = lab(1280.0, 800.0, Theme::Dark);
    run_of(&mut window, example());
    window.tour("lab");
}

pub(crate) fn picture_light() {
    let mut window = lab(1280.0, 800.0, Theme::Light);
    let mut sparse = example();
    sparse.world = World::parse("random:n=200,p=40").expect("it can be read");
    run_of(&mut window, sparse);
    run_of(&mut window, example());
    window.click_first(Role::CheckBox, "Lay over: 1.");
    window.picture("lab-light");
}

pub(crate) fn picture_empty() {
    lab(1280.0, 800.0, Theme::Dark).picture("lab-empty");
}

pub(crate) fn picture_smallest() {
    let mut window = lab(1024.0, 700.0, Theme::Dark);
    run_of(&mut window, small());
    window.click("More settings");
    window.picture("lab-smallest");
}

pub(crate) fn picture_growth() {
    let mut window = lab(1280.0, 800.0, Theme::Dark);
    run_of(
        &mut window,
        over("growth:from=20,to=80,points=3", "random:n=50,p=2"),
    );
    window.picture("lab-growth");
}

pub(crate) fn picture_generalization() {
    let mut window = lab(1280.0, 800.0, Theme::Light);
    let experiment = "generalization:points=7";
    run_of(&mut window, over(experiment, "features:n=120,alpha-d=0.05"));
    window.picture("lab-generalization");
}

/// Curves of three numbers of units, laid together.
pub(crate) fn picture_sizes() {
    let mut window = lab(1280.0, 800.0, Theme::Dark);
    run_of(&mut window, sizes());
    window.choose("Show as", "Collapsed");
    window.point_nowhere();
    window.picture("lab-sizes");
}

/// Loads by temperatures as a map, with the line of theory.
pub(crate) fn picture_phases() {
    let mut window = lab(1280.0, 800.0, Theme::Light);
    run_of(&mut window, phases(8, "world.p=5..40/8"));
    window.choose("Show as", "Map");
    window.point_nowhere();
    window.picture("lab-phases");
}

/// One run is there, another is under way: who is who is said.
pub(crate) fn picture_running() {
    let mut window = lab(1280.0, 800.0, Theme::Dark);
    run_of(&mut window, small());
    let command = Command::Lab(LabRequest::Run(Box::new(slow())));
    window.app_mut().command(command);
    window.wait_until("it has begun", |session| {
        session.lab().under_way().is_some()
    });
    window.frames(2);
    window.picture("lab-running");
}
