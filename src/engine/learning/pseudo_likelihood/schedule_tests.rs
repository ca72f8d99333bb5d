//! The authors' schedule against formulas written out: batches, a rate that decays, random starts, the clip.

use super::batch::Batches;
use super::start::first_couplings;
use super::*;
use crate::engine::learning::{Learner, Rule as _};
use crate::engine::patterns::{Grid, Patterns};
use crate::engine::rng::stream;
use crate::engine::{Couplings, LearningRule, Memory};
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
    let learner = rule.start(Arc::clone(patterns), seed);
    to_the_end(learner).couplings().unwrap().to_array()
}

fn to_the_end(mut learner: Box<dyn Learner>) -> Memory {
    while learner.step().is_some() {}
    learner.memory().unwrap()
}

/// Three units, three patterns in batches of two and one: J += η/B Σ_μ (ξ_i − tanh h_i) ξ_j, written out.
#[test]
fn a_pass_in_batches_is_that_of_the_formula() {
    let rows = array![[1_i8, 1, -1], [1, -1, -1], [-1, 1, 1]];
    let patterns = Arc::new(Patterns::new(rows.clone(), Grid::near_square(3), None).unwrap());
    let rule = PseudoLikelihood {
        batch: 2,
        ..descent(1)
    };
    for seed in 0..5 {
        let mut batches = Batches::new(2, &patterns, seed).unwrap();
        let mut expected = Array2::<f64>::zeros((3, 3));
        for _ in 0..2 {
            let before = expected.clone();
            let drawn = batches.draw();
            let share = 0.5 / drawn.len() as f64;
            for pattern in drawn {
                let x = rows.row(pattern).mapv(f64::from);
                let h = before.dot(&x);
                for (i, j) in (0..9).map(|k| (k / 3, k % 3)).filter(|(i, j)| i != j) {
                    expected[[i, j]] += share * (x[i] - h[i].tanh()) * x[j];
                }
            }
        }
        let found = learned(rule, &patterns, seed).mapv(f64::from);
        let wrong = (&found - &expected).mapv(f64::abs).sum();
        assert!(wrong < 1e-5, "{found} {expected}");
    }
}

#[test]
fn a_pass_has_every_pattern_once_and_is_shuffled_anew() {
    let patterns = patterns(20, 4);
    let mut batches = Batches::new(7, &patterns, 1).unwrap();
    let mut pass = || {
        let batches = [batches.draw(), batches.draw(), batches.draw()];
        assert_eq!(batches.each_ref().map(Vec::len), [7, 7, 6]);
        assert!(batches.iter().all(|drawn| drawn.is_sorted()));
        batches
    };
    let (first, second) = (pass(), pass());
    assert_ne!(first, second);
    for pass in [first.clone(), second] {
        let mut all = pass.concat();
        all.sort_unstable();
        assert_eq!(all, (0..20).collect::<Vec<usize>>());
    }
    let other = |seed| Batches::new(7, &patterns, seed).unwrap().draw();
    assert_eq!(other(1), first[0]);
    assert_ne!(other(2), first[0]);
}

/// A rate that decays once a pass, not once a batch: two passes of three batches end where the formula says.
#[test]
fn the_rate_decays_by_passes() {
    let patterns = patterns(3, 5);
    let rule = PseudoLikelihood {
        batch: 1,
        decay: 0.9,
        ..descent(2)
    };
    let mut batches = Batches::new(1, &patterns, 3).unwrap();
    let n_units = patterns.n_units();
    let mut expected = Array2::<f64>::zeros((n_units, n_units));
    for step in 0..6 {
        let before = expected.clone();
        let rate = if step < 3 { 0.5 } else { 0.45 };
        let x = patterns.rows().row(batches.draw()[0]).mapv(f64::from);
        let h = before.dot(&x);
        for i in 0..n_units {
            for j in (0..n_units).filter(|j| *j != i) {
                expected[[i, j]] += rate * (x[i] - h[i].tanh()) * x[j];
            }
        }
    }
    let found = learned(rule, &patterns, 3).mapv(f64::from);
    let wrong = (&found - &expected).mapv(f64::abs).sum();
    assert!(wrong < 1e-4, "{wrong}");
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

#[test]
fn descent_goes_on_from_given_couplings() {
    let patterns = patterns(9, 20);
    let whole = learned(descent(20), &patterns, 1);
    let half = descent(10).start(Arc::clone(&patterns), 1);
    let half = to_the_end(half);
    let rule = LearningRule::PseudoLikelihood(descent(10));
    let first = half.couplings().unwrap();
    let on = rule.start_from(Arc::clone(&patterns), 1, first).unwrap();
    assert_eq!(to_the_end(on).couplings().unwrap().to_array(), whole);

    let refused = |rule: &str, n_units: usize, own: f32| {
        let first = Couplings::from_array(Array2::eye(n_units) * own);
        let rule = LearningRule::parse(rule).unwrap();
        let begun = rule.start_from(Arc::clone(&patterns), 1, &first.unwrap());
        begun.err().unwrap().to_string()
    };
    assert!(refused("hebb", 20, 0.0).contains("hebb"));
    assert!(refused("pseudo-likelihood", 20, 0.0).contains("pseudo-likelihood"));
    let descent = "pseudo-likelihood:optimiser=descent";
    assert!(refused(descent, 19, 0.0).contains("19 × 19"));
    assert!(refused(descent, 20, 1.0).contains("self-couplings"));
}
