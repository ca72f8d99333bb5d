//! Work of a session told as text, for a worker of a page, and what comes of it line by line.
//!
//! An errand is JSON; so is each line. Numbers are written as text, so that those that JSON has no name for come back too.
//! The worker makes everything that it needs of the recipe alone, to the same bits. Absent: who carries them.

mod rows;

use super::document::Document;
use crate::engine::Error;
use crate::engine::patterns::Patterns;
use crate::lab::{Cache, Event, Finished, LabEntry, LabPlan, LabRecipe, Steps, Theory};
use rows::Rows;
pub(super) use rows::SettledRow;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What is to be done.
#[derive(Serialize, Deserialize)]
enum Errand {
    /// These cells of the run of a document, in this order.
    Lab { document: String, cells: Vec<usize> },
    /// Rows of the picture of basins of a document.
    Rows(Rows),
}

/// What a step of the lab has come to.
#[derive(Serialize, Deserialize)]
enum LabLine {
    Finished {
        cell: usize,
        row: Vec<WrittenEntry>,
        blocks: Vec<String>,
        problem: Option<String>,
    },
    Theory {
        series: usize,
        lines: Vec<(String, String, Vec<[String; 2]>)>,
    },
    Progress(f32),
}

#[derive(Serialize, Deserialize)]
enum WrittenEntry {
    Text(String),
    Number(Option<String>),
}

/// Errands for at most `hands` hands that work out `cells` of a plan of the lab.
pub(super) fn lab_errands(recipe: &LabRecipe, cells: &[usize], hands: usize) -> Vec<String> {
    let document = Document {
        lab: vec![recipe.clone()],
        ..Document::default()
    };
    let document = document.to_json();
    // Neighbours share what is learned: each hand has a stretch of them, in the order that is asked for.
    let mut places = cells.to_vec();
    places.sort_unstable();
    let stretch = places.len().div_ceil(hands.max(1)).max(1);
    let errand = |places: &[usize]| {
        let is_in = |cell: &&usize| places.binary_search(cell).is_ok();
        written(&Errand::Lab {
            document: document.clone(),
            cells: cells.iter().filter(is_in).copied().collect(),
        })
    };
    places.chunks(stretch).map(errand).collect()
}

/// Reads the lines of `n_errands` errands of the lab.
pub(super) fn lab_reader(n_errands: usize) -> impl FnMut(usize, &str) -> Option<Event> + Send {
    let mut done = vec![0.0; n_errands];
    move |errand, line| {
        // What no worker of ours has written is no event.
        let line = serde_json::from_str(line).ok()?;
        Some(match line {
            LabLine::Progress(of_it) => {
                *done.get_mut(errand)? = of_it;
                Event::Progress(done.iter().sum::<f32>() / n_errands as f32)
            }
            LabLine::Finished {
                cell,
                row,
                blocks,
                problem,
            } => Event::Finished(Finished {
                cell,
                row: row
                    .into_iter()
                    .map(WrittenEntry::read)
                    .collect::<Option<_>>()?,
                blocks: blocks
                    .iter()
                    .map(|block| block.parse().ok())
                    .collect::<Option<_>>()?,
                problem,
            }),
            LabLine::Theory { series, lines } => Event::Theory {
                series,
                lines: lines.into_iter().map(theory).collect::<Option<_>>()?,
            },
        })
    }
}

/// Errands for at most `hands` hands that settle all rows of a picture with so many pixels along a `side`: that of the
/// wishes of `document`, in the memory of its recipe.
pub(super) fn row_errands(document: &str, side: usize, hands: usize) -> Vec<String> {
    let stretch = side.div_ceil(hands.max(1)).max(1);
    let errand = |first: usize| {
        written(&Errand::Rows(Rows {
            document: document.to_owned(),
            side,
            which: first..(first + stretch).min(side),
        }))
    };
    (0..side).step_by(stretch).map(errand).collect()
}

/// Reads lines of such errands, of states like those of `patterns`.
pub(super) fn row_reader(
    patterns: Arc<Patterns>,
) -> impl FnMut(usize, &str) -> Option<SettledRow> + Send {
    move |_, line| rows::read(line, &patterns)
}

/// Does an errand; `tell` takes its lines. The error is that of an errand that nobody of ours has sent.
pub fn run_errand(errand: &str, mut tell: impl FnMut(String)) -> Result<(), Error> {
    let errand: Errand = serde_json::from_str(errand).map_err(|why| Error::Format {
        expected: "an errand of a page".to_owned(),
        found: why.to_string(),
    })?;
    match errand {
        Errand::Rows(rows) => rows.run(tell)?,
        Errand::Lab { document, cells } => {
            let mut recipes = Document::of_bytes(document.as_bytes())?.lab;
            let recipe = recipes.pop().ok_or_else(|| Error::NotEnough {
                asked: "a run of the lab".to_owned(),
                available: "none".to_owned(),
            })?;
            let plan = LabPlan::new(recipe)?;
            let cells: Vec<usize> = (cells.into_iter())
                .filter(|cell| *cell < plan.n_cells())
                .collect();
            let steps = Steps::new(Arc::new(plan), &cells, Cache::default(), Arc::default());
            for event in steps {
                if let Some(line) = line_of(event) {
                    tell(written(&line));
                }
            }
        }
    }
    Ok(())
}

/// A line; none of what is worked out where all rows are.
fn line_of(event: Event) -> Option<LabLine> {
    Some(match event {
        Event::Finished(finished) => LabLine::Finished {
            cell: finished.cell,
            row: finished.row.into_iter().map(WrittenEntry::of).collect(),
            blocks: finished.blocks.iter().map(f64::to_string).collect(),
            problem: finished.problem,
        },
        Event::Theory { series, lines } => LabLine::Theory {
            series,
            lines: lines.into_iter().map(written_theory).collect(),
        },
        Event::Progress(done) => LabLine::Progress(done),
        Event::Together { .. } => return None,
    })
}

impl WrittenEntry {
    fn of(entry: LabEntry) -> Self {
        match entry {
            LabEntry::Text(text) => Self::Text(text),
            LabEntry::Number(number) => Self::Number(number.map(|number| number.to_string())),
        }
    }

    fn read(self) -> Option<LabEntry> {
        Some(match self {
            Self::Text(text) => LabEntry::Text(text),
            Self::Number(None) => LabEntry::Number(None),
            Self::Number(Some(number)) => LabEntry::Number(Some(number.parse().ok()?)),
        })
    }
}

fn written_theory(theory: Theory) -> (String, String, Vec<[String; 2]>) {
    let points = theory.points.into_iter();
    let points = points.map(|point| point.map(|number| number.to_string()));
    (theory.name, theory.formula.into_owned(), points.collect())
}

fn theory((name, formula, points): (String, String, Vec<[String; 2]>)) -> Option<Theory> {
    let point = |[x, y]: [String; 2]| Some([x.parse().ok()?, y.parse().ok()?]);
    Some(Theory {
        name,
        formula: formula.into(),
        points: points.into_iter().map(point).collect::<Option<_>>()?,
    })
}

fn written(what: &impl Serialize) -> String {
    serde_json::to_string(what).expect("texts and whole numbers are JSON")
}

#[cfg(test)]
mod tests;
