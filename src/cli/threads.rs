//! `--threads` of the commands that compute: the pool that their work is shared in.

use super::numbers;
use crate::jobs;
use clap::Args;

/// How many threads share the work; results do not depend on it.
#[derive(Args, Clone, Copy)]
pub(super) struct Threads {
    /// Threads that share the work, 1 to 1024; results do not depend on it [default: all]
    #[arg(long, value_name = "T", value_parser = numbers::threads, allow_negative_numbers = true)]
    threads: Option<usize>,
}

impl Threads {
    /// Does `work` in a pool of so many.
    pub(super) fn share<R: Send>(self, work: impl FnOnce() -> R + Send) -> R {
        match self.threads {
            Some(n_threads) => jobs::with_threads(n_threads, work),
            None => work(),
        }
    }
}
