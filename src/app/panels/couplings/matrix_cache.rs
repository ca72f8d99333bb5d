//! What follows from the couplings as a whole: J laid out to be looked at, and how its entries are distributed.
//!
//! All of it goes through N² entries several times. Up to [`AT_ONCE`] units that fits into the frame that asks for it;
//! beyond, a job does it, and until it is done the old one is shown as out of date.

use crate::app::panels::save::{self, Deed, Exports, Kind, SaveWish};
use crate::app::widgets::laid_out::LaidOut;
use crate::app::widgets::matrix_sheet::{FullColor, Layout};
use crate::engine::observables::{Histogram, Part};
use crate::engine::{Couplings, Error, Memory, SLOWER};
use crate::jobs::{Job, Workers};
use crate::worlds::{npy, npz};
use egui::Response;
use ndarray::Array2;
use std::sync::Arc;
use std::time::Duration;

/// Bins of the histogram; odd, so that zero has one.
const BINS: usize = 61;
/// Up to so many units all is made in a frame: a few milliseconds.
const AT_ONCE: usize = 1024 / SLOWER.isqrt();

/// What is asked for.
#[derive(Clone)]
struct Wish {
    memory: Arc<Memory>,
    part: Part,
    layout: Layout,
}

impl Wish {
    fn is(&self, other: &Self) -> bool {
        let same = (self.part, self.layout) == (other.part, other.layout);
        same && Arc::ptr_eq(&self.memory, &other.memory)
    }
}

/// The matrix shown, and the next one while a job is at it.
#[derive(Default)]
pub(super) struct MatrixCache {
    shown: Option<Matrix>,
    making: Option<(Wish, Job<Matrix>)>,
    /// Goes up with every other matrix.
    version: u64,
}

/// J of one memory, or a part of it.
pub(super) struct Matrix {
    wish: Wish,
    /// The part shown: all of J where the antisymmetric part is asked for and there is none.
    pub(super) part: Part,
    /// Differs from that of every other matrix.
    pub(super) version: u64,
    /// That part of J, N × N.
    pub(super) laid: LaidOut,
    /// All entries but those of a unit with itself.
    pub(super) histogram: Histogram,
    /// ‖J − Jᵀ‖ / ‖J + Jᵀ‖.
    pub(super) asymmetry: f64,
    /// Whether an energy exists.
    pub(super) symmetric: bool,
}

impl MatrixCache {
    /// Sees to it that this part of `memory` is shown, now or once a job is done; there is nothing to show of a memory
    /// without couplings.
    pub(super) fn update(
        &mut self,
        memory: &Arc<Memory>,
        part: Part,
        layout: Layout,
        workers: &Workers,
    ) {
        let Some(couplings) = memory.couplings() else {
            self.making = None;
            self.show(None, workers);
            return;
        };
        let memory = Arc::clone(memory);
        let wish = Wish {
            memory,
            part,
            layout,
        };
        if let Some((of, job)) = &mut self.making
            && let Some(made) = job.poll(Duration::ZERO).pop()
        {
            if of.is(&wish) {
                self.show(Some(made), workers);
            } else {
                workers.discard(made);
            }
            self.making = None;
        }
        if self
            .shown
            .as_ref()
            .is_some_and(|shown| shown.wish.is(&wish))
        {
            self.making = None;
            return;
        }
        let n_shown = self.shown.as_ref().map(|shown| shown.laid.values.nrows());
        if n_shown.is_some_and(|n_shown| n_shown != couplings.n_units()) {
            // Units of another number mean nothing here.
            self.show(None, workers);
        }
        if self.making.as_ref().is_some_and(|(of, _)| of.is(&wish)) {
            return;
        }
        self.version += 1;
        let version = self.version;
        if couplings.n_units() <= AT_ONCE {
            self.show(Matrix::new(wish, version), workers);
            self.making = None;
        } else {
            let mine = wish.clone();
            let task = std::iter::once_with(move || Matrix::new(mine, version)).flatten();
            self.making = Some((wish, Job::start("couplings", workers, task)));
        }
    }

    /// Shows `matrix` from now on; a large one before it is dropped beside the window.
    fn show(&mut self, matrix: Option<Matrix>, workers: &Workers) {
        let before = std::mem::replace(&mut self.shown, matrix);
        let n_units = before.as_ref().map(|before| before.laid.values.nrows());
        if n_units.is_some_and(|n_units| n_units > AT_ONCE) {
            workers.discard(before);
        }
    }

    /// The matrix to show.
    pub(super) fn shown(&self) -> Option<&Matrix> {
        self.shown.as_ref()
    }

    /// Whether the matrix shown is not the one asked for.
    pub(super) fn is_out_of_date(&self) -> bool {
        self.is_making() && self.shown.is_some()
    }

    /// Whether another one is being made.
    pub(super) fn is_making(&self) -> bool {
        self.making.is_some()
    }
}

impl Matrix {
    /// `None` for a memory without couplings.
    fn new(wish: Wish, version: u64) -> Option<Self> {
        let couplings = wish.memory.couplings()?;
        let symmetric = couplings.symmetric();
        let part = match wish.part {
            Part::Antisymmetric if symmetric => Part::Whole,
            part => part,
        };
        let values = part.of(couplings);
        let histogram = histogram(&values, couplings);
        Some(Self {
            part,
            version,
            histogram,
            asymmetry: couplings.asymmetry(),
            symmetric,
            laid: LaidOut::new(values, wish.layout, FullColor::Robust),
            wish,
        })
    }

    /// The menu of its picture: the part and the layout shown are laid out again beside the window, and as an array there
    /// is all of J.
    pub(super) fn offer(&self, response: &Response, exports: &mut Exports, title: &str) {
        let Some(deed) = save::chosen(response, exports, title, Kind::Couplings) else {
            return;
        };
        let memory = Arc::clone(&self.wish.memory);
        if deed == Deed::SaveArray {
            return exports.save(SaveWish {
                title: "Save the couplings",
                name: "couplings.npy".to_owned(),
                content: Box::new(move || array(&memory)),
                told: None,
            });
        }
        let (part, layout, own) = (self.part, self.wish.layout, title.to_owned());
        let figure = move || {
            let values = memory.couplings().map(|couplings| part.of(couplings));
            let laid = LaidOut::new(values.unwrap_or_default(), layout, FullColor::Robust);
            laid.squares(["i", "j"]).figure(&own)
        };
        exports.want(deed, title, Box::new(figure));
    }

    /// J, J_s or J_a.
    pub(super) fn symbol(&self) -> &'static str {
        match self.part {
            Part::Whole => "J",
            Part::Symmetric => "J_s",
            Part::Antisymmetric => "J_a",
        }
    }

    /// Row i of J: how all units pull `unit`.
    pub(super) fn row(&self, unit: usize) -> &[f32] {
        let values = &self.laid.values;
        let n_units = values.ncols();
        let all = values.as_slice();
        all.map_or(&[], |all| &all[unit * n_units..(unit + 1) * n_units])
    }
}

/// J as the bytes of a NumPy array. Refused: a memory without couplings, and couplings too large to be read again.
fn array(memory: &Memory) -> Result<Vec<u8>, Error> {
    npz::check_size(memory.n_units(), None)?;
    let none = || Error::System("this memory has no couplings between pairs of units".to_owned());
    let couplings = memory.couplings().ok_or_else(none)?;
    Ok(npy::write_f32(&couplings.to_array()))
}

fn histogram(values: &Array2<f32>, couplings: &Couplings) -> Histogram {
    // What is the same on both sides of the diagonal is counted on one and taken twice.
    let mirrored = couplings.symmetric();
    let mut histogram = Histogram::new(off_diagonal(values, !mirrored), BINS);
    if mirrored {
        histogram.counts.iter_mut().for_each(|count| *count *= 2);
    }
    histogram
}

/// All entries right of the diagonal, and those left of it if `both`.
fn off_diagonal(values: &Array2<f32>, both: bool) -> impl Iterator<Item = &[f32]> + Clone {
    let n_units = values.ncols();
    let rows = values
        .as_slice()
        .unwrap_or_default()
        .chunks(n_units)
        .enumerate();
    rows.flat_map(move |(i, row)| [if both { &row[..i] } else { &[] }, &row[i + 1..]])
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    fn memory(scale: f32) -> Arc<Memory> {
        let weights = array![[9.0, 1.0], [-1.0, 9.0]];
        Arc::new(Memory::Pairwise(Couplings::new(weights, scale).unwrap()))
    }

    /// The matrix shown after all jobs.
    fn update<'a>(cache: &'a mut MatrixCache, memory: &Arc<Memory>, part: Part) -> &'a Matrix {
        loop {
            cache.update(memory, part, Layout::Matrix, &Workers::Caller);
            if !cache.is_making() {
                return cache.shown().unwrap();
            }
        }
    }

    #[test]
    fn the_diagonal_is_not_counted() {
        let mut cache = MatrixCache::default();
        let shown = update(&mut cache, &memory(0.5), Part::Whole);
        assert_eq!(shown.histogram.counts.iter().sum::<u64>(), 2);
        assert_eq!(shown.histogram.limit, 0.5);
        assert_eq!(shown.row(1), [-0.5, 4.5]);
        assert!(!shown.symmetric);
    }

    #[test]
    fn another_memory_is_another_version() {
        let (one, other) = (memory(1.0), memory(1.0));
        let mut cache = MatrixCache::default();
        for (memory, version) in [(&one, 1), (&one, 1), (&other, 2)] {
            let shown = update(&mut cache, memory, Part::Whole);
            assert_eq!(shown.version, version);
        }
    }

    #[test]
    fn a_symmetric_matrix_has_no_antisymmetric_part() {
        let weights = array![[0.0, 1.0], [1.0, 0.0]];
        let symmetric = Arc::new(Memory::Pairwise(Couplings::new(weights, 1.0).unwrap()));
        let mut cache = MatrixCache::default();
        let shown = update(&mut cache, &symmetric, Part::Antisymmetric);
        assert_eq!((shown.part, shown.row(0)), (Part::Whole, &[0.0, 1.0][..]));
        let other = memory(0.5);
        let shown = update(&mut cache, &other, Part::Antisymmetric);
        assert_eq!((shown.symbol(), shown.row(0)), ("J_a", &[0.0, 0.5][..]));
        let shown = update(&mut cache, &other, Part::Symmetric);
        assert_eq!((shown.version, shown.row(0)), (3, &[4.5, 0.0][..]));
    }

    #[test]
    fn large_couplings_are_left_to_a_job_and_the_old_ones_stay() {
        let large = |scale| {
            let weights = Array2::from_elem((AT_ONCE + 1, AT_ONCE + 1), 1.0);
            Arc::new(Memory::Pairwise(Couplings::new(weights, scale).unwrap()))
        };
        let (one, other) = (large(1.0), large(0.5));
        let mut cache = MatrixCache::default();
        cache.update(&one, Part::Whole, Layout::Matrix, &Workers::Caller);
        assert!(cache.shown().is_none() && cache.is_making());
        assert_eq!(update(&mut cache, &one, Part::Whole).row(0)[0], 1.0);
        cache.update(&other, Part::Whole, Layout::Matrix, &Workers::Caller);
        let old = cache.shown().unwrap();
        assert!(cache.is_making() && old.row(0)[0] == 1.0);
        assert_eq!(update(&mut cache, &other, Part::Whole).row(0)[0], 0.5);
        // Of another number of units nothing is kept.
        let small = memory(1.0);
        cache.update(&large(2.0), Part::Whole, Layout::Matrix, &Workers::Caller);
        assert_eq!(update(&mut cache, &small, Part::Whole).row(0).len(), 2);
        assert!(!cache.is_making());
    }
}
