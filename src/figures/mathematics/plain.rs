//! Formulas as plain text, for the command line and for screen readers.

use super::tree::sign;
use ratex_parser::parse_node::AtomFamily;
use ratex_parser::{ParseError, ParseNode, parse};

/// How a part stands to its neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A letter, a number, a function with its argument.
    Operand,
    /// What a bracket behind it belongs to another factor than: a fraction, a bracket that was closed, a name.
    Factor,
    Sign,
    Open,
    Close,
    Comma,
    Words,
}

/// `tex` in one line: `J_ij = (1/N) Σ_μ ξ_i^μ ξ_j^μ`. What has no such form is `?`.
pub fn plain(tex: &str) -> Result<String, ParseError> {
    super::setter::plain(tex)
}

/// The same, by this program.
pub(super) fn said(tex: &str) -> Result<String, ParseError> {
    Ok(line(&parse(tex)?))
}

fn line(nodes: &[ParseNode]) -> String {
    let mut text = String::new();
    let mut before = Kind::Open;
    for node in nodes {
        let Some((piece, kind)) = piece(node) else {
            // Room in front of a bracket keeps it apart from what may be no function.
            if before == Kind::Operand {
                before = Kind::Factor;
            }
            continue;
        };
        let joined = matches!(
            (before, kind),
            (_, Kind::Words | Kind::Close | Kind::Comma)
                | (Kind::Words | Kind::Open, _)
                | (Kind::Operand, Kind::Open)
        ) || (before == Kind::Operand && goes_on(&text, &piece));
        if !joined {
            text.push(' ');
        }
        text.push_str(&piece);
        // A sign without anything before it belongs to what follows.
        let prefix = kind == Kind::Sign
            && (before == Kind::Open || before == Kind::Sign && matches!(&*piece, "−" | "+"));
        before = if prefix { Kind::Open } else { kind };
    }
    text
}

/// Whether `piece` begins with a digit, or with what stands between digits, behind another one: a number is in one piece.
fn goes_on(text: &str, piece: &str) -> bool {
    let is_of_number = |letter: char| letter.is_ascii_digit() || matches!(letter, '.' | ',');
    text.ends_with(is_of_number) && piece.starts_with(is_of_number)
}

fn piece(node: &ParseNode) -> Option<(String, Kind)> {
    Some(match node {
        ParseNode::Atom { family, text, .. } => {
            let kind = match family {
                AtomFamily::Bin | AtomFamily::Rel => Kind::Sign,
                AtomFamily::Open => Kind::Open,
                AtomFamily::Close => Kind::Close,
                AtomFamily::Punct => Kind::Comma,
                AtomFamily::Inner => Kind::Operand,
            };
            (letter(text), kind)
        }
        // Between digits a full stop is one; else it is a bracket that is left out.
        ParseNode::TextOrd { text, .. } if text == "." => (text.clone(), Kind::Operand),
        ParseNode::MathOrd { text, .. } | ParseNode::TextOrd { text, .. } => {
            (letter(text), Kind::Operand)
        }
        ParseNode::OrdGroup { body, .. }
        | ParseNode::Styling { body, .. }
        | ParseNode::MClass { body, .. } => (line(body), Kind::Operand),
        ParseNode::SupSub { base, sup, sub, .. } => {
            scripts(base.as_deref(), sub.as_deref(), sup.as_deref())
        }
        ParseNode::GenFrac { numer, denom, .. } => {
            let [upper, lower] = [numer, denom].map(|part| bracketed(&inside(part)));
            (format!("({upper}/{lower})"), Kind::Factor)
        }
        ParseNode::Sqrt { body, .. } => (format!("√{}", bracketed(&inside(body))), Kind::Operand),
        ParseNode::Accent { base, label, .. } if label == "\\bar" => {
            (format!("{}\u{304}", inside(base)), Kind::Operand)
        }
        ParseNode::Op { name, .. } => {
            let name = name.as_deref()?;
            let named = name.trim_start_matches('\\');
            (
                sign(name).map_or_else(|| named.to_owned(), big),
                Kind::Factor,
            )
        }
        ParseNode::OperatorName { body, .. } => (run(body), Kind::Operand),
        ParseNode::Font { body, .. } => (run(std::slice::from_ref(body)), Kind::Operand),
        ParseNode::Text { body, .. } => (run(body), Kind::Words),
        ParseNode::LeftRight {
            body, left, right, ..
        } => {
            let [left, right] = [left, right].map(|name| letter(name));
            (format!("{left}{}{right}", line(body)), Kind::Factor)
        }
        ParseNode::HtmlMathMl { mathml, .. } => (line(mathml), Kind::Sign),
        ParseNode::SpacingNode { .. } | ParseNode::Kern { .. } => return None,
        _ => ("?".to_owned(), Kind::Operand),
    })
}

/// A base with what stands below and above it.
fn scripts(
    base: Option<&ParseNode>,
    sub: Option<&ParseNode>,
    sup: Option<&ParseNode>,
) -> (String, Kind) {
    let (mut text, kind) = base
        .and_then(piece)
        .unwrap_or_else(|| (String::new(), Kind::Operand));
    // A bracket that closes and is raised to a power still closes.
    let kind = if matches!(&*text, ")" | "]") {
        Kind::Close
    } else {
        kind
    };
    for (script, mark) in [(sub, '_'), (sup, '^')] {
        let Some(script) = script.map(inside) else {
            continue;
        };
        if script == "′" {
            text.push_str(&script);
            continue;
        }
        text.push(mark);
        let script = script.replace(' ', "");
        let bare = script.strip_prefix('−').unwrap_or(&script);
        if bare.chars().all(char::is_alphanumeric) {
            text.push_str(&script);
        } else {
            text.extend(["(", &*script, ")"]);
        }
    }
    (text, kind)
}

/// What a node holds, without a bracket of its own.
fn inside(node: &ParseNode) -> String {
    match node {
        ParseNode::OrdGroup { body, .. } | ParseNode::Styling { body, .. } => line(body),
        node => line(std::slice::from_ref(node)),
    }
}

/// Several parts in brackets, one as it is.
fn bracketed(text: &str) -> String {
    if text.contains([' ', '/']) {
        format!("({text})")
    } else {
        text.to_owned()
    }
}

/// Letters of a name or of words, one after the other.
fn run(body: &[ParseNode]) -> String {
    let letters = body.iter().map(|node| match node {
        ParseNode::OrdGroup { body, .. } => run(body),
        ParseNode::MathOrd { text, .. }
        | ParseNode::TextOrd { text, .. }
        | ParseNode::SpacingNode { text, .. }
        | ParseNode::Atom { text, .. } => letter(text),
        _ => "?".to_owned(),
    });
    letters.collect()
}

fn letter(name: &str) -> String {
    match name {
        "\\ " | "~" | " " => " ".to_owned(),
        "." => String::new(),
        _ => sign(name).map_or_else(|| "?".to_owned(), |sign| sign.to_string()),
    }
}

/// Sums as the letter that everybody has.
fn big(sign: char) -> String {
    match sign {
        '∑' => "Σ".to_owned(),
        other => other.to_string(),
    }
}
