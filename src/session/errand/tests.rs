//! What workers of a page come to is what this program comes to, to the bit; and who is not one of ours is refused.

use super::*;
use crate::jobs::{Elsewhere, ErrandNews, Sent, Workers};
use crate::lab::portraits::PortraitPicture;
use crate::lab::{Lab, Vary, rules};
use crate::session::lab::{LabBook, LabRequest, LabState};
use crate::session::{Command, Measurement, PortraitWish, Session, Wish};
use crate::trial::Recipe;
use crate::worlds::World;
use std::sync::mpsc::sync_channel;
use std::time::Duration;

/// A page whose workers have done their errands before anybody looks; the last of `hands` fails where it `breaks`.
fn page(hands: usize, breaks: bool) -> Workers {
    let send = move |errands: Vec<String>| {
        let (sender, answers) = sync_channel(10_000);
        assert!(errands.len() <= hands);
        let last = errands.len() - 1;
        for (index, errand) in errands.iter().enumerate() {
            let tell = |answer| sender.send((index, answer)).expect("somebody waits");
            if breaks && index == last {
                tell(ErrandNews::Failed);
            } else {
                run_errand(errand, |line| tell(ErrandNews::Line(line))).expect("an errand of ours");
                tell(ErrandNews::Over);
            }
        }
        Sent {
            answers,
            end: Box::new(|| ()),
        }
    };
    let elsewhere = Elsewhere {
        hands,
        send: Arc::new(send),
    };
    Workers::Page(Arc::new(|| ()), elsewhere)
}

fn run(recipe: &LabRecipe, workers: &Workers) -> LabBook {
    let mut book = LabBook::default();
    book.apply(LabRequest::Run(Box::new(recipe.clone())), workers);
    while book.is_running() {
        book.poll(Duration::ZERO, workers);
    }
    assert_eq!(book.refused(), None);
    book
}

fn recipes() -> [LabRecipe; 3] {
    let mut basins =
        LabRecipe::of(Lab::parse("basins:points=4,patterns=4,trials=2").unwrap()).unwrap();
    basins.world = World::parse("random:n=40,p=4").unwrap();
    basins.rules = rules("hebb,pseudo-inverse,pseudo-likelihood").unwrap();
    // A rule that refuses such patterns, and dynamics with chance in them.
    let mut warm = LabRecipe::of(Lab::parse("temperature").unwrap()).unwrap();
    warm.world = World::parse("random:n=40,p=4").unwrap();
    warm.repeats = 2;
    let mut sizes = LabRecipe::of(Lab::parse("size").unwrap()).unwrap();
    sizes.vary = vec![Vary::parse("world.n=20;40").unwrap()];
    sizes.repeats = 2;
    [basins, warm, sizes]
}

#[test]
fn rows_theory_and_readings_are_the_same_on_any_number_of_workers() {
    for recipe in recipes() {
        let alone = run(&recipe, &Workers::Caller);
        let alone = alone.runs()[0].results();
        for hands in [1, 3] {
            let book = run(&recipe, &page(hands, false));
            let there = &book.runs()[0];
            assert_eq!(there.state(), LabState::Done);
            let there = there.results();
            assert_eq!(there.rows(), alone.rows());
            assert_eq!(there.theory(), alone.theory());
            assert_eq!(
                format!("{:?}", there.families()),
                format!("{:?}", alone.families())
            );
        }
    }
}

#[test]
fn what_a_worker_did_not_do_can_go_on() {
    let [recipe, ..] = recipes();
    let mut book = run(&recipe, &page(3, true));
    assert!(matches!(book.runs()[0].state(), LabState::Failed(_)));
    let n_done = book.runs()[0].results().n_done();
    assert!(0 < n_done && n_done < book.runs()[0].results().rows().len());
    let workers = page(2, false);
    book.apply(LabRequest::GoOn, &workers);
    while book.is_running() {
        book.poll(Duration::ZERO, &workers);
    }
    let alone = run(&recipe, &Workers::Caller);
    assert_eq!(
        book.runs()[0].results().rows(),
        alone.runs()[0].results().rows()
    );
}

#[test]
fn numbers_that_json_lacks_come_back_and_what_is_no_errand_is_refused() {
    let finished = Finished {
        cell: 3,
        row: vec![
            LabEntry::Text("a, \"b\"".to_owned()),
            LabEntry::Number(None),
            LabEntry::Number(Some(f64::INFINITY)),
            LabEntry::Number(Some(0.1 + 0.2)),
        ],
        blocks: vec![f64::NEG_INFINITY, 1e-300],
        problem: Some("why".to_owned()),
    };
    let line = written(&line_of(Event::Finished(finished.clone())).expect("a line"));
    let Some(Event::Finished(read)) = lab_reader(1)(0, &line) else {
        panic!("{line}")
    };
    assert_eq!(read, finished);
    let mut reader = lab_reader(2);
    let mut progress = |errand, done| {
        let line = written(&LabLine::Progress(done));
        match reader(errand, &line) {
            Some(Event::Progress(done)) => Some(done),
            _ => None,
        }
    };
    assert_eq!(progress(0, 0.5), Some(0.25));
    assert_eq!(progress(1, 1.0), Some(0.75));
    assert_eq!(progress(2, 1.0), None);
    for odd in ["", "{}", "{\"Lab\":{\"document\":\"x\",\"cells\":[]}}"] {
        assert!(run_errand(odd, |_| ()).is_err(), "{odd}");
        assert!(lab_reader(1)(0, odd).is_none());
    }
}

/// The finest picture of basins that a session comes to.
fn picture(recipe: &Recipe, wish: &PortraitWish, workers: Workers) -> PortraitPicture {
    let mut session = Session::new(recipe.clone(), workers);
    let wait = |session: &mut Session, is_so: &dyn Fn(&Session) -> bool| {
        for _ in 0..1_000_000 {
            if is_so(session) {
                return;
            }
            let advance = session.advance(Duration::ZERO, Duration::from_millis(4));
            assert!(advance.problems.is_empty(), "{:?}", advance.problems);
        }
        panic!("waited in vain")
    };
    wait(&mut session, &|it| {
        !it.is_stale() && it.recording().is_some()
    });
    let wish = Wish::Portrait(wish.clone());
    session
        .apply(Command::Wish(wish))
        .expect("it can be wished");
    session
        .apply(Command::Measure(Measurement::Portrait))
        .expect("it can be measured");
    wait(&mut session, &|it| it.is_measured(Measurement::Portrait));
    session.portrait().expect("it was measured").clone()
}

#[test]
fn a_picture_of_basins_is_the_same_on_any_number_of_workers() {
    let wish = PortraitWish {
        finest: 128,
        ..PortraitWish::default()
    };
    let by_rule = |world: &str, rule: &str, dynamics: &str| {
        let mut recipe = Recipe::default();
        recipe.set("world", &world.into()).unwrap();
        recipe.set("rule", &rule.into()).unwrap();
        recipe.set("dynamics", &dynamics.into()).unwrap();
        recipe
    };
    // With cycles, without an energy, and of letters.
    for recipe in [
        by_rule("random:n=30,p=5", "hebb", "sync"),
        by_rule("random:n=40,p=6", "pseudo-likelihood", "async"),
        by_rule("glyphs:p=6", "dense", "ordered"),
    ] {
        let alone = picture(&recipe, &wish, Workers::Caller);
        for (hands, breaks) in [(1, false), (3, false), (2, true)] {
            let there = picture(&recipe, &wish, page(hands, breaks));
            assert_eq!(there.pixels, alone.pixels, "{hands} {breaks}");
            assert_eq!(there.energies, alone.energies);
            assert_eq!(there.catalogue, alone.catalogue);
            assert_eq!(there.shares, alone.shares);
        }
    }
}
