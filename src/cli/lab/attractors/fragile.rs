//! What breaks each stored pattern: the fewest flips after which it is not come back to.

use super::asked::Question;
use super::part_of;
use super::sink::{Groups, Sink};
use crate::cli::lab::{Lab, Report, json_line};
use crate::cli::progress;
use crate::engine::Error;
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
    let header = question.written.header(&fragile_columns(), "fragile", &[]);
    let range = part_of(lab.shard, &(0..count));
    let groups = Groups {
        name: "patterns",
        range: range.clone(),
        places: &|pattern| vec![[pattern, 0]],
    };
    let mut sink = Sink::of(lab, &header, &groups, &mut notes)?;
    let mut line = progress::Line::new("lab");
    for pattern in range.start + sink.n_known..range.end {
        sink.take(vec![(pattern, BreakingFlips::of(memory, pattern))])?;
        line.show((pattern + 1 - range.start) as f32 / range.len().max(1) as f32);
    }
    line.clear();
    let found = sink.finish(&mut notes)?;
    let out = match (lab.json, &lab.out) {
        (true, _) => {
            let rows = found.iter().map(|(pattern, it)| {
                json!({
                    "pattern": pattern,
                    "bound": it.bound,
                    "flips": it.units.as_ref().map(Vec::len),
                    "units": it.units,
                    "exact": it.exact,
                })
            });
            let rows: Vec<Value> = rows.collect();
            json_line(&json!({"command": question.written.command("fragile", &[]), "rows": rows}))
        }
        (false, Some(_)) => format!("{} patterns\n", found.len()),
        (false, None) => String::new(),
    };
    Ok(Report::new(out, notes))
}
