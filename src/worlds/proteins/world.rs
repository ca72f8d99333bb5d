//! A protein family as a world: which sequences are stored, and which are held out.
//!
//! A seed shuffles the sequences once; those held out are taken from the front and the stored ones from the back, so that a
//! larger number begins with a smaller one. Weights are those of the whole filtered alignment.

use super::beside::Others;
use super::family::{Beside, Family};
use super::filter::{Filtered, Filtering};
use super::format::{EXPECTED, Format};
use super::settings::{ABOUT, Protein};
use super::{Alignment, AlignmentReading, MAX_STORED, Weighting, findings, format_of};
use crate::engine::patterns::{Alphabet, Letters};
use crate::engine::rng::stream;
use crate::engine::{Error, Grid, Patterns, State};
use crate::worlds::Findings;
use crate::worlds::files::{File, Input};
use crate::worlds::kind::{
    Example, Preparation, Preparing, Stored, WorldInfo, WorldKind, WorldSettings,
};
use ndarray::Array2;
use rand::seq::SliceRandom as _;
use std::collections::VecDeque;
use std::sync::Arc;

impl WorldSettings for Protein {
    fn about(&self) -> &'static WorldInfo {
        &ABOUT
    }

    fn name(&self) -> &str {
        self.input.name()
    }

    fn n_patterns(&self) -> usize {
        self.n_patterns
    }

    fn grid(&self) -> Option<Grid> {
        None
    }

    fn alphabet(&self) -> Alphabet {
        Alphabet::Letters(self.how.alphabet.letters().unwrap_or(Letters::PROTEIN))
    }

    fn input(&self) -> Option<&Arc<Input>> {
        Some(&self.input)
    }

    fn input_mut(&mut self) -> Option<&mut Arc<Input>> {
        Some(&mut self.input)
    }

    fn is_quick(&self) -> bool {
        false
    }
}

/// A family being prepared.
enum Stage {
    Reading(Box<AlignmentReading>, VecDeque<File>),
    LookingBeside(Box<Alignment>, Box<Others>),
    Weighting(Box<(Alignment, Filtered, Beside)>, Weighting),
}

impl Protein {
    /// Begins with the alignment among the files.
    fn first_stage(&self) -> Result<Stage, Error> {
        let mut files: VecDeque<File> = self.input.files().iter().cloned().collect();
        let formats: Vec<Option<Format>> =
            files.iter().map(|file| format_of(&file.bytes)).collect();
        let readable =
            |format: &Option<Format>| format.is_some_and(|format| format.refusal().is_none());
        // Where none can be read, the refusal says what the first one is.
        let place = formats.iter().position(readable);
        let place = place.or_else(|| formats.iter().position(Option::is_some));
        let file = place.and_then(|place| files.remove(place));
        let file = file.ok_or_else(|| Error::Format {
            expected: EXPECTED.to_owned(),
            found: "no file that was opened does".to_owned(),
        })?;
        let reading = AlignmentReading::new(file.bytes, self.how);
        Ok(Stage::Reading(Box::new(reading), files))
    }

    /// One step; the next stage, or the family.
    fn step(&self, stage: Stage) -> Result<Step, Error> {
        Ok(match stage {
            Stage::Reading(mut reading, files) => match reading.step()? {
                None => Step::Further(0.4 * reading.done(), Stage::Reading(reading, files)),
                Some(alignment) => {
                    let others = Box::new(Others::new(files));
                    Step::Further(0.4, Stage::LookingBeside(Box::new(alignment), others))
                }
            },
            Stage::LookingBeside(alignment, mut others) => {
                if !others.step(&alignment) {
                    return Ok(Step::Further(0.4, Stage::LookingBeside(alignment, others)));
                }
                let filtering = Filtering {
                    column_gaps: self.column_gaps,
                    sequence_gaps: self.sequence_gaps,
                    unique: true,
                };
                let filtered = filtering.apply(&alignment)?;
                let weighting = Weighting::new(&filtered.alignment, self.identity);
                let read = Box::new((*alignment, filtered, others.finish()));
                Step::Further(0.4, Stage::Weighting(read, weighting))
            }
            Stage::Weighting(read, mut weighting) => {
                if !weighting.step() {
                    let done = 0.4 + 0.6 * weighting.done();
                    return Ok(Step::Further(done, Stage::Weighting(read, weighting)));
                }
                let (alignment, filtered, beside) = *read;
                let family = Family::new(&alignment, filtered, weighting.weights(), beside);
                Step::Done(Box::new(family))
            }
        })
    }

    /// Sequences in storing order, those held out first, and how many are held out.
    fn order(&self, family: &Family, seed: u64) -> (Vec<usize>, usize) {
        let n = family.filtered.alignment.n_sequences();
        let mut order: Vec<usize> = (0..n).collect();
        order.shuffle(&mut stream(seed, "sequences"));
        (order, self.n_held_out(family))
    }

    fn n_held_out(&self, family: &Family) -> usize {
        family.filtered.alignment.n_sequences() * usize::from(self.held_out) / 100
    }
}

/// What a step of preparing comes to.
enum Step {
    Further(f32, Stage),
    Done(Box<Family>),
}

impl WorldKind for Protein {
    type Data = Family;

    const SEEDED: bool = false;

    fn shares_data(&self, other: &Self) -> bool {
        let same = Self {
            n_patterns: other.n_patterns,
            held_out: other.held_out,
            ..self.clone()
        };
        same == *other
    }

    fn prepare(&self, _seed: u64) -> Preparing<Family> {
        let world = self.clone();
        let mut stage = match self.first_stage() {
            Ok(stage) => Some(stage),
            Err(problem) => {
                return Box::new(std::iter::once_with(|| Preparation::Ready(Err(problem))));
            }
        };
        Box::new(std::iter::from_fn(move || {
            Some(match world.step(stage.take()?) {
                Ok(Step::Further(done, next)) => {
                    stage = Some(next);
                    Preparation::UnderWay(done)
                }
                Ok(Step::Done(family)) => Preparation::Ready(Ok(*family)),
                Err(problem) => Preparation::Ready(Err(problem)),
            })
        }))
    }

    fn available(&self, family: &Family) -> usize {
        (family.filtered.alignment.n_sequences() - self.n_held_out(family)).min(MAX_STORED)
    }

    fn stored(&self, family: &Family, seed: u64) -> Result<Stored, Error> {
        let available = self.available(family);
        if self.n_patterns > available {
            return Err(Error::NotEnough {
                asked: format!("{} sequences", self.n_patterns),
                available: format!("{available} to store in {}", self.name()),
            });
        }
        let (order, _) = self.order(family, seed);
        let origins: Vec<usize> = order.into_iter().rev().take(self.n_patterns).collect();
        let alignment = &family.filtered.alignment;
        let sites = origins
            .iter()
            .flat_map(|sequence| alignment.sequence(*sequence))
            .copied();
        let rows = Array2::from_shape_vec((origins.len(), alignment.n_columns()), sites.collect());
        let rows = rows.expect("every sequence has a site a column");
        let labels = origins
            .iter()
            .map(|sequence| alignment.name(*sequence).clone());
        let alphabet = Alphabet::Letters(alignment.letters());
        let patterns = Patterns::of(rows, alphabet, family.grid(), Some(labels.collect()))?;
        let weights = origins
            .iter()
            .map(|sequence| family.weights[*sequence])
            .collect();
        Ok(Stored {
            patterns: patterns.weighted(weights)?.into(),
            origins,
        })
    }

    fn n_unseen(&self, family: &Family) -> usize {
        self.n_held_out(family)
    }

    fn unseen(&self, family: &Family, seed: u64, index: usize) -> Result<Example, Error> {
        let (order, _) = self.order(family, seed);
        let alignment = &family.filtered.alignment;
        let state = State::from_letters(alignment.sequence(order[index]), alignment.letters())?;
        Ok(Example {
            state,
            label: Some(alignment.name(order[index]).clone()),
        })
    }

    fn source_row(&self, family: &Family, origin: usize) -> usize {
        family.filtered.alignment.row(origin)
    }

    fn findings(&self, family: &Family) -> Findings {
        findings::of(self, family)
    }
}

#[cfg(test)]
#[path = "world_tests.rs"]
mod tests;
