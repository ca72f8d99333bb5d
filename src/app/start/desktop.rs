//! Start-up of the window on a desktop, and what to say when it cannot be.

use super::{LEAST, SIZE};
use crate::app::{App, remembered};
use crate::session::Document;
use crate::trial::Recipe;
use eframe::egui_wgpu::{WgpuConfiguration, WgpuSetup};
pub(in crate::app) use eframe::{get_value as remembered, set_value as remember};
use std::path::Path;
use std::sync::Arc;

/// Name of the program to the system, and of the folder where it remembers its window.
const NAME: &str = "engram";

/// Where, in that folder, sessions are kept that have changes.
const KEPT: &str = "kept";

/// A surface as wide as the graphics driver can make one: the usual limit is 8,192 pixels, and a wider window, over
/// several screens, would be a panic.
fn on_any_screen() -> WgpuConfiguration {
    let mut configuration = WgpuConfiguration::default();
    if let WgpuSetup::CreateNew(setup) = &mut configuration.wgpu_setup {
        let usual = Arc::clone(&setup.device_descriptor);
        setup.device_descriptor = Arc::new(move |adapter| {
            let mut descriptor = usual(adapter);
            let largest = adapter.limits().max_texture_dimension_2d;
            descriptor.required_limits.max_texture_dimension_2d = largest;
            descriptor
        });
    }
    configuration
}

/// Opens the window, on the picture in `file` if one is named; returns when it is closed.
///
/// The error is a sentence that says what the system lacks and how to get it.
pub fn run(file: Option<&Path>) -> Result<(), String> {
    if cfg!(target_os = "linux") && !has_display() {
        return Err(NO_DISPLAY.to_owned());
    }
    let spoiled = remembered::check(eframe::storage_dir(NAME).as_deref());
    let viewport = egui::ViewportBuilder::default()
        .with_title("Engram")
        .with_app_id(NAME)
        .with_inner_size(SIZE)
        .with_min_inner_size(LEAST);
    let options = eframe::NativeOptions {
        viewport,
        wgpu_options: on_any_screen(),
        ..Default::default()
    };
    let create = |cc: &eframe::CreationContext<'_>| {
        // The stage fills the screen; a new session does not begin on it.
        let whole = egui::ViewportCommand::Fullscreen(false);
        cc.egui_ctx.send_viewport_cmd(whole);
        let mut app = App::new(&cc.egui_ctx, Recipe::default(), cc.storage);
        if let Some(state) = &cc.wgpu_render_state {
            // Beyond, there is no surface to draw on.
            let largest = state.device.limits().max_texture_dimension_2d as f32;
            let points = largest / cc.egui_ctx.pixels_per_point();
            let largest = egui::ViewportCommand::MaxInnerSize(egui::Vec2::splat(points));
            cc.egui_ctx.send_viewport_cmd(largest);
        }
        if let Some(problem) = &spoiled {
            app.tell(problem);
        }
        if let Some(folder) = eframe::storage_dir(NAME) {
            app.autosave_into(folder.join(KEPT));
        }
        match file.and_then(Path::to_str) {
            Some(text) if Document::is_shared(text) => app.open_shared(text),
            _ => {
                if let Some(path) = file {
                    app.open(path);
                }
            }
        }
        Ok(Box::new(app) as Box<dyn eframe::App>)
    };
    eframe::run_native(NAME, options, Box::new(create)).map_err(|problem| match problem {
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
    is_set("DISPLAY") || is_set("WAYLAND_DISPLAY")
}

fn is_set(variable: &str) -> bool {
    std::env::var_os(variable).is_some_and(|value| !value.is_empty())
}

/// Whether files can be dropped on the window, in words: the window's library takes none from Wayland.
pub(in crate::app) fn dropping() -> &'static str {
    let wayland = is_set("WAYLAND_DISPLAY") || is_set("WAYLAND_SOCKET");
    if cfg!(target_os = "linux") && wayland {
        "files cannot be dropped on the window under Wayland"
    } else {
        "files can also be dropped on the window"
    }
}
