//! The stored patterns as thumbnails, others instead of them, and what is stored and removed by hand.

use super::super::PanelContext;
use super::super::save::Kind;
use super::digits;
use crate::app::actions::Action;
use crate::app::theme::{GAP, Palette, SMALL, TITLE};
use crate::app::widgets::room::width_left;
use crate::app::widgets::thumbnails::{SCROLL_BAR, Thumbnails};
use crate::engine::learning::Shows;
use crate::figures::Squares;
use crate::trial::{Start, words};
use egui::{Align, Button, Label, Layout, RichText, Ui, UiBuilder, Vec2, vec2};
use std::sync::Arc;

/// The name of the picture of all of them.
const STORED: &str = "Stored patterns";
/// Height of the title and of the buttons below it.
const HEAD: f32 = 62.0;
/// Rows of thumbnails that are always in sight.
const ROWS: f32 = 2.0;

/// The height that title, buttons and the least number of thumbnails need.
pub(super) fn least_height(ui: &Ui, context: &PanelContext<'_>) -> f32 {
    let grid = context.session.patterns().map(|patterns| patterns.grid());
    let tile = grid.map_or(28, |grid| grid.columns);
    let cell = cell(vec2(ui.available_width(), 0.0), tile, usize::MAX);
    HEAD + ROWS * (1.5 * cell).max(40.0)
}

/// Draws them into the room left.
pub(super) fn ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    ui.spacing_mut().item_spacing.y = GAP / 2.0;
    let palette = Palette::of(ui.visuals());
    let row = vec2(ui.available_width(), ui.spacing().interact_size.y);
    ui.allocate_ui_with_layout(row, Layout::right_to_left(Align::Center), |ui| {
        let small = Button::new(RichText::new("Clear").size(SMALL)).small();
        context.button(ui, Action::ClearMemory, small, true);
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            let title = RichText::new(STORED).size(TITLE);
            ui.label(title.color(palette.strong));
            count(ui, context);
        });
    });
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = GAP / 2.0;
        ui.spacing_mut().button_padding.x = 6.0;
        context.button(ui, Action::NewDraw, Button::new("Draw again"), true);
        digits::buttons(ui, context);
    });
    // Its scroll bar lies in the margin of the card.
    let room = ui.available_rect_before_wrap();
    let room = room.with_max_x(room.right() + SCROLL_BAR);
    let builder = UiBuilder::new().id_salt("thumbnails").max_rect(room);
    thumbnails(&mut ui.new_child(builder), context);
}

/// How many there are, and how many of them were stored by hand.
fn count(ui: &mut Ui, context: &PanelContext<'_>) {
    let palette = Palette::of(ui.visuals());
    let Some(patterns) = context.session.patterns() else {
        return;
    };
    let drawn = context.session.stored_origins().len();
    let (text, about) = match patterns.n_patterns() - drawn {
        0 => (format!("P = {drawn}"), "Patterns in the memory".to_owned()),
        added => (
            format!("P = {drawn} + {added}"),
            format!("Patterns in the memory: {drawn} of the world and {added} stored by hand"),
        ),
    };
    let text = RichText::new(text).size(SMALL).color(palette.weak);
    ui.add(Label::new(text).truncate()).on_hover_text(about);
}

fn thumbnails(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let Some(patterns) = context.session.patterns() else {
        ui.label("Preparing the patterns…");
        return;
    };
    let overlaps = context
        .snapshot
        .map(|snapshot| &snapshot.overlaps)
        .filter(|_| context.shows_stored());
    let about = |pattern: usize| {
        let name = words::pattern_name(patterns, pattern);
        match overlaps {
            Some(overlaps) => format!("{name}, overlap {}", words::overlap(overlaps[pattern])),
            None => name,
        }
    };
    let target = match context.draft.cue.start {
        Start::Stored(pattern) => Some(pattern),
        _ => None,
    };
    let nearest = context.snapshot.map(|snapshot| snapshot.nearest);
    let room = ui.available_height();
    let n_world = context.session.stored_origins().len();
    let sheet = Thumbnails {
        atlas: context.atlas,
        cell: cell(
            vec2(width_left(ui, SCROLL_BAR), room),
            patterns.grid().columns,
            patterns.n_patterns(),
        ),
        height: room,
        chosen: &|pattern| target == Some(pattern),
        nearest: overlaps.and(nearest),
        highlight: context.view.shown_pattern,
        added: &|pattern| pattern >= n_world,
        leave_out: (patterns.n_patterns() > 1).then_some("Remove this pattern"),
        about: &about,
    };
    let rect = ui.available_rect_before_wrap();
    let found = sheet.show(ui);
    context.mark(ui, Shows::Patterns, rect);
    if let Some(deed) = context.exports.show(STORED, rect, Kind::Figure) {
        let stored = Arc::clone(patterns);
        let make = Box::new(move || Squares::patterns(&stored).figure(STORED));
        context.exports.want(deed, STORED, make);
    }
    if let Some(pattern) = found.hovered {
        context.view.hovered_pattern = Some(pattern);
    }
    if let Some(pattern) = found.left_out {
        let origins = context.session.stored_origins();
        context.draft.remove_pattern(pattern, origins);
    }
    if let Some(pattern) = found.clicked {
        context.draft.cue = context.draft.cue.restarted(Start::Stored(pattern));
    }
}

/// Width of a thumbnail of `tile` units: the largest whole multiple, and a margin, with which all of them fit into
/// `room`; at least once, or twice for the small size.
fn cell(size: Vec2, tile: usize, n_patterns: usize) -> f32 {
    let cells = (1..=4).rev().map(|times| (times * tile) as f32 + 4.0);
    let mut cells = cells.filter(|cell| (30.0..=64.0).contains(cell));
    let fits = |cell: &f32| {
        let columns = ((size.x / (cell + 2.0)) as usize).max(1);
        n_patterns.div_ceil(columns) as f32 * (size.x / columns as f32) <= size.y
    };
    cells
        .clone()
        .find(fits)
        .or_else(|| cells.next_back())
        .unwrap_or(32.0)
}
