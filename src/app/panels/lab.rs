//! Lab: questions about memories, answered by many trials. Settings on the left, the curves in the middle, what is read
//! off them below, and what it says in words on the right.

mod chart;
mod controls;
mod legend;
mod numbers;
mod readings;
mod rules;
mod sections;
mod settings;
mod vary;
mod words;

use super::{Panel, PanelContext, Place};
use crate::app::theme::GAP;
use crate::engine::settings::Kinds as _;
use crate::lab::figure::LabView;
use crate::lab::{Lab, LabRecipe};
use crate::session::{LabBook, LabRun, LabRunId};
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
    /// The run that is shown, if it was chosen.
    chosen: Option<LabRunId>,
    /// Runs that are laid over it, where they can be.
    over: BTreeSet<LabRunId>,
    /// The newest run that was seen.
    newest: Option<LabRunId>,
    /// What Run was pressed for last.
    asked: Option<LabRecipe>,
    /// How the run is shown, where it can be.
    view: LabView,
    drawn: chart::Drawn,
}

/// A run as it stands in lists: "2. Basins: α = 0.4, N = 400".
fn titled(run: &LabRun) -> String {
    format!("{}. {}", run.id(), run.results().title())
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
            chosen: None,
            over: BTreeSet::new(),
            newest: None,
            asked: None,
            view: LabView::default(),
            drawn: chart::Drawn::default(),
        }
    }

    /// The run that is shown: the one that was chosen, else the last one of this experiment.
    fn main<'a>(&self, book: &'a LabBook) -> Option<&'a LabRun> {
        let is_of_this =
            |run: &&LabRun| run.plan().recipe().experiment.kind() == self.recipe.experiment.kind();
        let chosen = self.chosen.and_then(|id| book.run(id));
        chosen
            .filter(is_of_this)
            .or_else(|| book.runs().iter().rfind(is_of_this))
    }

    /// Whether the curves of `run` lie over those of `main`.
    fn lies_over(&self, main: &LabRun, run: &LabRun) -> bool {
        let can = || run.results().stands_apart_from(main.results()).is_none();
        run.id() != main.id() && self.over.contains(&run.id()) && can()
    }

    /// Shows a run that has begun or was opened since the last frame; what was opened is what is asked now.
    fn follow(&mut self, book: &LabBook) {
        self.over.retain(|id| book.run(*id).is_some());
        let Some(last) = book.runs().last() else {
            return;
        };
        if Some(last.id()) <= self.newest {
            return;
        }
        self.newest = Some(last.id());
        if self.asked.as_ref() == Some(last.plan().recipe()) {
            self.chosen = Some(last.id());
        } else {
            self.show(last);
        }
    }

    /// Shows a run, and asks what it asked.
    fn show(&mut self, run: &LabRun) {
        self.ask(run.plan().recipe().clone());
        self.chosen = Some(run.id());
    }

    /// Asks something else; runs stay as they are.
    fn ask(&mut self, recipe: LabRecipe) {
        *self = Self {
            over: std::mem::take(&mut self.over),
            newest: self.newest,
            asked: self.asked.take(),
            more: self.more,
            view: self.view,
            drawn: std::mem::take(&mut self.drawn),
            ..Self::of(recipe)
        };
    }

    fn card(&mut self, ui: &mut Ui, title: &'static str, context: &mut PanelContext<'_>) {
        let size = ui.available_size();
        let book = context.session.lab();
        context.hand_over(title, || numbers::numbers(self, title, book));
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
        if let Some(asked) = context.view.lab_asked.take() {
            self.ask(asked);
        }
        let room = ui.available_rect_before_wrap();
        let full = self
            .cards()
            .iter()
            .find(|card| context.view.full == Some(**card));
        if let Some(card) = full {
            self.card(ui, card, context);
            return;
        }
        let main = self.main(context.session.lab());
        let n_rows = main.map_or(self.recipe.rules.len(), |run| {
            run.plan().n_series() + run.results().families().len()
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
