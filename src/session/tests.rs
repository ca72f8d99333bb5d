//! Commands in, readers out.

use super::*;
use crate::engine::LearningRule;
use crate::engine::attractors::SIDES;
use crate::engine::corrupt::Noise;
use crate::engine::{Corruption, Dynamics};
use crate::trial::{Cue, Start};
use crate::worlds::World;
use crate::worlds::mnist::{Selection as Choice, Size};

const LONG: Duration = Duration::from_hours(1);

fn threads() -> Workers {
    Workers::Threads(Arc::new(|| ()))
}

fn session() -> Session {
    let mut session = Session::new(Recipe::default(), threads());
    catch_up(&mut session);
    session
}

/// Waits for all jobs.
fn catch_up(session: &mut Session) {
    loop {
        assert_eq!(session.advance(Duration::ZERO, LONG).problems, []);
        if session.preparing().is_none()
            && session.learning().is_none()
            && session.work.opening.is_none()
        {
            return;
        }
        std::thread::yield_now();
    }
}

fn edit(session: &mut Session, change: impl FnOnce(&mut Recipe)) -> Result<(), Error> {
    let mut recipe = session.recipe().clone();
    change(&mut recipe);
    let result = session.apply(Command::Configure(Box::new(recipe)));
    session.settle();
    if result.is_ok() {
        catch_up(session);
    }
    result
}

fn do_all(session: &mut Session, command: Command) {
    session.apply(command).unwrap();
    catch_up(session);
}

#[test]
fn it_opens_on_an_example_that_is_restored() {
    let mut session = session();
    let original = session.cue().unwrap().original.clone();
    assert!((session.state().unwrap().overlap(&original) - 0.46).abs() < 0.01);
    do_all(&mut session, Command::Settle);
    assert_eq!(session.state().unwrap(), original);
    assert_eq!(session.cursor(), session.recording().unwrap().length());
    assert!(!session.is_stale());
}

#[test]
fn playing_in_real_time_ends_where_settling_does() {
    let (mut played, mut settled) = (session(), session());
    do_all(&mut settled, Command::Settle);
    do_all(&mut played, Command::SetStep(StepUnit::Unit));
    do_all(&mut played, Command::SetSpeed(50.0));
    do_all(&mut played, Command::Play(true));
    while played.is_playing() {
        played.advance(Duration::from_millis(17), LONG);
    }
    let flips = |session: &Session| session.recording().unwrap().flips().collect::<Vec<_>>();
    assert_eq!(flips(&played), flips(&settled));
    assert_eq!(played.cursor(), settled.cursor());
}

#[test]
fn every_step_back_is_the_step_forward_undone() {
    for dynamics in Dynamics::ALL {
        let mut session = session();
        edit(&mut session, |recipe| {
            recipe.track_mut().dynamics = dynamics;
        })
        .unwrap();
        for unit in [StepUnit::Unit, StepUnit::Flip, StepUnit::Sweep] {
            session.apply(Command::Seek(0)).unwrap();
            let mut seen = Vec::new();
            for _ in 0..5 {
                let before = (session.cursor(), session.state().unwrap());
                session.apply(Command::StepForward(unit)).unwrap();
                if session.cursor() > before.0 {
                    seen.push(before.1);
                }
            }
            while let Some(state) = seen.pop() {
                session.apply(Command::StepBack(unit)).unwrap();
                assert!(session.state().unwrap() == state, "{dynamics} {unit:?}");
            }
            assert_eq!(session.cursor(), 0);
        }
    }
}

#[test]
fn everything_can_be_undone_and_done_again() {
    let mut session = session();
    let first = session.recipe().clone();
    edit(&mut session, |recipe| {
        recipe.track_mut().rule = LearningRule::parse("hebb").unwrap();
    })
    .unwrap();
    edit(&mut session, |recipe| {
        recipe.world.mnist_mut().unwrap().stored = Choice::Drawn(5);
    })
    .unwrap();
    edit(&mut session, |recipe| {
        recipe.cue.draw([(3, true), (4, true)]);
    })
    .unwrap();
    let last = session.recipe().clone();
    let state = session.state().unwrap();
    for _ in 0..3 {
        do_all(&mut session, Command::Undo);
    }
    assert_eq!(session.recipe(), &first);
    assert!(!session.can_undo());
    for _ in 0..3 {
        do_all(&mut session, Command::Redo);
    }
    assert_eq!((session.recipe(), session.state().unwrap()), (&last, state));
}

#[test]
fn what_is_refused_changes_nothing() {
    let mut session = session();
    let before = session.recipe().clone();
    let too_many = edit(&mut session, |recipe| {
        recipe.world.mnist_mut().unwrap().stored = Choice::Drawn(20_001);
    })
    .unwrap_err();
    assert!(too_many.to_string().contains("20000"), "{too_many}");
    assert!(
        edit(&mut session, |recipe| recipe.track_mut().dynamics =
            Dynamics::Glauber { temperature: -1.0 })
        .is_err()
    );
    assert!(edit(&mut session, |recipe| recipe.max_sweeps = 0).is_err());
    let flip = Noise {
        fraction: 2.0,
        seed: 0,
    };
    assert!(
        edit(&mut session, |r| r.cue.corruption = Corruption {
            flip,
            ..Default::default()
        })
        .is_err()
    );
    assert_eq!(session.recipe(), &before);
    assert!(!session.can_undo());
}

#[test]
fn fewer_patterns_take_a_cue_beyond_them_along() {
    let mut session = session();
    edit(&mut session, |recipe| recipe.cue.start = Start::Stored(29)).unwrap();
    edit(&mut session, |recipe| {
        recipe.world.mnist_mut().unwrap().stored = Choice::Drawn(10);
    })
    .unwrap();
    assert_eq!(session.recipe().cue.start, Start::Stored(9));
    do_all(&mut session, Command::Undo);
    assert_eq!(session.recipe().cue.start, Start::Stored(29));
}

#[test]
fn dear_learning_runs_beside_the_old_result_and_can_be_stopped() {
    let mut session = session();
    let old = Arc::clone(&session.trained().unwrap().memory);
    let mut recipe = session.recipe().clone();
    recipe.world.mnist_mut().unwrap().stored = Choice::Drawn(700);
    session.apply(Command::Configure(Box::new(recipe))).unwrap();
    session.settle();
    assert!(session.is_stale() && session.learning().is_some());
    assert!(Arc::ptr_eq(&old, &session.trained().unwrap().memory));
    session.apply(Command::StopLearning).unwrap();
    assert!(session.is_stale() && session.learning().is_none());
    // The old memory stays in use: a new cue is recorded in it, and nothing is learned again unasked.
    edit(&mut session, |recipe| recipe.cue.draw([(3, true)])).unwrap();
    do_all(&mut session, Command::Undo);
    edit(&mut session, |recipe| recipe.cue.draw([(4, true)])).unwrap();
    assert!(session.is_stale() && session.learning().is_none());
    let recording = session.recording().unwrap();
    assert!(
        Arc::ptr_eq(&old, recording.memory()) && *recording.cue() == session.cue().unwrap().cue
    );
    do_all(&mut session, Command::Learn);
    assert!(!session.is_stale());
    assert_eq!(session.recording().unwrap().patterns().n_patterns(), 700);
}

#[test]
fn a_finished_run_follows_the_slider_to_its_new_end() {
    let mut session = session();
    do_all(&mut session, Command::Settle);
    edit(&mut session, |recipe| {
        recipe.cue.corruption.flip.fraction = 0.1;
    })
    .unwrap();
    let recording = session.recording().unwrap();
    assert!(
        recording.verdict().is_some()
            && session.cursor() == recording.length()
            && session.cursor() > 0
    );
    do_all(&mut session, Command::Seek(0));
    edit(&mut session, |recipe| {
        recipe.cue.corruption.flip.fraction = 0.2;
    })
    .unwrap();
    assert_eq!(session.cursor(), 0);
}

#[test]
fn the_other_size_is_loaded_when_asked_for() {
    let mut session = session();
    edit(&mut session, |recipe| {
        recipe.world.mnist_mut().unwrap().size = Size::Crop14;
    })
    .unwrap();
    assert_eq!(session.patterns().unwrap().n_units(), 196);
    assert_eq!(session.state().unwrap().n_units(), 196);
    do_all(&mut session, Command::Undo);
    assert_eq!(session.state().unwrap().n_units(), 784);
}

#[test]
fn drawing_becomes_part_of_the_original_only_where_there_is_none_to_spoil() {
    let mut session = session();
    edit(&mut session, |recipe| {
        recipe.cue = Cue::new(Start::Empty);
        recipe.cue.draw([(10, true), (11, true)]);
    })
    .unwrap();
    let drawn = session.cue().unwrap().clone();
    assert_eq!((drawn.original.units()[10], drawn.cue.units()[10]), (1, 1));
    edit(&mut session, |recipe| {
        recipe.cue = Cue::new(Start::Stored(0));
        recipe.cue.draw([(10, true)]);
    })
    .unwrap();
    let spoiled = session.cue().unwrap();
    assert_eq!(
        (spoiled.original.units()[10], spoiled.cue.units()[10]),
        (-1, 1)
    );
}

#[test]
fn a_bad_picture_is_refused_by_name_and_a_good_one_waits() {
    let mut session = session();
    let open = |bytes: &[u8]| Command::OpenPicture {
        name: "seven.png".to_owned(),
        bytes: bytes.into(),
        ink: crate::worlds::picture::Ink::Auto,
    };
    session.apply(open(b"not a picture")).unwrap();
    let problem = loop {
        if let Some(problem) = session.advance(Duration::ZERO, LONG).problems.pop() {
            break problem;
        }
    };
    assert!(problem.to_string().starts_with("seven.png: "), "{problem}");
    let image = image::GrayImage::from_fn(40, 60, |x, _| {
        image::Luma([if (15..25).contains(&x) { 0 } else { 255 }])
    });
    let mut png = std::io::Cursor::new(Vec::new());
    image.write_to(&mut png, image::ImageFormat::Png).unwrap();
    do_all(&mut session, open(png.get_ref()));
    let picture = Arc::clone(&session.opened().unwrap().picture);
    edit(&mut session, |recipe| {
        recipe.cue = Cue::new(Start::Picture(picture));
    })
    .unwrap();
    assert!(
        session
            .state()
            .unwrap()
            .units()
            .iter()
            .filter(|unit| **unit > 0)
            .count()
            > 50
    );
}

/// The old memory is of signs and the new cue of letters, both of 135 units: it cannot be asked.
#[test]
fn stopping_between_signs_and_letters_keeps_what_was_there() {
    let mut session = session();
    edit(&mut session, |recipe| {
        recipe.world = World::parse("random:n=135,p=5").unwrap();
    })
    .unwrap();
    let before = session.state().unwrap();
    let mut recipe = session.recipe().clone();
    recipe.world = World::parse("protein:p=400").unwrap();
    session.apply(Command::Configure(Box::new(recipe))).unwrap();
    while session.learning().is_none() {
        assert_eq!(session.advance(Duration::ZERO, LONG).problems, []);
    }
    do_all(&mut session, Command::StopLearning);
    edit(&mut session, |recipe| recipe.cue.corruption.flip.seed += 1).unwrap();
    assert!(session.is_stale());
    assert_eq!(session.state(), Some(before));
}

/// A session driven by `workers` through recipe after recipe, each to its end.
fn driven(workers: Workers, budget: Duration) -> Session {
    let mut session = Session::new(Recipe::default(), workers);
    // The second size refines the first; finer ones do that again.
    let wish = PortraitWish {
        finest: SIDES[1],
        ..PortraitWish::default()
    };
    let wish = Command::Wish(Wish::Portrait(wish));
    session.apply(wish).unwrap();
    let recipes = [
        ("mnist:p=10,size=14", "pseudo-likelihood"),
        ("spin-glass:l=8,p=40", "perceptron:couplings=symmetric"),
        ("protein:p=30", "potts-hebb"),
        ("random:n=100,p=10", "max-stability"),
    ];
    for (world, rule) in recipes {
        let mut recipe = session.recipe().clone();
        recipe.world = World::parse(world).unwrap();
        recipe.track_mut().rule = LearningRule::parse(rule).unwrap();
        session.apply(Command::Configure(Box::new(recipe))).unwrap();
        work_through(&mut session, budget);
        for what in Measurement::ALL {
            if session.declined(*what).is_none() {
                session.apply(Command::Measure(*what)).unwrap();
            }
        }
        work_through(&mut session, budget);
        do_all(&mut session, Command::Settle);
    }
    session
}

/// Waits for all jobs, those that measure too; without threads, works on them.
fn work_through(session: &mut Session, budget: Duration) {
    let is_busy = |session: &Session| {
        let measuring = !session.work.measuring.is_empty();
        session.preparing().is_some() || session.learning().is_some() || measuring
    };
    while is_busy(session) {
        let advance = session.advance(Duration::ZERO, budget);
        assert_eq!(advance.problems, []);
        if is_busy(session) && matches!(session.work.workers, Workers::Caller) {
            assert_eq!(
                advance.again_after,
                Some(Duration::ZERO),
                "nobody else works"
            );
        }
        std::thread::yield_now();
    }
}

#[test]
fn a_session_without_threads_comes_to_the_same_bits() {
    let threaded = driven(threads(), LONG);
    for budget in [Duration::ZERO, Duration::from_millis(5)] {
        let inline = driven(Workers::Caller, budget);
        let memories = [&threaded, &inline].map(|session| &session.trained().unwrap().memory);
        assert_eq!(memories[0], memories[1]);
        assert_eq!(inline.state(), threaded.state());
        assert_eq!(inline.cursor(), threaded.cursor());
        assert_eq!(inline.margins(), threaded.margins());
        assert_eq!(inline.spectrum(), threaded.spectrum());
        let bonds = [&threaded, &inline].map(|session| session.compared_bonds().cloned());
        assert_eq!(bonds[0], bonds[1]);
        let scores = [&threaded, &inline].map(|session| &session.contact_map().unwrap().scores);
        assert_eq!(scores[0], scores[1]);
        assert_eq!(inline.basin(), threaded.basin());
    }
}
