//! What single precision does not hold of the couplings in a file, in words.
//!
//! That 0.1 is rounded is as it should be. That a whole number becomes another one is not, nor that a small number
//! becomes zero.

use super::Entry;
use crate::engine::numbers::count;

/// Up to here single precision holds every whole number.
const WHOLE: f64 = (1 << 24) as f64;

/// Couplings that are changed more than by rounding.
#[derive(Default)]
pub(super) struct Losses {
    whole: Loss,
    zero: Loss,
    digits: Loss,
}

/// How many couplings are changed in one way, and the first of them.
#[derive(Default)]
struct Loss {
    count: u64,
    first: String,
}

impl Losses {
    /// Takes in that `entry`, in this place, became `coupling`.
    pub(super) fn take_in(&mut self, entry: &Entry, coupling: f32, row: usize, column: usize) {
        let (number, kept) = (entry.number, f64::from(coupling));
        let is_kept = match entry.whole {
            Some(whole) => kept as i128 == whole,
            None => kept == number,
        };
        if is_kept {
            return;
        }
        let loss = if number.abs() >= WHOLE && number.trunc() == number {
            &mut self.whole
        } else if coupling == 0.0 {
            &mut self.zero
        } else if coupling.is_subnormal() {
            &mut self.digits
        } else {
            return;
        };
        if loss.count == 0 {
            let written = match entry.whole {
                Some(whole) => whole.to_string(),
                None if number.abs() < 1e18 && number.abs() >= 1.0 => number.to_string(),
                None => format!("{number:e}"),
            };
            loss.first = format!("the first is in row {row}, column {column}: {written}");
        }
        loss.count += 1;
    }

    /// A remark for each kind of loss, of `n_entries` couplings in all.
    pub(super) fn remarks(&self, n_entries: usize) -> Vec<String> {
        let all = [
            (&self.whole, "is not exact", "are not exact", ""),
            (&self.zero, "becomes 0", "become 0", ""),
            (
                &self.digits,
                "loses digits",
                "lose digits",
                ", below 1.2 × 10⁻³⁸",
            ),
        ];
        let lost = all.into_iter().filter(|(loss, ..)| loss.count > 0);
        lost.map(|(loss, one, many, where_)| {
            let verb = if loss.count == 1 { one } else { many };
            format!(
                "{} of {} couplings {verb} in single precision{where_}; {}",
                count(loss.count),
                count(n_entries as u64),
                loss.first
            )
        })
        .collect()
    }
}
