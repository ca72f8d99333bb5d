//! What the columns of a table are, told by its first lines: units, labels, or nothing that is stored.
//!
//! A first line is one of titles if it is all words, or if its numbers count the columns. A column is no pixel if its
//! title says so (`label`, `id`), if it holds words, or if it is the one column beyond a square that holds small whole
//! numbers or numbers the rows. Whatever is taken for something that nobody said is told. Absent: the lines after the first.

use super::cells::{Cell, Delimiter, Title, cell_kind, number, quoted, title};
use super::read_options::LabelColumn;
use super::{MAX_UNITS, check_units};
use crate::engine::Error;
use crate::worlds::LeftOut;

/// How many lines are looked at.
pub(super) const LOOK: usize = 32;

/// The largest number of a column that is taken for labels where nobody said so.
const MAX_CLASS: f32 = 99.0;

/// Rows that must count before a column is taken for their numbers.
const COUNTED: usize = 4;

/// The least side of a square beyond which one column more is looked at.
const MIN_SIDE: usize = 3;

/// What the first lines say of all.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Columns {
    pub(super) delimiter: Delimiter,
    pub(super) kinds: Vec<Column>,
    pub(super) n_units: usize,
    /// Whether the first line is one of titles.
    pub(super) titled: bool,
    /// The column that was taken for labels because of its numbers: it holds small whole ones alone, or is none.
    pub(super) guessed: Option<usize>,
    pub(super) remarks: Vec<String>,
    pub(super) left_out: Vec<LeftOut>,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Unit,
    Label,
    Nothing,
}

impl Columns {
    /// What the first `lines` say, at most [`LOOK`] of them and one at least, whose cells are parted by `delimiter`; `guess`
    /// is whether numbers may be taken for labels.
    pub(super) fn of(
        lines: &[&[u8]],
        delimiter: Delimiter,
        label_column: LabelColumn,
        guess: bool,
    ) -> Result<Self, Error> {
        let first = delimiter.cells(lines[0]).count();
        if first > MAX_UNITS + 3 {
            check_units(first, "cells of the first row")?;
        }
        let mut rows: Vec<Vec<&[u8]>> = (lines.iter())
            .map(|line| delimiter.cells(line).take(first + 2).collect())
            .collect();
        drop_trailing(&mut rows);
        let titled = is_titles(&rows[0], label_column);
        // A title that is known, as of labels, leaves no doubt.
        let counted = titled
            && rows[0].iter().any(|cell| number(cell).is_some())
            && rows[0].iter().all(|cell| title(cell) == Title::Unit);
        let has_names = titled && has_row_names(&rows);
        if has_names {
            rows[0].insert(0, b"");
        }
        let head = Head {
            titles: titled.then(|| rows[0].clone()),
            rows: &rows[usize::from(titled)..],
            count: rows[0].len(),
        };
        let mut columns = Self {
            delimiter,
            kinds: vec![Column::Unit; head.count],
            n_units: 0,
            titled,
            guessed: None,
            remarks: Vec::new(),
            left_out: Vec::new(),
        };
        if counted {
            let told = "The first row is taken for titles, since it counts the columns";
            columns.remarks.push(told.to_owned());
        }
        columns.by_place_and_title(&head, label_column);
        if matches!(label_column, LabelColumn::Named) {
            columns.by_words(&head);
            columns.by_numbers(&head, guess);
        }
        columns.count_units();
        check_units(columns.n_units, "numbers of the first row")?;
        if is_beyond_a_square(columns.n_units) {
            columns.remarks.push(beyond_a_square(columns.n_units));
        }
        Ok(columns)
    }

    /// Labels where the user says they are or a title says so; what a title says only numbers the rows.
    fn by_place_and_title(&mut self, head: &Head<'_>, label_column: LabelColumn) {
        let by_place = match label_column {
            LabelColumn::Named | LabelColumn::None => None,
            LabelColumn::First => Some(0),
            LabelColumn::Last => Some(head.count - 1),
        };
        for column in 0..head.count {
            let title = head.titles.as_ref().map(|titles| title(titles[column]));
            match title {
                _ if by_place == Some(column) => self.kinds[column] = Column::Label,
                Some(Title::Label) if label_column == LabelColumn::Named => {
                    self.labels_or_none(head, column);
                }
                Some(Title::Index) => {
                    self.leave_out(head, column, "its title says that it only numbers the rows");
                }
                _ => (),
            }
        }
    }

    /// Columns that hold words in every row: labels, once.
    fn by_words(&mut self, head: &Head<'_>) {
        for column in 0..head.count {
            let is_word = |row: &Vec<&[u8]>| {
                row.get(column)
                    .is_some_and(|cell| cell_kind(cell) == Cell::Word)
            };
            let words = !head.rows.is_empty() && head.rows.iter().all(is_word);
            if self.kinds[column] == Column::Unit && words && self.labels_or_none(head, column) {
                let name = head.name(column);
                self.remarks
                    .push(format!("{name} is taken for labels, since it holds words"));
            }
        }
    }

    /// The one column beyond a square: labels if it alone holds small whole numbers, nothing if it numbers the rows.
    fn by_numbers(&mut self, head: &Head<'_>, guess: bool) {
        self.count_units();
        let units: Vec<usize> = (0..head.count)
            .filter(|column| self.kinds[*column] == Column::Unit)
            .collect();
        let (Some(first), Some(last)) = (units.first(), units.last()) else {
            return;
        };
        if !is_beyond_a_square(self.n_units) || head.rows.len() < 2 {
            return;
        }
        if head.counts(*first) && (head.rows.len() > 10 || !head.is_class(*first, &units)) {
            return self.leave_out(head, *first, "it numbers the rows");
        }
        let mut classes = [*first, *last]
            .into_iter()
            .filter(|column| head.is_class(*column, &units));
        let has_labels = self.kinds.contains(&Column::Label);
        if let (Some(column), None, true, false) =
            (classes.next(), classes.next(), guess, has_labels)
        {
            self.kinds[column] = Column::Label;
            self.guessed = Some(column);
            let (name, square) = (head.name(column), (self.n_units - 1).isqrt());
            self.remarks.push(format!(
                "{name} is taken for labels: it holds small whole numbers, and {} columns are one more than {square}² \
                 (if it is a pixel, set the labels of tables to none)",
                self.n_units
            ));
        }
    }

    /// One label a row: a second column of labels is left out. True if it is the first.
    fn labels_or_none(&mut self, head: &Head<'_>, column: usize) -> bool {
        let is_first = !self.kinds.contains(&Column::Label);
        if is_first {
            self.kinds[column] = Column::Label;
        } else {
            self.leave_out(
                head,
                column,
                "a row has one label, and there is a column of them already",
            );
        }
        is_first
    }

    fn leave_out(&mut self, head: &Head<'_>, column: usize, why: &str) {
        self.kinds[column] = Column::Nothing;
        let mut name = head.name(column);
        name.replace_range(..1, "c");
        self.left_out.push(LeftOut::one(name, why));
    }

    fn count_units(&mut self) {
        self.n_units = self
            .kinds
            .iter()
            .filter(|kind| **kind == Column::Unit)
            .count();
    }
}

/// The first lines as cells.
struct Head<'a> {
    titles: Option<Vec<&'a [u8]>>,
    rows: &'a [Vec<&'a [u8]>],
    /// Columns.
    count: usize,
}

impl Head<'_> {
    /// "Column 3, 'id'", counted from 1.
    fn name(&self, column: usize) -> String {
        let title = self.titles.as_ref().map(|titles| titles[column]);
        match title.filter(|title| !title.is_empty()) {
            Some(title) => format!("Column {}, {}", column + 1, quoted(title)),
            None => format!("Column {}", column + 1),
        }
    }

    /// The numbers of a column; none where a cell is no number.
    fn numbers(&self, column: usize) -> Option<Vec<f32>> {
        let cells = self.rows.iter().map(|row| row.get(column));
        cells.map(|cell| number(cell?)).collect()
    }

    /// Whether the column counts the rows, in steps of one.
    fn counts(&self, column: usize) -> bool {
        self.numbers(column).is_some_and(|numbers| {
            numbers.len() >= COUNTED && numbers.windows(2).all(|pair| pair[1] == pair[0] + 1.0)
        })
    }

    /// Whether the column may be the class of each row: small whole numbers of several values, and more than the bits
    /// or signs that the other columns hold.
    fn is_class(&self, column: usize, units: &[usize]) -> bool {
        let Some(numbers) = self
            .numbers(column)
            .filter(|numbers| numbers.iter().all(|it| is_class(*it)))
        else {
            return false;
        };
        let most = |numbers: &[f32]| numbers.iter().fold(0.0, |most: f32, it| most.max(it.abs()));
        // Both ends are looked at in turn, so neither says what the pixels are.
        let others = units[1..units.len() - 1].iter();
        let others = others.map(|other| self.numbers(*other).map_or(f32::INFINITY, |it| most(&it)));
        let beyond = others.fold(0.0, f32::max);
        numbers.iter().any(|it| *it != numbers[0]) && (most(&numbers) >= 2.0 || beyond > 1.0)
    }
}

/// Whether a number can be a class that nobody announced.
pub(super) fn is_class(number: f32) -> bool {
    number.fract() == 0.0 && (0.0..=MAX_CLASS).contains(&number)
}

/// Whether so many units are one more than a square of some size.
pub(super) fn is_beyond_a_square(n_units: usize) -> bool {
    let side = n_units.saturating_sub(1).isqrt();
    side >= MIN_SIDE && side * side + 1 == n_units
}

/// A sentence for N = k² + 1.
pub(super) fn beyond_a_square(n_units: usize) -> String {
    format!(
        "N = {n_units} is one more than {}²: perhaps a column of it is a label or a number of the row",
        (n_units - 1).isqrt()
    )
}

/// Takes the empty cell off that a separator at the end of every line makes.
fn drop_trailing(rows: &mut [Vec<&[u8]>]) {
    let count = rows[0].len();
    let is_empty = |row: &Vec<&[u8]>| row.last().is_some_and(|cell| cell.is_empty());
    let trails = |row: &Vec<&[u8]>| (row.len() == count && is_empty(row)) || row.len() + 1 == count;
    if count > 1 && is_empty(&rows[0]) && rows.iter().all(trails) {
        rows[0].pop();
    }
    let expected = rows[0].len();
    for row in rows {
        if row.len() == expected + 1 && is_empty(row) {
            row.pop();
        }
    }
}

/// Whether every row has one cell more than the titles: the names of rows, as R writes them.
fn has_row_names(rows: &[Vec<&[u8]>]) -> bool {
    rows.len() > 1 && rows[1..].iter().all(|row| row.len() == rows[0].len() + 1)
}

/// Whether a first line is one of titles: all words, or numbers that count the columns beside words that are known.
fn is_titles(cells: &[&[u8]], label_column: LabelColumn) -> bool {
    let by_place = match label_column {
        LabelColumn::First => Some(0),
        LabelColumn::Last => Some(cells.len() - 1),
        LabelColumn::Named | LabelColumn::None => None,
    };
    let cells = || {
        cells
            .iter()
            .enumerate()
            .filter(|(place, _)| Some(*place) != by_place)
    };
    let numbers: Vec<f32> = cells().filter_map(|(_, cell)| number(cell)).collect();
    let mut others = cells().filter(|(_, cell)| number(cell).is_none());
    if numbers.is_empty() {
        let words = cells()
            .filter(|(_, cell)| cell_kind(cell) == Cell::Word)
            .count();
        return words > 0
            && others.all(|(_, cell)| cell.is_empty() || cell_kind(cell) == Cell::Word);
    }
    let start = numbers[0];
    let counts = numbers
        .iter()
        .enumerate()
        .all(|(place, it)| *it == start + place as f32);
    let known = others.all(|(_, cell)| title(cell) != Title::Unit);
    numbers.len() > 2 && (start == 0.0 || start == 1.0) && counts && known
}

#[cfg(test)]
#[path = "columns_tests.rs"]
mod tests;
