//! `engram lab paper`: published numbers beside measured ones.

use super::{Lab, Report, json_line};
use crate::cli::progress;
use crate::engine::Error;
use crate::engine::numbers::short;
use crate::lab::paper::{Checked, Paper, checks};
use crate::lab::statistics::told;
use serde_json::{Value, json};

/// Runs all checks, or the quick ones. Where one fails, the command does.
pub(super) fn report(lab: &Lab) -> Result<Report, Error> {
    let quick = lab.quick;
    let n_checks = checks(quick).count();
    let mut paper = Paper::default();
    let mut line = progress::Line::new("paper");
    let mut all = Vec::with_capacity(n_checks);
    for check in checks(quick) {
        line.show(all.len() as f32 / n_checks as f32);
        all.push(paper.check(check)?);
    }
    line.clear();
    let out = if lab.json {
        json_line(&all.iter().map(object).collect::<Vec<Value>>())
    } else {
        all.iter().map(sentence).collect()
    };
    let failed = all.iter().filter(|checked| !checked.holds).count();
    Ok(Report {
        out,
        notes: vec![format!("{} of {n_checks} hold", n_checks - failed)],
        failed: failed > 0,
    })
}

fn object(checked: &Checked) -> Value {
    let check = checked.check;
    json!({
        "source": check.source,
        "what": check.what,
        "published": check.published,
        "within": check.within.to_string(),
        "measured": checked.measured.map(|it| it.value),
        "error": checked.measured.and_then(|it| it.error),
        "holds": checked.holds,
        "command": checked.command,
    })
}

fn sentence(checked: &Checked) -> String {
    let check = checked.check;
    let verdict = if checked.holds { "holds" } else { "FAILS" };
    let measured = match checked.measured {
        Some(reading) if reading.error.is_none() => short(reading.value),
        Some(reading) => told(reading),
        None => "nothing to read".to_owned(),
    };
    format!(
        "{verdict}  {}: {measured}, published {} {} ({})\n",
        check.what, check.published, check.within, check.source
    )
}
