//! Whether pictures can be taken here: looked for once, quietly.
//!
//! Absent: the choice of the driver; it is egui_kittest's, which prefers software.

use eframe::egui_wgpu::{RenderState, RendererOptions, WgpuConfiguration, WgpuSetup};
use eframe::wgpu::{Backends, DeviceType};
use egui_kittest::wgpu::{WgpuTestRenderer, default_wgpu_setup};
use std::sync::OnceLock;

/// A graphics driver that was found.
#[derive(Debug)]
pub(crate) struct Driver {
    /// How it calls itself.
    pub(crate) name: String,
    /// Whether it draws with the processor alone.
    pub(crate) is_software: bool,
}

/// The driver that takes the pictures, or why there is none.
pub(crate) fn find() -> Result<&'static Driver, &'static str> {
    static FOUND: OnceLock<Result<Driver, String>> = OnceLock::new();
    FOUND
        .get_or_init(|| {
            let state = render_state()?;
            let info = state.adapter.get_info();
            Ok(Driver {
                name: format!("{} ({})", info.name, info.backend),
                is_software: info.device_type == DeviceType::Cpu,
            })
        })
        .as_ref()
        .map_err(String::as_str)
}

/// A renderer of its own for one window; only where a driver was found.
pub(crate) fn renderer() -> WgpuTestRenderer {
    let state = render_state().expect("a driver was found when the program started");
    WgpuTestRenderer::from_render_state(state)
}

/// Vulkan, Metal or Direct3D, and only where there is none of them OpenGL: looking for it is not quiet everywhere.
fn render_state() -> Result<RenderState, String> {
    let modern = Backends::PRIMARY - Backends::BROWSER_WEBGPU;
    render_state_by(modern).or_else(|_| render_state_by(Backends::GL))
}

fn render_state_by(backends: Backends) -> Result<RenderState, String> {
    let mut setup = default_wgpu_setup();
    if let WgpuSetup::CreateNew(new) = &mut setup {
        new.instance_descriptor.backends &= backends;
    }
    let instance = pollster::block_on(setup.new_instance());
    let configuration = WgpuConfiguration {
        wgpu_setup: setup,
        ..WgpuConfiguration::default()
    };
    let options = RendererOptions::PREDICTABLE;
    let state = RenderState::create(&configuration, &instance, None, options);
    pollster::block_on(state).map_err(|problem| problem.to_string())
}
