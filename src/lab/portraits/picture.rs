//! A picture of attractors: what every start of a plane ends in, whole or on its way.

use super::StartPlane;
use crate::engine::Nature;
use crate::engine::attractors::{BasinEntropies, BasinMap, Catalogue, Ending, UncertaintyExponent};
use crate::engine::observables::nearest;
use crate::engine::patterns::{Alphabet, Patterns, State};
use crate::trial::{Cue, Start};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A picture, whole or on its way.
#[derive(Debug, Clone, PartialEq)]
pub struct PortraitPicture {
    /// Where its starts are from.
    pub plane: Arc<StartPlane>,
    /// The patterns of the memory that it is of, by which ends are told.
    pub patterns: Arc<Patterns>,
    /// Pixels along a side.
    pub side: usize,
    /// Row by row from the top, where each start ends; none outside the figure. Rows that are not there yet are those of the
    /// picture of half the side.
    pub pixels: Vec<Option<Ending>>,
    /// The energy of each start, as pixels; empty where the memory has none.
    pub energies: Vec<Option<f64>>,
    /// Rows of this side that are there.
    pub n_rows: usize,
    /// What starts end in, in the order in which they were met.
    pub catalogue: Catalogue,
    /// Shares by label, the largest first; of equals the one met first.
    pub shares: Vec<PortraitShare>,
    /// What boundaries are like; of a whole picture.
    pub boundary: Option<Boundary>,
}

/// What the boundaries of basins are like.
#[derive(Debug, Clone, PartialEq)]
pub struct Boundary {
    /// Basin entropy and boundary basin entropy; none where no box lies inside.
    pub entropies: Option<BasinEntropies>,
    /// The uncertainty exponent; none where there is nothing to fit.
    pub exponent: Option<UncertaintyExponent>,
}

/// The share of a picture that ends in one attractor, or in several of one label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortraitShare {
    /// One of its attractors, by its place in the catalogue: the first that was met.
    pub attractor: usize,
    /// Pixels.
    pub count: usize,
}

impl PortraitPicture {
    /// Whether every row is there.
    pub fn is_whole(&self) -> bool {
        self.n_rows == self.side
    }

    /// The same with its shares.
    #[must_use]
    pub fn with_shares(mut self) -> Self {
        let numbers = self.catalogue.label_numbers();
        let n_labels = numbers.iter().max().map_or(0, |last| last + 1);
        let mut shares: Vec<PortraitShare> = (0..n_labels)
            .map(|label| PortraitShare {
                attractor: numbers.iter().position(|it| *it == label).unwrap_or(0),
                count: 0,
            })
            .collect();
        for ending in self.pixels.iter().flatten() {
            shares[numbers[ending.attractor]].count += 1;
        }
        shares.retain(|share| share.count > 0);
        shares.sort_by_key(|share| std::cmp::Reverse(share.count));
        self.shares = shares;
        self
    }

    /// Pixels inside the figure.
    pub fn n_starts(&self) -> usize {
        self.shares.iter().map(|share| share.count).sum()
    }

    /// What a pixel ends in.
    pub fn nature(&self, ending: Ending) -> &Nature {
        &self.catalogue.attractors()[ending.attractor].nature
    }

    /// The pixel at the point (x, y) of the square from −1 to 1.
    pub fn pixel_at(&self, x: f64, y: f64) -> Option<usize> {
        let place = |at: f64| {
            let place = (f64::midpoint(at, 1.0) * self.side as f64).floor();
            (place >= 0.0 && place < self.side as f64).then_some(place as usize)
        };
        Some(place(y)? * self.side + place(x)?)
    }

    /// The start of a pixel; none outside the figure.
    pub fn start(&self, pixel: usize) -> Option<State> {
        let (column, row) = (pixel % self.side, pixel / self.side);
        let portrait = self.plane.portrait();
        portrait.pixel_start(self.side, column, row)
    }

    /// The boundaries of a whole picture of states of so many units.
    #[must_use]
    pub fn with_boundary(mut self, n_units: usize) -> Self {
        let numbers = self.catalogue.label_numbers();
        let cells = self.pixels.iter();
        let cells = cells.map(|pixel| pixel.map(|ending| numbers[ending.attractor]));
        let map = BasinMap::new(self.side, cells.collect());
        self.boundary = map.ok().map(|map| Boundary {
            entropies: map.entropies(),
            exponent: map.uncertainty_exponent(n_units),
        });
        self
    }
}

/// The cue that is `start`: the stored pattern that it is most like, with units drawn over it. None of letters, which are
/// not drawn.
pub fn cue_of(start: &State, patterns: &Patterns) -> Option<Cue> {
    if start.alphabet() != Alphabet::Signs {
        return None;
    }
    let pattern = nearest(&patterns.overlaps(start));
    let units = start
        .units()
        .iter()
        .zip(patterns.pattern(pattern))
        .enumerate();
    let drawn: BTreeMap<usize, bool> = units
        .filter(|(_, (now, before))| now != before)
        .map(|(unit, (now, _))| (unit, *now > 0))
        .collect();
    Some(Cue {
        drawn_above: Arc::new(drawn),
        ..Cue::new(Start::Stored(pattern))
    })
}
