//! W2: a batch of states relaxes synchronously in Hebb's couplings, with the energy before every sweep.

use super::batches::{self, Init};
use super::inputs::{self, sizes, within};
use super::timing::Effort;
use super::workload::{Workload, WorkloadResult};
use crate::engine::dynamics::Batch;
use crate::engine::learning::Hebb;
use crate::engine::{Dynamics, Error, LearningRule, Memory, Patterns};
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

/// The sizes of W2 and of W9.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BatchSizes {
    #[serde(rename = "N")]
    pub(super) n_units: usize,
    #[serde(rename = "P")]
    pub(super) n_patterns: usize,
    #[serde(rename = "B")]
    pub(super) n_states: usize,
    pub(super) init: Init,
    pub(super) m0: f64,
    pub(super) max_sweeps: u64,
}

fn run(params: &Value, threads: usize, effort: Effort) -> Result<WorkloadResult, Error> {
    let sizes = BatchSizes::read(params)?;
    let patterns = Arc::new(inputs::patterns(sizes.n_patterns, sizes.n_units)?);
    let memory = hebb(&patterns)?;
    let batch = Batch::new(Arc::clone(&memory));
    let starts = sizes.init.starts(&patterns, sizes.m0, sizes.n_states);
    let (rests, timing) = batches::settle(&batch, &starts, sizes.max_sweeps, threads, effort);
    let (ends, n_sweeps) = batches::ends(&rests, sizes.max_sweeps);
    let first: f64 = rests.iter().map(|rest| rest.energies[0]).sum();
    let again = batch.settle(&ends, Dynamics::Synchronous, |_| 0, 1);
    let mut check = json!({
        "crc32": inputs::check_sum(&ends),
        "sum_sweeps": n_sweeps,
        "n_fixed": again.iter().filter(|rest| rest.flips == 0).count(),
        "E_final_mean": batches::mean_energy(&memory, &ends),
        "E_first_mean": first / rests.len() as f64,
    });
    if sizes.init == Init::Overlap {
        let originals = (0..patterns.n_patterns()).cycle();
        let overlaps = ends.iter().zip(originals);
        let overlaps = overlaps.map(|(end, p)| end.overlap(&patterns.state(p)));
        check["m_final_mean"] = (overlaps.sum::<f64>() / ends.len() as f64).into();
    }
    Ok(WorkloadResult {
        implementation: batches::name(&batch),
        timing,
        work: json!({"spin_updates": n_sweeps as f64 * sizes.n_units as f64}),
        check,
    })
}

impl BatchSizes {
    /// Reads them, and refuses what does not fit.
    pub(super) fn read(params: &Value) -> Result<Self, Error> {
        let read: Self = inputs::read(params)?;
        let rows = [("P", read.n_patterns), ("B", read.n_states)];
        sizes(read.n_units, &rows)?;
        within("m0", read.m0, -1.0..=1.0)?;
        within("max_sweeps", read.max_sweeps, 1..=10_000)?;
        Ok(read)
    }
}

/// What Hebb's rule makes of `patterns`: couplings with zero diagonal.
pub(super) fn hebb(patterns: &Arc<Patterns>) -> Result<Arc<Memory>, Error> {
    let memory = LearningRule::Hebb(Hebb::default()).learn(Arc::clone(patterns), 1)?;
    Ok(Arc::new(memory))
}
