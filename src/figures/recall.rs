//! What happened in a recording: overlaps, and the energy or what stands for it, against time in sweeps.

use super::curves::Curves;
use super::{Axis, Band, Figure, Fill, Line, Mark, Role, Series, span};
use crate::engine::Recording;
use std::sync::Arc;

/// The overlap curves that stand out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Standing {
    /// The pattern with the largest overlap at the moment shown: orange.
    pub nearest: usize,
    /// The one that the cue was made of: dashed.
    pub original: Option<usize>,
    /// The one pointed at: strong.
    pub pointed: Option<usize>,
}

impl Standing {
    fn includes(self, pattern: usize) -> bool {
        [Some(self.nearest), self.original, self.pointed].contains(&Some(pattern))
    }
}

/// The right end of an axis over the time of a recording, in sweeps: what is recorded, but at least one sweep.
pub fn sweeps_of(recording: &Recording) -> f64 {
    recording.length().max(recording.sweep()) as f64 / recording.sweep() as f64
}

/// The overlap with every pattern against time. `name` says what a pattern is called, `legend` what is said of one
/// that stands out; `now` is the moment shown, in sweeps, with the overlaps at it.
pub fn overlaps(
    curves: &Curves,
    recording: &Recording,
    standing: Standing,
    name: impl Fn(usize) -> String,
    legend: impl Fn(usize) -> String,
    now: (f64, &[f64]),
) -> Figure {
    let up = [f64::from(curves.lowest).min(-0.2) - 0.05, 1.05];
    let across = Axis::new("sweeps", [0.0, sweeps_of(recording)]);
    let mut figure = Figure::new("Overlaps against time", across, Axis::new("overlap m", up));
    let line = |pattern: usize, y: Arc<[f64]>, role, line, legend| Series {
        name: name(pattern),
        legend,
        role,
        line,
        x: Arc::clone(&curves.sweeps),
        y,
    };
    let begun = recording.length() > 0;
    if begun && !curves.band.is_empty() {
        let rest = curves.n_patterns() - curves.lines.len();
        figure.remark = format!("{} lines, {rest} more as a band", curves.lines.len());
        figure.bands.push(Band {
            name: format!("{rest} other patterns"),
            x: Arc::clone(&curves.sweeps),
            spans: Arc::clone(&curves.band),
            fill: Fill::Area,
        });
    }
    // The first moment alone is a dot a pattern.
    let (role, style) = if begun {
        (Role::Faint, Line::Solid(1.0))
    } else {
        (Role::Weak, Line::Dots(2.0))
    };
    let others = curves
        .lines
        .iter()
        .filter(|line| !standing.includes(line.0));
    let others = others.map(|(pattern, y)| line(*pattern, Arc::clone(y), role, style, None));
    figure.series.extend(others);
    let of =
        |pattern, role, style, legend| line(pattern, curves.line(pattern), role, style, legend);
    let nearest = standing.nearest;
    let pointed = standing.pointed.filter(|pointed| *pointed != nearest);
    figure
        .series
        .extend(pointed.map(|pattern| of(pattern, Role::Strong, Line::Solid(2.5), None)));
    let width = if standing.pointed == Some(nearest) {
        4.0
    } else {
        2.5
    };
    let style = Line::Solid(width);
    figure
        .series
        .push(of(nearest, Role::Orange, style, Some(legend(nearest))));
    let original = standing.original.filter(|original| *original != nearest);
    figure.series.extend(original.map(|pattern| {
        let text = Some(legend(pattern));
        of(pattern, Role::Strong, Line::Dashed(1.5), text)
    }));
    let (at, overlaps) = now;
    figure.marks.push(Mark::Upright(at, String::new()));
    let dots = [
        (standing.pointed, Role::Strong),
        (standing.original, Role::Strong),
        (Some(standing.nearest), Role::Orange),
    ];
    figure.marks.extend(
        dots.into_iter()
            .filter_map(|(pattern, role)| Some(Mark::Dot([at, *overlaps.get(pattern?)?], role))),
    );
    figure
}

/// The energy at the recording's moments; with `now`, the moment shown in sweeps and the energy there.
pub fn energy(recording: &Recording, now: [f64; 2]) -> Figure {
    let moments = recording.moments();
    let mut values = recording.curves().energies.clone();
    if values.len() < moments.len() {
        values.extend(recording.energy_at(recording.length()));
    }
    trace(
        "Energy against time",
        "energy E",
        recording,
        &moments,
        values,
        now,
    )
}

/// The mean local stability at the recording's moments, where there is no energy.
pub fn stability(recording: &Recording, now: [f64; 2]) -> Figure {
    let moments = recording.moments();
    let mut values = recording.curves().stabilities.clone();
    if values.len() < moments.len() {
        values.push(recording.last_stability());
    }
    trace(
        "Stability against time",
        "stability",
        recording,
        &moments,
        values,
        now,
    )
}

fn trace(
    title: &str,
    label: &str,
    recording: &Recording,
    moments: &[u64],
    values: Vec<f64>,
    now: [f64; 2],
) -> Figure {
    let across = Axis::new("sweeps", [0.0, sweeps_of(recording)]);
    let mut figure = Figure::new(title, across, Axis::new(label, with_room(&values)));
    let sweep = recording.sweep() as f64;
    figure.series.push(Series {
        name: label.to_owned(),
        legend: None,
        role: Role::Blue,
        line: Line::Solid(2.5),
        x: moments
            .iter()
            .map(|moment| *moment as f64 / sweep)
            .collect(),
        y: values.into(),
    });
    figure.marks.push(Mark::Upright(now[0], String::new()));
    figure.marks.push(Mark::Dot(now, Role::Blue));
    figure
}

/// From below the least to above the largest value, never of no height.
fn with_room(values: &[f64]) -> [f64; 2] {
    let [low, high] = span(values.iter().copied());
    let room = (0.08 * (high - low)).max(0.05 * high.abs()).max(1e-3);
    [low - room, high + room]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::patterns::Grid;
    use crate::engine::{Couplings, Dynamics, Memory, Patterns, State};
    use ndarray::{Array2, array};

    /// One pattern of four units in a ferromagnet, from a cue with one unit wrong.
    fn recording() -> Recording {
        let rows = array![[1_i8, 1, 1, 1], [1, -1, 1, -1]];
        let patterns = Patterns::new(rows, Grid::new(2, 2), None).expect("they fit");
        let mut weights = Array2::from_elem((4, 4), 1.0);
        weights.diag_mut().fill(0.0);
        let couplings = Couplings::new(weights, 0.25).expect("they are finite");
        let cue = State::from_fn(4, |unit| unit != 2);
        let (memory, patterns) = (Arc::new(Memory::Pairwise(couplings)), Arc::new(patterns));
        Recording::new(memory, patterns, cue, Dynamics::Asynchronous, 1)
    }

    #[test]
    fn the_energy_of_a_ferromagnet_falls_to_its_ground_state() {
        let mut recording = recording();
        recording.extend_to(8);
        let figure = energy(&recording, [2.0, -1.5]);
        let series = &figure.series[0];
        // −½ Σ J_ij s_i s_j with J = ¼: (6 − 2·3)/4 = 0 with one unit wrong, −6/4 with none.
        assert_eq!((series.y[0], series.y[series.y.len() - 1]), (0.0, -1.5));
        assert_eq!((series.x[0], figure.across.range), (0.0, [0.0, 2.0]));
        assert!(figure.up.range[0] < -1.5 && figure.up.range[1] > 0.0);
        assert_eq!(figure.marks[1], Mark::Dot([2.0, -1.5], Role::Blue));
        let flat = with_room(&[0.0]);
        assert!(flat[0] < flat[1]);
    }

    #[test]
    fn overlaps_are_named_and_the_nearest_stands_out() {
        let mut recording = recording();
        recording.extend_to(4);
        let mut curves = Curves::default();
        curves.update(&recording, 1);
        let standing = Standing {
            nearest: 0,
            original: Some(1),
            pointed: None,
        };
        let name = |pattern| format!("pattern {pattern}");
        let last = [1.0, 0.0];
        let figure = overlaps(&curves, &recording, standing, name, name, (1.0, &last));
        let drawn: Vec<_> = figure
            .series
            .iter()
            .map(|one| (&*one.name, one.role))
            .collect();
        assert_eq!(
            drawn,
            [("pattern 0", Role::Orange), ("pattern 1", Role::Strong)]
        );
        assert_eq!(
            (figure.series[0].y[0], figure.series[0].legend.as_deref()),
            (0.5, Some("pattern 0"))
        );
        assert_eq!(figure.marks.len(), 3);
    }
}
