//! The learning rule: which, its formula with the numbers of the moment, its settings, and what theory says.

use super::super::PanelContext;
use super::section::{self, Section};
use super::{learning, settings};
use crate::app::restricted::restricted;
use crate::app::theme::{Palette, SMALL};
use crate::app::widgets::controls::{hint, info_button, well};
use crate::app::widgets::formula::{formula, legend};
use crate::app::widgets::room::width_left;
use crate::engine::learning::{Group, Symbol};
use crate::engine::{LearningRule, Patterns};
use crate::figures::mathematics::legend::standing;
use egui::{Align, Button, ComboBox, Label, Layout, Popup, RichText, Ui};

/// Room in points that the button beside the chooser takes.
const INFO: f32 = 24.0;

/// Points to an em in formulas.
const EM: f32 = 16.0;

/// Height of a window that has room for everything.
const TALL: f32 = 900.0;

/// Draws it.
pub(super) fn ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let shown = section::head(ui, context, Section::Rule, |ui, context| {
        restricted(ui, "rule", |ui| choice(ui, context));
        explained(ui, context);
    });
    if !shown {
        return learning::ui(ui, context);
    }
    mathematics(ui, context);
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 3.0;
        settings::ui(ui, context);
    });
    learning::ui(ui, context);
    if let Some(patterns) = context.session.patterns()
        && !patterns.is_empty()
    {
        load(ui, patterns, &context.track().rule);
    }
}

/// Formula of the rule of the draft, with its numbers, and those symbols of the legend that stand in it.
fn written(context: &PanelContext<'_>) -> (String, Vec<Symbol>) {
    let rule = &context.track().rule;
    let (tex, legend) = (rule.rule().formula(), rule.about().legend);
    let symbols = standing(&tex, legend).unwrap_or_else(|_unread| legend.to_vec());
    (tex.into_owned(), symbols)
}

/// The formula, and what its symbols are where there is room; what the rule does, in a tooltip.
fn mathematics(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let about = context.track().rule.about();
    let (tex, symbols) = written(context);
    let lit = context.view.shown_symbol;
    let room = ui.ctx().content_rect().height() > TALL;
    let in_words = format!("{}. {}", about.summary, about.reference);
    let shown = well(ui, |ui| {
        let (_, in_formula) = formula(ui, &tex, &symbols, lit, EM);
        let in_legend = room.then(|| legend(ui, &symbols, lit)).flatten();
        in_formula.or(in_legend)
    });
    context.view.hovered_symbol = context.view.hovered_symbol.or(shown.inner);
    shown.response.on_hover_text(in_words);
}

/// What the rule does and what its symbols are, behind a button.
fn explained(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let button = info_button(ui, "What the rule does and what the symbols are");
    let opened = Popup::from_toggle_button_response(&button).show(|ui| {
        ui.set_max_width(320.0);
        let about = context.track().rule.about();
        ui.label(format!("{}. {}", about.summary, about.reference));
        legend(ui, &written(context).1, context.view.shown_symbol)
    });
    let pointed = opened.and_then(|opened| opened.inner);
    context.view.hovered_symbol = context.view.hovered_symbol.or(pointed);
}

/// Every rule, by group.
fn choice(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let all: Vec<LearningRule> = LearningRule::ALL.iter().map(|make| make()).collect();
    let current = context.track().rule.about();
    let room = width_left(ui, INFO);
    ui.scope(|ui| {
        // A long title is cut, and the box grows no wider.
        ui.set_max_width(room);
        let list = ComboBox::from_id_salt("rule")
            .selected_text(current.title)
            .height(480.0)
            .truncate()
            .width(room - 10.0);
        let shown = list.show_ui(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            ui.spacing_mut().button_padding.y = 3.0;
            for group in Group::ALL {
                let mut members = all.iter().filter(|rule| rule.about().group == group);
                let Some(first) = members.next() else {
                    continue;
                };
                hint(ui, group.title());
                for rule in std::iter::once(first).chain(members) {
                    let about = rule.about();
                    let chosen = about.name == current.name;
                    let patterns = context.session.patterns();
                    let suits = patterns.map_or(Ok(()), |patterns| rule.suits(patterns));
                    let line = ui
                        .add_enabled(suits.is_ok(), Button::selectable(chosen, about.title))
                        .on_hover_text(about.summary);
                    let line = match suits {
                        Ok(()) => line,
                        Err(reason) => line.on_disabled_hover_text(reason.to_string()),
                    };
                    if line.clicked() && !chosen {
                        context.track_mut().rule = rule.clone();
                    }
                }
            }
        });
        shown
            .response
            .on_hover_text(format!("Learning rule. {}", current.summary));
    });
}

/// How full the memory is, in one line with the first remark below it; all that theory says of the load and of the
/// settings opens by the button beside it.
fn load(ui: &mut Ui, patterns: &Patterns, rule: &LearningRule) {
    let palette = Palette::of(ui.visuals());
    let mut remarks = rule.rule().remarks(patterns);
    remarks.push(rule.about().capacity.to_owned());
    let all = remarks.join("\n\n");
    well(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        let (p, n) = (patterns.n_patterns(), patterns.n_units());
        ui.horizontal(|ui| {
            let text = format!("Load α = {p}/{n} = {:.3}", patterns.load());
            ui.label(RichText::new(text).color(palette.strong));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let button = info_button(ui, "What theory says of this load");
                Popup::from_toggle_button_response(&button).show(|ui| {
                    ui.set_max_width(320.0);
                    for remark in &remarks {
                        ui.label(remark);
                    }
                });
            });
        });
        let first = RichText::new(&remarks[0]).size(SMALL).color(palette.weak);
        ui.add(Label::new(first).truncate());
    })
    .response
    .on_hover_text(all);
}
