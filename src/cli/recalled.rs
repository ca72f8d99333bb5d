//! What a recall came to: as text with pictures, and as JSON.

use super::text;
use crate::engine::Alteration;
use crate::trial::facts::{Facts, TABLE};
use crate::trial::{Outcome, TrackOutcome, words};
use std::fmt::Write as _;

/// One JSON object on one line.
pub(super) fn json(facts: &Facts) -> String {
    super::json_line(facts)
}

/// What the JSON object holds, for the help.
pub(super) fn keys() -> String {
    let mut text = "The JSON object, in this order:\n".to_owned();
    for fact in TABLE {
        write!(text, "\n  {:<18}{}", fact.key, fact.help).expect("a string takes what is written");
    }
    text
}

/// Pictures and the numbers in words.
pub(super) fn text(outcome: &Outcome, facts: &Facts) -> String {
    let TrackOutcome {
        recording,
        conclusion,
        ..
    } = outcome.track();
    let states = &outcome.inputs.cue;
    let patterns = recording.patterns();
    let after = match facts.count("sweeps") {
        1 => "after 1 sweep".to_owned(),
        sweeps => format!("after {sweeps} sweeps"),
    };
    let mut pictures = vec![("cue", &states.cue), (&*after, &conclusion.last)];
    if states.original != states.cue {
        pictures.insert(0, ("original", &states.original));
    }
    let shown = text::side_by_side(patterns.grid(), &pictures);
    format!("{shown}\n{}", text::table(&in_words(outcome, facts)))
}

/// The numbers, each with its name.
fn in_words(outcome: &Outcome, facts: &Facts) -> Vec<(&'static str, String)> {
    let TrackOutcome {
        recording,
        conclusion,
        ..
    } = outcome.track();
    let patterns = recording.patterns();
    let nearest = facts.count("nearest") as usize;
    let overlap = facts.get("overlaps")[nearest].as_f64().unwrap_or(f64::NAN);
    let settled = conclusion.verdict_in_words();
    let settled = format!("{settled}, flips: {}", facts.count("flips"));
    let label = facts.get("cue_label").as_str();
    let label = label.map_or_else(String::new, |label| {
        format!(", {}", words::with_article(label))
    });
    let mut rows = vec![
        ("World", facts.text("from").to_owned()),
        (
            "Stored",
            format!(
                "P = {} patterns of N = {} units, load α = {:.4}",
                facts.count("n_patterns"),
                facts.count("n_units"),
                facts.number("load")
            ),
        ),
        ("Rule", facts.text("rule").to_owned()),
        ("Altered", altered(facts.text("alteration"))),
        ("Note", facts.text("ending").to_owned()),
        (
            "Dynamics",
            format!("{}, seed {}", facts.text("dynamics"), facts.count("seed")),
        ),
        (
            "Cue",
            format!(
                "{}{label}; overlap with the original {:.4}",
                facts.text("cue"),
                facts.number("cue_overlap")
            ),
        ),
        (
            "Result",
            format!(
                "overlap with the original {:.4}",
                facts.number("final_overlap")
            ),
        ),
        (
            "Nearest",
            format!(
                "{}, overlap {overlap:.4}",
                words::pattern_name(patterns, nearest)
            ),
        ),
        ("Verdict", settled),
        ("It is", conclusion.nature_in_words(patterns)),
        ("Energy", energy_in_words(facts)),
        (
            "Asymmetry",
            match facts.get("asymmetry").as_f64() {
                Some(asymmetry) => format!("{asymmetry:.6}"),
                None => "none".to_owned(),
            },
        ),
    ];
    rows.retain(|(_, words)| !words.is_empty());
    rows
}

/// What was done to the couplings; nothing if they are as learned.
fn altered(alteration: &str) -> String {
    if alteration == Alteration::default().to_string() {
        String::new()
    } else {
        alteration.to_owned()
    }
}

fn energy_in_words(facts: &Facts) -> String {
    let energies = facts.get("energy").as_array();
    let energies = energies.into_iter().flatten();
    let energies: Vec<f64> = energies.filter_map(serde_json::Value::as_f64).collect();
    match *energies {
        [first, .., last] => format!("{} → {}", figure(first), figure(last)),
        [only] => figure(only),
        [] => "none exists: the couplings are asymmetric".to_owned(),
    }
}

/// Three decimals, or as many digits of a small number as tell it from zero.
fn figure(number: f64) -> String {
    if number == 0.0 || number.abs() >= 0.1 {
        format!("{number:.3}")
    } else {
        format!("{number:.2e}")
    }
}
