//! Where patterns come from, as written on the command line: a world by name, or a file or folder that is opened.
//!
//! A name wins over a file of the same name, which can be written `./NAME`. Settings follow either after a colon. Absent:
//! the reading of them.

use crate::edge::open;
use crate::engine::Error;
use crate::engine::settings::notation::split;
use crate::worlds::World;
use crate::worlds::files::Files;
use crate::worlds::proteins::Protein;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A world, or the file or folder that it is to be made of.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Chosen {
    Named(World),
    /// What it becomes is known once it is opened; settings are keys and values.
    Opened {
        path: PathBuf,
        settings: Vec<(String, String)>,
    },
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
        if !by_name && exists(text) {
            return Ok(Self::Opened {
                path: text.into(),
                settings: Vec::new(),
            });
        }
        // The last colon, since a path may have one of its own.
        if !by_name
            && let Some((path, settings)) = text.rsplit_once(':')
            && exists(path)
        {
            let settings = format!("opened:{settings}");
            let (_, pairs) = split(&settings)?;
            // What no world of files knows can be refused before anything is read.
            let as_images = World::File(Files::default()).with(pairs.clone());
            if World::Protein(Protein::default())
                .with(pairs.clone())
                .is_err()
            {
                as_images?;
            }
            let own = |(key, value): (&str, &str)| (key.to_owned(), value.to_owned());
            return Ok(Self::Opened {
                path: path.into(),
                settings: pairs.into_iter().map(own).collect(),
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
        Ok(Self::Named(world?))
    }

    /// The world; what it is to be made of is read here.
    pub(super) fn open(&self) -> Result<World, Error> {
        match self {
            Self::Named(world) => Ok(world.clone()),
            Self::Opened { path, settings } => {
                let input = open::input(&[path]);
                let input = input.map_err(|why| why.in_source(path.display().to_string()))?;
                let pairs = settings.iter().map(|(key, value)| (&**key, &**value));
                World::of_files(Arc::new(input)).with(pairs.collect())
            }
        }
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
        let path = |text| match read_name(text).expect(text) {
            Chosen::Named(world) => (
                world.notation().split(':').next().map(str::to_owned),
                Vec::new(),
            ),
            Chosen::Opened { path, settings } => (Some(path.display().to_string()), settings),
        };
        let file = |path: &str, settings: &[(&str, &str)]| {
            let own = |(key, value): &(&str, &str)| ((*key).to_owned(), (*value).to_owned());
            (
                Some(path.to_owned()),
                settings.iter().map(own).collect::<Vec<_>>(),
            )
        };
        assert_eq!(path("digits.csv"), file("digits.csv", &[]));
        assert_eq!(path("digits.csv:p=5"), file("digits.csv", &[("p", "5")]));
        assert_eq!(path("C:\\a.npy"), file("C:\\a.npy", &[]));
        assert_eq!(
            path("C:\\a.npy:p=7,side=9"),
            file("C:\\a.npy", &[("p", "7"), ("side", "9")])
        );
        assert_eq!(path("odd:name"), file("odd:name", &[]));
        assert_eq!(
            path("odd:name:identity=0.6"),
            file("odd:name", &[("identity", "0.6")])
        );
        assert_eq!(path("mnist:p=3"), file("mnist", &[]));
        assert_eq!(path("./mnist"), file("./mnist", &[]));
        assert_eq!(
            read_name("file:p=3"),
            Ok(Chosen::Named(World::parse("file:p=3").unwrap()))
        );
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
