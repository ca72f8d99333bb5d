//! The panels, one file each, named as on screen.
//!
//! A panel reads the session, edits a draft of the recipe and collects commands; it never changes the document.

pub mod charts;
pub mod couplings;
pub mod memory;
pub mod recall;

use super::actions::Action;
use super::snapshot::Snapshot;
use super::view::View;
use super::widgets::thumbnails::Atlas;
use crate::session::{Command, Session};
use crate::trial::Recipe;

/// What a panel sees, and where it leaves what the user wants.
pub struct PanelContext<'a> {
    /// The document.
    pub session: &'a Session,
    /// The moment shown, once there is one.
    pub snapshot: Option<&'a Snapshot>,
    /// Thumbnails of the stored patterns.
    pub atlas: &'a Atlas,
    /// How one looks: panels change it directly.
    pub view: &'a mut View,
    /// A copy of the recipe to edit: if it differs in the end, it is put in force.
    pub draft: &'a mut Recipe,
    /// What else is to be done to the document, in order.
    pub commands: &'a mut Vec<Command>,
    /// Actions asked for by button.
    pub actions: &'a mut Vec<Action>,
}

impl PanelContext<'_> {
    /// Whether the moment shown is of the patterns stored now, so that their numbers mean the same.
    pub fn shows_stored(&self) -> bool {
        let shown = self
            .session
            .recording()
            .map(crate::engine::Recording::patterns);
        let stored = self.session.patterns();
        shown
            .zip(stored)
            .is_some_and(|(shown, stored)| std::sync::Arc::ptr_eq(shown, stored))
    }
}

/// One panel of the window.
pub trait Panel {
    /// Its title.
    fn title(&self) -> &'static str;
    /// Draws it into the space given.
    fn ui(&mut self, ui: &mut egui::Ui, context: &mut PanelContext<'_>);
}
