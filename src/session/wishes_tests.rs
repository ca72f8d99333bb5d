//! Pictures of attractors: asked for, refined, opened, refused.

use super::*;
use crate::engine::LearningRule;
use crate::engine::attractors::SIDES;
use crate::engine::patterns::Patterns;
use crate::jobs::Workers;
use crate::lab::portraits::{Landmark, PortraitPicture, cue_of, first_of_each_class};
use crate::session::{Command, Measurement, Session};
use crate::trial::{Recipe, Start};
use crate::worlds::World;
use std::sync::Arc;
use std::time::Duration;

const WHAT: Measurement = Measurement::Portrait;

fn session(rule: &str) -> Session {
    let mut recipe = Recipe {
        world: World::parse("glyphs:size=8,p=6").unwrap(),
        ..Recipe::default()
    };
    recipe.track_mut().rule = LearningRule::parse(rule).unwrap();
    let mut session = Session::new(recipe, Workers::Caller);
    wait_until(&mut session, |it| it.recording().is_some());
    session
}

fn wait_until(session: &mut Session, is_so: impl Fn(&Session) -> bool) {
    let budget = Duration::from_millis(20);
    for _ in 0..100_000 {
        if is_so(session) {
            return;
        }
        assert_eq!(session.advance(Duration::ZERO, budget).problems, []);
    }
    panic!("it takes too long");
}

fn drawn(session: &mut Session, recipe: PortraitRecipe, finest: usize) -> PortraitPicture {
    let wish = PortraitWish { recipe, finest };
    session.apply(Command::Wish(Wish::Portrait(wish))).unwrap();
    session.apply(Command::Measure(WHAT)).unwrap();
    wait_until(session, |it| it.is_measured(WHAT));
    session.portrait().unwrap().clone()
}

#[test]
fn a_picture_is_refined_and_its_shares_are_all_of_it() {
    let mut session = session("pseudo-inverse");
    for recipe in [
        PortraitRecipe::default(),
        PortraitRecipe::Plane {
            corners: vec![
                Landmark::Held {
                    name: "cue",
                    state: Arc::new(session.recording().unwrap().cue().clone()),
                },
                Landmark::stored(2),
                Landmark::Start(Start::Random { seed: 5 }),
            ],
        },
    ] {
        let picture = drawn(&mut session, recipe, SIDES[1]);
        assert!(picture.is_whole() && picture.side == SIDES[1]);
        let boundary = picture.boundary.as_ref().unwrap();
        assert!(boundary.entropies.is_some());
        let shares = &picture.shares;
        let sum: usize = shares.iter().map(|it| it.count).sum();
        assert_eq!(sum, picture.pixels.iter().flatten().count());
        assert!(shares.windows(2).all(|two| two[0].count >= two[1].count));
    }
}

#[test]
fn a_stored_pattern_stands_in_its_own_basin_on_the_rim() {
    let mut session = session("pseudo-inverse");
    let recipe = PortraitRecipe::Wheel {
        rim: [4, 1, 3].map(Landmark::stored).to_vec(),
    };
    let picture = drawn(&mut session, recipe, SIDES[1]);
    for (landmark, [x, y]) in picture.plane.places() {
        let pixel = picture.pixel_at(0.97 * x, 0.97 * y).unwrap();
        let ending = picture.pixels[pixel].unwrap();
        let pattern = landmark.pattern().unwrap();
        assert_eq!(picture.nature(ending).patterns(), [pattern]);
    }
}

#[test]
fn what_a_pixel_says_is_what_recall_comes_to() {
    let mut session = session("hebb");
    let picture = drawn(&mut session, PortraitRecipe::default(), SIDES[0]);
    let pixels = (0..picture.pixels.len()).filter(|pixel| picture.pixels[*pixel].is_some());
    for pixel in pixels.step_by(97) {
        let ending = picture.pixels[pixel].unwrap();
        let start = picture.start(pixel).unwrap();
        let patterns = session.recording().unwrap().patterns().clone();
        let mut recipe = session.recipe().clone();
        recipe.cue = cue_of(&start, &patterns).unwrap();
        session.apply(Command::Configure(Box::new(recipe))).unwrap();
        wait_until(&mut session, |it| {
            it.recording().is_some_and(|it| *it.cue() == start) && !it.is_stale()
        });
        session.apply(Command::Settle).unwrap();
        wait_until(&mut session, |it| {
            it.recording().unwrap().verdict().is_some()
        });
        let recording = session.recording().unwrap();
        let attractor = &picture.catalogue.attractors()[ending.attractor];
        assert_eq!(
            attractor.state.as_ref(),
            Some(&recording.state_at(u64::MAX))
        );
        assert_eq!(
            ending.sweeps,
            recording.length().div_ceil(recording.sweep())
        );
    }
}

#[test]
fn a_picture_that_nobody_looks_at_is_not_drawn_on() {
    let mut session = session("hebb");
    session.apply(Command::Measure(WHAT)).unwrap();
    assert!(session.is_measuring(WHAT));
    session.apply(Command::StopMeasuring(WHAT)).unwrap();
    assert!(!session.is_measuring(WHAT) && !session.is_measured(WHAT));
    let picture = drawn(&mut session, PortraitRecipe::default(), SIDES[0]);
    assert!(picture.is_whole());
}

#[test]
fn the_first_of_each_class_stand_on_a_rim() {
    let session = session("hebb");
    let patterns = session.patterns().unwrap();
    let firsts = first_of_each_class(patterns, 4);
    assert_eq!(firsts.len(), 4);
    let labels: Vec<_> = firsts.iter().map(|it| patterns.label(*it)).collect();
    assert!(labels.is_sorted() && labels.iter().all(Option::is_some));
    let random = Patterns::of_units(
        vec![1, -1, 1, 1, -1, -1, 1, 1],
        crate::engine::Grid::square(2),
    );
    assert_eq!(first_of_each_class(&random.unwrap(), 10), [0, 1]);
}

#[test]
fn what_cannot_be_drawn_is_refused_in_a_sentence() {
    let mut session = session("hebb");
    let refused = |session: &mut Session, recipe| {
        let wish = PortraitWish {
            recipe,
            finest: SIDES[0],
        };
        session.apply(Command::Wish(Wish::Portrait(wish))).unwrap();
        session.declined(WHAT).unwrap().to_string()
    };
    let rim = PortraitRecipe::Wheel {
        rim: [0, 99].map(Landmark::stored).to_vec(),
    };
    assert_eq!(
        refused(&mut session, rim),
        "stored pattern 99 (counted from 0) asked for, but there are only 6 stored patterns"
    );
    let corners = [1, 1, 2].map(Landmark::stored).to_vec();
    let sentence = refused(&mut session, PortraitRecipe::Plane { corners });
    assert!(sentence.contains("twice"), "{sentence}");
    // A heat bath has no basins.
    let mut recipe = session.recipe().clone();
    recipe.track_mut().dynamics = crate::engine::Dynamics::Glauber { temperature: 0.3 };
    session.apply(Command::Configure(Box::new(recipe))).unwrap();
    wait_until(&mut session, |it| {
        it.recording().is_some() && !it.is_stale()
    });
    let declined = session.declined(WHAT).unwrap().to_string();
    assert!(declined.contains("heat bath"), "{declined}");
}

/// While an iterative rule learns, a picture is of what it has learned so far; in the end of what it has learned.
#[test]
fn a_picture_follows_learning() {
    let mut session = session("hebb");
    let mut recipe = session.recipe().clone();
    let rule = "pseudo-likelihood:optimiser=descent,steps=100000";
    recipe.track_mut().rule = LearningRule::parse(rule).unwrap();
    session.apply(Command::Configure(Box::new(recipe))).unwrap();
    wait_until(&mut session, |it| it.learned_so_far().is_some());
    let recipe = PortraitRecipe::default();
    let finest = SIDES[0];
    let wish = Wish::Portrait(PortraitWish { recipe, finest });
    session.apply(Command::Wish(wish)).unwrap();
    session.apply(Command::Measure(WHAT)).unwrap();
    let patterns = Arc::clone(session.learned_so_far().unwrap().1);
    wait_until(&mut session, |it| it.portrait().is_some());
    let picture = session.portrait().unwrap();
    assert!(Arc::ptr_eq(&picture.patterns, &patterns));
    session.apply(Command::KeepLearning).unwrap();
    wait_until(&mut session, |it| it.learned_so_far().is_none());
    session.apply(Command::Measure(WHAT)).unwrap();
    wait_until(&mut session, |it| it.is_measured(WHAT));
}

/// Bands learn their own memories: neither cue nor the setting along the axis makes others of them, and values come as they
/// are done.
#[test]
fn bands_are_of_settings_and_not_of_the_memory_shown() {
    use crate::engine::attractors::CensusStarts;
    use crate::lab::Vary;
    use crate::lab::portraits::bands::BandsRecipe;
    let mut session = session("hebb");
    let what = Measurement::Bands;
    assert!(session.declined(what).is_some(), "no setting is chosen");
    let recipe = BandsRecipe {
        recipe: session.recipe().clone(),
        vary: Vary::parse("world.p=1;2;4").unwrap(),
        from: CensusStarts::Random,
        unseen: false,
        count: 40,
    };
    let wish = Wish::Bands(Some(Arc::new(recipe)));
    session.apply(Command::Wish(wish)).unwrap();
    session.apply(Command::Measure(what)).unwrap();
    wait_until(&mut session, |it| it.is_measured(what));
    let bands = session.bands().unwrap().clone();
    assert_eq!((bands.columns.len(), bands.done), (3, 1.0));
    for column in 0..3 {
        let shares = bands.map.bands.iter().map(|band| band.share(column));
        assert!((shares.sum::<f64>() - 1.0).abs() < 1e-9);
    }
    // One pattern of Hebb's rule has itself and its negative.
    let first = bands.map.bands.iter().filter(|band| band.share(0) > 0.0);
    assert_eq!(first.count(), 2);
    let mut recipe = session.recipe().clone();
    recipe.cue.start = Start::Random { seed: 3 };
    session.apply(Command::Configure(Box::new(recipe))).unwrap();
    wait_until(&mut session, |it| it.recording().is_some());
    assert!(session.is_measured(what));
}
