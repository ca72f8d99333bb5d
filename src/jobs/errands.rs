//! Work that is told as text, for whoever does it elsewhere: workers of a page, which share no memory with it.
//!
//! An errand is a text; what comes of it are lines, each of which is read back here. Absent: what errands say, and who does
//! them.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryRecvError};

/// What comes of one errand of several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ErrandNews {
    /// A line.
    Line(String),
    /// There is no more to come of it.
    Over,
    /// It cannot be done: nobody waits for the others any more.
    Failed,
}

/// Errands that are being done.
pub struct Sent {
    /// What comes of them, with the index of the errand.
    pub answers: Receiver<(usize, ErrandNews)>,
    /// Ends what is still being done.
    pub end: Box<dyn FnOnce() + Send>,
}

/// Whoever does errands elsewhere.
#[derive(Clone)]
pub struct Elsewhere {
    /// How many are done at a time.
    pub hands: usize,
    /// Sends errands, at most as many as there are hands.
    pub send: Arc<dyn Fn(Vec<String>) -> Sent + Send + Sync>,
}

/// Makes an item of a line that comes of the errand with this index.
type Reader<T> = dyn FnMut(usize, &str) -> Option<T> + Send;

/// Errands under way, whose lines become items.
pub(super) struct Errands<T> {
    answers: Receiver<(usize, ErrandNews)>,
    end: Option<Box<dyn FnOnce() + Send>>,
    n_left: usize,
    read: Box<Reader<T>>,
}

impl<T> Errands<T> {
    pub(super) fn send(
        elsewhere: &Elsewhere,
        errands: Vec<String>,
        read: impl FnMut(usize, &str) -> Option<T> + Send + 'static,
    ) -> Self {
        let n_left = errands.len();
        let Sent { answers, end } = (elsewhere.send)(errands);
        Self {
            answers,
            end: Some(end),
            n_left,
            read: Box::new(read),
        }
    }

    /// At most `most` items that are there by now, and whether that was all.
    pub(super) fn poll(&mut self, most: usize) -> (Vec<T>, bool) {
        let mut items = Vec::new();
        while self.n_left > 0 && items.len() < most {
            match self.answers.try_recv() {
                Ok((errand, ErrandNews::Line(line))) => items.extend((self.read)(errand, &line)),
                Ok((_, ErrandNews::Over)) => self.n_left -= 1,
                Err(TryRecvError::Empty) => break,
                Ok((_, ErrandNews::Failed)) | Err(TryRecvError::Disconnected) => self.n_left = 0,
            }
        }
        (items, self.n_left == 0)
    }

    /// Waits for all.
    pub(super) fn finish(mut self) -> Vec<T> {
        let mut items = Vec::new();
        while self.n_left > 0 {
            match self.answers.recv() {
                Ok((errand, ErrandNews::Line(line))) => items.extend((self.read)(errand, &line)),
                Ok((_, ErrandNews::Over)) => self.n_left -= 1,
                Ok((_, ErrandNews::Failed)) | Err(_) => self.n_left = 0,
            }
        }
        items
    }
}

impl<T> Drop for Errands<T> {
    fn drop(&mut self) {
        if let Some(end) = self.end.take() {
            end();
        }
    }
}
