//! Start-up of the window, and what to say when it cannot be.

use super::App;
use crate::trial::Recipe;
use std::path::Path;

/// Size of the window when it first opens, in points.
pub const SIZE: [f32; 2] = [1280.0, 800.0];

/// The smallest size, in points, in which everything has its place; a smaller one scrolls.
pub const SMALLEST: [f32; 2] = [1024.0, 700.0];

/// The smallest size that the window can be given, in points.
const LEAST: [f32; 2] = [480.0, 360.0];

/// Opens the window, on the picture in `file` if one is named; returns when it is closed.
///
/// The error is a sentence that says what the system lacks and how to get it.
pub fn run(file: Option<&Path>) -> Result<(), String> {
    if cfg!(target_os = "linux") && !has_display() {
        return Err(NO_DISPLAY.to_owned());
    }
    let viewport = egui::ViewportBuilder::default()
        .with_title("Engram")
        .with_app_id("engram")
        .with_inner_size(SIZE)
        .with_min_inner_size(LEAST);
    let options = eframe::NativeOptions {
        viewport,
        ..Default::default()
    };
    let create = |cc: &eframe::CreationContext<'_>| {
        let mut app = App::new(&cc.egui_ctx, Recipe::default(), cc.storage);
        if let Some(path) = file {
            app.open(path);
        }
        Ok(Box::new(app) as Box<dyn eframe::App>)
    };
    eframe::run_native("engram", options, Box::new(create)).map_err(|problem| match problem {
        eframe::Error::Wgpu(_) => NO_DRIVER.to_owned(),
        eframe::Error::Winit(_) | eframe::Error::WinitEventLoop(_) => {
            format!("{NO_DISPLAY} ({problem})")
        }
        eframe::Error::AppCreation(problem) => format!("the window could not be opened: {problem}"),
    })
}

const NO_DISPLAY: &str = "there is no display to open a window on: start a desktop session (or, over ssh, use \
    ssh -X); `engram recall` works without one";

const NO_DRIVER: &str = "no graphics driver was found: the window needs Vulkan or OpenGL (Debian: apt-get install \
    mesa-vulkan-drivers libgl1-mesa-dri; Windows and macOS: update the graphics driver or the system); \
    `engram recall` works without one";

fn has_display() -> bool {
    ["DISPLAY", "WAYLAND_DISPLAY"]
        .iter()
        .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}
