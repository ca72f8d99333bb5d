//! The end of a run: one that is given n sweeps ends in the state after n sweeps, also inside a cycle.

use crate::program::{engram_json, put, scratch};
use engram::engine::dynamics::Batch;
use engram::engine::learning::LoadedCouplings;
use engram::engine::{
    Couplings, Dynamics, Grid, LearningRule, Memory, Patterns, Recording, Relaxation, State,
    Verdict,
};
use engram::trial::{self, Cue, Recipe, Start};
use engram::worlds::{World, npy};
use ndarray::{Array2, array};
use std::fs;
use std::sync::Arc;

/// A unit that takes the sign of the one before it, all of them in a ring; with `sign` −1 the opposite one.
fn ring(n_units: usize, sign: f32) -> Array2<f32> {
    Array2::from_shape_fn((n_units, n_units), |(unit, other)| {
        if other == (unit + n_units - 1) % n_units {
            sign
        } else {
            0.0
        }
    })
}

/// Rings and two units that want to differ, each with a cue and the length of its cycle.
fn cycles() -> Vec<(Array2<f32>, Array2<i8>, u64)> {
    vec![
        (array![[0.0, -1.0], [-1.0, 0.0]], array![[1, 1]], 2),
        (ring(3, 1.0), array![[1, -1, -1]], 3),
        (ring(4, 1.0), array![[1, -1, -1, -1]], 4),
        (ring(5, -1.0), array![[1, -1, 1, 1, 1]], 10),
        // Not whole: every row by a factor of its own.
        (
            ring(3, 1.0) * array![[0.123_456], [0.2], [0.345_678]],
            array![[1, -1, -1]],
            3,
        ),
    ]
}

/// The state after `sweeps` sweeps of all units at once.
fn after(couplings: &Array2<f32>, cue: &Array2<i8>, sweeps: u64) -> Vec<i8> {
    let mut state = cue.row(0).mapv(f32::from);
    for _ in 0..sweeps {
        state = couplings.dot(&state).mapv(f32::signum);
    }
    state.iter().map(|sign| *sign as i8).collect()
}

#[test]
fn a_stop_after_n_sweeps_is_the_state_after_n_sweeps_inside_a_cycle_too() {
    for (couplings, cue, length) in cycles() {
        let memory = Couplings::new(couplings.clone(), 1.0).expect("couplings");
        let memory = Arc::new(Memory::Pairwise(memory));
        let start = State::from_signs(cue.as_slice().expect("one row"));
        for max in (0..=3 * length + 1).chain([1000]) {
            let wanted = after(&couplings, &cue, max);
            let sweeps = if max < 2 * length {
                max
            } else {
                length + (max - length) % length
            };
            let sync = Dynamics::Synchronous;
            let mut run = Relaxation::new(Arc::clone(&memory), start.clone(), sync, 1);
            let verdict = run.settle(max);
            assert_eq!(
                (run.state().units(), run.sweeps()),
                (&*wanted, sweeps),
                "{max}"
            );
            assert!(run.is_over(max) && !run.is_over(max + 1));
            let known = max >= length;
            let expected = if known {
                Verdict::Cycle { length }
            } else {
                Verdict::NotSettled { sweeps }
            };
            assert_eq!(verdict, expected);
            let grid = Grid::near_square(cue.ncols());
            let patterns = Patterns::new(cue.clone(), grid, None).expect("a pattern");
            let patterns = Arc::new(patterns);
            let mut recording =
                Recording::new(Arc::clone(&memory), patterns, start.clone(), sync, 1);
            assert_eq!(recording.settle(max), expected);
            assert_eq!(recording.state_at(recording.length()), *run.state());
            let flips = recording.n_flips() as u64;
            let rests =
                Batch::new(Arc::clone(&memory)).settle(&vec![start.clone(); 70], sync, |_| 1, max);
            for rest in rests {
                assert_eq!((rest.state.units(), rest.sweeps), (&*wanted, sweeps));
                assert_eq!((rest.flips, rest.verdict), (flips, expected));
            }
        }
    }
}

#[test]
fn relax_stops_after_as_many_sweeps_as_it_is_told() {
    for (couplings, cue, length) in cycles() {
        let folder = scratch();
        let path = folder.path();
        put(path, "J.npy", &npy::write_f32(&couplings));
        put(path, "C.npy", &npy::write_i8(&cue));
        for max in 1..=6 {
            let wanted = after(&couplings, &cue, max);
            let sweeps = max.to_string();
            let relax = [
                "relax",
                "--couplings",
                "J.npy",
                "--cues",
                "C.npy",
                "--out",
                "S.npy",
            ];
            let flags = ["--dynamics", "sync", "--max-sweeps", &sweeps, "--json"];
            let said = engram_json(path, &[&relax[..], &flags].concat());
            let ends = npy::read_patterns(&fs::read(path.join("S.npy")).expect("it was written"));
            assert_eq!(ends.expect("states").row(0).to_vec(), wanted);
            let verdict = if max < length { "not settled" } else { "cycle" };
            assert_eq!(said["verdict"][0], verdict);
        }
    }
}

#[test]
fn recall_stops_after_as_many_sweeps_as_it_is_told() {
    for (couplings, ..) in cycles() {
        // As many rings as a world must have units for.
        let n_units = couplings.nrows();
        let n_rings = 16_usize.div_ceil(n_units);
        let couplings = ndarray::linalg::kron(&Array2::eye(n_rings), &couplings);
        let folder = scratch();
        let path = folder.path();
        put(path, "J.npy", &npy::write_f32(&couplings));
        let loaded = Couplings::from_array(couplings.clone()).expect("couplings");
        let loaded = LoadedCouplings::new("J.npy", Arc::new(loaded));
        let world = format!("random:n={},p=3", couplings.nrows());
        for max in 1..=6 {
            let mut recipe = Recipe {
                world: World::parse(&world).expect("a world"),
                cue: Cue::new(Start::Stored(0)),
                max_sweeps: max,
                ..Recipe::default()
            };
            recipe.track_mut().rule = LearningRule::LoadedCouplings(loaded.clone());
            recipe.track_mut().dynamics = Dynamics::Synchronous;
            let outcome = trial::run(&recipe, |_stage, _done| ()).expect("a trial");
            let cue = outcome.inputs.cue.cue.units().to_vec();
            let cue = Array2::from_shape_vec((1, cue.len()), cue).expect("one row");
            let wanted = State::from_signs(&after(&couplings, &cue, max));
            assert_eq!(outcome.track().conclusion.last, wanted);
            let sweeps = max.to_string();
            let recall = [
                "recall", "--world", &world, "--rule", "J.npy", "--cue", "stored:0",
            ];
            let flags = ["--dynamics", "sync", "--max-sweeps", &sweeps, "--json"];
            let said = engram_json(path, &[&recall[..], &flags].concat());
            let overlaps = outcome.inputs.patterns().overlaps(&wanted);
            assert_eq!(said["overlaps"], serde_json::json!(overlaps));
        }
    }
}
