//! A recording: everything that happened to a cue, any moment of it again, and room for more at its end.
//!
//! It keeps every flip in order and a key frame now and then, so that any state costs a walk from the nearest
//! key frame; overlaps with all patterns and the energy follow every flip. Time is counted in updates, N to a
//! sweep. Absent: play, pause and where one is looking (`session::playback`).

mod frames;

use super::dense::graded;
use super::dynamics::{Dynamics, Flip, Relaxation, Verdict};
use super::memory::Memory;
use super::patterns::{Patterns, State};
use frames::Frames;
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
    /// Energy after each flip, or after each sweep of a continuous state; empty where there is no energy.
    energies: Vec<f64>,
    /// Continuous states, where the memory has such.
    frames: Option<Frames>,
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
    /// [Mean local stability](Memory::stability) at each moment, where there is no energy; else empty.
    pub stabilities: Vec<f64>,
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
        let key = KeyFrame {
            flips: 0,
            state: cue.clone(),
        };
        let run = Relaxation::new(memory, cue, dynamics, seed);
        let stride = n_units.div_ceil(SAMPLES_A_SWEEP).max(run.tick_length());
        let mut recording = Self {
            keys: vec![key],
            frames: run.graded().map(Frames::new),
            run,
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

    /// Updates to the smallest step: 1, or N where all units are updated at once.
    pub fn tick_length(&self) -> u64 {
        self.run.tick_length()
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
            frames,
            ..
        } = self;
        let follows_flips = first_energy.is_some() && frames.is_none();
        let mut energy = energies.last().copied().or(*first_energy).unwrap_or(0.0);
        run.tick(|state, flip| {
            let unit = flip.unit as usize;
            patterns.update_dots(dots, unit, flip.before, flip.after);
            if follows_flips {
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
        if let (Some(frames), Some(graded)) = (frames, run.graded()) {
            frames.push(graded);
            energies.push(graded.energy());
        }
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
            state.put(flip.unit as usize, flip.after);
        }
        state
    }

    /// The continuous state after `update` updates, N numbers from −1 to 1 whose signs are [`Self::state_at`];
    /// `None` where states are signs. In a run of very many sweeps, the nearest one before that was kept.
    pub fn graded_at(&self, update: u64) -> Option<&[f32]> {
        Some(self.frames.as_ref()?.at(update / self.sweep()))
    }

    /// The [overlaps](Patterns::overlaps) with every pattern after `update` updates; of the continuous state, where
    /// there is one: O(N P).
    pub fn overlaps_at(&self, update: u64) -> Vec<f64> {
        let Some(units) = self.graded_at(update) else {
            return self.patterns.overlaps(&self.state_at(update));
        };
        let units: Vec<f64> = units.iter().copied().map(f64::from).collect();
        over(self.sweep(), &graded::overlaps(&self.patterns, &units))
    }

    /// How strongly each memory pulls after `update` updates, where the memory keeps its patterns: shares whose
    /// sizes sum to 1, see [`DenseMemory::weights`](super::DenseMemory::weights).
    pub fn weights_at(&self, update: u64) -> Option<Vec<f32>> {
        let dense = self.memory().dense()?;
        let n_units = self.sweep() as f64;
        let overlaps = self.overlaps_at(update).into_iter();
        let overlaps: Vec<f64> = overlaps.map(|overlap| n_units * overlap).collect();
        Some(dense.weights(&overlaps))
    }

    /// The energy after `update` updates; `None` where there is no energy.
    pub fn energy_at(&self, update: u64) -> Option<f64> {
        let first = self.first_energy?;
        let changes = if self.frames.is_some() {
            (update.min(self.length()) / self.sweep()) as usize
        } else {
            self.flips_until(update)
        };
        match changes {
            0 => Some(first),
            changes => Some(self.energies[changes - 1]),
        }
    }

    /// The [overlaps](Patterns::overlaps) with every pattern at the end.
    pub fn last_overlaps(&self) -> Vec<f64> {
        if let Some(graded) = self.run.graded() {
            return over(self.sweep(), graded.overlaps());
        }
        let dots = self.dots.iter().map(|dot| f64::from(*dot));
        over(self.sweep(), &dots.collect::<Vec<f64>>())
    }

    /// [Mean local stability](Memory::stability) at the end.
    pub fn last_stability(&self) -> f64 {
        let fields: Vec<f32> = (0..self.cue().n_units())
            .map(|unit| self.run.field(unit))
            .collect();
        self.memory().stability(self.run.state(), &fields)
    }

    fn sample(&mut self) {
        self.curves.updates.push(self.run.updates());
        let overlaps = &mut self.curves.overlaps;
        let n_units = self.run.state().n_units() as f32;
        match self.run.graded() {
            Some(graded) => {
                let sums = graded.overlaps().iter();
                overlaps.extend(sums.map(|sum| *sum as f32 / n_units));
            }
            None => overlaps.extend(self.dots.iter().map(|dot| *dot as f32 / n_units)),
        }
        if self.first_energy.is_none() {
            let stability = self.last_stability();
            self.curves.stabilities.push(stability);
        }
        if self.curves.updates.len() > MAX_SAMPLES {
            self.curves.thin(self.dots.len());
        }
        let Curves { next, stride, .. } = &mut self.curves;
        *next = (self.run.updates() / *stride + 1) * *stride;
    }
}

/// Overlaps from sums over N units.
fn over(n_units: u64, sums: &[f64]) -> Vec<f64> {
    sums.iter().map(|sum| sum / n_units as f64).collect()
}

impl Curves {
    /// Drops every other sample and doubles the spacing.
    fn thin(&mut self, n_patterns: usize) {
        let keep = |index: usize| index.is_multiple_of(2);
        retain_by_index(&mut self.updates, keep);
        retain_by_index(&mut self.stabilities, keep);
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
mod tests;
