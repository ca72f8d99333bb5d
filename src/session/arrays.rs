//! What a session holds as arrays, to go on with elsewhere: patterns, labels, cue, states, couplings.
//!
//! | array | shape | what |
//! |---|---|---|
//! | `patterns` | (P, N), `int8` | stored patterns: ±1, or letters counted from 0 |
//! | `labels` | (P,), `int32` or text | what each of them is, where that is known |
//! | `cue`, `original` | (N,), `int8` | the cue, and the pattern that it was made of, if it was |
//! | `state`, `final` | (N,), `int8` or `float32` | at the moment shown, and at the last one recorded; numbers of continuous states |
//! | `J` | (N, N), `float32` | couplings: row i holds what acts on unit i |
//! | `J`, `h` | (N, q, N, q), (N, q), `float32` | couplings between letters and their fields |
//!
//! Those of the second track end in `_B`, and so on. *Open patterns…* finds the patterns in them, `engram relax` the
//! couplings of the first track. Absent: files.

use super::Session;
use super::track::Track;
use crate::engine::{Error, Memory, Patterns, Recording, State};
use crate::trial::tracks::TRACK_LETTERS;
use crate::worlds::{npy, npz};
use crate::zip;
use std::sync::Arc;

/// Bytes that the header of an array takes at most, as they are written here.
const HEADER: u64 = 256;

/// The longest name of an array.
const LONGEST_NAME: usize = 16;

/// Patterns, cue, states and memories of a session, ready to be written beside the window.
#[derive(Debug, Clone)]
pub struct SessionArrays {
    patterns: Arc<Patterns>,
    cue: State,
    original: Option<State>,
    tracks: Vec<TrackArrays>,
    remarks: Vec<String>,
}

/// What is one track's own.
#[derive(Debug, Clone)]
struct TrackArrays {
    /// Behind the names of its arrays.
    suffix: String,
    shown: Units,
    last: Units,
    memory: Arc<Memory>,
}

/// A state as it is written.
#[derive(Debug, Clone)]
enum Units {
    Whole(State),
    Graded(Vec<f32>),
}

impl Units {
    fn at(recording: &Recording, moment: u64) -> Self {
        match recording.graded_at(moment) {
            Some(graded) => Self::Graded(graded.to_vec()),
            None => Self::Whole(recording.state_at(moment)),
        }
    }

    fn written(&self) -> Vec<u8> {
        match self {
            Self::Whole(state) => whole(state),
            Self::Graded(units) => npy::write_f32_in(&[units.len()], units.iter().copied()),
        }
    }
}

fn whole(state: &State) -> Vec<u8> {
    npy::write_i8_in(&[state.n_units()], state.units().iter().copied())
}

impl Session {
    /// What there is to be written as arrays. Refused: nothing recorded yet, what is out of date, and more than an archive
    /// holds, before anything of it is made.
    pub fn arrays(&self) -> Result<SessionArrays, Error> {
        let Some(first) = self.recording().filter(|_| !self.is_stale()) else {
            let why = "arrays are written of what was learned: wait until it is".to_owned();
            return Err(Error::System(why));
        };
        let (mut tracks, mut remarks) = (Vec::new(), Vec::new());
        for (track, letter) in TRACK_LETTERS.iter().enumerate().take(self.tracks.len()) {
            let whose = if self.tracks.len() > 1 {
                format!(" of track {letter}")
            } else {
                String::new()
            };
            let Some(recording) = self.tracks.get(track).and_then(Track::recording) else {
                remarks.push(format!("everything{whose}, which is not learned yet"));
                continue;
            };
            if recording.memory().dense().is_some() {
                remarks.push(format!(
                    "couplings{whose}: this memory has none between pairs of units, it is made of the patterns"
                ));
            }
            tracks.push(TrackArrays {
                suffix: match track {
                    0 => String::new(),
                    _ => format!("_{letter}"),
                },
                shown: Units::at(recording, self.cursor_on(track)),
                last: Units::at(recording, recording.length()),
                memory: Arc::clone(recording.memory()),
            });
        }
        let arrays = SessionArrays {
            patterns: Arc::clone(first.patterns()),
            cue: first.cue().clone(),
            original: self.cue().and_then(|cue| cue.wanted()).cloned(),
            tracks,
            remarks,
        };
        arrays.check_size()?;
        Ok(arrays)
    }
}

impl SessionArrays {
    /// What is not among them, and why.
    pub fn left_out(&self) -> &[String] {
        &self.remarks
    }

    /// Refuses what an archive does not hold.
    fn check_size(&self) -> Result<(), Error> {
        let n = self.patterns.n_units() as u64;
        let rows = self.patterns.n_patterns() as u64 * n;
        let mut sizes = vec![rows, rows * 4, n, n];
        for track in &self.tracks {
            let q = track.memory.n_letters().unwrap_or(1) as u64;
            sizes.extend([4 * n, 4 * n]);
            if track.memory.dense().is_none() {
                npz::check_size(track.memory.n_units(), track.memory.n_letters())?;
                sizes.extend([4 * (n * q) * (n * q), 4 * n * q]);
            }
        }
        let files = sizes.into_iter().map(|size| (LONGEST_NAME, size + HEADER));
        zip::size(files).map(drop)
    }

    /// All of them as an archive (`.npz`), each stored as it is.
    pub fn npz(&self) -> Result<Vec<u8>, Error> {
        let mut files = vec![(
            "patterns.npy".to_owned(),
            npy::write_i8(self.patterns.rows()),
        )];
        let labels = (0..self.patterns.n_patterns()).map(|pattern| self.patterns.label(pattern));
        if let Some(labels) = labels.collect::<Option<Vec<_>>>() {
            let labels: Vec<&str> = labels.into_iter().map(|label| &**label).collect();
            files.push(("labels.npy".to_owned(), npy::write_labels(&labels)));
        }
        files.push(("cue.npy".to_owned(), whole(&self.cue)));
        let original = self.original.iter();
        files.extend(original.map(|state| ("original.npy".to_owned(), whole(state))));
        for TrackArrays {
            suffix,
            shown,
            last,
            memory,
        } in &self.tracks
        {
            files.push((format!("state{suffix}.npy"), shown.written()));
            files.push((format!("final{suffix}.npy"), last.written()));
            if memory.dense().is_none() {
                files.extend(npz::memory_arrays(memory, suffix)?);
            }
        }
        zip::archive(files)
    }
}

#[cfg(test)]
#[path = "arrays_tests.rs"]
mod tests;
