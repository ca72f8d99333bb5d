//! Tests of what is refused when files are read: by name and place, before it costs anything, and without a panic.

use super::super::archive::tests::archive;
use super::super::{How, MAX_UNITS, Reading, Threshold};
use super::tests::{gzip, idx, input, npy, png, read, refusal};
use proptest::prelude::*;

#[test]
fn a_picture_that_promises_ten_thousand_million_pixels_is_refused() {
    let mut huge = png(2, 2, &[0, 1, 2, 3]);
    for place in [16, 20] {
        huge[place..place + 4].copy_from_slice(&100_000_u32.to_be_bytes());
    }
    // The header's checksum must agree with the forged size.
    let sum = crate::worlds::inflate::checksum(&huge[12..29]);
    huge[29..33].copy_from_slice(&sum.to_be_bytes());
    assert_eq!(
        refusal(&[("huge.png", huge)]),
        "huge.png: a picture may have 20000 pixels a side and take 512 MiB, but this one has 100000 × 100000 and takes 9536 MiB"
    );
}

#[test]
fn what_cannot_be_read_is_refused_by_name() {
    let table = || b"1 2\n3 4".to_vec();
    assert_eq!(
        refusal(&[("a.bin", vec![1, 2, 0, 4, 5])]),
        "a.bin: patterns are read from IDX, NPY, NPZ, PNG, JPEG or a table as text, but this is none of them and starts with 01 02 00 04"
    );
    assert_eq!(
        refusal(&[("a", Vec::new())]),
        "a: patterns are read from IDX, NPY, NPZ, PNG, JPEG or a table as text, but there is nothing in it"
    );
    assert_eq!(
        refusal(&[("a.txt", table()), ("b.txt", table())]),
        "folder: a folder of patterns holds one table, or pictures, arrays or IDX files, but this one holds 2 files of text; open one of them"
    );
    assert_eq!(
        refusal(&[
            ("a.png", png(2, 2, &[0, 1, 2, 3])),
            ("b", idx(&[1, 2, 2], &[0, 1, 2, 3]))
        ]),
        "folder: files opened together are of one format, but these are IDX (b) and PNG or JPEG (a.png)"
    );
    assert_eq!(
        refusal(&[("a.idx", idx(&[1, 70, 70], &[1; 4900]))]),
        format!(
            "a.idx: a pattern must have 2 to {MAX_UNITS} units, since N units have N² couplings, not 4900 (70 × 70)"
        )
    );
    assert_eq!(
        refusal(&[("a.idx", idx(&[2], &[1, 2]))]),
        "a.idx: an IDX file of images has 3 dimensions (byte 3), but byte 3 is 1"
    );
    let two = |name| (name, idx(&[1, 2, 2], &[0, 1, 2, 3]));
    assert_eq!(
        refusal(&[two("a-images"), two("b-images")]),
        "folder: IDX files opened together are one file of images, perhaps one more of a test set, and their labels, but these are 'a-images', 'b-images'"
    );
    let flat = npy("|u1", false, "(1, 4)", &[3; 4]);
    assert_eq!(
        refusal(&[("a.npy", flat)]),
        "a.npy: patterns need at least two different values, but every pixel or cell holds 3"
    );
    let nan: Vec<u8> = [0.0, f32::NAN]
        .iter()
        .flat_map(|x| x.to_le_bytes())
        .collect();
    assert_eq!(
        refusal(&[("a.npy", npy("<f4", false, "(1, 2)", &nan))]),
        "a.npy: an array of patterns must be finite in 32 bits; row 0, column 1 holds NaN"
    );
    assert_eq!(
        refusal(&[("a.npy", npy("|u1", false, "(40000000, 40000000)", &[0]))]),
        "a.npy: a NumPy array must have 1 to 268435456 entries, not shape 40000000 × 40000000"
    );
}

#[test]
fn a_bomb_is_refused_before_it_goes_off() {
    // 300 MiB of zeros, deflated by the same two bytes of code again and again: about 300 kB.
    let bomb = gzip(&vec![0; 300 << 20]);
    let reading = Reading::new(input("bomb.gz", &[("bomb.gz", bomb)]), How::default());
    assert_eq!(
        reading.finish().expect_err("too long").to_string(),
        "bomb.gz: a file of patterns may hold 256 MiB, but this one holds more once decompressed"
    );
}

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
