//! What the overlaps are with: the stored patterns, the features they are composed of, or patterns never stored.

use crate::app::panels::PanelContext;
use crate::app::snapshot::Snapshot;
use crate::app::theme::{Palette, TITLE};
use crate::app::view::Against;
use crate::app::widgets::controls::small_segmented;
use crate::engine::observables::nearest;
use crate::engine::{Error, Grid, Patterns, Recording, State};
use crate::session::Session;
use crate::trial::words::entry_name;
use crate::worlds::Source;
use egui::{RichText, Ui};
use std::borrow::Cow;
use std::sync::Arc;

/// Patterns that were never stored and that the state is compared with.
const N_UNSEEN: usize = 100;

/// The title of the chart, with a choice where there are others; gives what is chosen.
pub(super) fn choice(ui: &mut Ui, context: &mut PanelContext<'_>) -> Against {
    let palette = Palette::of(ui.visuals());
    let source = context.session.source();
    let has_features = source.is_some_and(|source| source.features().is_some());
    let has_unseen = source.is_some_and(|source| source.n_unseen() > 0);
    let unseen = format!("The overlap with the first {N_UNSEEN} that are never stored");
    let mut options = vec![(
        Against::Stored,
        // The title has no room for more where there are features.
        if has_features {
            "stored"
        } else {
            "stored pattern"
        },
        "The overlap with each stored pattern",
    )];
    if has_features {
        options.push((
            Against::Features,
            "feature",
            "The overlap with each feature that the patterns are composed of",
        ));
    }
    if has_unseen {
        options.push((Against::Unseen, "unseen", &*unseen));
    }
    let known = options
        .iter()
        .any(|(against, ..)| *against == context.view.against);
    let mut against = if known {
        context.view.against
    } else {
        Against::Stored
    };
    ui.horizontal(|ui| {
        ui.label(
            RichText::new("Overlap with each")
                .size(TITLE)
                .color(palette.strong),
        );
        if small_segmented(ui, "Overlap with", &mut against, &options, |_| None).changed() {
            context.view.against = against;
        }
    });
    against
}

/// Other patterns than the stored ones, kept until the world changes.
#[derive(Default)]
pub(super) struct ComparisonSet {
    made_from: Option<(u64, Against)>,
    patterns: Option<Arc<Patterns>>,
}

impl ComparisonSet {
    /// The patterns to compare with; `None` for the stored ones, and where there are none, which is told once.
    pub(super) fn of(
        &mut self,
        context: &mut PanelContext<'_>,
        against: Against,
    ) -> Option<Arc<Patterns>> {
        let made_from = Some((context.session.patterns_version(), against));
        if self.made_from != made_from {
            let others = others(context.session, against);
            self.patterns = others.unwrap_or_else(|problem| {
                context.refused.push(problem);
                None
            });
            self.made_from = context.session.source().and(made_from);
        }
        self.patterns.clone()
    }
}

fn others(session: &Session, against: Against) -> Result<Option<Arc<Patterns>>, Error> {
    let (Some(source), Some(stored)) = (session.source(), session.patterns()) else {
        return Ok(None);
    };
    match against {
        Against::Stored => Ok(None),
        Against::Features => Ok(source.features()),
        Against::Unseen => unseen(source, stored.grid()).map(Some),
    }
}

/// The first patterns that are never stored, with labels where all have one.
fn unseen(source: &Source, grid: Grid) -> Result<Arc<Patterns>, Error> {
    let examples = source.first_unseen(N_UNSEEN)?.into_iter();
    let examples = examples.map(|example| (example.state, example.label));
    let (states, labels): (Vec<State>, Vec<_>) = examples.unzip();
    let patterns = Patterns::of_states(&states, grid)?;
    let labels: Option<Vec<_>> = labels.into_iter().collect();
    Ok(Arc::new(match labels {
        Some(labels) => patterns.labelled(labels)?,
        None => patterns,
    }))
}

/// The state beside the patterns it is compared with.
pub(super) struct Compared<'a> {
    noun: &'static str,
    patterns: Cow<'a, Arc<Patterns>>,
    /// The patterns, where they are not the stored ones.
    pub(super) others: Option<Arc<Patterns>>,
    /// Overlap with each pattern at the moment shown.
    pub(super) overlaps: Cow<'a, [f64]>,
    /// The pattern with the largest overlap, of either sign.
    pub(super) nearest: usize,
}

impl<'a> Compared<'a> {
    pub(super) fn new(
        against: Against,
        recording: &'a Recording,
        snapshot: &'a Snapshot,
        others: Option<Arc<Patterns>>,
    ) -> Self {
        let Some(patterns) = others else {
            return Self {
                noun: "pattern",
                patterns: Cow::Borrowed(recording.patterns()),
                others: None,
                overlaps: Cow::Borrowed(&snapshot.overlaps),
                nearest: snapshot.nearest,
            };
        };
        let overlaps = match &snapshot.graded {
            Some(units) => patterns.overlaps_of(units),
            None => patterns.overlaps(&snapshot.state),
        };
        let noun = match against {
            Against::Features => "feature",
            Against::Stored | Against::Unseen => "unseen",
        };
        let nearest = nearest(&overlaps);
        Self {
            noun,
            others: Some(Arc::clone(&patterns)),
            patterns: Cow::Owned(patterns),
            overlaps: Cow::Owned(overlaps),
            nearest,
        }
    }

    /// "feature 3", "unseen 5 (a 3)".
    pub(super) fn name(&self, pattern: usize) -> String {
        entry_name(self.noun, &self.patterns, pattern)
    }
}
