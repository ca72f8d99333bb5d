//! Bands as a table: a row for every value, kind and stored pattern that has starts.
//!
//! A value at which nothing could be learned has no row. Counts are what a table holds, shares and intervals follow from
//! them; so tables of parts of the starts are added up, and the rows of a value are whole when their counts are.

use super::column::{BandColumn, BandKind, BandRow};
use crate::engine::Error;
use crate::engine::attractors::wilson;
use crate::engine::settings::Value;
use crate::lab::axes::{column, number};
use crate::lab::axis::Vary;
use crate::lab::columns::{Column, LabEntry, Row};
use crate::lab::ecsv;

/// Columns of bands along `vary`; where no axis is named, those of any.
pub fn band_columns(vary: Option<&Vary>) -> Vec<Column> {
    let value = vary.map_or_else(
        || Column::text("value", "the value of the setting that is varied"),
        |vary| column("value", vary),
    );
    vec![
        value,
        Column::text(
            "kind",
            "stored, negative, blend, blank, other, cycle or unsettled",
        ),
        Column::whole(
            "pattern",
            "which stored pattern, from 0, of stored and negative; else empty",
        ),
        Column::number(
            "share",
            "share of the starts of this value that end so, 0 to 1",
        ),
        Column::number("share_low", "lower end of its Wilson interval of 95 %"),
        Column::number("share_high", "upper end of that"),
        Column::whole("count", "starts that end so"),
    ]
}

/// A value of the axis as an entry of a row.
pub fn band_value(value: &Value) -> LabEntry {
    number(value)
}

/// The rows of a value as lines of the table; shares are of the counts of all of them.
pub fn band_lines(value: &Value, rows: &[BandRow]) -> String {
    let total = rows.iter().map(|row| row.count).sum();
    let lines = rows.iter().map(|row| ecsv::line(&row.row(value, total)));
    lines.collect()
}

impl BandRow {
    /// As a row of the table, of so many starts in all.
    pub fn row(&self, value: &Value, total: u64) -> Row {
        let [low, high] = self.interval(total);
        let number = |number: f64| LabEntry::Number(Some(number));
        vec![
            band_value(value),
            LabEntry::Text(self.kind.name().to_owned()),
            LabEntry::Number(self.pattern.map(|pattern| pattern as f64)),
            number(self.share(total)),
            number(low),
            number(high),
            number(self.count as f64),
        ]
    }

    /// Its share of so many starts, 0 to 1.
    pub fn share(&self, total: u64) -> f64 {
        self.count as f64 / total.max(1) as f64
    }

    /// The Wilson interval of 95 % of that: its ends, 0 to 1.
    pub fn interval(&self, total: u64) -> [f64; 2] {
        wilson(self.count, total)
    }

    /// Of the fields of a row; none where they are none.
    fn read(fields: &[String]) -> Option<Self> {
        let [_, kind, pattern, _, _, _, count] = fields else {
            return None;
        };
        let kind = BandKind::ALL.into_iter().find(|it| it.name() == kind)?;
        let is_of_one = matches!(kind, BandKind::Stored | BandKind::Negative);
        let pattern = match (is_of_one, pattern.is_empty()) {
            (true, false) => Some(pattern.parse().ok()?),
            (false, true) => None,
            _ => return None,
        };
        let count = count.parse().ok().filter(|count| *count > 0)?;
        Some(Self {
            kind,
            pattern,
            count,
        })
    }
}

/// The rows of one value, as they were read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BandGroup {
    /// The place of the value on the axis.
    pub index: usize,
    /// Its rows.
    pub rows: Vec<BandRow>,
    /// Whether they say of their counts what follows from these: if not, some are missing, or were edited.
    pub is_sound: bool,
}

impl BandGroup {
    /// Starts that are counted in its rows.
    pub fn total(&self) -> u64 {
        self.rows.iter().map(|row| row.count).sum()
    }
}

/// The rows of a table, value by value. Refused: what is no row of bands along `vary`, and rows in another order than that
/// in which they are written.
pub fn band_groups(vary: &Vary, rows: &[Vec<String>]) -> Result<Vec<BandGroup>, Error> {
    let written = vary.values.iter().map(|value| band_value(value).write());
    let written: Vec<String> = written.collect();
    let mut groups: Vec<BandGroup> = Vec::new();
    for (place, fields) in rows.iter().enumerate() {
        let wrong = || Error::Format {
            expected: "rows are those of bands along the axis, in order".to_owned(),
            found: format!("row {} is another one", place + 1),
        };
        let row = BandRow::read(fields).ok_or_else(wrong)?;
        let index = written.iter().position(|value| *value == fields[0]);
        let index = index.ok_or_else(wrong)?;
        match groups.last_mut() {
            Some(group) if group.index == index => {
                let last = group.rows.last();
                let is_next =
                    last.is_none_or(|last| (last.kind, last.pattern) < (row.kind, row.pattern));
                if !is_next {
                    return Err(wrong());
                }
                group.rows.push(row);
            }
            Some(group) if group.index > index => return Err(wrong()),
            _ => groups.push(BandGroup {
                index,
                rows: vec![row],
                is_sound: true,
            }),
        }
    }
    let mut left = rows.iter();
    for group in &mut groups {
        let (value, total) = (&vary.values[group.index], group.total());
        for (row, fields) in group.rows.iter().zip(left.by_ref()) {
            let told = row.row(value, total);
            let is_same = told.iter().map(LabEntry::write).eq(fields.iter().cloned());
            group.is_sound &= is_same;
        }
    }
    Ok(groups)
}

impl BandColumn {
    /// Its rows as lines of the table; none where nothing could be learned.
    pub fn lines(&self) -> String {
        band_lines(&self.value, &self.rows())
    }
}
