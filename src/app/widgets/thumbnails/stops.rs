//! The keyboard among thumbnails: Tab comes to one of them, arrows go on from there.

use super::Thumbnails;
use egui::{EventFilter, Id, Key, Modifiers, Ui};
use std::ops::Range;

impl Thumbnails<'_> {
    /// The one thumbnail that Tab comes to: the last that had the focus, else the chosen one, else the first in sight.
    pub(super) fn stop(&self, ui: &Ui, rows: &Range<usize>, columns: usize) -> usize {
        let shown = rows.start * columns..(rows.end * columns).min(self.atlas.count());
        let kept = ui.data(|data| data.get_temp::<usize>(ui.scope_id()));
        let has_focus = |pattern: &usize| ui.memory(|memory| memory.has_focus(id(ui, *pattern)));
        // One that was scrolled out of sight keeps the focus for a frame.
        let kept = kept.filter(|pattern| shown.contains(pattern) || has_focus(pattern));
        let chosen = || shown.clone().find(|pattern| (self.chosen)(*pattern));
        kept.or_else(chosen).unwrap_or(shown.start)
    }

    /// Where arrows, Home and End take the focus from the thumbnail that Tab comes to.
    pub(super) fn moved(&self, ui: &Ui, stop: usize, columns: usize) -> Option<usize> {
        if !ui.memory(|memory| memory.has_focus(id(ui, stop))) {
            return None;
        }
        let arrows = EventFilter {
            horizontal_arrows: true,
            vertical_arrows: true,
            ..EventFilter::default()
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id(ui, stop), arrows));
        let last = self.atlas.count().checked_sub(1)?;
        let to = ui.input_mut(|input| {
            let mut pressed = |key| input.consume_key(Modifiers::NONE, key);
            if pressed(Key::ArrowLeft) {
                Some(stop.saturating_sub(1))
            } else if pressed(Key::ArrowRight) {
                Some(stop + 1)
            } else if pressed(Key::ArrowUp) {
                stop.checked_sub(columns)
            } else if pressed(Key::ArrowDown) {
                Some(stop + columns).filter(|to| *to <= last)
            } else if pressed(Key::Home) {
                Some(0)
            } else {
                pressed(Key::End).then_some(last)
            }
        })?;
        let to = to.min(last);
        ui.data_mut(|data| data.insert_temp(ui.scope_id(), to));
        ui.memory_mut(|memory| memory.request_focus(id(ui, to)));
        Some(to)
    }
}

/// The thumbnail's widget.
pub(super) fn id(ui: &Ui, pattern: usize) -> Id {
    ui.scope_id().with(("thumbnail", pattern))
}
