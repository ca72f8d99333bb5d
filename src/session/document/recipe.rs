//! A recipe as plain data, with its bytes as blobs.

use super::blobs::{Blobs, Hash};
use super::world::WrittenWorld;
use crate::engine::learning::LoadedCouplings;
use crate::engine::patterns::{Alphabet, Letters};
use crate::engine::settings::written::{take, values};
use crate::engine::settings::{Value, Written};
use crate::engine::{Alteration, Corruption, Couplings, Error, LearningRule, State};
use crate::trial::cue::Drawing;
use crate::trial::{AddedPattern, Cue, Recipe, Start, TrackRecipe};
use crate::worlds::Picture;
use ndarray::Array2;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A recipe.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenRecipe {
    world: WrittenWorld,
    #[serde(default)]
    added: Vec<WrittenPattern>,
    #[serde(default)]
    removed: BTreeSet<usize>,
    cue: WrittenCue,
    max_sweeps: u64,
    seed: u64,
    tracks: Vec<WrittenTrack>,
}

/// A pattern stored by hand: a byte a unit, ±1 or the place of its letter.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenPattern {
    label: String,
    alphabet: WrittenAlphabet,
    units: Hash,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum WrittenAlphabet {
    Signs,
    Protein,
    Dna,
    Rna,
    /// So many letters without a gap.
    Letters(usize),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenCue {
    start: WrittenStart,
    #[serde(default)]
    drawn_below: Drawing,
    #[serde(default)]
    corruption: Corruption,
    #[serde(default)]
    drawn_above: Drawing,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
pub(super) enum WrittenStart {
    Stored(usize),
    Unseen(usize),
    Feature(usize),
    Random {
        seed: u64,
    },
    Empty,
    Picture {
        gray: Hash,
        inverted: bool,
        came_as: (u32, u32),
    },
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenTrack {
    #[serde(default, skip_serializing_if = "String::is_empty")]
    name: String,
    rule: WrittenRule,
    #[serde(default)]
    alteration: BTreeMap<String, Value>,
    dynamics: Written,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
pub(super) enum WrittenRule {
    /// A rule with all its settings.
    Settings(Written),
    /// Couplings that were loaded, N × N little-endian numbers of 32 bits, row by row.
    Couplings {
        file: String,
        scale: f64,
        weights: Hash,
    },
}

impl WrittenRecipe {
    /// `recipe`, whose bytes go to `blobs`.
    pub(super) fn of(recipe: &Recipe, blobs: &mut Blobs) -> Self {
        let Recipe {
            world,
            added,
            removed,
            cue,
            max_sweeps,
            seed,
            tracks,
        } = recipe;
        let added = added.iter().map(|added| WrittenPattern::of(added, blobs));
        Self {
            added: added.collect(),
            world: WrittenWorld::of(world, blobs),
            removed: removed.clone(),
            cue: WrittenCue::of(cue, blobs),
            max_sweeps: *max_sweeps,
            seed: *seed,
            tracks: tracks
                .iter()
                .map(|track| WrittenTrack::of(track, blobs))
                .collect(),
        }
    }

    /// The recipe, whose bytes come from `blobs`.
    pub(super) fn read(&self, blobs: &Blobs) -> Result<Recipe, Error> {
        let added = self
            .added
            .iter()
            .map(|added| added.read(blobs).map(Arc::new));
        let tracks = self.tracks.iter().map(|track| track.read(blobs));
        Ok(Recipe {
            world: self.world.read(blobs)?,
            added: added.collect::<Result<_, _>>()?,
            removed: self.removed.clone(),
            cue: self.cue.read(blobs)?,
            max_sweeps: self.max_sweeps,
            seed: self.seed,
            tracks: tracks.collect::<Result<_, _>>()?,
        })
    }
}

impl WrittenPattern {
    pub(super) fn of(added: &AddedPattern, blobs: &mut Blobs) -> Self {
        let AddedPattern { state, label } = added;
        let bytes: Vec<u8> = state
            .units()
            .iter()
            .map(|unit| unit.cast_unsigned())
            .collect();
        Self {
            label: label.to_string(),
            alphabet: match state.alphabet() {
                Alphabet::Signs => WrittenAlphabet::Signs,
                Alphabet::Letters(Letters::PROTEIN) => WrittenAlphabet::Protein,
                Alphabet::Letters(Letters::DNA) => WrittenAlphabet::Dna,
                Alphabet::Letters(Letters::RNA) => WrittenAlphabet::Rna,
                Alphabet::Letters(letters) => WrittenAlphabet::Letters(letters.count()),
            },
            units: blobs.put(&bytes),
        }
    }

    pub(super) fn read(&self, blobs: &Blobs) -> Result<AddedPattern, Error> {
        let bytes = blobs.get(&self.units, &format!("the pattern '{}'", self.label))?;
        let units: Vec<i8> = bytes.into_iter().map(u8::cast_signed).collect();
        let state = match self.alphabet {
            WrittenAlphabet::Protein => State::from_letters(&units, Letters::PROTEIN)?,
            WrittenAlphabet::Dna => State::from_letters(&units, Letters::DNA)?,
            WrittenAlphabet::Rna => State::from_letters(&units, Letters::RNA)?,
            WrittenAlphabet::Letters(count) => State::from_letters(&units, Letters::plain(count)?)?,
            WrittenAlphabet::Signs => {
                match units.iter().position(|unit| !Alphabet::Signs.has(*unit)) {
                    None => State::from_signs(&units),
                    Some(column) => {
                        return Err(Error::Entry {
                            what: "a pattern stored by hand",
                            expected: "+1 or −1",
                            row: 0,
                            column,
                            value: units[column].to_string(),
                        });
                    }
                }
            }
        };
        Ok(AddedPattern {
            state,
            label: self.label.as_str().into(),
        })
    }
}

impl WrittenCue {
    fn of(cue: &Cue, blobs: &mut Blobs) -> Self {
        let Cue {
            start,
            drawn_below,
            corruption,
            drawn_above,
        } = cue;
        Self {
            start: WrittenStart::of(start, blobs),
            drawn_below: Drawing::clone(drawn_below),
            corruption: *corruption,
            drawn_above: Drawing::clone(drawn_above),
        }
    }

    fn read(&self, blobs: &Blobs) -> Result<Cue, Error> {
        Ok(Cue {
            start: self.start.read(blobs)?,
            drawn_below: Arc::new(self.drawn_below.clone()),
            corruption: self.corruption,
            drawn_above: Arc::new(self.drawn_above.clone()),
        })
    }
}

impl WrittenStart {
    pub(super) fn of(start: &Start, blobs: &mut Blobs) -> Self {
        match start {
            Start::Stored(pattern) => Self::Stored(*pattern),
            Start::Unseen(index) => Self::Unseen(*index),
            Start::Feature(feature) => Self::Feature(*feature),
            Start::Random { seed } => Self::Random { seed: *seed },
            Start::Empty => Self::Empty,
            Start::Picture(picture) => Self::Picture {
                gray: blobs.put(picture.gray()),
                inverted: picture.inverted(),
                came_as: picture.came_as(),
            },
        }
    }

    pub(super) fn read(&self, blobs: &Blobs) -> Result<Start, Error> {
        Ok(match self {
            Self::Stored(pattern) => Start::Stored(*pattern),
            Self::Unseen(index) => Start::Unseen(*index),
            Self::Feature(feature) => Start::Feature(*feature),
            Self::Random { seed } => Start::Random { seed: *seed },
            Self::Empty => Start::Empty,
            Self::Picture {
                gray,
                inverted,
                came_as,
            } => {
                let gray = blobs.get(gray, "the picture of the cue")?;
                Start::Picture(Arc::new(Picture::placed(gray, *inverted, *came_as)?))
            }
        })
    }
}

impl WrittenTrack {
    fn of(track: &TrackRecipe, blobs: &mut Blobs) -> Self {
        let TrackRecipe {
            name,
            rule,
            alteration,
            dynamics,
        } = track;
        Self {
            name: name.clone(),
            rule: WrittenRule::of(rule, blobs),
            alteration: values(alteration),
            dynamics: Written::of(dynamics),
        }
    }

    fn read(&self, blobs: &Blobs) -> Result<TrackRecipe, Error> {
        let mut alteration = Alteration::default();
        take(&mut alteration, &self.alteration)?;
        Ok(TrackRecipe {
            name: self.name.clone(),
            rule: self.rule.read(blobs)?,
            alteration,
            dynamics: self.dynamics.read()?,
        })
    }
}

impl WrittenRule {
    pub(super) fn of(rule: &LearningRule, blobs: &mut Blobs) -> Self {
        let LearningRule::LoadedCouplings(loaded) = rule else {
            return Self::Settings(Written::of(rule));
        };
        let couplings = loaded.couplings();
        let bytes = couplings
            .weights()
            .iter()
            .flat_map(|weight| weight.to_le_bytes());
        Self::Couplings {
            file: loaded.name().to_owned(),
            scale: couplings.scale().into(),
            weights: blobs.put(&bytes.collect::<Vec<u8>>()),
        }
    }

    pub(super) fn read(&self, blobs: &Blobs) -> Result<LearningRule, Error> {
        let (file, scale, weights) = match self {
            Self::Settings(settings) => return settings.read(),
            Self::Couplings {
                file,
                scale,
                weights,
            } => (file, *scale as f32, weights),
        };
        let bytes = blobs.get(weights, file)?;
        let (numbers, rest) = bytes.as_chunks::<4>();
        let n_units = numbers.len().isqrt();
        if numbers.len() != n_units * n_units || !rest.is_empty() {
            return Err(Error::Shape {
                what: "the couplings",
                expected: "as many rows as columns, of 4 bytes an entry".to_owned(),
                found: format!("{} bytes", bytes.len()),
            });
        }
        if !(scale > 0.0 && scale.is_finite()) {
            return Err(Error::Range {
                setting: "the scale of the couplings",
                range: "a number above 0".to_owned(),
                value: scale.to_string(),
            });
        }
        let numbers: Vec<f32> = numbers.iter().copied().map(f32::from_le_bytes).collect();
        let weights = Array2::from_shape_vec((n_units, n_units), numbers);
        let couplings = Couplings::new(weights.expect("a square of so many"), scale)?;
        let loaded = LoadedCouplings::new(file.clone(), Arc::new(couplings));
        Ok(LearningRule::LoadedCouplings(loaded))
    }
}
