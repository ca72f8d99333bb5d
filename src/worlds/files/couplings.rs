//! Couplings that were learned elsewhere, to be probed here: a NumPy array N × N, alone or in an archive.
//!
//! Absent: archives compressed by anything but zip's own means, and any guess at which array is meant.

use super::archive::{self, Unpacking};
use super::format::Format;
use super::names;
use crate::engine::{Couplings, Error};
use crate::worlds::npy;

/// Names of couplings in an archive of several arrays.
const NAMES: &[&str] = &["couplings", "j", "w", "weights"];

/// Couplings in a file, and what is to be said of them.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadCouplings {
    /// The couplings, in single precision.
    pub couplings: Couplings,
    /// A sentence for each thing that single precision does not hold: whole numbers that became others, numbers that
    /// became zero, fields that may not be exact. None of plain rounding.
    pub remarks: Vec<String>,
}

/// Reads couplings from an NPY file or an NPZ archive; row i holds what acts on unit i.
///
/// In an archive they are the only array, or the only one called couplings, J, W or weights. Refused: what is not
/// square or not finite.
pub fn read_couplings(bytes: &[u8]) -> Result<ReadCouplings, Error> {
    if Format::of(bytes) != Format::Zip {
        return ReadCouplings::from_npy(bytes);
    }
    let mut entries = archive::entries_within(bytes, npy::MAX_BYTES)?;
    if entries.iter().any(archive::ArchiveEntry::is_array) {
        entries.retain(archive::ArchiveEntry::is_array);
    }
    let is_named = |entry: &archive::ArchiveEntry| {
        let name = entry.name.to_lowercase();
        NAMES.contains(&name.trim_end_matches(".npy"))
    };
    let all: Vec<String> = entries.iter().map(|entry| entry.name.clone()).collect();
    let names = |but: &str| {
        all.iter()
            .map(|name| &**name)
            .filter(|name| *name != but)
            .collect::<Vec<_>>()
    };
    if entries.len() > 1 {
        entries.retain(is_named);
    }
    let (Some(entry), true) = (entries.pop(), entries.is_empty()) else {
        return Err(Error::Format {
            expected: "one of several arrays is called couplings, J, W or weights".to_owned(),
            found: format!("these are called {}", names::list(&names(""))),
        });
    };
    let name = entry.name.clone();
    let plain = Unpacking::new(bytes, entry).finish()?;
    let mut read = ReadCouplings::from_npy(&plain).map_err(|why| why.in_source(&*name))?;
    let left_out = names::left_out("array", &names(&name), "only couplings are read");
    read.remarks.extend(left_out.map(|it| it.in_words()));
    Ok(read)
}

impl ReadCouplings {
    fn from_npy(bytes: &[u8]) -> Result<Self, Error> {
        let (couplings, mut remarks) = npy::read_couplings_and_losses(bytes)?;
        let couplings = Couplings::from_array(couplings)?;
        remarks.extend(inexact_fields(&couplings));
        Ok(Self { couplings, remarks })
    }
}

/// That fields of couplings in whole numbers may be larger than single precision counts, if so.
fn inexact_fields(couplings: &Couplings) -> Option<String> {
    const LARGEST: f64 = (1 << 24) as f64;
    let weights = couplings.weights();
    let are_whole = weights.iter().all(|weight| weight.trunc() == *weight);
    let size = |weight: &f32| f64::from(weight.abs());
    let sums = weights.outer_iter().map(|row| row.iter().map(size).sum());
    let largest = sums.fold(0.0, f64::max);
    (are_whole && largest > LARGEST).then(|| {
        "the couplings are whole numbers so large that their sums may be rounded: a field that should be zero may not be"
            .to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::super::archive::tests::archive;
    use super::*;
    use ndarray::array;

    #[test]
    fn couplings_come_alone_or_by_name() {
        let matrix = array![[0.0, 1.5], [-1.0, 0.0]];
        let npy = npy::write_f32(&matrix);
        let other = npy::write_i8(&array![[1, -1]]);
        for bytes in [
            npy.clone(),
            archive(&[("arr_0.npy", &npy)], true),
            archive(&[("xi.npy", &other), ("W.npy", &npy)], true),
        ] {
            let ReadCouplings { couplings, remarks } = read_couplings(&bytes).expect("well formed");
            assert_eq!(couplings.to_array(), matrix);
            let told = remarks
                .iter()
                .all(|it| it == "Left out: array 'xi.npy': only couplings are read");
            assert!(!couplings.symmetric() && told);
            assert_eq!(
                remarks.len(),
                usize::from(bytes.windows(6).any(|six| six == b"xi.npy"))
            );
        }
    }

    /// A file of four numbers as NumPy writes it.
    fn two_by_two<const WIDTH: usize>(descr: &str, numbers: [[u8; WIDTH]; 4]) -> Vec<u8> {
        let text = format!("{{'descr': '{descr}', 'fortran_order': False, 'shape': (2, 2), }}\n");
        let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
        bytes.extend((text.len() as u16).to_le_bytes());
        bytes.extend(text.as_bytes());
        bytes.extend(numbers.concat());
        bytes
    }

    #[test]
    fn what_single_precision_does_not_hold_is_said() {
        let said = |bytes: &[u8]| read_couplings(bytes).expect("well formed").remarks;
        let doubles = |numbers: [f64; 4]| said(&two_by_two("<f8", numbers.map(f64::to_le_bytes)));
        assert!(doubles([0.1, 1.0 / 3.0, -1e9, 16_777_218.0]).is_empty());
        assert_eq!(
            doubles([0.0, 16_777_217.0, 0.3, -33_554_433.0]),
            [
                "2 of 4 couplings are not exact in single precision; the first is in row 0, column 1: 16777217"
            ]
        );
        assert_eq!(
            doubles([0.0, 1.0, 1e-300, 1.000_1e-40]),
            [
                "1 of 4 couplings becomes 0 in single precision; the first is in row 1, column 0: 1e-300",
                "1 of 4 couplings loses digits in single precision, below 1.2 × 10⁻³⁸; the first is in row 1, column 1: 1.0001e-40"
            ]
        );
        let whole = [0, 1, (1 << 53) + 1, -(1_i64 << 53)];
        let exactly = "the first is in row 1, column 0: 9007199254740993";
        let sums = "the couplings are whole numbers so large that their sums may be rounded: a field that should be zero may not be";
        assert_eq!(
            said(&two_by_two(">i8", whole.map(i64::to_be_bytes))),
            [
                &format!("1 of 4 couplings is not exact in single precision; {exactly}"),
                sums
            ]
        );
        let largest = [u64::MAX, 0, 0, 1 << 63];
        let remarks = said(&two_by_two("<u8", largest.map(u64::to_le_bytes)));
        assert!(
            remarks[0].ends_with("column 0: 18446744073709551615"),
            "{remarks:?}"
        );
        // Sums of these are counted in thousands, and exact.
        let thousands = [0, 1_000, 16_777_000, 3_000];
        assert!(said(&two_by_two("<i4", thousands.map(i32::to_le_bytes))).is_empty());
    }

    #[test]
    fn what_is_not_clear_is_refused() {
        let npy = npy::write_f32(&array![[0.0, 1.0], [1.0, 0.0]]);
        let refusal = |bytes: &[u8]| read_couplings(bytes).expect_err("refused").to_string();
        assert_eq!(
            refusal(&archive(&[("a.npy", &npy), ("b.npy", &npy)], false)),
            "one of several arrays is called couplings, J, W or weights, but these are called 'a.npy', 'b.npy'"
        );
        assert!(
            refusal(&archive(&[("J.npy", &npy), ("w.npy", &npy)], false))
                .contains("'J.npy', 'w.npy'")
        );
        assert!(refusal(&archive(&[], false)).contains("is called couplings"));
        assert_eq!(
            refusal(&archive(
                &[("J.npy", &npy::write_i8(&array![[1, 1]]))],
                true
            )),
            "J.npy: an array of couplings must have two equal dimensions, N × N, not shape 1 × 2"
        );
    }
}
