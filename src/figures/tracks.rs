//! Runs from one cue side by side: the overlap with the original against time, a curve a track.

use super::recall::sweeps_of;
use super::{Axis, Figure, Line, Mark, Role, Series};
use crate::engine::{Recording, State};
use std::sync::Arc;

/// How the curves of tracks are told apart, in colour and without.
const STYLES: [(Role, Line); 4] = [
    (Role::Orange, Line::Solid(3.0)),
    (Role::Blue, Line::Dashed(2.5)),
    (Role::Strong, Line::Solid(1.2)),
    (Role::Weak, Line::Dots(2.0)),
];

/// Colour and line of track `track`, from 0.
pub fn track_style(track: usize) -> (Role, Line) {
    STYLES[track % STYLES.len()]
}

/// The overlap of a run with what its cue was made of, kept between frames.
#[derive(Debug, Clone, Default)]
pub struct TrackCurve {
    made_from: Option<(u64, u64)>,
    /// The moments, in sweeps.
    pub sweeps: Arc<[f64]>,
    /// The overlap at each of them: with the original or, where there is none, the largest in size with any stored pattern.
    pub overlaps: Arc<[f64]>,
}

impl TrackCurve {
    /// Works it out again if `recording` has grown or `version` has changed. `original` is what the cue was made of, and
    /// which stored pattern that is.
    pub fn update(
        &mut self,
        recording: &Recording,
        original: Option<(&State, Option<usize>)>,
        version: u64,
    ) {
        let made_from = Some((version, recording.length()));
        if self.made_from == made_from {
            return;
        }
        let (moments, sweep) = (recording.moments(), recording.sweep() as f64);
        self.made_from = made_from;
        self.sweeps = moments.iter().map(|at| *at as f64 / sweep).collect();
        let at = |index: usize, moment: u64| match original {
            Some((state, None)) => recording.state_at(moment).overlap(state),
            Some((_, Some(pattern))) => kept(recording, index)[pattern],
            None => {
                let all = kept(recording, index);
                all.into_iter().fold(
                    0.0,
                    |most, it| if it.abs() > f64::abs(most) { it } else { most },
                )
            }
        };
        let all = moments.iter().enumerate();
        self.overlaps = all.map(|(index, moment)| at(index, *moment)).collect();
    }
}

/// The overlaps with all stored patterns at a moment of the recording, by its index.
fn kept(recording: &Recording, index: usize) -> Vec<f64> {
    let (curves, count) = (recording.curves(), recording.patterns().n_patterns());
    match curves.overlaps.get(index * count..(index + 1) * count) {
        Some(kept) => kept.iter().map(|overlap| f64::from(*overlap)).collect(),
        None => recording.last_overlaps(),
    }
}

/// The last moment that any of `recordings` has, in sweeps, at least one.
pub fn longest<'a>(recordings: impl Iterator<Item = &'a Recording>) -> f64 {
    recordings.map(sweeps_of).fold(1.0, f64::max)
}

/// The curves of all tracks, each under its title, over time up to `across` sweeps; `now` is the moment shown, in sweeps.
pub fn overlaps(
    curves: &[(String, usize, &TrackCurve)],
    with_original: bool,
    across: f64,
    now: f64,
) -> Figure {
    let all = curves
        .iter()
        .flat_map(|(_, _, curve)| curve.overlaps.iter());
    let lowest = all.copied().fold(0.0, f64::min);
    let up = [lowest.min(-0.15) - 0.05, 1.05];
    let label = if with_original {
        "overlap m"
    } else {
        "largest overlap"
    };
    let title = "Overlaps of all tracks against time";
    let across = Axis::new("sweeps", [0.0, across]);
    let mut figure = Figure::new(title, across, Axis::new(label, up));
    for (title, track, curve) in curves {
        let (role, line) = track_style(*track);
        figure.series.push(Series {
            name: title.clone(),
            legend: Some(title.clone()),
            role,
            line,
            x: Arc::clone(&curve.sweeps),
            y: Arc::clone(&curve.overlaps),
        });
    }
    figure.marks.push(Mark::Upright(now, String::new()));
    for (_, track, curve) in curves {
        let next = curve.sweeps.partition_point(|sweeps| *sweeps <= now);
        if let Some(overlap) = curve.overlaps.get(next.saturating_sub(1)) {
            let at = curve.sweeps[next.saturating_sub(1)];
            let (role, _) = track_style(*track);
            figure.marks.push(Mark::Dot([at, *overlap], role));
        }
    }
    figure
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::patterns::Grid;
    use crate::engine::{Couplings, Dynamics, Memory, Patterns};
    use ndarray::{Array2, array};

    #[test]
    fn curves_of_tracks_end_where_their_runs_do() {
        let rows = array![[1_i8, 1, 1, 1], [1, -1, 1, -1]];
        let patterns = Arc::new(Patterns::new(rows, Grid::new(2, 2), None).expect("they fit"));
        let mut weights = Array2::from_elem((4, 4), 1.0);
        weights.diag_mut().fill(0.0);
        let couplings = Couplings::new(weights, 0.25).expect("they are finite");
        let memory = Arc::new(Memory::Pairwise(couplings));
        let cue = State::from_fn(4, |unit| unit != 2);
        let mut run = Recording::new(
            memory,
            Arc::clone(&patterns),
            cue,
            Dynamics::Asynchronous,
            1,
        );
        run.extend_to(8);
        let mut curves: [TrackCurve; 3] = Default::default();
        let original = patterns.state(0);
        curves[0].update(&run, Some((&original, Some(0))), 1);
        curves[1].update(&run, Some((&original, None)), 1);
        curves[2].update(&run, None, 1);
        for curve in &curves {
            // One of four units is wrong in the cue: m = 1/2; the ferromagnet turns it.
            let ends = (curve.overlaps[0], curve.overlaps[curve.overlaps.len() - 1]);
            assert_eq!(ends, (0.5, 1.0));
            assert_eq!(curve.sweeps.len(), curve.overlaps.len());
        }
        assert_eq!(longest([&run].into_iter()), 2.0);
        let all = [
            ("A".to_owned(), 0, &curves[0]),
            ("B".to_owned(), 1, &curves[1]),
        ];
        let figure = overlaps(&all, true, 2.0, 2.0);
        let styles: Vec<Role> = figure.series.iter().map(|series| series.role).collect();
        assert_eq!(styles, [Role::Orange, Role::Blue]);
        assert_eq!(figure.marks.len(), 3);
        assert_eq!(figure.marks[1], Mark::Dot([2.0, 1.0], Role::Orange));
    }
}
