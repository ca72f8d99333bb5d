//! A recording as files: a picture of the state after every sweep, and the curves as a table.

use crate::engine::{Grid, Recording};
use crate::export::frames::Shades;
use std::fmt::Write as _;

/// Pixels a side of one unit.
const MAGNIFIED: usize = 8;

/// The most frames that are written.
pub(super) const MAX_FRAMES: u64 = 1000;

/// The name of the frame after `sweep` sweeps; 0 is the cue.
pub(super) fn name(sweep: u64) -> String {
    format!("frame-{sweep:04}.png")
}

/// The cue and the state after each sweep, as names and PNG files: the first [`MAX_FRAMES`] of them.
pub(super) fn pictures(recording: &Recording, grid: Grid) -> Vec<(String, Vec<u8>)> {
    let sweeps = recording.length() / recording.sweep();
    (0..=sweeps.min(MAX_FRAMES - 1))
        .map(|sweep| {
            let state = recording.state_at(sweep * recording.sweep());
            (name(sweep), Shades::of(&state, grid).png(MAGNIFIED))
        })
        .collect()
}

/// Energy and overlaps at the cue and after every sweep, as CSV: `sweep,energy,overlap_0,…`.
///
/// Where there is no energy, its column is empty.
pub(super) fn curves(recording: &Recording) -> String {
    let patterns = recording.patterns();
    let mut table = "sweep,energy".to_owned();
    for pattern in 0..patterns.n_patterns() {
        write!(table, ",overlap_{pattern}").expect("a string takes everything");
    }
    for sweep in 0..=recording.length() / recording.sweep() {
        let update = sweep * recording.sweep();
        let energy = recording.energy_at(update).map(|energy| energy.to_string());
        write!(table, "\n{sweep},{}", energy.unwrap_or_default())
            .expect("a string takes everything");
        for overlap in recording.overlaps_at(update) {
            write!(table, ",{overlap}").expect("a string takes everything");
        }
    }
    table.push('\n');
    table
}
