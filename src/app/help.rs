//! help.

use super::panels::Desk;

/// Draws it.
pub(super) fn ui(_ui: &egui::Context, _desk: &mut Desk<'_>) {}
