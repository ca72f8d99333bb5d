//! The curves: points with error bars and the lines of theory; a point that is clicked on opens in Recall.

use super::legend::NAMED;
use super::{LabPanel, controls, legend};
use crate::app::panels::PanelContext;
use crate::app::panels::save::{self, Kind};
use crate::app::theme::{BODY, Palette, SMALL};
use crate::app::view::Tab;
use crate::app::widgets::controls::{ChipKind, chip, small_segmented, title_label};
use crate::app::widgets::figure_view::FigureView;
use crate::app::widgets::full_card::{BUTTONS, placeholder};
use crate::engine::numbers::decimals;
use crate::engine::settings::Kinds as _;
use crate::figures::Figure;
use crate::lab::Finished;
use crate::lab::figure::{LabTable, LabView, axes, style};
use crate::session::{Command, LabResults, LabRun, LabRunId, LabState};
use egui::{Align, Layout, Rect, RichText, Ui, UiBuilder, vec2};
use std::sync::Arc;

/// How near the pointer must be to a point, in points.
const NEAR: f32 = 14.0;

/// The figure that was drawn last, and what it is of.
#[derive(Default)]
pub(super) struct Drawn {
    of: Vec<(LabRunId, u64)>,
    view: LabView,
    figure: Option<Arc<Figure>>,
}

impl Drawn {
    /// The figure of `tables`, which are of these runs; made again only where something came in.
    fn figure(
        &mut self,
        view: LabView,
        runs: &[&LabRun],
        tables: &[LabTable<'_>],
    ) -> Option<Arc<Figure>> {
        let of = runs.iter().map(|run| (run.id(), run.results().version()));
        let of: Vec<(LabRunId, u64)> = of.collect();
        if self.of != of || self.view != view || self.figure.is_none() {
            (self.of, self.view) = (of, view);
            self.figure = view.figure(tables).map(Arc::new);
        }
        self.figure.clone()
    }
}

/// Draws it into the card.
pub(super) fn ui(ui: &mut Ui, lab: &mut LabPanel, context: &mut PanelContext<'_>) {
    let book = context.session.lab();
    let Some(main) = lab.main(book) else {
        return empty(ui, lab, context);
    };
    let over = book.runs().iter().filter(|run| lab.lies_over(main, run));
    let shown: Vec<&LabRun> = std::iter::once(main).chain(over).collect();
    let titles = shown.iter().skip(1).map(|run| super::titled(run));
    let titles: Vec<String> = std::iter::once(String::new()).chain(titles).collect();
    let tables = shown.iter().zip(&titles);
    let tables: Vec<LabTable<'_>> = tables
        .map(|(run, title)| run.results().table(title))
        .collect();
    let mut wanted = lab.view;
    let shows = |view: &LabView| view.lacks(&tables[0]).is_none();
    let offered = LabView::offered(&tables[0]);
    let is_offered = offered.contains(&wanted);
    let view_of = Some(wanted).filter(|view| is_offered && shows(view));
    let how = view_of.unwrap_or_default();
    let Some(figure) = lab.drawn.figure(how, &shown, &tables) else {
        return;
    };
    head(ui, context, &figure, main, |ui| {
        if offered.len() > 1 {
            wanted = choose(ui, how, &offered, &tables[0]).unwrap_or(wanted);
        }
    });
    let over: Vec<&str> = titles.iter().skip(1).map(String::as_str).collect();
    legend::ui(ui, main.results(), &figure, &over);
    refused(ui, context);
    let said = words(main.results());
    let view = FigureView::show(ui, &figure, ui.available_size(), &said);
    save::menu(&view.response, context.exports, &figure);
    if main.results().n_done() == 0 {
        let text = match main.state() {
            LabState::Running => "Learning: the first points are on their way",
            _ => "No point was worked out",
        };
        in_the_middle(ui, view.frame(), text);
    }
    let under = nearest(&view, how, &tables);
    lab.view = wanted;
    let Some((table, row, place)) = under else {
        return;
    };
    view.ring(view.place(place), Palette::of(ui.visuals()));
    let clicked = view.response.clicked();
    view.response
        .on_hover_ui_at_pointer(|ui| tell(ui, table, row));
    if clicked {
        match table.plan.opened(&table.plan.place(row.cell)) {
            Ok(opened) => {
                let opened = Command::Replace(Box::new(opened.recipe));
                context.commands.push(opened);
                context.view.turn_to(Tab::Recall);
            }
            refused => context.tell(refused.map(drop)),
        }
    }
}

/// Axes on which nothing stands yet, and what Run will do.
fn empty(ui: &mut Ui, lab: &LabPanel, context: &PanelContext<'_>) {
    let experiment = lab.recipe.experiment.experiment();
    let figure = axes(experiment);
    let title = figure.title.clone();
    ui.horizontal(|ui| title_label(ui, &title, ""));
    refused(ui, context);
    let view = FigureView::show(ui, &figure, ui.available_size(), "No point yet");
    let text = format!(
        "{}.\n\nRun works out {}, the ends first and then always the middle between points, \
         so that the shape is seen at once.",
        experiment.about().question,
        controls::asked(lab)
    );
    let room = view.frame().shrink2(vec2(0.18 * view.frame().width(), 0.0));
    in_the_middle(ui, room, &text);
}

/// The ways in which a run can be shown, beside one another; the one that was chosen now.
fn choose(ui: &mut Ui, how: LabView, offered: &[LabView], table: &LabTable<'_>) -> Option<LabView> {
    // The row that they stand in fills from the right.
    let names: Vec<String> = offered.iter().map(|view| view.name(table)).collect();
    let options = offered.iter().zip(&names).rev();
    let options = options.map(|(view, name)| (*view, &**name, about(*view)));
    let options: Vec<(LabView, &str, &str)> = options.collect();
    let mut chosen = how;
    let lacks = |view: LabView| view.lacks(table);
    small_segmented(ui, "Show as", &mut chosen, &options, lacks);
    (chosen != how).then_some(chosen)
}

/// What a way of showing a run shows.
fn about(view: LabView) -> &'static str {
    match view {
        LabView::Curves => "Every curve along its own axis",
        LabView::Collapsed => "All numbers of units laid together, over the finite-size variable",
        LabView::Map(_) => "Every place as a cell, over the load",
    }
}

fn refused(ui: &mut Ui, context: &PanelContext<'_>) {
    if let Some(problem) = context.session.lab().refused() {
        chip(ui, ChipKind::Error, &format!("It did not run: {problem}"));
    }
}

fn in_the_middle(ui: &mut Ui, room: Rect, text: &str) {
    // The grid does not run through the words.
    let behind = Rect::from_center_size(room.center(), vec2(room.width(), 92.0));
    let card = Palette::of(ui.visuals()).card;
    ui.painter().rect_filled(behind.intersect(room), 0.0, card);
    let builder = UiBuilder::new().id_salt("in the middle").max_rect(room);
    placeholder(&mut ui.new_child(builder), text);
}

/// The title, what stands beside it, and a button that saves the figure or the table.
fn head(
    ui: &mut Ui,
    context: &mut PanelContext<'_>,
    figure: &Figure,
    run: &LabRun,
    beside: impl FnOnce(&mut Ui),
) {
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_space(BUTTONS);
            let menu = ui.menu_button(RichText::new("Save…").size(SMALL), |ui| {
                if let Some(deed) = save::items(ui, Kind::Figure) {
                    let own = figure.clone();
                    context
                        .exports
                        .want(deed, &figure.title, Box::new(move || own));
                }
                ui.separator();
                table_item(ui, context, run.results());
            });
            menu.response.on_hover_text(
                "Save or copy the figure and its numbers, or save the rows of the run",
            );
            beside(ui);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                title_label(ui, &figure.title, "");
            });
        });
    });
}

/// Keeps the rows, so that they can be opened again.
fn table_item(ui: &mut Ui, context: &mut PanelContext<'_>, results: &LabResults) {
    let n_rows = results.stretch().len();
    let button = ui.add_enabled(n_rows > 0, egui::Button::new("Table (ECSV)…"));
    let all = results.rows().len();
    let help = if n_rows == all {
        "Write all rows to a table, which opens here again".to_owned()
    } else {
        format!(
            "Write the longest stretch of rows without a gap, {n_rows} of {all}, to a table, which opens here again"
        )
    };
    let button = button
        .on_hover_text(help)
        .on_disabled_hover_text("There is no row yet");
    if button.clicked() {
        let name = results.plan().recipe().experiment.kind();
        let results = results.clone();
        context.exports.save(save::SaveWish {
            title: "Save a table of the lab",
            name: format!("{name}.ecsv"),
            content: Box::new(move || Ok(results.written())),
            told: None,
        });
    }
}

/// What all curves say, for who does not see them.
fn words(run: &LabResults) -> String {
    let said = run.curves().iter().take(NAMED).map(|curve| &*curve.said);
    let said: Vec<&str> = said.filter(|said| !said.is_empty()).collect();
    said.join(". ")
}

/// The point under the pointer, and where it stands; of a map, the cell, whose middle is nearer than all others.
fn nearest<'a>(
    view: &FigureView<'_>,
    how: LabView,
    tables: &[LabTable<'a>],
) -> Option<(LabTable<'a>, &'a Finished, [f64; 2])> {
    let pointer = view.response.hover_pos()?;
    let is_map = matches!(how, LabView::Map(_));
    let shown = if is_map { 1 } else { tables.len() };
    let rows = tables[..shown]
        .iter()
        .flat_map(|table| table.rows.iter().flatten().map(move |row| (*table, row)));
    let near = rows.filter_map(|(table, row)| {
        let place = how.place(&table, row)?;
        let far = view.place(place).distance(pointer);
        far.is_finite().then_some((far, (table, row, place)))
    });
    let (far, point) = near.min_by(|a, b| a.0.total_cmp(&b.0))?;
    let is_under = match how {
        LabView::Map(_) => view.frame().contains(pointer),
        LabView::Curves | LabView::Collapsed => far <= NEAR,
    };
    is_under.then_some(point)
}

/// The number of a point with its error bar, and how many it is of.
fn tell(ui: &mut Ui, table: LabTable<'_>, row: &Finished) {
    let plan = table.plan;
    let shown = plan.recipe().experiment.experiment().shown();
    let series = row.cell / plan.axis().values.len();
    let palette = Palette::of(ui.visuals());
    let color = palette.role(style(series).0);
    let name = [&table.names[series], table.title].join(" ");
    ui.label(RichText::new(name).size(BODY).color(color));
    let own = plan.axis().values[row.cell % plan.axis().values.len()];
    ui.label(format!("{} {}", plan.axis().label, decimals(own, 3)));
    let height = table.columns.height(row).unwrap_or(f64::NAN);
    let height = decimals(height, 3);
    let bar = table.columns.error_bar(row);
    let bar = bar.map_or_else(String::new, |[low, high]| {
        format!(", bar {} to {}", decimals(low, 3), decimals(high, 3))
    });
    ui.label(format!("{} {height}{bar}", shown.label));
    if let Some(n) = table.columns.count(row) {
        ui.label(format!("n = {n}"));
    }
    let hint = RichText::new("Click: a network of this place in Recall").size(SMALL);
    ui.label(hint.color(palette.weak));
}
