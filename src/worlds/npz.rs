//! NumPy archives (`.npz`) out: what a memory of couplings is made of, each array stored as it is.
//!
//! | memory | arrays |
//! |---|---|
//! | couplings between signs | `J` (N, N): row i holds what acts on unit i |
//! | couplings between letters | `J` (N, q, N, q): J_ij(a,b) at i, a, j, b; `h` (N, q): h_i(a); in the gauge as learned |
//!
//! They are read again by [`files::read_memory`](super::files::read_memory). Absent: the archive itself (`zip`).

use super::npy;
use crate::engine::{Error, Memory};
use crate::zip;

/// Refuses couplings of so many units, and letters to each, that could not be read again: to be asked before anything
/// is learned or allocated.
pub fn check_size(n_units: usize, n_letters: Option<usize>) -> Result<(), Error> {
    let side = n_units as u128 * n_letters.unwrap_or(1) as u128;
    let most = npy::MAX_ENTRIES.isqrt();
    if side <= most as u128 {
        return Ok(());
    }
    Err(Error::Range {
        setting: "units, or sites times letters, of couplings in an archive",
        range: format!("at most {most}"),
        value: side.to_string(),
    })
}

/// The couplings of `memory` as an archive. Refused: a memory without couplings, and [sizes](check_size).
pub fn write_memory(memory: &Memory) -> Result<Vec<u8>, Error> {
    zip::archive(memory_arrays(memory, "")?)
}

/// The arrays of `memory`, names and bytes of files, `suffix` behind each name. Refused: a memory without couplings, and
/// [sizes](check_size).
pub(crate) fn memory_arrays(
    memory: &Memory,
    suffix: &str,
) -> Result<Vec<(String, Vec<u8>)>, Error> {
    check_size(memory.n_units(), memory.n_letters())?;
    if let Some(couplings) = memory.couplings() {
        let couplings = npy::write_f32(&couplings.to_array());
        return Ok(vec![(format!("J{suffix}.npy"), couplings)]);
    }
    let Some(potts) = memory.potts() else {
        let why = "this memory has no couplings to write".to_owned();
        return Err(Error::System(why));
    };
    let (n, q) = (potts.n_units(), potts.n_letters());
    // What acts is a row inside, and a column outside.
    let couplings = npy::write_f32_in(&[n, q, n, q], potts.pulls().t().iter().copied());
    let fields = npy::write_f32(potts.fields());
    Ok(vec![
        (format!("J{suffix}.npy"), couplings),
        (format!("h{suffix}.npy"), fields),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::potts::PottsCouplings;
    use crate::engine::{Couplings, LearningRule};
    use crate::worlds::files::read_memory;
    use crate::worlds::{Source, World};
    use ndarray::{Array2, array};

    #[test]
    fn couplings_between_letters_come_back_with_the_same_bits() {
        let world = World::parse("protein:p=5").unwrap();
        let patterns = Source::prepare(&world, 7)
            .unwrap()
            .stored()
            .unwrap()
            .patterns;
        let rule = LearningRule::parse("potts-hebb").unwrap();
        let memory = rule.learn(patterns, 7).unwrap();
        let (read, _) = read_memory(&write_memory(&memory).unwrap()).unwrap();
        assert!(read == memory);
    }

    #[test]
    fn asymmetric_couplings_keep_their_direction() {
        let mut pulls = Array2::zeros((4, 4));
        // Letter 1 at site 0 speaks for letter 0 at site 1.
        pulls[[1, 2]] = 2.5;
        let potts = PottsCouplings::new(array![[0.5, -0.5], [1.0, 0.0]], pulls).unwrap();
        assert_eq!(potts.value(1, 0, 0, 1), 2.5);
        let memory = Memory::Potts(potts);
        assert_eq!(
            read_memory(&write_memory(&memory).unwrap()).unwrap().0,
            memory
        );
        let signs = Couplings::new(array![[0.0, 0.3], [-1.0, 0.0]], 1.0).unwrap();
        let written = write_memory(&Memory::Pairwise(signs.clone())).unwrap();
        let (read, _) = read_memory(&written).unwrap();
        let read = read.couplings().expect("between signs");
        assert_eq!(read.to_array(), signs.to_array());
    }

    #[test]
    fn what_could_not_be_read_again_is_refused_before_it_is_made() {
        assert_eq!(check_size(16_384, None), Ok(()));
        assert_eq!(check_size(780, Some(21)), Ok(()));
        assert!(check_size(16_385, None).is_err() && check_size(781, Some(21)).is_err());
        assert!(check_size(usize::MAX, Some(21)).is_err());
    }
}
