//! The lab: questions about memories, answered by many trials, as rows of numbers with errors.
//!
//! An [`Experiment`] has settings, an axis of its own and columns; a [`LabRecipe`] puts it over a world, rules, a
//! dynamics, seeds, and further axes over any setting. A [`LabPlan`] is a recipe that was checked: its cells stand in a
//! fixed order, one row each. [`Steps`] work them out in any order, side by side, and every row comes to the same bits.
//! [`ecsv`] writes and reads the table. Absent: window, threads, clock, files.

mod axes;
mod axis;
mod cache;
mod case;
pub mod collapse;
mod columns;
mod curves;
pub mod ecsv;
mod experiment;
pub mod experiments;
mod families;
pub mod figure;
mod load;
mod names;
mod offers;
mod opening;
pub mod paper;
mod plan;
pub mod portraits;
mod presets;
mod recipe;
mod sites;
pub mod statistics;
mod steps;

pub use axis::Vary;
pub use cache::{Cache, MAX_BYTES};
pub use case::{Case, Cues, Sample};
pub use columns::{Column, ColumnKind, Finished, LabEntry, Row};
pub use experiment::{
    ErrorBars, Experiment, ExperimentInfo, LoadPlane, Named, OwnAxis, Scaling, Shown, Theory,
    TheoryMark,
};
pub use experiments::Lab;
pub use families::{SizeFamily, Together};
pub use load::{load_of, set_load};
pub use names::rule_titles;
pub use offers::offers;
pub use opening::OpenedPoint;
pub use plan::{CellOrder, CellPlace, LabPlan, MAX_CELLS};
pub use presets::LabPreset;
pub use recipe::{LabRecipe, MAX_REPEATS, NO_AXIS, OpenWorld, command_of, named_world, rules};
pub use sites::Sites;
pub use steps::{Event, Steps, run, run_with};
