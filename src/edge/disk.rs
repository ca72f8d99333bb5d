//! What is done to the disk by files that are written whole: each function is one operation of the system.
//!
//! No other file of this room makes, renames or removes anything, or brings it to the disk (a test holds that; a table
//! of the lab that grows, `append`, has a way of its own). So the tests can record every operation of a save, take the
//! power away after each, and let each fail in turn (`power_cut_tests`). Absent: in which order (`staged`, `write`,
//! `autosave`).

#![expect(
    clippy::disallowed_methods,
    reason = "the edge: files are written here"
)]

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::path::Path;

/// Does one operation.
#[cfg(not(all(test, feature = "app")))]
macro_rules! done {
    ($operation:expr, $act:expr) => {
        $act
    };
}

/// Does one operation and records it, or fails where it is to.
#[cfg(all(test, feature = "app"))]
macro_rules! done {
    ($operation:expr, $act:expr) => {
        record::run($operation, || $act)
    };
}

/// Makes a file that is not there yet, empty, to write to.
pub(super) fn create(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    done!(Operation::Create(path.into()), options.open(path))
}

/// Writes `bytes` to the end of the `file` at `path`.
#[cfg_attr(
    not(all(test, feature = "app")),
    expect(unused_variables, reason = "a path is for the record")
)]
pub(super) fn write(file: &mut File, path: &Path, bytes: &[u8]) -> io::Result<()> {
    done!(
        Operation::Write(path.into(), bytes.into()),
        file.write_all(bytes)
    )
}

/// Waits until what was written to the `file` at `path` is on the disk.
#[cfg_attr(
    not(all(test, feature = "app")),
    expect(unused_variables, reason = "a path is for the record")
)]
pub(super) fn sync_file(file: &File, path: &Path) -> io::Result<()> {
    done!(Operation::SyncFile(path.into()), file.sync_all())
}

/// Gives the file at `from` the name `to`, in the place of what is there.
pub(super) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    done!(
        Operation::Rename(from.into(), to.into()),
        fs::rename(from, to)
    )
}

/// Removes a file.
pub(super) fn remove(path: &Path) -> io::Result<()> {
    done!(Operation::Remove(path.into()), fs::remove_file(path))
}

/// Makes a folder in one that is there.
pub(super) fn make_folder(path: &Path) -> io::Result<()> {
    done!(Operation::MakeFolder(path.into()), fs::create_dir(path))
}

/// Removes a folder that is empty.
pub(super) fn remove_folder(path: &Path) -> io::Result<()> {
    done!(Operation::RemoveFolder(path.into()), fs::remove_dir(path))
}

/// Waits until what was named anew in the folder at `path` is on the disk, where the system has a way to: elsewhere, and
/// in folders that nobody may list, names come there in its own time.
pub(super) fn sync_folder(path: &Path) -> io::Result<()> {
    if cfg!(not(unix)) {
        return Ok(());
    }
    let Ok(folder) = File::open(path) else {
        return Ok(());
    };
    let synced = || match folder.sync_all() {
        Err(why) if matches!(why.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported) => {
            Ok(())
        }
        synced => synced,
    };
    done!(Operation::SyncFolder(path.into()), synced())
}

/// Opens an empty file to be locked, which is made if missing. It holds nothing, so that it is no operation to record.
#[cfg(feature = "app")]
pub(super) fn open_lock(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false).open(path)
}

/// Writes to a device or a pipe.
pub(super) fn write_through(path: &Path, bytes: &[u8]) -> io::Result<()> {
    OpenOptions::new().write(true).open(path)?.write_all(bytes)
}

#[cfg(all(test, feature = "app"))]
pub(super) use record::Operation;

/// The record that tests keep of operations, each thread its own.
#[cfg(all(test, feature = "app"))]
pub(super) mod record {
    use std::cell::RefCell;
    use std::io;
    use std::path::PathBuf;

    /// One operation that was done.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub(in crate::edge) enum Operation {
        /// An empty file was made.
        Create(PathBuf),
        /// Bytes were added to the end of it.
        Write(PathBuf, Vec<u8>),
        /// They were brought to the disk.
        SyncFile(PathBuf),
        /// It was given another name.
        Rename(PathBuf, PathBuf),
        /// It was removed.
        Remove(PathBuf),
        /// A folder was made.
        MakeFolder(PathBuf),
        /// An empty folder was removed.
        RemoveFolder(PathBuf),
        /// The names in a folder were brought to the disk.
        SyncFolder(PathBuf),
        /// None of the system's: from here on somebody counts on what is called so.
        Promised(&'static str),
    }

    /// What was done on this thread, and which operation from now on is to fail.
    #[derive(Default)]
    struct Record {
        done: Vec<Operation>,
        fails_after: Option<usize>,
    }

    thread_local! {
        static RECORD: RefCell<Record> = RefCell::default();
    }

    /// Does and records `operation`; an error, and nothing done, where it is to fail.
    pub(super) fn run<T>(
        operation: Operation,
        act: impl FnOnce() -> io::Result<T>,
    ) -> io::Result<T> {
        let fails = RECORD.with_borrow_mut(|record| {
            let left = record.fails_after;
            record.fails_after = left.and_then(|left| left.checked_sub(1));
            left == Some(0)
        });
        if fails {
            return Err(io::ErrorKind::StorageFull.into());
        }
        let come_of_it = act()?;
        RECORD.with_borrow_mut(|record| record.done.push(operation));
        Ok(come_of_it)
    }

    /// Somebody counts on what is called `what` from here on.
    pub(in crate::edge) fn promise(what: &'static str) {
        RECORD.with_borrow_mut(|record| record.done.push(Operation::Promised(what)));
    }

    /// The next operation but `count` of this thread fails, as if the disk were full.
    pub(in crate::edge) fn fail_after(count: usize) {
        RECORD.with_borrow_mut(|record| record.fails_after = Some(count));
    }

    /// Whether the operation that is to fail has not come yet.
    pub(in crate::edge) fn is_to_fail() -> bool {
        RECORD.with_borrow(|record| record.fails_after.is_some())
    }

    /// What was done on this thread since this was asked last; nothing fails any more.
    pub(in crate::edge) fn take() -> Vec<Operation> {
        RECORD.take().done
    }
}
