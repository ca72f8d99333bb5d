//! The stage: original, cue and state as large as the window lets them, the answer in words, time, and large targets.
//! For a class and a projector; everything grows with the height of the window.
//!
//! Absent: settings but the load and the corruption in force; they are behind the stage.

mod curves;
mod strip;

use super::recall::compared::{compared, cue_told, state_told};
use super::recall::{pictures, transport};
use super::{Panel, PanelContext, Place};
use crate::app::actions::Action;
use crate::app::theme::{self, GAP, Palette, SMALL};
use crate::app::widgets::controls::verdict_band;
use crate::app::widgets::picture::Placed;
use crate::app::widgets::room::height_left;
use crate::app::widgets::timeline::timeline;
use crate::engine::patterns::Grid;
use crate::session::Command;
use curves::StageCurves;
use egui::{Button, Label, Layout, Rect, RichText, Ui, UiBuilder, Vec2, pos2, vec2};

/// Height, in points, of the window in which everything has its usual size.
const USUAL_HEIGHT: f32 = 640.0;
/// Height of the strip at the top, in parts of the usual sizes.
const STRIP: f32 = 34.0;
/// The same of a picture's title.
const HEAD: f32 = 32.0;
/// The same of the answer.
const ANSWER: f32 = 46.0;
/// The same of what stands at the foot: transport and charts.
const FOOT: f32 = 128.0;

/// The panel, with what it keeps between frames.
#[derive(Default)]
pub(super) struct Stage {
    stroke: Vec<usize>,
    curves: StageCurves,
}

impl Panel for Stage {
    fn title(&self) -> &'static str {
        "Stage"
    }

    fn place(&self) -> Place {
        Place::Stage
    }

    fn ui(&mut self, ui: &mut Ui, context: &mut PanelContext<'_>) {
        let room = ui.max_rect().size();
        let scale = (room.y / USUAL_HEIGHT).min(room.x / 1000.0).max(0.5);
        theme::set_stage(ui.style_mut(), scale);
        let palette = Palette::of(ui.visuals());
        let behind = ui.max_rect().expand(4.0 * GAP);
        ui.painter().rect_filled(behind, 0.0, palette.window);
        ui.spacing_mut().item_spacing.y = GAP * scale;
        strip::ui(ui, context, STRIP * scale);
        let below = (ANSWER + FOOT + 4.0 * GAP) * scale + 28.0;
        self.pictures(ui, context, height_left(ui, below), scale);
        answer(ui, context, scale);
        if let Some(recording) = context.session.recording()
            && let Some(update) = timeline(ui, recording, context.session.cursor_on(0))
        {
            context.commands.push(Command::Seek(update));
        }
        self.foot(ui, context, scale);
    }
}

impl Stage {
    /// Original, cue and state, equally large.
    fn pictures(&mut self, ui: &mut Ui, context: &mut PanelContext<'_>, height: f32, scale: f32) {
        let patterns = context.session.patterns();
        let grid = patterns.map_or(Grid::square(28), |patterns| patterns.grid());
        let corner = ui.cursor().min;
        let room = vec2(ui.available_width(), height.max(120.0));
        let gap = 2.0 * GAP * scale;
        let column = ((room.x - 2.0 * gap) / 3.0).floor();
        let fits = vec2(column, room.y - HEAD * scale);
        let size = Placed::fit(grid, fits, ui.pixels_per_point());
        for index in 0..3 {
            let left = corner.x + index as f32 * (column + gap);
            let rect = Rect::from_min_size(pos2(left, corner.y), vec2(column, room.y));
            let builder = UiBuilder::new().id_salt(("stage", index)).max_rect(rect);
            let ui = &mut ui.new_child(builder);
            ui.spacing_mut().item_spacing.y = 0.0;
            match index {
                0 => original(ui, context, size, scale),
                1 => self.cue(ui, context, size, scale),
                _ => state(ui, context, size, scale),
            }
        }
        let used = vec2(room.x, HEAD * scale + size.y);
        ui.advance_cursor_after_rect(Rect::from_min_size(corner, used));
    }

    fn cue(&mut self, ui: &mut Ui, context: &mut PanelContext<'_>, size: Vec2, scale: f32) {
        let (Some(states), Some(patterns)) = (context.session.cue(), context.session.patterns())
        else {
            return head(ui, "Cue", "", size.x, scale);
        };
        head(ui, "Cue", &cue_told(context, states), size.x, scale);
        centred(ui, size, |ui| {
            let cue = (states, patterns.grid());
            pictures::cue_picture(ui, context, cue, size, &mut self.stroke);
        });
    }

    /// Large targets, and the two curves.
    fn foot(&mut self, ui: &mut Ui, context: &mut PanelContext<'_>, scale: f32) {
        let room = ui.available_rect_before_wrap();
        let (left, right) = room.split_left_right_at_fraction(0.52);
        let mut left = ui.new_child(UiBuilder::new().id_salt("targets").max_rect(left));
        buttons(&mut left, context, scale);
        let right = ui.new_child(UiBuilder::new().id_salt("curves").max_rect(right));
        self.curves.ui(&right, context, scale);
    }
}

/// Was it remembered?
fn answer(ui: &mut Ui, context: &PanelContext<'_>, scale: f32) {
    let (answer, headline, detail) = transport::answer(context);
    let size = vec2(ui.available_width(), ANSWER * scale);
    let text = (headline.as_str(), detail.as_str());
    verdict_band(ui, size, answer, text, 20.0 * scale);
}

/// Title and detail of a picture `width` wide, in the middle of the column.
fn head(ui: &mut Ui, title: &str, detail: &str, width: f32, scale: f32) {
    let palette = Palette::of(ui.visuals());
    let inset = (0.5 * (ui.available_width() - width)).max(0.0);
    let height = HEAD * scale;
    ui.allocate_ui_with_layout(
        vec2(ui.available_width(), height),
        Layout::left_to_right(egui::Align::Center),
        |ui| {
            ui.set_min_height(height);
            ui.spacing_mut().item_spacing.x = 0.75 * GAP * scale;
            ui.add_space(inset);
            let title = RichText::new(title).size(18.0 * scale);
            ui.label(title.color(palette.strong));
            let detail = RichText::new(detail).size(14.0 * scale);
            ui.add(Label::new(detail.color(palette.weak)).truncate());
        },
    );
}

/// Draws a picture of `size` in the middle of the width.
fn centred(ui: &mut Ui, size: Vec2, draw: impl FnOnce(&mut Ui)) {
    let inset = (0.5 * (ui.available_width() - size.x)).max(0.0);
    let corner = ui.cursor().min + vec2(inset, 0.0);
    let rect = Rect::from_min_size(corner, size);
    draw(&mut ui.new_child(UiBuilder::new().id_salt("centred").max_rect(rect)));
    ui.advance_cursor_after_rect(rect);
}

fn original(ui: &mut Ui, context: &mut PanelContext<'_>, size: Vec2, scale: f32) {
    let Some(shown) = compared(context) else {
        return head(ui, "Original", "", size.x, scale);
    };
    head(ui, shown.title, &shown.name, size.x, scale);
    centred(ui, size, |ui| {
        pictures::original_picture(ui, context, &shown, size);
    });
}

fn state(ui: &mut Ui, context: &mut PanelContext<'_>, size: Vec2, scale: f32) {
    let told = context
        .snapshot
        .map(|snapshot| state_told(context, snapshot));
    head(ui, "State", &told.unwrap_or_default(), size.x, scale);
    centred(ui, size, |ui| pictures::state_picture(ui, context, size));
}

/// Play, step, settle, and another cue.
fn buttons(ui: &mut Ui, context: &mut PanelContext<'_>, scale: f32) {
    ui.spacing_mut().item_spacing = Vec2::splat(GAP * scale);
    ui.spacing_mut().button_padding = vec2(17.0, 11.0) * scale;
    let buttons = ui.style_mut().text_styles.get_mut(&egui::TextStyle::Button);
    buttons.into_iter().for_each(|font| font.size *= 1.2);
    ui.horizontal_wrapped(|ui| {
        let ready = context.session.recording().is_some();
        let back = ready && context.session.cursor_on(0) > 0;
        transport::onward(ui, context);
        context.button(ui, Action::Reset, Button::new("Reset"), back);
        context.button(ui, Action::NewNoise, Button::new("New noise"), ready);
        context.button(ui, Action::NextCue, Button::new("Next pattern"), ready);
    });
    let palette = Palette::of(ui.visuals());
    let hint = "Draw on the cue with the mouse, drag the time line to see any moment again";
    let hint = RichText::new(hint).size(SMALL.max(0.85 * SMALL * scale));
    ui.label(hint.color(palette.weak));
}
