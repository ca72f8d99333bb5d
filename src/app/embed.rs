//! The window as a part of somebody's page: one view of it, controls locked or hidden, and scripts that the page sends.
//!
//! The address of the page says which, after its `?`. Absent: how the page's messages come (`start`).

use super::App;
use super::view::{AttractorView, Embedded, Tab};
use crate::engine::Error;
use crate::lessons::Script;
use crate::session::{Command, Restriction};
use std::collections::BTreeMap;

/// What is shown of the window alone, by its name in an address: the tab, the view of the attractors, and the card that
/// fills the window where one does.
const PARTS: [(&str, Tab, Option<AttractorView>, Option<&str>); 6] = [
    ("recall", Tab::Recall, None, Some("Recall")),
    ("compare", Tab::Compare, None, None),
    (
        "wheel",
        Tab::Attractors,
        Some(AttractorView::Wheel),
        Some("View of the attractors"),
    ),
    (
        "plane",
        Tab::Attractors,
        Some(AttractorView::Plane),
        Some("View of the attractors"),
    ),
    (
        "census",
        Tab::Attractors,
        Some(AttractorView::Census),
        Some("View of the attractors"),
    ),
    ("lab", Tab::Lab, None, None),
];

impl App {
    /// Shows the part that the keys of an address ask for: `ui`, a part by its name; `hide` and `lock`, names of controls
    /// as teacher's options list them, with commas between. What is not known is told.
    pub fn embed(&mut self, asked: &BTreeMap<String, Vec<String>>) {
        let all = |key: &str| {
            let values = asked.get(key).into_iter().flatten();
            let names = values.flat_map(|value| value.split(','));
            names.map(str::trim).filter(|name| !name.is_empty())
        };
        for name in all("ui") {
            match PARTS.iter().find(|(known, ..)| *known == name) {
                Some((_, tab, view, card)) => {
                    self.view.turn_to(*tab);
                    self.view.attractors = view.unwrap_or(self.view.attractors);
                    self.view.embedded = Some(Embedded { card: *card });
                    self.view.guide = None;
                }
                None => self.notice.refuse(&Error::Unknown {
                    kind: "part of the window",
                    name: name.to_owned(),
                    known: PARTS.map(|(known, ..)| known).join(", "),
                }),
            }
        }
        let mut teacher = self.session.teacher().clone();
        for (key, restriction) in [("hide", Restriction::Hidden), ("lock", Restriction::Locked)] {
            for name in all(key) {
                teacher.put(name, Some(restriction));
            }
        }
        if teacher != *self.session.teacher() {
            self.command(Command::SetTeacherOptions(Box::new(teacher)));
        }
    }

    /// Whether the window is a part of somebody's page.
    pub fn is_embedded(&self) -> bool {
        self.view.embedded.is_some()
    }

    /// Does what a script says, as a lesson's link would, once there is a recording. What is no script is told.
    pub fn run_script(&mut self, text: &str) {
        match Script::parse(text) {
            Ok(script) => self.scripts.push(script),
            Err(problem) => self.notice.refuse(&problem),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::panels;

    #[test]
    fn every_card_that_fills_a_frame_is_there() {
        let all = panels::all();
        for (name, .., card) in PARTS {
            let is_there = |card| all.iter().any(|panel| panel.cards().contains(&card));
            assert!(card.is_none_or(is_there), "{name}: {card:?}");
        }
    }
}
