//! Symmetric couplings, pattern by pattern: what unit i adds to J_ij for a pattern it adds to J_ji too.
//!
//! Kept are N J and, for AdaTron, strengths x_i^μ ≥ 0 with N J_ij = Σ_μ (x_i^μ + x_j^μ) ξ_i^μ ξ_j^μ. Within a pattern
//! units go in turn: raising x_i by δ raises N ξ_k h_k of every other unit by δ, and its own by δ (N − 1).

use super::bound::{not_held, not_reached};
use super::products::UnitProducts;
use super::rows::{add_rows, any_row};
use crate::engine::couplings::Couplings;
use crate::engine::error::Error;
use crate::engine::kernels::{dispatch, sum_of_squares};
use crate::engine::learning::run::{Learner, Metrics, StepReport};
use crate::engine::memory::Memory;
use crate::engine::parallel::prelude::*;
use crate::engine::patterns::Patterns;
use ndarray::Array2;
use std::sync::Arc;

/// By how much a unit's strength is raised.
#[derive(Debug, Clone, Copy)]
pub(in crate::engine::learning) enum Push {
    /// By 1 where N ξ_i h_i ≤ κ |N J_i|.
    Perceptron { margin: f32 },
    /// By γ (1 − ξ_i h_i), but never below 0: AdaTron on the joint problem, min Σ |J_i|² with every ξ_i h_i ≥ 1.
    AdaTron { rate: f32, tolerance: f32 },
}

/// Rows that a thread measures at least: fewer are not worth sharing.
const ROWS: usize = 64;

pub(in crate::engine::learning) struct Joint {
    patterns: Arc<Patterns>,
    push: Push,
    sweeps: u32,
    /// Hebb's couplings, until they are counted.
    counting: Option<UnitProducts>,
    /// N J.
    weights: Array2<f32>,
    /// |N J_i|.
    norms: Vec<f32>,
    /// x, P × N; stays empty for the perceptron, which needs none.
    strengths: Array2<f32>,
    pattern: usize,
    sweep: u32,
    /// Which units had something to add in this sweep.
    open: Vec<bool>,
    margin: f64,
    standing: Metrics,
    finished: bool,
}

impl Joint {
    /// Couplings of 0, or Hebb's if `from_hebb`, which only the perceptron may start from.
    pub(in crate::engine::learning) fn new(
        patterns: Arc<Patterns>,
        push: Push,
        sweeps: u32,
        from_hebb: bool,
    ) -> Self {
        let (n_patterns, n_units) = patterns.rows().dim();
        Self {
            counting: from_hebb.then(|| UnitProducts::new(Arc::clone(&patterns))),
            norms: vec![0.0; n_units],
            patterns,
            push,
            sweeps,
            weights: Array2::zeros((n_units, n_units)),
            strengths: Array2::zeros((n_patterns, n_units)),
            pattern: 0,
            sweep: 0,
            open: vec![false; n_units],
            margin: f64::INFINITY,
            standing: Metrics::default(),
            finished: false,
        }
    }

    /// How much each unit adds for the next pattern.
    fn pushes(&mut self, signs: &[f32]) -> Vec<f32> {
        let n_units = signs.len();
        let mut fields = vec![0.0; n_units];
        // Rows are columns too.
        add_rows(&mut fields, &self.weights, 0..n_units, |unit| signs[unit]);
        let mut others = 0.0;
        let mut pushes = vec![0.0; n_units];
        for (unit, sign) in signs.iter().enumerate() {
            let aligned = sign * fields[unit] + others;
            let norm = self.norms[unit];
            if norm > 0.0 {
                self.margin = self.margin.min(f64::from(aligned / norm));
            }
            let (push, counts) = match self.push {
                Push::Perceptron { margin } => {
                    let wrong = aligned <= margin * norm;
                    (f32::from(u8::from(wrong)), wrong)
                }
                Push::AdaTron { rate, tolerance } => {
                    let strength = &mut self.strengths[[self.pattern, unit]];
                    let lacking = 1.0 - aligned / n_units as f32;
                    let push = (rate * lacking).max(-*strength);
                    *strength += push;
                    (push, push.abs() > rate * tolerance)
                }
            };
            self.open[unit] |= counts;
            others += push;
            pushes[unit] = push;
        }
        pushes
    }

    /// N J_ij += (δ_i + δ_j) ξ_i ξ_j, and the norms anew.
    fn add(&mut self, signs: &[f32], pushes: &[f32]) {
        let other: Vec<f32> = signs
            .iter()
            .zip(pushes)
            .map(|(sign, push)| sign * push)
            .collect();
        any_row(&mut self.weights, 0..signs.len(), |unit, weights| {
            let (sign, push) = (signs[unit], pushes[unit]);
            dispatch(|| {
                for ((weight, xi), other) in weights.iter_mut().zip(signs).zip(&other) {
                    *weight += sign * (push * xi + other);
                }
            });
            weights[unit] = 0.0;
            false
        });
        self.measure_norms();
    }

    fn measure_norms(&mut self) {
        let n_units = self.norms.len();
        let entries = self.weights.as_slice().expect("made in standard layout");
        let rows = entries.par_chunks(n_units).with_min_len(ROWS);
        let norms = rows.map(|row| sum_of_squares(row).sqrt() as f32);
        norms.collect_into_vec(&mut self.norms);
    }

    fn close_sweep(&mut self) {
        let n_units = self.norms.len() as f64;
        self.pattern = 0;
        self.sweep += 1;
        self.finished = !self.open.contains(&true) || self.sweep == self.sweeps;
        let norms: f64 = self.norms.iter().map(|norm| f64::from(*norm)).sum();
        self.standing = Metrics {
            iteration: u64::from(self.sweep),
            loss: None,
            gradient: None,
            row_norm: Some(norms / (n_units * n_units)),
            margin: self.margin.is_finite().then_some(self.margin),
        };
        self.margin = f64::INFINITY;
        if !self.finished {
            self.open.fill(false);
        }
    }
}

impl Learner for Joint {
    fn step(&mut self) -> Option<StepReport> {
        if let Some(counting) = &mut self.counting {
            if !counting.step() {
                self.weights = Arc::unwrap_or_clone(counting.matrix());
                self.counting = None;
                self.measure_norms();
            }
            return Some(StepReport {
                done: 0.0,
                standing: Some(self.standing),
            });
        }
        if self.finished {
            return None;
        }
        let (n_patterns, n_units) = self.patterns.rows().dim();
        for _ in 0..=10_000_000 / (n_units * n_units) {
            let signs: Vec<f32> = self
                .patterns
                .pattern(self.pattern)
                .iter()
                .map(|sign| f32::from(*sign))
                .collect();
            let pushes = self.pushes(&signs);
            if pushes.iter().any(|push| *push != 0.0) {
                self.add(&signs, &pushes);
            }
            self.pattern += 1;
            if self.pattern == n_patterns {
                self.close_sweep();
                break;
            }
        }
        let sweep = self.sweep as f32 + self.pattern as f32 / n_patterns as f32;
        Some(StepReport {
            done: if self.finished {
                1.0
            } else {
                sweep / self.sweeps as f32
            },
            standing: Some(self.standing),
        })
    }

    fn memory(&self) -> Result<Memory, Error> {
        let scale = 1.0 / self.norms.len() as f32;
        Couplings::new(self.weights.clone(), scale).map(Memory::Pairwise)
    }

    fn work(&self) -> f64 {
        let (p, n) = self.strengths.dim();
        f64::from(self.sweeps.min(100)) * 6.0 * p as f64 * (n * n) as f64
    }

    fn ending(&self) -> Option<String> {
        let n_open = self.open.iter().filter(|open| **open).count();
        if n_open == 0 || !self.finished {
            return None;
        }
        let n_units = self.norms.len();
        match self.push {
            Push::Perceptron { margin } => {
                let load = self.patterns.load();
                Some(not_held(
                    n_open,
                    n_units,
                    self.sweep,
                    f64::from(margin),
                    load,
                ))
            }
            Push::AdaTron { tolerance, .. } => Some(not_reached(
                n_open,
                n_units,
                self.sweep,
                f64::from(tolerance),
            )),
        }
    }
}
