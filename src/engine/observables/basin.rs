//! A basin of attraction, sounded: cues of growing corruption, each from a stored pattern to where it settles.
//!
//! Cue k of [`N_CUES`] starts at overlap m_0 = k / ([`N_CUES`] − 1) with its pattern, rounded up to what N units can have:
//! ⌊N (1 − m_0) / 2⌋ units are flipped or, of letters, ⌊N (1 − m_0)⌋ mutated. Where it ends is measured by the overlap
//! with the same pattern. Every cue has random streams of its own, so that it ends in the same bits however many are
//! settled together. Absent: when to sound, and how long a step may take.

use super::blends::RETRIEVED;
use super::crossing::crossing;
use crate::engine::corrupt::Corruption;
use crate::engine::dense::DenseMemory;
use crate::engine::dynamics::{Batch, Dynamics, Relaxation};
use crate::engine::memory::Memory;
use crate::engine::patterns::{Grid, Patterns, State};
use crate::engine::rng::stream;
use rand::RngExt as _;
use rand::seq::index::sample;
use std::sync::Arc;

/// Cues that a basin is sounded with.
pub const N_CUES: usize = 200;

/// Most sweeps of a cue, whatever the recipe allows: all but warm and cyclic runs are over by then.
const MOST_SWEEPS: u64 = 100;

/// From one cue to the next that is settled: about the golden section of [`N_CUES`], and without a common divisor, so that
/// the first few lie all over the axis.
const STRIDE: usize = 123;

/// Cues on either side that a mean is taken over.
const NEIGHBOURS: usize = 10;

/// Start overlap from which on [`Basin::recalled`] counts.
pub const HALFWAY: f64 = 0.5;

/// One cue and what became of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sounding {
    /// Which of the cues, 0 to [`N_CUES`] − 1: larger starts nearer to its pattern.
    pub cue: usize,
    /// The stored pattern it was made of.
    pub pattern: usize,
    /// Its overlap with that pattern.
    pub start: f64,
    /// The overlap where it ends.
    pub end: f64,
}

/// Cues from the most corrupted to the pattern itself; some may not have been settled yet.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Basin {
    /// In the order of the cues.
    pub soundings: Vec<Sounding>,
}

impl Basin {
    /// Whether every cue is there.
    pub fn is_whole(&self) -> bool {
        self.soundings.len() == N_CUES
    }

    /// Those of `before` whose cue is not here.
    #[must_use]
    pub fn missing(&self, before: &Self) -> Self {
        let known = |cue: usize| self.soundings.binary_search_by_key(&cue, |it| it.cue);
        let soundings = before.soundings.iter().copied();
        Self {
            soundings: soundings.filter(|it| known(it.cue).is_err()).collect(),
        }
    }

    /// These and, where a cue is not here, those of `before`.
    #[must_use]
    pub fn over(self, before: &Self) -> Self {
        let mut soundings = self.missing(before).soundings;
        soundings.extend(self.soundings);
        soundings.sort_by_key(|it| it.cue);
        Self { soundings }
    }

    /// Mean start and mean end of each cue and its ten neighbours on either side; at the ends, of those there are.
    /// Empty until every cue is there.
    pub fn smoothed(&self) -> Vec<[f64; 2]> {
        if !self.is_whole() {
            return Vec::new();
        }
        let mean = |cue: usize| {
            let last = (cue + NEIGHBOURS).min(N_CUES - 1);
            let near = &self.soundings[cue.saturating_sub(NEIGHBOURS)..=last];
            let sums = near.iter().fold([0.0, 0.0], |[start, end], it| {
                [start + it.start, end + it.end]
            });
            sums.map(|sum| sum / near.len() as f64)
        };
        (0..N_CUES).map(mean).collect()
    }

    /// m_c: the start overlap from which on the smoothed end is at least [`RETRIEVED`]; `None` where it is not even beside
    /// the patterns themselves, and until every cue is there.
    pub fn critical(&self) -> Option<f64> {
        let means = self.smoothed().into_iter();
        let (starts, ends): (Vec<f64>, Vec<f64>) = means.map(|[start, end]| (start, end)).unzip();
        crossing(&starts, &ends, RETRIEVED)
    }

    /// Share of the cues from start overlap [`HALFWAY`] on that end at [`RETRIEVED`] or more; `None` where there is none.
    pub fn recalled(&self) -> Option<f64> {
        let near = self.soundings.iter().filter(|it| it.start >= HALFWAY);
        let count = near.clone().count();
        let recalled = near.filter(|it| it.end >= RETRIEVED).count();
        (count > 0).then(|| recalled as f64 / count as f64)
    }
}

/// A basin in the making, some cues a step.
#[derive(Debug, Clone)]
pub struct BasinSteps {
    memory: Arc<Memory>,
    patterns: Arc<Patterns>,
    dynamics: Dynamics,
    seed: u64,
    max_sweeps: u64,
    /// Made with the first step, since that takes O(N²).
    prepared: Option<Prepared>,
    /// In the order in which they were settled.
    soundings: Vec<Sounding>,
}

#[derive(Debug, Clone)]
struct Prepared {
    batch: Batch,
    /// The patterns that cues are made of, one after the other and again from the first.
    order: Vec<usize>,
}

impl BasinSteps {
    /// Nothing done yet. There must be a pattern, and all must be such as `memory` takes; a cue is given as many sweeps as
    /// `max_sweeps` says, but 100 at most.
    pub fn new(
        memory: Arc<Memory>,
        patterns: Arc<Patterns>,
        dynamics: Dynamics,
        seed: u64,
        max_sweeps: u64,
    ) -> Self {
        Self {
            memory,
            patterns,
            dynamics,
            seed,
            max_sweeps: max_sweeps.min(MOST_SWEEPS),
            prepared: None,
            soundings: Vec::new(),
        }
    }

    /// Settles the next `count` cues or, the first time, makes the memory ready; whether there are more.
    pub fn step(&mut self, count: usize) -> bool {
        let Some(Prepared { batch, order }) = &self.prepared else {
            let n_patterns = self.patterns.n_patterns();
            let mut rng = stream(self.seed, "basin patterns");
            self.prepared = Some(Prepared {
                batch: Batch::new(Arc::clone(&self.memory)),
                order: sample(&mut rng, n_patterns, n_patterns.min(N_CUES)).into_vec(),
            });
            return true;
        };
        let done = self.soundings.len();
        let next: Vec<(usize, usize)> = (done..(done + count).min(N_CUES))
            .map(|turn| turn * STRIDE % N_CUES)
            .map(|cue| (cue, order[cue % order.len()]))
            .collect();
        let made = next.iter().map(|(cue, pattern)| {
            let original = self.patterns.state(*pattern);
            let state = corrupted(&original, self.patterns.grid(), *cue, self.seed);
            (original, state)
        });
        let (originals, cues): (Vec<State>, Vec<State>) = made.unzip();
        let seed = |b: usize| stream(self.seed, &format!("basin run {}", next[b].0)).random();
        let ends = self.ends(batch, &cues, &originals, seed);
        let found = next.iter().enumerate().map(|(b, (cue, pattern))| Sounding {
            cue: *cue,
            pattern: *pattern,
            start: cues[b].overlap(&originals[b]),
            end: ends[b],
        });
        self.soundings.extend(found);
        self.soundings.len() < N_CUES
    }

    /// What was found so far.
    pub fn basin(&self) -> Basin {
        let mut soundings = self.soundings.clone();
        soundings.sort_by_key(|it| it.cue);
        Basin { soundings }
    }

    /// Where cues end: the overlaps with their originals.
    fn ends(
        &self,
        batch: &Batch,
        cues: &[State],
        originals: &[State],
        seed: impl Fn(usize) -> u64 + Sync,
    ) -> Vec<f64> {
        let is_continuous = self.memory.dense().is_some_and(DenseMemory::is_continuous);
        if !is_continuous {
            let rests = batch.settle(cues, self.dynamics, seed, self.max_sweeps);
            let pairs = rests.iter().zip(originals);
            return pairs.map(|(rest, it)| rest.state.overlap(it)).collect();
        }
        // Batches hand back signs, which say more of a continuous state than it holds.
        let end = |(b, cue): (usize, &State)| {
            let memory = Arc::clone(&self.memory);
            let mut run = Relaxation::new(memory, cue.clone(), self.dynamics, seed(b));
            run.settle(self.max_sweeps);
            let units = run.graded().map_or(&[][..], |graded| graded.units());
            let products = originals[b].units().iter().zip(units);
            let sum: f64 = products.map(|(sign, unit)| f64::from(*sign) * unit).sum();
            sum / cue.n_units() as f64
        };
        cues.iter().enumerate().map(end).collect()
    }
}

/// `original`, a state on `grid`, as corrupted as cue `cue` is.
fn corrupted(original: &State, grid: Grid, cue: usize, seed: u64) -> State {
    let overlap = cue as f64 / (N_CUES - 1) as f64;
    let seed = stream(seed, &format!("basin cue {cue}")).random();
    let corruption = Corruption::to_overlap(overlap, original.n_units(), original.alphabet(), seed);
    corruption.apply(original, grid)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::learning::LearningRule;
    use crate::engine::patterns::{Alphabet, Letters};
    use ndarray::Array2;

    fn random(n_patterns: usize, n_units: usize) -> Arc<Patterns> {
        let mut rng = stream(5, "basin test");
        let signs = Array2::from_shape_simple_fn((n_patterns, n_units), || {
            Alphabet::Signs.random(&mut rng)
        });
        Arc::new(Patterns::new(signs, Grid::square(n_units.isqrt()), None).unwrap())
    }

    fn steps(rule: &str, patterns: &Arc<Patterns>, dynamics: Dynamics) -> BasinSteps {
        let rule = LearningRule::parse(rule).unwrap();
        let memory = Arc::new(rule.learn(Arc::clone(patterns), 3).unwrap());
        BasinSteps::new(memory, Arc::clone(patterns), dynamics, 3, 10_000)
    }

    fn sounded(mut steps: BasinSteps, count: usize) -> Basin {
        while steps.step(count) {}
        steps.basin()
    }

    #[test]
    fn cues_start_where_the_formula_says() {
        let letters = Alphabet::Letters(Letters::plain(4).unwrap());
        let row = |alphabet: Alphabet| {
            State::filled(alphabet, 135, |unit| match alphabet {
                Alphabet::Signs => 1,
                Alphabet::Letters(_) => (unit % 4) as i8,
            })
        };
        for cue in 0..N_CUES {
            let m = cue as f64 / 199.0;
            // A whole number may come out a little less.
            let whole = |changed: f64| (changed + 1e-9).floor();
            let flipped = whole(135.0 * (1.0 - m) / 2.0);
            let sign = row(Alphabet::Signs);
            let start = corrupted(&sign, Grid::near_square(135), cue, 1).overlap(&sign);
            assert!(
                (start - (1.0 - 2.0 * flipped / 135.0)).abs() < 1e-12,
                "{cue}"
            );
            assert!((0.0..2.0 / 135.0).contains(&(start - m + 1e-12)), "{cue}");
            let mutated = whole(135.0 * (1.0 - m));
            let letter = row(letters);
            let start = corrupted(&letter, Grid::near_square(135), cue, 1).overlap(&letter);
            assert!((start - (1.0 - mutated / 135.0)).abs() < 1e-12, "{cue}");
        }
    }

    #[test]
    fn the_same_soundings_for_any_slicing_and_every_pattern_has_its_turn() {
        let patterns = random(7, 100);
        for dynamics in Dynamics::ALL {
            let steps = steps("hebb", &patterns, dynamics);
            let whole = sounded(steps.clone(), N_CUES);
            assert!(whole.is_whole());
            for count in [1, 7, 33] {
                assert_eq!(
                    sounded(steps.clone(), count),
                    whole,
                    "{dynamics} by {count}"
                );
            }
            for pattern in 0..7 {
                let turns = whole.soundings.iter().filter(|it| it.pattern == pattern);
                assert!((28..=29).contains(&turns.count()));
            }
            let cues = whole.soundings.iter().map(|it| it.cue);
            assert!(cues.eq(0..N_CUES));
        }
    }

    #[test]
    fn hebbs_rule_recalls_below_its_capacity_and_not_above() {
        let below = sounded(steps("hebb", &random(20, 400), Dynamics::Asynchronous), 50);
        assert!(below.recalled().unwrap() > 0.95, "{:?}", below.recalled());
        let critical = below.critical().expect("it is far below 0.138");
        assert!((0.1..0.45).contains(&critical), "{critical}");
        let above = sounded(steps("hebb", &random(100, 400), Dynamics::Asynchronous), 50);
        assert!(above.recalled().unwrap() < 0.1, "{:?}", above.recalled());
        assert_eq!(above.critical(), None);
    }

    #[test]
    fn continuous_states_end_at_the_overlap_of_their_units() {
        let patterns = random(5, 100);
        let sharp = sounded(
            steps("modern:states=continuous", &patterns, Dynamics::Synchronous),
            64,
        );
        assert!(sharp.soundings[199].end > 0.9);
        let flat = steps(
            "modern:beta=0.5,states=continuous",
            &patterns,
            Dynamics::Synchronous,
        );
        let flat = sounded(flat, 64);
        assert!(
            flat.soundings.iter().all(|it| it.end < 0.9),
            "a mean of all"
        );
        assert_eq!(flat.recalled(), Some(0.0));
    }

    #[test]
    fn what_is_new_lies_over_what_was() {
        let sounding = |cue: usize, end: f64| Sounding {
            cue,
            pattern: 0,
            start: cue as f64 / 199.0,
            end,
        };
        let all = |end: f64| Basin {
            soundings: (0..N_CUES).map(|cue| sounding(cue, end)).collect(),
        };
        let some = Basin {
            soundings: vec![sounding(3, 0.5), sounding(8, 0.5)],
        };
        assert_eq!((some.critical(), some.smoothed().len()), (None, 0));
        assert_eq!((some.recalled(), all(1.0).recalled()), (None, Some(1.0)));
        let missing = some.missing(&all(1.0));
        assert_eq!(missing.soundings.len(), 198);
        let both = some.over(&all(1.0));
        assert!(both.is_whole() && both.soundings[8].end == 0.5);
        assert!(all(1.0).critical().unwrap() < 0.03);
        // The mean of 21 cues rises from 0 to 1 about the middle of the step.
        let step = Basin {
            soundings: (0..N_CUES)
                .map(|cue| sounding(cue, f64::from(u8::from(cue >= 100))))
                .collect(),
        };
        let critical = step.critical().unwrap();
        assert!((critical - 107.9 / 199.0).abs() < 1e-9, "{critical}");
        assert_eq!(step.recalled(), Some(1.0));
    }
}
