//! Sessions that the program keeps by itself, in a folder of its own: one file a window, by the number of its process.
//!
//! Beside each lies an empty file that its window holds locked as long as it lives; whatever ends the window, be it the
//! loss of power, ends the lock. A session whose lock nobody holds is left over: what would have been lost. Absent: when
//! something is kept, and what it means.

#![expect(
    clippy::disallowed_methods,
    reason = "the edge: folders are listed here"
)]

use super::open::system;
use super::{disk, staged, write};
use crate::engine::Error;
use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// What names of such files begin with.
const BEGIN: &str = "kept-";

/// What they end with.
const ENDING: &str = "engram";

/// The ending of the names of the files that are locked.
const LOCK: &str = "lock";

/// The ending of what was skipped when it was offered.
const SKIPPED: &str = "skipped";

/// The most files kept that were skipped.
const MOST_SKIPPED: usize = 5;

/// Keeps the session of one window; whoever does something with it has all of it meanwhile.
pub(crate) struct Keeper {
    folder: PathBuf,
    own: Option<Claim>,
    offered: Option<Claim>,
    /// The window has closed: nothing is kept any more.
    ended: bool,
}

/// A file that is this window's alone.
struct Claim {
    file: PathBuf,
    /// Open and locked.
    lock: File,
}

impl Keeper {
    /// Keeps the session in `folder`, which is made once it is needed.
    pub(crate) fn new(folder: PathBuf) -> Self {
        Self {
            folder,
            own: None,
            offered: None,
            ended: false,
        }
    }

    /// Looks for what is left over of a window that did not end, the newest; it is this window's to offer from now on.
    pub(crate) fn look(&mut self) -> Option<PathBuf> {
        staged::clear_leftovers(&self.folder, |_| true);
        self.clear_locks();
        let mut found = written_in(&self.folder, ENDING);
        while let Some(file) = found.pop() {
            let is_kept = file.file_name().and_then(|name| name.to_str());
            let is_kept = is_kept.is_some_and(|name| name.starts_with(BEGIN));
            if is_kept && let Ok(Some(claim)) = Claim::of(&file) {
                self.offered = Some(claim);
                return Some(file);
            }
        }
        None
    }

    /// Takes away locks that nobody holds and that belong to no file.
    fn clear_locks(&self) {
        for lock in written_in(&self.folder, LOCK) {
            let file = lock.with_extension(ENDING);
            if !file.exists()
                && let Ok(Some(claim)) = Claim::of(&file)
            {
                claim.release();
            }
        }
    }

    /// Keeps `bytes` in the place of what was kept; not once the window has closed.
    pub(crate) fn keep(&mut self, bytes: &[u8]) -> Result<(), Error> {
        if self.ended {
            return Ok(());
        }
        if !self.folder.is_dir() {
            // With the folder went what was claimed in it.
            self.own = None;
        }
        let own = if let Some(own) = self.own.take() {
            own
        } else {
            write::folder(&self.folder, &[])?;
            Claim::new(&self.folder).map_err(|why| named(&self.folder, &why))?
        };
        let kept = write::file(&own.file, bytes);
        self.own = Some(own);
        kept
    }

    /// What was offered is what this window keeps from now on.
    pub(crate) fn adopt(&mut self) -> Result<(), Error> {
        let forgotten = self.forget();
        self.own = self.offered.take();
        forgotten
    }

    /// What was offered is offered no more: it stays under another name, as long as no more than a few do.
    pub(crate) fn skip(&mut self) -> Result<(), Error> {
        let Some(offered) = self.offered.take() else {
            return Ok(());
        };
        let mut names =
            (0..).map(|count: u64| offered.file.with_extension(format!("{count}.{SKIPPED}")));
        let name = names
            .find(|name| !name.exists())
            .expect("there are more numbers than files");
        disk::rename(&offered.file, &name).map_err(|why| named(&offered.file, &why))?;
        offered.release();
        let skipped = written_in(&self.folder, SKIPPED);
        for old in skipped.iter().rev().skip(MOST_SKIPPED) {
            remove(old)?;
        }
        Ok(())
    }

    /// There is nothing to lose: nothing is kept.
    pub(crate) fn forget(&mut self) -> Result<(), Error> {
        if let Some(own) = self.own.take() {
            if let Err(problem) = remove(&own.file) {
                self.own = Some(own);
                return Err(problem);
            }
            own.release();
        }
        Ok(())
    }

    /// The window closes: nothing is kept after this.
    pub(crate) fn stop(&mut self) {
        self.ended = true;
    }
}

impl Claim {
    /// A file of this process in `folder` that is not there yet.
    fn new(folder: &Path) -> io::Result<Self> {
        let process = std::process::id();
        for count in 0_u64.. {
            let file = folder.join(format!("{BEGIN}{process}-{count}.{ENDING}"));
            if !file.exists()
                && let Some(claim) = Self::of(&file)?
                // Another window may have cleared it before it was locked.
                && claim.file.with_extension(LOCK).exists()
            {
                return Ok(claim);
            }
        }
        unreachable!("there are more numbers than files")
    }

    /// The file at `file`; none while another window has it.
    fn of(file: &Path) -> io::Result<Option<Self>> {
        let lock = disk::open_lock(&file.with_extension(LOCK))?;
        let free = match lock.try_lock() {
            Ok(()) => true,
            Err(TryLockError::WouldBlock) => false,
            // There are disks without locks.
            Err(TryLockError::Error(_)) => !process_of(file).is_some_and(staged::runs),
        };
        let file = file.to_owned();
        Ok(free.then_some(Self { file, lock }))
    }

    /// Gives it back.
    fn release(self) {
        let Self { file, lock } = self;
        // A lock that stays is taken away by the window that opens next.
        drop(disk::remove(&file.with_extension(LOCK)));
        drop(lock);
    }
}

/// The process in the name of such a file.
fn process_of(file: &Path) -> Option<u32> {
    let (process, _) = file
        .file_name()?
        .to_str()?
        .strip_prefix(BEGIN)?
        .split_once('-')?;
    process.parse().ok()
}

/// What is in `folder` under a name that ends in `ending`, the newest last; nothing where there is no such folder.
fn written_in(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found: Vec<(SystemTime, PathBuf)> = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.extension().is_some_and(|its| its == ending) {
            let written = entry.metadata().and_then(|about| about.modified());
            found.push((written.unwrap_or(SystemTime::UNIX_EPOCH), path));
        }
    }
    found.sort();
    found.into_iter().map(|(_, path)| path).collect()
}

/// Removes a file; that it is not there is no matter.
fn remove(path: &Path) -> Result<(), Error> {
    match disk::remove(path) {
        Err(why) if why.kind() != ErrorKind::NotFound => Err(named(path, &why)),
        _ => Ok(()),
    }
}

fn named(path: &Path, why: &io::Error) -> Error {
    system(why).in_source(path.display().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Names in `folder`, sorted.
    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    }

    #[test]
    fn what_ended_windows_left_is_offered_to_one_and_what_open_ones_keep_is_not() {
        let scratch = tempfile::tempdir().expect("a scratch folder");
        let folder = scratch.path().join("kept");
        let window = || Keeper::new(folder.clone());
        assert_eq!(window().look(), None);
        assert!(!folder.exists(), "looking makes nothing");
        let (mut one, mut two) = (window(), window());
        one.keep(b"one").expect("there is room");
        two.keep(b"two").expect("there is room");
        assert_eq!(window().look(), None, "both are open");
        fs::write(folder.join("notes.engram"), "{}").expect("there is room");
        // A crash ends no window by its rules.
        drop(one);
        let mut next = window();
        let left = next.look().expect("one did not end");
        assert_eq!(fs::read(&left).expect("it is there"), b"one");
        assert_eq!(window().look(), None, "it is offered once");
        next.adopt().expect("it was offered");
        next.keep(b"on with one").expect("there is room");
        assert_eq!(fs::read(&left).expect("it is there"), b"on with one");
        next.forget().expect("nothing is in the way");
        two.forget().expect("nothing is in the way");
        assert_eq!(names(&folder), ["notes.engram"]);
    }

    #[test]
    fn what_was_offered_and_not_answered_is_offered_again() {
        let scratch = tempfile::tempdir().expect("a scratch folder");
        let window = || Keeper::new(scratch.path().to_owned());
        let mut crashed = window();
        crashed.keep(b"x").expect("there is room");
        drop(crashed);
        let mut closed = window();
        assert!(closed.look().is_some());
        closed.forget().expect("nothing is in the way");
        drop(closed);
        assert!(window().look().is_some());
    }

    #[test]
    fn nothing_is_kept_after_the_end() {
        let scratch = tempfile::tempdir().expect("a scratch folder");
        let mut window = Keeper::new(scratch.path().to_owned());
        window.keep(b"x").expect("there is room");
        window.forget().expect("nothing is in the way");
        window.stop();
        window.keep(b"late").expect("it is no matter");
        assert!(names(scratch.path()).is_empty());
    }

    #[test]
    fn a_few_skipped_ones_are_kept() {
        let scratch = tempfile::tempdir().expect("a scratch folder");
        for _ in 0..2 * MOST_SKIPPED {
            let mut crashed = Keeper::new(scratch.path().to_owned());
            crashed.keep(b"x").expect("there is room");
            drop(crashed);
            let mut next = Keeper::new(scratch.path().to_owned());
            assert!(next.look().is_some());
            next.skip().expect("it can be renamed");
        }
        assert_eq!(names(scratch.path()).len(), MOST_SKIPPED);
    }

    #[test]
    fn what_was_left_half_written_or_locked_by_nobody_is_cleared() {
        let scratch = tempfile::tempdir().expect("a scratch folder");
        // Beyond the largest number of a process.
        let gone = i32::MAX;
        for name in [
            format!(".kept-{gone}-0.engram.{gone}.part"),
            format!("kept-{gone}-0.lock"),
        ] {
            fs::write(scratch.path().join(name), "").expect("there is room");
        }
        assert_eq!(Keeper::new(scratch.path().to_owned()).look(), None);
        let left = names(scratch.path()).len();
        assert_eq!(left, usize::from(cfg!(not(unix))));
    }
}
