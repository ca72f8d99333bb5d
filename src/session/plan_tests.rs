//! Plans: what is refused, what is mended, what waits for its world and what becomes of it.

use super::*;
use crate::engine::corrupt::Rectangle;
use crate::engine::{Couplings, State};
use crate::trial::{AddedPattern, Cue, Start};
use crate::worlds::World;
use crate::worlds::files::{File, Input};
use ndarray::Array2;

pub(super) const LONG: Duration = Duration::from_hours(1);

/// A session on `world`, which does its own work.
fn on(world: World) -> Session {
    let recipe = Recipe {
        world,
        cue: Cue::new(Start::Stored(0)),
        ..Recipe::default()
    };
    let mut session = Session::new(recipe, Workers::Caller);
    assert_eq!(finish(&mut session), []);
    session
}

/// Ends all that learns, prepares or reads; what went wrong on the way.
pub(super) fn finish(session: &mut Session) -> Vec<Error> {
    let mut problems = Vec::new();
    loop {
        problems.extend(session.advance(Duration::ZERO, LONG).problems);
        if !session.work.waits_for_the_caller() {
            return problems;
        }
    }
}

fn edit(session: &mut Session, change: impl FnOnce(&mut Recipe)) -> Result<(), Error> {
    let mut recipe = session.recipe().clone();
    change(&mut recipe);
    let result = session.apply(Command::Configure(Box::new(recipe)));
    session.settle();
    result
}

fn world(notation: &str) -> World {
    World::parse(notation).unwrap()
}

/// Twenty images of `pixels` pixels, all different.
pub(super) fn images(pixels: usize) -> World {
    let row = |k: usize| {
        let pixels = (0..pixels).map(|place| (k * (place + 3) + place * place) / 5 % 2);
        pixels
            .map(|bit| bit.to_string())
            .collect::<Vec<_>>()
            .join(",")
    };
    let names = (0..pixels).map(|place| format!("p{place}"));
    let names = names.collect::<Vec<_>>().join(",");
    let rows = (0..20).map(row).collect::<Vec<_>>().join("\n");
    let bytes = format!("{names}\n{rows}").into_bytes();
    let file = File {
        name: "t.csv".to_owned(),
        bytes: bytes.into(),
    };
    let input = Input::new("t.csv", vec![file]).unwrap();
    let mut world = World::of_files(input.into());
    world.set("p", 5.0).unwrap();
    world
}

/// Edited, the drawing and the start that only this world has would be left behind.
#[test]
fn a_recipe_that_is_put_in_place_arrives_whole_and_can_be_taken_back() {
    let mut session = on(world("random:n=100,p=10"));
    edit(&mut session, |recipe| recipe.removed = [2].into()).unwrap();
    edit(&mut session, |recipe| recipe.cue.draw([(3, true)])).unwrap();
    let by_hand = session.recipe().clone();
    let other = Recipe {
        world: world("features:n=100,alpha=0.2,alpha-d=0.2"),
        cue: Cue::new(Start::Feature(19)),
        ..Recipe::default()
    };
    for recipe in [&other, &by_hand] {
        session
            .apply(Command::Replace(Box::new(recipe.clone())))
            .unwrap();
        assert_eq!(finish(&mut session), []);
        assert_eq!(session.recipe(), recipe);
        session.settle();
    }
    session.apply(Command::Undo).unwrap();
    assert_eq!(finish(&mut session), []);
    assert_eq!(session.recipe(), &other);
}

#[test]
fn fewer_features_take_a_cue_beyond_them_along() {
    let mut session = on(world("features:n=100,alpha=0.2,alpha-d=0.2"));
    edit(&mut session, |recipe| {
        recipe.cue = Cue::new(Start::Feature(19));
    })
    .unwrap();
    edit(&mut session, |recipe| {
        recipe.world.set("alpha-d", 0.1).unwrap();
    })
    .unwrap();
    assert_eq!(session.recipe().cue.start, Start::Feature(9));
    // One that is asked for is refused, and changes nothing.
    let refused = edit(&mut session, |recipe| recipe.cue.start = Start::Feature(10));
    assert!(refused.unwrap_err().to_string().contains("feature 10"));
    assert_eq!(session.recipe().cue.start, Start::Feature(9));
    edit(&mut session, |recipe| recipe.cue.start = Start::Unseen(3)).unwrap();
}

#[test]
fn settings_of_own_files_leave_drawing_and_unseen_start_alone() {
    let mut session = on(images(36));
    let rectangle = Rectangle {
        top: 1,
        left: 1,
        bottom: 2,
        right: 2,
    };
    edit(&mut session, |recipe| {
        recipe.world.set("held-out", 30.0).unwrap();
        recipe.cue = Cue::new(Start::Unseen(2));
        recipe.cue.corruption.rectangle = Some(rectangle);
        recipe.cue.draw([(3, true)]);
    })
    .unwrap();
    let cue = session.recipe().cue.clone();
    edit(&mut session, |recipe| recipe.world.set("p", 4.0).unwrap()).unwrap();
    assert_eq!(session.recipe().cue, cue, "the same images");
    edit(&mut session, |recipe| recipe.world = images(36)).unwrap();
    assert_eq!(finish(&mut session), []);
    let other = images(25);
    edit(&mut session, |recipe| recipe.world = other).unwrap();
    assert_eq!(
        session.recipe().cue.drawn_above,
        cue.drawn_above,
        "nobody knows yet"
    );
    assert_eq!(finish(&mut session), []);
    assert!(!session.recipe().cue.is_drawn(), "units lie otherwise");
    assert_eq!(session.recipe().cue.corruption.rectangle, None);
    assert_eq!(session.recipe().cue.start, Start::Stored(0));
    session.apply(Command::Undo).unwrap();
    finish(&mut session);
    assert_eq!(session.recipe().cue, cue);
}

#[test]
fn what_its_world_does_not_admit_is_taken_back_with_its_reason() {
    let mut session = on(world("random:n=36,p=4"));
    edit(&mut session, |recipe| recipe.cue.draw([(3, true)])).unwrap();
    let (before, state) = (session.recipe().clone(), session.state());
    let mut too_many = images(36);
    too_many.set("p", 500.0).unwrap();
    edit(&mut session, |recipe| recipe.world = too_many.clone()).unwrap();
    // It waits, with the old result shown; more edits wait with it.
    assert!(session.is_stale() && session.preparing().is_some());
    edit(&mut session, |recipe| recipe.max_sweeps = 7).unwrap();
    assert_eq!(
        (&session.recipe().world, session.state()),
        (&too_many, state.clone())
    );
    let problems = finish(&mut session);
    assert_eq!(problems.len(), 1);
    assert!(problems[0].to_string().contains("500"), "{problems:?}");
    assert_eq!((session.recipe(), session.state()), (&before, state));
    assert!(!session.is_stale() && !session.can_redo());
    session.apply(Command::Undo).unwrap();
    assert!(!session.recipe().cue.is_drawn());
    // What was read is not read again.
    edit(&mut session, |recipe| recipe.world = images(36)).unwrap();
    assert!(session.preparing().is_none() && !session.is_stale());
}

#[test]
fn couplings_of_another_size_are_refused_and_change_nothing() {
    let mut session = on(world("random:n=36,p=4"));
    let couplings = Couplings::new(Array2::zeros((25, 25)), 1.0).unwrap();
    let command = Command::UseCouplings {
        name: "J.npy".to_owned(),
        couplings: Arc::new(couplings),
        remarks: Vec::new(),
    };
    let before = session.recipe().clone();
    let refused = session.apply(command).unwrap_err();
    assert!(refused.to_string().starts_with("J.npy: "), "{refused}");
    assert_eq!(session.recipe(), &before);
    assert!(!session.can_undo());
}

#[test]
fn learning_that_comes_to_nothing_is_told_and_the_old_memory_stays() {
    let mut session = on(world("random:n=36,p=4"));
    let state = session.state();
    let rule = LearningRule::parse("taylor:w0=1,presentations=100").unwrap();
    edit(&mut session, |recipe| recipe.track_mut().rule = rule).unwrap();
    let problems = finish(&mut session);
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(session.is_stale());
    assert_eq!(session.state(), state);
    // It is not tried again with every other edit.
    edit(&mut session, |recipe| {
        recipe.cue.corruption.flip.fraction = 0.2;
    })
    .unwrap();
    assert_eq!(finish(&mut session), []);
    let cue = &session.cue().unwrap().cue;
    assert_eq!(session.recording().unwrap().cue(), cue);
}

#[test]
fn patterns_stored_by_hand_are_learned_and_left_out_where_they_do_not_fit() {
    let mut session = on(world("random:n=36,p=4"));
    let drawn = State::from_fn(36, |unit| unit % 3 == 0);
    let added = AddedPattern {
        state: drawn.clone(),
        label: "mine".into(),
    };
    edit(&mut session, |recipe| {
        recipe.added.push(Arc::new(added));
        recipe.cue = Cue::new(Start::Stored(4));
        recipe.cue.corruption.flip.fraction = 0.1;
    })
    .unwrap();
    finish(&mut session);
    assert_eq!(session.patterns().unwrap().n_patterns(), 5);
    assert_eq!(&**session.cue().unwrap().label.as_ref().unwrap(), "mine");
    session.apply(Command::Settle).unwrap();
    finish(&mut session);
    assert_eq!(session.state(), Some(drawn), "it is remembered");
    // It stays the cue while the world stores more or fewer, and one of these is left out.
    edit(&mut session, |recipe| recipe.world.set("p", 6.0).unwrap()).unwrap();
    assert_eq!(session.recipe().cue.start, Start::Stored(6));
    edit(&mut session, |recipe| {
        recipe.removed.insert(2);
    })
    .unwrap();
    assert_eq!(session.recipe().cue.start, Start::Stored(5));
    assert_eq!(session.stored_origins(), [0, 1, 3, 4, 5]);
    edit(&mut session, |recipe| {
        recipe.world = world("random:n=64,p=4");
    })
    .unwrap();
    let problems = finish(&mut session);
    assert!(
        problems[0]
            .to_string()
            .contains("1 of the patterns stored by hand")
    );
    let recipe = session.recipe();
    assert!(recipe.added.is_empty() && recipe.removed.is_empty());
    session.apply(Command::Undo).unwrap();
    assert_eq!(session.patterns().unwrap().n_patterns(), 6);
}

#[test]
fn an_empty_memory_waits_for_the_first_pattern_taught_by_hand() {
    let mut session = on(world("random:n=36,p=4"));
    let before = session.state();
    let all = session.stored_origins().to_vec();
    edit(&mut session, |recipe| recipe.clear_patterns(&all)).unwrap();
    assert_eq!(finish(&mut session), []);
    assert!(session.patterns().unwrap().is_empty());
    assert!(session.recording().is_none() && session.trained().is_none());
    assert!(session.learning().is_none() && session.facts().is_none());
    assert_eq!(session.recipe().cue.start, Start::Empty);
    assert!(
        session
            .cue()
            .unwrap()
            .cue
            .units()
            .iter()
            .all(|unit| *unit < 0)
    );
    // There is no stored pattern to start from.
    let stored = edit(&mut session, |recipe| {
        recipe.cue = Cue::new(Start::Stored(2));
    });
    assert!(
        stored
            .unwrap_err()
            .to_string()
            .contains("0 stored patterns")
    );
    assert_eq!(session.recipe().cue.start, Start::Empty);
    // With no window there is nobody to teach it.
    let refused = crate::trial::run(session.recipe(), |_, _| ())
        .map(|_| ())
        .unwrap_err();
    assert!(refused.problem.to_string().contains("left out by hand"));
    let drawn = State::from_fn(36, |unit| unit % 5 == 0);
    edit(&mut session, |recipe| {
        recipe.cue.draw((0..36).step_by(5).map(|unit| (unit, true)));
        recipe.add_pattern(drawn.clone(), Some("mine".into()));
    })
    .unwrap();
    finish(&mut session);
    session.apply(Command::Settle).unwrap();
    finish(&mut session);
    assert_eq!(session.state(), Some(drawn));
    // Every step is taken back.
    while session.can_undo() {
        session.apply(Command::Undo).unwrap();
    }
    finish(&mut session);
    assert_eq!(session.patterns().unwrap().n_patterns(), 4);
    assert_eq!(session.state(), before);
}
