//! W8: a retrieval map, the final overlap against the initial one: starts at 20 overlaps from every pattern of Hebb's
//! couplings, made and taken to rest all units at once or one at a time.

use super::batches;
use super::inputs::{self, sizes, within};
use super::timing::{Effort, time};
use super::w2::hebb;
use super::workload::{Workload, WorkloadResult};
use crate::engine::dynamics::{Batch, Rest};
use crate::engine::{Dynamics, Error, Patterns};
use crate::jobs;
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

pub(super) static MAP: Workload = Workload {
    name: "W8",
    title: "retrieval map",
    sizes: &[
        r#"{"N":784,"P":50,"trials":20,"n_m0":20,"max_sweeps":100,"mode":"sync"}"#,
        r#"{"N":784,"P":50,"trials":20,"n_m0":20,"max_sweeps":100,"mode":"async"}"#,
    ],
    scaled: |n| json!({"N": n, "P": n / 16, "trials": 1, "n_m0": 5, "max_sweeps": 100, "mode": "sync"}),
    run,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MapSizes {
    #[serde(rename = "N")]
    n_units: usize,
    #[serde(rename = "P")]
    n_patterns: usize,
    trials: usize,
    n_m0: usize,
    max_sweeps: u64,
    mode: Mode,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Mode {
    Sync,
    Async,
}

fn run(params: &Value, threads: usize, effort: Effort) -> Result<WorkloadResult, Error> {
    let map: MapSizes = inputs::read(params)?;
    let rows = map.n_patterns.saturating_mul(map.trials);
    sizes(map.n_units, &[("P", map.n_patterns), ("trials", rows)])?;
    within("n_m0", map.n_m0, 1..=20)?;
    within("max_sweeps", map.max_sweeps, 1..=10_000)?;
    let patterns = Arc::new(inputs::patterns(map.n_patterns, map.n_units)?);
    let batch = Batch::new(hebb(&patterns)?);
    let (rests, timing) =
        jobs::with_threads(threads, || time(effort, || map.rests(&batch, &patterns)));
    let (dots, n_sweeps) = map.sums(&patterns, &rests);
    let n_units = (rows * map.n_units) as f64;
    let curve = dots
        .iter()
        .map(|dot| (1e4 * *dot as f64 / n_units).round() / 1e4);
    Ok(WorkloadResult {
        implementation: batches::name(&batch),
        timing,
        work: json!({
            "spin_updates": n_sweeps as f64 * map.n_units as f64,
            "states": (rows * map.n_m0) as f64,
        }),
        check: json!({
            "sum_dot": (map.mode == Mode::Sync).then_some(&dots),
            "curve": curve.collect::<Vec<f64>>(),
            "sum_sweeps": n_sweeps,
        }),
    })
}

impl MapSizes {
    /// The ends of all states, overlap by overlap.
    fn rests(&self, batch: &Batch, patterns: &Patterns) -> Vec<Vec<Rest>> {
        let n_states = self.n_patterns * self.trials;
        let dynamics = match self.mode {
            Mode::Sync => Dynamics::Synchronous,
            Mode::Async => Dynamics::Asynchronous,
        };
        let rests = (0..self.n_m0).map(|a| {
            let offset = a * n_states * self.n_units;
            let m0 = 0.05 * (a + 1) as f64;
            let starts = inputs::starts(patterns, m0, n_states, offset);
            let seed = |b| (a * n_states + b) as u64;
            batch.settle(&starts, dynamics, seed, self.max_sweeps)
        });
        rests.collect()
    }

    /// Σ of the products of final states with the patterns they started from, for each initial overlap; and all sweeps.
    fn sums(&self, patterns: &Patterns, rests: &[Vec<Rest>]) -> (Vec<i64>, u64) {
        let mut n_sweeps = 0;
        let dots = rests.iter().map(|rests| {
            let (ends, more) = batches::ends(rests, self.max_sweeps);
            n_sweeps += more;
            let originals = (0..patterns.n_patterns()).cycle();
            let overlaps = ends.iter().zip(originals);
            let overlaps = overlaps.map(|(end, p)| end.overlap(&patterns.state(p)));
            let dots = overlaps.map(|overlap| (overlap * self.n_units as f64).round() as i64);
            dots.sum()
        });
        (dots.collect(), n_sweeps)
    }
}
