//! `engram bench`: how fast the engine is on this machine, workload by workload.
//!
//! One file a workload, which prepares its inputs bit for bit from a published generator, times the engine, and
//! sums up the results so that any other program can be held against them. Absent: the window's frame, which only
//! the window can measure.

mod batches;
mod inputs;
mod learning;
mod line;
mod machine;
mod tables;
mod timing;
mod w1;
mod w2;
mod w3;
mod w4;
mod w5;
mod w6;
mod w7;
mod w8;
mod w9;
mod workload;

use super::{Report, Run, help, in_flag, numbers};
use crate::engine::Error;
use crate::jobs;
use clap::{Args, Subcommand};
use serde_json::{Map, Value};
use workload::Workload;

const EXAMPLES: &[&str] = &[r#"engram bench --workload W1 --params '{"N":784,"P":100}'"#];

/// Measures this program on this machine; release builds only tell anything.
///
/// Without a flag, every workload is measured at its usual sizes, on one thread and on all, and a table is printed.
#[derive(Args)]
#[command(args_conflicts_with_subcommands = true, after_help = help::examples(EXAMPLES))]
pub(super) struct Bench {
    #[command(subcommand)]
    pub(super) what: Option<BenchTarget>,
    /// Only this workload: W1 Hebb's rule, W2 synchronous batch, W3 asynchronous runs, W4 projection rule,
    /// W5 pseudo-likelihood, W6 dense memory, W7 spin glass, W8 retrieval map, W9 synchronous batch in real couplings
    #[arg(long, value_name = "NAME", value_parser = workload)]
    workload: Option<&'static Workload>,
    /// Sizes as a JSON object, like '{"N":784,"P":1000}' for W1; prints one JSON object on one line
    #[arg(long, value_name = "JSON", requires = "workload", value_parser = line::object)]
    params: Option<Map<String, Value>>,
    /// Threads that share the work, 1 to 1024 [default: 1 with --params or --scale, else 1 and all]
    #[arg(long, value_name = "T", value_parser = numbers::threads, allow_negative_numbers = true)]
    threads: Option<usize>,
    /// Print times at N = 196, 392, 784, 1568 and 3136 at constant load, and how they grow
    #[arg(long, conflicts_with = "params")]
    scale: bool,
}

/// What only the window can measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Subcommand)]
pub enum BenchTarget {
    /// One frame of the window without a GPU: the session's share, panels, tessellation; edits and sweeps
    Frame {
        /// While a sweep of the lab keeps every core but one at work
        #[arg(long)]
        busy: bool,
    },
}

static ALL: [&Workload; 9] = [
    &w1::HEBB,
    &w2::SYNCHRONOUS,
    &w3::ASYNCHRONOUS,
    &w4::PROJECTION,
    &w5::PSEUDO_LIKELIHOOD,
    &w6::DENSE,
    &w7::SPIN_GLASS,
    &w8::MAP,
    &w9::REAL,
];

impl Run for Bench {
    fn run(&self) -> Result<Report, Error> {
        let workloads = self
            .workload
            .map_or_else(|| ALL.to_vec(), |workload| vec![workload]);
        let out = match (&self.params, self.scale) {
            (Some(params), _) => {
                let threads = self.threads.unwrap_or(1);
                line::measure(workloads[0], params, threads).map_err(in_flag("--params"))?
            }
            (None, true) => tables::growth(&workloads, self.threads.unwrap_or(1))?,
            (None, false) => {
                let mut threads = self
                    .threads
                    .map_or_else(|| vec![1, jobs::cores()], |t| vec![t]);
                threads.dedup();
                tables::usual(&workloads, &threads)?
            }
        };
        Ok(Report::new(out, Vec::new()))
    }
}

/// The workload called `name`.
fn workload(name: &str) -> Result<&'static Workload, Error> {
    let known = ALL.iter().find(|workload| workload.name == name).copied();
    known.ok_or_else(|| {
        let names: Vec<&str> = ALL.iter().map(|workload| workload.name).collect();
        Error::Unknown {
            kind: "workload",
            name: name.to_owned(),
            known: names.join(", "),
        }
    })
}

#[cfg(test)]
#[path = "bench/tests.rs"]
mod tests;
