//! Tracks are added, named, doubled, taken over into Recall and removed.

use super::super::PanelContext;
use crate::app::restricted::restricted;
use crate::app::theme::SMALL;
use crate::app::view::Tab;
use crate::engine::{Dynamics, LearningRule};
use crate::trial::{MAX_TRACK_NAME, MAX_TRACKS, TrackRecipe};
use egui::containers::menu::{MenuButton, MenuConfig};
use egui::{Button, PopupCloseBehavior, RichText, Role, TextEdit, Ui, WidgetInfo};

/// The rules that are offered first, by name: what one wants to see beside the projection rule.
const FIRST: [&str; 4] = ["hebb", "pseudo-likelihood", "dense", "storkey"];

/// A rule that no track of the draft has, and that suits what is stored.
pub(super) fn next_rule(context: &PanelContext<'_>) -> Option<LearningRule> {
    let patterns = context.session.patterns();
    let tracks = &context.draft.tracks;
    let is_new = |rule: &LearningRule| {
        let name = rule.about().name;
        tracks.iter().all(|track| track.rule.about().name != name)
    };
    let suits = |rule: &LearningRule| patterns.is_none_or(|stored| rule.suits(stored).is_ok());
    let first = FIRST
        .iter()
        .filter_map(|name| LearningRule::named(name).ok());
    let mut all = first.chain(LearningRule::ALL.iter().map(|make| make()));
    all.find(|rule| {
        is_new(rule) && suits(rule) && !matches!(rule, LearningRule::LoadedCouplings(_))
    })
    .or_else(|| Some(context.track().rule.clone()))
}

/// Adds a track with `rule`, and the dynamics of the one that is chosen, as far as they go together.
pub(super) fn add(context: &mut PanelContext<'_>, rule: LearningRule) {
    let mut track = TrackRecipe {
        rule,
        dynamics: context.track().dynamics,
        ..TrackRecipe::default()
    };
    if track.check_dynamics().is_err() {
        track.dynamics = Dynamics::Synchronous;
    }
    push(context, track);
}

fn push(context: &mut PanelContext<'_>, track: TrackRecipe) {
    context.draft.tracks.push(track);
    context.view.track = context.draft.tracks.len() - 1;
}

/// The button that adds a track.
pub(super) fn add_button(ui: &mut Ui, context: &mut PanelContext<'_>) {
    let has_room = context.draft.tracks.len() < MAX_TRACKS;
    let next = next_rule(context).filter(|_| has_room);
    let text = RichText::new("Add a track").size(SMALL);
    let button = Button::new(text).small();
    let button = restricted(ui, "tracks", |ui| ui.add_enabled(next.is_some(), button));
    let Some(button) = button else {
        return;
    };
    let most = format!("At most {MAX_TRACKS} tracks stand side by side");
    let button = button.on_disabled_hover_text(most);
    if let Some(rule) = next {
        let help = format!(
            "One more memory of the same patterns, for the same cue: at first by {}",
            rule.about().title
        );
        if button.on_hover_text(help).clicked() {
            add(context, rule);
        }
    }
}

/// What can be done with a track, in a menu.
pub(super) fn menu(ui: &mut Ui, track: usize, title: &str, context: &mut PanelContext<'_>) {
    // A name is typed in it: it closes by what is chosen, or by a click elsewhere.
    let stays = MenuConfig::new().close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    let (button, _) = MenuButton::new("…").config(stays).ui(ui, |ui| {
        ui.set_min_width(200.0);
        ui.horizontal(|ui| {
            let caption = ui.label("Name");
            let name = &mut context.draft.tracks[track].name;
            let edit = TextEdit::singleline(name)
                .char_limit(MAX_TRACK_NAME)
                .hint_text(title)
                .desired_width(150.0);
            ui.add(edit).labelled_by(caption.id);
        });
        ui.separator();
        let has_room = context.draft.tracks.len() < MAX_TRACKS;
        let double = ui.add_enabled(has_room, Button::new("Duplicate"));
        if double
            .on_hover_text("One more track with the same settings, to change one of them")
            .clicked()
        {
            let mut copy = context.draft.tracks[track].clone();
            copy.name.clear();
            push(context, copy);
            ui.close();
        }
        let recall = ui.button("Show in Recall");
        let help = "Make it the first track, which Recall and Attractors show";
        if recall.on_hover_text(help).clicked() {
            let taken = context.draft.tracks.remove(track);
            context.draft.tracks.insert(0, taken);
            context.view.track = 0;
            context.view.turn_to(Tab::Recall);
            ui.close();
        }
        let is_one_of_several = context.draft.tracks.len() > 1;
        let remove = ui.add_enabled(is_one_of_several, Button::new("Remove"));
        let remove = remove.on_disabled_hover_text("There is one track at the least");
        if remove
            .on_hover_text("Take it away; Undo brings it back")
            .clicked()
        {
            context.draft.tracks.remove(track);
            if context.view.track >= track {
                context.view.track = context.view.track.saturating_sub(1);
            }
            ui.close();
        }
    });
    let name = format!("What to do with track {}", super::letter(track));
    button.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    button.on_hover_text(name);
}
