//! A teacher's options as plain data.

use super::blobs::Blobs;
use super::recipe::WrittenRecipe;
use crate::engine::Error;
use crate::session::{Restriction, StartState, TeacherOptions};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Controls by name, and the start.
#[derive(Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct WrittenTeacher {
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    controls: BTreeMap<String, Restriction>,
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<WrittenStartState>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenStartState {
    recipe: WrittenRecipe,
    clock: u64,
}

impl WrittenTeacher {
    /// Whether nothing is restricted, and there is no start.
    pub(super) fn is_empty(&self) -> bool {
        self.controls.is_empty() && self.start.is_none()
    }

    /// `options`, whose bytes go to `blobs`.
    pub(super) fn of(options: &TeacherOptions, blobs: &mut Blobs) -> Self {
        let start = options.start.as_ref().map(|start| WrittenStartState {
            recipe: WrittenRecipe::of(&start.recipe, blobs),
            clock: start.clock,
        });
        Self {
            controls: options.controls.clone(),
            start,
        }
    }

    /// The options, whose bytes come from `blobs`. Refused: a start that cannot be, names that no control has.
    pub(super) fn read(self, blobs: &Blobs) -> Result<TeacherOptions, Error> {
        let start = self.start.map(|start| -> Result<_, Error> {
            let recipe = start.recipe.read(blobs)?;
            recipe.check()?;
            let clock = start.clock;
            Ok(Box::new(StartState { recipe, clock }))
        });
        let options = TeacherOptions {
            controls: self.controls,
            start: start.transpose()?,
        };
        options.check().map(|()| options)
    }
}
