//! `engram lab`: a question about memories, answered by many trials, as rows of numbers with errors.

mod aligned;
mod attractors;
mod axis;
mod output;
mod paper;
mod tables;

use super::help::{self, Keys};
use super::mending::{Taken, Typed};
use super::threads::Threads;
use super::{Report, Run, in_flag, json_line, numbers, progress, streams};
use crate::edge::distinct::{self, Output};
use crate::edge::world_files::Chosen;
use crate::engine::{Alteration, Dynamics, Error};
use crate::lab::{
    self, Cache, CellOrder, Event, Finished, LabPlan, LabPreset, LabRecipe, NO_AXIS, Steps, Theory,
    Vary,
};
use crate::worlds::World;
use axis::Axis;
use clap::Args;
use output::{Rows, Target};
use std::collections::BTreeMap;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

const EXAMPLES: &[&str] = &[
    "engram lab list",
    "engram lab basins:points=6,patterns=10 --world random:n=100,p=20 --rules hebb,pseudo-inverse",
    "engram lab basins:points=3,patterns=5 --world random:n=60,p=6 --rules hebb --vary world.p=3..9/3 --json",
    "engram lab textbook-walsh",
    "engram lab wheel --world glyphs:size=8,p=6 --side 16",
    "engram lab census --world glyphs:size=8,p=6 --rules hebb --count 500",
    "engram lab bands --world random:n=60,p=12 --rules dense --vary rule.n=2..4 --count 300",
    "engram lab fragile --world random:n=16,p=2 --rules hebb",
    "engram lab tree --world random:n=12,p=2 --rules hebb",
    "engram lab states --world random:n=10,p=2 --rules hebb --dynamics sync",
    "engram lab basins:points=4,patterns=5 --world random:n=60,p=6 --rules hebb --shard 1/2 --out part.csv --resume",
];

const KEYS: &Keys = &[
    ("command", "the command line that gives the same rows"),
    (
        "recipe",
        "experiment, world, rules, dynamics, seed and all else that decides the rows, by name",
    ),
    ("first_cell", "the cell of the first row, from 0"),
    ("n_cells", "cells of the whole run"),
    ("rows", "the rows, each with the names of its columns"),
    (
        "curves",
        "for every rule and place on further axes: name, rule, what is read off the curve, a sentence (said), and the lines of theory (name, formula, points). What is read differs by experiment: 'engram lab list --json' names the keys (readings); of basins it is m_c, with m_c_error (its standard error, null where the rows that decide it were read from a file) and m_c_bound ('or less' or 'or more' where the axis ends before the curve crosses, else null)",
    ),
    ("remarks", "cells without numbers, and why, a sentence each"),
];

/// Ask a question of many memories: rows of numbers with errors, and what is read off them.
///
/// NAME is an experiment or a preset, the recipe of a figure; wheel, plane, census, fragile, tree and states look at the
/// attractors of one memory, bands at those of one memory along a setting (--vary rule.n=2..6); 'list' describes all of them,
/// 'show FILE' sums up the table of a file, 'merge FILE …' puts the shards of one run together; 'paper' measures what was
/// published and says whether it holds. Of one memory, --json tells n_starts, n_attractors and attractors (the largest share
/// first, by the names of a census' columns), and of a whole picture basin_entropy, boundary_entropy, exponent, exponent_error
/// and scales (pixels, share of differing ends); of bands n_values, count, values (each with kinds, n_attractors and, where
/// nothing could be learned, problem) and bands (attractors followed along the axis: kind and pattern where they are born,
/// rest, born and last as places among values, end, merged_into, shares); of a tree leaves and merges, of several rules
/// trees; of states n_units, n_states, attractors (length, states as Σ 2^i over units at +1, basin), garden_of_eden and
/// depth. Rows are ECSV: comma-separated values under a header that says what they are.
#[derive(Args)]
#[command(
    after_help = help::examples(EXAMPLES),
    after_long_help = help::examples_and_keys(EXAMPLES, KEYS.iter().copied())
)]
pub(super) struct Lab {
    /// The experiment, NAME or NAME:key=value,…; or a preset; or wheel, plane, census, bands, fragile, tree or states; or
    /// list, show, merge or paper
    what: String,
    /// Files of show and merge
    files: Vec<PathBuf>,
    /// Where patterns come from, NAME:key=value,… or a file or folder [default: the experiment's]
    #[arg(long, value_name = "WORLD", value_parser = Chosen::parse)]
    world: Option<Chosen>,
    /// Learning rules, A,B:key=value,…: a piece with = and no : belongs to the rule before it [default: the experiment's]
    #[arg(long, value_name = "RULES")]
    rules: Option<String>,
    /// What is done to couplings after learning [default: nothing]
    #[arg(long, value_name = "SETTINGS", value_parser = Alteration::parse)]
    alter: Option<Alteration>,
    /// How states move [default: the experiment's]
    #[arg(long, value_name = "DYNAMICS", value_parser = Dynamics::parse)]
    dynamics: Option<Dynamics>,
    /// Sweeps after which a run that has not settled is stopped [default: 100]
    #[arg(long, value_name = "N", value_parser = numbers::sweeps, allow_negative_numbers = true)]
    max_sweeps: Option<u64>,
    /// Seed S of everything random [default: 7]
    #[arg(long, value_name = "S", value_parser = numbers::seed, allow_negative_numbers = true)]
    seed: Option<u64>,
    /// How often each cell is worked out, with other patterns and noise, 1 to 10000 [default: the experiment's]
    #[arg(long, value_name = "R", value_parser = numbers::repeats, allow_negative_numbers = true)]
    repeats: Option<usize>,
    /// A further axis: PATH=low..high/steps, both ends included, /log after it for equal ratios, PATH=low..high in steps of
    /// 1 where both are whole numbers, or PATH=a;b;c; twice for a grid; none for no axis [default: the experiment's, and none with --world]
    #[arg(long, value_name = "AXIS", value_parser = Axis::parse)]
    vary: Vec<Axis>,
    #[command(flatten)]
    threads: Threads,
    /// What stands on the rim of a wheel, clockwise from the top, with commas between: stored:K, unseen:K, feature:K or
    /// random:SEED [default: the first pattern of each class]
    #[arg(long, value_name = "STARTS")]
    rim: Option<String>,
    /// What stands at the corners of a plane: top, right, left; written as --rim is
    #[arg(long, value_name = "STARTS")]
    corners: Option<String>,
    /// Pixels along a side of a wheel or a plane, 2 to 2048 [default: 64]
    #[arg(long, value_name = "N", value_parser = numbers::side, allow_negative_numbers = true)]
    side: Option<usize>,
    /// What a census or bands start from: random, stored, unseen or corrupted:SHARE [default: random]
    #[arg(long, value_name = "KIND")]
    starts: Option<String>,
    /// Starts of a census, or of each value of bands, 1 to 100000000 [default: 10000, and 1000 of bands]
    #[arg(long, value_name = "N", value_parser = numbers::count, allow_negative_numbers = true)]
    count: Option<u64>,
    /// Couplings N × N (.npy) in place of a world and a rule, for questions about one memory
    #[arg(long, value_name = "J.npy", conflicts_with_all = ["world", "rules"])]
    couplings: Option<PathBuf>,
    /// Write rows to this file instead, each as soon as those before it are there
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Go on with the file that --out names, or begin it
    #[arg(long, requires = "out")]
    resume: bool,
    /// Only part I of N of the cells, consecutive ones: I/N, I from 1
    #[arg(long, value_name = "I/N", value_parser = numbers::shard)]
    shard: Option<(usize, usize)>,
    /// Only what takes a second or two of paper
    #[arg(long)]
    quick: bool,
    /// Print one JSON object on one line
    #[arg(long)]
    json: bool,
}

impl Run for Lab {
    fn run(&self) -> Result<Report, Error> {
        let takes_files = matches!(&*self.what, "show" | "merge");
        if !takes_files && let Some(file) = self.files.first() {
            let why = "only show and merge take files";
            return Err(Error::System(why.to_owned()).in_source(file.display().to_string()));
        }
        match &*self.what {
            what if attractors::is_one(what) => {
                return self.threads.share(|| attractors::report(self));
            }
            "list" | "show" | "merge" | "paper" => self.check_idle()?,
            _ if let Some(flag) = self.of_attractors() => {
                return Err(Error::Idle {
                    setting: flag,
                    others: "anything but wheel, plane, census, bands, fragile, tree and states"
                        .to_owned(),
                });
            }
            _ if self.quick => {
                return Err(Error::Idle {
                    setting: "--quick",
                    others: "anything but 'engram lab paper'".to_owned(),
                });
            }
            _ => {}
        }
        match &*self.what {
            "list" => Ok(tables::list(self.json)),
            "paper" => self.threads.share(|| paper::report(self)),
            "show" => tables::show(&self.files, self.json),
            "merge" => tables::merge(&self.files, self.out.as_deref()),
            _ => self.threads.share(|| self.report()),
        }
    }
}

impl Lab {
    /// A flag that only questions about the attractors of one memory take, if it was given.
    fn of_attractors(&self) -> Option<&'static str> {
        let given = [
            ("--rim", self.rim.is_some()),
            ("--corners", self.corners.is_some()),
            ("--side", self.side.is_some()),
            ("--starts", self.starts.is_some()),
            ("--count", self.count.is_some()),
            ("--couplings", self.couplings.is_some()),
        ];
        given
            .iter()
            .find(|(_, given)| *given)
            .map(|(flag, _)| *flag)
    }

    /// Refuses what only an experiment takes.
    fn check_idle(&self) -> Result<(), Error> {
        let given = [
            ("--world", self.world.is_some()),
            ("--rules", self.rules.is_some()),
            ("--alter", self.alter.is_some()),
            ("--dynamics", self.dynamics.is_some()),
            ("--max-sweeps", self.max_sweeps.is_some()),
            ("--seed", self.seed.is_some()),
            ("--repeats", self.repeats.is_some()),
            ("--vary", !self.vary.is_empty()),
            ("--shard", self.shard.is_some()),
            ("--resume", self.resume),
            ("--out", self.out.is_some() && self.what != "merge"),
            ("--json", self.json && self.what == "merge"),
        ];
        let given = given.into_iter().find(|(_, given)| *given);
        match given.map(|(flag, _)| flag).or_else(|| self.of_attractors()) {
            Some(setting) => Err(Error::Idle {
                setting,
                others: format!("'engram lab {}'", self.what),
            }),
            None => Ok(()),
        }
    }

    fn report(&self) -> Result<Report, Error> {
        let mut notes = Vec::new();
        let plan = Arc::new(LabPlan::new(self.recipe(&mut notes)?)?);
        let range = match self.shard {
            Some((shard, n_shards)) => plan.shard(shard - 1, n_shards),
            None => 0..plan.n_cells(),
        };
        self.check_paths()?;
        let target = match &self.out {
            Some(path) => Target::file(path, &plan, &range, self.resume)?,
            None if self.json => Target::Kept,
            None => Target::printed(&plan),
        };
        let mut rows = Rows::new(range.clone(), target);
        let theory = work(&plan, &range, &mut rows)?;
        notes.extend(rows.finish()?);
        let summary = output::Summary::of(&plan, range.start, rows.into_rows(), &theory);
        notes.extend(summary.remarks().iter().cloned());
        let out = match (self.json, &self.out) {
            (true, _) => json_line(&summary),
            (false, Some(_)) => summary.text(),
            (false, None) => {
                notes.extend(summary.said());
                String::new()
            }
        };
        Ok(Report::new(out, notes))
    }

    /// What the experiment or the preset starts from.
    fn first_recipe(&self) -> Result<LabRecipe, Error> {
        LabRecipe::named(&self.what).map_err(|problem| match problem {
            Error::Unknown { kind, name, known } if kind == "experiment" => {
                let presets: Vec<&str> = LabPreset::ALL.iter().map(|it| it.name).collect();
                let presets = presets.join(", ");
                Error::Unknown {
                    kind,
                    name,
                    known: format!(
                        "{known}; a preset: {presets}; wheel, plane, census, bands, fragile, tree, states; or list, show, merge, paper"
                    ),
                }
            }
            other => other,
        })
    }

    /// The recipe that the flags ask for; what there is to say of the world is added to `notes`.
    fn recipe(&self, notes: &mut Vec<String>) -> Result<LabRecipe, Error> {
        let mut recipe = self.first_recipe()?;
        let seed = self.seed.unwrap_or(recipe.seed);
        if let Some(chosen) = &self.world {
            let unseen = recipe.experiment.experiment().needs_unseen();
            recipe.world = opened(chosen, unseen, seed, notes)?;
            // The axes of an experiment are of its own world.
            recipe.vary.clear();
        }
        if let Some(rules) = &self.rules {
            recipe.rules = lab::rules(rules).map_err(in_flag("--rules"))?;
        }
        recipe.seed = seed;
        recipe.alteration = self.alter.unwrap_or_default();
        recipe.dynamics = self.dynamics.unwrap_or(recipe.dynamics);
        recipe.max_sweeps = self.max_sweeps.unwrap_or(recipe.max_sweeps);
        recipe.repeats = self.repeats.unwrap_or(recipe.repeats);
        if !self.vary.is_empty() {
            recipe.vary = self.axes()?;
        }
        Ok(recipe)
    }

    /// The further axes that were typed. Refused: none of them, beside one.
    fn axes(&self) -> Result<Vec<Vary>, Error> {
        let axes = self.vary.iter().filter_map(|axis| match axis {
            Axis::None => None,
            Axis::Of(vary) => Some(vary.clone()),
        });
        let axes: Vec<Vary> = axes.collect();
        match axes.first() {
            Some(one) if axes.len() < self.vary.len() => Err(Error::Twice {
                setting: "--vary".to_owned(),
                first: NO_AXIS.to_owned(),
                second: one.to_string(),
            }),
            _ => Ok(axes),
        }
    }

    /// Refuses a file that is read.
    fn check_paths(&self) -> Result<(), Error> {
        let world = self.world.as_ref().and_then(Chosen::path);
        distinct::check_paths(
            &distinct::named([
                ("--world", world),
                ("--couplings", self.couplings.as_deref()),
            ]),
            &Output::files([("--out", self.out.as_deref())]),
        )
    }
}

/// Works out what is missing in `rows`; what theory draws beside each series.
fn work(
    plan: &Arc<LabPlan>,
    range: &Range<usize>,
    rows: &mut Rows,
) -> Result<BTreeMap<usize, Vec<Theory>>, Error> {
    let missing = range.start + rows.n_known()..range.end;
    let cells = plan.cells(missing, CellOrder::Rows);
    let steps = Steps::new(Arc::clone(plan), &cells, Cache::default(), Arc::default());
    let mut line = progress::Line::new("lab");
    let mut theory = BTreeMap::new();
    for event in steps {
        match event {
            Event::Finished(finished) => rows.take(finished)?,
            Event::Theory { series, lines } => {
                theory.insert(series, lines);
            }
            Event::Progress(done) => line.show(done),
            Event::Together { .. } => {}
        }
    }
    line.clear();
    Ok(theory)
}

/// The world that was chosen. What was mended of one that is made of files, and what is odd about it, are added to
/// `notes`.
fn opened(
    chosen: &Chosen,
    unseen: bool,
    seed: u64,
    notes: &mut Vec<String>,
) -> Result<World, Error> {
    let typed = Typed {
        chosen: Some(chosen),
        unseen,
        ..Typed::default()
    };
    let world = chosen.open().map_err(in_flag("--world"))?;
    if chosen.path().is_none() {
        return Ok(world);
    }
    let taken = super::mending::taken(&world, typed, seed);
    let Taken {
        source, findings, ..
    } = taken.map_err(in_flag("--world"))?;
    notes.extend(findings.remarks.iter().cloned());
    notes.extend(findings.warnings());
    Ok(source.world().clone())
}

/// A cell without numbers, in a sentence.
fn remark(plan: &LabPlan, finished: &Finished) -> Option<String> {
    let problem = finished.problem.as_ref()?;
    // All axes, the rule, and the own axis.
    let n_axes = plan.recipe().vary.len() + 2;
    let entries = plan.columns().iter().zip(&finished.row).take(n_axes);
    let axes = entries.map(|(column, entry)| format!("{} = {}", column.name, entry.write()));
    let axes: Vec<String> = axes.collect();
    Some(format!("no numbers at {}: {problem}", axes.join(", ")))
}

/// Prints rows at once.
fn print(text: &str) {
    streams::print(text);
}

#[cfg(test)]
#[path = "lab/tests.rs"]
mod tests;
