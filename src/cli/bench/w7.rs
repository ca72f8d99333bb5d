//! W7: a heat bath moves replicas of a two-dimensional spin glass, with their energies after every sweep, as it moves the
//! rungs of the world `spin-glass`.

use super::inputs::{self, signs, splitmix, within};
use super::timing::{Effort, time};
use super::workload::{Workload, WorkloadResult};
use crate::engine::Error;
use crate::jobs;
use crate::worlds::spin_glass::Lattice;
use crate::worlds::spin_glass::replicas::{Checkerboard, N_REPLICAS, Replicas, Thresholds};
use rayon::prelude::*;
use serde::Deserialize;
use serde_json::{Value, json};

pub(super) static SPIN_GLASS: Workload = Workload {
    name: "W7",
    title: "spin glass",
    sizes: &[
        r#"{"L":32,"R":64,"sweeps":1000,"T":1.0,"kind":"pm"}"#,
        r#"{"L":32,"R":64,"sweeps":1000,"T":1.0,"kind":"gauss"}"#,
    ],
    scaled: |n| {
        let side = 2 * ((n as f64).sqrt() / 2.0).round() as usize;
        json!({"L": side, "R": 64, "sweeps": 1000, "T": 1.0, "kind": "pm"})
    },
    run,
};

/// Seed of the bonds.
const DISORDER: u64 = 4;
/// Seed of the starts and of the heat bath.
const DYNAMICS: u64 = 5;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sizes {
    #[serde(rename = "L")]
    side: usize,
    #[serde(rename = "R")]
    n_replicas: usize,
    sweeps: usize,
    #[serde(rename = "T")]
    temperature: f64,
    kind: Kind,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Pm,
    Gauss,
}

/// Replicas that one thread moves at a time.
#[derive(Clone)]
struct Group {
    replicas: Replicas,
    /// How many lanes are asked for.
    n_lanes: usize,
    /// Sum over these, after every sweep.
    energies: Vec<f64>,
}

fn run(params: &Value, threads: usize, effort: Effort) -> Result<WorkloadResult, Error> {
    let sizes: Sizes = inputs::read(params)?;
    within("R", sizes.n_replicas, 1..=4096)?;
    within("sweeps", sizes.sweeps, 20..=1_000_000)?;
    within("T", sizes.temperature, 0.01..=1000.0)?;
    let lattice = lattice(sizes.side, sizes.kind)?;
    let board = Checkerboard::new(&lattice);
    let thresholds = Thresholds::new(&board, sizes.temperature);
    let starts = groups(&board, sizes.n_replicas);
    let (groups, timing) = jobs::with_threads(threads, || {
        time(effort, || {
            let mut groups = starts.clone();
            groups.par_iter_mut().for_each(|group| {
                for _ in 0..sizes.sweeps {
                    group.replicas.sweep(&board, &thresholds);
                    let energies = group.replicas.energies(&board);
                    group.energies.push(energies[..group.n_lanes].iter().sum());
                }
            });
            groups
        })
    });
    let n_spins = (sizes.n_replicas * lattice.n_spins()) as f64;
    let mean = |sweep: usize| {
        groups
            .iter()
            .map(|group| group.energies[sweep])
            .sum::<f64>()
    };
    let trace: Vec<f64> = (0..sizes.sweeps)
        .map(|sweep| mean(sweep) / n_spins)
        .collect();
    Ok(WorkloadResult {
        implementation: "ours",
        timing,
        work: json!({"spin_updates": n_spins * sizes.sweeps as f64}),
        check: check(&trace),
    })
}

/// The published bonds: number 2 × site + direction, to the right first; ±1 by the top bit of one output, or the sum of
/// four numbers below 1, standardised.
fn lattice(side: usize, kind: Kind) -> Result<Lattice, Error> {
    within("L", side, 4..=64)?;
    if !side.is_multiple_of(2) {
        return Err(Error::Range {
            setting: "L",
            range: "even".to_owned(),
            value: side.to_string(),
        });
    }
    let bond = |number: u64| match kind {
        Kind::Pm => 2.0 * (splitmix(DISORDER, number) >> 63) as f32 - 1.0,
        Kind::Gauss => {
            let outputs = 4 * number..4 * number + 4;
            let parts = outputs.map(|index| (splitmix(DISORDER, index) >> 40) as f64);
            ((parts.sum::<f64>() / f64::from(1 << 24) - 2.0) * 3_f64.sqrt()) as f32
        }
    };
    let numbers = 0..(2 * side * side) as u64;
    Ok(Lattice::new(side, &numbers.map(bond).collect::<Vec<f32>>()))
}

/// Random starts, 64 replicas to a group.
fn groups(board: &Checkerboard, n_replicas: usize) -> Vec<Group> {
    let spins = signs(DYNAMICS, n_replicas, board.n_spins());
    let firsts = (0..n_replicas).step_by(N_REPLICAS);
    let group = |first: usize| {
        let rows = first..n_replicas.min(first + N_REPLICAS);
        let bit = |site: usize, row: usize| u64::from(spins[[row, site]] > 0) << (row - first);
        let word = |site: usize| rows.clone().fold(0, |word, row| word | bit(site, row));
        let words: Vec<u64> = (0..board.n_spins()).map(word).collect();
        Group {
            replicas: Replicas::new(board, &words, DYNAMICS, &format!("replicas from {first}")),
            n_lanes: rows.len(),
            energies: Vec::new(),
        }
    };
    firsts.map(group).collect()
}

/// Mean energy over the second half, its error from ten blocks, and the last one.
fn check(trace: &[f64]) -> Value {
    let half = &trace[trace.len() / 2..];
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let blocks: Vec<f64> = half
        .chunks_exact(half.len() / 10)
        .take(10)
        .map(mean)
        .collect();
    let middle = mean(&blocks);
    let squares = blocks.iter().map(|block| (block - middle).powi(2));
    json!({
        "e_half": mean(half),
        "e_err": (squares.sum::<f64>() / 90.0).sqrt(),
        "e_last": trace[trace.len() - 1],
    })
}
