//! W1: Hebb's rule from patterns to a memory, J = Ξᵀ Ξ / N with zero diagonal, as `learn` and the window learn it.

use super::inputs::{self, sizes};
use super::learning::learn;
use super::timing::Effort;
use super::workload::{Workload, WorkloadResult};
use crate::engine::learning::Hebb;
use crate::engine::{Error, LearningRule};
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
    let rule = LearningRule::Hebb(Hebb::default());
    let (learned, timing) = learn(&rule, &patterns, threads, effort)?;
    let whole = |value: &f32| (f64::from(*value) * n_units as f64).round();
    let (sum, squares) = learned
        .couplings
        .iter()
        .map(whole)
        .fold((0.0, 0.0), |(sum, squares), value| {
            (sum + value, squares + value * value)
        });
    let (n, p) = (n_units as f64, n_patterns as f64);
    Ok(WorkloadResult {
        implementation: "ours",
        timing,
        work: json!({"flop": 2.0 * n * n * p}),
        check: json!({
            "sum_NJ": sum as i64,
            "sumsq_NJ": squares as i64,
            "NJ01": learned.couplings.get([0, 1]).map_or(0.0, whole) as i64,
            "trace": learned.couplings.diag().sum(),
        }),
    })
}
