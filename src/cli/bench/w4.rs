//! W4: the projection rule, J = Ξ⁺ Ξ with zero diagonal, in single precision.

use super::inputs::{self, sizes};
use super::timing::{Effort, time};
use super::workload::{Workload, WorkloadResult};
use crate::engine::learning::shared::gram::{self, Columns};
use crate::engine::learning::shared::projector::{self, Projector};
use crate::engine::{Error, Patterns};
use crate::jobs::in_parallel;
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

/// Rows or columns that one thread does at a time.
const ROWS: usize = 64;
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
    let ((couplings, diagonal), timing) = time(effort, || learn(&patterns, threads));
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

/// The couplings, and the diagonal that they would have.
fn learn(patterns: &Patterns, threads: usize) -> (Array2<f32>, Vec<f32>) {
    let (n_patterns, n_units) = (patterns.n_patterns(), patterns.n_units());
    let rows = Columns::new(patterns.rows());
    let mut products = Array2::zeros((n_patterns, n_patterns));
    let lines = products.as_slice_mut().expect("made in standard layout");
    in_parallel(threads, gram::tiles(lines, n_patterns), |mut tile| {
        rows.products(&mut tile, 1.0);
    });
    let projector = Projector::new(&products, n_units, RIDGE);
    let mut y = vec![0.0; n_patterns * n_units];
    by_rows(&mut y, n_patterns, threads, |units, rows| {
        projector.solve(patterns, units, rows);
    });
    let mut couplings = Array2::zeros((n_units, n_units));
    let lines = couplings.as_slice_mut().expect("made in standard layout");
    by_rows(lines, n_units, threads, |units, lines| {
        projector::products(&y, n_patterns, units, lines);
    });
    in_parallel(threads, gram::tiles(lines, n_units), |mut tile| {
        tile.mirror();
    });
    let diagonal = couplings.diag().to_vec();
    couplings.diag_mut().fill(0.0);
    (couplings, diagonal)
}

/// Gives out `ROWS` lines of `width` numbers at a time, with which they are.
fn by_rows(
    lines: &mut [f32],
    width: usize,
    threads: usize,
    work: impl Fn(std::ops::Range<usize>, &mut [f32]) + Sync,
) {
    let pieces = lines.chunks_mut(ROWS * width).enumerate();
    in_parallel(threads, pieces, |(piece, lines)| {
        let first = ROWS * piece;
        work(first..first + lines.len() / width, lines);
    });
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
