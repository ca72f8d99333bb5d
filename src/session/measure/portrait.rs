//! A picture of basins: rows of starts a slice, the coarsest picture first, then finer ones over it.

use super::{Finding, Measure, Measurement, Slice, Slices, Subject, next_count, stepping};
use crate::engine::Error;
use crate::engine::attractors::{Catalogue, Ending, SIDES, energies_of};
use crate::engine::dense::DenseMemory;
use crate::engine::patterns::State;
use crate::jobs::{Job, Stopwatch};
use crate::lab::portraits::{PortraitPicture, ProbedMemory, StartPlane};
use crate::session::Session;
use crate::session::errand::{SettledRow, row_errands, row_reader};
use crate::session::wishes::{Wish, Wishes};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

/// Pixels along a side from which a picture is settled elsewhere: there everything is made anew first.
const WORTH_THE_WAY: usize = 64;

/// Starts that go together at most.
const TOGETHER: usize = 256;

/// A picture in the making.
struct Steps {
    subject: Subject,
    memory: Option<ProbedMemory>,
    plane: Arc<StartPlane>,
    catalogue: Catalogue,
    /// The picture that is filled now.
    side: usize,
    finest: usize,
    pixels: Vec<Option<Ending>>,
    /// Energies of the starts; empty where there are none.
    energies: Vec<Option<f64>>,
    n_rows: usize,
    /// Starts of the row that is worked out now.
    waiting: Option<Row>,
    /// Starts that go together.
    count: usize,
    /// Rows of the picture that is filled now, where they are settled elsewhere, and those that came before their turn.
    elsewhere: Option<(Job<SettledRow>, BTreeMap<usize, SettledRow>)>,
}

/// A row whose starts are not all settled.
struct Row {
    columns: Vec<usize>,
    starts: Vec<State>,
    done: usize,
}

impl Measure for PortraitPicture {
    const UNDER_WAY: &'static str = "Settling the first starts…";

    const FOLLOWS_DYNAMICS: bool = true;

    fn wish(wishes: &Wishes) -> Option<Wish> {
        Some(Wish::Portrait(wishes.portrait.clone()))
    }

    fn slices(subject: Subject) -> Result<Slices<Self>, Error> {
        subject.check_rests()?;
        let Subject {
            patterns,
            manner,
            wishes,
            source,
            ..
        } = &subject;
        let wish = &wishes.portrait;
        let plane = wish
            .recipe
            .plane(patterns, source.as_deref(), manner.seed)?;
        let steps = Steps {
            catalogue: Catalogue::default(),
            side: SIDES[0],
            finest: wish.finest,
            pixels: vec![None; SIDES[0] * SIDES[0]],
            energies: if subject.memory.has_energy() {
                vec![None; SIDES[0] * SIDES[0]]
            } else {
                Vec::new()
            },
            n_rows: 0,
            waiting: None,
            count: 16,
            memory: None,
            elsewhere: None,
            plane: Arc::new(plane),
            subject,
        };
        Ok(stepping(steps, Steps::step))
    }
}

impl Steps {
    /// Settles some starts, or makes the memory ready.
    fn step(&mut self) -> Slice<PortraitPicture> {
        let Some(memory) = &self.memory else {
            self.memory = Some(self.subject.probed());
            return Slice::UnderWay;
        };
        if let Some((job, early)) = &mut self.elsewhere {
            let rows = job.poll(Duration::ZERO);
            early.extend(rows.into_iter().map(|row| (row.row, row)));
            if let Some(row) = early.remove(&self.n_rows) {
                return self.take(&row);
            }
            if !job.is_over() {
                return Slice::UnderWay;
            }
            // What nobody did elsewhere is done here.
            self.elsewhere = None;
            return Slice::UnderWay;
        }
        let clock = Stopwatch::start();
        let pixels = self.n_rows * self.side..(self.n_rows + 1) * self.side;
        let row = self.waiting.get_or_insert_with(|| {
            let (columns, starts) = self.plane.portrait().row_starts(self.side, self.n_rows);
            // Of the coarser picture, pixels may be inside that are outside of this one.
            self.pixels[pixels.clone()].fill(None);
            let heights = energies_of(memory.batch.memory(), &starts);
            if let Some(heights) = heights {
                self.energies[pixels.clone()].fill(None);
                for (column, height) in columns.iter().zip(heights) {
                    self.energies[pixels.start + column] = Some(height);
                }
            }
            Row {
                columns,
                starts,
                done: 0,
            }
        });
        let end = (row.done + self.count).min(row.starts.len());
        let endings = memory.endings(&mut self.catalogue, &row.starts[row.done..end]);
        for (column, ending) in row.columns[row.done..end].iter().zip(endings) {
            self.pixels[pixels.start + column] = Some(ending);
        }
        row.done = end;
        self.count = next_count(self.count, clock.elapsed(), TOGETHER);
        if end < row.starts.len() {
            return Slice::UnderWay;
        }
        self.waiting = None;
        self.n_rows += 1;
        self.told()
    }

    /// Takes in a row that was settled elsewhere.
    fn take(&mut self, row: &SettledRow) -> Slice<PortraitPicture> {
        let Some(memory) = &self.memory else {
            return Slice::UnderWay;
        };
        let pixels = self.n_rows * self.side..(self.n_rows + 1) * self.side;
        self.pixels[pixels.clone()].fill(None);
        let endings = memory.take_landings(&mut self.catalogue, &row.ends);
        for (column, ending) in row.columns.iter().zip(endings) {
            self.pixels[pixels.start + column] = Some(ending);
        }
        if let Some(heights) = &row.energies {
            self.energies[pixels.clone()].fill(None);
            for (column, height) in row.columns.iter().zip(heights) {
                self.energies[pixels.start + column] = Some(*height);
            }
        }
        self.n_rows += 1;
        self.told()
    }

    /// Has the rows of the picture that is filled now settled elsewhere, where somebody does and it is worth the way.
    fn send(&mut self) {
        self.elsewhere = None;
        let memory = &self.subject.memory;
        let is_continuous = memory.dense().is_some_and(DenseMemory::is_continuous);
        if let Some((elsewhere, document)) = &self.subject.elsewhere
            && self.side >= WORTH_THE_WAY
            && !is_continuous
        {
            let errands = row_errands(document, self.side, elsewhere.hands);
            let reader = row_reader(Arc::clone(&self.subject.patterns));
            self.elsewhere = Some((Job::send(elsewhere, errands, reader), BTreeMap::new()));
        }
    }

    /// What a row more comes to.
    fn told(&mut self) -> Slice<PortraitPicture> {
        let is_whole = self.n_rows == self.side;
        let is_first = self.side == SIDES[0];
        let n_units = self.subject.patterns.n_units();
        if is_whole && self.side == self.finest {
            return Slice::Over(Ok(self.picture().with_boundary(n_units)));
        }
        if is_whole {
            let picture = self.picture();
            self.refine();
            return Slice::SoFar(picture.with_boundary(n_units));
        }
        // The coarsest picture is shown whole; finer ones some rows at a time.
        if is_first || !self.n_rows.is_multiple_of(self.side / 16) {
            return Slice::UnderWay;
        }
        Slice::SoFar(self.picture())
    }

    fn picture(&self) -> PortraitPicture {
        PortraitPicture {
            plane: Arc::clone(&self.plane),
            patterns: Arc::clone(&self.subject.patterns),
            side: self.side,
            pixels: self.pixels.clone(),
            energies: self.energies.clone(),
            n_rows: self.n_rows,
            catalogue: self.catalogue.clone(),
            shares: Vec::new(),
            boundary: None,
        }
        .with_shares()
    }

    /// Begins the picture of twice the side: until a row is there, it is that of this one.
    fn refine(&mut self) {
        let side = 2 * self.side;
        let old = |pixel: usize| {
            let (row, column) = (pixel / side, pixel % side);
            row / 2 * self.side + column / 2
        };
        let all = 0..side * side;
        self.pixels = all.clone().map(|pixel| self.pixels[old(pixel)]).collect();
        if !self.energies.is_empty() {
            self.energies = all.map(|pixel| self.energies[old(pixel)]).collect();
        }
        (self.side, self.n_rows) = (side, 0);
        self.send();
    }
}

impl Session {
    /// The picture as far as it is known, perhaps of an older memory (see [`Self::is_measured`]); `None` where nothing is.
    pub fn portrait(&self) -> Option<&PortraitPicture> {
        self.portrait_on(0)
    }

    /// The same of track `track`.
    pub fn portrait_on(&self, track: usize) -> Option<&PortraitPicture> {
        match self.so_far_on(track, Measurement::Portrait)? {
            Finding::Portrait(picture) => Some(picture),
            _ => None,
        }
    }
}
