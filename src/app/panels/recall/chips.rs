//! The corruptions in force, each a chip that takes it away, whichever of them is being set.

use super::super::PanelContext;
use crate::app::theme::{GAP, Palette, ROUNDING, SMALL};
use crate::engine::Corruption;
use crate::engine::numbers::plain;
use egui::{Response, Role, Sense, Stroke, Ui, WidgetInfo, WidgetText, vec2};

/// A chip of each, and a button that takes all of it away.
pub(super) fn ui(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let letters = context.is_of_letters();
    let corruption = &mut context.draft.cue.corruption;
    for (text, without) in in_force(corruption, letters) {
        if chip(ui, &text).clicked() {
            *corruption = without;
        }
    }
    if !corruption.is_none() {
        let none = ui.button("None").on_hover_text("Take all corruption away");
        if none.clicked() {
            *corruption = Corruption::default();
        }
    }
}

/// What is in force, in the order in which it applies, and the corruption without it.
fn in_force(corruption: &Corruption, letters: bool) -> Vec<(String, Corruption)> {
    let percent = |fraction: f64| format!("{} %", plain(100.0 * fraction));
    let mut chips = Vec::new();
    let mut add = |text: String, take: fn(&mut Corruption)| {
        let mut without = *corruption;
        take(&mut without);
        chips.push((text, without));
    };
    let (right, down) = corruption.shift;
    if (right, down) != (0, 0) {
        let text = format!("Move {right}, {down}").replace('-', "−");
        add(text, |it| it.shift = (0, 0));
    }
    if corruption.invert {
        add("Invert".to_owned(), |it| it.invert = false);
    }
    if let Some(half) = corruption.half {
        add(format!("Cover {} half", half.name()), |it| it.half = None);
    }
    if corruption.rectangle.is_some() {
        add("Cover rectangle".to_owned(), |it| it.rectangle = None);
    }
    if corruption.mask.fraction > 0.0 {
        let text = format!("Cover {}", percent(corruption.mask.fraction));
        add(text, |it| it.mask.fraction = 0.0);
    }
    if corruption.random.fraction > 0.0 {
        let text = format!("Random {}", percent(corruption.random.fraction));
        add(text, |it| it.random.fraction = 0.0);
    }
    if corruption.flip.fraction > 0.0 {
        let name = if letters { "Mutate" } else { "Flip" };
        let text = format!("{name} {}", percent(corruption.flip.fraction));
        add(text, |it| it.flip.fraction = 0.0);
    }
    chips
}

/// A name with a cross behind it; the whole is one button.
fn chip(ui: &mut Ui, text: &str) -> Response {
    let palette = Palette::of(ui.visuals());
    let padding = vec2(7.0, 4.0);
    let cross = 8.0;
    let font = egui::FontId::proportional(SMALL);
    let galley = WidgetText::from(egui::RichText::new(text).font(font)).into_galley(
        ui,
        Some(egui::TextWrapMode::Extend),
        f32::INFINITY,
        egui::TextStyle::Small,
    );
    let size = galley.size() + 2.0 * padding + vec2(cross + GAP * 0.75, 0.0);
    let size = vec2(size.x, size.y.max(ui.spacing().interact_size.y));
    let (room, response) = ui.allocate_exact_size(size, Sense::click());
    let name = format!("Take away: {text}");
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    let lit = response.hovered() || response.has_focus();
    let painter = ui.painter();
    let rect = room.shrink2(vec2(0.0, 2.0));
    painter.rect_filled(rect, ROUNDING, palette.warn_fill);
    if response.has_focus() {
        let stroke = Stroke::new(1.5, palette.blue);
        painter.rect_stroke(rect, ROUNDING, stroke, egui::StrokeKind::Inside);
    }
    let color = if lit { palette.strong } else { palette.warn };
    let top = rect.center().y - 0.5 * galley.size().y;
    painter.galley(egui::pos2(rect.left() + padding.x, top), galley, color);
    let middle = egui::pos2(rect.right() - padding.x - 0.5 * cross, rect.center().y);
    let stroke = Stroke::new(1.5, color);
    let arm = vec2(0.5 * cross, 0.5 * cross) * 0.8;
    painter.line_segment([middle - arm, middle + arm], stroke);
    let arm = vec2(arm.x, -arm.y);
    painter.line_segment([middle - arm, middle + arm], stroke);
    response.on_hover_text(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::corrupt::{Half, Noise};

    #[test]
    fn each_chip_takes_away_what_it_names_and_no_more() {
        let noise = |fraction| Noise { fraction, seed: 3 };
        let all = Corruption {
            flip: noise(0.27),
            random: noise(0.1),
            mask: noise(0.2),
            half: Some(Half::Left),
            shift: (2, -1),
            invert: true,
            ..Corruption::default()
        };
        let chips = in_force(&all, false);
        let names: Vec<&str> = chips.iter().map(|(text, _)| text.as_str()).collect();
        let expected = [
            "Move 2, −1",
            "Invert",
            "Cover left half",
            "Cover 20 %",
            "Random 10 %",
            "Flip 27 %",
        ];
        assert_eq!(names, expected);
        let mut left = all;
        while let Some((_, without)) = in_force(&left, false).pop() {
            let before = in_force(&left, false).len();
            assert_eq!(in_force(&without, false).len(), before - 1);
            left = without;
        }
        assert!(left.is_none());
        assert_eq!(
            in_force(&all, true).last().expect("there are some").0,
            "Mutate 27 %"
        );
    }
}
