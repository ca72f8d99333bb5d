//! The rules that are compared: each with its marker, its settings behind its name, and a way out of the list.

use super::LabPanel;
use super::sections::head;
use crate::app::panels::PanelContext;
use crate::app::panels::memory::setting_rows;
use crate::app::theme::{BODY, GAP, Palette, SMALL};
use crate::app::widgets::figure_view::marked;
use crate::app::widgets::room::width_left;
use crate::engine::LearningRule;
use crate::engine::learning::Group;
use crate::engine::settings::Kinds as _;
use crate::lab::figure::look;
use crate::lab::{Shown, rule_titles};
use egui::{
    Align, Button, ComboBox, Layout, Painter, Rect, RichText, Role, Sense, Ui, WidgetInfo, vec2,
};

/// Settings of a rule that are shown at most.
const SHOWN: usize = 6;

/// Draws them.
pub(super) fn ui(ui: &mut Ui, lab: &mut LabPanel, context: &mut PanelContext<'_>) {
    ui.add_space(GAP);
    head(ui, "Rules", 0.0, |ui| add(ui, lab));
    let mut out = None;
    let titles = rule_titles(&lab.recipe.rules);
    for index in 0..lab.recipe.rules.len() {
        // Rows move when another one is opened: what stands in one is known by that.
        ui.push_id(index, |ui| {
            row(ui, lab, (index, &titles[index]), &mut out);
            if lab.open_rule == Some(index) {
                opened(ui, &mut lab.recipe.rules[index], context);
            }
        });
    }
    if let Some(index) = out {
        lab.recipe.rules.remove(index);
        lab.open_rule = None;
    }
}

/// Every rule for units of this world.
fn add(ui: &mut Ui, lab: &mut LabPanel) {
    let alphabet = lab.recipe.world.settings().alphabet();
    let list = ComboBox::from_id_salt("add rule")
        .selected_text("Add rule…")
        .height(480.0)
        .width(width_left(ui, 10.0));
    let shown = list.show_ui(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 1.0;
        let all = LearningRule::ALL.iter().map(|make| make());
        let all: Vec<LearningRule> = all.filter(|rule| rule.is_for(alphabet)).collect();
        for group in Group::ALL {
            for rule in all.iter().filter(|rule| rule.about().group == group) {
                let about = rule.about();
                let line = ui.selectable_label(false, about.title);
                if line.on_hover_text(about.summary).clicked() {
                    lab.recipe.rules.push(rule.clone());
                }
            }
        }
    });
    let help =
        "Add a rule to compare: every rule is a curve, and all meet the same patterns and noise";
    shown.response.on_hover_text(help);
}

/// A rule: marker, name, and the cross that takes it out.
fn row(ui: &mut Ui, lab: &mut LabPanel, (index, title): (usize, &str), out: &mut Option<usize>) {
    let rule = &lab.recipe.rules[index];
    let size = vec2(ui.available_width(), 22.0);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        ui.spacing_mut().button_padding = vec2(4.0, 1.0);
        ui.spacing_mut().interact_size.y = 20.0;
        // Along further axes a rule has more than one curve.
        if lab.recipe.vary.is_empty() {
            let shown = lab.recipe.experiment.experiment().shown();
            swatch(ui, &shown, index);
        }
        let is_open = lab.open_rule == Some(index);
        let room = width_left(ui, 26.0);
        ui.scope(|ui| {
            ui.set_max_width(room);
            // What tells rules of one title apart has room on the same line.
            let size = if title.contains(", ") {
                SMALL + 1.0
            } else {
                BODY
            };
            let name = Button::selectable(is_open, RichText::new(title).size(size)).wrap();
            let help = format!(
                "{}\n\n{}. Click: its settings",
                rule.notation(),
                rule.about().summary
            );
            if ui.add(name).on_hover_text(help).clicked() {
                lab.open_rule = (!is_open).then_some(index);
            }
        });
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let name = format!("Remove {title}");
            let cross = ui.add(Button::new("×").frame_when_inactive(false));
            cross.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
            if cross.on_hover_text(&name).clicked() {
                *out = Some(index);
            }
        });
    });
}

/// The marker of a series of an experiment that shows this.
pub(super) fn swatch(ui: &mut Ui, shown: &Shown, series: usize) {
    let (rect, _) = ui.allocate_exact_size(vec2(14.0, 14.0), Sense::hover());
    paint_swatch(ui.painter(), rect, shown, series, Palette::of(ui.visuals()));
}

/// The same in the middle of `rect`.
pub(super) fn paint_swatch(
    painter: &Painter,
    rect: Rect,
    shown: &Shown,
    series: usize,
    palette: &Palette,
) {
    let (role, marker) = look(shown, series);
    painter.add(marked(marker, rect.center(), palette.role(role)));
}

/// The settings of the rule that is open.
fn opened(ui: &mut Ui, rule: &mut LearningRule, context: &mut PanelContext<'_>) {
    if let Ok(default) = LearningRule::named(rule.about().name) {
        let shown = rule.about().n_first.clamp(1, SHOWN);
        let edits = setting_rows(ui, ("", rule.any_mut()), default.any(), shown, None);
        context.refused.extend(edits);
    }
}
