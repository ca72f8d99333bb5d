//! `engram learn` and `engram relax` from outside: arrays in, arrays out, the same as the library's.

use crate::program::{engram, engram_json, names, put, scratch};
use engram::engine::rng::stream;
use engram::engine::{Dynamics, Grid, LearningRule, Memory, Patterns, Relaxation, State};
use engram::worlds::npy;
use ndarray::{Array2, array};
use rand::RngExt as _;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::sync::Arc;

fn signs(rows: usize, columns: usize, seed: u64) -> Array2<i8> {
    let mut rng = stream(seed, "batch test");
    Array2::from_shape_simple_fn((rows, columns), || if rng.random() { 1 } else { -1 })
}

fn patterns_in(path: &Path) -> Array2<i8> {
    let bytes = fs::read(path).expect("the file was written");
    npy::read_patterns(&bytes).expect("states of ±1")
}

#[test]
fn learning_and_relaxing_from_files_equals_the_library() {
    let folder = scratch();
    let (rows, cues) = (signs(8, 100, 1), signs(5, 100, 2));
    put(folder.path(), "X.npy", &npy::write_i8(&rows));
    put(folder.path(), "C.npy", &npy::write_i8(&cues));
    for name in ["hebb", "pseudo-inverse:ridge=0.01,diagonal=kept"] {
        let learned = engram_json(
            folder.path(),
            &[
                "learn",
                "--patterns-file",
                "X.npy",
                "--rule",
                name,
                "--out",
                "J.npy",
                "--json",
            ],
        );
        let rule = LearningRule::parse(name).unwrap();
        let patterns = Arc::new(Patterns::new(rows.clone(), Grid::square(10), None).unwrap());
        let memory = Arc::new(rule.learn(Arc::clone(&patterns), 7).unwrap());
        check_learned(&learned, &rule, &memory, &patterns);
        let written = npy::read_couplings(&fs::read(folder.path().join("J.npy")).unwrap()).unwrap();
        assert_eq!(written, memory.couplings().unwrap().to_array());
        for dynamics in Dynamics::ALL {
            check_relaxed(folder.path(), &memory, &cues, dynamics);
        }
    }
    assert_eq!(
        names(folder.path()),
        ["C.npy", "J.npy", "S.npy", "X.npy"],
        "nothing else is left behind"
    );
}

fn check_learned(said: &Value, rule: &LearningRule, memory: &Memory, patterns: &Patterns) {
    let couplings = memory
        .couplings()
        .expect("the rule makes couplings")
        .to_array();
    let mut smallest = f32::INFINITY;
    for pattern in 0..patterns.n_patterns() {
        let state = patterns.state(pattern);
        for (unit, row) in couplings.outer_iter().enumerate() {
            let aligned = memory.field(&state, unit) * f32::from(state.units()[unit]);
            smallest = smallest.min(aligned / row.dot(&row).sqrt());
        }
    }
    let margin = said["minimal_margin"].as_f64().expect("a number");
    assert!(
        (margin - f64::from(smallest)).abs() < 1e-5,
        "{margin} is not {smallest}"
    );
    assert_eq!(
        (&said["n_units"], &said["n_patterns"]),
        (&100.into(), &8.into())
    );
    assert_eq!(
        (&said["rule"], &said["asymmetry"]),
        (&rule.notation().into(), &0.0.into())
    );
    assert!(said["seconds"].as_f64().expect("a number") >= 0.0);
}

fn check_relaxed(folder: &Path, memory: &Arc<Memory>, cues: &Array2<i8>, dynamics: Dynamics) {
    let name = dynamics.to_string();
    let said = engram_json(
        folder,
        &[
            "relax",
            "--couplings",
            "J.npy",
            "--cues",
            "C.npy",
            "--dynamics",
            &name,
            "--max-sweeps",
            "9",
            "--seed",
            "18446744073709551614",
            "--out",
            "S.npy",
            "--json",
        ],
    );
    let states = patterns_in(&folder.join("S.npy"));
    assert_eq!(
        (&said["n_units"], &said["n_cues"]),
        (&100.into(), &5.into())
    );
    for (b, cue) in cues.outer_iter().enumerate() {
        let cue = State::from_fn(100, |unit| cue[unit] > 0);
        let seed = (u64::MAX - 1).wrapping_add(b as u64);
        let mut run = Relaxation::new(Arc::clone(memory), cue, dynamics, seed);
        let mut flips = 0;
        while !run.is_over(9) {
            run.tick(|_, _| flips += 1);
        }
        let verdict = run
            .verdict()
            .map_or("not settled", engram::engine::Verdict::kind);
        assert_eq!(
            states.row(b).to_vec(),
            run.state().units(),
            "{name}, cue {b}"
        );
        assert_eq!(
            (&said["sweeps"][b], &said["flips"][b]),
            (&run.sweeps().into(), &flips.into())
        );
        assert_eq!(said["verdict"][b], verdict);
        let energy = memory.energy(run.state()).expect("symmetric couplings");
        assert!((said["energy"][b].as_f64().expect("a number") - energy).abs() < 1e-3);
    }
}

#[test]
fn two_units_that_want_to_agree_alternate_at_once_and_settle_one_by_one() {
    // J = [[0, 1], [1, 0]] from (+1, −1): each takes the other's sign.
    let folder = scratch();
    put(
        folder.path(),
        "J.npy",
        &npy::write_f32(&array![[0.0, 1.0], [1.0, 0.0]]),
    );
    put(
        folder.path(),
        "C.npy",
        &npy::write_i8(&array![[1, -1], [1, 1]]),
    );
    let relax = |dynamics: &str, more: &[&str]| {
        let args = [
            "relax",
            "--couplings",
            "J.npy",
            "--cues",
            "C.npy",
            "--out",
            "S.npy",
            "--dynamics",
            dynamics,
        ];
        engram(folder.path(), &[&args, more].concat())
    };
    let said: Value = serde_json::from_str(&relax("sync", &["--json"]).out).unwrap();
    assert_eq!(said["verdict"], json!(["cycle", "fixed point"]));
    assert_eq!(said["cycle_length"], json!([2, null]));
    assert_eq!(said["energy"], json!([1.0, -1.0]));
    let said: Value = serde_json::from_str(&relax("async", &["--json"]).out).unwrap();
    assert_eq!(said["verdict"], json!(["fixed point", "fixed point"]));
    assert_eq!(said["cycle_length"], json!([null, null]));
    let states = patterns_in(&folder.path().join("S.npy"));
    assert_eq!(states[[0, 0]], states[[0, 1]]);
    let text = relax("sync", &[]).out;
    assert!(
        text.contains("cycle of length 2: 1, fixed point: 1"),
        "{text}"
    );
}

#[test]
fn asymmetric_couplings_have_no_energy() {
    let folder = scratch();
    put(
        folder.path(),
        "J.npy",
        &npy::write_f32(&array![[0.0, 1.0], [-1.0, 0.0]]),
    );
    put(folder.path(), "C.npy", &npy::write_i8(&array![[1, 1]]));
    let args = [
        "relax",
        "--couplings",
        "J.npy",
        "--cues",
        "C.npy",
        "--out",
        "S.npy",
        "--dynamics",
        "sync",
    ];
    let said = engram_json(folder.path(), &[&args[..], &["--json"]].concat());
    assert_eq!(
        (&said["energy"], &said["cycle_length"][0]),
        (&Value::Null, &4.into())
    );
    assert_eq!(said["asymmetry"], Value::Null, "it is infinite");
    assert!(engram(folder.path(), &args).out.contains("none exists"));
}
