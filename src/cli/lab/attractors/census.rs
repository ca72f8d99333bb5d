//! A census: what many starts of one kind end in.

use super::asked::Question;
use super::out_file::OutFile;
use super::part_of;
use super::summary::Summary;
use super::text::TableText;
use crate::cli::lab::{Lab, Report, json_line};
use crate::cli::{in_flag, progress};
use crate::engine::Error;
use crate::engine::attractors::CensusStarts;
use crate::lab::ecsv;
use crate::lab::portraits::table::{CensusRow, census, census_columns, census_rows, unseen_share};
use serde_json::json;
use std::ops::Range;

/// Starts where nobody says.
const USUAL_COUNT: u64 = 10_000;

/// What a census or bands start from, whether from unseen patterns, and how that is written.
pub(super) fn starts_of(lab: &Lab) -> Result<(CensusStarts, bool, String), Error> {
    let text = lab.starts.as_deref().unwrap_or("random");
    let (starts, unseen) = match text.split_once(':') {
        None if text == "random" => (CensusStarts::Random, false),
        None if text == "stored" => (CensusStarts::Patterns, false),
        None if text == "unseen" => (CensusStarts::Patterns, true),
        Some(("corrupted", share)) => {
            let share = share.parse().map_err(|_no_number| Error::Range {
                setting: "the share of corrupted units",
                range: "from 0 to 1".to_owned(),
                value: format!("'{share}'"),
            });
            let share = share.map_err(in_flag("--starts"))?;
            (CensusStarts::Corrupted { share }, false)
        }
        _ => {
            let problem = Error::Unknown {
                kind: "kind of start",
                name: text.to_owned(),
                known: "random, stored, unseen, corrupted:SHARE".to_owned(),
            };
            return Err(problem.in_source("--starts"));
        }
    };
    Ok((starts, unseen, text.to_owned()))
}

/// Lets the starts go, and counts.
pub(super) fn report(
    lab: &Lab,
    question: &Question,
    mut notes: Vec<String>,
) -> Result<Report, Error> {
    let (from, unseen, written) = starts_of(lab)?;
    let count = lab.count.unwrap_or(USUAL_COUNT);
    let own = [("starts", written), ("count", count.to_string())];
    let columns = census_columns();
    let header = question.written.header(&columns, "census", &own);
    let range = part_of(lab.shard, &(0..count as usize));
    let range = range.start as u64..range.end as u64;
    let out = OutFile::of(lab, &header)?;
    let there = out.as_ref().map(|file| whole(file, &header, &range));
    let rows = if let Some(rows) = there.transpose()?.flatten() {
        let name = out.as_ref().map_or_else(String::new, OutFile::name);
        notes.push(format!("{name}: all of it was there"));
        rows
    } else {
        let mut line = progress::Line::new("lab");
        let all = range.end - range.start;
        let catalogue = census(&question.memory, from, unseen, range, |done| {
            line.show(done as f32 / all.max(1) as f32);
        });
        line.clear();
        let rows = census_rows(&catalogue?);
        if let Some(path) = &lab.out {
            // All at once, so that the file is whole or not there.
            let table = table(&header, &rows);
            crate::cli::write("--out", path, table.as_bytes(), &mut notes)?;
        }
        rows
    };
    let summary = Summary(rows);
    let missed = unseen_share(&summary.0);
    if lab.json {
        let object = json!({
            "command": question.written.command("census", &own),
            "n_starts": summary.total(),
            "n_attractors": summary.0.len(),
            "attractors": summary.attractors(),
            "unseen_share": missed,
        });
        return Ok(Report::new(json_line(&object), notes));
    }
    if lab.out.is_some() {
        return Ok(Report::new(summary.text(), notes));
    }
    Ok(Report::new(table(&header, &summary.0), notes))
}

/// The rows of the census of `range` that stand in `file`; none where they are not all there, as they come at once.
/// Refused: rows that were edited.
fn whole(
    file: &OutFile,
    header: &str,
    range: &Range<u64>,
) -> Result<Option<Vec<CensusRow>>, Error> {
    let text = file.rows()?;
    if text.is_empty() {
        return Ok(None);
    }
    let read = TableText::of((header.to_owned() + text).as_bytes());
    let rows = read.and_then(|table| table.read("a census", CensusRow::read));
    let rows = rows.map_err(|why| file.named(why))?;
    let counted: u64 = rows.iter().map(|row| row.count).sum();
    if counted < range.end - range.start {
        return Ok(None);
    }
    if lines(&rows) != text || counted > range.end - range.start {
        return Err(file.named(Error::Format {
            expected: "rows are those of the recipe".to_owned(),
            found: "these are others, or were edited".to_owned(),
        }));
    }
    Ok(Some(rows))
}

/// The table of these rows.
pub(super) fn table(header: &str, rows: &[CensusRow]) -> String {
    header.to_owned() + &lines(rows)
}

/// The rows as text.
fn lines(rows: &[CensusRow]) -> String {
    let total = rows.iter().map(|row| row.count).sum();
    let missed = unseen_share(rows);
    let lines = rows.iter().map(|row| ecsv::line(&row.row(total, missed)));
    lines.collect()
}
