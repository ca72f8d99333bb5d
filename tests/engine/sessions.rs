//! Sessions on the command line: saved, shared, opened; killed while they are written.

use crate::program::{engram, engram_json, put, scratch};
use engram::session::Document;
use std::fs;
use std::process::{Command, Stdio};
use std::time::Duration;

const SMALL: [&str; 7] = [
    "recall",
    "--world",
    "glyphs:size=8,p=6",
    "--rule",
    "hebb",
    "--corrupt",
    "flip=0.1",
];

#[test]
fn what_is_saved_and_shared_opens_to_the_same_facts() {
    let folder = scratch();
    let folder = folder.path();
    let save = [&SMALL[..], &["--json", "--save", "a.engram", "--share"]].concat();
    let said = engram(folder, &save);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.err.contains("wrote a.engram"));
    let lines: Vec<&str> = said.out.lines().collect();
    let [facts, line] = lines[..] else {
        panic!("facts, and the line last: {}", said.out);
    };
    assert!(line.starts_with("engram:") && line.len() <= 2000);
    let facts: serde_json::Value = serde_json::from_str(facts).unwrap();
    for session in ["a.engram", line] {
        let mut opened = engram_json(folder, &["open", session, "--json"]);
        let mut track = opened["tracks"][0].take();
        track.as_object_mut().unwrap().remove("title");
        // Without flags a cue is named by the recipe alone.
        assert_eq!(track, facts, "{session}");
        assert_eq!(opened["comparison"], serde_json::Value::Null);
    }
    let text = engram(folder, &["open", "a.engram"]);
    assert!(text.out.contains("Verdict"), "{}", text.out);
}

#[test]
fn tracks_are_told_and_compared() {
    let folder = scratch();
    let folder = folder.path();
    let said = engram(folder, &["recall", "--save", "a.engram"]);
    assert_eq!(said.code, 0, "{}", said.err);
    let mut document = Document::of_bytes(&fs::read(folder.join("a.engram")).unwrap()).unwrap();
    let mut other = document.recipe.tracks[0].clone();
    other.rule = engram::engine::LearningRule::parse("hebb").unwrap();
    document.recipe.tracks.push(other);
    put(folder, "two.engram", document.to_json().as_bytes());
    let opened = engram_json(folder, &["open", "two.engram", "--json"]);
    assert_eq!(opened["tracks"].as_array().unwrap().len(), 2);
    assert_eq!(opened["best"], serde_json::json!([0]));
    let told = opened["comparison"].as_str().unwrap();
    assert!(told.contains("alone comes back to the original"), "{told}");
    let text = engram(folder, &["open", "two.engram"]).out;
    assert!(text.contains(told));
}

#[test]
fn what_is_no_session_is_refused_by_name() {
    let folder = scratch();
    let folder = folder.path();
    put(
        folder,
        "b.engram",
        b"{\"format\": \"engram session\", \"version\": 4}",
    );
    put(folder, "c.engram", b"\x89PNG");
    for (session, said) in [
        (
            "b.engram",
            "b.engram: this program opens sessions up to version 3",
        ),
        ("c.engram", "c.engram: a session is text"),
        ("gone.engram", "gone.engram: no such file"),
        ("engram:xyz!", "this one is damaged"),
    ] {
        let refused = engram(folder, &["open", session]);
        assert_eq!(refused.code, 2);
        assert!(refused.err.contains(said), "{session}: {}", refused.err);
    }
    let same = engram(folder, &["recall", "--save", "x", "--out", "x"]);
    assert_eq!(same.code, 2, "{}", same.out);
}

#[test]
fn lessons_are_listed_checked_and_printed() {
    let folder = scratch();
    let folder = folder.path();
    let listed = engram(folder, &["lessons"]);
    assert!(
        listed.out.contains("What an attractor is"),
        "{}",
        listed.err
    );
    let class = engram(folder, &["lessons", "class", "--page", "teacher"]);
    assert!(
        class
            .out
            .contains("<b>Energy, and why it falls</b>, minutes 5 to 13"),
        "{}",
        class.err
    );
    let page = engram(folder, &["lessons", "digits", "--page", "teacher"]);
    assert!(
        page.out.contains("<svg") && page.out.contains("Why: "),
        "{}",
        page.err
    );
    let text = "---\ntitle: T\nquestion: Q?\nminutes: 5\nstart: set world=glyphs\n---\n\n\
                [a](<do: settle; expect final_overlap below 0.1>)\n";
    put(folder, "ours.md", text.as_bytes());
    let checked = engram(folder, &["lessons", "ours.md", "--check"]);
    assert_eq!(checked.code, 1, "{}", checked.err);
    assert!(
        checked
            .out
            .contains("link 1: final_overlap below 0.1 does not hold")
    );
    for (args, said) in [
        (
            &["lessons", "--check"][..],
            "--check does nothing in the list",
        ),
        (
            &["lessons", "digits", "--check", "--out", "x"],
            "--out does nothing in --check",
        ),
        (&["lessons", "gone"], "there is no lesson or file 'gone'"),
    ] {
        let refused = engram(folder, args);
        assert_eq!(refused.code, 2);
        assert!(refused.err.contains(said), "{}", refused.err);
    }
}

/// How often a save is killed: 40 times; `ENGRAM_KILLS=1000` for more.
fn n_kills() -> u64 {
    let asked = std::env::var("ENGRAM_KILLS").ok();
    asked.and_then(|count| count.parse().ok()).unwrap_or(40)
}

#[test]
fn a_save_that_is_killed_leaves_the_old_file_or_the_new_one() {
    let folder = scratch();
    let folder = folder.path();
    let args = |seed: &str| {
        let all = SMALL.iter().map(|arg| (*arg).to_owned());
        let all = all.chain(["--seed", seed, "--save", "a.engram"].map(str::to_owned));
        all.collect::<Vec<String>>()
    };
    let run = |seed: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_engram"));
        let command = command.args(args(seed)).current_dir(folder);
        command
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap()
    };
    let clock = std::time::Instant::now();
    assert!(run("1").wait().unwrap().success());
    let whole = clock.elapsed();
    let mut seeds = std::collections::BTreeSet::new();
    for kill in 0..n_kills() {
        let mut child = run(if kill % 2 == 0 { "2" } else { "1" });
        // Over the whole of its life, and beyond.
        let part = kill as f64 / n_kills() as f64;
        std::thread::sleep(Duration::from_secs_f64(1.2 * part * whole.as_secs_f64()));
        drop(child.kill());
        child.wait().unwrap();
        let document = Document::of_bytes(&fs::read(folder.join("a.engram")).unwrap());
        seeds.insert(document.expect("it is whole").recipe.seed);
    }
    assert!(seeds.is_subset(&[1, 2].into()));
    let left = fs::read_dir(folder).unwrap().count();
    assert!(run("1").wait().unwrap().success());
    let then = fs::read_dir(folder).unwrap().count();
    assert!(
        then <= left.min(2),
        "what was left half written is cleared: {then}"
    );
}
