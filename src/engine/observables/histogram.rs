//! How many values fall where, on bins that are symmetric about zero.

/// Counts of values in bins of equal width from −`limit` to `limit`.
#[derive(Debug, Clone, PartialEq)]
pub struct Histogram {
    /// Largest magnitude; every value lies within ±limit.
    pub limit: f32,
    /// Values a bin, from the most negative up; the number of bins is odd, zero in the middle one.
    pub counts: Vec<u64>,
    /// Mean of the values.
    pub mean: f64,
    /// Standard deviation of the values.
    pub deviation: f64,
}

/// Sums side by side, so that none waits for the other.
const SUMS: usize = 8;

impl Histogram {
    /// The histogram of all values in `parts` on `n_bins` bins (made odd), all finite.
    pub fn new<'a>(parts: impl Iterator<Item = &'a [f32]> + Clone, n_bins: usize) -> Self {
        let n_bins = n_bins | 1;
        let largest = |part: &[f32]| {
            part.iter()
                .fold(0.0_f32, |limit, value| limit.max(value.abs()))
        };
        let limit = parts.clone().map(largest).fold(0.0, f32::max);
        let bins_a_unit = if limit > 0.0 {
            n_bins as f32 / (2.0 * limit)
        } else {
            0.0
        };
        let middle = 0.5 * n_bins as f32;
        let (mut counts, mut n) = (vec![0; n_bins], 0);
        let (mut sums, mut squares) = ([0.0; SUMS], [0.0; SUMS]);
        for part in parts {
            n += part.len();
            for values in part.chunks(SUMS) {
                let all = values.iter().zip(&mut sums).zip(&mut squares);
                for ((value, sum), square) in all {
                    // Neither negative nor large: the shortest conversion will do.
                    let bin = (value * bins_a_unit + middle) as i32 as usize;
                    counts[bin.min(n_bins - 1)] += 1;
                    let value = f64::from(*value);
                    *sum += value;
                    *square += value * value;
                }
            }
        }
        let n = n.max(1) as f64;
        let (mean, squares) = (sums.iter().sum::<f64>() / n, squares.iter().sum::<f64>());
        Self {
            limit,
            counts,
            mean,
            deviation: (squares / n - mean * mean).max(0.0).sqrt(),
        }
    }

    /// Lower and upper edge of `bin`.
    pub fn edges(&self, bin: usize) -> (f32, f32) {
        let width = 2.0 * self.limit / self.counts.len() as f32;
        (
            width * bin as f32 - self.limit,
            width * (bin + 1) as f32 - self.limit,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_values_by_hand() {
        let histogram = Histogram::new([&[-1.0, -0.1, 0.0][..], &[0.1, 1.0]].into_iter(), 4);
        assert_eq!(histogram.counts, [1, 0, 3, 0, 1]);
        assert_eq!(histogram.edges(4), (0.6, 1.0));
        assert_eq!(histogram.mean, 0.0);
        assert!((histogram.deviation - (2.02_f64 / 5.0).sqrt()).abs() < 1e-6);
    }

    #[test]
    fn zeros_all_fall_in_the_middle() {
        assert_eq!(
            Histogram::new([&[0.0; 4][..]].into_iter(), 3).counts,
            [0, 4, 0]
        );
    }
}
