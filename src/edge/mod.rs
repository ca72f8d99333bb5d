//! The edge: the only room that opens files, writes them, and asks the system for paths.
//!
//! Window and command line share it. Absent: what the bytes mean (`worlds`), and anything that is shown.

pub(crate) mod append;
#[cfg(feature = "app")]
pub(crate) mod autosave;
#[cfg(feature = "app")]
pub(crate) mod dialogs;
mod disk;
pub(crate) mod distinct;
pub(crate) mod open;
#[cfg(all(test, feature = "app"))]
mod power_cut_tests;
pub(crate) mod staged;
pub(crate) mod world_files;
pub(crate) mod write;
