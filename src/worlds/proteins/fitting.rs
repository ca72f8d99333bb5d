//! Which chain of a structure is the family's, and which sequence of the family it is: by the best match.
//!
//! The first sequence meets every chain, since most alignments begin with the protein whose structure is known. Where
//! that is a poor match, the sequence that shares the most words of four letters with a chain meets it too.

use super::alignment::Alignment;
use super::structure::{Chain, Structure};
use crate::engine::Error;
use crate::engine::patterns::{Label, Letters};

/// Share of equal letters below which other sequences are tried.
const GOOD: f64 = 0.8;
/// Letters of a word.
const WORD: usize = 4;
/// Amino acids.
const Q: usize = Letters::PROTEIN.count() - 1;
/// Most different chains that are tried: a bit each.
pub(super) const MAX_TRIED: usize = 64;
/// Letters looked at in one step: a few milliseconds' work.
const SLICE: usize = 1 << 18;

/// A chain that was matched to a sequence.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    /// Which chain of the structure it is, from 0.
    pub chain: usize,
    /// Which sequence of the alignment, from 0.
    pub sequence: usize,
    /// The sequence's name.
    pub name: Label,
    /// The residue that stands in each column, if there is one.
    pub residues: Vec<Option<usize>>,
    /// How many of them are what the sequence has there.
    pub n_equal: usize,
    /// The same over the letters of the sequence or the residues of the chain, whichever are fewer: 0 to 1.
    pub share: f64,
}

impl Fit {
    fn of(
        alignment: &Alignment,
        sequence: usize,
        chain: usize,
        structure: &Structure,
    ) -> Result<Self, Error> {
        let (letters, matched) = (alignment.sequence(sequence), &structure.chains()[chain]);
        let residues = matched.residues(letters)?;
        let equal = |(letter, residue): &(&i8, &Option<usize>)| {
            residue.is_some_and(|residue| matched.states()[residue] == **letter)
        };
        let n_equal = letters.iter().zip(&residues).filter(equal).count();
        let n_letters = letters.iter().filter(|letter| **letter != alignment.gap());
        let shorter = n_letters.count().min(matched.n_residues());
        Ok(Self {
            chain,
            sequence,
            name: alignment.name(sequence).clone(),
            n_equal,
            share: n_equal as f64 / shorter.max(1) as f64,
            residues,
        })
    }

    /// How many columns have a residue.
    pub fn n_matched(&self) -> usize {
        self.residues.iter().flatten().count()
    }
}

/// The search for the best match.
pub(super) struct Fitting {
    structure: Structure,
    /// Chains that no earlier one is equal to.
    chains: Vec<usize>,
    /// Different chains beyond those.
    untried: Vec<usize>,
    stage: Stage,
    best: Option<Fit>,
    /// Why a chain could not be matched.
    problem: Option<Error>,
}

enum Stage {
    /// The first sequence meets the chain at this place of the list.
    First(usize),
    /// Words of the sequences from this one on are looked up.
    Searching(usize, Words),
    /// A sequence meets a chain.
    Last(usize, usize),
    Over,
}

impl Fitting {
    /// Begins to match the chains of `structure`.
    pub(super) fn new(structure: Structure) -> Self {
        let (mut chains, mut untried) = (Vec::<usize>::new(), Vec::new());
        for (place, chain) in structure.chains().iter().enumerate() {
            let same = |other: &usize| structure.chains()[*other].states() == chain.states();
            if chains.iter().any(same) {
                continue;
            }
            if chains.len() < MAX_TRIED {
                chains.push(place);
            } else {
                untried.push(place);
            }
        }
        Self {
            structure,
            chains,
            untried,
            stage: Stage::First(0),
            best: None,
            problem: None,
        }
    }

    /// Matches some more; true at the end. Every step is given the same alignment, of amino acids.
    pub(super) fn step(&mut self, alignment: &Alignment) -> bool {
        self.stage = match std::mem::replace(&mut self.stage, Stage::Over) {
            Stage::First(place) => {
                self.try_out(alignment, 0, self.chains[place]);
                if place + 1 < self.chains.len() {
                    Stage::First(place + 1)
                } else if self.best.as_ref().is_some_and(|best| best.share >= GOOD) {
                    Stage::Over
                } else {
                    let chains = self
                        .chains
                        .iter()
                        .map(|chain| &self.structure.chains()[*chain]);
                    Stage::Searching(0, Words::of(chains))
                }
            }
            Stage::Searching(mut next, mut words) => {
                let n_sequences = (SLICE / alignment.n_columns()).max(1);
                let end = (next + n_sequences).min(alignment.n_sequences());
                while next < end {
                    words.look_up(next, alignment.sequence(next));
                    next += 1;
                }
                match words.best {
                    _ if next < alignment.n_sequences() => Stage::Searching(next, words),
                    Some((_, sequence, chain)) => Stage::Last(sequence, self.chains[chain]),
                    None => Stage::Over,
                }
            }
            Stage::Last(sequence, chain) => {
                self.try_out(alignment, sequence, chain);
                Stage::Over
            }
            Stage::Over => Stage::Over,
        };
        matches!(self.stage, Stage::Over)
    }

    /// The structure, the best match, and which chains were not tried; refused where no chain could be matched.
    pub(super) fn finish(self) -> Result<(Structure, Fit, Vec<usize>), Error> {
        match (self.best, self.problem) {
            (Some(best), _) if best.n_equal > 0 => Ok((self.structure, best, self.untried)),
            (None, Some(problem)) => Err(problem),
            _ => Err(Error::Format {
                expected: "a structure is that of a sequence of the alignment".to_owned(),
                found: "no chain of this one matches any".to_owned(),
            }),
        }
    }

    fn try_out(&mut self, alignment: &Alignment, sequence: usize, chain: usize) {
        match Fit::of(alignment, sequence, chain, &self.structure) {
            Ok(fit) => {
                let rank = |fit: &Fit| (fit.n_equal, fit.n_matched());
                if self
                    .best
                    .as_ref()
                    .is_none_or(|best| rank(&fit) > rank(best))
                {
                    self.best = Some(fit);
                }
            }
            Err(problem) => self.problem = Some(problem),
        }
    }
}

/// The words of some chains, and the sequence that shares the most of them with one.
struct Words {
    /// For each word the chains that have it, a bit each.
    chains: Vec<u64>,
    /// Most words shared, by which sequence, with which chain.
    best: Option<(u32, usize, usize)>,
}

impl Words {
    fn of<'a>(chains: impl Iterator<Item = &'a Chain>) -> Self {
        let mut all = vec![0; Q.pow(WORD as u32)];
        for (place, chain) in chains.enumerate() {
            for word in words(chain.states().iter().copied()) {
                all[word] |= 1_u64 << place;
            }
        }
        Self {
            chains: all,
            best: None,
        }
    }

    fn look_up(&mut self, sequence: usize, letters: &[i8]) {
        let mut shared = [0_u32; MAX_TRIED];
        let letters = letters
            .iter()
            .copied()
            .filter(|letter| (*letter as usize) < Q);
        for word in words(letters) {
            let mut chains = self.chains[word];
            while chains != 0 {
                shared[chains.trailing_zeros() as usize] += 1;
                chains &= chains - 1;
            }
        }
        for (chain, shared) in shared.into_iter().enumerate() {
            if shared > self.best.map_or(0, |(most, ..)| most) {
                self.best = Some((shared, sequence, chain));
            }
        }
    }
}

/// The words of a row of letters, as numbers below Q⁴.
fn words(letters: impl Iterator<Item = i8>) -> impl Iterator<Item = usize> {
    let numbers = letters.scan(0, |word, letter| {
        *word = (*word * Q + letter as usize) % Q.pow(WORD as u32);
        Some(*word)
    });
    numbers.skip(WORD - 1)
}

#[cfg(test)]
#[path = "fitting_tests.rs"]
mod tests;
