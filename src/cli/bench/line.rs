//! One case as one JSON object on one line, to be held against other programs' lines for the same sizes.

use super::super::json_line;
use super::machine;
use super::timing::{Effort, Timing};
use super::workload::{Workload, WorkloadResult};
use crate::engine::{Error, vector_unit};
use serde::Serialize;
use serde_json::{Map, Value};

/// Version of the line's format.
const SCHEMA: u32 = 1;

#[derive(Serialize)]
struct Line<'a> {
    schema: u32,
    workload: &'a str,
    #[serde(rename = "impl")]
    implementation: &'a str,
    version: String,
    threads: usize,
    params: &'a Value,
    #[serde(flatten)]
    timing: &'a Timing,
    work: &'a Value,
    rate: Map<String, Value>,
    check: &'a Value,
    cpu: String,
}

/// Reads a JSON object.
pub(super) fn object(text: &str) -> Result<Map<String, Value>, Error> {
    serde_json::from_str(text).map_err(|problem| Error::Format {
        expected: "a JSON object is wanted".to_owned(),
        found: problem.to_string(),
    })
}

/// Measures one case.
pub(super) fn measure(
    workload: &Workload,
    params: &Map<String, Value>,
    threads: usize,
) -> Result<String, Error> {
    let params = Value::Object(params.clone());
    let WorkloadResult {
        implementation,
        timing,
        work,
        check,
    } = (workload.run)(&params, threads, Effort::THOROUGH)?;
    Ok(json_line(&Line {
        schema: SCHEMA,
        workload: workload.name,
        implementation,
        version: version(),
        threads,
        params: &params,
        rate: rates(&work, &timing),
        timing: &timing,
        work: &work,
        check: &check,
        cpu: machine::processor(),
    }))
}

/// The commit, where whoever built the program named it in `ENGRAM_COMMIT`, else the version; and the vector unit.
fn version() -> String {
    let version = option_env!("ENGRAM_COMMIT").unwrap_or(env!("CARGO_PKG_VERSION"));
    format!("{version} {}", vector_unit())
}

/// Work over time, at the median and at best.
fn rates(work: &Value, timing: &Timing) -> Map<String, Value> {
    let median = timing.t_med_quiet_s.unwrap_or(timing.t_med_s);
    let mut rates = Map::new();
    for (unit, amount) in work.as_object().into_iter().flatten() {
        let amount = amount.as_f64().unwrap_or(0.0);
        rates.insert(format!("{unit}_per_s"), (amount / median).into());
        rates.insert(
            format!("{unit}_per_s_best"),
            (amount / timing.t_min_s).into(),
        );
    }
    rates
}
