//! The table of facts: names that stay, their order, what is null.

use super::*;
use crate::engine::LearningRule;
use crate::worlds::World;

/// The keys of 0.1, whose names and order users rely on.
const KEYS: [&str; 26] = [
    "world",
    "from",
    "grid",
    "n_units",
    "n_patterns",
    "labels",
    "rule",
    "alteration",
    "ending",
    "dynamics",
    "seed",
    "cue",
    "cue_label",
    "corruption",
    "cue_overlap",
    "final_overlap",
    "nearest",
    "overlaps",
    "energy",
    "sweeps",
    "flips",
    "verdict",
    "cycle_length",
    "verdict_is",
    "verdict_patterns",
    "asymmetry",
];

fn facts(rule: &str) -> Facts {
    let mut recipe = Recipe {
        world: World::parse("random:n=64,p=4").unwrap(),
        ..Recipe::default()
    };
    recipe.tracks[0].rule = LearningRule::parse(rule).unwrap();
    let outcome = crate::trial::run(&recipe, |_, _| ()).unwrap();
    Facts::of(&outcome.evidence(&recipe))
}

#[test]
fn names_stay_and_are_told_apart() {
    let keys: Vec<&str> = TABLE.iter().map(|fact| fact.key).collect();
    assert_eq!(keys[..KEYS.len()], KEYS);
    for (at, key) in keys.iter().enumerate() {
        let plain = |letter: char| letter.is_ascii_lowercase() || letter == '_';
        assert!(key.chars().all(plain) && !keys[..at].contains(key), "{key}");
        assert_eq!(named(key).unwrap().key, *key);
    }
    let unknown = named("final_overlop").unwrap_err().to_string();
    assert!(unknown.contains("final_overlap"), "{unknown}");
}

#[test]
fn they_are_written_in_their_order() {
    let written = serde_json::to_string(&facts("hebb")).unwrap();
    let place = |fact: &Fact| written.find(&format!("\"{}\":", fact.key)).unwrap();
    assert!(TABLE.iter().map(place).is_sorted(), "{written}");
}

#[test]
fn what_is_not_there_is_null() {
    let with = facts("pseudo-inverse");
    assert_eq!(with.number("load"), 4.0 / 64.0);
    assert!(with.number("margin_min") > 0.0 && with.number("asymmetry") < 1e-6);
    assert_eq!(with.text("verdict"), "fixed point");
    let said = with.text("verdict_text");
    assert!(
        said.starts_with("Remembered: pattern 3, all 64 units right, after "),
        "{said}"
    );
    assert_eq!(
        (with.text("verdict_is"), with.count("wrong")),
        ("original", 0)
    );
    let without = facts("modern");
    for key in ["margin_min", "asymmetry", "cycle_length"] {
        assert!(without.get(key).is_null(), "{key}");
    }
}
