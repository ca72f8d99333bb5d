//! Files written whole: under a temporary name beside the target, to the disk, then renamed, so that a failure, be it
//! of the power, leaves nothing behind and nothing spoiled.

use super::disk;
use super::open::{self, system};
use super::staged::{self, Staged, are, clear_leftovers, stage};
use crate::engine::Error;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf, is_separator};

/// The name that an empty file would have which is made in a folder to see whether it can be, and taken away.
const PROBE: &str = "engram";

/// Refuses a path to which no file can be written, before any work is done: an empty one is made beside it and taken
/// away.
pub(crate) fn check_file(path: &Path) -> Result<(), Error> {
    let target = target(path)?;
    if is_special(&target) {
        return Ok(());
    }
    probe(&target).map_err(|problem| named(path, problem))
}

/// What a file at `path` is written to. Refused: what is no name of one.
fn target(path: &Path) -> Result<PathBuf, Error> {
    let refuse = |why: &str| Err(named(path, Error::System(why.to_owned())));
    match fs::metadata(path) {
        Ok(about) if about.is_dir() => return refuse("a file is wanted, and this is a folder"),
        Err(why) if is_no_place(&why) => return Err(named(path, system(&why))),
        _ => {}
    }
    if !ends_in_name(path) {
        return refuse("this is no name for a file");
    }
    if !folder_of(path).is_dir() {
        return refuse("there is no such folder to write to");
    }
    // A link must stay a link. What is not there yet has no other name.
    Ok(fs::canonicalize(path).unwrap_or_else(|_| path.to_owned()))
}

/// Whether `why` says that nothing can be made there, rather than that nothing is there yet.
fn is_no_place(why: &io::Error) -> bool {
    matches!(
        why.kind(),
        ErrorKind::PermissionDenied | ErrorKind::InvalidFilename | ErrorKind::InvalidInput
    )
}

/// Whether the last part of `path`, as it is written, names something: no separator, no dots.
fn ends_in_name(path: &Path) -> bool {
    let written = path.as_os_str().as_encoded_bytes();
    let mut parts = written.rsplit(|byte| is_separator(char::from(*byte)));
    !matches!(parts.next(), None | Some(b"" | b"." | b".."))
}

/// Whether there is a device or a pipe, which must not be replaced by a file.
fn is_special(target: &Path) -> bool {
    target.exists() && !target.is_file()
}

/// Makes an empty file beside `target`, and takes it away.
fn probe(target: &Path) -> Result<(), Error> {
    clear_leftovers(folder_of(target), are(&names_of(&[target])));
    let staged = stage(target, b"").map_err(|problem| {
        let why = system(&problem);
        Error::System(format!("no file can be made in this folder: {why}"))
    })?;
    staged::discard(&[staged]);
    Ok(())
}

/// Refuses a path at which no folder can be, or into which nothing can be written, before any work is done.
pub(crate) fn check_folder(path: &Path) -> Result<(), Error> {
    let refuse = || {
        let why = "a folder is wanted, and this is none";
        Err(named(path, Error::System(why.to_owned())))
    };
    if path.as_os_str().is_empty() {
        return refuse();
    }
    for above in path.ancestors() {
        let above = if above.as_os_str().is_empty() {
            Path::new(".")
        } else {
            above
        };
        match fs::metadata(above) {
            Ok(about) if about.is_dir() => {
                // Whatever is not there yet must be a name that the system takes.
                for part in path.strip_prefix(above).unwrap_or(path) {
                    if let Err(why) = fs::metadata(above.join(part))
                        && is_no_place(&why)
                    {
                        return Err(named(path, system(&why)));
                    }
                }
                return probe(&above.join(PROBE)).map_err(|problem| named(path, problem));
            }
            Ok(_) => return refuse(),
            Err(why) if is_no_place(&why) => return Err(named(path, system(&why))),
            Err(_) => {}
        }
    }
    Ok(())
}

/// Whether the folder at `path` holds an entry called `name`.
pub(crate) fn holds(path: &Path, name: &str) -> Result<bool, Error> {
    open::exists(&path.join(name))
}

/// Writes one file, all or nothing.
pub(crate) fn file(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let target = target(path)?;
    let written = if is_special(&target) {
        disk::write_through(&target, bytes)
    } else {
        clear_leftovers(folder_of(&target), are(&names_of(&[&target])));
        stage(&target, bytes).and_then(|staged| publish(&[staged], folder_of(&target)))
    };
    written.map_err(|problem| named(path, system(&problem)))
}

/// Renames the file at `path`, so that nobody finds it any more; the new name.
#[cfg(feature = "app")]
pub(crate) fn set_aside(path: &Path) -> Result<PathBuf, Error> {
    let aside = path.with_extension("damaged");
    let renamed = disk::rename(path, &aside);
    renamed.map_err(|problem| named(path, system(&problem)))?;
    Ok(aside)
}

/// Writes `files`, name and bytes, into the folder at `path`, which is made if missing: all of them or none.
pub(crate) fn folder(path: &Path, files: &[(String, Vec<u8>)]) -> Result<(), Error> {
    check_folder(path)?;
    let missing = missing_folders(path);
    let written = make_folders(&missing).and_then(|()| {
        let targets: Vec<PathBuf> = files.iter().map(|(name, _)| path.join(name)).collect();
        clear_leftovers(path, are(&names_of(&targets)));
        let mut all = Vec::new();
        for (target, (_, bytes)) in targets.iter().zip(files) {
            match stage(target, bytes) {
                Ok(one) => all.push(one),
                Err(problem) => {
                    staged::discard(&all);
                    return Err(problem);
                }
            }
        }
        publish(&all, path)
    });
    written.map_err(|problem| {
        for folder in missing.iter().rev() {
            // Only an empty folder goes; what cannot be removed stays.
            drop(disk::remove_folder(folder));
        }
        named(path, system(&problem))
    })
}

/// The folders on the way to `path`, itself included, that are not there, the topmost first.
fn missing_folders(path: &Path) -> Vec<&Path> {
    let above = path.ancestors().take_while(|above| {
        let is_here = above.as_os_str().is_empty();
        !is_here && !above.exists()
    });
    let mut missing: Vec<&Path> = above.collect();
    missing.reverse();
    missing
}

/// Makes `folders`, each in the one before; what was never named on the disk would be lost with all that is in it.
fn make_folders(folders: &[&Path]) -> io::Result<()> {
    for folder in folders {
        match disk::make_folder(folder) {
            // Somebody else was faster.
            Err(problem) if problem.kind() == ErrorKind::AlreadyExists && folder.is_dir() => {}
            made => made?,
        }
        disk::sync_folder(folder_of(folder))?;
    }
    Ok(())
}

/// Gives staged files their names, all in `folder`, and brings the names to the disk.
fn publish(all: &[Staged], folder: &Path) -> io::Result<()> {
    staged::publish(all)?;
    disk::sync_folder(folder)
}

/// The folder that `target` is in.
fn folder_of(target: &Path) -> &Path {
    let folder = target.parent();
    let folder = folder.filter(|folder| !folder.as_os_str().is_empty());
    folder.unwrap_or_else(|| Path::new("."))
}

/// The names of files without their folders.
fn names_of<P: AsRef<Path>>(targets: &[P]) -> Vec<String> {
    let names = targets.iter().map(|target| target.as_ref().file_name());
    names
        .filter_map(|name| Some(name?.to_str()?.to_owned()))
        .collect()
}

fn named(path: &Path, problem: Error) -> Error {
    problem.in_source(path.display().to_string())
}
