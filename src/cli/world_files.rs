//! Where patterns come from, as written on the command line: a world by name, or a file or folder that is opened.
//!
//! A name wins over a file of the same name, which can be written `./NAME`. Settings follow either after a colon. What
//! is in a folder is listed and added up before anything is read. Absent: what the files hold.

use super::files;
use crate::engine::Error;
use crate::engine::settings::split;
use crate::worlds::World;
use crate::worlds::files::{File, Files, Input, companions};
use std::fs;
use std::path::{Path, PathBuf};

/// A world, and the file or folder that it is to be made of.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Chosen {
    world: World,
    path: Option<PathBuf>,
}

impl Chosen {
    /// What `text` names: `NAME`, `NAME:key=value,…`, `PATH` or `PATH:key=value,…`.
    pub(super) fn parse(text: &str) -> Result<Self, Error> {
        Self::read(text, |path| files::exists(Path::new(path)))
    }

    /// The same, with `exists` to say whether there is a file or folder of a name.
    fn read(text: &str, exists: impl Fn(&str) -> bool) -> Result<Self, Error> {
        let name = text.split(':').next().unwrap_or_default();
        let by_name = World::named(name).is_ok();
        let of_files = || World::File(Files::default());
        if !by_name && exists(text) {
            return Ok(Self {
                world: of_files(),
                path: Some(text.into()),
            });
        }
        // The last colon, since a path may have one of its own.
        if !by_name
            && let Some((path, settings)) = text.rsplit_once(':')
            && exists(path)
        {
            let settings = format!("{}:{settings}", of_files().about().name);
            let (_, pairs) = split(&settings)?;
            return Ok(Self {
                world: of_files().with(pairs)?,
                path: Some(path.into()),
            });
        }
        let world = World::parse(text).map_err(|why| match why {
            Error::Unknown { name, known, .. } if !by_name => Error::Unknown {
                kind: "file, folder or world",
                name,
                known,
            },
            why => why,
        });
        Ok(Self {
            world: world?,
            path: None,
        })
    }

    /// The world; what it is to be made of is read here.
    pub(super) fn open(&self) -> Result<World, Error> {
        let mut world = self.world.clone();
        if let (Some(path), World::File(files)) = (&self.path, &mut world) {
            let input = read(path);
            files.input = input
                .map_err(|why| why.in_source(path.display().to_string()))?
                .into();
        }
        Ok(world)
    }
}

/// The file at `path` and what belongs to it, or what is in the folder there and in the folders right below.
fn read(path: &Path) -> Result<Input, Error> {
    let listed = if path.is_dir() {
        let mut listed = Vec::new();
        list(path, "", &mut listed)?;
        listed
    } else {
        beside(path)
    };
    let lengths = listed.iter().map(|(_, path)| length(path));
    Input::check(listed.len(), lengths.sum::<Result<u64, Error>>()?)?;
    let read = |(name, path): (String, PathBuf)| {
        let bytes = files::read(&path).map_err(|why| why.in_source(name.clone()))?;
        Ok(File {
            name,
            bytes: bytes.into(),
        })
    };
    let files = listed.into_iter().map(read);
    Input::new(
        path.display().to_string(),
        files.collect::<Result<Vec<_>, Error>>()?,
    )
}

/// Adds the files in `folder` to `listed`, and once those in the folders in it, with `prefix` before their names.
/// What begins with a dot is no file of the user's.
fn list(folder: &Path, prefix: &str, listed: &mut Vec<(String, PathBuf)>) -> Result<(), Error> {
    for entry in fs::read_dir(folder).map_err(|why| files::system(&why))? {
        let path = entry.map_err(|why| files::system(&why))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with('.') {
            continue;
        }
        if path.is_file() {
            listed.push((format!("{prefix}{name}"), path));
            // Far more than can be opened: no need to go on.
            Input::check(listed.len(), 0)?;
        } else if path.is_dir() && prefix.is_empty() {
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
    let others = fs::read_dir(folder).into_iter().flatten().flatten();
    let others: Vec<String> = others.filter_map(|entry| name(&entry.path())).collect();
    let others: Vec<&str> = others.iter().map(String::as_str).collect();
    let mut listed: Vec<(String, PathBuf)> = companions(&own, &others)
        .into_iter()
        .map(|name| (name.to_owned(), folder.join(name)))
        .collect();
    listed.push((own, path.to_owned()));
    listed
}

/// Bytes of the file at `path`.
fn length(path: &Path) -> Result<u64, Error> {
    let about = fs::metadata(path).map_err(|why| files::system(&why))?;
    Ok(about.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_name(text: &str) -> Result<Chosen, Error> {
        let there = ["digits.csv", "mnist", "./mnist", "C:\\a.npy", "odd:name"];
        Chosen::read(text, |path| there.contains(&path))
    }

    #[test]
    fn a_name_a_path_and_settings_are_told_apart() {
        let path = |text| {
            let chosen = read_name(text).expect(text);
            let path = chosen.path.map(|path| path.display().to_string());
            (path, chosen.world.get("p"), chosen.world.about().name)
        };
        let file = |path: &str, p| (Some(path.to_owned()), Some(p), "file");
        assert_eq!(path("digits.csv"), file("digits.csv", 30.0));
        assert_eq!(path("digits.csv:p=5"), file("digits.csv", 5.0));
        assert_eq!(path("C:\\a.npy"), file("C:\\a.npy", 30.0));
        assert_eq!(path("C:\\a.npy:p=7,side=9"), file("C:\\a.npy", 7.0));
        assert_eq!(path("odd:name"), file("odd:name", 30.0));
        assert_eq!(path("mnist:p=3"), (None, Some(3.0), "mnist"));
        assert_eq!(path("mnist"), (None, Some(30.0), "mnist"));
        assert_eq!(path("./mnist"), file("./mnist", 30.0));
        assert_eq!(path("file:p=3"), (None, Some(3.0), "file"));
    }

    #[test]
    fn what_is_nothing_is_refused() {
        let refusal = |text| read_name(text).expect_err("refused").to_string();
        let sentence = refusal("digits.cvs");
        assert!(
            sentence.starts_with("there is no file, folder or world 'digits.cvs'; known: mnist, "),
            "{sentence}"
        );
        assert!(refusal("digits.csv:q=5").starts_with("there is no setting 'q'; known: p, "));
        assert_eq!(
            refusal("digits.csv:side=999"),
            "side must be a whole number from 4 to 64, not 999"
        );
        assert!(refusal("digits.csv:level=9").starts_with("level does nothing in file:"));
    }

    #[test]
    fn folders_are_read_with_those_right_below_and_files_with_their_labels() {
        let scratch = tempfile::tempdir().expect("a scratch folder");
        let root = scratch.path();
        fs::create_dir_all(root.join("cat/deep")).unwrap();
        for name in ["a-images", "a-labels", ".hidden", "cat/one", "cat/deep/two"] {
            files::write(&root.join(name), name.as_bytes()).unwrap();
        }
        let names = |path: &Path| {
            let input = read(path).expect("readable");
            let files = input.files().iter().map(|file| file.name.clone());
            files.collect::<Vec<String>>()
        };
        assert_eq!(names(root), ["a-images", "a-labels", "cat/one"]);
        assert_eq!(names(&root.join("a-images")), ["a-images", "a-labels"]);
        assert_eq!(names(&root.join("a-labels")), ["a-labels"]);
        let gone = read(&root.join("gone")).expect_err("refused").to_string();
        assert_eq!(gone, "no such file or directory");
        let empty = read(&root.join("cat/deep/two/three")).expect_err("refused");
        assert_eq!(empty.to_string(), "not a directory");
    }
}
