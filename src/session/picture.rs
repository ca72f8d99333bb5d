//! A picture on its way from a file to the cue: read in a job, looked at before it is taken.

use crate::engine::Error;
use crate::jobs::{Job, Workers};
use crate::worlds::picture::{Ink, Picture, read_with};
use std::sync::Arc;
use std::time::Duration;

/// A picture that was read, and what it was read from, so that it can be read again the other way round.
#[derive(Debug, Clone)]
pub struct Opened {
    /// The file's name, for messages.
    pub name: String,
    /// The file.
    pub bytes: Arc<[u8]>,
    /// Which side was taken for ink.
    pub ink: Ink,
    /// What was made of it.
    pub picture: Arc<Picture>,
}

/// A picture being read.
pub(super) struct Opening {
    job: Job<Result<Opened, Error>>,
}

impl Opening {
    pub(super) fn start(name: String, bytes: Arc<[u8]>, ink: Ink, workers: &Workers) -> Self {
        let task = std::iter::once_with(move || match read_with(&bytes, ink) {
            Ok(picture) => Ok(Opened {
                name,
                bytes,
                ink,
                picture: Arc::new(picture),
            }),
            Err(problem) => Err(problem.in_source(name)),
        });
        Self {
            job: Job::start("picture", workers, task),
        }
    }

    /// What came of it, once it is known.
    pub(super) fn poll(&mut self, budget: Duration) -> Option<Result<Opened, Error>> {
        let read = self.job.poll(budget).pop();
        let lost = || Err(Error::System("the picture could not be read".to_owned()));
        read.or_else(|| self.job.is_over().then(lost))
    }
}
