//! The table of its settings.

use super::super::fields::{TRIALS, check_ends, choice, number, points, whole};
use super::{Along, MarginsAlong};
use crate::engine::Error;
use crate::engine::settings::{Choices as _, Field, Settings};

impl Settings for MarginsAlong {
    const FIELDS: &'static [Field<Self>] = &[
        Field::new(
            choice(
                "along",
                "Along",
                "Steps: the pseudo-likelihood rule descends for longer, by gradient descent whatever its optimiser. Penalty: its weights cost more",
                Along::ITEMS,
            ),
            |it| it.along.place(),
            |it, value| it.along = Along::at(value),
        ),
        Field::<Self>::new(
            whole(
                "from",
                "From",
                "Fewest steps of descent: larger leaves out what is near Hebb's rule",
                [1, 100_000],
            ),
            |it| it.steps[0],
            |it, value| it.steps[0] = value,
        )
        .when(|it| it.along == Along::Steps),
        Field::<Self>::new(
            whole(
                "to",
                "To",
                "Most steps of descent: larger goes nearer to maximum stability, and takes longer",
                [1, 100_000],
            ),
            |it| it.steps[1],
            |it, value| it.steps[1] = value,
        )
        .when(|it| it.along == Along::Steps),
        Field::<Self>::new(
            number(
                "least",
                "Least penalty",
                "Smallest penalty on weights: smaller lets the norm grow",
                [1e-9, 1.0],
                true,
            ),
            |it| it.penalty[0],
            |it, value| it.penalty[0] = value,
        )
        .when(|it| it.along == Along::Penalty),
        Field::<Self>::new(
            number(
                "most",
                "Greatest penalty",
                "Largest penalty on weights: larger goes nearer to Hebb's rule",
                [1e-9, 1.0],
                true,
            ),
            |it| it.penalty[1],
            |it, value| it.penalty[1] = value,
        )
        .when(|it| it.along == Along::Penalty),
        Field::new(
            points(
                "Places between both at equal ratios, ends included; steps are rounded, and each is taken once. More draw a finer curve, and learn more networks",
            ),
            |it| it.points as f64,
            |it, value| it.points = value as usize,
        ),
        Field::new(
            whole(
                "overlaps",
                "Start overlaps",
                "Start overlaps from 0 to 1 between which m_c is interpolated: more find it more finely",
                [2, 1001],
            ),
            |it| it.overlaps as f64,
            |it, value| it.overlaps = value as usize,
        ),
        Field::new(
            whole(
                "patterns",
                "Patterns",
                "Stored patterns whose stabilities are taken and that cues are made of, all if there are no more: more make errors smaller",
                [1, 100_000],
            ),
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
        match self.along {
            Along::Steps => check_ends(["from", "to"], self.steps, self.points, true),
            Along::Penalty => check_ends(["least", "most"], self.penalty, self.points, true),
        }
    }
}
