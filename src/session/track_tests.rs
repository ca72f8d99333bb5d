//! Tracks: side by side they do what each does alone, on one clock.

use super::plan_tests::{LONG, finish};
use super::*;
use crate::engine::Dynamics;
use crate::trial::{self, Cue, Start, TrackRecipe};
use crate::worlds::World;
use std::time::Duration;

fn recipe(tracks: &[(&str, &str)]) -> Recipe {
    let track = |(rule, dynamics): &(&str, &str)| TrackRecipe {
        rule: LearningRule::parse(rule).unwrap(),
        dynamics: Dynamics::parse(dynamics).unwrap(),
        ..TrackRecipe::default()
    };
    let mut cue = Cue::new(Start::Stored(1));
    cue.corruption.flip.fraction = 0.3;
    Recipe {
        world: World::parse("random:n=100,p=12").unwrap(),
        cue,
        tracks: tracks.iter().map(track).collect(),
        ..Recipe::default()
    }
}

fn session(recipe: Recipe) -> Session {
    let mut session = Session::new(recipe, Workers::Caller);
    assert_eq!(finish(&mut session), []);
    session
}

const THREE: [(&str, &str); 3] = [
    ("hebb", "async"),
    ("pseudo-inverse", "sync"),
    ("storkey", "glauber:T=0.1"),
];

#[test]
fn two_and_three_tracks_end_each_as_alone() {
    for n_tracks in [2, 3] {
        let all = recipe(&THREE[..n_tracks]);
        let mut together = session(all.clone());
        together.apply(Command::Settle).unwrap();
        finish(&mut together);
        let outcome = trial::run(&all, |_stage, _done| ()).unwrap();
        for (index, track) in THREE[..n_tracks].iter().enumerate() {
            let mut alone = session(recipe(&[*track]));
            alone.apply(Command::Settle).unwrap();
            finish(&mut alone);
            let alone = alone.recording().unwrap();
            let of_trial = &outcome.tracks[index].recording;
            for same in [together.tracks()[index].recording().unwrap(), of_trial] {
                assert_eq!(same.memory(), alone.memory(), "{track:?}");
                assert!(same.flips().eq(alone.flips()), "{track:?}");
                assert_eq!(same.length(), alone.length(), "{track:?}");
                assert_eq!(same.verdict(), alone.verdict(), "{track:?}");
            }
        }
        assert!(!together.can_go_on());
    }
}

#[test]
fn a_flip_step_goes_to_the_next_flip_of_any_track_and_back_again() {
    let flips = |session: &Session| -> std::collections::BTreeSet<u64> {
        let recordings = session.tracks().iter().filter_map(Track::recording);
        recordings
            .flat_map(|it| it.flips().map(|flip| flip.update))
            .collect()
    };
    let mut stepped = session(recipe(&THREE[..2]));
    let mut visited = Vec::new();
    loop {
        let before = stepped.cursor();
        stepped.apply(Command::StepForward(StepUnit::Flip)).unwrap();
        if !flips(&stepped).contains(&stepped.cursor()) || stepped.cursor() == before {
            break;
        }
        visited.push(stepped.cursor());
    }
    let mut settled = session(recipe(&THREE[..2]));
    settled.apply(Command::Settle).unwrap();
    finish(&mut settled);
    let all: Vec<u64> = flips(&settled).into_iter().collect();
    assert!(all.len() > 20, "there is something to step through");
    assert_eq!(visited, all);
    settled.apply(Command::Seek(u64::MAX)).unwrap();
    let mut back = Vec::new();
    while settled.cursor() > 0 {
        settled.apply(Command::StepBack(StepUnit::Flip)).unwrap();
        back.push(settled.cursor());
    }
    back.reverse();
    assert_eq!((back[0], &back[1..]), (0, &all[..]));
}

#[test]
fn one_rule_in_two_tracks_is_learned_once() {
    let mut session = session(recipe(&[("hebb", "async"), ("hebb", "sync")]));
    let learned = |session: &Session, track: usize| {
        Arc::clone(&session.tracks()[track].trained().unwrap().learned)
    };
    assert!(Arc::ptr_eq(&learned(&session, 0), &learned(&session, 1)));
    // A track that moves up takes its memory along.
    let mut recipe = session.recipe().clone();
    recipe.track_mut().rule = LearningRule::parse("storkey").unwrap();
    session
        .apply(Command::Configure(Box::new(recipe.clone())))
        .unwrap();
    finish(&mut session);
    let second = learned(&session, 1);
    recipe.tracks.remove(0);
    session.apply(Command::Configure(Box::new(recipe))).unwrap();
    assert!(Arc::ptr_eq(&second, &learned(&session, 0)));
    assert!(!session.is_stale() && session.tracks().len() == 1);
}

#[test]
fn a_cycle_ends_in_the_state_that_all_sweeps_lead_to_however_one_gets_there() {
    // Every unit wants to differ from what most are: after a sweep all are the same, and turn for ever.
    let weights = ndarray::Array2::from_elem((17, 17), -1.0);
    let couplings = Arc::new(crate::engine::Couplings::new(weights, 1.0).unwrap());
    for max_sweeps in 1..=6 {
        let mut start = recipe(&[("hebb", "sync")]);
        start.world = World::parse("random:n=17,p=2").unwrap();
        start.max_sweeps = max_sweeps;
        let mut ends = Vec::new();
        for command in [
            Command::Settle,
            Command::Play(true),
            Command::StepForward(StepUnit::Sweep),
            Command::StepForward(StepUnit::Flip),
        ] {
            let mut session = session(start.clone());
            session
                .apply(Command::UseCouplings {
                    name: "J.npy".to_owned(),
                    couplings: Arc::clone(&couplings),
                    remarks: Vec::new(),
                })
                .unwrap();
            finish(&mut session);
            for _ in 0..20 {
                let is_step = matches!(command, Command::StepForward(_));
                if is_step || session.cursor() == 0 {
                    session.apply(command.clone()).unwrap();
                }
                session.advance(Duration::from_millis(250), LONG);
            }
            assert!(!session.can_go_on(), "{command:?}");
            let recording = session.recording().unwrap();
            assert_eq!(session.cursor(), recording.length());
            let turned = recording.state_at(17).units() != recording.cue().units();
            let parity = recording.state_at(17 * (1 + (max_sweeps + 1) % 2));
            assert!(
                turned && session.state() == Some(parity),
                "{command:?}, {max_sweeps}"
            );
            ends.push((recording.length(), recording.verdict()));
        }
        assert!(ends.iter().all(|end| *end == ends[0]), "{ends:?}");
    }
}

#[test]
fn four_learners_at_once_are_fair_to_each_other() {
    let rule = "pseudo-likelihood:optimiser=descent,steps=100000";
    let rules = ["lambda=1", "lambda=2", "lambda=3", "lambda=4"];
    let rules = rules.map(|lambda| format!("{rule},{lambda}"));
    let tracks = [0, 1, 2, 3].map(|track: usize| (&*rules[track], "async"));
    let mut session = Session::new(recipe(&tracks), Workers::Caller);
    let budget = Duration::from_millis(8);
    let iterations = |session: &Session| {
        let of = |track| session.learning_on(track)?.standing();
        let all = (0..4).map(|track| of(track).map_or(0, |standing| standing.iteration));
        all.collect::<Vec<_>>()
    };
    for _ in 0..60 {
        session.advance(Duration::ZERO, budget);
    }
    let all = iterations(&session);
    let (least, most) = (all.iter().min().unwrap(), all.iter().max().unwrap());
    // A frame gives each a slice of the same length; machines hiccup.
    assert!(*least > 0 && most <= &(3 * least), "{all:?}");
}
