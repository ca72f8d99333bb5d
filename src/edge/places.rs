//! What lies where, to read: files and folders of the disk or, on a page, the files that were chosen or dropped.
//!
//! Absent: what is opened together (`open`), and writing.

#[cfg(not(target_arch = "wasm32"))]
pub(super) use disk::*;
#[cfg(target_arch = "wasm32")]
pub(super) use shelf::*;

#[cfg(not(target_arch = "wasm32"))]
mod disk {
    #![expect(clippy::disallowed_methods, reason = "the edge: files are read here")]

    use std::fs;
    use std::io::{self, Read as _};
    use std::path::{Path, PathBuf};

    /// Bytes of the file at `path`.
    pub(in crate::edge) fn length(path: &Path) -> io::Result<u64> {
        fs::metadata(path).map(|about| about.len())
    }

    /// At most the first `most` bytes of the file at `path`.
    pub(in crate::edge) fn head(path: &Path, most: u64) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        fs::File::open(path)?.take(most).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// What is in the `folder`, as far as it can be listed.
    pub(in crate::edge) fn entries(folder: &Path) -> io::Result<Vec<io::Result<PathBuf>>> {
        let entries = fs::read_dir(folder)?;
        Ok(entries
            .map(|entry| entry.map(|entry| entry.path()))
            .collect())
    }

    pub(in crate::edge) fn exists(path: &Path) -> io::Result<bool> {
        path.try_exists()
    }

    pub(in crate::edge) fn is_file(path: &Path) -> bool {
        path.is_file()
    }

    pub(in crate::edge) fn is_dir(path: &Path) -> bool {
        path.is_dir()
    }
}

/// Files that a page was given, by name: a page sees no disk.
#[cfg(target_arch = "wasm32")]
mod shelf {
    use std::collections::BTreeMap;
    use std::io;
    use std::path::{Path, PathBuf};
    use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

    /// The most bytes that are kept: files that were given first go first.
    const ROOM: usize = 256 << 20;

    static SHELF: Mutex<Shelf> = Mutex::new(Shelf {
        files: BTreeMap::new(),
        next: 0,
    });

    struct Shelf {
        /// Each with the number of its being given.
        files: BTreeMap<PathBuf, (u64, Arc<[u8]>)>,
        next: u64,
    }

    fn shelf() -> MutexGuard<'static, Shelf> {
        SHELF.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The page was given a file; one of the same name goes.
    pub(in crate::edge) fn give(path: PathBuf, bytes: Vec<u8>) {
        let mut shelf = shelf();
        let given = shelf.next;
        shelf.next += 1;
        shelf.files.insert(path, (given, bytes.into()));
        let total = |shelf: &Shelf| shelf.files.values().map(|(_, bytes)| bytes.len()).sum();
        while shelf.files.len() > 1 && ROOM < total(&shelf) {
            let oldest = shelf.files.iter().min_by_key(|(_, (given, _))| *given);
            let Some(path) = oldest.map(|(path, _)| path.clone()) else {
                return;
            };
            shelf.files.remove(&path);
        }
    }

    fn found(path: &Path) -> io::Result<Arc<[u8]>> {
        let files = &shelf().files;
        let file = files.get(path).map(|(_, bytes)| Arc::clone(bytes));
        file.ok_or_else(|| {
            let why =
                "this page was not given a file of this name: open it, or drop it on the page";
            io::Error::new(io::ErrorKind::NotFound, why)
        })
    }

    /// Bytes of the file at `path`.
    pub(in crate::edge) fn length(path: &Path) -> io::Result<u64> {
        found(path).map(|bytes| bytes.len() as u64)
    }

    /// At most the first `most` bytes of the file at `path`.
    pub(in crate::edge) fn head(path: &Path, most: u64) -> io::Result<Vec<u8>> {
        let bytes = found(path)?;
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        Ok(bytes[..bytes.len().min(most)].to_vec())
    }

    /// What is in the folder at `folder`: whatever was given under a path in it.
    pub(in crate::edge) fn entries(folder: &Path) -> io::Result<Vec<io::Result<PathBuf>>> {
        let folder = if folder == Path::new(".") {
            Path::new("")
        } else {
            folder
        };
        let files = &shelf().files;
        let below = |path: &Path| {
            let first = path.strip_prefix(folder).ok()?.components().next()?;
            Some(folder.join(first))
        };
        let mut entries: Vec<PathBuf> = files.keys().filter_map(|path| below(path)).collect();
        entries.dedup();
        Ok(entries.into_iter().map(Ok).collect())
    }

    pub(in crate::edge) fn exists(path: &Path) -> io::Result<bool> {
        Ok(is_file(path) || is_dir(path))
    }

    pub(in crate::edge) fn is_file(path: &Path) -> bool {
        shelf().files.contains_key(path)
    }

    pub(in crate::edge) fn is_dir(path: &Path) -> bool {
        let files = &shelf().files;
        files
            .keys()
            .any(|file| file != path && file.starts_with(path))
    }
}
