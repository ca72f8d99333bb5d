//! Bands: what share of the starts every attractor has, stacked, along a setting; attractors are born, merge and vanish.

use super::asking::asked;
use super::controls_row;
use super::states_sheet::StatesSheet;
use crate::app::panels::{PanelContext, save};
use crate::app::theme::{Palette, SMALL};
use crate::app::view::Tab;
use crate::app::widgets::controls::{hint, small_segmented};
use crate::app::widgets::figure_view::FigureView;
use crate::app::widgets::full_card::placeholder;
use crate::app::widgets::room::room_above;
use crate::engine::attractors::{CensusStarts, wilson};
use crate::engine::numbers::{decimals, percent};
use crate::engine::patterns::{Patterns, State};
use crate::lab::Vary;
use crate::lab::portraits::bands::{BandEnd, BandKind, BandPlace, BandsRecipe};
use crate::lab::portraits::cue_of;
use crate::lab::portraits::stack::{self, Stack};
use crate::session::{LiveBands, Measurement, Wish};
use crate::trial::Recipe;
use egui::{ComboBox, Rect, Stroke, TextEdit, Ui, Vec2};
use std::sync::Arc;

/// Width of the controls in points.
const WIDE: f32 = 740.0;

/// Size in points of the picture of a band, and the least height of a band that has one.
const THUMBNAIL: f32 = 34.0;

/// Numbers of starts that are offered.
const COUNTS: [(u64, &str, &str); 3] = [
    (200, "200", "Two hundred starts a value: a first look"),
    (1_000, "1,000", "A thousand starts a value"),
    (
        5_000,
        "5,000",
        "Five thousand starts a value: smaller shares are seen, and it takes longer",
    ),
];

/// What the view keeps between frames.
pub(super) struct Bands {
    /// The axis as it is written.
    vary: String,
    problem: Option<String>,
    count: u64,
    corrupted: bool,
    wish: Option<Arc<BandsRecipe>>,
    sheet: StatesSheet,
}

impl Default for Bands {
    fn default() -> Self {
        Self {
            vary: String::new(),
            problem: None,
            count: COUNTS[0].0,
            corrupted: false,
            wish: None,
            sheet: StatesSheet::default(),
        }
    }
}

impl Bands {
    /// Draws the view into the room that is left.
    pub(super) fn ui(&mut self, ui: &mut Ui, context: &mut PanelContext<'_>) {
        self.take_over(context.session.wishes().bands.as_ref());
        self.controls(ui, context);
        self.read(context.draft);
        if let Some(problem) = &self.problem {
            return placeholder(ui, problem);
        }
        let wish = (context.session.wishes().bands != self.wish).then(|| self.wish.clone());
        if let Err(why) = asked(context, Measurement::Bands, wish.map(Wish::Bands)) {
            return placeholder(ui, &why);
        }
        let Some(bands) = context.session.bands() else {
            return placeholder(ui, Measurement::Bands.under_way());
        };
        self.chart(ui, bands, context);
    }

    /// A session that was opened has a wish of its own.
    fn take_over(&mut self, wished: Option<&Arc<BandsRecipe>>) {
        let Some(wished) = wished.filter(|wished| self.wish.as_ref() != Some(wished)) else {
            return;
        };
        self.vary = wished.vary.to_string();
        self.count = wished.count;
        self.corrupted = wished.from != CensusStarts::Random;
        self.wish = Some(Arc::clone(wished));
    }

    /// Which setting, over which values, and from which starts.
    fn controls(&mut self, ui: &mut Ui, context: &PanelContext<'_>) {
        if self.vary.is_empty() {
            let axes = stack::axes(context.draft);
            self.vary = axes.first().map_or_else(String::new, ToString::to_string);
        }
        controls_row(ui, WIDE, |ui| {
            ui.horizontal(|ui| {
                let path = self.vary.split('=').next().unwrap_or_default().to_owned();
                ui.label("Along");
                let list = ComboBox::from_id_salt("bands along").selected_text(path);
                let shown = list.height(420.0).width(150.0).show_ui(ui, |ui| {
                    for vary in stack::axes(context.draft) {
                        let line = ui.selectable_label(self.vary == vary.to_string(), &vary.path);
                        if line.on_hover_text(vary.to_string()).clicked() {
                            self.vary = vary.to_string();
                        }
                    }
                });
                let help = "Which setting goes along the lower edge";
                let shown = shown.response.on_hover_text(help);
                shown.widget_info(|| {
                    egui::WidgetInfo::labeled(egui::Role::ComboBox, true, "Setting along the axis")
                });
            });
            let room = ui.available_width();
            let width = if ui.layout().is_horizontal() {
                230.0
            } else {
                room
            };
            let field = TextEdit::singleline(&mut self.vary)
                .hint_text("PATH=low..high/steps")
                .desired_width(width);
            let field = ui.add(field);
            field.widget_info(|| {
                egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Values along the axis")
            });
            field.on_hover_text("The values: low..high/steps, low..high/steps/log, or a;b;c");
            small_segmented(ui, "Starts a value", &mut self.count, &COUNTS, |_| None);
            let options = [
                (
                    false,
                    "Random",
                    "Any state, all alike probable: shares of state space",
                ),
                (
                    true,
                    "Corrupted",
                    "Stored patterns with 30 % of their units flipped",
                ),
            ];
            small_segmented(ui, "Bands from", &mut self.corrupted, &options, |_| None);
        });
        ui.add_space(2.0);
    }

    /// What is wanted of the memory of `draft`, whatever the setting along the axis stands at, and the cue.
    fn read(&mut self, draft: &Recipe) {
        let read = Vary::parse(&self.vary).and_then(|vary| {
            let from = if self.corrupted {
                CensusStarts::Corrupted { share: 0.3 }
            } else {
                CensusStarts::Random
            };
            BandsRecipe::of(draft, vary, from, self.count)
        });
        match read {
            Ok(recipe) => {
                if self.wish.as_deref() != Some(&recipe) {
                    self.wish = Some(Arc::new(recipe));
                }
                self.problem = None;
            }
            Err(why) => self.problem = Some(why.to_string()),
        }
    }

    /// What it is on the command line.
    pub(super) fn parts(&self) -> Vec<(&'static str, String)> {
        let starts = if self.corrupted {
            "corrupted:0.3"
        } else {
            "random"
        };
        vec![
            ("vary", self.vary.clone()),
            ("starts", starts.to_owned()),
            ("count", self.count.to_string()),
        ]
    }

    fn chart(&mut self, ui: &mut Ui, bands: &LiveBands, context: &mut PanelContext<'_>) {
        let stack = stack::stack(bands.recipe.as_ref(), &bands.columns, &bands.map);
        let size = room_above(ui, 40.0);
        let said = said(bands);
        let view = FigureView::show(ui, &stack.figure, size, &said);
        names_along(ui, &view, &stack);
        self.thumbnails(ui, &view, &stack, bands);
        if let Some(at) = view.response.hover_pos()
            && let Some((band, column)) = pointed(&view, &stack, bands, at)
        {
            outline(ui, &view, &stack, band);
            let clicked = view.response.clicked();
            let about = about(bands, band, column);
            view.response.clone().on_hover_text_at_pointer(about);
            if clicked {
                open(context, bands, band, column);
            }
        }
        save::menu(&view.response, context.exports, &stack.figure);
        hint(ui, &said);
    }

    /// Pictures of bands that are high enough, where each is largest of all columns at an edge or in between.
    fn thumbnails(&mut self, ui: &Ui, view: &FigureView<'_>, stack: &Stack, bands: &LiveBands) {
        let n_columns = stack.x.len();
        let mut shown: Vec<(State, Rect)> = Vec::new();
        for (band, spans) in bands.map.bands.iter().zip(&stack.spans) {
            let high = |column: usize| {
                let [low, high] = spans[column];
                view.place([0.0, low]).y - view.place([0.0, high]).y
            };
            let largest = (0..n_columns).max_by(|a, b| high(*a).total_cmp(&high(*b)));
            let mut columns = vec![0, n_columns.saturating_sub(1)];
            columns.extend(largest);
            columns.dedup();
            for column in columns {
                let state = band.places[stack.columns[column]]
                    .as_ref()
                    .and_then(|it| it.state.clone());
                let Some(state) = state.filter(|_| high(column) >= THUMBNAIL + 4.0) else {
                    continue;
                };
                let [low, top] = spans[column];
                let at = view.place([stack.x[column], f64::midpoint(low, top)]);
                let frame = view.frame().shrink(0.5 * THUMBNAIL + 4.0);
                let middle = frame.clamp(at);
                let rect =
                    Rect::from_center_size(egui::pos2(middle.x, at.y), Vec2::splat(THUMBNAIL));
                if shown.iter().all(|(_, other)| !other.intersects(rect)) {
                    shown.push((state, rect));
                }
            }
        }
        let Some(patterns) = patterns(bands) else {
            return;
        };
        let (states, rects): (Vec<State>, Vec<Rect>) = shown.into_iter().unzip();
        self.sheet.put(ui.ctx(), states, patterns);
        let palette = Palette::of(ui.visuals());
        for (place, rect) in rects.into_iter().enumerate() {
            ui.painter()
                .rect_filled(rect.expand(2.0), 3.0, palette.paper);
            self.sheet.paint(ui.painter(), place, rect);
        }
    }
}

/// Patterns of a column that has some.
fn patterns(bands: &LiveBands) -> Option<&Arc<Patterns>> {
    let mut all = bands
        .columns
        .iter()
        .filter(|column| column.problem.is_none());
    all.next().map(|column| &column.patterns)
}

/// Values that are words, along the lower edge.
fn names_along(ui: &Ui, view: &FigureView<'_>, stack: &Stack) {
    let palette = Palette::of(ui.visuals());
    for (x, name) in stack.x.iter().zip(&stack.names) {
        let at = egui::pos2(view.place([*x, 0.0]).x, view.frame().bottom() + 6.0);
        let font = egui::FontId::proportional(SMALL);
        ui.painter()
            .text(at, egui::Align2::CENTER_TOP, name, font, palette.weak);
    }
}

/// The band under the pointer, and the column by its place among all.
fn pointed(
    view: &FigureView<'_>,
    stack: &Stack,
    bands: &LiveBands,
    at: egui::Pos2,
) -> Option<(usize, usize)> {
    let frame = view.frame();
    if !frame.contains(at) {
        return None;
    }
    let away = |column: &usize| (view.place([stack.x[*column], 0.0]).x - at.x).abs();
    let column = (0..stack.x.len()).min_by(|a, b| away(a).total_cmp(&away(b)))?;
    let y = f64::from((frame.bottom() - at.y) / frame.height());
    let spans = stack.spans.iter().map(|spans| spans[column]);
    let mut all = bands.map.bands.iter().zip(spans).enumerate();
    let found = all.find(|(_, (_, [low, high]))| low < high && (*low..=*high).contains(&y));
    found.map(|(band, _)| (band, stack.columns[column]))
}

/// The edge of a band, along the whole axis.
fn outline(ui: &Ui, view: &FigureView<'_>, stack: &Stack, band: usize) {
    let palette = Palette::of(ui.visuals());
    let spans = &stack.spans[band];
    let upper = stack
        .x
        .iter()
        .zip(spans)
        .map(|(x, span)| view.place([*x, span[1]]));
    let lower = stack
        .x
        .iter()
        .zip(spans)
        .map(|(x, span)| view.place([*x, span[0]]));
    let stroke = Stroke::new(2.0, palette.strong);
    for edge in [upper.collect::<Vec<_>>(), lower.collect()] {
        ui.painter().add(egui::Shape::line(edge, stroke));
    }
}

/// What a band is, where it is pointed at.
fn about(bands: &LiveBands, band: usize, column: usize) -> String {
    let shown = &bands.map.bands[band];
    let Some(of) = bands.columns.get(column) else {
        return String::new();
    };
    let share = shown.share(column);
    let n_starts = of.n_starts();
    let [low, high] = wilson((share * n_starts as f64).round() as u64, n_starts.max(1));
    let value = |column: usize| bands.columns[column].value.to_string();
    let ends = match shown.ends {
        BandEnd::Last => String::new(),
        BandEnd::Vanished => format!("\nVanishes after {}", value(shown.last())),
        BandEnd::MergedInto(other) => format!(
            "\nAfter {} it is one with {}",
            value(shown.last()),
            stack::band_name(&bands.map.bands[other], &of.patterns)
        ),
    };
    let born = if shown.born > 0 && !shown.is_rest {
        format!("\nBorn at {}", value(shown.born))
    } else {
        String::new()
    };
    let click = if shown.is_rest { "this value" } else { "it" };
    format!(
        "{}: {} % ({} to {}) at {} = {}{born}{ends}\nClick: open {click} in Recall",
        stack::band_name(shown, &of.patterns),
        decimals(100.0 * share, 1),
        decimals(100.0 * low, 1),
        decimals(100.0 * high, 1),
        bands.recipe.vary.path,
        of.value,
    )
}

/// Opens the memory of a value, with the state of a band as the cue.
fn open(context: &mut PanelContext<'_>, bands: &LiveBands, band: usize, column: usize) {
    let Some(of) = bands.columns.get(column) else {
        return;
    };
    let set = context.draft.set(&bands.recipe.vary.path, &of.value);
    let is_set = set.is_ok();
    context.tell(set);
    if !is_set {
        return;
    }
    let place: Option<&BandPlace> = bands.map.bands[band].places[column].as_ref();
    let state = place.and_then(|place| place.state.as_ref());
    if let Some(cue) = state.and_then(|state| cue_of(state, &of.patterns)) {
        context.draft.cue = cue;
    }
    context.view.turn_to(Tab::Recall);
}

/// What is seen, in two lines.
fn said(bands: &LiveBands) -> String {
    let done = if bands.done < 1.0 {
        format!("{} done. ", percent(f64::from(bands.done)))
    } else {
        String::new()
    };
    let refused = bands.columns.iter().find_map(|column| {
        let why = column.problem.as_ref()?;
        Some(format!(" At {}: {why}.", column.value))
    });
    let count = bands.map.bands.iter().filter(|band| !band.is_rest).count();
    let own = bands
        .map
        .bands
        .iter()
        .filter(|band| band.kind == BandKind::Stored && !band.is_rest);
    format!(
        "{done}{count} attractors with 1 % of the starts somewhere, {} of them stored patterns; the rest of each kind together. Colour: a stored pattern; greys: negatives, and everything else.{}",
        own.count(),
        refused.unwrap_or_default()
    )
}
