//! What a recall came to: as text with pictures, and as JSON.

use super::text;
use crate::engine::Alteration;
use crate::engine::numbers::{decimals, short};
use crate::trial::facts::{Facts, TABLE};
use crate::trial::{Outcome, TrackOutcome, words};

/// One JSON object on one line.
pub(super) fn json(facts: &Facts) -> String {
    super::json_line(facts)
}

/// What the JSON object holds, for the help.
pub(super) fn keys() -> impl Iterator<Item = (&'static str, &'static str)> {
    TABLE.iter().map(|fact| (fact.key, fact.help))
}

/// Pictures and the numbers in words, of one track, by its index.
pub(super) fn text(outcome: &Outcome, track: usize, facts: &Facts) -> String {
    let track = &outcome.tracks[track];
    let TrackOutcome {
        recording,
        conclusion,
        ..
    } = track;
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
    format!("{shown}\n{}", text::table(&in_words(track, facts)))
}

/// The numbers, each with its name.
fn in_words(track: &TrackOutcome, facts: &Facts) -> Vec<(&'static str, String)> {
    let TrackOutcome {
        recording,
        conclusion,
        ..
    } = track;
    let patterns = recording.patterns();
    let nearest = facts.count("nearest") as usize;
    let overlap = facts.get("overlaps")[nearest].as_f64().unwrap_or(f64::NAN);
    let label = facts.get("cue_label").as_str();
    let label = label.map_or_else(String::new, |label| {
        format!(", {}", words::with_article(label))
    });
    let with_original = |key: &str| match facts.get(key).as_f64() {
        Some(overlap) => format!("overlap with the original {}", decimals(overlap, 4)),
        None => String::new(),
    };
    let mut rows = vec![
        ("World", facts.text("from").to_owned()),
        (
            "Stored",
            format!(
                "P = {} patterns of N = {} units, load α = {}",
                facts.count("n_patterns"),
                facts.count("n_units"),
                decimals(facts.number("load"), 4)
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
            joined([
                format!("{}{label}", facts.text("cue")),
                with_original("cue_overlap"),
            ]),
        ),
        (
            "Result",
            joined([with_original("final_overlap"), signs(track, facts)]),
        ),
        (
            "Nearest",
            format!(
                "{}, overlap {}",
                words::signed_name(&words::pattern_name(patterns, nearest), overlap),
                decimals(overlap, 4)
            ),
        ),
        ("Verdict", conclusion.in_words(patterns)),
        (
            "Run",
            format!(
                "{}, {}",
                conclusion.verdict,
                words::count_of(facts.count("flips"), "flip")
            ),
        ),
        ("Energy", energy_in_words(facts)),
        (
            "Asymmetry",
            match facts.get("asymmetry").as_f64() {
                Some(asymmetry) => short(asymmetry),
                None => "none".to_owned(),
            },
        ),
    ];
    rows.retain(|(_, words)| !words.is_empty());
    rows
}

/// Parts with a semicolon between, without those that are empty.
fn joined(parts: [String; 2]) -> String {
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join("; ")
}

/// The overlap of the signs, where states are not signs.
fn signs(track: &TrackOutcome, facts: &Facts) -> String {
    let overlap = facts.get("final_overlap_signs").as_f64();
    match overlap.filter(|_| track.conclusion.is_graded) {
        Some(overlap) => format!("its signs {}", decimals(overlap, 4)),
        None => String::new(),
    }
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
    if number.abs() >= 0.1 {
        decimals(number, 3)
    } else {
        short(number)
    }
}
