//! What is learned does not depend on how many threads share the work, nor on who looks on.

use crate::program::{engram_json, put, scratch};
use engram::engine::patterns::Letters;
use engram::engine::rng::stream;
use engram::engine::{Alphabet, Grid, LearningRule, Memory, Patterns};
use engram::jobs::with_threads;
use engram::worlds::npy;
use ndarray::Array2;
use rand::RngExt as _;
use std::fs;
use std::sync::Arc;

/// Units of ±1: enough for several tiles of 128, and for the N² entries of which the smallest pieces are made.
const N_UNITS: usize = 264;

/// Random patterns that `rule` is for, enough of them that several threads have something to do.
fn suited(rule: &LearningRule, n_patterns: usize) -> Arc<Patterns> {
    let mut rng = stream(9, "patterns of many threads");
    let signs = rule.is_for(Alphabet::Signs);
    let (alphabet, n_units) = if signs {
        (Alphabet::Signs, N_UNITS)
    } else {
        (
            Alphabet::Letters(Letters::plain(5).expect("five letters")),
            40,
        )
    };
    let rows = Array2::from_shape_simple_fn((n_patterns, n_units), || {
        if signs {
            if rng.random() { 1 } else { -1 }
        } else {
            rng.random_range(0..5)
        }
    });
    Arc::new(
        Patterns::of(rows, alphabet, Grid::near_square(n_units), None).expect("admitted sizes"),
    )
}

/// Learns in a pool of so many threads, and asks for the memory after every few steps if `looking_on`.
fn learned(
    rule: &LearningRule,
    patterns: &Arc<Patterns>,
    threads: usize,
    looking_on: bool,
) -> Memory {
    // Counted anew: what one run has counted must not help the next.
    let rows = patterns.rows().clone();
    let anew =
        Patterns::of(rows, patterns.alphabet(), patterns.grid(), None).expect("the same sizes");
    with_threads(threads, || {
        let mut learner = rule.start(Arc::new(anew), 3).expect("a rule that suits");
        let mut steps = 0;
        while learner.step().is_some() {
            steps += 1;
            if looking_on && steps % 7 == 0 {
                learner.memory().expect("learned without trouble");
            }
        }
        learner.memory().expect("learned without trouble")
    })
}

#[test]
fn every_rule_gives_the_same_bits_on_any_number_of_threads_and_under_any_look() {
    let mut rules: Vec<LearningRule> = LearningRule::ALL.iter().map(|make| make()).collect();
    for text in [
        "hebb:centring=unit",
        "unlearning:dreams=5",
        "perceptron:couplings=symmetric,sweeps=3",
        "max-stability:sweeps=3",
        "max-stability:algorithm=minover,sweeps=2",
        "max-stability:couplings=symmetric,sweeps=2",
        "pseudo-likelihood:optimiser=descent,steps=4",
        "pseudo-likelihood:optimiser=descent,steps=4,couplings=symmetric,start=random",
        "pseudo-likelihood:optimiser=fast,l2=0.01",
        "pseudo-likelihood:optimiser=fast,l2=0.01,couplings=symmetrised",
        "pseudo-likelihood:optimiser=fast,l2=0.01,couplings=symmetric",
    ] {
        rules.push(LearningRule::parse(text).expect("learned without trouble"));
    }
    for rule in &mut rules {
        // Defaults that take long.
        for (key, most) in [
            ("steps", 4.0),
            ("sweeps", 3.0),
            ("dreams", 5.0),
            ("iterations", 12.0),
        ] {
            if rule.get(key).is_some_and(|value| value > most) {
                rule.set(key, most).expect("learned without trouble");
            }
        }
    }
    for rule in &rules {
        // Fewer patterns than units, and more; of both, more than a tile.
        for n_patterns in [140, 280] {
            let patterns = suited(rule, n_patterns);
            let alone = learned(rule, &patterns, 1, false);
            for (threads, looking_on) in [(2, false), (4, true)] {
                let shared = learned(rule, &patterns, threads, looking_on);
                assert!(
                    shared == alone,
                    "{} with P = {n_patterns} on {threads} threads",
                    rule.notation()
                );
            }
        }
    }
}

#[test]
fn engram_learn_writes_the_same_bytes_with_any_number_of_threads() {
    let folder = scratch();
    let patterns = suited(
        &LearningRule::parse("hebb").expect("there is such a rule"),
        90,
    );
    put(folder.path(), "X.npy", &npy::write_i8(patterns.rows()));
    for rule in [
        "hebb",
        "pseudo-inverse",
        "pseudo-likelihood:tolerance=0.01",
        "pseudo-likelihood:optimiser=descent,steps=3",
    ] {
        let written = ["1", "2", "3"].map(|threads| {
            let arguments = ["learn", "--patterns-file", "X.npy", "--rule", rule];
            let rest = ["--threads", threads, "--out", "J.npy", "--json"];
            engram_json(folder.path(), &[&arguments[..], &rest].concat());
            fs::read(folder.path().join("J.npy")).expect("it was written")
        });
        assert!(written[0].len() > 4 * N_UNITS * N_UNITS, "{rule}");
        assert!(written.iter().all(|bytes| *bytes == written[0]), "{rule}");
    }
}
