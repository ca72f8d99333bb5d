//! The command line does exactly what was typed, or refuses it; what nobody typed and does not fit is mended and said.

use crate::program::{engram, engram_json, put, scratch};
use crate::refusals::refused;
use engram::worlds::npy;
use ndarray::array;
use std::fs;
use std::path::Path;

/// A table of so many rows of four units.
fn table(rows: usize) -> String {
    let row = |row: usize| {
        let bits = (0..4).map(|bit| (row >> bit & 1).to_string());
        bits.collect::<Vec<String>>().join(",") + "\n"
    };
    (0..rows).map(row).collect()
}

#[test]
fn what_contradicts_itself_is_refused() {
    let folder = scratch();
    let cases: [(&str, &[&str]); 8] = [
        (
            "recall --corrupt flip=0.1 --corrupt flip=0.2",
            &["--corrupt:", "given twice"],
        ),
        (
            "recall --corrupt flip=0.1,flip=0.2",
            &["--corrupt", "given twice"],
        ),
        (
            "recall --corrupt none --corrupt flip=0.2",
            &["--corrupt:", "none"],
        ),
        (
            "recall --rule hebb:diagonal=zero,diagonal=kept",
            &["--rule", "given twice"],
        ),
        (
            "recall --dynamics glauber:T=1,temperature=2",
            &["--dynamics", "given twice"],
        ),
        ("recall --world random:p=5,p=6", &["--world", "given twice"]),
        (
            "recall --world random:p=5 --patterns 6",
            &["--patterns: p is given twice, as 5 in --world and as 6"],
        ),
        (
            "recall --world mnist:size=28 --size 14",
            &["--size: size is given twice"],
        ),
    ];
    for (args, words) in cases {
        refused(folder.path(), args, words);
    }
}

#[test]
fn what_was_typed_and_does_not_fit_is_refused_by_its_flag() {
    let folder = scratch();
    put(folder.path(), "t.csv", table(6).as_bytes());
    for (args, words) in [
        (
            "recall --world protein --rule hebb",
            &["--rule:", "is for units of ±1"] as &[&str],
        ),
        ("recall --rule potts", &["--rule:", "letters"]),
        (
            "recall --world protein --alter asymmetry=0.5",
            &["--alter:", "does nothing in potts"],
        ),
        (
            "recall --rule dense --alter dilution=0.5",
            &["--alter:", "does nothing in dense"],
        ),
        (
            "recall --rule modern:states=continuous --dynamics glauber:T=1",
            &["--dynamics:", "does nothing in modern", "sync"],
        ),
        ("recall --alter cut=each", &["--alter", "cut does nothing"]),
        (
            "recall --world protein --corrupt invert",
            &["--corrupt:", "±1"],
        ),
        (
            "recall --world random --threshold 3",
            &["--threshold does nothing in random"],
        ),
        (
            "recall --world random --digits 3",
            &["--digits does nothing in random"],
        ),
        (
            "recall --world t.csv:side=9",
            &["--world:", "side does nothing in t.csv"],
        ),
        (
            "recall --world t.csv --patterns 7",
            &["--patterns:", "7 patterns asked for"],
        ),
        (
            "recall --world t.csv:p=7",
            &["--world:", "7 patterns asked for"],
        ),
        (
            "recall --world t.csv/x",
            &["--world", "t.csv/x: not a directory"],
        ),
        ("recall --cue t.csv/x", &["--cue: t.csv/x: not a directory"]),
        (
            "recall --rule t.csv/x",
            &["--rule", "t.csv/x: not a directory"],
        ),
        ("recall --out t.csv/x", &["--out:", "a folder is wanted"]),
        (
            "learn --world protein --rule hebb --out J.npy",
            &["--rule:", "is for units of ±1"],
        ),
        (
            "learn --world mnist --rule dense --alter dilution=0.5 --out J.npy",
            &["--rule:", "no couplings"],
        ),
    ] {
        refused(folder.path(), args, words);
    }
    let said = engram(folder.path(), &["t.csv/x"]);
    assert_eq!(
        (said.code, &*said.err),
        (2, "engram: t.csv/x: not a directory\n")
    );
}

#[test]
fn a_picture_is_no_cue_of_letters() {
    let folder = scratch();
    engram(folder.path(), &["recall", "--out", "frames"]);
    refused(
        folder.path(),
        "recall --world protein --cue frames/frame-0000.png",
        &["--cue:", "units of ±1", "letters"],
    );
}

#[test]
fn what_repeats_itself_is_no_contradiction() {
    let folder = scratch();
    for args in [
        &["recall", "--corrupt", "flip=0.1", "--corrupt", "flip=0.10"] as &[&str],
        &["recall", "--world", "mnist:p=5", "--patterns", "5"],
        &["recall", "--rule", "hebb:diagonal=zero,diagonal=zero"],
        &["recall", "--corrupt", "none", "--corrupt", "none"],
    ] {
        let said = engram(folder.path(), args);
        assert_eq!(said.code, 0, "{args:?}: {}", said.err);
    }
}

/// What is said on standard error is the first of the remarks in JSON.
fn mended(folder: &Path, args: &[&str], words: &str) -> serde_json::Value {
    let args = [args, &["--json"]].concat();
    let said = engram(folder, &args);
    assert_eq!(said.code, 0, "{args:?}: {}", said.err);
    assert!(said.err.contains(words), "{args:?}: {}", said.err);
    let json: serde_json::Value = serde_json::from_str(&said.out).expect("JSON");
    let first = json["remarks"][0].as_str().expect("a remark");
    assert!(first.contains(words), "{args:?}: {first}");
    json
}

#[test]
fn what_nobody_typed_is_mended_and_said() {
    let folder = scratch();
    put(folder.path(), "t.csv", table(6).as_bytes());
    put(folder.path(), "more.csv", table(33).as_bytes());
    let family = b">a\nACDEFGHIKLM\n>b\nCADEFGHIKLM\n>c\nACDEFGGIKLA\n";
    put(folder.path(), "family.fasta", family);
    let path = folder.path();
    let words = "6 patterns are stored and none is held out: there are fewer than the usual 30";
    for command in [
        &["recall", "--world", "t.csv"] as &[&str],
        &["world", "t.csv", "--out", "X.npy"],
        &[
            "learn", "--world", "t.csv", "--rule", "hebb", "--out", "J.npy",
        ],
    ] {
        let json = mended(path, command, words);
        assert_eq!(json["n_patterns"], 6);
        let rows = json["source_rows"].as_array().expect("a list");
        let mut rows: Vec<u64> = rows.iter().filter_map(serde_json::Value::as_u64).collect();
        rows.sort_unstable();
        assert_eq!(rows, [0, 1, 2, 3, 4, 5]);
    }
    // Somebody asks for what is held out, so that it stays.
    let words = "5 patterns are stored: there are fewer";
    mended(
        path,
        &["recall", "--world", "t.csv", "--cue", "unseen:0"],
        words,
    );
    let unseen = ["--unseen", "U.npy", "--n-unseen", "1"];
    mended(
        path,
        &[&["world", "t.csv", "--out", "X.npy"], &unseen[..]].concat(),
        words,
    );
    let json = mended(
        path,
        &["recall", "--world", "more.csv"],
        "27 patterns are stored: there",
    );
    assert_eq!(json["n_patterns"], 27);
    mended(
        path,
        &["recall", "--world", "family.fasta:p=3,held-out=0"],
        "The rule is potts: the usual pseudo-inverse is not for units of 21 letters",
    );
    let json = mended(
        path,
        &["recall", "--patterns", "2"],
        "The cue is stored:1: there is no pattern 3 (counted from 0)",
    );
    assert_eq!(json["cue"], "stored:1");
}

#[test]
fn nothing_is_said_where_nothing_is_mended() {
    let folder = scratch();
    for args in [
        &[
            "recall",
            "--world",
            "protein:p=5",
            "--rule",
            "potts:tolerance=0.1",
        ] as &[&str],
        &["recall", "--patterns", "2", "--cue", "stored:1"],
    ] {
        let said = engram(folder.path(), args);
        assert!(
            !said.err.contains("usual") && !said.err.contains("The cue is"),
            "{}",
            said.err
        );
    }
}

#[test]
fn nothing_that_is_read_is_written() {
    let folder = scratch();
    let path = folder.path();
    put(
        path,
        "X.npy",
        &npy::write_i8(&array![[1, -1, 1, 1], [-1, -1, 1, -1]]),
    );
    put(
        path,
        "J.npy",
        &npy::write_f32(&array![[0.0, 1.0], [1.0, 0.0]]),
    );
    put(path, "C.npy", &npy::write_i8(&array![[1, -1]]));
    let rows = fs::read(path.join("X.npy")).expect("it was put");
    fs::create_dir(path.join("in")).expect("a new folder");
    put(&path.join("in"), "a.csv", table(5).as_bytes());
    let reads = "this is what";
    for (args, words) in [
        (
            "learn --patterns-file X.npy --rule hebb --out X.npy",
            &["--out: X.npy:", reads] as &[&str],
        ),
        (
            "learn --patterns-file X.npy --rule hebb --out in/../X.npy",
            &["--out:", reads],
        ),
        (
            "learn --patterns-file X.npy --rule J.npy --out J.npy",
            &["--out: J.npy:", "--rule reads"],
        ),
        (
            "relax --couplings J.npy --cues C.npy --dynamics sync --out J.npy",
            &["--couplings reads"],
        ),
        (
            "relax --couplings J.npy --cues C.npy --dynamics sync --out ./C.npy",
            &["--cues reads"],
        ),
        ("world X.npy --out X.npy", &["--out: X.npy:", "WORLD reads"]),
        (
            "world random:n=16,p=2 --out A --labels A",
            &["--labels: A:", "--out writes"],
        ),
        (
            "world random:n=16,p=2 --out A --labels a",
            &["--labels: a:", "--out writes"],
        ),
        (
            "world random:n=16,p=2 --out A --unseen ./A --n-unseen 1",
            &["--unseen: ./A:", "--out writes"],
        ),
        (
            "world in --out in/X.npy",
            &["--out:", "lies in the folder that WORLD reads"],
        ),
        (
            "recall --world in --out in",
            &["--out: in:", "--world reads"],
        ),
        (
            "recall --world in --out in/new",
            &["lies in the folder that --world reads"],
        ),
        (
            "recall --world in/a.csv --out in",
            &["--out: in:", "this holds in/a.csv, which --world reads"],
        ),
        (
            "recall --world in/a.csv:p=2 --out ./in",
            &["which --world reads"],
        ),
    ] {
        refused(path, args, words);
    }
    assert_eq!(fs::read(path.join("X.npy")).expect("it is there"), rows);
    let said = engram_json(
        path,
        &["recall", "--world", "in/a.csv", "--out", "out", "--json"],
    );
    assert_eq!(said["n_patterns"], 5);
}
