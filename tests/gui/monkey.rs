//! A monkey at the window: acts by a seed over all worlds, rules, sizes, zooms and dialogs. Nothing may panic, and in
//! the end the window comes to rest.
//!
//! `ENGRAM_MONKEY=10000 cargo test --test gui monkey` is how many acts are done instead of a few hundred, and
//! `ENGRAM_MONKEY_SEED` another walk. What was done last is printed where it breaks.

use crate::harness::Window;
use crate::{Test, files};
use eframe::egui::{Key, Modifiers, PointerButton, Pos2, Theme, Vec2, pos2, vec2};
use engram::engine::LearningRule;
use engram::trial::Recipe;
use engram::worlds::World;
use rand::rngs::Xoshiro256PlusPlus;
use rand::{RngExt as _, SeedableRng as _};

/// All of them.
pub(crate) const ALL: &[Test] = &[("monkey_breaks_nothing", monkey_breaks_nothing)];

/// Acts where nobody asks for more.
const FEW: u64 = 400;

/// Acts between two worlds.
const EPISODE: u64 = 25;

/// Acts that are told of where it breaks.
const TOLD: usize = 15;

const SIZES: [[f32; 2]; 8] = [
    [1280.0, 800.0],
    [1024.0, 700.0],
    [1366.0, 728.0],
    [1920.0, 1080.0],
    [500.0, 400.0],
    [800.0, 1200.0],
    [2560.0, 600.0],
    [64.0, 64.0],
];

const ZOOMS: [f32; 5] = [1.0, 0.8, 1.5, 2.0, 3.0];

const KEYS: [Key; 26] = [
    Key::S,
    Key::N,
    Key::D,
    Key::R,
    Key::W,
    Key::F,
    Key::Space,
    Key::Space,
    Key::ArrowRight,
    Key::ArrowLeft,
    Key::ArrowUp,
    Key::ArrowDown,
    Key::End,
    Key::Home,
    Key::Plus,
    Key::Minus,
    Key::Tab,
    Key::Tab,
    Key::Enter,
    Key::Escape,
    Key::F1,
    Key::F11,
    Key::Backspace,
    Key::Delete,
    Key::Num7,
    Key::K,
];

const TEXTS: [&str; 8] = [
    "1",
    "0",
    "-3",
    "1e30",
    "NaN",
    "heb",
    "é€",
    "99999999999999999999",
];

/// Somebody who presses, drags and types anything. What was done last is printed when it was too much.
pub(crate) struct Monkey {
    random: Xoshiro256PlusPlus,
    /// Of the window, in points.
    size: Vec2,
    done: Vec<String>,
    /// Where it saves, and what is deleted with it.
    _folder: tempfile::TempDir,
}

impl Drop for Monkey {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let last = self.done.len().saturating_sub(TOLD);
            let (count, last) = (self.done.len(), &self.done[last..]);
            println!("{count} acts, the last of them: {last:#?}");
        }
    }
}

fn number(name: &str, otherwise: u64) -> u64 {
    let text = std::env::var(name).ok();
    text.and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

fn monkey_breaks_nothing() {
    let acts = number("ENGRAM_MONKEY", FEW);
    let (mut monkey, mut window) = Monkey::at_a_window(number("ENGRAM_MONKEY_SEED", 1));
    for done in 0..acts {
        if done % EPISODE == 0 {
            let recipe = recipe(&mut monkey.random);
            let (world, rule) = (recipe.world.about().name, recipe.track().rule.notation());
            monkey.done.push(format!("{world} by {rule}"));
            let command = engram::session::Command::Configure(Box::new(recipe));
            window.app_mut().command(command);
            window.frames(1);
        }
        monkey.act(&mut window);
    }
    leave_alone(&mut window);
    window.configure(Recipe::default());
    window.leave();
}

/// A world with a rule that suits it, small enough to be had soon.
fn recipe(random: &mut Xoshiro256PlusPlus) -> Recipe {
    const WORLDS: [&str; 9] = [
        "mnist:size=14,p=10",
        "mnist:size=28,p=30",
        "glyphs",
        "random:n=100,p=5",
        "random:n=16,p=1",
        "features:n=100",
        "spin-glass:l=8,p=20,spacing=1,warm-up=100",
        "protein:p=20",
        "mnist:p=300",
    ];
    let mut recipe = Recipe::default();
    let text = WORLDS[random.random_range(0..WORLDS.len())];
    recipe.world = World::parse(text).unwrap_or_else(|problem| panic!("{text}: {problem}"));
    let alphabet = recipe.world.settings().alphabet();
    let rules: Vec<LearningRule> = LearningRule::ALL
        .iter()
        .map(|make| make())
        .filter(|rule| rule.is_for(alphabet))
        .collect();
    recipe.track_mut().rule = rules[random.random_range(0..rules.len())].clone();
    recipe
}

impl Monkey {
    /// One that does what `seed` decides, at a window of its own.
    pub(crate) fn at_a_window(seed: u64) -> (Self, Window) {
        let size = vec2(1280.0, 800.0);
        let mut window = Window::sized(size.x, size.y, Theme::Dark);
        let folder = tempfile::tempdir().expect("there is room for a folder");
        window.app_mut().save_into(folder.path().to_owned());
        window.app_mut().ask_nobody();
        let monkey = Self {
            random: Xoshiro256PlusPlus::seed_from_u64(seed),
            size,
            done: Vec::new(),
            _folder: folder,
        };
        (monkey, window)
    }

    /// One act.
    pub(crate) fn act(&mut self, window: &mut Window) {
        let (width, height) = (self.size.x, self.size.y);
        let random = &mut self.random;
        let place = |random: &mut Xoshiro256PlusPlus| -> Pos2 {
            pos2(
                random.random_range(0.0..width),
                random.random_range(0.0..height),
            )
        };
        let button = match random.random_range(0..5) {
            0 => PointerButton::Secondary,
            _ => PointerButton::Primary,
        };
        let done = match random.random_range(0..20) {
            0..7 => window.ask_one(random.random_range(0..1000), random.random_range(0.0..1.0)),
            7..10 => {
                let controls = window.pressable();
                let at = match controls.len() {
                    0 => place(random),
                    some => controls[random.random_range(0..some)].center(),
                };
                window.play_click(button, at);
                format!("click {button:?} at {at:?}")
            }
            10..12 => {
                let (from, to) = (place(random), place(random));
                window.play_drag(button, &[from, from.lerp(to, 0.5), to]);
                format!("drag {button:?} from {from:?} to {to:?}")
            }
            12..15 => {
                let key = KEYS[random.random_range(0..KEYS.len())];
                let modifiers = match random.random_range(0..5) {
                    0 => Modifiers::COMMAND,
                    1 => Modifiers::SHIFT,
                    _ => Modifiers::NONE,
                };
                window.play_key(modifiers, key);
                format!("key {key:?} with {modifiers:?}")
            }
            15 => {
                let text = TEXTS[random.random_range(0..TEXTS.len())];
                window.event(eframe::egui::Event::Text(text.to_owned()));
                window.frames(1);
                format!("text {text:?}")
            }
            16 => {
                let (at, by) = (place(random), random.random_range(-300.0..300.0));
                window.play_scroll(at, vec2(0.0, by));
                format!("scroll {by} at {at:?}")
            }
            17 => {
                let [width, height] = SIZES[random.random_range(0..SIZES.len())];
                self.size = vec2(width, height);
                window.resize(self.size);
                format!("size {:?}", self.size)
            }
            18 => {
                let zoom = ZOOMS[random.random_range(0..ZOOMS.len())];
                window.zoom(zoom);
                format!("zoom {zoom}")
            }
            _ if random.random_bool(0.3) => {
                window.drop_file(files::one_on_paper());
                "a picture dropped".to_owned()
            }
            _ => {
                window.let_jobs_run();
                "a pause".to_owned()
            }
        };
        self.done.push(done);
        window.frames(self.random.random_range(0..3));
    }
}

/// The window as the monkey found it: of its first size, and at rest.
pub(crate) fn leave_alone(window: &mut Window) {
    window.resize(vec2(1280.0, 800.0));
    window.zoom(1.0);
    let command = engram::session::Command::Play(false);
    window.app_mut().command(command);
}
