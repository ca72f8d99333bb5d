//! Loops over rows of couplings, compiled for the widest vector unit the machine has; and when couplings are too large.
//!
//! Each entry is computed for itself, so the bits do not depend on the width.

use pulp::Arch;

/// Couplings beyond this count as diverged: far from the largest single-precision number, so that fields and
/// squares of theirs are finite still.
pub(in crate::engine::learning) const BOUND: f32 = 1e15;

/// Entries of couplings that one step of learning goes through: a few milliseconds.
pub(in crate::engine::learning) const ENTRIES_A_STEP: usize = 4_000_000;

/// `target[i] = target[i] × factors[i] + terms[i]`.
pub(in crate::engine::learning) fn multiply_add(
    target: &mut [f32],
    factors: &[f32],
    terms: &[f32],
) {
    Arch::new().dispatch(|| {
        for ((target, factor), term) in target.iter_mut().zip(factors).zip(terms) {
            *target = *target * factor + term;
        }
    });
}

/// Whether an entry is larger than [`BOUND`], infinite or no number.
pub(in crate::engine::learning) fn out_of_bounds(row: &[f32]) -> bool {
    // Without the sign, larger numbers have larger bits, and those of infinity and of no number are the largest.
    Arch::new().dispatch(|| {
        let largest = row
            .iter()
            .map(|entry| entry.abs().to_bits())
            .fold(0, u32::max);
        largest > BOUND.to_bits()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_large_is_found() {
        assert!(!out_of_bounds(&[0.0, -1e15, 3.0]));
        for bad in [1.1e15, -1.1e15, f32::INFINITY, -f32::NAN] {
            assert!(out_of_bounds(&[0.0, bad, 3.0]));
        }
    }
}
