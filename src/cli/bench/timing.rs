//! Times of the same work done again and again, and whether the machine was quiet meanwhile.

use super::machine;
use crate::jobs::{self, Stopwatch};
use serde::Serialize;

/// Runs are judged quiet or not together, over this time: the system counts in hundredths of a second.
const GROUP_SECONDS: f64 = 0.15;

/// How long to go on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Effort {
    /// At least so many runs after the warm-up.
    pub(super) runs: usize,
    /// At least so many seconds.
    pub(super) seconds: f64,
    /// At most so many seconds, while there have not been enough quiet runs.
    pub(super) patience: f64,
}

impl Effort {
    /// For whoever asks for the result alone.
    pub(super) const ONCE: Self = Self {
        runs: 1,
        seconds: 0.0,
        patience: 0.0,
    };
    /// For one line that others are held against.
    pub(super) const THOROUGH: Self = Self {
        runs: 7,
        seconds: 0.6,
        patience: 6.0,
    };
    /// For a line of a table.
    pub(super) const BRIEF: Self = Self {
        runs: 5,
        seconds: 0.3,
        patience: 0.3,
    };
}

/// Seconds that runs took; the keys of the line.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Timing {
    pub(super) runs: usize,
    pub(super) warmup: usize,
    /// Runs while other programs and the host took less than a tenth of the machine.
    pub(super) quiet_runs: usize,
    pub(super) t_min_s: f64,
    pub(super) t_med_s: f64,
    pub(super) t_max_s: f64,
    pub(super) t_med_quiet_s: Option<f64>,
    /// Of all threads of this program.
    pub(super) cpu_min_s: Option<f64>,
    pub(super) cpu_med_s: Option<f64>,
    /// Share of the machine that other programs took.
    pub(super) other_cpu: Option<f64>,
    /// Share of the machine that its host kept to itself.
    pub(super) steal: Option<f64>,
}

/// Times `work`, and gives what it gave last.
pub(super) fn time<T>(effort: Effort, mut work: impl FnMut() -> T) -> (T, Timing) {
    time_on(effort, || (), |()| work())
}

/// Times `work` alone, each time on what `prepare` has made anew, and gives what it gave last.
pub(super) fn time_on<I, T>(
    effort: Effort,
    mut prepare: impl FnMut() -> I,
    mut work: impl FnMut(I) -> T,
) -> (T, Timing) {
    let mut made = work(prepare());
    let (mut walls, mut quiet, mut cpus) = (Vec::new(), Vec::new(), Vec::new());
    let (mut others, mut steals) = (Vec::new(), Vec::new());
    let whole = Stopwatch::start();
    loop {
        let group = Stopwatch::start();
        let first = walls.len();
        let (busy, mine) = (machine::busy(), cpu());
        while group.elapsed().as_secs_f64() < GROUP_SECONDS {
            let input = prepare();
            let (clock, before) = (Stopwatch::start(), cpu());
            let next = work(input);
            walls.push(clock.elapsed().as_secs_f64());
            cpus.extend(since(before));
            made = next;
        }
        let whole_machine = group.elapsed().as_secs_f64() * jobs::cores() as f64;
        if let (Some(before), Some(after), Some(mine)) = (busy, machine::busy(), since(mine)) {
            let other = ((after.0 - before.0 - mine) / whole_machine).max(0.0);
            let steal = (after.1 - before.1) / whole_machine;
            if other < 0.1 && steal < 0.05 {
                quiet.extend_from_slice(&walls[first..]);
            }
            others.push(other);
            steals.push(steal);
        }
        let spent = whole.elapsed().as_secs_f64();
        let enough = walls.len() >= effort.runs && spent > effort.seconds;
        if enough && (quiet.len() >= effort.runs || spent > effort.patience) {
            break;
        }
    }
    let timing = Timing {
        runs: walls.len(),
        warmup: 1,
        quiet_runs: quiet.len(),
        t_min_s: least(&walls).unwrap_or(0.0),
        t_max_s: walls.iter().copied().fold(0.0, f64::max),
        t_med_s: median(walls).unwrap_or(0.0),
        t_med_quiet_s: median(quiet),
        cpu_min_s: least(&cpus),
        cpu_med_s: median(cpus),
        other_cpu: median(others),
        steal: median(steals),
    };
    (made, timing)
}

/// Seconds that this program has computed.
fn cpu() -> Option<f64> {
    jobs::processor_time().map(|time| time.as_secs_f64())
}

fn since(before: Option<f64>) -> Option<f64> {
    Some(cpu()? - before?)
}

fn least(times: &[f64]) -> Option<f64> {
    times.iter().copied().min_by(f64::total_cmp)
}

fn median(mut times: Vec<f64>) -> Option<f64> {
    times.sort_by(f64::total_cmp);
    let middle = times.len() / 2;
    match times.len() {
        0 => None,
        n if n % 2 == 1 => Some(times[middle]),
        _ => Some(0.5 * (times[middle - 1] + times[middle])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn medians_by_hand() {
        assert_eq!(median(vec![3.0, 1.0, 2.0]), Some(2.0));
        assert_eq!(median(vec![4.0, 1.0, 2.0, 3.0]), Some(2.5));
        assert_eq!((median(Vec::new()), least(&[])), (None, None));
    }
}
