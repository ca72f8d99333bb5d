//! Hebb's rule: J_ij = (1/N) Σ_μ ξ_i^μ ξ_j^μ (Hopfield 1982), or of patterns less their means.
//!
//! The sums are counted on packed bits and kept as whole numbers, with the 1/N as the couplings' scale; whole they
//! are no longer where means are taken off.

use super::shared::products::UnitProducts;
use super::symbols;
use super::{
    Diagonal, Group, Learner, Rule, RuleInfo, Setting, SettingKind, Shows, StepReport, Symbol,
};
use crate::engine::couplings::Couplings;
use crate::engine::error::Error;
use crate::engine::memory::Memory;
use crate::engine::numbers::{count, percent, plain};
use crate::engine::patterns::Patterns;
use crate::engine::settings::{Choices as _, Field, Settings, choices};
use crate::engine::theory::expectation::{Capacity, Expectation, Load};
use crate::engine::theory::mean_field::{HEBB_CAPACITY, hebb_overlap};
use crate::engine::theory::signal_to_noise::{Coefficients, hebb_bit_error};
use ndarray::Array2;
use std::borrow::Cow;
use std::sync::Arc;

/// Settings of Hebb's rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Hebb {
    /// Whether J_ii = P/N is kept.
    pub diagonal: Diagonal,
    /// What is taken off the patterns first.
    pub centring: Centring,
}

/// What Hebb's rule takes off the patterns before it multiplies them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Centring {
    /// Nothing: Hopfield's couplings.
    #[default]
    None,
    /// From each unit its mean over the patterns: the covariance of the units.
    Unit,
    /// From every unit the mean over units and patterns.
    All,
}

choices!(Centring: None = "none", Unit = "unit" / "per unit", All = "all" / "overall");

static ABOUT: RuleInfo = RuleInfo {
    name: "hebb",
    title: "Hebb",
    group: Group::OneShot,
    formula: r"J_{ij} = \frac{1}{N} \sum_{\mu=1}^{P} \xi_i^\mu \xi_j^\mu",
    legend: &[
        symbols::COUPLING,
        symbols::PATTERN,
        Symbol::new(
            r"\bar\xi_i",
            "mean of unit i over the patterns",
            Shows::Patterns,
        ),
        symbols::UNITS,
        symbols::COUNT,
    ],
    summary: "Units that agree in a pattern pull each other the same way, units that differ push apart",
    capacity: "Restores random patterns with few errors (overlap 0.97) up to α = 0.138; patterns that overlap on average blend far below",
    reference: "Hebb 1949; Hopfield, PNAS 79, 2554 (1982); centred: Amit, Gutfreund & Sompolinsky, PRA 35, 2293 (1987)",
    n_first: 2,
    presets: &[],
};

impl Settings for Hebb {
    const FIELDS: &'static [Field<Self>] = &[
        Field::new(
            Diagonal::SETTING,
            |rule| rule.diagonal.place(),
            |rule, value| rule.diagonal = Diagonal::at(value),
        ),
        Field::new(
            Setting {
                key: "centring",
                label: "Subtract mean",
                help: "None: patterns as they are. Per unit: from each unit its mean over the patterns, so that what all share is not learned. Overall: from every unit the mean over everything",
                kind: SettingKind::Choice(Centring::ITEMS),
            },
            |rule| rule.centring.place(),
            |rule, value| rule.centring = Centring::at(value),
        ),
    ];
}

impl Rule for Hebb {
    fn about(&self) -> &'static RuleInfo {
        &ABOUT
    }

    fn start(&self, patterns: Arc<Patterns>, _seed: u64) -> Box<dyn Learner> {
        Box::new(HebbLearner {
            rule: *self,
            products: UnitProducts::new(patterns),
        })
    }

    fn formula(&self) -> Cow<'static, str> {
        match self.centring {
            Centring::None => ABOUT.formula.into(),
            Centring::Unit => r"J_{ij} = \frac{1}{N} \sum_{\mu=1}^{P} (\xi_i^\mu - \bar\xi_i)(\xi_j^\mu - \bar\xi_j)".into(),
            Centring::All => r"J_{ij} = \frac{1}{N} \sum_{\mu=1}^{P} (\xi_i^\mu - \bar\xi)(\xi_j^\mu - \bar\xi)".into(),
        }
    }

    fn expectation(&self, load: Load) -> Option<Expectation> {
        let alpha = load.alpha();
        let (bit_error, overlap) = (hebb_bit_error(alpha), hebb_overlap(alpha));
        let error = percent(bit_error);
        let kept = match overlap {
            Some(overlap) => format!("settle at an overlap of {}", plain(overlap)),
            None => format!("are lost, as all are beyond α = {HEBB_CAPACITY:.3}"),
        };
        let mut remarks = vec![format!(
            "Random patterns at α = {}: {error} of the units wrong after one step; in large networks they {kept}",
            plain(alpha)
        )];
        let activity = load.activity;
        let pull = load.n_patterns as f64 * activity.abs().powi(3);
        if self.centring == Centring::None && pull > 1.0 {
            remarks.push(format!(
                "The mean activity of {} pulls all states {} times as strongly as a pattern does: subtract means",
                plain((100.0 * activity).round() / 100.0),
                count(pull.round() as u64)
            ));
        }
        if self.centring == Centring::Unit && load.n_patterns == 1 {
            remarks.push("A single pattern is its own mean: nothing is stored".to_owned());
        }
        if remarks.len() > 1 {
            // What is said then is that the numbers do not hold.
            return Some(Expectation {
                said: remarks,
                ..Expectation::default()
            });
        }
        let (n_units, n_patterns) = (load.n_units, load.n_patterns);
        Some(Expectation {
            signal_to_noise: Some(Coefficients::HEBB.signal_to_noise(n_units, n_patterns)),
            bit_error: Some(bit_error),
            overlap: Some(overlap.unwrap_or(0.0)),
            capacity: Some(Capacity::of(
                HEBB_CAPACITY * n_units as f64,
                "large networks settle near the patterns (Amit, Gutfreund and Sompolinsky)",
            )),
            said: remarks,
            ..Expectation::default()
        })
    }
}

struct HebbLearner {
    rule: Hebb,
    products: UnitProducts,
}

impl HebbLearner {
    /// What is taken off each unit, if anything.
    fn means(&self) -> Option<Vec<f64>> {
        let patterns = self.products.patterns();
        let n_patterns = patterns.n_patterns() as f64;
        match self.rule.centring {
            Centring::None => None,
            Centring::Unit => {
                let sums = patterns.unit_sums().iter();
                Some(sums.map(|sum| f64::from(*sum) / n_patterns).collect())
            }
            Centring::All => Some(vec![patterns.mean_activity(); patterns.n_units()]),
        }
    }
}

impl Learner for HebbLearner {
    fn step(&mut self) -> Option<StepReport> {
        self.products
            .step()
            .then(|| StepReport::one_shot(self.products.done()))
    }

    fn memory(&self) -> Result<Memory, Error> {
        let patterns = self.products.patterns();
        let mut weights = self.products.matrix();
        let scale = 1.0 / patterns.n_units() as f32;
        if self.rule.centring == Centring::None && self.rule.diagonal == Diagonal::Zero {
            return Ok(Memory::Pairwise(Couplings::counted(weights, scale)));
        }
        let own = Arc::make_mut(&mut weights);
        own.diag_mut().fill(patterns.n_patterns() as f32);
        if let Some(means) = self.means() {
            take_off(own, &means, patterns);
        }
        if self.rule.diagonal == Diagonal::Zero {
            own.diag_mut().fill(0.0);
        }
        Couplings::new(Arc::unwrap_or_clone(weights), scale).map(Memory::Pairwise)
    }

    fn work(&self) -> f64 {
        let n_units = self.products.patterns().n_units() as f64;
        self.products.work() + 5.0 * n_units * n_units
    }
}

/// Σ_μ (ξ_i − m_i)(ξ_j − m_j) = Σ_μ ξ_i ξ_j − m_j S_i − m_i S_j + P m_i m_j, from the products in `weights`.
fn take_off(weights: &mut Array2<f32>, means: &[f64], patterns: &Patterns) {
    let sums: Vec<f64> = patterns
        .unit_sums()
        .iter()
        .copied()
        .map(f64::from)
        .collect();
    let n_patterns = patterns.n_patterns() as f64;
    for ((mut row, m_i), s_i) in weights.outer_iter_mut().zip(means).zip(&sums) {
        for ((weight, m_j), s_j) in row.iter_mut().zip(means).zip(&sums) {
            // Each term is the same for (i, j) and (j, i), so that the couplings are symmetric to the last bit.
            let linear = m_j * s_i + m_i * s_j;
            *weight = (f64::from(*weight) - linear + n_patterns * (m_i * m_j)) as f32;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::patterns::Grid;
    use ndarray::array;

    fn learn(rule: Hebb) -> Couplings {
        let rows = array![[1, 1, -1], [1, -1, -1]];
        let patterns = Patterns::new(rows, Grid::near_square(3), None).unwrap();
        let mut learner = rule.start(Arc::new(patterns), 1);
        while learner.step().is_some() {}
        learner.memory().unwrap().couplings().unwrap().clone()
    }

    fn kept(centring: Centring) -> Hebb {
        Hebb {
            diagonal: Diagonal::Kept,
            centring,
        }
    }

    #[test]
    fn three_units_by_hand() {
        let zero = learn(Hebb::default());
        assert_eq!(
            zero.weights(),
            array![[0.0, 0.0, -2.0], [0.0, 0.0, 0.0], [-2.0, 0.0, 0.0]]
        );
        assert_eq!(zero.value(0, 2), -2.0 / 3.0);
        assert_eq!(
            learn(kept(Centring::None)).weights().diag(),
            array![2.0, 2.0, 2.0]
        );
    }

    #[test]
    fn means_are_taken_off_by_hand() {
        // Units 0 and 2 never change: only unit 1 has a variance.
        let mut variance = Array2::zeros((3, 3));
        variance[[1, 1]] = 2.0;
        assert_eq!(learn(kept(Centring::Unit)).weights(), variance);
        // The mean over everything is 0 here.
        assert_eq!(learn(kept(Centring::All)), learn(kept(Centring::None)));
    }
}
