//! A recording: everything that happened to a cue, any moment of it again, and room for more at its end.
//!
//! It keeps every flip in order, a few bytes each, and a state now and then, so that any state costs a short walk;
//! overlaps with all patterns and the energy follow every flip. 10,000 warm sweeps at N = 4,096 stay under 120 MB.
//! Time is counted in updates, N to a sweep. Absent: play, pause and where one is looking (`session::playback`).

mod curves;
mod energies;
mod flips;
mod frames;

pub use curves::RecordedCurves;
pub use flips::RecordedFlip;

use super::dynamics::{Dynamics, FirstMoment, Relaxation, Verdict};
use super::memory::Memory;
use super::patterns::{Patterns, State};
use energies::Energies;
use flips::Flips;
use frames::Frames;
use std::sync::Arc;

/// Samples to a sweep, while the recording is short.
const SAMPLES_A_SWEEP: u64 = 28;

/// A cue, its run, and what was seen on the way.
#[derive(Debug, Clone)]
pub struct Recording {
    run: Relaxation,
    patterns: Arc<Patterns>,
    cue: State,
    flips: Flips,
    /// After each flip, or after each sweep of a continuous state; `None` where there is no energy.
    energies: Option<Energies>,
    /// Continuous states, where the memory has such.
    frames: Option<Frames>,
    dots: Vec<i32>,
    curves: RecordedCurves,
    seed: u64,
}

/// How far a search for the next flip has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Search {
    /// A unit has turned.
    Found,
    /// None did, and it is over.
    Over,
    /// None has yet.
    GoesOn,
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
        Self::begin(FirstMoment::new(memory, cue), patterns, dynamics, seed)
    }

    /// The same from a first moment that is worked out, or on its way.
    pub fn begin(
        first: FirstMoment,
        patterns: Arc<Patterns>,
        dynamics: Dynamics,
        seed: u64,
    ) -> Self {
        let (run, energy) = first.run(dynamics, seed);
        let cue = run.state().clone();
        let n_units = cue.n_units() as u64;
        let stride = n_units.div_ceil(SAMPLES_A_SWEEP).max(run.tick_length());
        let mut recording = Self {
            frames: run.graded().map(Frames::new),
            run,
            dots: patterns.dots(&cue),
            patterns,
            flips: Flips::new(&cue),
            cue,
            energies: energy.map(Energies::new),
            curves: RecordedCurves::every(stride),
            seed,
        };
        recording.sample();
        recording
    }

    /// The state it started from.
    pub fn cue(&self) -> &State {
        &self.cue
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

    /// Number of flips so far.
    pub fn n_flips(&self) -> usize {
        self.flips.count()
    }

    /// The flip at `index`, counted from 0; `None` beyond the last.
    pub fn flip(&self, index: usize) -> Option<RecordedFlip> {
        self.flips.from(index).next()
    }

    /// All flips so far, in order.
    pub fn flips(&self) -> impl Iterator<Item = RecordedFlip> {
        self.flips.from(0)
    }

    /// Overlaps and energy at evenly spaced moments; the energy at any moment is [`Self::energy_at`].
    pub fn curves(&self) -> &RecordedCurves {
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

    /// Whether a run of at most `max_sweeps` sweeps is over, see [`Relaxation::is_over`].
    pub fn is_over(&self, max_sweeps: u64) -> bool {
        self.run.is_over(max_sweeps)
    }

    /// One tick more; false at a fixed point. In a cycle the run goes round for ever.
    pub fn tick(&mut self) -> bool {
        if self.verdict() == Some(Verdict::FixedPoint) {
            return false;
        }
        let Self {
            run,
            patterns,
            flips,
            energies,
            dots,
            frames,
            ..
        } = self;
        let mut follows_flips = energies.as_mut().filter(|_| frames.is_none());
        run.tick(|state, flip| {
            let unit = flip.unit as usize;
            patterns.update_dots(dots, unit, flip.before, flip.after);
            if let Some(energies) = &mut follows_flips {
                energies.push(energies.last() + f64::from(flip.energy_change));
            }
            flips.push(&flip, state);
        });
        if let (Some(frames), Some(graded)) = (frames, run.graded()) {
            frames.push(graded);
            if let Some(energies) = energies {
                energies.push(graded.energy());
            }
        }
        if self.curves.is_due(self.length()) {
            self.sample();
        }
        true
    }

    /// Ticks until `update` is recorded, or a fixed point reached.
    pub fn extend_to(&mut self, update: u64) {
        while self.length() < update && self.tick() {}
    }

    /// Ticks until `update` is recorded, or the run of at most `max_sweeps` sweeps over, but for no more than about
    /// `work` [of ticks](Relaxation::tick_work) and [flips](Relaxation::flip_work), and for one tick at least.
    pub fn extend_within(&mut self, update: u64, max_sweeps: u64, work: u64) -> Search {
        let flips_before = self.n_flips();
        let mut ticks = 0;
        while self.length() < update {
            let flips = (self.n_flips() - flips_before) as u64;
            let done = ticks * self.run.tick_work() + flips * self.run.flip_work();
            if ticks > 0 && done >= work {
                return Search::GoesOn;
            }
            if self.is_over(max_sweeps) {
                return Search::Over;
            }
            self.tick();
            ticks += 1;
        }
        Search::Found
    }

    /// Ticks until the next flip, the moment `until` or the end of a run of at most `max_sweeps` sweeps, but for no more
    /// than about `work` [of ticks without flips](Relaxation::tick_work), and for one tick at least.
    pub fn extend_to_flip(&mut self, until: u64, max_sweeps: u64, work: u64) -> Search {
        let flips = self.n_flips();
        for _ in 0..(work / self.run.tick_work()).max(1) {
            if self.length() >= until || self.is_over(max_sweeps) {
                return Search::Over;
            }
            self.tick();
            if self.n_flips() > flips {
                return Search::Found;
            }
        }
        Search::GoesOn
    }

    /// Ticks until a run of at most `max_sweeps` sweeps [is over](Self::is_over).
    pub fn settle(&mut self, max_sweeps: u64) -> Verdict {
        while !self.is_over(max_sweeps) {
            self.tick();
        }
        self.verdict_so_far()
    }

    /// Flips up to and including `update`.
    pub fn flips_until(&self, update: u64) -> usize {
        self.flips.until(update)
    }

    /// The state after `update` updates, or the last one if that lies beyond the end.
    pub fn state_at(&self, update: u64) -> State {
        self.flips.state(self.flips_until(update))
    }

    /// The continuous state after `update` updates, N numbers from −1 to 1 whose signs are [`Self::state_at`];
    /// `None` where states are signs. In a run of very many sweeps, the nearest one before that was kept.
    pub fn graded_at(&self, update: u64) -> Option<&[f32]> {
        Some(self.frames.as_ref()?.at(update / self.sweep()))
    }

    /// The [overlaps](Patterns::overlaps) with every pattern after `update` updates; of the continuous state, where
    /// there is one: O(N P).
    pub fn overlaps_at(&self, update: u64) -> Vec<f64> {
        self.overlaps_with(&self.patterns, update)
    }

    /// The same with `others`, patterns of as many units that need not be stored.
    pub fn overlaps_with(&self, others: &Patterns, update: u64) -> Vec<f64> {
        match self.graded_at(update) {
            Some(units) => others.overlaps_of(units),
            None => others.overlaps(&self.state_at(update)),
        }
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
    ///
    /// In a run of millions of flips the last of them before `update` may have to be worked out from the couplings:
    /// O(N) each.
    pub fn energy_at(&self, update: u64) -> Option<f64> {
        let energies = self.energies.as_ref()?;
        if self.frames.is_some() {
            let sweep = update.min(self.length()) / self.sweep();
            return Some(energies.up_to(sweep as usize).1);
        }
        let flips = self.flips_until(update);
        let (kept, mut energy) = energies.up_to(flips);
        if kept < flips {
            let mut state = self.flips.state(kept);
            for flip in self.flips.from(kept).take(flips - kept) {
                energy += self.memory().energy_change(&state, flip.unit, flip.after);
                state.put(flip.unit, flip.after);
            }
        }
        Some(energy)
    }

    /// The local field of every unit after `update` updates, see [`Memory::fields`]: read off at the end of a run in
    /// couplings, worked out afresh anywhere else, in O(N²).
    pub fn fields_at(&self, update: u64) -> Vec<f32> {
        if self.keeps_fields_at(update) {
            return self.last_fields();
        }
        self.memory().fields(&self.state_at(update))
    }

    /// Whether [`Self::fields_at`] is read off and not worked out.
    pub fn keeps_fields_at(&self, update: u64) -> bool {
        update >= self.length() && self.memory().couplings().is_some()
    }

    fn last_fields(&self) -> Vec<f32> {
        let units = 0..self.cue().n_units();
        units.map(|unit| self.run.field(unit)).collect()
    }

    /// Bytes of what is recorded, besides the memory and the patterns.
    pub fn bytes(&self) -> usize {
        let energies = self.energies.as_ref().map_or(0, Energies::bytes);
        let frames = self.frames.as_ref().map_or(0, Frames::bytes);
        self.flips.bytes() + energies + frames + self.curves.bytes()
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
        self.memory()
            .stability(self.run.state(), &self.last_fields())
    }

    fn sample(&mut self) {
        let update = self.run.updates();
        let n_units = self.run.state().n_units() as f32;
        let energy = self.energies.as_ref().map(Energies::last);
        let stability = energy.is_none().then(|| self.last_stability());
        if let Some(graded) = self.run.graded() {
            let overlaps = graded.overlaps().iter().map(|sum| *sum as f32 / n_units);
            self.curves.push(update, overlaps, energy, stability);
        } else {
            let overlaps = self.dots.iter().map(|dot| *dot as f32 / n_units);
            self.curves.push(update, overlaps, energy, stability);
        }
    }
}

/// Overlaps from sums over N units.
fn over(n_units: u64, sums: &[f64]) -> Vec<f64> {
    sums.iter().map(|sum| sum / n_units as f64).collect()
}

#[cfg(test)]
mod tests;
