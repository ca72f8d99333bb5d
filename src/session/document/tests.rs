//! Documents there and back: every world and every rule, whatever comes with them; what is refused.

use super::*;
use crate::engine::corrupt::{Half, Noise, Rectangle};
use crate::engine::learning::LoadedCouplings;
use crate::engine::patterns::Letters;
use crate::engine::rng::{Stream, stream};
use crate::engine::settings::Kinds;
use crate::engine::settings::tests::admitted;
use crate::engine::{Alteration, Corruption, Couplings, Dynamics, LearningRule, State};
use crate::trial::{AddedPattern, Cue, MAX_TRACKS, Start, TrackRecipe, run};
use crate::worlds::files::{File, Input};
use crate::worlds::mnist::{MnistSettings, Selection};
use crate::worlds::{World, picture};
use ndarray::Array2;
use std::sync::Arc;

/// The recipe, written and opened again.
fn reopened(recipe: &Recipe) -> Recipe {
    let document = Document {
        recipe: recipe.clone(),
        clock: u64::MAX,
        view: serde_json::json!({"tab": "Compare", "brush": 2.5}),
        ..Document::default()
    };
    let opened = Document::of_json(&document.to_json()).unwrap();
    assert_eq!(opened, document);
    opened.recipe
}

/// The kind with settings at random, or as it is where they do not go together.
fn any_settings<K: Kinds + Clone>(kind: &K, rng: &mut Stream) -> K {
    let mut changed = kind.clone();
    for setting in kind.any().list() {
        let value = admitted(setting, rng);
        changed.any_mut().set(setting.key, value).unwrap();
    }
    match changed.any().check_all() {
        Ok(()) => changed,
        Err(_) => kind.clone(),
    }
}

fn picture() -> Start {
    let ink = image::GrayImage::from_fn(40, 40, |x, y| {
        image::Luma([if x / 6 == 3 && y > 5 { 0 } else { 255 }])
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    ink.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    Start::Picture(Arc::new(picture::read(bytes.get_ref()).unwrap()))
}

fn loaded() -> LearningRule {
    let mut rng = stream(1, "couplings");
    let weights = Array2::from_shape_simple_fn((64, 64), || rand::RngExt::random(&mut rng));
    let couplings = Couplings::new(weights, 0.1).unwrap();
    LearningRule::LoadedCouplings(LoadedCouplings::new("J.npy", Arc::new(couplings)))
}

fn added(state: State) -> Arc<AddedPattern> {
    Arc::new(AddedPattern {
        state,
        label: "by hand".into(),
    })
}

#[test]
fn every_world_and_every_rule_with_any_settings_opens_to_an_equal_recipe() {
    let mut rng = stream(5, "documents");
    for _ in 0..20 {
        for world in World::all() {
            let mut recipe = Recipe {
                world: any_settings(&world, &mut rng),
                ..Recipe::default()
            };
            let dynamics = Dynamics::Glauber {
                temperature: 1.0 / 3.0,
            };
            for rules in LearningRule::all().chunks(MAX_TRACKS) {
                let track = |rule| TrackRecipe {
                    name: "Ours, as of “today”".to_owned(),
                    rule: any_settings(rule, &mut rng),
                    alteration: Alteration::parse("asymmetry=0.1,dilution=0.2,cut=each").unwrap(),
                    dynamics,
                };
                recipe.tracks = rules.iter().map(track).collect();
                reopened(&recipe);
            }
        }
    }
}

#[test]
fn whatever_comes_besides_settings_opens_too() {
    let mut recipe = Recipe {
        world: World::Mnist(MnistSettings {
            stored: Selection::Picked(vec![7, 3, 19_999]),
            ..MnistSettings::default()
        }),
        added: vec![
            added(State::from_fn(784, |unit| unit % 3 == 0)),
            added(State::from_letters(&[0, 20, 3], Letters::PROTEIN).unwrap()),
            added(State::from_letters(&[0, 4], Letters::DNA).unwrap()),
            added(State::from_letters(&[3, 4], Letters::RNA).unwrap()),
            added(State::from_letters(&[0, 3], Letters::plain(4).unwrap()).unwrap()),
        ],
        removed: [3, 19_999].into(),
        cue: Cue {
            corruption: Corruption {
                shift: (-3, 28),
                invert: true,
                half: Some(Half::Bottom),
                rectangle: Some(Rectangle {
                    top: 1,
                    left: 2,
                    bottom: 3,
                    right: 4,
                }),
                mask: Noise {
                    fraction: 0.1,
                    seed: u64::MAX,
                },
                ..Corruption::default()
            },
            drawn_below: Arc::new([(5, true), (700, false)].into()),
            drawn_above: Arc::new([(6, false)].into()),
            ..Cue::new(picture())
        },
        max_sweeps: 17,
        seed: u64::MAX,
        tracks: vec![TrackRecipe::default()],
    };
    recipe.tracks[0].rule = loaded();
    for start in [
        picture(),
        Start::Stored(2),
        Start::Unseen(9),
        Start::Feature(0),
        Start::Random { seed: u64::MAX },
        Start::Empty,
    ] {
        recipe.cue.start = start;
        reopened(&recipe);
    }
}

pub(super) fn table() -> World {
    let rows: Vec<String> = (0..40_u32)
        .map(|k| format!("{},{},{},{}", k % 2, k / 2 % 2, k / 4 % 2, k / 8 % 2))
        .collect();
    let file = |name: &str, bytes: &[u8]| File {
        name: name.to_owned(),
        bytes: bytes.into(),
    };
    let files = vec![file("t.csv", rows.join("\n").as_bytes())];
    World::of_files(Arc::new(Input::new("t.csv", files).unwrap()))
        .with(vec![("p", "4"), ("labels", "none")])
        .unwrap()
}

fn family() -> World {
    let text = ">a\nACDEF\n>b\nACDEG\n>c\nAWDEF\n>d\nYCDEF\n";
    let file = File {
        name: "f.fasta".to_owned(),
        bytes: text.as_bytes().into(),
    };
    World::of_files(Arc::new(Input::new("f.fasta", vec![file]).unwrap()))
        .with(vec![("p", "3"), ("held-out", "0")])
        .unwrap()
}

/// Stored patterns, memory, cue, every flip and the last state.
fn assert_same_bits(recipe: &Recipe) {
    let [one, other] = [recipe, &reopened(recipe)].map(|recipe| run(recipe, |_, _| ()).unwrap());
    assert_eq!(one.inputs.patterns(), other.inputs.patterns());
    assert_eq!(one.inputs.cue, other.inputs.cue);
    for (one, other) in one.tracks.iter().zip(&other.tracks) {
        assert_eq!(one.learned.memory, other.learned.memory);
        assert_eq!(one.recording.length(), other.recording.length());
        assert!(one.recording.flips().eq(other.recording.flips()));
        assert_eq!(one.conclusion, other.conclusion);
    }
}

#[test]
fn the_same_bits_come_of_every_world_and_of_every_rule() {
    let small = |text: &str| World::parse(text).unwrap();
    let random = small("random:n=64,p=4,activity=0.1");
    for world in [
        small("mnist:size=14,p=9,digits=1+7"),
        small("glyphs:size=8,set=both,p=7,order=drawn"),
        random.clone(),
        small("features:n=100,alpha=0.1,alpha-d=0.07"),
        small("spin-glass:l=8,p=3,spacing=1,warm-up=100,rungs=2"),
        table(),
        family(),
    ] {
        let mut recipe = Recipe {
            world,
            ..Recipe::default()
        };
        recipe.cue.start = Start::Stored(1);
        if recipe.world.settings().alphabet().letters().is_some() {
            recipe.track_mut().rule = LearningRule::parse("potts-hebb:centring=letters").unwrap();
        }
        recipe.track_mut().dynamics = Dynamics::Glauber { temperature: 0.1 };
        assert_same_bits(&recipe);
    }
    for rule in LearningRule::all().into_iter().chain([loaded()]) {
        let signs = rule.is_for(crate::engine::patterns::Alphabet::Signs);
        let mut recipe = Recipe {
            world: if signs { random.clone() } else { family() },
            ..Recipe::default()
        };
        recipe.cue.start = Start::Stored(1);
        recipe.track_mut().rule = rule;
        assert_same_bits(&recipe);
    }
}

#[test]
fn a_spoiled_blob_is_refused_by_its_name() {
    let mut recipe = Recipe {
        world: table(),
        ..Recipe::default()
    };
    recipe.track_mut().rule = loaded();
    let json = Document {
        recipe,
        ..Document::default()
    }
    .to_json();
    let blobs: serde_json::Value = serde_json::from_str(&json).unwrap();
    let blobs = blobs["blobs"].as_object().unwrap();
    assert_eq!(blobs.len(), 2);
    let mut told = Vec::new();
    for (hash, bytes) in blobs {
        let bytes = bytes.as_str().unwrap();
        let spoiled = format!("AAAA{}", &bytes[4..]);
        let said = Document::of_json(&json.replace(bytes, &spoiled))
            .unwrap_err()
            .to_string();
        assert!(
            said.contains(hash) && said.ends_with("it is damaged"),
            "{said}"
        );
        told.push(said);
    }
    for name in ["t.csv", "J.npy"] {
        assert!(
            told.iter().any(|said| said.contains(name)),
            "{name}: {told:?}"
        );
    }
}
