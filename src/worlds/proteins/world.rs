//! A protein family as a world: which sequences are stored, and which are held out.
//!
//! A seed shuffles the sequences once; those held out are taken from the front and the stored ones from the back, so that a
//! larger number begins with a smaller one. Weights are those of the whole filtered alignment.

use super::family::{Beside, Family};
use super::filter::{Filtered, Filtering};
use super::settings::{ABOUT, Protein};
use super::{Alignment, AlignmentReading, MAX_STORED, Weighting};
use crate::engine::numbers::{count, percent};
use crate::engine::patterns::{Alphabet, Letters};
use crate::engine::rng::stream;
use crate::engine::{Error, Grid, Patterns, State};
use crate::worlds::Findings;
use crate::worlds::files::Input;
use crate::worlds::kind::{
    Example, Preparation, Preparing, Stored, WorldInfo, WorldKind, WorldSettings,
};
use ndarray::Array2;
use rand::seq::SliceRandom as _;
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
        Alphabet::Letters(Letters::PROTEIN)
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
    Reading(AlignmentReading),
    Weighting(Box<(Alignment, Filtered)>, Weighting),
}

impl Protein {
    /// The alignment among the files, and what the others are.
    fn parts(&self) -> Result<(Arc<[u8]>, Beside), Error> {
        let files = self.input.files();
        let place = files
            .iter()
            .position(|file| super::is_alignment(&file.bytes));
        let place = place.ok_or_else(|| Error::Format {
            expected: "an alignment starts with '>' (FASTA, A2M, A3M) or '# STOCKHOLM'".to_owned(),
            found: "no file that was opened does".to_owned(),
        })?;
        let mut beside = Beside::default();
        for (other, file) in files.iter().enumerate() {
            if other != place {
                beside.add(file);
            }
        }
        Ok((Arc::clone(&files[place].bytes), beside))
    }

    /// One step; the next stage, or the family.
    fn step(&self, stage: Stage, beside: &mut Beside) -> Result<Step, Error> {
        match stage {
            Stage::Reading(mut reading) => {
                let Some(alignment) = reading.step()? else {
                    return Ok(Step::Further(0.4 * reading.done(), Stage::Reading(reading)));
                };
                let filtering = Filtering {
                    column_gaps: self.column_gaps,
                    sequence_gaps: self.sequence_gaps,
                    unique: true,
                };
                let filtered = filtering.apply(&alignment)?;
                let weighting = Weighting::new(&filtered.alignment, self.identity);
                Ok(Step::Further(
                    0.4,
                    Stage::Weighting(Box::new((alignment, filtered)), weighting),
                ))
            }
            Stage::Weighting(read, mut weighting) => {
                if !weighting.step() {
                    let done = 0.4 + 0.6 * weighting.done();
                    return Ok(Step::Further(done, Stage::Weighting(read, weighting)));
                }
                let (alignment, filtered) = *read;
                let family = Family::new(
                    &alignment,
                    filtered,
                    weighting.weights(),
                    std::mem::take(beside),
                )?;
                Ok(Step::Done(Box::new(family)))
            }
        }
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
        let (mut stage, mut beside) = match self.parts() {
            Ok((bytes, beside)) => (Some(Stage::Reading(AlignmentReading::new(bytes))), beside),
            Err(problem) => {
                return Box::new(std::iter::once_with(|| Preparation::Ready(Err(problem))));
            }
        };
        Box::new(std::iter::from_fn(move || {
            Some(match world.step(stage.take()?, &mut beside) {
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
        let alphabet = Alphabet::Letters(Letters::PROTEIN);
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
        let state = State::from_letters(alignment.sequence(order[index]), Letters::PROTEIN)?;
        Ok(Example {
            state,
            label: Some(alignment.name(order[index]).clone()),
        })
    }

    fn source_row(&self, family: &Family, origin: usize) -> usize {
        family.filtered.rows[origin]
    }

    fn findings(&self, family: &Family) -> Findings {
        let filtered = &family.filtered;
        let kept = &filtered.alignment;
        let mut said = vec![format!(
            "{} of {} sequences, {} of {} columns; {} left out",
            count(kept.n_sequences() as u64),
            count(family.n_read as u64),
            count(kept.n_columns() as u64),
            count((kept.n_columns() + filtered.columns_dropped) as u64),
            if filtered.copies_dropped == 1 {
                "1 copy".to_owned()
            } else {
                format!("{} copies", count(filtered.copies_dropped as u64))
            }
        )];
        said.push(format!(
            "{} independent sequences at {} identity; {} of sites as in the consensus",
            count(family.effective().round() as u64),
            percent(self.identity),
            percent(family.consensus_identity)
        ));
        if kept.n_unknown() > 0 || kept.n_inserted() > 0 {
            said.push(format!(
                "{} unknown letters read as gaps, {} letters outside the columns left out",
                kept.n_unknown(),
                kept.n_inserted()
            ));
        }
        if let Some(distances) = &family.distances {
            let known = (0..kept.n_columns())
                .filter(|site| !distances[[*site, *site]].is_nan())
                .count();
            said.push(format!("A structure tells the places of {known} columns"));
        }
        Findings {
            said,
            remarks: Vec::new(),
            left_out: family.left_out.clone(),
        }
    }
}

#[cfg(test)]
#[path = "world_tests.rs"]
mod tests;
