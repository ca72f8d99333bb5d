//! The layout of formulas: where lines are broken, and outlines of what the layout says.

use super::glyphs;
use super::legend;
pub(super) use super::legend::places;
pub(super) use super::plain::said as plain;
use super::{Shape, Step, Typeset};
use ratex_parser::parse_node::{AtomFamily, Mode};
use ratex_parser::{ParseError, ParseNode};
use ratex_types::display_item::{DisplayItem, DisplayList};
use ratex_types::path_command::PathCommand;

/// Room between two lines, in em.
const LEADING: f64 = 0.45;

/// How far lines after the first are moved in, in em.
const INDENT: f64 = 1.0;

/// Sets `tex`, whose `symbols` are marked, in lines of at most `room` em where it can be broken.
pub(super) fn typeset(tex: &str, symbols: &[&str], room: f64) -> Result<Typeset, ParseError> {
    let mut nodes = ratex_parser::parse(tex)?;
    legend::mark(&mut nodes, symbols)?;
    let fits = |lines: &[DisplayList]| lines.iter().all(|line| line.width <= room);
    let broken = |breaks| lines(pieces(&nodes, breaks), room);
    let mut found = broken(Breaks::OutsideBrackets);
    for breaks in [Breaks::BetweenFactors, Breaks::Anywhere] {
        if !fits(&found) {
            found = broken(breaks);
        }
    }
    stacked(&found)
}

/// As many pieces on a line as fit into `room`; at least one.
fn lines(pieces: Vec<Vec<ParseNode>>, room: f64) -> Vec<DisplayList> {
    let mut lines: Vec<DisplayList> = Vec::new();
    let mut line: Vec<ParseNode> = Vec::new();
    for piece in pieces {
        let mut longer = line.clone();
        longer.extend(piece.iter().cloned());
        let indent = if lines.is_empty() { 0.0 } else { INDENT };
        if !line.is_empty() && set(&longer).width + indent > room {
            lines.push(set(&line));
            // What follows is an operand as before.
            line = vec![empty()];
            line.extend(piece);
        } else {
            line = longer;
        }
    }
    lines.push(set(&line));
    lines
}

/// Where lines may be broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Breaks {
    OutsideBrackets,
    /// Also before a bracket that is a factor.
    BetweenFactors,
    /// Between brackets too, but in no fraction and no script.
    Anywhere,
}

/// Parts between which a line may end, each from the sign of relation or operation on.
pub(super) fn pieces(nodes: &[ParseNode], breaks_at: Breaks) -> Vec<Vec<ParseNode>> {
    let mut pieces: Vec<Vec<ParseNode>> = vec![Vec::new()];
    let mut depth = 0;
    let mut related = false;
    for node in nodes.iter().cloned() {
        let family = match &node {
            ParseNode::Atom { family, .. } => Some(*family),
            _ => None,
        };
        match family {
            Some(AtomFamily::Open) => depth += 1,
            Some(AtomFamily::Close) => depth -= 1,
            _ => (),
        }
        let outside = depth == 0 || breaks_at == Breaks::Anywhere;
        let breaks = match family {
            Some(AtomFamily::Rel) => std::mem::replace(&mut related, true),
            Some(AtomFamily::Bin) => true,
            _ => match &node {
                ParseNode::Text { .. } => true,
                ParseNode::LeftRight { .. } => breaks_at != Breaks::OutsideBrackets,
                _ => false,
            },
        };
        let last = pieces.last_mut().expect("there is one from the start");
        // A sign at the start or behind another one goes with what follows.
        let operand = last.iter().any(|node| !is_sign(node));
        if is_gap(&node) && outside && operand {
            // Another equation begins.
            last.push(node);
            pieces.push(Vec::new());
            related = false;
        } else if breaks && outside && operand {
            pieces.push(vec![node]);
        } else {
            last.push(node);
        }
    }
    pieces
}

/// Whether it is a sign of relation or operation, or space.
fn is_sign(node: &ParseNode) -> bool {
    match node {
        ParseNode::Atom { family, .. } => matches!(family, AtomFamily::Rel | AtomFamily::Bin),
        ParseNode::SpacingNode { .. } | ParseNode::Kern { .. } => true,
        _ => false,
    }
}

/// Whether it is the room between two equations.
fn is_gap(node: &ParseNode) -> bool {
    matches!(node, ParseNode::SpacingNode { text, .. } if text == "\\quad")
}

/// Nothing, but an operand.
fn empty() -> ParseNode {
    ParseNode::OrdGroup {
        mode: Mode::Math,
        body: Vec::new(),
        semisimple: None,
        loc: None,
    }
}

fn set(nodes: &[ParseNode]) -> DisplayList {
    let options = ratex_layout::LayoutOptions::default();
    ratex_layout::to_display_list(&ratex_layout::layout(nodes, &options))
}

/// Lines below each other.
fn stacked(lines: &[DisplayList]) -> Result<Typeset, ParseError> {
    let mut typeset = Typeset {
        size: [0.0, 0.0],
        baseline: lines.first().map_or(0.0, |line| line.height),
        shapes: Vec::new(),
    };
    for (index, line) in lines.iter().enumerate() {
        let left = if index == 0 { 0.0 } else { INDENT };
        let top = match index {
            0 => 0.0,
            _ => typeset.size[1] + LEADING,
        };
        for item in &line.items {
            typeset.shapes.extend(shape(item, [left, top])?);
        }
        let [width, height] = &mut typeset.size;
        *width = width.max(left + line.width);
        *height = top + line.height + line.depth;
    }
    Ok(typeset)
}

/// An item of a layout as an outline; `None` for a glyph without ink.
fn shape(item: &DisplayItem, [left, top]: [f64; 2]) -> Result<Option<Shape>, ParseError> {
    let (color, outline) = match item {
        DisplayItem::GlyphPath {
            x,
            y,
            scale,
            font,
            char_code,
            color,
        } => {
            let outline = glyphs::outline(font, *char_code, [left + x, top + y], *scale);
            let missing = || ParseError::msg(format!("{font} has no glyph {char_code:#x}"));
            (color, outline.ok_or_else(missing)?)
        }
        DisplayItem::Line {
            x,
            y,
            width,
            thickness,
            color,
            ..
        } => {
            let upper = top + y - thickness / 2.0;
            (color, rectangle([left + x, upper], [*width, *thickness]))
        }
        DisplayItem::Rect {
            x,
            y,
            width,
            height,
            color,
        } => (color, rectangle([left + x, top + y], [*width, *height])),
        DisplayItem::Path {
            x,
            y,
            commands,
            color,
            ..
        } => {
            let steps = commands.iter();
            let steps = steps.filter_map(|command| step(*command, [left + x, top + y]));
            (color, steps.collect())
        }
    };
    let symbol = legend::symbol_of(*color);
    Ok((!outline.is_empty()).then_some(Shape { symbol, outline }))
}

fn rectangle([x, y]: [f64; 2], [width, height]: [f64; 2]) -> Vec<Step> {
    vec![
        Step::Move([x, y]),
        Step::Line([x + width, y]),
        Step::Line([x + width, y + height]),
        Step::Line([x, y + height]),
    ]
}

/// Contours are closed in any case.
fn step(command: PathCommand, [left, top]: [f64; 2]) -> Option<Step> {
    let at = |x: f64, y: f64| [left + x, top + y];
    Some(match command {
        PathCommand::MoveTo { x, y } => Step::Move(at(x, y)),
        PathCommand::LineTo { x, y } => Step::Line(at(x, y)),
        PathCommand::QuadTo { x1, y1, x, y } => Step::Quad(at(x1, y1), at(x, y)),
        PathCommand::CubicTo {
            x1,
            y1,
            x2,
            y2,
            x,
            y,
        } => Step::Cubic(at(x1, y1), at(x2, y2), at(x, y)),
        PathCommand::Close => return None,
    })
}
