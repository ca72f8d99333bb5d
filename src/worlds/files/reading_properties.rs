//! Whatever the bytes: nothing panics, and what is refused is refused in a sentence.

use super::*;
use proptest::prelude::*;

/// A valid file of every format.
fn valid() -> Vec<Vec<u8>> {
    let array = npy(
        "<f4",
        true,
        "(2, 2)",
        &[0, 0, 128, 63, 0, 0, 0, 0, 0, 0, 128, 191, 0, 0, 0, 64],
    );
    vec![
        idx(&[2, 2, 2], &[0, 1, 2, 3, 4, 5, 6, 7]),
        gzip(&idx(&[1, 2, 2], &[0, 1, 2, 3])),
        array.clone(),
        archive(
            &[
                ("x.npy", &array),
                ("y.npy", &npy("|u1", false, "(2,)", &[1, 2])),
            ],
            true,
        ),
        archive(&[("x.npy", &array)], false),
        b"label,a,b\ncat,1,0\ndog,0,1\n".to_vec(),
        png(3, 2, &[0, 50, 100, 150, 200, 250]),
    ]
}

#[test]
fn valid_files_are_valid() {
    for bytes in valid() {
        assert!(read(&[("a", bytes)]).is_ok());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Whatever is done to a valid file, it is read or refused in one sentence, and never a panic.
    #[test]
    fn no_bytes_panic(which in 0..7_usize, cut in 0..400_usize, changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4), noise in proptest::collection::vec(any::<u8>(), 0..40)) {
        let mut bytes = valid().swap_remove(which);
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        bytes.truncate(bytes.len().max(1) - cut.min(bytes.len()) * usize::from(cut % 5 == 0));
        for bytes in [bytes, noise] {
            match read(&[("a", bytes)]) {
                Ok(images) => {
                    let state = Threshold::default().state(&images, images.len() - 1);
                    prop_assert_eq!(state.n_units(), images.n_units());
                }
                Err(why) => {
                    let sentence = why.to_string();
                    prop_assert!(sentence.starts_with("a: ") && !sentence.contains('\n') && !sentence.ends_with('.'), "{}", sentence);
                }
            }
        }
    }
}
