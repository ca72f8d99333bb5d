//! Where patterns come from, as written on the command line: a world by name, or a file or folder that is opened.
//!
//! A name wins over a file of the same name, which can be written `./NAME`. Settings follow either after a colon. Absent:
//! the reading of them.

use crate::engine::Error;
use crate::engine::settings::split;
use crate::open;
use crate::worlds::World;
use crate::worlds::files::Files;
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
        Self::read(text, |path| open::exists(Path::new(path)))
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
            let input = open::input(path);
            files.input = input
                .map_err(|why| why.in_source(path.display().to_string()))?
                .into();
        }
        Ok(world)
    }
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
}
