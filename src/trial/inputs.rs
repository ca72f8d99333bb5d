//! What a recipe gives to a memory: the patterns to store, and the cue.

use super::cue::CueStates;
use super::recipe::{AddedPattern, Recipe};
use super::refusal::{Refusal, TrialStage};
use crate::engine::patterns::Label;
use crate::engine::{Error, Patterns};
use crate::worlds::{Findings, Source, Stored};
use ndarray::Array2;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

/// Patterns and cue, worked out from a recipe and its world's source.
#[derive(Debug, Clone)]
pub struct Inputs {
    /// Where both are from.
    pub source: Arc<Source>,
    /// The patterns that are stored: the world's, of which `origins` tells, then those added by hand.
    pub stored: Stored,
    /// What the memory is asked.
    pub cue: CueStates,
    /// What the world stores.
    drawn: Stored,
    added: Vec<Arc<AddedPattern>>,
    removed: BTreeSet<usize>,
}

impl Inputs {
    /// What the world itself stores, out of `source`; what `before` made of the same is taken over.
    pub fn drawn(source: &Arc<Source>, before: Option<&Self>) -> Result<Stored, Refusal> {
        match before {
            Some(before) if Arc::ptr_eq(&before.source, source) => Ok(before.drawn.clone()),
            _ => source.stored().map_err(TrialStage::Patterns.refusal()),
        }
    }

    /// What `recipe` gives out of `source`, which must be the source of its world and store `drawn`; what `before` made
    /// of the same is taken over. Refused: patterns added by hand that are not of as many units, a rule that is not for
    /// these patterns, a cue from what there is not.
    pub fn new(
        recipe: &Recipe,
        source: &Arc<Source>,
        drawn: Stored,
        before: Option<&Self>,
    ) -> Result<Self, Refusal> {
        let same = before.filter(|before| {
            Arc::ptr_eq(&before.drawn.patterns, &drawn.patterns)
                && (&before.added, &before.removed) == (&recipe.added, &recipe.removed)
        });
        let stored = match same {
            Some(before) => before.stored.clone(),
            None => stored(recipe, &drawn).map_err(TrialStage::Patterns.refusal())?,
        };
        let (grid, alphabet) = (stored.patterns.grid(), stored.patterns.alphabet());
        let corruption = recipe.cue.corruption.check(grid, alphabet);
        corruption.map_err(TrialStage::Corruption.refusal())?;
        let cue = recipe.cue.states(&stored.patterns, source);
        let cue = cue.map_err(TrialStage::Cue.refusal())?;
        // An empty memory is not learned, it waits for its first pattern.
        let learned = recipe.tracks.iter().filter(|_| !stored.patterns.is_empty());
        for track in learned {
            let admitted = track.rule.check(&stored.patterns);
            admitted.map_err(TrialStage::Learning.refusal())?;
        }
        Ok(Self {
            source: Arc::clone(source),
            stored,
            cue,
            drawn,
            added: recipe.added.clone(),
            removed: recipe.removed.clone(),
        })
    }

    /// The stored patterns.
    pub fn patterns(&self) -> &Arc<Patterns> {
        &self.stored.patterns
    }

    /// What was found in the data of the world, and what is odd about the stored patterns.
    pub fn findings(&self) -> Findings {
        self.source.findings().with_patterns(self.patterns())
    }

    /// Which of the stored patterns were added by hand.
    pub fn added_indices(&self) -> Range<usize> {
        self.stored.origins.len()..self.patterns().n_patterns()
    }
}

impl Recipe {
    /// Indices of what the recipe keeps of `drawn`, the patterns that its world stores.
    pub(super) fn kept<'a>(&'a self, drawn: &'a Stored) -> impl Iterator<Item = usize> + 'a {
        let origins = drawn.origins.iter().enumerate();
        let kept = origins.filter(|(_, origin)| !self.removed.contains(origin));
        kept.map(|(pattern, _)| pattern)
    }
}

/// What the world stores without what is removed, and with what is added.
fn stored(recipe: &Recipe, drawn: &Stored) -> Result<Stored, Error> {
    let (kept, all): (Vec<usize>, _) = (recipe.kept(drawn).collect(), &drawn.patterns);
    if recipe.added.is_empty() && kept.len() == drawn.origins.len() {
        return Ok(drawn.clone());
    }
    let n_patterns = kept.len() + recipe.added.len();
    if n_patterns == 0 {
        return Ok(Stored {
            patterns: Arc::new(Patterns::none(all.alphabet(), all.grid())),
            origins: Vec::new(),
        });
    }
    let mut units = Vec::with_capacity(n_patterns * all.n_units());
    let mut labels: Vec<Label> = Vec::with_capacity(n_patterns);
    for pattern in &kept {
        units.extend_from_slice(all.pattern(*pattern));
        labels.push(all.label(*pattern).cloned().unwrap_or_default());
    }
    for AddedPattern { state, label } in recipe.added.iter().map(|added| &**added) {
        if (state.n_units(), state.alphabet()) != (all.n_units(), all.alphabet()) {
            return Err(Error::Shape {
                what: "a pattern added by hand",
                expected: format!("{} units, {}", all.n_units(), all.alphabet()),
                found: format!("{}, {}", state.n_units(), state.alphabet()),
            });
        }
        units.extend_from_slice(state.units());
        labels.push(Arc::clone(label));
    }
    let rows = Array2::from_shape_vec((n_patterns, all.n_units()), units);
    let rows = rows.expect("every pattern has as many units");
    let mut patterns = Patterns::of(rows, all.alphabet(), all.grid(), Some(labels))?;
    if let Some(weights) = all.weights() {
        let weights = kept.iter().map(|pattern| weights[*pattern]);
        // What is added by hand counts as one whole pattern.
        patterns = patterns.weighted(weights.chain(recipe.added.iter().map(|_| 1.0)).collect())?;
    }
    Ok(Stored {
        patterns: Arc::new(patterns),
        origins: kept.iter().map(|pattern| drawn.origins[*pattern]).collect(),
    })
}
