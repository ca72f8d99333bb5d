//! The experiments: one file and one line of the list each.

mod basins;
mod capacity;
mod growth;

use super::experiment::Experiment;
use crate::engine::Error;
use crate::engine::settings::{AnySettings, Kinds, notation};

/// The choice of experiments: every one named here is offered everywhere.
macro_rules! experiments {
    ($($(#[$doc:meta])* $file:ident::$name:ident,)*) => {
        /// Which experiment, with its settings: plain data to compare, save and edit.
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum Lab {
            $($(#[$doc])* $name($file::$name),)*
        }

        impl Lab {
            /// What it does.
            pub fn experiment(&self) -> &dyn Experiment {
                match self {
                    $(Self::$name(experiment) => experiment,)*
                }
            }
        }

        impl Kinds for Lab {
            const NOUN: &'static str = "experiment";

            fn all() -> Vec<Self> {
                vec![$(Self::$name($file::$name::default()),)*]
            }

            fn kind(&self) -> &'static str {
                self.experiment().about().name
            }

            fn any(&self) -> &dyn AnySettings {
                match self {
                    $(Self::$name(experiment) => experiment,)*
                }
            }

            fn any_mut(&mut self) -> &mut dyn AnySettings {
                match self {
                    $(Self::$name(experiment) => experiment,)*
                }
            }
        }
    };
}

experiments! {
    /// Final overlap against start overlap.
    basins::Basins,
    /// What is left of stored patterns against the load.
    capacity::Capacity,
    /// How many patterns are held against the number of units.
    growth::Growth,
}

impl Lab {
    /// The experiment that `text` names: `NAME` or `NAME:key=value,…`, as on the command line.
    pub fn parse(text: &str) -> Result<Self, Error> {
        notation::parse(text)
    }

    /// The names of all.
    pub fn names() -> Vec<&'static str> {
        let all = Self::all();
        all.iter().map(Kinds::kind).collect()
    }

    /// It in the notation of [`Self::parse`].
    pub fn notation(&self) -> String {
        notation::write(self.kind(), self.any())
    }
}
