//! W7: a heat bath moves replicas of a two-dimensional spin glass, with their mean energy after every sweep.

use super::inputs::{self, splitmix, within};
use super::timing::{Effort, time};
use super::{Measured, Workload};
use crate::engine::Error;
use crate::engine::rng::stream;
use crate::jobs::in_parallel;
use crate::worlds::spin_glass::{Bits, Lanes, Lattice, bits, lanes};
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
        json!({"L": side, "R": 64, "sweeps": 200, "T": 1.0, "kind": "pm"})
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

/// Replicas that one thread moves.
#[derive(Clone)]
enum Group {
    Bits(Box<Bits>),
    Lanes(Box<Lanes>),
}

impl Group {
    fn new(lattice: &Lattice, sizes: &Sizes, group: usize) -> Self {
        let mut rng = stream(DYNAMICS, &format!("replicas {group}"));
        match sizes.kind {
            Kind::Pm => Self::Bits(Box::new(Bits::new(lattice, sizes.temperature, &mut rng))),
            Kind::Gauss => {
                let lanes = Lanes::new(lattice, sizes.temperature as f32, &mut rng);
                Self::Lanes(Box::new(lanes))
            }
        }
    }

    /// Mean energy per spin of its replicas after one sweep more.
    fn sweep(&mut self, lattice: &Lattice) -> f64 {
        match self {
            Self::Bits(bits) => {
                bits.sweep();
                bits.mean_energy()
            }
            Self::Lanes(lanes) => {
                lanes.sweep();
                let sum: f64 = lanes.energies(lattice).iter().sum();
                sum / (lanes::LANES * lattice.n_spins()) as f64
            }
        }
    }
}

fn run(params: &Value, threads: usize, effort: Effort) -> Result<Measured, Error> {
    let sizes: Sizes = inputs::read(params)?;
    within("L", sizes.side, 4..=1024)?;
    within("R", sizes.n_replicas, 1..=4096)?;
    within("sweeps", sizes.sweeps, 20..=1_000_000)?;
    within("T", sizes.temperature, 0.2..=1000.0)?;
    let size = match sizes.kind {
        Kind::Pm => bits::REPLICAS,
        Kind::Gauss => lanes::LANES,
    };
    if !sizes.side.is_multiple_of(2) || !sizes.n_replicas.is_multiple_of(size) {
        return Err(Error::Range {
            setting: "L and R",
            range: format!("even, and a multiple of {size}"),
            value: format!("{} and {}", sizes.side, sizes.n_replicas),
        });
    }
    let lattice = lattice(sizes.side, sizes.kind);
    let groups = 0..sizes.n_replicas / size;
    let starts = groups.map(|group| (Group::new(&lattice, &sizes, group), Vec::new()));
    let starts: Vec<(Group, Vec<f64>)> = starts.collect();
    let (groups, timing) = time(effort, || {
        let mut groups = starts.clone();
        in_parallel(threads, &mut groups, |(group, trace)| {
            trace.extend((0..sizes.sweeps).map(|_| group.sweep(&lattice)));
        });
        groups
    });
    let mean = |sweep: usize| {
        let sum: f64 = groups.iter().map(|(_, trace)| trace[sweep]).sum();
        sum / groups.len() as f64
    };
    let trace: Vec<f64> = (0..sizes.sweeps).map(mean).collect();
    let updates = (lattice.n_spins() * sizes.n_replicas) as f64 * sizes.sweeps as f64;
    Ok(Measured {
        implementation: match sizes.kind {
            Kind::Pm => "ours-bits",
            Kind::Gauss => "ours-lanes",
        },
        timing,
        work: json!({"spin_updates": updates}),
        check: check(&trace),
    })
}

/// The bonds that every program measures with: number 2 × spin + direction, to the right first; ±1 by the top bit of
/// one output, or the sum of four numbers below 1, standardised.
fn lattice(side: usize, kind: Kind) -> Lattice {
    let bond = |number: u64| match kind {
        Kind::Pm if splitmix(DISORDER, number) >> 63 == 1 => 1.0,
        Kind::Pm => -1.0,
        Kind::Gauss => {
            let outputs = 4 * number..4 * number + 4;
            let parts = outputs.map(|index| (splitmix(DISORDER, index) >> 40) as f64);
            ((parts.sum::<f64>() / f64::from(1 << 24) - 2.0) * 3_f64.sqrt()) as f32
        }
    };
    let bonds: Vec<f32> = (0..2 * (side * side) as u64).map(bond).collect();
    Lattice::new(side, &bonds)
}

/// Mean energy over the second half, its error from ten blocks, and the last one.
fn check(trace: &[f64]) -> Value {
    let half = &trace[trace.len() / 2..];
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let blocks = half.chunks_exact(half.len() / 10).take(10);
    let blocks: Vec<f64> = blocks.map(mean).collect();
    let middle = mean(&blocks);
    let squares = blocks.iter().map(|block| (block - middle).powi(2));
    json!({
        "e_half": mean(half),
        "e_err": (squares.sum::<f64>() / 90.0).sqrt(),
        "e_last": trace[trace.len() - 1],
    })
}
