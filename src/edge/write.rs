//! Files written whole: under a temporary name beside the target, to the disk, then renamed, so that a failure, be it
//! of the power, leaves nothing behind and nothing spoiled.

#![expect(
    clippy::disallowed_methods,
    reason = "the edge: files are written here"
)]

use super::open::system;
use crate::engine::Error;
use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// Refuses a path to which no file can be written, before any work is done.
pub(crate) fn check_file(path: &Path) -> Result<(), Error> {
    if path.is_dir() {
        return Err(named(
            path,
            Error::System("a file is wanted, and this is a folder".to_owned()),
        ));
    }
    match path.parent() {
        Some(parent) if parent.as_os_str().is_empty() || parent.is_dir() => Ok(()),
        Some(_) => Err(named(
            path,
            Error::System("there is no such folder to write to".to_owned()),
        )),
        None => Err(named(
            path,
            Error::System("this is no name for a file".to_owned()),
        )),
    }
}

/// Refuses a path at which no folder can be, before any work is done.
pub(crate) fn check_folder(path: &Path) -> Result<(), Error> {
    let above = path.ancestors().find(|above| above.exists());
    if above.is_some_and(|above| !above.is_dir()) || path.as_os_str().is_empty() {
        return Err(named(
            path,
            Error::System("a folder is wanted, and this is none".to_owned()),
        ));
    }
    Ok(())
}

/// Whether the folder at `path` holds an entry called `name`.
pub(crate) fn holds(path: &Path, name: &str) -> bool {
    path.join(name).exists()
}

/// Writes one file, all or nothing.
pub(crate) fn file(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    check_file(path)?;
    // A device or a pipe must not be replaced by a file; a link must stay a link. What is not there yet has no other name.
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let written = if target.exists() && !target.is_file() {
        fs::write(&target, bytes)
    } else {
        stage(&target, bytes).and_then(|staged| publish(&[(staged, target)]))
    };
    written.map_err(|problem| named(path, system(&problem)))
}

/// Renames the file at `path`, so that nobody finds it any more; the new name.
#[cfg(feature = "app")]
pub(crate) fn set_aside(path: &Path) -> Result<PathBuf, Error> {
    let aside = path.with_extension("damaged");
    let renamed = fs::rename(path, &aside);
    renamed.map_err(|problem| named(path, system(&problem)))?;
    Ok(aside)
}

/// Writes `files`, name and bytes, into the folder at `path`, which is made if missing: all of them or none.
pub(crate) fn folder(path: &Path, files: &[(String, Vec<u8>)]) -> Result<(), Error> {
    check_folder(path)?;
    let new = !path.exists();
    let written = fs::create_dir_all(path).and_then(|()| {
        let mut staged = Vec::new();
        for (name, bytes) in files {
            let target = path.join(name);
            match stage(&target, bytes) {
                Ok(file) => staged.push((file, target)),
                Err(problem) => {
                    discard(&staged);
                    return Err(problem);
                }
            }
        }
        publish(&staged)
    });
    written.map_err(|problem| {
        if new {
            // Only an empty folder goes; what cannot be removed stays.
            drop(fs::remove_dir(path));
        }
        named(path, system(&problem))
    })
}

/// Writes `bytes` beside `target` under a name of its own.
fn stage(target: &Path, bytes: &[u8]) -> io::Result<PathBuf> {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    let staged = target.with_file_name(format!(".{name}.{}.part", std::process::id()));
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(&staged)?;
    match file.write_all(bytes).and_then(|()| file.sync_all()) {
        Ok(()) => Ok(staged),
        Err(problem) => {
            drop(fs::remove_file(&staged));
            Err(problem)
        }
    }
}

/// Gives staged files their names.
fn publish(staged: &[(PathBuf, PathBuf)]) -> io::Result<()> {
    for (index, (file, target)) in staged.iter().enumerate() {
        if let Err(problem) = fs::rename(file, target) {
            discard(&staged[index..]);
            return Err(problem);
        }
    }
    if let Some((_, target)) = staged.first() {
        sync_folder_of(target);
    }
    Ok(())
}

/// Brings the new names of files to the disk, where the system can: on others they come there in its own time, and the
/// files are whole either way.
fn sync_folder_of(target: &Path) {
    let folder = target
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let folder = fs::File::open(folder.unwrap_or_else(|| Path::new(".")));
    drop(folder.and_then(|folder| folder.sync_all()));
}

fn discard(staged: &[(PathBuf, PathBuf)]) {
    for (file, _) in staged {
        drop(fs::remove_file(file));
    }
}

fn named(path: &Path, problem: Error) -> Error {
    problem.in_source(path.display().to_string())
}
