//! Frames while a sweep of the lab keeps every core but one at work.

use super::table::{Table, Took};
use super::{Bench, FRAMES, store};
use crate::app::view::Tab;
use crate::engine::{Dynamics, LearningRule};
use crate::lab::{LabRecipe, named_world};
use crate::session::{Command, LabRequest, StepUnit};

/// A sweep that takes longer than all that is done beside it.
const SWEEP: [(&str, &str); 4] = [
    ("experiment", "basins:points=1001,patterns=50,trials=20"),
    ("world", "random:n=784,p=50"),
    ("rules", "pseudo-likelihood,pseudo-inverse,hebb"),
    ("dynamics", "async"),
];

/// Measures them; the table to print.
pub fn frame_beside_a_sweep() -> String {
    let mut table = Table::default();
    let mut window = Bench::open();
    window.edit(|recipe| store(recipe, 100));
    window.wait();
    let recipe = LabRecipe::read(SWEEP, &named_world).expect("it is one of the lab's");
    let command = Command::Lab(LabRequest::Run(Box::new(recipe)));
    let mut beginning = vec![window.command(command)];
    while !has_rows(&window) {
        beginning.push(window.frame());
    }
    table.row("Lab: until the first row is there", &beginning);
    table.row("Lab: frames while the sweep runs", &window.frames(FRAMES));
    window.app.view.tab = Tab::Recall;
    table.row("Recall: idle beside the sweep", &window.frames(FRAMES));
    recall(&mut window, &mut table);
    assert!(window.app.session.lab().is_running(), "it takes longer");
    let stopping: Vec<Took> = window.step(Command::Lab(LabRequest::Stop)).into();
    table.row("stopping it", &stopping);
    table.text()
}

/// What is played and edited meanwhile.
fn recall(window: &mut Bench, table: &mut Table) {
    window.edit(|recipe| {
        recipe.track_mut().dynamics = Dynamics::Glauber { temperature: 0.3 };
        recipe.max_sweeps = 10_000;
    });
    window.apply(Command::SetStep(StepUnit::Sweep));
    window.apply(Command::SetSpeed(60.0));
    window.wait();
    window.apply(Command::Play(true));
    table.row(
        "Recall: playing a sweep a frame beside it, P = 100",
        &window.frames(FRAMES),
    );
    window.apply(Command::Play(false));
    window.edit(|recipe| {
        recipe.track_mut().dynamics = Dynamics::Asynchronous;
        recipe.track_mut().rule = LearningRule::ALL[0]();
    });
    window.wait();
    table.row(
        "Recall: edit P beside it, Hebb, until shown",
        &window.edits(20, |recipe, edit| store(recipe, 100 + edit % 2)),
    );
}

/// Whether a row of the sweep is done.
fn has_rows(window: &Bench) -> bool {
    let lab = window.app.session.lab();
    lab.runs().iter().any(|run| run.results().n_done() > 0)
}
