//! Conjugate gradients against the minimum itself, found row by row by Newton's method in double precision.

use super::*;
use crate::engine::learning::Rule as _;
use crate::engine::patterns::{Grid, Patterns};
use crate::engine::rng::stream;
use ndarray::{Array1, Array2};
use rand::RngExt as _;
use std::sync::Arc;

/// Spins of an open chain whose neighbours agree nine times out of ten: what makes minima flat.
fn chain(n_patterns: usize, n_units: usize) -> Arc<Patterns> {
    let mut rng = stream(3, "chain of spins");
    let mut last = 1;
    let rows = Array2::from_shape_fn((n_patterns, n_units), |(_, unit)| {
        let agrees = rng.random_bool(if unit == 0 { 0.5 } else { 0.9 });
        last = if agrees { last } else { -last };
        last
    });
    Arc::new(Patterns::new(rows, Grid::near_square(n_units), None).unwrap())
}

/// The row of `unit` that makes Σ_μ ln(1 + e^{−2 ξ_i h_i})/P + ρ/2 |J_i|² smallest.
fn newton(patterns: &Patterns, unit: usize, penalty: f64) -> Array1<f64> {
    let x = patterns.rows().mapv(f64::from);
    let (n_patterns, n_units) = x.dim();
    let mut row = Array1::zeros(n_units);
    for _ in 0..60 {
        let mut gradient = &row * penalty;
        let mut curvature = Array2::eye(n_units) * penalty;
        for sample in x.outer_iter() {
            let rate = 1.0 / (1.0 + (2.0 * sample[unit] * sample.dot(&row)).exp());
            for j in (0..n_units).filter(|j| *j != unit) {
                gradient[j] -= 2.0 * sample[unit] * rate * sample[j] / n_patterns as f64;
                for k in (0..n_units).filter(|k| *k != unit) {
                    let bend = 4.0 * rate * (1.0 - rate) * sample[j] * sample[k];
                    curvature[[j, k]] += bend / n_patterns as f64;
                }
            }
        }
        row = row - solved(curvature, gradient);
    }
    row
}

/// A⁻¹ b, by Gauss.
fn solved(mut a: Array2<f64>, mut b: Array1<f64>) -> Array1<f64> {
    let n = b.len();
    for pivot in 0..n {
        for other in (0..n).filter(|other| *other != pivot) {
            let factor = a[[other, pivot]] / a[[pivot, pivot]];
            for k in pivot..n {
                a[[other, k]] -= factor * a[[pivot, k]];
            }
            b[other] -= factor * b[pivot];
        }
    }
    Array1::from_shape_fn(n, |i| b[i] / a[[i, i]])
}

/// How far the worst row is off, as a share of its norm, and what is said of the ending.
fn worst_row(patterns: &Arc<Patterns>, rule: PseudoLikelihood) -> (f64, Option<String>) {
    let mut learner = rule.start(Arc::clone(patterns), 5);
    while learner.step().is_some() {}
    let memory = learner.memory().unwrap();
    let learned = memory.couplings().unwrap().to_array().mapv(f64::from);
    let rows = (0..patterns.n_units()).map(|unit| {
        let exact = newton(patterns, unit, rule.l2);
        let off = &learned.row(unit) - &exact;
        (off.dot(&off) / exact.dot(&exact)).sqrt()
    });
    (rows.fold(0.0, f64::max), learner.ending())
}

#[test]
fn every_row_is_at_its_minimum_by_default() {
    for (n_patterns, n_units, l2) in [(400, 16, 1e-4), (12, 16, 1e-3)] {
        let patterns = chain(n_patterns, n_units);
        let rule = PseudoLikelihood {
            l2,
            ..PseudoLikelihood::default()
        };
        let (off, ending) = worst_row(&patterns, rule);
        assert!(off < 0.01, "{n_patterns} × {n_units}: {off}");
        assert_eq!(ending, None, "{n_patterns} × {n_units}");
        // What was the default leaves rows far off, and that is said.
        let early = PseudoLikelihood {
            tolerance: 1e-3,
            ..rule
        };
        let (off, ending) = worst_row(&patterns, early);
        let ending = ending.unwrap_or_default();
        assert!(off > 0.02, "{n_patterns} × {n_units}: {off}");
        assert!(ending.contains("minimum"), "{off}: {ending}");
    }
}

#[test]
fn what_single_precision_cannot_reach_ends_and_is_said() {
    let patterns = chain(400, 16);
    let rule = PseudoLikelihood {
        tolerance: 1e-9,
        iterations: 10_000,
        ..PseudoLikelihood::default()
    };
    let mut learner = rule.start(Arc::clone(&patterns), 5);
    let mut iterations = 0;
    while let Some(report) = learner.step() {
        iterations = report.standing.map_or(0, |it| it.iteration);
    }
    match learner.ending() {
        Some(ending) => {
            assert!(iterations < 1000, "{iterations}");
            assert!(
                ending.contains("not yet 10⁻⁹ and single precision"),
                "{ending}"
            );
        }
        None => assert!(iterations < 1000, "it was reached"),
    }
}
