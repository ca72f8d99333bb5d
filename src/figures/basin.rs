//! Where cues of growing corruption end: a dot each, start across, end up.

use super::{Axis, Figure, Line, Mark, Role, Series};
use crate::engine::observables::{Basin, RETRIEVED};
use std::sync::Arc;

/// The lower end of the axis, unless a cue ends below it, which then goes down to −1.
const LOW: f64 = -0.25;

/// The cues that were settled, `before` fainter than `now`; with the mean of neighbours once all are there. `present` is
/// where the cue on screen starts and where its state is.
pub fn basin(now: &Basin, before: &Basin, present: Option<[f64; 2]>) -> Figure {
    let ends = now.soundings.iter().chain(&before.soundings);
    let ends = ends.map(|it| it.end).chain(present.map(|[_, end]| end));
    let low = if ends.fold(LOW, f64::min) < LOW {
        -1.05
    } else {
        LOW
    };
    let across = Axis::new("start overlap", [0.0, 1.0]);
    let up = Axis::new("final overlap", [low, 1.05]);
    let mut figure = Figure::new("Basin, live", across, up);
    for (basin, name, role) in [
        (before, "cues before", Role::Faint),
        (now, "cues", Role::Blue),
    ] {
        if !basin.soundings.is_empty() {
            let points = basin.soundings.iter().map(|it| [it.start, it.end]);
            let points: Vec<[f64; 2]> = points.collect();
            let dots = series(name, role, Line::Dots(2.0), &points);
            figure.series.push(dots);
        }
    }
    if now.is_whole() {
        let means = now.smoothed();
        let line = series("mean of neighbours", Role::Strong, Line::Solid(1.5), &means);
        figure.series.push(line);
    }
    figure.marks = vec![
        Mark::Diagonal,
        Mark::Level(RETRIEVED, "recalled".to_owned()),
    ];
    if let Some([start, end]) = present.filter(|[start, _]| *start >= 0.0) {
        figure
            .marks
            .push(Mark::Upright(start, "this cue".to_owned()));
        figure.marks.push(Mark::Dot([start, end], Role::Orange));
    }
    figure
}

fn series(name: &str, role: Role, line: Line, points: &[[f64; 2]]) -> Series {
    let [x, y] = [0, 1].map(|axis| {
        points
            .iter()
            .map(|point| point[axis])
            .collect::<Arc<[f64]>>()
    });
    Series {
        name: name.to_owned(),
        legend: None,
        role,
        line,
        x,
        y,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::observables::{N_CUES, Sounding};

    fn sounded(cues: impl Iterator<Item = usize>, end: f64) -> Basin {
        let sounding = |cue: usize| Sounding {
            cue,
            pattern: 0,
            start: cue as f64 / 199.0,
            end,
        };
        Basin {
            soundings: cues.map(sounding).collect(),
        }
    }

    #[test]
    fn old_dots_stand_behind_the_new_ones_until_all_are_there() {
        let now = sounded(0..20, 0.95);
        let before = sounded(20..N_CUES, 0.1);
        let figure = basin(&now, &before, Some([0.46, 0.7]));
        let roles: Vec<Role> = figure.series.iter().map(|series| series.role).collect();
        assert_eq!(roles, [Role::Faint, Role::Blue]);
        assert_eq!(figure.series[1].x.len(), 20);
        assert_eq!(figure.marks.len(), 4);
        assert_eq!(figure.up.range[0], LOW);
        let whole = basin(&sounded(0..N_CUES, -0.9), &Basin::default(), None);
        assert_eq!(whole.series.len(), 2);
        assert_eq!(whole.series[1].line, Line::Solid(1.5));
        assert_eq!((whole.up.range[0], whole.marks.len()), (-1.05, 2));
    }
}
