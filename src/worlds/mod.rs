//! Where patterns come from: the worlds a user chooses among, and the files a user brings.
//!
//! A world is one file or folder with its `mod` line, and one entry in the list below: plain settings that implement
//! [`WorldSettings`] and [`WorldKind`]. Chooser, sliders, command line and help read the rest from its
//! [`WorldInfo`]. Everything here takes bytes and gives patterns, states or arrays; whatever is wrong with
//! the bytes is said in one sentence that names the place. Absent: opening files (the edges do that), threads,
//! clocks, the window, and any randomness that does not come from a seed.

pub mod deskew;
pub mod digit_set;
pub mod digits;
pub mod features;
pub mod files;
mod findings;
pub mod glyphs;
pub mod idx;
mod inflate;
pub mod kind;
pub mod mnist;
pub mod npy;
pub mod npz;
pub mod picture;
mod placing;
pub mod proteins;
pub mod random;
mod source;
pub mod spin_glass;
mod text;

pub use digit_set::DigitSet;
pub use digits::GrayImages;
pub use findings::{Findings, LeftOut};
pub use kind::{Example, Preparation, Preparing, Stored, WorldInfo, WorldKind};
pub use mnist::{MAX_STORED, Mnist, Size};
pub use picture::{Ink, Picture};
pub use source::Source;

use crate::engine::Error;
use crate::engine::settings::notation::{self, Pairs};
use crate::engine::settings::{AnySettings, Kinds, Setting};
use kind::WorldSettings;
use source::Supply;
use std::sync::Arc;

/// The choice of worlds: every one named here is offered everywhere.
macro_rules! worlds {
    ($($(#[$doc:meta])* $name:ident($kind:ty)),* $(,)?) => {
        /// Which world, with its settings: plain data to compare, save, edit and undo.
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum World {
            $($(#[$doc])* $name($kind),)*
        }

        /// What preparing a world gives.
        #[derive(Debug, Clone)]
        #[non_exhaustive]
        pub enum Data {
            $($(#[$doc])* $name(Arc<<$kind as WorldKind>::Data>),)*
        }

        impl World {
            /// Every world with its default settings, in the order of the chooser.
            pub const ALL: &'static [fn() -> Self] = &[$(|| Self::$name(<$kind>::default()),)*];

            /// The world's settings, read-only.
            pub fn settings(&self) -> &dyn WorldSettings {
                match self {
                    $(Self::$name(kind) => kind,)*
                }
            }

            /// The world's settings, to change one.
            fn settings_mut(&mut self) -> &mut dyn WorldSettings {
                match self {
                    $(Self::$name(kind) => kind,)*
                }
            }

            /// Whether files that preparing needs are still on their way to the page.
            pub fn is_coming(&self) -> bool {
                match self {
                    $(Self::$name(kind) => kind.is_coming(),)*
                }
            }

            /// Does what takes long: items of progress, and the data last.
            pub fn prepare(&self, seed: u64) -> Preparing<Data> {
                match self {
                    $(Self::$name(kind) => Box::new(kind.prepare(seed).map(|step| {
                        step.map(|data| Data::$name(Arc::new(data)))
                    })),)*
                }
            }

            /// Whether data prepared for `other` with `other_seed` serve this world with `seed`.
            pub fn shares_data(&self, seed: u64, other: &Self, other_seed: u64) -> bool {
                match (self, other) {
                    $((Self::$name(one), Self::$name(other)) => {
                        one.shares_data(other) && (!<$kind>::SEEDED || seed == other_seed)
                    })*
                    _ => false,
                }
            }

            /// What these settings give out of `data`; `None` for the data of another kind of world.
            fn supply<'a>(&'a self, data: &'a Data) -> Option<Box<dyn Supply + 'a>> {
                match (self, data) {
                    $((Self::$name(kind), Data::$name(data)) => Some(Box::new((kind, &**data))),)*
                    _ => None,
                }
            }
        }
    };
}

worlds! {
    /// Handwritten digits.
    Mnist(mnist::MnistSettings),
    /// Letters and shapes on small grids.
    Glyphs(glyphs::Glyphs),
    /// Patterns of ±1 drawn at random.
    Random(random::Random),
    /// Mixtures of hidden features.
    Features(features::Features),
    /// Configurations of a spin glass.
    SpinGlass(spin_glass::SpinGlass),
    /// Aligned sequences of a protein.
    Protein(proteins::Protein),
    /// Images, arrays and tables that the user opens.
    File(files::Files),
}

impl World {
    /// What the world is and what its settings mean.
    pub fn about(&self) -> &'static WorldInfo {
        self.settings().about()
    }

    /// The value of the setting called `key`; choices count from 0. `None` if the world has no such setting.
    pub fn get(&self, key: &str) -> Option<f64> {
        self.settings().get(key)
    }

    /// Changes the setting called `key`, which must exist and admit `value`.
    pub fn set(&mut self, key: &str, value: f64) -> Result<(), Error> {
        self.settings_mut().set(key, value)
    }

    /// Refuses settings outside their range, or that do not go together.
    pub fn check(&self) -> Result<(), Error> {
        self.settings().check_all()
    }

    /// Brings what the settings say of each other into line after one of them was moved by hand.
    pub fn mend(&mut self) {
        self.settings_mut().mend();
    }

    /// The world that `text` names: `NAME` or `NAME:key=value,…`, as on the command line.
    pub fn parse(text: &str) -> Result<Self, Error> {
        notation::parse(text)
    }

    /// The world with these settings, as they are written on the command line, and the others as they are.
    pub fn with(self, pairs: Pairs<'_>) -> Result<Self, Error> {
        notation::with(self, pairs)
    }

    /// The world of what a user opened: a protein family if there is an alignment in it, else images.
    pub fn of_files(input: Arc<files::Input>) -> Self {
        if input
            .files()
            .iter()
            .any(|file| proteins::is_alignment(&file.bytes))
        {
            return Self::Protein(proteins::Protein {
                input,
                ..proteins::Protein::default()
            });
        }
        Self::File(files::Files {
            input,
            ..files::Files::default()
        })
    }

    /// What the user opened to make it of; none for a world whose name says all.
    pub fn opened(&self) -> Option<&Arc<files::Input>> {
        let usual = Self::named(self.about().name).expect("every world is in the list");
        let input = self.settings().input();
        input.filter(|input| Some(*input) != usual.settings().input())
    }

    /// The world called `name`, with its default settings.
    pub fn named(name: &str) -> Result<Self, Error> {
        notation::named(name)
    }

    /// The world in the notation of [`Self::parse`], with every setting that makes a difference.
    pub fn notation(&self) -> String {
        notation::write(self.settings().name(), self.settings())
    }

    /// Whether the setting called `key` decides what data are prepared, and not only what is stored of them.
    pub fn decides_data(&self, key: &str) -> bool {
        let settings = self.settings();
        let setting = settings
            .list()
            .into_iter()
            .find(|setting| setting.key == key);
        let ends = setting.into_iter().flat_map(Setting::ends);
        let mut others = ends.filter(|end| Some(*end) != settings.get(key));
        others.any(|end| {
            let mut other = self.clone();
            other.set(key, end).is_ok() && !other.shares_data(0, self, 0)
        })
    }

    /// What the user opened, where the world is made of it.
    pub fn input(&self) -> Option<&files::Input> {
        self.settings().input().map(|input| &**input)
    }

    /// What the user opened, to put something else in its place.
    pub fn input_mut(&mut self) -> Option<&mut Arc<files::Input>> {
        self.settings_mut().input_mut()
    }

    /// Number of stored patterns asked for.
    pub fn n_patterns(&self) -> usize {
        self.settings().n_patterns()
    }

    /// Whether the settings alone say that what is drawn on the units of one makes no sense on the other. How the units
    /// of files lie, only what was prepared can say.
    pub fn differs_in_layout(&self, other: &Self) -> bool {
        let same_kind = std::mem::discriminant(self) == std::mem::discriminant(other);
        let grids = (self.settings().grid(), other.settings().grid());
        !same_kind || matches!(grids, (Some(one), Some(other)) if one != other)
    }

    /// The settings of the digits, where they are the world.
    pub fn mnist(&self) -> Option<&mnist::MnistSettings> {
        match self {
            Self::Mnist(settings) => Some(settings),
            _ => None,
        }
    }

    /// The settings of the digits, to change.
    pub fn mnist_mut(&mut self) -> Option<&mut mnist::MnistSettings> {
        match self {
            Self::Mnist(settings) => Some(settings),
            _ => None,
        }
    }
}

impl Kinds for World {
    const NOUN: &'static str = "world";

    fn all() -> Vec<Self> {
        Self::ALL.iter().map(|make| make()).collect()
    }

    fn kind(&self) -> &'static str {
        self.about().name
    }

    fn any(&self) -> &dyn AnySettings {
        self.settings()
    }

    fn any_mut(&mut self) -> &mut dyn AnySettings {
        self.settings_mut()
    }
}

impl Default for World {
    fn default() -> Self {
        Self::Mnist(mnist::MnistSettings::default())
    }
}

#[cfg(test)]
mod tests;
