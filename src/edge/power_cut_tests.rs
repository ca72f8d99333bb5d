//! The power goes after any operation of a save, or an operation fails: what was promised is read, and nothing half.
//!
//! The operations of real saves are recorded and played on a model of a disk. Every disk that may be left of it is made,
//! and read by what reads real ones.

#![expect(clippy::disallowed_methods, reason = "tests make and read files")]

mod lost_power;

use super::autosave::Keeper;
use super::disk::Operation;
use super::disk::record::{fail_after, is_to_fail, promise, take};
use super::write;
use crate::engine::Error;
use lost_power::{Disk, Files};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The `count`-th version of a session.
fn version(count: usize) -> Vec<u8> {
    format!("{{ version {count} of what somebody worked on }}").into_bytes()
}

/// The number of the version in `bytes`; an error where they are no whole one.
fn read_version(bytes: &[u8]) -> Result<usize, String> {
    let found = (0..9).find(|count| version(*count) == bytes);
    found.ok_or_else(|| format!("half a file is read: {:?}", String::from_utf8_lossy(bytes)))
}

/// A folder to save into, with version 0 of `saved.engram` on the disk.
struct Scene {
    _scratch: tempfile::TempDir,
    root: PathBuf,
}

impl Scene {
    fn new() -> Self {
        let scratch = tempfile::tempdir().expect("a scratch folder");
        let root = scratch.path().canonicalize().expect("it is there");
        fs::write(root.join("saved.engram"), version(0)).expect("there is room");
        take();
        Self {
            _scratch: scratch,
            root,
        }
    }

    fn saved(&self) -> PathBuf {
        self.root.join("saved.engram")
    }

    fn kept(&self) -> PathBuf {
        self.root.join("state/kept")
    }

    /// Takes the power away after each of `operations`: whatever is left is read, and is no less than was promised. How
    /// many different disks were read, or what was lost.
    fn check(&self, operations: &[Operation]) -> Result<usize, String> {
        let mut disk = Disk::with(self.saved(), version(0));
        let mut read = BTreeMap::new();
        let mut promised = 0;
        for operation in operations {
            disk.apply(operation);
            if let Operation::Promised(what) = operation {
                promised = what.parse().expect("versions are promised by number");
            }
            for files in disk.left(&self.root) {
                let newest = match read.get(&files) {
                    Some(known) => *known,
                    None => self.read(&files)?,
                };
                if newest < promised {
                    return Err(format!(
                        "after {operation:?} version {newest} is all there is"
                    ));
                }
                read.insert(files, newest);
            }
        }
        Ok(read.len())
    }

    /// Makes a disk of `files`, starts on it, and gives the newest version that is offered, or was set aside.
    fn read(&self, files: &Files) -> Result<usize, String> {
        let scratch = tempfile::tempdir().expect("a scratch folder");
        let there = |path: &Path| {
            scratch
                .path()
                .join(path.strip_prefix(&self.root).expect("below"))
        };
        for (path, bytes) in files {
            let path = there(path);
            fs::create_dir_all(path.parent().expect("it is below")).expect("there is room");
            fs::write(path, bytes).expect("there is room");
        }
        let mut newest =
            read_version(&fs::read(there(&self.saved())).map_err(|why| why.to_string())?)?;
        while let Some(left) = Keeper::new(there(&self.kept())).look() {
            newest = newest.max(read_version(&fs::read(&left).expect("it is offered"))?);
            fs::remove_file(left).expect("it is there");
        }
        for entry in fs::read_dir(there(&self.kept())).into_iter().flatten() {
            let path = entry.expect("it can be listed").path();
            if path.extension().is_some_and(|ending| ending == "skipped") {
                newest = newest.max(read_version(&fs::read(path).expect("it is there"))?);
            }
        }
        Ok(newest)
    }

    /// Saves over what is there, twice.
    fn save(&self) -> Vec<Operation> {
        for (count, promised) in [(1, "1"), (2, "2")] {
            write::file(&self.saved(), &version(count)).expect("there is room");
            promise(promised);
        }
        take()
    }

    /// Keeps twice what is saved at last; a crash, another window, which goes on, and saves; a crash, and what is left is
    /// skipped.
    fn keep(&self) -> Vec<Operation> {
        let mut window = Keeper::new(self.kept());
        for (count, promised) in [(1, "1"), (2, "2")] {
            window.keep(&version(count)).expect("there is room");
            promise(promised);
        }
        drop(window);
        let mut window = Keeper::new(self.kept());
        assert!(window.look().is_some());
        window.adopt().expect("it was offered");
        window.keep(&version(3)).expect("there is room");
        promise("3");
        write::file(&self.saved(), &version(4)).expect("there is room");
        promise("4");
        window.forget().expect("it is there");
        window.keep(&version(5)).expect("there is room");
        promise("5");
        drop(window);
        let mut window = Keeper::new(self.kept());
        assert!(window.look().is_some());
        window.skip().expect("it was offered");
        take()
    }
}

/// `operations` without those that are `left_out`, of which there are some.
fn without(operations: &[Operation], left_out: impl Fn(&Operation) -> bool) -> Vec<Operation> {
    let rest = operations.iter().filter(|operation| !left_out(operation));
    let rest: Vec<Operation> = rest.cloned().collect();
    assert!(rest.len() < operations.len(), "none is left out");
    rest
}

#[cfg(unix)]
#[test]
fn what_was_saved_or_kept_outlives_a_power_cut_at_any_moment() {
    let scene = Scene::new();
    let saved = scene.save();
    let n_disks = scene.check(&saved).expect("nothing is lost");
    assert!(n_disks > 8, "{n_disks} disks");
    let scene = Scene::new();
    let kept = scene.keep();
    let n_disks = scene.check(&kept).expect("nothing is lost");
    assert!(n_disks > 20, "{n_disks} disks");
}

/// A writer that brings less to the disk, or later, is found out.
#[cfg(unix)]
#[test]
fn no_operation_that_brings_something_to_the_disk_can_be_left_out() {
    let scene = Scene::new();
    let saved = scene.save();
    let is_file = |operation: &Operation| matches!(operation, Operation::SyncFile(_));
    let said = scene.check(&without(&saved, is_file)).unwrap_err();
    assert!(said.contains("half a file is read"), "{said}");
    let is_folder = |operation: &Operation| matches!(operation, Operation::SyncFolder(_));
    let said = scene.check(&without(&saved, is_folder)).unwrap_err();
    assert!(said.contains("version 0 is all there is"), "{said}");
    // Renamed first, brought to the disk then.
    let mut late = saved.clone();
    for place in 1..late.len() {
        if matches!(late[place], Operation::Rename(..)) && is_file(&late[place - 1]) {
            let Operation::Rename(_, target) = late[place].clone() else {
                continue;
            };
            late.swap(place - 1, place);
            late[place] = Operation::SyncFile(target);
        }
    }
    assert_ne!(late, saved);
    let said = scene.check(&late).unwrap_err();
    assert!(said.contains("half a file is read"), "{said}");

    let scene = Scene::new();
    let kept = scene.keep();
    let said = scene.check(&without(&kept, is_file)).unwrap_err();
    assert!(said.contains("half a file is read"), "{said}");
    for folder in ["", "state", "state/kept"] {
        let folder = scene.root.join(folder);
        let is_it = |operation: &Operation| *operation == Operation::SyncFolder(folder.clone());
        let said = scene.check(&without(&kept, is_it)).unwrap_err();
        assert!(
            said.contains("is all there is"),
            "{}: {said}",
            folder.display()
        );
    }
}

/// Saves the version of this number.
type Act<'a> = Box<dyn FnMut(usize) -> Result<(), Error> + 'a>;

#[test]
fn an_operation_that_fails_is_said_and_spoils_nothing() {
    let scene = Scene::new();
    let window = &mut Keeper::new(scene.kept());
    let acts: [(PathBuf, Act<'_>); 2] = [
        (
            scene.saved(),
            Box::new(|count| write::file(&scene.saved(), &version(count))),
        ),
        (scene.kept(), Box::new(|count| window.keep(&version(count)))),
    ];
    for (place, mut act) in acts {
        let (mut n_failed, mut last) = (0, 0);
        for nth in 0.. {
            let count = 1 + nth % 8;
            fail_after(nth);
            let said = act(count);
            let is_past = is_to_fail();
            take();
            if is_past {
                break; // There are not so many.
            }
            let file = written(&place);
            let now = file
                .as_ref()
                .map_or(0, |bytes| read_version(bytes).expect("it is whole"));
            match said {
                Err(said) => {
                    let said = said.to_string();
                    let named = said.contains(&*place.display().to_string());
                    assert!(named && said.ends_with("no storage space"), "{said}");
                    n_failed += 1;
                    assert!(now == last || now == count, "{now}");
                }
                // What could not be taken away is, the next time.
                Ok(()) => assert_eq!(now, count),
            }
            last = now;
        }
        assert!(n_failed >= 4, "{n_failed}");
        act(8).expect("nothing fails any more");
        let folder = if place.is_dir() {
            &*place
        } else {
            &*scene.root
        };
        for entry in fs::read_dir(folder).expect("it is there") {
            let name = entry.expect("it can be listed").file_name();
            assert!(!name.to_string_lossy().ends_with(".part"), "{name:?}");
        }
    }
}

/// The session in the file or in the folder at `place`; none where there is none.
fn written(place: &Path) -> Option<Vec<u8>> {
    if place.is_file() {
        return fs::read(place).ok();
    }
    let entries = fs::read_dir(place).ok()?;
    let mut paths = entries.map(|entry| entry.expect("it can be listed").path());
    let file = paths.find(|path| path.extension().is_some_and(|ending| ending == "engram"))?;
    fs::read(file).ok()
}

#[test]
fn everything_that_is_done_to_the_disk_is_recorded() {
    for (file, text) in [
        ("write.rs", include_str!("write.rs")),
        ("staged.rs", include_str!("staged.rs")),
        ("autosave.rs", include_str!("autosave.rs")),
    ] {
        let text = text
            .split("#[cfg(test)]\nmod tests")
            .next()
            .expect("one at least");
        for unrecorded in [
            "fs::write",
            "fs::rename",
            "fs::remove",
            "fs::create",
            "fs::copy",
            "hard_link",
            "OpenOptions",
            "File::create",
            "set_len",
            "sync_all",
            "write_all",
        ] {
            assert!(!text.contains(unrecorded), "{file}: {unrecorded}");
        }
    }
}
