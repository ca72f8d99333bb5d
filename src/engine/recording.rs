//! A recording: everything that happened to a cue, any moment of it again, and room for more at its end.
//!
//! It keeps every flip in order and a key frame now and then, so that any state costs a walk from the nearest
//! key frame; overlaps with all patterns and the energy follow every flip. Time is counted in updates, N to a
//! sweep. Absent: play, pause and where one is looking (`session::playback`).

use super::dynamics::{Dynamics, Flip, Relaxation, Verdict};
use super::kernels::add_scaled_signs;
use super::memory::Memory;
use super::patterns::{Patterns, State};
use std::sync::Arc;

/// Flips between two key frames.
const KEY_FRAME: usize = 512;

/// Most samples of overlaps and energy kept for the curves; beyond, every other one is dropped.
const MAX_SAMPLES: usize = 256;

/// Samples to a sweep, while the recording is short.
const SAMPLES_A_SWEEP: u64 = 28;

/// A cue, its run, and what was seen on the way.
#[derive(Debug, Clone)]
pub struct Recording {
    run: Relaxation,
    patterns: Arc<Patterns>,
    flips: Vec<Flip>,
    /// Energy after each flip; empty where there is no energy.
    energies: Vec<f64>,
    first_energy: Option<f64>,
    keys: Vec<KeyFrame>,
    dots: Vec<i32>,
    curves: Curves,
    seed: u64,
}

/// The state before any flip after the first `flips`.
#[derive(Debug, Clone)]
struct KeyFrame {
    flips: usize,
    state: State,
}

/// Overlaps at evenly spaced moments, thinned so that they never grow past a few hundred.
#[derive(Debug, Clone, Default)]
pub struct Curves {
    /// Moments, in updates.
    pub updates: Vec<u64>,
    /// Overlaps with all patterns at each moment, P to a moment.
    pub overlaps: Vec<f32>,
    /// Updates between two samples.
    stride: u64,
    /// When the next sample is due.
    next: u64,
}

impl Recording {
    /// The recording of `cue` dropped into `memory`, at its first moment.
    pub fn new(
        memory: Arc<Memory>,
        patterns: Arc<Patterns>,
        cue: State,
        dynamics: Dynamics,
        seed: u64,
    ) -> Self {
        let n_units = cue.n_units() as u64;
        let dots = patterns.dots(&cue);
        let first_energy = memory.energy(&cue);
        let stride = if dynamics == Dynamics::Synchronous {
            n_units
        } else {
            n_units.div_ceil(SAMPLES_A_SWEEP)
        };
        let mut recording = Self {
            keys: vec![KeyFrame {
                flips: 0,
                state: cue.clone(),
            }],
            run: Relaxation::new(memory, cue, dynamics, seed),
            patterns,
            flips: Vec::new(),
            energies: Vec::new(),
            first_energy,
            dots,
            curves: Curves {
                stride,
                ..Curves::default()
            },
            seed,
        };
        recording.sample();
        recording
    }

    /// The state it started from.
    pub fn cue(&self) -> &State {
        &self.keys[0].state
    }

    /// The memory it ran in.
    pub fn memory(&self) -> &Arc<Memory> {
        self.run.memory()
    }

    /// The patterns its overlaps are with.
    pub fn patterns(&self) -> &Arc<Patterns> {
        &self.patterns
    }

    /// The dynamics it followed.
    pub fn dynamics(&self) -> Dynamics {
        self.run.dynamics()
    }

    /// The seed of its random choices.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// The last recorded moment, in updates.
    pub fn length(&self) -> u64 {
        self.run.updates()
    }

    /// Units N: updates to a sweep.
    pub fn sweep(&self) -> u64 {
        self.cue().n_units() as u64
    }

    /// Updates to the smallest step: 1, or N for the synchronous dynamics.
    pub fn tick_length(&self) -> u64 {
        if self.dynamics() == Dynamics::Synchronous {
            self.sweep()
        } else {
            1
        }
    }

    /// Fixed point or cycle, once the run has come to one.
    pub fn verdict(&self) -> Option<Verdict> {
        self.run.verdict()
    }

    /// The verdict as it stands: not settled while the run may go on.
    pub fn verdict_so_far(&self) -> Verdict {
        self.verdict().unwrap_or_else(|| Verdict::NotSettled {
            sweeps: self.run.sweeps(),
        })
    }

    /// All flips so far, in order.
    pub fn flips(&self) -> &[Flip] {
        &self.flips
    }

    /// Overlaps at evenly spaced moments; the energy at any moment is [`Self::energy_at`].
    pub fn curves(&self) -> &Curves {
        &self.curves
    }

    /// The moments of the curves, in updates, and the end of the recording.
    pub fn moments(&self) -> Vec<u64> {
        let mut moments = self.curves.updates.clone();
        if moments.last() != Some(&self.length()) {
            moments.push(self.length());
        }
        moments
    }

    /// One tick more; false once the run has come to its verdict.
    pub fn tick(&mut self) -> bool {
        if self.verdict().is_some() {
            return false;
        }
        let Self {
            run,
            patterns,
            flips,
            energies,
            first_energy,
            keys,
            dots,
            ..
        } = self;
        let symmetric = first_energy.is_some();
        let mut energy = energies.last().copied().or(*first_energy).unwrap_or(0.0);
        run.tick(|state, flip| {
            let unit = flip.unit as usize;
            add_scaled_signs(
                dots,
                2 * i32::from(state.units()[unit]),
                patterns.unit(unit),
            );
            if symmetric {
                energy += f64::from(flip.energy_change);
                energies.push(energy);
            }
            flips.push(flip);
            if flips.len().is_multiple_of(KEY_FRAME) {
                keys.push(KeyFrame {
                    flips: flips.len(),
                    state: state.clone(),
                });
            }
        });
        if self.length() == self.curves.next {
            self.sample();
        }
        true
    }

    /// Ticks until `update` is recorded, or the verdict is in.
    pub fn extend_to(&mut self, update: u64) {
        while self.length() < update && self.tick() {}
    }

    /// Ticks until the next flip; false if the run came to its verdict or `max_sweeps` before one.
    pub fn extend_to_flip(&mut self, max_sweeps: u64) -> bool {
        let flips = self.flips.len();
        while self.run.sweeps() < max_sweeps && self.flips.len() == flips && self.tick() {}
        self.flips.len() > flips
    }

    /// Ticks until the verdict is in or `max_sweeps` sweeps are done.
    pub fn settle(&mut self, max_sweeps: u64) -> Verdict {
        while self.run.sweeps() < max_sweeps && self.tick() {}
        self.verdict_so_far()
    }

    /// Flips up to and including `update`.
    pub fn flips_until(&self, update: u64) -> usize {
        self.flips.partition_point(|flip| flip.update <= update)
    }

    /// The flips after `from` up to and including `to`.
    pub fn flips_between(&self, from: u64, to: u64) -> &[Flip] {
        let (from, to) = (self.flips_until(from), self.flips_until(to));
        &self.flips[from.min(to)..to]
    }

    /// The state after `update` updates, or the last one if that lies beyond the end.
    pub fn state_at(&self, update: u64) -> State {
        let flips = self.flips_until(update);
        let key = &self.keys[self.keys.partition_point(|key| key.flips <= flips) - 1];
        let mut state = key.state.clone();
        for flip in &self.flips[key.flips..flips] {
            state.flip(flip.unit as usize);
        }
        state
    }

    /// The energy after `update` updates; `None` where there is no energy.
    pub fn energy_at(&self, update: u64) -> Option<f64> {
        let first = self.first_energy?;
        match self.flips_until(update) {
            0 => Some(first),
            flips => Some(self.energies[flips - 1]),
        }
    }

    /// The overlaps with every pattern at the end, from −1 to 1.
    pub fn last_overlaps(&self) -> Vec<f64> {
        let n_units = self.sweep() as f64;
        self.dots
            .iter()
            .map(|dot| f64::from(*dot) / n_units)
            .collect()
    }

    fn sample(&mut self) {
        let n_units = self.sweep() as f32;
        self.curves.updates.push(self.run.updates());
        self.curves
            .overlaps
            .extend(self.dots.iter().map(|dot| *dot as f32 / n_units));
        if self.curves.updates.len() > MAX_SAMPLES {
            self.curves.thin(self.dots.len());
        }
        let Curves { next, stride, .. } = &mut self.curves;
        *next = (self.run.updates() / *stride + 1) * *stride;
    }
}

impl Curves {
    /// Drops every other sample and doubles the spacing.
    fn thin(&mut self, n_patterns: usize) {
        let keep = |index: usize| index.is_multiple_of(2);
        retain_by_index(&mut self.updates, keep);
        retain_by_index(&mut self.overlaps, |index| keep(index / n_patterns));
        self.stride *= 2;
    }

    /// The overlaps of `pattern` at all moments.
    pub fn overlaps_of(&self, pattern: usize) -> impl Iterator<Item = f32> {
        let n_patterns = self.overlaps.len() / self.updates.len();
        self.overlaps
            .iter()
            .skip(pattern)
            .step_by(n_patterns)
            .copied()
    }
}

fn retain_by_index<T>(values: &mut Vec<T>, keep: impl Fn(usize) -> bool) {
    let mut index = 0;
    values.retain(|_| {
        index += 1;
        keep(index - 1)
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::learning::LearningRule;
    use crate::engine::patterns::Grid;
    use crate::engine::rng::stream;
    use ndarray::Array2;
    use rand::RngExt as _;

    fn recording(dynamics: Dynamics) -> Recording {
        let mut rng = stream(4, "recording test");
        let rows = Array2::from_shape_simple_fn((6, 80), || if rng.random() { 1 } else { -1 });
        let patterns = Arc::new(Patterns::new(rows, Grid::near_square(80), None).unwrap());
        let memory = Arc::new(
            LearningRule::ALL[0]()
                .learn(Arc::clone(&patterns), 7)
                .unwrap(),
        );
        let cue = State::from_fn(80, |_| rng.random());
        Recording::new(memory, patterns, cue, dynamics, 9)
    }

    #[test]
    fn steps_of_any_size_end_in_the_same_recording() {
        for dynamics in Dynamics::ALL {
            let (mut stepped, mut run) = (recording(dynamics), recording(dynamics));
            run.extend_to(3200);
            for update in 0..=3200 {
                stepped.extend_to(update);
            }
            assert_eq!(
                (stepped.length(), stepped.flips()),
                (run.length(), run.flips())
            );
            assert_eq!(stepped.state_at(u64::MAX), *run.run.state());
            assert_eq!(stepped.curves.overlaps, run.curves.overlaps);
        }
    }

    #[test]
    fn any_moment_can_be_seen_again() {
        for dynamics in Dynamics::ALL {
            let mut recording = recording(dynamics);
            let mut states = vec![(0, recording.cue().clone())];
            while recording.length() < 6400 && recording.tick() {
                states.push((recording.length(), recording.run.state().clone()));
            }
            for (update, state) in states.iter().rev().step_by(7) {
                assert_eq!(&recording.state_at(*update), state);
                let energy = recording.memory().energy(state).unwrap();
                assert!((recording.energy_at(*update).unwrap() - energy).abs() < 1e-3);
            }
        }
    }

    #[test]
    fn overlaps_follow_every_flip_and_curves_stay_short() {
        let mut recording = recording(Dynamics::Glauber { temperature: 1.0 });
        recording.extend_to(80 * 200);
        assert_eq!(
            recording.last_overlaps(),
            recording.patterns.overlaps(recording.run.state())
        );
        let curves = recording.curves();
        assert!(curves.updates.len() <= MAX_SAMPLES && curves.updates.len() > MAX_SAMPLES / 3);
        assert_eq!(curves.overlaps_of(2).count(), curves.updates.len());
        for (index, update) in curves.updates.iter().enumerate() {
            let overlap = recording.patterns.overlaps(&recording.state_at(*update))[2];
            assert!((f64::from(curves.overlaps_of(2).nth(index).unwrap()) - overlap).abs() < 1e-6);
        }
    }

    #[test]
    fn flips_are_found_by_time() {
        let mut recording = recording(Dynamics::Asynchronous);
        recording.settle(100);
        assert_eq!(recording.verdict(), Some(Verdict::FixedPoint));
        let all = recording.flips().len();
        assert_eq!(recording.flips_between(0, recording.length()).len(), all);
        let first = recording.flips()[0].update;
        assert_eq!(
            (
                recording.flips_until(first - 1),
                recording.flips_until(first)
            ),
            (0, 1)
        );
        assert!(!recording.tick());
    }
}
