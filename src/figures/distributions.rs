//! How numbers of a memory are distributed: couplings, margins, eigenvalues, weights of memories, couplings beside
//! true bonds, and the fields of the letters at one site.

use super::{Aspect, Axis, Bars, Figure, Line, Mark, Over, Role, Scale, Series, span};
use crate::engine::observables::{Counts, Histogram, Margins, Spectrum};

/// Bins of the eigenvalues.
const EIGENVALUE_BINS: usize = 61;

/// How many couplings have which strength.
pub fn couplings(histogram: &Histogram, scale: Scale) -> Figure {
    let ends = [-histogram.limit, histogram.limit];
    let across = Axis::new("coupling J", ends.map(f64::from));
    bars(
        "Distribution of the couplings",
        across,
        &histogram.counts,
        scale,
    )
}

/// How many units have which margin in which stored pattern; the smallest is marked.
pub fn margins(margins: &Margins, scale: Scale) -> Figure {
    let across = axis_of("margin κ", &margins.counts);
    let title = "Distribution of the margins";
    let mut figure = bars(title, across, &margins.counts.bins, scale);
    let smallest = margins.smallest as f32;
    let text = super::numbers::number(smallest);
    figure.marks.push(Mark::Upright(f64::from(smallest), text));
    figure
}

/// How many memories have which share of all pulls.
pub fn weights(counts: &Counts, scale: Scale) -> Figure {
    let title = "Distribution of the weights";
    bars(title, axis_of("weight", counts), &counts.bins, scale)
}

/// The weight of every memory, by its number.
pub fn shares(title: &str, shares: &[f32]) -> Figure {
    let y: Vec<f64> = shares.iter().map(|share| f64::from(*share)).collect();
    let ends = span(y.iter().copied().chain([0.0]));
    let last = shares.len().saturating_sub(1).max(1) as f64;
    let across = Axis::new("pattern", [0.0, last]);
    let mut figure = Figure::new(title, across, Axis::new("weight", ends));
    figure.series.push(Series {
        name: "weight".to_owned(),
        legend: None,
        role: Role::Orange,
        line: Line::Dots(2.5),
        x: (0..shares.len()).map(|pattern| pattern as f64).collect(),
        y: y.into(),
    });
    figure
}

/// Eigenvalues: bars on the line where all are real, else points of the plane and a circle of the largest magnitude.
pub fn eigenvalues(spectrum: &Spectrum, scale: Scale) -> Figure {
    if spectrum.real {
        let values: Vec<f32> = spectrum.values.iter().map(|value| value[0]).collect();
        let counts = Counts::around_zero(&values, EIGENVALUE_BINS);
        let across = axis_of("eigenvalue", &counts);
        return bars("Eigenvalues", across, &counts.bins, scale);
    }
    let values = spectrum.values.iter().map(|value| value.map(f64::from));
    let ends = |part: usize| span(values.clone().map(|value| value[part]).chain([0.0]));
    let axis = |label, part| Axis::new(label, ends(part));
    let mut figure = Figure::new(
        "Eigenvalues",
        axis("real part", 0),
        axis("imaginary part", 1),
    );
    figure.aspect = Aspect::Equal;
    figure
        .marks
        .push(Mark::Circle(f64::from(spectrum.radius())));
    let (left, right) = values.partition::<Vec<[f64; 2]>, _>(|value| value[0] < 0.0);
    for (name, role, points) in [
        ("left of zero", Role::Blue, left),
        ("right of zero", Role::Orange, right),
    ] {
        figure.series.push(dots(name, role, 1.6, &points));
    }
    figure
}

/// Learned couplings up, true bonds over temperature across; couplings of pairs without a bond stand at 0.
pub fn bonds(bonds: &[(f32, f32)], others: &[f32]) -> Figure {
    let largest = |values: &mut dyn Iterator<Item = f32>| {
        let sizes = values.map(f32::abs).filter(|size| size.is_finite());
        1.05 * f64::from(sizes.fold(1e-6, f32::max))
    };
    let across = largest(&mut bonds.iter().map(|bond| bond.0));
    let up = largest(
        &mut bonds
            .iter()
            .map(|bond| bond.1)
            .chain(others.iter().copied()),
    );
    let mut figure = Figure::new(
        "Couplings beside true bonds",
        Axis::new("J*/T", [-across, across]),
        Axis::new("J", [-up, up]),
    );
    figure.marks.push(Mark::Diagonal);
    let finite = |point: &[f64; 2]| point.iter().all(|place| place.is_finite());
    let without = others.iter().map(|up| [0.0, f64::from(*up)]);
    let without: Vec<[f64; 2]> = without.filter(finite).collect();
    let with = bonds
        .iter()
        .map(|(across, up)| [*across, *up].map(f64::from));
    let with: Vec<[f64; 2]> = with.filter(finite).collect();
    figure.series = vec![
        dots("pairs without a bond", Role::Weak, 1.25, &without),
        dots("bonds", Role::Orange, 1.25, &with),
    ];
    figure
}

/// What every letter feels at one site.
pub fn site_fields(site: usize, letters: Vec<String>, fields: &[f32]) -> Figure {
    let heights: Vec<f64> = fields.iter().map(|field| f64::from(*field)).collect();
    let largest = heights
        .iter()
        .fold(1e-6_f64, |largest, height| largest.max(height.abs()));
    let across = Axis::new("letter", [0.0, heights.len().max(1) as f64]);
    let up = Axis::new("field H", [-largest, largest]);
    let mut figure = Figure::new(&format!("Fields at site {site}"), across, up);
    figure.bars = Some(Bars {
        over: Over::Names(letters),
        heights,
        noun: "field".to_owned(),
    });
    figure
}

fn axis_of(label: &str, counts: &Counts) -> Axis {
    Axis::new(label, [counts.first, counts.last].map(f64::from))
}

fn bars(title: &str, across: Axis, counts: &[u64], scale: Scale) -> Figure {
    let most = counts.iter().copied().max().unwrap_or(0).max(1);
    let up = Axis {
        scale,
        ..Axis::new("values", [0.0, most as f64])
    };
    let mut figure = Figure::new(title, across, up);
    figure.bars = Some(Bars {
        over: Over::Bins,
        heights: counts.iter().map(|count| *count as f64).collect(),
        noun: "values".to_owned(),
    });
    figure
}

fn dots(name: &str, role: Role, radius: f32, points: &[[f64; 2]]) -> Series {
    Series {
        name: name.to_owned(),
        legend: None,
        role,
        line: Line::Dots(radius),
        x: points.iter().map(|point| point[0]).collect(),
        y: points.iter().map(|point| point[1]).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn couplings_are_counted_on_their_bins() {
        let histogram = Histogram::new([&[-1.0, -0.1, 0.0][..], &[0.1, 1.0]].into_iter(), 4);
        let figure = couplings(&histogram, Scale::Log);
        let bars = figure.bars.as_ref().expect("there are bars");
        assert_eq!(bars.heights, [1.0, 0.0, 3.0, 0.0, 1.0]);
        assert_eq!(
            (figure.across.range, figure.up.range),
            ([-1.0, 1.0], [0.0, 3.0])
        );
        assert_eq!(figure.up.part(3.0), 1.0);
    }

    #[test]
    fn a_complex_spectrum_is_a_cloud_with_a_circle() {
        let spectrum = Spectrum {
            values: vec![[-3.0, -4.0], [-3.0, 4.0], [1.0, 0.0]],
            real: false,
        };
        let figure = eigenvalues(&spectrum, Scale::Linear);
        assert_eq!(figure.marks, [Mark::Circle(5.0)]);
        assert_eq!(
            (figure.across.range, figure.up.range),
            ([-3.0, 1.0], [-4.0, 4.0])
        );
        let sizes: Vec<usize> = figure.series.iter().map(|series| series.x.len()).collect();
        assert_eq!((sizes, figure.aspect), (vec![2, 1], Aspect::Equal));
        let real = Spectrum {
            values: vec![[-1.0, 0.0], [2.0, 0.0]],
            real: true,
        };
        let figure = eigenvalues(&real, Scale::Linear);
        assert_eq!(figure.bars.expect("bars").heights.iter().sum::<f64>(), 2.0);
    }

    #[test]
    fn bonds_stand_beside_pairs_without_one() {
        let figure = bonds(&[(0.5, 0.4), (-1.0, f32::NAN)], &[0.1, -2.0]);
        assert_eq!(&*figure.series[1].x, [0.5]);
        assert_eq!(&*figure.series[0].y, [f64::from(0.1_f32), -2.0]);
        assert_eq!((figure.across.range[1], figure.up.range[1]), (1.05, 2.1));
        let figure = site_fields(3, vec!["A".to_owned(), "C".to_owned()], &[0.5, -1.0]);
        assert_eq!(figure.up.range, [-1.0, 1.0]);
    }
}
