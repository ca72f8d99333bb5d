//! `engram bench frame`: what one frame costs, with no GPU: the session's share, the panels, the tessellation; and
//! what stands behind it: opening, an edit, a sweep.
//!
//! A frame is what the window does between two pictures: jobs' news are taken in, panels drawn, what the user asked for
//! done. After an edit every frame counts until what was asked for is shown.

mod busy;
mod large;
mod moving;
mod table;
mod tracks;

pub use busy::frame_beside_a_sweep;

use super::App;
use crate::engine::corrupt::Noise;
use crate::engine::{Dynamics, LearningRule, Recording, State};
use crate::session::{Command, StepUnit};
use crate::trial::Recipe;
use egui::{Context, RawInput, Rect, pos2, vec2};
use std::sync::Arc;
use table::{Clock, Table, Took};

/// Frames that a figure is taken from where nothing else says how many.
const FRAMES: usize = 300;

/// Measures everything; the table to print.
pub fn frame() -> String {
    let mut table = Table::default();
    let mut window = Bench::open();
    table.row(
        "open: digits, learning, first frame, no GPU",
        &[window.opened],
    );
    moving::rows(&mut window, &mut table);
    window.edit(|recipe| store(recipe, 100));
    window.wait();
    table.row("idle frame, P = 100", &window.frames(FRAMES));
    table.row(
        "edit ridge, pseudo-inverse, P = 30, until shown",
        &ridges(&mut window),
    );
    window.edit(|recipe| store(recipe, 100));
    window.wait();
    window.edit(|recipe| recipe.track_mut().dynamics = Dynamics::Glauber { temperature: 0.3 });
    window.apply(Command::SetStep(StepUnit::Sweep));
    window.apply(Command::SetSpeed(60.0));
    window.edit(|recipe| recipe.max_sweeps = 10_000);
    window.wait();
    window.apply(Command::Play(true));
    table.row(
        "playing a sweep a frame, N = 784, P = 100",
        &window.frames(FRAMES),
    );
    window.apply(Command::Play(false));
    window.edit(|recipe| {
        recipe.track_mut().dynamics = Dynamics::Asynchronous;
        recipe.track_mut().rule = LearningRule::ALL[0]();
        store(recipe, 1000);
    });
    window.wait();
    table.row(
        "edit P, Hebb, N = 784, P = 1000, until shown",
        &window.edits(20, |recipe, edit| {
            store(recipe, 1000 + 10 * (edit % 2));
        }),
    );
    assert!(!window.app.session.is_stale(), "all is shown");
    table.row(
        "edit dilution, N = 784, until shown",
        &window.edits(20, large::dilute),
    );
    window.edit(|recipe| recipe.track_mut().alteration.dilution = 0.0);
    window.wait();
    sweeps(&window, &mut table);
    table.row(
        "edit c1pre, Taylor, N = 784, P = 1000, until shown",
        &coefficients(&mut window),
    );
    large::rows(&mut window, &mut table);
    tracks::rows(&mut Bench::open(), &mut table);
    table.text()
}

/// Edits of a coefficient of the Taylor rule, at P = 1,000: the sums over the patterns are there.
fn coefficients(window: &mut Bench) -> Vec<Took> {
    window.edit(|recipe| {
        recipe.track_mut().rule = LearningRule::named("taylor").expect("there is such a rule");
    });
    window.wait();
    window.edits(20, |recipe, edit| {
        let value = 0.1 + 0.1 * f64::from(edit % 2);
        let set = recipe.track_mut().rule.set("c1pre", value);
        set.expect("the coefficient has such values");
    })
}

/// Edits of a setting of the pseudo-inverse rule.
fn ridges(window: &mut Bench) -> Vec<Took> {
    window.edit(|recipe| store(recipe, 30));
    window.wait();
    window.edits(20, |recipe, edit| {
        let rule = format!("pseudo-inverse:ridge=1e-{}", 5 + edit % 2);
        recipe.track_mut().rule = LearningRule::parse(&rule).expect("there is such a setting");
    })
}

/// One asynchronous sweep, at rest and from a random start.
fn sweeps(window: &Bench, table: &mut Table) {
    let Some(old) = window.app.session.recording() else {
        return;
    };
    let (memory, patterns) = (Arc::clone(old.memory()), Arc::clone(old.patterns()));
    let record = |cue: State| {
        Recording::new(
            Arc::clone(&memory),
            Arc::clone(&patterns),
            cue,
            Dynamics::Glauber { temperature: 0.0 },
            1,
        )
    };
    let mut rng = crate::engine::rng::stream(1, "bench");
    let mut random = Vec::new();
    let mut resting = Vec::new();
    for _ in 0..100 {
        let cue = State::from_fn(784, |_| rand::RngExt::random(&mut rng));
        let mut recording = record(cue);
        let clock = Clock::start();
        recording.extend_to(784);
        random.push(clock.took());
        recording.settle(1000);
        let mut at_rest = record(recording.state_at(u64::MAX));
        let clock = Clock::start();
        at_rest.extend_to(784);
        resting.push(clock.took());
    }
    table.row(
        "first sweep from a random state, N = 784, P = 1000",
        &random,
    );
    table.row("a sweep at a fixed point", &resting);
}

/// The window without a window.
struct Bench {
    ctx: Context,
    app: App,
    opened: Took,
}

impl Bench {
    fn open() -> Self {
        let clock = Clock::start();
        let ctx = Context::default();
        let recipe = Recipe::default();
        let app = App::new(&ctx, recipe, None);
        let mut bench = Self {
            ctx,
            app,
            opened: clock.took(),
        };
        bench.wait();
        bench.opened = clock.took();
        bench
    }

    /// Frames until all jobs are done; seconds that each took.
    fn wait(&mut self) -> Vec<Took> {
        let mut frames = Vec::new();
        loop {
            frames.push(self.frame());
            let session = &self.app.session;
            let is_there = session.recording().is_some() && !session.is_stale();
            if is_there && session.preparing().is_none() && session.learning().is_none() {
                return frames;
            }
        }
    }

    fn apply(&mut self, command: Command) {
        self.app.command(command);
    }

    /// Seconds that a frame takes whose user asks for `command`: what comes of it is seen in the next one.
    fn command(&mut self, command: Command) -> Took {
        let clock = Clock::start();
        self.frame();
        self.apply(command);
        clock.took()
    }

    /// Seconds of such a frame and of the next one, each.
    fn step(&mut self, command: Command) -> [Took; 2] {
        [self.command(command), self.frame()]
    }

    fn edit(&mut self, change: impl FnOnce(&mut Recipe)) {
        let recipe = self.edited(change);
        self.apply(recipe);
    }

    fn edited(&self, change: impl FnOnce(&mut Recipe)) -> Command {
        let mut recipe = self.app.session.recipe().clone();
        change(&mut recipe);
        recipe.cue.corruption.flip = Noise {
            fraction: 0.2,
            seed: 1,
        };
        Command::Configure(Box::new(recipe))
    }

    /// Seconds of every frame of `n` edits, from each edit until what it asks for is shown.
    fn edits(&mut self, n: u32, change: impl Fn(&mut Recipe, u32)) -> Vec<Took> {
        let mut frames = Vec::new();
        for edit in 0..n {
            let command = self.edited(|recipe| change(recipe, edit));
            frames.push(self.command(command));
            frames.extend(self.wait());
        }
        frames
    }

    fn frames(&mut self, n: usize) -> Vec<Took> {
        (0..n).map(|_| self.frame()).collect()
    }

    /// Seconds that one frame takes, without the GPU.
    fn frame(&mut self) -> Took {
        let clock = Clock::start();
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(pos2(0.0, 0.0), vec2(1280.0, 800.0))),
            ..RawInput::default()
        };
        let ctx = self.ctx.clone();
        self.app.advance(&ctx);
        let mut output = ctx.run_ui(input, |ui| self.app.frame(ui));
        let primitives = ctx.tessellate(output.shapes, output.pixels_per_point);
        assert!(!primitives.is_empty(), "a frame shows something");
        output.textures_delta.clear(); // There is no GPU to take them.
        clock.took()
    }
}

/// Stores so many patterns.
fn store(recipe: &mut Recipe, n_patterns: u32) {
    let set = recipe.world.set("p", f64::from(n_patterns));
    set.expect("every world stores that many");
}
