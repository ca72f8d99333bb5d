//! Shards of a picture or of a census as one table.

use super::census::table;
use crate::engine::Error;
use crate::lab::ecsv;
use crate::lab::portraits::PortraitRecipe;
use crate::lab::portraits::table::{CensusRow, TablePixel, merged, rows_inside};

/// The rows of a file, by its name.
type Shard = (String, Vec<Vec<String>>);

/// Shards of a picture or of a census as one table; none where the files are of another experiment.
pub(in crate::cli::lab) fn merge(files: &[(String, Vec<u8>)]) -> Option<Result<String, Error>> {
    let what = |bytes: &[u8]| {
        let parts = ecsv::parts(bytes).ok()?;
        let (_, what) = parts.into_iter().find(|(key, _)| key == "experiment")?;
        Some(what)
    };
    let first = what(&files.first()?.1)?;
    match &*first {
        "wheel" | "plane" => Some(merge_pictures(files)),
        "census" => Some(merge_censuses(files)),
        _ => None,
    }
}

/// The header of a file, down to the names of the columns, and the fields of every row.
fn rows_of(name: &str, bytes: &[u8]) -> Result<(String, Vec<Vec<String>>), Error> {
    let refuse = |why: &str| Error::System(why.to_owned()).in_source(name.to_owned());
    let text = std::str::from_utf8(bytes).map_err(|_no_text| refuse("this is no text"))?;
    if !text.ends_with('\n') {
        return Err(refuse("the last row is torn; --resume ends it"));
    }
    let mut length = 0;
    let mut names = false;
    let mut rows = Vec::new();
    for line in text.split_inclusive('\n') {
        if !names {
            names = !line.starts_with('#');
            length += line.len();
            continue;
        }
        rows.push(ecsv::split(line.trim_end_matches('\n')));
    }
    Ok((text[..length].to_owned(), rows))
}

fn same_header(files: &[(String, Vec<u8>)]) -> Result<(String, Vec<Shard>), Error> {
    let mut header: Option<String> = None;
    let mut all = Vec::new();
    for (name, bytes) in files {
        let (own, rows) = rows_of(name, bytes)?;
        if header.get_or_insert_with(|| own.clone()) != &own {
            let why = "this is a shard of another run than the first file";
            return Err(Error::System(why.to_owned()).in_source(name.clone()));
        }
        all.push((name.clone(), rows));
    }
    Ok((header.unwrap_or_default(), all))
}

fn merge_pictures(files: &[(String, Vec<u8>)]) -> Result<String, Error> {
    let (header, shards) = same_header(files)?;
    let part = |key: &str| {
        let parts = ecsv::parts(header.as_bytes()).unwrap_or_default();
        let found = parts.into_iter().find(|(other, _)| other == key);
        found.map(|(_, value)| value)
    };
    let side: usize = part("side").and_then(|it| it.parse().ok()).unwrap_or(0);
    let recipe = match part("experiment").as_deref() {
        Some("plane") => PortraitRecipe::Plane {
            corners: Vec::new(),
        },
        _ => PortraitRecipe::default(),
    };
    let mut pieces = Vec::new();
    for (name, rows) in shards {
        let pixels = rows.iter().map(|fields| TablePixel::read(fields));
        let pixels = pixels.collect::<Option<Vec<TablePixel>>>();
        let pixels = pixels.ok_or_else(|| {
            Error::System("a row is none of a picture".to_owned()).in_source(name.clone())
        })?;
        if let (Some(first), Some(last)) = (pixels.first(), pixels.last()) {
            pieces.push((first.y, last.y, name, pixels.clone()));
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
    let (header, shards) = same_header(files)?;
    let mut all = Vec::new();
    for (name, rows) in shards {
        for fields in rows {
            let row = CensusRow::read(&fields).ok_or_else(|| {
                Error::System("a row is none of a census".to_owned()).in_source(name.clone())
            })?;
            all.push(row);
        }
    }
    let rows = merged(all);
    let counted: u64 = rows.iter().map(|row| row.count).sum();
    let parts = ecsv::parts(header.as_bytes())?;
    let count = parts.iter().find(|(key, _)| key == "count");
    let wanted: u64 = count.and_then(|(_, it)| it.parse().ok()).unwrap_or(0);
    if counted != wanted {
        let why = format!("the files hold {counted} starts, and the census has {wanted}");
        return Err(Error::System(why));
    }
    Ok(table(&header, &rows))
}
