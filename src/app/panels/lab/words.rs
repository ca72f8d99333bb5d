//! What the curves say in words, what theory draws, and the runs that there are.

use super::rules::swatch;
use super::sections::head;
use super::{LabPanel, WORDS, titled};
use crate::app::panels::PanelContext;
use crate::app::panels::memory::scrolling;
use crate::app::theme::{BODY, GAP, Palette, SMALL};
use crate::app::widgets::controls::{hint, title_label};
use crate::app::widgets::room::{height_left, width_left};
use crate::session::{Command, LabRequest, LabRun, LabState};
use egui::{Align, Button, Label, Layout, RichText, Role, Ui, WidgetInfo, vec2};

/// Height of the button at the foot.
const FOOT: f32 = 36.0;
/// Curves that are told at most.
const TOLD: usize = 8;

/// Draws it into the card.
pub(super) fn ui(ui: &mut Ui, lab: &mut LabPanel, context: &mut PanelContext<'_>) {
    title_label(ui, WORDS, "");
    let book = context.session.lab();
    let main = lab.main(book);
    let foot = ui.available_rect_before_wrap().bottom() - FOOT;
    let height = height_left(ui, FOOT);
    scrolling(ui, "lab words", height, |ui| {
        ui.spacing_mut().item_spacing.y = 6.0;
        match main {
            Some(run) => said(ui, run),
            None => {
                hint(
                    ui,
                    "Nothing yet: a sentence for every curve, as soon as all its points are there",
                );
            }
        }
        hint(ui, lab.recipe.experiment.experiment().about().reading);
        if !book.runs().is_empty() {
            runs(ui, lab, context);
        }
        if !book.expected().is_empty() {
            expected(ui, lab, context);
        }
    });
    ui.add_space((foot - ui.cursor().top()).max(0.0));
    let recipe = main.map_or(&lab.recipe, |main| main.plan().recipe());
    let command = recipe.command();
    let button = ui.button("Copy command");
    let help = format!("The command line that gives the same rows:\n{command}");
    if button.on_hover_text(help).clicked() {
        ui.ctx().copy_text(command);
    }
}

/// A sentence a curve, why rows have no numbers, and the line of theory.
fn said(ui: &mut Ui, run: &LabRun) {
    let palette = Palette::of(ui.visuals());
    let (results, shown) = (
        run.results(),
        run.plan().recipe().experiment.experiment().shown(),
    );
    let families = results.families().iter().take(TOLD);
    for together in families.filter_map(|(_, together)| together.as_ref()) {
        let text = RichText::new(&together.said)
            .size(BODY)
            .color(palette.strong);
        ui.add(Label::new(text).wrap());
    }
    let n_series = results.curves().len();
    for (series, curve) in results.curves().iter().enumerate().take(TOLD) {
        if curve.said.is_empty() {
            continue;
        }
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            swatch(ui, &shown, series);
            let text = RichText::new(&curve.said).size(BODY).color(palette.text);
            ui.add(Label::new(text).wrap());
        });
    }
    if n_series > TOLD {
        hint(
            ui,
            &format!(
                "and {} more: what is read off them is in the table",
                n_series - TOLD
            ),
        );
    }
    let (n_done, n_cells) = (results.n_done(), results.rows().len());
    if n_done < n_cells && n_done > 0 {
        let text = format!(
            "So far: {n_done} of {n_cells} points; a sentence of a curve comes with its last one"
        );
        hint(ui, &text);
    }
    let failed = match run.state() {
        LabState::Failed(why) => Some(why),
        _ => None,
    };
    let remarks = results.remarks().iter().map(String::as_str);
    for remark in failed.into_iter().chain(remarks).take(4) {
        let text = RichText::new(remark);
        ui.add(Label::new(text.size(SMALL).color(palette.warn)).wrap());
    }
    let mut lines: Vec<String> = Vec::new();
    for theory in results.theory().values().flatten() {
        let line = format!("Dashed: {}, {}", theory.name, theory.formula);
        if !lines.contains(&line) && lines.len() < TOLD {
            lines.push(line);
        }
    }
    for line in lines {
        hint(ui, &line);
    }
}

/// The runs: which is shown, which lie over it, and a way out of the list.
fn runs(ui: &mut Ui, lab: &mut LabPanel, context: &mut PanelContext<'_>) {
    ui.add_space(GAP);
    head(ui, "Runs", 0.0, |_| ());
    let book = context.session.lab();
    ui.spacing_mut().item_spacing.y = 2.0;
    for run in book.runs().iter().rev() {
        let size = vec2(ui.available_width(), 22.0);
        ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            ui.spacing_mut().button_padding = vec2(4.0, 1.0);
            ui.spacing_mut().interact_size.y = 20.0;
            let main = lab.main(book);
            lay_over(ui, lab, main, run);
            let room = width_left(ui, 24.0);
            ui.scope(|ui| {
                ui.set_max_width(room);
                let is_main = main.is_some_and(|main| main.id() == run.id());
                let title = RichText::new(titled(run)).size(SMALL + 0.5);
                let help = format!("Show this run.\n{}", run.plan().recipe().command());
                let button = ui.add(Button::selectable(is_main, title).truncate());
                if button.on_hover_text(help).clicked() {
                    lab.show(run);
                }
            });
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let name = format!("Forget run {}", run.id());
                let cross = ui.add(Button::new("×").frame_when_inactive(false));
                cross.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
                if cross.on_hover_text(&name).clicked() {
                    let forget = LabRequest::Forget(run.id());
                    context.commands.push(Command::Lab(forget));
                }
            });
        });
    }
}

/// What the session that was opened had run: it is set up by a click, and can be run again.
fn expected(ui: &mut Ui, lab: &mut LabPanel, context: &mut PanelContext<'_>) {
    ui.add_space(GAP);
    head(ui, "Of the session, not run yet", 0.0, |_| ());
    ui.spacing_mut().item_spacing.y = 2.0;
    for recipe in context.session.lab().expected() {
        let command = recipe.command();
        let rules = recipe.rule_names().join(", ");
        let title = format!("{}: {rules}", recipe.experiment.experiment().about().title);
        ui.horizontal(|ui| {
            ui.spacing_mut().button_padding = vec2(4.0, 1.0);
            let button = Button::selectable(
                lab.recipe == *recipe,
                RichText::new(&title).size(SMALL + 0.5),
            );
            let room = width_left(ui, 24.0);
            let shown = ui.scope(|ui| {
                ui.set_max_width(room);
                ui.add(button.truncate())
            });
            let help = format!("Set it up, to be run again.\n{command}");
            if shown.inner.on_hover_text(help).clicked() {
                lab.ask(recipe.clone());
            }
            let name = format!("Forget {title}");
            let cross = ui.add(Button::new("×").frame_when_inactive(false));
            cross.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
            if cross.on_hover_text(&name).clicked() {
                let forget = LabRequest::ForgetExpected(Box::new(recipe.clone()));
                context.commands.push(Command::Lab(forget));
            }
        });
    }
}

/// Whether the curves of `run` lie over those of `main`; grey, with the reason, where they cannot.
fn lay_over(ui: &mut Ui, lab: &mut LabPanel, main: Option<&LabRun>, run: &LabRun) {
    let is_main = main.is_some_and(|main| main.id() == run.id());
    let refused = main.and_then(|main| run.results().stands_apart_from(main.results()));
    let why = if is_main {
        Some("It is the run that is shown")
    } else {
        refused
    };
    let mut is_over = is_main || main.is_some_and(|main| lab.lies_over(main, run));
    let box_ = egui::Checkbox::without_text(&mut is_over);
    let check = ui.add_enabled(why.is_none(), box_);
    let name = format!("Lay over: {}", titled(run));
    check.widget_info(|| WidgetInfo::selected(Role::CheckBox, why.is_none(), is_over, &name));
    let check = check
        .on_hover_text("Lay its curves over those shown, thin")
        .on_disabled_hover_text(why.unwrap_or_default());
    if !check.changed() {
        return;
    }
    if is_over {
        lab.over.insert(run.id());
    } else {
        lab.over.remove(&run.id());
    }
}
