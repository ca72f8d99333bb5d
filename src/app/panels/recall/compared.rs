//! What cue and state are compared with: the original that the cue was made of, or the stored pattern nearest to the
//! state.

use crate::app::panels::PanelContext;
use crate::app::snapshot::Snapshot;
use crate::engine::State;
use crate::engine::numbers::count_of;
use crate::engine::observables::differing;
use crate::trial::words::{overlap, pattern_name, signed_name, with_article};
use crate::trial::{CueStates, Start};

/// What cue and state are compared with.
pub(in crate::app) struct Compared {
    /// Original, or nearest.
    pub(in crate::app) title: &'static str,
    /// What it is: "stored 3, a 3".
    pub(in crate::app) name: String,
    /// What else is to be known of it.
    pub(super) lines: Vec<String>,
    /// The pattern.
    pub(in crate::app) state: State,
    /// Changes with it.
    pub(in crate::app) version: u64,
}

/// The original, where the cue was made of one, else the stored pattern nearest to the state.
pub(in crate::app) fn compared(context: &PanelContext<'_>) -> Option<Compared> {
    let states = context.session.cue()?;
    if states.wanted().is_some() {
        let name = name(context, states);
        let mut lines = vec![name.clone()];
        let wrong = differing(&states.cue, &states.original);
        lines.push(format!("cue: {wrong} wrong"));
        let now = context.snapshot.and_then(wrong_in);
        lines.extend(now.map(|wrong| format!("state: {wrong} wrong")));
        return Some(Compared {
            title: "Original",
            name,
            lines,
            state: states.original.clone(),
            version: context.session.version() << 1,
        });
    }
    let snapshot = context.snapshot?;
    let patterns = context.session.recording()?.patterns();
    let m = snapshot.overlaps[snapshot.nearest];
    let name = signed_name(&pattern_name(patterns, snapshot.nearest), m);
    let overlap = overlap(m);
    Some(Compared {
        title: "Nearest",
        lines: vec![name.clone(), format!("overlap {overlap}")],
        name,
        state: patterns.state(snapshot.nearest),
        version: (snapshot.nearest as u64) << 1 | 1,
    })
}

/// Units of the moment shown that differ from the original, where there is one.
fn wrong_in(snapshot: &Snapshot) -> Option<usize> {
    snapshot.target_overlap?;
    Some(snapshot.marks.iter().filter(|mark| mark.wrong).count())
}

/// What is said of the cue: how far it is from the original, or what it was made of.
pub(in crate::app) fn cue_told(context: &PanelContext<'_>, states: &CueStates) -> String {
    if states.wanted().is_none() {
        return name(context, states);
    }
    let wrong = differing(&states.cue, &states.original);
    let overlap = overlap(states.cue.overlap(&states.original));
    format!("{wrong} wrong, overlap {overlap}")
}

/// What is said of the state: how far it is from the original, where there is one, and after how many flips.
pub(in crate::app) fn state_told(context: &PanelContext<'_>, snapshot: &Snapshot) -> String {
    if context.session.is_stale_on(0) {
        return "out of date".to_owned();
    }
    let flips = count_of(snapshot.flips as u64, "flip");
    if let (Some(wrong), None) = (wrong_in(snapshot), &snapshot.graded) {
        return format!("{wrong} wrong after {flips}");
    }
    let Some(m) = snapshot.target_overlap else {
        return format!("after {flips}");
    };
    let signs = snapshot.target_overlap_signs;
    let signs = signs.map_or_else(String::new, |m| format!(" (signs {})", overlap(m)));
    format!("overlap {}{signs} after {flips}", overlap(m))
}

/// What the cue was made of.
fn name(context: &PanelContext<'_>, states: &CueStates) -> String {
    let a = states.label.as_ref();
    let a = a.map_or_else(String::new, |label| format!(", {}", with_article(label)));
    match &context.session.recipe().cue.start {
        Start::Stored(pattern) => format!("stored {pattern}{a}"),
        Start::Unseen(index) => format!("unseen {index}{a}"),
        Start::Feature(feature) => format!("feature {feature}"),
        Start::Random { .. } => "a random state".to_owned(),
        Start::Empty => "an empty sheet".to_owned(),
        Start::Picture(_) => "a picture".to_owned(),
    }
}
