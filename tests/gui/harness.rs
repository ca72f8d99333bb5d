//! A window under test, driven as a user drives it: by names on screen, keys and the mouse.
//!
//! The one place that builds a harness. Frames are a sixtieth of a second apart whatever the machine; jobs are
//! waited for. Absent: what is to be seen; the tests say that.

#![expect(
    clippy::disallowed_methods,
    reason = "the one place that builds harnesses"
)]

mod edges;
mod eye;
mod hand;
mod places;

use crate::driver;
use eframe::egui;
use egui::{Pos2, Rect, Theme, pos2, vec2};
use egui_kittest::{Harness, LazyRenderer, SnapshotOptions};
use engram::app::App;
use engram::engine::State;
use engram::session::{Command, Measurement, Session};
use engram::trial::Recipe;
use std::time::Duration;

/// How much a picture may differ and pass: a few pixels at the edges of letters, by another version of the driver.
/// A panel that has moved by one point differs in thousands.
const DIFFERENCE_OF_A_PIXEL: f32 = 2.0;
/// See [`DIFFERENCE_OF_A_PIXEL`].
const DIFFERENT_PIXELS: usize = 60;
/// The same for a graphics card, which smooths edges and blends shades in its own way.
const DIFFERENT_PIXELS_ON_A_CARD: usize = 300;

/// Where the pictures are kept.
const PICTURES: &str = "tests/gui/snapshots";

/// Where the pictures of the gallery are kept.
const GALLERY: &str = "assets/gallery";

/// Where the pictures of the README's tour are kept.
const TOUR: &str = "assets/tour";

/// Frames that any wait may take; with the pauses between them, about a minute.
const PATIENCE: usize = 20_000;

/// A window under test.
pub(crate) struct Window {
    harness: Harness<'static, App>,
}

impl Window {
    /// The window as it opens, dark, 1280 × 800, with the digits unpacked and learned.
    pub(crate) fn open() -> Self {
        Self::sized(1280.0, 800.0, Theme::Dark)
    }

    /// The same at any size and in any theme.
    pub(crate) fn sized(width: f32, height: f32, theme: Theme) -> Self {
        Self::made(width, height, theme, 1.0 / 60.0)
    }

    /// The window as it opens, on a machine that takes `seconds` for a frame.
    pub(crate) fn slow(seconds: f32) -> Self {
        Self::made(1280.0, 800.0, Theme::Dark, seconds)
    }

    fn made(width: f32, height: f32, theme: Theme, seconds: f32) -> Self {
        let options = options(PICTURES);
        let harness = Harness::builder()
            .with_size(vec2(width, height))
            .with_theme(theme)
            .with_step_dt(seconds)
            .with_max_steps(600)
            .with_options(options)
            .with_render_cursor(false)
            .renderer(LazyRenderer::new(driver::renderer))
            .build_eframe(|cc| App::new(&cc.egui_ctx, Recipe::default(), None));
        let mut window = Self { harness };
        window.wait_until("the digits are unpacked and learned", |session| {
            session.recording().is_some() && session.learning().is_none()
        });
        window.rest();
        window
    }

    /// The document.
    pub(crate) fn session(&self) -> &Session {
        self.app().session()
    }

    /// The window's state.
    pub(crate) fn app(&self) -> &App {
        self.harness.state()
    }

    /// The window's state, to call what its edges call.
    pub(crate) fn app_mut(&mut self) -> &mut App {
        self.harness.state_mut()
    }

    /// Puts `recipe` in force, as a panel would.
    pub(crate) fn configure(&mut self, recipe: Recipe) {
        let command = Command::Configure(Box::new(recipe));
        self.app_mut().command(command);
        self.catch_up();
    }

    /// Chooses the steps a second.
    pub(crate) fn set_speed(&mut self, speed: f64) {
        self.app_mut().command(Command::SetSpeed(speed));
        self.frames(1);
    }

    /// Sets how many pixels a point has.
    pub(crate) fn set_pixels_per_point(&mut self, pixels: f32) {
        self.harness.set_pixels_per_point(pixels);
        self.rest();
    }

    /// The state shown.
    pub(crate) fn state(&self) -> State {
        self.session().state().expect("there is a recording")
    }

    /// Lets `count` frames go by.
    pub(crate) fn frames(&mut self, count: usize) {
        self.harness.run_steps(count);
    }

    /// Lets frames go by until the window asks for no more at once; it must come to that, and every control that is
    /// there then must have a name.
    pub(crate) fn rest(&mut self) {
        let frames = self.harness.run_ok();
        let causes = self.harness.ctx.repaint_causes();
        assert!(
            frames.is_some(),
            "the window does not come to rest: {causes:?}"
        );
    }

    /// Whether the window sleeps: no frame is asked for, at once or later.
    pub(crate) fn is_asleep(&self) -> bool {
        let output = self
            .harness
            .output()
            .viewport_output
            .get(&egui::ViewportId::ROOT);
        output.is_some_and(|output| output.repaint_delay == Duration::MAX)
    }

    /// Lets frames go by until the document is as `is_so` says.
    pub(crate) fn wait_until(&mut self, what: &str, is_so: impl Fn(&Session) -> bool) {
        for _ in 0..PATIENCE {
            if is_so(self.session()) {
                return;
            }
            self.harness.step();
            std::thread::sleep(Duration::from_millis(1));
        }
        self.give_up(&format!("waited in vain until {what}"));
    }

    /// Lets frames go by until `text` is to be read.
    pub(crate) fn wait_for_text(&mut self, text: &str) {
        for _ in 0..PATIENCE {
            if self.shows(text) {
                return;
            }
            self.harness.step();
            std::thread::sleep(Duration::from_millis(1));
        }
        self.give_up(&format!("waited in vain for the text {text:?}"));
    }

    /// Lets frames go by until opened files are read and shown before they are taken.
    pub(crate) fn wait_for_candidate(&mut self) {
        self.wait_until("the files are read", |session| {
            session
                .candidate()
                .is_some_and(|candidate| candidate.source().is_some())
        });
        self.rest();
    }

    /// Lets jobs and frames go by until nothing is under way.
    pub(crate) fn catch_up(&mut self) {
        let is_idle = |session: &Session| {
            let measuring = Measurement::ALL
                .iter()
                .any(|what| session.is_measuring(*what));
            let learning = session.learning().is_some() || session.starting().is_some();
            session.preparing().is_none() && !learning && !measuring
        };
        // A view may ask for more as soon as it has seen what there is.
        loop {
            self.wait_until("no job is under way", is_idle);
            let _ = self.harness.run_ok();
            if is_idle(self.session()) {
                return self.rest();
            }
        }
    }

    /// Fails, with a picture of the window where there is a driver for one.
    fn give_up(&mut self, problem: &str) -> ! {
        let plain = |letter: char| {
            if letter.is_ascii_alphanumeric() {
                letter
            } else {
                '-'
            }
        };
        let name: String = problem.chars().map(plain).collect();
        let path = format!("{PICTURES}/{name}.new.png");
        let saved = driver::find().is_ok()
            && self
                .harness
                .render()
                .is_ok_and(|picture| picture.save(&path).is_ok());
        let picture = if saved {
            format!("; see {path}")
        } else {
            String::new()
        };
        let session = self.session();
        let measuring: Vec<_> = Measurement::ALL
            .iter()
            .filter(|what| session.is_measuring(**what))
            .collect();
        panic!(
            "{problem}{picture}; preparing: {:?}, learning: {}, starting: {:?}, measuring: {measuring:?}; \
             the window reads: {:?}",
            session.preparing(),
            session.learning().is_some(),
            session.starting(),
            self.texts()
        );
    }

    /// Compares what `draw` draws on a sheet of this size with its picture in `tests/gui/snapshots`.
    pub(crate) fn sheet(
        name: &str,
        size: [f32; 2],
        theme: Theme,
        draw: impl FnMut(&mut egui::Ui) + 'static,
    ) {
        let options = SnapshotOptions::new()
            .threshold(DIFFERENCE_OF_A_PIXEL)
            .max_failed_pixels(different_pixels())
            .output_path(PICTURES);
        let mut harness = Harness::builder()
            .with_size(vec2(size[0], size[1]))
            .with_theme(theme)
            .with_options(options)
            .renderer(LazyRenderer::new(driver::renderer))
            .build_ui(draw);
        harness.run();
        if let Err(problem) = harness.try_snapshot(name) {
            panic!("{problem}; if this is how it should look, take it anew as `pictures.rs` says");
        }
    }

    /// The window as pixels.
    pub(crate) fn taken(&mut self) -> image::RgbaImage {
        self.harness.remove_cursor();
        self.rest();
        self.harness.render().expect("there is a driver")
    }

    /// Compares the window with its picture in `tests/gui/snapshots`.
    pub(crate) fn picture(&mut self, name: &str) {
        self.compare(PICTURES, name);
    }

    /// Compares the window with its picture in the README's tour, which so never shows what is no longer true.
    pub(crate) fn tour(&mut self, name: &str) {
        self.compare(TOUR, name);
    }

    /// Compares a part of the window, on a small picture, with the one in the gallery.
    pub(crate) fn thumbnail(&mut self, name: &str, part: Rect) -> Result<(), String> {
        const SIZE: [u32; 2] = [400, 224];
        self.harness.remove_cursor();
        self.rest();
        let whole = self.harness.render()?;
        let [left, top] = [part.left(), part.top()].map(|side| side as u32);
        let [width, height] = [part.width(), part.height()].map(|side| side as u32);
        let cut = image::imageops::crop_imm(&whole, left, top, width, height).to_image();
        let scale = (SIZE[0] as f32 / width as f32).min(SIZE[1] as f32 / height as f32);
        let [width, height] = [width, height].map(|side| (scale * side as f32) as u32);
        let filter = image::imageops::FilterType::Triangle;
        let small = image::imageops::resize(&cut, width, height, filter);
        // The ground is that of cards.
        let ground = *whole.get_pixel(left.saturating_sub(3), top.saturating_sub(3));
        let mut picture = image::RgbaImage::from_pixel(SIZE[0], SIZE[1], ground);
        let [x, y] = [(SIZE[0] - width) / 2, (SIZE[1] - height) / 2].map(i64::from);
        image::imageops::overlay(&mut picture, &small, x, y);
        egui_kittest::try_image_snapshot_options(&picture, name, &options(GALLERY))
            .map_err(|problem| problem.to_string())
    }

    fn compare(&mut self, folder: &str, name: &str) {
        self.harness.remove_cursor();
        self.rest();
        if let Err(problem) = self.harness.try_snapshot_options(name, &options(folder)) {
            panic!("{problem}; if this is how it should look, take it anew as `pictures.rs` says");
        }
    }
}

/// How pictures in `folder` are compared.
fn options(folder: &str) -> SnapshotOptions {
    SnapshotOptions::new()
        .threshold(DIFFERENCE_OF_A_PIXEL)
        .max_failed_pixels(different_pixels())
        .output_path(folder)
}

/// How many pixels of a picture may differ here: pictures are taken with a software driver.
pub(crate) fn different_pixels() -> usize {
    match driver::find() {
        Ok(driver) if !driver.is_software => DIFFERENT_PIXELS_ON_A_CARD,
        _ => DIFFERENT_PIXELS,
    }
}

/// The place at `(x, y)` of `rect`, 0 to 1 each way.
pub(crate) fn at(rect: Rect, x: f32, y: f32) -> Pos2 {
    pos2(egui::lerp(rect.x_range(), x), egui::lerp(rect.y_range(), y))
}
