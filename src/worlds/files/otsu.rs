//! Otsu's level: where a histogram of gray parts best into dark and light.
//!
//! Source: N. Otsu, A threshold selection method from gray-level histograms, IEEE Transactions on Systems, Man, and
//! Cybernetics 9 (1979) 62, equations 14 to 18. Absent: what becomes of the level (`threshold`).

/// Otsu's level k of a histogram: of all ways to part the values into those up to k and those above, the one with the
/// largest variance between the two classes, `σ_B²(k) = (μ_T ω(k) − μ(k))² / (ω(k) (1 − ω(k)))`.
///
/// Where several neighbouring levels do equally well (no value lies between them), their mean. At least two different
/// values must occur.
pub(super) fn otsu(counts: &[u64; 256]) -> f32 {
    let total: u64 = counts.iter().sum();
    let moments = counts.iter().enumerate();
    let all: f64 = moments.map(|(k, count)| k as f64 * *count as f64).sum();
    let (mut below, mut moment) = (0, 0.0);
    let (mut best, mut first, mut last) = (-1.0, 0, 0);
    for (k, count) in counts.iter().enumerate().take(255) {
        below += count;
        moment += k as f64 * *count as f64;
        if below == 0 || below == total {
            continue;
        }
        // Numerator and denominator times the total squared: ω = below / total, μ = moment / total, μ_T = all / total.
        let (low, high) = (below as f64, (total - below) as f64);
        let distance = all * (low / total as f64) - moment;
        let variance = distance * distance / (low * high);
        if variance > best {
            (best, first, last) = (variance, k, k);
        } else if *count == 0 && last + 1 == k {
            // Nothing new lies below: the same two classes.
            last = k;
        }
    }
    (first + last) as f32 / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn counts(shades: &[(usize, u64)]) -> [u64; 256] {
        let mut counts = [0; 256];
        shades
            .iter()
            .for_each(|(shade, count)| counts[*shade] = *count);
        counts
    }

    /// Six shades, 0 to 5, held by 8, 7, 2, 6, 9 and 4 of 36 pixels. Between-class variances by hand,
    /// ω₀ ω₁ (μ₀ − μ₁)², with μ_T = 85/36: k = 0: 1.5928, 1: 2.5635, 2: 2.6287, 3: 2.1417, 4: 0.8705.
    #[test]
    fn otsu_by_hand() {
        let six = counts(&[(0, 8), (1, 7), (2, 2), (3, 6), (4, 9), (5, 4)]);
        assert_eq!(otsu(&six), 2.0);
        // Each shade ten times as far from 0 leaves nine empty ones between, which are as good as the lower of the two.
        let wide = counts(&[(0, 8), (10, 7), (20, 2), (30, 6), (40, 9), (50, 4)]);
        assert_eq!(otsu(&wide), 24.5);
    }

    #[test]
    fn two_shades_are_parted_in_the_middle() {
        assert_eq!(otsu(&counts(&[(0, 9), (255, 1)])), 127.0);
        assert_eq!(otsu(&counts(&[(254, 1), (255, 1)])), 254.0);
        // One dark pixel, a light crowd of two shades: 0 | 100, 102 has variance 2/3 · 1/3 · 101², by far the most.
        assert_eq!(otsu(&counts(&[(0, 1), (100, 1), (102, 1)])), 49.5);
    }

    proptest! {
        /// The definition: class means by going through all pixels, for every level; exact ties aside.
        #[test]
        fn otsu_is_the_best_of_all_levels(shades in proptest::collection::vec(any::<u8>(), 2..60)) {
            prop_assume!(shades.iter().any(|shade| *shade != shades[0]));
            let mut counts = [0; 256];
            shades.iter().for_each(|shade| counts[usize::from(*shade)] += 1);
            let between = |level: f32| {
                let (low, high): (Vec<f64>, Vec<f64>) =
                    shades.iter().map(|shade| f64::from(*shade)).partition(|shade| *shade <= f64::from(level));
                let mean = |part: &[f64]| part.iter().sum::<f64>() / part.len().max(1) as f64;
                (low.len() * high.len()) as f64 * (mean(&low) - mean(&high)).powi(2)
            };
            let best = (0..255).map(|level| between(level as f32)).fold(0.0, f64::max);
            prop_assert!(between(otsu(&counts)) >= best * (1.0 - 1e-9));
        }
    }
}
