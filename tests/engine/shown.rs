//! What `engram lab show` says of tables of attractors, and trees of several rules.

use crate::program::{engram, engram_json, put, scratch};
use std::fs;

#[test]
fn tables_of_attractors_are_summed_up() {
    let folder = scratch();
    let folder = folder.path();
    let small = [
        "--world",
        "glyphs:size=8,p=4",
        "--rules",
        "hebb",
        "--out",
        "t.csv",
    ];
    let cases: [(&str, &[&str], &str, &str); 5] = [
        ("wheel", &["--side", "16"], "basin entropy", "basin_entropy"),
        ("plane", &["--side", "16"], "starts end in", "attractors"),
        (
            "census",
            &["--count", "200"],
            "200 starts end in",
            "unseen_share",
        ),
        ("fragile", &[], "4 patterns", "rows"),
        (
            "bands",
            &["--vary", "world.p=2..4", "--count", "50"],
            "world.p = 2: stored",
            "values",
        ),
    ];
    for (what, own, words, key) in cases {
        let _absent = fs::remove_file(folder.join("t.csv"));
        let start = ["lab", what].into_iter();
        let args: Vec<&str> = start.chain(small).chain(own.iter().copied()).collect();
        let said = engram(folder, &args);
        assert_eq!(said.code, 0, "{what}: {}", said.err);
        let shown = engram(folder, &["lab", "show", "t.csv"]);
        assert_eq!(shown.code, 0, "{what}: {}", shown.err);
        assert!(shown.out.contains(words), "{what}: {}", shown.out);
        assert!(
            shown.out.starts_with(&format!("engram lab {what} ")),
            "{}",
            shown.out
        );
        let told = engram_json(folder, &["lab", "show", "t.csv", "--json"]);
        assert!(
            !told[key].is_null() && told["command"].is_string(),
            "{what}: {told}"
        );
        let bytes = fs::read(folder.join("t.csv")).unwrap();
        put(folder, "t.csv", &bytes[..bytes.len() - 2]);
        let torn = engram(folder, &["lab", "show", "t.csv"]);
        assert!(
            torn.code == 0 && torn.err.contains("torn"),
            "{what}: {}",
            torn.err
        );
    }
}

#[test]
fn trees_of_several_rules_stand_side_by_side() {
    let folder = scratch();
    let folder = folder.path();
    let tree = |rules, more: &[&'static str]| {
        let start = [
            "lab",
            "tree",
            "--world",
            "random:n=10,p=2",
            "--rules",
            rules,
        ];
        let args: Vec<&str> = start.iter().chain(more).copied().collect();
        engram(folder, &args)
    };
    let both: serde_json::Value =
        serde_json::from_str(&tree("hebb,storkey", &["--json"]).out).unwrap();
    let trees = both["trees"].as_array().unwrap();
    for (told, rule) in trees.iter().zip(["hebb", "storkey"]) {
        let alone: serde_json::Value = serde_json::from_str(&tree(rule, &["--json"]).out).unwrap();
        assert!(told["rule"].as_str().unwrap().starts_with(rule));
        for key in ["exact", "leaves", "merges"] {
            assert_eq!(told[key], alone[key], "{rule}");
        }
        assert!(alone.get("trees").is_none() && alone.get("rule").is_none());
        let text = tree(rule, &[]).out;
        assert!(tree("hebb,storkey", &[]).out.contains(&text), "{text}");
    }
    assert_eq!(trees.len(), 2);
    let twice = tree("hebb,hebb", &[]);
    assert!(
        twice.code == 2 && twice.err.contains("twice"),
        "{}",
        twice.err
    );
}
