//! The window: the only room that knows egui.
//!
//! A frame: `logic` lets the session take in jobs and play on; `ui` draws the panels, which read the session and
//! leave a draft of the recipe, commands and actions behind; these are applied; a refusal becomes a notice; when
//! pointer and keys are up, the session is told, so that the next edit is a new step of undo. Nothing moves,
//! nothing repaints. Absent: every number that is shown.

mod act;
pub mod actions;
pub mod bench;
mod documents;
mod embed;
mod exports;
mod fields;
mod files;
mod keys;
mod layout;
mod notice;
pub mod panels;
#[cfg(not(target_arch = "wasm32"))]
mod remembered;
mod report;
pub mod restricted;
mod sessions;
mod sight;
mod snapshot;
pub mod start;
pub mod theme;
pub mod view;
pub mod widgets;

use crate::engine::Error;
use crate::jobs::{Wake, Workers};
use crate::lessons::{self, Lesson, Script};
use crate::session::{Command, Session};
use crate::trial::{MAX_TRACKS, Recipe};
use actions::Action;
use documents::Documents;
use egui::Key;
use fields::FieldsCache;
use files::FileTasks;
use notice::Notice;
use panels::save::Exports;
use panels::{Panel, PanelContext};
use snapshot::Snapshot;
use std::sync::Arc;
use std::time::Duration;
use view::{Guide, Tab, View};
use widgets::thumbnails::Atlas;

/// Time a frame may spend on the document.
const BUDGET: Duration = Duration::from_millis(4);

/// The most of it on a page.
const LONGEST_BUDGET: Duration = Duration::from_millis(100);

/// Time that this frame may spend on the document. On a page, where jobs have no threads, that is half of what passes
/// between two frames: where drawing takes long, waiting for it would take most of the time.
fn budget(ctx: &egui::Context) -> Duration {
    if cfg!(target_arch = "wasm32") {
        let between = ctx.input(|input| input.stable_dt);
        let half = Duration::from_secs_f32((between / 2.0).clamp(0.0, 1.0));
        half.clamp(BUDGET, LONGEST_BUDGET)
    } else {
        BUDGET
    }
}

/// Threads, or workers of the page, that wake the window whenever they have something to say.
fn workers(ctx: &egui::Context) -> Workers {
    let waker = ctx.clone();
    let wake: Wake = Arc::new(move || waker.request_repaint());
    #[cfg(not(target_arch = "wasm32"))]
    let workers = Workers::Threads(wake);
    #[cfg(target_arch = "wasm32")]
    let workers = Workers::Page(Arc::clone(&wake), start::elsewhere(wake));
    workers
}

/// What panels leave behind: commands, actions, refusals to be told.
type Asked<'a> = (
    &'a mut Vec<Command>,
    &'a mut Vec<Action>,
    &'a mut Vec<Error>,
);

/// The window's state: the document, how one looks at it, and the panels.
pub struct App {
    session: Session,
    view: View,
    /// One for each track; of all but the first only where they are seen.
    snapshots: Vec<Option<Snapshot>>,
    fields: [FieldsCache; MAX_TRACKS],
    atlas: Atlas,
    panels: Vec<Box<dyn Panel>>,
    files: FileTasks,
    exports: Exports,
    documents: Documents,
    /// Those that the program brings along, and those that were opened.
    lessons: Vec<Lesson>,
    notice: Notice,
    /// Scripts from outside, to be done once there is a recording.
    scripts: Vec<Script>,
    /// What was told to the page around.
    #[cfg(target_arch = "wasm32")]
    told: start::Told,
    /// When time was last let pass, in egui's seconds.
    seen: f64,
}

impl App {
    /// The window on `recipe`, as it was left last time if `storage` remembers.
    pub fn new(ctx: &egui::Context, recipe: Recipe, storage: Option<&dyn eframe::Storage>) -> Self {
        theme::apply(ctx);
        let session = Session::new(recipe, workers(ctx));
        Self::with_session(session, storage)
    }

    fn with_session(mut session: Session, storage: Option<&dyn eframe::Storage>) -> Self {
        let remembered = storage.map(|storage| start::remembered(storage, "view"));
        let is_first = matches!(remembered, Some(None));
        let mut view: View = remembered.flatten().unwrap_or_default();
        if is_first {
            view.guide = Some(Guide::at_first());
        }
        view.mend();
        let mut notice = Notice::default();
        if let Err(problem) = session.apply(Command::SetSpeed(view.speed)) {
            notice.refuse(&problem);
        }
        let recent = storage.and_then(|storage| start::remembered(storage, "recent"));
        let documents = Documents::new(&session, recent.unwrap_or_default());
        Self {
            documents,
            lessons: lessons::built_in(),
            session,
            view,
            snapshots: Vec::new(),
            fields: Default::default(),
            atlas: Atlas::default(),
            panels: panels::all(),
            files: FileTasks::default(),
            exports: Exports::default(),
            notice,
            scripts: Vec::new(),
            #[cfg(target_arch = "wasm32")]
            told: start::Told::default(),
            seen: 0.0,
        }
    }

    /// The document, to read.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// The symbol of a formula that is pointed at: what it is has a frame.
    pub fn pointed_symbol(&self) -> Option<crate::engine::learning::Symbol> {
        self.view.shown_symbol
    }

    /// What was refused and what went wrong, a line each, until it is closed.
    pub fn notice(&self) -> Option<String> {
        self.notice.text()
    }

    /// Says that something went wrong before the window opened.
    #[cfg(not(target_arch = "wasm32"))]
    fn tell(&mut self, problem: &Error) {
        self.notice.add(problem);
    }

    /// Reads the file or folder at `path`, as if it were dropped on the window.
    pub fn open(&mut self, path: &std::path::Path) {
        self.open_all(vec![path.to_owned()]);
    }

    /// The same for files that are opened together.
    pub fn open_all(&mut self, paths: Vec<std::path::PathBuf>) {
        self.view.guide = None;
        self.files.read(paths);
    }

    /// Saves figures and pictures into `folder` from now on, by the names that a dialog would offer: for tests, and for
    /// a screen without a desktop.
    pub fn save_into(&mut self, folder: std::path::PathBuf) {
        self.files.save_into(folder);
    }

    /// Opens no dialogs of the system from now on, which no test could close.
    pub fn ask_nobody(&mut self) {
        self.files.ask_nobody();
    }

    /// Lets time pass: jobs, playing on.
    pub fn advance(&mut self, ctx: &egui::Context) {
        let now = ctx.input(|input| input.time);
        let elapsed = Duration::from_secs_f64((now - self.seen).clamp(0.0, 1.0));
        self.seen = now;
        let advance = self.session.advance(elapsed, budget(ctx));
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
            Some(Ok(news)) => self.take_news(ctx, news),
            Some(Err(problem)) => self.notice.add(&problem),
            None => (),
        }
    }

    /// Draws one frame and does what the user asked for.
    pub fn frame(&mut self, ui: &mut egui::Ui) {
        let ctx = ui.ctx().clone();
        self.update_snapshots(&workers(&ctx));
        theme::point_at(&ctx, self.view.pointed.as_deref());
        self.restrict(&ctx);
        self.reduce_motion(&ctx);
        if let Some(patterns) = self.session.patterns() {
            self.atlas
                .update(&ctx, patterns, self.session.patterns_version());
        }
        let first = self.snapshots.first().and_then(Option::as_ref);
        let n_units = first.map_or(0, |snapshot| snapshot.state.n_units());
        self.view.unit = self.view.unit.filter(|unit| *unit < n_units);
        let mut draft = self.session.recipe().clone();
        let mut commands = Vec::new();
        let mut actions = keys::pressed(&ctx);
        if self.view.tab == Tab::Lab && !self.view.stage {
            // What is not to be seen is not changed by a key.
            actions.retain(|action| !action.is_of_recall());
        }
        (self.view.hovered_unit, self.view.hovered_pattern) = (None, None);
        self.view.hovered_symbol = None;
        self.view.watched.clear();
        self.view.tab_begins = ctx.memory(|memory| memory.focused().is_none())
            && ctx.input(|input| input.key_pressed(Key::Tab) && !input.modifiers.shift);
        let mut refused = Vec::new();
        self.exports.begin();
        let asked = (&mut commands, &mut actions, &mut refused);
        self.panels(ui, &mut draft, asked);
        self.notice_ui(&ctx);
        if FileTasks::hovering(&ctx) {
            files::drop_here(&ctx);
        }
        for wish in self.exports.take() {
            self.files.export(&ctx, wish);
        }
        let acts = actions.iter().any(|action| action.is_of_recall());
        if self.is_out_of_sight(&draft) || (acts && self.view.tab != Tab::Compare) {
            // What is changed is to be seen.
            self.view.turn_to(Tab::Recall);
        }
        for action in actions {
            let done = self.act_if_free(&ctx, action, &mut draft, &mut commands);
            refused.extend(done.err());
        }
        if draft != *self.session.recipe() {
            commands.insert(0, Command::Configure(Box::new(draft)));
        }
        commands.extend(self.idle_work());
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
        for problem in &refused {
            self.notice.refuse(problem);
        }
        // What is opened takes the place of what was edited.
        self.sessions(&ctx);
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
        let moved = shown != (view.shown_unit, view.shown_pattern)
            || view.hovered_symbol != view.shown_symbol;
        (view.shown_unit, view.shown_pattern) = shown;
        view.shown_symbol = view.hovered_symbol;
        if busy || moved || self.exports.is_waiting() {
            ctx.request_repaint();
        }
    }

    fn panels(
        &mut self,
        ui: &mut egui::Ui,
        draft: &mut Recipe,
        (commands, actions, refused): Asked<'_>,
    ) {
        let Self {
            session,
            view,
            snapshots,
            atlas,
            panels,
            documents,
            lessons,
            exports,
            scripts,
            ..
        } = self;
        let last = draft.tracks.len().saturating_sub(1);
        view.track = view.track.min(last);
        let track = match view.tab {
            Tab::Compare if !view.stage => view.track,
            _ => 0,
        };
        let mut context = PanelContext {
            session,
            snapshot: snapshots.first().and_then(Option::as_ref),
            snapshots,
            track,
            recent: documents.recent(),
            lessons,
            atlas,
            view,
            draft,
            commands,
            actions,
            exports,
            refused,
        };
        layout::ui(ui, panels, &mut context);
        // A page may send them before there is anything to settle.
        if context.session.recording().is_some() {
            for script in scripts.drain(..) {
                panels::run(&script, &mut context);
            }
        }
    }

    /// The window closes.
    fn end(&mut self) {
        self.files.end();
        self.documents.end(&self.session, &self.view);
    }

    fn notice_ui(&mut self, ctx: &egui::Context) {
        if self.notice.ui(ctx) {
            self.notice.clear();
        }
    }
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &egui::Context, _frame: &mut eframe::Frame) {
        self.advance(ctx);
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        self.frame(ui);
        #[cfg(target_arch = "wasm32")]
        self.tell_outside(ui.ctx());
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn on_exit(&mut self) {
        self.end();
    }

    #[cfg(target_arch = "wasm32")]
    fn on_exit(&mut self, _gl: Option<&eframe::glow::Context>) {
        self.end();
    }

    #[cfg(target_arch = "wasm32")]
    fn as_any_mut(&mut self) -> Option<&mut dyn std::any::Any> {
        Some(self)
    }

    fn save(&mut self, storage: &mut dyn eframe::Storage) {
        self.view.speed = self.session.speed();
        start::remember(storage, "view", &self.view);
        start::remember(storage, "recent", &self.documents.recent());
        #[cfg(target_arch = "wasm32")]
        self.keep_in(storage);
    }
}

#[cfg(test)]
mod tests;
