//! A unit whose values are of another scale than those of all others. Absent: what is done about it.

/// A unit whose values are of another scale than those of all others: perhaps a number of the row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct OddUnit {
    /// Which, from 0.
    unit: usize,
    /// The largest size of a value in it, and in all others.
    sizes: (f32, f32),
}

/// From how many times the size of all others on a unit is odd.
const ODD: f32 = 8.0;

impl OddUnit {
    /// The one, given the largest size of the values of each unit.
    pub(super) fn among(largest: &[f32]) -> Option<Self> {
        let unit = (0..largest.len()).max_by(|a, b| largest[*a].total_cmp(&largest[*b]))?;
        let others = largest
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != unit);
        let second = others.fold(0.0, |most: f32, (_, size)| most.max(*size));
        let sizes = (largest[unit], second);
        (second > 0.0 && sizes.0 >= ODD * second).then_some(Self { unit, sizes })
    }

    /// A remark.
    pub(super) fn in_words(self) -> String {
        let (own, others) = self.sizes;
        format!(
            "Unit {} (counted from 0) holds values up to {own}, all others up to {others}: perhaps it is no pixel",
            self.unit
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_of_another_scale_is_told() {
        let odd = |largest: &[f32]| OddUnit::among(largest).map(OddUnit::in_words);
        assert_eq!(odd(&[0.0, 1.0, 7.0]), None);
        assert_eq!(odd(&[0.0, 0.0, 7.0]), None, "one that alone is anything");
        let told = "Unit 2 (counted from 0) holds values up to 9, all others up to 1: perhaps it is no pixel";
        assert_eq!(odd(&[0.0, 1.0, 9.0]).as_deref(), Some(told));
        let told = "Unit 0 (counted from 0) holds values up to 60000, all others up to 255: perhaps it is no pixel";
        assert_eq!(odd(&[6e4, 255.0, 9.0]).as_deref(), Some(told));
    }
}
