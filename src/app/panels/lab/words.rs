//! What the curves say in words, what theory draws, and the runs that there are.

use super::rules::swatch;
use super::sections::head;
use super::{LabPanel, WORDS};
use crate::app::panels::PanelContext;
use crate::app::panels::memory::scrolling;
use crate::app::theme::{BODY, GAP, Palette, SMALL};
use crate::app::widgets::controls::{hint, title_label};
use crate::session::{Command, LabRequest, LabRun, LabState};
use egui::{Align, Button, Label, Layout, RichText, Role, Ui, WidgetInfo, vec2};

/// Height of the button at the foot.
const FOOT: f32 = 36.0;
/// Curves that are told at most.
const TOLD: usize = 12;

/// Draws it into the card.
pub(super) fn ui(ui: &mut Ui, lab: &mut LabPanel, context: &mut PanelContext<'_>) {
    title_label(ui, WORDS, "");
    let book = context.session.lab();
    let main = lab.main(book);
    let foot = ui.available_rect_before_wrap().bottom() - FOOT;
    let height = ui.available_height() - FOOT;
    scrolling(ui, "lab words", height, |ui| {
        ui.spacing_mut().item_spacing.y = 6.0;
        match main.map(|main| &book.runs()[main]) {
            Some(run) => said(ui, run),
            None => {
                hint(
                    ui,
                    "Nothing yet: a sentence for every rule, as soon as its curve has points",
                );
            }
        }
        hint(ui, lab.recipe.experiment.experiment().about().reading);
        if !book.runs().is_empty() {
            runs(ui, lab, context);
        }
    });
    ui.add_space((foot - ui.cursor().top()).max(0.0));
    let recipe = main.map_or(&lab.recipe, |main| {
        context.session.lab().runs()[main].plan().recipe()
    });
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
    let n_series = run.plan().n_series();
    for series in 0..n_series.min(TOLD) {
        let sentence = run.says(series).1;
        if sentence.is_empty() {
            continue;
        }
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            swatch(ui, series);
            let text = RichText::new(sentence).size(BODY).color(palette.text);
            ui.add(Label::new(text).wrap());
        });
    }
    if n_series > TOLD {
        hint(ui, &format!("and {} more in the table", n_series - TOLD));
    }
    if run.state() != LabState::Done && run.n_done() > 0 {
        hint(
            ui,
            &format!(
                "So far: {} of {} points",
                run.n_done(),
                run.plan().n_cells()
            ),
        );
    }
    for remark in run.remarks().iter().take(3) {
        let text = RichText::new(format!("No numbers of {remark}"));
        ui.add(Label::new(text.size(SMALL).color(palette.warn)).wrap());
    }
    if let Some(theory) = run.theory().values().flatten().next() {
        hint(ui, &format!("Dashed: {}, {}", theory.name, theory.formula));
    }
}

/// The runs: which is shown, which lie over it, and a way out of the list.
fn runs(ui: &mut Ui, lab: &mut LabPanel, context: &mut PanelContext<'_>) {
    ui.add_space(GAP);
    head(ui, "Runs", 0.0, |_| ());
    let book = context.session.lab();
    let main = lab.main(book);
    let mut forgotten = None;
    ui.spacing_mut().item_spacing.y = 2.0;
    for (index, run) in book.runs().iter().enumerate().rev() {
        let title = format!("{}. {}", index + 1, run.title());
        let size = vec2(ui.available_width(), 22.0);
        ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            ui.spacing_mut().button_padding = vec2(4.0, 1.0);
            ui.spacing_mut().interact_size.y = 20.0;
            let is_main = main == Some(index);
            let mut is_over = is_main || lab.over.contains(&index);
            let check = ui.add_enabled(!is_main, egui::Checkbox::without_text(&mut is_over));
            let name = format!("Lay over: {title}");
            check.widget_info(|| WidgetInfo::selected(Role::CheckBox, !is_main, is_over, &name));
            if check
                .on_hover_text("Lay its curves over those shown, thin")
                .changed()
            {
                if is_over {
                    lab.over.insert(index);
                } else {
                    lab.over.remove(&index);
                }
            }
            let room = ui.available_width() - 24.0;
            ui.scope(|ui| {
                ui.set_max_width(room);
                let button = Button::selectable(is_main, RichText::new(&title).size(SMALL + 0.5));
                let help = format!("Show this run.\n{}", run.plan().recipe().command());
                if ui.add(button.truncate()).on_hover_text(help).clicked() {
                    lab.show(run, index);
                }
            });
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let name = format!("Forget run {}", index + 1);
                let cross = ui.add(Button::new("×").frame_when_inactive(false));
                cross.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
                if cross.on_hover_text(&name).clicked() {
                    forgotten = Some(index);
                }
            });
        });
    }
    if let Some(index) = forgotten {
        (lab.main, lab.over) = (None, std::collections::BTreeSet::new());
        context
            .commands
            .push(Command::Lab(LabRequest::Forget(index)));
    }
}
