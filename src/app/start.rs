//! Start-up: of the window on a desktop, or of the page.

#[cfg(not(target_arch = "wasm32"))]
mod desktop;
#[cfg(target_arch = "wasm32")]
mod page;

#[cfg(not(target_arch = "wasm32"))]
pub use desktop::run;
#[cfg(not(target_arch = "wasm32"))]
pub(super) use desktop::{dropping, remember, remembered};
#[cfg(target_arch = "wasm32")]
pub(super) use page::{Told, dropping, elsewhere, remember, remembered};
#[cfg(target_arch = "wasm32")]
pub use page::{run, serve_formulas};

/// Size of the window when it first opens, in points.
pub const SIZE: [f32; 2] = [1280.0, 800.0];

/// The smallest size, in points, in which everything has its place; a smaller one scrolls.
pub const SMALLEST: [f32; 2] = [1024.0, 700.0];

/// The smallest size that the window can be given, in points.
#[cfg(not(target_arch = "wasm32"))]
const LEAST: [f32; 2] = [480.0, 360.0];
