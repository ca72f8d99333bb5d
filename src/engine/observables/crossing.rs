//! Where a curve crosses a level for good.

/// The place from which on all heights are at least `level`.
///
/// It is interpolated on the straight line between the last point below and the first of these; none where the last point
/// is below it. Where all are above, it is the first place.
pub fn crossing(x: &[f64], y: &[f64], level: f64) -> Option<f64> {
    let below = y.iter().rposition(|height| *height < level);
    match below {
        None => x.first().copied(),
        Some(last) if last + 1 == y.len() => None,
        Some(place) => {
            let part = (level - y[place]) / (y[place + 1] - y[place]);
            Some(x[place] + part * (x[place + 1] - x[place]))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crossings_are_interpolated_and_the_last_one_counts() {
        let x = [0.0, 0.5, 1.0];
        assert_eq!(crossing(&x, &[0.0, 0.8, 1.0], 0.9), Some(0.75));
        assert_eq!(crossing(&x, &[0.95, 0.8, 1.0], 0.9), Some(0.75));
        assert_eq!(crossing(&x, &[0.95, 0.9, 1.0], 0.9), Some(0.0));
        assert_eq!(crossing(&x, &[0.0, 0.95, 0.8], 0.9), None);
        assert_eq!(crossing(&[], &[], 0.9), None);
    }
}
