//! Which symbols of a legend stand in a formula, and where.

use super::tree::{below, core};
use crate::engine::learning::Symbol;
use ratex_parser::parse_node::{AtomFamily, Mode};
use ratex_parser::{ParseError, ParseNode, parse};
use ratex_types::Color;
use std::collections::BTreeSet;

/// Letters that mean the same in every formula: i, j, k are units, μ is a pattern, a and b are letters of an alphabet, Δ
/// is a change, e the base of exponentials.
pub const COMMON: [&str; 8] = ["i", "j", "k", "μ", "a", "b", "Δ", "e"];

/// The symbols of `legend` that stand in `formula`, or in what one of them is made of, in their order.
pub fn standing(formula: &str, legend: &[Symbol]) -> Result<Vec<Symbol>, ParseError> {
    let places = super::setter::places(formula, &super::written(legend))?;
    let symbol = |place: usize| legend.get(place).copied();
    Ok(places.into_iter().filter_map(symbol).collect())
}

/// The places of those entries of a legend that stand so in `formula`.
pub(super) fn places(formula: &str, legend: &[&str]) -> Result<Vec<usize>, ParseError> {
    let mut letters = letters(formula)?;
    let mut standing = Vec::new();
    for (place, entry) in legend.iter().enumerate() {
        let (named, made_of) = parts(entry)?;
        if named.iter().any(|name| letters.contains(name)) {
            standing.push(place);
            letters.extend(made_of);
        }
    }
    Ok(standing)
}

/// Every symbol of a formula without its scripts, and the symbols in the scripts.
pub fn letters(formula: &str) -> Result<BTreeSet<String>, ParseError> {
    let mut letters = BTreeSet::new();
    for node in &mut parse(formula)? {
        collect(node, &mut letters);
    }
    Ok(letters)
}

/// What an entry of a legend is for, and what it says that this is made of.
pub fn parts(entry: &str) -> Result<(BTreeSet<String>, BTreeSet<String>), ParseError> {
    let (mut named, mut made_of) = (BTreeSet::new(), BTreeSet::new());
    let mut equated = false;
    for node in &mut parse(entry)? {
        if matches!(
            node,
            ParseNode::Atom {
                family: AtomFamily::Rel,
                ..
            }
        ) {
            equated = true;
        } else if equated {
            collect(node, &mut made_of);
        } else if named.is_empty() {
            named.extend(core(node));
        }
    }
    Ok((named, made_of))
}

fn collect(node: &mut ParseNode, letters: &mut BTreeSet<String>) {
    letters.extend(core(node));
    for inner in below(node) {
        collect(inner, letters);
    }
}

/// Gives every symbol of `legend`, with its scripts, the colour that [`symbol_of`] knows.
pub(super) fn mark(nodes: &mut [ParseNode], legend: &[&str]) -> Result<(), ParseError> {
    let names = legend.iter().map(|entry| Ok(parts(entry)?.0));
    let names: Vec<BTreeSet<String>> = names.collect::<Result<_, ParseError>>()?;
    for node in nodes {
        mark_in(node, &names);
    }
    Ok(())
}

fn mark_in(node: &mut ParseNode, names: &[BTreeSet<String>]) {
    let place = core(node).and_then(|name| names.iter().position(|entry| entry.contains(&name)));
    let Some(place) = place else {
        for inner in below(node) {
            mark_in(inner, names);
        }
        return;
    };
    let group = |body| ParseNode::OrdGroup {
        mode: Mode::Math,
        body,
        semisimple: None,
        loc: None,
    };
    let symbol = std::mem::replace(node, group(Vec::new()));
    let colored = ParseNode::Color {
        mode: Mode::Math,
        color: format!("#{:06x}", place + 1),
        body: vec![symbol],
        loc: None,
    };
    *node = group(vec![colored]);
}

/// The place in the legend that a colour stands for.
pub(super) fn symbol_of(color: Color) -> Option<usize> {
    let place = (color.b * 255.0).round() as usize;
    place.checked_sub(1)
}
