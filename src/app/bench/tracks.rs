//! Frames where four tracks stand side by side: while they play, and while all of them learn.

use super::table::Table;
use super::{Bench, store};
use crate::app::view::Tab;
use crate::engine::{Dynamics, LearningRule};
use crate::session::{Command, StepUnit};
use crate::trial::{Recipe, TrackRecipe};

/// Frames that a figure is taken from.
const FRAMES: usize = 200;

/// Measures them.
pub(super) fn rows(window: &mut Bench, table: &mut Table) {
    window.app.view.turn_to(Tab::Compare);
    let rules = ["pseudo-inverse", "hebb", "storkey", "dense:n=3"];
    let warm = Dynamics::Glauber { temperature: 0.3 };
    window.edit(|recipe| {
        compare(recipe, &rules, warm);
        recipe.max_sweeps = 10_000;
        store(recipe, 100);
    });
    window.wait();
    window.apply(Command::SetStep(StepUnit::Sweep));
    window.apply(Command::SetSpeed(60.0));
    window.apply(Command::Play(true));
    table.row(
        "four tracks side by side, playing a sweep a frame, N = 784, P = 100",
        &window.frames(FRAMES),
    );
    window.apply(Command::Play(false));
    let learner =
        |lambda| format!("pseudo-likelihood:optimiser=descent,steps=100000,lambda={lambda}");
    let learners = [1, 2, 3, 4].map(learner);
    let learners = learners.each_ref().map(String::as_str);
    window.edit(|recipe| compare(recipe, &learners, Dynamics::Asynchronous));
    table.row(
        "four tracks side by side, all of them learning",
        &window.frames(FRAMES),
    );
    window.apply(Command::StopLearning);
    window.edit(|recipe| recipe.tracks.truncate(1));
}

fn compare(recipe: &mut Recipe, rules: &[&str], dynamics: Dynamics) {
    let track = |rule: &&str| TrackRecipe {
        rule: LearningRule::parse(rule).expect("there is such a rule"),
        dynamics,
        ..TrackRecipe::default()
    };
    recipe.tracks = rules.iter().map(track).collect();
}
