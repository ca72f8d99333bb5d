//! Parallel tempering: two independent ladders of replicas, each replica at a temperature of its own.
//!
//! After every sweep neighbouring temperatures of a ladder may exchange their states, with probability
//! min(1, e^{(β_a − β_b)(E_a − E_b)}) (Hukushima and Nemoto 1996), even and odd pairs in turn. One ladder starts from
//! independent fair spins, the other with all spins up: where the energies of both agree, the start is forgotten.
//! Configurations of the coldest replicas of both ladders are kept at even distances once that part is over.

use super::bonds::Lattice;
use super::lanes::{LANES, Lanes};
use crate::engine::State;
use crate::engine::rng::{Stream, stream};
use rand::RngExt as _;

/// Temperatures of a ladder: half of the lanes, the other half is the second ladder.
pub const RUNGS: usize = LANES / 2;

/// Spins updated in one step: a few milliseconds' work.
const SLICE: usize = 1 << 21;

/// Most points of the energies that are kept; beyond, every other one is dropped.
const MAX_POINTS: usize = 256;

/// Bins of the distribution of overlaps, from −1 to 1.
pub const BINS: usize = 41;

/// What is to be sampled.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plan {
    /// The temperature of interest, the lowest of the ladder.
    pub coldest: f64,
    /// The highest temperature of the ladder.
    pub hottest: f64,
    /// Sweeps before anything is kept.
    pub warm_up: usize,
    /// Sweeps between two configurations of a ladder.
    pub spacing: usize,
    /// Configurations to keep.
    pub n_samples: usize,
}

/// What can be said of how well the sample is mixed.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Record {
    /// Temperatures of the ladder, rising.
    pub temperatures: Vec<f64>,
    /// Sweeps at which energies were noted.
    pub sweeps: Vec<usize>,
    /// Energy per spin of the coldest replica of each ladder at these sweeps: random start, all up.
    pub energies: [Vec<f64>; 2],
    /// Share of the exchanges that were accepted between each temperature and the next.
    pub exchanges: Vec<f64>,
    /// How often the coldest replicas of both ladders had an overlap in each bin from −1 to 1, after the warm-up.
    pub overlaps: Vec<u32>,
    /// Mean energy per spin of each ladder at the coldest temperature after the warm-up.
    pub means: [f64; 2],
    /// Standard error of these means, from ten blocks.
    pub errors: [f64; 2],
}

/// Sampling under way.
#[derive(Debug)]
pub struct Tempering {
    lattice: Lattice,
    plan: Plan,
    lanes: Lanes,
    rng: Stream,
    sweep: usize,
    stride: usize,
    tried: Vec<[u32; 2]>,
    cold: [Vec<f64>; 2],
    record: Record,
    samples: Vec<State>,
}

impl Tempering {
    /// Begins to sample `lattice` by `plan`.
    pub fn new(lattice: Lattice, plan: Plan, seed: u64) -> Self {
        let rung = |rung: usize| {
            let share = rung as f64 / (RUNGS - 1) as f64;
            plan.coldest * (plan.hottest / plan.coldest).powf(share)
        };
        let temperatures: Vec<f64> = (0..RUNGS).map(rung).collect();
        let mut rng = stream(seed, "tempering");
        let all = std::array::from_fn(|lane| temperatures[lane % RUNGS] as f32);
        let mut lanes = Lanes::at(&lattice, &all, &mut rng);
        let up = State::from_fn(lattice.n_spins(), |_| true);
        (RUNGS..LANES).for_each(|lane| lanes.put(lane, &up));
        let mut tempering = Self {
            lattice,
            plan,
            lanes,
            rng,
            sweep: 0,
            stride: 1,
            tried: vec![[0; 2]; RUNGS - 1],
            cold: [Vec::new(), Vec::new()],
            record: Record {
                temperatures,
                overlaps: vec![0; BINS],
                ..Record::default()
            },
            samples: Vec::new(),
        };
        tempering.note();
        tempering
    }

    /// The lattice that is sampled.
    pub fn lattice(&self) -> &Lattice {
        &self.lattice
    }

    /// Share of the work done, 0 to 1.
    pub fn done(&self) -> f32 {
        self.sweep as f32 / self.n_sweeps() as f32
    }

    /// Sweeps in all.
    fn n_sweeps(&self) -> usize {
        self.plan.warm_up + self.plan.n_samples.div_ceil(2) * self.plan.spacing
    }

    /// A few milliseconds' work; true once all configurations are there.
    pub fn step(&mut self) -> bool {
        let mut work = 0;
        while self.sweep < self.n_sweeps() && work < SLICE {
            self.advance();
            work += LANES * self.lattice.n_spins();
        }
        self.sweep == self.n_sweeps()
    }

    /// The configurations, and the record of how they came about. Those kept are a different mixture of both ladders
    /// in time, so that the first of them are no worse than the last.
    pub fn finish(mut self) -> (Lattice, Vec<State>, Record) {
        self.samples.truncate(self.plan.n_samples);
        let rates = self.tried.iter();
        self.record.exchanges = rates
            .map(|[tried, done]| f64::from(*done) / f64::from(*tried).max(1.0))
            .collect();
        for ladder in 0..2 {
            let (mean, error) = mean_and_error(&self.cold[ladder]);
            (self.record.means[ladder], self.record.errors[ladder]) = (mean, error);
        }
        (self.lattice, self.samples, self.record)
    }

    fn advance(&mut self) {
        self.lanes.sweep();
        self.sweep += 1;
        let energies = self.exchange();
        let n = self.lattice.n_spins() as f64;
        let cold = [energies[0] / n, energies[RUNGS] / n];
        if self.sweep.is_multiple_of(self.stride) {
            self.note_energies(cold);
        }
        if self.sweep <= self.plan.warm_up {
            return;
        }
        for (all, energy) in self.cold.iter_mut().zip(cold) {
            all.push(energy);
        }
        let overlap = self.lanes.overlap(0, RUNGS);
        let bin = ((overlap + 1.0) / 2.0 * BINS as f64) as usize;
        self.record.overlaps[bin.min(BINS - 1)] += 1;
        if (self.sweep - self.plan.warm_up).is_multiple_of(self.plan.spacing) {
            self.samples
                .extend([0, RUNGS].map(|lane| self.lanes.state(lane)));
        }
    }

    /// Tries to exchange neighbouring temperatures; gives the energies afterwards.
    fn exchange(&mut self) -> [f64; LANES] {
        let mut energies = self.lanes.energies(&self.lattice);
        let betas: Vec<f64> = self.record.temperatures.iter().map(|t| 1.0 / t).collect();
        for first in [0, RUNGS] {
            for rung in (self.sweep % 2..RUNGS - 1).step_by(2) {
                let (a, b) = (first + rung, first + rung + 1);
                let exponent = (betas[rung] - betas[rung + 1]) * (energies[a] - energies[b]);
                let coin: f64 = self.rng.random();
                self.tried[rung][0] += 1;
                if exponent >= 0.0 || coin < libm::exp(exponent) {
                    self.tried[rung][1] += 1;
                    self.lanes.swap(a, b);
                    energies.swap(a, b);
                }
            }
        }
        energies
    }

    fn note(&mut self) {
        let energies = self.lanes.energies(&self.lattice);
        let n = self.lattice.n_spins() as f64;
        self.note_energies([energies[0] / n, energies[RUNGS] / n]);
    }

    fn note_energies(&mut self, cold: [f64; 2]) {
        let record = &mut self.record;
        record.sweeps.push(self.sweep);
        for (curve, energy) in record.energies.iter_mut().zip(cold) {
            curve.push(energy);
        }
        if record.sweeps.len() > MAX_POINTS {
            self.stride *= 2;
            let mut place = 0;
            let mut even = |_: &f64| {
                place += 1;
                place % 2 == 1
            };
            record.energies[0].retain(&mut even);
            let mut place = 0;
            record.energies[1].retain(|_| {
                place += 1;
                place % 2 == 1
            });
            let stride = self.stride;
            record.sweeps.retain(|sweep| sweep.is_multiple_of(stride));
        }
    }
}

/// The mean, and its standard error from ten blocks.
pub(super) fn mean_and_error(values: &[f64]) -> (f64, f64) {
    let mean = values.iter().sum::<f64>() / values.len().max(1) as f64;
    let blocks = values.chunks_exact((values.len() / 10).max(1)).take(10);
    let means: Vec<f64> = blocks
        .map(|block| block.iter().sum::<f64>() / block.len() as f64)
        .collect();
    let n = means.len() as f64;
    let squares: f64 = means.iter().map(|block| (block - mean).powi(2)).sum();
    (mean, (squares / (n * (n - 1.0)).max(1.0)).sqrt())
}
