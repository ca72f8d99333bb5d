//! The table of a type's settings, and what anyone can do with a type that has one, whichever it is.

use super::setting::{Item, Setting, unknown};
use crate::engine::error::Error;

/// A setting of `T`, with the way to read and to change it there.
#[derive(Debug)]
pub struct Field<T: 'static> {
    /// What it is called and what it can be.
    pub setting: Setting,
    /// Its value; choices count from 0.
    pub get: fn(&T) -> f64,
    /// Changes it to a value that the setting admits, and nothing else.
    pub set: fn(&mut T, f64),
    /// Whether it makes a difference under the other settings.
    pub applies: fn(&T) -> bool,
    /// Where its slider ends, if it admits more than that: the rest is typed.
    pub slider: Option<[f64; 2]>,
}

impl<T> Field<T> {
    /// A setting that always makes a difference.
    pub const fn new(setting: Setting, get: fn(&T) -> f64, set: fn(&mut T, f64)) -> Self {
        Self {
            setting,
            get,
            set,
            applies: |_| true,
            slider: None,
        }
    }

    /// The same, but it makes a difference only where `applies` says so.
    #[must_use]
    pub const fn when(mut self, applies: fn(&T) -> bool) -> Self {
        self.applies = applies;
        self
    }

    /// The same, but its slider goes only from `min` to `max`; the other values that it admits can be typed.
    #[must_use]
    pub const fn sliding(mut self, min: f64, max: f64) -> Self {
        self.slider = Some([min, max]);
        self
    }
}

/// What can be set of a type: its table, and what the settings have to do with each other.
pub trait Settings: Sized + 'static {
    /// Every setting, the most important first; no key twice.
    const FIELDS: &'static [Field<Self>];

    /// Short forms of keys, in which they are written on the command line: short form and key.
    const SHORT: &'static [(&'static str, &'static str)] = &[];

    /// Refuses settings that do not go together.
    fn check_together(&self) -> Result<(), Error> {
        Ok(())
    }
}

/// Settings by key, whatever the type: what sliders, command line, paths and documents work with.
pub trait AnySettings {
    /// Every setting, the most important first.
    fn list(&self) -> Vec<&'static Setting>;
    /// Short forms of keys, in which they are written on the command line: short form and key.
    fn short_forms(&self) -> &'static [(&'static str, &'static str)];
    /// The value of the setting called `key`; choices count from 0. `None` if there is no such setting.
    fn get(&self, key: &str) -> Option<f64>;
    /// Changes the setting called `key`. Refused, with nothing changed: an unknown key, a value that the setting does
    /// not admit, a setting that there is no place for under the others.
    fn set(&mut self, key: &str, value: f64) -> Result<(), Error>;
    /// Whether the setting called `key` makes a difference under the other settings; if not, it need not be shown.
    fn applies(&self, key: &str) -> bool;
    /// Where the slider of the setting called `key` ends: with what it admits, or before. `None` if there is no such
    /// setting.
    fn slider_ends(&self, key: &str) -> Option<[f64; 2]>;
    /// Refuses values outside their range, and settings that do not go together.
    fn check_all(&self) -> Result<(), Error>;
}

impl<T: Settings> AnySettings for T {
    fn list(&self) -> Vec<&'static Setting> {
        T::FIELDS.iter().map(|field| &field.setting).collect()
    }

    fn short_forms(&self) -> &'static [(&'static str, &'static str)] {
        T::SHORT
    }

    fn get(&self, key: &str) -> Option<f64> {
        field::<T>(key).map(|field| (field.get)(self))
    }

    fn set(&mut self, key: &str, value: f64) -> Result<(), Error> {
        let known = || T::FIELDS.iter().map(|field| field.setting.key);
        let field = field::<T>(key).ok_or_else(|| unknown("setting", key, known()))?;
        field.setting.check(value)?;
        let before = (field.get)(self);
        (field.set)(self, value);
        if (field.get)(self) == value {
            return Ok(());
        }
        (field.set)(self, before);
        Err(Error::Idle {
            setting: field.setting.key,
            others: "the other settings as they are".to_owned(),
        })
    }

    fn applies(&self, key: &str) -> bool {
        field::<T>(key).is_some_and(|field| (field.applies)(self))
    }

    fn slider_ends(&self, key: &str) -> Option<[f64; 2]> {
        let field = field::<T>(key)?;
        Some(field.slider.unwrap_or_else(|| field.setting.ends()))
    }

    fn check_all(&self) -> Result<(), Error> {
        for field in T::FIELDS {
            field.setting.check((field.get)(self))?;
        }
        self.check_together()
    }
}

/// The entry of the setting called `key`.
fn field<T: Settings>(key: &str) -> Option<&'static Field<T>> {
    T::FIELDS.iter().find(|field| field.setting.key == key)
}

/// A choice that is stored as an enum: its members and what they are called, in one order.
pub trait Choices: Copy + PartialEq + 'static {
    /// Every member.
    const MEMBERS: &'static [Self];
    /// What they are called, in the same order.
    const ITEMS: &'static [Item];

    /// Where the member stands among all: the value of a setting that chooses it.
    fn place(self) -> f64 {
        let place = Self::MEMBERS.iter().position(|member| *member == self);
        place.expect("every member is listed") as f64
    }

    /// The member that stands at `place`, which a setting has admitted.
    fn at(place: f64) -> Self {
        Self::MEMBERS[place as usize]
    }
}

/// `choices!(Type: Member = "key", Other = "key" / "label on screen", …);` lists the members of an enum as
/// [`Choices`].
macro_rules! choices {
    ($choice:ty: $($member:ident = $key:literal $(/ $label:literal)?),* $(,)?) => {
        impl $crate::engine::settings::Choices for $choice {
            const MEMBERS: &'static [Self] = &[$(Self::$member),*];
            const ITEMS: &'static [$crate::engine::settings::Item] =
                &[$(choices!(@item $key $(/ $label)?)),*];
        }
    };
    (@item $key:literal) => { $crate::engine::settings::Item::new($key) };
    (@item $key:literal / $label:literal) => {
        $crate::engine::settings::Item { key: $key, label: $label }
    };
}
pub(crate) use choices;
