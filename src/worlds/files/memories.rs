//! Memories to go on with: couplings between signs, or between letters with their fields, and states to drop into them.
//!
//! Absent: learning, and the writing of memories ([`npz`](crate::worlds::npz)).

use super::archive::{self, Unpacking};
use super::format::Format;
use super::{ReadCouplings, read_couplings};
use crate::engine::patterns::Letters;
use crate::engine::potts::PottsCouplings;
use crate::engine::{Error, Memory, State};
use crate::worlds::npy::{self, NpyLayout};
use ndarray::Array2;

/// Reads couplings between signs as [`read_couplings`] does, or between letters: an archive of `J` (N, q, N, q) and
/// `h` (N, q).
///
/// Also sentences on what single precision did not hold of couplings between signs.
pub fn read_memory(bytes: &[u8]) -> Result<(Memory, Vec<String>), Error> {
    if Format::of(bytes) == Format::Zip {
        let entries = archive::entries_within(bytes, npy::MAX_BYTES)?;
        let named = |name: &str| {
            let mut entries = entries.iter();
            entries.find(|entry| entry.name.trim_end_matches(".npy") == name)
        };
        if let (Some(couplings), Some(fields)) = (named("J"), named("h")) {
            let unpacked =
                |entry: &archive::ArchiveEntry| Unpacking::new(bytes, entry.clone()).finish();
            let potts = potts(&unpacked(couplings)?, &unpacked(fields)?)?;
            return Ok((Memory::Potts(potts), Vec::new()));
        }
    }
    let ReadCouplings { couplings, remarks } = read_couplings(bytes)?;
    Ok((Memory::Pairwise(couplings), remarks))
}

/// Couplings and fields out of two arrays.
fn potts(couplings: &[u8], fields: &[u8]) -> Result<PottsCouplings, Error> {
    let in_array = |name: &'static str| move |why: Error| why.in_source(name);
    let of_fields = NpyLayout::read(fields).map_err(in_array("h"))?;
    let [n, q] = *of_fields.shape.as_slice() else {
        let wrong = of_fields.wrong_shape("the fields of letters", "two dimensions, N × q");
        return Err(wrong.in_source("h"));
    };
    let of_couplings = NpyLayout::read(couplings).map_err(in_array("J"))?;
    if of_couplings.shape != [n, q, n, q] {
        let expected = format!("shape {n} × {q} × {n} × {q}, as h has shape {n} × {q}");
        let wrong = of_couplings.wrong_shape("the couplings of letters", &expected);
        return Err(wrong.in_source("J"));
    }
    PottsCouplings::check_size(n, q)?;
    let side = n * q;
    // What acts is a row inside, and a column outside.
    let pulls = Array2::from_shape_fn((side, side), |(source, target)| {
        of_couplings.entry(couplings, target * side + source) as f32
    });
    let fields = Array2::from_shape_fn((n, q), |(site, letter)| {
        of_fields.entry(fields, site * q + letter) as f32
    });
    PottsCouplings::new(fields, pulls)
}

/// Reads states, a row each, for a memory of `letters` to a unit, counted from 0, or of ±1.
pub fn read_states(bytes: &[u8], letters: Option<Letters>) -> Result<Vec<State>, Error> {
    let Some(letters) = letters else {
        let rows = npy::read_patterns(bytes)?;
        let states = rows.outer_iter();
        return Ok(states
            .map(|row| State::from_fn(row.len(), |unit| row[unit] > 0))
            .collect());
    };
    let layout = NpyLayout::read(bytes)?;
    let (rows, columns) = match *layout.shape.as_slice() {
        [columns] => (1, columns),
        [rows, columns] => (rows, columns),
        _ => return Err(layout.wrong_shape("an array of states", "two dimensions, B × N")),
    };
    let mut units = vec![0; columns];
    let mut states = Vec::with_capacity(rows);
    for row in 0..rows {
        for (column, unit) in units.iter_mut().enumerate() {
            let number = layout.entry(bytes, row * columns + column);
            if number.fract() != 0.0 || !(0.0..letters.count() as f64).contains(&number) {
                return Err(Error::Entry {
                    what: "an array of states",
                    expected: "the number of a letter, from 0 to q − 1",
                    row,
                    column,
                    value: number.to_string(),
                });
            }
            *unit = number as i8;
        }
        states.push(State::from_letters(&units, letters)?);
    }
    Ok(states)
}

#[cfg(test)]
mod tests {
    use super::super::archive::tests::archive;
    use super::*;
    use ndarray::array;

    #[test]
    fn shapes_that_do_not_go_together_are_refused() {
        let fields = npy::write_f32(&array![[0.0, 1.0], [1.0, 0.0]]);
        let refusal = |couplings: &[u8], fields: &[u8]| {
            let bytes = archive(&[("J.npy", couplings), ("h.npy", fields)], false);
            read_memory(&bytes).expect_err("refused").to_string()
        };
        assert_eq!(
            refusal(&fields, &fields),
            "J: the couplings of letters must have shape 2 × 2 × 2 × 2, as h has shape 2 × 2, not shape 2 × 2"
        );
        let nan = npy::write_f32_in(&[2, 2, 2, 2], std::iter::repeat_n(f32::NAN, 16));
        assert!(refusal(&nan, &fields).contains("must be finite numbers"));
        let own = npy::write_f32_in(&[2, 2, 2, 2], std::iter::repeat_n(1.0, 16));
        assert!(refusal(&own, &fields).contains("0 within a site"));
        assert!(refusal(&own, &nan).starts_with("h: "));
    }

    #[test]
    fn states_are_letters_or_signs() {
        let letters = Letters::plain(3).unwrap();
        let bytes = npy::write_i8(&array![[0, 2], [1, 1]]);
        let states = read_states(&bytes, Some(letters)).unwrap();
        assert_eq!((states.len(), states[0].units()), (2, &[0, 2][..]));
        assert!(read_states(&bytes, None).is_err());
        let said = read_states(&npy::write_i8(&array![[0, 3]]), Some(letters)).unwrap_err();
        assert!(
            said.to_string().ends_with("row 0, column 1 holds 3"),
            "{said}"
        );
        let half = npy::write_f32(&array![[0.5, 1.0]]);
        assert!(read_states(&half, Some(letters)).is_err());
        let signs = read_states(&npy::write_i8(&array![[1, -1]]), None).unwrap();
        assert_eq!(signs[0].units(), [1, -1]);
    }
}
