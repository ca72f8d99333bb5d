//! Mean-field theory of Hebb's rule without noise, for infinitely many units (Amit, Gutfreund & Sompolinsky 1985, 1987).
//!
//! With y = m/√(2αr), a retrieval state solves y (√(2α) + (2/√π) e^{−y²}) = erf y, and its overlap is m = erf y.

use std::f64::consts::{FRAC_2_SQRT_PI, SQRT_2};

/// α_c: the load beyond which Hebb's rule has no retrieval states.
pub const HEBB_CAPACITY: f64 = 0.137_906;

/// Overlap m of the retrieval states of Hebb's rule at load α; `None` beyond α_c.
pub fn hebb_overlap(load: f64) -> Option<f64> {
    const MAX_STEPS: usize = 4000;
    let noise = SQRT_2 * load.sqrt();
    // From above, the iteration falls to the largest solution, or through to 0 where there is none.
    let mut y = 1.0 / noise;
    for _ in 0..MAX_STEPS {
        let next = libm::erf(y) / (noise + FRAC_2_SQRT_PI * (-y * y).exp());
        if y - next < 1e-13 * y {
            break;
        }
        y = next;
        if y < 1.0 {
            return None;
        }
    }
    Some(libm::erf(y))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlaps_and_capacity_as_published() {
        // Solved with other code; the papers print α_c = 0.138 and m = 0.97 there.
        let table = [
            (0.05, 0.999_992),
            (0.08, 0.999_56),
            (0.10, 0.9980),
            (0.12, 0.9932),
            (0.13, 0.9872),
            (0.135, 0.9808),
            (0.1375, 0.9730),
        ];
        for (load, expected) in table {
            let overlap = hebb_overlap(load).unwrap();
            assert!((overlap - expected).abs() < 1e-4, "{load}: {overlap}");
        }
        assert!((hebb_overlap(HEBB_CAPACITY - 1e-6).unwrap() - 0.9674).abs() < 2e-3);
        assert!(hebb_overlap(HEBB_CAPACITY - 1e-5).is_some());
        assert_eq!(hebb_overlap(HEBB_CAPACITY + 1e-5), None);
        assert_eq!(hebb_overlap(1e-9), Some(1.0));
        assert_eq!(hebb_overlap(50.0), None);
    }
}
