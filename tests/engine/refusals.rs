//! Everything that can be wrong on the command line: code 2, one sentence that names the flag or the file, no panic,
//! and no file that was not there before.

use crate::program::{engram, names, put, scratch};
use engram::worlds::npy;
use image::{GrayImage, ImageFormat, Luma};
use ndarray::{Array2, array};
use std::io::Cursor;
use std::path::Path;
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// Refused: `args`, in a sentence that contains every one of `words`.
pub(crate) fn refused(folder: &Path, args: &str, words: &[&str]) {
    let before = names(folder);
    let args: Vec<&str> = args
        .split_whitespace()
        .map(|arg| if arg == "''" { "" } else { arg })
        .collect();
    let said = engram(folder, &args);
    assert_eq!((said.code, &*said.out), (2, ""), "{args:?}: {}", said.err);
    assert_eq!(
        said.err.matches('\n').count(),
        1,
        "{args:?}: one sentence: {}",
        said.err
    );
    let prefix = format!("engram {}: ", args[0]);
    assert!(said.err.starts_with(&prefix), "{args:?}: {}", said.err);
    for word in words {
        assert!(
            said.err.contains(word),
            "{args:?}: '{word}' is not in {}",
            said.err
        );
    }
    assert_eq!(names(folder), before, "{args:?} left files behind");
}

fn png(picture: &GrayImage) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    picture
        .write_to(&mut file, ImageFormat::Png)
        .expect("memory takes a picture");
    file.into_inner()
}

/// A folder with good and bad files.
fn bad_files() -> TempDir {
    let folder = scratch();
    let path = folder.path();
    let good = npy::write_i8(&array![[1, -1, 1, 1], [-1, -1, 1, -1]]);
    put(path, "good.npy", &good);
    put(path, "short.npy", &good[..good.len() - 1]);
    put(path, "long.npy", &[&good[..], &[1]].concat());
    put(path, "cut.npy", &good[..20]);
    put(path, "empty.npy", b"");
    put(path, "magic.npy", b"PK\x03\x04 this is no array");
    put(path, "zeros.npy", &npy::write_i8(&array![[1, -1], [0, 1]]));
    put(
        path,
        "broad.npy",
        &npy::write_i8(&Array2::ones((1, 16_385))),
    );
    put(path, "J4.npy", &npy::write_f32(&Array2::eye(4)));
    put(path, "J3.npy", &npy::write_f32(&Array2::eye(3)));
    put(path, "wide.npy", &npy::write_f32(&Array2::zeros((2, 4))));
    put(
        path,
        "nan.npy",
        &npy::write_f32(&array![[0.0, f32::NAN], [1.0, 0.0]]),
    );
    let stroke = GrayImage::from_fn(40, 40, |x, y| {
        Luma([if x / 6 == 3 && y > 5 { 0 } else { 255 }])
    });
    let stroke = png(&stroke);
    put(path, "cut.png", &stroke[..stroke.len() / 2]);
    put(path, "text.png", b"this is no picture");
    put(
        path,
        "blank.png",
        &png(&GrayImage::from_pixel(30, 30, Luma([200]))),
    );
    folder
}

#[test]
fn flags_of_recall() {
    let folder = scratch();
    for (args, words) in [
        (
            "--patterns 0",
            &["--patterns:", "from 1 to 200000", "'0'"] as &[&str],
        ),
        ("--patterns 20001", &["--patterns:", "from 1 to 20000"]),
        (
            "--patterns 99999999999999999999",
            &["--patterns:", "from 1 to 200000"],
        ),
        ("--patterns ''", &["--patterns:"]),
        (
            "--rule hebbian",
            &["--rule:", "'hebbian'", "known: hebb, pseudo-inverse"],
        ),
        ("--rule ''", &["--rule:", "known: hebb"]),
        (
            "--rule hebb:speed=1",
            &["--rule:", "'speed'", "known: diagonal"],
        ),
        ("--rule hebb:diagonal", &["--rule:", "key=value"]),
        ("--rule hebb:diagonal=half", &["--rule:", "zero, kept"]),
        (
            "--rule pseudo-inverse:ridge=2",
            &["--rule:", "ridge", "to 1"],
        ),
        ("--rule pseudo-inverse:ridge=NaN", &["--rule:", "ridge"]),
        (
            "--dynamics slow",
            &["--dynamics:", "async, ordered, sync, glauber"],
        ),
        ("--dynamics glauber:T=11", &["--dynamics:", "from 0 to 10"]),
        ("--dynamics glauber:T=NaN", &["--dynamics:", "from 0 to 10"]),
        ("--corrupt blur", &["--corrupt:", "flip=p"]),
        ("--corrupt flip=1.5", &["--corrupt:", "from 0 to 1"]),
        ("--corrupt flip=NaN", &["--corrupt:", "from 0 to 1"]),
        ("--corrupt half=middle", &["--corrupt:", "left, right"]),
        ("--corrupt shift=1", &["--corrupt:", "shift=dx,dy"]),
        (
            "--corrupt shift=9999999999,0",
            &["--corrupt:", "right must be a whole number"],
        ),
        ("--corrupt ''", &["--corrupt:", "flip=p"]),
        ("--cue stored:30", &["--cue:", "30 stored patterns"]),
        ("--cue stored:-1", &["--cue:", "whole number"]),
        (
            "--cue stored:99999999999999999999",
            &["--cue:", "whole number"],
        ),
        ("--cue unseen:10000", &["--cue:", "0 to 9999"]),
        ("--cue unseen:", &["--cue:", "whole number"]),
        ("--cue ''", &["--cue:"]),
        (
            "--cue nowhere.png",
            &[
                "--cue:",
                "'nowhere.png'",
                "stored:K, unseen:K, feature:K, random",
            ],
        ),
        ("--cue .", &["--cue:", ".:"]),
        ("--digits 1,,2", &["--digits:", "known: 0,1"]),
        ("--digits ''", &["--digits:", "at least one"]),
        ("--size 20", &["--size:", "known: 28, 14"]),
        ("--threshold 256", &["--threshold:", "from 0 to 255"]),
        ("--threshold -1", &["--threshold:", "from 0 to 255"]),
        ("--seed -1", &["--seed:", "from 0 to 18446744073709551615"]),
        (
            "--seed 18446744073709551616",
            &["--seed:", "from 0 to 18446744073709551615"],
        ),
        ("--max-sweeps 0", &["--max-sweeps:", "from 1 to 10000"]),
        ("--world nowhere", &["--world:", "known: mnist"]),
        ("--out ''", &["--out <DIR>", "value is required"]),
        ("--rul hebb", &["'--rul'", "'--rule'"]),
        ("more", &["'more'"]),
    ] {
        refused(folder.path(), &format!("recall {args}"), words);
    }
}

#[test]
fn a_rule_must_be_named() {
    refused(scratch().path(), "recall --rule", &["--rule"]);
}

#[test]
fn more_patterns_than_there_are_digits() {
    // 20,000 training images hold some 2,000 of each digit: of a 5 there are fewer than 2,000.
    refused(
        scratch().path(),
        "recall --digits 5 --patterns 2000",
        &[
            "--patterns:",
            "2000 patterns asked for",
            "training images of 5",
        ],
    );
}

#[test]
fn pictures_of_recall() {
    let folder = bad_files();
    for (name, words) in [
        ("cut.png", "cannot be decoded"),
        ("text.png", "must be PNG"),
        ("blank.png", "at least 16 of 255 apart"),
        ("empty.npy", "is empty"),
    ] {
        refused(
            folder.path(),
            &format!("recall --cue {name}"),
            &["--cue:", name, words],
        );
    }
}

#[test]
fn files_of_learn() {
    let folder = bad_files();
    for (name, words) in [
        ("short.npy", "takes 8 bytes of data, but 7 follow"),
        ("long.npy", "takes 8 bytes of data, but 9 follow"),
        ("cut.npy", "must be whole"),
        ("empty.npy", "this file is empty"),
        ("magic.npy", "starts with 93 4e"),
        ("zeros.npy", "row 1, column 0 holds 0"),
        ("broad.npy", "at most 1000000 rows and 16384 columns"),
        ("J4.npy", "+1 or −1"),
        ("none.npy", "no such file"),
        (".", ".:"),
    ] {
        let args = format!("learn --patterns-file {name} --rule hebb --out J.npy");
        refused(folder.path(), &args, &["--patterns-file:", name, words]);
    }
    for (out, words) in [
        ("missing/J.npy", "no such folder"),
        (".", "this is a folder"),
        ("good.npy/J", "folder"),
        ("''", "value is required"),
    ] {
        let args = format!("learn --patterns-file good.npy --rule hebb --out {out}");
        refused(folder.path(), &args, &["--out", words]);
    }
    refused(
        folder.path(),
        "learn --rule hebb --out J.npy",
        &["--patterns-file"],
    );
    refused(
        folder.path(),
        "learn --patterns-file good.npy --rule dense --out J.npy",
        &["--rule:", "no couplings"],
    );
}

#[test]
fn files_of_relax() {
    let folder = bad_files();
    for (couplings, cues, words) in [
        (
            "wide.npy",
            "good.npy",
            &["--couplings: wide.npy:", "N × N", "2 × 4"] as &[&str],
        ),
        (
            "nan.npy",
            "good.npy",
            &["--couplings: nan.npy:", "row 0, column 1", "NaN"],
        ),
        ("short.npy", "good.npy", &["--couplings: short.npy:"]),
        (
            "none.npy",
            "good.npy",
            &["--couplings: none.npy:", "no such file"],
        ),
        (
            "J3.npy",
            "good.npy",
            &["--cues: good.npy:", "3 columns", "not 4"],
        ),
        (
            "J4.npy",
            "zeros.npy",
            &["--cues: zeros.npy:", "row 1, column 0"],
        ),
        ("J4.npy", "magic.npy", &["--cues: magic.npy:"]),
    ] {
        let args =
            format!("relax --couplings {couplings} --cues {cues} --dynamics sync --out S.npy");
        refused(folder.path(), &args, words);
    }
    let good = "relax --couplings J4.npy --cues good.npy --dynamics";
    refused(
        folder.path(),
        &format!("{good} sync --out no/S.npy"),
        &["--out: no/S.npy:", "no such folder"],
    );
    refused(
        folder.path(),
        &format!("{good} x --out S.npy"),
        &["--dynamics:", "known: async"],
    );
    refused(
        folder.path(),
        &format!("{good} sync --max-sweeps x --out S.npy"),
        &["--max-sweeps:"],
    );
}

#[test]
fn what_is_odd_but_admitted_works() {
    let folder = scratch();
    for args in [
        "--corrupt shift=999999999,0",
        "--corrupt shift=-2147483648,2147483647",
        "--corrupt flip=1",
        "--corrupt random=1 --corrupt mask=1 --corrupt invert --corrupt half=top",
        "--seed 18446744073709551615 --cue random",
        "--patterns 1 --cue stored:0",
        "--patterns 4 --rule pseudo-inverse:ridge=1e-9",
        "--threshold 255 --rule pseudo-inverse:ridge=1e-9,diagonal=kept",
        "--threshold 0 --dynamics glauber:T=1e-320",
        "--dynamics glauber:T=10 --max-sweeps 3",
        "--digits 0 --size 14 --rule hebb",
        "--rule hebb: --dynamics glauber",
    ] {
        let all: Vec<&str> = ["recall"]
            .into_iter()
            .chain(args.split_whitespace())
            .collect();
        let said = engram(folder.path(), &all);
        // Patterns may be odd, and that is said.
        assert!(
            said.code == 0 && !said.err.contains("engram"),
            "{args}: {}",
            said.err
        );
    }
}

#[test]
fn couplings_at_the_edge_of_single_precision_do_not_panic() {
    let folder = scratch();
    let huge = f32::MAX;
    put(
        folder.path(),
        "J.npy",
        &npy::write_f32(&array![
            [huge, huge, -huge],
            [huge, huge, huge],
            [-huge, -huge, 0.0]
        ]),
    );
    put(
        folder.path(),
        "C.npy",
        &npy::write_i8(&array![[1, -1, 1], [1, 1, 1]]),
    );
    for dynamics in ["async", "ordered", "sync", "glauber:T=0.5"] {
        let args = [
            "relax",
            "--couplings",
            "J.npy",
            "--cues",
            "C.npy",
            "--out",
            "S.npy",
            "--dynamics",
            dynamics,
        ];
        let said = engram(folder.path(), &args);
        let wrote = "wrote S.npy\n";
        assert_eq!((said.code, &*said.err), (0, wrote), "{dynamics}");
    }
}

#[test]
fn a_reader_that_leaves_early_is_no_error() {
    let mut program = Command::new(env!("CARGO_BIN_EXE_engram"))
        .arg("recall")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program was built for this test");
    drop(program.stdout.take());
    let ended = program.wait_with_output().expect("the program ends");
    assert!(ended.status.success() && ended.stderr.is_empty());
}

#[test]
fn help_and_version_are_answers_and_a_typo_is_none() {
    let folder = scratch();
    for args in [
        &["--help"] as &[&str],
        &["recall", "--help"],
        &["help", "relax"],
        &["--version"],
    ] {
        let said = engram(folder.path(), args);
        assert_eq!((said.code, &*said.err), (0, ""), "{args:?}");
        assert!(!said.out.is_empty());
    }
    let said = engram(folder.path(), &["recal"]);
    assert_eq!(said.code, 2);
    let sentence = "engram: there is no file or folder and no command 'recal'; commands: recall, open, learn, relax";
    assert!(said.err.starts_with(sentence), "{}", said.err);
}
