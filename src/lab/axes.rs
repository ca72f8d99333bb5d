//! What axes are in a table: columns and entries, by which every row can be told from all others.

use super::axis::Vary;
use super::columns::{Column, LabEntry};
use super::experiment::OwnAxis;
use super::recipe::LabRecipe;
use crate::engine::Error;
use crate::engine::settings::Value;
use std::collections::BTreeSet;

/// The columns of all axes of `recipe` and of its experiment.
pub(super) fn columns(recipe: &LabRecipe, own: &OwnAxis) -> Vec<Column> {
    let mut columns: Vec<Column> = recipe
        .vary
        .iter()
        .map(|vary| column(&vary.path, vary))
        .collect();
    columns.push(Column::text(
        "rule",
        "learning rule; with its settings where names alone do not tell rules apart",
    ));
    columns.push(own.column.clone());
    let experiment = recipe.experiment.experiment();
    columns.extend(experiment.columns());
    columns.extend(experiment.scaling().map(|_| Column::blocks()));
    columns
}

/// The column called `name` of the values of an axis.
pub(super) fn column(name: &str, vary: &Vary) -> Column {
    let is_number = |value: &Value| !matches!(number(value), LabEntry::Text(_));
    let meaning = format!("the setting {}", vary.path);
    if vary.values.iter().all(is_number) {
        Column::number(name, &meaning)
    } else {
        Column::text(name, &meaning)
    }
}

/// Refuses axes and rules whose rows could not be told apart.
pub(super) fn check_rows(recipe: &LabRecipe) -> Result<(), Error> {
    check_once("a rule", &recipe.rule_names())?;
    let paths: Vec<String> = recipe.vary.iter().map(|vary| vary.path.clone()).collect();
    check_once("a further axis", &paths)?;
    for vary in &recipe.vary {
        let idle = |setting, others: &str| {
            let others = others.to_owned();
            Err(Error::Idle { setting, others }.in_source(vary.to_string()))
        };
        if vary.path == "rule" {
            return idle("an axis over whole rules", "a run whose rules are listed");
        }
        if vary.path == "cue" || vary.path.starts_with("cue.") {
            return idle(
                "an axis over the cue",
                "the lab, whose experiments make theirs",
            );
        }
        check_values(vary)?;
    }
    Ok(())
}

/// Refuses an axis that has a value twice, as it would be written in a row.
pub(super) fn check_values(vary: &Vary) -> Result<(), Error> {
    let values = vary.values.iter().map(|value| number(value).write());
    let checked = check_once("a value of the axis", &values.collect::<Vec<String>>());
    checked.map_err(|problem| problem.in_source(vary.to_string()))
}

fn check_once(setting: &str, values: &[String]) -> Result<(), Error> {
    let mut seen = BTreeSet::new();
    let again = values.iter().find(|value| !seen.insert(*value));
    again.map_or(Ok(()), |value| {
        Err(Error::Twice {
            setting: setting.to_owned(),
            first: value.clone(),
            second: value.clone(),
        })
    })
}

/// A value of an axis as an entry.
pub(super) fn number(value: &Value) -> LabEntry {
    match value {
        Value::Whole(number) => LabEntry::Number(Some(*number as f64)),
        Value::Number(number) => LabEntry::Number(Some(*number)),
        Value::Text(text) => match text.parse::<f64>() {
            Ok(number) => LabEntry::Number(Some(number)),
            Err(_no_number) => LabEntry::Text(text.clone()),
        },
    }
}
