//! Settings as plain data, for documents: a name, and every setting by its key.
//!
//! Numbers are numbers, choices are keys. A key that is missing takes the default, one that is not known is refused.
//! Absent: what a kind carries besides its settings (opened files, loaded couplings).

use super::notation::{Kinds, find, named};
use super::setting::Value;
use super::table::AnySettings;
use crate::engine::error::Error;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A kind by name, with all its settings.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Written {
    /// The name of the kind.
    pub name: String,
    /// Every setting by its key.
    #[serde(flatten)]
    pub settings: BTreeMap<String, Value>,
}

impl Written {
    /// `kind`, with all its settings.
    pub fn of<K: Kinds>(kind: &K) -> Self {
        Self {
            name: kind.kind().to_owned(),
            settings: values(kind.any()),
        }
    }

    /// The kind that was written.
    pub fn read<K: Kinds>(&self) -> Result<K, Error> {
        let mut kind: K = named(&self.name)?;
        take(kind.any_mut(), &self.settings)?;
        Ok(kind)
    }
}

/// Every setting by its key.
pub fn values(settings: &dyn AnySettings) -> BTreeMap<String, Value> {
    let value = |key| {
        settings
            .get(key)
            .expect("a setting that is listed has a value")
    };
    let list = settings.list().into_iter();
    list.map(|setting| (setting.key.to_owned(), setting.write(value(setting.key))))
        .collect()
}

/// Takes over the settings that are written; the others stay as they are. On a refusal some may have been changed.
pub fn take(
    settings: &mut dyn AnySettings,
    written: &BTreeMap<String, Value>,
) -> Result<(), Error> {
    for (key, value) in written {
        let setting = find(settings, key)?;
        settings.set(setting.key, setting.read(value)?)?;
    }
    settings.check_all()
}
