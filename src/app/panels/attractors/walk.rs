//! Walk: from one state to another, flip by flip; the energy on the way, and what a run from each step ends in.

use super::asking::asked;
use super::landmarks::{named, put};
use super::states_sheet::{StatesSheet, in_words, offer, title};
use crate::app::panels::{PanelContext, save};
use crate::app::theme::{BODY, Palette, SMALL};
use crate::app::widgets::controls::hint;
use crate::app::widgets::figure_view::FigureView;
use crate::app::widgets::full_card::placeholder;
use crate::engine::attractors::Ending;
use crate::engine::patterns::State;
use crate::figures::{Axis, Figure, Line, Mark, Role, Series, span};
use crate::lab::portraits::figure::{coloured, hue};
use crate::lab::portraits::{Landmark, WalkedPath};
use crate::session::{Measurement, WalkWish, Wish};
use egui::{Popup, Rect, RichText, Sense, Slider, Stroke, Ui, Vec2, vec2};
use std::sync::Arc;

/// Height of the pictures of states, and of the words above each.
const THUMBNAIL: f32 = 92.0;
const WORDS: f32 = 20.0;

/// Height of the band that tells where steps end.
const BAND: f32 = 12.0;

/// What the figure is called.
const TITLE: &str = "Walk between two states";

/// Boundaries that are named at most.
const MOST_NAMED: usize = 6;

/// What the view keeps between frames.
#[derive(Default)]
pub(super) struct Walk {
    wish: WalkWish,
    step: usize,
    sheet: StatesSheet,
}

impl Walk {
    /// Draws the view into the room that is left.
    pub(super) fn ui(&mut self, ui: &mut Ui, context: &mut PanelContext<'_>) {
        // A session that was opened has a wish of its own.
        self.wish = context.session.wishes().walk.clone();
        self.controls(ui, context);
        let is_new = context.session.wishes().walk != self.wish;
        let wish = is_new.then(|| Wish::Walk(self.wish.clone()));
        if let Err(why) = asked(context, Measurement::Walk, wish) {
            return placeholder(ui, &why);
        }
        let Some(path) = context.session.walked() else {
            return placeholder(ui, Measurement::Walk.under_way());
        };
        self.step = self.step.min(path.n_flips());
        self.chart(ui, path, context);
        self.slider(ui, path);
        self.pictures(ui, path, context);
    }

    /// Both ends.
    fn controls(&mut self, ui: &mut Ui, context: &PanelContext<'_>) {
        let Some(recording) = context.session.recording() else {
            return;
        };
        ui.horizontal(|ui| {
            for (word, end) in [("From", &mut self.wish.from), ("to", &mut self.wish.to)] {
                ui.label(RichText::new(word).size(BODY));
                let name = named(end, recording.patterns());
                let button = ui.button(RichText::new(format!("{name} ▾")).size(BODY));
                let button = button.on_hover_text("Choose another state");
                let chosen: Option<Landmark> = Popup::menu(&button)
                    .show(|ui| put(ui, end, context))
                    .and_then(|shown| shown.inner);
                if let Some(chosen) = chosen {
                    *end = chosen;
                }
            }
        });
    }

    /// The energy along the walk, and the band below it; a drag on it moves along.
    fn chart(&mut self, ui: &mut Ui, path: &WalkedPath, context: &mut PanelContext<'_>) {
        let palette = Palette::of(ui.visuals());
        let figure = figure(path, self.step);
        let below = THUMBNAIL + 2.0 * WORDS + 72.0;
        let size = vec2(
            ui.available_width(),
            (ui.available_height() - below).max(90.0),
        );
        let said = said(path);
        let view = FigureView::show(ui, &figure, size, &said);
        let frame = view.frame();
        let painter = ui.painter();
        let coloured = coloured(&path.patterns, &path.ends);
        let wide = frame.width() / path.n_flips() as f32;
        for ([from, to], attractor) in path.stretches() {
            let hue = hue(&path.catalogue.attractors()[attractor].nature, &coloured);
            let left = frame.left() + wide * (from as f32 - 0.5).max(0.0);
            let right = frame.left() + (wide * (to as f32 - 0.5)).min(frame.width());
            let top = frame.bottom() - BAND;
            let rect = Rect::from_x_y_ranges(left..=right, top..=frame.bottom());
            painter.rect_filled(rect, 0.0, palette.hue(hue));
            painter.vline(left, top..=frame.bottom(), Stroke::new(1.0, palette.card));
        }
        if let Some(at) = view.response.interact_pointer_pos() {
            let part = ((at.x - frame.left()) / frame.width()).clamp(0.0, 1.0);
            self.step = (part * path.n_flips() as f32).round() as usize;
        }
        save::menu(&view.response, context.exports, &figure);
    }

    fn slider(&mut self, ui: &mut Ui, path: &WalkedPath) {
        ui.horizontal(|ui| {
            ui.spacing_mut().slider_width = (ui.available_width() - 170.0).max(80.0);
            let slider = Slider::new(&mut self.step, 0..=path.n_flips()).text("flips made");
            let help = "How many of the units in which both ends differ are flipped: larger is nearer to the second";
            ui.add(slider).on_hover_text(help);
        });
        hint(ui, &said(path));
    }

    /// Both ends, the step chosen, and what its run ends in.
    fn pictures(&mut self, ui: &mut Ui, path: &WalkedPath, context: &mut PanelContext<'_>) {
        let ending = path.endings.get(self.step);
        let attractor = ending.map(|ending| &path.catalogue.attractors()[ending.attractor]);
        let end = attractor.and_then(|it| it.state.clone());
        let now = path.states[self.step].clone();
        let last = path.states[path.n_flips()].clone();
        let first = path.states[0].clone();
        let ends_in = attractor.map_or_else(
            || "not known yet".to_owned(),
            |it| title(&it.nature, &path.patterns),
        );
        let mut shown: Vec<(String, String, State)> = vec![
            (
                "From".to_owned(),
                named(&path.ends[0], &path.patterns),
                first,
            ),
            (
                format!("After {} flips", self.step),
                energy(path, self.step),
                now,
            ),
        ];
        if let Some(end) = end {
            shown.push(("Ends in".to_owned(), ends_in, end));
        }
        shown.push(("To".to_owned(), named(&path.ends[1], &path.patterns), last));
        let states = shown.iter().map(|(.., state)| state.clone()).collect();
        self.sheet.put(ui.ctx(), states, &path.patterns);
        let width = ui.available_width() / 4.0;
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            for (place, (word, detail, state)) in shown.iter().enumerate() {
                ui.vertical(|ui| {
                    ui.set_width(width);
                    ui.spacing_mut().item_spacing.y = 1.0;
                    let line = RichText::new(word).size(BODY);
                    ui.add(egui::Label::new(line).truncate());
                    let line = RichText::new(detail).size(SMALL);
                    ui.add(egui::Label::new(line).truncate());
                    let (rect, response) =
                        ui.allocate_exact_size(Vec2::splat(THUMBNAIL), Sense::click());
                    self.sheet.paint(ui.painter(), place, rect);
                    offer(&response, context, state, &path.patterns);
                    response.on_hover_text("Click: open it in Recall. Right click: store it");
                });
            }
        });
    }
}

fn energy(path: &WalkedPath, step: usize) -> String {
    let energy = path.energies.as_ref().and_then(|all| all.get(step));
    energy.map_or_else(
        || format!("of {}", path.n_flips()),
        |energy| format!("E = {}", crate::engine::numbers::short(*energy)),
    )
}

/// Where steps end, a sentence.
fn said(path: &WalkedPath) -> String {
    let all = path.catalogue.attractors();
    let stretches = path.stretches();
    let is_whole = path.is_whole();
    match &stretches[..] {
        [] => String::new(),
        [(_, only)] if is_whole => format!(
            "Every step ends in {}.",
            in_words(&all[*only].nature, &path.patterns)
        ),
        [first, .., last] if is_whole && stretches.len() <= 3 => format!(
            "Up to {} flips steps end in {}, from {} on in {}.",
            first.0[1] - 1,
            in_words(&all[first.1].nature, &path.patterns),
            last.0[0],
            in_words(&all[last.1].nature, &path.patterns)
        ),
        many => format!(
            "{} of {} steps known; they end in {} stretches of one end each.",
            path.endings.len(),
            path.states.len(),
            many.len()
        ),
    }
}

/// Energy or, where there is none, the overlaps of where steps end with both ends of the walk.
fn figure(path: &WalkedPath, step: usize) -> Figure {
    let n = path.n_flips();
    let across = Axis::new("flips made", [0.0, n as f64]);
    let x: Arc<[f64]> = (0..=n).map(|step| step as f64).collect();
    let mut figure = match &path.energies {
        Some(energies) => of_energies(across, &x, energies),
        None => of_overlaps(across, &x, path),
    };
    let stretches = path.stretches();
    if stretches.len() <= MOST_NAMED {
        for ([from, _], attractor) in stretches.iter().skip(1) {
            let nature = &path.catalogue.attractors()[*attractor].nature;
            let name = title(nature, &path.patterns);
            figure.marks.push(Mark::Upright(*from as f64 - 0.5, name));
        }
    }
    let value = |series: &Series| series.y.get(step).copied();
    if let Some(value) = figure.series.first().and_then(value) {
        figure
            .marks
            .push(Mark::Dot([step as f64, value], Role::Orange));
    }
    figure
}

fn of_energies(across: Axis, x: &Arc<[f64]>, energies: &[f64]) -> Figure {
    let [low, high] = span(energies.iter().copied());
    let room = 0.08 * (high - low).max(1e-9);
    // The band of ends stands below the curve.
    let up = Axis::new("energy", [low - 3.0 * room, high + room]);
    let mut figure = Figure::new(TITLE, across, up);
    figure.series.push(Series {
        name: "energy".to_owned(),
        legend: None,
        role: Role::Strong,
        line: Line::Solid(2.0),
        x: Arc::clone(x),
        y: energies.iter().copied().collect(),
    });
    figure
}

fn of_overlaps(across: Axis, x: &[f64], path: &WalkedPath) -> Figure {
    let up = Axis::new("overlap of the end", [-1.4, 1.1]);
    let mut figure = Figure::new(TITLE, across, up);
    let ends = [
        ("with the first", Role::Blue, 0),
        ("with the second", Role::Orange, path.n_flips()),
    ];
    let all = path.catalogue.attractors();
    for (name, role, end) in ends {
        let overlap = |ending: &Ending| {
            let state = all[ending.attractor].state.as_ref();
            state.map_or(f64::NAN, |state| state.overlap(&path.states[end]))
        };
        let y: Arc<[f64]> = path.endings.iter().map(overlap).collect();
        figure.series.push(Series {
            name: name.to_owned(),
            legend: Some(name.to_owned()),
            role,
            line: Line::Solid(2.0),
            x: x[..y.len()].into(),
            y,
        });
    }
    figure
}
