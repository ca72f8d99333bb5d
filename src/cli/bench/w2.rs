//! W2: a batch of states relaxes synchronously in Hebb's couplings, with the energy before every sweep.

use super::inputs::{self, sizes, within};
use super::timing::{Effort, time};
use super::{Measured, Workload};
use crate::engine::dynamics::{Alternating, PackedCouplings, Rest};
use crate::engine::learning::Hebb;
use crate::engine::{Couplings, Error, LearningRule, Memory, Patterns, State};
use crate::jobs::in_parallel;
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

pub(super) static SYNCHRONOUS: Workload = Workload {
    name: "W2",
    title: "synchronous",
    sizes: &[
        r#"{"N":784,"P":50,"B":1024,"init":"random","m0":0.0,"max_sweeps":100}"#,
        r#"{"N":784,"P":50,"B":1024,"init":"overlap","m0":0.5,"max_sweeps":100}"#,
        r#"{"N":2048,"P":128,"B":1024,"init":"overlap","m0":0.5,"max_sweeps":100}"#,
    ],
    scaled: |n| json!({"N": n, "P": n / 16, "B": 256, "init": "random", "m0": 0.0, "max_sweeps": 100}),
    run,
};

/// States that one thread does at a time.
const STATES: usize = 64;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sizes {
    #[serde(rename = "N")]
    n_units: usize,
    #[serde(rename = "P")]
    n_patterns: usize,
    #[serde(rename = "B")]
    n_states: usize,
    init: Init,
    m0: f64,
    max_sweeps: u64,
}

#[derive(Deserialize, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Init {
    Random,
    Overlap,
}

fn run(params: &Value, threads: usize, effort: Effort) -> Result<Measured, Error> {
    let sizes: Sizes = inputs::read(params)?;
    sizes.check()?;
    let patterns = Arc::new(inputs::patterns(sizes.n_patterns, sizes.n_units)?);
    let couplings = hebb(&patterns)?;
    let packed = packed(&couplings)?;
    let starts = match sizes.init {
        Init::Random => inputs::random_starts(sizes.n_states, sizes.n_units),
        Init::Overlap => inputs::starts(&patterns, sizes.m0, sizes.n_states),
    };
    let (rests, timing) = time(effort, || {
        relax(&packed, &starts, sizes.max_sweeps, threads)
    });
    let n_sweeps: u64 = rests.iter().map(|rest| rest.sweeps).sum();
    let mut check = check(&Memory::Pairwise(couplings), &packed, &rests);
    check["sum_sweeps"] = n_sweeps.into();
    if sizes.init == Init::Overlap {
        let overlaps = rests.iter().enumerate().map(|(b, rest)| {
            rest.state
                .overlap(&patterns.state(b % patterns.n_patterns()))
        });
        check["m_final_mean"] = (overlaps.sum::<f64>() / rests.len() as f64).into();
    }
    Ok(Measured {
        implementation: if packed.bits() == 8 {
            "ours-i8"
        } else {
            "ours-i16"
        },
        timing,
        work: json!({"spin_updates": n_sweeps as f64 * sizes.n_units as f64}),
        check,
    })
}

impl Sizes {
    fn check(&self) -> Result<(), Error> {
        let rows = [("P", self.n_patterns), ("B", self.n_states)];
        sizes(self.n_units, &rows)?;
        within("m0", self.m0, -1.0..=1.0)?;
        within("max_sweeps", self.max_sweeps, 1..=10_000)
    }
}

/// Hebb's couplings with zero diagonal.
pub(super) fn hebb(patterns: &Arc<Patterns>) -> Result<Couplings, Error> {
    let memory = LearningRule::Hebb(Hebb::default()).learn(Arc::clone(patterns), 1)?;
    let couplings = memory.couplings().cloned();
    Ok(couplings.expect("Hebb's rule makes couplings"))
}

/// The same, packed.
pub(super) fn packed(couplings: &Couplings) -> Result<PackedCouplings, Error> {
    PackedCouplings::new(couplings).ok_or_else(|| Error::Range {
        setting: "P",
        range: "such that sums of N couplings stay below 2^24".to_owned(),
        value: "so large".to_owned(),
    })
}

fn relax(packed: &PackedCouplings, starts: &[State], max_sweeps: u64, threads: usize) -> Vec<Rest> {
    let mut rests: Vec<Vec<Rest>> = Vec::new();
    rests.resize_with(starts.len().div_ceil(STATES), Vec::new);
    let pieces = starts.chunks(STATES).zip(&mut rests);
    in_parallel(threads, pieces, |(starts, rests)| {
        *rests = packed.synchronous(starts, max_sweeps, Alternating::GoOn);
    });
    rests.into_iter().flatten().collect()
}

fn check(memory: &Memory, packed: &PackedCouplings, rests: &[Rest]) -> Value {
    let n_states = rests.len() as f64;
    let scale = memory
        .couplings()
        .map_or(1.0, |couplings| f64::from(couplings.scale()));
    let energies = rests.iter().filter_map(|rest| memory.energy(&rest.state));
    let first: i64 = rests.iter().map(|rest| rest.trace[0]).sum();
    let states: Vec<State> = rests.iter().map(|rest| rest.state.clone()).collect();
    let again = packed.synchronous(&states, 1, Alternating::Stop);
    json!({
        "crc32": inputs::check_sum(&states),
        "n_fixed": again.iter().filter(|rest| rest.flips == 0).count(),
        "E_final_mean": energies.sum::<f64>() / n_states,
        "E_first_mean": -0.5 * scale * first as f64 / n_states,
    })
}
