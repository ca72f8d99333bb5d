//! States of letters on a grid: the letter on its colour, what changed, what is wrong, and what the nearest stored
//! sequence has instead.

use super::picture::Placed;
use crate::app::theme::{Palette, Residue};
use crate::engine::patterns::Letters;
use egui::{Align2, FontId, Painter, Rect, Stroke, StrokeKind, pos2, vec2};

/// From this height of a cell in points on, letters are written.
const LETTER_CELL: f32 = 8.0;
/// From this height of a cell in points on, the other letter is written too.
const OTHER_CELL: f32 = 17.0;

/// How units that are letters are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LettersShown<'a> {
    /// What they are.
    pub letters: Letters,
    /// Another sequence of as many units, written small where it differs.
    pub against: Option<&'a [i8]>,
}

impl LettersShown<'_> {
    /// The letter of `unit`.
    pub fn letter(self, unit: i8) -> char {
        self.letters.symbol(unit)
    }

    /// The colour behind the letter of `unit`.
    pub fn color(self, unit: i8, palette: &Palette) -> egui::Color32 {
        palette.residue(Residue::of(self.letters, self.letter(unit)))
    }

    /// Writes letters on cells that are coloured already.
    pub(super) fn paint(self, painter: &Painter, palette: &Palette, placed: Placed, units: &[i8]) {
        let height = placed.cell().y;
        if height < LETTER_CELL {
            return;
        }
        let font = FontId::monospace((0.66 * height).min(22.0));
        let small = FontId::monospace(0.42 * height);
        for (unit, value) in units.iter().enumerate().take(placed.grid.n_units()) {
            let cell = placed.unit_rect(unit);
            let other = self.against.and_then(|other| other.get(unit).copied());
            let other = other.filter(|other| other != value && height >= OTHER_CELL);
            let shift = if other.is_some() { 0.09 * height } else { 0.0 };
            let place = cell.center() - vec2(shift, shift);
            let letter = self.letter(*value);
            painter.text(
                place,
                Align2::CENTER_CENTER,
                letter,
                font.clone(),
                palette.strong,
            );
            if let Some(other) = other {
                let corner = cell.max - vec2(1.5, 0.5);
                let letter = self.letter(other);
                painter.text(
                    corner,
                    Align2::RIGHT_BOTTOM,
                    letter,
                    small.clone(),
                    palette.orange,
                );
            }
        }
    }
}

/// Frames a changed cell in orange.
pub(super) fn frame(painter: &Painter, palette: &Palette, cell: Rect) {
    let width = (cell.width() / 10.0).clamp(1.0, 2.0);
    let stroke = Stroke::new(width, palette.orange);
    painter.rect_stroke(cell.shrink(0.5), 0.0, stroke, StrokeKind::Inside);
}

/// Puts a dot into the corner of a wrong cell.
pub(super) fn dot(painter: &Painter, palette: &Palette, cell: Rect) {
    let radius = (cell.width() / 9.0).clamp(1.0, 3.0);
    let place = pos2(cell.right() - 1.5 * radius, cell.top() + 1.5 * radius);
    painter.circle_filled(place, radius, palette.error);
}
