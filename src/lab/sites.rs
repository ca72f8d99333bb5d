//! How units lie and what they can be, as far as that can be told without preparing a world.

use crate::engine::corrupt::Corruption;
use crate::engine::patterns::Alphabet;
use crate::engine::{Error, Grid, Patterns};
use crate::worlds::{Source, World};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// How the units of patterns lie, and what each can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sites {
    /// How they lie.
    pub grid: Grid,
    /// Signs or letters; which letters there are, only patterns say for certain.
    pub alphabet: Alphabet,
}

impl Sites {
    /// Those of `patterns`.
    pub fn of(patterns: &Patterns) -> Self {
        Self {
            grid: patterns.grid(),
            alphabet: patterns.alphabet(),
        }
    }

    /// Those of `world`, where its settings alone tell.
    pub fn told(world: &World) -> Option<Self> {
        let settings = world.settings();
        Some(Self {
            grid: settings.grid()?,
            alphabet: settings.alphabet(),
        })
    }

    /// The number of units N.
    pub fn n_units(self) -> usize {
        self.grid.n_units()
    }

    /// What takes a pattern down to `overlap`, see [`Corruption::to_overlap`].
    pub fn to_overlap(self, overlap: f64, seed: u64) -> Corruption {
        Corruption::to_overlap(overlap, self.n_units(), self.alphabet, seed)
    }
}

/// The sites of worlds whose settings do not tell, once they are known; clones share them.
#[derive(Debug, Clone, Default)]
pub(super) struct KnownSites(Arc<Mutex<BTreeMap<String, Sites>>>);

impl KnownSites {
    /// What is known of `world` without preparing it.
    pub(super) fn known(&self, world: &World) -> Option<Sites> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Sites::told(world).or_else(|| kept.get(&key(world)).copied())
    }

    /// Keeps what `patterns` of `world` tell.
    pub(super) fn keep(&self, world: &World, patterns: &Patterns) {
        if Sites::told(world).is_none() {
            let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            kept.insert(key(world), Sites::of(patterns));
        }
    }

    /// The sites of `world`, which is prepared, once, where nothing else tells.
    pub(super) fn of(&self, world: &World, seed: u64) -> Result<Sites, Error> {
        if let Some(known) = self.known(world) {
            return Ok(known);
        }
        let patterns = Source::prepare(world, seed)?.stored()?.patterns;
        self.keep(world, &patterns);
        Ok(Sites::of(&patterns))
    }
}

/// The settings of `world`, but for the number of patterns, which moves no unit.
fn key(world: &World) -> String {
    let mut world = world.clone();
    for key in ["p", "alpha"] {
        let _unless_it_has_none = world.set(key, 1.0);
    }
    world.notation()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_tell_of_units_what_patterns_have() {
        for world in World::ALL {
            let world = world();
            let Ok(source) = Source::prepare(&world, 7) else {
                continue; // No files are opened.
            };
            let patterns = source.stored().unwrap().patterns;
            let sites = Sites::of(&patterns);
            assert_eq!(KnownSites::default().of(&world, 7).unwrap(), sites);
            assert_eq!(world.n_patterns(), patterns.n_patterns());
        }
    }

    #[test]
    fn what_was_prepared_once_is_known() {
        use crate::worlds::files::{File, Input};
        let rows = "1,-1,1,1,1\n1,1,-1,-1,1\n-1,1,1,-1,1\n1,1,1,-1,-1\n".repeat(3);
        let file = File {
            name: "rows.csv".to_owned(),
            bytes: rows.into_bytes().into(),
        };
        let input = Input::new("rows.csv", vec![file]).unwrap();
        let mut world = World::of_files(Arc::new(input));
        world.set("p", 3.0).unwrap();
        let known = KnownSites::default();
        assert_eq!(known.known(&world), None);
        let sites = known.of(&world, 7).unwrap();
        world.set("p", 2.0).unwrap();
        assert_eq!(known.known(&world), Some(sites));
    }
}
