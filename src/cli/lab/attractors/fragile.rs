//! What breaks each stored pattern: the fewest flips after which it is not come back to.

use super::{Question, part_of};
use crate::cli::lab::{Lab, Report, json_line};
use crate::cli::progress;
use crate::edge::open;
use crate::engine::Error;
use crate::lab::ecsv;
use crate::lab::portraits::fragile::{BreakingFlips, fragile_columns};
use serde_json::{Value, json};

/// Searches pattern by pattern.
pub(super) fn report(
    lab: &Lab,
    question: &Question,
    mut notes: Vec<String>,
) -> Result<Report, Error> {
    let memory = &question.memory;
    let count = memory.patterns.n_patterns();
    if count == 0 {
        return Err(Error::NotEnough {
            asked: "stored patterns to break".to_owned(),
            available: "0: couplings of a file have none".to_owned(),
        });
    }
    if let Some(path) = &lab.out {
        let named = |why: Error| why.in_source(path.display().to_string()).in_source("--out");
        if open::exists(path).map_err(named)? {
            let why = "this file is there: name another one";
            return Err(named(Error::System(why.to_owned())));
        }
    }
    let header = question.header(&fragile_columns(), "fragile", &[]);
    let range = part_of(lab.shard, &(0..count));
    let mut line = progress::Line::new("lab");
    let mut found = Vec::with_capacity(range.len());
    for pattern in range.clone() {
        found.push(BreakingFlips::of(memory, pattern));
        line.show(found.len() as f32 / range.len().max(1) as f32);
    }
    line.clear();
    let lines = found.iter().map(|it| ecsv::line(&it.row()));
    let table = header + &lines.collect::<String>();
    if let Some(path) = &lab.out {
        crate::cli::write("--out", path, table.as_bytes(), &mut notes)?;
    }
    let out = match (lab.json, &lab.out) {
        (true, _) => {
            let rows = found.iter().map(|it| {
                json!({
                    "pattern": it.pattern,
                    "bound": it.bound,
                    "flips": it.units.as_ref().map(Vec::len),
                    "units": it.units,
                    "exact": it.exact,
                })
            });
            let rows: Vec<Value> = rows.collect();
            json_line(&json!({"command": question.command("fragile", &[]), "rows": rows}))
        }
        (false, Some(_)) => format!("{} patterns\n", found.len()),
        (false, None) => table,
    };
    Ok(Report::new(out, notes))
}
