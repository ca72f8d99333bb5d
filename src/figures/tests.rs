//! Places on axes, names of files, and marks that stand near one another.

use super::*;

#[test]
fn places_on_axes() {
    let axis = Axis::new("m", [-1.0, 3.0]);
    assert_eq!(axis.part(0.0), 0.25);
    let counts = Axis {
        scale: Scale::Log,
        ..Axis::new("values", [0.0, 99.0])
    };
    assert!((counts.part(9.0) - 0.5).abs() < 1e-12);
    assert_eq!(counts.part(0.0), 0.0);
    assert_eq!(span([2.0, f64::NAN, -1.0]), [-1.0, 2.0]);
    assert_eq!(span([]), [0.0, 1.0]);
}

#[test]
fn names_of_uprights_that_stand_near_are_on_lines_of_their_own() {
    let axis = || Axis::new("", [0.0, 10.0]);
    let mut figure = Figure::new("", axis(), axis());
    let upright = |at, said: &str| Mark::Upright(at, said.to_owned());
    figure.marks = vec![
        upright(1.0, "a"),
        upright(1.5, ""),
        Mark::Level(2.0, "b".to_owned()),
        upright(2.0, "c"),
        upright(9.0, "d"),
    ];
    let lines: Vec<usize> = figure
        .marks
        .iter()
        .map(|mark| figure.uprights_before(mark))
        .collect();
    assert_eq!(lines, [0, 0, 0, 1, 0]);
}

#[test]
fn files_have_plain_names() {
    let axis = || Axis::new("", [0.0, 1.0]);
    let figure = Figure::new("P(q): overlap of two replicas", axis(), axis());
    assert_eq!(file_name(&figure.title), "p-q-overlap-of-two-replicas");
}

#[test]
fn bars_stand_side_by_side() {
    let bars = Bars {
        over: Over::Bins,
        heights: vec![1.0, 0.0, 99.0, 9.0],
        noun: "values".to_owned(),
    };
    assert_eq!(bars.edges([-2.0, 2.0], 1), [-1.0, 0.0]);
    assert_eq!(bars.edges([-2.0, 2.0], 3), [1.0, 2.0]);
}
