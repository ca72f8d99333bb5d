//! A recording as files: a picture of the state after every sweep, and the curves as a table.

use crate::engine::{Grid, Recording, State};
use image::{GrayImage, ImageFormat, Luma};
use std::fmt::Write as _;
use std::io::Cursor;

/// Pixels a side of one unit.
const MAGNIFIED: u32 = 8;

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
            (name(sweep), png(&state, grid))
        })
        .collect()
}

/// `state` as a PNG file: +1 white on black, as MNIST's own ink, so that a frame can be a cue again.
fn png(state: &State, grid: Grid) -> Vec<u8> {
    let (width, height) = (
        grid.columns as u32 * MAGNIFIED,
        grid.rows as u32 * MAGNIFIED,
    );
    let picture = GrayImage::from_fn(width, height, |x, y| {
        let unit = grid.unit(i64::from(y / MAGNIFIED), i64::from(x / MAGNIFIED));
        let up = unit.is_some_and(|unit| state.units()[unit] > 0);
        Luma([if up { 255 } else { 0 }])
    });
    let mut file = Cursor::new(Vec::new());
    let written = picture.write_to(&mut file, ImageFormat::Png);
    written.expect("memory takes every picture that is not empty");
    file.into_inner()
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
