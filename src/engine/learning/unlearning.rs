//! Unlearning: Hebb's rule, then dreams: J loses (ε/N) s sᵀ for states s that it falls into from random starts
//! (Hopfield, Feinstein & Palmer 1983).
//!
//! A dream starts from random units and turns them one at a time, in random order, to a fixed point. Mostly that is
//! no pattern, or a pattern with a basin too wide, and either is made shallower. J gains P/N on its diagonal from the
//! patterns and loses ε/N to each dream (the diagonal is left out of J, but not of this account), so that P/ε dreams
//! take away as much as the patterns gave. Measured here, N = 400, P = 200 random patterns, ε = 0.01: after 0.3, 0.6, 0.8,
//! 1.0, 1.1 and 1.2 P/ε dreams 1, 85, 100, 100, 20 and 0 % of them are fixed points, and 0, 60, 81, 25, 0 and 0 % come
//! back exactly from 10 % of their units flipped. At P = 40 all do so after each of these.

use super::shared::products::UnitProducts;
use super::shared::rows::{ENTRIES_A_STEP, add_rows, any_row};
use super::symbols;
use super::{
    Group, Learner, Metrics, Rule, RuleInfo, Setting, SettingKind, Shows, StepReport, Symbol,
};
use crate::engine::couplings::Couplings;
use crate::engine::error::Error;
use crate::engine::kernels::add_scaled;
use crate::engine::memory::Memory;
use crate::engine::numbers::{count, count_of, percent, plain};
use crate::engine::patterns::Patterns;
use crate::engine::rng::{Stream, stream};
use crate::engine::settings::{Field, Settings};
use crate::engine::theory::expectation::{Expectation, Load};
use ndarray::Array2;
use rand::RngExt as _;
use rand::seq::SliceRandom as _;
use std::sync::Arc;

/// Settings of unlearning.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Unlearning {
    /// Number of dreams, 0 to 100 000.
    pub dreams: u32,
    /// ε, 1e-4 to 1: how much a dream takes away, as a share of what a pattern adds.
    pub strength: f64,
}

impl Default for Unlearning {
    fn default() -> Self {
        Self {
            dreams: 200,
            strength: 0.01,
        }
    }
}

static ABOUT: RuleInfo = RuleInfo {
    name: "unlearning",
    title: "Unlearning",
    group: Group::Iterative,
    formula: r"J = \frac{1}{N}\, \Xi^{\mathsf{T}}\, \Xi,\quad \Delta J_{ij} = -\frac{\varepsilon}{N}\, s_i s_j \text{ for each dream}",
    legend: &[
        symbols::COUPLING,
        symbols::PATTERNS,
        Symbol::new(
            r"s",
            "fixed point that a random start falls into",
            Shows::Nothing,
        ),
        Symbol::new(r"\varepsilon", "strength of a dream", Shows::Nothing),
        symbols::UNITS,
    ],
    summary: "Learns like Hebb's rule and then dreams: whatever random starts fall into is made a little shallower",
    capacity: "Of random patterns at α = 0.5 most come back from 10 % flipped after 0.6 to 0.8 P/ε dreams; all are fixed points at P/ε, hardly any at 1.2 P/ε",
    reference: "Hopfield, Feinstein & Palmer, Nature 304, 158 (1983); Crick & Mitchison, Nature 304, 111 (1983)",
    n_first: 2,
    presets: &[],
};

impl Settings for Unlearning {
    const FIELDS: &'static [Field<Self>] = &[
        Field::new(
            Setting {
                key: "dreams",
                label: "Dreams",
                help: "Larger first clears away spurious states and evens the basins; beyond about 1.1 P/ε it wipes out the patterns as well",
                kind: SettingKind::Whole {
                    min: 0,
                    max: 100_000,
                    logarithmic: true,
                },
            },
            |rule| f64::from(rule.dreams),
            |rule, value| rule.dreams = value as u32,
        ),
        Field::new(
            Setting {
                key: "strength",
                label: "Strength ε",
                help: "Larger takes more away in each dream, so that fewer are needed, and more coarsely",
                kind: SettingKind::Number {
                    min: 1e-4,
                    max: 1.0,
                    logarithmic: true,
                },
            },
            |rule| rule.strength,
            |rule, value| rule.strength = value,
        ),
    ];
}

impl Rule for Unlearning {
    fn about(&self) -> &'static RuleInfo {
        &ABOUT
    }

    fn start(&self, patterns: Arc<Patterns>, seed: u64) -> Box<dyn Learner> {
        Box::new(Dreaming {
            rule: *self,
            dream: Dream::new(patterns.n_units(), stream(seed, "dreams")),
            products: UnitProducts::new(patterns),
            weights: None,
            dreams_done: 0,
        })
    }

    fn expectation(&self, load: Load) -> Option<Expectation> {
        let Self { dreams, strength } = *self;
        let all = load.n_patterns as f64 / strength;
        let share = f64::from(dreams) / all;
        let advice = if share >= LOST {
            "loaded with random ones, hardly any is left".to_owned()
        } else {
            let best = count((BEST * all).round() as u64);
            format!("random ones come back from most noise after about {best}")
        };
        let dreams = count_of(u64::from(dreams), "dream");
        let said = format!(
            "{dreams} of ε = {} take away {} of what the patterns gave: {advice}",
            plain(strength),
            percent(share)
        );
        Some(Expectation {
            said: vec![said],
            ..Expectation::default()
        })
    }
}

/// Share of P/ε dreams after which random patterns come back from most noise.
const BEST: f64 = 0.7;

/// Share of P/ε dreams after which hardly any of many random patterns is a fixed point.
const LOST: f64 = 1.2;

struct Dreaming {
    rule: Unlearning,
    products: UnitProducts,
    /// W = N J with zeros on the diagonal, once the products are counted.
    weights: Option<Array2<f32>>,
    dream: Dream,
    dreams_done: u32,
}

impl Learner for Dreaming {
    fn step(&mut self) -> Option<StepReport> {
        if self.products.step() {
            return Some(self.lesson());
        }
        if self.dreams_done == self.rule.dreams {
            return None;
        }
        let weights = self
            .weights
            .get_or_insert_with(|| Arc::unwrap_or_clone(self.products.matrix()));
        let mut left = ENTRIES_A_STEP.div_ceil(weights.nrows());
        while left > 0 && self.dreams_done < self.rule.dreams {
            let strength = self.rule.strength as f32;
            let Progress { rows, woke } = self.dream.next_rows(weights, strength, left);
            left -= rows;
            self.dreams_done += u32::from(woke);
        }
        Some(self.lesson())
    }

    fn memory(&self) -> Result<Memory, Error> {
        let weights = match &self.weights {
            Some(weights) => weights.clone(),
            None => Arc::unwrap_or_clone(self.products.matrix()),
        };
        let scale = 1.0 / weights.nrows() as f32;
        Couplings::new(weights, scale).map(Memory::Pairwise)
    }

    /// A dream sums up N rows, turns over about half of the units, and takes away from N rows.
    fn work(&self) -> f64 {
        let n_units = self.products.patterns().n_units() as f64;
        self.products.work() + 6.0 * n_units * n_units * f64::from(self.rule.dreams)
    }
}

impl Dreaming {
    fn lesson(&self) -> StepReport {
        let dreamt = f64::from(self.dreams_done) / f64::from(self.rule.dreams.max(1));
        StepReport {
            done: 0.01 * self.products.done() + 0.99 * dreamt as f32,
            standing: Some(Metrics {
                iteration: u64::from(self.dreams_done),
                ..Metrics::default()
            }),
        }
    }
}

/// One dream after the other, some rows of the couplings at a time.
struct Dream {
    rng: Stream,
    /// s, each ±1.
    state: Vec<f32>,
    /// W s.
    fields: Vec<f32>,
    /// The units in the order of the sweep under way.
    order: Vec<usize>,
    phase: Phase,
}

/// What a dream does next.
#[derive(Clone, Copy)]
enum Phase {
    /// Sums up the fields, from the row of this unit on; before the first, the state is drawn.
    Starting(usize),
    /// Turns units over, from this place of the order on.
    Falling { place: usize, turned: bool },
    /// Takes away from the rows, from that of this unit on.
    Forgetting(usize),
}

/// What a part of a dream came to: rows gone through, and whether it was the last part.
struct Progress {
    rows: usize,
    woke: bool,
}

impl Dream {
    fn new(n_units: usize, rng: Stream) -> Self {
        Self {
            rng,
            state: vec![1.0; n_units],
            fields: vec![0.0; n_units],
            order: (0..n_units).collect(),
            phase: Phase::Starting(0),
        }
    }

    /// Goes through up to `count` rows of W, or one sweep in which no unit turns.
    fn next_rows(&mut self, weights: &mut Array2<f32>, strength: f32, count: usize) -> Progress {
        let n_units = self.state.len();
        let some = |first: usize| first..(first + count).min(n_units);
        let mut progress = Progress {
            rows: 1,
            woke: false,
        };
        match self.phase {
            Phase::Starting(first) => {
                if first == 0 {
                    let rng = &mut self.rng;
                    self.state
                        .fill_with(|| if rng.random() { 1.0 } else { -1.0 });
                    self.fields.fill(0.0);
                }
                let (rows, state) = (some(first), &self.state);
                add_rows(&mut self.fields, weights, rows.clone(), |unit| state[unit]);
                progress.rows = rows.len();
                self.phase = Phase::Starting(rows.end);
                if rows.end == n_units {
                    self.begin_sweep();
                }
            }
            Phase::Falling { place, turned } => self.fall(weights, place, turned),
            Phase::Forgetting(first) => {
                let (rows, state) = (some(first), &self.state);
                any_row(weights, rows.clone(), |unit, row| {
                    add_scaled(row, -strength * state[unit], state);
                    row[unit] = 0.0;
                    false
                });
                progress.rows = rows.len();
                self.phase = Phase::Forgetting(rows.end);
                if rows.end == n_units {
                    self.phase = Phase::Starting(0);
                    progress.woke = true;
                }
            }
        }
        progress
    }

    fn begin_sweep(&mut self) {
        self.order.shuffle(&mut self.rng);
        self.phase = Phase::Falling {
            place: 0,
            turned: false,
        };
    }

    /// Turns the next unit that stands against its field, or ends the sweep; without a turn it was the last one.
    fn fall(&mut self, weights: &mut Array2<f32>, place: usize, turned: bool) {
        for (place, unit) in self.order.iter().copied().enumerate().skip(place) {
            if self.state[unit] * self.fields[unit] < 0.0 {
                self.state[unit] = -self.state[unit];
                add_scaled(&mut self.fields, 2.0 * self.state[unit], row(weights, unit));
                self.phase = Phase::Falling {
                    place: place + 1,
                    turned: true,
                };
                return;
            }
        }
        if turned {
            self.begin_sweep();
        } else {
            self.phase = Phase::Forgetting(0);
        }
    }
}

/// Row `unit` of W, which is its column too.
fn row(weights: &mut Array2<f32>, unit: usize) -> &mut [f32] {
    let n_units = weights.ncols();
    let all = weights.as_slice_mut().expect("made in standard layout");
    &mut all[unit * n_units..(unit + 1) * n_units]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::learning::LearningRule;
    use crate::engine::patterns::Grid;
    use ndarray::array;

    fn two_patterns() -> Arc<Patterns> {
        let rows = array![[1, 1, 1, -1, -1, 1], [1, -1, 1, -1, 1, 1]];
        Arc::new(Patterns::new(rows, Grid::near_square(6), None).unwrap())
    }

    fn learn(text: &str) -> Memory {
        let rule = LearningRule::parse(text).unwrap();
        rule.learn(two_patterns(), 3).unwrap()
    }

    #[test]
    fn without_a_dream_it_is_hebbs_rule() {
        assert_eq!(learn("unlearning:dreams=0"), learn("hebb"));
    }

    #[test]
    fn a_dream_takes_away_a_fixed_point() {
        let [hebb, dreamt] = [learn("hebb"), learn("unlearning:dreams=1,strength=0.25")];
        let [hebb, dreamt] = [&hebb, &dreamt].map(|memory| memory.couplings().unwrap());
        // N (J − J') / ε is s sᵀ without the diagonal: its first row, with s_0 = 1, is s.
        let taken = (hebb.to_array() - dreamt.to_array()) * (6.0 / 0.25);
        let taken = taken.mapv(f32::round);
        let mut state = taken.row(0).to_owned();
        state[0] = 1.0;
        for i in 0..6 {
            for j in (0..6).filter(|j| *j != i) {
                assert_eq!(taken[[i, j]], state[i] * state[j]);
            }
            assert!(state[i] * hebb.weights().row(i).dot(&state) >= 0.0);
        }
    }

    #[test]
    fn dreams_are_counted_and_stop_in_time() {
        let rule = LearningRule::parse("unlearning:dreams=7").unwrap();
        let mut learner = rule.start(two_patterns(), 1).unwrap();
        let mut iterations = 0;
        while let Some(lesson) = learner.step() {
            iterations = lesson.standing.unwrap().iteration;
        }
        assert_eq!(iterations, 7);
    }
}
