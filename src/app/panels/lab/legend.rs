//! The legend above the curves: as many lines as it takes, and nothing of it cut.

use super::rules::paint_swatch;
use crate::app::theme::{Palette, SMALL};
use crate::figures::{Figure, Line, Marker};
use crate::lab::Shown;
use crate::lab::figure::{main_name, marker_beside};
use crate::session::LabResults;
use egui::{FontId, Label, Painter, Rect, RichText, Sense, Shape, Stroke, Ui, pos2, vec2};

/// Curves that the legend names at most.
pub(super) const NAMED: usize = 12;
/// Size of its letters.
const LETTERS: f32 = SMALL + 0.5;
/// Height of a line.
const HEIGHT: f32 = 17.0;
/// Width of what stands before a name, and the gaps after that and after the name.
const SIGN: f32 = 18.0;
const GAPS: [f32; 2] = [4.0, 12.0];

/// What stands before a name.
#[derive(Debug, Clone, Copy)]
enum Sign {
    /// The marker of a series, in its colour.
    Series(usize),
    /// A shape that means the same in all colours.
    Shape(Marker),
    Dashed,
    Thin,
    /// The colours of a map from 0 to 1.
    Ramp,
    Nothing,
}

struct Item {
    sign: Sign,
    text: String,
    help: String,
}

/// Draws it: markers with the names of the curves, what is dashed, and of which runs the thin curves are.
pub(super) fn ui(ui: &mut Ui, run: &LabResults, figure: &Figure, over: &[&str]) {
    let shown = run.plan().recipe().experiment.experiment().shown();
    let items = items(run, figure, over);
    let font = FontId::proportional(LETTERS);
    let color = Palette::of(ui.visuals()).text;
    let width = |item: &Item| {
        let galley = ui
            .painter()
            .layout_no_wrap(item.text.clone(), font.clone(), color);
        SIGN + GAPS[0] + galley.size().x + GAPS[1]
    };
    let widths: Vec<f32> = items.iter().map(width).collect();
    let room = ui.available_width();
    let mut rest = &items[..];
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing = vec2(GAPS[0], 1.0);
        ui.spacing_mut().interact_size.y = HEIGHT;
        for count in lines(&widths, room) {
            let (line, others) = rest.split_at(count);
            rest = others;
            ui.horizontal(|ui| line.iter().for_each(|item| draw(ui, &shown, item)));
        }
    });
}

/// How many things of these widths stand on each line of `room`.
fn lines(widths: &[f32], room: f32) -> Vec<usize> {
    let (mut lines, mut left) = (Vec::new(), 0.0);
    for width in widths {
        match lines.last_mut() {
            Some(count) if *width <= left => *count += 1,
            _ => {
                lines.push(1);
                left = room;
            }
        }
        left -= width;
    }
    lines
}

fn items(run: &LabResults, figure: &Figure, over: &[&str]) -> Vec<Item> {
    let item = |sign, text: &str, help: &str| Item {
        sign,
        text: text.to_owned(),
        help: help.to_owned(),
    };
    if let Some(cells) = &figure.cells {
        let said = format!("{} 0 to 1", cells.name);
        let mut items = vec![item(
            Sign::Ramp,
            &said,
            "From the colour of the card to orange",
        )];
        let lines = figure.listed();
        items.extend(lines.map(|(series, said)| item(Sign::Dashed, said, &series.name)));
        return items;
    }
    let names = run.names();
    let named = names.iter().take(NAMED).enumerate();
    let mut items: Vec<Item> = named
        .map(|(series, name)| item(Sign::Series(series), name, ""))
        .collect();
    if names.len() > NAMED {
        let more = format!("and {} more", names.len() - NAMED);
        items.push(item(Sign::Nothing, &more, ""));
    }
    let shown = run.plan().recipe().experiment.experiment().shown();
    if !shown.beside.is_empty() {
        let help = "This shape, in the colour of each curve";
        items.push(item(Sign::Shape(Marker::Disc), &main_name(&shown), help));
        let is_drawn = |said: &str| figure.listed().any(|(_, listed)| listed == said);
        let beside = shown.beside.iter().enumerate();
        let beside = beside.filter(|(_, (_, said))| is_drawn(said));
        items.extend(
            beside.map(|(place, (_, said))| item(Sign::Shape(marker_beside(place)), said, help)),
        );
    }
    let dashed = |(series, said): (&crate::figures::Series, &str)| {
        let help = format!("Dashed, in the colour of each curve: {}", series.name);
        matches!(series.line, Line::Dashed(_)).then(|| item(Sign::Dashed, said, &help))
    };
    items.extend(figure.listed().filter_map(dashed));
    let help = "Thin, in the colour of each curve: a run that is laid over";
    items.extend(over.iter().map(|title| item(Sign::Thin, title, help)));
    items
}

fn draw(ui: &mut Ui, shown: &Shown, item: &Item) {
    let palette = Palette::of(ui.visuals());
    if !matches!(item.sign, Sign::Nothing) {
        let (rect, _) = ui.allocate_exact_size(vec2(SIGN, HEIGHT), Sense::hover());
        paint(ui.painter(), rect, shown, item.sign, palette);
    }
    let text = RichText::new(&item.text).size(LETTERS).color(palette.text);
    let label = ui.add(Label::new(text).truncate());
    if !item.help.is_empty() {
        label.on_hover_text(&item.help);
    }
    ui.add_space(GAPS[1] - 2.0 * GAPS[0]);
}

fn paint(painter: &Painter, rect: Rect, shown: &Shown, sign: Sign, palette: &Palette) {
    let ends = [rect.left_center(), rect.right_center()];
    match sign {
        Sign::Series(series) => {
            paint_swatch(painter, rect, shown, series, palette);
        }
        Sign::Shape(marker) => {
            let line = Stroke::new(1.0, palette.text);
            painter.line_segment(ends, line);
            let middle = pos2(rect.center().x, rect.center().y);
            let marker = crate::app::widgets::figure_view::marked(marker, middle, palette.text);
            painter.add(marker);
        }
        Sign::Dashed => {
            let stroke = Stroke::new(1.4, palette.weak);
            painter.extend(Shape::dashed_line(&ends, stroke, 5.0, 4.0));
        }
        Sign::Thin => {
            painter.line_segment(ends, Stroke::new(1.0, palette.text));
        }
        Sign::Ramp => {
            const STEPS: u16 = 18;
            for step in 0..STEPS {
                let at =
                    |step: u16| rect.left() + rect.width() * f32::from(step) / f32::from(STEPS);
                let bar = Rect::from_x_y_ranges(at(step)..=at(step + 1), rect.y_range());
                let color = palette.diverging((f32::from(step) + 0.5) / f32::from(STEPS));
                painter.rect_filled(bar.shrink2(vec2(0.0, 3.0)), 0.0, color);
            }
        }
        Sign::Nothing => (),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_room_on_a_line_stands_on_the_next() {
        assert_eq!(lines(&[40.0, 50.0, 20.0, 300.0, 10.0], 100.0), [2, 1, 1, 1]);
        assert_eq!(lines(&[], 100.0), [0_usize; 0]);
    }
}
