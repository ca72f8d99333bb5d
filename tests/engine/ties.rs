//! Ties: where couplings are whole numbers times a scale, a field that is zero is zero inside, after a file, and in a
//! file that somebody else wrote.

use crate::program::{engram, engram_json, put, scratch};
use engram::engine::dynamics::Batch;
use engram::engine::rng::stream;
use engram::engine::{
    Alteration, Dynamics, Grid, LearningRule, Memory, Patterns, Relaxation, State,
};
use engram::worlds::{files::read_couplings, npy};
use ndarray::{Array2, array};
use rand::RngExt as _;
use rand::seq::SliceRandom as _;
use std::fs;
use std::path::Path;
use std::sync::Arc;

const N_CUES: usize = 1000;
const SEED: u64 = 3;

fn signs(rows: usize, columns: usize, seed: u64) -> Array2<i8> {
    let mut rng = stream(seed, "ties");
    Array2::from_shape_simple_fn((rows, columns), || if rng.random() { 1 } else { -1 })
}

fn patterns(rows: &Array2<i8>) -> Arc<Patterns> {
    let grid = Grid::near_square(rows.ncols());
    Arc::new(Patterns::new(rows.clone(), grid, None).expect("these are patterns"))
}

/// Σ_μ ξ_i ξ_j off the diagonal.
fn sums(rows: &Array2<i8>) -> Array2<i64> {
    let rows = rows.mapv(i64::from);
    let mut sums = rows.t().dot(&rows);
    sums.diag_mut().fill(0);
    sums
}

/// A file of double precision, as NumPy writes it.
pub(crate) fn doubles(array: &Array2<f64>) -> Vec<u8> {
    let (rows, columns) = array.dim();
    let header =
        format!("{{'descr': '<f8', 'fortran_order': False, 'shape': ({rows}, {columns}), }}\n");
    let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
    bytes.extend((header.len() as u16).to_le_bytes());
    bytes.extend(header.as_bytes());
    bytes.extend(array.iter().flat_map(|number| number.to_le_bytes()));
    bytes
}

/// Where whole-number fields take every cue, without anything of the program but the orders of its units.
fn reference(weights: &Array2<i64>, cues: &Array2<i8>, dynamics: &str, sweeps: u64) -> Array2<i8> {
    let n_units = cues.ncols();
    let mut ends = cues.clone();
    for (b, mut state) in ends.outer_iter_mut().enumerate() {
        let mut orders = stream(SEED + b as u64, "update order");
        let mut order: Vec<u32> = (0..n_units as u32).collect();
        for _ in 0..sweeps {
            if dynamics != "ordered" {
                order.shuffle(&mut orders);
            }
            let before = state.to_owned();
            for unit in &order {
                let unit = *unit as usize;
                let seen = if dynamics == "sync" {
                    before.view()
                } else {
                    state.view()
                };
                let along = weights.row(unit).into_iter().zip(seen);
                let field: i64 = along.map(|(weight, sign)| weight * i64::from(*sign)).sum();
                if field != 0 {
                    state[unit] = field.signum() as i8;
                }
            }
        }
    }
    ends
}

/// What `engram relax` makes of the cues in C.npy.
fn relaxed(folder: &Path, couplings: &str, dynamics: &str, sweeps: u64) -> Array2<i8> {
    let sweeps = sweeps.to_string();
    let seed = SEED.to_string();
    let flags = [
        "relax",
        "--couplings",
        couplings,
        "--cues",
        "C.npy",
        "--dynamics",
        dynamics,
    ];
    let more = [
        "--max-sweeps",
        &sweeps,
        "--seed",
        &seed,
        "--out",
        "S.npy",
        "--json",
    ];
    let said = engram_json(folder, &[&flags[..], &more].concat());
    assert_eq!(said["remarks"].as_array().map(Vec::len), Some(0), "{said}");
    let bytes = fs::read(folder.join("S.npy")).expect("it was written");
    npy::read_patterns(&bytes).expect("states of ±1")
}

/// How many rows differ.
fn differing(a: &Array2<i8>, b: &Array2<i8>) -> usize {
    a.outer_iter()
        .zip(b.outer_iter())
        .filter(|(a, b)| a != b)
        .count()
}

/// Where `memory` takes every cue, one after the other and together.
fn ends(memory: &Arc<Memory>, cues: &Array2<i8>, dynamics: Dynamics, sweeps: u64) -> Array2<i8> {
    let cues: Vec<State> = cues
        .outer_iter()
        .map(|cue| State::from_fn(cue.len(), |unit| cue[unit] > 0))
        .collect();
    let rests = Batch::new(Arc::clone(memory)).settle(&cues, dynamics, |b| SEED + b as u64, sweeps);
    for (b, (cue, rest)) in cues.iter().zip(&rests).enumerate() {
        let seed = SEED + b as u64;
        let mut run = Relaxation::new(Arc::clone(memory), cue.clone(), dynamics, seed);
        assert_eq!(run.settle(sweeps), rest.verdict);
        assert_eq!((run.state(), run.sweeps()), (&rest.state, rest.sweeps));
    }
    Array2::from_shape_fn((rests.len(), memory.n_units()), |(b, unit)| {
        rests[b].state.units()[unit]
    })
}

#[test]
fn hebbs_ties_are_exact_inside_in_files_and_in_files_of_others() {
    for (n_units, n_patterns) in [(49, 4), (100, 7), (30, 3), (7, 1001)] {
        let folder = scratch();
        let rows = signs(n_patterns, n_units, 1);
        let cues = signs(N_CUES, n_units, 2);
        put(folder.path(), "X.npy", &npy::write_i8(&rows));
        put(folder.path(), "C.npy", &npy::write_i8(&cues));
        let flags = [
            "learn",
            "--patterns-file",
            "X.npy",
            "--rule",
            "hebb",
            "--out",
            "ours.npy",
        ];
        assert_eq!(engram(folder.path(), &flags).code, 0);
        let whole = sums(&rows);
        let scale = 1.0 / n_units as f64;
        let divided = whole.mapv(|sum| sum as f64 / n_units as f64);
        put(folder.path(), "divided.npy", &doubles(&divided));
        put(
            folder.path(),
            "single.npy",
            &npy::write_f32(&divided.mapv(|j| j as f32)),
        );
        put(
            folder.path(),
            "times.npy",
            &doubles(&whole.mapv(|sum| sum as f64 * scale)),
        );
        let times = whole.mapv(|sum| sum as f32 * scale as f32);
        put(folder.path(), "single-times.npy", &npy::write_f32(&times));
        put(
            folder.path(),
            "whole.npy",
            &doubles(&whole.mapv(|sum| sum as f64)),
        );
        let hebb = LearningRule::parse("hebb").expect("a rule");
        let memory = Arc::new(hebb.learn(patterns(&rows), 7).expect("it learns"));
        for (dynamics, sweeps) in [
            ("sync", 9),
            ("sync", 20),
            ("async", 20),
            ("ordered", 20),
            ("glauber:T=0", 20),
        ] {
            let wanted = reference(&whole, &cues, dynamics, sweeps);
            let inside = ends(
                &memory,
                &cues,
                Dynamics::parse(dynamics).expect("one"),
                sweeps,
            );
            let case = format!("N = {n_units}, P = {n_patterns}, {dynamics}");
            assert_eq!(differing(&inside, &wanted), 0, "{case}, inside");
            for file in [
                "ours",
                "divided",
                "single",
                "times",
                "single-times",
                "whole",
            ] {
                let through = relaxed(folder.path(), &format!("{file}.npy"), dynamics, sweeps);
                assert_eq!(differing(&through, &wanted), 0, "{case}, {file}");
            }
        }
    }
}

#[test]
fn couplings_of_every_rule_do_the_same_after_a_file() {
    let (rows, cues) = (signs(4, 49, 1), signs(300, 49, 2));
    let names = LearningRule::ALL.iter().map(|make| make().about().name);
    let more = [
        "hebb:diagonal=kept",
        "hebb:centring=unit",
        "hebb:centring=all",
        "perceptron:couplings=symmetric",
        "perceptron:margin=1,start=zero",
        "taylor:coding=0/1,c1pre=0.3,c2corr=2,rate=0.1",
        "unlearning:dreams=5",
    ];
    for name in names.chain(more) {
        let rule = LearningRule::parse(name).unwrap_or_else(|why| panic!("{name}: {why}"));
        let patterns = patterns(&rows);
        if rule.suits(&patterns).is_err() {
            continue;
        }
        let learned = Arc::new(rule.learn(patterns, 7).expect("it learns"));
        if learned.couplings().is_none() {
            continue;
        }
        for how in [
            "",
            "dilution=0.3",
            "asymmetry=0.3",
            "asymmetry=0.5,dilution=0.2,cut=each",
        ] {
            let alteration = if how.is_empty() {
                Alteration::default()
            } else {
                Alteration::parse(how).expect("an alteration")
            };
            let inside = alteration.of(Arc::clone(&learned), 7);
            let array = inside.couplings().expect("it has some").to_array();
            let file = read_couplings(&npy::write_f32(&array)).expect("couplings");
            assert!(file.remarks.is_empty());
            let after = Arc::new(Memory::Pairwise(file.couplings));
            for dynamics in [Dynamics::Synchronous, Dynamics::Asynchronous] {
                let [here, there] =
                    [&inside, &after].map(|memory| ends(memory, &cues, dynamics, 20));
                assert_eq!(differing(&here, &there), 0, "{name} {how}, {dynamics}");
            }
        }
    }
}

#[test]
fn ties_of_centred_patterns_and_of_the_perceptron_are_exact() {
    let rows = signs(5, 49, 1);
    for name in [
        "hebb:centring=unit",
        "perceptron",
        "perceptron:start=zero",
        "perceptron:couplings=symmetric",
        "taylor:coding=0/1,c1pre=0.3,c2corr=2,rate=0.1",
    ] {
        let rule = LearningRule::parse(name).expect("a rule");
        let memory = rule.learn(patterns(&rows), 7).expect("it learns");
        let whole = memory.couplings().expect("it has some").weights();
        assert!(
            whole.iter().all(|weight| weight.trunc() == *weight),
            "{name}"
        );
    }
}

#[test]
fn a_recall_by_couplings_in_a_file_is_that_of_their_rule() {
    let folder = scratch();
    let world = "random:n=49,p=4";
    let learn = [
        "learn", "--world", world, "--rule", "hebb", "--out", "J.npy",
    ];
    assert_eq!(engram(folder.path(), &learn).code, 0);
    for dynamics in ["sync", "async", "glauber:T=0.3"] {
        for cue in 0..20 {
            let cue = format!("random:{cue}");
            let recall = |rule: &str| {
                let flags = ["recall", "--world", world, "--rule", rule, "--cue", &cue];
                let more = ["--dynamics", dynamics, "--json"];
                let mut said = engram_json(folder.path(), &[&flags[..], &more].concat());
                for other in ["rule", "theory"] {
                    said.as_object_mut().expect("an object").remove(other);
                }
                said
            };
            assert_eq!(recall("hebb"), recall("J.npy"), "{dynamics}, {cue}");
        }
    }
}

#[test]
fn what_single_precision_does_not_hold_is_told() {
    let folder = scratch();
    let path = folder.path();
    put(
        path,
        "J.npy",
        &doubles(&array![[0.0, 16_777_217.0], [1e-300, 0.0]]),
    );
    put(path, "C.npy", &npy::write_i8(&array![[1, -1]]));
    let flags = ["--dynamics", "sync", "--out", "S.npy", "--json"];
    let relax = ["relax", "--couplings", "J.npy", "--cues", "C.npy"];
    let said = engram(path, &[&relax[..], &flags].concat());
    let whole = "1 of 4 couplings is not exact in single precision; the first is in row 0, column 1: 16777217";
    let zero =
        "1 of 4 couplings becomes 0 in single precision; the first is in row 1, column 0: 1e-300";
    let lines = format!("J.npy: {whole}\nJ.npy: {zero}\n");
    let wrote = |name: &str| format!("{lines}wrote {name}\n");
    assert_eq!((said.code, said.err), (0, wrote("S.npy")));
    let json: serde_json::Value = serde_json::from_str(&said.out).expect("JSON");
    assert_eq!(
        json["remarks"],
        serde_json::json!(lines.lines().collect::<Vec<_>>())
    );
    for (command, all) in [
        (
            "recall --world C.npy --patterns 1 --cue stored:0 --rule J.npy",
            lines.clone(),
        ),
        (
            "learn --patterns-file C.npy --rule J.npy --out K.npy",
            wrote("K.npy"),
        ),
        (
            "relax --patterns-file C.npy --rule J.npy --cues C.npy --dynamics sync --out T.npy",
            wrote("T.npy"),
        ),
    ] {
        let said = engram(path, &command.split(' ').collect::<Vec<_>>());
        assert_eq!((said.code, said.err), (0, all), "{command}");
    }
}
