//! Files under a temporary name, `.NAME.PID.part`, beside the targets that they become once they are whole. Of a long
//! name it has the beginning.
//!
//! There is a list of them, so that whoever is interrupted leaves none behind; what a process that no longer runs has
//! left is cleared when the same target is written again. Absent: which targets may be written (`write`).

#![expect(
    clippy::disallowed_methods,
    reason = "the edge: folders are listed here"
)]

use super::disk;
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The ending of temporary names.
const ENDING: &str = ".part";

/// The most bytes of a target's name in a temporary one, which stays shorter than what systems admit.
const MAX_NAME: usize = 200;

/// Temporary files of this process.
static STAGED: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// A file that waits for its name.
pub(super) struct Staged {
    file: PathBuf,
    target: PathBuf,
}

/// Writes `bytes` to the disk, beside `target` under a name of its own.
pub(super) fn stage(target: &Path, bytes: &[u8]) -> io::Result<Staged> {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    let name = beginning(&name);
    let file = target.with_file_name(format!(".{name}.{}{ENDING}", std::process::id()));
    let mut open = {
        let mut list = list();
        let open = disk::create(&file)?;
        list.insert(file.clone());
        open
    };
    let written = disk::write(&mut open, &file, bytes);
    let synced = written.and_then(|()| disk::sync_file(&open, &file));
    let staged = Staged {
        file,
        target: target.to_owned(),
    };
    match synced {
        Ok(()) => Ok(staged),
        Err(problem) => {
            discard(&[staged]);
            Err(problem)
        }
    }
}

/// Gives staged files their names; whoever is interrupted meanwhile waits until all have them.
pub(super) fn publish(staged: &[Staged]) -> io::Result<()> {
    let mut list = list();
    for (index, Staged { file, target }) in staged.iter().enumerate() {
        if let Err(problem) = disk::rename(file, target) {
            drop(list);
            discard(&staged[index..]);
            return Err(problem);
        }
        list.remove(file);
    }
    Ok(())
}

/// Takes staged files away.
pub(super) fn discard(staged: &[Staged]) {
    let mut list = list();
    for Staged { file, .. } in staged {
        drop(disk::remove(file));
        list.remove(file);
    }
}

/// Takes every staged file away, for a process that leaves at once: nothing can be staged any more.
pub(crate) fn discard_all() {
    let list = list();
    for file in &*list {
        drop(disk::remove(file));
    }
    std::mem::forget(list);
}

/// Takes away what processes that no longer run have left in `folder` of files whose names are `wanted`, of long ones
/// the beginnings. What cannot be looked at or removed stays.
pub(super) fn clear_leftovers(folder: &Path, wanted: impl Fn(&str) -> bool) {
    let list = list();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let is_left =
            |(name, process): (&str, u32)| wanted(name) && !runs(process) && !list.contains(&path);
        if entry
            .file_name()
            .to_str()
            .and_then(parts)
            .is_some_and(is_left)
        {
            drop(disk::remove(&path));
        }
    }
}

/// Whether a name in a temporary one is of a file called one of `names`.
pub(super) fn are(names: &[String]) -> impl Fn(&str) -> bool {
    |begun| names.iter().any(|name| beginning(name) == begun)
}

/// As much of a target's name as stands in a temporary one.
fn beginning(name: &str) -> &str {
    &name[..name.floor_char_boundary(MAX_NAME)]
}

/// What stands of the target's name in a temporary name, and the process.
fn parts(name: &str) -> Option<(&str, u32)> {
    let name = name.strip_prefix('.')?.strip_suffix(ENDING)?;
    let (name, process) = name.rsplit_once('.')?;
    Some((name, process.parse().ok()?))
}

/// Whether another process of this number runs; what cannot be known, does.
pub(super) fn runs(process: u32) -> bool {
    // What is not in the list is of a process that had the number before.
    process != std::process::id() && is_known(process)
}

#[cfg(unix)]
fn is_known(process: u32) -> bool {
    use rustix::process::{Pid, test_kill_process};
    let process = i32::try_from(process).ok().and_then(Pid::from_raw);
    // Somebody else's cannot be asked, but is there.
    process.is_some_and(|process| test_kill_process(process) != Err(rustix::io::Errno::SRCH))
}

#[cfg(not(unix))]
fn is_known(_process: u32) -> bool {
    true
}

/// The list, whoever panicked with it: paths are in it whole or not at all.
fn list() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    STAGED.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leftovers_are_known_by_their_names() {
        assert_eq!(parts(".J.npy.12.part"), Some(("J.npy", 12)));
        for other in ["J.npy.12.part", ".J.npy.part", ".J.npy.12", ".J.npy.x.part"] {
            assert_eq!(parts(other), None, "{other}");
        }
        assert!(!runs(std::process::id()), "its own are in the list");
    }

    #[test]
    fn the_longest_names_have_temporary_ones_that_are_known_again() {
        let scratch = tempfile::tempdir().unwrap();
        let name = "é".repeat(127);
        let target = scratch.path().join(&name);
        let staged = stage(&target, b"x").unwrap();
        publish(&[staged]).unwrap();
        assert_eq!(fs::read(&target).unwrap(), b"x");
        let left = format!(".{}.{}.part", "é".repeat(100), i32::MAX);
        fs::write(scratch.path().join(&left), b"half").unwrap();
        clear_leftovers(scratch.path(), are(&["é".to_owned()]));
        assert!(scratch.path().join(&left).exists());
        clear_leftovers(scratch.path(), are(&[name]));
        assert_eq!(scratch.path().join(&left).exists(), cfg!(not(unix)));
    }

    #[cfg(unix)]
    #[test]
    fn what_a_process_left_is_cleared_and_what_one_writes_is_not() {
        let scratch = tempfile::tempdir().unwrap();
        let parent = rustix::process::getppid().expect("a test has one");
        // Beyond the largest number of a process.
        let (gone, running) = (i32::MAX, parent.as_raw_nonzero());
        let names = |suffix: &str| {
            let name = |who: i32| format!(".J.npy{suffix}.{who}.part");
            [name(gone), name(running.get())]
        };
        for name in names("").iter().chain(&names("2")) {
            fs::write(scratch.path().join(name), b"half").unwrap();
        }
        let mine = stage(&scratch.path().join("J.npy"), b"x").unwrap();
        clear_leftovers(scratch.path(), are(&["J.npy".to_owned()]));
        let is_there = |name: &str| scratch.path().join(name).exists();
        assert_eq!(names("").map(|name| is_there(&name)), [false, true]);
        assert_eq!(names("2").map(|name| is_there(&name)), [true, true]);
        assert!(mine.file.exists());
        publish(&[mine]).unwrap();
        assert_eq!(fs::read(scratch.path().join("J.npy")).unwrap(), b"x");
    }
}
