//! Bands: what share of all starts each kind of attractor has, along one setting.

mod rows;

use super::asked::Asked;
use super::census::starts_of;
use super::part_of;
use crate::cli::lab::{Lab, Report, json_line};
use crate::cli::progress;
use crate::engine::Error;
use crate::engine::numbers::short;
use crate::engine::settings::Value as Setting;
use crate::lab::portraits::bands::{
    AttractorBand, BandColumn, BandEnd, BandEvent, BandKind, BandMap, BandRow, BandSteps,
    BandsRecipe, band_columns, band_value,
};
use crate::lab::{Cache, LabEntry, Vary};
use rows::{BandTable, DoneValue};
use serde_json::{Map, Value, json};
use std::ops::Range;
use std::sync::Arc;

/// Starts of each value where nobody says.
const USUAL_COUNT: u64 = 1000;

/// Letters from which on a number is shortened in words.
const LONG: usize = 8;

/// The part of a recipe that says which of the starts a table is of; tables of all starts do not have it.
pub(super) const SHARD: &str = "shard";

/// The one axis. Refused: none, several.
fn axis(lab: &Lab) -> Result<Vary, Error> {
    let axes = lab.axes()?;
    match &axes[..] {
        [one] => Ok(one.clone()),
        [] => Err(Error::System(
            "bands are along a setting: name it, as in --vary rule.n=2..6".to_owned(),
        )
        .in_source("--vary")),
        _ => Err(
            Error::System("one axis, not several: bands are along one setting".to_owned())
                .in_source("--vary"),
        ),
    }
}

/// Learns the memory of each value, lets the starts go in it, and counts.
pub(super) fn report(lab: &Lab, mut notes: Vec<String>) -> Result<Report, Error> {
    let vary = axis(lab)?;
    let (from, unseen, starts) = starts_of(lab)?;
    let (recipe, mut written) = Asked::of(lab, &mut notes)?.of_one_rule()?;
    let count = lab.count.unwrap_or(USUAL_COUNT);
    let own = [
        ("starts", starts),
        ("count", count.to_string()),
        ("vary", vary.to_string()),
    ];
    if let Some((shard, n_shards)) = lab.shard {
        written = written.and(SHARD, format!("{shard}/{n_shards}"));
    }
    let recipe = Arc::new(BandsRecipe {
        recipe,
        vary,
        from,
        unseen,
        count,
    });
    recipe.check()?;
    let header = written.header(&band_columns(Some(&recipe.vary)), "bands", &own);
    let part = part_of(lab.shard, &(0..count as usize));
    let part = part.start as u64..part.end as u64;
    let mut table = BandTable::of(lab, &header, &recipe.vary, part.end - part.start)?;
    let columns = work(lab, &recipe, part, &mut table)?;
    let n_read = table.n_read;
    let done = table.finish(&mut notes)?;
    let path = &recipe.vary.path;
    let told = done.iter().zip(&recipe.vary.values);
    notes.extend(told.clone().filter_map(|(it, value)| {
        let problem = it.problem.as_ref()?;
        Some(format!("no numbers at {path} = {value}: {problem}"))
    }));
    if lab.json {
        let bands = if n_read == 0 {
            Some(BandMap::of(&columns))
        } else {
            notes.push("attractors are followed where no value is read from a file".to_owned());
            None
        };
        let bands = bands.map(|map| map.bands.iter().map(band_json).collect::<Vec<Value>>());
        let values = told.map(|(it, value)| value_json(value, it));
        let object = json!({
            "command": written.command("bands", &own),
            "n_values": done.len(),
            "count": count,
            "values": values.collect::<Vec<Value>>(),
            "bands": bands,
        });
        return Ok(Report::new(json_line(&object), notes));
    }
    let lines = told.map(|(it, value)| summary_line(path, value, &it.rows));
    let text: String = lines.collect();
    if lab.out.is_some() {
        return Ok(Report::new(text, notes));
    }
    notes.push(text.trim_end().to_owned());
    Ok(Report::new(String::new(), notes))
}

/// Works out the values that `table` does not have; what came of them, where JSON asks for it.
fn work(
    lab: &Lab,
    recipe: &Arc<BandsRecipe>,
    part: Range<u64>,
    table: &mut BandTable,
) -> Result<Vec<BandColumn>, Error> {
    let missing = table.missing();
    let (cache, cancelled) = (Cache::default(), Arc::default());
    let steps = BandSteps::part(Arc::clone(recipe), &missing, part, cache, cancelled);
    let mut line = progress::Line::new("lab");
    let mut columns = Vec::new();
    for event in steps {
        match event {
            BandEvent::Value(column) => {
                table.take(&column)?;
                columns.extend(lab.json.then_some(column));
            }
            BandEvent::Progress(done) => line.show(done),
        }
    }
    line.clear();
    Ok(columns)
}

fn value_json(value: &Setting, done: &DoneValue) -> Value {
    let mut object = value_kinds(&band_value(value), &done.rows);
    object.insert("n_attractors".to_owned(), json!(done.n_attractors));
    if let Some(problem) = &done.problem {
        object.insert("problem".to_owned(), json!(problem));
    }
    object.into()
}

/// A value and its rows.
pub(super) fn value_kinds(value: &LabEntry, rows: &[BandRow]) -> Map<String, Value> {
    let value = match value {
        LabEntry::Text(text) => json!(text),
        LabEntry::Number(number) => json!(number),
    };
    let total = rows.iter().map(|row| row.count).sum();
    let kinds = rows.iter().map(|row| {
        let [low, high] = row.interval(total);
        json!({
            "kind": row.kind.name(),
            "pattern": row.pattern,
            "share": row.share(total),
            "share_low": low,
            "share_high": high,
            "count": row.count,
        })
    });
    let kinds: Vec<Value> = kinds.collect();
    Map::from_iter([
        ("value".to_owned(), value),
        ("kinds".to_owned(), kinds.into()),
    ])
}

fn band_json(band: &AttractorBand) -> Value {
    let places = band.places.iter();
    let shares = places.map(|place| place.as_ref().map(|place| place.share));
    let end = match band.ends {
        BandEnd::Last => "last",
        BandEnd::Vanished => "vanished",
        BandEnd::MergedInto(_) => "merged",
    };
    let mut object = Map::from_iter([
        ("kind".to_owned(), json!(band.kind.name())),
        ("pattern".to_owned(), json!(band.pattern)),
        ("rest".to_owned(), json!(band.is_rest)),
        ("born".to_owned(), json!(band.born)),
        ("last".to_owned(), json!(band.last())),
        ("end".to_owned(), json!(end)),
        (
            "shares".to_owned(),
            json!(shares.collect::<Vec<Option<f64>>>()),
        ),
    ]);
    if let BandEnd::MergedInto(other) = band.ends {
        object.insert("merged_into".to_owned(), json!(other));
    }
    object.into()
}

/// A value in a line: the share of each kind that it has.
pub(super) fn summary_line(path: &str, value: &Setting, rows: &[BandRow]) -> String {
    let total: u64 = rows.iter().map(|row| row.count).sum();
    let share = |kind: BandKind| {
        let of_kind = rows.iter().filter(|row| row.kind == kind);
        let count: u64 = of_kind.map(|row| row.count).sum();
        let percent = 100.0 * count as f64 / total.max(1) as f64;
        (count > 0).then(|| format!("{} {percent:.1} %", kind.name()))
    };
    let shares: Vec<String> = BandKind::ALL.into_iter().filter_map(share).collect();
    let written = band_value(value).write();
    let value = match band_value(value) {
        LabEntry::Number(Some(number)) if written.len() > LONG => short(number),
        _ => written,
    };
    let told = if shares.is_empty() {
        "no starts".to_owned()
    } else {
        shares.join(", ")
    };
    format!("{path} = {value}: {told}\n")
}
