//! The cells of a line of text: what parts them, what a number looks like, what a title is.
//!
//! Absent: quotation marks around a cell that holds the very sign that parts cells, the reading of decimal commas, and
//! lines.

/// What stands between two cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Delimiter {
    /// This sign, once.
    Sign(u8),
    /// Spaces and tabs, any number of them.
    Space,
}

impl Delimiter {
    /// What parts the cells of `line`: a semicolon, a tab or a comma, the first of these that occurs, or else spaces.
    pub(super) fn of(line: &[u8]) -> Self {
        let mut signs = [b';', b'\t', b','].into_iter();
        let found = signs.find(|sign| line.contains(sign));
        // A tab after all cells of a line with spaces between is one more space.
        let inside = line.trim_ascii_end();
        let parts = |sign: &u8| inside.contains(sign) || inside.contains(&b',');
        found.filter(parts).map_or(Self::Space, Self::Sign)
    }

    /// The cells of `line`, without space or quotation marks around them.
    pub(super) fn cells(self, line: &[u8]) -> impl Iterator<Item = &[u8]> {
        let by_space = self == Self::Space;
        line.split(move |byte| match self {
            Self::Sign(sign) => *byte == sign,
            Self::Space => byte.is_ascii_whitespace(),
        })
        .filter(move |cell| !(by_space && cell.is_empty()))
        .map(bare)
    }
}

/// The cell without space and one pair of quotation marks around it.
pub(super) fn bare(cell: &[u8]) -> &[u8] {
    let cell = cell.trim_ascii();
    match cell {
        [b'"', inner @ .., b'"'] | [b'\'', inner @ .., b'\''] => inner.trim_ascii(),
        _ => cell,
    }
}

/// The finite number that a cell writes.
pub(super) fn number(cell: &[u8]) -> Option<f32> {
    // Most cells of most tables are whole numbers of a few digits.
    if !cell.is_empty() && cell.len() <= 6 && cell.iter().all(u8::is_ascii_digit) {
        let whole = cell
            .iter()
            .fold(0, |whole: u32, digit| 10 * whole + u32::from(digit - b'0'));
        return Some(whole as f32);
    }
    let text = std::str::from_utf8(cell).ok()?;
    text.parse().ok().filter(|number: &f32| number.is_finite())
}

/// What a cell is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cell {
    /// A finite number.
    Number,
    /// Nothing, or what is written for nothing: NaN, NA, ?.
    Hole,
    /// A number with a decimal comma.
    DecimalComma,
    /// Anything else.
    Word,
}

/// What is written where a number is missing or is none.
const HOLES: &[&str] = &["", "?", "-", "na", "n/a", "null", "none"];

/// What a cell is.
pub(super) fn cell_kind(cell: &[u8]) -> Cell {
    let text = String::from_utf8_lossy(cell).to_lowercase();
    let with_point = || text.replacen(',', ".", 1);
    if number(cell).is_some() {
        Cell::Number
    } else if HOLES.contains(&&*text) || text.parse::<f64>().is_ok() {
        Cell::Hole
    } else if text.contains(',') && number(with_point().as_bytes()).is_some() {
        Cell::DecimalComma
    } else {
        Cell::Word
    }
}

/// What a column is by its title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Title {
    /// A label: `label`, `class` or `y`.
    Label,
    /// A number of the row and nothing else: `id`, `index`, `row`, no title, or what pandas makes of that.
    Index,
    /// Anything else.
    Unit,
}

/// What a column called `cell` is.
pub(super) fn title(cell: &[u8]) -> Title {
    let title = cell.to_ascii_lowercase();
    match title.as_slice() {
        b"label" | b"labels" | b"class" | b"target" | b"y" => Title::Label,
        b"" | b"unnamed: 0" | b"id" | b"index" | b"row" | b"row_id" | b"image_id" | b"imageid" => {
            Title::Index
        }
        _ => Title::Unit,
    }
}

/// A cell as it is shown in a sentence: its beginning, in quotation marks.
pub(super) fn quoted(cell: &[u8]) -> String {
    const SHOWN: usize = 24;
    let text = String::from_utf8_lossy(cell);
    let mut shown: String = text
        .chars()
        .take(SHOWN)
        .map(|c| if c.is_control() { '·' } else { c })
        .collect();
    if text.chars().count() > SHOWN {
        shown.push('…');
    }
    format!("'{shown}'")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(line: &str) -> Vec<String> {
        let line = line.as_bytes();
        let cells = Delimiter::of(line).cells(line);
        cells
            .map(|cell| String::from_utf8_lossy(cell).into_owned())
            .collect()
    }

    #[test]
    fn every_usual_sign_parts_cells() {
        for line in [
            "1,2,-3",
            "1;2;-3",
            "1\t2\t-3",
            "  1 2   -3 ",
            "\"1\", '2' ,-3",
        ] {
            assert_eq!(cells(line), ["1", "2", "-3"], "{line}");
        }
        assert_eq!(cells("1,,3"), ["1", "", "3"]);
        assert_eq!(cells("a;1,5"), ["a", "1,5"], "a semicolon before a comma");
        assert_eq!(cells("1, \t"), ["1,", ""], "a tab before a comma");
    }

    #[test]
    fn numbers_are_finite_and_whole_cells() {
        for (cell, value) in [
            ("0", 0.0),
            ("007", 7.0),
            ("+1", 1.0),
            ("-1e-3", -1e-3),
            ("16777217", 16_777_216.0),
        ] {
            assert_eq!(number(cell.as_bytes()), Some(value), "{cell}");
        }
        for cell in ["", "x", "nan", "inf", "1e39", "1 2", "−1", "0x10", "1_000"] {
            assert_eq!(number(cell.as_bytes()), None, "{cell}");
        }
        assert_eq!(number(b"\xff"), None);
    }

    #[test]
    fn titles_say_what_is_no_pattern() {
        assert_eq!(title(b"Label"), Title::Label);
        assert_eq!(title(b""), Title::Index);
        assert_eq!(
            (title(b"Id"), title(b"index")),
            (Title::Index, Title::Index)
        );
        for (cell, kind) in [
            ("1e3", Cell::Number),
            ("", Cell::Hole),
            ("NaN", Cell::Hole),
            ("1e39", Cell::Hole),
            ("1,5", Cell::DecimalComma),
            ("-1,5e3", Cell::DecimalComma),
            ("1,5,2", Cell::Word),
            ("cat", Cell::Word),
        ] {
            assert_eq!(cell_kind(cell.as_bytes()), kind, "{cell}");
        }
        assert_eq!(title(b"1x1"), Title::Unit);
        assert_eq!(quoted(b"a\tb"), "'a·b'");
        assert_eq!(
            quoted("ä".repeat(30).as_bytes()),
            format!("'{}…'", "ä".repeat(24))
        );
    }
}
