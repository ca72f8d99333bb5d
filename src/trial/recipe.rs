//! The recipe: everything a user can set, as plain data. Undo keeps recipes; all else follows from one.

use super::cue::{Cue, Start};
use crate::engine::corrupt::Noise;
use crate::engine::dense::States;
use crate::engine::learning::PseudoInverse;
use crate::engine::patterns::Label;
use crate::engine::{Alteration, Corruption, Dynamics, Error, LearningRule, State};
use crate::worlds::World;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Largest number of sweeps a run may be allowed.
pub const MAX_SWEEPS: u64 = 10_000;

/// Most ways to learn and recall that stand side by side.
pub const MAX_TRACKS: usize = 4;

/// Most letters in the name of a track.
pub const MAX_TRACK_NAME: usize = 40;

/// Why there is a first track.
const ONE_TRACK: &str = "a recipe has one track at the least";

/// Everything a user can set. The same recipe gives the same bits.
#[derive(Debug, Clone, PartialEq)]
pub struct Recipe {
    /// Where patterns come from, and which of them are stored.
    pub world: World,
    /// Patterns that are stored beside the world's, after them.
    pub added: Vec<Arc<AddedPattern>>,
    /// What the world would store and is left out, as entries of its data (see [`Stored::origins`]).
    ///
    /// [`Stored::origins`]: crate::worlds::Stored::origins
    pub removed: BTreeSet<usize>,
    /// What the memories are asked.
    pub cue: Cue,
    /// Sweeps after which a run that has not settled is stopped, 1 to [`MAX_SWEEPS`].
    pub max_sweeps: u64,
    /// Decides which patterns are drawn and in which order units are asked.
    pub seed: u64,
    /// How the patterns are learned and recalled, side by side: at least one way.
    pub tracks: Vec<TrackRecipe>,
}

/// One way to learn the patterns, and to let the cue move in what came of it.
#[derive(Debug, Clone, PartialEq)]
pub struct TrackRecipe {
    /// What somebody has called it; empty where nobody has: then it is told by what is its own, see [`track_titles`].
    ///
    /// [`track_titles`]: super::tracks::track_titles
    pub name: String,
    /// How the patterns are learned.
    pub rule: LearningRule,
    /// What is done to the couplings once they are learned.
    pub alteration: Alteration,
    /// How the state moves.
    pub dynamics: Dynamics,
}

/// A pattern that was stored by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddedPattern {
    /// The pattern.
    pub state: State,
    /// What it is called.
    pub label: Label,
}

impl Default for Recipe {
    /// Thirty digits under the projection rule, and a stored 3 with 27 % of its units flipped: it is restored.
    fn default() -> Self {
        let flip = Noise {
            fraction: 0.27,
            seed: 7,
        };
        Self {
            world: World::default(),
            added: Vec::new(),
            removed: BTreeSet::new(),
            cue: Cue {
                corruption: Corruption {
                    flip,
                    ..Corruption::default()
                },
                ..Cue::new(Start::Stored(3))
            },
            max_sweeps: 100,
            seed: 7,
            tracks: vec![TrackRecipe::default()],
        }
    }
}

impl Default for TrackRecipe {
    /// The projection rule, unit by unit in random order.
    fn default() -> Self {
        Self {
            name: String::new(),
            rule: LearningRule::PseudoInverse(PseudoInverse::default()),
            alteration: Alteration::default(),
            dynamics: Dynamics::Asynchronous,
        }
    }
}

impl TrackRecipe {
    /// Refuses a name that is too long, or that a line cannot hold.
    fn check_name(&self) -> Result<(), Error> {
        let length = self.name.chars().count();
        if length <= MAX_TRACK_NAME && !self.name.contains(char::is_control) {
            return Ok(());
        }
        Err(Error::Range {
            setting: "the name of a track",
            range: format!("at most {MAX_TRACK_NAME} letters on one line"),
            value: format!("{length} letters"),
        })
    }

    /// Refuses dynamics that would do nothing: continuous states move all at once, without heat.
    pub fn check_dynamics(&self) -> Result<(), Error> {
        let rule = &self.rule;
        let is_continuous =
            matches!(rule, LearningRule::Modern(modern) if modern.states == States::Continuous);
        if !is_continuous || self.dynamics == Dynamics::Synchronous {
            return Ok(());
        }
        Err(Error::Idle {
            setting: "an order of the units, or heat,",
            others: format!("{}, where all move at once: sync", rule.notation()),
        })
    }
}

impl Recipe {
    /// The first track: the one that is shown where there is room for one.
    pub fn track(&self) -> &TrackRecipe {
        self.tracks.first().expect(ONE_TRACK)
    }

    /// The first track, to change.
    pub fn track_mut(&mut self) -> &mut TrackRecipe {
        self.tracks.first_mut().expect(ONE_TRACK)
    }

    /// Refuses what can be refused without looking at the data.
    pub fn check(&self) -> Result<(), Error> {
        if self.tracks.is_empty() {
            return Err(Error::NotEnough {
                asked: "a way to learn and recall".to_owned(),
                available: "0".to_owned(),
            });
        }
        if self.tracks.len() > MAX_TRACKS {
            return Err(Error::Range {
                setting: "the ways to learn and recall, side by side,",
                range: format!("at most {MAX_TRACKS}"),
                value: self.tracks.len().to_string(),
            });
        }
        for track in &self.tracks {
            track.check_name()?;
            track.rule.check_settings()?;
            track.alteration.check()?;
            track.dynamics.check()?;
        }
        self.world.check()?;
        self.cue.corruption.check_fractions()?;
        if !(1..=MAX_SWEEPS).contains(&self.max_sweeps) {
            let (range, value) = (
                format!("from 1 to {MAX_SWEEPS}"),
                self.max_sweeps.to_string(),
            );
            return Err(Error::Range {
                setting: "the number of sweeps",
                range,
                value,
            });
        }
        Ok(())
    }

    /// Stores `state` beside the world's patterns under the name `label` or, without one, under the first number that
    /// none of those added has.
    pub fn add_pattern(&mut self, state: State, label: Option<Label>) {
        let is_free = |label: &Label| self.added.iter().all(|added| added.label != *label);
        let mut labels = (1..).map(|number: usize| Label::from(format!("added {number}")));
        let free = || labels.find(is_free).expect("there are more numbers");
        let label = label.unwrap_or_else(free);
        self.added.push(Arc::new(AddedPattern { state, label }));
    }

    /// Leaves out the stored pattern at index `pattern`; `origins` are the world's entries among the stored patterns,
    /// which come first. A cue made of a later pattern stays with it.
    pub fn remove_pattern(&mut self, pattern: usize, origins: &[usize]) {
        match origins.get(pattern) {
            Some(origin) => {
                self.removed.insert(*origin);
            }
            None if pattern - origins.len() < self.added.len() => {
                self.added.remove(pattern - origins.len());
            }
            None => return,
        }
        if let Start::Stored(cue) = &mut self.cue.start
            && *cue > pattern
        {
            *cue -= 1;
        }
    }

    /// Removes every stored pattern, the world's, which are its entries `origins`, and those added by hand; the cue is an
    /// empty sheet to draw the first one on.
    pub fn clear_patterns(&mut self, origins: &[usize]) {
        self.removed.extend(origins);
        self.added.clear();
        self.cue = Cue::new(Start::Empty);
    }

    /// Number of stored patterns asked for: of the world, and added by hand.
    pub fn n_patterns(&self) -> usize {
        self.world.n_patterns() + self.added.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_added_patterns_have_the_same_name() {
        let mut recipe = Recipe::default();
        let add = |recipe: &mut Recipe| recipe.add_pattern(State::from_fn(4, |_| true), None);
        (0..3).for_each(|_| add(&mut recipe));
        recipe.remove_pattern(1, &[]);
        (0..2).for_each(|_| add(&mut recipe));
        let names: Vec<&str> = recipe.added.iter().map(|added| &*added.label).collect();
        assert_eq!(names, ["added 1", "added 3", "added 2", "added 4"]);
    }
}
