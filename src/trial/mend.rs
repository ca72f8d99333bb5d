//! What no longer fits after an edit, mended rather than refused: what was drawn on one grid does not move to another,
//! a cue beyond the last pattern becomes the last.
//!
//! In steps, since how the units of a world of files lie is known only once it is prepared: [`Recipe::mended`] by the
//! settings alone, [`Recipe::fitted`] and [`Recipe::with_start_within`] by the patterns.

use super::cue::Start;
use super::inputs::Inputs;
use super::recipe::Recipe;
use crate::engine::learning::{Potts, PseudoInverse};
use crate::engine::patterns::Alphabet;
use crate::engine::{Alteration, Error, LearningRule};
use crate::worlds::{Source, Stored};

/// The rule for units that can be what `alphabet` has, where nobody chose one.
pub fn usual_rule(alphabet: Alphabet) -> LearningRule {
    match alphabet {
        Alphabet::Signs => LearningRule::PseudoInverse(PseudoInverse::default()),
        Alphabet::Letters(_) => LearningRule::Potts(Potts::default()),
    }
}

impl Recipe {
    /// The recipe after an edit of `before`, with what no longer fits mended, as far as the settings tell.
    #[must_use]
    pub fn mended(mut self, before: &Self) -> Self {
        if self.world != before.world {
            self.world.mend();
        }
        let moved = self.world.differs_in_layout(&before.world);
        if moved {
            self.leave_layout(before);
        }
        // Entries of files mean nothing in other files, and another seed draws others.
        let same_files = self.world.settings().grid().is_some()
            || (self.world).shares_data(self.seed, &before.world, before.seed);
        if moved || self.seed != before.seed || !same_files {
            self.removed.clear();
        }
        self
    }

    /// The recipe with what does not fit the patterns of its world mended, now that they are known: the world stores
    /// `drawn`. `before` is the recipe that was edited and what followed from it, where the drawing is from there.
    /// Also what was left out, in words.
    #[must_use]
    pub fn fitted(
        mut self,
        drawn: &Stored,
        before: Option<(&Self, &Inputs)>,
    ) -> (Self, Option<Error>) {
        let patterns = &drawn.patterns;
        if let Some((before, inputs)) = before {
            let old = inputs.patterns();
            if (patterns.grid(), patterns.alphabet()) != (old.grid(), old.alphabet()) {
                self.leave_layout(before);
            }
        }
        let n_added = self.added.len();
        self.added.retain(|added| {
            let (n_units, alphabet) = (added.state.n_units(), added.state.alphabet());
            (n_units, alphabet) == (patterns.n_units(), patterns.alphabet())
        });
        let left_out = n_added - self.added.len();
        let left_out = (left_out > 0).then(|| {
            Error::System(format!(
                "{left_out} of the patterns stored by hand left out: this world's have {} units",
                patterns.n_units()
            ))
        });
        (self, left_out)
    }

    /// The recipe with a cue that starts from something there is. `before` is what followed from the recipe that was
    /// edited: a cue made of a pattern stored by hand stays with it, however many the world stores before it. A start
    /// beyond the last pattern, feature or unseen state becomes the last; where there is none, the first stored pattern;
    /// in an empty memory, an empty sheet.
    #[must_use]
    pub fn with_start_within(
        mut self,
        source: &Source,
        drawn: &Stored,
        before: Option<&Inputs>,
    ) -> Self {
        let n_drawn = self.kept(drawn).count();
        let n_stored = n_drawn + self.added.len();
        let n_features = || source.features().map_or(0, |them| them.n_patterns());
        let (index, count) = match &mut self.cue.start {
            Start::Stored(pattern) => {
                let n_before = before.map_or(0..0, Inputs::added_indices);
                if n_before.contains(pattern) {
                    *pattern = *pattern - n_before.start + n_drawn;
                }
                (pattern, n_stored)
            }
            Start::Unseen(index) => (index, source.n_unseen()),
            Start::Feature(feature) => (feature, n_features()),
            Start::Random { .. } | Start::Empty | Start::Picture(_) => return self,
        };
        match count.checked_sub(1) {
            Some(last) => *index = (*index).min(last),
            None if n_stored > 0 => self.cue.start = Start::Stored(0),
            None => self.cue.start = Start::Empty,
        }
        self
    }

    /// Forgets what makes sense only on the units of `before`, and takes rules that are for the units there are now.
    fn leave_layout(&mut self, before: &Self) {
        self.cue.clear_drawing();
        self.cue.corruption.rectangle = None;
        let alphabet = self.world.settings().alphabet();
        for track in &mut self.tracks {
            if !track.rule.is_for(alphabet) {
                // The rule that is for these units and comes nearest to what was chosen.
                track.rule = usual_rule(alphabet);
                track.alteration = Alteration::default();
            }
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
}
