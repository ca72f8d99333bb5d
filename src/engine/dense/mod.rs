//! Dense memories: no couplings, only patterns and a steep function of the overlaps (Krotov & Hopfield 2016).
//!
//! The field of a unit is half the energy it gains by being +1 rather than −1, h_i = ½ (E(s_i = −1) − E(s_i = +1)),
//! exact for every energy: a sum over patterns of a table of v_μ = u_μ − ξ_i^μ s_i, the overlaps without the unit. Or it
//! is the [gradient](FieldKind::Gradient), a sum over a table of u_μ.
//! Absent: in which order units ask for their fields (`dynamics`).

mod energy;
pub(crate) mod graded;

pub use energy::{Energy, FieldKind, States};

use super::error::Error;
use super::kernels::{add_scaled_signs, sum_by_sign};
use super::patterns::{Alphabet, Patterns, State};
use std::sync::Arc;

/// Patterns and the energy function that makes them minima.
#[derive(Debug, Clone, PartialEq)]
pub struct DenseMemory {
    patterns: Arc<Patterns>,
    energy: Energy,
    field_kind: FieldKind,
    /// For a unit at −1 and at +1, at 2c + b for a pattern that agrees with the state in c units and has b = 0, 1
    /// for −1, +1 here: the energy difference or slope, at 0 or 1 as the pattern is −1 or +1 here.
    tables: [Vec<[f64; 2]>; 2],
}

/// Where a state stands with respect to every pattern, kept up to date flip by flip.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Agreements {
    /// Units in which the state agrees with each pattern, c_μ = (N + u_μ) / 2.
    counts: Vec<i32>,
    /// The largest of them.
    largest: i32,
}

impl DenseMemory {
    /// A memory of `patterns` of ±1 whose fields are energy differences. Refused: an energy whose setting is out of
    /// range, and letters.
    pub fn new(patterns: Arc<Patterns>, energy: Energy) -> Result<Self, Error> {
        Self::of(patterns, energy, FieldKind::Difference)
    }

    /// The same with fields of either kind.
    pub fn of(
        patterns: Arc<Patterns>,
        energy: Energy,
        field_kind: FieldKind,
    ) -> Result<Self, Error> {
        energy.check()?;
        if patterns.alphabet() != Alphabet::Signs {
            return Err(Error::Format {
                expected: "a dense memory keeps units of ±1".to_owned(),
                found: format!("these are {}", patterns.alphabet()),
            });
        }
        let tables = match field_kind {
            FieldKind::Difference => {
                let differences = energy.differences(patterns.n_units());
                // A pattern that agrees in c units agrees in c − 1 others if it agrees here, else in c.
                let table = |up: bool| table(&differences, usize::from(!up), usize::from(up));
                [table(false), table(true)]
            }
            FieldKind::Gradient => {
                let slopes = table(&energy.slopes(patterns.n_units()), 0, 0);
                [slopes.clone(), slopes]
            }
        };
        Ok(Self {
            patterns,
            energy,
            field_kind,
            tables,
        })
    }

    /// The patterns stored.
    pub fn patterns(&self) -> &Arc<Patterns> {
        &self.patterns
    }

    /// The energy function.
    pub fn energy_function(&self) -> Energy {
        self.energy
    }

    /// Whether the units are real numbers rather than ±1.
    pub fn is_continuous(&self) -> bool {
        let continuous = States::Continuous;
        matches!(self.energy, Energy::LogSumExp { states, .. } if states == continuous)
    }

    /// Number of units N.
    pub fn n_units(&self) -> usize {
        self.patterns.n_units()
    }

    /// Local fields of all units in `state`: O(N P).
    pub fn fields(&self, state: &State) -> Vec<f32> {
        let agreements = self.agreements(state);
        (0..self.n_units())
            .map(|unit| self.field(&agreements, state, unit) as f32)
            .collect()
    }

    /// The energy of `state`.
    pub fn energy(&self, state: &State) -> f64 {
        let overlaps = self.dots(state);
        let n_units = self.n_units() as f64;
        if self.is_continuous() {
            graded::energy(self, &overlaps, n_units)
        } else {
            self.energy.of(overlaps.into_iter(), n_units)
        }
    }

    /// How strongly each memory pulls at a state with overlaps u_μ, −N to N: F'(u_μ) as a share of all, so that
    /// sizes sum to 1; a negative share pushes away. All 0 where nothing pulls.
    pub fn weights(&self, overlaps: &[f64]) -> Vec<f32> {
        let shares = self.shares(overlaps);
        shares.into_iter().map(|share| share as f32).collect()
    }

    fn shares(&self, overlaps: &[f64]) -> Vec<f64> {
        let largest = overlaps.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let n_units = self.n_units() as f64;
        let pull = |u: &f64| self.energy.pull(*u, largest, n_units);
        let mut shares: Vec<f64> = overlaps.iter().map(pull).collect();
        let sum: f64 = shares.iter().map(|pull| pull.abs()).sum();
        if sum > 0.0 {
            shares.iter_mut().for_each(|share| *share /= sum);
        }
        shares
    }

    /// u_μ of `state` for every pattern, −N to N.
    pub(crate) fn dots(&self, state: &State) -> Vec<f64> {
        let dots = self.patterns.dots(state);
        dots.into_iter().map(f64::from).collect()
    }

    /// Where `state` stands: O(N P).
    pub(crate) fn agreements(&self, state: &State) -> Agreements {
        let n_units = self.n_units() as i32;
        let dots = self.patterns.dots(state);
        let counts = dots
            .into_iter()
            .map(|dot| i32::midpoint(n_units, dot))
            .collect();
        Agreements::new(counts)
    }

    /// Takes in that `unit` has just been turned in `state`: O(P).
    pub(crate) fn turned(&self, agreements: &mut Agreements, state: &State, unit: usize) {
        let sign = i32::from(state.units()[unit]);
        add_scaled_signs(&mut agreements.counts, sign, self.patterns.unit(unit));
        agreements.largest = largest(&agreements.counts);
    }

    /// Sums of the table over the patterns that are +1 at `unit`, and over those that are −1: O(P).
    fn sums(&self, agreements: &Agreements, state: &State, unit: usize) -> (f64, f64) {
        let table = &self.tables[usize::from(state.units()[unit] > 0)];
        // Exponentials are taken over the nearest pattern's, which keeps them from vanishing together.
        let top = self.n_units() - agreements.largest as usize;
        let shift = if self.energy.beta().is_some() { top } else { 0 };
        let column = self.patterns.unit(unit);
        sum_by_sign(&table[2 * shift..], &agreements.counts, column)
    }

    /// Whether a pattern weighs less by a factor with every unit of distance, as exponentials do.
    pub(crate) fn falls_off(&self) -> bool {
        self.energy.beta().is_some()
    }

    /// How much a pattern that agrees with the state in c = 0 … N units weighs: a_c and b_c with which twice the
    /// [pull](Self::pull) is Σ_μ a_μ ξ_i^μ − s_i Σ_μ b_μ. Of exponentials, c is counted with the nearest pattern at N.
    pub(crate) fn weights_by_count(&self) -> Vec<[f64; 2]> {
        let table = &self.tables[1];
        let weights = |count: usize| {
            let (unlike, like) = (table[2 * count][0], table[2 * count + 1][1]);
            [unlike + like, unlike - like]
        };
        (0..=self.n_units()).map(weights).collect()
    }

    /// A number with the sign of the field: whole for polynomials, and exact as long as sums stay below 2^53.
    pub(crate) fn pull(&self, agreements: &Agreements, state: &State, unit: usize) -> f64 {
        let (up, down) = self.sums(agreements, state, unit);
        up - down
    }

    /// The local field h_i of `unit`: O(P).
    pub(crate) fn field(&self, agreements: &Agreements, state: &State, unit: usize) -> f64 {
        let (up, down) = self.sums(agreements, state, unit);
        let n_units = self.n_units() as f64;
        let gradient = self.field_kind == FieldKind::Gradient;
        match self.energy {
            Energy::Polynomial { degree } | Energy::Rectified { degree } => {
                let scale = 2.0 * f64::from(degree) * energy::power(n_units, degree - 1);
                (up - down) / scale
            }
            Energy::Exponential { beta } => {
                // ½ c (e^β − e^(−β)) e^(β (v − N)) = e^(β (v − N + 1)), and the table is over the nearest pattern's.
                let nearest = f64::from(agreements.largest) - n_units;
                let unit = if gradient {
                    beta * energy::exponential_unit(beta)
                } else {
                    1.0
                };
                unit * (up - down) * libm::exp(2.0 * beta * nearest)
            }
            Energy::LogSumExp { .. } if gradient => (up - down) / (up + down),
            Energy::LogSumExp { beta, .. } => {
                // (1/2β) ln ((up e^β + down e^(−β)) / (up e^(−β) + down e^β)), with e^β taken out of both.
                let (more, less) = (up.max(down), up.min(down));
                let ratio = -(more - less) * libm::expm1(-2.0 * beta)
                    / (less + more * libm::exp(-2.0 * beta));
                let size = libm::log1p(ratio) / (2.0 * beta);
                if up < down { -size } else { size }
            }
        }
    }
}

/// A table of 2c + b, with entry v of `values` at c = v + `down` for b = 0, and at c = v + `up` for b = 1.
fn table(values: &[f64], down: usize, up: usize) -> Vec<[f64; 2]> {
    let mut table = vec![[0.0; 2]; 2 * values.len() + 2];
    for (place, value) in values.iter().enumerate() {
        table[2 * (place + down)][0] = *value;
        table[2 * (place + up) + 1][1] = *value;
    }
    table
}

impl Agreements {
    /// Of a state that agrees with the patterns in so many units.
    pub(crate) fn new(counts: Vec<i32>) -> Self {
        let largest = largest(&counts);
        Self { counts, largest }
    }
}

fn largest(counts: &[i32]) -> i32 {
    let largest = counts.iter().copied().max();
    largest.expect("there is at least one pattern")
}

#[cfg(test)]
mod tests;
