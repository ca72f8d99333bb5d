//! What nobody asked for and does not fit, mended, and said in a sentence each.
//!
//! Whatever was typed stays as it is, and is refused where it does not fit. Absent: the mending of edits in the window
//! (`trial`).

use super::progress;
use crate::edge::world_files::Chosen;
use crate::engine::patterns::Alphabet;
use crate::engine::{Error, LearningRule};
use crate::trial::{Start, usual_rule};
use crate::worlds::{Findings, Source, Stored, World};

/// The key of the share of a world that is held out.
const HELD_OUT: &str = "held-out";

/// What was typed of a world.
#[derive(Clone, Copy, Default)]
pub(super) struct Typed<'a> {
    /// The world itself.
    pub(super) chosen: Option<&'a Chosen>,
    /// Whether a flag of its own says how many patterns are stored.
    pub(super) count: bool,
    /// Whether unseen patterns are asked for.
    pub(super) unseen: bool,
}

impl Typed<'_> {
    fn names(&self, key: &str) -> bool {
        self.chosen.is_some_and(|chosen| chosen.names(key))
    }
}

/// What a world gives.
pub(super) struct Taken {
    /// Where the patterns are from.
    pub(super) source: Source,
    /// Those that are stored.
    pub(super) stored: Stored,
    /// What was mended, what was found in the data, and what is odd about the stored patterns.
    pub(super) findings: Findings,
}

/// The stored patterns of `world`, which is [prepared].
pub(super) fn taken(world: &World, typed: Typed<'_>, seed: u64) -> Result<Taken, Error> {
    let mut mended = Vec::new();
    let source = prepared(world, typed, seed, &mut mended)?;
    let stored = source.stored()?;
    let mut findings = source.findings().with_patterns(&stored.patterns);
    findings.remarks.splice(0..0, mended);
    Ok(Taken {
        source,
        stored,
        findings,
    })
}

/// Prepares `world`; what there is too little of for the usual number of patterns, if nobody asked for a number, is stored
/// whole. Refused: settings that were typed and make no difference for the data.
pub(super) fn prepared(
    world: &World,
    typed: Typed<'_>,
    seed: u64,
    mended: &mut Vec<String>,
) -> Result<Source, Error> {
    let source = prepare(world, seed)?;
    if let Some(chosen) = typed.chosen {
        chosen.check_offers(&source)?;
    }
    let (usual, available) = (world.n_patterns(), source.available());
    if typed.count || typed.names("p") || available >= usual || available == 0 {
        return Ok(source);
    }
    let whole = whole(&source, typed, seed);
    let (fitting, rest) = match &whole {
        Some(whole) if whole.available() < usual => (whole, " and none is held out"),
        _ => (&source, ""),
    };
    let mut world = fitting.world().clone();
    let count = fitting.available();
    world.set("p", count as f64)?;
    let Some(fitting) = fitting.with(&world, seed) else {
        return Ok(source);
    };
    mended.push(format!(
        "{count} patterns are stored{rest}: there are fewer than the usual {usual}"
    ));
    Ok(fitting)
}

/// Prepares `world`, with a word of progress on a terminal.
fn prepare(world: &World, seed: u64) -> Result<Source, Error> {
    let mut line = progress::Line::new("preparing the patterns");
    let source = Source::prepare_with(world, seed, |done| line.show(done));
    line.clear();
    source
}

/// The same data with none held out, unless somebody asked for those.
fn whole(source: &Source, typed: Typed<'_>, seed: u64) -> Option<Source> {
    if typed.unseen || typed.names(HELD_OUT) {
        return None;
    }
    let mut world = source.world().clone();
    world.set(HELD_OUT, 0.0).ok()?;
    source.with(&world, seed)
}

/// The rule that was typed, or else `usual`, or the one that is for units of these.
pub(super) fn rule(
    typed: Option<&LearningRule>,
    usual: &LearningRule,
    alphabet: Alphabet,
    mended: &mut Vec<String>,
) -> LearningRule {
    match typed {
        Some(typed) => typed.clone(),
        None if usual.is_for(alphabet) => usual.clone(),
        None => {
            let rule = usual_rule(alphabet);
            mended.push(format!(
                "The rule is {}: the usual {} is not for {alphabet}",
                rule.about().name,
                usual.about().name
            ));
            rule
        }
    }
}

/// The usual start of a cue, brought within `count` stored patterns.
pub(super) fn start(start: &mut Start, count: usize, mended: &mut Vec<String>) {
    let Start::Stored(pattern) = start else {
        return;
    };
    let last = count.max(1) - 1;
    if *pattern > last {
        mended.push(format!(
            "The cue is stored:{last}: there is no pattern {pattern} (counted from 0)"
        ));
        *pattern = last;
    }
}
