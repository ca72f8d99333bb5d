//! Runs that wait, go on, end, and are read again.

use super::*;
use crate::lab::{Lab, rules, run};
use crate::worlds::World;

fn recipe() -> LabRecipe {
    let lab = Lab::parse("basins:points=4,patterns=4,trials=2").unwrap();
    let mut recipe = LabRecipe::of(lab).unwrap();
    recipe.world = World::parse("random:n=40,p=4").unwrap();
    recipe.rules = rules("hebb,pseudo-inverse").unwrap();
    recipe
}

fn do_it(book: &mut LabBook, command: LabRequest) {
    book.apply(command, &Workers::Caller).unwrap();
}

#[test]
fn pausing_and_going_on_changes_no_row() {
    let wanted: Vec<Option<Finished>> = run(&Arc::new(LabPlan::new(recipe()).unwrap()))
        .into_iter()
        .map(Some)
        .collect();
    let mut book = LabBook::default();
    do_it(&mut book, LabRequest::Run(Box::new(recipe())));
    for _ in 0..100 {
        if book.runs()[0].n_done() > 2 {
            break;
        }
        book.poll(Duration::ZERO);
    }
    do_it(&mut book, LabRequest::Pause);
    let paused = &book.runs()[0];
    assert_eq!(paused.state(), LabState::Paused);
    assert!((3..wanted.len()).contains(&paused.n_done()));
    book.poll(Duration::ZERO);
    do_it(&mut book, LabRequest::GoOn);
    while book.is_running() {
        book.poll(Duration::ZERO);
    }
    let done = &book.runs()[0];
    assert_eq!(done.state(), LabState::Done);
    assert_eq!(done.rows(), wanted);
    assert_eq!(done.theory().len(), 2);
    assert!(done.says(1).1.contains("recalls"));
}

#[test]
fn a_run_that_was_stopped_stays_and_does_not_go_on() {
    let mut book = LabBook::default();
    do_it(&mut book, LabRequest::Run(Box::new(recipe())));
    while book.runs()[0].n_done() == 0 {
        book.poll(Duration::ZERO);
    }
    do_it(&mut book, LabRequest::Stop);
    do_it(&mut book, LabRequest::GoOn);
    assert_eq!(book.runs()[0].state(), LabState::Stopped);
    do_it(&mut book, LabRequest::Run(Box::new(recipe())));
    assert_eq!(book.runs().len(), 2);
    do_it(&mut book, LabRequest::Forget(0));
    assert_eq!(book.runs().len(), 1);
}

#[test]
fn what_cannot_run_is_told_and_changes_nothing() {
    let mut book = LabBook::default();
    let mut impossible = recipe();
    impossible.rules.clear();
    do_it(&mut book, LabRequest::Run(Box::new(impossible)));
    assert!(book.refused().is_some() && book.runs().is_empty());
    let torn = LabRequest::Open(b"# %ECSV 1.0\n".as_slice().into());
    assert!(book.apply(torn, &Workers::Caller).is_err());
}

#[test]
fn a_table_that_was_written_is_shown_again() {
    let plan = Arc::new(LabPlan::new(recipe()).unwrap());
    let mut text = ecsv::header(&plan);
    for finished in run(&plan) {
        text += &ecsv::line(&finished.row);
    }
    let mut book = LabBook::default();
    do_it(&mut book, LabRequest::Open(text.into_bytes().into()));
    assert_eq!(book.runs()[0].state(), LabState::Done);
    assert!(
        book.runs()[0].title().contains("α = 0.1, N = 40"),
        "{}",
        book.runs()[0].title()
    );
}
