//! Settings as they are written on the command line: `key=value,…`, and `NAME:key=value,…` where there is a choice of
//! kinds with settings of their own.

use super::setting::{Setting, unknown};
use super::table::AnySettings;
use crate::engine::error::Error;

/// A choice among kinds that have settings of their own: rules, worlds, dynamics.
pub trait Kinds: Sized {
    /// What one of them is called in a refusal: "rule".
    const NOUN: &'static str;

    /// Every kind that can be named, with its default settings.
    fn all() -> Vec<Self>;
    /// The name of this kind.
    fn kind(&self) -> &'static str;
    /// Its settings.
    fn any(&self) -> &dyn AnySettings;
    /// Its settings, to change.
    fn any_mut(&mut self) -> &mut dyn AnySettings;

    /// Takes in what is written like a setting and stands for several; whether `key` is such a one.
    fn take_special(&mut self, _key: &str, _value: &str) -> Result<bool, Error> {
        Ok(false)
    }
}

/// The kind called `name`, with its default settings.
pub fn named<K: Kinds>(name: &str) -> Result<K, Error> {
    let mut all = K::all();
    match all.iter().position(|kind| kind.kind() == name) {
        Some(place) => Ok(all.swap_remove(place)),
        None => Err(unknown(K::NOUN, name, all.iter().map(Kinds::kind))),
    }
}

/// The kind that `text` names, with the settings in it: `NAME` or `NAME:key=value,…`.
pub fn parse<K: Kinds>(text: &str) -> Result<K, Error> {
    let (name, pairs) = split(text)?;
    with(named(name)?, pairs)
}

/// `kind` with these settings as they are written, and the others as they are.
///
/// What stands for several comes first, wherever it is written. Refused: what a setting does not admit, one with two
/// values, one that does nothing beside the others, settings that do not go together.
pub fn with<K: Kinds>(mut kind: K, pairs: Pairs<'_>) -> Result<K, Error> {
    let mut special = Pairs::new();
    let mut single = Pairs::new();
    for (key, value) in pairs {
        match special.iter().find(|(before, _)| *before == key) {
            Some((_, first)) if *first != value => return Err(twice(key, first, value)),
            _ if kind.take_special(key, value)? => special.push((key, value)),
            _ => single.push((key, value)),
        }
    }
    let mut given = Given::default();
    for (key, value) in single {
        match given.assign(kind.any_mut(), key, value) {
            Err(Error::Idle { setting, .. }) => return Err(idle(setting, &kind)),
            assigned => assigned?,
        }
    }
    match given.idle(kind.any()) {
        Some(setting) => Err(idle(setting, &kind)),
        None => kind.any().check_all().map(|()| kind),
    }
}

/// A setting that does nothing in `kind`.
fn idle<K: Kinds>(setting: &'static str, kind: &K) -> Error {
    Error::Idle {
        setting,
        others: write(kind.kind(), kind.any()),
    }
}

/// Changes `settings` as `text` says, `key=value,…`; on a refusal some may have been changed. Refused: what
/// [`with`] refuses.
pub fn assign_all(settings: &mut dyn AnySettings, text: &str) -> Result<(), Error> {
    let mut given = Given::default();
    for (key, value) in pairs(text)? {
        given.assign(settings, key, value)?;
    }
    match given.idle(settings) {
        Some(setting) => Err(Error::Idle {
            setting,
            others: write_pairs(settings),
        }),
        None => settings.check_all(),
    }
}

/// Settings that were written, to find those that are written twice, or for nothing.
#[derive(Default)]
struct Given(Vec<(&'static Setting, f64)>);

impl Given {
    /// Changes the setting of which `key` is the key or its short form to what `value` writes. Refused: another value
    /// than the one that it was given before.
    fn assign(
        &mut self,
        settings: &mut dyn AnySettings,
        key: &str,
        value: &str,
    ) -> Result<(), Error> {
        let mut short = settings.short_forms().iter();
        let key = short
            .find(|(short, _)| *short == key)
            .map_or(key, |(_, key)| key);
        let setting = find(settings, key)?;
        let value = setting.parse(value)?;
        match self.0.iter().find(|(before, _)| before.key == setting.key) {
            Some((_, first)) if *first != value => {
                return Err(twice(
                    setting.key,
                    &setting.show(*first),
                    &setting.show(value),
                ));
            }
            Some(_) => {}
            None => self.0.push((setting, value)),
        }
        settings.set(key, value)
    }

    /// One that makes no difference under the others.
    fn idle(&self, settings: &dyn AnySettings) -> Option<&'static str> {
        let mut keys = self.0.iter().map(|(setting, _)| setting.key);
        keys.find(|key| !settings.applies(key))
    }
}

/// One setting with two values.
fn twice(setting: &str, first: &str, second: &str) -> Error {
    Error::Twice {
        setting: setting.to_owned(),
        first: first.to_owned(),
        second: second.to_owned(),
    }
}

/// The setting called `key`.
pub fn find(settings: &dyn AnySettings, key: &str) -> Result<&'static Setting, Error> {
    let list = settings.list();
    let found = list.iter().find(|setting| setting.key == key);
    let known = || list.iter().map(|setting| setting.key);
    found
        .copied()
        .ok_or_else(|| unknown("setting", key, known()))
}

/// `NAME:key=value,…` of the settings that make a difference, or `NAME` where none does: what [`parse`] takes apart.
pub fn write(name: &str, settings: &dyn AnySettings) -> String {
    match write_pairs(settings) {
        pairs if pairs.is_empty() => name.to_owned(),
        pairs => format!("{name}:{pairs}"),
    }
}

/// `key=value,…` of the settings that make a difference: what [`assign_all`] takes in.
pub fn write_pairs(settings: &dyn AnySettings) -> String {
    let pair = |setting: &Setting| {
        let value = settings.get(setting.key)?;
        let mut short = settings.short_forms().iter();
        let key = short.find(|(_, key)| *key == setting.key);
        let key = key.map_or(setting.key, |(short, _)| short);
        Some(format!("{key}={}", setting.show(value)))
    };
    let list = settings.list().into_iter();
    let pairs = list
        .filter(|setting| settings.applies(setting.key))
        .filter_map(pair);
    pairs.collect::<Vec<String>>().join(",")
}

/// Settings as they are written: keys and values.
pub type Pairs<'a> = Vec<(&'a str, &'a str)>;

/// The name and the `key=value` pairs of `NAME` or `NAME:key=value,…`.
pub fn split(text: &str) -> Result<(&str, Pairs<'_>), Error> {
    let (name, settings) = text.split_once(':').unwrap_or((text, ""));
    Ok((name, pairs(settings)?))
}

/// The pairs of `key=value,…`.
fn pairs(text: &str) -> Result<Pairs<'_>, Error> {
    let pairs = text.split(',').filter(|pair| !pair.is_empty());
    let pairs = pairs.map(|pair| {
        pair.split_once('=').ok_or_else(|| Error::Format {
            expected: "a setting is written key=value".to_owned(),
            found: format!("this one is '{pair}'"),
        })
    });
    pairs.collect()
}
