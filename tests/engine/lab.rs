//! `engram lab` from outside: the same rows however they are cut, shared out, interrupted and read.

use crate::program::{engram, engram_json, put, scratch};
use engram::engine::rng::stream;
use rand::RngExt as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

/// A run of 24 cells that takes a moment.
const RUN: &[&str] = &[
    "lab",
    "basins:points=6,patterns=6,trials=2",
    "--world",
    "random:n=60,p=9",
    "--rules",
    "hebb,pseudo-inverse",
    "--vary",
    "world.activity=0;0.3",
    "--repeats",
    "2",
];

fn with<'a>(more: &[&'a str]) -> Vec<&'a str> {
    RUN.iter().copied().chain(more.iter().copied()).collect()
}

fn whole(folder: &Path) -> Vec<u8> {
    let said = engram(folder, &with(&["--out", "whole.csv"]));
    assert_eq!(said.code, 0, "{}", said.err);
    fs::read(folder.join("whole.csv")).expect("the table is there")
}

#[test]
fn rows_do_not_depend_on_threads_shards_or_where_they_go() {
    let folder = scratch();
    let folder = folder.path();
    let whole = whole(folder);
    let printed = engram(folder, &with(&[]));
    assert_eq!(printed.out.as_bytes(), whole);
    for threads in ["1", "2", "4"] {
        let said = engram(folder, &with(&["--threads", threads]));
        assert_eq!(said.out.as_bytes(), whole, "{threads} threads");
    }
    for n_shards in [2, 8, 30] {
        let names: Vec<String> = (1..=n_shards)
            .map(|shard| format!("{n_shards}-{shard}.csv"))
            .collect();
        for (place, name) in names.iter().enumerate() {
            let shard = format!("{}/{n_shards}", place + 1);
            let said = engram(folder, &with(&["--shard", &shard, "--out", name]));
            assert_eq!(said.code, 0, "{}", said.err);
        }
        let mut merge = vec!["lab", "merge"];
        merge.extend(names.iter().rev().map(String::as_str));
        let merged = engram(folder, &merge);
        assert_eq!(
            merged.out.as_bytes(),
            whole,
            "{n_shards} shards: {}",
            merged.err
        );
    }
}

#[test]
fn a_run_that_was_torn_at_any_place_goes_on_to_the_same_bytes() {
    let folder = scratch();
    let folder = folder.path();
    let whole = whole(folder);
    let mut rng = stream(13, "torn");
    for _ in 0..60 {
        let place = rng.random_range(0..whole.len());
        put(folder, "torn.csv", &whole[..place]);
        let said = engram(folder, &with(&["--out", "torn.csv", "--resume"]));
        assert_eq!(said.code, 0, "{place}: {}", said.err);
        assert_eq!(fs::read(folder.join("torn.csv")).unwrap(), whole, "{place}");
    }
}

#[test]
fn a_run_that_was_killed_a_hundred_times_goes_on_to_the_same_bytes() {
    let folder = scratch();
    let folder = folder.path();
    let whole = whole(folder);
    let mut rng = stream(14, "killed");
    for round in 0..100 {
        let mut child = Command::new(env!("CARGO_BIN_EXE_engram"))
            .current_dir(folder)
            .args(with(&["--out", "killed.csv", "--resume"]))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_micros(rng.random_range(0..60_000)));
        child.kill().unwrap();
        child.wait().unwrap();
        // Every fourth time it is begun anew, so that kills meet every stage.
        if round % 4 == 3 {
            let said = engram(folder, &with(&["--out", "killed.csv", "--resume"]));
            assert_eq!(said.code, 0, "{}", said.err);
            assert_eq!(fs::read(folder.join("killed.csv")).unwrap(), whole);
            fs::remove_file(folder.join("killed.csv")).unwrap();
        }
    }
}

#[test]
fn json_tells_what_is_read_off_the_curves() {
    let folder = scratch();
    let said = engram_json(
        folder.path(),
        &[
            "lab",
            "basins:points=11,patterns=12,trials=2",
            "--world",
            "random:n=200,p=40",
            "--rules",
            "hebb,pseudo-inverse",
            "--json",
        ],
    );
    assert_eq!(said["rows"].as_array().unwrap().len(), 22);
    assert_eq!(said["rows"][0]["rule"], "hebb");
    let curves = said["curves"].as_array().unwrap();
    assert!(curves[0]["m_c"].is_null(), "beyond its capacity");
    let m_c = curves[1]["m_c"].as_f64().unwrap();
    assert!((0.2..0.5).contains(&m_c), "0.35 in large networks: {m_c}");
    assert!(curves[1]["m_c_error"].as_f64().unwrap() < 0.05);
    let theory = curves[1]["theory"][0]["points"].as_array().unwrap();
    assert!(theory.len() > 20);
}

#[test]
fn a_table_is_shown_again_by_its_file() {
    let folder = scratch();
    let folder = folder.path();
    let whole = whole(folder);
    let said = engram_json(folder, &["lab", "show", "whole.csv", "--json"]);
    assert_eq!(said["rows"].as_array().unwrap().len(), 24);
    let text = String::from_utf8(whole).unwrap();
    let command = said["command"].as_str().unwrap();
    assert!(text.contains(&command.replace('\'', "''")));
    let plain: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
    assert_eq!(
        plain[0],
        "world.activity,rule,start_overlap,n,mean,q25,q50,q75,recalled,exact"
    );
    assert!(plain[1..].iter().all(|line| line.split(',').count() == 10));
}

/// What must be refused, with a piece of the sentence.
const REFUSED: &[(&[&str], &str)] = &[
    (&["--shard", "0/3"], "the shard must be written I/N"),
    (&["--shard", "4/3"], "the shard must be written I/N"),
    (
        &["--vary", "rule.ridgewood=1..2/2"],
        "there is no setting 'rule.ridgewood'",
    ),
    (&["--vary", "world.p=5..1/3"], "a range that is not empty"),
    (
        &["--vary", "seed=1..999999/999999"],
        "the number of cells must be 1000000 at the most",
    ),
    (
        &["--vary", "experiment.points=3;4"],
        "it is set by the experiment",
    ),
    (&["--rules", "nothing"], "there is no rule 'nothing'"),
    (&["--rules", ","], "a learning rule"),
    (&["--repeats", "0"], "the number of repeats must be"),
    (&["--resume"], "--out"),
    (&["--quick"], "--quick does nothing"),
    (&["--out", "missing/x.csv"], "there is no such folder"),
    (&["--out", "there.csv"], "this file is there"),
    (
        &["--out", "there.csv", "--resume"],
        "begins with '# %ECSV 1.0'",
    ),
    (&["extra"], "only show and merge take files"),
];

#[test]
fn what_cannot_be_done_is_refused_in_a_sentence_before_anything_runs() {
    let folder = scratch();
    let folder = folder.path();
    put(folder, "there.csv", b"a,b\n1,2\n");
    for (more, why) in REFUSED {
        let mut args = vec!["lab", "basins:points=3,patterns=2"];
        args.extend(*more);
        let said = engram(folder, &args);
        assert_eq!(said.code, 2, "{more:?}: {}", said.err);
        assert!(
            said.err.contains(why) && said.out.is_empty(),
            "{more:?}: {}",
            said.err
        );
    }
    let others: &[(&[&str], &str)] = &[
        (&["lab", "nothing"], "there is no experiment 'nothing'"),
        (
            &["lab", "capacity", "--vary", "world.p=3..4/2"],
            "sets the same",
        ),
        (
            &["lab", "capacity:from=1,to=900", "--world", "glyphs"],
            "must be a whole number from 1 to 44",
        ),
        (&["lab", "list", "--seed", "3"], "--seed does nothing"),
        (&["lab", "show"], "one file"),
        (&["lab", "merge"], "files of the shards"),
        (&["lab", "show", "there.csv"], "begins with '# %ECSV 1.0'"),
    ];
    for (args, why) in others {
        let said = engram(folder, args);
        assert_eq!(said.code, 2, "{args:?}: {}", said.err);
        assert!(said.err.contains(why), "{args:?}: {}", said.err);
    }
}

#[test]
fn a_file_of_another_run_and_shards_that_do_not_fit_are_refused() {
    let folder = scratch();
    let folder = folder.path();
    whole(folder);
    let other = engram(
        folder,
        &with(&["--out", "whole.csv", "--resume", "--seed", "8"]),
    );
    assert!(
        other.code == 2 && other.err.contains("of the same recipe"),
        "{}",
        other.err
    );
    for (shard, name) in [("1/3", "1.csv"), ("3/3", "3.csv")] {
        engram(folder, &with(&["--shard", shard, "--out", name]));
    }
    let gap = engram(folder, &["lab", "merge", "1.csv", "3.csv"]);
    assert!(
        gap.code == 2 && gap.err.contains("cell 8 is wanted"),
        "{}",
        gap.err
    );
    let end = engram(folder, &["lab", "merge", "1.csv"]);
    assert!(
        end.code == 2 && end.err.contains("are in none of the files"),
        "{}",
        end.err
    );
    let wrong = engram(
        folder,
        &with(&["--shard", "2/3", "--out", "3.csv", "--resume"]),
    );
    assert!(
        wrong.code == 2 && wrong.err.contains("it holds cells 8 to 15"),
        "{}",
        wrong.err
    );
}

#[test]
fn a_shard_without_cells_does_not_go_on_with_a_file_that_has_rows() {
    let folder = scratch();
    let folder = folder.path();
    whole(folder);
    let said = engram(
        folder,
        &with(&["--shard", "1/30", "--out", "whole.csv", "--resume"]),
    );
    assert!(
        said.code == 2 && said.err.contains("holds none of the cells"),
        "{}",
        said.err
    );
}

#[test]
fn rows_of_other_files_are_refused_and_what_is_odd_about_files_is_said() {
    let folder = scratch();
    let folder = folder.path();
    let rows = |signs: [&str; 3]| signs.map(|signs| format!("{signs}\n")).concat();
    put(
        folder,
        "rows.csv",
        rows(["1,-1,1,1,-1,1", "1,1,-1,-1,1,1", "-1,1,1,-1,1,-1"]).as_bytes(),
    );
    let run = [
        "lab",
        "basins:points=2",
        "--world",
        "rows.csv",
        "--rules",
        "hebb",
        "--out",
        "table.csv",
    ];
    let said = engram(folder, &run);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.err.contains("3 patterns are stored"), "{}", said.err);
    let again: Vec<&str> = run.iter().copied().chain(["--resume"]).collect();
    assert_eq!(engram(folder, &again).code, 0);
    let shown = engram_json(folder, &["lab", "show", "table.csv", "--json"]);
    assert_eq!(shown["recipe"]["data"].as_str().unwrap().len(), 64);
    // What was mended is written.
    let world = shown["recipe"]["world"].as_str().unwrap();
    assert!(
        world.contains("p=3") && world.contains("held-out=0"),
        "{world}"
    );
    put(
        folder,
        "rows.csv",
        rows(["1,1,1,1,-1,1", "1,1,-1,-1,1,1", "-1,1,1,-1,1,-1"]).as_bytes(),
    );
    let merge = ["lab", "merge", "table.csv"];
    for args in [&again[..], &merge[..]] {
        let said = engram(folder, args);
        assert!(
            said.code == 2 && said.err.contains("those that it was made of"),
            "{}",
            said.err
        );
    }
}

#[test]
fn lists_name_what_is_read_and_cells_without_numbers_name_all_axes() {
    let folder = scratch();
    let list = engram_json(folder.path(), &["lab", "list", "--json"]);
    for entry in list.as_array().unwrap() {
        let readings = entry["readings"].as_array().unwrap();
        assert!(
            !readings.is_empty() || entry["name"] == "asymmetry",
            "{entry}"
        );
    }
    let said = engram(
        folder.path(),
        &[
            "lab",
            "basins:points=2,patterns=2",
            "--world",
            "random:n=40,p=3",
            "--rules",
            "potts",
            "--vary",
            "world.p=2;3",
            "--vary",
            "seed=1;2",
        ],
    );
    let axes = "world.p = 2, seed = 1, rule = potts, start_overlap = 0";
    assert!(said.err.contains(axes), "{}", said.err);
}

#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_fills_is_said() {
    let folder = scratch();
    let said = engram(folder.path(), &["lab", "list"]);
    assert!(said.out.contains("basins (Basins)"));
    let printed = Command::new(env!("CARGO_BIN_EXE_engram"))
        .args(RUN)
        .stdout(
            fs::OpenOptions::new()
                .write(true)
                .open("/dev/full")
                .unwrap(),
        )
        .output()
        .unwrap();
    let err = String::from_utf8_lossy(&printed.stderr).into_owned();
    assert!(err.contains("standard output"), "{err}");
}
