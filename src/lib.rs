//! Engram: associative memories you can draw on, watch and take apart.
//!
//! A corrupted digit is dropped into a memory that has learned some digits; the memory restores it, flip by flip,
//! and every flip can be seen again with its field, its energy and its overlap with every stored pattern.
//! This page is the architecture: the rooms of the house, what is deliberately absent from each, how a frame goes,
//! and how to add things.
//!
//! # The idea
//!
//! A *world* gives patterns: stored ones, and unseen ones held out. A *learning rule* turns stored patterns into a
//! *memory*. A *cue* dropped into a memory, under a *dynamics*, becomes a *recording*. The *session* is the
//! document: one *recipe* (everything a user can set) and all that follows from it. *Jobs* carry long work. The
//! *app* draws the session and sends commands; the *command line* does the same work with no window.
//!
//! # The rooms
//!
//! | room | what it is | absent |
//! |---|---|---|
//! | [`engine`] | numerics: [patterns](engine::patterns), [corruption](engine::corrupt), memories with [couplings](engine::couplings), [without](engine::dense) and [of letters](engine::potts), [learning rules](engine::learning), what is done to [couplings afterwards](engine::alteration), [dynamics](engine::dynamics), [recordings](engine::recording), [observables](engine::observables), [basins and attractors](engine::attractors), [closed forms](engine::theory), [numbers as people read them](engine::numbers) | window, threads, clock, files, randomness without a seed |
//! | [`worlds`] | where patterns come from: [digits](worlds::mnist), [glyphs](worlds::glyphs), [random patterns](worlds::random), [random features](worlds::features), [spin glasses](worlds::spin_glass), [proteins](worlds::proteins), [the user's files](worlds::files) | opening files: bytes come in |
//! | [`lab`] | [experiments](lab::experiments) over many trials: [recipe](lab::LabRecipe), [plan](lab::LabPlan) of cells in a fixed order, [steps](lab::Steps) through them, [tables](lab::ecsv), [pictures of attractors](lab::portraits), [statistics](lab::statistics), [published numbers](lab::paper) | window, threads, clock, files |
//! | [`jobs`] | a task is an iterator of short slices, run on a thread or by whoever polls it, as long as a budget lasts; the pools that share pieces of work; [errands](jobs::Elsewhere), which are text, for workers of a page; the stopwatch | what the work is about |
//! | [`trial`] | [recipe](trial::Recipe) and [cue](trial::Cue), the [way](trial::run) from them to an outcome with no window, and what is [told](trial::facts) of that | window, threads, clock, files |
//! | [`session`] | the document: recipe, commands, history, playback, what follows from the recipe, and its arrays | window, files |
//! | [`figures`] | what charts show, as data: axes, cells of maps, curves, bands, error bars, bars, marks; [formulas](figures::mathematics) as glyphs and lines at their places | screen, files |
//! | [`lessons`] | [Markdown](lessons::Lesson) whose links are [scripts](lessons::Script), and [conditions](lessons::Condition) over facts; [what every picture shows](lessons::topics), [the glossary](lessons::glossary) | window, files, the session that links act on |
//! | [`export`] | as bytes: figures as SVG, PNG, CSV, recalls as GIF and as PNG frames, [reports](export::Report) | files |
//! | [`cli`] | `engram recall`, `open`, `learn`, `relax`, `contacts`, `predict`, `lab`, `lesson`, `lessons`, `rules`, `world`, `worlds`, `bench` | window |
//! | [`assets`] | files that the program brings along: part of it or, on a page, fetched beside it | what the bytes mean |
//! | `zip` | archives of files, stored as they are | what is in them |
//! | `edge` | the only room that opens files and folders, writes them whole or not at all (a table of the lab grows row by row instead), and asks the system for paths | what the bytes mean |
//! | `app` | the window and the stage: layout, panels, widgets, theme, actions | every number that is shown |
//!
//! Arrows point at what may be named; no arrow, no name. The compiler holds the outermost one (egui is an optional
//! dependency of feature `app`), `tests/engine/boundaries.rs` the others, and clippy's list of disallowed methods
//! keeps threads and clocks in [`jobs`], files and dialogs in `edge` and colours in the theme. No two files import each
//! other, as the same test reads from the sources: what two of them share stands in a file below both. A `mod.rs` may
//! use what its children hold, and they what it declares; so may `x.rs` and the files in `x/`. No two public types
//! share a name.
//!
//! ```text
//! main → app ┐
//!      → cli ┴→ session → lab → trial → worlds → engine
//!   app, cli → lessons → trial
//!        app → export → figures ───────────→ engine
//! app, cli → edge → worlds        session → jobs (knows nobody)        lab → figures
//! ```
//!
//! # Invariants
//!
//! - **One seed decides.** The same recipe gives the same bits on every run, for any size of the steps and on any number
//!   of threads: pieces of work are cut by sizes alone, and what they come to is added up in their order. Fields of
//!   Hebb's rule are whole numbers, and exact while P N < 2^24, so they are the same on every machine; gradient descent
//!   on the pseudo-likelihood adds up in one order everywhere. Factorisations and the products of their factors
//!   (pseudo-inverse, the fast pseudo-likelihood) come from a library whose last bits may differ between processors.
//!   Dense memories take powers by multiplication; their exponentials and those of the heat bath come from `libm`, so
//!   that steps are the same on every machine.
//! - **A state ends in the same bits alone and in any batch**, on any number of threads: fields take up the same columns
//!   in the same order in a [single run](engine::Relaxation) and in a [batch](engine::dynamics::Batch).
//! - **One verdict.** What a run has come to is a [`Nature`](engine::Nature), whoever asks; whether that answers the cue, and
//!   the sentence, are the [`Conclusion`](trial::Conclusion)'s.
//! - **One rule for a field of zero**: the unit keeps its state, in every dynamics. Couplings that are whole numbers
//!   times one number are kept as whole numbers, whoever made them ([`Couplings::new`](engine::Couplings::new)), so that
//!   what should be zero is zero; all others are kept rounded once, so that they are the same before a file and after.
//! - **What single precision does not hold is said**: a whole number that becomes another, a number that becomes zero
//!   are remarks of [what is read](worlds::files::ReadCouplings), never silent.
//! - **A run of n sweeps ends in the state after n sweeps**: what a fixed point would not change, and whole rounds of a
//!   cycle, are left out of it ([`Relaxation::is_over`](engine::Relaxation::is_over)).
//! - **Stepping is running.** A run is a sequence of [ticks](engine::Relaxation::tick) and nothing else; looking back
//!   changes nothing, because a [`Recording`](engine::Recording) only ever grows at its end.
//! - **One writer.** [`Session::apply`](session::Session::apply) takes [commands](session::Command), which are plain
//!   data; every setting and the cue are changed by [`Command::Configure`](session::Command::Configure) with a whole
//!   recipe, mended where an edit leaves something that no longer fits; one that comes from elsewhere takes its place as
//!   it is ([`Command::Replace`](session::Command::Replace)). Undo keeps recipes. A single setting has a [path](trial::Recipe::set), `rule.ridge`, `cue.flip`.
//! - **A document opens to the same bits.** What is [kept](session::Document) of a session is the whole recipe by the
//!   keys of its settings, with every byte that it carries; newer versions and damaged bytes are refused.
//! - **What a teacher locks is held where it is edited.** [Options](session::TeacherOptions) restrict controls by name:
//!   the session refuses an edit that changes a setting which is restricted, wherever it comes from; the window
//!   (`app/restricted.rs`) greys and hides. A recipe that comes whole is no edit.
//! - **Staleness without flags.** A memory keeps the [request](session::LearningRequest) it came from; it is out of date
//!   when that is not what is asked now.
//! - **A learner is stepped, never interrupted.** Pausing is not asking it; keeping is asking for its memory early;
//!   looks at what it has learned so far change nothing in what it learns.
//! - **Plan, then commit.** Whatever can be refused of a recipe is worked out before anything changes
//!   (`session/plan.rs`); putting it in force cannot fail. What is refused changes nothing, and is told in one
//!   [sentence](engine::Error).
//! - **Nothing that was opened is lost in silence.** What is odd about data and what of them is not used are
//!   [`Findings`](worlds::Findings), told in the preview, in JSON and on standard error by the same sentences; a file beside
//!   the one that was named only ever adds.
//! - **Rows of the lab do not depend on how they came about.** A cell's randomness is named by the experiment, its place on
//!   the axes and the repeat, but not the rule, so that rules meet the same patterns and the same noise; shards, threads,
//!   the order of cells and interruptions change nothing.
//! - **Tracks share a clock.** A recipe holds one to four [tracks](trial::TrackRecipe) over the same patterns and cue;
//!   each comes to the bits that it would come to alone. Which did best is a [`TrackComparison`](trial::tracks::TrackComparison),
//!   whoever asks. Recall, couplings and attractors are of the first.
//! - **Nothing that was saved is lost.** Files are written beside their target, to the disk, and then renamed, and the
//!   names are brought to the disk before anybody hears of it; what a window keeps by itself has a file of its own, and is
//!   offered when nobody holds its lock. Whatever may be left after a power cut at any operation is read in a test.
//!
//! # How a frame goes
//!
//! `App::logic`: [`Session::advance`](session::Session::advance) takes in what came of jobs (one event each, in
//! `session/work.rs`) and plays on. `App::ui`: panels read
//! the session and edit a draft of the recipe; if the draft differs in the end it is planned and put in force, and
//! memories and recordings follow in one place (`session/follow.rs`), at once where that fits into a frame, in jobs
//! where it does not: learning, and then, in large couplings, altering them and dropping the cue into them. The old
//! memory and the old recording stay meanwhile, together, and are shown as out of date. When pointer and keys are up, the
//! edit is closed as one step of undo. Nothing moves, nothing repaints. Where every panel stands, and how the window is
//! divided at each size, is decided in one file (`app/layout.rs`).
//!
//! The lab goes the same way: its panel keeps the recipe that is being put together and asks for a run by a command; a job
//! plans it, another works its cells out in a [pool apart](jobs::Job::start_apart), so that no other job waits for them,
//! and `advance` takes in rows. What follows from rows (points, readings, sentences) is worked out when they come in, not
//! when they are drawn ([`LabResults`](session::LabResults)); the figure is made again when one of its runs has changed.
//!
//! # On a page
//!
//! The same sources for `wasm32-unknown-unknown` are the page (`tests/web/build.sh`; `assets/web` has what stands around the
//! program). `cli` is left out; what differs stands in few files: `app/start/page.rs` and the files in its folder, `edge/places.rs` (files
//! that were chosen or dropped lie in memory by name, so that all code that reads by path stays as it is), `edge/saved.rs`
//! (what is saved is a download), `edge/dialogs/page.rs`, `engine/kernels/fused.rs` and `multiplier/page.rs` (fused sums where no
//! instruction makes them, to the same bits), `engine/parallel.rs` and `jobs/pools.rs` (there are no threads). Jobs are done
//! by the window itself in slices of a few milliseconds, in half of the time between two
//! frames ([`Workers::Page`](jobs::Workers::Page)); rows of the lab and of pictures of basins by workers of the page, which run this
//! program without a window: an errand is a document and what of it is wanted, and what comes of it are lines of text
//! (`session/errand.rs`). A second program of the page sets formulas (`src/formulas.rs`, `figures/mathematics/afar.rs`), so that
//! the first is smaller; that one is cut in two, and the first frame waits for what it calls only (`tests/web/halve.mjs`,
//! `assets/web/halves.js`). The browser's storage keeps session and view (`app/start/page/kept.rs`). What is drawn is a canvas: for a screen
//! reader, `app/start/page/mirror.rs` makes elements of AccessKit's tree once somebody asks for them.
//!
//! # How to add …
//!
//! A file needs its `mod` line, and what is in it one entry of a list; nothing else has to change.
//!
//! - **a setting** of a rule, a world or of anything else that has a table: a field of the struct with its default, and
//!   one entry of the [table](engine::settings::Settings) of its type with key, label, help, range, getter and setter.
//!   Sliders, command line, help, paths, documents and the tests over all settings walk the tables. Only the strip
//!   that corrupts the cue is laid out by hand (`app/panels/recall/corruption.rs`).
//! - **a learning rule**: one file in `engine/learning` with a struct of settings that implements
//!   [`Settings`](engine::settings::Settings) and [`Rule`](engine::learning::Rule), and one entry in the list of rules
//!   in its `mod.rs`. Chooser, sliders, formula, command line, help and the tests over all rules read the rest from
//!   its [`RuleInfo`](engine::learning::RuleInfo) and its table; what theory expects of it is its
//!   [`expectation`](engine::learning::Rule::expectation).
//! - **a world**: one file or folder in `worlds` with a struct of settings that implements
//!   [`Settings`](engine::settings::Settings), [`WorldSettings`](worlds::kind::WorldSettings) and
//!   [`WorldKind`](worlds::WorldKind), and one entry in the list of worlds in its `mod.rs`. What takes long is
//!   *prepared* in a job; *storing* picks patterns from it whenever a setting moves. Chooser, sliders, command line
//!   and the tests over all worlds read the rest from its [`WorldInfo`](worlds::WorldInfo) and its table.
//! - **an experiment** of the lab: one file in `lab/experiments` with a struct of settings that implements
//!   [`Settings`](engine::settings::Settings) and [`Experiment`](lab::Experiment) (its own axis, columns, how it
//!   corrupts cues, what one network gives, and how samples become a row), and one entry in the list in its `mod.rs`. A
//!   published number to hold it against is one entry in `lab/paper/table`.
//! - **something to be told of a trial**: one line in the table of [facts](trial::facts), and one file in
//!   `engine/observables` where it is new to be worked out. JSON, help and scripts read the table.
//! - **a key of a document**: a field of what is written in `session/document`, the next version, and a step from the last
//!   one to it in `session/document/steps.rs`; documents of every older version are to open for ever.
//! - **a measurement**, which takes longer than a frame: one file in `session/measure` that says of what it can be
//!   measured, yields slices and reads what came of them, and one entry in the list in `mod.rs`; it runs in a job when
//!   somebody looks, is kept with the memory it is of, and declined with a reason where it makes no sense.
//! - **a scene** of the gallery: one entry in `lessons/scenes.rs`, and its picture, which the window tests take.
//! - **a lesson**: one file in `assets/lessons` and one line in `lessons/list.rs`; the tests run its claims and answers.
//! - **a term** of the glossary: one entry in a file of `lessons/glossary`; the palette finds it.
//! - **a card**: its title in `app/panels/explained/topics.rs`, what it shows in `lessons/topics`, and its numbers in
//!   `app/panels/explained/now.rs`; a test goes over all cards.
//! - **a panel**: one file in `app/panels` that implements `Panel` (title, place, cards that can fill the window,
//!   drawing; what it keeps between frames is its own), and one entry in the list in `mod.rs`. Panels that share a
//!   place divide its room; the tests walk the same list.
//! - **a command**: one file in `cli` with a struct of flags that implements `Run`, examples that a test runs, and one
//!   entry in the list in `mod.rs`. Whatever it reads and writes goes through `edge::distinct` first.
//! - **a control that a teacher can restrict**: nothing, where it is a setting of a table, an action, a tab, a card or a
//!   segmented choice; else a name in `session/teacher.rs`, and `restricted` around it where it is drawn.
//! - **an action** (key, palette, menu): a member and a line of the table in `app/actions.rs` and its deed in
//!   `app/act.rs`; a place in a menu, if it has one, in `app/panels/menu.rs`.

#[cfg(feature = "app")]
pub mod app;
pub mod assets;
#[cfg(not(target_arch = "wasm32"))]
pub mod cli;
mod edge;
pub mod engine;
pub mod export;
pub mod figures;
pub mod jobs;
pub mod lab;
pub mod lessons;
pub mod session;
pub mod trial;
pub mod worlds;
mod zip;
