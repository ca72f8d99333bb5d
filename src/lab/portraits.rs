//! Pictures of the attractors of one memory: the plane that starts are taken from, and what they end in.
//!
//! Window and command line draw the same picture: a start a pixel, row by row. Absent: settling the starts, and drawing.

pub mod bands;
pub mod figure;
pub mod fragile;
mod notation;
mod picture;
mod probe;
pub mod stack;
mod states;
pub mod table;
mod tree;
mod walked;

pub use fragile::BrokenState;
pub use notation::{command_for, landmarks_written, memory_parts};
pub use picture::{Boundary, PortraitPicture, PortraitShare, cue_of};
pub use probe::ProbedMemory;
pub use states::StateGraph;
pub use tree::{MemoryTree, check_energy};
pub use walked::WalkedPath;

use crate::engine::Error;
use crate::engine::attractors::{Portrait, Triangle, Wheel};
use crate::engine::patterns::{Patterns, State};
use crate::trial::Start;
use crate::worlds::Source;
use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;

/// The most states on a rim.
pub const MAX_RIM: usize = 24;

/// Patterns on a rim that nobody has chosen, at most.
const USUAL_RIM: usize = 10;

/// What is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PortraitRecipe {
    /// States around noise.
    Wheel {
        /// Those on the rim, clockwise from the top, 2 to [`MAX_RIM`]; none where the first pattern of each class is meant.
        rim: Vec<Landmark>,
    },
    /// The plane through three states.
    Plane {
        /// The corners: top, right, left; where there are fewer, first patterns of other classes follow.
        corners: Vec<Landmark>,
    },
}

/// A state that stands on a rim or at a corner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Landmark {
    /// What a cue can start from: a stored pattern, an unseen one, a feature, random units.
    Start(Start),
    /// A state that is shown elsewhere, by what it is there.
    Held {
        /// What it is.
        name: &'static str,
        /// The state.
        state: Arc<State>,
    },
}

impl Landmark {
    /// A stored pattern.
    pub fn stored(pattern: usize) -> Self {
        Self::Start(Start::Stored(pattern))
    }

    /// The stored pattern that it is, if it is one.
    pub fn pattern(&self) -> Option<usize> {
        match self {
            Self::Start(Start::Stored(pattern)) => Some(*pattern),
            _ => None,
        }
    }

    /// The state itself, over these stored patterns, whose world `source` knows. Refused: what is not there.
    pub fn state(&self, patterns: &Patterns, source: Option<&Source>) -> Result<State, Error> {
        match self {
            Self::Start(start) => Ok(start.example(patterns, source)?.state),
            Self::Held { state, .. } => Ok((**state).clone()),
        }
    }
}

impl fmt::Display for Landmark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Start(start) => start.fmt(f),
            Self::Held { name, .. } => f.write_str(name),
        }
    }
}

impl Default for PortraitRecipe {
    fn default() -> Self {
        Self::Wheel { rim: Vec::new() }
    }
}

/// The figure that starts are taken from, and what stands around it.
#[derive(Debug, Clone, PartialEq)]
pub enum StartPlane {
    /// States around noise.
    Wheel(Wheel, Vec<Landmark>),
    /// Three states.
    Plane(Triangle, Vec<Landmark>),
}

impl StartPlane {
    /// The figure itself.
    pub fn portrait(&self) -> &dyn Portrait {
        match self {
            Self::Wheel(wheel, _) => wheel,
            Self::Plane(triangle, _) => triangle,
        }
    }

    /// What stands around it.
    pub fn landmarks(&self) -> &[Landmark] {
        let (Self::Wheel(_, landmarks) | Self::Plane(_, landmarks)) = self;
        landmarks
    }

    /// What stands around it, and where: [x, y] in the square from −1 to 1, y down.
    pub fn places(&self) -> Vec<(&Landmark, [f64; 2])> {
        let place = |k: usize| match self {
            Self::Wheel(wheel, _) => wheel.spoke(k),
            Self::Plane(..) => Triangle::CORNERS[k],
        };
        let landmarks = self.landmarks().iter().enumerate();
        landmarks
            .map(|(k, landmark)| (landmark, place(k)))
            .collect()
    }
}

impl PortraitRecipe {
    /// The same picture of what is usual.
    #[must_use]
    pub fn usual(&self) -> Self {
        match self {
            Self::Wheel { .. } => Self::default(),
            Self::Plane { .. } => Self::Plane {
                corners: Vec::new(),
            },
        }
    }

    /// Whether it is of what is usual.
    pub fn is_usual(&self) -> bool {
        *self == self.usual()
    }

    /// The figure over these stored patterns, whose world `source` knows, if there is one. Refused: fewer states than it
    /// needs or more than there is room for, patterns that are not there, corners that coincide.
    pub fn plane(
        &self,
        patterns: &Patterns,
        source: Option<&Source>,
        seed: u64,
    ) -> Result<StartPlane, Error> {
        let state = |landmark: &Landmark| landmark.state(patterns, source);
        match self {
            Self::Wheel { rim } if rim.len() > MAX_RIM => Err(Error::Range {
                setting: "the number of states on a rim",
                range: format!("from 2 to {MAX_RIM}"),
                value: rim.len().to_string(),
            }),
            Self::Wheel { rim } => {
                let usual = first_of_each_class(patterns, USUAL_RIM);
                let usual = usual.into_iter().filter(|_| rim.is_empty());
                let rim = rim.iter().cloned().chain(usual.map(Landmark::stored));
                let rim: Vec<Landmark> = rim.collect();
                let states = rim.iter().map(state).collect::<Result<_, _>>()?;
                Ok(StartPlane::Wheel(Wheel::new(states, seed)?, rim))
            }
            Self::Plane { corners } => {
                let mut corners = corners.clone();
                let usual = first_of_each_class(patterns, USUAL_RIM).into_iter();
                for landmark in usual.map(Landmark::stored) {
                    if corners.len() < 3 && !corners.contains(&landmark) {
                        corners.push(landmark);
                    }
                }
                let states = corners.iter().map(state).collect::<Result<Vec<_>, _>>()?;
                let found = states.len();
                let three: [State; 3] = states.try_into().map_err(|_other| Error::Shape {
                    what: "a plane",
                    expected: "three corners".to_owned(),
                    found: found.to_string(),
                })?;
                Ok(StartPlane::Plane(Triangle::new(three, seed)?, corners))
            }
        }
    }
}

/// The first stored pattern of each class, in the order of the classes' names, `most` of them at most; where patterns have
/// no classes, or one that all share, the first ones.
pub fn first_of_each_class(patterns: &Patterns, most: usize) -> Vec<usize> {
    let all = 0..patterns.n_patterns();
    let mut seen = BTreeSet::new();
    let firsts: Vec<usize> = all
        .clone()
        .filter(|pattern| patterns.label(*pattern).is_some_and(|it| seen.insert(it)))
        .collect();
    if firsts.len() < 2 {
        return all.take(most).collect();
    }
    let mut firsts = firsts;
    firsts.sort_by_key(|pattern| patterns.label(*pattern));
    firsts.truncate(most);
    firsts
}
