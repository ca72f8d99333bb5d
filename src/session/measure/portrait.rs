//! A picture of basins: rows of starts a slice, the coarsest picture first, then finer ones over it.

use super::{Finding, Measure, Measurement, Slice, Slices, Subject};
use crate::engine::Error;
use crate::engine::attractors::{Catalogue, Ending, SIDES};
use crate::engine::dynamics::Batch;
use crate::engine::patterns::State;
use crate::jobs::Stopwatch;
use crate::lab::portraits::{PortraitPicture, StartPlane};
use crate::session::Session;
use crate::session::portrait::PortraitWish;
use std::sync::Arc;
use std::time::Duration;

/// What a slice may take: half of a frame.
const SLICE: Duration = Duration::from_millis(8);

/// Most sweeps of a start, whatever the recipe allows: all but warm runs are over by then.
const MOST_SWEEPS: u64 = 100;

/// A picture in the making.
struct Steps {
    subject: Subject,
    batch: Option<Batch>,
    plane: Arc<StartPlane>,
    /// One order of the units for the whole picture.
    order: u64,
    max_sweeps: u64,
    catalogue: Catalogue,
    /// The picture that is filled now.
    side: usize,
    pixels: Vec<Option<Ending>>,
    n_rows: usize,
    /// Starts of the row that is worked out now.
    waiting: Option<Row>,
    /// Starts that go together.
    count: usize,
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

    const FOLLOWS_PORTRAIT: bool = true;

    fn slices(subject: Subject) -> Result<Slices<Self>, Error> {
        if subject.patterns.is_empty() {
            return Err(Error::Format {
                expected: "a picture of basins stands between stored patterns".to_owned(),
                found: "nothing is stored".to_owned(),
            });
        }
        if subject.manner.dynamics.temperature() > 0.0 {
            return Err(Error::Format {
                expected: "basins are of dynamics that come to rest".to_owned(),
                found: "a heat bath never does".to_owned(),
            });
        }
        let Subject {
            patterns,
            manner,
            wish,
            source,
            ..
        } = &subject;
        let plane = wish
            .recipe
            .plane(patterns, source.as_deref(), manner.seed)?;
        let plane = Arc::new(plane);
        let mut steps = Some(Steps {
            order: manner.seed,
            max_sweeps: manner.max_sweeps.min(MOST_SWEEPS),
            catalogue: Catalogue::default(),
            side: SIDES[0],
            pixels: vec![None; SIDES[0] * SIDES[0]],
            n_rows: 0,
            waiting: None,
            count: 16,
            batch: None,
            plane,
            subject,
        });
        Ok(Box::new(std::iter::from_fn(move || {
            let mut now = steps.take()?;
            let slice = now.step();
            if !matches!(slice, Slice::Over(_)) {
                steps = Some(now);
            }
            Some(slice)
        })))
    }
}

impl Steps {
    /// Settles some starts, or makes the memory ready.
    fn step(&mut self) -> Slice<PortraitPicture> {
        let Some(batch) = &self.batch else {
            self.batch = Some(Batch::new(Arc::clone(&self.subject.memory)));
            return Slice::UnderWay;
        };
        let clock = Stopwatch::start();
        let pixels = self.n_rows * self.side..(self.n_rows + 1) * self.side;
        let row = self.waiting.get_or_insert_with(|| {
            let (columns, starts) = self.plane.portrait().row_starts(self.side, self.n_rows);
            // Of the coarser picture, pixels may be inside that are outside of this one.
            self.pixels[pixels.clone()].fill(None);
            Row {
                columns,
                starts,
                done: 0,
            }
        });
        let order = self.order;
        let end = (row.done + self.count).min(row.starts.len());
        let endings = self.catalogue.take(
            batch,
            &self.subject.patterns,
            &row.starts[row.done..end],
            self.subject.manner.dynamics,
            |_| order,
            self.max_sweeps,
        );
        for (column, ending) in row.columns[row.done..end].iter().zip(endings) {
            self.pixels[pixels.start + column] = Some(ending);
        }
        row.done = end;
        // As many at once as fit; what comes out is the same for any number.
        self.count = match clock.elapsed() {
            taken if taken < SLICE / 3 => (2 * self.count).min(256),
            taken if taken > SLICE => (self.count / 2).max(1),
            _ => self.count,
        };
        if end < row.starts.len() {
            return Slice::UnderWay;
        }
        self.waiting = None;
        self.n_rows += 1;
        self.told()
    }

    /// What a row more comes to.
    fn told(&mut self) -> Slice<PortraitPicture> {
        let is_whole = self.n_rows == self.side;
        let is_first = self.side == SIDES[0];
        let n_units = self.subject.patterns.n_units();
        if is_whole && self.side == self.subject.wish.finest {
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
            self.pixels[row / 2 * self.side + column / 2]
        };
        self.pixels = (0..side * side).map(old).collect();
        (self.side, self.n_rows) = (side, 0);
    }
}

impl Session {
    /// Which picture is wanted.
    pub fn portrait_wish(&self) -> &PortraitWish {
        &self.portrait_wish
    }

    /// The picture as far as it is known, perhaps of an older memory (see [`Self::is_measured`]); `None` where nothing is.
    pub fn portrait(&self) -> Option<&PortraitPicture> {
        let what = Measurement::Portrait;
        let of = self.origin(what)?;
        let job = self.measuring(what).filter(|job| job.of.is(&of));
        let so_far = job.and_then(|job| job.so_far.as_ref());
        match so_far.or_else(|| self.finding(what))? {
            Finding::Portrait(picture) => Some(picture),
            _ => None,
        }
    }
}
