//! `engram lab list`, `show` and `merge`: what experiments there are, and tables that were written.

use super::aligned::aligned;
use super::output::Summary;
use super::{Report, attractors, json_line};
use crate::cli::{in_flag, in_path, settings};
use crate::edge::distinct::{self, Output};
use crate::edge::open;
use crate::edge::world_files::open_world;
use crate::engine::Error;
use crate::engine::settings::Kinds as _;
use crate::lab::{Column, Finished, Lab, LabEntry, LabPreset, Together, ecsv};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Every experiment.
pub(super) fn list(as_json: bool) -> Report {
    let experiments = Lab::all();
    let of_one = attractors::ALL.iter().map(|(name, about)| {
        let columns = attractors::columns(name);
        let names: Vec<&str> = columns.iter().map(|column| &*column.name).collect();
        settings::Entry {
            name,
            title: "of one memory",
            summary: about,
            rows: vec![("  Columns", names.join(", "))],
            json: json!({
                "name": name,
                "question": about,
                "columns": columns.iter().map(described).collect::<Vec<Value>>(),
                "readings": attractors::readings(name),
            }),
        }
    });
    settings::list(experiments.iter().map(entry).chain(of_one), as_json)
}

fn entry(lab: &Lab) -> settings::Entry {
    let experiment = lab.experiment();
    let about = experiment.about();
    let mut columns = vec![experiment.axis().column];
    columns.extend(experiment.columns());
    let mut rows = vec![
        ("  To read", about.reading.to_owned()),
        ("  World", about.world.to_owned()),
        ("  Rules", about.rules.join(",")),
        ("  Dynamics", about.dynamics.to_owned()),
        ("  Repeats", about.repeats.to_string()),
    ];
    rows.extend(
        about
            .vary
            .iter()
            .map(|vary| ("  Varies", (*vary).to_owned())),
    );
    let told = |column: &Column| ("  Column", format!("{}: {}", column.name, column.meaning));
    rows.extend(columns.iter().map(told));
    let readings = experiment.reading_keys().join(", ");
    if !readings.is_empty() {
        rows.push(("  Reads", readings));
    }
    let together = experiment.scaling().map(|_| &Together::KEYS);
    if let Some(together) = together {
        rows.push(("  Reads of all N", together.join(", ")));
    }
    for preset in LabPreset::of(about.name) {
        rows.push(("  Preset", format!("{}: {}", preset.name, preset.about)));
    }
    rows.extend(settings::rows(experiment));
    let columns = columns.iter().map(described);
    settings::Entry {
        name: about.name,
        title: about.title,
        summary: about.question,
        rows,
        json: json!({
            "name": about.name,
            "title": about.title,
            "question": about.question,
            "reading": about.reading,
            "world": about.world,
            "rules": about.rules,
            "dynamics": about.dynamics,
            "vary": about.vary,
            "repeats": about.repeats,
            "columns": columns.collect::<Vec<Value>>(),
            "readings": experiment.reading_keys(),
            "together": together.map_or(&[][..], |keys| &keys[..]),
            "presets": LabPreset::of(about.name).map(preset).collect::<Vec<Value>>(),
            "settings": settings::json(experiment),
        }),
    }
}

fn described(column: &Column) -> Value {
    json!({"name": column.name, "unit": column.unit, "meaning": column.meaning})
}

fn preset(preset: &LabPreset) -> Value {
    let recipe = preset.recipe();
    json!({
        "name": preset.name,
        "title": preset.title,
        "about": preset.about,
        "command": recipe.map(|recipe| recipe.command()).ok(),
    })
}

/// The table of one file: what its curves say.
pub(super) fn show(files: &[PathBuf], as_json: bool) -> Result<Report, Error> {
    let [file] = files else {
        return Err(Error::System("show takes one file".to_owned()));
    };
    let bytes = open::read(file).map_err(in_path("show", file))?;
    if let Some(shown) = attractors::show(&bytes, as_json) {
        return shown.map_err(in_path("show", file));
    }
    let table = ecsv::read(&bytes, &open_world).map_err(in_path("show", file))?;
    let rows = table.rows.into_iter().zip(table.first..);
    let columns = table.plan.columns();
    let finished = rows.map(|(row, cell)| Finished::read(cell, columns, row));
    let done: Vec<Finished> = finished.collect();
    let short = |entry: &LabEntry| match entry {
        LabEntry::Number(Some(number)) => crate::engine::numbers::short(*number),
        other => other.write(),
    };
    let names = columns.iter().map(|column| column.name.clone());
    let rounded = done.iter().map(|it| it.row.iter().map(short).collect());
    let lines = aligned(
        &names.collect::<Vec<String>>(),
        &rounded.collect::<Vec<Vec<String>>>(),
    );
    let summary = Summary::of(&table.plan, table.first, done, &BTreeMap::new());
    let out = if as_json {
        json_line(&summary)
    } else {
        format!(
            "{}\n\n{lines}\n{}",
            table.plan.recipe().command(),
            summary.text()
        )
    };
    let notes = table
        .torn
        .then(|| "the last row is torn and left out".to_owned());
    Ok(Report::new(out, notes.into_iter().collect()))
}

/// The shards of one run, in any order, as one table.
pub(super) fn merge(files: &[PathBuf], out: Option<&Path>) -> Result<Report, Error> {
    if files.is_empty() {
        return Err(Error::System(
            "merge takes the files of the shards".to_owned(),
        ));
    }
    let inputs: Vec<_> = files.iter().map(|file| ("merge", Some(&**file))).collect();
    for input in inputs {
        distinct::check_paths(&distinct::files([input]), &Output::files([("--out", out)]))?;
    }
    let read_all = files.iter().map(|file| {
        let bytes = open::read(file).map_err(in_path("merge", file))?;
        Ok((file.display().to_string(), bytes))
    });
    let bytes = read_all.collect::<Result<Vec<_>, Error>>()?;
    if let Some(merged) = attractors::merge(&bytes) {
        let table = merged.map_err(in_flag("merge"))?;
        return put(out, table);
    }
    let mut shards = Vec::with_capacity(files.len());
    for (file, (_, bytes)) in files.iter().zip(&bytes) {
        let table = ecsv::read(bytes, &open_world).map_err(in_path("merge", file))?;
        let refuse = |problem: &str| Err(in_path("merge", file)(Error::System(problem.to_owned())));
        if table.torn {
            return refuse("the last row is torn; --resume ends it");
        }
        shards.push((file, table));
    }
    shards.sort_by_key(|(_, table)| (table.rows.is_empty(), table.first));
    let plan = shards[0].1.plan.clone();
    let mut table = ecsv::header(&plan);
    let mut next = 0;
    for (file, shard) in &shards {
        let refuse = |problem: String| Err(in_path("merge", file)(Error::System(problem)));
        if shard.plan.recipe() != plan.recipe() {
            return refuse("this is a shard of another run than the first file".to_owned());
        }
        if shard.rows.is_empty() {
            continue;
        }
        if shard.first != next {
            return refuse(format!(
                "it begins with cell {}, and cell {next} is wanted",
                shard.first
            ));
        }
        next += shard.rows.len();
        for row in &shard.rows {
            table.push_str(&ecsv::line(row));
        }
    }
    if next < plan.n_cells() {
        let why = format!(
            "cells {next} to {} are in none of the files",
            plan.n_cells() - 1
        );
        return Err(in_flag("merge")(Error::System(why)));
    }
    put(out, table)
}

/// A table in a file, or printed.
fn put(out: Option<&Path>, table: String) -> Result<Report, Error> {
    let mut notes = Vec::new();
    let out = match out {
        Some(path) => {
            crate::cli::write("--out", path, table.as_bytes(), &mut notes)?;
            String::new()
        }
        None => table,
    };
    Ok(Report::new(out, notes))
}
