//! Local rules by their Taylor coefficients against signal-to-noise theory.
//! What was measured is printed: `cargo test --test engine taylor_physics -- --nocapture`.

#![expect(clippy::print_stdout, reason = "measured numbers, shown on demand")]

use crate::basins::mean;
use crate::physics::random_patterns;
use engram::engine::theory::signal_to_noise::Palimpsest;
use engram::engine::{LearningRule, Memory, Patterns};
use ndarray::Axis;
use std::sync::Arc;

/// Share of the units of patterns `from..to` that are wrong after one step, for each pattern.
fn bit_errors(memory: &Memory, patterns: &Patterns, from: usize, to: usize) -> Vec<f64> {
    let couplings = memory.couplings().expect("the rule makes them").to_array();
    let measured: Vec<usize> = (from..to).collect();
    let states = patterns.rows().select(Axis(0), &measured).mapv(f32::from);
    let aligned = states.dot(&couplings.t()) * states;
    let wrong = aligned.mapv(|aligned| if aligned < 0.0 { 1.0 } else { 0.0 });
    let shares = wrong.mean_axis(Axis(1)).expect("there are units");
    shares.to_vec()
}

#[test]
fn bit_errors_follow_signal_to_noise_theory_over_four_orders_of_load() {
    // Our own derivation, in src/engine/theory/signal_to_noise.rs; for c alone Hertz, Krogh & Palmer 1991, 2.2.
    // One pattern of N = 1000, then 5 to 5000 of N = 500, several sets where they are few; at most 400 of a set are
    // measured. Tolerance 15 % or 0.003.
    let rules = [
        "taylor:",
        "taylor:c1post=1",
        "taylor:c1pre=0.25",
        "taylor:c1pre=0.5",
        "taylor:c2pre=0.1",
        "taylor:c0=-0.1",
        "taylor:c0=0.05,c1pre=0.2,c1post=0.5",
        "taylor:coding=0/1,c2corr=2,c1pre=-0.9,c2post=-1,c0=0.45,rate=0.1",
    ];
    for (n_units, n_patterns, n_sets) in [
        (1000, 1, 1),
        (500, 5, 40),
        (500, 50, 8),
        (500, 500, 2),
        (500, 5000, 1),
    ] {
        let sets: Vec<Arc<Patterns>> = (0..n_sets)
            .map(|seed| random_patterns(n_patterns, n_units, 100 + seed))
            .collect();
        for text in rules {
            let rule = LearningRule::parse(text).expect("the rule is known");
            let errors = sets.iter().flat_map(|patterns| {
                let memory = rule.learn(Arc::clone(patterns), 1).expect("it is finite");
                bit_errors(&memory, patterns, 0, n_patterns.min(400))
            });
            let measured = mean(&errors.collect::<Vec<f64>>());
            let LearningRule::Taylor(taylor) = rule else {
                unreachable!("all of them are Taylor rules")
            };
            let expected = taylor.coefficients().bit_error(n_units, n_patterns);
            println!(
                "N = {n_units}, P = {n_patterns}, {text}: {measured:.5}, expected {expected:.5}"
            );
            let distance = (measured - expected).abs();
            let near = distance < 0.003 || distance < 0.15 * expected;
            assert!(
                near,
                "P = {n_patterns}, {text}: {measured}, expected {expected}"
            );
        }
    }
}

#[test]
fn old_patterns_fade_as_theory_says() {
    // Nadal, Toulouse, Changeux & Dehaene 1986, in the form W ← (1 − η) W + η ξ ξᵀ: a pattern of age k has the
    // signal-to-noise ratio N η (2 − η) (1 − η)^2k. N = 1000, η = 0.01: 0.0035, 0.023, 0.051, 0.162 wrong at the
    // ages 50, 80, 100, 150. Means over ten ages around each and three sets of 400 patterns; 15 % or 0.001.
    let ages = [50, 80, 100, 150];
    let palimpsest = Palimpsest {
        decay: 0.01,
        n_units: 1000,
    };
    let rule = LearningRule::parse("taylor:preset=palimpsest").expect("the preset is known");
    let mut measured = [0.0; 4];
    for seed in 0..3 {
        let patterns = random_patterns(400, 1000, 90 + seed);
        let memory = rule.learn(Arc::clone(&patterns), 1).expect("it decays");
        for (sum, age) in measured.iter_mut().zip(ages) {
            let errors = bit_errors(&memory, &patterns, 399 - age - 5, 399 - age + 5);
            *sum += errors.iter().sum::<f64>() / 30.0;
        }
    }
    for (measured, age) in measured.into_iter().zip(ages) {
        let around = (age - 4..=age + 5).map(|age| palimpsest.bit_error(age, 400));
        let expected = around.sum::<f64>() / 10.0;
        println!("age {age}: {measured:.4}, expected {expected:.4}");
        let distance = (measured - expected).abs();
        assert!(
            distance < 0.001 || distance < 0.15 * expected,
            "{age}: {measured}"
        );
    }
}
