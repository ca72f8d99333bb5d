//! Documents of every version, written out: what opens, and what is refused.

use super::*;
use crate::engine::attractors::CensusStarts;
use crate::engine::corrupt::Noise;
use crate::engine::rng::stream;
use crate::engine::settings::Kinds as _;
use crate::engine::{Alteration, Corruption, Dynamics, LearningRule, State};
use crate::lab::Vary;
use crate::lab::portraits::bands::BandsRecipe;
use crate::lab::portraits::{Landmark, PortraitRecipe};
use crate::session::Restriction;
use crate::trial::{Cue, Start, TrackRecipe};
use crate::worlds::World;
use std::sync::Arc;

/// A document with everything that one can hold.
pub(super) fn everything() -> Document {
    Document::of_json(THIRD).unwrap()
}

/// As version 1 wrote it: documents of it are to open for ever.
const FIRST: &str = r#"{
  "format": "engram session",
  "version": 1,
  "recipe": {
    "world": { "settings": { "name": "random", "n": 64, "p": 3, "activity": 0.5 } },
    "cue": { "start": { "stored": 1 }, "corruption": { "flip": { "fraction": 0.25, "seed": 9 } } },
    "max_sweeps": 50,
    "seed": 4,
    "tracks": [
      {
        "rule": { "settings": { "name": "hebb", "centring": "unit" } },
        "alteration": { "dilution": 0.5 },
        "dynamics": { "name": "glauber", "temperature": 0.5 }
      }
    ]
  },
  "clock": 12
}"#;

#[test]
fn a_document_of_the_first_version_opens_and_missing_keys_take_their_defaults() {
    let Document {
        recipe,
        clock,
        view,
        ..
    } = Document::of_json(FIRST).unwrap();
    let flip = Noise {
        fraction: 0.25,
        seed: 9,
    };
    let expected = Recipe {
        world: World::parse("random:n=64,p=3,activity=0.5").unwrap(),
        cue: Cue {
            corruption: Corruption {
                flip,
                ..Corruption::default()
            },
            ..Cue::new(Start::Stored(1))
        },
        max_sweeps: 50,
        seed: 4,
        tracks: vec![TrackRecipe {
            name: String::new(),
            rule: LearningRule::parse("hebb:centring=unit").unwrap(),
            alteration: Alteration::parse("dilution=0.5").unwrap(),
            dynamics: Dynamics::parse("glauber:T=0.5").unwrap(),
        }],
        ..Recipe::default()
    };
    assert_eq!((recipe, clock), (expected, 12));
    assert!(view.is_null());
}

/// Version 2, with how one looked at it.
const SECOND: &str = r#"{
  "format": "engram session",
  "version": 2,
  "recipe": {
    "world": { "settings": { "name": "glyphs", "size": 8, "p": 6 } },
    "cue": { "start": { "unseen": 2 } },
    "max_sweeps": 100,
    "seed": 18446744073709551615,
    "tracks": [
      { "name": "ours", "rule": { "settings": { "name": "hebb" } }, "dynamics": { "name": "async" } },
      { "rule": { "settings": { "name": "storkey" } }, "dynamics": { "name": "sync" } }
    ]
  },
  "clock": 0,
  "view": { "tab": "Compare" }
}"#;

/// Version 3, with what is wanted of the attractors, a run of the lab and a teacher's options.
const THIRD: &str = r#"{
  "format": "engram session",
  "version": 3,
  "recipe": {
    "world": { "settings": { "name": "glyphs", "size": 8, "p": 6 } },
    "cue": { "start": { "stored": 0 } },
    "max_sweeps": 100,
    "seed": 1,
    "tracks": [{ "rule": { "settings": { "name": "hebb" } }, "dynamics": { "name": "async" } }]
  },
  "clock": 0,
  "wishes": {
    "portrait": { "plane": true, "around": [{ "start": { "stored": 4 } }, { "start": { "random": { "seed": 3 } } }], "finest": 256 },
    "census": { "starts": { "corrupted": 0.25 }, "count": 200 },
    "breaks": { "start": { "stored": 2 } },
    "bands": { "vary": "world.p=2..6", "starts": { "starts": "random", "count": 1000 } },
    "trees": [{ "settings": { "name": "pseudo-inverse", "ridge": 0.5 } }]
  },
  "lab": [
    {
      "world": { "settings": { "name": "random", "n": 64, "p": 3 } },
      "parts": [["experiment", "basins"], ["rules", "hebb,storkey"], ["seed", "5"], ["vary", "world.p=2;4"]]
    }
  ],
  "teacher": {
    "controls": { "rule": "locked", "card: Energy": "hidden" },
    "start": {
      "recipe": {
        "world": { "settings": { "name": "glyphs", "size": 8, "p": 6 } },
        "cue": { "start": "empty" },
        "max_sweeps": 100,
        "seed": 9,
        "tracks": [{ "rule": { "settings": { "name": "hebb" } }, "dynamics": { "name": "async" } }]
      },
      "clock": 7
    }
  }
}"#;

#[test]
fn a_document_of_the_second_version_opens_with_its_view_and_nothing_else() {
    let document = Document::of_json(SECOND).unwrap();
    assert_eq!(document.recipe.seed, u64::MAX);
    assert_eq!(document.recipe.tracks[0].name, "ours");
    assert_eq!(document.recipe.tracks[1].rule.kind(), "storkey");
    assert_eq!(document.recipe.cue, Cue::new(Start::Unseen(2)));
    assert_eq!(document.view["tab"], "Compare");
    let only = Document {
        recipe: document.recipe.clone(),
        view: document.view.clone(),
        ..Document::default()
    };
    assert_eq!(document, only);
    // What the next version added was no key of this one.
    for added in ["\"lab\": []", "\"outside\": {}"] {
        let mixed = SECOND.replacen("\"clock\"", &format!("{added}, \"clock\""), 1);
        assert!(Document::of_json(&mixed).is_err(), "{added}");
    }
}

#[test]
fn a_document_of_the_third_version_opens_with_wishes_runs_and_a_teachers_options() {
    let document = Document::of_json(THIRD).unwrap();
    let Wishes {
        portrait,
        census,
        breaks,
        walk,
        bands,
        trees,
    } = document.wishes.clone();
    assert_eq!(portrait.finest, 256);
    let corners = vec![
        Landmark::stored(4),
        Landmark::Start(Start::Random { seed: 3 }),
    ];
    assert_eq!(portrait.recipe, PortraitRecipe::Plane { corners });
    assert_eq!(census.starts, CensusStarts::Corrupted { share: 0.25 });
    assert_eq!((census.count, census.unseen), (200, false));
    assert_eq!(breaks.of, Landmark::stored(2));
    assert_eq!(walk, Wishes::default().walk);
    let bands = bands.unwrap();
    assert_eq!(bands.vary.to_string(), "world.p=2..6");
    // Whatever the setting along the axis stands at.
    assert_eq!(bands.recipe.n_patterns(), 2);
    assert_eq!(trees[0].track().rule.get("ridge"), Some(0.5));
    let [run] = &document.lab[..] else {
        panic!("{:?}", document.lab)
    };
    assert_eq!((run.seed, run.rules.len(), run.vary.len()), (5, 2, 1));
    assert_eq!(run.world, World::parse("random:n=64,p=3").unwrap());
    let teacher = &document.teacher;
    assert_eq!(teacher.of("rule"), Some(Restriction::Locked));
    assert_eq!(teacher.of("card: Energy"), Some(Restriction::Hidden));
    let start = teacher.start.as_ref().unwrap();
    assert_eq!((start.recipe.seed, start.clock), (9, 7));
    assert_eq!(Document::of_json(&document.to_json()).unwrap(), document);
    for (from, to, sentence) in [
        (
            "\"finest\": 256",
            "\"finest\": 100",
            "the pixels along a side of a picture of basins must be one of",
        ),
        (
            "\"count\": 200",
            "\"count\": 0",
            "the number of starts must be a whole number from 1",
        ),
        (
            "0.25",
            "2.5",
            "the share of corrupted units must be from 0 to 1",
        ),
        ("world.p=2..6", "world.p", "an axis must be written"),
        (
            "[\"seed\", \"5\"]",
            "[\"world\", \"mnist\"]",
            "world is given twice",
        ),
        ("\"locked\"", "\"shut\"", "a session is JSON"),
        ("\"seed\": 9", "\"seed\": -9", "a session is JSON"),
        ("\"basins\"", "\"basin\"", "there is no experiment 'basin'"),
    ] {
        assert!(THIRD.contains(from), "{from}");
        let said = Document::of_json(&THIRD.replacen(from, to, 1)).unwrap_err();
        assert!(
            said.to_string().starts_with(sentence),
            "{from} → {to}: {said}"
        );
    }
}

#[test]
fn bands_along_a_setting_that_is_gone_do_not_keep_a_session_from_opening() {
    let mut document = Document::default();
    let vary = Vary::parse("rule.ridge=0.1;0.2").unwrap();
    let bands = BandsRecipe::of(&document.recipe, vary, CensusStarts::Random, 100).unwrap();
    document.wishes.bands = Some(Arc::new(bands));
    assert_eq!(Document::of_json(&document.to_json()).unwrap(), document);
    document.recipe.track_mut().rule = LearningRule::parse("hebb").unwrap();
    let opened = Document::of_json(&document.to_json()).unwrap();
    assert_eq!(opened.recipe, document.recipe);
    assert_eq!(opened.wishes, Wishes::default());
}

#[test]
fn what_is_held_comes_with_its_units_and_a_line_leaves_out_what_has_no_room() {
    let state = Arc::new(State::from_fn(64, |unit| unit % 5 == 0));
    let held = Landmark::Held { name: "cue", state };
    let mut document = Document::of_json(THIRD).unwrap();
    document.wishes.walk.to = held;
    assert_eq!(Document::of_json(&document.to_json()).unwrap(), document);
    let shared = document.share().unwrap();
    assert_eq!(shared.left_out, Vec::<String>::new());
    let opened = Document::of_shared(&shared.text).unwrap();
    assert_eq!(opened.teacher, document.teacher);
    assert_eq!((opened.lab, opened.wishes), (Vec::new(), Wishes::default()));
    // A drawing at random has no short notation.
    let mut rng = stream(2, "drawing");
    let drawn: std::collections::BTreeMap<usize, bool> = (0..2000)
        .map(|unit| (unit, rand::RngExt::random(&mut rng)))
        .collect();
    let start = document.teacher.start.as_mut().unwrap();
    start.recipe.cue.drawn_above = Arc::new(drawn);
    let shared = document.share().unwrap();
    assert_eq!(shared.left_out, ["the start that students come back to"]);
}

#[test]
fn what_cannot_be_opened_is_refused_in_a_sentence() {
    for (from, to, sentence) in [
        (
            "\"version\": 1",
            "\"version\": 4",
            "this program opens sessions up to version 3, but this one is of version 4",
        ),
        (
            "\"version\": 1",
            "\"version\": 0",
            "this program opens sessions up to version 3, but this one is of version 0",
        ),
        (
            "engram session",
            "engram map",
            "the format of a session is 'engram session', but this one is 'engram map'",
        ),
        (
            "\"clock\"",
            "\"o'clock\"",
            "a session is JSON with format, version, recipe and clock, but reading it fails: unknown field `o'clock`",
        ),
        ("\"clock\": 12", "\"clock\": -1", "a session is JSON"),
        (
            "\"clock\": 12",
            "\"clock\": 12, \"view\": 1",
            "a session is JSON",
        ),
        ("\"seed\": 9", "\"sed\": 9", "a session is JSON"),
        ("}", "", "a session is JSON"),
        (
            "\"centring\"",
            "\"centering\"",
            "there is no setting 'centering'; known: diagonal, centring",
        ),
        (
            "\"unit\"",
            "\"none of them\"",
            "centring must be one of none, unit, all, not 'none of them'",
        ),
        (
            "\"activity\": 0.5",
            "\"activity\": 5",
            "activity must be a number from -0.98 to 0.98, not 5",
        ),
        (
            "\"hebb\"",
            "\"hebbian\"",
            "there is no rule 'hebbian'; known: hebb",
        ),
        (
            "\"dilution\": 0.5",
            "\"dilution\": 1.5",
            "dilution must be a number from 0 to 1, not 1.5",
        ),
        (
            "0.25",
            "1.25",
            "flip must be a number from 0 to 1, not 1.25",
        ),
        (
            "\"max_sweeps\": 50",
            "\"max_sweeps\": 0",
            "the number of sweeps must be from 1 to 10000, not 0",
        ),
        (
            "\"settings\": { \"name\": \"random\"",
            "\"picked\": [1], \"settings\": { \"name\": \"random\"",
            "the world random has no digits picked by hand, but there are some",
        ),
    ] {
        let said = Document::of_json(&FIRST.replacen(from, to, 1))
            .unwrap_err()
            .to_string();
        assert!(said.starts_with(sentence), "{from} → {to}: {said}");
    }
}
