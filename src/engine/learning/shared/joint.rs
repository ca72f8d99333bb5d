//! Symmetric couplings, pattern by pattern: what unit i adds to J_ij for a pattern it adds to J_ji too.
//!
//! Kept are N J and, for AdaTron, strengths x_i^μ ≥ 0 with N J_ij = Σ_μ (x_i^μ + x_j^μ) ξ_i^μ ξ_j^μ. Within a pattern
//! units go in turn: raising x_i by δ raises N ξ_k h_k of every other unit by δ, and its own by δ (N − 1).

use super::bound::not_held;
use super::gram::GramMatrix;
use crate::engine::couplings::Couplings;
use crate::engine::error::Error;
use crate::engine::kernels::add_scaled;
use crate::engine::learning::run::{Learner, Metrics, StepReport};
use crate::engine::memory::Memory;
use crate::engine::patterns::Patterns;
use ndarray::{Array2, ArrayView1};
use pulp::Arch;
use std::sync::Arc;

/// By how much a unit's strength is raised.
#[derive(Debug, Clone, Copy)]
pub(in crate::engine::learning) enum Push {
    /// By 1 where N ξ_i h_i ≤ κ |N J_i|.
    Perceptron { margin: f32 },
    /// By γ (1 − ξ_i h_i), but never below 0: AdaTron on the joint problem, min Σ |J_i|² with every ξ_i h_i ≥ 1.
    AdaTron { rate: f32, tolerance: f32 },
}

pub(in crate::engine::learning) struct Joint {
    patterns: Arc<Patterns>,
    push: Push,
    sweeps: u32,
    /// Hebb's couplings, counted in the first steps where they are what it starts from.
    counting: Option<GramMatrix>,
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
            counting: from_hebb.then(|| GramMatrix::new(patterns.by_unit())),
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

    /// Counts some of Hebb's couplings; false if there are none to count.
    fn count(&mut self) -> bool {
        let Some(counting) = &mut self.counting else {
            return false;
        };
        counting.step();
        if let Some(mut sums) = counting.take_finished() {
            sums.diag_mut().fill(0.0);
            let norm = |row: ArrayView1<'_, f32>| row.dot(&row).sqrt();
            self.norms = sums.outer_iter().map(norm).collect();
            self.weights = sums;
            self.counting = None;
        }
        true
    }

    /// How much each unit adds for the next pattern.
    fn pushes(&mut self, signs: &[f32]) -> Vec<f32> {
        let n_units = signs.len();
        let mut fields = vec![0.0; n_units];
        for (unit, sign) in signs.iter().enumerate() {
            let column = self.weights.row(unit);
            add_scaled(
                &mut fields,
                *sign,
                column.to_slice().expect("made in standard layout"),
            );
        }
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
        for (unit, mut row) in self.weights.outer_iter_mut().enumerate() {
            let (sign, push) = (signs[unit], pushes[unit]);
            let weights = row.as_slice_mut().expect("made in standard layout");
            Arch::new().dispatch(|| {
                for ((weight, xi), other) in weights.iter_mut().zip(signs).zip(&other) {
                    *weight += sign * (push * xi + other);
                }
            });
            weights[unit] = 0.0;
            self.norms[unit] = row.dot(&row).sqrt();
        }
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
        if self.finished {
            return None;
        }
        if self.count() {
            return Some(StepReport {
                done: 0.0,
                standing: Some(self.standing),
            });
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
        Couplings::new(&self.weights / self.norms.len() as f32, 1.0).map(Memory::Pairwise)
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
            Push::AdaTron { .. } => Some(format!(
                "{n_open} of {n_units} units are not yet as stable as they can be after {} sweeps, or their patterns cannot all be held",
                self.sweep
            )),
        }
    }
}
