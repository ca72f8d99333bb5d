//! The table of its settings.

use super::super::fields::{PATTERNS, TRIALS, check_ends, choice, number, points, start};
use super::{FiniteSize, Of};
use crate::engine::settings::{Choices as _, Field, Setting, Settings};
use crate::engine::{Dynamics, Error};

/// One end of a load axis.
const fn load(key: &'static str, label: &'static str, help: &'static str) -> Setting {
    number(key, label, help, [1e-4, 1e4], true)
}

/// One end of an axis of start overlaps.
const fn overlap(key: &'static str, label: &'static str, help: &'static str) -> Setting {
    number(key, label, help, [0.0, 1.0], false)
}

/// One end of an axis of temperatures.
const fn temperature(key: &'static str, label: &'static str, help: &'static str) -> Setting {
    number(key, label, help, [0.0, Dynamics::MAX_TEMPERATURE], true)
}

impl Settings for FiniteSize {
    const FIELDS: &'static [Field<Self>] = &[
        Field::new(
            choice(
                "of",
                "Of",
                "Capacity: recall against the load. Basins: recall against the start overlap. Temperature: what a heat bath leaves, against its temperature",
                Of::ITEMS,
            ),
            |it| it.of.place(),
            |it, value| it.of = Of::at(value),
        ),
        Field::<Self>::new(
            load("from", "From", "Smallest load α = P/N"),
            |it| it.loads[0],
            |it, value| it.loads[0] = value,
        )
        .when(|it| it.of == Of::Capacity),
        Field::<Self>::new(
            load(
                "to",
                "To",
                "Largest load α = P/N: larger stores more patterns",
            ),
            |it| it.loads[1],
            |it, value| it.loads[1] = value,
        )
        .when(|it| it.of == Of::Capacity),
        Field::<Self>::new(
            overlap(
                "far",
                "Far",
                "Smallest start overlap: larger leaves out cues that are far away",
            ),
            |it| it.overlaps[0],
            |it, value| it.overlaps[0] = value,
        )
        .when(|it| it.of == Of::Basins),
        Field::<Self>::new(
            overlap(
                "near",
                "Near",
                "Largest start overlap: 1 starts from the patterns themselves",
            ),
            |it| it.overlaps[1],
            |it, value| it.overlaps[1] = value,
        )
        .when(|it| it.of == Of::Basins),
        Field::<Self>::new(
            temperature(
                "cold",
                "Cold",
                "Smallest temperature, in units of the fields: 0 follows them",
            ),
            |it| it.temperatures[0],
            |it, value| it.temperatures[0] = value,
        )
        .when(|it| it.of == Of::Temperature),
        Field::<Self>::new(
            temperature(
                "hot",
                "Hot",
                "Largest temperature, in units of the fields: larger shakes harder",
            ),
            |it| it.temperatures[1],
            |it, value| it.temperatures[1] = value,
        )
        .when(|it| it.of == Of::Temperature),
        Field::<Self>::new(
            load(
                "load",
                "Load",
                "Load α = P/N at every number of units: larger stores more patterns",
            ),
            |it| it.load,
            |it, value| it.load = value,
        )
        .when(|it| it.of != Of::Capacity),
        Field::new(
            points("Places between both ends, ends included: more draw finer curves"),
            |it| it.points as f64,
            |it, value| it.points = value as usize,
        ),
        Field::<Self>::new(
            start("Overlap of cues with their pattern: 1 starts from the patterns themselves"),
            |it| it.start,
            |it, value| it.start = value,
        )
        .when(|it| it.of != Of::Basins),
        Field::new(
            PATTERNS,
            |it| it.patterns as f64,
            |it, value| it.patterns = value as usize,
        ),
        Field::new(
            TRIALS,
            |it| it.trials as f64,
            |it, value| it.trials = value as usize,
        ),
    ];

    fn check_together(&self) -> Result<(), Error> {
        let names = match self.of {
            Of::Capacity => ["from", "to"],
            Of::Basins => ["far", "near"],
            Of::Temperature => ["cold", "hot"],
        };
        check_ends(names, self.ends(), self.points, false)
    }
}
