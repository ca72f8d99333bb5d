//! What starts end in: pictures of basins of attraction, the attractors found on the way, and what can be counted of them.
//!
//! Starts come from a [wheel](Wheel) of stored states around noise, or from a [triangle](Triangle) between three; a
//! [catalogue](Catalogue) keeps what they end in. Absent: drawing, and how long a piece of work may take: whoever asks
//! deals starts out a row of a picture at a time, and lays catalogues together.

mod all_states;
mod attractor;
mod boundary;
mod catalogue;
mod census;
mod exponent;
mod flooding;
mod fragile;
mod fragile_search;
mod landscape;
mod packing;
mod plane;
mod shares;
mod simplex;
mod starts;
mod tree;
mod walk;
mod wheel;

pub use all_states::TransitionGraph;
pub use attractor::{Attractor, Landing, median_sweeps};
pub use boundary::{BasinEntropies, BasinMap};
pub use catalogue::{Catalogue, Ending, landings};
pub use census::CensusStarts;
pub use exponent::{UncertainShare, UncertaintyExponent};
pub use fragile::{Fragility, SingleFlip};
pub use landscape::energies_of;
pub use packing::PackedState;
pub use plane::Triangle;
pub use shares::{good_turing, wilson};
pub use starts::{Portrait, SIDES, pixel_centre};
pub use tree::{EnergyTree, TreeJoint, TreeLeaf};
pub use walk::StraightWalk;
pub use wheel::Wheel;
