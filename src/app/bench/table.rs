//! Seconds as a table to print.

use std::fmt::Write as _;

/// The rows so far.
#[derive(Default)]
pub(super) struct Table(Vec<String>);

impl Table {
    /// Adds a row for `what`, which took so many seconds each time; at least once.
    pub(super) fn row(&mut self, what: &str, mut times: Vec<f64>) {
        times.sort_by(f64::total_cmp);
        let n = times.len();
        let (median, most, largest) = (
            times[n / 2],
            times[(99 * n).div_ceil(100) - 1],
            times[n - 1],
        );
        let [median, most, largest] = [median, most, largest].map(show);
        self.0.push(format!(
            "{what:<52}{n:>6}{median:>12}{most:>12}{largest:>12}"
        ));
    }

    /// All of it.
    pub(super) fn text(self) -> String {
        let mut text = format!(
            "{:<52}{:>6}{:>12}{:>12}{:>12}\n",
            "what", "times", "median", "99 %", "largest"
        );
        for row in self.0 {
            writeln!(text, "{row}").expect("strings take all text");
        }
        text
    }
}

fn show(seconds: f64) -> String {
    if seconds < 1e-3 {
        format!("{:.1} µs", 1e6 * seconds)
    } else {
        format!("{:.2} ms", 1e3 * seconds)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_says_how_often_and_how_long() {
        let mut table = Table::default();
        table.row("frames", (1..=200).map(|n| 1e-5 * f64::from(n)).collect());
        let text = table.text();
        let row: Vec<&str> = text
            .lines()
            .nth(1)
            .expect("one")
            .split_whitespace()
            .collect();
        assert_eq!(
            row,
            ["frames", "200", "1.01", "ms", "1.98", "ms", "2.00", "ms"]
        );
    }
}
