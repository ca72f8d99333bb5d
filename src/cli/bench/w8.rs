//! W8: a retrieval map, the final overlap against the initial one, of starts at 20 overlaps from every pattern, made and
//! taken to rest all units at once or one at a time.
//!
//! What is timed is the lab's experiment `basins`, once its couplings are learned. That states end where they should is
//! told of the same numbers of starts in Hebb's couplings of patterns that other programs have as well.

use super::batches;
use super::inputs::{self, sizes, within};
use super::timing::{Effort, Timing, time};
use super::w2::hebb;
use super::workload::{Workload, WorkloadResult};
use crate::engine::dynamics::{Batch, Rest};
use crate::engine::{Dynamics, Error, Patterns};
use crate::jobs;
use crate::lab::{Cache, LabPlan, LabRecipe, named_world, run_with};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

pub(super) static MAP: Workload = Workload {
    name: "W8",
    title: "retrieval map",
    sizes: &[
        r#"{"N":784,"P":50,"trials":20,"n_m0":20,"max_sweeps":100,"mode":"sync"}"#,
        r#"{"N":784,"P":50,"trials":20,"n_m0":20,"max_sweeps":100,"mode":"async"}"#,
        r#"{"N":784,"P":50,"trials":20,"n_m0":20,"max_sweeps":100,"mode":"sync","rule":"pseudo-likelihood"}"#,
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
    #[serde(default = "hebbian")]
    rule: String,
}

fn hebbian() -> String {
    "hebb".to_owned()
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Mode {
    Sync,
    Async,
}

impl Mode {
    fn dynamics(self) -> Dynamics {
        match self {
            Self::Sync => Dynamics::Synchronous,
            Self::Async => Dynamics::Asynchronous,
        }
    }
}

fn run(params: &Value, threads: usize, effort: Effort) -> Result<WorkloadResult, Error> {
    let map: MapSizes = inputs::read(params)?;
    let rows = map.n_patterns.saturating_mul(map.trials);
    sizes(map.n_units, &[("P", map.n_patterns), ("trials", rows)])?;
    within("n_m0", map.n_m0, 1..=20)?;
    within("max_sweeps", map.max_sweeps, 1..=10_000)?;
    let (lab_curve, timing) = map.through_the_lab(threads, effort)?;
    let patterns = Arc::new(inputs::patterns(map.n_patterns, map.n_units)?);
    let batch = Batch::new(hebb(&patterns)?);
    let rests = jobs::with_threads(threads, || map.rests(&batch, &patterns));
    let (dots, n_sweeps) = map.sums(&patterns, &rests);
    let n_units = (rows * map.n_units) as f64;
    let curve = dots.iter().map(|dot| *dot as f64 / n_units);
    Ok(WorkloadResult {
        implementation: "ours-lab",
        timing,
        work: json!({"states": (rows * map.n_m0) as f64}),
        check: json!({
            "sum_dot": (map.mode == Mode::Sync).then_some(&dots),
            "curve": curve.map(rounded).collect::<Vec<f64>>(),
            "sum_sweeps": n_sweeps,
            "lab_curve": lab_curve.into_iter().map(rounded).collect::<Vec<f64>>(),
        }),
    })
}

/// The initial overlap in this place.
fn overlap(place: usize) -> f64 {
    0.05 * (place + 1) as f64
}

/// To four places.
fn rounded(overlap: f64) -> f64 {
    (1e4 * overlap).round() / 1e4
}

impl MapSizes {
    /// The experiment as whoever asks the lab for it: mean final overlaps, and the time.
    fn through_the_lab(&self, threads: usize, effort: Effort) -> Result<(Vec<f64>, Timing), Error> {
        let Self {
            n_units,
            n_patterns,
            trials,
            n_m0,
            max_sweeps,
            mode,
            rule,
        } = self;
        let to = overlap(n_m0 - 1);
        let experiment = format!(
            "basins:from={},to={to},points={n_m0},patterns={n_patterns},trials={trials}",
            overlap(0)
        );
        let recipe = LabRecipe::read(
            [
                ("experiment", &*experiment),
                ("world", &*format!("random:n={n_units},p={n_patterns}")),
                ("rules", &**rule),
                ("dynamics", &*mode.dynamics().to_string()),
                ("max-sweeps", &*max_sweeps.to_string()),
            ],
            &named_world,
        )?;
        let plan = Arc::new(LabPlan::new(recipe)?);
        let cache = Cache::default();
        let map = || time(effort, || run_with(&plan, &cache));
        let (finished, timing) = jobs::with_threads(threads, map);
        let curve = finished.iter().map(|row| match &row.problem {
            Some(problem) => Err(Error::System(problem.clone())),
            None => Ok(plan.number(row, "mean").unwrap_or(f64::NAN)),
        });
        Ok((curve.collect::<Result<_, Error>>()?, timing))
    }

    /// The ends of all states, overlap by overlap.
    fn rests(&self, batch: &Batch, patterns: &Patterns) -> Vec<Vec<Rest>> {
        let n_states = self.n_patterns * self.trials;
        let rests = (0..self.n_m0).map(|a| {
            let offset = a * n_states * self.n_units;
            let m0 = overlap(a);
            let starts = inputs::starts(patterns, m0, n_states, offset);
            let seed = |b| (a * n_states + b) as u64;
            batch.settle(&starts, self.mode.dynamics(), seed, self.max_sweeps)
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
