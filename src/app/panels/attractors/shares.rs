//! The attractors of a census: each label once, in an order, as parts of a bar, as bars of a figure, and in words.

use super::states_sheet::title;
use crate::engine::attractors::{Attractor, Catalogue, median_sweeps, wilson};
use crate::engine::numbers::{decimals, percent, short};
use crate::figures::{Axis, Bars, Figure, Hue, Over};
use crate::lab::portraits::bands::BandKind;
use crate::lab::portraits::figure::{coloured, hue};
use crate::session::LiveCensus;

/// Bars of a figure at most.
const MOST_BARS: usize = 24;

/// In which order tiles stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Order {
    #[default]
    Share,
    Kind,
    Energy,
}

/// An attractor as it is shown.
pub(super) struct Entry {
    pub(super) attractor: usize,
    pub(super) count: u64,
}

/// Parts of the bar, by colour; those that are too thin to be told apart are one.
pub(super) fn parts(census: &LiveCensus, entries: &[Entry]) -> Vec<(Hue, f32, String)> {
    const THIN: f32 = 0.002;
    let coloured = coloured(&census.patterns, &[]);
    let all = census.catalogue.attractors();
    let total = census.done.max(1) as f32;
    let mut parts: Vec<(Hue, f32, String)> = entries
        .iter()
        .map(|entry| {
            let attractor = &all[entry.attractor];
            let hue = hue(&attractor.nature, &coloured);
            let name = match hue {
                Hue::Basin(_) => attractor.label.trim_start_matches('+').to_owned(),
                _ => String::new(),
            };
            (hue, entry.count as f32 / total, name)
        })
        .collect();
    parts.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
    let mut together: Vec<(Hue, f32, String)> = Vec::new();
    for part in parts {
        match together.last_mut() {
            Some(last) if last.0 == part.0 && part.1 < THIN => last.1 += part.1,
            _ => together.push(part),
        }
    }
    together
}

/// Those of one label once, with the state that most starts ended in.
pub(super) fn entries(catalogue: &Catalogue, order: Order) -> Vec<Entry> {
    let numbers = catalogue.label_numbers();
    let all = catalogue.attractors();
    let n_labels = numbers.iter().max().map_or(0, |last| last + 1);
    let mut entries: Vec<Option<Entry>> = (0..n_labels).map(|_| None).collect();
    for (attractor, number) in numbers.iter().enumerate() {
        let count = all[attractor].count;
        match &mut entries[*number] {
            Some(entry) => {
                if count > all[entry.attractor].count {
                    entry.attractor = attractor;
                }
                entry.count += count;
            }
            empty => *empty = Some(Entry { attractor, count }),
        }
    }
    let mut entries: Vec<Entry> = entries.into_iter().flatten().collect();
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.count));
    match order {
        Order::Share => {}
        Order::Kind => entries.sort_by_key(|entry| BandKind::of(&all[entry.attractor].nature)),
        Order::Energy => entries.sort_by(|a, b| {
            let energy = |entry: &Entry| all[entry.attractor].energy.unwrap_or(f64::INFINITY);
            energy(a).total_cmp(&energy(b))
        }),
    }
    entries
}

/// What the census says, a sentence.
pub(super) fn said(census: &LiveCensus, entries: &[Entry]) -> String {
    let of = if census.done < census.wish.count {
        format!("{} of {} starts", census.done, census.wish.count)
    } else {
        format!("{} starts", census.done)
    };
    let all = census.catalogue.attractors();
    let stored = entries
        .iter()
        .filter(|entry| all[entry.attractor].nature.kind() == "stored");
    let count: u64 = stored.map(|entry| entry.count).sum();
    let share = count as f64 / census.done.max(1) as f64;
    let met = match entries.len() {
        1 => "one attractor".to_owned(),
        n => format!("{n} attractors"),
    };
    format!(
        "{of} end in {met}; {} of them in a stored pattern.",
        percent(share)
    )
}

/// The largest shares as bars.
pub(super) fn figure(census: &LiveCensus, entries: &[Entry]) -> Figure {
    let all = census.catalogue.attractors();
    let total = census.done.max(1) as f64;
    let mut largest: Vec<&Entry> = entries.iter().collect();
    largest.sort_by_key(|entry| std::cmp::Reverse(entry.count));
    largest.truncate(MOST_BARS);
    let heights: Vec<f64> = largest
        .iter()
        .map(|entry| entry.count as f64 / total)
        .collect();
    let names = largest
        .iter()
        .map(|entry| title(&all[entry.attractor].nature, &census.patterns));
    let across = Axis::new("attractor", [0.0, heights.len().max(1) as f64]);
    let high = heights.iter().copied().fold(0.0, f64::max).max(1e-3);
    let mut figure = Figure::new(
        "Census of attractors",
        across,
        Axis::new("share of starts", [0.0, high]),
    );
    figure.bars = Some(Bars {
        over: Over::Names(names.collect()),
        heights,
        noun: "attractors".to_owned(),
    });
    figure.remark = said(census, entries);
    figure
}
/// What stands on a tile, and which of it is strong.
pub(super) fn lines(attractor: &Attractor, count: u64, census: &LiveCensus) -> [(String, bool); 3] {
    let share = count as f64 / census.done.max(1) as f64;
    let [low, high] = wilson(count, census.done.max(1));
    let sweeps = median_sweeps(&attractor.sweeps);
    let sweeps = sweeps.map_or_else(String::new, |sweeps| format!("{sweeps} sweeps"));
    let energy = attractor
        .energy
        .map_or_else(String::new, |energy| format!("E = {}", short(energy)));
    let parts = [energy, sweeps];
    let parts: Vec<String> = parts.into_iter().filter(|it| !it.is_empty()).collect();
    [
        (title(&attractor.nature, &census.patterns), true),
        (
            format!(
                "{} % ({} to {})",
                decimals(100.0 * share, 1),
                decimals(100.0 * low, 1),
                decimals(100.0 * high, 1)
            ),
            false,
        ),
        (parts.join(", "), false),
    ]
}
