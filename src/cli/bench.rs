//! `engram bench`: which measurement is asked for. Taking it is the business of the part that is measured.

use clap::{Args, Subcommand};

/// Measures this program on this machine; release builds only tell anything.
#[derive(Args)]
pub(super) struct Bench {
    #[command(subcommand)]
    pub(super) what: What,
}

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Subcommand)]
pub enum What {
    /// One frame of the window without a GPU: the session's share, panels, tessellation; edits and sweeps
    Frame,
}
