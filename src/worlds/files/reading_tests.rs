//! Tests of reading: every format from bytes to images, what belongs together, what is refused, and no bytes that panic.

use super::super::archive::tests::archive;
use super::super::{File, MAX_UNITS, Method, Pixels, Threshold, Values};
use super::*;
use crate::engine::Grid;
use flate2::Compression;
use flate2::write::GzEncoder;
use image::{ExtendedColorType, ImageEncoder as _, codecs::png::PngEncoder};
use std::io::Write as _;

const WHY: &str = "a vector takes everything";

fn input(name: &str, files: &[(&str, Vec<u8>)]) -> Arc<Input> {
    let file = |(name, bytes): &(&str, Vec<u8>)| File {
        name: (*name).to_owned(),
        bytes: bytes.as_slice().into(),
    };
    Input::new(name, files.iter().map(file).collect())
        .expect("few and small")
        .into()
}

fn read(files: &[(&str, Vec<u8>)]) -> Result<Images, Error> {
    let name = if files.len() == 1 {
        files[0].0
    } else {
        "folder"
    };
    Reading::new(input(name, files), ReadOptions::default()).finish()
}

fn refusal(files: &[(&str, Vec<u8>)]) -> String {
    read(files).expect_err("refused").to_string()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect(WHY);
    encoder.finish().expect(WHY)
}

fn idx(sizes: &[u32], entries: &[u8]) -> Vec<u8> {
    let mut bytes = vec![0, 0, 8, sizes.len() as u8];
    bytes.extend(sizes.iter().flat_map(|size| size.to_be_bytes()));
    bytes.extend(entries);
    bytes
}

fn npy(descr: &str, fortran: bool, shape: &str, data: &[u8]) -> Vec<u8> {
    let fortran = if fortran { "True" } else { "False" };
    let text = format!("{{'descr': '{descr}', 'fortran_order': {fortran}, 'shape': {shape}, }}\n");
    let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
    bytes.extend((text.len() as u16).to_le_bytes());
    bytes.extend(text.as_bytes());
    bytes.extend(data);
    bytes
}

fn png(width: u32, height: u32, gray: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let encoder = PngEncoder::new(&mut bytes);
    encoder
        .write_image(gray, width, height, ExtendedColorType::L8)
        .expect(WHY);
    bytes
}

fn values(images: &Images) -> Vec<f32> {
    let pixels = images.pixels();
    (0..pixels.len()).map(|place| pixels.value(place)).collect()
}

fn labels(images: &Images) -> Vec<&str> {
    (0..images.len())
        .map(|index| &**images.label(index).expect("labels"))
        .collect()
}

#[test]
fn idx_files_go_together_by_name() {
    let files = [
        (
            "t10k-images-idx3-ubyte.gz",
            gzip(&idx(&[1, 2, 3], &[9, 9, 9, 9, 9, 8])),
        ),
        ("t10k-labels-idx1-ubyte.gz", gzip(&idx(&[1], &[7]))),
        (
            "train-images-idx3-ubyte",
            idx(&[2, 2, 3], &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 255]),
        ),
        ("train-labels-idx1-ubyte.gz", gzip(&idx(&[2], &[10, 9]))),
        ("README.md", b"# What this is".to_vec()),
    ];
    let images = read(&files).unwrap();
    assert_eq!(
        (images.len(), images.n_train(), images.left_out().len()),
        (3, 2, 1)
    );
    assert_eq!(images.grid(), Grid::new(2, 3));
    assert_eq!(labels(&images), ["10", "9", "7"]);
    assert_eq!(
        (images.gray(1), images.values()),
        (vec![6, 7, 8, 9, 10, 255], Values::Gray)
    );
    // One alone has no labels; one pair needs no names.
    let alone = read(&files[2..3]).unwrap();
    assert_eq!((alone.len(), alone.labels()), (2, None));
    let pair = [("a", files[2].1.clone()), ("b", files[3].1.clone())];
    assert_eq!(labels(&read(&pair).unwrap()), ["10", "9"]);
    let test = read(&files[..2]).unwrap();
    assert_eq!(
        (test.n_train(), labels(&test)),
        (1, vec!["7"]),
        "{:?}",
        test.values()
    );
}

#[test]
fn arrays_of_every_shape_are_images() {
    let cube: Vec<u8> = (0..12).collect();
    let c = read(&[("a.npy", npy("|u1", false, "(2, 2, 3)", &cube))]).unwrap();
    assert_eq!((c.len(), c.grid()), (2, Grid::new(2, 3)));
    assert_eq!(values(&c), (0..12_u8).map(f32::from).collect::<Vec<f32>>());
    // The same array with the first index fastest: entry (a, b, c) at a + 2 (b + 2 c).
    let fastest_first: Vec<u8> = (0..12)
        .map(|place| {
            let (a, b, c) = (place % 2, place / 2 % 2, place / 4);
            cube[a * 6 + b * 3 + c]
        })
        .collect();
    let f = read(&[("a.npy", npy("|u1", true, "(2, 2, 3)", &fastest_first))]).unwrap();
    assert_eq!(f, c);
    let channel = read(&[("a.npy", npy("|u1", false, "(2, 2, 3, 1)", &cube))]).unwrap();
    assert_eq!(channel, c);
    let flat = read(&[("a.npy", npy("|u1", false, "(3, 4)", &cube))]).unwrap();
    assert_eq!((flat.len(), flat.grid()), (3, Grid::square(2)));
    let bits = read(&[("a.npy", npy("|b1", false, "(1, 4)", &[1, 0, 0, 1]))]).unwrap();
    assert_eq!(bits.values(), Values::Bits);
    let signs: Vec<u8> = [1.0, -1.0, -1.0, 1.0_f64]
        .iter()
        .flat_map(|x| x.to_be_bytes())
        .collect();
    let signs = read(&[("a.npy.gz", gzip(&npy(">f8", false, "(4,)", &signs)))]).unwrap();
    assert_eq!(
        (signs.values(), signs.len(), values(&signs)),
        (Values::Signs, 1, vec![1.0, 0.0, 0.0, 1.0])
    );
}

#[test]
fn archives_and_folders_of_arrays_name_their_parts() {
    let train = npy("|u1", false, "(2, 4)", &[0, 50, 100, 200, 1, 51, 101, 201]);
    let test = npy("|u1", false, "(1, 4)", &[9; 4]);
    let (y_train, y_test) = (
        npy(
            "<i8",
            false,
            "(2,)",
            &[[3, 0, 0, 0, 0, 0, 0, 0], [1, 0, 0, 0, 0, 0, 0, 0]].concat(),
        ),
        npy("|u1", false, "(1, 1)", &[3]),
    );
    let names = ["x_test.npy", "x_train.npy", "y_test.npy", "y_train.npy"];
    let arrays = [&test, &train, &y_test, &y_train];
    let entries: Vec<(&str, &[u8])> = names
        .iter()
        .zip(arrays)
        .map(|(name, array)| (*name, array.as_slice()))
        .collect();
    for deflated in [false, true] {
        let images = read(&[("mnist.npz", archive(&entries, deflated))]).unwrap();
        assert_eq!((images.len(), images.n_train()), (3, 2));
        assert_eq!(labels(&images), ["3", "1", "3"]);
    }
    let folder: Vec<(&str, Vec<u8>)> = entries
        .iter()
        .map(|(name, bytes)| (*name, bytes.to_vec()))
        .collect();
    assert_eq!(labels(&read(&folder).unwrap()), ["3", "1", "3"]);
    let lone = |bytes: &[u8]| archive(&[("arr_0.npy", bytes)], true);
    let pair = [
        ("k-train-imgs.npz", lone(&train)),
        ("k-train-labels.npz", lone(&y_train)),
    ];
    assert_eq!(labels(&read(&pair).unwrap()), ["3", "1"]);
    let unclear = "one of several arrays is called patterns, x, images or data, and one more may be its labels or y, each with train or test where there are both, but these are called ";
    assert_eq!(
        refusal(&[(
            "w.npz",
            archive(&[("a.npy", &train), ("b.npy", &test)], true)
        )]),
        format!("w.npz: {unclear}'a.npy', 'b.npy'")
    );
    assert_eq!(
        refusal(&[(
            "w.npz",
            archive(&[("x.npy", &train), ("data.npy", &test)], true)
        )]),
        format!("w.npz: {unclear}'x.npy', 'data.npy'")
    );
    assert_eq!(
        refusal(&[("w.docx", archive(&[("word/a.xml", b"<a/>")], true))]),
        "w.docx: an archive of arrays holds files called *.npy, but this one begins with 'word/a.xml'"
    );
}

#[test]
fn pictures_become_one_size_and_folders_their_labels() {
    // 4 × 2: the middle 2 × 2 is 10, 20 | 30, 40.
    let wide = png(4, 2, &[0, 10, 20, 0, 0, 30, 40, 0]);
    let large = png(
        4,
        4,
        &[
            0, 0, 255, 255, 0, 0, 255, 255, 0, 0, 255, 255, 0, 0, 255, 255,
        ],
    );
    let files = [
        ("cat/b.png", wide),
        ("dog/a.png", large),
        ("notes.txt", b"1 2".to_vec()),
    ];
    let read_at = |side| {
        let how = ReadOptions {
            side,
            ..ReadOptions::default()
        };
        Reading::new(input("pictures", &files), how)
            .finish()
            .expect("pictures")
    };
    let images = read_at(2);
    assert_eq!(
        (images.len(), images.grid(), images.left_out().len()),
        (2, Grid::square(2), 1)
    );
    assert_eq!(images.gray(0), [10, 20, 30, 40]);
    // Halved by area average of overlapping triangles: dark left, light right.
    let halved = images.gray(1);
    assert_eq!((halved[0], halved[1]), (halved[2], halved[3]));
    assert!(halved[0] < 64 && halved[1] > 191, "{halved:?}");
    assert_eq!(
        (labels(&images), images.name(1)),
        (vec!["cat", "dog"], Some("dog/a.png"))
    );
    assert_eq!(read_at(8).n_units(), 64);
    let broken = [("a.png", png(2, 2, &[0, 1, 2, 3])[..40].to_vec())];
    assert!(
        refusal(&broken).starts_with(
            "a.png: the file starts as a PNG picture does, but it cannot be decoded: "
        )
    );
}

#[test]
fn a_picture_that_promises_ten_thousand_million_pixels_is_refused() {
    let mut huge = png(2, 2, &[0, 1, 2, 3]);
    for place in [16, 20] {
        huge[place..place + 4].copy_from_slice(&100_000_u32.to_be_bytes());
    }
    // The header's checksum must agree with the forged size.
    let sum = crate::zip::checksum(&huge[12..29]);
    huge[29..33].copy_from_slice(&sum.to_be_bytes());
    assert_eq!(
        refusal(&[("huge.png", huge)]),
        "huge.png: a picture may have 20000 pixels a side and take 512 MiB, but this one has 100000 × 100000 and takes 9536 MiB"
    );
}

#[test]
fn tables_are_read_whatever_they_are_called() {
    let images = read(&[("data.bin", gzip(b"label,a,b\n5,1,-1\n6,-1,1\n"))]).unwrap();
    assert_eq!(
        (labels(&images), images.values()),
        (vec!["5", "6"], Values::Signs)
    );
    let state = Threshold {
        method: Method::Level,
        ..Threshold::default()
    }
    .state(&images, 1);
    assert_eq!(state.units(), [-1, 1]);
    assert_eq!(images.pixels(), &Pixels::Bytes(vec![1, 0, 0, 1]));
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
    let reading = Reading::new(
        input("bomb.gz", &[("bomb.gz", bomb)]),
        ReadOptions::default(),
    );
    assert_eq!(
        reading.finish().expect_err("too long").to_string(),
        "bomb.gz: a file of patterns may hold 256 MiB, but this one holds more once decompressed"
    );
}

#[test]
fn reading_goes_by_slices_and_says_how_far_it_is() {
    let pixels: Vec<u8> = (0..20 << 20).map(|place: u32| (place >> 7) as u8).collect();
    let packed = gzip(&idx(&[20 << 10, 32, 32], &pixels));
    let mut done = Vec::new();
    let mut images = None;
    for step in Reading::new(input("a.gz", &[("a.gz", packed)]), ReadOptions::default()) {
        match step {
            Preparation::UnderWay(part) => done.push(part),
            Preparation::Ready(result) => images = Some(result.expect("well formed")),
        }
    }
    assert_eq!(images.expect("the last item").len(), 20 << 10);
    assert!(done.len() > 12 && done.is_sorted(), "{done:?}");
    assert!(done[0] >= 0.0 && *done.last().expect("many") < 1.0);
}

#[path = "reading_properties.rs"]
mod properties;
