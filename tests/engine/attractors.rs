//! `engram lab wheel | plane | census | states` from outside: the same rows however they are cut and shared out.

use crate::program::{engram, engram_json, put, scratch};
use crate::ties::doubles;
use ndarray::Array2;
use std::fs;
use std::path::Path;

const SMALL: [&str; 4] = ["--world", "glyphs:size=8,p=6", "--rules", "hebb"];

fn on<'a>(what: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let start = ["lab", what].into_iter();
    start.chain(SMALL).chain(more.iter().copied()).collect()
}

fn of(folder: &Path, what: &str, own: &[&str]) -> Vec<u8> {
    let said = engram(folder, &on(what, own));
    assert_eq!(said.code, 0, "{}", said.err);
    said.out.into_bytes()
}

#[test]
fn pictures_and_counts_do_not_depend_on_threads_shards_or_interruptions() {
    let folder = scratch();
    let folder = folder.path();
    let questions: [(&str, &[&str]); 3] = [
        ("wheel", &["--side", "16"]),
        (
            "plane",
            &["--side", "16", "--corners", "stored:1,random:4,unseen:2"],
        ),
        ("census", &["--count", "300", "--starts", "corrupted:0.3"]),
    ];
    for (what, own) in questions {
        let whole = of(folder, what, own);
        for threads in ["1", "2", "4"] {
            let more = [own, &["--threads", threads]].concat();
            assert_eq!(of(folder, what, &more), whole, "{what}, {threads} threads");
        }
        let names: Vec<String> = (1..=5).map(|k| format!("{what}-{k}.csv")).collect();
        for (k, name) in names.iter().enumerate() {
            let shard = format!("{}/5", k + 1);
            let more = [own, &["--shard", &shard, "--out", name]].concat();
            let said = engram(folder, &on(what, &more));
            assert_eq!(said.code, 0, "{what}: {}", said.err);
        }
        let merge: Vec<&str> = ["lab", "merge"]
            .into_iter()
            .chain(names.iter().rev().map(String::as_str))
            .collect();
        let merged = engram(folder, &merge);
        assert_eq!(merged.out.as_bytes(), whole, "{what}: {}", merged.err);
        let without = engram(folder, &merge[..merge.len() - 1]);
        assert_eq!(without.code, 2, "a shard is missing: {}", without.out);
    }
    // A file that was torn anywhere goes on to the same bytes.
    let torn: [(&str, &[&str]); 3] = [
        ("wheel", &["--side", "16"]),
        ("census", &["--count", "300"]),
        ("fragile", &[]),
    ];
    for (what, own) in torn {
        let whole = of(folder, what, own);
        for place in [0, 40, 900, whole.len() / 2, whole.len() - 3, whole.len()] {
            let place = place.min(whole.len());
            put(folder, "torn.csv", &whole[..place]);
            let more = [own, &["--out", "torn.csv", "--resume"]].concat();
            let said = engram(folder, &on(what, &more));
            assert_eq!(said.code, 0, "{what} {place}: {}", said.err);
            let now = fs::read(folder.join("torn.csv")).unwrap();
            assert_eq!(now, whole, "{what} {place}");
        }
        let edited = String::from_utf8(whole).unwrap().replace("\n0,", "\n7,");
        let edited = edited.replace(",0.", ",1.");
        put(folder, "torn.csv", edited.as_bytes());
        let more = [own, &["--out", "torn.csv", "--resume"]].concat();
        assert_eq!(
            engram(folder, &on(what, &more)).code,
            2,
            "{what} was edited"
        );
    }
    put(folder, "torn.csv", &of(folder, "wheel", &["--side", "16"]));
    let other = ["--side", "18", "--out", "torn.csv", "--resume"];
    let said = engram(folder, &on("wheel", &other));
    assert!(
        said.code == 2 && said.err.contains("of another"),
        "{}",
        said.err
    );
}

#[test]
fn json_sums_up_a_picture() {
    let folder = scratch();
    let told = engram_json(folder.path(), &on("wheel", &["--side", "64", "--json"]));
    let attractors = told["attractors"].as_array().unwrap();
    assert_eq!(told["n_attractors"], attractors.len());
    let shares = attractors.iter().map(|it| it["share"].as_f64().unwrap());
    let shares: Vec<f64> = shares.collect();
    assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-12);
    assert!(shares.windows(2).all(|two| two[0] >= two[1]), "ranked");
    for attractor in attractors {
        let [low, share, high] =
            ["share_low", "share", "share_high"].map(|key| attractor[key].as_f64().unwrap());
        assert!(low <= share && share <= high);
        let label = attractor["attractor"].as_str().unwrap();
        let pattern = attractor["pattern"].as_array().unwrap();
        match attractor["kind"].as_str().unwrap() {
            "stored" => assert_eq!(label, format!("+{}", pattern[0])),
            "negative" => assert_eq!(label, format!("-{}", pattern[0])),
            _ => assert_eq!(label.len(), 16, "{label}"),
        }
    }
    assert!(told["basin_entropy"].as_f64().unwrap() <= told["boundary_entropy"].as_f64().unwrap());
    // The command gives the same rows.
    let command = told["command"].as_str().unwrap();
    let args: Vec<&str> = command.split(' ').skip(1).collect();
    let again = engram(folder.path(), &args);
    assert_eq!(
        again.out.into_bytes(),
        of(folder.path(), "wheel", &["--side", "64"])
    );
}

/// Two patterns ±: where both corners and their negatives are the only attractors, a start ends in the one it is nearer to.
#[test]
fn a_plane_of_two_patterns_is_the_one_worked_out_by_hand() {
    let folder = scratch();
    let folder = folder.path();
    // Orthogonal patterns of 8 units; Hebb's couplings without self-couplings.
    let first = [1.0, 1.0, 1.0, 1.0, -1.0, -1.0, -1.0, -1.0];
    let second = [1.0, -1.0, 1.0, -1.0, 1.0, -1.0, 1.0, -1.0];
    let couplings = Array2::from_shape_fn((8, 8), |(i, j)| {
        if i == j {
            0.0
        } else {
            (first[i] * first[j] + second[i] * second[j]) / 8.0
        }
    });
    put(folder, "J.npy", &doubles(&couplings));
    let args = [
        "lab",
        "states",
        "--couplings",
        "J.npy",
        "--dynamics",
        "sync",
        "--json",
    ];
    let told = engram_json(folder, &args);
    assert_eq!(told["n_units"], 8);
    assert_eq!(told["n_states"], 256);
    // By hand: h_i = m1 ξ1 + m2 ξ2 less 2/8 s_i; the four states ± ξ1, ± ξ2 are fixed points.
    let number = |pattern: &[f64; 8], sign: f64| {
        let units = pattern.iter().enumerate();
        let up = units.filter(|(_, unit)| sign * **unit > 0.0);
        up.map(|(unit, _)| 1_u64 << unit).sum::<u64>()
    };
    let attractors = told["attractors"].as_array().unwrap();
    for (pattern, sign) in [
        (&first, 1.0),
        (&first, -1.0),
        (&second, 1.0),
        (&second, -1.0),
    ] {
        let state = number(pattern, sign);
        let is_it = |it: &&serde_json::Value| it["states"].as_array().unwrap()[0] == state;
        let fixed = attractors.iter().find(is_it).expect("it is a fixed point");
        assert_eq!(fixed["length"], 1);
    }
    let basins = attractors.iter().map(|it| it["basin"].as_u64().unwrap());
    assert_eq!(basins.sum::<u64>(), 256, "every state belongs to a basin");
}

#[test]
fn what_makes_no_sense_of_one_memory_is_refused_in_a_sentence() {
    let folder = scratch();
    let folder = folder.path();
    let refused: &[(&[&str], &str)] = &[
        (
            &["lab", "wheel", "--vary", "world.p=3..9/3"],
            "--vary does nothing",
        ),
        (
            &["lab", "wheel", "--corners", "stored:1"],
            "--corners does nothing",
        ),
        (&["lab", "census", "--side", "9"], "--side does nothing"),
        (&["lab", "basins", "--side", "9"], "--side does nothing"),
        (&["lab", "wheel", "--side", "1"], "from 2 to 2048"),
        (&["lab", "wheel", "--rules", "hebb,storkey"], "one rule"),
        (&["lab", "wheel", "--dynamics", "glauber:T=1"], "heat bath"),
        (&["lab", "wheel", "--rim", "stored:0"], "at least 2 states"),
        (
            &["lab", "wheel", "--rim", "stored:0,stored:99"],
            "stored pattern 99",
        ),
        (
            &["lab", "plane", "--corners", "stored:1,stored:1,stored:2"],
            "given twice",
        ),
        (
            &["lab", "census", "--starts", "odd"],
            "no kind of start 'odd'",
        ),
        (&["lab", "census", "--starts", "corrupted:2"], "from 0 to 1"),
        (&["lab", "states"], "14"),
        (&["lab", "wheel", "--couplings", "none.npy"], "none.npy"),
    ];
    for (args, why) in refused {
        let said = engram(folder, args);
        assert_eq!(said.code, 2, "{args:?}: {}{}", said.out, said.err);
        assert!(said.err.contains(why), "{args:?}: {}", said.err);
        assert!(said.out.is_empty(), "{args:?}");
    }
}
