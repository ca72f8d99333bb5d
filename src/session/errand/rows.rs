//! Rows of a picture of basins, settled elsewhere.

use crate::engine::attractors::{Landing, energies_of};
use crate::engine::patterns::{Alphabet, Patterns, State};
use crate::engine::{Error, Verdict};
use crate::lab::portraits::ProbedMemory;
use crate::session::document::Document;
use crate::session::wishes::MOST_SWEEPS;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Rows of the picture that a document asks for.
#[derive(Serialize, Deserialize)]
pub(super) struct Rows {
    pub(super) document: String,
    /// Pixels along a side.
    pub(super) side: usize,
    pub(super) which: Range<usize>,
}

/// What came of a row.
#[derive(Serialize, Deserialize)]
struct RowLine {
    row: usize,
    columns: Vec<usize>,
    /// The states that its starts end in, each once.
    states: Vec<String>,
    /// Of every start the index of its state, and how it ended.
    ends: Vec<(usize, WrittenEnd)>,
    /// Energies of the starts, where there are energies.
    energies: Option<Vec<String>>,
}

#[derive(Serialize, Deserialize)]
enum WrittenEnd {
    Fixed(u64),
    /// Sweeps of a round, and of the run.
    Cycle(u64, u64),
    Unsettled(u64),
}

/// A row of a picture whose starts are settled.
#[derive(Debug, PartialEq)]
pub(in crate::session) struct SettledRow {
    /// Which row.
    pub(in crate::session) row: usize,
    /// Its columns inside of the figure.
    pub(in crate::session) columns: Vec<usize>,
    /// Where their starts end.
    pub(in crate::session) ends: Vec<Landing>,
    /// The energies of the starts, where there are energies.
    pub(in crate::session) energies: Option<Vec<f64>>,
}

impl Rows {
    /// Settles the rows; `tell` takes a line of each.
    pub(super) fn run(self, mut tell: impl FnMut(String)) -> Result<(), Error> {
        let document = Document::of_bytes(self.document.as_bytes())?;
        let mut memory = ProbedMemory::learned(&document.recipe)?;
        memory.max_sweeps = memory.max_sweeps.min(MOST_SWEEPS);
        let wish = &document.wishes.portrait.recipe;
        let plane = wish.plane(&memory.patterns, memory.source.as_deref(), memory.seed)?;
        for row in self.which {
            let (columns, starts) = plane.portrait().row_starts(self.side, row);
            let energies = energies_of(memory.batch.memory(), &starts);
            let mut states: Vec<State> = Vec::new();
            let ends = memory.landings(&starts).into_iter().map(|end| {
                let known = states.iter().position(|state| *state == end.state);
                let index = known.unwrap_or_else(|| {
                    states.push(end.state);
                    states.len() - 1
                });
                let end = match end.verdict {
                    Verdict::FixedPoint => WrittenEnd::Fixed(end.sweeps),
                    Verdict::Cycle { length } => WrittenEnd::Cycle(length, end.sweeps),
                    Verdict::NotSettled { .. } => WrittenEnd::Unsettled(end.sweeps),
                };
                (index, end)
            });
            let line = RowLine {
                row,
                columns,
                ends: ends.collect(),
                states: states.iter().map(written_state).collect(),
                energies: energies.map(|all| all.iter().map(f64::to_string).collect()),
            };
            tell(super::written(&line));
        }
        Ok(())
    }
}

/// Reads a line, of states like those of `patterns`; `None` of what no worker of ours has written.
pub(super) fn read(line: &str, patterns: &Patterns) -> Option<SettledRow> {
    let line: RowLine = serde_json::from_str(line).ok()?;
    let states = line.states.iter().map(|text| read_state(text, patterns));
    let states: Vec<State> = states.collect::<Option<_>>()?;
    let landing = |(index, end): (usize, WrittenEnd)| {
        let (verdict, sweeps) = match end {
            WrittenEnd::Fixed(sweeps) => (Verdict::FixedPoint, sweeps),
            WrittenEnd::Cycle(length, sweeps) => (Verdict::Cycle { length }, sweeps),
            WrittenEnd::Unsettled(sweeps) => (Verdict::NotSettled { sweeps }, sweeps),
        };
        Some(Landing {
            state: states.get(index)?.clone(),
            verdict,
            sweeps,
            graded: None,
        })
    };
    let energies = line.energies.map(|all| {
        let numbers = all.iter().map(|text| text.parse().ok());
        numbers.collect::<Option<Vec<f64>>>()
    });
    let ends: Vec<Landing> = line.ends.into_iter().map(landing).collect::<Option<_>>()?;
    (ends.len() == line.columns.len()).then_some(SettledRow {
        row: line.row,
        columns: line.columns,
        ends,
        energies: match energies {
            Some(energies) => Some(energies?),
            None => None,
        },
    })
}

/// Units as bits or, where they are letters, as bytes.
fn written_state(state: &State) -> String {
    let units = state.units();
    if state.alphabet() == Alphabet::Signs {
        let byte = |units: &[i8]| {
            let bits = units.iter().enumerate();
            bits.fold(0, |byte, (bit, unit)| byte | u8::from(*unit > 0) << bit)
        };
        return STANDARD.encode(units.chunks(8).map(byte).collect::<Vec<u8>>());
    }
    STANDARD.encode(
        units
            .iter()
            .map(|unit| unit.cast_unsigned())
            .collect::<Vec<u8>>(),
    )
}

fn read_state(text: &str, patterns: &Patterns) -> Option<State> {
    let bytes = STANDARD.decode(text).ok()?;
    let n_units = patterns.n_units();
    if let Some(letters) = patterns.alphabet().letters() {
        let units: Vec<i8> = bytes.into_iter().map(u8::cast_signed).collect();
        let state = State::from_letters(&units, letters).ok()?;
        return (units.len() == n_units).then_some(state);
    }
    let unit = |index: usize| {
        let byte = bytes.get(index / 8)?;
        Some(if byte >> (index % 8) & 1 == 1 { 1 } else { -1 })
    };
    let units: Vec<i8> = (0..n_units).map(unit).collect::<Option<_>>()?;
    Some(State::from_signs(&units))
}
