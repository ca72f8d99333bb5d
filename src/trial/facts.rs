//! What a trial came to, as one table of facts: a name, what it means, and its value.
//!
//! `engram recall --json` writes all of them in the order of the table, its help lists them, and its text reads them.
//! Another one is a line of the table; what is new to be worked out has its file in `engine/observables`.

use super::conclusion::{Conclusion, Wanted};
use super::inputs::Inputs;
use super::recipe::{Recipe, TrackRecipe};
use crate::engine::observables::Margins;
use crate::engine::{Couplings, Error, LearningRule, Recording, Verdict};
use crate::worlds::Findings;
use serde::ser::{Serialize, SerializeMap as _, Serializer};
use serde_json::Value;

/// One thing to know of a trial.
#[derive(Debug)]
pub struct Fact {
    /// Its name, in JSON and in scripts.
    pub key: &'static str,
    /// What it is, with its unit and where there is none.
    pub help: &'static str,
    value: fn(&Evidence<'_>) -> Value,
}

/// What facts are read off: a recipe, and what came of one of its tracks.
#[derive(Debug, Clone)]
pub struct Evidence<'a> {
    recipe: &'a Recipe,
    track: &'a TrackRecipe,
    inputs: &'a Inputs,
    /// The start as the user wrote it, where that says more than the recipe.
    cue_name: Option<&'a str>,
    recording: &'a Recording,
    /// What is to be said of how learning ended.
    ending: Option<&'a str>,
    /// What was mended and lost, and what was found in the data.
    findings: Findings,
    conclusion: Conclusion,
}

impl<'a> Evidence<'a> {
    /// The run of the cue of `inputs` on `track` of `recipe` that was recorded so far; `ending` is what is to be said of how
    /// learning ended.
    pub fn new(
        (recipe, track): (&'a Recipe, &'a TrackRecipe),
        inputs: &'a Inputs,
        recording: &'a Recording,
        ending: Option<&'a str>,
    ) -> Self {
        let mut findings = inputs.findings();
        findings.remarks.splice(0..0, losses(&track.rule));
        Self {
            recipe,
            track,
            inputs,
            cue_name: None,
            recording,
            ending,
            findings,
            conclusion: Conclusion::of(recording, Some(&inputs.cue)),
        }
    }

    /// The same, with the start of the cue as the user wrote it.
    #[must_use]
    pub fn with_cue_name(self, cue_name: Option<&'a str>) -> Self {
        Self { cue_name, ..self }
    }

    /// The same, with what was mended of what was asked, a sentence each.
    #[must_use]
    pub fn with_mended(mut self, mended: Vec<String>) -> Self {
        self.findings.remarks.splice(0..0, mended);
        self
    }

    /// What was mended of what was asked, what was lost in reading, and what was found in the data.
    pub fn findings(&self) -> &Findings {
        &self.findings
    }

    /// The couplings of the memory, if it has any between pairs of units.
    fn couplings(&self) -> Option<&'a Couplings> {
        self.recording.memory().couplings()
    }

    /// What the run should have come to, if anyone knows.
    fn wanted(&self) -> Option<&Wanted> {
        self.conclusion.wanted.as_ref()
    }
}

/// What single precision did not hold of couplings in a file that `rule` takes, a sentence each.
pub fn losses(rule: &LearningRule) -> Vec<String> {
    let LearningRule::LoadedCouplings(loaded) = rule else {
        return Vec::new();
    };
    let named = |loss: &String| format!("{}: {loss}", loaded.name());
    loaded.losses().iter().map(named).collect()
}

impl Fact {
    /// Its value: a number, a text, true or false, a list of these, or null where there is none.
    pub fn value(&self, evidence: &Evidence<'_>) -> Value {
        (self.value)(evidence)
    }
}

/// The fact called `key`.
pub fn named(key: &str) -> Result<&'static Fact, Error> {
    let known = || TABLE.iter().map(|fact| fact.key);
    let fact = TABLE.iter().find(|fact| fact.key == key);
    fact.ok_or_else(|| Error::Unknown {
        kind: "fact",
        name: key.to_owned(),
        known: known().collect::<Vec<_>>().join(", "),
    })
}

/// Every fact, with its value: serialises as one object, in the order of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts(Vec<(&'static str, Value)>);

impl Facts {
    /// All that is to be known of a trial.
    pub fn of(evidence: &Evidence<'_>) -> Self {
        let values = TABLE.iter().map(|fact| (fact.key, fact.value(evidence)));
        Self(values.collect())
    }

    /// The value of the fact called `key`, which must be in the table; null where there is none.
    pub fn get(&self, key: &str) -> &Value {
        let fact = self.0.iter().find(|(name, _)| *name == key);
        let (_, value) = fact.expect("only facts of the table are asked for");
        value
    }

    /// The same as text; empty where it is none.
    pub fn text(&self, key: &str) -> &str {
        self.get(key).as_str().unwrap_or_default()
    }

    /// The same as a number; NaN where it is none.
    pub fn number(&self, key: &str) -> f64 {
        self.get(key).as_f64().unwrap_or(f64::NAN)
    }

    /// The same as a count; 0 where it is none.
    pub fn count(&self, key: &str) -> u64 {
        self.get(key).as_u64().unwrap_or(0)
    }
}

impl Serialize for Facts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (key, value) in &self.0 {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }
}

/// One line of the table.
macro_rules! fact {
    ($key:literal, $help:literal, $value:expr) => {
        Fact {
            key: $key,
            help: $help,
            value: $value,
        }
    };
}

/// Every fact, in the order in which they are written.
pub static TABLE: &[Fact] = &[
    fact!("world", "name of the world", |of| {
        of.recipe.world.about().name.into()
    }),
    fact!("from", "the world with all its settings", |of| {
        of.recipe.world.notation().into()
    }),
    fact!("grid", "height and width of the grid, in units", |of| {
        let grid = of.recording.patterns().grid();
        vec![grid.rows, grid.columns].into()
    }),
    fact!("n_units", "units N", |of| {
        of.recording.patterns().n_units().into()
    }),
    fact!("n_patterns", "stored patterns P", |of| {
        of.recording.patterns().n_patterns().into()
    }),
    fact!(
        "labels",
        "labels of the stored patterns, null for none",
        |of| {
            let patterns = of.recording.patterns();
            let label = |pattern| patterns.label(pattern).map(ToString::to_string);
            (0..patterns.n_patterns())
                .map(label)
                .map(Value::from)
                .collect()
        }
    ),
    fact!("rule", "the learning rule with its settings", |of| {
        of.track.rule.notation().into()
    }),
    fact!(
        "alteration",
        "what was done to the couplings after learning",
        |of| { of.track.alteration.to_string().into() }
    ),
    fact!(
        "ending",
        "a goal of learning that was not reached, a limit that was; null if all is well",
        |of| of.ending.into()
    ),
    fact!("dynamics", "how states move", |of| {
        of.track.dynamics.to_string().into()
    }),
    fact!("seed", "what decides everything random", |of| {
        of.recipe.seed.into()
    }),
    fact!("cue", "where the cue starts", |of| {
        let name = of.cue_name.map(ToOwned::to_owned);
        name.unwrap_or_else(|| of.recipe.cue.start.to_string())
            .into()
    }),
    fact!("cue_label", "label of the original, null for none", |of| {
        of.inputs.cue.label.as_ref().map(ToString::to_string).into()
    }),
    fact!(
        "corruption",
        "how the cue was corrupted, setting by setting",
        |of| {
            serde_json::to_value(of.recipe.cue.corruption).expect("plain fields are always JSON")
        }
    ),
    fact!(
        "cue_overlap",
        "overlap of the cue with the original, -1 to 1; null if it was made of no pattern",
        |of| {
            let cue = &of.inputs.cue;
            cue.wanted().map(|it| cue.cue.overlap(it)).into()
        }
    ),
    fact!(
        "final_overlap",
        "overlap of the last state with the original, -1 to 1; of a continuous state its own, not that of its signs; \
        null if the cue was made of no pattern",
        |of| { of.wanted().map(|wanted| wanted.overlap).into() }
    ),
    fact!(
        "nearest",
        "the stored pattern whose overlap with the last state is largest in size, of either sign, from 0",
        |of| of.conclusion.nearest.into()
    ),
    fact!(
        "overlaps",
        "overlaps of the last state with all stored patterns; of a continuous state its own, not those of its signs",
        |of| { of.conclusion.overlaps.clone().into() }
    ),
    fact!(
        "energy",
        "energy of the cue and after each sweep; null for couplings that have none",
        |of| {
            let recording = of.recording;
            let sweeps = 0..=of.conclusion.sweeps;
            let energies = sweeps.map(|sweep| recording.energy_at(sweep * recording.sweep()));
            energies.collect::<Option<Vec<f64>>>().into()
        }
    ),
    fact!("sweeps", "sweeps of the run", |of| of
        .conclusion
        .sweeps
        .into()),
    fact!(
        "flips",
        "units that changed on the way, each as often as it did",
        |of| { of.recording.n_flips().into() }
    ),
    fact!("verdict", "fixed point, cycle or not settled", |of| {
        of.conclusion.verdict.kind().into()
    }),
    fact!(
        "cycle_length",
        "length of the cycle, in sweeps; null for none",
        |of| {
            match of.conclusion.verdict {
                Verdict::Cycle { length } => length.into(),
                Verdict::FixedPoint | Verdict::NotSettled { .. } => Value::Null,
            }
        }
    ),
    fact!(
        "verdict_is",
        "what the run has come to: original, stored, negative, blend, blank, other, cycle or unsettled",
        |of| { of.conclusion.nature.kind().into() }
    ),
    fact!(
        "verdict_patterns",
        "the stored patterns that it is made of, from 0",
        |of| { of.conclusion.nature.patterns().into() }
    ),
    fact!(
        "asymmetry",
        "size of J - J^T over that of J + J^T, 0 if symmetric; null for a memory without couplings, and if J = -J^T",
        |of| of.couplings().map(Couplings::asymmetry).into()
    ),
    fact!("load", "stored patterns to a unit, P/N", |of| {
        of.recording.patterns().load().into()
    }),
    fact!(
        "margin_min",
        "the smallest margin of a unit in a stored pattern: below 0, not all of them are fixed points; null for a \
        memory without couplings",
        |of| {
            let patterns = of.recording.patterns();
            let smallest = |couplings| Margins::new(couplings, patterns).smallest;
            of.couplings().map(smallest).into()
        }
    ),
    fact!(
        "verdict_text",
        "the verdict in words: was it remembered, what came instead, after how many sweeps",
        |of| of.conclusion.in_words(of.recording.patterns()).into()
    ),
    fact!(
        "wrong",
        "units in which the last state, or its signs, differ from the original; null if the cue was made of no pattern",
        |of| of.wanted().map(|wanted| wanted.wrong).into()
    ),
    fact!(
        "final_overlap_signs",
        "overlap of the signs of the last state with the original; null if the cue was made of no pattern",
        |of| of
            .inputs
            .cue
            .wanted()
            .map(|it| of.conclusion.last.overlap(it))
            .into()
    ),
    fact!(
        "overlaps_signs",
        "overlaps of the signs of the last state with all stored patterns",
        |of| of.recording.patterns().overlaps(&of.conclusion.last).into()
    ),
    fact!(
        "source_rows",
        "the row of what was opened, or the entry of the world's data, that each stored pattern is, from 0; null for one \
        that was added by hand",
        |of| {
            let inputs = of.inputs;
            let rows = inputs.source.source_rows(&inputs.stored).into_iter();
            let added = inputs.added_indices().map(|_| Value::Null);
            rows.map(Value::from).chain(added).collect()
        }
    ),
    fact!(
        "remarks",
        "what was mended of what was asked, what was lost in reading, and what is odd about the patterns, a sentence each",
        |of| of.findings.remarks.clone().into()
    ),
    fact!(
        "left_out",
        "what was opened and is not used: what, why, and how many (count)",
        |of| { serde_json::to_value(&of.findings.left_out).expect("plain fields are always JSON") }
    ),
];

#[cfg(test)]
mod tests;
