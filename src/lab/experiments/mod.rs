//! The experiments: one file and one line of the list each.

mod asymmetry;
mod basins;
mod capacity;
mod fields;
mod generalization;
mod growth;
mod margins;
mod noise;
mod size;
mod temperature;
mod theories;
mod warm;

use super::experiment::Experiment;
use crate::engine::Error;
use crate::engine::settings::{AnySettings, Kinds, notation};

/// The choice of experiments: every one named here is offered everywhere.
macro_rules! experiments {
    ($($(#[$doc:meta])* $file:ident::$name:ident,)*) => {
        /// Which experiment, with its settings: plain data to compare, save and edit.
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum Lab {
            $($(#[$doc])* $name($file::$name),)*
        }

        impl Lab {
            /// What it does.
            pub fn experiment(&self) -> &dyn Experiment {
                match self {
                    $(Self::$name(experiment) => experiment,)*
                }
            }
        }

        impl Kinds for Lab {
            const NOUN: &'static str = "experiment";

            fn all() -> Vec<Self> {
                vec![$(Self::$name($file::$name::default()),)*]
            }

            fn kind(&self) -> &'static str {
                self.experiment().about().name
            }

            fn any(&self) -> &dyn AnySettings {
                match self {
                    $(Self::$name(experiment) => experiment,)*
                }
            }

            fn any_mut(&mut self) -> &mut dyn AnySettings {
                match self {
                    $(Self::$name(experiment) => experiment,)*
                }
            }
        }
    };
}

experiments! {
    /// Final overlap against start overlap.
    basins::Basins,
    /// What is left of stored patterns against the load.
    capacity::CapacityByLoad,
    /// How many patterns are held against the number of units.
    growth::Growth,
    /// Overlap of stored, unseen and random states with where they end, against the load.
    generalization::Generalization,
    /// Stabilities, norm and basins, against learning time or penalty.
    margins::MarginsAlong,
    /// Fixed points and cycles, against the antisymmetric part or the dilution.
    asymmetry::Asymmetry,
    /// Overlap against temperature.
    temperature::Temperature,
    /// Recall against how much a cue is corrupted.
    noise::NoiseLevels,
    /// Recall at several numbers of units, laid together.
    size::FiniteSize,
}

impl Lab {
    /// The experiment that `text` names: `NAME` or `NAME:key=value,…`, as on the command line.
    pub fn parse(text: &str) -> Result<Self, Error> {
        notation::parse(text)
    }

    /// The names of all.
    pub fn names() -> Vec<&'static str> {
        let all = Self::all();
        all.iter().map(Kinds::kind).collect()
    }

    /// It in the notation of [`Self::parse`].
    pub fn notation(&self) -> String {
        notation::write(self.kind(), self.any())
    }
}

#[cfg(test)]
mod tests {
    use crate::engine::{Dynamics, Error};
    use crate::lab::{Finished, Lab, LabPlan, LabRecipe, Vary, named_world, rules, run};
    use std::sync::Arc;

    /// The plan of an experiment without further axes.
    pub(super) fn plan(
        experiment: &str,
        world: &str,
        rule: &str,
        dynamics: &str,
    ) -> Result<LabPlan, Error> {
        plan_along(experiment, world, rule, dynamics, None)
    }

    fn plan_along(
        experiment: &str,
        world: &str,
        rule: &str,
        dynamics: &str,
        vary: Option<&str>,
    ) -> Result<LabPlan, Error> {
        let mut recipe = LabRecipe::of(Lab::parse(experiment)?)?;
        recipe.world = named_world(world)?;
        recipe.rules = rules(rule)?;
        recipe.dynamics = Dynamics::parse(dynamics)?;
        recipe.vary = vary
            .map(Vary::parse)
            .into_iter()
            .collect::<Result<_, _>>()?;
        LabPlan::new(recipe)
    }

    /// Rows, and what they say.
    pub(super) struct Table {
        columns: Vec<String>,
        rows: Vec<Finished>,
        pub(super) said: Vec<String>,
    }

    /// The table of an experiment without further axes, of one rule.
    pub(super) fn table(experiment: &str, world: &str, rule: &str, dynamics: &str) -> Table {
        table_along(experiment, world, rule, dynamics, None)
    }

    /// The table of an experiment, of one rule, along a further axis.
    pub(super) fn table_along(
        experiment: &str,
        world: &str,
        rule: &str,
        dynamics: &str,
        vary: Option<&str>,
    ) -> Table {
        let plan = plan_along(experiment, world, rule, dynamics, vary);
        let plan = Arc::new(plan.unwrap());
        let rows = run(&plan);
        let all: Vec<Option<Finished>> = rows.iter().cloned().map(Some).collect();
        let (_, _, said) = plan.told(0, &all);
        Table {
            columns: plan.columns().iter().map(|it| it.name.clone()).collect(),
            rows,
            said: vec![said],
        }
    }

    impl Table {
        fn entry(&self, row: usize, name: &str) -> Option<f64> {
            let place = self.columns.iter().position(|column| column == name);
            self.rows[row].row[place.unwrap()].number()
        }

        pub(super) fn number(&self, row: usize, name: &str) -> f64 {
            self.entry(row, name)
                .unwrap_or_else(|| panic!("no {name}: {:?}", self.problem(row)))
        }

        pub(super) fn is_empty(&self, row: usize, name: &str) -> bool {
            self.problem(row).is_none() && self.entry(row, name).is_none()
        }

        pub(super) fn problem(&self, row: usize) -> Option<&str> {
            self.rows[row].problem.as_deref()
        }
    }

    #[test]
    fn every_experiment_can_start_from_its_defaults() {
        for name in Lab::names() {
            let recipe = LabRecipe::of(Lab::parse(name).unwrap()).unwrap();
            let lab = recipe.experiment.clone();
            let plan = LabPlan::new(recipe).unwrap();
            let shown = lab.experiment().shown();
            let columns = plan.columns();
            let has = |name: &str| columns.iter().any(|column| column.name == name);
            assert!(has(shown.up), "{name}");
            assert!(shown.beside.iter().all(|(column, _)| has(column)), "{name}");
        }
    }
}
