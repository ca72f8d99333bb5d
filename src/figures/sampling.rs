//! How well a sampled world is mixed: energies from two starts, exchanges of temperatures, overlaps of two replicas.

use super::{Axis, Bars, Figure, Legend, Line, Over, Role, Series, span};
use std::sync::Arc;

/// Energy per spin against sweeps, from a random start and from a cold one.
pub fn energies(sweeps: &[usize], energies: &[Vec<f64>; 2]) -> Figure {
    let [lowest, _] = span(energies.iter().flatten().copied());
    let last = sweeps.last().copied().unwrap_or(1);
    let across = Axis::new("sweeps", [0.0, last as f64]);
    let up = Axis::new("E / N", [lowest - 0.05, 0.1]);
    let mut figure = Figure::new("Energy per spin against sweeps", across, up);
    figure.legend = Legend::UpperRight;
    let x: Arc<[f64]> = sweeps.iter().map(|sweep| *sweep as f64).collect();
    let starts = [("random start", Role::Blue), ("cold start", Role::Orange)];
    for ((name, role), values) in starts.into_iter().zip(energies) {
        figure.series.push(Series {
            name: name.to_owned(),
            legend: Some(name.to_owned()),
            role,
            line: Line::Solid(1.5),
            x: Arc::clone(&x),
            y: values.as_slice().into(),
        });
    }
    figure
}

/// How often each temperature exchanges its configuration with the next: a share a pair, from the lowest up.
pub fn exchanges(temperatures: &[f64], shares: &[f64]) -> Figure {
    let ends = [temperatures.first(), temperatures.last()];
    let range = ends.map(|end| end.copied().unwrap_or(0.0));
    let title = "Exchanges by temperature";
    bars(
        title,
        Axis::new("T", range),
        "of the tries",
        shares.to_vec(),
    )
}

/// How often the overlap of two replicas fell into each bin from −1 to 1: P(q).
pub fn overlaps(counts: &[u32]) -> Figure {
    let heights = counts.iter().map(|count| f64::from(*count)).collect();
    let across = Axis::new("q", [-1.0, 1.0]);
    bars("Overlap of two replicas", across, "values", heights)
}

fn bars(title: &str, across: Axis, noun: &str, heights: Vec<f64>) -> Figure {
    let [_, most] = span(heights.iter().copied());
    let up = Axis::new(noun, [0.0, if most > 0.0 { most } else { 1.0 }]);
    let mut figure = Figure::new(title, across, up);
    figure.bars = Some(Bars {
        over: Over::Bins,
        heights,
        noun: noun.to_owned(),
    });
    figure
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_starts_share_their_sweeps() {
        let figure = energies(&[10, 20], &[vec![-0.2, -1.0], vec![-1.4, -1.1]]);
        assert_eq!(figure.up.range, [-1.45, 0.1]);
        assert!(Arc::ptr_eq(&figure.series[0].x, &figure.series[1].x));
        assert_eq!(figure.across.range, [0.0, 20.0]);
    }

    #[test]
    fn exchanges_are_shares_and_overlaps_counts() {
        let figure = exchanges(&[0.5, 1.0, 2.0], &[0.25, 0.5]);
        let bars = figure.bars.expect("there are bars");
        assert_eq!(
            (bars.heights, figure.across.range),
            (vec![0.25, 0.5], [0.5, 2.0])
        );
        let figure = overlaps(&[3, 0, 4]);
        assert_eq!(figure.up.range, [0.0, 4.0]);
    }
}
