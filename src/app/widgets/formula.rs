//! A formula in one line: italic letters, with `^{…}` raised and `_{…}` lowered; a single sign needs no braces.
//!
//! The fonts have no superscript T and few subscripts, so scripts are set as smaller letters.

use crate::app::theme::Palette;
use egui::text::LayoutJob;
use egui::{Align, FontId, Label, Response, TextFormat, Ui};

/// Draws `markup` at `size` points. Screen readers get the markup itself.
pub fn formula(ui: &mut Ui, markup: &str, size: f32) -> Response {
    let palette = Palette::of(ui.visuals());
    let mut job = LayoutJob::default();
    job.wrap.max_width = ui.available_width();
    for piece in pieces(markup) {
        let (font, valign) = match piece.level {
            Level::Line => (FontId::proportional(size), Align::Center),
            Level::Raised => (FontId::proportional(0.7 * size), Align::TOP),
            Level::Lowered => (FontId::proportional(0.7 * size), Align::BOTTOM),
        };
        let format = TextFormat {
            font_id: font,
            color: palette.strong,
            valign,
            italics: true,
            ..Default::default()
        };
        job.append(piece.text, 0.0, format);
    }
    ui.add(Label::new(job))
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Level {
    Line,
    Raised,
    Lowered,
}

#[derive(Debug, PartialEq, Eq)]
struct Piece<'a> {
    text: &'a str,
    level: Level,
}

/// The markup cut where the level changes.
fn pieces(markup: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = markup;
    while let Some(at) = rest.find(['^', '_']) {
        let level = if rest[at..].starts_with('^') {
            Level::Raised
        } else {
            Level::Lowered
        };
        pieces.push(Piece {
            text: &rest[..at],
            level: Level::Line,
        });
        rest = &rest[at + 1..];
        let (script, after) = match rest
            .strip_prefix('{')
            .and_then(|inner| inner.split_once('}'))
        {
            Some(parts) => parts,
            None => rest.split_at(rest.chars().next().map_or(0, char::len_utf8)),
        };
        pieces.push(Piece {
            text: script,
            level,
        });
        rest = after;
    }
    pieces.push(Piece {
        text: rest,
        level: Level::Line,
    });
    pieces.retain(|piece| !piece.text.is_empty());
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_are_one_sign_or_braces() {
        let cut: Vec<(&str, Level)> = pieces("Ξ^T C^{-1} J_{ij}")
            .into_iter()
            .map(|piece| (piece.text, piece.level))
            .collect();
        let expected = [
            ("Ξ", Level::Line),
            ("T", Level::Raised),
            (" C", Level::Line),
            ("-1", Level::Raised),
            (" J", Level::Line),
            ("ij", Level::Lowered),
        ];
        assert_eq!(cut, expected);
        assert!(pieces("").is_empty());
        assert_eq!(pieces("a^").len(), 1);
    }
}
