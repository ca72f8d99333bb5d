//! What a recall came to: as text with pictures, and as JSON.

use super::text;
use crate::engine::patterns::Label;
use crate::engine::{Alteration, Corruption, Recording, Verdict};
use crate::session::words;
use crate::trial::{Outcome, Recipe, TrackOutcome};
use serde::Serialize;

/// The numbers of a recall: the fields of the JSON object, in this order.
#[derive(Serialize)]
pub(super) struct Summary {
    world: &'static str,
    /// The world with all its settings.
    from: String,
    /// Height and width of the grid that the units are drawn on.
    grid: [usize; 2],
    n_units: usize,
    n_patterns: usize,
    /// Labels of the stored patterns.
    labels: Vec<Option<Label>>,
    rule: String,
    /// What was done to the couplings after learning.
    alteration: String,
    /// A goal of learning that was not reached, a limit that was.
    ending: Option<String>,
    dynamics: String,
    seed: u64,
    cue: String,
    cue_label: Option<Label>,
    corruption: Corruption,
    /// Overlap of the cue with the original.
    cue_overlap: f64,
    /// Overlap of the last state with the original.
    final_overlap: f64,
    /// The stored pattern with the largest overlap with the last state.
    nearest: usize,
    /// Overlaps of the last state with all stored patterns.
    overlaps: Vec<f64>,
    /// At the cue and after each sweep; none for asymmetric couplings.
    energy: Option<Vec<f64>>,
    sweeps: u64,
    flips: usize,
    verdict: &'static str,
    cycle_length: Option<u64>,
    verdict_is: &'static str,
    verdict_patterns: Vec<usize>,
    asymmetry: Option<f64>,
}

impl Summary {
    /// One JSON object on one line.
    pub(super) fn json(&self) -> String {
        super::json_line(self)
    }
}

/// The numbers of `outcome`; `cue_name` is the cue as the user wrote it.
pub(super) fn summary(outcome: &Outcome, recipe: &Recipe, cue_name: Option<&str>) -> Summary {
    let TrackOutcome {
        learned,
        recording,
        last,
        nature,
    } = outcome.track();
    let states = &outcome.inputs.cue;
    let patterns = recording.patterns();
    let overlaps = patterns.overlaps(last);
    let verdict = recording.verdict_so_far();
    Summary {
        world: recipe.world.about().name,
        from: recipe.world.notation(),
        grid: [patterns.grid().rows, patterns.grid().columns],
        n_units: patterns.n_units(),
        n_patterns: patterns.n_patterns(),
        labels: (0..patterns.n_patterns())
            .map(|pattern| patterns.label(pattern).cloned())
            .collect(),
        rule: recipe.track().rule.notation(),
        alteration: recipe.track().alteration.to_string(),
        ending: learned.ending.clone(),
        dynamics: recipe.track().dynamics.to_string(),
        seed: recipe.seed,
        cue: cue_name.map_or_else(|| recipe.cue.start.to_string(), ToOwned::to_owned),
        cue_label: states.label.clone(),
        corruption: recipe.cue.corruption,
        cue_overlap: states.cue.overlap(&states.original),
        final_overlap: last.overlap(&states.original),
        nearest: first_largest(&overlaps),
        overlaps,
        energy: energies(recording),
        sweeps: recording.length() / recording.sweep(),
        flips: recording.n_flips(),
        verdict: verdict.kind(),
        cycle_length: match verdict {
            Verdict::Cycle { length } => Some(length),
            _ => None,
        },
        verdict_is: nature.kind(),
        verdict_patterns: nature.patterns(),
        asymmetry: recording
            .memory()
            .couplings()
            .map(crate::engine::Couplings::asymmetry),
    }
}

/// Pictures and the numbers in words.
pub(super) fn text(outcome: &Outcome, summary: &Summary) -> String {
    let TrackOutcome {
        recording, last, ..
    } = outcome.track();
    let states = &outcome.inputs.cue;
    let patterns = recording.patterns();
    let after = match summary.sweeps {
        1 => "after 1 sweep".to_owned(),
        sweeps => format!("after {sweeps} sweeps"),
    };
    let mut pictures = vec![("cue", &states.cue), (&*after, last)];
    if states.original != states.cue {
        pictures.insert(0, ("original", &states.original));
    }
    let shown = text::side_by_side(patterns.grid(), &pictures);
    format!("{shown}\n{}", text::table(&in_words(outcome, summary)))
}

/// The numbers, each with its name.
fn in_words(outcome: &Outcome, summary: &Summary) -> Vec<(&'static str, String)> {
    let TrackOutcome {
        recording, nature, ..
    } = outcome.track();
    let patterns = recording.patterns();
    let nearest = words::pattern_name(patterns, summary.nearest);
    let settled = words::verdict(recording.verdict_so_far(), summary.sweeps);
    let settled = format!("{settled}, flips: {}", summary.flips);
    let label = summary
        .cue_label
        .as_ref()
        .map_or_else(String::new, |label| {
            format!(", {}", words::with_article(label))
        });
    let mut rows = vec![
        ("World", summary.from.clone()),
        (
            "Stored",
            format!(
                "P = {} patterns of N = {} units, load α = {:.4}",
                summary.n_patterns,
                summary.n_units,
                patterns.load()
            ),
        ),
        ("Rule", summary.rule.clone()),
        ("Altered", altered(summary)),
        ("Note", summary.ending.clone().unwrap_or_default()),
        (
            "Dynamics",
            format!("{}, seed {}", summary.dynamics, summary.seed),
        ),
        (
            "Cue",
            format!(
                "{}{label}; overlap with the original {:.4}",
                summary.cue, summary.cue_overlap
            ),
        ),
        (
            "Result",
            format!("overlap with the original {:.4}", summary.final_overlap),
        ),
        (
            "Nearest",
            format!(
                "{nearest}, overlap {:.4}",
                summary.overlaps[summary.nearest]
            ),
        ),
        ("Verdict", settled),
        ("It is", words::nature(nature, patterns)),
        ("Energy", energy_in_words(summary.energy.as_deref())),
        (
            "Asymmetry",
            summary
                .asymmetry
                .map_or_else(|| "none".to_owned(), |a| format!("{a:.6}")),
        ),
    ];
    rows.retain(|(_, words)| !words.is_empty());
    rows
}

/// What was done to the couplings; nothing if they are as learned.
fn altered(summary: &Summary) -> String {
    if summary.alteration == Alteration::default().to_string() {
        String::new()
    } else {
        summary.alteration.clone()
    }
}

fn energies(recording: &Recording) -> Option<Vec<f64>> {
    let sweeps = recording.length() / recording.sweep();
    (0..=sweeps)
        .map(|sweep| recording.energy_at(sweep * recording.sweep()))
        .collect()
}

fn energy_in_words(energies: Option<&[f64]>) -> String {
    match energies {
        Some([first, .., last]) => format!("{} → {}", figure(*first), figure(*last)),
        Some([only]) => figure(*only),
        _ => "none exists: the couplings are asymmetric".to_owned(),
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

/// The index of the largest value; the first of equals.
fn first_largest(values: &[f64]) -> usize {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*b].total_cmp(&values[*a]));
    order[0]
}
