//! The panels, one file each, named as on screen, and the list of them: window and tests walk through [`all`].
//!
//! A panel reads the session, edits a draft of the recipe and collects commands; it never changes the document. What
//! it keeps between frames is its own.

mod attractors;
mod candidate;
mod charts;
mod compare;
mod couplings;
mod explained;
mod gallery;
mod glossary;
mod guide;
mod help;
mod lab;
mod lesson;
mod memory;
mod menu;
mod opened_picture;
mod palette;
mod pick;
mod pictures;
mod recall;
pub mod save;
mod scripted;
mod stage;
mod teacher;

pub(super) use scripted::run;

use super::actions::Action;
use super::restricted::{LOCKED, Restriction, action_name, card_name, restriction};
use super::snapshot::Snapshot;
use super::theme::{lit_frame, pointed_frame};
use super::view::View;
use super::widgets::full_card::{Card, CardButton, CardExtent, full_card, placeholder};
use super::widgets::thumbnails::Atlas;
use crate::engine::Error;
use crate::engine::learning::Shows;
use crate::lessons::Lesson;
use crate::session::{Command, Session};
use crate::trial::{Recipe, TrackRecipe};
use std::path::PathBuf;

/// What a panel sees, and where it leaves what the user wants.
pub struct PanelContext<'a> {
    /// The document.
    pub session: &'a Session,
    /// The moment that the first track shows, once there is one.
    pub snapshot: Option<&'a Snapshot>,
    /// The same of every track that is in sight.
    pub snapshots: &'a [Option<Snapshot>],
    /// The track whose settings are shown: the first one, but where tracks are compared.
    pub track: usize,
    /// Sessions that were opened or saved, the last one first.
    pub recent: &'a [PathBuf],
    /// Every lesson that can be opened.
    pub lessons: &'a [Lesson],
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
    /// The pictures on screen, and what is to be saved and copied.
    pub exports: &'a mut save::Exports,
    /// What the draft did not admit, to be told.
    pub refused: &'a mut Vec<Error>,
}

impl PanelContext<'_> {
    /// A card of `size` that can fill the window, called `title`, marked as out of date where it is `stale`.
    pub(super) fn card(
        &mut self,
        ui: &mut egui::Ui,
        (title, size): (&'static str, egui::Vec2),
        stale: bool,
        draw: impl FnOnce(&mut egui::Ui, &mut Self),
    ) {
        let is_framed = self.view.embedded.is_some_and(|it| it.card == Some(title));
        let fills = self.view.full == Some(title);
        let extent = match (is_framed, fills) {
            (true, _) => CardExtent::Frame,
            (false, true) => CardExtent::Window,
            (false, false) => CardExtent::Part,
        };
        let card = Card {
            title,
            size,
            stale,
            extent,
            is_explained: self.view.explains(title),
        };
        let is_hidden = restriction(ui.ctx(), &card_name(title)).is_some();
        let contents = |ui: &mut egui::Ui| {
            if is_hidden {
                placeholder(ui, &format!("{title}: hidden in this session"));
            } else {
                draw(ui, self);
            }
        };
        let (place, pressed) = full_card(ui, card, contents);
        let explained = self.view.explained.as_mut();
        if let Some(explained) = explained.filter(|it| it.card == title && !is_hidden) {
            explained.place = Some(place);
        }
        match pressed {
            Some(CardButton::Enlarge) => self.view.full = (!fills).then_some(title),
            Some(CardButton::Explain) if is_hidden => {}
            Some(CardButton::Explain) => self.view.explain(title, place),
            None => {}
        }
    }

    /// Hands over numbers that only a card knows, in TeX, while it is explained.
    pub(super) fn hand_over(&mut self, card: &str, numbers: impl FnOnce() -> Vec<String>) {
        if let Some(explained) = self.view.explained.as_mut().filter(|it| it.card == card) {
            explained.numbers = numbers();
        }
    }

    /// Adds a button that asks for `action` and says what that does; it is grey unless it is `enabled`.
    pub(super) fn button(
        &mut self,
        ui: &mut egui::Ui,
        action: Action,
        button: egui::Button<'_>,
        enabled: bool,
    ) {
        let button = match restriction(ui.ctx(), &action_name(action)) {
            None => ui.add_enabled(enabled, button),
            Some(Restriction::Locked) => {
                let button = ui.add_enabled(false, button);
                button.on_disabled_hover_text(LOCKED)
            }
            Some(Restriction::Hidden) => return,
        };
        pointed_frame(ui, action.entry().text, button.rect);
        if button.on_hover_text(action.tooltip(ui.ctx())).clicked() {
            self.actions.push(action);
        }
    }

    /// The track of the draft whose settings are shown.
    pub fn track(&self) -> &TrackRecipe {
        let track = self.draft.tracks.get(self.track);
        track.unwrap_or_else(|| self.draft.track())
    }

    /// The same, to change.
    pub fn track_mut(&mut self) -> &mut TrackRecipe {
        let track = self.track.min(self.draft.tracks.len() - 1);
        &mut self.draft.tracks[track]
    }

    /// Frames `rect`, where `what` is shown, while a symbol of a formula that is this is pointed at.
    pub(super) fn mark(&self, ui: &egui::Ui, what: Shows, rect: egui::Rect) {
        if self.view.is_lit(what) {
            lit_frame(ui, rect);
        }
    }

    /// Tells what an edit of the draft came to, if it was refused.
    pub fn tell(&mut self, edit: Result<(), Error>) {
        self.refused.extend(edit.err());
    }

    /// Whether units of the world in the draft are letters: they are neither drawn nor inverted, and no picture becomes
    /// a sequence of them.
    pub fn is_of_letters(&self) -> bool {
        let alphabet = self.draft.world.settings().alphabet();
        alphabet.letters().is_some()
    }

    /// Mean of all units of what is stored, −1 to 1, to three digits, since the presets worked out for it are to be
    /// read; 0 of an empty memory.
    pub fn mean_activity(&self) -> f64 {
        let stored = self.session.patterns().filter(|stored| !stored.is_empty());
        let mean = stored.map_or(0.0, |stored| stored.mean_activity());
        (1000.0 * mean).round() / 1000.0
    }

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
    /// Its title; no two panels share one.
    fn title(&self) -> &'static str;
    /// Where it stands.
    fn place(&self) -> Place;
    /// Titles of its cards, each of which can fill the window: [`View::full`] says which one does.
    fn cards(&self) -> &'static [&'static str] {
        &[]
    }
    /// Draws it into the space given; one that stands above all others opens a window of its own, when there is need.
    fn ui(&mut self, ui: &mut egui::Ui, context: &mut PanelContext<'_>);
}

/// A place of the window. Panels that share one divide its room evenly, in the order of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The bar at the top.
    Top,
    /// Below the bar, while there is a guide.
    Guide,
    /// The column on the left.
    Left,
    /// The strip at the bottom, between the left column and the right edge.
    Bottom,
    /// The column on the right.
    Right,
    /// What is left in the middle.
    Center,
    /// Right of the memory, where tracks are compared.
    Compare,
    /// Right of the memory, on the tab of attractors.
    Attractors,
    /// The whole window below the bar, on the tab of the lab.
    Lab,
    /// Right of everything else or, in a narrow window, in the place of the memory.
    Lesson,
    /// The whole window, for a class.
    Stage,
    /// Over all others.
    Above,
}

/// Every panel, as it is before the first frame: to add one, write its file and a line here.
pub fn all() -> Vec<Box<dyn Panel>> {
    vec![
        Box::<menu::Menu>::default(),
        Box::<guide::GuidePanel>::default(),
        Box::<memory::Memory>::default(),
        Box::<couplings::Couplings>::default(),
        Box::<charts::Charts>::default(),
        Box::<recall::Recall>::default(),
        Box::<compare::Compare>::default(),
        Box::<attractors::Attractors>::default(),
        Box::<lab::LabPanel>::default(),
        Box::<lesson::LessonPanel>::default(),
        Box::<stage::Stage>::default(),
        Box::<teacher::Teacher>::default(),
        Box::<explained::Explained>::default(),
        Box::<help::Help>::default(),
        Box::<glossary::Glossary>::default(),
        Box::<gallery::Gallery>::default(),
        Box::<pick::Pick>::default(),
        Box::<pictures::Pictures>::default(),
        Box::<opened_picture::OpenedPicture>::default(),
        Box::<candidate::Preview>::default(),
        Box::<palette::Palette>::default(),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jobs::Workers;
    use egui::{RawInput, Rect, pos2, vec2};

    /// Shapes that each panel draws by itself, in a session that has only begun.
    fn drawn_alone(panel: &mut dyn Panel) -> usize {
        let ctx = egui::Context::default();
        crate::app::theme::apply(&ctx);
        let session = Session::new(Recipe::default(), Workers::Caller);
        let mut draft = session.recipe().clone();
        let (mut view, atlas) = (View::default(), Atlas::default());
        let (mut commands, mut actions) = (Vec::new(), Vec::new());
        let mut exports = save::Exports::default();
        let mut refused = Vec::new();
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(pos2(0.0, 0.0), vec2(1280.0, 800.0))),
            ..RawInput::default()
        };
        let mut output = ctx.run_ui(input, |ui| {
            let mut context = PanelContext {
                session: &session,
                snapshot: None,
                snapshots: &[],
                track: 0,
                recent: &[],
                lessons: &[],
                atlas: &atlas,
                view: &mut view,
                draft: &mut draft,
                commands: &mut commands,
                actions: &mut actions,
                exports: &mut exports,
                refused: &mut refused,
            };
            panel.ui(ui, &mut context);
        });
        let draft_is_as_it_was = draft == *session.recipe();
        assert!(draft_is_as_it_was && commands.is_empty() && actions.is_empty());
        assert!(refused.is_empty(), "{refused:?}");
        output.textures_delta.clear(); // There is no card to take them.
        let empty = |shape: &egui::Shape| matches!(shape, egui::Shape::Noop);
        let shapes = output.shapes.iter();
        shapes.filter(|clipped| !empty(&clipped.shape)).count()
    }

    #[test]
    fn every_panel_draws_itself_and_changes_nothing_by_itself() {
        for mut panel in all() {
            let shapes = drawn_alone(&mut *panel);
            let opens_when_asked = matches!(panel.place(), Place::Above | Place::Guide);
            assert_eq!(shapes == 0, opens_when_asked, "{}", panel.title());
        }
    }

    #[test]
    fn titles_differ() {
        let mut titles: Vec<&str> = all().iter().map(|panel| panel.title()).collect();
        titles.sort_unstable();
        assert!(titles.windows(2).all(|two| two[0] < two[1]), "{titles:?}");
    }
}
