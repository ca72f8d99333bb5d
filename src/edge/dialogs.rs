//! Dialogs for paths, the system's or the browser's: asked once, waited for without a thread.
//!
//! Absent: how many may be open at a time, and what is done with the paths.

#[cfg(target_arch = "wasm32")]
mod page;
#[cfg(not(target_arch = "wasm32"))]
mod system;

#[cfg(target_arch = "wasm32")]
pub(crate) use page::{dropped, given, open_file, open_files, open_folder, save_file};
#[cfg(not(target_arch = "wasm32"))]
pub(crate) use system::{open_file, open_files, open_folder, save_file};

use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

/// The paths that a user chooses, at least one; `None` if the dialog is put away.
pub(crate) type Answer = Pin<Box<dyn Future<Output = Option<Vec<PathBuf>>> + Send>>;

/// A dialog that is open.
pub(crate) struct OpenDialog {
    answer: Answer,
    waker: Waker,
}

impl OpenDialog {
    /// Waits for `answer`; `wake` is called, from any thread, once it is worth while to [look](Self::poll) again.
    pub(crate) fn new(answer: Answer, wake: impl Fn() + Send + Sync + 'static) -> Self {
        Self {
            answer,
            waker: Waker::from(Arc::new(Caller(wake))),
        }
    }

    /// The answer, once it is there; not to be asked for again after that.
    pub(crate) fn poll(&mut self) -> Poll<Option<Vec<PathBuf>>> {
        let mut context = Context::from_waker(&self.waker);
        self.answer.as_mut().poll(&mut context)
    }
}

/// Calls a function when it is woken.
struct Caller<F>(F);

impl<F: Fn() + Send + Sync + 'static> Wake for Caller<F> {
    fn wake(self: Arc<Self>) {
        (self.0)();
    }
}
