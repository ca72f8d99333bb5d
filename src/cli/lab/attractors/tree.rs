//! The tree of attractors: which minima of the energy are joined over which barriers.

use super::Question;
use crate::cli::lab::{Lab, Report, json_line};
use crate::engine::Error;
use crate::engine::attractors::{Catalogue, CensusStarts, EnergyTree};
use crate::engine::numbers::short;
use crate::engine::patterns::State;
use serde_json::{Value, json};

/// Units up to which all states are looked at.
const EXACT: usize = 20;

/// Random starts that attractors are looked for from, in larger memories, and attractors at most.
const STARTS: u64 = 500;
const MOST: usize = 24;

/// Random orders of flips between each pair.
const ORDERS: usize = 20;

/// Works it out.
pub(super) fn report(lab: &Lab, question: &Question, notes: Vec<String>) -> Result<Report, Error> {
    let memory = &question.memory;
    let couplings = memory.batch.memory().couplings();
    let small = couplings.filter(|couplings| couplings.n_units() <= EXACT);
    let tree = if let Some(couplings) = small {
        EnergyTree::exact(couplings)?
    } else {
        let states = attractors(question)?;
        EnergyTree::of_paths(memory.batch.memory(), &states, ORDERS, memory.seed)?
    };
    let label = |state: &State| {
        let is_it = |pattern: &usize| memory.patterns.state(*pattern) == *state;
        let stored = (0..memory.patterns.n_patterns()).find(is_it);
        stored.map_or_else(String::new, |pattern| format!("+{pattern}"))
    };
    if lab.json {
        let leaves = tree.leaves.iter().map(|leaf| {
            let stored = label(&leaf.state);
            json!({"energy": leaf.energy, "stored": (!stored.is_empty()).then_some(stored)})
        });
        let joints = tree.joints.iter();
        let joints = joints.map(|it| json!({"leaves": it.leaves, "energy": it.energy}));
        let object = json!({
            "command": question.command("tree", &[]),
            "exact": tree.exact,
            "leaves": leaves.collect::<Vec<Value>>(),
            "merges": joints.collect::<Vec<Value>>(),
        });
        return Ok(Report::new(json_line(&object), notes));
    }
    let kind = if tree.exact {
        "barriers are exact"
    } else {
        "barriers are bounds above: the best of many straight paths"
    };
    let first = format!("{} minima, {kind}\n", tree.leaves.len());
    let leaves = tree.leaves.iter().enumerate().map(|(place, leaf)| {
        let (energy, stored) = (short(leaf.energy), label(&leaf.state));
        format!("  {place:>3}  energy {energy:<12} {stored}\n")
    });
    let joints = tree.joints.iter().map(|joint| {
        let [a, b] = joint.leaves;
        let energy = short(joint.energy);
        format!("  {a} and {b} are joined at energy {energy}\n")
    });
    let text = leaves.chain(joints).fold(first, |text, line| text + &line);
    Ok(Report::new(text, notes))
}

/// Fixed points that the stored patterns and random starts end in, those with the largest shares.
fn attractors(question: &Question) -> Result<Vec<State>, Error> {
    let memory = &question.memory;
    let mut catalogue = Catalogue::default();
    let stored = memory.patterns.n_patterns() as u64;
    if stored > 0 {
        let starts = memory.starts(CensusStarts::Patterns, false, 0..stored)?;
        memory.endings(&mut catalogue, &starts);
    }
    let starts = memory.starts(CensusStarts::Random, false, 0..STARTS)?;
    memory.endings(&mut catalogue, &starts);
    let mut found: Vec<_> = catalogue.attractors().iter().collect();
    found.retain(|it| it.length == 1);
    found.sort_by_key(|it| std::cmp::Reverse(it.count));
    let states = found.into_iter().filter_map(|it| it.state.clone());
    Ok(states.take(MOST).collect())
}
