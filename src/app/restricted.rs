//! Controls as a teacher left them: as they are, greyed, or not there; and the names of choices that were drawn.
//!
//! Absent: what is restricted (`session`), and the list of it.

use crate::app::actions::Action;
use crate::app::view::Tab;
pub use crate::session::Restriction;
use egui::{Context, Id, Ui};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What a locked control says.
pub const LOCKED: &str = "Locked by a teacher's option";

/// Restricted controls by name.
type Controls = BTreeMap<String, Restriction>;

/// The name of an action among controls.
pub fn action_name(action: Action) -> String {
    format!("action: {}", action.entry().text)
}

/// The name of a tab among controls.
pub fn tab_name(tab: Tab) -> String {
    let of_this = Tab::ALL.iter().find(|(one, ..)| *one == tab);
    format!("tab: {}", of_this.map_or("", |(_, name, _)| name))
}

/// The name of a card among controls.
pub fn card_name(title: &str) -> String {
    format!("card: {title}")
}

/// The name of a group of options side by side among controls.
fn choice_name(group: &str) -> String {
    format!("choice: {group}")
}

fn key() -> Id {
    Id::unique("restricted controls")
}

fn seen_key() -> Id {
    Id::unique("choices that were seen")
}

/// Has `controls` be restricted in this frame.
pub fn restrict(ctx: &Context, controls: &Controls) {
    ctx.data_mut(|data| {
        let now = data.get_temp::<Arc<Controls>>(key());
        if now.is_none_or(|now| *now != *controls) {
            data.insert_temp(key(), Arc::new(controls.clone()));
        }
    });
}

/// How the control called `name` is restricted, if it is.
pub fn restriction(ctx: &Context, name: &str) -> Option<Restriction> {
    let controls = ctx.data(|data| data.get_temp::<Arc<Controls>>(key()))?;
    controls.get(name).copied()
}

/// Draws the control called `name`: greyed where it is locked, not at all where it is hidden.
pub fn restricted<R>(ui: &mut Ui, name: &str, draw: impl FnOnce(&mut Ui) -> R) -> Option<R> {
    match restriction(ui.ctx(), name) {
        None => Some(draw(ui)),
        Some(Restriction::Hidden) => None,
        Some(Restriction::Locked) => {
            let shown = ui.add_enabled_ui(false, draw);
            shown.response.on_hover_text(LOCKED);
            Some(shown.inner)
        }
    }
}

/// How the options called `group` are restricted, if they are; the name is remembered for the list of controls.
pub fn choice_restriction(ctx: &Context, group: &str) -> Option<Restriction> {
    ctx.data_mut(|data| {
        let seen = data.get_temp_mut_or_default::<BTreeSet<String>>(seen_key());
        if !seen.contains(group) {
            seen.insert(group.to_owned());
        }
    });
    restriction(ctx, &choice_name(group))
}

/// Names among controls of the options that were drawn so far, and how they are called.
pub fn choices_seen(ctx: &Context) -> Vec<(String, String)> {
    let seen = ctx.data(|data| data.get_temp::<BTreeSet<String>>(seen_key()));
    let seen = seen.unwrap_or_default().into_iter();
    seen.map(|group| (choice_name(&group), group)).collect()
}
