//! Columns and rows: what a table of the lab holds.

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name, lower case with underscores.
    pub name: String,
    /// What its entries are.
    pub kind: ColumnKind,
    /// Unit of measure, empty for pure numbers.
    pub unit: &'static str,
    /// What it means, with its range.
    pub meaning: String,
}

/// What the entries of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// Words.
    Text,
    /// Whole numbers from 0.
    Whole,
    /// Numbers.
    Number,
}

impl Column {
    /// A column of numbers.
    pub fn number(name: &str, meaning: &str) -> Self {
        Self::of(name, ColumnKind::Number, meaning)
    }

    /// A column of whole numbers.
    pub fn whole(name: &str, meaning: &str) -> Self {
        Self::of(name, ColumnKind::Whole, meaning)
    }

    /// A column of words.
    pub fn text(name: &str, meaning: &str) -> Self {
        Self::of(name, ColumnKind::Text, meaning)
    }

    fn of(name: &str, kind: ColumnKind, meaning: &str) -> Self {
        Self {
            name: name.to_owned(),
            kind,
            unit: "",
            meaning: meaning.to_owned(),
        }
    }

    /// The same, measured in `unit`.
    #[must_use]
    pub fn in_unit(self, unit: &'static str) -> Self {
        Self { unit, ..self }
    }
}

/// An entry of a row.
#[derive(Debug, Clone, PartialEq)]
pub enum LabEntry {
    /// Words.
    Text(String),
    /// A number; none where there is nothing to tell.
    Number(Option<f64>),
}

impl LabEntry {
    /// The number, if it is one.
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Text(_) => None,
            Self::Number(number) => *number,
        }
    }

    /// As it is written in a table: words as they are, numbers with as many digits as tell them apart from all others.
    pub fn write(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(None) => String::new(),
            Self::Number(Some(number)) => number.to_string(),
        }
    }
}

/// The column of blocks, of experiments whose rows keep them.
const BLOCKS: &str = "blocks";

impl Column {
    /// The column that keeps blocks, so that errors of what is read off curves can be told from the table alone.
    pub(super) fn blocks() -> Self {
        Self::text(
            BLOCKS,
            "what is shown by repeat, with spaces between; empty for one repeat",
        )
    }
}

/// Blocks as an entry of their column.
pub(super) fn written(blocks: &[f64]) -> LabEntry {
    let numbers: Vec<String> = blocks.iter().map(f64::to_string).collect();
    LabEntry::Text(numbers.join(" "))
}

/// What stands in the columns, in their order.
pub type Row = Vec<LabEntry>;

/// A cell that is done.
#[derive(Debug, Clone, PartialEq)]
pub struct Finished {
    /// Which cell.
    pub cell: usize,
    /// Its row.
    pub row: Row,
    /// The main quantity by independent blocks; empty where a row was read from a file that does not keep them.
    pub blocks: Vec<f64>,
    /// Why there is nothing in the row, if there is a reason: the rule refuses these patterns.
    pub problem: Option<String>,
}

impl Finished {
    /// That of a row that was read from a table of these columns, with the blocks that it keeps.
    pub fn read(cell: usize, columns: &[Column], row: Row) -> Self {
        let kept = columns.iter().position(|column| column.name == BLOCKS);
        let blocks = match kept.and_then(|place| row.get(place)) {
            Some(LabEntry::Text(written)) => {
                let numbers = written.split_whitespace().map(str::parse);
                numbers.collect::<Result<_, _>>().unwrap_or_default()
            }
            _ => Vec::new(),
        };
        Self {
            cell,
            row,
            blocks,
            problem: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_read_as_they_were_written() {
        let blocks = vec![1.0 / 3.0, 0.0, 1e-7];
        let columns = [Column::number("share", "a share"), Column::blocks()];
        let row = |blocks: &[f64]| vec![LabEntry::Number(Some(0.5)), written(blocks)];
        let read = |row| Finished::read(3, &columns, row).blocks;
        assert_eq!(read(row(&blocks)), blocks);
        assert_eq!(read(row(&[])), [0.0; 0]);
        assert_eq!(
            Finished::read(3, &columns[..1], row(&blocks)).blocks,
            [0.0; 0]
        );
    }
}
