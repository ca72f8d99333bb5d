//! Tests of `noise`: hand-sized cases and published values.

use super::*;
use crate::engine::State;
use crate::lab::experiments::tests::table;

/// Four orthogonal patterns of 16 units, six levels of noise, five runs: nothing fails without noise, and at one
/// half nearly nothing is left.
#[test]
fn the_textbook_table() {
    let rows = table(
        "noise:patterns=4,trials=5,from=0,to=0.5,points=6",
        "random:n=16,p=4,orthogonal=yes",
        "hebb",
        "async",
    );
    assert_eq!(rows.number(0, "n"), 20.0);
    assert_eq!(rows.number(0, "exact"), 1.0);
    assert_eq!(rows.number(0, "failures"), 0.0);
    assert!(rows.number(5, "failures") > 10.0);
    assert!(rows.number(3, "sweeps") >= rows.number(0, "sweeps"));
    assert!(rows.said[0].contains("up to a level of"), "{:?}", rows.said);
}

#[test]
fn levels_of_every_kind_by_hand() {
    let grid = Grid::square(10);
    let full = State::from_fn(100, |_| true);
    let empty = |kind: Kind, level| {
        let cue = kind.corruption(level, grid, 5).apply(&full, grid);
        cue.units().iter().filter(|unit| **unit < 0).count()
    };
    for kind in [Kind::Flip, Kind::Mask, Kind::Half] {
        assert_eq!(
            [0.0, 0.3, 1.0].map(|level| empty(kind, level)),
            [0, 30, 100]
        );
    }
    assert_eq!(
        [0.0, 0.25, 1.0].map(|level| empty(Kind::Rectangle, level)),
        [0, 25, 100]
    );
    assert_eq!(
        [0.0, 0.3, 1.0].map(|level| empty(Kind::Shift, level)),
        [0, 30, 100]
    );
    assert!((30..70).contains(&empty(Kind::Random, 1.0)));
    let covered = Kind::Rectangle.corruption(0.04, grid, 5).apply(&full, grid);
    let places: Vec<usize> = (0..100).filter(|unit| covered.units()[*unit] < 0).collect();
    assert_eq!(places, [44, 45, 54, 55]);
}

#[test]
fn energies_rise_by_more_than_rounding() {
    assert!(rises(&[-5.0, -4.0, -6.0]) && !rises(&[-5.0, -5.0, -4.999_999]));
}
