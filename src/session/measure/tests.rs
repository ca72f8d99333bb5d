//! Measurements of a session: asked for, kept, out of date, declined.

use crate::engine::{Dynamics, Error, Grid, LearningRule, Memory, Patterns, State};
use crate::jobs::Workers;
use crate::session::{Command, LiveBasin, Measurement, Session};
use crate::trial::Recipe;
use crate::worlds::World;
use std::sync::Arc;
use std::time::Duration;

fn wait_until(session: &mut Session, is_so: impl Fn(&Session) -> bool) {
    while !is_so(session) {
        assert_eq!(session.advance(Duration::ZERO, Duration::ZERO).problems, []);
        std::thread::yield_now();
    }
}

fn session(recipe: Recipe) -> Session {
    let mut session = Session::new(recipe, Workers::Threads(Arc::new(|| ())));
    wait_until(&mut session, |session| session.recording().is_some());
    session
}

fn measure(session: &mut Session, what: Measurement) {
    session.apply(Command::Measure(what)).unwrap();
    wait_until(session, |session| session.is_measured(what));
}

#[test]
fn what_is_asked_for_is_measured_once() {
    let mut session = session(Recipe::default());
    for what in [Measurement::Margins, Measurement::Spectrum] {
        assert!(!session.is_measured(what) && !session.is_measuring(what));
        session.apply(Command::Measure(what)).unwrap();
        assert!(session.is_measuring(what));
        wait_until(&mut session, |session| session.is_measured(what));
        session.apply(Command::Measure(what)).unwrap();
        assert!(!session.is_measuring(what), "it is measured already");
    }
    // Thirty digits under the projection rule: all are fixed points, and 30 eigenvalues stand out.
    assert!(session.margins().unwrap().smallest > 0.0);
    let spectrum = session.spectrum().unwrap();
    assert!(spectrum.real);
    let learned = spectrum.values.iter().filter(|value| value[0] > 0.3);
    assert_eq!(learned.count(), 30);
}

#[test]
fn another_memory_makes_a_result_old_and_it_stays() {
    let mut session = session(Recipe::default());
    let what = Measurement::Margins;
    measure(&mut session, what);
    let before = session.margins().cloned();
    let mut recipe = session.recipe().clone();
    recipe.seed += 1;
    session.apply(Command::Configure(Box::new(recipe))).unwrap();
    wait_until(&mut session, |session| !session.is_stale());
    assert!(!session.is_measured(what));
    assert_eq!(session.margins(), before.as_ref());
    measure(&mut session, what);
    assert_ne!(session.margins(), before.as_ref());
}

/// Asked for at every frame before, since the answer was neither a job nor a result.
#[test]
fn what_makes_no_sense_is_declined_with_the_reason_and_no_job() {
    let mut session = session(Recipe {
        world: World::parse("random:n=100,p=4").unwrap(),
        ..Recipe::default()
    });
    let declined = |session: &mut Session, what: Measurement, reason: &str| {
        let said = session
            .declined(what)
            .expect("it makes no sense")
            .to_string();
        assert!(said.contains(reason), "{said}");
        let refused = session.apply(Command::Measure(what)).unwrap_err();
        assert_eq!(refused.to_string(), said);
        assert!(!session.is_measuring(what) && !session.is_measured(what));
    };
    declined(
        &mut session,
        Measurement::Bonds,
        "the world in force has none",
    );
    declined(&mut session, Measurement::Contacts, "protein");
    assert_eq!(session.declined(Measurement::Margins), None);
    // A spin glass of another size is in force, and what is learned of it never ends: the memory is of 100 units.
    let mut recipe = session.recipe().clone();
    recipe.world = World::parse("spin-glass:l=8,p=20").unwrap();
    recipe.track_mut().rule = LearningRule::parse("perceptron:margin=5,sweeps=100000").unwrap();
    session.apply(Command::Configure(Box::new(recipe))).unwrap();
    wait_until(&mut session, |session| session.learning().is_some());
    declined(&mut session, Measurement::Bonds, "64 units, not 100");
}

#[test]
fn a_memory_without_couplings_has_no_margins() {
    let mut recipe = Recipe {
        world: World::parse("random:n=64,p=4").unwrap(),
        ..Recipe::default()
    };
    recipe.track_mut().rule = LearningRule::parse("modern").unwrap();
    let mut session = session(recipe);
    for what in [Measurement::Margins, Measurement::Spectrum] {
        assert!(session.declined(what).is_some());
        assert!(session.apply(Command::Measure(what)).is_err());
        assert!(!session.is_measuring(what));
    }
}

#[test]
fn a_failure_is_told_once_and_kept_as_the_reason() {
    let mut session = session(Recipe::default());
    let memory: Arc<Memory> = Arc::clone(session.recording().unwrap().memory());
    let problem = Error::System("the iteration does not settle".to_owned());
    let outcome = super::Outcome {
        track: 0,
        what: Measurement::Spectrum,
        of: Some(super::Origin {
            memory: Some(memory),
            manner: None,
            wish: None,
        }),
        found: Err(problem.clone()),
    };
    assert_eq!(
        session.tracks[0].measured.take_in(outcome),
        Err(problem.clone())
    );
    assert!(session.is_measured(Measurement::Spectrum));
    assert_eq!(session.declined(Measurement::Spectrum), Some(problem));
    session
        .apply(Command::Measure(Measurement::Spectrum))
        .unwrap();
    assert!(!session.is_measuring(Measurement::Spectrum));
}

/// Random patterns under Hebb's rule, at this load of 200 units.
fn loaded(n_patterns: usize) -> Recipe {
    let mut recipe = Recipe {
        world: World::parse(&format!("random:n=200,p={n_patterns}")).unwrap(),
        ..Recipe::default()
    };
    recipe.track_mut().rule = LearningRule::parse("hebb").unwrap();
    recipe
}

#[test]
fn a_basin_follows_load_and_dynamics_and_the_cliff_is_there() {
    let what = Measurement::Basin;
    let mut session = session(loaded(10));
    assert!(session.is_to_be_measured(what) && session.basin().is_none());
    measure(&mut session, what);
    let below = session.basin().unwrap();
    assert!(below.now.is_whole() && below.before == LiveBasin::default().before);
    assert!(below.now.recalled().unwrap() > 0.9);
    let configure = |session: &mut Session, recipe: Recipe| {
        session.apply(Command::Configure(Box::new(recipe))).unwrap();
        wait_until(session, |session| !session.is_stale());
    };
    configure(&mut session, loaded(50));
    let waiting = session.basin().unwrap();
    assert_eq!(
        (waiting.now.soundings.len(), &waiting.before),
        (0, &below.now)
    );
    measure(&mut session, what);
    let above = session.basin().unwrap();
    assert!(above.now.recalled().unwrap() < 0.2 && above.now.critical().is_none());
    // The memory stays, and what only it decides with it.
    measure(&mut session, Measurement::Margins);
    let mut recipe = loaded(50);
    recipe.track_mut().dynamics = Dynamics::Glauber { temperature: 2.0 };
    configure(&mut session, recipe);
    assert!(!session.is_measured(what) && session.is_measured(Measurement::Margins));
    measure(&mut session, what);
    assert_ne!(session.basin().unwrap(), above);
}

/// Without threads, so that every slice is seen.
#[test]
fn what_has_something_to_show_gives_way_and_stays_until_its_places_are_taken() {
    let what = Measurement::Basin;
    let mut session = Session::new(loaded(10), Workers::Caller);
    wait_until(&mut session, |session| session.recording().is_some());
    session.apply(Command::Measure(what)).unwrap();
    assert!(!session.is_to_be_measured(what), "it is under way");
    let shown = |session: &Session| session.basin().map_or(0, |it| it.now.soundings.len());
    wait_until(&mut session, |session| shown(session) > 0);
    let first = session.basin().unwrap().now;
    assert!(!first.is_whole(), "dots are shown as they come");
    let mut recipe = loaded(50);
    session
        .apply(Command::Configure(Box::new(recipe.clone())))
        .unwrap();
    assert_eq!(session.basin().unwrap().before, first);
    assert!(session.is_to_be_measured(what));
    session.apply(Command::Measure(what)).unwrap();
    assert_eq!(
        session.work.measuring.len(),
        1,
        "the older one has given way"
    );
    assert!(!session.is_to_be_measured(what) && !session.is_measured(what));
    // The next one waits for its first dots.
    recipe.track_mut().dynamics = Dynamics::Synchronous;
    session.apply(Command::Configure(Box::new(recipe))).unwrap();
    assert!(!session.is_to_be_measured(what));
    wait_until(&mut session, |session| session.is_to_be_measured(what));
    session.apply(Command::Measure(what)).unwrap();
    wait_until(&mut session, |session| session.is_measured(what));
    let last = session.basin().unwrap();
    assert!(last.now.is_whole() && last.before.soundings.is_empty());
}

#[test]
fn there_is_no_basin_of_nothing_nor_of_patterns_that_do_not_fit() {
    let session = session(loaded(10));
    let refused = |patterns: Patterns| {
        let mut subject = session.subject(0, Measurement::Basin).unwrap();
        subject.patterns = Arc::new(patterns);
        Measurement::Basin
            .slices(subject)
            .err()
            .unwrap()
            .to_string()
    };
    let patterns = session.recording().unwrap().patterns();
    let empty = Patterns::none(patterns.alphabet(), patterns.grid());
    assert!(refused(empty).contains("nothing is stored"));
    let other = Grid::square(3);
    let other = Patterns::of_states(&[State::blank(9)], other).unwrap();
    assert!(refused(other).contains("the memory takes none of them"));
}
