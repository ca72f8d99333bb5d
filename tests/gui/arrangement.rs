//! Every world under every rule, in windows of every size: nothing leaves the window, lies on another or is cut.

use crate::Test;
use crate::harness::Window;
use eframe::egui::{Theme, vec2};
use engram::engine::LearningRule;
use engram::trial::Recipe;
use engram::worlds::World;

/// All of them: one for each size, so that they share the processors.
pub(crate) const ALL: &[Test] = &[
    ("everything_has_its_place_at_1024", || {
        everything_has_its_place([1024.0, 700.0]);
    }),
    ("everything_has_its_place_at_1280", || {
        everything_has_its_place([1280.0, 800.0]);
    }),
    ("everything_has_its_place_at_1366", || {
        everything_has_its_place([1366.0, 728.0]);
    }),
    ("everything_has_its_place_at_1920", || {
        everything_has_its_place([1920.0, 1080.0]);
    }),
];

/// One of each kind, with what takes most room: long names, many digits, bonds, letters.
const WORLDS: [&str; 6] = [
    "mnist:p=2000",
    "glyphs",
    "random:n=4096,p=3",
    "features:n=256,l=15,alpha-d=0.1",
    "spin-glass:l=8,p=20,spacing=1,warm-up=100",
    "protein:p=20",
];

/// Everything is set in these sizes, in points.
const SMALLEST: [f32; 2] = [1024.0, 700.0];

fn everything_has_its_place([width, height]: [f32; 2]) {
    let mut window = Window::sized(width, height, Theme::Light);
    let mut faults = Vec::new();
    for text in WORLDS {
        let rules = LearningRule::ALL.iter().map(|make| make());
        for rule in rules {
            let world = World::parse(text).unwrap_or_else(|problem| panic!("{text}: {problem}"));
            let mut recipe = Recipe {
                world,
                ..Recipe::default()
            };
            if !rule.is_for(recipe.world.settings().alphabet()) {
                continue;
            }
            let name = rule.about().name;
            recipe.track_mut().rule = rule;
            window.zoom(1.0);
            window
                .app_mut()
                .command(engram::session::Command::Configure(Box::new(recipe)));
            window.let_jobs_run();
            for zoom in [1.0, 1.5] {
                if width / zoom < SMALLEST[0] || height / zoom < SMALLEST[1] {
                    continue;
                }
                window.zoom(zoom);
                window.point_nowhere();
                let found = window.misplaced(vec2(width, height) / zoom);
                let what =
                    |fault| format!("{width} × {height} at {zoom}, {text} by {name}: {fault}");
                faults.extend(found.into_iter().map(what));
            }
        }
    }
    let count = faults.len();
    faults.truncate(25);
    assert!(faults.is_empty(), "{count} faults, such as {faults:#?}");
}
