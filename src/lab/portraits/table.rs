//! Pictures and counts of attractors as tables: columns, rows, and what a whole table says.

use super::{PortraitRecipe, ProbedMemory, StartPlane};
use crate::engine::attractors::{
    Attractor, BasinMap, Catalogue, CensusStarts, Ending, Triangle, good_turing, median_sweeps,
    pixel_centre, wilson,
};
use crate::engine::{Error, Nature};
use crate::lab::columns::{Column, LabEntry, Row};
use std::collections::BTreeMap;
use std::ops::Range;

/// The largest side of a picture, in pixels.
pub const MAX_SIDE: usize = 2048;

/// The most starts of a census.
pub const MAX_COUNT: u64 = 100_000_000;

/// Starts of a census that go together.
const TOGETHER: u64 = 1024;

/// Columns of a picture.
pub fn picture_columns() -> Vec<Column> {
    vec![
        Column::whole("x", "column of the pixel, from 0 at the left"),
        Column::whole("y", "row of the pixel, from 0 at the top"),
        Column::text(
            "attractor",
            "what the start at its centre ends in: +K or -K where that counts as stored pattern K (from 0) or its negative, else a hash of its smallest state; or unsettled",
        ),
        Column::whole("sweeps", "sweeps of the run"),
        Column::whole(
            "cycle",
            "sweeps of a round: 1 at a fixed point, 2 or more in a cycle, 0 where it did not settle",
        ),
    ]
}

/// Columns of a census.
pub fn census_columns() -> Vec<Column> {
    vec![
        Column::text(
            "attractor",
            "+K or -K where it counts as stored pattern K (from 0) or its negative, else a hash of its smallest state; or unsettled",
        ),
        Column::text(
            "kind",
            "stored, negative, blend, blank, other, cycle or unsettled",
        ),
        Column::text(
            "pattern",
            "the stored patterns it is made of, with spaces between",
        ),
        Column::whole("length", "sweeps of a round: 1 at a fixed point"),
        Column::whole("count", "starts that end in it"),
        Column::number("share", "share of all starts, 0 to 1"),
        Column::number("share_low", "lower end of its Wilson interval of 95 %"),
        Column::number("share_high", "upper end of that"),
        Column::number("energy", "energy of its state, where the memory has one"),
        Column::number(
            "sweeps_median",
            "median of the sweeps of the runs that end in it",
        ),
        Column::text(
            "sweeps",
            "how many runs took so many sweeps: SWEEPS:RUNS, with spaces between",
        ),
        Column::number(
            "unseen_share",
            "share of starts to come that end in attractors not met here, about (Good and Turing); the same in every row",
        ),
    ]
}

/// Rows of pixels that have some inside the figure, of a picture of this side.
pub fn rows_inside(recipe: &PortraitRecipe, side: usize) -> Range<usize> {
    match recipe {
        PortraitRecipe::Wheel { .. } => 0..side,
        PortraitRecipe::Plane { .. } => {
            let inside = |row: &usize| {
                (0..side).any(|column| {
                    let [x, y] = pixel_centre(side, column, *row);
                    Triangle::has(x, y)
                })
            };
            let first = (0..side).find(inside).unwrap_or(0);
            let last = (0..side).rfind(inside).unwrap_or(0);
            first..last + 1
        }
    }
}

/// A pixel of a table: place, label, sweeps, sweeps of a round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TablePixel {
    /// Column, from 0 at the left.
    pub x: usize,
    /// Row, from 0 at the top.
    pub y: usize,
    /// What it ends in.
    pub label: String,
    /// Sweeps of the run.
    pub sweeps: u64,
    /// Sweeps of a round.
    pub cycle: u64,
}

impl TablePixel {
    /// As a row of the table.
    pub fn row(&self) -> Row {
        let number = |number: u64| LabEntry::Number(Some(number as f64));
        vec![
            number(self.x as u64),
            number(self.y as u64),
            LabEntry::Text(self.label.clone()),
            number(self.sweeps),
            number(self.cycle),
        ]
    }

    /// Of the fields of a row; none where they are none.
    pub fn read(fields: &[String]) -> Option<Self> {
        let [x, y, label, sweeps, cycle] = fields else {
            return None;
        };
        Some(Self {
            x: x.parse().ok()?,
            y: y.parse().ok()?,
            label: label.clone(),
            sweeps: sweeps.parse().ok()?,
            cycle: cycle.parse().ok()?,
        })
    }
}

/// The pixels of row `y` of a picture of this side; what they end in is taken into `catalogue`.
pub fn pixels(
    memory: &ProbedMemory,
    plane: &StartPlane,
    (side, y): (usize, usize),
    catalogue: &mut Catalogue,
) -> Vec<TablePixel> {
    let (columns, starts) = plane.portrait().row_starts(side, y);
    let endings = memory.endings(catalogue, &starts);
    let pixel = |(x, ending): (usize, Ending)| TablePixel {
        x,
        y,
        label: catalogue.attractors()[ending.attractor].label.clone(),
        sweeps: ending.sweeps,
        cycle: ending.length,
    };
    columns.into_iter().zip(endings).map(pixel).collect()
}

/// What the starts of these numbers end in; `progress` hears how many are done. Refused: what starts cannot be made of.
pub fn census(
    memory: &ProbedMemory,
    from: CensusStarts,
    unseen: bool,
    numbers: Range<u64>,
    mut progress: impl FnMut(u64),
) -> Result<Catalogue, Error> {
    let mut catalogue = Catalogue::default();
    let mut next = numbers.start;
    // Refused even where no start is asked for.
    memory.starts(from, unseen, next..next)?;
    while next < numbers.end {
        let end = (next + TOGETHER).min(numbers.end);
        let starts = memory.starts(from, unseen, next..end)?;
        memory.endings(&mut catalogue, &starts);
        progress(end - numbers.start);
        next = end;
    }
    Ok(catalogue)
}

/// The rows of a census, the largest share first; states of one label are one row.
pub fn census_rows(catalogue: &Catalogue) -> Vec<CensusRow> {
    merged(catalogue.attractors().iter().map(CensusRow::of))
}

/// What of a census stands in one row.
#[derive(Debug, Clone, PartialEq)]
pub struct CensusRow {
    /// What it is called.
    pub label: String,
    /// What it is.
    pub kind: String,
    /// The stored patterns it is made of.
    pub patterns: Vec<usize>,
    /// Sweeps of a round.
    pub length: u64,
    /// Starts that end in it.
    pub count: u64,
    /// Its energy, where there is one.
    pub energy: Option<f64>,
    /// How many of them took so many sweeps.
    pub sweeps: BTreeMap<u64, u64>,
}

impl CensusRow {
    fn of(attractor: &Attractor) -> Self {
        Self {
            label: attractor.label.clone(),
            kind: kind(&attractor.nature).to_owned(),
            patterns: attractor.nature.patterns(),
            length: attractor.length,
            count: attractor.count,
            energy: attractor.energy,
            sweeps: attractor.sweeps.clone(),
        }
    }

    /// As a row of the table, of so many starts in all and this share not met.
    pub fn row(&self, total: u64, unseen: f64) -> Row {
        let [low, high] = wilson(self.count, total);
        let patterns: Vec<String> = self.patterns.iter().map(ToString::to_string).collect();
        let number = |number: f64| LabEntry::Number(Some(number));
        let runs = self.sweeps.iter();
        let runs = runs.map(|(sweeps, count)| format!("{sweeps}:{count}"));
        vec![
            LabEntry::Text(self.label.clone()),
            LabEntry::Text(self.kind.clone()),
            LabEntry::Text(patterns.join(" ")),
            number(self.length as f64),
            number(self.count as f64),
            number(self.count as f64 / total.max(1) as f64),
            number(low),
            number(high),
            LabEntry::Number(self.energy),
            LabEntry::Number(median_sweeps(&self.sweeps)),
            LabEntry::Text(runs.collect::<Vec<String>>().join(" ")),
            number(unseen),
        ]
    }
}

impl CensusRow {
    /// Of the fields of a row; none where they are none.
    pub fn read(fields: &[String]) -> Option<Self> {
        let [
            label,
            kind,
            patterns,
            length,
            count,
            _,
            _,
            _,
            energy,
            _,
            sweeps,
            _,
        ] = fields
        else {
            return None;
        };
        let run = |run: &str| {
            let (sweeps, count) = run.split_once(':')?;
            Some((sweeps.parse().ok()?, count.parse().ok()?))
        };
        let patterns = patterns.split_whitespace().map(|it| it.parse().ok());
        Some(Self {
            label: label.clone(),
            kind: kind.clone(),
            patterns: patterns.collect::<Option<_>>()?,
            length: length.parse().ok()?,
            count: count.parse().ok()?,
            energy: (!energy.is_empty()).then(|| energy.parse().ok()).flatten(),
            sweeps: sweeps.split_whitespace().map(run).collect::<Option<_>>()?,
        })
    }
}

/// Rows of one label as one row, the largest share first, of equals by label: counts are added up.
pub fn merged(all: impl IntoIterator<Item = CensusRow>) -> Vec<CensusRow> {
    let mut rows: BTreeMap<String, CensusRow> = BTreeMap::new();
    for row in all {
        match rows.get_mut(&row.label) {
            Some(known) => {
                known.count += row.count;
                for (sweeps, count) in row.sweeps {
                    *known.sweeps.entry(sweeps).or_insert(0) += count;
                }
            }
            None => {
                rows.insert(row.label.clone(), row);
            }
        }
    }
    let mut rows: Vec<CensusRow> = rows.into_values().collect();
    rows.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.label.cmp(&b.label)));
    rows
}

/// One word for what an end is: a start that is a stored pattern does not make it the original.
fn kind(nature: &Nature) -> &'static str {
    match nature {
        Nature::Original { .. } => "stored",
        other => other.kind(),
    }
}

/// The share of starts to come that end in what was not met.
pub fn unseen_share(rows: &[CensusRow]) -> f64 {
    good_turing(rows.iter().map(|row| row.count))
}

/// The labels of a picture as a map of numbers, for entropies and exponent.
pub fn map(side: usize, pixels: &[TablePixel]) -> Result<BasinMap, Error> {
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    let mut cells = vec![None; side * side];
    for pixel in pixels {
        let next = numbers.len();
        let number = *numbers.entry(&pixel.label).or_insert(next);
        cells[pixel.y * side + pixel.x] = Some(number);
    }
    BasinMap::new(side, cells)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trial::Recipe;
    use crate::worlds::World;

    #[test]
    fn shares_sum_to_one_come_largest_first_and_shards_add_up() {
        let mut recipe = Recipe {
            world: World::parse("random:n=100,p=4").unwrap(),
            ..Recipe::default()
        };
        recipe.track_mut().rule = crate::engine::LearningRule::parse("hebb").unwrap();
        let memory = ProbedMemory::learned(&recipe).unwrap();
        let found = |from, numbers| census(&memory, from, false, numbers, |_| ()).unwrap();
        let random = census_rows(&found(CensusStarts::Random, 0..300));
        let total: u64 = random.iter().map(|row| row.count).sum();
        assert_eq!(total, 300);
        assert!(random.windows(2).all(|two| two[0].count >= two[1].count));
        let once = random.iter().filter(|row| row.count == 1).count();
        assert_eq!(unseen_share(&random), once as f64 / 300.0);
        assert_eq!(unseen_share(&[]), 1.0);
        let shards = [0..100, 100..101, 101..300];
        let shards = shards.map(|part| census_rows(&found(CensusStarts::Random, part)));
        assert_eq!(merged(shards.into_iter().flatten()), random);
        // Far below capacity every pattern is its own attractor.
        let stored = census_rows(&found(CensusStarts::Patterns, 0..100));
        let is_whole = |row: &CensusRow| row.label.starts_with('+') && row.count == 25;
        assert!(
            stored.len() == 4 && stored.iter().all(is_whole),
            "{stored:?}"
        );
        // What is written is read back.
        for row in &random {
            let written = row.row(total, 0.5);
            let fields: Vec<String> = written.iter().map(LabEntry::write).collect();
            assert_eq!(CensusRow::read(&fields).as_ref(), Some(row));
        }
    }
}
