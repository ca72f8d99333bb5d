//! What breaks a stored pattern: how few flips make it leave its basin.

use super::ProbedMemory;
use crate::engine::attractors::Fragility;
use crate::lab::columns::{Column, LabEntry, Row};

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

/// The flips that break one stored pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BreakingFlips {
    /// The stored pattern.
    pub pattern: usize,
    /// No fewer do; none where nothing is known.
    pub bound: Option<usize>,
    /// Those found; none where none were.
    pub units: Option<Vec<usize>>,
    /// Whether no smaller set exists.
    pub exact: bool,
}

impl BreakingFlips {
    /// Those of a stored pattern: by trying all sets of up to 16 units; else greedily, and by a beam where that is short.
    pub fn of(memory: &ProbedMemory, pattern: usize) -> Self {
        let state = memory.patterns.state(pattern);
        let (seed, sweeps) = (memory.seed, memory.max_sweeps);
        let Ok(fragile) = Fragility::new(&memory.batch, state, memory.dynamics, seed, sweeps)
        else {
            return Self {
                pattern,
                bound: Some(0),
                units: Some(Vec::new()),
                exact: true,
            };
        };
        let bound = fragile.lower_bound();
        if let Ok(units) = fragile.smallest() {
            return Self {
                pattern,
                bound,
                units,
                exact: true,
            };
        }
        let mut units = fragile.greedy();
        let found = units.as_ref().map_or(LONGEST, Vec::len);
        if found <= LONGEST
            && let Some(fewer) = fragile.beam(BEAM, found)
        {
            units = Some(fewer);
        }
        let exact = bound.is_some() && bound == units.as_ref().map(Vec::len);
        Self {
            pattern,
            bound,
            units,
            exact,
        }
    }

    /// As a row of the table.
    pub fn row(&self) -> Row {
        let number = |count: Option<usize>| LabEntry::Number(count.map(|count| count as f64));
        let units = self.units.iter().flatten().map(ToString::to_string);
        vec![
            number(Some(self.pattern)),
            number(self.bound),
            number(self.units.as_ref().map(Vec::len)),
            LabEntry::Text(units.collect::<Vec<String>>().join(" ")),
            LabEntry::Text(if self.exact { "yes" } else { "no" }.to_owned()),
        ]
    }
}
