//! Where patterns come from, as written on the command line and in tables: a world by name, or a file or folder that is
//! opened.
//!
//! A name wins over a file of the same name, which can be written `./NAME`. Settings follow either after a colon. Absent:
//! the reading of them.

use super::open;
use crate::engine::Error;
use crate::engine::settings::notation::split;
use crate::worlds::files::Files;
use crate::worlds::proteins::Protein;
use crate::worlds::{Source, World};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A world, or the file or folder that it is to be made of, with the settings that were written, keys and values.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Chosen {
    Named {
        world: World,
        settings: Vec<(String, String)>,
    },
    /// What it becomes is known once it is opened.
    Opened {
        path: PathBuf,
        settings: Vec<(String, String)>,
    },
}

impl Chosen {
    /// What `text` names: `NAME`, `NAME:key=value,…`, `PATH` or `PATH:key=value,…`.
    pub(crate) fn parse(text: &str) -> Result<Self, Error> {
        Self::read(text, |path| open::exists(Path::new(path)))
    }

    /// The same, with `exists` to say whether there is a file or folder of a name.
    fn read(text: &str, exists: impl Fn(&str) -> Result<bool, Error>) -> Result<Self, Error> {
        let exists = |path: &str| exists(path).map_err(|why| why.in_source(path));
        let name = text.split(':').next().unwrap_or_default();
        let by_name = World::named(name).is_ok();
        if !by_name && exists(text)? {
            return Ok(Self::Opened {
                path: text.into(),
                settings: Vec::new(),
            });
        }
        // The last colon, since a path may have one of its own.
        if !by_name
            && let Some((path, settings)) = text.rsplit_once(':')
            && exists(path)?
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
            return Ok(Self::Opened {
                path: path.into(),
                settings: own(pairs),
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
        Ok(Self::Named {
            world: world?,
            settings: own(split(text)?.1),
        })
    }

    /// The world; what it is to be made of is read here.
    pub(crate) fn open(&self) -> Result<World, Error> {
        match self {
            Self::Named { world, .. } => Ok(world.clone()),
            Self::Opened { path, settings } => {
                let input = open::input(&[path]);
                let input = input.map_err(|why| why.in_source(path.display().to_string()))?;
                let pairs = settings.iter().map(|(key, value)| (&**key, &**value));
                World::of_files(Arc::new(input)).with(pairs.collect())
            }
        }
    }

    /// The file or folder that it is made of.
    pub(crate) fn path(&self) -> Option<&Path> {
        match self {
            Self::Named { .. } => None,
            Self::Opened { path, .. } => Some(path),
        }
    }

    /// Whether the setting called `key` was written.
    pub(crate) fn names(&self, key: &str) -> bool {
        self.settings().iter().any(|(written, _)| written == key)
    }

    /// Refuses settings that were written and make no difference for the data of `source`.
    pub(crate) fn check_offers(&self, source: &Source) -> Result<(), Error> {
        let world = source.world();
        let usual = World::named(world.about().name)?;
        let idle = world.settings().list().into_iter().find(|setting| {
            // What stands at its default may be the notation of a world that was printed.
            self.names(setting.key)
                && !source.offers(setting.key)
                && world.get(setting.key) != usual.get(setting.key)
        });
        match idle {
            None => Ok(()),
            Some(setting) => Err(Error::Idle {
                setting: setting.key,
                others: format!("{}, for what is in it", world.settings().name()),
            }),
        }
    }

    fn settings(&self) -> &[(String, String)] {
        match self {
            Self::Named { settings, .. } | Self::Opened { settings, .. } => settings,
        }
    }
}

/// The world that `text` names, its files opened.
pub(crate) fn open_world(text: &str) -> Result<World, Error> {
    Chosen::parse(text)?.open()
}

/// Keys and values to keep.
fn own(pairs: Vec<(&str, &str)>) -> Vec<(String, String)> {
    let own = |(key, value): (&str, &str)| (key.to_owned(), value.to_owned());
    pairs.into_iter().map(own).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_name(text: &str) -> Result<Chosen, Error> {
        let there = ["digits.csv", "mnist", "./mnist", "C:\\a.npy", "odd:name"];
        Chosen::read(text, |path| Ok(there.contains(&path)))
    }

    #[test]
    fn a_name_a_path_and_settings_are_told_apart() {
        let path = |text| match read_name(text).expect(text) {
            Chosen::Named { world, .. } => (
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
            Ok(Chosen::Named {
                world: World::parse("file:p=3").unwrap(),
                settings: vec![("p".to_owned(), "3".to_owned())]
            })
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
