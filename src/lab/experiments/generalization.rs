//! Generalization: which states stay where they are, against how many examples are stored.

use super::fields::{LOG, block_means, check_ends, lists, number, points, pooled, start, whole};
use crate::engine::corrupt::Corruption;
use crate::engine::observables::RETRIEVED;
use crate::engine::settings::{Field, Settings};
use crate::engine::{Error, Patterns, State};
use crate::lab::case::cue_seed;
use crate::lab::experiment::{ErrorBars, Experiment, ExperimentInfo, Named, OwnAxis, Shown};
use crate::lab::statistics::{Curve, mean, rising, standard_error, told};
use crate::lab::{Case, Column, Sample, Sites, axis, set_load};
use crate::trial::Recipe;

/// Where the lists of a sample are.
const STORED: usize = 0;
const UNSEEN: usize = 1;
const RANDOM: usize = 2;
const FEATURES: usize = 3;
const CONSENSUS: usize = 4;

/// Loads, and how many states of each kind are tried.
#[derive(Debug, Clone, PartialEq)]
pub struct Generalization {
    from: f64,
    to: f64,
    points: usize,
    logarithmic: bool,
    patterns: usize,
    start: f64,
}

impl Default for Generalization {
    fn default() -> Self {
        Self {
            from: 0.05,
            to: 2.0,
            points: 9,
            logarithmic: true,
            patterns: 100,
            start: 1.0,
        }
    }
}

impl Settings for Generalization {
    const FIELDS: &'static [Field<Self>] = &[
        Field::new(
            number(
                "from",
                "From",
                "Smallest load P/N: larger leaves out memories of few examples",
                [0.0, 1000.0],
                true,
            ),
            |it| it.from,
            |it, value| it.from = value,
        ),
        Field::new(
            number(
                "to",
                "To",
                "Largest load P/N: larger stores more examples, and takes longer",
                [0.0, 1000.0],
                true,
            ),
            |it| it.to,
            |it, value| it.to = value,
        ),
        Field::new(
            points(
                "Loads between both, ends included: more draw a finer curve, and learn more networks",
            ),
            |it| it.points as f64,
            |it, value| it.points = value as usize,
        ),
        Field::new(
            LOG,
            |it| f64::from(u8::from(it.logarithmic)),
            |it, value| it.logarithmic = value == 1.0,
        ),
        Field::new(
            whole(
                "patterns",
                "Patterns",
                "How many stored examples, unseen examples, random states and features are tried, all if there are no more: more make errors smaller",
                [1, 100_000],
            ),
            |it| it.patterns as f64,
            |it, value| it.patterns = value as usize,
        ),
        Field::new(
            start(
                "Overlap of cues with what is tried: 1 starts there, smaller asks whether it is also found",
            ),
            |it| it.start,
            |it, value| it.start = value,
        ),
    ];

    fn check_together(&self) -> Result<(), Error> {
        let ends = [self.from, self.to];
        check_ends(["from", "to"], ends, self.points, self.logarithmic)
    }
}

static ABOUT: ExperimentInfo = ExperimentInfo {
    name: "generalization",
    title: "Generalization",
    question: "Does a memory of many examples also keep examples that it never saw? States of four kinds are let go; the curves show how near they end to where they began, against the load",
    reading: "Where stored examples stay and unseen ones do not, examples are memorised; where both stay, and random states do not, what examples have in common was learned. Features are what the examples are made of, where that is known",
    world: "features:n=300,alpha-d=0.05",
    rules: &["pseudo-likelihood", "hebb"],
    dynamics: "sync",
    vary: &[],
    repeats: 1,
};

impl Experiment for Generalization {
    fn about(&self) -> &'static ExperimentInfo {
        &ABOUT
    }

    fn axis(&self) -> OwnAxis {
        OwnAxis {
            column: Column::number(
                "load",
                "load P/N: stored patterns over units, before rounding to whole patterns",
            ),
            label: "load α = P/N",
            values: axis::spaced(self.from, self.to, self.points, self.logarithmic),
            logarithmic: self.logarithmic,
        }
    }

    fn columns(&self) -> Vec<Column> {
        let mut columns = vec![
            Column::whole("n_patterns", "stored patterns, on average over repeats"),
            Column::whole("n", "stored patterns that were tried, over all repeats"),
        ];
        for (name, what) in [
            ("stored", "stored examples"),
            ("unseen", "unseen examples; empty where the world has none"),
            ("random", "random states"),
            (
                "features",
                "features, which examples are made of; empty where they are not known",
            ),
        ] {
            let meaning = format!(
                "mean overlap of where cues end with what they were made of, -1 to 1: {what}"
            );
            columns.push(Column::number(name, &meaning));
            columns.push(Column::number(
                &format!("{name}_error"),
                "standard error of that, over repeats where there are several, else over what was tried",
            ));
        }
        columns.push(Column::number(
            "consensus",
            "mean overlap of unseen examples with the letters most frequent among the stored, 0 to 1: what is reached without a memory; empty for signs",
        ));
        columns
    }

    fn shown(&self) -> Shown {
        Shown {
            up: "unseen",
            label: "overlap with the start",
            error: ErrorBars::Around("unseen_error"),
            beside: &[
                ("stored", "stored"),
                ("random", "random"),
                ("features", "features"),
                ("consensus", "consensus"),
            ],
            range: [0.0, 1.0],
            logarithmic: false,
            level: Some((RETRIEVED, "kept from 0.9 on")),
        }
    }

    fn needs_unseen(&self) -> bool {
        true
    }

    fn moves_network(&self) -> bool {
        true
    }

    fn apply(&self, recipe: &mut Recipe, n_units: usize, value: f64) -> Result<(), Error> {
        set_load(recipe, n_units, value)
    }

    fn corruption(&self, _own: f64, sites: Sites, seed: u64) -> Option<Corruption> {
        Some(sites.to_overlap(self.start, seed))
    }

    /// Overlaps by kind, the consensus of every unseen example, and the number of stored patterns.
    fn sample(&self, case: &Case<'_>) -> Result<Sample, Error> {
        let patterns = case.patterns;
        let stored = case.some_states(self.patterns);
        let unseen = case.source.first_unseen(self.patterns)?.into_iter();
        let unseen: Vec<State> = unseen.map(|example| example.state).collect();
        let mut lots = case.stream("random states");
        let random = (0..self.patterns).map(|_| {
            State::filled(patterns.alphabet(), patterns.n_units(), |_| {
                patterns.alphabet().random(&mut lots)
            })
        });
        let random: Vec<State> = random.collect();
        let features: Vec<State> = case.source.features().map_or_else(Vec::new, |features| {
            let count = features.n_patterns().min(self.patterns);
            (0..count).map(|index| features.state(index)).collect()
        });
        let consensus = consensus(patterns).map_or_else(Vec::new, |most| {
            unseen.iter().map(|state| state.overlap(&most)).collect()
        });

        let mut lots = case.stream("cues");
        let sites = case.sites();
        let kinds = [stored, unseen, random, features];
        let originals = || kinds.iter().flatten();
        let cue = |state: &State| {
            let corruption = self.corruption(case.own, sites, cue_seed(&mut lots));
            corruption.unwrap_or_default().apply(state, sites.grid)
        };
        let rests = case.settle(&originals().map(cue).collect::<Vec<State>>());
        let mut finals = rests
            .iter()
            .zip(originals())
            .map(|(rest, original)| rest.state.overlap(original));
        let mut sample: Sample = kinds
            .iter()
            .map(|kind| finals.by_ref().take(kind.len()).collect())
            .collect();
        sample.push(consensus);
        sample.push(vec![patterns.n_patterns() as f64]);
        Ok(sample)
    }

    fn row(&self, samples: &[Sample]) -> Vec<Option<f64>> {
        let stored = pooled(samples, STORED);
        let n_patterns = mean(&pooled(samples, CONSENSUS + 1)).map(f64::round);
        let mut numbers = vec![n_patterns, Some(stored.len() as f64)];
        for kind in [STORED, UNSEEN, RANDOM, FEATURES] {
            let blocks = block_means(&lists(samples, kind), 1);
            numbers.extend([mean(&pooled(samples, kind)), standard_error(&blocks)]);
        }
        numbers.push(mean(&pooled(samples, CONSENSUS)));
        numbers
    }

    fn blocks(&self, samples: &[Sample]) -> Vec<f64> {
        block_means(&lists(samples, UNSEEN), 1)
    }

    fn reading_keys(&self) -> &'static [&'static str] {
        &["alpha_unseen"]
    }

    fn readings(&self, curve: &Curve) -> Vec<Named> {
        vec![Named {
            key: "alpha_unseen",
            label: "α of unseen",
            reading: rising(curve, RETRIEVED),
        }]
    }

    fn says(&self, name: &str, curve: &Curve, readings: &[Named]) -> String {
        let highest = curve.y.iter().copied().enumerate();
        let highest = highest.max_by(|a, b| a.1.total_cmp(&b.1));
        match (readings.first().and_then(|named| named.reading), highest) {
            (Some(load), _) => format!(
                "{name} keeps unseen examples from a load of {} on",
                told(load)
            ),
            (None, Some((place, overlap))) => format!(
                "{name} keeps unseen examples at no load: their overlap is {overlap:.3} at most, at a load of {:.3}",
                curve.x[place]
            ),
            (None, None) => String::new(),
        }
    }
}

/// The state of the letter at each site that most patterns have there, the first of them where several have; none for
/// signs.
fn consensus(patterns: &Patterns) -> Option<State> {
    let letters = patterns.alphabet().letters()?;
    let state = State::filled(patterns.alphabet(), patterns.n_units(), |unit| {
        let mut counts = vec![0_usize; letters.count()];
        for letter in patterns.unit(unit) {
            counts[*letter as usize] += 1;
        }
        let most = counts.iter().copied().max().unwrap_or(0);
        let letter = counts.iter().position(|count| *count == most);
        letter.unwrap_or(0) as i8
    });
    Some(state)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Grid;
    use crate::engine::patterns::Letters;
    use crate::lab::experiments::tests::table;

    /// Paper A's order of events (theory a.8, N = 500): stored examples stay at every load here, features at α = 0.2
    /// and unseen examples only at 1.
    #[test]
    fn examples_then_features_then_unseen_examples() {
        let rows = table(
            "generalization:from=0.02,to=1,points=3,log=yes,patterns=30",
            "features:n=300,alpha-d=0.03",
            "pseudo-likelihood:optimiser=descent,lambda=0.1,l2=0,eta=0.01,steps=401,start=hebb",
            "sync",
        );
        let at = |row: usize, name: &str| rows.number(row, name);
        assert_eq!(at(0, "n_patterns"), 6.0);
        assert!(at(0, "stored") > 0.99 && at(0, "unseen") < 0.6);
        assert!(at(1, "unseen") > at(0, "unseen") && at(1, "features") > 0.8);
        assert!(at(2, "unseen") > 0.97 && at(2, "features") > 0.97);
        assert!(at(2, "random") < 0.7);
        assert!(rows.is_empty(0, "consensus"));
        assert!(rows.said[0].contains("from a load of"), "{:?}", rows.said);
    }

    #[test]
    fn the_consensus_of_three_words() {
        let letters = Letters::plain(3).unwrap();
        let words = [[0, 1, 2], [0, 2, 2], [1, 2, 0]];
        let states = words.map(|word| State::from_letters(&word, letters).unwrap());
        let patterns = Patterns::of_states(&states, Grid::near_square(3)).unwrap();
        assert_eq!(consensus(&patterns).unwrap().units(), [0, 2, 2]);
        let signs = Patterns::of_states(&[State::blank(4)], Grid::near_square(4)).unwrap();
        assert_eq!(consensus(&signs), None);
    }

    #[test]
    fn worlds_without_features_or_a_load() {
        let rows = table(
            "generalization:from=0.05,to=0.1,points=2,patterns=5",
            "random:n=100",
            "hebb",
            "sync",
        );
        assert!(rows.is_empty(0, "features") && rows.is_empty(1, "features_error"));
        // Of five random states, none is kept as a stored one is.
        assert!(rows.number(1, "stored") > 0.95 && rows.number(1, "random") < 0.9);
    }
}
