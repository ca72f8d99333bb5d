//! What is wanted of the attractors, as plain data: only what is not as it is at first.

use super::blobs::Blobs;
use super::recipe::{WrittenPattern, WrittenRule, WrittenStart};
use crate::engine::Error;
use crate::engine::attractors::{CensusStarts, SIDES};
use crate::lab::Vary;
use crate::lab::portraits::bands::BandsRecipe;
use crate::lab::portraits::table::MAX_COUNT;
use crate::lab::portraits::{Landmark, MAX_RIM, PortraitRecipe};
use crate::session::{BreaksWish, CensusWish, PortraitWish, WalkWish, Wishes};
use crate::trial::{AddedPattern, MAX_TRACKS, Recipe};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Wishes; what is missing is as at first.
#[derive(Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct WrittenWishes {
    #[serde(skip_serializing_if = "Option::is_none")]
    portrait: Option<WrittenPortrait>,
    #[serde(skip_serializing_if = "Option::is_none")]
    census: Option<WrittenCensus>,
    #[serde(skip_serializing_if = "Option::is_none")]
    breaks: Option<WrittenLandmark>,
    #[serde(skip_serializing_if = "Option::is_none")]
    walk: Option<[WrittenLandmark; 2]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bands: Option<WrittenBands>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    trees: Vec<WrittenRule>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenPortrait {
    plane: bool,
    around: Vec<WrittenLandmark>,
    finest: usize,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
enum WrittenLandmark {
    Start(WrittenStart),
    Held(WrittenPattern),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenCensus {
    starts: WrittenStarts,
    #[serde(default)]
    unseen: bool,
    count: u64,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase", deny_unknown_fields)]
enum WrittenStarts {
    Random,
    Patterns,
    Corrupted(f64),
}

/// Bands of the memory of the session.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenBands {
    vary: String,
    starts: WrittenCensus,
}

impl WrittenWishes {
    /// Whether all of it is as at first.
    pub(super) fn is_empty(&self) -> bool {
        let Self {
            portrait,
            census,
            breaks,
            walk,
            bands,
            trees,
        } = self;
        let are_none = portrait.is_none() && census.is_none() && breaks.is_none() && walk.is_none();
        are_none && bands.is_none() && trees.is_empty()
    }

    /// `wishes` of the memory of `recipe`, whose bytes go to `blobs`. Bands along a setting that this memory no longer has
    /// are left out: nobody could read them.
    pub(super) fn of(wishes: &Wishes, recipe: &Recipe, blobs: &mut Blobs) -> Self {
        let Wishes {
            portrait,
            census,
            breaks,
            walk,
            bands,
            trees,
        } = wishes;
        let mut landmark = |of: &Landmark| WrittenLandmark::of(of, blobs);
        let written = Self {
            portrait: (*portrait != PortraitWish::default()).then(|| {
                let (plane, around) = match &portrait.recipe {
                    PortraitRecipe::Wheel { rim } => (false, rim),
                    PortraitRecipe::Plane { corners } => (true, corners),
                };
                WrittenPortrait {
                    plane,
                    around: around.iter().map(&mut landmark).collect(),
                    finest: portrait.finest,
                }
            }),
            census: (*census != CensusWish::default())
                .then(|| WrittenCensus::of(census.starts, census.unseen, census.count)),
            breaks: (*breaks != BreaksWish::default()).then(|| landmark(&breaks.of)),
            walk: (*walk != WalkWish::default()).then(|| [&walk.from, &walk.to].map(&mut landmark)),
            bands: bands.as_ref().and_then(|bands| {
                BandsRecipe::of(recipe, bands.vary.clone(), bands.from, bands.count).ok()?;
                Some(WrittenBands {
                    vary: bands.vary.to_string(),
                    starts: WrittenCensus::of(bands.from, bands.unseen, bands.count),
                })
            }),
            trees: Vec::new(),
        };
        let trees = trees.iter().map(|tree| &tree.track().rule);
        Self {
            trees: trees.map(|rule| WrittenRule::of(rule, blobs)).collect(),
            ..written
        }
    }

    /// The wishes of the memory of `recipe`, whose bytes come from `blobs`. Refused: more states than there is room for,
    /// numbers outside their ranges.
    pub(super) fn read(&self, recipe: &Recipe, blobs: &Blobs) -> Result<Wishes, Error> {
        let mut wishes = Wishes::default();
        let landmark = |written: &WrittenLandmark| written.read(blobs);
        if let Some(written) = &self.portrait {
            let most = if written.plane { 3 } else { MAX_RIM };
            within(
                "states around a picture",
                written.around.len() as u64,
                [0, most as u64],
            )?;
            if !SIDES.contains(&written.finest) {
                return Err(Error::Range {
                    setting: "the pixels along a side of a picture of basins",
                    range: "one of 32, 64, 128 and 256".to_owned(),
                    value: written.finest.to_string(),
                });
            }
            let around = written.around.iter().map(landmark);
            let around = around.collect::<Result<Vec<_>, _>>()?;
            wishes.portrait = PortraitWish {
                recipe: if written.plane {
                    PortraitRecipe::Plane { corners: around }
                } else {
                    PortraitRecipe::Wheel { rim: around }
                },
                finest: written.finest,
            };
        }
        if let Some(written) = &self.census {
            let starts = written.read()?;
            wishes.census = CensusWish {
                starts,
                unseen: written.unseen,
                count: written.count,
            };
        }
        if let Some(written) = &self.breaks {
            wishes.breaks.of = landmark(written)?;
        }
        if let Some([from, to]) = &self.walk {
            wishes.walk = WalkWish {
                from: landmark(from)?,
                to: landmark(to)?,
            };
        }
        if let Some(written) = &self.bands {
            let starts = &written.starts;
            let vary = Vary::parse(&written.vary)?;
            let bands = BandsRecipe::of(recipe, vary, starts.read()?, starts.count)?;
            wishes.bands = Some(Arc::new(BandsRecipe {
                unseen: starts.unseen,
                ..bands
            }));
        }
        within("trees", self.trees.len() as u64, [0, MAX_TRACKS as u64])?;
        let trees = self.trees.iter().map(|rule| {
            let rule = rule.read(blobs)?;
            Ok(Wishes::tree_of(recipe, rule))
        });
        wishes.trees = trees.collect::<Result<_, Error>>()?;
        Ok(wishes)
    }
}

impl WrittenLandmark {
    fn of(landmark: &Landmark, blobs: &mut Blobs) -> Self {
        match landmark {
            Landmark::Start(start) => Self::Start(WrittenStart::of(start, blobs)),
            Landmark::Held { name, state } => {
                let pattern = AddedPattern {
                    state: (**state).clone(),
                    label: (*name).into(),
                };
                Self::Held(WrittenPattern::of(&pattern, blobs))
            }
        }
    }

    fn read(&self, blobs: &Blobs) -> Result<Landmark, Error> {
        match self {
            Self::Start(start) => start.read(blobs).map(Landmark::Start),
            Self::Held(pattern) => {
                let AddedPattern { state, label } = pattern.read(blobs)?;
                let known = ["cue", "state"].into_iter().find(|name| **name == *label);
                let name = known.ok_or_else(|| Error::Unknown {
                    kind: "state that is held",
                    name: label.to_string(),
                    known: "cue, state".to_owned(),
                })?;
                let state = Arc::new(state);
                Ok(Landmark::Held { name, state })
            }
        }
    }
}

impl WrittenCensus {
    fn of(starts: CensusStarts, unseen: bool, count: u64) -> Self {
        Self {
            starts: match starts {
                CensusStarts::Random => WrittenStarts::Random,
                CensusStarts::Patterns => WrittenStarts::Patterns,
                CensusStarts::Corrupted { share } => WrittenStarts::Corrupted(share),
            },
            unseen,
            count,
        }
    }

    fn read(&self) -> Result<CensusStarts, Error> {
        let starts = match self.starts {
            WrittenStarts::Random => CensusStarts::Random,
            WrittenStarts::Patterns => CensusStarts::Patterns,
            WrittenStarts::Corrupted(share) => CensusStarts::Corrupted { share },
        };
        within("the number of starts", self.count, [1, MAX_COUNT])?;
        starts.check_share().map(|()| starts)
    }
}

fn within(setting: &'static str, value: u64, [min, max]: [u64; 2]) -> Result<(), Error> {
    if (min..=max).contains(&value) {
        return Ok(());
    }
    Err(Error::Range {
        setting,
        range: format!("a whole number from {min} to {max}"),
        value: value.to_string(),
    })
}
