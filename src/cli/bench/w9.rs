//! W9: a batch of states relaxes synchronously in couplings that are not whole numbers: those of the projection rule
//! with zero diagonal.

use super::batches;
use super::inputs;
use super::timing::Effort;
use super::w2::BatchSizes;
use super::workload::{Workload, WorkloadResult};
use crate::engine::dynamics::Batch;
use crate::engine::{Error, LearningRule, Memory, Patterns, State};
use serde_json::{Value, json};
use std::sync::Arc;

pub(super) static REAL: Workload = Workload {
    name: "W9",
    title: "synchronous, real couplings",
    sizes: &[
        r#"{"N":784,"P":100,"B":1024,"init":"overlap","m0":0.5,"max_sweeps":100}"#,
        r#"{"N":784,"P":100,"B":1024,"init":"random","m0":0.0,"max_sweeps":100}"#,
        r#"{"N":784,"P":300,"B":1024,"init":"overlap","m0":0.8,"max_sweeps":100}"#,
    ],
    scaled: |n| json!({"N": n, "P": n / 8, "B": 256, "init": "overlap", "m0": 0.5, "max_sweeps": 100}),
    run,
};

/// The projection, to single precision.
const RULE: &str = "pseudo-inverse:ridge=1e-9";
/// By so much a unit may be against its field in a state that counts as fixed: sums in another order decide.
const SLACK: f32 = 1e-5;

fn run(params: &Value, threads: usize, effort: Effort) -> Result<WorkloadResult, Error> {
    let sizes = BatchSizes::read(params)?;
    let patterns = Arc::new(inputs::patterns(sizes.n_patterns, sizes.n_units)?);
    let memory = Arc::new(LearningRule::parse(RULE)?.learn(Arc::clone(&patterns), 1)?);
    let batch = Batch::new(Arc::clone(&memory));
    let starts = sizes.init.starts(&patterns, sizes.m0, sizes.n_states);
    let (rests, timing) = batches::settle(&batch, &starts, sizes.max_sweeps, threads, effort);
    let (ends, n_sweeps) = batches::ends(&rests, sizes.max_sweeps);
    let best: f64 = ends.iter().map(|end| best_overlap(&patterns, end)).sum();
    Ok(WorkloadResult {
        implementation: batches::name(&batch),
        timing,
        work: json!({"spin_updates": n_sweeps as f64 * sizes.n_units as f64}),
        check: json!({
            "n_fixed": ends.iter().filter(|end| is_fixed(&memory, end)).count(),
            "m_best_mean": best / ends.len() as f64,
            "E_final_mean": batches::mean_energy(&memory, &ends),
            "sum_sweeps": n_sweeps,
        }),
    })
}

fn best_overlap(patterns: &Patterns, state: &State) -> f64 {
    let overlaps = patterns.overlaps(state).into_iter();
    overlaps.map(f64::abs).fold(0.0, f64::max)
}

fn is_fixed(memory: &Memory, state: &State) -> bool {
    let fields = memory.fields(state);
    let units = fields.iter().zip(state.units());
    units
        .map(|(field, sign)| field * f32::from(*sign))
        .all(|along| along >= -SLACK)
}
