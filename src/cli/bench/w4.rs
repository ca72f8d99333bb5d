//! W4: the projection rule from patterns to a memory, J = Ξ⁺ Ξ with zero diagonal, as `learn` and the window learn it.

use super::inputs::{self, sizes};
use super::learning::learn;
use super::timing::Effort;
use super::workload::{Workload, WorkloadResult};
use crate::engine::{Error, LearningRule, Patterns};
use ndarray::Array2;
use serde::Deserialize;
use serde_json::{Value, json};

pub(super) static PROJECTION: Workload = Workload {
    name: "W4",
    title: "projection rule",
    sizes: &[r#"{"N":784,"P":400}"#, r#"{"N":2048,"P":1000}"#],
    scaled: |n| json!({"N": n, "P": n / 2}),
    run,
};

/// The least ridge that the rule admits: to single precision, the projector itself.
const RIDGE: f64 = 1e-9;

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
    sizes(n_units, &[("N", n_units)])?;
    inputs::within("P", n_patterns, 1..=n_units)?;
    let patterns = inputs::patterns(n_patterns, n_units)?;
    let rule = |diagonal| {
        LearningRule::parse(&format!("pseudo-inverse:ridge={RIDGE},diagonal={diagonal}"))
    };
    let (learned, timing) = learn(&rule("zero")?, &patterns, threads, effort)?;
    let couplings = learned.couplings;
    // The diagonal that they would have, learned apart.
    let (kept, _) = learn(&rule("kept")?, &patterns, threads, Effort::ONCE)?;
    let diagonal = kept.couplings.diag().to_vec();
    let squares = couplings.iter().map(|value| f64::from(*value).powi(2));
    let asymmetry = couplings
        .indexed_iter()
        .map(|((i, j), value)| (value - couplings[[j, i]]).abs());
    let (n, p) = (n_units as f64, n_patterns as f64);
    Ok(WorkloadResult {
        implementation: "ours",
        timing,
        work: json!({"flop": p * p * n + p * p * p / 3.0 + p * p * n + n * n * p}),
        check: json!({
            "trace_Q": diagonal.iter().map(|value| f64::from(*value)).sum::<f64>(),
            "sumsq_J": squares.sum::<f64>(),
            "max_residual": residual(&patterns, &couplings, &diagonal),
            "J01": couplings.get([0, 1]),
            "asym": asymmetry.fold(0.0, f32::max),
        }),
    })
}

/// Largest entry of |Ξ Q − Ξ|, where Q is the couplings with their diagonal.
fn residual(patterns: &Patterns, couplings: &Array2<f32>, diagonal: &[f32]) -> f64 {
    let signs = patterns.rows().mapv(f64::from);
    let mut off = signs.dot(&couplings.mapv(f64::from));
    for ((pattern, unit), value) in off.indexed_iter_mut() {
        *value += signs[[pattern, unit]] * (f64::from(diagonal[unit]) - 1.0);
    }
    off.iter()
        .fold(0.0, |largest, value| value.abs().max(largest))
}
