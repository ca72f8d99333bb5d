//! Storkey's rule: Hebb's, less what the couplings so far already do to a pattern (Storkey 1997).
//!
//! For one pattern after the other, W_ij gains ξ_i ξ_j − ξ_i H_ji − H_ij ξ_j with H_ij = (1/N) Σ_{k≠i,j} W_ik ξ_k, and
//! J = W/N. The extended rule adds + H_ij H_ji, and may grow without end at loads near 0.8.

use super::shared::rows::{ENTRIES_A_STEP, add_rows, any_row, out_of_bounds};
use super::symbols;
use super::{
    Diagonal, Group, Learner, Rule, RuleInfo, Setting, SettingKind, Shows, StepReport, Symbol,
};
use crate::engine::couplings::Couplings;
use crate::engine::error::Error;
use crate::engine::kernels::dispatch;
use crate::engine::memory::Memory;
use crate::engine::numbers::count;
use crate::engine::patterns::Patterns;
use crate::engine::settings::{Choices as _, Field, Settings, choices};
use crate::engine::theory::expectation::{Capacity, Expectation, Load};
use ndarray::Array2;
use std::borrow::Cow;
use std::sync::Arc;

/// Settings of Storkey's rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Storkey {
    /// Which terms there are.
    pub order: StorkeyOrder,
    /// Whether J_ii, which no other coupling depends on, is kept.
    pub diagonal: Diagonal,
}

/// Which terms of Storkey's rule there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum StorkeyOrder {
    /// Those linear in the local fields.
    #[default]
    First,
    /// H_ij H_ji as well.
    Extended,
}

choices!(StorkeyOrder: First = "first", Extended = "extended");

static ABOUT: RuleInfo = RuleInfo {
    name: "storkey",
    title: "Storkey",
    group: Group::OneShot,
    formula: r"\Delta J_{ij} = \frac{1}{N} \left(\xi_i^\mu \xi_j^\mu - \xi_i^\mu H_{ji} - H_{ij} \xi_j^\mu\right)",
    legend: &[
        symbols::COUPLING,
        symbols::PATTERN,
        Symbol::new(
            r"H_{ij} = \sum_{k \neq i,j} J_{ik} \xi_k^\mu",
            "what the memory so far does to the pattern at hand",
            Shows::Nothing,
        ),
        symbols::UNITS,
    ],
    summary: "Takes one pattern after the other like Hebb's rule, and leaves out what the couplings already say of it",
    capacity: "Makes about N/√(2 ln N) random patterns exact fixed points, Hebb's rule N/(2 ln N); wider basins",
    reference: "Storkey, ICANN 1997; Storkey & Valabregue, Neural Networks 12, 869 (1999)",
    n_first: 1,
    presets: &[],
};

impl Settings for Storkey {
    const FIELDS: &'static [Field<Self>] = &[
        Field::new(
            Setting {
                key: "order",
                label: "Terms",
                help: "First: linear in the fields H. Extended: + H_ij H_ji, a little more stable at large loads until it grows without end near α = 0.8",
                kind: SettingKind::Choice(StorkeyOrder::ITEMS),
            },
            |rule| rule.order.place(),
            |rule, value| rule.order = StorkeyOrder::at(value),
        ),
        Field::new(
            Diagonal::SETTING,
            |rule| rule.diagonal.place(),
            |rule, value| rule.diagonal = Diagonal::at(value),
        ),
    ];
}

impl Rule for Storkey {
    fn about(&self) -> &'static RuleInfo {
        &ABOUT
    }

    fn start(&self, patterns: Arc<Patterns>, _seed: u64) -> Box<dyn Learner> {
        let n_units = patterns.n_units();
        Box::new(StorkeyLearner {
            rule: *self,
            patterns,
            weights: Array2::zeros((n_units, n_units)),
            diagonal: vec![0.0; n_units],
            fields: vec![0.0; n_units],
            patterns_done: 0,
            rows_done: 0,
            diverged: false,
        })
    }

    fn formula(&self) -> Cow<'static, str> {
        match self.order {
            StorkeyOrder::First => ABOUT.formula.into(),
            StorkeyOrder::Extended => {
                r"\Delta J_{ij} = \frac{1}{N} \left(\xi_i^\mu \xi_j^\mu - \xi_i^\mu H_{ji} - H_{ij} \xi_j^\mu + H_{ij} H_{ji}\right)".into()
            }
        }
    }

    fn expectation(&self, load: Load) -> Option<Expectation> {
        let n_units = load.n_units as f64;
        let most = 1.0 / (2.0 * libm::log(n_units.max(2.0))).sqrt();
        let below = if load.alpha() <= most {
            "all should be"
        } else {
            "some are not"
        };
        let mut remarks = vec![format!(
            "Random patterns are exact fixed points up to about {}, α = {most:.2}: {below}",
            count((most * n_units).round() as u64)
        )];
        if self.order == StorkeyOrder::Extended && load.alpha() > 0.7 {
            remarks.push("Beyond α of about 0.8 the extended rule grows without end".to_owned());
        }
        Some(Expectation {
            capacity: Some(Capacity::of(
                most * n_units,
                "patterns are exact fixed points (Storkey)",
            )),
            said: remarks,
            ..Expectation::default()
        })
    }
}

struct StorkeyLearner {
    rule: Storkey,
    patterns: Arc<Patterns>,
    /// W, with zeros on the diagonal.
    weights: Array2<f32>,
    /// W_ii.
    diagonal: Vec<f32>,
    /// h_i = (1/N) Σ_k W_ik ξ_k of the pattern at hand: H_ij is h_i − W_ij ξ_j / N.
    fields: Vec<f32>,
    patterns_done: usize,
    /// Rows gone through for the pattern at hand: N for its fields, then N to change them.
    rows_done: usize,
    diverged: bool,
}

impl StorkeyLearner {
    /// Goes through up to `count` rows, to sum up fields or to change them; how many.
    fn next_rows(&mut self, count: usize) -> usize {
        let n_units = self.patterns.n_units();
        let units = self.patterns.pattern(self.patterns_done);
        let first = self.rows_done % n_units;
        let rows = first..(first + count).min(n_units);
        if self.rows_done == 0 {
            self.fields.fill(0.0);
        }
        let (order, fields) = (self.rule.order, &mut self.fields);
        if self.rows_done < n_units {
            let share = |unit: usize| f32::from(units[unit]) / n_units as f32;
            add_rows(fields, &self.weights, rows.clone(), share);
        } else {
            for unit in rows.clone() {
                let own = f32::from(units[unit]) * fields[unit];
                self.diagonal[unit] += match order {
                    StorkeyOrder::First => 1.0 - 2.0 * own,
                    StorkeyOrder::Extended => 1.0 - 2.0 * own + own * own,
                };
            }
            self.diverged = any_row(&mut self.weights, rows.clone(), |unit, row| {
                change(order, row, unit, units, fields);
                row[unit] = 0.0;
                out_of_bounds(row)
            });
        }
        self.rows_done += rows.len();
        if self.rows_done == 2 * n_units {
            self.rows_done = 0;
            self.patterns_done += usize::from(!self.diverged);
        }
        rows.len()
    }
}

/// Adds ξ_i ξ_j − ξ_i H_ji − H_ij ξ_j, and H_ij H_ji if extended, to W_ij for all j.
///
/// Whatever is summed first is the same for (i, j) and (j, i), so that W is symmetric to the last bit.
fn change(order: StorkeyOrder, row: &mut [f32], i: usize, units: &[i8], fields: &[f32]) {
    let scale = 1.0 / row.len() as f32;
    let (unit, field) = (f32::from(units[i]), fields[i]);
    let all = row.iter_mut().zip(units).zip(fields);
    dispatch(|| match order {
        StorkeyOrder::First => {
            for ((weight, other), other_field) in all {
                let other = f32::from(*other);
                let fields = unit * other_field + field * other;
                *weight += unit * other - fields + 2.0 * (*weight * scale);
            }
        }
        StorkeyOrder::Extended => {
            for ((weight, other), other_field) in all {
                let other = f32::from(*other);
                let one = field - *weight * scale * other;
                let two = other_field - *weight * scale * unit;
                *weight += unit * other - (unit * two + one * other) + one * two;
            }
        }
    });
}

impl Learner for StorkeyLearner {
    fn step(&mut self) -> Option<StepReport> {
        let (n_patterns, n_units) = self.patterns.rows().dim();
        if self.patterns_done == n_patterns || self.diverged {
            return None;
        }
        let mut left = ENTRIES_A_STEP.div_ceil(n_units);
        while left > 0 && self.patterns_done < n_patterns && !self.diverged {
            left -= self.next_rows(left);
        }
        Some(StepReport::one_shot(
            self.patterns_done as f32 / n_patterns as f32,
        ))
    }

    fn memory(&self) -> Result<Memory, Error> {
        if self.diverged {
            return Err(Error::Diverged {
                when: format!(
                    "pattern {} of {}",
                    self.patterns_done + 1,
                    self.patterns.n_patterns()
                ),
                remedy: "store fewer patterns, or take the terms of first order",
            });
        }
        let mut weights = self.weights.clone();
        if self.rule.diagonal == Diagonal::Kept {
            weights.diag_mut().assign(&ndarray::aview1(&self.diagonal));
        }
        let scale = 1.0 / weights.nrows() as f32;
        Couplings::new(weights, scale).map(Memory::Pairwise)
    }

    fn work(&self) -> f64 {
        let n_units = self.patterns.n_units() as f64;
        10.0 * n_units * n_units * self.patterns.n_patterns() as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::patterns::Grid;
    use ndarray::array;

    fn learn(rows: Array2<i8>, rule: Storkey) -> Result<Memory, Error> {
        let grid = Grid::near_square(rows.ncols());
        let patterns = Arc::new(Patterns::new(rows, grid, None).unwrap());
        let mut learner = rule.start(patterns, 1);
        while learner.step().is_some() {}
        learner.memory()
    }

    fn three(order: StorkeyOrder) -> Array2<f32> {
        let rows = array![[1, 1, 1, 1], [1, 1, -1, -1], [1, -1, 1, 1]];
        let rule = Storkey {
            order,
            diagonal: Diagonal::Zero,
        };
        let memory = learn(rows, rule).unwrap();
        // W = N J with N = 4.
        memory.couplings().unwrap().to_array() * 4.0
    }

    #[test]
    fn three_patterns_by_hand() {
        // Four units, so that all is exact. The first pattern, (+ + + +), meets no couplings: W_ij = 1.
        //
        // The second, (+ + − −): h = W ξ/4 = (−1, −1, 1, 1)/4. With H_ij = h_i − W_ij ξ_j/4:
        //   H_01 = −1/4 − 1/4 = −1/2 = H_10, so W_01 = 1 + [1 + 1/2 + 1/2] = 3; so W_23 = 3 with H_23 = 1/4 + 1/4.
        //   H_02 = −1/4 + 1/4 = 0 and H_20 = 1/4 − 1/4 = 0, so W_02 = 1 − 1 = 0; so W_03 = W_12 = W_13 = 0.
        //
        // The third, (+ − + +): h_0 = 3·(−1)/4 = −3/4, h_1 = 3/4, h_2 = h_3 = 3/4.
        //   H_01 = −3/4 + 3/4 = 0, H_10 = 3/4 − 3/4 = 0, so W_01 = 3 − 1 = 2.
        //   H_23 = H_32 = 3/4 − 3/4 = 0, so W_23 = 3 + 1 = 4.
        //   H_02 = −3/4, H_20 = 3/4: W_02 = 1 − 3/4 + 3/4 = 1 = W_03.
        //   H_12 = 3/4, H_21 = 3/4: W_12 = −1 + 3/4 − 3/4 = −1 = W_13.
        let expected = array![
            [0.0, 2.0, 1.0, 1.0],
            [2.0, 0.0, -1.0, -1.0],
            [1.0, -1.0, 0.0, 4.0],
            [1.0, -1.0, 4.0, 0.0]
        ];
        assert_eq!(three(StorkeyOrder::First), expected);
    }

    #[test]
    fn three_patterns_by_hand_with_the_extended_term() {
        // As above with + H_ij H_ji. The second pattern: W_01 = W_23 = 3 + 1/4, the others 0 + 0.
        //
        // The third: h = (−13, 13, 13, 13)/16, and H_01 = −13/16 + 13/16 = 0 = H_10 = H_23 = H_32 as before:
        //   W_01 = 13/4 − 1 = 9/4, W_23 = 13/4 + 1 = 17/4.
        //   W_02 = W_03 = 1 − 13/16 + 13/16 − (13/16)² = 1 − 169/256 = 87/256.
        //   W_12 = W_13 = −1 + 13/16 − 13/16 + 169/256 = −87/256.
        let x = 87.0 / 256.0;
        let expected = array![
            [0.0, 2.25, x, x],
            [2.25, 0.0, -x, -x],
            [x, -x, 0.0, 4.25],
            [x, -x, 4.25, 0.0]
        ];
        assert_eq!(three(StorkeyOrder::Extended), expected);
    }

    #[test]
    fn what_grows_without_end_is_told() {
        use crate::engine::rng::stream;
        use rand::RngExt as _;
        let mut rng = stream(4, "test patterns");
        let rows =
            Array2::from_shape_simple_fn((150, 100), || if rng.random() { 1 } else { -1_i8 });
        let extended = Storkey {
            order: StorkeyOrder::Extended,
            ..Storkey::default()
        };
        let error = learn(rows.clone(), extended).unwrap_err().to_string();
        assert!(
            error.starts_with("the couplings grew beyond all bounds at pattern ")
                && error.ends_with("store fewer patterns, or take the terms of first order"),
            "{error}"
        );
        let memory = learn(rows, Storkey::default()).unwrap();
        assert_eq!(memory.couplings().unwrap().asymmetry(), 0.0);
    }
}
