//! Couplings that were learned elsewhere, to be probed here: a NumPy array N × N, alone or in an archive.
//!
//! Absent: archives compressed by anything but zip's own means, and any guess at which array is meant.

use super::archive::{self, Unpacking};
use super::format::Format;
use super::names;
use crate::engine::{Couplings, Error};
use crate::worlds::npy;
use std::sync::Arc;

/// Names of couplings in an archive of several arrays.
const NAMES: &[&str] = &["couplings", "j", "w", "weights"];

/// Reads couplings from an NPY file or an NPZ archive; row i holds what acts on unit i.
///
/// In an archive they are the only array, or the only one called couplings, J, W or weights. Refused: what is not
/// square or not finite.
pub fn read_couplings(bytes: &[u8]) -> Result<Couplings, Error> {
    if Format::of(bytes) != Format::Zip {
        return Couplings::from_array(npy::read_couplings(bytes)?);
    }
    let mut entries = archive::entries_within(bytes, npy::MAX_BYTES)?;
    if entries.iter().any(archive::ArchiveEntry::is_array) {
        entries.retain(archive::ArchiveEntry::is_array);
    }
    let is_named = |entry: &archive::ArchiveEntry| {
        let name = entry.name.to_lowercase();
        NAMES.contains(&name.trim_end_matches(".npy"))
    };
    let all: Vec<&str> = entries.iter().map(|entry| entry.name.as_str()).collect();
    let all = names::list(&all);
    if entries.len() > 1 {
        entries.retain(is_named);
    }
    let (Some(entry), true) = (entries.pop(), entries.is_empty()) else {
        return Err(Error::Format {
            expected: "one of several arrays is called couplings, J, W or weights".to_owned(),
            found: format!("these are called {all}"),
        });
    };
    let name = entry.name.clone();
    let mut unpacking = Unpacking::new(Arc::from(bytes), entry);
    let plain = loop {
        if let Some(plain) = unpacking.step()? {
            break plain;
        }
    };
    let weights = npy::read_couplings(&plain);
    weights
        .and_then(Couplings::from_array)
        .map_err(|why| why.in_source(name))
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
            let couplings = read_couplings(&bytes).expect("well formed");
            assert_eq!(couplings.to_array(), matrix);
            assert!(!couplings.symmetric());
        }
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
