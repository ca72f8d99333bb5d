//! Inputs bit for bit: SplitMix64 (Steele, Lea & Flood 2014), patterns and starts read from it, and the check sum of
//! final states. Refused before anything is allocated: sizes that no machine would hold.

use crate::engine::{Error, Grid, Patterns, State};
use flate2::Crc;
use ndarray::Array2;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::ops::RangeInclusive;
use std::sync::Arc;

/// Seed of the patterns.
pub(super) const PATTERNS: u64 = 1;
/// Seed of the starts.
pub(super) const STARTS: u64 = 2;
/// Seed of the order of updates.
pub(super) const ORDER: u64 = 3;

/// Most entries of any array.
const MAX_ENTRIES: usize = 1 << 28;

/// Output number `index`, from 0, of SplitMix64 with `seed`.
pub(super) fn splitmix(seed: u64, index: u64) -> u64 {
    mix(seed.wrapping_add(index.wrapping_add(1).wrapping_mul(STRIDE)))
}

/// How far the state of SplitMix64 moves from one output to the next.
pub(super) const STRIDE: u64 = 0x9e37_79b9_7f4a_7c15;

/// The output of SplitMix64 in state `z`.
pub(super) fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// Settings read from a JSON object.
pub(super) fn read<T: DeserializeOwned>(params: &Value) -> Result<T, Error> {
    serde_json::from_value(params.clone()).map_err(|problem| Error::Format {
        expected: "sizes must be those of the workload".to_owned(),
        found: problem.to_string(),
    })
}

/// Refuses a number outside its range.
pub(super) fn within<T: Copy + PartialOrd + std::fmt::Display>(
    setting: &'static str,
    value: T,
    range: RangeInclusive<T>,
) -> Result<(), Error> {
    if range.contains(&value) {
        return Ok(());
    }
    Err(Error::Range {
        setting,
        range: format!("from {} to {}", range.start(), range.end()),
        value: value.to_string(),
    })
}

/// Refuses numbers of units and of rows that are none, or too large together.
pub(super) fn sizes(n_units: usize, rows: &[(&'static str, usize)]) -> Result<(), Error> {
    within("N", n_units, 1..=16_384)?;
    rows.iter()
        .try_for_each(|(setting, n_rows)| within(setting, *n_rows, 1..=MAX_ENTRIES / n_units))
}

/// An array of ±1: the top bits of one output after the other.
pub(super) fn signs(seed: u64, n_rows: usize, n_units: usize) -> Array2<i8> {
    let mut index = 0;
    Array2::from_shape_simple_fn((n_rows, n_units), || {
        let up = splitmix(seed, index) >> 63 == 1;
        index += 1;
        if up { 1 } else { -1 }
    })
}

/// Random patterns.
pub(super) fn patterns(n_patterns: usize, n_units: usize) -> Result<Patterns, Error> {
    let rows = signs(PATTERNS, n_patterns, n_units);
    Patterns::new(rows, Grid::near_square(n_units), None)
}

/// The same patterns, of which nothing has been counted yet.
pub(super) fn anew(patterns: &Patterns) -> Arc<Patterns> {
    let anew = Patterns::new(patterns.rows().clone(), patterns.grid(), None);
    Arc::new(anew.expect("they are patterns"))
}

/// State b is pattern b (over again after the last) with each unit turned with probability (1 − m0)/2, as outputs from
/// number `offset` on tell.
pub(super) fn starts(patterns: &Patterns, m0: f64, n_states: usize, offset: usize) -> Vec<State> {
    let share = ((1.0 - m0) / 2.0 * f64::from(1 << 24) + 0.5).floor() as u64;
    let n_units = patterns.n_units();
    let start = |b: usize| {
        let pattern = patterns.pattern(b % patterns.n_patterns());
        State::from_fn(n_units, |unit| {
            let turned = splitmix(STARTS, (offset + b * n_units + unit) as u64) >> 40 < share;
            (pattern[unit] > 0) != turned
        })
    };
    (0..n_states).map(start).collect()
}

/// Random starts.
pub(super) fn random_starts(n_states: usize, n_units: usize) -> Vec<State> {
    let rows = signs(STARTS, n_states, n_units);
    let rows = rows.outer_iter();
    rows.map(|row| State::from_fn(n_units, |unit| row[unit] > 0))
        .collect()
}

/// CRC-32 of the states, packed row by row into little-endian words of 64 bits: bit j % 64 of word j / 64 is set
/// for +1, and each row is filled up with zeros.
pub(super) fn check_sum<'a>(states: impl IntoIterator<Item = &'a State>) -> u32 {
    let mut sum = Crc::new();
    for state in states {
        for units in state.units().chunks(64) {
            let bits = units.iter().enumerate();
            let word = bits.fold(0, |word, (bit, unit)| word | u64::from(*unit > 0) << bit);
            sum.update(&word.to_le_bytes());
        }
    }
    sum.sum()
}
