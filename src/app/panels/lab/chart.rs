//! The curves: points with error bars and the lines of theory; a point that is clicked on opens in Recall.

use super::{LabPanel, controls, rules::swatch};
use crate::app::panels::{PanelContext, save};
use crate::app::theme::{BODY, GAP, Palette, SMALL};
use crate::app::view::Tab;
use crate::app::widgets::controls::{ChipKind, chip, title_label};
use crate::app::widgets::figure_view::FigureView;
use crate::app::widgets::full_card::{BUTTON, placeholder};
use crate::engine::numbers::decimals;
use crate::export::Format;
use crate::figures::Line;
use crate::lab::Finished;
use crate::lab::figure::{LabTable, axes, entry, error_bar, figure, style};
use crate::session::{LabRun, LabState};
use egui::{Align, Label, Layout, Rect, RichText, Sense, Shape, Stroke, Ui, UiBuilder, vec2};

/// How near the pointer must be to a point, in points.
const NEAR: f32 = 14.0;
/// Width of the button that saves, with a gap.
const SAVE: f32 = 54.0;
/// Curves that the legend names at most.
const NAMED: usize = 12;

/// Draws it into the card.
pub(super) fn ui(ui: &mut Ui, lab: &LabPanel, context: &mut PanelContext<'_>) {
    let book = context.session.lab();
    let Some(main) = lab.main(book) else {
        return empty(ui, lab, context);
    };
    let runs = book.runs();
    let over = lab
        .over
        .iter()
        .filter(|run| **run != main && **run < runs.len());
    let shown: Vec<&LabRun> = std::iter::once(&main)
        .chain(over)
        .map(|run| &runs[*run])
        .collect();
    let titles: Vec<String> = shown.iter().map(|run| run.title()).collect();
    let tables: Vec<LabTable<'_>> = shown
        .iter()
        .zip(&titles)
        .enumerate()
        .map(|(index, (run, title))| LabTable {
            plan: run.plan(),
            rows: run.rows(),
            theory: run.theory(),
            title: if index == 0 { "" } else { title },
        })
        .collect();
    let same = |table: &&LabTable<'_>| {
        let kind = |table: &LabTable<'_>| table.plan.recipe().experiment.experiment().about().name;
        kind(table) == kind(&tables[0])
    };
    let tables: Vec<LabTable<'_>> = tables.iter().filter(same).copied().collect();
    let Some(figure) = figure(&tables) else {
        return;
    };
    head(ui, context, &figure);
    legend(ui, shown[0], &figure, titles.get(1..).unwrap_or_default());
    if let Some(problem) = book.refused() {
        chip(ui, ChipKind::Error, &format!("It did not run: {problem}"));
    }
    let said = words(shown[0]);
    let view = FigureView::show(ui, &figure, ui.available_size(), &said);
    save::menu(&view.response, context.exports, &figure);
    if shown[0].n_done() == 0 {
        let text = match shown[0].state() {
            LabState::Running => "Learning: the first points are on their way",
            _ => "No point was worked out",
        };
        in_the_middle(ui, view.frame(), text);
    }
    let Some((table, row)) = nearest(&view, &tables) else {
        return;
    };
    let at = [
        table.plan.axis().values[table.plan.place(row.cell).own],
        up(&table, row),
    ];
    view.ring(view.place(at), Palette::of(ui.visuals()));
    let clicked = view.response.clicked();
    view.response
        .on_hover_ui_at_pointer(|ui| tell(ui, table, row));
    if clicked {
        match table.plan.opened(&table.plan.place(row.cell)) {
            Ok(opened) => {
                *context.draft = opened.recipe;
                context.view.tab = Tab::Recall;
                context.view.full = None;
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
    if let Some(problem) = context.session.lab().refused() {
        chip(ui, ChipKind::Error, &format!("It did not run: {problem}"));
    }
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

fn in_the_middle(ui: &mut Ui, room: Rect, text: &str) {
    // The grid does not run through the words.
    let behind = Rect::from_center_size(room.center(), vec2(room.width(), 92.0));
    let card = Palette::of(ui.visuals()).card;
    ui.painter().rect_filled(behind.intersect(room), 0.0, card);
    let builder = UiBuilder::new().id_salt("in the middle").max_rect(room);
    placeholder(&mut ui.new_child(builder), text);
}

/// The title, and a button that saves the figure.
fn head(ui: &mut Ui, context: &mut PanelContext<'_>, figure: &crate::figures::Figure) {
    ui.horizontal(|ui| {
        let room = ui.available_width() - BUTTON - SAVE - GAP;
        ui.scope(|ui| {
            ui.set_max_width(room);
            title_label(ui, &figure.title, "");
        });
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_space(BUTTON);
            let menu = ui.menu_button(RichText::new("Save…").size(SMALL), |ui| {
                for format in Format::ALL {
                    let button = ui.button(format!("Figure as {}…", format.name()));
                    if button.on_hover_text(format.about()).clicked() {
                        let figure = figure.clone();
                        context.exports.push(save::SaveFigure { figure, format });
                    }
                }
            });
            menu.response
                .on_hover_text("Save the figure, or its numbers");
        });
    });
}

/// Markers with the names of the curves, what is dashed, and of which runs the thin curves are.
fn legend(ui: &mut Ui, run: &LabRun, figure: &crate::figures::Figure, over: &[String]) {
    let palette = Palette::of(ui.visuals());
    let text = |text: &str| RichText::new(text).size(SMALL + 0.5).color(palette.text);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(4.0, 2.0);
        ui.spacing_mut().interact_size.y = 16.0;
        let n_series = run.plan().n_series();
        for series in 0..n_series.min(NAMED) {
            ui.horizontal(|ui| {
                swatch(ui, series);
                ui.add(Label::new(text(&run.name(series))));
                ui.add_space(GAP);
            });
        }
        if n_series > NAMED {
            ui.label(text(&format!("and {} more", n_series - NAMED)));
        }
        let is_dashed = |line: &Line| matches!(line, Line::Dashed(_));
        for (series, said) in figure.listed().filter(|(it, _)| is_dashed(&it.line)) {
            ui.horizontal(|ui| {
                let (rect, _) = ui.allocate_exact_size(vec2(18.0, 14.0), Sense::hover());
                let ends = [rect.left_center(), rect.right_center()];
                let stroke = Stroke::new(1.4, palette.weak);
                ui.painter()
                    .extend(Shape::dashed_line(&ends, stroke, 5.0, 4.0));
                ui.add(Label::new(text(said))).on_hover_text(format!(
                    "Dashed, in the colour of each curve: {}",
                    series.name
                ));
            });
        }
        if !over.is_empty() {
            ui.label(text(&format!("thin: {}", over.join("; "))));
        }
    });
}

/// What all curves say, for who does not see them.
fn words(run: &LabRun) -> String {
    let all = (0..run.plan().n_series().min(NAMED)).map(|series| run.says(series).1);
    all.collect::<Vec<String>>().join(". ")
}

/// Height of the point of a row; NaN where there is none.
fn up(table: &LabTable<'_>, row: &Finished) -> f64 {
    let shown = table.plan.recipe().experiment.experiment().shown();
    entry(table.plan, row, shown.up).unwrap_or(f64::NAN)
}

/// The point under the pointer.
fn nearest<'a>(
    view: &FigureView<'_>,
    tables: &[LabTable<'a>],
) -> Option<(LabTable<'a>, &'a Finished)> {
    let pointer = view.response.hover_pos()?;
    let rows = tables
        .iter()
        .flat_map(|table| table.rows.iter().flatten().map(move |row| (*table, row)));
    let far = |(table, row): &(LabTable<'_>, &Finished)| {
        let own = table.plan.axis().values[table.plan.place(row.cell).own];
        let far = view.place([own, up(table, row)]).distance(pointer);
        if far.is_finite() { far } else { f32::INFINITY }
    };
    let near = rows.map(|point| (far(&point), point));
    let (far, point) = near.min_by(|a, b| a.0.total_cmp(&b.0))?;
    (far <= NEAR).then_some(point)
}

/// The number of a point with its error bar, and how many it is of.
fn tell(ui: &mut Ui, table: LabTable<'_>, row: &Finished) {
    let (plan, place) = (table.plan, table.plan.place(row.cell));
    let shown = plan.recipe().experiment.experiment().shown();
    let series = row.cell / plan.axis().values.len();
    let palette = Palette::of(ui.visuals());
    let color = palette.role(style(series).0);
    let name = plan.series_name(series);
    let name = RichText::new([&name, table.title].join(" "))
        .size(BODY)
        .color(color);
    ui.label(name);
    let own = decimals(plan.axis().values[place.own], 3);
    ui.label(format!("{} {own}", plan.axis().label));
    let bar = error_bar(plan, row).map_or_else(String::new, |[low, high]| {
        format!(", bar {} to {}", decimals(low, 3), decimals(high, 3))
    });
    let value = decimals(up(&table, row), 3);
    ui.label(format!("{} {value}{bar}", shown.label));
    if let Some(n) = entry(plan, row, "n") {
        ui.label(format!("n = {n}"));
    }
    let hint = RichText::new("Click: this network and cue in Recall").size(SMALL);
    ui.label(hint.color(palette.weak));
}
