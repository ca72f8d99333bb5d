//! Frames with the largest world that the window is meant for, N = 4,096: none should take over 8 ms.

use super::table::{Table, Took};
use super::{Bench, FRAMES, store};
use crate::engine::{Corruption, Dynamics, LearningRule};
use crate::session::{Command, StepUnit};
use crate::trial::Recipe;
use crate::worlds::World;

/// Sweeps of a warm run, a third of whose updates are flips: a million and a half of them.
const WARM_SWEEPS: u64 = 1000;

/// Adds its rows.
pub(super) fn rows(window: &mut Bench, table: &mut Table) {
    window.apply(Command::SetSpeed(30.0));
    window.apply(Command::SetStep(StepUnit::Flip));
    let world = World::parse("random:n=4096,p=200").expect("there is such a world");
    let hebb = window.edited(|recipe| {
        recipe.world = world;
        recipe.track_mut().rule = LearningRule::ALL[0]();
        recipe.track_mut().dynamics = Dynamics::Asynchronous;
    });
    let mut first = vec![window.command(hebb)];
    first.extend(window.wait());
    table.row("N = 4096, Hebb, P = 200: until shown", &first);
    table.row("N = 4096: the next frames", &window.frames(FRAMES));
    table.row("N = 4096: idle", &window.frames(FRAMES));
    edits(window, table);
    time(window, table);
    warm(window, table);
    table.row(
        "N = 4096: search for a flip that does not come",
        &searches(window),
    );
}

/// Sliders of memory and cue, every frame until what they ask for is shown.
fn edits(window: &mut Bench, table: &mut Table) {
    let draw = |recipe: &mut Recipe, edit: u32| recipe.cue.draw([(edit as usize, true)]);
    table.row("N = 4096: draw on the cue", &window.edits(20, draw));
    let patterns = |recipe: &mut Recipe, edit: u32| store(recipe, 200 + edit % 2);
    table.row("N = 4096: edit of P", &window.edits(10, patterns));
    table.row("N = 4096: edit of the dilution", &window.edits(10, dilute));
    let undone = (0..10).flat_map(|turn| {
        let turn = [Command::Undo, Command::Redo][turn % 2].clone();
        window.app.session.settle();
        let first = window.command(turn);
        std::iter::once(first)
            .chain(window.wait())
            .collect::<Vec<Took>>()
    });
    let undone: Vec<Took> = undone.collect();
    table.row("N = 4096: undo and redo of the dilution", &undone);
    let asymmetric = |recipe: &mut Recipe, edit: u32| {
        let rule = format!("perceptron:margin=0.{},sweeps=1", 1 + edit % 2);
        recipe.track_mut().rule = LearningRule::parse(&rule).expect("there is such a rule");
    };
    table.row(
        "N = 4096: asymmetric couplings",
        &window.edits(2, asymmetric),
    );
    window.edit(|recipe| {
        recipe.track_mut().rule = LearningRule::ALL[0]();
        recipe.track_mut().alteration.dilution = 0.0;
    });
    window.wait();
}

/// Playing, stepping and running to the end.
fn time(window: &mut Bench, table: &mut Table) {
    window.apply(Command::SetSpeed(60.0));
    window.apply(Command::Play(true));
    table.row("N = 4096: playing a flip a frame", &window.frames(FRAMES));
    window.app.view.show_fields = true;
    for (what, step) in [
        ("forward", Command::StepForward(StepUnit::Flip)),
        ("back", Command::StepBack(StepUnit::Flip)),
    ] {
        let frames: Vec<Took> = (0..100).flat_map(|_| window.step(step.clone())).collect();
        let what = format!("N = 4096: a flip {what}, fields over the state");
        table.row(&what, &frames);
    }
    window.app.view.show_fields = false;
    let mut settling = vec![window.command(Command::Settle)];
    while window.app.session.can_go_on() {
        settling.push(window.frame());
    }
    table.row("N = 4096: to the end", &settling);
}

/// A bath so warm that half of the units turn.
fn warm(window: &mut Bench, table: &mut Table) {
    window.edit(|recipe| {
        recipe.track_mut().dynamics = Dynamics::Glauber { temperature: 2.0 };
        recipe.max_sweeps = WARM_SWEEPS;
    });
    window.wait();
    window.apply(Command::SetStep(StepUnit::Sweep));
    window.apply(Command::Play(true));
    let playing = window.frames(100);
    table.row("N = 4096: playing a warm sweep a frame", &playing);
    let mut settling = vec![window.command(Command::Settle)];
    while window.app.session.can_go_on() {
        settling.push(window.frame());
    }
    table.row("N = 4096: to the end of a warm run", &settling);
    let end = window.app.session.cursor();
    table.row("N = 4096: idle after it", &window.frames(FRAMES));
    let scrubbing = (1..=100).flat_map(|part| window.step(Command::Seek(end / 101 * part)));
    let scrubbing: Vec<Took> = scrubbing.collect();
    table.row("N = 4096: scrubbing through a warm run", &scrubbing);
}

/// Cuts another share of the couplings at every other edit.
pub(super) fn dilute(recipe: &mut Recipe, edit: u32) {
    recipe.track_mut().alteration.dilution = 0.1 + 0.1 * f64::from(edit % 2);
}

/// Frames of a step to the next flip, where a stored pattern lies in a bath so cold that none comes.
fn searches(window: &mut Bench) -> Vec<Took> {
    let mut recipe = Recipe {
        world: World::parse("random:n=4096,p=20").expect("there is such a world"),
        ..Recipe::default()
    };
    recipe.track_mut().rule = LearningRule::ALL[0]();
    recipe.track_mut().dynamics = Dynamics::Glauber { temperature: 0.01 };
    recipe.cue.corruption = Corruption::default();
    recipe.max_sweeps = 10_000;
    window.apply(Command::Configure(Box::new(recipe)));
    window.wait();
    window.apply(Command::StepForward(StepUnit::Flip));
    window.frames(FRAMES)
}
