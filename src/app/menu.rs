//! menu.

use super::panels::Desk;

/// Draws it.
pub(super) fn ui(_ui: &mut egui::Ui, _desk: &mut Desk<'_>) {}
