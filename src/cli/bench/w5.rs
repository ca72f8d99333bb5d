//! W5: pseudo-likelihood from patterns to a memory, to a relative gradient, as `learn` and the window learn it.

use super::inputs::{self, sizes, within};
use super::learning::learn;
use super::timing::Effort;
use super::workload::{Workload, WorkloadResult};
use crate::engine::learning::PseudoLikelihood;
use crate::engine::learning::pseudo_likelihood::{Optimiser, Tie};
use crate::engine::{Error, LearningRule, Patterns};
use ndarray::Array2;
use serde::Deserialize;
use serde_json::{Value, json};

pub(super) static PSEUDO_LIKELIHOOD: Workload = Workload {
    name: "W5",
    title: "pseudo-likelihood",
    sizes: &[
        r#"{"N":784,"P":392,"lam_rel":0.01,"tol":1e-4}"#,
        r#"{"N":784,"P":1568,"lam_rel":0.01,"tol":1e-4}"#,
        r#"{"N":784,"P":392,"lam_rel":0.0001,"tol":1e-5}"#,
    ],
    scaled: |n| json!({"N": n, "P": n / 2, "lam_rel": 0.01, "tol": 1e-4}),
    run,
};

/// Iterations after which the solver gives up.
const ITERATIONS: u32 = 2000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sizes {
    #[serde(rename = "N")]
    n_units: usize,
    #[serde(rename = "P")]
    n_patterns: usize,
    lam_rel: f64,
    tol: f64,
}

fn run(params: &Value, threads: usize, effort: Effort) -> Result<WorkloadResult, Error> {
    let Sizes {
        n_units,
        n_patterns,
        lam_rel,
        tol,
    } = inputs::read(params)?;
    sizes(n_units, &[("N", n_units), ("P", n_patterns)])?;
    within("lam_rel", lam_rel, 1e-9..=1e9)?;
    within("tol", tol, 1e-7..=1.0)?;
    let patterns = inputs::patterns(n_patterns, n_units)?;
    let weight = lam_rel * n_patterns as f64;
    let rule = LearningRule::PseudoLikelihood(PseudoLikelihood {
        lambda: 1.0,
        l2: lam_rel,
        couplings: Tie::Free,
        optimiser: Optimiser::Fast,
        tolerance: tol,
        iterations: ITERATIONS,
        ..PseudoLikelihood::default()
    });
    let (learned, timing) = learn(&rule, &patterns, threads, effort)?;
    let couplings = learned.couplings;
    let iterations = learned.standing.map_or(0, |standing| standing.iteration);
    let (cost, gradient) = objective(&patterns, &couplings, weight);
    let squares = couplings.iter().map(|j| f64::from(*j).powi(2));
    Ok(WorkloadResult {
        implementation: "ours",
        timing,
        work: json!({"iterations": iterations as f64}),
        check: json!({
            "F": cost,
            "rel_grad": gradient,
            "iterations": iterations,
            "norm_J": squares.sum::<f64>().sqrt(),
        }),
    })
}

/// Σ ln(1 + e^{−2 ξ_i h_i}) + `weight`/2 |J|², and the norm of its gradient over that at J = 0, in double precision.
fn objective(patterns: &Patterns, couplings: &Array2<f32>, weight: f64) -> (f64, f64) {
    let signs = patterns.rows().mapv(f64::from);
    let couplings = couplings.mapv(f64::from);
    let mut margins = signs.dot(&couplings.t());
    margins *= &signs;
    // ln(1 + e^z) without overflow.
    let losses = margins.iter().map(|m| {
        let z = -2.0 * m;
        z.max(0.0) + (-z.abs()).exp().ln_1p()
    });
    let squares: f64 = couplings.iter().map(|j| j * j).sum();
    let cost = losses.sum::<f64>() + 0.5 * weight * squares;
    margins.mapv_inplace(|m| -2.0 / (1.0 + (2.0 * m).exp()));
    margins *= &signs;
    let mut gradient = margins.t().dot(&signs) + weight * &couplings;
    let mut first = signs.t().dot(&signs);
    let norm = |array: &mut Array2<f64>| {
        array.diag_mut().fill(0.0);
        array.iter().map(|value| value * value).sum::<f64>().sqrt()
    };
    let start = norm(&mut first).max(f64::MIN_POSITIVE);
    (cost, norm(&mut gradient) / start)
}
