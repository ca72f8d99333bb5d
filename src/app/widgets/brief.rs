//! Text on one line that leaves out what has no room.

use crate::app::theme::Palette;
use egui::{Label, Response, RichText, TextStyle, TextWrapMode, Ui, WidgetText};

/// Quiet text on one line: where it does not fit, as much of it as has a meaning of its own, and the whole of it under the
/// pointer.
pub fn brief_label(ui: &mut Ui, text: &str, size: f32) -> Response {
    let color = Palette::of(ui.visuals()).weak;
    let sized = |text: &str| RichText::new(text).size(size).color(color);
    let room = ui.available_width();
    let is_cut = |text: &str| {
        let text = WidgetText::from(sized(text));
        let mode = Some(TextWrapMode::Truncate);
        text.into_galley(ui, mode, room, TextStyle::Body).elided
    };
    let brief = briefer(text).find(|text| !is_cut(text)).unwrap_or(text);
    let label = ui.add(Label::new(sized(brief)).truncate());
    if brief == text {
        label
    } else {
        label.on_hover_text(text)
    }
}

/// `text`, and what is left of it without its last parts, from the longest on: “0 wrong after 22 flips” is “0 wrong” too.
fn briefer(text: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(text), |text| {
        let ends = [", ", " after "].into_iter();
        let end = ends.filter_map(|part| text.rfind(part)).max()?;
        Some(&text[..end])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_left_out_from_the_end() {
        let brief = |text: &'static str| briefer(text).collect::<Vec<&str>>();
        let all = [
            "212 wrong, overlap 0.46 after 3 flips",
            "212 wrong, overlap 0.46",
            "212 wrong",
        ];
        assert_eq!(brief(all[0]), all);
        assert_eq!(brief("untouched"), ["untouched"]);
    }
}
