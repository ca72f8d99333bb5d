//! The panels, one file each, named as on screen, and the list of them: window and tests walk through [`all`].
//!
//! A panel reads the session, edits a draft of the recipe and collects commands; it never changes the document. What
//! it keeps between frames is its own.

mod attractors;
mod candidate;
mod charts;
mod couplings;
mod help;
mod lab;
mod memory;
mod menu;
mod opened_picture;
mod palette;
mod pick;
mod recall;
pub mod save;
mod stage;

use super::actions::Action;
use super::snapshot::Snapshot;
use super::theme::lit_frame;
use super::view::View;
use super::widgets::full_card::{Card, full_card};
use super::widgets::thumbnails::Atlas;
use crate::engine::Error;
use crate::engine::learning::Shows;
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
    /// What is to be saved.
    pub exports: &'a mut Vec<save::SaveWish>,
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
        let fills = self.view.full == Some(title);
        let card = Card {
            title,
            size,
            stale,
            fills,
        };
        if full_card(ui, card, |ui| draw(ui, self)) {
            self.view.full = (!fills).then_some(title);
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
        let button = ui.add_enabled(enabled, button);
        if button.on_hover_text(action.tooltip(ui.ctx())).clicked() {
            self.actions.push(action);
        }
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
    /// The column on the left.
    Left,
    /// The strip at the bottom, between the left column and the right edge.
    Bottom,
    /// The column on the right.
    Right,
    /// What is left in the middle.
    Center,
    /// Right of the memory, on the tab of attractors.
    Attractors,
    /// The whole window below the bar, on the tab of the lab.
    Lab,
    /// The whole window, for a class.
    Stage,
    /// Over all others.
    Above,
}

/// Every panel, as it is before the first frame: to add one, write its file and a line here.
pub fn all() -> Vec<Box<dyn Panel>> {
    vec![
        Box::<menu::Menu>::default(),
        Box::<memory::Memory>::default(),
        Box::<couplings::Couplings>::default(),
        Box::<charts::Charts>::default(),
        Box::<recall::Recall>::default(),
        Box::<attractors::Attractors>::default(),
        Box::<lab::LabPanel>::default(),
        Box::<stage::Stage>::default(),
        Box::<help::Help>::default(),
        Box::<pick::Pick>::default(),
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
        let (mut commands, mut actions, mut exports) = (Vec::new(), Vec::new(), Vec::new());
        let mut refused = Vec::new();
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(pos2(0.0, 0.0), vec2(1280.0, 800.0))),
            ..RawInput::default()
        };
        let mut output = ctx.run_ui(input, |ui| {
            let mut context = PanelContext {
                session: &session,
                snapshot: None,
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
            let opens_when_asked = panel.place() == Place::Above;
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
