//! What a user opens by path: a file, or a folder with what is in it. The edge that window and command line share.
//!
//! Sizes are added up before anything is read. Absent: what the bytes mean (`worlds`), and writing.

use super::places;
use crate::engine::Error;
use crate::worlds::LeftOut;
use crate::worlds::files::{File, Input, companions};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// The most bytes read from a file: the largest array that `worlds::npy` admits, and its header.
const MAX_BYTES: u64 = (1 << 31) + (1 << 16);

/// The bytes of a file.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Error> {
    read_at_most(path, MAX_BYTES)
}

/// The bytes of a file that may have so many. Refused before anything is read where the system tells that it has more.
pub(crate) fn read_at_most(path: &Path, most: u64) -> Result<Vec<u8>, Error> {
    if length(path).is_ok_and(|length| length > most) {
        return Err(Error::too_large(most));
    }
    let bytes = places::head(path, most + 1).map_err(|problem| system(&problem))?;
    if bytes.len() as u64 > most {
        return Err(Error::too_large(most));
    }
    Ok(bytes)
}

/// Whether `is_so` of the first bytes of the file at `path`; not where it cannot be read.
#[cfg(feature = "app")]
pub(crate) fn begins(path: &Path, is_so: impl Fn(&[u8]) -> bool) -> bool {
    places::head(path, 512).is_ok_and(|head| is_so(&head))
}

/// Whether there is a file at `path`.
#[cfg(feature = "app")]
pub(crate) fn is_file(path: &Path) -> bool {
    places::is_file(path)
}

/// Whether there is a folder at `path`.
#[cfg(feature = "app")]
pub(crate) fn is_folder(path: &Path) -> bool {
    places::is_dir(path)
}

/// Whether there is anything at `path`; refused where the system does not let anyone know.
pub(crate) fn exists(path: &Path) -> Result<bool, Error> {
    known(places::exists(path))
}

/// What the system says of whether something is there: what cannot be a name is the name of nothing.
fn known(said: io::Result<bool>) -> Result<bool, Error> {
    match said {
        Err(why)
            if matches!(
                why.kind(),
                ErrorKind::InvalidInput | ErrorKind::InvalidFilename
            ) =>
        {
            Ok(false)
        }
        said => said.map_err(|why| system(&why)),
    }
}

/// What is opened together: of every path the file there and what belongs to it, or what is in the folder there and in
/// the folders right below. It is called by the first path.
pub(crate) fn input<P: AsRef<Path>>(paths: &[P]) -> Result<Input, Error> {
    let mut listed = listing(paths)?;
    let mut unread = Vec::new();
    // What was not named but lies beside it only ever adds.
    let is_named = |path: &Path| {
        let mut named = paths.iter().map(P::as_ref);
        named.any(|named| path == named || (places::is_dir(named) && path.starts_with(named)))
    };
    listed.retain(|(name, path)| match length(path) {
        Err(why) if !is_named(path) => {
            unread.push(LeftOut::one(format!("file '{name}'"), why.to_string()));
            false
        }
        _ => true,
    });
    let lengths = listed.iter().map(|(_, path)| length(path));
    Input::check(listed.len(), lengths.sum::<Result<u64, Error>>()?)?;
    let mut files = Vec::with_capacity(listed.len());
    for (name, path) in listed {
        match read(&path) {
            Ok(bytes) => files.push(File {
                name,
                bytes: bytes.into(),
            }),
            Err(why) if !is_named(&path) => {
                unread.push(LeftOut::one(format!("file '{name}'"), why.to_string()));
            }
            Err(why) => return Err(why.in_source(name)),
        }
    }
    let first = paths.first().map(|path| path.as_ref().display());
    let name = first.map_or_else(String::new, |first| first.to_string());
    Ok(Input::new(name, files)?.beside(unread))
}

/// The names and paths of what [`input`] opens.
pub(crate) fn listing<P: AsRef<Path>>(paths: &[P]) -> Result<Vec<(String, PathBuf)>, Error> {
    let mut listed = Vec::new();
    for path in paths.iter().map(P::as_ref) {
        if places::is_dir(path) {
            list(path, "", &mut listed)?;
        } else {
            let known = |file: &(String, PathBuf)| listed.iter().any(|(_, path)| *path == file.1);
            let files = beside(path);
            let new: Vec<_> = files.into_iter().filter(|file| !known(file)).collect();
            listed.extend(new);
        }
    }
    Ok(listed)
}

/// Adds the files in `folder` to `listed`, and once those in the folders in it, with `prefix` before their names.
/// What begins with a dot is no file of the user's.
fn list(folder: &Path, prefix: &str, listed: &mut Vec<(String, PathBuf)>) -> Result<(), Error> {
    for entry in places::entries(folder).map_err(|why| system(&why))? {
        let path = entry.map_err(|why| system(&why))?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with('.') {
            continue;
        }
        if places::is_file(&path) {
            listed.push((format!("{prefix}{name}"), path));
            // Far more than can be opened: no need to go on.
            Input::check(listed.len(), 0)?;
        } else if places::is_dir(&path) && prefix.is_empty() {
            list(&path, &format!("{name}/"), listed)?;
        }
    }
    Ok(())
}

/// The file at `path`, and the labels beside it if it holds images of the MNIST family.
fn beside(path: &Path) -> Vec<(String, PathBuf)> {
    let name = |path: &Path| {
        path.file_name()
            .map(|name| name.to_string_lossy().into_owned())
    };
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or_else(|| Path::new("."));
    let own = name(path).unwrap_or_default();
    // A folder that cannot be listed has nothing to add.
    let others = places::entries(folder).into_iter().flatten().flatten();
    let others: Vec<String> = others.filter_map(|entry| name(&entry)).collect();
    let others: Vec<&str> = others.iter().map(String::as_str).collect();
    let mut listed: Vec<(String, PathBuf)> = companions(&own, &others)
        .into_iter()
        .map(|name| (name.to_owned(), folder.join(name)))
        .collect();
    listed.push((own, path.to_owned()));
    listed
}

/// The file called `name`, of so many `bytes`, that was opened with the file or folder `opened`: beside one of `places`, in
/// one of them, or where it was opened. None where there is no such file.
pub(crate) fn find(places: &[&Path], opened: &str, name: &str, bytes: u64) -> Option<Vec<u8>> {
    let opened = Path::new(opened);
    let places = places.iter().copied().chain([opened]);
    let mut paths = places.flat_map(|place| {
        let beside = place.parent().unwrap_or_else(|| Path::new(""));
        let last = Path::new(name).file_name().unwrap_or_default();
        [
            place.to_owned(),
            place.join(name),
            beside.join(name),
            beside.join(last),
        ]
    });
    let is_it = |path: &PathBuf| places::is_file(path) && length(path) == Ok(bytes);
    read_at_most(&paths.find(is_it)?, bytes).ok()
}

/// The files in `folder` whose names end in `.ending`, in the order of their names; none where it is no folder that can be
/// listed.
#[cfg(feature = "app")]
pub(crate) fn ending_in(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let paths = places::entries(folder).into_iter().flatten().flatten();
    let is_one = |path: &PathBuf| path.extension().is_some_and(|it| it == ending);
    let mut paths: Vec<PathBuf> = paths.filter(is_one).collect();
    paths.sort();
    paths
}

/// Bytes of the file at `path`.
fn length(path: &Path) -> Result<u64, Error> {
    places::length(path).map_err(|why| system(&why))
}

/// The system's refusal in its own words, without the number.
pub(crate) fn system(problem: &io::Error) -> Error {
    let said = problem.to_string();
    let words = said.split(" (os error").next().unwrap_or_default();
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_ascii_lowercase());
    Error::System(first.into_iter().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "tests make files and folders")]

    use super::*;
    use std::fs;

    /// Tests may run as somebody to whom everything is allowed, so that the system is asked in words alone.
    #[test]
    fn what_is_not_allowed_is_not_what_is_not_there() {
        let said = |kind: ErrorKind| known(Err(kind.into())).map_err(|why| why.to_string());
        assert_eq!(known(Ok(false)), Ok(false));
        assert_eq!(said(ErrorKind::InvalidFilename), Ok(false));
        assert_eq!(
            said(ErrorKind::PermissionDenied),
            Err("permission denied".to_owned())
        );
        let scratch = tempfile::tempdir().expect("a scratch folder");
        let file = scratch.path().join("file");
        fs::File::create(&file).expect("it can be made");
        assert_eq!(exists(&file), Ok(true));
        assert_eq!(exists(&scratch.path().join("gone")), Ok(false));
        assert_eq!(exists(Path::new("a\0b")), Ok(false));
        if cfg!(unix) {
            let through = exists(&file.join("below")).map_err(|why| why.to_string());
            assert_eq!(through, Err("not a directory".to_owned()));
        }
    }

    #[test]
    fn folders_are_read_with_those_right_below_and_files_with_their_labels() {
        let scratch = tempfile::tempdir().expect("a scratch folder");
        let root = scratch.path();
        fs::create_dir_all(root.join("cat/deep")).unwrap();
        for name in ["a-images", "a-labels", ".hidden", "cat/one", "cat/deep/two"] {
            fs::File::create(root.join(name)).unwrap();
        }
        let names = |path: &Path| {
            let input = input(&[path]).expect("readable");
            let files = input.files().iter().map(|file| file.name.clone());
            files.collect::<Vec<String>>()
        };
        assert_eq!(names(root), ["a-images", "a-labels", "cat/one"]);
        assert_eq!(names(&root.join("a-images")), ["a-images", "a-labels"]);
        assert_eq!(names(&root.join("a-labels")), ["a-labels"]);
        let both = input(&[
            root.join("a-images"),
            root.join("cat/one"),
            root.join("a-labels"),
        ]);
        let both = both.expect("readable");
        let both: Vec<&str> = both.files().iter().map(|file| &*file.name).collect();
        assert_eq!(both, ["a-images", "a-labels", "one"], "each once");
        // What lies beside and cannot be read, here a folder of that name, is left out.
        fs::create_dir(root.join("b-labels")).unwrap();
        fs::File::create(root.join("b-images")).unwrap();
        let beside = input(&[root.join("b-images")]).expect("readable");
        let left_out: Vec<String> = beside.unread().iter().map(LeftOut::in_words).collect();
        assert_eq!(
            (beside.files().len(), left_out),
            (
                1,
                vec!["Left out: file 'b-labels': is a directory".to_owned()]
            )
        );
        let gone = input(&[root.join("gone")])
            .expect_err("refused")
            .to_string();
        assert_eq!(gone, "no such file or directory");
        let empty = input(&[root.join("cat/deep/two/three")]).expect_err("refused");
        assert_eq!(empty.to_string(), "not a directory");
    }
}
