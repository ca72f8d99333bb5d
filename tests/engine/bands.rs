//! `engram lab bands` from outside: the same rows however they are cut, shared out and torn; what JSON tells; refusals.

use crate::program::{engram, engram_json, put, scratch};
use std::fs;
use std::path::Path;

const SMALL: [&str; 10] = [
    "lab",
    "bands",
    "--world",
    "random:n=40,p=6",
    "--rules",
    "hebb",
    "--vary",
    "world.p=2;5;9",
    "--count",
    "300",
];

fn on<'a>(more: &[&'a str]) -> Vec<&'a str> {
    SMALL.iter().chain(more).copied().collect()
}

fn whole(folder: &Path) -> String {
    let said = engram(folder, &SMALL);
    assert_eq!(said.code, 0, "{}", said.err);
    said.out
}

/// Merges, and gives what was said.
fn merge(folder: &Path, names: &[&str]) -> crate::program::Said {
    let args: Vec<&str> = ["lab", "merge"].iter().chain(names).copied().collect();
    engram(folder, &args)
}

#[test]
fn rows_do_not_depend_on_threads_and_shards() {
    let folder = scratch();
    let folder = folder.path();
    let table = whole(folder);
    for threads in ["1", "2"] {
        let said = engram(folder, &on(&["--threads", threads]));
        assert_eq!(said.out, table, "{threads} threads");
    }
    let names = ["1.csv", "2.csv", "3.csv"];
    for (name, shard) in names.iter().zip(["1/3", "2/3", "3/3"]) {
        let said = engram(folder, &on(&["--shard", shard, "--out", name]));
        assert_eq!(said.code, 0, "{}", said.err);
    }
    let merged = merge(folder, &["2.csv", "3.csv", "1.csv"]);
    assert_eq!(merged.out, table, "{}", merged.err);
    let without = merge(folder, &["1.csv", "2.csv"]);
    assert!(
        without.code == 2 && without.err.contains("there are 300"),
        "{}",
        without.err
    );
    let twice = merge(folder, &["1.csv", "1.csv", "2.csv"]);
    assert!(
        twice.code == 2 && twice.err.contains("twice"),
        "{}",
        twice.err
    );
    let other = on(&["--seed", "8", "--shard", "1/3", "--out", "other.csv"]);
    assert_eq!(engram(folder, &other).code, 0);
    let mixed = merge(folder, &["other.csv", "2.csv", "3.csv"]);
    assert!(
        mixed.code == 2 && mixed.err.contains("another run"),
        "{}",
        mixed.err
    );
    let text = fs::read_to_string(folder.join("1.csv")).unwrap();
    let last = text.trim_end().rsplit(',').next().unwrap();
    let edited = text.trim_end().strip_suffix(last).unwrap().to_owned() + "99\n";
    put(folder, "1.csv", edited.as_bytes());
    let edited = merge(folder, &["1.csv", "2.csv", "3.csv"]);
    assert!(
        edited.code == 2 && edited.err.contains("edited"),
        "{}",
        edited.err
    );
    // A shard is gone on with as that shard alone.
    let resumed = engram(
        folder,
        &on(&["--shard", "3/3", "--out", "2.csv", "--resume"]),
    );
    assert!(
        resumed.code == 2 && resumed.err.contains("of another"),
        "{}",
        resumed.err
    );
}

#[test]
fn a_file_that_was_torn_anywhere_goes_on_to_the_same_bytes() {
    let folder = scratch();
    let folder = folder.path();
    let table = whole(folder);
    let first = table.find("\n2,").unwrap();
    let places = [
        0,
        40,
        first + 4,
        first + 60,
        table.len() / 2,
        table.len() - 3,
        table.len(),
    ];
    let second = table.find("\n5,").unwrap() + 1;
    for place in places.into_iter().chain([second - 1, second]) {
        put(folder, "torn.csv", &table.as_bytes()[..place]);
        let said = engram(folder, &on(&["--out", "torn.csv", "--resume"]));
        assert_eq!(said.code, 0, "{place}: {}", said.err);
        let found = fs::read_to_string(folder.join("torn.csv")).unwrap();
        assert_eq!(found, table, "{place}");
        if place == second {
            assert!(
                said.err.contains("1 of 3 values were there"),
                "{}",
                said.err
            );
        }
    }
    let again = engram(folder, &on(&["--out", "torn.csv"]));
    assert!(
        again.code == 2 && again.err.contains("this file is there"),
        "{}",
        again.err
    );
    let other = engram(
        folder,
        &on(&["--out", "torn.csv", "--resume", "--seed", "8"]),
    );
    assert!(
        other.code == 2 && other.err.contains("of another"),
        "{}",
        other.err
    );
    // A value that is missing before others is put at its place.
    let rows_of = |value: &str| {
        let lines = table.split_inclusive('\n');
        let is_it = |line: &&str| line.starts_with(&format!("{value},"));
        lines.filter(is_it).collect::<String>()
    };
    put(
        folder,
        "gap.csv",
        table.replace(&rows_of("5"), "").as_bytes(),
    );
    let said = engram(folder, &on(&["--out", "gap.csv", "--resume", "--json"]));
    assert_eq!(fs::read_to_string(folder.join("gap.csv")).unwrap(), table);
    let told: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    assert!(told["bands"].is_null() && told["values"][0]["n_attractors"].is_null());
    assert!(told["values"][1]["n_attractors"].is_u64());
    // What was edited is refused.
    let edited = table.replacen(",stored,0,", ",stored,1,", 1);
    put(folder, "edited.csv", edited.as_bytes());
    let said = engram(folder, &on(&["--out", "edited.csv", "--resume"]));
    assert_eq!(said.code, 2, "{}", said.out);
}

#[test]
fn json_tells_values_and_bands_that_sum_to_one() {
    let folder = scratch();
    let told = engram_json(folder.path(), &on(&["--json"]));
    assert_eq!(
        (&told["n_values"], &told["count"]),
        (&3.into(), &300.into())
    );
    let values = told["values"].as_array().unwrap();
    let bands = told["bands"].as_array().unwrap();
    for (place, (value, wanted)) in values.iter().zip([2.0, 5.0, 9.0]).enumerate() {
        assert_eq!(value["value"], wanted);
        assert!(value["n_attractors"].as_u64().unwrap() > 0 && value.get("problem").is_none());
        let kinds = value["kinds"].as_array().unwrap();
        let count = kinds.iter().map(|it| it["count"].as_u64().unwrap());
        assert_eq!(count.sum::<u64>(), 300);
        for kind in kinds {
            let [low, share, high] =
                ["share_low", "share", "share_high"].map(|key| kind[key].as_f64().unwrap());
            assert!(low <= share && share <= high);
        }
        let shares = bands.iter().filter_map(|it| it["shares"][place].as_f64());
        assert!((shares.sum::<f64>() - 1.0).abs() < 1e-12);
    }
    for band in bands {
        let [born, last] = ["born", "last"].map(|key| band[key].as_u64().unwrap() as usize);
        assert!(born <= last && band["shares"][born].is_f64() && band["shares"][last].is_f64());
        let is_merged = band["end"] == "merged";
        assert_eq!(band.get("merged_into").is_some(), is_merged, "{band}");
        assert_eq!(band["end"] == "last", last == 2 && !is_merged);
    }
    // The command gives the same table.
    let command = told["command"].as_str().unwrap().replace('\'', "");
    let args: Vec<&str> = command.split(' ').skip(1).collect();
    assert_eq!(engram(folder.path(), &args).out, whole(folder.path()));
}

#[test]
fn a_value_that_cannot_be_learned_is_told_and_the_others_go_on() {
    let folder = scratch();
    let start = [
        "lab",
        "bands",
        "--world",
        "random:n=20,p=3",
        "--count",
        "50",
    ];
    let vary = ["--vary", "rule=hebb;potts-hebb;storkey"];
    let on = |more: &[&str]| {
        let args: Vec<&str> = start.iter().chain(&vary).chain(more).copied().collect();
        engram(folder.path(), &args)
    };
    let said = on(&["--json"]);
    assert_eq!(said.code, 0, "{}", said.err);
    let told: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    let value = |place: usize| &told["values"][place];
    assert!(value(1)["problem"].is_string() && value(1)["kinds"] == serde_json::json!([]));
    assert!(value(1)["n_attractors"].is_null());
    assert!(
        said.err.contains("no numbers at rule = potts-hebb"),
        "{}",
        said.err
    );
    for place in [0, 2] {
        assert!(!value(place)["kinds"].as_array().unwrap().is_empty());
    }
    // Shards without rows of a value are put together, and it stays missing when a file is gone on with.
    let whole = on(&[]).out;
    for shard in ["1/2", "2/2"] {
        let name = shard.replace('/', "-");
        assert_eq!(on(&["--shard", shard, "--out", &name]).code, 0);
    }
    assert_eq!(merge(folder.path(), &["1-2", "2-2"]).out, whole);
    put(folder.path(), "t.csv", whole.as_bytes());
    let again = on(&["--out", "t.csv", "--resume"]);
    assert!(
        again.err.contains("2 of 3 values were there"),
        "{}",
        again.err
    );
    assert_eq!(
        fs::read_to_string(folder.path().join("t.csv")).unwrap(),
        whole
    );
}

#[test]
fn bands_that_make_no_sense_are_refused_in_a_sentence() {
    let folder = scratch();
    let folder = folder.path();
    let refused: &[(&[&str], &str)] = &[
        (&[], "name it, as in --vary"),
        (&["--vary", "none"], "name it, as in --vary"),
        (
            &["--vary", "rule.n=2..3", "--vary", "world.p=2..3"],
            "one axis",
        ),
        (&["--vary", "rule.n=2..31"], "rule.n = 31"),
        (&["--vary", "rule.n=2..2.5"], "steps of 1 where both ends"),
        (&["--vary", "rule.ridge=0.1;0.2"], "no setting"),
        (&["--vary", "cue.flip=0;1"], "an axis over the cue"),
        (&["--vary", "seed=1..1001"], "the number of values"),
        (
            &["--vary", "rule.n=2..3", "--starts", "corrupted:2"],
            "from 0 to 1",
        ),
        (
            &["--vary", "rule.n=2..3", "--side", "9"],
            "--side does nothing",
        ),
        (
            &["--vary", "rule.n=2..3", "--repeats", "9"],
            "--repeats does nothing",
        ),
        (
            &["--vary", "rule.n=2..3", "--dynamics", "glauber:T=1"],
            "heat bath",
        ),
    ];
    for (more, why) in refused {
        let start = [
            "lab",
            "bands",
            "--world",
            "random:n=40,p=6",
            "--rules",
            "dense",
        ];
        let args: Vec<&str> = start.iter().chain(*more).copied().collect();
        let said = engram(folder, &args);
        assert_eq!(said.code, 2, "{args:?}: {}{}", said.out, said.err);
        assert!(said.err.contains(why), "{args:?}: {}", said.err);
        assert!(said.out.is_empty(), "{args:?}");
    }
    for (args, why) in [
        (
            vec!["lab", "bands", "--couplings", "J.npy", "--vary", "seed=1;2"],
            "--couplings does nothing",
        ),
        (
            vec![
                "lab",
                "bands",
                "--rules",
                "hebb,storkey",
                "--vary",
                "world.p=2..3",
            ],
            "one rule",
        ),
    ] {
        let said = engram(folder, &args);
        assert!(
            said.code == 2 && said.err.contains(why),
            "{args:?}: {}",
            said.err
        );
    }
}
