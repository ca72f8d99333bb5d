//! Every control that can be restricted: settings of the recipe, what is done by hand, actions, tabs, cards, and options
//! that were drawn so far.

use crate::app::actions::{ALL, Action};
use crate::app::panels;
use crate::app::restricted::{action_name, card_name, choices_seen, tab_name};
use crate::app::view::Tab;
use crate::session::{BY_HAND, TeacherOptions, WHOLE};
use crate::trial::Recipe;
use egui::Context;

/// Actions that are never restricted: without them nobody gets back to this list, or out of the window.
const ALWAYS: [Action; 3] = [Action::TeacherOptions, Action::Quit, Action::BackToStart];

/// A control.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Control {
    /// Its name in a teacher's options.
    pub(super) name: String,
    /// What it is called on screen.
    pub(super) called: String,
    /// What it is.
    pub(super) kind: &'static str,
}

impl Control {
    fn new(name: impl Into<String>, called: impl Into<String>, kind: &'static str) -> Self {
        Self {
            name: name.into(),
            called: called.into(),
            kind,
        }
    }

    /// Whether name, kind and path together hold every word typed.
    pub(super) fn matches(&self, typed: &str) -> bool {
        let said = format!("{} {} {}", self.called, self.kind, self.name).to_lowercase();
        let typed = typed.to_lowercase();
        typed.split_whitespace().all(|word| said.contains(word))
    }
}

/// What is chosen or set at a path that is no setting's.
fn of_whole(path: &str) -> &'static str {
    match path {
        "seed" | "sweeps" => "number",
        "cue.start" => "choice of the cue",
        _ => "choice of the memory",
    }
}

/// What settings of a section are.
fn of_section(section: &str) -> &'static str {
    match section {
        "world" => "setting of the world",
        "rule" => "setting of the rule",
        "alteration" => "setting of the couplings",
        "cue" => "corruption of the cue",
        _ => "setting of the dynamics",
    }
}

/// All of them, as `recipe` has them; and what `options` restrict besides, of another world or rule.
pub(super) fn all(ctx: &Context, recipe: &Recipe, options: &TeacherOptions) -> Vec<Control> {
    let whole = WHOLE.map(|(name, called)| Control::new(name, called, of_whole(name)));
    let by_hand = BY_HAND.map(|(name, called)| Control::new(name, called, "by hand"));
    let settings = recipe.sections().flat_map(|(section, settings)| {
        let list = settings.list().into_iter();
        list.map(move |setting| {
            let name = format!("{section}.{}", setting.key);
            Control::new(name, setting.label, of_section(section))
        })
    });
    let tabs = Tab::ALL.into_iter().filter(|(tab, ..)| *tab != Tab::Recall);
    let tabs = tabs.map(|(tab, called, _)| Control::new(tab_name(tab), called, "tab"));
    let panels = panels::all();
    let cards = panels.iter().flat_map(|panel| panel.cards());
    let cards = cards.map(|title| Control::new(card_name(title), *title, "card"));
    let actions = ALL.iter().filter(|entry| !ALWAYS.contains(&entry.action));
    let actions =
        actions.map(|entry| Control::new(action_name(entry.action), entry.text, "action"));
    let choices = choices_seen(ctx).into_iter();
    let choices = choices.filter(|(_, called)| !called.starts_with("Restriction of "));
    let choices = choices.filter(|(_, called)| called != "Tab");
    let choices = choices.map(|(name, called)| Control::new(name, called, "options on screen"));
    let mut controls: Vec<Control> = whole.into_iter().chain(by_hand).collect();
    controls.extend(settings);
    controls.extend(tabs);
    controls.extend(cards);
    controls.extend(actions);
    controls.extend(choices);
    let others = options.controls.keys().filter(|name| {
        let mut known = controls.iter();
        !known.any(|it| it.name == **name)
    });
    let others: Vec<Control> = others
        .map(|name| Control::new(name, name, "not here now"))
        .collect();
    controls.extend(others);
    controls
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::Restriction;
    use std::collections::BTreeSet;

    #[test]
    fn every_setting_action_tab_and_card_is_listed_once_and_found() {
        let mut options = TeacherOptions::default();
        options.put("rule.l2", Some(Restriction::Locked));
        let recipe = Recipe::default();
        let all = all(&Context::default(), &recipe, &options);
        let names: BTreeSet<&str> = all.iter().map(|it| &*it.name).collect();
        assert_eq!(names.len(), all.len());
        let seeds = ["cue.flip-seed", "cue.random-seed", "cue.mask-seed"];
        for path in recipe.paths() {
            assert!(names.contains(&*path) || seeds.contains(&&*path), "{path}");
        }
        for name in ["stored", "tab: Lab", "action: Settle", "rule.l2"] {
            assert!(names.contains(name), "{name}");
        }
        assert!(!names.contains("action: Teacher's options…") && !names.contains("tab: Recall"));
        let found = |typed: &str| all.iter().filter(|it| it.matches(typed)).count();
        assert_eq!(found("ridge"), 1);
        assert!(found("setting rule") >= 2 && found("card") > 4 && found("no such thing") == 0);
    }
}
