//! Which card is explained, where it lies, and the numbers that only it knows.

use super::View;
use egui::Rect;

/// A card that is explained.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExplainedCard {
    /// Its title.
    pub card: &'static str,
    /// Where it was drawn in this frame; `None` before it was.
    pub place: Option<Rect>,
    /// What it handed over in this frame, in TeX.
    pub numbers: Vec<String>,
}

impl View {
    /// Whether the card called `title` is explained.
    pub fn explains(&self, title: &str) -> bool {
        self.explained.as_ref().is_some_and(|it| it.card == title)
    }

    /// Explains the card called `card`, drawn at `place`, and no other one; or stops explaining it.
    pub fn explain(&mut self, card: &'static str, place: Rect) {
        self.explained = (!self.explains(card)).then_some(ExplainedCard {
            card,
            place: Some(place),
            numbers: Vec::new(),
        });
    }
}
