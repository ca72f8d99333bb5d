//! Which residue of a structure stands in which column of an alignment: the best match of two sequences.
//!
//! Needleman and Wunsch 1970, with a linear price of gaps and none for what overhangs at either end.

/// What two equal letters earn.
const EQUAL: i32 = 3;
/// What two different letters cost.
const DIFFERENT: i32 = -1;
/// What a letter without a partner costs, between others.
const ALONE: i32 = -3;

/// Most cells of the table: 10,000 columns against a chain of 2,500 residues.
pub(super) const MAX_CELLS: usize = 25_000_000;

/// For each letter of `a` its partner in `b`, by index; `None` for a letter that stays alone. Both together must
/// stay within [`MAX_CELLS`].
pub(super) fn partners(a: &[i8], b: &[i8]) -> Vec<Option<usize>> {
    let (rows, columns) = (a.len() + 1, b.len() + 1);
    let mut steps = vec![Step::Stop; rows * columns];
    let mut above = vec![0; columns];
    let mut best = (0, 0, 0);
    for i in 1..rows {
        let mut line = vec![0; columns];
        for j in 1..columns {
            let pair = if a[i - 1] == b[j - 1] {
                EQUAL
            } else {
                DIFFERENT
            };
            let options = [
                (above[j - 1] + pair, Step::Pair),
                (above[j] + ALONE, Step::First),
                (line[j - 1] + ALONE, Step::Second),
            ];
            let chosen = options.into_iter().rev().max_by_key(|option| option.0);
            let (score, step) = chosen.unwrap_or((0, Step::Stop));
            (line[j], steps[i * columns + j]) = (score, step);
            // Overhangs are free: the best end is anywhere on the last row or column.
            if (i == rows - 1 || j == columns - 1) && score > best.0 {
                best = (score, i, j);
            }
        }
        above = line;
    }
    let mut found = vec![None; a.len()];
    let (_, mut i, mut j) = best;
    loop {
        match steps[i * columns + j] {
            Step::Stop => return found,
            Step::Pair => {
                (i, j) = (i - 1, j - 1);
                found[i] = Some(j);
            }
            Step::First => i -= 1,
            Step::Second => j -= 1,
        }
    }
}

/// How a cell of the table was reached.
#[derive(Clone, Copy)]
enum Step {
    Stop,
    Pair,
    First,
    Second,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::patterns::Letters;

    fn states(text: &str) -> Vec<i8> {
        let states = text.chars().map(|letter| Letters::PROTEIN.letter(letter));
        states.map(|state| state.expect("an amino acid")).collect()
    }

    /// By hand: three letters of the second are missing in the first, and both overhang.
    #[test]
    fn what_is_missing_is_skipped_and_ends_are_free() {
        let a = states("WWACDEKLMN");
        let b = states("ACDEGGGKLMNYY");
        let expected = [
            None,
            None,
            Some(0),
            Some(1),
            Some(2),
            Some(3),
            Some(7),
            Some(8),
            Some(9),
            Some(10),
        ];
        assert_eq!(partners(&a, &b), expected);
        assert_eq!(partners(&a, &[]), [None; 10]);
        assert!(partners(&[], &b).is_empty());
    }
}
