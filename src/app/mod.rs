//! The window: the only room that knows egui.
//!
//! A frame: `logic` lets the session take in jobs and play on; `ui` draws the panels, which read the session and
//! leave a draft of the recipe, commands and actions behind; these are applied; a refusal becomes a notice; when
//! pointer and keys are up, the session is told, so that the next edit is a new step of undo. Nothing moves,
//! nothing repaints. Absent: every number that is shown.

mod act;
pub mod actions;
pub mod bench;
mod candidate;
mod files;
mod help;
mod menu;
mod notice;
mod palette;
pub mod panels;
mod pick;
mod picture;
mod snapshot;
pub mod start;
pub mod theme;
pub mod view;
pub mod widgets;

use crate::jobs::Workers;
use crate::session::{Command, Session};
use crate::trial::Recipe;
use actions::Action;
use candidate::Preview;
use files::FileTasks;
use notice::Notice;
use panels::charts::Charts;
use panels::couplings::Couplings;
use panels::memory::Memory;
use panels::recall::Recall;
use panels::{Panel as _, PanelContext};
use pick::Pick;
use snapshot::Snapshot;
use std::sync::Arc;
use std::time::Duration;
use view::View;
use widgets::thumbnails::Atlas;

/// Time a frame may spend on the document.
const BUDGET: Duration = Duration::from_millis(5);

/// The window's state: the document, how one looks at it, and the panels' caches.
pub struct App {
    session: Session,
    view: View,
    snapshot: Option<Snapshot>,
    atlas: Atlas,
    memory: Memory,
    recall: Recall,
    charts: Charts,
    couplings: Couplings,
    pick: Pick,
    preview: Preview,
    files: FileTasks,
    notice: Notice,
    /// When time was last let pass, in egui's seconds.
    seen: f64,
}

/// The parts of the window.
#[derive(Clone, Copy)]
enum Part {
    Menu,
    Memory,
    Couplings,
    Charts,
    Recall,
}

impl App {
    /// The window on `recipe`, as it was left last time if `storage` remembers.
    pub fn new(ctx: &egui::Context, recipe: Recipe, storage: Option<&dyn eframe::Storage>) -> Self {
        theme::apply(ctx);
        let waker = ctx.clone();
        let workers = Workers::Threads(Arc::new(move || waker.request_repaint()));
        let session = Session::new(recipe, workers);
        Self::with_session(session, storage)
    }

    fn with_session(mut session: Session, storage: Option<&dyn eframe::Storage>) -> Self {
        let mut view: View = storage
            .and_then(|storage| eframe::get_value(storage, "view"))
            .unwrap_or_default();
        view.mend();
        let mut notice = Notice::default();
        if let Err(problem) = session.apply(Command::SetSpeed(view.speed)) {
            notice.refuse(&problem);
        }
        Self {
            session,
            view,
            snapshot: None,
            atlas: Atlas::default(),
            memory: Memory,
            recall: Recall::default(),
            charts: Charts::default(),
            couplings: Couplings::default(),
            pick: Pick::default(),
            preview: Preview::default(),
            files: FileTasks::default(),
            notice,
            seen: 0.0,
        }
    }

    /// The document, to read.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// What was refused and what went wrong, a line each, until it is closed.
    pub fn notice(&self) -> Option<String> {
        self.notice.text()
    }

    /// Reads the file or folder at `path`, as if it were dropped on the window.
    pub fn open(&mut self, path: &std::path::Path) {
        self.files.read(vec![path.to_owned()]);
    }

    /// Does what `command` says, and says whether it did; a refusal becomes a notice.
    pub fn command(&mut self, command: Command) -> bool {
        let edits = matches!(
            command,
            Command::Configure(_) | Command::UseCouplings { .. } | Command::Undo | Command::Redo
        );
        let result = self.session.apply(command);
        match &result {
            Err(problem) => self.notice.refuse(problem),
            // What was refused is no longer asked for.
            Ok(()) if edits => self.notice = Notice::default(),
            Ok(()) => (),
        }
        result.is_ok()
    }

    /// Lets time pass: jobs, playing on.
    pub fn advance(&mut self, ctx: &egui::Context) {
        let now = ctx.input(|input| input.time);
        let elapsed = Duration::from_secs_f64((now - self.seen).clamp(0.0, 1.0));
        self.seen = now;
        let advance = self.session.advance(elapsed, BUDGET);
        for problem in &advance.problems {
            self.notice.add(problem);
        }
        if let Some(after) = advance.again_after {
            ctx.request_repaint_after(after);
        }
        let patterns = self.session.patterns();
        self.files
            .set_n_units(patterns.map_or(0, |patterns| patterns.n_units()));
        match self.files.poll(ctx) {
            Some(Ok(command)) => {
                self.command(command);
            }
            Some(Err(problem)) => self.notice.add(&problem),
            None => (),
        }
    }

    /// Draws one frame and does what the user asked for.
    pub fn frame(&mut self, ui: &mut egui::Ui) {
        let ctx = ui.ctx().clone();
        self.snapshot = Snapshot::update(self.snapshot.take(), &self.session);
        if let Some(patterns) = self.session.patterns() {
            self.atlas
                .update(&ctx, patterns, self.session.patterns_version());
        }
        let n_units = self
            .snapshot
            .as_ref()
            .map_or(0, |snapshot| snapshot.state.n_units());
        self.view.unit = self.view.unit.filter(|unit| *unit < n_units);
        let mut draft = self.session.recipe().clone();
        let mut commands = Vec::new();
        let mut actions = actions::pressed(&ctx);
        (self.view.hovered_unit, self.view.hovered_pattern) = (None, None);
        self.panels(ui, &mut draft, &mut commands, &mut actions);
        self.notice_ui(&ctx);
        if FileTasks::hovering(&ctx) {
            files::drop_here(&ctx);
        }
        for action in actions {
            self.act(&ctx, action, &mut draft, &mut commands);
        }
        if draft != *self.session.recipe() {
            commands.insert(0, Command::Configure(Box::new(draft)));
        }
        let busy = !commands.is_empty();
        let playing = self.session.is_playing();
        let mut all_done = true;
        for command in commands {
            // A look ends with what was looked at being taken: it goes on where that is refused.
            let ends_a_look = matches!(command, Command::ClosePicture | Command::CloseWorld);
            if all_done || !ends_a_look {
                all_done &= self.command(command);
            }
        }
        if self.session.is_playing() && !playing {
            // The time before Play was pressed is not played.
            self.seen = ctx.input(|input| input.time);
        }
        if !ctx.input(|input| input.pointer.any_down() || !input.keys_down.is_empty()) {
            self.session.settle();
        }
        let view = &mut self.view;
        if !std::mem::take(&mut view.keep_unit) {
            view.unit = view.hovered_unit.or(view.unit);
        }
        let shown = (view.hovered_unit, view.hovered_pattern);
        let moved = shown != (view.shown_unit, view.shown_pattern);
        (view.shown_unit, view.shown_pattern) = shown;
        if busy || moved {
            ctx.request_repaint();
        }
    }

    fn panels(
        &mut self,
        ui: &mut egui::Ui,
        draft: &mut Recipe,
        commands: &mut Vec<Command>,
        actions: &mut Vec<Action>,
    ) {
        let Self {
            session,
            view,
            snapshot,
            atlas,
            memory,
            recall,
            charts,
            couplings,
            pick,
            preview,
            ..
        } = self;
        let mut context = PanelContext {
            session,
            snapshot: snapshot.as_ref(),
            atlas,
            view,
            draft,
            commands,
            actions,
        };
        Self::place(ui, |ui, part| match part {
            Part::Menu => menu::ui(ui, &mut context),
            Part::Memory => memory.ui(ui, &mut context),
            Part::Couplings => couplings.ui(ui, &mut context),
            Part::Charts => charts.ui(ui, &mut context),
            Part::Recall => recall.ui(ui, &mut context),
        });
        help::ui(ui.ctx(), &mut context);
        pick.ui(ui.ctx(), &mut context);
        picture::ui(ui.ctx(), &mut context);
        preview.ui(ui.ctx(), &mut context);
        palette::ui(ui.ctx(), &mut context);
    }

    /// The layout: who stands where, and how much room it has.
    fn place(ui: &mut egui::Ui, mut draw: impl FnMut(&mut egui::Ui, Part)) {
        let screen = ui.max_rect().size();
        let gap = theme::GAP as i8;
        let background = egui::Frame::new().fill(theme::Palette::of(ui.visuals()).window);
        let frame = |left: i8, right: i8| {
            background.inner_margin(egui::Margin {
                left,
                right,
                top: 0,
                bottom: gap,
            })
        };
        let fixed = |panel: egui::Panel| panel.resizable(false).show_separator_line(false);
        fixed(egui::Panel::top("menu"))
            .frame(background.inner_margin(egui::Margin::symmetric(gap + 4, 5)))
            .show(ui, |ui| draw(ui, Part::Menu));
        fixed(egui::Panel::left("memory"))
            .exact_size((0.2 * screen.x).clamp(250.0, 330.0))
            .frame(frame(gap, 0))
            .show(ui, |ui| draw(ui, Part::Memory));
        fixed(egui::Panel::bottom("couplings"))
            .exact_size((0.275 * screen.y).clamp(220.0, 380.0))
            .frame(frame(gap, gap))
            .show(ui, |ui| draw(ui, Part::Couplings));
        fixed(egui::Panel::right("charts"))
            .exact_size((0.285 * screen.x).clamp(340.0, 620.0))
            .frame(frame(0, gap))
            .show(ui, |ui| draw(ui, Part::Charts));
        egui::CentralPanel::default()
            .frame(frame(gap, gap))
            .show(ui, |ui| draw(ui, Part::Recall));
    }

    fn notice_ui(&mut self, ctx: &egui::Context) {
        if self.notice.ui(ctx) {
            self.notice = Notice::default();
        }
    }
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &egui::Context, _frame: &mut eframe::Frame) {
        self.advance(ctx);
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        self.frame(ui);
    }

    fn save(&mut self, storage: &mut dyn eframe::Storage) {
        self.view.speed = self.session.speed();
        eframe::set_value(storage, "view", &self.view);
    }
}
