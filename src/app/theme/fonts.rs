//! The window's letters.

#[cfg(target_arch = "wasm32")]
mod page;

use egui::{FontDefinitions, FontFamily};

/// Gives the window its letters: again where more of them are there.
pub fn set_fonts(ctx: &egui::Context) {
    #[cfg(target_arch = "wasm32")]
    ctx.add_glyph_rasterizer(page::late_letter());
    ctx.set_fonts(fonts());
}

/// The letters of egui, as far as they are there, and those of its fixed-width font for what they lack: "10⁻⁶".
fn fonts() -> FontDefinitions {
    #[cfg(not(target_arch = "wasm32"))]
    let mut fonts = FontDefinitions::default();
    #[cfg(target_arch = "wasm32")]
    let mut fonts = page::those_there();
    let fallback = fonts.families.get(&FontFamily::Monospace).cloned();
    let letters = fonts.families.entry(FontFamily::Proportional).or_default();
    for name in fallback.unwrap_or_default() {
        if !letters.contains(&name) {
            letters.push(name);
        }
    }
    fonts
}
