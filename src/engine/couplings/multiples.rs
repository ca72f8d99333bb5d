//! Couplings that are whole numbers times one number: which whole numbers, and times what.
//!
//! 3/49 in single precision is not three times 1/49: every entry is rounded by itself, and a field that should be zero
//! comes out as noise, which then decides. Whole numbers add up exactly. Absent: numbers that are multiples only
//! roughly; what is found here gives every entry back, but for its last bit where the unit itself has to be rounded.
//!
//! What a rounded number may have been is an interval; one entry after the other narrows down what the common unit c
//! may be, and divides it where an entry is a fraction of it, by the simplest one. Couplings that are no multiples end
//! that after a few entries; that the few sizes of a small matrix are multiples of something is no wonder, and must be
//! less likely by chance than not.

use ndarray::Array2;

/// The largest multiple; sums of larger ones are hardly ever exact.
const LARGEST: u32 = 1 << 20;

/// What two sizes that have nothing to do with each other tell of their quotient, in bits, and by how many bits less
/// multiples must be told to be no chance.
const BITS: f64 = 24.0;
const NO_CHANCE: f64 = 12.0;

/// Intervals are wider by this share than they are, since double precision rounds too.
const SLACK: f64 = 1e-15;

/// Whole numbers k without a common divisor and a number c > 0 with `entries` = k c, rounded; `None` where there are
/// none, or where all are zero.
pub(super) fn whole_multiples(entries: &Array2<f32>) -> Option<(Array2<f32>, f32)> {
    // Zeros count as infinite: leaving them out would take longer.
    let sizes = entries.iter().map(|entry| match entry.abs() {
        0.0 => f32::INFINITY,
        size => size,
    });
    let least = sizes.fold(f32::INFINITY, f32::min);
    if least == f32::INFINITY {
        return None;
    }
    let mut unit = CommonUnit::of(least);
    for size in entries.iter().map(|entry| entry.abs()) {
        let fits = size == 0.0 || unit.knows(size) || (size.is_finite() && unit.take_in(size));
        if !fits {
            return None;
        }
    }
    if !unit.is_no_chance() {
        return None;
    }
    // −0 is a zero as well.
    let multiple = |entry: f32| (unit.multiple(entry.abs()) as f32).copysign(entry) + 0.0;
    Some((entries.mapv(multiple), unit.number()))
}

/// The number that all sizes so far are multiples of.
struct CommonUnit {
    /// What it may be, at least and at most.
    range: (f64, f64),
    /// One over the middle of that: a division for every entry would take longest.
    per_unit: f64,
    /// By multiple, the size that it is; 0 where there was none.
    sizes: Vec<f32>,
}

impl CommonUnit {
    /// Of one size alone, which is itself.
    fn of(size: f32) -> Self {
        let range = before_rounding(size);
        Self {
            range,
            per_unit: per_unit(range),
            sizes: vec![0.0, size],
        }
    }

    /// The multiple that `size` is, if it is one: a whole number, far from half of one.
    fn multiple(&self, size: f32) -> u32 {
        (f64::from(size) * self.per_unit + 0.5) as u32
    }

    /// Whether `size` was seen before.
    fn knows(&self, size: f32) -> bool {
        self.sizes.get(self.multiple(size) as usize) == Some(&size)
    }

    /// Takes in a new size; false where that leaves no common unit.
    fn take_in(&mut self, size: f32) -> bool {
        let (least, most) = before_rounding(size);
        let (low, high) = self.range;
        let times = simplest_fraction(least / high, most / low);
        let Some((times, parts)) = times.filter(|times| self.divide(times.1)) else {
            return false;
        };
        let (low, high) = (low / f64::from(parts), high / f64::from(parts));
        let times_wide = f64::from(times);
        self.range = (low.max(least / times_wide), high.min(most / times_wide));
        self.per_unit = per_unit(self.range);
        let place = times as usize;
        self.sizes.resize(self.sizes.len().max(place + 1), 0.0);
        // Two sizes next to each other could both be the same multiple, just.
        let is_new = self.sizes[place] == 0.0;
        self.sizes[place] = size;
        is_new
    }

    /// Makes every multiple `parts` times as large; false where one would be too large.
    fn divide(&mut self, parts: u32) -> bool {
        if parts == 1 {
            return true;
        }
        let largest = (self.sizes.len() - 1) * parts as usize;
        if largest > LARGEST as usize {
            return false;
        }
        let mut sizes = vec![0.0; largest + 1];
        for (place, size) in self.sizes.iter().enumerate() {
            sizes[place * parts as usize] = *size;
        }
        self.sizes = sizes;
        true
    }

    /// Every multiple and its size.
    fn seen(&self) -> impl Iterator<Item = (f32, f32)> {
        let all = self.sizes.iter().enumerate();
        let seen = all.filter(|(_, size)| **size > 0.0);
        seen.map(|(times, size)| (times as f32, *size))
    }

    /// Whether the multiples are so small, or so many, that they are there for a reason. A single size needs none.
    fn is_no_chance(&self) -> bool {
        let (n_sizes, bits) = self.seen().fold((0.0, 0.0), |(n_sizes, bits), (times, _)| {
            (n_sizes + 1.0, bits + f64::from(times).log2())
        });
        bits == 0.0 || bits + NO_CHANCE <= (n_sizes - 1.0) * BITS
    }

    /// The unit in single precision: one that gives every size to the last bit, where there is such.
    fn number(&self) -> f32 {
        let (low, high) = self.range;
        let exact = |unit: &f32| self.seen().all(|(times, size)| times * unit == size);
        let first = (low as f32).next_down();
        let candidates = std::iter::successors(Some(first), |unit| Some(unit.next_up()));
        let in_range = candidates.take_while(|unit| f64::from(*unit) <= high);
        let middle = f64::midpoint(low, high) as f32;
        in_range.take(4).find(exact).unwrap_or(middle)
    }
}

/// One over the middle of a range.
fn per_unit((low, high): (f64, f64)) -> f64 {
    1.0 / f64::midpoint(low, high)
}

/// What may have become `size` in single precision: half a step to either side.
fn before_rounding(size: f32) -> (f64, f64) {
    let wide = f64::from(size);
    let below = f64::midpoint(wide, f64::from(size.next_down()));
    let next = size.next_up();
    let above = if next.is_finite() {
        f64::midpoint(wide, f64::from(next))
    } else {
        wide + (wide - below)
    };
    (below * (1.0 - SLACK), above * (1.0 + SLACK))
}

/// The fraction with the smallest numbers between two that are above 0; `None` where they are too large.
fn simplest_fraction(least: f64, most: f64) -> Option<(u32, u32)> {
    let whole = least.ceil();
    if whole > f64::from(LARGEST) {
        return None;
    }
    if whole <= most {
        return Some((whole as u32, 1));
    }
    // Both lie between the same two whole numbers: the rest is the inverse of the simplest fraction between inverses.
    let rest = least.floor();
    let (parts, times) = simplest_fraction(1.0 / (most - rest), 1.0 / (least - rest))?;
    let times = u64::from(times) + rest as u64 * u64::from(parts);
    (times <= u64::from(LARGEST)).then_some((times as u32, parts))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    /// `weights` / `divisor` as somebody else makes it: divided in double precision, then rounded.
    fn divided(weights: &Array2<f32>, divisor: f64) -> Array2<f32> {
        weights.mapv(|weight| (f64::from(weight) / divisor) as f32)
    }

    /// The smallest entry comes last: what comes first is a large multiple of the unit.
    #[test]
    fn multiples_are_found_whatever_comes_first() {
        let n = 70;
        let weights = Array2::from_shape_fn((n, n), |(i, j)| {
            let number = (i * 7919 + j * 104_729) % 59_500 + 500;
            if i == n - 1 {
                (j + 1) as f32
            } else {
                number as f32
            }
        });
        let entries = divided(&weights, 60_000.0);
        let (whole, _) = whole_multiples(&entries).expect("they are multiples");
        assert_eq!(whole, weights);
    }

    #[test]
    fn multiples_are_found_however_they_were_rounded() {
        let rows = array![
            [0.0, 3.0, -5.0, 7.0],
            [3.0, 11.0, 6.0, -2045.0],
            [-5.0, 6.0, 99.0, 4.0],
            [7.0, -2045.0, 4.0, 0.0]
        ];
        let with_one = array![[0.0, 1.0], [-3.0, 32_749.0]];
        for weights in [rows, with_one] {
            for divisor in 1..2000 {
                let times = &weights * (1.0 / divisor as f32);
                for entries in [divided(&weights, f64::from(divisor)), times] {
                    let (whole, unit) = whole_multiples(&entries).expect("they are multiples");
                    assert_eq!(whole, weights, "1/{divisor}");
                    let error = (f64::from(unit) * f64::from(divisor) - 1.0).abs();
                    assert!(error < 1.2e-7, "1/{divisor}: {error}");
                }
            }
        }
    }

    #[test]
    fn the_unit_need_not_be_among_the_entries() {
        let entries = divided(&array![[0.0, 6.0], [10.0, 15.0]], 49.0);
        let (whole, _) = whole_multiples(&entries).expect("they are multiples");
        assert_eq!(whole, array![[0.0, 6.0], [10.0, 15.0]]);
        // A common divisor is part of the unit.
        let (whole, unit) = whole_multiples(&array![[-30.0, 20.0]]).expect("they are multiples");
        assert_eq!((whole, unit), (array![[-3.0, 2.0]], 10.0));
    }

    #[test]
    fn a_unit_gives_back_what_was_its_multiple() {
        for unit in [1.0 / 784.0, 0.1, 1.0, 3e-39, 1e30] {
            let entries = &array![[0.0, 3.0, -2.0], [1.0, 40.0, 1.0]] * unit;
            let (whole, found) = whole_multiples(&entries).expect("they are multiples");
            assert_eq!((whole * found, found), (entries, unit));
        }
    }

    #[test]
    fn others_are_none() {
        let next = 1.0_f32.next_up();
        let golden = f32::midpoint(1.0, 5.0_f32.sqrt());
        for entries in [
            array![[0.0, 0.0]],
            array![[1.0, next]],
            array![[1.0, f32::NAN]],
            array![[f32::INFINITY, 1.0]],
            array![[1.0, 1e9]],
            array![[1.0, golden, golden.sqrt(), golden.cbrt()]],
            Array2::from_shape_fn((9, 9), |(i, j)| ((9 * i + j) as f32).sin()),
        ] {
            assert_eq!(whole_multiples(&entries), None, "{entries}");
        }
    }
}
