//! Values counted in bins of equal width that always reach to zero: values may come one by one, their range unknown.
//!
//! Absent: bins that are symmetric about zero; those are in `histogram.rs`.

/// Counts of values in bins of equal width, zero among them.
#[derive(Debug, Clone, PartialEq)]
pub struct Counts {
    /// Where the first bin begins.
    pub first: f32,
    /// Where the last bin ends.
    pub last: f32,
    /// Values a bin.
    pub bins: Vec<u64>,
}

impl Counts {
    /// At most `most` bins over `values`, which are finite; zero lies in the middle of one.
    pub fn around_zero(values: &[f32], most: usize) -> Self {
        let fold = |start: f32, pick: fn(f32, f32) -> f32| values.iter().copied().fold(start, pick);
        let (least, largest) = (fold(0.0, f32::min), fold(0.0, f32::max));
        let span = largest - least;
        let width = if span > 0.0 {
            span / most.saturating_sub(2).max(1) as f32
        } else {
            1.0
        };
        let below = (-least / width + 0.5).floor() as usize;
        let above = (largest / width + 0.5).floor() as usize;
        let mut bins = vec![0; below + above + 1];
        for value in values {
            let bin = (value / width + 0.5).floor() as i64 + below as i64;
            bins[bin.clamp(0, (below + above) as i64) as usize] += 1;
        }
        Self {
            first: -(below as f32 + 0.5) * width,
            last: (above as f32 + 0.5) * width,
            bins,
        }
    }

    /// At most `most` bins over `values`, which are finite; zero is an edge between two, or the end.
    pub fn from_zero(values: &[f32], most: usize) -> Self {
        let mut tally = Tally::new(
            values
                .iter()
                .fold(0.0, |reach, value| reach.max(value.abs())),
        );
        values.iter().for_each(|value| tally.add(*value));
        tally.counts(most)
    }
}

/// Fine bins on either side of zero while values come in.
const FINE: usize = 2048;

/// Values taken in one by one; the bins grow with their range, zero staying an edge.
#[derive(Debug, Clone)]
pub(super) struct Tally {
    width: f32,
    /// Bins from zero down, and from zero up.
    sides: [Vec<u64>; 2],
}

impl Tally {
    /// No values yet. `reach` is a first guess at the largest size.
    pub(super) fn new(reach: f32) -> Self {
        let width = reach / FINE as f32;
        Self {
            width: if width > 0.0 { width } else { 1.0 },
            sides: [vec![0; FINE], vec![0; FINE]],
        }
    }

    /// Counts `value`, which is finite.
    pub(super) fn add(&mut self, value: f32) {
        while value.abs() >= self.width * FINE as f32 {
            self.width *= 2.0;
            self.sides.iter_mut().for_each(|side| halve(side));
        }
        let bin = (value.abs() / self.width) as usize;
        self.sides[usize::from(value >= 0.0)][bin.min(FINE - 1)] += 1;
    }

    /// At most `most` bins; zero is an edge between two, or the end.
    pub(super) fn counts(&self, most: usize) -> Counts {
        let used = |side: &Vec<u64>| side.iter().rposition(|n| *n > 0).map_or(0, |bin| bin + 1);
        let [below, above] = [used(&self.sides[0]), used(&self.sides[1])];
        let mut together = 1;
        while below.div_ceil(together) + above.div_ceil(together) > most.max(2) {
            together += 1;
        }
        let coarse = |side: &[u64]| {
            let bins = side.chunks(together).map(|bins| bins.iter().sum());
            bins.collect::<Vec<u64>>()
        };
        let (mut bins, up) = (
            coarse(&self.sides[0][..below]),
            coarse(&self.sides[1][..above]),
        );
        let width = self.width * together as f32;
        let (first, last) = (-(bins.len() as f32) * width, up.len() as f32 * width);
        bins.reverse();
        bins.extend(up);
        Counts { first, last, bins }
    }
}

/// Bins twice as wide.
fn halve(side: &mut [u64]) {
    for bin in 0..FINE / 2 {
        side[bin] = side[2 * bin] + side[2 * bin + 1];
    }
    side[FINE / 2..].fill(0);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zero_lies_in_the_middle_of_a_bin() {
        let counts = Counts::around_zero(&[-1.0, 0.01, -0.01, 0.0, 2.0], 8);
        // Width 3 / 6: two bins below that of zero, four above.
        assert_eq!(counts.bins, [1, 0, 3, 0, 0, 0, 1]);
        assert_eq!((counts.first, counts.last), (-1.25, 2.25));
        assert_eq!(Counts::around_zero(&[0.0; 3], 8).bins, [3]);
    }

    #[test]
    fn bins_grow_with_the_range_and_zero_stays_an_edge() {
        let mut tally = Tally::new(0.5);
        [-0.25, 0.0, 0.3, 1.5, 2.9]
            .into_iter()
            .for_each(|value| tally.add(value));
        let counts = tally.counts(7);
        assert_eq!(counts.bins.iter().sum::<u64>(), 5);
        let width = (counts.last - counts.first) / counts.bins.len() as f32;
        let below = (-counts.first / width).round() as usize;
        assert_eq!(counts.bins[..below].iter().sum::<u64>(), 1);
        assert!(counts.first <= -0.25 && counts.last >= 2.9 && counts.bins.len() <= 7);
    }

    #[test]
    fn zeros_alone_make_one_bin() {
        let mut tally = Tally::new(0.0);
        tally.add(0.0);
        assert_eq!(tally.counts(60).bins, [1]);
        assert_eq!(Counts::from_zero(&[0.0, 0.4, 1.0], 2).bins, [2, 1]);
    }
}
