//! `engram learn` and `engram recall` with rules of every kind: what is told of how learning went and ended.

use crate::program::{engram, engram_json, put, scratch};
use engram::engine::LearningRule;
use engram::engine::learning::Group;
use engram::engine::rng::stream;
use engram::worlds::npy;
use ndarray::Array2;
use rand::RngExt as _;
use serde_json::Value;
use std::fs;
use std::path::Path;

/// `engram learn` of 40 random patterns of 60 units, with `flags`.
fn learn(folder: &Path, flags: &[&str]) -> Value {
    let mut rng = stream(1, "learned test");
    let rows = Array2::from_shape_simple_fn((40, 60), || if rng.random() { 1 } else { -1 });
    put(folder, "X.npy", &npy::write_i8(&rows));
    let mut arguments = vec![
        "learn",
        "--patterns-file",
        "X.npy",
        "--out",
        "J.npy",
        "--json",
    ];
    arguments.extend(flags);
    engram_json(folder, &arguments)
}

#[test]
fn an_iterative_rule_tells_how_far_it_came() {
    let folder = scratch();
    let said = learn(
        folder.path(),
        &[
            "--rule",
            "pseudo-likelihood:optimiser=descent,l2=0,eta=0.5,steps=30",
        ],
    );
    assert_eq!(said["iterations"], 30);
    for figure in ["loss", "gradient", "row_norm", "seconds", "minimal_margin"] {
        let value = said[figure].as_f64();
        assert!(value.is_some_and(f64::is_finite), "{figure}: {said}");
    }
    // J = 0 has a loss of ln 2 and a gradient of 1.
    assert!(said["loss"].as_f64() < Some(0.69) && said["gradient"].as_f64() < Some(1.0));
    assert_eq!(said["ending"], Value::Null);
    let one_pass = learn(folder.path(), &["--rule", "hebb"]);
    assert_eq!(
        (&one_pass["iterations"], &one_pass["loss"]),
        (&Value::Null, &Value::Null)
    );
}

#[test]
fn a_goal_that_is_out_of_reach_is_told() {
    let folder = scratch();
    let said = learn(folder.path(), &["--rule", "perceptron:margin=3,sweeps=20"]);
    let ending = said["ending"].as_str().expect("it cannot be reached");
    assert!(ending.contains("margin"), "{ending}");
    assert!(said["minimal_margin"].as_f64() < Some(3.0));
}

#[test]
fn couplings_are_altered_after_learning() {
    let folder = scratch();
    let rule = ["--rule", "max-stability"];
    assert!(learn(folder.path(), &rule)["asymmetry"].as_f64() > Some(0.01));
    let flags = [&rule[..], &["--alter", "asymmetry=0,dilution=0.25"]].concat();
    let said = learn(folder.path(), &flags);
    assert!(said["asymmetry"].as_f64() < Some(1e-6));
    assert_eq!(said["alteration"], "asymmetry=0,dilution=0.25,cut=pairs");
    let written = fs::read(folder.path().join("J.npy")).expect("it was written");
    let couplings = npy::read_couplings(&written).expect("couplings");
    let cut = couplings.iter().filter(|entry| **entry == 0.0).count() - 60;
    let share = cut as f64 / (60.0 * 59.0);
    assert!((share - 0.25).abs() < 0.05, "{share}");
}

#[test]
fn every_rule_recalls_by_its_name() {
    let folder = scratch();
    for make in LearningRule::ALL {
        let name = make().about().name;
        if make().about().group == Group::Letters {
            let said = engram(
                folder.path(),
                &["recall", "--patterns", "3", "--rule", name],
            );
            assert_eq!(said.code, 2, "{name}: {}", said.err);
            assert!(said.err.contains("is for units of letters"), "{}", said.err);
            continue;
        }
        let said = engram_json(
            folder.path(),
            &[
                "recall",
                "--size",
                "14",
                "--patterns",
                "3",
                "--rule",
                name,
                "--json",
            ],
        );
        assert_eq!(said["n_patterns"], 3, "{name}");
        let rule = said["rule"].as_str().expect("its notation");
        assert!(
            rule == name || rule.starts_with(&format!("{name}:")),
            "{rule}"
        );
    }
}

#[test]
fn what_diverges_or_leaves_no_couplings_is_refused() {
    let folder = scratch();
    learn(folder.path(), &["--rule", "hebb"]);
    for (rule, part) in [
        ("taylor:w0=1,presentations=100", "coupling"),
        ("dense", "no couplings"),
        ("pseudo-likelihood:lambda=0", "lambda must be a number from"),
        (
            "pseudo-likelihood:steps=30",
            "steps does nothing in pseudo-likelihood:lambda=1,",
        ),
        ("dense:n=1", "n must be a whole number from 2 to 30"),
        ("perceptron:margin=nan", "margin must be a number from"),
        ("taylor:preset=hebbian", "there is no preset 'hebbian'"),
    ] {
        let arguments = [
            "learn",
            "--patterns-file",
            "X.npy",
            "--out",
            "K.npy",
            "--rule",
            rule,
        ];
        let said = engram(folder.path(), &arguments);
        assert_eq!(said.code, 2, "{rule}: {}", said.err);
        assert!(said.err.contains(part), "{rule}: {}", said.err);
        assert!(!folder.path().join("K.npy").exists(), "{rule}");
    }
}
