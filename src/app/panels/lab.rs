//! Lab: questions about memories, answered by many trials. Settings on the left, the curves in the middle, what is read
//! off them below, and what it says in words on the right.

mod chart;
mod controls;
mod readings;
mod rules;
mod sections;
mod settings;
mod vary;
mod words;

use super::{Panel, PanelContext, Place};
use crate::app::theme::GAP;
use crate::engine::settings::Kinds as _;
use crate::lab::{Lab, LabRecipe};
use crate::session::{LabBook, LabRun};
use egui::{Rect, Ui, UiBuilder, pos2};
use std::collections::BTreeSet;

/// The card with everything that can be set.
const EXPERIMENT: &str = "Experiment";
/// The card with the curves.
const CURVES: &str = "Curves";
/// The card with what is read off the curves.
const READINGS: &str = "Readings";
/// The card with what that says.
const WORDS: &str = "What it says";

/// The panel, with the recipe that is being put together.
pub(super) struct LabPanel {
    /// What Run will run.
    recipe: LabRecipe,
    /// The further axes as they are typed.
    vary: String,
    /// Why they are none.
    vary_problem: Option<String>,
    /// Whether rarely used settings are shown.
    more: bool,
    /// The rule whose settings are shown, by its place.
    open_rule: Option<usize>,
    /// The run that is shown, if it is not the last one.
    main: Option<usize>,
    /// Runs that are laid over it.
    over: BTreeSet<usize>,
    /// How many runs there were in the last frame.
    n_runs: usize,
}

impl Default for LabPanel {
    fn default() -> Self {
        let first = Lab::all().swap_remove(0);
        Self::of(LabRecipe::of(first).expect("experiments start from recipes that can be read"))
    }
}

impl LabPanel {
    fn of(recipe: LabRecipe) -> Self {
        let vary: Vec<String> = recipe.vary.iter().map(ToString::to_string).collect();
        Self {
            vary: vary.join(" "),
            vary_problem: None,
            recipe,
            more: false,
            open_rule: None,
            main: None,
            over: BTreeSet::new(),
            n_runs: 0,
        }
    }

    /// The place of the run that is shown: the one that was chosen, else the last one of this experiment.
    fn main(&self, book: &LabBook) -> Option<usize> {
        let runs = book.runs();
        let is_of_this =
            |run: &LabRun| run.plan().recipe().experiment.kind() == self.recipe.experiment.kind();
        let chosen = self
            .main
            .filter(|main| runs.get(*main).is_some_and(is_of_this));
        chosen.or_else(|| runs.iter().rposition(is_of_this))
    }

    /// Takes in that there are other runs than before; what was opened is what is asked now.
    fn follow(&mut self, book: &LabBook) {
        let runs = book.runs();
        if runs.len() == self.n_runs {
            return;
        }
        let is_more = runs.len() > self.n_runs;
        self.n_runs = runs.len();
        self.main = None;
        self.over.retain(|run| *run < runs.len());
        if let Some(last) = runs.last().filter(|_| is_more)
            && *last.plan().recipe() != self.recipe
        {
            self.show(last, runs.len() - 1);
        }
    }

    /// Shows a run, and asks what it asked.
    fn show(&mut self, run: &LabRun, index: usize) {
        *self = Self {
            over: std::mem::take(&mut self.over),
            n_runs: self.n_runs,
            more: self.more,
            main: Some(index),
            ..Self::of(run.plan().recipe().clone())
        };
    }

    fn card(&mut self, ui: &mut Ui, title: &'static str, context: &mut PanelContext<'_>) {
        let size = ui.available_size();
        context.card(ui, (title, size), false, |ui, context| match title {
            EXPERIMENT => settings::ui(ui, self, context),
            CURVES => chart::ui(ui, self, context),
            READINGS => readings::ui(ui, self, context),
            _ => words::ui(ui, self, context),
        });
    }
}

impl Panel for LabPanel {
    fn title(&self) -> &'static str {
        "Lab"
    }

    fn place(&self) -> Place {
        Place::Lab
    }

    fn cards(&self) -> &'static [&'static str] {
        &[EXPERIMENT, CURVES, READINGS, WORDS]
    }

    fn ui(&mut self, ui: &mut Ui, context: &mut PanelContext<'_>) {
        self.follow(context.session.lab());
        let room = ui.available_rect_before_wrap();
        let full = self
            .cards()
            .iter()
            .find(|card| context.view.full == Some(**card));
        if let Some(card) = full {
            self.card(ui, card, context);
            return;
        }
        let n_rows = self
            .main(context.session.lab())
            .map_or(self.recipe.rules.len(), |run| {
                context.session.lab().runs()[run].plan().n_series()
            });
        let rooms = rooms(room, n_rows);
        for (card, rect) in self.cards().iter().zip(rooms) {
            let builder = UiBuilder::new().id_salt(*card).max_rect(rect);
            self.card(&mut ui.new_child(builder), card, context);
        }
        ui.allocate_rect(room, egui::Sense::hover());
    }
}

/// Where the cards stand, in their order, in a window below the bar; the table has room for so many rows.
fn rooms(room: Rect, n_rows: usize) -> [Rect; 4] {
    let left = (0.21 * room.width()).clamp(262.0, 330.0);
    let right = (0.22 * room.width()).clamp(216.0, 380.0);
    let table = (64.0 + 19.0 * n_rows as f32).clamp(110.0, 0.28 * room.height());
    let (from, to) = (room.left() + left + GAP, room.right() - right - GAP);
    let foot = room.bottom() - table;
    [
        Rect::from_min_max(room.min, pos2(room.left() + left, room.bottom())),
        Rect::from_min_max(pos2(from, room.top()), pos2(to, foot - GAP)),
        Rect::from_min_max(pos2(from, foot), pos2(to, room.bottom())),
        Rect::from_min_max(pos2(to + GAP, room.top()), room.max),
    ]
}
