//! The second program of a page: it sets formulas, so that the window is there before what that takes.

fn main() {
    #[cfg(target_arch = "wasm32")]
    engram::app::start::serve_formulas();
}
