//! Parallel tempering: 64 independent ladders of replicas, with the same temperatures on their rungs.
//!
//! After every sweep neighbouring rungs of a ladder may exchange their states, with probability
//! min(1, e^{(β_a − β_b)(E_a − E_b)}) (Hukushima and Nemoto 1996), even and odd pairs in turn. Half of the ladders start
//! from independent fair spins, the others from states cooled down to nearly zero temperature: where the energies of
//! both halves agree, the start is forgotten. States of the coldest rung are kept at even distances after that. The
//! record is closed before the last of them, at a time that does not depend on how many are asked for.

use super::bonds::Lattice;
use super::replicas::{Checkerboard, N_REPLICAS, Replicas, Thresholds};
use crate::engine::lanes::counts;
use crate::engine::parallel::prelude::*;
use crate::engine::rng::{Stream, stream};
use rand::RngExt as _;

/// Ladders that start from random spins; as many others start cold.
const HALF: usize = N_REPLICAS / 2;

/// Spins of all replicas updated in one step, in words: a few milliseconds' work.
const SLICE: usize = 1 << 18;

/// Spins of all replicas that a thread updates at least, in words: less is not worth sharing.
const SHARED: usize = 1 << 12;

/// Steps of temperature, and sweeps at each, in which the cold starts are made.
const COOLING: (u32, usize) = (20, 10);

/// Most points of the energies that are kept.
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
    /// Temperatures of the ladder, at least 1.
    pub n_rungs: usize,
    /// Sweeps before anything is kept.
    pub warm_up: usize,
    /// Sweeps from one round of states kept to the next.
    pub spacing: usize,
    /// Rounds that are on record, at least 2.
    pub recorded: usize,
    /// Rounds of states to keep, one of each ladder, at least those on record.
    pub n_rounds: usize,
}

impl Plan {
    /// Sweeps in all.
    fn n_sweeps(&self) -> usize {
        self.warm_up + self.n_rounds * self.spacing
    }

    /// Sweeps on record.
    fn n_recorded(&self) -> usize {
        self.warm_up + self.recorded * self.spacing
    }
}

/// What can be said of how well the sample is mixed. Pairs are of the ladders that started from random spins and of
/// those that started cold.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Record {
    /// Temperatures of the ladder, rising.
    pub temperatures: Vec<f64>,
    /// Sweeps at which energies were noted.
    pub sweeps: Vec<usize>,
    /// Energy per spin on the coldest rung at these sweeps, mean over the ladders of each start.
    pub energies: [Vec<f64>; 2],
    /// Share of the exchanges that were accepted between each temperature and the next.
    pub exchanges: Vec<f64>,
    /// How often the coldest replicas of two independent ladders had an overlap in each bin from −1 to 1, after the
    /// warm-up.
    pub overlaps: Vec<u32>,
    /// Mean energy per spin on the coldest rung after the warm-up.
    pub means: [f64; 2],
    /// Standard errors of these means, from the differences between ladders.
    pub errors: [f64; 2],
    /// Root mean square overlap of a state kept with the next one of its ladder.
    pub successive: f64,
    /// Root mean square overlap of the states of two independent ladders.
    pub independent: f64,
}

/// One temperature of all ladders.
#[derive(Debug)]
struct Rung {
    thresholds: Thresholds,
    replicas: Replicas,
    /// Energies of the replicas.
    energies: [f64; N_REPLICAS],
}

/// What is added up on the way to a record.
#[derive(Debug, Default)]
struct Sums {
    /// Exchanges tried and accepted, by the lower rung.
    exchanges: Vec<[u64; 2]>,
    /// Energies on the coldest rung, by ladder.
    energies: Vec<f64>,
    /// Squares of overlaps, and their number: of successive and of independent states.
    squares: [[f64; 2]; 2],
}

/// Sampling under way.
#[derive(Debug)]
pub struct Tempering {
    lattice: Lattice,
    board: Checkerboard,
    plan: Plan,
    rungs: Vec<Rung>,
    rng: Stream,
    sweep: usize,
    sums: Sums,
    record: Record,
    rounds: Vec<Vec<u64>>,
}

impl Tempering {
    /// Begins to sample `lattice` by `plan`.
    pub fn new(lattice: Lattice, plan: Plan, seed: u64) -> Self {
        let board = Checkerboard::new(&lattice);
        let temperature = |rung: usize| {
            let share = rung as f64 / (plan.n_rungs - 1).max(1) as f64;
            plan.coldest * libm::pow(plan.hottest / plan.coldest, share)
        };
        let temperatures: Vec<f64> = (0..plan.n_rungs).map(temperature).collect();
        let cold = cooled(&board, plan.hottest, seed);
        let rung = |(rung, temperature): (usize, &f64)| {
            let mut start = stream(seed, &format!("starts of rung {rung}"));
            let words = cold
                .iter()
                .map(|cold| cold << HALF | start.random::<u64>() >> HALF);
            let words: Vec<u64> = words.collect();
            let replicas = Replicas::new(&board, &words, seed, &format!("rung {rung}"));
            Rung {
                thresholds: Thresholds::new(&board, *temperature),
                energies: replicas.energies(&board),
                replicas,
            }
        };
        let rungs = temperatures.iter().enumerate().map(rung).collect();
        let mut tempering = Self {
            lattice,
            board,
            plan,
            rungs,
            rng: stream(seed, "exchanges"),
            sweep: 0,
            sums: Sums {
                exchanges: vec![[0; 2]; plan.n_rungs - 1],
                energies: vec![0.0; N_REPLICAS],
                squares: [[0.0; 2]; 2],
            },
            record: Record {
                temperatures,
                overlaps: vec![0; BINS],
                ..Record::default()
            },
            rounds: Vec::new(),
        };
        tempering.note_energies();
        tempering
    }

    /// Share of the work done, 0 to 1.
    pub fn done(&self) -> f32 {
        self.sweep as f32 / self.plan.n_sweeps() as f32
    }

    /// A few milliseconds' work; true once all states are there.
    pub fn step(&mut self) -> bool {
        let mut work = 0;
        while self.sweep < self.plan.n_sweeps() && work < SLICE {
            self.advance();
            work += self.rungs.len() * self.lattice.n_spins();
        }
        self.sweep == self.plan.n_sweeps()
    }

    /// The lattice, the rounds of states kept, each one word a spin with one bit a ladder, and the record of how they
    /// came about.
    pub fn finish(self) -> (Lattice, Vec<Vec<u64>>, Record) {
        let mut record = self.record;
        let stride = record.sweeps.len().div_ceil(MAX_POINTS);
        record.sweeps = record.sweeps.into_iter().step_by(stride).collect();
        record.energies = record
            .energies
            .map(|curve| curve.into_iter().step_by(stride).collect());
        let rates = self.sums.exchanges.iter();
        record.exchanges = rates
            .map(|[tried, done]| *done as f64 / (*tried).max(1) as f64)
            .collect();
        let scale = (self.plan.n_recorded() - self.plan.warm_up) * self.lattice.n_spins();
        for (start, energies) in self.sums.energies.chunks_exact(HALF).enumerate() {
            let (mean, error) = mean_and_error(energies);
            record.means[start] = mean / scale as f64;
            record.errors[start] = error / scale as f64;
        }
        let [successive, independent] = self.sums.squares;
        record.successive = (successive[0] / successive[1].max(1.0)).sqrt();
        record.independent = (independent[0] / independent[1].max(1.0)).sqrt();
        (self.lattice, self.rounds, record)
    }

    fn advance(&mut self) {
        let at_least = SHARED / self.lattice.n_spins() + 1;
        let rungs = self.rungs.par_iter_mut().with_min_len(at_least);
        rungs.for_each(|rung| {
            rung.replicas.sweep(&self.board, &rung.thresholds);
            rung.energies = rung.replicas.energies(&self.board);
        });
        self.sweep += 1;
        self.exchange();
        let kept = self.sweep > self.plan.warm_up
            && (self.sweep - self.plan.warm_up).is_multiple_of(self.plan.spacing);
        if self.sweep <= self.plan.n_recorded() {
            self.note_energies();
            if self.sweep > self.plan.warm_up {
                self.note_equilibrium();
            }
        }
        if kept {
            let words = self.rungs[0].replicas.words(&self.board);
            if self.sweep <= self.plan.n_recorded()
                && let Some(last) = self.rounds.last()
            {
                let differing = counts(last.iter().zip(&words).map(|(a, b)| a ^ b));
                let overlaps = differing.map(|count| self.overlap(count));
                add_squares(&mut self.sums.squares[0], &overlaps);
            }
            self.rounds.push(words);
        }
    }

    /// Tries to exchange neighbouring rungs of every ladder.
    fn exchange(&mut self) {
        let temperatures = &self.record.temperatures;
        for lower in (self.sweep % 2..self.plan.n_rungs - 1).step_by(2) {
            let [below, above] = &mut self.rungs[lower..lower + 2] else {
                continue;
            };
            let step = 1.0 / temperatures[lower] - 1.0 / temperatures[lower + 1];
            let mut accepted = 0;
            for lane in 0..N_REPLICAS {
                let exponent = step * (below.energies[lane] - above.energies[lane]);
                let coin: f64 = self.rng.random();
                if exponent >= 0.0 || coin < libm::exp(exponent) {
                    accepted |= 1 << lane;
                    std::mem::swap(&mut below.energies[lane], &mut above.energies[lane]);
                }
            }
            below.replicas.exchange(&mut above.replicas, accepted);
            if self.sweep <= self.plan.n_recorded() {
                let [tried, done] = &mut self.sums.exchanges[lower];
                *tried += N_REPLICAS as u64;
                *done += u64::from(accepted.count_ones());
            }
        }
    }

    /// Notes the energies on the coldest rung.
    fn note_energies(&mut self) {
        self.record.sweeps.push(self.sweep);
        let scale = (HALF * self.lattice.n_spins()) as f64;
        let starts = self.rungs[0].energies.chunks_exact(HALF);
        for (curve, energies) in self.record.energies.iter_mut().zip(starts) {
            curve.push(energies.iter().sum::<f64>() / scale);
        }
    }

    /// Takes the coldest rung into the means and the distribution of overlaps.
    fn note_equilibrium(&mut self) {
        let Rung {
            replicas, energies, ..
        } = &self.rungs[0];
        for (sum, energy) in self.sums.energies.iter_mut().zip(energies) {
            *sum += energy;
        }
        let words = replicas.words(&self.board);
        let differing = counts(words.iter().map(|word| word ^ word >> HALF));
        let overlaps = differing.map(|count| self.overlap(count));
        for overlap in &overlaps[..HALF] {
            let bin = (f64::midpoint(*overlap, 1.0) * BINS as f64) as usize;
            self.record.overlaps[bin.min(BINS - 1)] += 1;
        }
        add_squares(&mut self.sums.squares[1], &overlaps[..HALF]);
    }

    /// The overlap of states that differ in so many spins.
    fn overlap(&self, n_differing: u32) -> f64 {
        1.0 - 2.0 * f64::from(n_differing) / self.lattice.n_spins() as f64
    }
}

/// States cooled down from `hottest` to a twentieth of it, in the lower half of one word a spin, in rows.
fn cooled(board: &Checkerboard, hottest: f64, seed: u64) -> Vec<u64> {
    let mut start = stream(seed, "starts to be cooled");
    let words: Vec<u64> = (0..board.n_spins()).map(|_| start.random()).collect();
    let mut replicas = Replicas::new(board, &words, seed, "cooling");
    let (n_steps, n_sweeps) = COOLING;
    for step in 0..n_steps {
        let share = 1.0 - f64::from(step) / f64::from(n_steps);
        let thresholds = Thresholds::new(board, share * hottest);
        (0..n_sweeps).for_each(|_| replicas.sweep(board, &thresholds));
    }
    replicas.words(board)
}

fn add_squares([sum, number]: &mut [f64; 2], overlaps: &[f64]) {
    *sum += overlaps
        .iter()
        .map(|overlap| overlap * overlap)
        .sum::<f64>();
    *number += overlaps.len() as f64;
}

/// The mean of independent values, and its standard error.
pub(super) fn mean_and_error(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    (mean, (squares / (n * (n - 1.0))).sqrt())
}
