//! What was dropped on the window: paths or, on a page, files that are read first.

use crate::edge::dialogs::Answer;
use egui::DroppedFileHandle;

/// The paths of `files`.
#[cfg(not(target_arch = "wasm32"))]
pub(super) fn paths(files: &[DroppedFileHandle]) -> Answer {
    let paths = files.iter().map(|file| file.path().to_owned()).collect();
    Box::pin(std::future::ready(Some(paths)))
}

/// The names of `files`, once they are read.
#[cfg(target_arch = "wasm32")]
pub(super) fn paths(files: &[DroppedFileHandle]) -> Answer {
    let coming = files.iter().cloned().map(|file| {
        let path = file.path().to_owned();
        let bytes = async move { file.bytes_async().await };
        (path, Box::pin(bytes) as _)
    });
    crate::edge::dialogs::dropped(coming.collect())
}
