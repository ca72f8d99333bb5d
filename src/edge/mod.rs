//! The edge: the only room that opens files, writes them, and asks the system, or the browser, for paths.
//!
//! Window and command line share it. On a page, which has no disk, files are those that it was given, and what is saved is
//! downloaded. Absent: what the bytes mean (`worlds`), and anything that is shown.

#[cfg(not(target_arch = "wasm32"))]
pub(crate) mod append;
#[cfg(feature = "app")]
pub(crate) mod autosave;
#[cfg(feature = "app")]
pub(crate) mod dialogs;
mod disk;
#[cfg(not(target_arch = "wasm32"))]
pub(crate) mod distinct;
pub(crate) mod open;
mod places;
#[cfg(all(test, feature = "app"))]
mod power_cut_tests;
#[cfg(feature = "app")]
pub(crate) mod saved;
#[cfg_attr(
    target_arch = "wasm32",
    expect(dead_code, reason = "the command line's, which a page lacks")
)]
pub(crate) mod staged;
#[cfg_attr(
    target_arch = "wasm32",
    expect(dead_code, reason = "the command line's, which a page lacks")
)]
pub(crate) mod world_files;
#[cfg_attr(
    target_arch = "wasm32",
    expect(dead_code, reason = "the command line's, which a page lacks")
)]
pub(crate) mod write;
