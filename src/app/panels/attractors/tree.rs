//! Tree: minima of the energy as leaves, joined over the lowest barriers that are known.

use super::asking::asked;
use super::states_sheet::{StatesSheet, in_words, offer};
use crate::app::notice::sentence;
use crate::app::panels::{PanelContext, save};
use crate::app::theme::{BODY, Palette, SMALL, TITLE};
use crate::app::widgets::controls::hint;
use crate::app::widgets::figure_view::FigureView;
use crate::app::widgets::full_card::placeholder;
use crate::app::widgets::room::room_above;
use crate::engine::LearningRule;
use crate::engine::numbers::{percent, short};
use crate::figures::Hue;
use crate::lab::portraits::MemoryTree;
use crate::lab::portraits::figure::{coloured, hue, tree_figure};
use crate::session::{Measurement, Wish, Wishes};
use crate::trial::Recipe;
use egui::{Align2, ComboBox, FontId, Rect, RichText, Sense, Stroke, StrokeKind, Ui, Vec2, vec2};

/// Size in points of the picture of a leaf, where there is room.
const LEAF: f32 = 44.0;

/// Room in points below the figure.
const FOOT: f32 = 44.0;

/// Rules beside the one shown at most.
const MOST_BESIDE: usize = 2;

/// What the view keeps between frames.
#[derive(Default)]
pub(super) struct Tree {
    beside: Vec<LearningRule>,
    sheets: [StatesSheet; MOST_BESIDE + 1],
}

impl Tree {
    /// Draws the view into the room that is left.
    pub(super) fn ui(&mut self, ui: &mut Ui, context: &mut PanelContext<'_>) {
        // A session that was opened has a wish of its own.
        let wished = context.session.wishes().trees.iter().take(MOST_BESIDE);
        self.beside = wished.map(|tree| tree.track().rule.clone()).collect();
        self.controls(ui, context);
        let beside = self.beside.iter().cloned();
        let wished = beside.map(|rule| Wishes::tree_of(context.session.recipe(), rule));
        let wished: Vec<Recipe> = wished.collect();
        let wish = (context.session.wishes().trees != wished).then_some(Wish::Trees(wished));
        if let Err(why) = asked(context, Measurement::Tree, wish) {
            return placeholder(ui, &why);
        }
        let Some(trees) = context.session.trees() else {
            return placeholder(ui, Measurement::Tree.under_way());
        };
        let n_columns = 1 + self.beside.len();
        let room = ui.available_size();
        let width = (room.x - 12.0 * (n_columns - 1) as f32) / n_columns as f32;
        let titles = self.beside.iter().map(|rule| rule.about().title);
        let shown = context.session.recipe().track().rule.about().title;
        let titles: Vec<&str> = std::iter::once(shown).chain(titles).collect();
        let sheets = &mut self.sheets;
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 12.0;
            for column in 0..n_columns {
                ui.allocate_ui(vec2(width, room.y), |ui| {
                    ui.set_min_size(vec2(width, room.y));
                    let column_of = |ui: &mut Ui| {
                        if n_columns > 1 {
                            ui.label(RichText::new(titles[column]).size(TITLE));
                        }
                        let found = match column.checked_sub(1) {
                            None => Some(Ok(&trees.own)),
                            Some(other) => trees.beside.get(other).map(Result::as_ref),
                        };
                        match found {
                            Some(Ok(found)) => {
                                one(ui, found, (column, &mut sheets[column]), context);
                            }
                            Some(Err(why)) => placeholder(ui, &sentence(why)),
                            None => placeholder(ui, Measurement::Tree.under_way()),
                        }
                    };
                    // Figures of one name are told apart by their columns.
                    ui.push_id(column, |ui| ui.vertical(column_of));
                });
            }
        });
    }

    /// Which rules stand beside the one shown.
    fn controls(&mut self, ui: &mut Ui, context: &PanelContext<'_>) {
        let alphabet = context.draft.world.settings().alphabet();
        let all = LearningRule::ALL.iter().map(|make| make());
        let all: Vec<LearningRule> = all.filter(|rule| rule.is_for(alphabet)).collect();
        ui.horizontal(|ui| {
            ui.label(RichText::new("Beside it").size(BODY));
            for place in 0..=self.beside.len().min(MOST_BESIDE - 1) {
                let now = self.beside.get(place).map(|rule| rule.about().title);
                let list = ComboBox::from_id_salt(("beside", place));
                let list = list
                    .selected_text(now.unwrap_or("no other rule"))
                    .height(420.0);
                let shown = list.show_ui(ui, |ui| {
                    if ui
                        .selectable_label(now.is_none(), "no other rule")
                        .clicked()
                    {
                        self.beside.truncate(place);
                    }
                    for rule in &all {
                        let title = rule.about().title;
                        if ui.selectable_label(now == Some(title), title).clicked() {
                            self.beside.truncate(place);
                            self.beside.push(rule.clone());
                        }
                    }
                });
                let help = "The tree of the same patterns under another rule";
                let shown = shown.response.on_hover_text(help);
                shown.widget_info(|| {
                    let name = format!("Rule beside it, {}", place + 1);
                    egui::WidgetInfo::labeled(egui::Role::ComboBox, true, name)
                });
            }
        });
    }
}

/// One tree with its leaves.
fn one(
    ui: &mut Ui,
    found: &MemoryTree,
    (column, sheet): (usize, &mut StatesSheet),
    context: &mut PanelContext<'_>,
) {
    let states = found.tree.leaves.iter().map(|leaf| leaf.state.clone());
    sheet.put(ui.ctx(), states.collect(), &found.patterns);
    let drawn = tree_figure(found);
    let size = room_above(ui, FOOT);
    let said = said(found);
    let view = FigureView::show(ui, &drawn.figure, size, &said);
    let palette = Palette::of(ui.visuals());
    let apart = view.frame().width() / drawn.places.len().max(1) as f32;
    let side = (apart - 4.0).clamp(6.0, LEAF);
    let coloured = coloured(&found.patterns, &[]);
    for (leaf, place) in drawn.places.iter().enumerate() {
        let energy = found.tree.leaves[leaf].energy;
        let foot = view.place([*place, energy]);
        let middle = foot + vec2(0.0, 0.5 * side + 4.0);
        let rect = Rect::from_center_size(middle, Vec2::splat(side));
        let painter = ui.painter();
        sheet.paint(painter, leaf, rect);
        let hue = hue(&found.natures[leaf], &coloured);
        let stroke = Stroke::new(2.0, palette.hue(hue));
        painter.rect_stroke(rect, 2.0, stroke, StrokeKind::Outside);
        if let (Hue::Basin(_) | Hue::OtherStored, Some(pattern)) = (hue, found.stored(leaf)) {
            let below = rect.center_bottom() + vec2(0.0, 3.0);
            let font = FontId::proportional(SMALL);
            let text = pattern.to_string();
            painter.text(below, Align2::CENTER_TOP, text, font, palette.text);
        }
        let id = egui::Id::unique(("leaf", column, leaf));
        let response = ui.interact(rect, id, Sense::click());
        let about = about(found, leaf);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &about));
        let state = &found.tree.leaves[leaf].state;
        offer(&response, context, state, &found.patterns);
        response.on_hover_text(format!("{about}\nClick: open it in Recall"));
    }
    save::menu(&view.response, context.exports, &drawn.figure);
    hint(ui, &said);
}

fn about(found: &MemoryTree, leaf: usize) -> String {
    let share = found.counts[leaf] as f64 / found.n_starts.max(1) as f64;
    format!(
        "Ends in {}: energy {}, {} of random starts",
        in_words(&found.natures[leaf], &found.patterns),
        short(found.tree.leaves[leaf].energy),
        percent(share)
    )
}

fn said(found: &MemoryTree) -> String {
    let n = found.tree.leaves.len();
    let left_out = match found.n_left_out {
        0 => String::new(),
        n => format!(" {n} more that were met less often are left out."),
    };
    let kind = if found.tree.exact {
        "Barriers are exact: all states were gone through."
    } else {
        "Barriers are bounds above: the best of many straight paths between each two."
    };
    format!("{n} minima; the wider a stem, the more random starts end there. {kind}{left_out}")
}
