//! What is told of many starts: their attractors, the largest share first, and what boundaries are like.

use crate::engine::Error;
use crate::engine::attractors::Catalogue;
use crate::lab::LabEntry;
use crate::lab::portraits::table::{Census, CensusRow, TablePixel, census_columns, map, merged};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What is told of a picture: its attractors, the largest share first.
pub(super) struct Summary(pub(super) Vec<CensusRow>);

impl Summary {
    pub(super) fn of(pixels: &[TablePixel], catalogue: &Catalogue) -> Self {
        let mut census = Census {
            catalogue: catalogue.clone(),
        }
        .rows();
        for row in &mut census {
            (row.count, row.sweeps) = (0, BTreeMap::new());
        }
        let at = census.iter().enumerate();
        let at: BTreeMap<String, usize> = at.map(|(k, row)| (row.label.clone(), k)).collect();
        for pixel in pixels {
            if let Some(row) = at.get(&pixel.label).and_then(|k| census.get_mut(*k)) {
                row.count += 1;
                *row.sweeps.entry(pixel.sweeps).or_insert(0) += 1;
            }
        }
        census.retain(|row| row.count > 0);
        Self(merged(census))
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
