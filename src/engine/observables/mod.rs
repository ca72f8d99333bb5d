//! What can be read off states and memories: what a state is, how couplings are distributed,
//! how firmly patterns stand, from how far they are recalled, and the eigenvalues.
//!
//! Absent: drawing, and anything that changes what it looks at.

mod basin;
mod blends;
mod contacts;
mod counts;
mod crossing;
mod effective;
mod histogram;
mod margins;
mod nature;
mod part;
mod remarks;
mod spectrum;

pub use basin::{Basin, BasinSteps, HALFWAY, N_CUES, Sounding};
pub use blends::{Member, RETRIEVED};
pub use contacts::{
    ContactSteps, Contacts, NEIGHBOURS, Pair, Precision, count_of_pairs, ranked_pairs,
};
pub use counts::Counts;
pub use crossing::crossing;
pub use effective::effective_number;
pub use histogram::Histogram;
pub use margins::{MarginSteps, Margins};
pub use nature::{Nature, Original, Seen, differing, identify, nearest};
pub use part::Part;
pub use remarks::remarks;
pub use spectrum::{Spectrum, SpectrumSteps};
