//! Tests of `statistics`, by hand.

use super::*;

fn curve(y: &[f64]) -> Curve {
    Curve {
        x: vec![0.0, 0.5, 1.0],
        y: y.to_vec(),
        ..Curve::default()
    }
}

#[test]
fn means_and_quantiles_of_a_hand_sized_case() {
    let values = [1.0, 2.0, 3.0, 6.0];
    assert_eq!(mean(&values), Some(3.0));
    // Variance (4 + 1 + 0 + 9)/3, over 4.
    assert_eq!(standard_error(&values), Some((14.0_f64 / 12.0).sqrt()));
    assert_eq!(quantile(&values, 0.25), Some(1.75));
    assert_eq!(quantile(&values, 0.5), Some(2.5));
    assert_eq!(
        (mean(&[]), quantile(&[], 0.5), standard_error(&[1.0])),
        (None, None, None)
    );
}

#[test]
fn curves_are_read_from_either_side_and_ends_are_told() {
    let read = |read: fn(&Curve, f64) -> Option<CurveReading>, y: &[f64], level| {
        read(&curve(y), level).map(told)
    };
    assert_eq!(
        read(falling, &[1.0, 0.8, 0.0], 0.4),
        Some("0.750".to_owned())
    );
    assert_eq!(read(falling, &[0.3, 0.8, 0.0], 0.4), None);
    assert_eq!(
        read(falling, &[0.9, 0.8, 0.7], 0.4),
        Some("1 or more".to_owned())
    );
    assert_eq!(
        read(rising, &[0.0, 0.8, 1.0], 0.9),
        Some("0.750".to_owned())
    );
    assert_eq!(read(rising, &[0.0, 0.8, 0.8], 0.9), None);
    assert_eq!(
        read(rising, &[0.9, 0.9, 1.0], 0.9),
        Some("0 or less".to_owned())
    );
}

#[test]
fn the_jackknife_of_a_mean_is_its_standard_error() {
    let values = [1.0, 2.0, 3.0, 6.0];
    for is_tied in [false, true] {
        let curve = Curve {
            x: vec![0.0],
            y: vec![3.0],
            blocks: vec![values.to_vec()],
            is_tied,
        };
        let mean = reading(&curve, |_, y| y.first().copied()).unwrap();
        assert!((mean.error.unwrap() - standard_error(&values).unwrap()).abs() < 1e-12);
    }
}

/// The difference of two points that rise and fall together has no error where they are tied, and where they are not √2
/// times that of one point.
#[test]
fn blocks_of_different_networks_are_left_out_one_point_at_a_time() {
    let values = [1.0, 2.0, 3.0, 6.0];
    let difference = |is_tied| {
        let curve = Curve {
            x: vec![0.0, 1.0],
            y: vec![3.0, 4.0],
            blocks: vec![values.to_vec(), values.map(|value| value + 1.0).to_vec()],
            is_tied,
        };
        let read = reading(&curve, |_, y| Some(y[1] - y[0])).unwrap();
        (read.value, read.error.unwrap())
    };
    assert!(difference(true).1 < 1e-12);
    let (value, error) = difference(false);
    assert_eq!(value, 1.0);
    assert!((error - (2.0 * 14.0_f64 / 12.0).sqrt()).abs() < 1e-12);
}

#[test]
fn blocks_of_other_points_say_nothing_of_an_error() {
    for is_tied in [false, true] {
        let curve = Curve {
            blocks: vec![vec![0.0, 0.2], Vec::new(), Vec::new()],
            is_tied,
            ..curve(&[0.1, 0.8, 1.0])
        };
        assert_eq!(rising(&curve, 0.9).unwrap().error, None);
    }
}

#[test]
fn a_line_through_points_on_a_line() {
    assert_eq!(
        line(&[[0.0, 1.0], [1.0, 3.0], [2.0, 5.0]]),
        Some([2.0, 1.0])
    );
    assert_eq!(line(&[[1.0, 1.0], [1.0, 2.0]]), None);
    let weighted = weighted_line(&[[0.0, 1.0, 1.0], [1.0, 3.0, 1.0], [2.0, 9.0, 0.0]]);
    assert_eq!(weighted, Some([2.0, 1.0]));
}
