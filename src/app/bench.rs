//! `engram bench frame`: what one frame costs, with no GPU: the session's share, the panels, the tessellation; and
//! what stands behind it: opening, an edit, a sweep. Prints medians.

use super::App;
use crate::engine::corrupt::Noise;
use crate::engine::{Corruption, Dynamics, LearningRule, Recording, State};
use crate::jobs::Stopwatch;
use crate::session::{Command, StepUnit};
use crate::trial::Recipe;
use crate::worlds::World;
use egui::{Context, RawInput, Rect, pos2, vec2};
use std::fmt::Write as _;
use std::sync::Arc;

/// Frames that each figure is the median of.
const FRAMES: usize = 300;

/// Measures everything; the table to print.
pub fn frame() -> String {
    let mut table = String::from(
        "what                                                   median      largest\n",
    );
    let mut row = |what: &str, mut times: Vec<f64>| {
        times.sort_by(f64::total_cmp);
        let (median, largest) = (times[times.len() / 2], times[times.len() - 1]);
        writeln!(
            table,
            "{what:<50} {:>9} {:>12}",
            show(median),
            show(largest)
        )
        .expect("strings take all text");
    };
    let mut window = Bench::open();
    row(
        "open: digits, learning, first frame, no GPU",
        vec![window.opened],
    );
    window.edit(|recipe| store(recipe, 100));
    window.wait();
    row(
        "idle frame, P = 100",
        (0..FRAMES).map(|_| window.frame()).collect(),
    );
    row(
        "edit ridge, pseudo-inverse, P = 30, on this thread",
        ridges(&mut window),
    );
    window.edit(|recipe| store(recipe, 100));
    window.wait();
    window.edit(|recipe| recipe.track_mut().dynamics = Dynamics::Glauber { temperature: 0.3 });
    window.apply(Command::SetStep(StepUnit::Sweep));
    window.apply(Command::SetSpeed(60.0));
    window.edit(|recipe| recipe.max_sweeps = 10_000);
    window.wait();
    window.apply(Command::Play(true));
    row(
        "playing a sweep a frame, N = 784, P = 100",
        (0..FRAMES).map(|_| window.frame()).collect(),
    );
    window.apply(Command::Play(false));
    window.edit(|recipe| {
        recipe.track_mut().dynamics = Dynamics::Asynchronous;
        recipe.track_mut().rule = LearningRule::ALL[0]();
        store(recipe, 1000);
    });
    window.wait();
    let edits = (0..20).map(|edit| {
        let clock = Stopwatch::start();
        window.edit(|recipe| store(recipe, 1000 + 10 * (edit % 2)));
        let told = clock.elapsed().as_secs_f64();
        assert!(
            !window.app.session.is_stale(),
            "Hebb's rule fits into a frame"
        );
        told
    });
    row(
        "edit P, Hebb, N = 784, P = 1000, to the new state",
        edits.collect(),
    );
    row(
        "frame after that edit, all views made anew",
        (0..20)
            .map(|edit| {
                window.edit(|recipe| store(recipe, 1000 + 10 * (edit % 2)));
                window.frame()
            })
            .collect(),
    );
    sweeps(&window, &mut row);
    row(
        "edit c1pre, Taylor expansion, N = 784, P = 1000",
        coefficients(&mut window),
    );
    large(&mut window, &mut row);
    table
}

/// The largest world that the window is meant for: no frame over 8 ms.
fn large(window: &mut Bench, row: &mut impl FnMut(&str, Vec<f64>)) {
    window.apply(Command::SetSpeed(30.0));
    window.apply(Command::SetStep(StepUnit::Flip));
    let world = World::parse("random:n=4096,p=200").expect("there is such a world");
    window.edit(|recipe| {
        recipe.world = world;
        recipe.track_mut().rule = LearningRule::ALL[0]();
    });
    window.wait();
    let first = (0..FRAMES).map(|_| window.frame()).collect();
    row("N = 4096, Hebb, P = 200: first frames", first);
    let idle = (0..FRAMES).map(|_| window.frame()).collect();
    row("N = 4096: idle, heatmap and fields shown", idle);
    window.apply(Command::Play(true));
    let playing = (0..FRAMES).map(|_| window.frame()).collect();
    row("N = 4096: playing a flip a frame", playing);
    window.apply(Command::Play(false));
    window.app.view.show_fields = true;
    let shown = (0..20).map(|_| {
        window.apply(Command::StepForward(StepUnit::Flip));
        window.frame()
    });
    row(
        "N = 4096: a flip forward, fields over the state",
        shown.collect(),
    );
    window.app.view.show_fields = false;
    let edits = (0..10).map(|edit| {
        let clock = Stopwatch::start();
        window.edit(|recipe| {
            recipe.track_mut().alteration.dilution = 0.1 + 0.1 * f64::from(edit % 2);
        });
        window.frame();
        let told = clock.elapsed().as_secs_f64();
        window.wait();
        told
    });
    row(
        "N = 4096: edit of the dilution, and its frame",
        edits.collect(),
    );
    let edits = (0..10).map(|edit| {
        let clock = Stopwatch::start();
        window.edit(|recipe| store(recipe, 200 + edit % 2));
        window.frame();
        let told = clock.elapsed().as_secs_f64();
        window.wait();
        told
    });
    row("N = 4096: edit of P, and its frame", edits.collect());
    row(
        "search for a flip that does not come, N = 4096",
        searches(window),
    );
}

/// Frames of a step to the next flip, where a stored pattern lies in a bath so cold that none comes.
fn searches(window: &mut Bench) -> Vec<f64> {
    let mut recipe = Recipe {
        world: World::parse("random:n=4096,p=20").expect("there is such a world"),
        ..Recipe::default()
    };
    recipe.track_mut().rule = LearningRule::ALL[0]();
    recipe.track_mut().dynamics = Dynamics::Glauber { temperature: 0.01 };
    recipe.cue.corruption = Corruption::default();
    recipe.max_sweeps = 10_000;
    window.app.command(Command::Configure(Box::new(recipe)));
    window.wait();
    window.apply(Command::StepForward(StepUnit::Flip));
    (0..FRAMES).map(|_| window.frame()).collect()
}

/// Edits of a coefficient of the Taylor rule, at P = 1,000: the sums over the patterns are there.
fn coefficients(window: &mut Bench) -> Vec<f64> {
    window.edit(|recipe| {
        recipe.track_mut().rule = LearningRule::named("taylor").expect("there is such a rule");
    });
    window.wait();
    let edits = (0..20).map(|edit| {
        let clock = Stopwatch::start();
        window.edit(|recipe| {
            let set = recipe
                .track_mut()
                .rule
                .set("c1pre", 0.1 + 0.1 * f64::from(edit % 2));
            set.expect("the coefficient has such values");
        });
        let told = clock.elapsed().as_secs_f64();
        assert!(
            !window.app.session.is_stale(),
            "a local rule without terms in W fits into a frame"
        );
        told
    });
    edits.collect()
}

/// Edits of a setting of the pseudo-inverse rule: what the window waits for, whatever is left to a job.
fn ridges(window: &mut Bench) -> Vec<f64> {
    window.edit(|recipe| store(recipe, 30));
    window.wait();
    let edits = (0..20).map(|edit| {
        let rule = format!("pseudo-inverse:ridge=1e-{}", 5 + edit % 2);
        let rule = LearningRule::parse(&rule).expect("the rule has such a setting");
        let clock = Stopwatch::start();
        window.edit(|recipe| recipe.track_mut().rule = rule);
        let told = clock.elapsed().as_secs_f64();
        window.wait();
        told
    });
    edits.collect()
}

/// One asynchronous sweep, at rest and from a random start.
fn sweeps(window: &Bench, row: &mut impl FnMut(&str, Vec<f64>)) {
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
        let clock = Stopwatch::start();
        recording.extend_to(784);
        random.push(clock.elapsed().as_secs_f64());
        recording.settle(1000);
        let mut at_rest = record(recording.state_at(u64::MAX));
        let clock = Stopwatch::start();
        at_rest.extend_to(784);
        resting.push(clock.elapsed().as_secs_f64());
    }
    row("first sweep from a random state, N = 784, P = 1000", random);
    row("a sweep at a fixed point", resting);
}

fn show(seconds: f64) -> String {
    if seconds < 1e-3 {
        format!("{:.1} µs", 1e6 * seconds)
    } else {
        format!("{:.2} ms", 1e3 * seconds)
    }
}

/// The window without a window.
struct Bench {
    ctx: Context,
    app: App,
    opened: f64,
}

impl Bench {
    fn open() -> Self {
        let clock = Stopwatch::start();
        let ctx = Context::default();
        let recipe = Recipe::default();
        let app = App::new(&ctx, recipe, None);
        let mut bench = Self {
            ctx,
            app,
            opened: 0.0,
        };
        bench.wait();
        bench.opened = clock.elapsed().as_secs_f64();
        bench
    }

    /// Frames until all jobs are done.
    fn wait(&mut self) {
        loop {
            self.frame();
            let session = &self.app.session;
            if session.recording().is_some() && session.learning().is_none() && !session.is_stale()
            {
                return;
            }
        }
    }

    fn apply(&mut self, command: Command) {
        self.app.command(command);
    }

    fn edit(&mut self, change: impl FnOnce(&mut Recipe)) {
        let mut recipe = self.app.session.recipe().clone();
        change(&mut recipe);
        recipe.cue.corruption.flip = Noise {
            fraction: 0.2,
            seed: 1,
        };
        self.app.command(Command::Configure(Box::new(recipe)));
    }

    /// Seconds that one frame takes, without the GPU.
    fn frame(&mut self) -> f64 {
        let clock = Stopwatch::start();
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
        clock.elapsed().as_secs_f64()
    }
}

/// Stores so many digits.
fn store(recipe: &mut Recipe, n_patterns: u32) {
    let set = recipe.world.set("p", f64::from(n_patterns));
    set.expect("every world stores that many");
}
