//! The system's own dialogs.

#![expect(
    clippy::disallowed_methods,
    reason = "the edge: the system is asked for paths here"
)]

use super::Answer;
use rfd::{AsyncFileDialog, FileHandle};
use std::path::PathBuf;

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
