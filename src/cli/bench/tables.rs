//! All workloads in one table: at their usual sizes, or at growing ones with the power of N that fits.

use super::timing::Effort;
use super::workload::Workload;
use crate::engine::Error;
use serde_json::Value;
use std::fmt::Write as _;

/// Numbers of units at which growth is measured.
const N_UNITS: [usize; 5] = [196, 392, 784, 1568, 3136];

/// Every workload at its usual sizes, on each number of threads.
pub(super) fn usual(workloads: &[&Workload], threads: &[usize]) -> Result<String, Error> {
    let mut table = format!("{:<74}", "workload");
    for threads in threads {
        write(&mut table, &format!("{:>14}", of_threads(*threads)));
    }
    table.push('\n');
    for workload in workloads {
        for sizes in workload.sizes {
            let sizes = serde_json::from_str(sizes).expect("usual sizes are JSON");
            let title = format!("{} {}: {}", workload.name, workload.title, words(&sizes));
            write(&mut table, &format!("{title:<74}"));
            for threads in threads {
                let measured = (workload.run)(&sizes, *threads, Effort::BRIEF)?;
                let time = measured.timing.t_med_s;
                write(&mut table, &format!("{:>14}", show(time)));
            }
            table.push('\n');
        }
    }
    Ok(table)
}

/// Every workload at constant load and growing N.
pub(super) fn growth(workloads: &[&Workload], threads: usize) -> Result<String, Error> {
    let mut table = format!("{:<28}", of_threads(threads));
    for n_units in N_UNITS {
        write(&mut table, &format!("{:>12}", format!("N = {n_units}")));
    }
    table.push_str("      grows as\n");
    for workload in workloads {
        let title = format!("{} {}", workload.name, workload.title);
        write(&mut table, &format!("{title:<28}"));
        let mut points = Vec::new();
        for n_units in N_UNITS {
            let measured = (workload.run)(&(workload.scaled)(n_units), threads, Effort::BRIEF)?;
            let time = measured.timing.t_med_s;
            write(&mut table, &format!("{:>12}", show(time)));
            points.push(((n_units as f64).ln(), time.ln()));
        }
        write(
            &mut table,
            &format!("{:>14}\n", format!("N^{:.2}", slope(&points))),
        );
    }
    Ok(table)
}

/// Slope of the straight line with the least squares through `points`.
fn slope(points: &[(f64, f64)]) -> f64 {
    let n = points.len() as f64;
    let (x, y) = points.iter().fold((0.0, 0.0), |(x, y), point| {
        (x + point.0 / n, y + point.1 / n)
    });
    let (products, squares) = points
        .iter()
        .fold((0.0, 0.0), |(products, squares), point| {
            let (dx, dy) = (point.0 - x, point.1 - y);
            (products + dx * dy, squares + dx * dx)
        });
    products / squares
}

/// "N = 784, P = 50, init = random".
fn words(sizes: &Value) -> String {
    let sizes = sizes.as_object().into_iter().flatten();
    let words: Vec<String> = sizes
        .filter(|(key, _)| *key != "max_sweeps")
        .map(|(key, value)| match value {
            Value::String(value) => format!("{key} = {value}"),
            value => format!("{key} = {value}"),
        })
        .collect();
    words.join(", ")
}

fn of_threads(threads: usize) -> String {
    if threads == 1 {
        "1 thread".to_owned()
    } else {
        format!("{threads} threads")
    }
}

fn show(seconds: f64) -> String {
    match seconds {
        s if s < 1e-3 => format!("{:.1} µs", 1e6 * s),
        s if s < 1.0 => format!("{:.2} ms", 1e3 * s),
        s => format!("{s:.2} s"),
    }
}

fn write(table: &mut String, text: &str) {
    table.write_str(text).expect("a string takes everything");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_square_grows_as_a_square() {
        let points = N_UNITS.map(|n| ((n as f64).ln(), 2.0 * (n as f64).ln() + 3.0));
        assert!((slope(&points) - 2.0).abs() < 1e-12);
    }
}
