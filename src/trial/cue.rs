//! The cue: where it starts from, what is drawn on it, how it is corrupted.
//!
//! Layers, bottom to top: the start; what was drawn before any corruption (part of the original); the corruption;
//! what was drawn afterwards. The original is the two at the bottom; where it is a pattern, the cue and every later
//! state are compared with it. Everything is plain data: the same cue over the same patterns is the same state.

use crate::engine::patterns::{Alphabet, Label};
use crate::engine::rng::stream;
use crate::engine::{Corruption, Error, Patterns, State};
use crate::worlds::{Example, Picture, Source};
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// Everything that makes the cue, short of the patterns.
#[derive(Debug, Clone, PartialEq)]
pub struct Cue {
    /// What it starts from.
    pub start: Start,
    /// Units drawn (true) or erased (false) before the corruption.
    pub drawn_below: Arc<Drawing>,
    /// How the original is corrupted.
    pub corruption: Corruption,
    /// Units drawn or erased after it.
    pub drawn_above: Arc<Drawing>,
}

/// Units set by hand, and to what.
pub type Drawing = BTreeMap<usize, bool>;

/// What a cue starts from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Start {
    /// A stored pattern.
    Stored(usize),
    /// One that is never stored.
    Unseen(usize),
    /// One of the features that the patterns are composed of, where the world knows them.
    Feature(usize),
    /// Every unit by a fair coin.
    Random {
        /// Which coins.
        seed: u64,
    },
    /// Every unit at −1, to draw on.
    Empty,
    /// A picture the user brought.
    Picture(Arc<Picture>),
}

/// A cue worked out: the state to start from and the one it was made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CueStates {
    /// What it was made of, before any corruption.
    pub original: State,
    /// What the network is given.
    pub cue: State,
    /// Class of the original, where it has one.
    pub label: Option<Label>,
    /// Which pattern the original is: what the network should find. `None` where nobody knows, as of a random state,
    /// a drawing or a picture; overlaps with the original mean nothing then.
    pub target: Option<Target>,
}

/// The pattern that a cue was made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// A stored pattern.
    Stored(usize),
    /// One that is never stored.
    Unseen(usize),
    /// A feature that the patterns are composed of.
    Feature(usize),
}

impl CueStates {
    /// The original, where it is what the network should find.
    pub fn wanted(&self) -> Option<&State> {
        self.target.map(|_| &self.original)
    }
}

impl Cue {
    /// `start`, untouched.
    pub fn new(start: Start) -> Self {
        Self {
            start,
            drawn_below: Arc::default(),
            corruption: Corruption::default(),
            drawn_above: Arc::default(),
        }
    }

    /// The cue corrupted in the same way that starts from `start`; nothing is drawn on it.
    #[must_use]
    pub fn restarted(&self, start: Start) -> Self {
        Self {
            corruption: self.corruption,
            ..Self::new(start)
        }
    }

    /// Works the cue out over `patterns` and the source they were drawn from.
    pub fn states(&self, patterns: &Patterns, source: &Source) -> Result<CueStates, Error> {
        let grid = patterns.grid();
        self.corruption.check(grid, patterns.alphabet())?;
        let Example { state, label } = self.start.example(patterns, Some(source))?;
        let original = overlay(state, &self.drawn_below);
        let cue = overlay(self.corruption.apply(&original, grid), &self.drawn_above);
        let target = self.start.target().filter(|_| self.drawn_below.is_empty());
        Ok(CueStates {
            original,
            cue,
            label,
            target,
        })
    }

    /// Sets `units` by hand: as part of the original if there is no original to corrupt, on top otherwise.
    pub fn draw(&mut self, units: impl IntoIterator<Item = (usize, bool)>) {
        let blank = matches!(
            self.start,
            Start::Empty | Start::Random { .. } | Start::Picture(_)
        );
        let layer = if blank && self.corruption.is_none() && self.drawn_above.is_empty() {
            &mut self.drawn_below
        } else {
            &mut self.drawn_above
        };
        Arc::make_mut(layer).extend(units);
    }

    /// Another seed for whatever is random: the corruption, and a random start if nothing else is.
    pub fn renew_noise(&mut self) {
        let Corruption {
            mask, random, flip, ..
        } = &mut self.corruption;
        let noisy = [&*mask, random, flip]
            .iter()
            .any(|noise| noise.fraction > 0.0);
        for noise in [mask, random, flip] {
            noise.seed = noise.seed.wrapping_add(1);
        }
        if let (Start::Random { seed }, false) = (&mut self.start, noisy) {
            *seed = seed.wrapping_add(1);
        }
    }

    /// Whether anything was drawn by hand.
    pub fn is_drawn(&self) -> bool {
        !(self.drawn_below.is_empty() && self.drawn_above.is_empty())
    }

    /// Forgets what was drawn by hand.
    pub fn clear_drawing(&mut self) {
        self.drawn_below = Arc::default();
        self.drawn_above = Arc::default();
    }
}

impl fmt::Display for Start {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stored(pattern) => write!(f, "stored:{pattern}"),
            Self::Unseen(index) => write!(f, "unseen:{index}"),
            Self::Feature(feature) => write!(f, "feature:{feature}"),
            Self::Random { seed } => write!(f, "random:{seed}"),
            Self::Empty => f.write_str("empty"),
            Self::Picture(_) => f.write_str("picture"),
        }
    }
}

impl Start {
    /// The start that `text` names: `stored:K`, `unseen:K`, `feature:K`, `random` or `random:SEED`, `empty`; `seed`
    /// tosses the coins of one that names none. A picture has no name: it is opened.
    pub fn parse(text: &str, seed: u64) -> Result<Self, Error> {
        match text.split_once(':') {
            None if text == "random" => Ok(Self::Random { seed }),
            None if text == "empty" => Ok(Self::Empty),
            Some(("random", seed)) => number("the seed", seed).map(|seed| Self::Random { seed }),
            Some(("stored", place)) => number("the stored pattern", place).map(Self::Stored),
            Some(("unseen", place)) => number("the unseen pattern", place).map(Self::Unseen),
            Some(("feature", place)) => number("the feature", place).map(Self::Feature),
            _ => Err(Error::Unknown {
                kind: "start of a cue",
                name: text.to_owned(),
                known: "stored:K, unseen:K, feature:K, random, empty".to_owned(),
            }),
        }
    }

    /// The pattern that it is, if it is one.
    fn target(&self) -> Option<Target> {
        match self {
            Self::Stored(pattern) => Some(Target::Stored(*pattern)),
            Self::Unseen(index) => Some(Target::Unseen(*index)),
            Self::Feature(feature) => Some(Target::Feature(*feature)),
            Self::Random { .. } | Self::Empty | Self::Picture(_) => None,
        }
    }

    /// What it is over these stored patterns, whose world `source` knows. Refused: what is not there.
    pub fn example(&self, patterns: &Patterns, source: Option<&Source>) -> Result<Example, Error> {
        let known = || {
            source.ok_or_else(|| Error::NotEnough {
                asked: format!("{self}, which is of a world"),
                available: "given couplings".to_owned(),
            })
        };
        let n_units = patterns.n_units();
        let unlabelled = |state| Ok(Example { state, label: None });
        match self {
            Self::Stored(pattern) => one_of(patterns, *pattern, "stored pattern"),
            Self::Unseen(index) => known()?.unseen(*index),
            Self::Feature(feature) => match known()?.features() {
                Some(features) => one_of(&features, *feature, "feature"),
                None => Err(Error::NotEnough {
                    asked: format!("feature {feature} (counted from 0)"),
                    available: "patterns: this world has no features".to_owned(),
                }),
            },
            Self::Random { seed } => {
                let mut rng = stream(*seed, "random cue");
                let alphabet = patterns.alphabet();
                unlabelled(State::filled(alphabet, n_units, |_| {
                    alphabet.random(&mut rng)
                }))
            }
            Self::Empty => unlabelled(State::blank_of(patterns.alphabet(), n_units)),
            Self::Picture(_) if patterns.alphabet() != Alphabet::Signs => Err(Error::Format {
                expected: "a picture can be a cue of units of ±1".to_owned(),
                found: format!("these are {}", patterns.alphabet()),
            }),
            Self::Picture(picture) => unlabelled(known()?.state_of(picture, patterns.grid())),
        }
    }
}

/// The whole number that `text` writes, called `setting` in a refusal.
fn number<N: FromStr>(setting: &'static str, text: &str) -> Result<N, Error> {
    text.parse().ok().ok_or_else(|| Error::Range {
        setting,
        range: "a whole number from 0".to_owned(),
        value: format!("'{text}'"),
    })
}

/// The pattern at `index` of `patterns`, called `name` in a refusal.
fn one_of(patterns: &Patterns, index: usize, name: &str) -> Result<Example, Error> {
    if index >= patterns.n_patterns() {
        return Err(Error::NotEnough {
            asked: format!("{name} {index} (counted from 0)"),
            available: format!("{} {name}s", patterns.n_patterns()),
        });
    }
    Ok(Example {
        state: patterns.state(index),
        label: patterns.label(index).cloned(),
    })
}

fn overlay(mut state: State, drawing: &Drawing) -> State {
    for (unit, up) in drawing {
        if *unit < state.n_units() {
            state.set(*unit, *up);
        }
    }
    state
}
