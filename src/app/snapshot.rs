//! The moment shown, worked out once and read by every panel: state, overlaps, energy, and the conclusion at the end.
//!
//! Made anew only when session or cursor have moved. Absent: drawing.

use super::fields::{FieldsCache, Moment};
use super::widgets::pattern_view::UnitMark;
use crate::engine::observables::{Seen, nearest};
use crate::engine::{Recording, State};
use crate::jobs::Workers;
use crate::session::Session;
use crate::trial::{Conclusion, CueStates};

/// The state at the cursor and what can be said of it.
#[derive(Debug, Clone)]
pub struct Snapshot {
    /// Changes with everything below: what textures of the state are keyed on.
    pub version: u64,
    /// The moment that it is of, that its fields are of, and whether it is still.
    made_from: (Moment, Option<Moment>, bool),
    /// The state.
    pub state: State,
    /// The units as numbers from −1 to 1, where they are no signs.
    pub graded: Option<Vec<f32>>,
    /// Overlap with every pattern of the recording.
    pub overlaps: Vec<f64>,
    /// The pattern with the largest overlap, of either sign.
    pub nearest: usize,
    /// Overlap with the original, where the cue was made of a pattern, and cue and recording belong together.
    pub target_overlap: Option<f64>,
    /// The same of the signs, where the units are none.
    pub target_overlap_signs: Option<f64>,
    /// The energy, where there is one.
    pub energy: Option<f64>,
    /// Mean local stability.
    pub stability: f64,
    /// Flips so far.
    pub flips: usize,
    /// Where the run has come to, at the end of what was recorded.
    pub conclusion: Option<Conclusion>,
    /// Local field of every unit.
    pub fields: Vec<f32>,
    /// Whether the fields, and the stability, are still those of another moment.
    pub fields_are_old: bool,
    /// Just flipped, different from the cue, different from the original.
    pub marks: Vec<UnitMark>,
}

impl Snapshot {
    /// `old` if it still holds, or the moment that track `track` of `session` shows now with what `cache` has of its fields;
    /// `None` while there is no recording. Where it is `still`, what has just flipped does not flash.
    pub(super) fn update(
        old: Option<Self>,
        (session, track, still): (&Session, usize, bool),
        cache: &mut FieldsCache,
        workers: &Workers,
    ) -> Option<Self> {
        let recording = session.tracks().get(track)?.recording()?;
        let moment = (session.version(), session.cursor_on(track));
        cache.update(moment, recording, workers);
        let (fields, of) = cache.shown();
        let made_from = (moment, of, still);
        match old {
            Some(snapshot) if snapshot.made_from == made_from => Some(snapshot),
            _ => {
                let fields = fields.to_vec();
                let version = cache.next_version();
                let of = (session, track, recording);
                Some(Self::new(of, made_from, version, fields))
            }
        }
    }

    fn new(
        (session, track, recording): (&Session, usize, &Recording),
        made_from: (Moment, Option<Moment>, bool),
        version: u64,
        fields: Vec<f32>,
    ) -> Self {
        let cursor = session.cursor_on(track);
        let state = recording.state_at(cursor);
        let overlaps = recording.overlaps_at(cursor);
        let graded = recording.graded_at(cursor).map(<[f32]>::to_vec);
        let made_of = session.cue().filter(|cue| cue.cue == *recording.cue());
        let original = made_of.and_then(CueStates::wanted);
        let at_rest = session.is_over_on(track);
        let flashes = if at_rest || made_from.2 {
            Vec::new()
        } else {
            flashes(recording, cursor)
        };
        let seen = Seen {
            state: &state,
            graded: graded.as_deref(),
            overlaps: &overlaps,
        };
        let target_overlap = original.map(|original| seen.overlap(original));
        let marks = (0..state.n_units())
            .map(|unit| UnitMark {
                flash: flashes.get(unit).copied().unwrap_or(0.0),
                changed: state.units()[unit] != recording.cue().units()[unit],
                wrong: original
                    .is_some_and(|original| original.units()[unit] != state.units()[unit]),
            })
            .collect();
        Self {
            version,
            made_from,
            stability: recording.memory().stability(&state, &fields),
            nearest: nearest(&overlaps),
            target_overlap,
            target_overlap_signs: original
                .filter(|_| graded.is_some())
                .map(|original| original.overlap(&state)),
            graded,
            energy: recording.energy_at(cursor),
            flips: recording.flips_until(cursor),
            conclusion: (cursor == recording.length()).then(|| Conclusion::of(recording, made_of)),
            fields,
            fields_are_old: made_from.1 != Some(made_from.0),
            marks,
            state,
            overlaps,
        }
    }
}

/// How lately each unit has flipped at `cursor`: 1 for the last flip, down to 0 a dozen flips earlier. Flips of one update
/// are equally late.
fn flashes(recording: &Recording, cursor: u64) -> Vec<f32> {
    let mut flashes = vec![0.0; recording.cue().n_units()];
    let end = recording.flips_until(cursor);
    let (mut age, mut update) = (0, None);
    for index in (0..end).rev() {
        let Some(flip) = recording.flip(index) else {
            break;
        };
        if update != Some(flip.update) {
            (age, update) = (end - 1 - index, Some(flip.update));
        }
        if age >= FADE {
            break;
        }
        let flash = 1.0 - age as f32 / FADE as f32;
        let unit: &mut f32 = &mut flashes[flip.unit];
        *unit = unit.max(flash);
    }
    flashes
}

/// Flips over which the mark of a flip fades.
const FADE: usize = 12;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::{Command, Session, StepUnit};
    use crate::trial::Recipe;
    use crate::worlds::World;
    use std::time::Duration;

    #[test]
    fn the_last_dozen_flips_fade_and_the_end_is_clean() {
        let recipe = Recipe {
            world: World::parse("random:n=200,p=3").unwrap(),
            ..Recipe::default()
        };
        let mut session = Session::new(recipe, Workers::Caller);
        while session.recording().is_none() {
            session.advance(Duration::ZERO, Duration::from_mins(1));
        }
        let mut fields = FieldsCache::default();
        let mut marks_if = |still: bool, session: &mut Session, command: Command| {
            session.apply(command).unwrap();
            session.advance(Duration::ZERO, Duration::from_mins(1));
            let shown =
                Snapshot::update(None, (session, 0, still), &mut fields, &Workers::Caller).unwrap();
            let mut flashes: Vec<f32> = shown.marks.iter().map(|mark| mark.flash).collect();
            flashes.retain(|flash| *flash > 0.0);
            flashes.sort_by(f32::total_cmp);
            flashes
        };
        let flip = Command::StepForward(StepUnit::Flip);
        let still = marks_if(true, &mut session, flip.clone());
        assert!(still.is_empty());
        session.apply(Command::Seek(0)).unwrap();
        let mut marks = |session: &mut Session, command| marks_if(false, session, command);
        assert_eq!(marks(&mut session, flip.clone()), [1.0]);
        assert_eq!(marks(&mut session, flip.clone()), [11.0 / 12.0, 1.0]);
        for _ in 0..20 {
            marks(&mut session, flip.clone());
        }
        assert_eq!(marks(&mut session, flip).len(), FADE);
        assert!(marks(&mut session, Command::Settle).is_empty());
    }
}
