//! W6: a batch of states in a dense memory, all units at once along the gradient, with the square of the overlap or its
//! exponential as a pattern's weight.

use super::inputs::{self, sizes, within};
use super::timing::{Effort, time};
use super::workload::{Workload, WorkloadResult};
use crate::engine::dense::{self, DenseMemory, FieldKind, States};
use crate::engine::dynamics::Batch;
use crate::engine::{Dynamics, Error, Memory, State};
use crate::jobs;
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

pub(super) static DENSE: Workload = Workload {
    name: "W6",
    title: "dense memory",
    sizes: &[
        r#"{"N":784,"K":10000,"B":256,"steps":5,"m0":0.4,"energy":"poly3","beta":0.0}"#,
        r#"{"N":784,"K":10000,"B":256,"steps":5,"m0":0.4,"energy":"exp","beta":0.1}"#,
    ],
    scaled: |n| json!({"N": n, "K": 4 * n, "B": 64, "steps": 5, "m0": 0.4, "energy": "poly3", "beta": 0.0}),
    run,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sizes {
    #[serde(rename = "N")]
    n_units: usize,
    #[serde(rename = "K")]
    n_patterns: usize,
    #[serde(rename = "B")]
    n_states: usize,
    steps: u64,
    m0: f64,
    energy: Energy,
    beta: f64,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Energy {
    Poly3,
    Exp,
}

fn run(params: &Value, threads: usize, effort: Effort) -> Result<WorkloadResult, Error> {
    let Sizes {
        n_units,
        n_patterns,
        n_states,
        steps,
        m0,
        energy,
        beta,
    } = inputs::read(params)?;
    sizes(n_units, &[("K", n_patterns), ("B", n_states)])?;
    within("steps", steps, 1..=10_000)?;
    within("m0", m0, -1.0..=1.0)?;
    let energy = match energy {
        Energy::Poly3 => dense::Energy::Polynomial { degree: 3 },
        Energy::Exp => {
            within("beta", beta, 1e-6..=1e6)?;
            let states = States::Signs;
            dense::Energy::LogSumExp { beta, states }
        }
    };
    let patterns = Arc::new(inputs::patterns(n_patterns, n_units)?);
    let starts = inputs::starts(&patterns, m0, n_states, 0);
    let memory = DenseMemory::of(Arc::clone(&patterns), energy, FieldKind::Gradient)?;
    let batch = Batch::new(Arc::new(Memory::Dense(memory)));
    let (rests, timing) = jobs::with_threads(threads, || {
        time(effort, || {
            batch.settle(&starts, Dynamics::Synchronous, |_| 0, steps)
        })
    });
    let ends: Vec<&State> = rests.iter().map(|rest| &rest.state).collect();
    let overlaps = ends.iter().enumerate();
    let overlaps: Vec<f64> = overlaps
        .map(|(b, end)| end.overlap(&patterns.state(b % n_patterns)))
        .collect();
    let state_steps = n_states as f64 * steps as f64;
    Ok(WorkloadResult {
        implementation: "ours",
        timing,
        work: json!({
            "flop": 4.0 * n_patterns as f64 * n_units as f64 * state_steps,
            "state_steps": state_steps,
        }),
        check: json!({
            "m_final_mean": overlaps.iter().sum::<f64>() / n_states as f64,
            "n_exact": overlaps.iter().filter(|m| **m > 0.9999).count(),
            "crc32": inputs::check_sum(ends),
        }),
    })
}
