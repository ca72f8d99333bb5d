//! Times as a table to print.

use crate::jobs::{Stopwatch, thread_time};
use std::fmt::Write as _;
use std::time::Duration;

/// Seconds that something took.
#[derive(Debug, Clone, Copy)]
pub(super) struct Took {
    /// As a user waits for it.
    pub(super) waited: f64,
    /// Of these, those in which this thread computed: the rest went to other threads and programs.
    pub(super) computed: f64,
}

/// What times are read off.
pub(super) struct Clock {
    begun: Stopwatch,
    computed: Option<Duration>,
}

impl Clock {
    /// Starts to count.
    pub(super) fn start() -> Self {
        Self {
            begun: Stopwatch::start(),
            computed: thread_time(),
        }
    }

    /// Seconds since then; where the system does not tell what was computed, all of them.
    pub(super) fn took(&self) -> Took {
        let waited = self.begun.elapsed();
        let computed = thread_time().zip(self.computed);
        let computed = computed.map_or(waited, |(now, then)| now.saturating_sub(then));
        Took {
            waited: waited.as_secs_f64(),
            computed: computed.as_secs_f64(),
        }
    }
}

/// The rows so far.
#[derive(Default)]
pub(super) struct Table(Vec<String>);

impl Table {
    /// Adds a row for `what`, which took so long each time; at least once.
    pub(super) fn row(&mut self, what: &str, times: &[Took]) {
        let computed = times.iter().map(|took| took.computed).fold(0.0, f64::max);
        let mut waited: Vec<f64> = times.iter().map(|took| took.waited).collect();
        waited.sort_by(f64::total_cmp);
        let n = waited.len();
        let most = waited[(99 * n).div_ceil(100) - 1];
        let [median, most, largest, computed] =
            [waited[n / 2], most, waited[n - 1], computed].map(show);
        self.0.push(format!(
            "{what:<52}{n:>6}{median:>12}{most:>12}{largest:>12}{computed:>12}"
        ));
    }

    /// All of it.
    pub(super) fn text(self) -> String {
        let mut text = format!(
            "{:<52}{:>6}{:>12}{:>12}{:>12}{:>12}\n",
            "what", "times", "median", "99 %", "largest", "computed"
        );
        for row in self.0 {
            writeln!(text, "{row}").expect("strings take all text");
        }
        text.push_str("computed: the most that the window's own thread computed in one of them\n");
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
        let took = |n| Took {
            waited: 1e-5 * f64::from(n),
            computed: 1e-6 * f64::from(n),
        };
        let mut table = Table::default();
        table.row("frames", &(1..=200).map(took).collect::<Vec<Took>>());
        let text = table.text();
        let row = text.lines().nth(1).expect("one");
        let row: Vec<&str> = row.split_whitespace().collect();
        assert_eq!(row[..4], ["frames", "200", "1.01", "ms"]);
        assert_eq!(row[4..], ["1.98", "ms", "2.00", "ms", "200.0", "µs"]);
    }

    #[test]
    fn who_waits_computes_little() {
        let clock = Clock::start();
        std::thread::sleep(Duration::from_millis(30));
        let took = clock.took();
        assert!(took.waited >= 0.03 && took.computed <= took.waited);
    }
}
