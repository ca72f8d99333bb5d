//! What memory a question is about: the flags as a recipe and rules, or couplings of a file, and how that is written.

use crate::cli::in_flag;
use crate::cli::lab::{Lab, opened};
use crate::edge::open;
use crate::engine::{Dynamics, Error, LearningRule};
use crate::lab::portraits::{ProbedMemory, memory_parts};
use crate::lab::{self, Cache, Column, command_of, ecsv};
use crate::trial::Recipe;
use crate::worlds::files::{File, Input, read_couplings};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// The part that tells files from others of the same names.
const DATA: &str = "data";

/// The parts of a recipe by name, as text.
type Parts = Vec<(&'static str, String)>;

/// A world, rules and all else of the flags.
pub(super) struct Asked {
    /// The recipe, with the first of the rules.
    pub(super) recipe: Recipe,
    rules: Vec<LearningRule>,
    written: Written,
}

/// Everything but what is asked, as it is written.
#[derive(Clone)]
pub(super) struct Written(Parts);

/// A question about one memory, with everything that decides its rows.
pub(super) struct Question {
    pub(super) memory: ProbedMemory,
    pub(super) written: Written,
}

impl Asked {
    /// What the flags ask for.
    pub(super) fn of(lab: &Lab, notes: &mut Vec<String>) -> Result<Self, Error> {
        let mut recipe = Recipe::default();
        recipe.seed = lab.seed.unwrap_or(recipe.seed);
        recipe.max_sweeps = lab.max_sweeps.unwrap_or(recipe.max_sweeps);
        if let Some(chosen) = &lab.world {
            recipe.world = opened(chosen, false, recipe.seed, notes)?;
        }
        let track = recipe.track_mut();
        track.dynamics = lab.dynamics.unwrap_or(track.dynamics);
        track.alteration = lab.alter.unwrap_or_default();
        let rules = match &lab.rules {
            Some(rules) => lab::rules(rules).map_err(in_flag("--rules"))?,
            None => vec![track.rule.clone()],
        };
        track.rule = rules[0].clone();
        let mut parts = memory_parts(&recipe, &rules);
        parts.extend(recipe.world.opened().map(|input| (DATA, input.digest())));
        Ok(Self {
            recipe,
            rules,
            written: Written(parts),
        })
    }

    /// The recipe of the only rule, and how all is written. Refused: several rules.
    pub(super) fn of_one_rule(self) -> Result<(Recipe, Written), Error> {
        if self.rules.len() > 1 {
            let problem =
                Error::System("one rule, not several: these are of one memory".to_owned());
            return Err(problem.in_source("--rules"));
        }
        Ok((self.recipe, self.written))
    }

    /// A question of each rule, by its notation; the data of the world are prepared once. Refused: a rule that is given twice.
    pub(super) fn of_each_rule(self) -> Result<Vec<(String, Question)>, Error> {
        let (cache, mut all) = (Cache::default(), Vec::with_capacity(self.rules.len()));
        for rule in &self.rules {
            let name = rule.notation();
            if all.iter().any(|(known, _)| *known == name) {
                let problem = Error::Twice {
                    setting: "a rule".to_owned(),
                    first: name.clone(),
                    second: name,
                };
                return Err(problem.in_source("--rules"));
            }
            let mut recipe = self.recipe.clone();
            recipe.track_mut().rule = rule.clone();
            let memory = ProbedMemory::learned_with(&recipe, &cache, &AtomicBool::new(false))?;
            let written = self.written.clone();
            all.push((name, Question { memory, written }));
        }
        Ok(all)
    }
}

impl Question {
    /// About the memory of the flags. Refused: several rules.
    pub(super) fn of(lab: &Lab, notes: &mut Vec<String>) -> Result<Self, Error> {
        if let Some(path) = &lab.couplings {
            return Self::given(lab, path, notes);
        }
        let (recipe, written) = Asked::of(lab, notes)?.of_one_rule()?;
        let memory = ProbedMemory::learned(&recipe)?;
        Ok(Self { memory, written })
    }

    /// Couplings of a file in place of a world and a rule.
    pub(super) fn given(lab: &Lab, path: &Path, notes: &mut Vec<String>) -> Result<Self, Error> {
        let named = |problem: Error| {
            let problem = problem.in_source(path.display().to_string());
            problem.in_source("--couplings")
        };
        let default = Recipe::default();
        let seed = lab.seed.unwrap_or(default.seed);
        let max_sweeps = lab.max_sweeps.unwrap_or(default.max_sweeps);
        let dynamics: Dynamics = lab.dynamics.unwrap_or_else(|| default.track().dynamics);
        let name = path.display().to_string();
        let bytes: Arc<[u8]> = open::read(path).map_err(named)?.into();
        let read = read_couplings(&bytes).map_err(named)?;
        notes.extend(read.remarks);
        let file = File {
            name: name.clone(),
            bytes,
        };
        let input = Input::new(name.clone(), vec![file]).map_err(named)?;
        let parts = vec![
            ("couplings", name),
            ("dynamics", dynamics.to_string()),
            ("max-sweeps", max_sweeps.to_string()),
            ("seed", seed.to_string()),
            (DATA, input.digest()),
        ];
        let memory = ProbedMemory::given(read.couplings, dynamics, seed, max_sweeps)?;
        let written = Written(parts);
        Ok(Self { memory, written })
    }
}

impl Written {
    /// The parts of the recipe, the experiment first: of these `own`, what it alone has.
    fn parts(&self, what: &str, own: &[(&'static str, String)]) -> Parts {
        let mut parts = vec![("experiment", what.to_owned())];
        parts.extend(own.iter().cloned());
        parts.extend(self.0.iter().cloned());
        parts
    }

    /// The same with a part more at the end.
    pub(super) fn and(mut self, key: &'static str, text: String) -> Self {
        self.0.push((key, text));
        self
    }

    /// The command line that asks `what`.
    pub(super) fn command(&self, what: &str, own: &[(&'static str, String)]) -> String {
        let mut parts = self.parts(what, own);
        parts.retain(|(key, _)| *key != DATA);
        command_of(&parts)
    }

    /// The header of a table.
    pub(super) fn header(
        &self,
        columns: &[Column],
        what: &str,
        own: &[(&'static str, String)],
    ) -> String {
        let command = self.command(what, own);
        ecsv::header_of(columns, &command, &self.parts(what, own))
    }
}
