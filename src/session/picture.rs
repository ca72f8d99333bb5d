//! A picture on its way from a file to the cue: read in a job, looked at before it is taken.

use crate::engine::Error;
use crate::jobs::{Job, News, Wake};
use crate::worlds::picture::{Ink, Picture, read_with};
use std::sync::Arc;

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
    pub(super) fn start(name: String, bytes: Arc<[u8]>, ink: Ink, wake: &Wake) -> Self {
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
            job: Job::start("picture", Arc::clone(wake), task),
        }
    }

    /// What came of it, once it is known.
    pub(super) fn poll(&mut self) -> Option<Result<Opened, Error>> {
        match self.job.poll() {
            News::Item(result) => Some(result),
            News::Nothing => None,
            News::Over => Some(Err(Error::System(
                "the picture could not be read".to_owned(),
            ))),
        }
    }
}
