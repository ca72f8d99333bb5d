//! Shards of a picture, of a census or of bands as one table.

use super::bands::SHARD;
use super::census::table;
use super::text::TableText;
use crate::engine::Error;
use crate::lab::portraits::PortraitRecipe;
use crate::lab::portraits::bands::{BandKind, BandRow, band_groups, band_lines};
use crate::lab::portraits::table::{CensusRow, TablePixel, merged, rows_inside};
use crate::lab::{Vary, ecsv};
use std::collections::{BTreeMap, BTreeSet};

/// What stands in a file, by its name.
type Shard = (String, TableText);

/// Shards of a picture, of a census or of bands as one table; none where the files are of another experiment.
pub(in crate::cli::lab) fn merge(files: &[(String, Vec<u8>)]) -> Option<Result<String, Error>> {
    match &*TableText::what(&files.first()?.1)? {
        "wheel" | "plane" => Some(merge_pictures(files)),
        "census" => Some(merge_censuses(files)),
        "bands" => Some(merge_bands(files)),
        _ => None,
    }
}

/// The tables of the files, by their names; each without what says of which shard it is, which bands do. Refused: rows that
/// are torn, and files of several runs.
fn same_run(files: &[(String, Vec<u8>)]) -> Result<Vec<Shard>, Error> {
    let mut all: Vec<Shard> = Vec::new();
    for (name, bytes) in files {
        let refuse = |why: &str| Error::System(why.to_owned()).in_source(name.clone());
        let mut table = TableText::of(bytes).map_err(|why| why.in_source(name.clone()))?;
        if table.is_torn {
            return Err(refuse("the last row is torn; --resume ends it"));
        }
        table.header = without_shard(&table);
        if all.first().is_some_and(|(_, it)| it.header != table.header) {
            return Err(refuse("this is a shard of another run than the first file"));
        }
        all.push((name.clone(), table));
    }
    Ok(all)
}

/// The header of the whole table that `table` is a shard of.
fn without_shard(table: &TableText) -> String {
    let Some(shard) = table.part(SHARD) else {
        return table.header.clone();
    };
    let flag = format!(" --{SHARD} {shard}'\n");
    let part = format!("#   - [{SHARD}, '{shard}']\n");
    table.header.replace(&flag, "'\n").replace(&part, "")
}

fn merge_pictures(files: &[(String, Vec<u8>)]) -> Result<String, Error> {
    let shards = same_run(files)?;
    let header = shards[0].1.header.clone();
    let part = |key: &str| shards[0].1.part(key);
    let side: usize = part("side").and_then(|it| it.parse().ok()).unwrap_or(0);
    let recipe = match part("experiment") {
        Some("plane") => PortraitRecipe::Plane {
            corners: Vec::new(),
        },
        _ => PortraitRecipe::default(),
    };
    let mut pieces = Vec::new();
    for (name, table) in &shards {
        let pixels = table.read("a picture", TablePixel::read);
        let pixels = pixels.map_err(|why| why.in_source(name.clone()))?;
        if let (Some(first), Some(last)) = (pixels.first(), pixels.last()) {
            pieces.push((first.y, last.y, name.clone(), pixels.clone()));
        }
    }
    pieces.sort_by_key(|(first, ..)| *first);
    let all = rows_inside(&recipe, side);
    let mut next = all.start;
    let mut table = header;
    for (first, last, name, pixels) in pieces {
        if first != next {
            let why = format!("it begins with row {first} of pixels, and row {next} is wanted");
            return Err(Error::System(why).in_source(name));
        }
        next = last + 1;
        table.extend(pixels.iter().map(|pixel| ecsv::line(&pixel.row())));
    }
    if next != all.end {
        let why = format!(
            "rows {next} to {} of pixels are in none of the files",
            all.end - 1
        );
        return Err(Error::System(why));
    }
    Ok(table)
}

fn merge_censuses(files: &[(String, Vec<u8>)]) -> Result<String, Error> {
    let shards = same_run(files)?;
    let mut all = Vec::new();
    for (name, table) in &shards {
        let rows = table.read("a census", CensusRow::read);
        all.extend(rows.map_err(|why| why.in_source(name.clone()))?);
    }
    let rows = merged(all);
    let counted: u64 = rows.iter().map(|row| row.count).sum();
    let first = &shards[0].1;
    let wanted = count_of(first);
    if counted != wanted {
        let why = format!("the files hold {counted} starts, and the census has {wanted}");
        return Err(Error::System(why));
    }
    Ok(table(&first.header, &rows))
}

/// Starts of the whole run.
fn count_of(table: &TableText) -> u64 {
    let count = table.part("count").and_then(|it| it.parse().ok());
    count.unwrap_or(0)
}

/// Counts of a value, a kind and a pattern are added up; a value that none of the files has could not be learned.
fn merge_bands(files: &[(String, Vec<u8>)]) -> Result<String, Error> {
    let shards = same_run(files)?;
    let first = &shards[0].1;
    let vary = Vary::parse(first.part("vary").unwrap_or_default())?;
    let mut seen = BTreeSet::new();
    let mut counts: BTreeMap<(usize, BandKind, Option<usize>), u64> = BTreeMap::new();
    for (name, table) in &shards {
        let named = |why: Error| why.in_source(name.clone());
        if !seen.insert(table.part(SHARD)) {
            let why = "this shard is there twice";
            return Err(named(Error::System(why.to_owned())));
        }
        for group in band_groups(&vary, &table.rows).map_err(named)? {
            let value = &vary.values[group.index];
            if !group.is_sound {
                let why = format!("rows of {value} are missing, or were edited");
                return Err(named(Error::System(why)));
            }
            for BandRow {
                kind,
                pattern,
                count,
            } in group.rows
            {
                *counts.entry((group.index, kind, pattern)).or_insert(0) += count;
            }
        }
    }
    let wanted = count_of(first);
    let mut table = first.header.clone();
    for (index, value) in vary.values.iter().enumerate() {
        let of_value = counts.range((index, BandKind::Stored, None)..);
        let of_value = of_value.take_while(|((other, ..), _)| *other == index);
        let rows = of_value.map(|((_, kind, pattern), count)| BandRow {
            kind: *kind,
            pattern: *pattern,
            count: *count,
        });
        let rows: Vec<BandRow> = rows.collect();
        let counted: u64 = rows.iter().map(|row| row.count).sum();
        if counted != wanted && !rows.is_empty() {
            let (path, value) = (&vary.path, value.to_string());
            let why = format!(
                "the files hold {counted} starts of {path} = {value}, and there are {wanted}"
            );
            return Err(Error::System(why));
        }
        table.push_str(&band_lines(value, &rows));
    }
    Ok(table)
}
