//! What is told of many starts: their attractors, the largest share first, and what boundaries are like.

use crate::engine::Error;
use crate::engine::attractors::Catalogue;
use crate::lab::LabEntry;
use crate::lab::portraits::table::{
    CensusRow, TablePixel, census_columns, census_rows, map, merged,
};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What the label of a pixel says of what it is, in a word; of fixed points that are no pattern nothing.
pub(super) fn kind_of(label: &str, cycle: u64) -> &'static str {
    match (label.as_bytes().first(), cycle) {
        (_, 0) => "unsettled",
        (_, 2..) => "cycle",
        (Some(b'+'), _) => "stored",
        (Some(b'-'), _) => "negative",
        _ => "",
    }
}

/// What is told of a picture: its attractors, the largest share first.
pub(super) struct Summary(pub(super) Vec<CensusRow>);

impl Summary {
    pub(super) fn of(pixels: &[TablePixel], catalogue: &Catalogue) -> Self {
        let known = census_rows(catalogue).into_iter();
        let known: BTreeMap<String, CensusRow> =
            known.map(|row| (row.label.clone(), row)).collect();
        // What an end is the catalogue knows; how often it was met, the pixels.
        let one = |pixel: &TablePixel| CensusRow {
            count: 1,
            sweeps: BTreeMap::from([(pixel.sweeps, 1)]),
            ..known[&pixel.label].clone()
        };
        Self(merged(pixels.iter().map(one)))
    }

    pub(super) fn total(&self) -> u64 {
        self.0.iter().map(|row| row.count).sum()
    }

    pub(super) fn attractors(&self) -> Vec<Value> {
        let total = self.total();
        let columns = census_columns();
        let object = |row: &CensusRow| {
            let entries = columns.iter().zip(row.row(total, 0.0));
            let told = entries.filter(|(column, _)| column.name != "unseen_share");
            let told = told.map(|(column, entry)| {
                let value = match (&*column.name, entry) {
                    ("pattern", _) => json!(row.patterns),
                    (_, LabEntry::Text(text)) => text.into(),
                    (_, LabEntry::Number(number)) => json!(number),
                };
                (column.name.clone(), value)
            });
            Value::Object(told.collect())
        };
        self.0.iter().map(object).collect()
    }

    pub(super) fn json(
        &self,
        command: &str,
        whole: Option<(usize, usize)>,
        pixels: &[TablePixel],
    ) -> Result<Value, Error> {
        let map = whole
            .map(|(side, n_units)| Ok::<_, Error>((map(side, pixels)?, n_units)))
            .transpose()?;
        let entropies = map.as_ref().and_then(|(map, _)| map.entropies());
        let exponent = map
            .as_ref()
            .and_then(|(map, n_units)| map.uncertainty_exponent(*n_units));
        let scales = exponent.as_ref().map(|it| {
            let fitted = it.scales.iter().filter(|scale| scale.fitted);
            let scales = fitted.map(|scale| json!([scale.pixels, scale.share]));
            scales.collect::<Vec<Value>>()
        });
        Ok(json!({
            "command": command,
            "n_starts": self.total(),
            "n_attractors": self.0.len(),
            "attractors": self.attractors(),
            "basin_entropy": entropies.as_ref().map(|it| it.basin),
            "boundary_entropy": entropies.as_ref().map(|it| it.boundary),
            "exponent": exponent.as_ref().map(|it| it.exponent),
            "exponent_error": exponent.as_ref().map(|it| it.error),
            "scales": scales,
        }))
    }

    /// A line for each of the first attractors.
    pub(super) fn text(&self) -> String {
        let total = self.total();
        let first = format!("{total} starts end in {} attractors\n", self.0.len());
        let lines = self.0.iter().take(12).map(|row| {
            let share = 100.0 * row.count as f64 / total.max(1) as f64;
            format!("{:>18}  {:<9} {share:5.1} %\n", row.label, row.kind)
        });
        first + &lines.collect::<String>()
    }
}
