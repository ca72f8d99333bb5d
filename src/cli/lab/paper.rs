//! `engram lab paper`: published numbers beside measured ones.

use super::{Lab, Report, json_line, print};
use crate::cli::progress;
use crate::engine::Error;
use crate::engine::numbers::{decimals, short};
use crate::lab::paper::{Checked, Paper, Within, checks};
use crate::lab::statistics::told;
use serde_json::{Value, json};

/// Runs all checks, or the quick ones. Lines are printed as numbers come in, since all take an hour; where one fails, the
/// command does.
pub(super) fn report(lab: &Lab) -> Result<Report, Error> {
    let quick = lab.quick;
    let n_checks = checks(quick).count();
    let mut paper = Paper::default();
    let mut line = progress::Line::new("paper");
    let mut all: Vec<Checked> = Vec::with_capacity(n_checks);
    for check in checks(quick) {
        line.show(all.len() as f32 / n_checks as f32);
        let checked = paper.check(check)?;
        if !lab.json {
            line.clear();
            let before = all.last().map(|before| before.check.source);
            if before != Some(check.source) {
                print(&format!("{}\n", check.source));
            }
            print(&sentence(&checked));
        }
        all.push(checked);
    }
    line.clear();
    let out = if lab.json {
        json_line(&all.iter().map(object).collect::<Vec<Value>>())
    } else {
        String::new()
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
        "remark": checked.remark,
        "command": checked.command,
    })
}

fn sentence(checked: &Checked) -> String {
    let check = checked.check;
    let verdict = if checked.holds { "holds" } else { "FAILS" };
    let published = check.published.to_string();
    let measured = match checked.measured {
        Some(reading) if reading.error.is_some() || reading.bound.is_some() => told(reading),
        Some(reading) if reading.value.abs() < 1e-3 => short(reading.value),
        // As many decimals as were published, and no fewer than three.
        Some(reading) => {
            let places = published
                .split_once('.')
                .map_or(0, |(_, places)| places.len());
            decimals(reading.value, places.max(3))
        }
        None => "nothing to read".to_owned(),
    };
    let expected = match check.within {
        Within::AtLeast | Within::AtMost => "to be",
        Within::Absolute(_) | Within::Relative(_) | Within::Factor(_) => "published",
    };
    let remark = checked.remark.map(|why| format!("         {why}\n"));
    format!(
        "  {verdict}  {}: {measured}, {expected} {} {}\n{}",
        check.what,
        published.replace('-', "−"),
        check.within,
        remark.unwrap_or_default()
    )
}
