//! How learning went: loss, margin, size of the couplings and overlaps against iterations.

use super::numbers::number;
use super::{Axis, Figure, Legend, Line, Mark, Role, Series, span};
use crate::engine::learning::Metrics;

/// A quantity that changes while a rule learns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quantity {
    /// What learning makes small, and its gradient: their logarithms.
    Loss,
    /// The smallest margin.
    Margin,
    /// The mean length of the rows.
    Norm,
    /// How patterns are kept, stored and unseen ones.
    Overlap,
}

/// The chart of one quantity; `None` where the rule does not tell it. `probes` are iterations with the overlap of
/// stored and of unseen patterns at them.
pub fn figure(
    quantity: Quantity,
    metrics: &[Metrics],
    probes: &[(u64, [f64; 2])],
) -> Option<Figure> {
    let series = series(quantity, metrics, probes);
    if series.is_empty() {
        return None;
    }
    let [low, high] = span(series.iter().flat_map(|series| series.y.iter().copied()));
    let room = (0.06 * (high - low)).max(0.02);
    let (label, up) = match quantity {
        Quantity::Loss => ("log₁₀", [low - room, high + room]),
        Quantity::Margin => (
            "smallest margin",
            [low.min(0.0) - room, high.max(0.0) + room],
        ),
        Quantity::Norm => ("mean |J_i|", [0.0, high + room]),
        Quantity::Overlap => ("overlap m", [low.min(0.0) - 0.03, 1.05]),
    };
    let last = metrics
        .last()
        .map_or(1, |standing| standing.iteration.max(1));
    let across = Axis::new("iterations", [0.0, last as f64]);
    let mut figure = Figure::new("Learning against iterations", across, Axis::new(label, up));
    // Above a curve that falls, below one that rises.
    figure.legend = match quantity {
        Quantity::Loss => Legend::UpperRight,
        Quantity::Margin | Quantity::Norm | Quantity::Overlap => Legend::LowerRight,
    };
    if quantity == Quantity::Margin {
        figure.marks.push(Mark::Level(0.0, String::new()));
    }
    for series in series {
        let last = series.points().last();
        figure
            .marks
            .extend(last.map(|last| Mark::Dot(last, series.role)));
        figure.series.push(series);
    }
    Some(figure)
}

/// The curves there are of one quantity; of the loss and its gradient the logarithm.
fn series(quantity: Quantity, metrics: &[Metrics], probes: &[(u64, [f64; 2])]) -> Vec<Series> {
    let of = |read: fn(&Metrics) -> Option<f64>| -> Vec<[f64; 2]> {
        let all = metrics.iter();
        all.filter_map(|one| Some([one.iteration as f64, read(one)?]))
            .collect()
    };
    let probed = |which: usize| -> Vec<[f64; 2]> {
        let all = probes.iter();
        all.map(|(iteration, overlaps)| [*iteration as f64, overlaps[which]])
            .collect()
    };
    let curves = match quantity {
        Quantity::Loss => vec![
            ("loss", Role::Blue, of(|one| one.loss.map(f64::log10))),
            (
                "gradient",
                Role::Orange,
                of(|one| one.gradient.map(f64::log10)),
            ),
        ],
        Quantity::Margin => vec![("smallest", Role::Blue, of(|one| one.margin))],
        Quantity::Norm => vec![("mean |J_i|", Role::Blue, of(|one| one.row_norm))],
        Quantity::Overlap => vec![
            ("stored", Role::Blue, probed(0)),
            ("unseen", Role::Orange, probed(1)),
        ],
    };
    let series = |(name, role, mut points): (&str, Role, Vec<[f64; 2]>)| {
        points.retain(|point| point[1].is_finite());
        let last = points.last()?[1];
        let (value, head) = match quantity {
            Quantity::Loss => (10_f64.powf(last), format!("log10 of {name}")),
            Quantity::Margin | Quantity::Norm | Quantity::Overlap => (last, name.to_owned()),
        };
        Some(Series {
            name: head,
            legend: Some(format!("{name} {}", number(value as f32))),
            role,
            line: Line::Solid(2.5),
            x: points.iter().map(|point| point[0]).collect(),
            y: points.iter().map(|point| point[1]).collect(),
        })
    };
    curves.into_iter().filter_map(series).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn metrics(iteration: u64, loss: f64) -> Metrics {
        Metrics {
            iteration,
            loss: Some(loss),
            gradient: None,
            row_norm: None,
            margin: Some(-0.5),
        }
    }

    #[test]
    fn what_a_rule_does_not_tell_has_no_chart() {
        let told = [metrics(0, 1.0), metrics(10, 0.01)];
        assert_eq!(figure(Quantity::Norm, &told, &[]), None);
        assert_eq!(figure(Quantity::Overlap, &told, &[]), None);
        let loss = figure(Quantity::Loss, &told, &[]).expect("it is told");
        assert_eq!(&*loss.series[0].y, [0.0, -2.0]);
        assert_eq!(loss.series[0].legend.as_deref(), Some("loss 0.0100"));
        assert_eq!((loss.series.len(), loss.across.range), (1, [0.0, 10.0]));
        assert_eq!(loss.marks, [Mark::Dot([10.0, -2.0], Role::Blue)]);
    }

    #[test]
    fn a_margin_has_a_line_at_zero_and_overlaps_two_curves() {
        let told = [metrics(4, 1.0)];
        let margin = figure(Quantity::Margin, &told, &[]).expect("it is told");
        assert_eq!(margin.marks[0], Mark::Level(0.0, String::new()));
        assert!(margin.up.range[0] < -0.5 && margin.up.range[1] > 0.0);
        let kept = figure(Quantity::Overlap, &told, &[(4, [0.9, 0.2])]).expect("it is probed");
        assert_eq!(
            (kept.series[1].y[0], kept.series[1].role),
            (0.2, Role::Orange)
        );
    }
}
