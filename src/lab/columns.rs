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

/// What stands in the columns, in their order.
pub type Row = Vec<LabEntry>;

/// A cell that is done.
#[derive(Debug, Clone, PartialEq)]
pub struct Finished {
    /// Which cell.
    pub cell: usize,
    /// Its row.
    pub row: Row,
    /// The main quantity by independent blocks; empty where a row was read from a file.
    pub blocks: Vec<f64>,
    /// Why there is nothing in the row, if there is a reason: the rule refuses these patterns.
    pub problem: Option<String>,
}
