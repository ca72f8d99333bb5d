//! States that are no stored patterns, on screen: thumbnails, what they are in words, and what can be done with one.

use crate::app::panels::PanelContext;
use crate::app::panels::save::{self, Kind};
use crate::app::view::Tab;
use crate::app::widgets::thumbnails::Atlas;
use crate::engine::Nature;
use crate::engine::patterns::{Patterns, State};
use crate::figures::Squares;
use crate::lab::portraits::cue_of;
use crate::trial::words::pattern_name;
use egui::{Context, Painter, Rect, Response, Ui};
use std::sync::Arc;

/// Thumbnails of some states.
#[derive(Default)]
pub(super) struct StatesSheet {
    atlas: Atlas,
    states: Vec<State>,
    version: u64,
}

impl StatesSheet {
    /// Shows these states from now on, laid out as `patterns` are; costs nothing where they are the same as before.
    pub(super) fn put(&mut self, ctx: &Context, states: Vec<State>, patterns: &Patterns) {
        if states != self.states {
            self.states = states;
            self.version += 1;
        }
        if let Ok(shown) = Patterns::of_states(&self.states, patterns.grid()) {
            self.atlas.update(ctx, &shown, self.version);
        }
    }

    /// Paints one of them.
    pub(super) fn paint(&self, painter: &Painter, place: usize, rect: Rect) {
        self.atlas.paint(painter, place, rect);
    }
}

/// What an end is, in words.
pub(super) fn in_words(nature: &Nature, patterns: &Patterns) -> String {
    let name = |pattern: usize| pattern_name(patterns, pattern);
    match nature {
        Nature::Stored { pattern, differing }
        | Nature::Original {
            pattern: Some(pattern),
            differing,
        } => match differing {
            0 => name(*pattern),
            1 => format!("{}, but for one unit", name(*pattern)),
            n => format!("{}, but for {n} units", name(*pattern)),
        },
        Nature::Negative {
            pattern: Some(pattern),
            ..
        } => format!("the negative of {}", name(*pattern)),
        Nature::Blend { members, .. } => {
            let members: Vec<String> = members.iter().map(|it| it.pattern.to_string()).collect();
            format!("a blend of stored patterns {}", members.join(", "))
        }
        Nature::Blank { .. } => "a blank sheet".to_owned(),
        Nature::Cycle { length } => format!("a cycle of {length} sweeps"),
        Nature::Unsettled => "nothing yet".to_owned(),
        _ => "a spurious state".to_owned(),
    }
}

/// The same as a short name: "Pattern 17 (a 7)", "Negative of 17", "Blend of 1, 3, 5".
pub(super) fn title(nature: &Nature, patterns: &Patterns) -> String {
    let words = match nature {
        Nature::Stored { pattern, .. }
        | Nature::Original {
            pattern: Some(pattern),
            ..
        } => pattern_name(patterns, *pattern),
        Nature::Negative {
            pattern: Some(pattern),
            ..
        } => format!("negative of {pattern}"),
        Nature::Blend { members, .. } => {
            let members: Vec<String> = members.iter().map(|it| it.pattern.to_string()).collect();
            format!("blend of {}", members.join(", "))
        }
        Nature::Blank { .. } => "blank sheet".to_owned(),
        Nature::Cycle { length } => format!("cycle of {length}"),
        Nature::Unsettled => "not settled".to_owned(),
        _ => "spurious state".to_owned(),
    };
    capital(&words)
}

/// The same words with a capital letter first.
pub(super) fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// Opens `state` in Recall as the cue, if the memory shown stores `patterns` and they can be drawn.
pub(super) fn open(context: &mut PanelContext<'_>, state: &State, patterns: &Arc<Patterns>) {
    // A state of an older memory is none of this one.
    let recording = context.session.recording();
    let is_of_this = recording.is_some_and(|it| Arc::ptr_eq(it.patterns(), patterns));
    if let Some(cue) = cue_of(state, patterns).filter(|_| is_of_this) {
        context.draft.cue = cue;
        context.view.turn_to(Tab::Recall);
    }
}

/// Lets a state that is shown small be opened by a click, and more by its menu.
pub(super) fn offer(
    response: &Response,
    context: &mut PanelContext<'_>,
    state: &State,
    patterns: &Arc<Patterns>,
) {
    let grid = patterns.grid();
    let shows = ("State", || Squares::state(grid, state, None));
    offer_shown(response, context, state, patterns, shows);
}

/// The same of a state with a title, and how it is saved.
pub(super) fn offer_shown(
    response: &Response,
    context: &mut PanelContext<'_>,
    state: &State,
    patterns: &Arc<Patterns>,
    (title, squares): (&str, impl FnOnce() -> Squares),
) {
    if response.clicked() {
        open(context, state, patterns);
    }
    let mut chosen = context.exports.show(title, response.rect, Kind::Figure);
    response.context_menu(|ui| {
        items(ui, context, state, patterns);
        ui.separator();
        chosen = save::items(ui, Kind::Figure).or(chosen);
    });
    if let Some(deed) = chosen {
        let (squares, own) = (squares(), title.to_owned());
        let make = Box::new(move || squares.figure(&own));
        context.exports.want(deed, title, make);
    }
}

fn items(ui: &mut Ui, context: &mut PanelContext<'_>, state: &State, patterns: &Arc<Patterns>) {
    let help = "The same run as here, flip by flip";
    if ui.button("Open in Recall").on_hover_text(help).clicked() {
        open(context, state, patterns);
    }
    let help = "Add this state to the stored patterns";
    if ui.button("Store it").on_hover_text(help).clicked() {
        context.draft.add_pattern(state.clone(), None);
    }
}
