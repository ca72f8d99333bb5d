//! What several rules are made of: sums over patterns, rows of couplings, their loops, sentences on how they ended.
//!
//! Absent: rules. A rule names what it needs from here; nothing here names a rule.

pub(super) mod bound;
pub(super) mod embedding;
pub(super) mod gram;
pub(super) mod joint;
pub(super) mod products;
pub(super) mod projector;
pub(super) mod rows;
pub(super) mod tiles;
