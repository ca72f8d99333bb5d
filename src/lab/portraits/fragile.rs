//! What breaks a stored pattern, or another state: how few flips make it leave its basin.

use super::{Landmark, ProbedMemory};
use crate::engine::attractors::{Fragility, SingleFlip};
use crate::engine::dynamics::Verdict;
use crate::engine::observables::differing;
use crate::engine::patterns::{Patterns, State};
use crate::engine::{Error, Nature};
use crate::lab::columns::{Column, LabEntry, Row};
use std::sync::Arc;

/// Sets that a beam search keeps, and the longest set that it is given time for.
const BEAM: usize = 6;
const LONGEST: usize = 40;

/// Columns of a table of fragile patterns.
pub fn fragile_columns() -> Vec<Column> {
    vec![
        Column::whole("pattern", "which stored pattern, from 0"),
        Column::whole(
            "bound",
            "no fewer flips make it leave its basin: from the margins; 0 where it is no fixed point, empty where memories have no couplings",
        ),
        Column::whole(
            "flips",
            "flips found that do, the fewest; 0 where it is no fixed point, empty where none were found",
        ),
        Column::text("units", "the units that are flipped, with spaces between"),
        Column::text(
            "exact",
            "yes where no smaller set exists: bound and flips agree, or all sets were tried",
        ),
    ]
}

/// The flips that break one state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BreakingFlips {
    /// No fewer do; none where nothing is known.
    pub bound: Option<usize>,
    /// Those found; none where none were.
    pub units: Option<Vec<usize>>,
    /// Whether no smaller set exists.
    pub exact: bool,
}

impl BreakingFlips {
    /// Those of a stored pattern.
    pub fn of(memory: &ProbedMemory, pattern: usize) -> Self {
        let state = memory.patterns.state(pattern);
        match fragility(memory, state) {
            Ok(fragile) => Self::first(&fragile).fewer(&fragile),
            // What is no fixed point is broken as it stands.
            Err(_not_fixed) => Self {
                bound: Some(0),
                units: Some(Vec::new()),
                exact: true,
            },
        }
    }

    /// By trying all sets of up to 16 units; else greedily.
    pub fn first(fragile: &Fragility<'_>) -> Self {
        let bound = fragile.lower_bound();
        let (units, exact) = match fragile.smallest() {
            Ok(units) => (units, true),
            Err(_too_many) => (fragile.greedy(), false),
        };
        Self {
            bound,
            exact: exact || (bound.is_some() && bound == units.as_ref().map(Vec::len)),
            units,
        }
    }

    /// The same with fewer flips where a beam search finds some; it is given time where those found are not many.
    #[must_use]
    pub fn fewer(mut self, fragile: &Fragility<'_>) -> Self {
        let found = self.units.as_ref().map_or(LONGEST, Vec::len);
        if !self.exact
            && found <= LONGEST
            && let Some(fewer) = fragile.beam(BEAM, found)
        {
            self.units = Some(fewer);
            self.exact = self.bound == self.units.as_ref().map(Vec::len);
        }
        self
    }

    /// As a row of the table of stored patterns.
    pub fn row(&self, pattern: usize) -> Row {
        let number = |count: Option<usize>| LabEntry::Number(count.map(|count| count as f64));
        let units = self.units.iter().flatten().map(ToString::to_string);
        vec![
            number(Some(pattern)),
            number(self.bound),
            number(self.units.as_ref().map(Vec::len)),
            LabEntry::Text(units.collect::<Vec<String>>().join(" ")),
            LabEntry::Text(if self.exact { "yes" } else { "no" }.to_owned()),
        ]
    }

    /// A stored pattern and what breaks it, of the fields of a row; none where they are none.
    pub fn read(fields: &[String]) -> Option<(usize, Self)> {
        let [pattern, bound, flips, units, exact] = fields else {
            return None;
        };
        let number = |text: &str| match text {
            "" => Some(None),
            text => text.parse().ok().map(Some),
        };
        let flips: Option<usize> = number(flips)?;
        let units = units.split_whitespace().map(str::parse);
        let units: Vec<usize> = units.collect::<Result<_, _>>().ok()?;
        let exact = match &**exact {
            "yes" => true,
            "no" => false,
            _ => return None,
        };
        let read = Self {
            bound: number(bound)?,
            units: flips.map(|_| units.clone()),
            exact,
        };
        let agrees = flips.unwrap_or(0) == units.len();
        agrees.then_some((pattern.parse().ok()?, read))
    }
}

/// The fixed point `state` of `memory`, to be broken. Refused: what [`Fragility::new`] refuses.
pub fn fragility(memory: &ProbedMemory, state: State) -> Result<Fragility<'_>, Error> {
    let (seed, sweeps) = (memory.seed, memory.max_sweeps);
    Fragility::new(&memory.batch, state, memory.dynamics, seed, sweeps)
}

/// A fixed point and what breaks it, as far as known.
#[derive(Debug, Clone, PartialEq)]
pub struct BrokenState {
    /// Units in which the fixed point differs from what was to be broken: a state that is none is taken where its run ends.
    pub away: usize,
    /// The fixed point.
    pub state: State,
    /// What it is.
    pub nature: Nature,
    /// The fewest flips known.
    pub flips: BreakingFlips,
    /// Where the run ends after these flips, and what that is, where there are some.
    pub end: Option<(State, Nature)>,
    /// What every single flip leads to, unit by unit; empty as long as that is not known.
    pub single: Vec<SingleFlip>,
    /// What is stored.
    pub patterns: Arc<Patterns>,
}

impl BrokenState {
    /// What breaks `of`, by the first search alone. Refused: what is not there, letters, and what comes to no rest.
    pub fn first(memory: &ProbedMemory, of: &Landmark) -> Result<Self, Error> {
        let asked = of.state(&memory.patterns, memory.source.as_deref())?;
        let order = |_: usize| memory.seed;
        let starts = std::slice::from_ref(&asked);
        let rests = (memory.batch).settle(starts, memory.dynamics, order, memory.max_sweeps);
        let rest = rests
            .into_iter()
            .next()
            .filter(|rest| rest.verdict == Verdict::FixedPoint);
        let rest = rest.ok_or_else(|| Error::Format {
            expected: "flips are searched around a fixed point".to_owned(),
            found: format!("the run from {of} comes to none"),
        })?;
        let fragile = fragility(memory, rest.state.clone())?;
        let flips = BreakingFlips::first(&fragile);
        Ok(Self {
            away: differing(&asked, &rest.state),
            nature: Nature::of_fixed_point(&rest.state, &memory.patterns),
            end: end(&fragile, &flips, &memory.patterns),
            state: rest.state,
            flips,
            single: Vec::new(),
            patterns: Arc::clone(&memory.patterns),
        })
    }

    /// The same with what every single flip leads to.
    pub fn with_single_flips(mut self, memory: &ProbedMemory) -> Result<Self, Error> {
        self.single = fragility(memory, self.state.clone())?.single_flips();
        Ok(self)
    }

    /// The same with fewer flips, where a longer search finds some.
    pub fn with_fewer_flips(mut self, memory: &ProbedMemory) -> Result<Self, Error> {
        let fragile = fragility(memory, self.state.clone())?;
        self.flips = self.flips.fewer(&fragile);
        self.end = end(&fragile, &self.flips, &self.patterns);
        Ok(self)
    }
}

/// Where the run ends after `flips`.
fn end(
    fragile: &Fragility<'_>,
    flips: &BreakingFlips,
    patterns: &Patterns,
) -> Option<(State, Nature)> {
    let units = flips.units.clone()?;
    let (state, verdict) = fragile.ends(&[units]).pop()?;
    let nature = match verdict {
        Verdict::FixedPoint => Nature::of_fixed_point(&state, patterns),
        Verdict::Cycle { length } => Nature::Cycle { length },
        Verdict::NotSettled { .. } => Nature::Unsettled,
    };
    Some((state, nature))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trial::Recipe;
    use crate::worlds::World;

    #[test]
    fn a_broken_state_ends_elsewhere_and_its_bounds_hold() {
        let mut recipe = Recipe {
            world: World::parse("random:n=60,p=6").unwrap(),
            ..Recipe::default()
        };
        recipe.track_mut().rule = crate::engine::LearningRule::parse("pseudo-inverse").unwrap();
        let memory = ProbedMemory::learned(&recipe).unwrap();
        let first = BrokenState::first(&memory, &Landmark::stored(2)).unwrap();
        assert_eq!((first.away, &first.state), (0, &memory.patterns.state(2)));
        let all = first.clone().with_single_flips(&memory).unwrap();
        let all = all.with_fewer_flips(&memory).unwrap();
        assert_eq!(all.single.len(), 60);
        let flips = |it: &BrokenState| it.flips.units.as_ref().unwrap().len();
        assert!(flips(&all) <= flips(&first) && all.flips.bound.unwrap() <= flips(&all));
        assert_ne!(all.end.as_ref().unwrap().0, all.state);
        assert_eq!(BreakingFlips::of(&memory, 2), all.flips);
        let missing = BrokenState::first(&memory, &Landmark::stored(6));
        assert!(missing.is_err());
    }
}
