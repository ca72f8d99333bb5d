//! Formulas as trees: what stands in a node, and the symbol that a node is.

use ratex_font::{Mode as FontMode, get_symbol};
use ratex_parser::ParseNode;

/// The nodes right below, in reading order. Kinds that formulas of ours do not use have none.
pub(super) fn below(node: &mut ParseNode) -> Vec<&mut ParseNode> {
    match node {
        ParseNode::SupSub { base, sup, sub, .. } => [base, sub, sup]
            .into_iter()
            .filter_map(|part| part.as_deref_mut())
            .collect(),
        ParseNode::GenFrac { numer, denom, .. } => vec![numer, denom],
        ParseNode::Sqrt { body, .. } => vec![body],
        ParseNode::OrdGroup { body, .. }
        | ParseNode::Color { body, .. }
        | ParseNode::LeftRight { body, .. }
        | ParseNode::MClass { body, .. }
        | ParseNode::Styling { body, .. } => body.iter_mut().collect(),
        _ => Vec::new(),
    }
}

/// The symbol that a node is, without its scripts: a letter in italics or a Greek one, perhaps with an accent.
pub(super) fn core(node: &ParseNode) -> Option<String> {
    match node {
        ParseNode::MathOrd { text, .. } | ParseNode::TextOrd { text, .. } => {
            let sign = sign(text)?;
            sign.is_alphabetic().then(|| sign.to_string())
        }
        ParseNode::SupSub { base, .. } => core(base.as_deref()?),
        ParseNode::Accent { base, label, .. } => Some(format!("{}{label}", core(base)?)),
        ParseNode::OrdGroup { body, .. } => match body.as_slice() {
            [only] => core(only),
            _ => None,
        },
        _ => None,
    }
}

/// The sign that TeX calls `name`: `\mu`, `=`, `a`.
pub(super) fn sign(name: &str) -> Option<char> {
    let known = get_symbol(name, FontMode::Math).and_then(|symbol| symbol.codepoint);
    let mut letters = name.chars();
    let first = letters.next();
    let only = first.filter(|_| letters.next().is_none());
    known.or(only)
}
