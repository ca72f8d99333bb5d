//! Ten thousand commands at random, a good share of them refused: what is refused changes nothing, in every reader.

use super::plan_tests::{finish, images};
use super::*;
use crate::engine::corrupt::{Noise, Rectangle};
use crate::engine::rng::{Stream, stream};
use crate::engine::{Couplings, Dynamics, Memory, Patterns, State};
use crate::trial::{AddedPattern, Cue, CueStates, Start, TrackRecipe};
use crate::worlds::files::{File, Input};
use crate::worlds::{Ink, World};
use ndarray::Array2;
use rand::RngExt as _;

/// What every reader says.
#[derive(Debug, PartialEq)]
struct Readings {
    recipe: Recipe,
    source: Option<*const Source>,
    patterns: Option<*const Patterns>,
    versions: [u64; 3],
    origins: Vec<usize>,
    tracks: Vec<(Option<*const Memory>, Option<RecordingReadings>)>,
    is_stale: bool,
    learning: Option<LearningHistory>,
    under_way: (bool, Option<f32>, Option<f32>),
    cue: Option<CueStates>,
    clock: (u64, bool, StepUnit, f64, bool),
    state: Option<State>,
    history: (bool, bool),
    looked_at: (Option<*const Opened>, Option<World>),
    measured: Vec<(bool, bool, Option<Error>)>,
    found: [bool; 5],
}

/// Of one recording: memory, length, flips, verdict, last state.
type RecordingReadings = (
    *const Memory,
    u64,
    usize,
    Option<crate::engine::Verdict>,
    State,
);

fn read(session: &Session) -> Readings {
    let of_recording = |recording: &crate::engine::Recording| {
        (
            Arc::as_ptr(recording.memory()),
            recording.length(),
            recording.n_flips(),
            recording.verdict(),
            recording.state_at(u64::MAX),
        )
    };
    let tracks = session.tracks().iter().map(|track| {
        let memory = track.trained().map(|trained| Arc::as_ptr(&trained.memory));
        (memory, track.recording().map(of_recording))
    });
    let measured = Measurement::ALL.iter().map(|what| {
        let (known, under_way) = (session.is_measured(*what), session.is_measuring(*what));
        (known, under_way, session.declined(*what))
    });
    let candidate = session.candidate();
    Readings {
        recipe: session.recipe().clone(),
        source: session.source().map(Arc::as_ptr),
        patterns: session.patterns().map(Arc::as_ptr),
        versions: [
            session.version(),
            session.patterns_version(),
            candidate.map_or(0, Candidate::version),
        ],
        origins: session.stored_origins().to_vec(),
        tracks: tracks.collect(),
        is_stale: session.is_stale(),
        learning: session.learning().cloned(),
        under_way: (
            session.is_learning_paused(),
            session.preparing(),
            session.reading(),
        ),
        cue: session.cue().cloned(),
        clock: (
            session.cursor(),
            session.is_playing(),
            session.step_unit(),
            session.speed(),
            session.can_go_on(),
        ),
        state: session.state(),
        history: (session.can_undo(), session.can_redo()),
        looked_at: (
            session.opened().map(std::ptr::from_ref),
            candidate.map(|it| it.world().clone()),
        ),
        measured: measured.collect(),
        found: [
            session.margins().is_some(),
            session.spectrum().is_some(),
            session.compared_bonds().is_some(),
            session.contact_map().is_some(),
            session.basin().is_some(),
        ],
    }
}

/// Twelve aligned sequences of six letters, all different.
fn alignment() -> World {
    let letters = b"ACDEFGHIKLMN";
    let sequence = |k: usize| -> String {
        let letter = |place: usize| letters[(k * (place + 1) + place) % letters.len()];
        (0..6).map(|place| char::from(letter(place))).collect()
    };
    let lines = (0..12).map(|k| format!(">s{k}\n{}\n", sequence(k)));
    let file = File {
        name: "a.fasta".to_owned(),
        bytes: lines.collect::<String>().into_bytes().into(),
    };
    let mut world = World::of_files(Input::new("a.fasta", vec![file]).unwrap().into());
    world.set("p", 5.0).unwrap();
    world
}

/// What the commands choose among, so that files and couplings are the same ones again and again.
struct Menu {
    worlds: Vec<World>,
    couplings: Vec<Arc<Couplings>>,
}

impl Menu {
    fn new() -> Self {
        let named = [
            "glyphs:p=4",
            "glyphs:p=9,size=8",
            "random:n=36,p=4",
            "random:n=64,p=3",
            "features:n=50,alpha=0.1,alpha-d=0.1",
            "spin-glass:l=8,p=3,warm-up=100,spacing=1,rungs=1",
        ];
        let named = named.iter().map(|notation| World::parse(notation).unwrap());
        let mut too_many = images(36);
        too_many.set("p", 300.0).unwrap();
        let opened = [images(36), images(25), too_many, alignment()];
        let couplings = [36, 64, 100].map(|n| {
            let weights =
                Array2::from_shape_fn((n, n), |(i, j)| f32::from(i != j) * ((i * j) % 7) as f32);
            Arc::new(Couplings::new(weights, 1.0).unwrap())
        });
        Self {
            worlds: named.chain(opened).collect(),
            couplings: couplings.into(),
        }
    }

    fn world(&self, rng: &mut Stream) -> World {
        self.worlds[rng.random_range(0..self.worlds.len())].clone()
    }

    fn command(&self, session: &Session, rng: &mut Stream) -> Command {
        let number = rng.random_range(0..400);
        match rng.random_range(0..40) {
            0..19 => Command::Configure(Box::new(self.edited(session, rng))),
            19 => Command::Replace(Box::new(self.edited(session, rng))),
            20..23 => Command::Undo,
            23..25 => Command::Redo,
            25 => Command::StepForward(StepUnit::Flip),
            26 => Command::StepForward(StepUnit::Unit),
            27 => Command::StepBack(StepUnit::Sweep),
            28 => Command::Seek(number),
            29 => Command::Play(number % 2 == 0),
            30 => Command::Settle,
            31 => Command::StopLearning,
            32 => Command::Learn,
            33 => Command::PauseLearning(number % 2 == 0),
            34 => Command::KeepLearning,
            35 => Command::SetSpeed(number as f64),
            36 => Command::UseCouplings {
                name: "J.npy".to_owned(),
                couplings: Arc::clone(&self.couplings[rng.random_range(0..self.couplings.len())]),
                remarks: Vec::new(),
            },
            37 => Command::OpenWorld(Box::new(self.world(rng))),
            38 => Command::Measure(Measurement::ALL[rng.random_range(0..Measurement::ALL.len())]),
            _ => Command::OpenPicture {
                name: "p.png".to_owned(),
                bytes: Arc::new([0; 3]),
                ink: Ink::Auto,
            },
        }
    }

    /// The recipe with one thing changed, to what is possible or not.
    fn edited(&self, session: &Session, rng: &mut Stream) -> Recipe {
        let mut recipe = session.recipe().clone();
        let index = rng.random_range(0..14);
        let share = f64::from(rng.random_range(-1_i32..=12)) / 10.0;
        match rng.random_range(0..20) {
            0 | 1 => recipe.world = self.world(rng),
            2 => {
                let p = [1.0, 3.0, 5.0, 8.0, 40.0][rng.random_range(0..5)];
                // What the world itself does not admit stays as it is.
                drop(recipe.world.set("p", p));
                drop(recipe.world.set("alpha-d", 0.02 * p));
            }
            3 | 4 => {
                let rules = LearningRule::ALL;
                recipe.track_mut().rule = rules[rng.random_range(0..rules.len())]();
            }
            5 => recipe.track_mut().alteration.dilution = share,
            6 => recipe.track_mut().dynamics = Dynamics::Glauber { temperature: share },
            7 => recipe.track_mut().dynamics = Dynamics::Synchronous,
            8 => recipe.cue.start = Start::Stored(index),
            9 => recipe.cue.start = Start::Unseen(100 * index),
            10 => recipe.cue.start = Start::Feature(index),
            11 => {
                recipe.cue.corruption.flip = Noise {
                    fraction: share,
                    seed: 3,
                };
            }
            12 => recipe.cue.corruption.invert = index % 2 == 0,
            13 => {
                recipe.cue.corruption.rectangle = Some(Rectangle {
                    top: 1,
                    left: 0,
                    bottom: index,
                    right: index / 2,
                });
            }
            14 => recipe.cue.draw([(3 * index, index % 2 == 0), (70, true)]),
            15 => recipe.max_sweeps = [0, 1, 20, 10_001][index % 4],
            16 => recipe.seed = index as u64 / 4,
            17 => recipe.added.extend(session.state().map(|state| {
                let label = "mine".into();
                Arc::new(AddedPattern { state, label })
            })),
            18 => {
                recipe.removed.insert(index);
            }
            _ => match index {
                0..7 => recipe.tracks.truncate(index),
                _ => recipe.tracks.push(TrackRecipe::default()),
            },
        }
        recipe.tracks.truncate(3);
        recipe.added.truncate(4);
        recipe
    }
}

/// Once nothing is under way, everything follows from the recipe in force.
fn assert_sound(session: &Session) {
    let source = session.source().expect("its world is prepared");
    let (patterns, cue) = (session.patterns().unwrap(), session.cue().unwrap());
    let recipe = session.recipe();
    assert_eq!(&recipe.cue.states(patterns, source).unwrap(), cue);
    for (track, request) in session.tracks().iter().zip(LearningRequest::all(recipe)) {
        let Some(recording) = track.recording() else {
            continue;
        };
        let trained = track.trained().unwrap();
        assert!(Arc::ptr_eq(recording.memory(), &trained.memory));
        if trained.made_from == request {
            assert_eq!(recording.cue(), &cue.cue);
        }
    }
}

#[test]
fn what_is_refused_changes_nothing_in_ten_thousand_commands() {
    let menu = Menu::new();
    let mut rng = stream(11, "commands");
    let recipe = Recipe {
        world: menu.worlds[0].clone(),
        cue: Cue::new(Start::Stored(0)),
        ..Recipe::default()
    };
    let mut session = Session::new(recipe, Workers::Caller);
    let (mut n_refused, mut n_taken_back, mut n_sound) = (0, 0, 0);
    for _ in 0..10_000 {
        let command = menu.command(&session, &mut rng);
        let before = read(&session);
        if session.apply(command.clone()).is_err() {
            n_refused += 1;
            assert_eq!(read(&session), before, "{command:?}");
        }
        match rng.random_range(0..8) {
            0 | 1 => (),
            2 => session.settle(),
            3 | 4 => drop(session.advance(Duration::from_millis(20), Duration::ZERO)),
            _ => {
                session.apply(Command::PauseLearning(false)).unwrap();
                let waits = session.preparing().is_some();
                n_taken_back += usize::from(waits && !finish(&mut session).is_empty());
                finish(&mut session);
                if !session.stopped {
                    n_sound += 1;
                    assert_sound(&session);
                }
            }
        }
    }
    assert!(n_refused > 1000, "{n_refused} were refused");
    assert!(n_taken_back > 20, "{n_taken_back} were taken back");
    assert!(n_sound > 2000, "{n_sound} times everything was looked at");
}
