//! `engram recall` from outside: its JSON is the library's result, its text shows it, its files hold it.

use crate::program::{engram, engram_json, names, put, scratch};
use engram::engine::{LearningRule, Recording};
use engram::jobs::Workers;
use engram::session::{Command, Session};
use engram::trial::{Conclusion, Cue, CueStates, Recipe, Start, TrackRecipe};
use engram::worlds::mnist::Selection;
use engram::worlds::{DigitSet, Size, Source};
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// What the library makes of `recipe`.
fn by_library(recipe: &Recipe) -> (CueStates, Recording) {
    let source = Source::prepare(&recipe.world, recipe.seed).expect("the digits are inside");
    let patterns = source.stored().expect("there are so many digits").patterns;
    let states = recipe.cue.states(&patterns, &source);
    let states = states.expect("the cue exists");
    let memory = recipe
        .track()
        .rule
        .learn(Arc::clone(&patterns), 7)
        .expect("the settings are in range");
    let mut recording = Recording::new(
        Arc::new(memory),
        patterns,
        states.cue.clone(),
        recipe.track().dynamics,
        recipe.seed,
    );
    recording.settle(recipe.max_sweeps);
    (states, recording)
}

fn near(value: &Value, expected: f64) {
    let value = value.as_f64().expect("a number");
    assert!((value - expected).abs() < 1e-9, "{value} is not {expected}");
}

fn compare(said: &Value, recipe: &Recipe) {
    let (states, recording) = by_library(recipe);
    let last = recording.state_at(u64::MAX);
    let sweeps = recording.length() / recording.sweep();
    near(&said["cue_overlap"], states.cue.overlap(&states.original));
    near(&said["final_overlap"], last.overlap(&states.original));
    let overlaps = recording.last_overlaps();
    assert_eq!(
        said["overlaps"].as_array().expect("an array").len(),
        overlaps.len()
    );
    for (pattern, overlap) in overlaps.iter().enumerate() {
        near(&said["overlaps"][pattern], *overlap);
        let nearest = said["nearest"].as_u64().expect("an index") as usize;
        assert!(overlaps[nearest].abs() >= overlap.abs());
    }
    assert_eq!(
        said["energy"].as_array().expect("an array").len() as u64,
        sweeps + 1
    );
    for sweep in 0..=sweeps {
        let energy = recording.energy_at(sweep * recording.sweep());
        near(
            &said["energy"][sweep as usize],
            energy.expect("symmetric couplings"),
        );
    }
    let nature = Conclusion::of(&recording, Some(&states)).nature;
    let couplings = recording
        .memory()
        .couplings()
        .expect("the rule makes couplings");
    near(&said["asymmetry"], couplings.asymmetry());
    assert_eq!(said["sweeps"], sweeps);
    assert_eq!(said["flips"], recording.n_flips());
    assert_eq!(said["verdict"], recording.verdict_so_far().kind());
    assert_eq!(said["verdict_is"], nature.kind());
    assert_eq!(said["verdict_patterns"], Value::from(nature.patterns()));
    assert_eq!(said["rule"], recipe.track().rule.notation());
    assert_eq!(said["dynamics"], recipe.track().dynamics.to_string());
    assert_eq!(said["seed"], recipe.seed);
    assert_eq!(
        said["n_units"],
        recipe.world.settings().grid().expect("a square").n_units()
    );
    assert_eq!(said["n_patterns"], recipe.n_patterns());
    assert_eq!(
        said["cue_label"],
        Value::from(states.label.map(|label| label.to_string()))
    );
}

#[test]
fn without_flags_it_is_the_default_recipe() {
    let folder = scratch();
    let said = engram_json(folder.path(), &["recall", "--json"]);
    compare(&said, &Recipe::default());
    assert_eq!(
        (&said["verdict"], &said["verdict_is"]),
        (&"fixed point".into(), &"original".into())
    );
    assert_eq!(
        (&said["final_overlap"], &said["wrong"]),
        (&1.0.into(), &0.into())
    );
    assert_eq!(said["cycle_length"], Value::Null);
    assert_eq!(said["cue"], "stored:3");
}

/// Of a cue that was made of no pattern nobody knows what it should become.
#[test]
fn without_an_original_there_is_no_overlap_with_it() {
    let folder = scratch();
    for cue in ["random", "empty"] {
        let args = ["recall", "--json", "--patterns", "5", "--cue", cue];
        let said = engram_json(folder.path(), &args);
        for key in [
            "cue_overlap",
            "final_overlap",
            "final_overlap_signs",
            "wrong",
        ] {
            assert_eq!(said[key], Value::Null, "{cue}: {key}");
        }
        let text = engram(folder.path(), &["recall", "--patterns", "5", "--cue", cue]).out;
        assert!(!text.contains("overlap with the original"), "{text}");
    }
}

/// An even mixture of the stored digits has the signs of one of them, or none; it is none of them.
#[test]
fn continuous_states_report_their_own_overlaps_and_their_signs_beside() {
    let folder = scratch();
    let args = [
        "recall",
        "--json",
        "--patterns",
        "2",
        "--cue",
        "stored:0",
        "--rule",
    ];
    let by = |rule| engram_json(folder.path(), &[&args[..], &[rule]].concat());
    let even = by("modern:beta=1,states=continuous");
    let m = even["final_overlap"].as_f64().expect("a number");
    assert!(m < 0.9, "{m}");
    assert_eq!(even["verdict_is"], "other");
    near(&even["overlaps"][0], m);
    let signs = even["final_overlap_signs"].as_f64().expect("a number");
    assert!(signs > m, "{signs} {m}");
    assert_eq!(even["overlaps_signs"][0], signs);
    let sharp = by("modern:beta=100,states=continuous");
    assert_eq!(sharp["verdict_is"], "original");
    let said = sharp["verdict_text"].as_str().expect("words");
    assert!(said.starts_with("Remembered: the "), "{said}");
}

/// A session with no window and no threads comes to the same facts.
#[test]
fn a_session_says_what_the_command_line_says() {
    let mut session = Session::new(Recipe::default(), Workers::Caller);
    while session.recording().is_none() {
        let advance = session.advance(Duration::ZERO, Duration::from_millis(5));
        assert_eq!(advance.problems, []);
    }
    session.apply(Command::Settle).expect("it can be settled");
    while session.can_go_on() {
        session.advance(Duration::ZERO, Duration::from_millis(5));
    }
    let facts = session.facts().expect("nothing is out of date");
    let said = engram_json(scratch().path(), &["recall", "--json"]);
    assert_eq!(serde_json::to_value(&facts).expect("plain data"), said);
    assert_eq!(facts.number("final_overlap"), 1.0);
}

#[test]
fn every_flag_reaches_the_recipe() {
    let folder = scratch();
    let args = "recall --json --size 14 --digits 0,3,7 --patterns 12 --threshold 100 --rule hebb:diagonal=kept \
        --dynamics glauber:T=0.2 --cue unseen:5 --corrupt mask=0.2 --corrupt shift=1,-1 --seed \
        18446744073709551615 --max-sweeps 7";
    let said = engram_json(folder.path(), &args.split_whitespace().collect::<Vec<_>>());
    let mut recipe = Recipe {
        cue: Cue::new(Start::Unseen(5)),
        max_sweeps: 7,
        seed: u64::MAX,
        tracks: vec![TrackRecipe {
            rule: LearningRule::parse("hebb:diagonal=kept").unwrap(),
            dynamics: engram::engine::Dynamics::Glauber { temperature: 0.2 },
            ..TrackRecipe::default()
        }],
        ..Recipe::default()
    };
    let world = recipe.world.mnist_mut().expect("the default");
    world.size = Size::Crop14;
    world.digits = DigitSet::only(&[0, 3, 7]);
    world.stored = Selection::Drawn(12);
    world.threshold = 100;
    recipe.cue.corruption.mask.fraction = 0.2;
    recipe.cue.corruption.mask.seed = u64::MAX;
    recipe.cue.corruption.shift = (1, -1);
    compare(&said, &recipe);
    assert_eq!(
        (&said["verdict"], &said["sweeps"]),
        (&"not settled".into(), &7.into())
    );
    assert_eq!(said["labels"], Value::from(["0", "3", "7"].repeat(4)));
}

#[test]
fn the_text_shows_pictures_and_says_the_numbers() {
    let folder = scratch();
    let said = engram(folder.path(), &["recall"]);
    assert_eq!((said.code, &*said.err), (0, ""));
    assert!(said.out.starts_with("original "), "{}", said.out);
    for words in [
        "▀",
        "P = 30",
        "N = 784",
        "α = 0.0383",
        "pseudo-inverse:ridge=",
        "async, seed 7",
        "overlap with the original 0.4592",
        "overlap with the original 1.0000",
        "pattern 3 (a 3)",
        "Remembered: the 3, all 784 units right, after 3 sweeps",
        "fixed point, 226 flips",
        " → ",
    ] {
        assert!(said.out.contains(words), "{words} is not in\n{}", said.out);
    }
    let whole = engram(folder.path(), &["recall", "--cue", "stored:1"]);
    assert!(
        whole.out.starts_with("cue "),
        "an untouched cue is its own original: {}",
        whole.out
    );
}

#[test]
fn out_holds_frames_curves_and_the_same_json() {
    let folder = scratch();
    let args = ["recall", "--json", "--out", "deep/run"];
    let said = engram(folder.path(), &args);
    assert_eq!(
        (said.code, &*said.err),
        (
            0,
            "wrote 4 frames, curves.csv and recall.json to deep/run\n"
        )
    );
    let run = folder.path().join("deep/run");
    let expected = [
        "curves.csv",
        "frame-0000.png",
        "frame-0001.png",
        "frame-0002.png",
        "frame-0003.png",
        "recall.json",
    ];
    assert_eq!(names(&run), expected);
    assert_eq!(
        fs::read_to_string(run.join("recall.json")).unwrap(),
        said.out
    );
    check_frames(&run);
    check_curves(&run);
    assert_eq!(
        engram(folder.path(), &args).code,
        0,
        "the same run may be written again"
    );
    let shorter = engram(
        folder.path(),
        &["recall", "--cue", "stored:3", "--out", "deep/run"],
    );
    assert_eq!((shorter.code, names(&run).len()), (2, 6), "{}", shorter.err);
}

fn check_frames(run: &Path) {
    let (states, recording) = by_library(&Recipe::default());
    for (sweep, state) in [(0, states.cue), (3, recording.state_at(u64::MAX))] {
        let frame = image::open(run.join(format!("frame-{sweep:04}.png"))).expect("a PNG");
        let frame = frame.into_luma8();
        assert_eq!(frame.dimensions(), (224, 224));
        for (x, y, shade) in frame.enumerate_pixels() {
            let up = state.units()[(y / 8 * 28 + x / 8) as usize] > 0;
            assert_eq!(shade.0[0], if up { 255 } else { 0 });
        }
    }
}

fn check_curves(run: &Path) {
    let table = fs::read_to_string(run.join("curves.csv")).expect("a text file");
    let rows: Vec<Vec<&str>> = table
        .lines()
        .map(|line| line.split(',').collect())
        .collect();
    assert_eq!(rows[0][..4], ["sweep", "energy", "overlap_0", "overlap_1"]);
    assert!(rows.iter().all(|row| row.len() == 2 + 30));
    let (_, recording) = by_library(&Recipe::default());
    let last = rows.last().expect("there are rows");
    assert_eq!(
        (last[0], rows.len()),
        ("3", 1 + 4),
        "the cue and three sweeps"
    );
    let number = |text: &str| text.parse::<f64>().expect("a number");
    assert_eq!(Some(number(last[1])), recording.energy_at(u64::MAX));
    assert_eq!(number(last[2 + 3]), 1.0);
}

#[test]
fn a_frame_is_a_cue_again() {
    let folder = scratch();
    let made = engram(folder.path(), &["recall", "--out", "."]);
    assert_eq!(made.code, 0, "{}", made.err);
    let again = engram_json(
        folder.path(),
        &["recall", "--json", "--cue", "frame-0003.png"],
    );
    assert_eq!(
        (&again["verdict_is"], &again["verdict_patterns"][0]),
        (&"stored".into(), &3.into())
    );
    assert_eq!(
        again["verdict_text"],
        "Found a stored memory: a 3, in all 784 units, after 1 sweep"
    );
    assert_eq!(
        (&again["cue"], &again["cue_label"]),
        (&"frame-0003.png".into(), &Value::Null)
    );
}

#[test]
fn too_many_frames_are_cut_with_a_remark() {
    let folder = scratch();
    let args = "recall --size 14 --dynamics glauber:T=1 --max-sweeps 1001 --rule hebb --out run";
    let said = engram(folder.path(), &args.split(' ').collect::<Vec<_>>());
    let remark = "wrote the first 1000 of 1002 frames, curves.csv and recall.json to run\n";
    assert_eq!((said.code, &*said.err), (0, remark));
    assert_eq!(names(&folder.path().join("run")).len(), 1002);
}

#[test]
fn a_file_that_is_no_folder_is_not_overwritten() {
    let folder = scratch();
    let path = put(folder.path(), "precious", b"words");
    let said = engram(folder.path(), &["recall", "--out", "precious"]);
    assert_eq!(said.code, 2);
    assert_eq!(
        said.err,
        "engram recall: --out: precious: a folder is wanted, and this is none\n"
    );
    assert_eq!(fs::read(path).unwrap(), b"words");
}
