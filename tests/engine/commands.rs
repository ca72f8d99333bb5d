//! `engram contacts` and `engram predict` against the library, and memories that are written, read and go on.

use crate::program::{engram, engram_json, names, put, scratch};
use crate::refusals::refused;
use engram::engine::LearningRule;
use engram::engine::theory::expectation::Load;
use engram::engine::theory::mean_field::HEBB_CAPACITY;
use engram::worlds::files::{read_memory, read_states};
use engram::worlds::proteins::ContactMap;
use engram::worlds::{Data, Source, World, npy};
use ndarray::array;
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::sync::Arc;

/// What `args` say in JSON.
fn json(folder: &Path, args: &str) -> Value {
    let args: Vec<&str> = args.split_whitespace().chain(["--json"]).collect();
    engram_json(folder, &args)
}

#[test]
fn couplings_of_letters_end_through_a_file_where_they_end_at_once() {
    let folder = scratch();
    let path = folder.path();
    json(path, "world protein:p=12 --out X.npy");
    for rule in ["potts-hebb", "potts:tolerance=0.1"] {
        let learned = json(
            path,
            &format!("learn --world protein:p=12 --rule {rule} --out P.npz"),
        );
        assert!(
            learned["minimal_margin"]
                .as_f64()
                .is_some_and(f64::is_finite)
        );
        let relaxed = json(
            path,
            "relax --couplings P.npz --cues X.npy --dynamics async --out S.npy --seed 7",
        );
        assert_eq!(relaxed["asymmetry"], learned["asymmetry"]);
        // Cue 0 has the seed itself.
        let recall = format!("recall --world protein:p=12 --rule {rule} --cue stored:0 --seed 7");
        let recalled = json(path, &recall);
        let last = recalled["energy"].as_array().and_then(|all| all.last());
        let energies = [last, relaxed["energy"].get(0)].map(|it| it.and_then(Value::as_f64));
        // One follows every change, the other adds up in the end; rows that are learned alone have no energy.
        match energies {
            [Some(one), Some(other)] => assert!((one / other - 1.0).abs() < 1e-4, "{energies:?}"),
            _ => assert!(
                energies == [None; 2] && rule != "potts-hebb",
                "{energies:?}"
            ),
        }
        for key in ["sweeps", "flips", "verdict"] {
            assert_eq!(relaxed[key][0], recalled[key], "{rule}: {key}");
        }
        // Every state is where the library takes it from the memory as learned.
        let world = World::parse("protein:p=12").expect("a world");
        let source = Source::prepare(&world, 7).expect("the family is inside");
        let patterns = source.stored().expect("there are as many").patterns;
        let own = LearningRule::parse(rule)
            .expect("a rule")
            .learn(Arc::clone(&patterns), 7);
        let own = own.expect("it learns");
        let read = read_memory(&fs::read(path.join("P.npz")).expect("it was written"));
        assert!(
            read.expect("it is a memory").0 == own,
            "{rule}: the same bits"
        );
        let letters = patterns.alphabet().letters();
        let ends = read_states(
            &fs::read(path.join("S.npy")).expect("it was written"),
            letters,
        );
        let ends = ends.expect("letters");
        assert_eq!(ends.len(), 12);
        assert!(ends[0].units() != patterns.state(0).units() || recalled["flips"] == 0);
        let overlaps = serde_json::json!(patterns.overlaps(&ends[0])).to_string();
        let overlaps: Value = serde_json::from_str(&overlaps).expect("numbers");
        assert_eq!(overlaps, recalled["overlaps_signs"], "{rule}: the same end");
    }
}

#[test]
fn couplings_of_signs_are_the_same_in_both_formats() {
    let folder = scratch();
    let path = folder.path();
    json(path, "world random:n=60,p=5 --out X.npy");
    for out in ["J.npy", "J.npz"] {
        json(
            path,
            &format!("learn --patterns-file X.npy --rule pseudo-inverse --out {out}"),
        );
        let relax =
            format!("relax --couplings {out} --cues X.npy --dynamics sync --out {out}.ends.npy");
        json(path, &relax);
    }
    let ends = |name: &str| fs::read(path.join(name)).expect("it was written");
    assert_eq!(ends("J.npy.ends.npy"), ends("J.npz.ends.npy"));
    json(
        path,
        "relax --patterns-file X.npy --rule pseudo-inverse --cues X.npy --dynamics sync --out E.npy",
    );
    assert_eq!(ends("E.npy"), ends("J.npy.ends.npy"));
    for rule in ["dense:n=3", "modern", "hebb"] {
        let relax = format!(
            "relax --patterns-file X.npy --rule {rule} --cues X.npy --dynamics async --out E.npy"
        );
        let said = json(path, &relax);
        assert_eq!(
            said["asymmetry"].is_null(),
            rule != "hebb",
            "{rule}: {said}"
        );
    }
}

#[test]
fn what_does_not_go_together_is_refused() {
    let folder = scratch();
    let path = folder.path();
    put(
        path,
        "X.npy",
        &npy::write_i8(&array![[1, -1, 1], [-1, -1, 1]]),
    );
    put(
        path,
        "J.npy",
        &npy::write_f32(&array![[0.0, 1.0], [1.0, 0.0]]),
    );
    json(
        path,
        "learn --world protein:p=5 --rule potts-hebb --out P.npz",
    );
    for (args, words) in [
        (
            "learn --world protein:p=5 --rule potts-hebb --out P.npy",
            &["--out: P.npy:", "NAME.npz"] as &[&str],
        ),
        (
            "relax --couplings J.npy --patterns-file X.npy --cues X.npy --dynamics sync --out S.npy",
            &["--couplings", "--patterns-file"],
        ),
        (
            "relax --couplings J.npy --rule hebb --cues X.npy --dynamics sync --out S.npy",
            &["--couplings", "--rule"],
        ),
        (
            "relax --cues X.npy --dynamics sync --out S.npy",
            &["--couplings"],
        ),
        (
            "relax --patterns-file X.npy --cues X.npy --dynamics sync --out S.npy",
            &["--rule"],
        ),
        (
            "relax --patterns-file X.npy --rule potts --cues X.npy --dynamics sync --out S.npy",
            &["--rule:", "letters"],
        ),
        (
            "relax --couplings P.npz --cues X.npy --dynamics sync --out S.npy",
            &["--cues: X.npy:", "row 0, column 1"],
        ),
        ("contacts --world mnist", &["--world:", "protein family"]),
        ("contacts --rule hebb", &["--rule:", "±1"]),
        // 135 sites: a partner for the first 130 from five sites on, one fewer for each that follows. This rule learns no
        // letters, which nobody asks before the pairs are counted.
        (
            "contacts --world protein:p=5 --rule hebb --top 8516",
            &[
                "--top: 8516 pairs asked for, but there are only 8515 of sites that are far enough apart",
            ],
        ),
        (
            "contacts --world protein:p=5 --top 0",
            &["--top:", "from 1"],
        ),
        ("predict --rule hebb --n 1 --p 3", &["--n:", "from 2 to"]),
        ("predict --rule hebb --n 10 --p 0", &["--p:", "from 1 to"]),
        (
            "predict --rule hebb --n 10 --p 1 --activity 2",
            &["--activity:", "from -1 to 1"],
        ),
        (
            "predict --rule hebb --n 10 --p 1 --activity NaN",
            &["--activity:", "from -1 to 1"],
        ),
        (
            "predict --rule hebbian --n 10 --p 1",
            &["--rule:", "known: hebb"],
        ),
    ] {
        refused(path, args, words);
    }
}

#[test]
fn contacts_are_those_of_the_library() {
    let folder = scratch();
    let path = folder.path();
    let said = json(
        path,
        "contacts --world protein:p=60 --rule potts-hebb --top 7 --out c.csv",
    );
    let world = World::parse("protein:p=60").expect("a world");
    let source = Source::prepare(&world, 7).expect("the family is inside");
    let patterns = source.stored().expect("there are as many").patterns;
    let rule = LearningRule::parse("potts-hebb").expect("a rule");
    let memory = rule.learn(Arc::clone(&patterns), 7).expect("it learns");
    let Data::Protein(family) = source.data() else {
        panic!("another world was asked for");
    };
    let potts = memory.potts().expect("a rule for letters");
    let map = ContactMap::new(potts, &patterns, family).expect("the sizes fit");
    let pairs = said["pairs"].as_array().expect("a list");
    assert_eq!(pairs.len(), 7);
    for (told, pair) in pairs.iter().zip(map.ranked()) {
        assert_eq!((&told["i"], &told["j"]), (&pair.i.into(), &pair.j.into()));
        assert_eq!(told["score"].as_f64().map(|it| it as f32), Some(pair.score));
        let distance = map.distances.as_ref().map(|all| all[[pair.i, pair.j]]);
        let told = told["distance"].as_f64().map(|it| it as f32);
        assert_eq!(told, distance.filter(|it| !it.is_nan()));
    }
    // Plain covariance beside itself.
    for (told, (top, these, _)) in said["precisions"]
        .as_array()
        .expect("a list")
        .iter()
        .zip(&map.precisions)
    {
        assert_eq!(told["looked_at"], *top);
        assert_eq!(
            (&told["touching"], &told["by_covariance"]),
            (&these.touching.into(), &these.touching.into())
        );
    }
    let table = fs::read_to_string(path.join("c.csv")).expect("it was written");
    let mut lines = table.lines();
    assert_eq!(lines.next(), Some("i,j,column_i,column_j,score,distance"));
    assert_eq!(lines.count(), 7);
    // Without a structure there is nothing to compare with.
    let plain = ">a\nACDEFGHIKLM\n>b\nCADEFGHIKLM\n>c\nACDEFGGIKLA\n";
    put(path, "family.fasta", plain.as_bytes());
    let alone = json(path, "contacts --world family.fasta --rule potts-hebb");
    assert_eq!(
        (&alone["chance"], &alone["precisions"]),
        (&Value::Null, &Value::Array(Vec::new()))
    );
    assert!(alone["pairs"][0]["distance"].is_null() && alone["n_patterns"] == 3);
    assert_eq!(names(path), ["c.csv", "family.fasta"]);
}

#[test]
fn theory_says_what_is_published() {
    let folder = scratch();
    let predict = |args: &str| json(folder.path(), &format!("predict {args}"));
    // α_c = 0.138 with m = 0.967 there (Amit, Gutfreund & Sompolinsky).
    let at = |p: usize| predict(&format!("--rule hebb --n 1000000 --p {p}"));
    let number = |said: &Value, key: &str| said[key].as_f64().unwrap_or(f64::NAN);
    let near = |said: &Value, key: &str, expected: f64, tolerance: f64| {
        assert!(
            (number(said, key) - expected).abs() < tolerance,
            "{key}: {said}"
        );
    };
    let critical = at(137_905);
    near(&critical, "overlap", 0.967, 2e-3);
    near(&critical, "capacity", 1e6 * HEBB_CAPACITY, 1.0);
    near(&critical, "load", 0.138, 1e-3);
    assert_eq!(at(137_907)["overlap"], 0.0);
    // ½ erfc √(1/2α) = 0.01 at α = 0.185; the ratio is N/P.
    let load = predict("--rule hebb --n 1000 --p 185");
    near(&load, "bit_error", 0.01, 2e-4);
    near(&load, "signal_to_noise", 1000.0 / 185.0, 1e-9);
    // Gardner: κ(0.5) = 1.034, none from α = 2 on.
    near(
        &predict("--rule max-stability --n 1000 --p 500"),
        "stability",
        1.034,
        1e-3,
    );
    near(
        &predict("--rule perceptron --n 1000 --p 2000"),
        "stability",
        0.0,
        1e-9,
    );
    near(
        &predict("--rule perceptron --n 1000 --p 2000"),
        "capacity",
        2000.0,
        1e-6,
    );
    // Krotov & Hopfield: N² / (2 · 3 ln N) = 361.9 at n = 3, N = 100.
    near(
        &predict("--rule dense:n=3 --n 100 --p 361"),
        "capacity",
        361.9,
        0.1,
    );
    near(
        &predict("--rule dense:n=3 --n 100 --p 361"),
        "bit_error",
        0.0012,
        5e-5,
    );
    let beyond = predict("--rule dense:function=exponential --n 100000 --p 3");
    assert!(
        beyond["capacity"].is_null() && number(&beyond, "ln_capacity") > 1e4,
        "{beyond}"
    );
}

#[test]
fn theory_says_so_where_it_says_nothing() {
    let folder = scratch();
    let predict = |args: &str| json(folder.path(), &format!("predict {args}"));
    for rule in ["potts", "pseudo-likelihood"] {
        let said = predict(&format!("--rule {rule} --n 100 --p 10"));
        assert_eq!(
            said["said"],
            serde_json::json!(["Theory says nothing of this rule"])
        );
        assert!(said["capacity"].is_null());
    }
    let biased = predict("--rule hebb --n 100 --p 50 --activity 0.5");
    assert!(
        biased["said"][1]
            .as_str()
            .is_some_and(|said| said.contains("mean activity of 0.5"))
    );
    // 19 of 100 units, as the sentence beside the sliders says.
    let local = predict("--rule taylor --n 100 --p 5");
    assert_eq!(local["capacity"], 19.0);
    let text = engram(
        folder.path(),
        &["predict", "--rule", "hebb", "--n", "100", "--p", "5"],
    )
    .out;
    assert!(
        text.contains("Signal to noise") && text.contains("Capacity"),
        "{text}"
    );
}

/// What is said of every rule is what the window says beside its sliders, and, where numbers are the same at another mean
/// activity, of what they are.
#[test]
fn every_rule_is_predicted() {
    let folder = scratch();
    let remark = Value::from("The numbers are of patterns of mean activity 0");
    let mut with_remark = Vec::new();
    let mut without = Vec::new();
    for make in LearningRule::ALL {
        let name = make().about().name;
        let predict = |activity: f64| {
            let args = format!("predict --rule {name} --n 100 --p 10 --activity {activity}");
            let said = json(folder.path(), &args);
            assert_eq!(
                (&said["rule"], &said["activity"]),
                (&make().notation().into(), &activity.into())
            );
            let (mut numbers, mut all) = (Vec::new(), Vec::new());
            for key in ["signal_to_noise", "bit_error", "overlap", "cue_overlap"] {
                numbers.push(said[key].clone());
            }
            for key in ["stability", "capacity", "ln_capacity"] {
                numbers.push(said[key].clone());
            }
            all.extend(said["said"].as_array().expect("a list").iter().cloned());
            (numbers, all)
        };
        let unbiased = predict(0.0);
        assert!(!unbiased.1.contains(&remark), "{name}: it was asked for");
        for activity in [0.5, -1.0] {
            let (numbers, mut said) = predict(activity);
            let of_zero = numbers == unbiased.0 && numbers.iter().any(|it| !it.is_null());
            assert_eq!(said.last() == Some(&remark), of_zero, "{name}: {said:?}");
            said.retain(|it| *it != remark);
            let load = Load {
                n_units: 100,
                n_patterns: 10,
                activity,
            };
            match make().rule().expectation(load) {
                Some(expected) => assert_eq!(said, expected.said, "{name}"),
                None => assert_eq!(said, ["Theory says nothing of this rule"], "{name}"),
            }
            [&mut without, &mut with_remark][usize::from(of_zero)].push(name);
        }
    }
    assert!(with_remark.contains(&"dense") && without.contains(&"hebb"));
    assert!(without.contains(&"potts") && without.contains(&"unlearning"));
}
