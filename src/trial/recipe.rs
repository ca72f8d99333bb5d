//! The recipe: everything a user can set, as plain data. Undo keeps recipes; all else follows from one.

use super::cue::{Cue, Start};
use crate::engine::corrupt::Noise;
use crate::engine::learning::{Potts, PseudoInverse};
use crate::engine::patterns::Alphabet;
use crate::engine::{Alteration, Corruption, Dynamics, Error, LearningRule};
use crate::worlds::World;

/// Largest number of sweeps a run may be allowed.
pub const MAX_SWEEPS: u64 = 10_000;

/// Everything a user can set. The same recipe gives the same bits.
#[derive(Debug, Clone, PartialEq)]
pub struct Recipe {
    /// Where patterns come from, and which of them are stored.
    pub world: World,
    /// How they are learned.
    pub rule: LearningRule,
    /// What is done to its couplings once they are learned.
    pub alteration: Alteration,
    /// What the memory is asked.
    pub cue: Cue,
    /// How the state moves.
    pub dynamics: Dynamics,
    /// Sweeps after which a run that has not settled is stopped, 1 to [`MAX_SWEEPS`].
    pub max_sweeps: u64,
    /// Decides which patterns are drawn and in which order units are asked.
    pub seed: u64,
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
            rule: LearningRule::PseudoInverse(PseudoInverse::default()),
            alteration: Alteration::default(),
            cue: Cue {
                corruption: Corruption {
                    flip,
                    ..Corruption::default()
                },
                ..Cue::new(Start::Stored(3))
            },
            dynamics: Dynamics::Asynchronous,
            max_sweeps: 100,
            seed: 7,
        }
    }
}

impl Recipe {
    /// Refuses what can be refused without looking at the data.
    pub fn check(&self) -> Result<(), Error> {
        self.dynamics.check()?;
        self.alteration.check()?;
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

    /// Number of stored patterns asked for.
    pub fn n_patterns(&self) -> usize {
        self.world.n_patterns()
    }

    /// The recipe after an edit, with what no longer fits mended: a cue pattern beyond the last one becomes the
    /// last, and what was drawn on one grid does not move to another.
    #[must_use]
    pub fn mended(mut self, before: &Self) -> Self {
        let last = self.n_patterns().max(1) - 1;
        if let Start::Stored(pattern) = &mut self.cue.start {
            *pattern = (*pattern).min(last);
        }
        if !self.world.has_layout_of(&before.world) {
            self.cue.clear_drawing();
            self.cue.corruption.rectangle = None;
            let alphabet = self.world.settings().alphabet();
            if !self.rule.is_for(alphabet) {
                // The rule that is for these units and comes nearest to what was chosen.
                self.rule = match alphabet {
                    Alphabet::Signs => LearningRule::PseudoInverse(PseudoInverse::default()),
                    Alphabet::Letters(_) => LearningRule::Potts(Potts::default()),
                };
                self.alteration = Alteration::default();
            }
            self.cue.corruption.invert &= alphabet == Alphabet::Signs;
            if alphabet != Alphabet::Signs && matches!(self.cue.start, Start::Picture(_)) {
                self.cue.start = Start::Stored(0);
            }
            // Both sizes of digits hold the same images in the same order.
            let others = self.world.mnist().is_none() || before.world.mnist().is_none();
            if others && matches!(self.cue.start, Start::Unseen(_) | Start::Feature(_)) {
                self.cue.start = Start::Stored(0);
            }
        }
        self
    }
}
