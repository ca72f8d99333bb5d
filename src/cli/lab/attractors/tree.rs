//! The tree of attractors: which minima of the energy are joined over which barriers.

use super::asked::{Asked, Question};
use crate::cli::lab::{Lab, Report, json_line};
use crate::cli::progress;
use crate::engine::Error;
use crate::engine::numbers::short;
use crate::lab::portraits::MemoryTree;
use serde_json::{Map, Value, json};

/// Works it out, for every rule.
pub(super) fn report(lab: &Lab, mut notes: Vec<String>) -> Result<Report, Error> {
    let questions = match &lab.couplings {
        Some(path) => vec![(String::new(), Question::given(lab, path, &mut notes)?)],
        None => Asked::of(lab, &mut notes)?.of_each_rule()?,
    };
    let mut line = progress::Line::new("lab");
    let mut trees = Vec::with_capacity(questions.len());
    for (rule, question) in &questions {
        trees.push((rule, question, MemoryTree::of(&question.memory)?));
        line.show(trees.len() as f32 / questions.len() as f32);
    }
    line.clear();
    let out = match (lab.json, &trees[..]) {
        (true, [(_, question, tree)]) => {
            let mut object = tree_json(tree);
            let command = question.written.command("tree", &[]);
            object.insert("command".to_owned(), command.into());
            json_line(&object)
        }
        (true, _) => {
            let of_rule = |(rule, _, tree): &(&String, &Question, MemoryTree)| {
                let mut object = tree_json(tree);
                object.insert("rule".to_owned(), rule.as_str().into());
                Value::from(object)
            };
            let all: Vec<Value> = trees.iter().map(of_rule).collect();
            let command = questions[0].1.written.command("tree", &[]);
            json_line(&json!({"command": command, "trees": all}))
        }
        (false, [(_, _, tree)]) => tree_text(tree),
        (false, _) => {
            let of_rule = |(rule, _, tree): &(&String, &Question, MemoryTree)| {
                format!("{rule}: {}", tree_text(tree))
            };
            trees.iter().map(of_rule).collect()
        }
    };
    Ok(Report::new(out, notes))
}

/// What a leaf is called: the stored pattern that it is, or nothing.
fn label(found: &MemoryTree, leaf: usize) -> String {
    let stored = found.stored(leaf);
    stored.map_or_else(String::new, |pattern| format!("+{pattern}"))
}

fn tree_json(found: &MemoryTree) -> Map<String, Value> {
    let tree = &found.tree;
    let leaves = tree.leaves.iter().enumerate().map(|(place, leaf)| {
        let stored = label(found, place);
        json!({"energy": leaf.energy, "stored": (!stored.is_empty()).then_some(stored)})
    });
    let joints = tree.joints.iter();
    let joints = joints.map(|it| json!({"leaves": it.leaves, "energy": it.energy}));
    Map::from_iter([
        ("exact".to_owned(), json!(tree.exact)),
        ("leaves".to_owned(), leaves.collect()),
        ("merges".to_owned(), joints.collect()),
    ])
}

fn tree_text(found: &MemoryTree) -> String {
    let tree = &found.tree;
    let kind = if tree.exact {
        "barriers are exact"
    } else {
        "barriers are bounds above: the best of many straight paths"
    };
    let first = format!("{} minima, {kind}\n", tree.leaves.len());
    let leaves = tree.leaves.iter().enumerate().map(|(place, leaf)| {
        let (energy, stored) = (short(leaf.energy), label(found, place));
        format!("  {place:>3}  energy {energy:<12} {stored}\n")
    });
    let joints = tree.joints.iter().map(|joint| {
        let [a, b] = joint.leaves;
        let energy = short(joint.energy);
        format!("  {a} and {b} are joined at energy {energy}\n")
    });
    leaves.chain(joints).fold(first, |text, line| text + &line)
}
