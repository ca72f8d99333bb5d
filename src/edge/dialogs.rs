//! The system's dialogs for paths: asked once, waited for without a thread.
//!
//! Absent: how many may be open at a time, and what is done with the paths.

#![expect(
    clippy::disallowed_methods,
    reason = "the edge: the system is asked for paths here"
)]

use rfd::{AsyncFileDialog, FileHandle};
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

/// Asks for a file of this kind, by the endings of its name.
pub(crate) fn open_file(title: &str, (kind, endings): (&str, &[&str])) -> Answer {
    let dialog = AsyncFileDialog::new().set_title(title);
    let asked = dialog.add_filter(kind, endings).pick_file();
    Box::pin(async { asked.await.map(|file| vec![path(&file)]) })
}

/// Asks for files of this kind, by the endings of their names, or any others.
pub(crate) fn open_files(title: &str, (kind, endings): (&str, &[&str])) -> Answer {
    let dialog = AsyncFileDialog::new().set_title(title);
    let dialog = dialog
        .add_filter(kind, endings)
        .add_filter("All files", &["*"]);
    let asked = dialog.pick_files();
    Box::pin(async { asked.await.map(|files| files.iter().map(path).collect()) })
}

/// Asks for a folder.
pub(crate) fn open_folder(title: &str) -> Answer {
    let asked = AsyncFileDialog::new().set_title(title).pick_folder();
    Box::pin(async { asked.await.map(|folder| vec![path(&folder)]) })
}

/// Asks where to save what could be called `name`.
pub(crate) fn save_file(title: &str, name: &str) -> Answer {
    let dialog = AsyncFileDialog::new().set_title(title);
    let asked = dialog.set_file_name(name).save_file();
    Box::pin(async { asked.await.map(|file| vec![path(&file)]) })
}

fn path(file: &FileHandle) -> PathBuf {
    file.path().to_owned()
}
