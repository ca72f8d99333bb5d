//! What the argument parser has against the arguments, as one sentence that names the flag.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use std::error::Error as _;

/// "engram recall: --patterns: …": the parser's refusal without usage, in one line.
pub(super) fn sentence(command: &str, refused: &clap::Error) -> String {
    let flag = match refused.get(ContextKind::InvalidArg) {
        Some(ContextValue::String(flag)) => flag.split_whitespace().next(),
        _ => None,
    };
    if refused.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        return format!("{command}: something is missing; '{command} --help' says what");
    }
    match (flag, refused.source()) {
        // Refused by one of our own parsers, which say it in words.
        (Some(flag), Some(problem)) => format!("{command}: {flag}: {problem}"),
        _ => format!(
            "{command}: {}",
            first_paragraphs(&refused.render().to_string())
        ),
    }
}

/// All that comes before the usage, on one line.
fn first_paragraphs(rendered: &str) -> String {
    let message = rendered.split("Usage:").next().unwrap_or_default();
    let message = message
        .split("For more information")
        .next()
        .unwrap_or_default();
    let paragraphs = message.split("\n\n").map(|paragraph| {
        let words: Vec<&str> = paragraph.split_whitespace().collect();
        words.join(" ")
    });
    let paragraphs: Vec<String> = paragraphs.filter(|text| !text.is_empty()).collect();
    let message = paragraphs.join("; ");
    message.trim_start_matches("error: ").to_owned()
}
