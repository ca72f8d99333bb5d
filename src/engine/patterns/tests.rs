//! Patterns by hand: overlaps, refusals, letters.

use super::*;
use ndarray::array;

#[test]
fn overlaps_by_hand() {
    let patterns = Patterns::new(
        array![[1, 1, -1, -1], [1, -1, 1, -1]],
        Grid::square(2),
        None,
    )
    .unwrap();
    let state = State::from_signs(&[1, 1, -1, 1]);
    assert_eq!(patterns.overlaps(&state), [0.5, -0.5]);
    assert_eq!(patterns.unit(1), [1, -1]);
    assert_eq!(patterns.load(), 0.5);
    assert_eq!(patterns.unit_sums(), [2, 0, 0, -2]);
    assert_eq!(patterns.mean_activity(), 0.0);
}

#[test]
fn what_is_not_stored_has_no_label() {
    let labels = Some(vec!["a".into(), "".into()]);
    let patterns = Patterns::new(array![[1], [-1]], Grid::square(1), labels).unwrap();
    assert_eq!(patterns.label(0).map(|label| &**label), Some("a"));
    assert_eq!((patterns.label(1), patterns.label(2)), (None, None));
}

#[test]
fn what_is_not_a_pattern_is_refused() {
    let zero = Patterns::new(array![[1, 0]], Grid::near_square(2), None).unwrap_err();
    assert_eq!(
        zero.to_string(),
        "the patterns must be +1 or −1; row 0, column 1 holds 0"
    );
    assert!(Patterns::new(Array2::zeros((0, 4)), Grid::square(2), None).is_err());
    assert!(Patterns::new(array![[1, 1]], Grid::square(2), None).is_err());
    assert!(
        Patterns::new(
            array![[1, 1]],
            Grid::near_square(2),
            Some(vec!["1".into(), "2".into()])
        )
        .is_err()
    );
}

#[test]
fn letters_overlap_in_equal_sites_and_weights_are_one_a_pattern() {
    let letters = Alphabet::Letters(Letters::plain(3).unwrap());
    let rows = array![[0, 1, 2, 2], [2, 1, 0, 0]];
    let new = |rows| Patterns::of(rows, letters, Grid::square(2), None);
    let patterns = new(rows).unwrap();
    assert_eq!(patterns.overlaps(&patterns.state(1)), [0.25, 1.0]);
    assert_eq!((patterns.weights(), patterns.total_weight()), (None, 2.0));
    let states = [patterns.state(0), patterns.state(1)];
    assert_eq!(
        Patterns::of_states(&states, Grid::square(2)).unwrap(),
        patterns
    );
    let error = new(array![[0, 1, 3, 0]]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the patterns must be letters counted from 0; row 0, column 2 holds 3 of 3"
    );
    for bad in [
        vec![1.0],
        vec![1.0, -0.5],
        vec![1.0, f32::NAN],
        vec![0.0; 2],
    ] {
        assert!(patterns.clone().weighted(bad).is_err());
    }
    let weighted = patterns.weighted(vec![0.5, 0.25]).unwrap();
    assert_eq!(weighted.total_weight(), 0.75);
    let labelled = weighted.labelled(vec!["a".into(), "b".into()]).unwrap();
    assert_eq!(labelled.weights(), Some(&[0.5, 0.25][..]));
}
