//! W3: random starts relax asynchronously in Hebb's couplings, one after the other on one core, with a fresh random
//! order every sweep.

use super::batches;
use super::inputs::{self, ORDER, STRIDE, mix, sizes, within};
use super::timing::{Effort, time};
use super::w2::hebb;
use super::workload::{Workload, WorkloadResult};
use crate::engine::dynamics::{Batch, Rest};
use crate::engine::{Error, State};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

pub(super) static ASYNCHRONOUS: Workload = Workload {
    name: "W3",
    title: "asynchronous",
    sizes: &[
        r#"{"N":784,"P":50,"R":200,"max_sweeps":100}"#,
        r#"{"N":2048,"P":128,"R":50,"max_sweeps":100}"#,
    ],
    scaled: |n| json!({"N": n, "P": n / 16, "R": 50, "max_sweeps": 100}),
    run,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sizes {
    #[serde(rename = "N")]
    n_units: usize,
    #[serde(rename = "P")]
    n_patterns: usize,
    #[serde(rename = "R")]
    n_states: usize,
    max_sweeps: u64,
}

fn run(params: &Value, _threads: usize, effort: Effort) -> Result<WorkloadResult, Error> {
    let Sizes {
        n_units,
        n_patterns,
        n_states,
        max_sweeps,
    } = inputs::read(params)?;
    sizes(n_units, &[("P", n_patterns), ("R", n_states)])?;
    within("max_sweeps", max_sweeps, 1..=10_000)?;
    let batch = Batch::new(hebb(&Arc::new(inputs::patterns(n_patterns, n_units)?))?);
    let starts = inputs::random_starts(n_states, n_units);
    let (rests, timing) = time(effort, || relax(&batch, &starts, max_sweeps));
    let n_sweeps: u64 = rests.iter().map(|rest| rest.sweeps).sum();
    let n_flips: u64 = rests.iter().map(|rest| rest.flips).sum();
    let updates = n_sweeps as f64 * n_units as f64;
    let energy: f64 = rests.iter().filter_map(|rest| rest.energies.last()).sum();
    let median = timing.t_med_quiet_s.unwrap_or(timing.t_med_s);
    Ok(WorkloadResult {
        implementation: batches::name(&batch),
        work: json!({"spin_updates": updates, "flips": n_flips as f64}),
        check: json!({
            "sum_sweeps": n_sweeps,
            "sum_flips": n_flips,
            "E_final_mean": energy / n_states as f64,
            "ns_per_update": 1e9 * median / updates,
            "us_per_sweep": 1e6 * median / n_sweeps as f64,
            "ns_per_update_best": 1e9 * timing.t_min_s / updates,
            "us_per_run": 1e6 * median / n_states as f64,
            "crc32": inputs::check_sum(rests.iter().map(|rest| &rest.state)),
        }),
        timing,
    })
}

fn relax(batch: &Batch, starts: &[State], max_sweeps: u64) -> Vec<Rest> {
    let mut z = ORDER;
    starts
        .iter()
        .map(|start| batch.settle_in_order(start, max_sweeps, |units| shuffle(units, &mut z)))
        .collect()
}

/// The units in a new order, by Fisher and Yates, from the outputs of SplitMix64 in state `z`.
fn shuffle(units: &mut [u32], z: &mut u64) {
    for (place, unit) in (0..).zip(units.iter_mut()) {
        *unit = place;
    }
    for last in (1..units.len()).rev() {
        *z = z.wrapping_add(STRIDE);
        let other = (u128::from(mix(*z)) * (last as u128 + 1)) >> 64;
        units.swap(last, other as usize);
    }
}
