//! W1: J = Ξᵀ Ξ / N with zero diagonal, in single precision, from packed patterns.

use super::inputs::{self, sizes};
use super::timing::{Effort, time};
use super::workload::{Workload, WorkloadResult};
use crate::engine::Error;
use crate::engine::learning::shared::gram::{self, Columns};
use crate::jobs::in_parallel;
use serde::Deserialize;
use serde_json::{Value, json};

pub(super) static HEBB: Workload = Workload {
    name: "W1",
    title: "Hebb's rule",
    sizes: &[r#"{"N":784,"P":1000}"#, r#"{"N":2048,"P":2000}"#],
    scaled: |n| json!({"N": n, "P": n}),
    run,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sizes {
    #[serde(rename = "N")]
    n_units: usize,
    #[serde(rename = "P")]
    n_patterns: usize,
}

fn run(params: &Value, threads: usize, effort: Effort) -> Result<WorkloadResult, Error> {
    let Sizes {
        n_units,
        n_patterns,
    } = inputs::read(params)?;
    sizes(n_units, &[("N", n_units), ("P", n_patterns)])?;
    let patterns = inputs::patterns(n_patterns, n_units)?;
    let columns = Columns::new(patterns.by_unit());
    let mut couplings = vec![0.0_f32; n_units * n_units];
    let ((), timing) = time(effort, || learn(&columns, n_units, &mut couplings, threads));
    let whole = |value: &f32| (f64::from(*value) * n_units as f64).round();
    let (sum, squares) = couplings
        .iter()
        .map(whole)
        .fold((0.0, 0.0), |(sum, squares), value| {
            (sum + value, squares + value * value)
        });
    let trace: f32 = couplings.iter().step_by(n_units + 1).sum();
    let (n, p) = (n_units as f64, n_patterns as f64);
    Ok(WorkloadResult {
        implementation: "ours",
        timing,
        work: json!({"flop": 2.0 * n * n * p}),
        check: json!({
            "sum_NJ": sum as i64,
            "sumsq_NJ": squares as i64,
            "NJ01": couplings.get(1).map_or(0.0, whole) as i64,
            "trace": trace,
        }),
    })
}

/// Couplings by Hebb's rule, into an array of N × N.
fn learn(columns: &Columns, n_units: usize, couplings: &mut [f32], threads: usize) {
    let scale = 1.0 / n_units as f32;
    in_parallel(threads, gram::tiles(couplings, n_units), |mut tile| {
        columns.products(&mut tile, scale);
    });
    let diagonal = couplings.iter_mut().step_by(n_units + 1);
    diagonal.for_each(|entry| *entry = 0.0);
}
