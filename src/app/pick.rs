//! pick.

use super::panels::Desk;

/// Pick.
#[derive(Default)]
pub(super) struct Pick;

impl Pick {
    /// Draws it.
    pub(super) fn ui(&mut self, _ui: &egui::Context, _desk: &mut Desk<'_>) {}
}
