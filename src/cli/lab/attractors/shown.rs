//! `engram lab show` of a table of attractors: what stands in it, summed up.

use super::bands::{summary_line, value_kinds};
use super::summary::{Summary, kind_of};
use super::text::TableText;
use crate::cli::lab::aligned::aligned;
use crate::cli::lab::{Report, json_line};
use crate::engine::Error;
use crate::engine::attractors::BasinEntropies;
use crate::lab::portraits::PortraitRecipe;
use crate::lab::portraits::bands::{band_groups, band_value};
use crate::lab::portraits::fragile::fragile_columns;
use crate::lab::portraits::table::{
    CensusRow, MAX_SIDE, TablePixel, map, merged, rows_inside, unseen_share,
};
use crate::lab::{Column, Vary};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// What the table of `bytes` holds; none where it is of an experiment.
pub(in crate::cli::lab) fn show(bytes: &[u8], as_json: bool) -> Option<Result<Report, Error>> {
    let what = TableText::what(bytes)?;
    let of: fn(&TableText) -> Result<Told, Error> = match &*what {
        "wheel" | "plane" => picture,
        "census" => census,
        "fragile" => fragile,
        "bands" => bands,
        _ => return None,
    };
    Some(TableText::of(bytes).and_then(|table| {
        let (text, mut object) = of(&table)?;
        let command = table.command();
        let out = if as_json {
            object.insert("command".to_owned(), json!(command));
            json_line(&object)
        } else {
            format!("{command}\n\n{text}")
        };
        let torn = "the last row is torn and left out".to_owned();
        Ok(Report::new(
            out,
            table.is_torn.then_some(torn).into_iter().collect(),
        ))
    }))
}

/// In words, and as JSON.
type Told = (String, Map<String, Value>);

/// The object that `json!` makes of names and values.
fn object<const N: usize>(entries: [(&str, Value); N]) -> Map<String, Value> {
    let entries = entries.into_iter();
    entries
        .map(|(key, value)| (key.to_owned(), value))
        .collect()
}

/// Pixels by label, and how mixed basins are, of a picture that is whole.
fn picture(table: &TableText) -> Result<Told, Error> {
    let pixels = table.read("a picture", TablePixel::read)?;
    let row = |pixel: &TablePixel| CensusRow {
        label: pixel.label.clone(),
        kind: kind_of(&pixel.label, pixel.cycle).to_owned(),
        patterns: Vec::new(),
        length: pixel.cycle,
        count: 1,
        energy: None,
        sweeps: BTreeMap::from([(pixel.sweeps, 1)]),
    };
    let summary = Summary(merged(pixels.iter().map(row)));
    let entropies = entropies(table, &pixels)?;
    let total = summary.total();
    let attractors = summary.0.iter().map(|row| {
        let share = row.count as f64 / total.max(1) as f64;
        json!({"attractor": row.label, "kind": row.kind, "count": row.count, "share": share})
    });
    let mut text = summary.text();
    if let Some(found) = entropies {
        let (basin, boundary) = (found.basin, found.boundary);
        let told = format!("basin entropy {basin:.3}, boundary basin entropy {boundary:.3}\n");
        text.push_str(&told);
    }
    let object = object([
        ("n_starts", json!(total)),
        ("n_attractors", json!(summary.0.len())),
        ("attractors", attractors.collect()),
        ("basin_entropy", json!(entropies.map(|it| it.basin))),
        ("boundary_entropy", json!(entropies.map(|it| it.boundary))),
    ]);
    Ok((text, object))
}

/// How mixed basins are; of a whole picture. Refused: pixels outside of the picture.
fn entropies(table: &TableText, pixels: &[TablePixel]) -> Result<Option<BasinEntropies>, Error> {
    let side: Option<usize> = table.part("side").and_then(|side| side.parse().ok());
    let is_inside =
        |side: &usize| *side <= MAX_SIDE && pixels.iter().all(|it| it.x < *side && it.y < *side);
    let side = side.filter(is_inside).ok_or_else(|| Error::Format {
        expected: "pixels lie inside of their picture".to_owned(),
        found: "one does not, or the picture has no side".to_owned(),
    })?;
    let recipe = match table.part("experiment") {
        Some("plane") => PortraitRecipe::Plane {
            corners: Vec::new(),
        },
        _ => PortraitRecipe::default(),
    };
    let all = rows_inside(&recipe, side);
    let ends = [pixels.first(), pixels.last()].map(|pixel| pixel.map(|pixel| pixel.y));
    if table.is_torn || ends != [Some(all.start), Some(all.end - 1)] {
        return Ok(None);
    }
    Ok(map(side, pixels)?.entropies())
}

fn census(table: &TableText) -> Result<Told, Error> {
    let summary = Summary(merged(table.read("a census", CensusRow::read)?));
    let missed = unseen_share(&summary.0);
    let text = format!(
        "{}starts to come end elsewhere: about {:.1} %\n",
        summary.text(),
        100.0 * missed
    );
    let object = object([
        ("n_starts", json!(summary.total())),
        ("n_attractors", json!(summary.0.len())),
        ("attractors", summary.attractors().into()),
        ("unseen_share", json!(missed)),
    ]);
    Ok((text, object))
}

fn fragile(table: &TableText) -> Result<Told, Error> {
    let columns = fragile_columns();
    let is_whole = |fields: &[String]| (fields.len() == columns.len()).then(|| fields.to_vec());
    let rows = table.read("fragile patterns", is_whole)?;
    let named = |fields: &Vec<String>| {
        let number = |text: &str| text.parse::<u64>().map_or(Value::Null, Value::from);
        let units = |text: &str| {
            let units = text.split_whitespace().map(number);
            units.collect::<Vec<Value>>()
        };
        let entries = columns.iter().zip(fields);
        let entries = entries.map(|(column, text)| {
            let value = match &*column.name {
                "units" => units(text).into(),
                "exact" => (text == "yes").into(),
                _ => number(text),
            };
            (column.name.clone(), value)
        });
        Value::from(entries.collect::<Map<String, Value>>())
    };
    let objects: Vec<Value> = rows.iter().map(named).collect();
    let names: Vec<String> = columns
        .into_iter()
        .map(|Column { name, .. }| name)
        .collect();
    let text = format!("{}{} patterns\n", aligned(&names, &rows), rows.len());
    Ok((text, object([("rows", objects.into())])))
}

fn bands(table: &TableText) -> Result<Told, Error> {
    let vary = Vary::parse(table.part("vary").unwrap_or_default())?;
    let groups = band_groups(&vary, &table.rows)?;
    let (mut text, mut values) = (String::new(), Vec::with_capacity(groups.len()));
    for group in &groups {
        let value = &vary.values[group.index];
        text += &summary_line(&vary.path, value, &group.rows);
        values.push(Value::from(value_kinds(&band_value(value), &group.rows)));
    }
    let (found, all) = (groups.len(), vary.values.len());
    let told = format!("{found} of {all} values\n");
    text.push_str(&told);
    let count: Option<u64> = table.part("count").and_then(|count| count.parse().ok());
    let object = object([
        ("n_values", json!(all)),
        ("count", json!(count)),
        ("values", values.into()),
    ]);
    Ok((text, object))
}
