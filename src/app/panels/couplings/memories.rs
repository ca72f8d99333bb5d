//! A memory without couplings: how strongly every pattern pulls at the state shown, and the fields that come of it.
//!
//! The share of pattern μ is F'(u_μ) as a part of all, the softmax where F is an exponential; it changes with the
//! state, so it is worked out again for every moment.

use super::columns::{BETWEEN, HEADER, LEAST_HISTOGRAM, columns, fields_picture, header, is_tall};
use super::statistics::{Told, bars, scale};
use super::unit_table::{self, TableRow};
use crate::app::panels::PanelContext;
use crate::app::panels::explained::number_in_tex;
use crate::app::panels::save::Kind;
use crate::app::snapshot::Snapshot;
use crate::app::theme::SMALL;
use crate::app::view::Statistic;
use crate::app::widgets::controls::{hint, small_segmented};
use crate::app::widgets::full_card::placeholder;
use crate::app::widgets::picture::{Placed, symmetric_scale};
use crate::app::widgets::room::room_above;
use crate::app::widgets::weighted::{Weighted, percent};
use crate::engine::Recording;
use crate::engine::observables::{Counts, effective_number};
use crate::engine::patterns::Grid;
use crate::figures::distributions;
use crate::figures::numbers::number;
use crate::trial::words;
use egui::{Ui, Vec2};

/// Bins of the shares.
const BINS: usize = 41;
/// Width of the numbers.
const NUMBERS: f32 = 210.0;
/// Least width of the thumbnails.
const LEAST_THUMBNAILS: f32 = 240.0;
/// Room below the thumbnails for a line.
const NOTE: f32 = SMALL + 8.0;

/// How strongly every pattern pulls at one moment.
pub(super) struct PatternWeights {
    /// The moment.
    version: u64,
    shares: Vec<f32>,
    /// The patterns, the strongest first.
    order: Vec<usize>,
    /// How many take part.
    effective: f64,
    counts: Counts,
}

impl PatternWeights {
    /// `old` if it is of this very moment, else worked out; `None` for a memory that does not keep its patterns.
    pub(super) fn update(
        old: Option<Self>,
        recording: &Recording,
        snapshot: &Snapshot,
        cursor: u64,
    ) -> Option<Self> {
        match old {
            Some(weights) if weights.version == snapshot.version => Some(weights),
            _ => Some(Self::new(recording.weights_at(cursor)?, snapshot.version)),
        }
    }

    fn new(shares: Vec<f32>, version: u64) -> Self {
        let mut order: Vec<usize> = (0..shares.len()).collect();
        order.sort_by(|a, b| shares[*b].abs().total_cmp(&shares[*a].abs()));
        Self {
            version,
            effective: effective_number(&shares),
            counts: Counts::from_zero(&shares, BINS),
            order,
            shares,
        }
    }

    /// What all but the first `shown` have together.
    fn rest(&self, shown: usize) -> f32 {
        self.order[shown..]
            .iter()
            .map(|pattern| self.shares[*pattern].abs())
            .sum()
    }
}

/// What every column looks at.
pub(super) struct Memories<'a> {
    pub(super) weights: &'a PatternWeights,
    pub(super) snapshot: &'a Snapshot,
    pub(super) grid: Grid,
    /// The unit whose numbers are told, and the unit marked in every picture.
    pub(super) unit: usize,
    pub(super) marked: usize,
}

impl Memories<'_> {
    /// All columns.
    pub(super) fn ui(&self, ui: &mut Ui, context: &mut PanelContext<'_>, linear: &mut bool) {
        let room = ui.available_size();
        let square = Vec2::splat(room.y - HEADER);
        let picture = Placed::fit(self.grid, square, ui.pixels_per_point()).x;
        let widths = if is_tall(room) {
            vec![0.0; 4]
        } else {
            widths(room.x, picture)
        };
        let own_column = widths.len() > 3;
        context.hand_over("Couplings J", || vec![self.in_tex()]);
        for (column, mut inside) in columns(ui, widths).into_iter().enumerate() {
            let ui = &mut inside;
            match column {
                0 => self.thumbnails(ui, context),
                1 => self.numbers(ui),
                2 if own_column => self.fields(ui, context),
                2 => self.either(ui, context, linear),
                _ => {
                    header(ui, "Weights", "");
                    bars(ui, context, &self.distribution(*linear), linear);
                }
            }
        }
    }

    fn thumbnails(&self, ui: &mut Ui, context: &mut PanelContext<'_>) {
        header(ui, "Memories", "the strongest first");
        let Some(patterns) = context
            .session
            .patterns()
            .filter(|_| context.shows_stored())
        else {
            placeholder(ui, "Other patterns are being stored");
            return;
        };
        let about = |pattern: usize| {
            let name = words::pattern_name(patterns, pattern);
            let (share, overlap) = (
                self.weights.shares[pattern],
                self.snapshot.overlaps[pattern],
            );
            format!("{name}\nweight {}\noverlap {overlap:.2}", percent(share))
        };
        let rect = ui.available_rect_before_wrap();
        let found = Weighted {
            atlas: context.atlas,
            tile: [self.grid.columns, self.grid.rows],
            order: &self.weights.order,
            shares: &self.weights.shares,
            size: room_above(ui, NOTE),
            highlight: context.view.shown_pattern,
            about: &about,
        }
        .show(ui);
        context.view.hovered_pattern = found.hovered.or(context.view.hovered_pattern);
        let title = "Weights of the memories";
        if let Some(deed) = context.exports.show(title, rect, Kind::Figure) {
            let figure = distributions::shares(title, &self.weights.shares);
            context.exports.want(deed, title, Box::new(move || figure));
        }
        let others = self.weights.order.len() - found.shown;
        if others > 0 {
            let rest = percent(self.weights.rest(found.shown));
            hint(ui, &format!("{others} others share {rest}"));
        }
    }

    fn numbers(&self, ui: &mut Ui) {
        header(ui, &format!("Unit {}", self.unit), "");
        let strongest = self.weights.order[0];
        let more: [TableRow; 2] = [
            (
                "Strongest",
                format!(
                    "pattern {strongest}, {}",
                    percent(self.weights.shares[strongest])
                ),
                "The memory that pulls hardest at the state shown, and its share of all pulls",
            ),
            (
                "Effective",
                format!("{} of {}", self.effective(), self.weights.shares.len()),
                "The effective number of memories that pull, exp of the entropy of their weights: 1 where one has all, \
                P where all pull alike",
            ),
        ];
        unit_table::ui(ui, self.snapshot, self.grid, self.unit, &more);
    }

    /// The largest weight and the effective number, in TeX.
    fn in_tex(&self) -> String {
        let strongest = self.weights.order[0];
        let weight = number_in_tex(f64::from(self.weights.shares[strongest]));
        let effective = number_in_tex(self.weights.effective);
        format!(r"w_{{{strongest}}} = {weight},\quad n_{{\mathrm{{eff}}}} = {effective}")
    }

    fn effective(&self) -> String {
        let decimals = usize::from(self.weights.effective < 99.95);
        format!("{:.decimals$}", self.weights.effective)
    }

    fn fields(&self, ui: &mut Ui, context: &mut PanelContext<'_>) {
        let scale = number(symmetric_scale(&self.snapshot.fields));
        header(ui, "Local fields", &format!("±{scale}"));
        fields_picture(ui, context, self.snapshot, self.grid, self.marked);
    }

    /// Fields or distribution, where there is no room for both.
    fn either(&self, ui: &mut Ui, context: &mut PanelContext<'_>, linear: &mut bool) {
        let mut fields = context.view.statistic == Statistic::Fields;
        let options = [
            (true, "Fields", "The local field of every unit"),
            (false, "Weights", "How many memories have which weight"),
        ];
        let top = ui.cursor().top();
        if small_segmented(ui, "Memory statistics", &mut fields, &options, |_| None).changed() {
            context.view.statistic = if fields {
                Statistic::Fields
            } else {
                Statistic::Couplings
            };
        }
        let used = ui.cursor().top() - top;
        ui.add_space((HEADER - used).max(0.0));
        if fields {
            fields_picture(ui, context, self.snapshot, self.grid, self.marked);
        } else {
            bars(ui, context, &self.distribution(*linear), linear);
        }
    }

    fn distribution(&self, linear: bool) -> Told {
        let all = self.weights.shares.len();
        let strongest = self.weights.shares[self.weights.order[0]];
        Told {
            figure: distributions::weights(&self.weights.counts, scale(linear)),
            captions: [
                format!("{all} memories, the strongest {}", percent(strongest)),
                format!("effective number {}", self.effective()),
            ],
            about: "How many memories have which share of all pulls at the state shown".to_owned(),
        }
    }
}

/// Widths of the columns: thumbnails, numbers, fields, and the distribution where there is room for it.
fn widths(room: f32, picture: f32) -> Vec<f32> {
    let rest = room - NUMBERS - picture - 2.0 * BETWEEN;
    let histogram = (0.3 * room)
        .min(280.0)
        .min(rest - LEAST_THUMBNAILS - BETWEEN);
    let mut widths = vec![rest, NUMBERS, picture];
    if histogram >= LEAST_HISTOGRAM {
        widths[0] -= histogram + BETWEEN;
        widths.push(histogram);
    }
    widths
        .into_iter()
        .map(|width| width.max(0.0).floor())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_strongest_stand_first_whatever_their_sign() {
        let weights = PatternWeights::new(vec![0.1, -0.6, 0.3, 0.0], 1);
        assert_eq!(weights.order, [1, 2, 0, 3]);
        assert!((weights.rest(2) - 0.1).abs() < 1e-6);
        assert_eq!(weights.counts.bins.iter().sum::<u64>(), 4);
    }

    #[test]
    fn all_columns_fit_into_small_and_large_windows() {
        for (room, columns) in [(974.0, 4), (1540.0, 4), (704.0, 3)] {
            let widths = widths(room, 140.0);
            assert_eq!(widths.len(), columns);
            let all = widths.iter().sum::<f32>() + BETWEEN * (columns - 1) as f32;
            assert!(all <= room && widths[0] >= LEAST_THUMBNAILS, "{widths:?}");
        }
    }
}
