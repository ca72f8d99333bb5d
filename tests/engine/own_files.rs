//! A user's own files on the command line: what is opened in place of a world's name, what comes of it, what is refused.

use crate::program::{engram, engram_json, names, put, scratch};
use engram::worlds::npy;
use ndarray::{Array2, array};
use std::fs;
use std::path::Path;

/// A table of four patterns of 3 × 3, in two classes of two.
const TABLE: &str = "label;a;b;c;d;e;f;g;h;i\n\
    cross;0;1;0;1;1;1;0;1;0\n\
    ring;1;1;1;1;0;1;1;1;1\n\
    cross;1;0;1;0;1;0;1;0;1\n\
    ring;0;1;0;1;0;1;0;1;0\n";

fn patterns(folder: &Path) -> Array2<i8> {
    let bytes = fs::read(folder.join("X.npy")).expect("it was written");
    npy::read_patterns(&bytes).expect("of ±1")
}

/// An IDX file of unsigned bytes.
fn idx(sizes: &[u32], entries: &[u8]) -> Vec<u8> {
    let mut bytes = vec![0, 0, 8, sizes.len() as u8];
    bytes.extend(sizes.iter().flat_map(|size| size.to_be_bytes()));
    bytes.extend(entries);
    bytes
}

#[test]
fn a_table_is_stored_and_recalled() {
    let folder = scratch();
    put(folder.path(), "t.csv", TABLE.as_bytes());
    let world = "t.csv:p=4,held-out=0";
    let args = [
        "world", world, "--out", "X.npy", "--labels", "L.txt", "--json",
    ];
    let said = engram_json(folder.path(), &args);
    assert_eq!(
        (&said["n_patterns"], &said["n_units"]),
        (&4.into(), &9.into())
    );
    assert_eq!(said["grid"], serde_json::json!([3, 3]));
    let labels = fs::read_to_string(folder.path().join("L.txt")).expect("it was written");
    assert_eq!(labels, "cross\nring\ncross\nring\n");
    // As many +1 as there are ones in the table: 5 + 8 + 5 + 4.
    let ups = patterns(folder.path())
        .iter()
        .filter(|unit| **unit == 1)
        .count();
    assert_eq!(ups, 22);
    let args = ["recall", "--world", world, "--cue", "stored:1", "--json"];
    let recalled = engram_json(folder.path(), &args);
    assert_eq!(
        (&recalled["final_overlap"], &recalled["cue_label"]),
        (&1.0.into(), &"ring".into())
    );
    let again = said["world"].as_str().expect("a notation").to_owned();
    let args = ["world", &again, "--out", "X.npy", "--json"];
    assert_eq!(
        engram_json(folder.path(), &args),
        said,
        "the notation opens the same"
    );
}

#[test]
fn images_bring_their_labels_and_a_folder_its_test_set() {
    let folder = scratch();
    let bits: Vec<u8> = (0..32)
        .map(|place: u8| place.wrapping_mul(37) & 128)
        .collect();
    put(
        folder.path(),
        "train-images-idx3-ubyte",
        &idx(&[8, 2, 2], &bits),
    );
    put(
        folder.path(),
        "train-labels-idx1-ubyte",
        &idx(&[8], &[3, 5, 3, 5, 3, 5, 3, 5]),
    );
    // Two of the four fives are held out.
    let args = |p| format!("train-images-idx3-ubyte:p={p},classes=1,held-out=50");
    let flags = ["--out", "X.npy", "--labels", "L.txt", "--json"];
    let refused = engram(folder.path(), &[&["world", &args(3)], &flags[..]].concat());
    assert!(
        refused
            .err
            .contains("3 patterns asked for, but there are only 2 to store"),
        "{}",
        refused.err
    );
    let said = engram_json(folder.path(), &[&["world", &args(2)], &flags[..]].concat());
    assert_eq!(
        (&said["n_patterns"], &said["n_unseen"]),
        (&2.into(), &4.into())
    );
    assert_eq!(
        fs::read_to_string(folder.path().join("L.txt")).expect("it was written"),
        "5\n5\n"
    );
    fs::remove_file(folder.path().join("X.npy")).expect("it was written");
    put(
        folder.path(),
        "t10k-images-idx3-ubyte",
        &idx(&[3, 2, 2], &bits[..12]),
    );
    put(
        folder.path(),
        "t10k-labels-idx1-ubyte",
        &idx(&[3], &[5, 3, 5]),
    );
    let out = scratch();
    let target = out.path().join("X.npy");
    let args = [
        "world",
        ".:p=8",
        "--out",
        target.to_str().expect("a plain path"),
        "--json",
    ];
    let said = engram_json(folder.path(), &args);
    assert_eq!(
        (&said["n_patterns"], &said["n_unseen"]),
        (&8.into(), &3.into())
    );
}

#[test]
fn couplings_come_in_an_archive() {
    let folder = scratch();
    // What NumPy writes for `savez(file, J=[[0, 1], [1, 0]])`, with one stored entry and its checksum.
    let npy = npy::write_f32(&array![[0.0, 1.0], [1.0, 0.0]]);
    put(folder.path(), "J.npz", &stored_archive("J.npy", &npy));
    put(
        folder.path(),
        "C.npy",
        &npy::write_i8(&array![[1, -1], [1, 1]]),
    );
    let args = [
        "relax",
        "--couplings",
        "J.npz",
        "--cues",
        "C.npy",
        "--dynamics",
        "sync",
        "--out",
        "S.npy",
        "--json",
    ];
    let said = engram_json(folder.path(), &args);
    assert_eq!(said["verdict"], serde_json::json!(["cycle", "fixed point"]));
}

/// A zip archive of one stored file.
fn stored_archive(name: &str, plain: &[u8]) -> Vec<u8> {
    let mut sum = flate2::Crc::new();
    sum.update(plain);
    let length = (plain.len() as u32).to_le_bytes();
    let name_length = (name.len() as u16).to_le_bytes();
    let about = [
        &[0; 6][..],
        &sum.sum().to_le_bytes(),
        &length,
        &length,
        &name_length,
        &[0; 2],
    ]
    .concat();
    let local = [
        b"PK\x03\x04\x14\x00\x00\x00",
        &about[..],
        name.as_bytes(),
        plain,
    ]
    .concat();
    let entry = [
        b"PK\x01\x02\x14\x03\x14\x00\x00\x00",
        &about[..],
        &[0; 14],
        name.as_bytes(),
    ]
    .concat();
    let [start, length] = [local.len(), entry.len()].map(|number| (number as u32).to_le_bytes());
    [
        &local,
        &entry,
        &b"PK\x05\x06\x00\x00\x00\x00\x01\x00\x01\x00"[..],
        &length,
        &start,
        &[0; 2],
    ]
    .concat()
}

#[test]
fn what_cannot_be_opened_is_refused_with_its_name_and_place() {
    let folder = scratch();
    put(folder.path(), "bad.csv", b"1,0\n0,x\n");
    put(folder.path(), "bad.idx", &idx(&[9, 2, 2], &[0; 5]));
    let refusal = |world: &str| {
        let said = engram(folder.path(), &["recall", "--world", world]);
        assert_eq!(
            (said.code, said.out.as_str(), said.err.lines().count()),
            (2, "", 1),
            "{}",
            said.err
        );
        said.err
    };
    for (world, end) in [
        (
            "bad.csv",
            "bad.csv: every cell of the table is a finite number, except in a column of labels, but line 2, column 2 holds 'x'\n",
        ),
        (
            "bad.idx",
            "bad.idx: the header promises 9 × 2 × 2 bytes of images after byte 16, but only 5 follow\n",
        ),
        (
            "bad.csv:side=2",
            "side must be a whole number from 4 to 64, not 2\n",
        ),
        ("bad.csv:level=2", "held-out=20,side=28,labels=named\n"),
    ] {
        let said = refusal(world);
        assert!(
            said.starts_with("engram recall: --world") && said.ends_with(end),
            "{said}"
        );
    }
    assert!(refusal("none.csv").contains("there is no file, folder or world 'none.csv'; known: "));
    assert_eq!(
        names(folder.path()),
        ["bad.csv", "bad.idx"],
        "nothing is written"
    );
}
