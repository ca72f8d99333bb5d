//! What came of one value: the attractors that were met, and how many starts each kind of them has.

use crate::engine::Nature;
use crate::engine::attractors::Catalogue;
use crate::engine::patterns::{Alphabet, Grid, Patterns};
use crate::engine::settings::Value;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Kinds of attractors, in the order of rows and bands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum BandKind {
    /// Near a stored pattern.
    Stored,
    /// Near the negative of one.
    Negative,
    /// The sign of a sum of a few of them.
    Blend,
    /// All units alike.
    Blank,
    /// Another fixed point.
    Other,
    /// No state: several return for ever.
    Cycle,
    /// Runs that did not settle.
    Unsettled,
}

impl BandKind {
    /// All of them, in their order.
    pub const ALL: [Self; 7] = [
        Self::Stored,
        Self::Negative,
        Self::Blend,
        Self::Blank,
        Self::Other,
        Self::Cycle,
        Self::Unsettled,
    ];

    /// One word, for tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Stored => "stored",
            Self::Negative => "negative",
            Self::Blend => "blend",
            Self::Blank => "blank",
            Self::Other => "other",
            Self::Cycle => "cycle",
            Self::Unsettled => "unsettled",
        }
    }

    /// The kind of an attractor, and the stored pattern that it counts as, itself or by its negative.
    pub fn of(nature: &Nature) -> (Self, Option<usize>) {
        match nature {
            Nature::Stored { pattern, .. } => (Self::Stored, Some(*pattern)),
            Nature::Original { pattern, .. } => (Self::Stored, *pattern),
            Nature::Negative { pattern, .. } => (Self::Negative, *pattern),
            Nature::Blend { .. } => (Self::Blend, None),
            Nature::Blank { .. } => (Self::Blank, None),
            Nature::Other { .. } => (Self::Other, None),
            Nature::Cycle { .. } => (Self::Cycle, None),
            Nature::Unsettled => (Self::Unsettled, None),
        }
    }
}

/// How many starts of one value end in one kind of attractor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BandRow {
    /// The kind.
    pub kind: BandKind,
    /// The stored pattern, of those and of negatives.
    pub pattern: Option<usize>,
    /// Starts, at least 1.
    pub count: u64,
}

/// What came of one value of the axis.
#[derive(Debug, Clone, PartialEq)]
pub struct BandColumn {
    /// The place of the value on the axis, from 0.
    pub index: usize,
    /// The value.
    pub value: Value,
    /// What the starts end in; of no start where there is a problem.
    pub catalogue: Catalogue,
    /// What is stored, by which ends are told; nothing where there is a problem.
    pub patterns: Arc<Patterns>,
    /// Why there is no memory at this value, a sentence, if there is none.
    pub problem: Option<String>,
}

impl BandColumn {
    /// A value at which nothing could be learned.
    pub fn refused(index: usize, value: Value, problem: String) -> Self {
        Self {
            index,
            value,
            catalogue: Catalogue::default(),
            patterns: Arc::new(Patterns::none(Alphabet::Signs, Grid::near_square(1))),
            problem: Some(problem),
        }
    }

    /// Starts that were taken in.
    pub fn n_starts(&self) -> u64 {
        self.catalogue.n_starts()
    }

    /// How its units lie, to draw them.
    pub fn grid(&self) -> Grid {
        self.patterns.grid()
    }

    /// Attractors that were met; those that are called alike are one, as in a census.
    pub fn n_attractors(&self) -> usize {
        let numbers = self.catalogue.label_numbers();
        numbers.iter().max().map_or(0, |last| last + 1)
    }

    /// Its starts by kind and stored pattern, in that order; what has none is left out. Counts add up to
    /// [`Self::n_starts`].
    pub fn rows(&self) -> Vec<BandRow> {
        let mut counts = BTreeMap::new();
        for attractor in self.catalogue.attractors() {
            *counts.entry(BandKind::of(&attractor.nature)).or_insert(0) += attractor.count;
        }
        let rows = counts.into_iter();
        rows.map(|((kind, pattern), count)| BandRow {
            kind,
            pattern,
            count,
        })
        .collect()
    }
}
