//! Runs that wait, go on, end, and are read again.

use super::*;
use crate::lab::{Finished, Lab, Vary, ecsv, named_world, rules, run};
use crate::worlds::World;
use std::sync::atomic::{AtomicUsize, Ordering};

fn recipe() -> LabRecipe {
    let lab = Lab::parse("basins:points=4,patterns=4,trials=2").unwrap();
    let mut recipe = LabRecipe::of(lab).unwrap();
    recipe.world = World::parse("random:n=40,p=4").unwrap();
    recipe.rules = rules("hebb,pseudo-inverse").unwrap();
    recipe
}

fn do_it(book: &mut LabBook, command: LabRequest) {
    book.apply(command, &Workers::Caller);
}

fn poll(book: &mut LabBook) {
    book.poll(Duration::ZERO, &Workers::Caller);
}

/// Begins to run `recipe`; it is planned when this returns.
fn begin(book: &mut LabBook, recipe: LabRecipe) {
    do_it(book, LabRequest::Run(Box::new(recipe)));
    assert!(book.is_planning() && book.is_running());
    poll(book);
    assert!(!book.is_planning());
}

fn finish(book: &mut LabBook) {
    while book.is_running() {
        poll(book);
    }
}

/// What a table of these rows is, with this after it.
fn table(rows: &[Finished], rest: &str) -> Vec<u8> {
    let mut text = ecsv::header(&LabPlan::new(recipe()).unwrap());
    for finished in rows {
        text += &ecsv::line(&finished.row);
    }
    (text + rest).into_bytes()
}

fn rows() -> Vec<Finished> {
    run(&Arc::new(LabPlan::new(recipe()).unwrap()))
}

#[test]
fn pausing_and_going_on_changes_no_row() {
    let wanted: Vec<Option<Finished>> = rows().into_iter().map(Some).collect();
    let mut book = LabBook::default();
    begin(&mut book, recipe());
    for _ in 0..100 {
        if book.runs()[0].results().n_done() > 2 {
            break;
        }
        poll(&mut book);
    }
    do_it(&mut book, LabRequest::Pause);
    let paused = &book.runs()[0];
    assert_eq!(paused.state(), LabState::Paused);
    let n_done = paused.results().n_done();
    assert!((3..wanted.len()).contains(&n_done));
    // Nothing is told of a curve before all of it is there.
    let said = |run: &LabRun| {
        let curves = run.results().curves();
        curves.iter().filter(|curve| !curve.said.is_empty()).count()
    };
    assert_eq!(said(paused), 0);
    poll(&mut book);
    assert_eq!(book.runs()[0].results().n_done(), n_done);
    do_it(&mut book, LabRequest::GoOn);
    finish(&mut book);
    let done = &book.runs()[0];
    assert_eq!(done.state(), LabState::Done);
    assert_eq!(done.results().rows(), wanted);
    assert_eq!((done.results().theory().len(), said(done)), (2, 2));
    let curve = &done.results().curves()[1];
    assert!(curve.said.contains("recalls"), "{}", curve.said);
    assert_eq!((curve.n_points, curve.n_cues), (4, Some(32.0)));
}

#[test]
fn pausing_takes_in_what_waits() {
    let woken = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&woken);
    let workers = Workers::Threads(Arc::new(move || {
        count.fetch_add(1, Ordering::Relaxed);
    }));
    let mut book = LabBook::default();
    book.apply(LabRequest::Run(Box::new(recipe())), &workers);
    while book.is_planning() {
        book.poll(Duration::ZERO, &workers);
        std::thread::yield_now();
    }
    // Theory and a row, at the least, wait in the channel.
    while woken.load(Ordering::Relaxed) < 6 {
        std::thread::yield_now();
    }
    book.apply(LabRequest::Pause, &workers);
    assert!(book.runs()[0].results().n_done() > 0);
}

#[test]
fn a_run_that_was_stopped_stays_and_does_not_go_on() {
    let mut book = LabBook::default();
    begin(&mut book, recipe());
    while book.runs()[0].results().n_done() == 0 {
        poll(&mut book);
    }
    let first = book.under_way().unwrap().id();
    do_it(&mut book, LabRequest::Stop);
    do_it(&mut book, LabRequest::GoOn);
    assert_eq!(book.runs()[0].state(), LabState::Stopped);
    assert!(book.under_way().is_none());
    begin(&mut book, recipe());
    let second = book.under_way().unwrap().id();
    assert_eq!((book.runs().len(), first < second), (2, true));
    do_it(&mut book, LabRequest::Forget(first));
    assert_eq!(book.runs().len(), 1);
    assert!(book.run(first).is_none() && book.run(second).is_some());
    do_it(&mut book, LabRequest::Forget(second));
    begin(&mut book, recipe());
    assert!(second < book.runs()[0].id(), "no number comes twice");
}

#[test]
fn what_cannot_run_is_told_and_changes_nothing() {
    let mut book = LabBook::default();
    let mut impossible = recipe();
    impossible.rules.clear();
    begin(&mut book, impossible);
    assert!(book.refused().is_some() && book.runs().is_empty());
    assert!(LabTableRead::of(b"# %ECSV 1.0\n", &named_world).is_err());
}

#[test]
fn a_job_that_broke_off_is_told_and_can_go_on() {
    let results = LabResults::new(LabPlan::new(recipe()).unwrap());
    let mut book = LabBook {
        runs: vec![LabRun::broken(LabRunId(1), results)],
        ..LabBook::default()
    };
    poll(&mut book);
    let state = book.runs()[0].state();
    assert!(
        matches!(state, LabState::Failed(why) if why.contains("broke off")),
        "{state:?}"
    );
    do_it(&mut book, LabRequest::GoOn);
    finish(&mut book);
    assert_eq!(book.runs()[0].state(), LabState::Done);
}

#[test]
fn a_table_that_was_written_is_shown_again_beside_a_run_under_way() {
    let mut book = LabBook::default();
    begin(&mut book, recipe());
    let table = LabTableRead::of(&table(&rows(), ""), &named_world).unwrap();
    do_it(&mut book, LabRequest::Show(table));
    let shown = &book.runs()[1];
    assert_eq!(shown.state(), LabState::Done);
    assert_eq!(shown.results().title(), "Basins: α = 0.1, N = 40");
    assert!(shown.results().remarks().is_empty());
    assert_eq!(book.runs()[0].state(), LabState::Running);
    assert!(
        shown
            .results()
            .stands_apart_from(book.runs()[0].results())
            .is_none()
    );
}

#[test]
fn a_torn_row_is_told_and_rows_are_written_as_they_were_read() {
    let rows = rows();
    let torn = table(&rows[2..5], "0.3,he");
    let results = LabResults::read(&torn, &named_world).unwrap();
    assert!(results.remarks()[0].contains("torn"));
    assert_eq!((results.n_done(), results.stretch()), (3, 2..5));
    assert_eq!(results.written(), table(&rows[2..5], ""));
    let mut other = results;
    other.take(vec![rows[7].clone(), rows[0].clone()]);
    assert_eq!(other.stretch(), 2..5, "the longest stretch");
}

#[test]
fn titles_tell_what_the_axes_leave() {
    for (experiment, vary, title) in [
        ("basins", "", "Basins: α = 0.4, N = 400"),
        ("basins", "world.p=20;40", "Basins: N = 400"),
        ("capacity", "", "Capacity: N = 400"),
        ("growth", "", "Growth"),
        ("noise", "", "Noise"),
    ] {
        let mut recipe = LabRecipe::of(Lab::parse(experiment).unwrap()).unwrap();
        let vary = Some(vary).filter(|vary| !vary.is_empty());
        recipe
            .vary
            .extend(vary.map(|vary| Vary::parse(vary).unwrap()));
        let results = LabResults::new(LabPlan::new(recipe).unwrap());
        assert_eq!(results.title(), title);
    }
    let mut features = recipe();
    features.world = World::parse("features").unwrap();
    let results = LabResults::new(LabPlan::new(features).unwrap());
    assert!(results.title().ends_with("features"), "{}", results.title());
    let basins = LabResults::new(LabPlan::new(recipe()).unwrap());
    let capacity = LabRecipe::of(Lab::parse("capacity").unwrap()).unwrap();
    let capacity = LabResults::new(LabPlan::new(capacity).unwrap());
    assert!(capacity.stands_apart_from(&basins).is_some());
}
