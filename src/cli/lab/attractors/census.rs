//! A census: what many starts of one kind end in.

use super::summary::Summary;
use super::{Question, part_of};
use crate::cli::lab::{Lab, Report, json_line};
use crate::cli::{in_flag, progress};
use crate::edge::open;
use crate::engine::Error;
use crate::engine::attractors::CensusStarts;
use crate::lab::ecsv;
use crate::lab::portraits::table::{Census, CensusRow, census_columns, unseen_share};
use serde_json::json;

/// Starts where nobody says.
const USUAL_COUNT: u64 = 10_000;

/// How starts of a census are written.
fn starts_of(lab: &Lab) -> Result<(CensusStarts, bool, String), Error> {
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
    let header = question.header(&columns, "census", &own);
    if let Some(path) = &lab.out {
        let named = |why: Error| why.in_source(path.display().to_string()).in_source("--out");
        if open::exists(path).map_err(named)? {
            let why = "this file is there: name another one";
            return Err(named(Error::System(why.to_owned())));
        }
    }
    let range = part_of(lab.shard, &(0..count as usize));
    let mut line = progress::Line::new("lab");
    let numbers = range.start as u64..range.end as u64;
    let all = numbers.end - numbers.start;
    let census = Census::of(&question.memory, from, unseen, numbers, |done| {
        line.show(done as f32 / all.max(1) as f32);
    });
    line.clear();
    let rows = census?.rows();
    let summary = Summary(rows);
    let missed = unseen_share(&summary.0);
    if let Some(path) = &lab.out {
        let table = table(&header, &summary.0);
        crate::cli::write("--out", path, table.as_bytes(), &mut notes)?;
    }
    if lab.json {
        let object = json!({
            "command": question.command("census", &own),
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

/// The table of these rows.
pub(super) fn table(header: &str, rows: &[CensusRow]) -> String {
    let total = rows.iter().map(|row| row.count).sum();
    let missed = unseen_share(rows);
    let lines = rows.iter().map(|row| ecsv::line(&row.row(total, missed)));
    header.to_owned() + &lines.collect::<String>()
}
