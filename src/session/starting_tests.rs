//! Alteration and recording of large couplings: a job, the old ones meanwhile, the same bits.

use super::*;
use crate::engine::{Memory, Recording};
use crate::trial::{Cue, Start};
use crate::worlds::World;

const LONG: Duration = Duration::from_hours(1);

/// A session on `n` random units, which does its own work, one slice at a time.
fn session(n_units: usize) -> Session {
    let recipe = Recipe {
        world: World::parse(&format!("random:n={n_units},p=2")).unwrap(),
        cue: Cue::new(Start::Stored(0)),
        ..Recipe::default()
    };
    let mut session = Session::new(recipe, Workers::Caller);
    edit(&mut session, |recipe| {
        recipe.track_mut().rule = LearningRule::parse("hebb").unwrap();
    });
    work(&mut session);
    session
}

fn edit(session: &mut Session, change: impl FnOnce(&mut Recipe)) {
    let mut recipe = session.recipe().clone();
    change(&mut recipe);
    session.apply(Command::Configure(Box::new(recipe))).unwrap();
    session.settle();
}

fn dilute(session: &mut Session, dilution: f64) {
    edit(session, |recipe| {
        recipe.track_mut().alteration.dilution = dilution;
    });
}

/// Works slice by slice until nothing is under way; how many slices that took.
fn work(session: &mut Session) -> usize {
    let mut slices = 0;
    while session.work.waits_for_the_caller() {
        assert_eq!(session.advance(Duration::ZERO, Duration::ZERO).problems, []);
        slices += 1;
    }
    slices
}

fn memory(session: &Session) -> Arc<Memory> {
    Arc::clone(session.recording().unwrap().memory())
}

/// Everything shown is the cue in the memory that the recipe asks for, to the bit.
fn assert_as_recorded_directly(session: &Session) {
    assert!(!session.is_stale() && session.starting().is_none());
    let (recipe, trained) = (session.recipe(), session.trained().unwrap());
    let alteration = recipe.track().alteration;
    let altered = alteration.of(Arc::clone(&trained.learned), recipe.seed);
    assert_eq!(
        (&trained.memory, trained.altered_by),
        (&altered, alteration)
    );
    let recording = session.recording().unwrap();
    assert!(Arc::ptr_eq(recording.memory(), &trained.memory));
    let cue = session.cue().unwrap().cue.clone();
    let patterns = Arc::clone(session.patterns().unwrap());
    let direct = Recording::new(altered, patterns, cue, recording.dynamics(), recipe.seed);
    assert_eq!(recording.cue(), direct.cue());
    assert_eq!(recording.fields_at(0), direct.fields_at(0));
    assert_eq!(recording.energy_at(0), direct.energy_at(0));
    assert_eq!(recording.last_overlaps(), direct.last_overlaps());
}

/// Done while the command was applied before, for as long as that took.
#[test]
fn large_couplings_are_altered_in_slices_beside_the_old_ones() {
    let mut session = session(1200);
    let old = memory(&session);
    dilute(&mut session, 0.3);
    assert!(session.is_stale() && session.starting() == Some(0.0));
    assert!(Arc::ptr_eq(&memory(&session), &old) && session.facts().is_none());
    assert_eq!(
        session.advance(Duration::ZERO, Duration::ZERO).again_after,
        Some(Duration::ZERO),
        "nobody else works"
    );
    let done = session.starting().expect("it takes more than a slice");
    assert!(done > 0.0 && done < 1.0, "{done}");
    assert!(work(&mut session) > 1);
    assert!(!Arc::ptr_eq(&memory(&session), &old));
    assert_as_recorded_directly(&session);
    assert!(session.facts().is_some());
}

#[test]
fn the_next_change_takes_the_place_of_an_alteration_under_way() {
    let mut session = session(1200);
    let old = memory(&session);
    dilute(&mut session, 0.3);
    session.advance(Duration::ZERO, Duration::ZERO);
    assert!(session.starting() > Some(0.0));
    dilute(&mut session, 0.6);
    assert_eq!(session.starting(), Some(0.0), "it begins anew");
    assert_eq!(session.work.starting.len(), 1);
    session.apply(Command::Undo).unwrap();
    session.apply(Command::Undo).unwrap();
    assert!(session.starting().is_none() && !session.is_stale());
    assert!(Arc::ptr_eq(&memory(&session), &old));
    session.apply(Command::Redo).unwrap();
    work(&mut session);
    assert_as_recorded_directly(&session);
    // What else is changed meanwhile counts too.
    dilute(&mut session, 0.9);
    session.advance(Duration::ZERO, Duration::ZERO);
    edit(&mut session, |recipe| {
        recipe.cue.draw([(3, true), (4, true)]);
    });
    work(&mut session);
    assert_as_recorded_directly(&session);
}

#[test]
fn a_cue_in_the_largest_couplings_is_recorded_by_a_job_and_time_begins_anew() {
    let mut session = session(2000);
    session.apply(Command::Settle).unwrap();
    while session.can_go_on() {
        session.advance(Duration::ZERO, LONG);
    }
    let before = session.recording().unwrap().cue().clone();
    edit(&mut session, |recipe| {
        recipe.cue.draw((0..100).map(|unit| (unit, true)));
    });
    assert!(session.is_stale());
    assert_eq!(session.recording().unwrap().cue(), &before);
    assert_eq!(session.cue().unwrap().cue.units()[..100], [1; 100]);
    work(&mut session);
    while session.can_go_on() {
        session.advance(Duration::ZERO, LONG);
    }
    // One looked at the end, and does so again.
    let recording = session.recording().unwrap();
    assert!(recording.n_flips() > 0 && session.cursor() == recording.length());
    assert_eq!(recording.cue(), &session.cue().unwrap().cue);
}

/// So that a slider is followed in the very frame that it is moved in.
#[test]
fn couplings_between_the_pixels_of_a_digit_follow_at_once() {
    let mut session = session(784);
    dilute(&mut session, 0.3);
    assert_as_recorded_directly(&session);
    edit(&mut session, |recipe| recipe.cue.draw([(3, true)]));
    assert_as_recorded_directly(&session);
}

#[test]
fn tracks_of_one_memory_are_each_altered_in_their_own_way() {
    let mut session = session(1200);
    edit(&mut session, |recipe| {
        let mut second = recipe.tracks[0].clone();
        second.alteration.dilution = 0.5;
        recipe.tracks.push(second);
    });
    assert_eq!(
        session.work.starting.len(),
        1,
        "the first one stays as it is"
    );
    work(&mut session);
    assert_as_recorded_directly(&session);
    let trained = |track: usize| session.tracks()[track].trained().unwrap();
    assert!(Arc::ptr_eq(&trained(0).learned, &trained(1).learned));
    assert_eq!(trained(1).altered_by.dilution, 0.5);
    let recording = session.tracks()[1].recording().unwrap();
    assert!(Arc::ptr_eq(recording.memory(), &trained(1).memory));
}
