//! Noise: recall against how much a cue is corrupted, kind by kind.

use super::fields::{
    PATTERNS, binomial_error, block_means, check_ends, choice, number, points, pooled, share, whole,
};
use crate::engine::corrupt::{Corruption, Noise, Rectangle};
use crate::engine::dynamics::Rest;
use crate::engine::observables::RETRIEVED;
use crate::engine::settings::{Choices as _, Field, Settings, choices};
use crate::engine::{Dynamics, Error, Grid};
use crate::lab::experiment::{ErrorBars, Experiment, ExperimentInfo, Named, OwnAxis, Shown};
use crate::lab::statistics::{Curve, falling, mean, told};
use crate::lab::{Case, Column, Sample, Sites, axis};

/// Where the lists of a sample are.
const OVERLAPS: usize = 0;
const SWEEPS: usize = 1;
const ROSE: usize = 2;
const TRIALS: usize = 3;

/// By how much of itself an energy has to rise: fields are kept in single precision.
const ROUNDING: f64 = 1e-5;

/// How cues are corrupted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Kind {
    #[default]
    Flip,
    Random,
    Mask,
    Half,
    Rectangle,
    Shift,
}

choices!(Kind:
    Flip = "flip" / "units flipped",
    Random = "random" / "units at random",
    Mask = "mask" / "units covered",
    Half = "half" / "rows covered from the top",
    Rectangle = "rectangle" / "a rectangle covered",
    Shift = "shift" / "shifted",
);

impl Kind {
    /// What corrupts by `level`, 0 to 1, on `grid`.
    fn corruption(self, level: f64, grid: Grid, seed: u64) -> Corruption {
        let noise = Noise {
            fraction: level,
            seed,
        };
        let none = Corruption::default();
        match self {
            Self::Flip => Corruption {
                flip: noise,
                ..none
            },
            Self::Random => Corruption {
                random: noise,
                ..none
            },
            Self::Mask => Corruption {
                mask: noise,
                ..none
            },
            Self::Half => {
                let rows = (level * grid.rows as f64).round() as usize;
                let rectangle = rows.checked_sub(1).map(|bottom| Rectangle {
                    top: 0,
                    left: 0,
                    bottom,
                    right: grid.columns - 1,
                });
                Corruption { rectangle, ..none }
            }
            Self::Rectangle => {
                let side = level.sqrt();
                let [rows, columns] =
                    [grid.rows, grid.columns].map(|all| (side * all as f64).round() as usize);
                let [top, left] = [(grid.rows - rows) / 2, (grid.columns - columns) / 2];
                let rectangle = (rows > 0 && columns > 0).then(|| Rectangle {
                    top,
                    left,
                    bottom: top + rows - 1,
                    right: left + columns - 1,
                });
                Corruption { rectangle, ..none }
            }
            Self::Shift => Corruption {
                shift: ((10.0 * level).round() as i32, 0),
                ..none
            },
        }
    }

    /// Whether another seed makes another cue.
    fn is_random(self) -> bool {
        matches!(self, Self::Flip | Self::Random | Self::Mask)
    }
}

/// Levels, kind and runs.
#[derive(Debug, Clone, PartialEq)]
pub struct NoiseLevels {
    kind: Kind,
    from: f64,
    to: f64,
    points: usize,
    patterns: usize,
    trials: usize,
}

impl Default for NoiseLevels {
    fn default() -> Self {
        Self {
            kind: Kind::Flip,
            from: 0.0,
            to: 1.0,
            points: 11,
            patterns: 20,
            trials: 5,
        }
    }
}

impl Settings for NoiseLevels {
    const FIELDS: &'static [Field<Self>] = &[
        Field::new(
            choice(
                "kind",
                "Kind",
                "What is done to cues. The level is the share of units that are flipped, set at random or covered, of rows covered from the top, of the area of a rectangle covered in the middle, or a tenth of the columns that everything moves to the right",
                Kind::ITEMS,
            ),
            |it| it.kind.place(),
            |it, value| it.kind = Kind::at(value),
        ),
        Field::new(
            number(
                "from",
                "From",
                "Smallest level: larger leaves out cues that are nearly whole",
                [0.0, 1.0],
                false,
            ),
            |it| it.from,
            |it, value| it.from = value,
        ),
        Field::new(
            number(
                "to",
                "To",
                "Largest level: larger leaves less of the cue",
                [0.0, 1.0],
                false,
            ),
            |it| it.to,
            |it, value| it.to = value,
        ),
        Field::new(
            points("Levels between both, ends included: more draw a finer curve"),
            |it| it.points as f64,
            |it, value| it.points = value as usize,
        ),
        Field::new(
            PATTERNS,
            |it| it.patterns as f64,
            |it, value| it.patterns = value as usize,
        ),
        Field::new(
            whole(
                "trials",
                "Trials",
                "Cues of each pattern at each level, one where nothing is left to chance: more make errors smaller",
                [1, 10_000],
            ),
            |it| it.trials as f64,
            |it, value| it.trials = value as usize,
        ),
    ];

    fn check_together(&self) -> Result<(), Error> {
        check_ends(["from", "to"], [self.from, self.to], self.points, false)
    }
}

static ABOUT: ExperimentInfo = ExperimentInfo {
    name: "noise",
    title: "Noise",
    question: "How much may be wrong with a cue, and does it matter what? Stored patterns are corrupted more and more, one way at a time, and let go; rows count how many are recalled and how long it takes",
    reading: "A cue is recalled if it ends at an overlap of 0.9 or more with its pattern, exactly if it ends in it. The further right a curve falls, the more of this kind of noise is repaired. Energies that rise tell of units that move at once",
    world: "mnist:p=8",
    rules: &["hebb", "pseudo-inverse", "pseudo-likelihood"],
    dynamics: "sync",
    vary: &["experiment.kind=flip;mask;random;rectangle;shift"],
    repeats: 1,
};

impl Experiment for NoiseLevels {
    fn about(&self) -> &'static ExperimentInfo {
        &ABOUT
    }

    fn axis(&self) -> OwnAxis {
        OwnAxis {
            column: Column::number(
                "level",
                "how much is corrupted, 0 to 1: share of units flipped, set at random or covered, of rows or of area covered, or a tenth of the columns shifted by; before rounding to whole ones",
            ),
            label: "level",
            values: axis::spaced(self.from, self.to, self.points, false),
            logarithmic: false,
        }
    }

    fn columns(&self) -> Vec<Column> {
        vec![
            Column::whole("n", "cues"),
            Column::number(
                "recalled",
                "share of cues that end at an overlap of 0.9 or more with their pattern, 0 to 1",
            ),
            Column::number(
                "recalled_error",
                "binomial error of that, as if all cues were independent",
            ),
            Column::number(
                "exact",
                "share of cues that end in their pattern exactly, 0 to 1",
            ),
            Column::number(
                "overlap",
                "mean overlap of where they end with their pattern, -1 to 1",
            ),
            Column::number("sweeps", "mean time until they settle or are stopped")
                .in_unit("sweeps"),
            Column::whole("failures", "cues that are not recalled"),
            Column::number(
                "energy_rose",
                "share of runs in which the energy ever rose from one sweep to the next, 0 to 1; empty where energies were not kept: couplings that are not symmetric, units that move one at a time",
            ),
        ]
    }

    fn shown(&self) -> Shown {
        Shown {
            up: "recalled",
            label: "share recalled",
            error: ErrorBars::Around("recalled_error"),
            beside: &[],
            range: [0.0, 1.0],
            logarithmic: false,
            level: None,
        }
    }

    fn corruption(&self, own: f64, sites: Sites, seed: u64) -> Option<Corruption> {
        Some(self.kind.corruption(own, sites.grid, seed))
    }

    /// Final overlaps and sweeps, pattern by pattern; whether energies rose, where there are any; cues of each pattern.
    fn sample(&self, case: &Case<'_>) -> Result<Sample, Error> {
        let dynamics = case.recipe.track().dynamics;
        let moves_alike = matches!(dynamics, Dynamics::Synchronous | Dynamics::Ordered);
        let trials = if moves_alike && !self.kind.is_random() {
            1
        } else {
            self.trials
        };
        let make = |seed| self.corruption(case.own, case.sites(), seed);
        let counts = (self.patterns, trials);
        let cues = case.cues(&mut case.stream("cues"), counts, make)?;
        let rests = case.settle(&cues.cues);
        // Where units move one at a time, the energy of the last state alone is kept; of a state that stays at once, too.
        let is_kept = |rest: &&Rest| match dynamics {
            Dynamics::Synchronous => !rest.energies.is_empty(),
            _ => rest.energies.len() > 1,
        };
        let with_energies = rests.iter().filter(is_kept);
        let rose = with_energies.map(|rest| f64::from(u8::from(rises(&rest.energies))));
        Ok(vec![
            cues.overlaps(&rests),
            rests.iter().map(|rest| rest.sweeps as f64).collect(),
            rose.collect(),
            vec![trials as f64],
        ])
    }

    fn row(&self, samples: &[Sample]) -> Vec<Option<f64>> {
        let overlaps = pooled(samples, OVERLAPS);
        let recalled = share(&overlaps, |overlap| overlap >= RETRIEVED);
        let failures = overlaps.iter().filter(|overlap| **overlap < RETRIEVED);
        let numbers = [
            Some(overlaps.len() as f64),
            recalled,
            binomial_error(recalled, overlaps.len()),
            share(&overlaps, |overlap| overlap >= 1.0),
            mean(&overlaps),
            mean(&pooled(samples, SWEEPS)),
            Some(failures.count() as f64),
            mean(&pooled(samples, ROSE)),
        ];
        numbers.to_vec()
    }

    fn blocks(&self, samples: &[Sample]) -> Vec<f64> {
        let recalled = |sample: &Sample| {
            let overlaps = sample[OVERLAPS].iter();
            overlaps
                .map(|overlap| f64::from(u8::from(*overlap >= RETRIEVED)))
                .collect()
        };
        let lists: Vec<Vec<f64>> = samples.iter().map(recalled).collect();
        block_means(&lists, samples[0][TRIALS][0] as usize)
    }

    fn reading_keys(&self) -> &'static [&'static str] {
        &["half_level"]
    }

    fn readings(&self, curve: &Curve) -> Vec<Named> {
        vec![Named {
            key: "half_level",
            label: "level of half",
            reading: falling(curve, 0.5),
        }]
    }

    fn says(&self, name: &str, curve: &Curve, readings: &[Named]) -> String {
        match readings.first().and_then(|named| named.reading) {
            Some(level) => format!(
                "{name} recalls at least half up to a level of {}",
                told(level)
            ),
            None if curve.x.is_empty() => String::new(),
            None => format!("{name} recalls fewer than half at every level"),
        }
    }
}

/// Whether an energy is above the one before it.
fn rises(energies: &[f64]) -> bool {
    let mut steps = energies.windows(2);
    steps.any(|step| step[1] > step[0] + ROUNDING * step[0].abs().max(1.0))
}

#[cfg(test)]
#[path = "noise_tests.rs"]
mod tests;
