//! The authors' schedule against formulas written out: batches, a rate that decays, random starts, the clip.

use super::batch::Batches;
use super::start::first_couplings;
use super::*;
use crate::engine::LearningRule;
use crate::engine::learning::{Learner, Rule as _};
use crate::engine::patterns::{Grid, Patterns};
use crate::engine::rng::stream;
use ndarray::{Array2, array};
use rand::RngExt as _;
use std::sync::Arc;

fn patterns(n_patterns: usize, n_units: usize) -> Arc<Patterns> {
    let mut rng = stream(3, "test patterns");
    let shape = (n_patterns, n_units);
    let rows = Array2::from_shape_simple_fn(shape, || if rng.random() { 1 } else { -1 });
    Arc::new(Patterns::new(rows, Grid::near_square(n_units), None).unwrap())
}

/// Descent from J = 0 with nothing that bends it.
fn descent(steps: u32) -> PseudoLikelihood {
    PseudoLikelihood {
        eta: 0.5,
        steps,
        l2: 0.0,
        clip: 0.0,
        optimiser: Optimiser::Descent,
        ..PseudoLikelihood::default()
    }
}

fn couplings(learner: &dyn Learner) -> Array2<f32> {
    learner.memory().unwrap().couplings().unwrap().to_array()
}

fn learned(rule: PseudoLikelihood, patterns: &Arc<Patterns>, seed: u64) -> Array2<f32> {
    let mut learner = rule.start(Arc::clone(patterns), seed);
    while learner.step().is_some() {}
    couplings(learner.as_ref())
}

/// Three units, three patterns, two of them a step: J = η/2 Σ_μ (ξ_i − tanh h_i) ξ_j, written out.
#[test]
fn two_steps_of_a_batch_are_those_of_the_formula() {
    let rows = array![[1_i8, 1, -1], [1, -1, -1], [-1, 1, 1]];
    let patterns = Arc::new(Patterns::new(rows.clone(), Grid::near_square(3), None).unwrap());
    let rule = PseudoLikelihood {
        batch: 2,
        ..descent(2)
    };
    for seed in 0..5 {
        let mut batches = Batches::new(2, &patterns, seed).unwrap();
        let mut expected = Array2::<f64>::zeros((3, 3));
        for _ in 0..2 {
            let before = expected.clone();
            for pattern in batches.draw() {
                let x = rows.row(pattern).mapv(f64::from);
                let h = before.dot(&x);
                for (i, j) in (0..9).map(|k| (k / 3, k % 3)).filter(|(i, j)| i != j) {
                    expected[[i, j]] += 0.5 / 2.0 * (x[i] - h[i].tanh()) * x[j];
                }
            }
        }
        let found = learned(rule, &patterns, seed).mapv(f64::from);
        let wrong = (&found - &expected).mapv(f64::abs).sum();
        assert!(wrong < 1e-5, "{found} {expected}");
    }
}

#[test]
fn a_batch_has_no_pattern_twice_and_in_time_has_all() {
    let patterns = patterns(20, 4);
    let mut batches = Batches::new(7, &patterns, 1).unwrap();
    let mut times = [0; 20];
    for _ in 0..2000 {
        let drawn = batches.draw();
        assert!(drawn.len() == 7 && drawn.is_sorted_by(|a, b| a < b));
        drawn.iter().for_each(|pattern| times[*pattern] += 1);
    }
    // 700 each, give or take five times √(2000 · 0.35 · 0.65) = 21.
    assert!(
        times.iter().all(|times| (593..807).contains(times)),
        "{times:?}"
    );
    let again = Batches::new(7, &patterns, 1).unwrap().draw();
    assert_eq!(again, Batches::new(7, &patterns, 1).unwrap().draw());
    assert_ne!(again, Batches::new(7, &patterns, 2).unwrap().draw());
}

#[test]
fn a_batch_of_all_patterns_is_no_batch_bit_for_bit() {
    let patterns = patterns(30, 40);
    let whole = learned(descent(20), &patterns, 4);
    for batch in [30, 31, 200_000] {
        let rule = PseudoLikelihood {
            batch,
            ..descent(20)
        };
        assert_eq!(learned(rule, &patterns, 4), whole);
    }
    let rule = PseudoLikelihood {
        batch: 29,
        ..descent(20)
    };
    assert_ne!(learned(rule, &patterns, 4), whole);
    assert_eq!(learned(rule, &patterns, 4), learned(rule, &patterns, 4));
}

/// The loss in the end is of all patterns, whatever the last batch was.
#[test]
fn what_is_told_in_the_end_is_of_all_patterns() {
    let patterns = patterns(30, 12);
    let rule = PseudoLikelihood {
        batch: 5,
        ..descent(15)
    };
    let mut learner = rule.start(Arc::clone(&patterns), 2);
    let mut loss = None;
    while let Some(report) = learner.step() {
        loss = report.standing.and_then(|standing| standing.loss).or(loss);
    }
    let fields = patterns.rows().mapv(f64::from);
    let fields = fields.dot(&couplings(learner.as_ref()).mapv(f64::from).t());
    let costs = patterns.rows().iter().zip(&fields);
    let costs = costs.map(|(x, h)| (-2.0 * f64::from(*x) * h).exp().ln_1p());
    let mean = costs.sum::<f64>() / 360.0;
    let loss = loss.unwrap();
    assert!((loss / mean - 1.0).abs() < 1e-5, "{loss} {mean}");
}

/// With a gradient that hardly changes, the couplings are what the rates add up to: η (1 − dⁿ)/(1 − d).
#[test]
fn a_decaying_rate_adds_up_to_its_geometric_series() {
    let patterns = patterns(10, 12);
    let rule = |decay: f64, steps: u32| PseudoLikelihood {
        lambda: 0.01,
        eta: 1e-4,
        decay,
        ..descent(steps)
    };
    let one = learned(rule(1.0, 1), &patterns, 0);
    let many = learned(rule(0.9, 25), &patterns, 0);
    let ratio = f64::from(many.sum() / one.sum());
    let series = (1.0 - 0.9_f64.powi(25)) / (1.0 - 0.9);
    assert!((ratio / series - 1.0).abs() < 1e-3, "{ratio} {series}");
}

#[test]
fn uniform_couplings_fill_their_range_by_the_seed() {
    let n_units = 100;
    for symmetric in [false, true] {
        let draw = |seed| first_couplings(FirstCouplings::Uniform, n_units, symmetric, seed);
        let couplings = draw(1);
        assert_eq!(couplings, draw(1));
        assert_ne!(couplings, draw(2));
        assert_eq!(couplings == couplings.t(), symmetric);
        assert!(couplings.diag().iter().all(|entry| *entry == 0.0));
        let largest = couplings
            .iter()
            .fold(0.0_f32, |most, entry| most.max(entry.abs()));
        assert!(largest <= 0.1 && largest > 0.0995, "{largest}");
        // Variance of a uniform number up to 1/√N: 1/(3 N), over N (N − 1) entries to 2 %.
        let squares = couplings.iter().map(|entry| f64::from(entry * entry));
        let variance = squares.sum::<f64>() / 9900.0;
        assert!((variance * 300.0 - 1.0).abs() < 0.04, "{variance}");
    }
}

/// From J = 0 the gradient is that of Hebb's rule; a clip c leaves a step of length η c N, of the authors' mean loss.
#[test]
fn a_clip_cuts_the_step_to_its_norm() {
    let patterns = patterns(5, 20);
    let norm = |couplings: &Array2<f32>| {
        let squares = couplings.iter().map(|entry| f64::from(entry * entry));
        squares.sum::<f64>().sqrt()
    };
    let free = learned(descent(1), &patterns, 0);
    let longest = norm(&free) / 0.5 / 20.0;
    let clipped = |clip: f64| {
        let rule = PseudoLikelihood { clip, ..descent(1) };
        learned(rule, &patterns, 0)
    };
    assert_eq!(clipped(2.0 * longest), free);
    let half = clipped(0.5 * longest);
    assert!((norm(&half) / norm(&free) - 0.5).abs() < 1e-5);
}

#[test]
fn the_schedule_is_written_and_read_back_and_belongs_to_descent() {
    let text = "pseudo-likelihood:optimiser=descent,start=uniform,batch=1000,decay=0.999";
    let rule = LearningRule::parse(text).unwrap();
    let LearningRule::PseudoLikelihood(settings) = &rule else {
        panic!("{rule:?}");
    };
    assert_eq!((settings.batch, settings.decay), (1000, 0.999));
    assert_eq!(settings.start, FirstCouplings::Uniform);
    assert_eq!(LearningRule::parse(&rule.notation()).unwrap(), rule);
    assert!(LearningRule::parse("pseudo-likelihood:optimiser=fast,batch=10").is_err());
    assert!(LearningRule::parse("pseudo-likelihood:optimiser=descent,decay=1.1").is_err());
}
