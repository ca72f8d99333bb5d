//! A world as plain data, with the files that were opened as blobs.

use super::blobs::{Blobs, Hash};
use crate::engine::Error;
use crate::engine::settings::Written;
use crate::worlds::World;
use crate::worlds::files::{File, Input};
use crate::worlds::mnist::Selection;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A world: its kind with all settings, and what it has besides.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenWorld {
    settings: Written,
    /// Digits picked by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    picked: Option<Vec<u32>>,
    /// Files other than those that the kind has of itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    opened: Option<WrittenInput>,
}

/// Files that were opened together.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenInput {
    name: String,
    files: Vec<WrittenFile>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenFile {
    name: String,
    bytes: Hash,
}

impl WrittenWorld {
    /// `world`, whose bytes go to `blobs`.
    pub(super) fn of(world: &World, blobs: &mut Blobs) -> Self {
        let picked = world.mnist().and_then(|digits| match &digits.stored {
            Selection::Drawn(_) => None,
            Selection::Picked(images) => Some(images.clone()),
        });
        let opened = world.opened();
        Self {
            settings: Written::of(world),
            picked,
            opened: opened.map(|input| WrittenInput::of(input, blobs)),
        }
    }

    /// The world, whose bytes come from `blobs`.
    pub(super) fn read(&self, blobs: &Blobs) -> Result<World, Error> {
        let mut world: World = self.settings.read()?;
        if let Some(picked) = &self.picked {
            let digits = world
                .mnist_mut()
                .ok_or_else(|| unfitting("digits picked by hand", &self.settings))?;
            digits.stored = Selection::Picked(picked.clone());
        }
        if let Some(opened) = &self.opened {
            let input = world
                .input_mut()
                .ok_or_else(|| unfitting("opened files", &self.settings))?;
            *input = Arc::new(opened.read(blobs)?);
        }
        Ok(world)
    }
}

/// Something that comes with a world which has no place for it.
fn unfitting(what: &str, settings: &Written) -> Error {
    Error::Format {
        expected: format!("the world {} has no {what}", settings.name),
        found: "there are some".to_owned(),
    }
}

impl WrittenInput {
    fn of(input: &Input, blobs: &mut Blobs) -> Self {
        let file = |file: &File| WrittenFile {
            name: file.name.clone(),
            bytes: blobs.put_file(&file.name, input.name(), &file.bytes),
        };
        Self {
            name: input.name().to_owned(),
            files: input.files().iter().map(file).collect(),
        }
    }

    fn read(&self, blobs: &Blobs) -> Result<Input, Error> {
        let file = |file: &WrittenFile| {
            Ok(File {
                name: file.name.clone(),
                bytes: blobs.get(&file.bytes, &file.name)?.into(),
            })
        };
        let files: Result<Vec<File>, Error> = self.files.iter().map(file).collect();
        Input::new(self.name.clone(), files?)
    }
}
