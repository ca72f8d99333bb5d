//! What holds for every world.

use super::*;
use crate::engine::LearningRule;
use crate::engine::rng::stream;
use crate::engine::settings::tests::{every_key_there_and_back, written_and_read_back};
use crate::engine::settings::{Kinds, SettingKind};

#[test]
fn every_world_reads_its_own_notation_and_refuses_nonsense() {
    for make in World::ALL {
        let world = make();
        assert_eq!(World::parse(&world.notation()).unwrap(), world);
        world.check().unwrap();
        let about = world.about();
        assert!(World::parse(&format!("{}:none=1", about.name)).is_err());
        assert!(about.n_first <= world.settings().list().len());
        for setting in world.settings().list() {
            let below = match setting.kind {
                SettingKind::Number { min, .. } => (min - 1.0).to_string(),
                _ => "-1".to_owned(),
            };
            for value in ["", "nan", &below, "x"] {
                let text = format!("{}:{}={value}", about.name, setting.key);
                let error = World::parse(&text).unwrap_err().to_string();
                assert!(error.contains(setting.key), "{text}: {error}");
            }
            assert!(!setting.help.ends_with('.'), "{}", setting.help);
        }
    }
    let error = World::parse("moon").unwrap_err().to_string();
    assert!(
        error.starts_with("there is no world 'moon'; known: mnist, "),
        "{error}"
    );
}

/// Some settings do not go together; those worlds are left out of the round trip, not of the rest.
#[test]
fn every_world_with_any_settings_is_the_same_after_notation_and_document() {
    let mut rng = stream(5, "settings of worlds");
    for make in World::ALL {
        let mut sound = 0;
        for _ in 0..200 {
            let mut world = make();
            every_key_there_and_back(world.settings_mut(), &mut rng);
            if world.check().is_ok() {
                written_and_read_back(&world);
                sound += 1;
            }
        }
        assert!(sound > 10, "{}: {sound}", make().about().name);
    }
}

/// Sliders of all rules and worlds end within what is admitted, and the defaults are on them.
#[test]
fn every_slider_ends_within_its_setting() {
    let rules = LearningRule::all();
    let worlds = World::all();
    let rules = rules.iter().map(Kinds::any);
    for settings in rules.chain(worlds.iter().map(Kinds::any)) {
        for setting in settings.list() {
            let [min, max] = settings.slider_ends(setting.key).unwrap();
            let [least, most] = setting.ends();
            assert!(least <= min && min < max && max <= most, "{}", setting.key);
            let value = settings.get(setting.key).unwrap();
            assert!((min..=max).contains(&value), "{}: {value}", setting.key);
        }
    }
}

/// Each was changed to something else without a word.
#[test]
fn what_a_world_cannot_have_is_refused() {
    for (text, sentence) in [
        (
            "spin-glass:l=9",
            "l must be an even number from 8 to 64, not 9",
        ),
        (
            "glyphs:p=26,set=shapes",
            "26 glyphs asked for, but there are only 18 in this set",
        ),
        (
            "glyphs:set=shapes,p=26",
            "26 glyphs asked for, but there are only 18 in this set",
        ),
        ("mnist:size=20", "size must be one of 28, 14, not '20'"),
    ] {
        assert_eq!(World::parse(text).unwrap_err().to_string(), sentence);
    }
}

#[test]
fn as_many_digits_as_were_picked_are_those_that_were_picked() {
    let picked = mnist::MnistSettings {
        stored: mnist::Selection::Picked(vec![4, 2, 9]),
        ..mnist::MnistSettings::default()
    };
    let mut world = World::Mnist(picked);
    let before = world.clone();
    world.set("p", 3.0).unwrap();
    assert_eq!(world, before);
    world.set("p", 2.0).unwrap();
    let World::Mnist(fewer) = &world else {
        panic!("it is of digits");
    };
    assert_eq!(fewer.stored, mnist::Selection::Picked(vec![4, 2]));
    assert_eq!(Source::prepare(&world, 7).unwrap().available(), 2);
    world.set("p", 3.0).unwrap();
    assert_eq!(world.n_patterns(), 3);
}

#[test]
fn every_world_gives_the_same_patterns_to_the_same_seed() {
    for make in World::ALL {
        let world = make();
        let source = Source::prepare(&world, 7).unwrap();
        let stored = source.stored().unwrap();
        let again = Source::prepare(&world, 7).unwrap().stored().unwrap();
        assert_eq!(stored.patterns.rows(), again.patterns.rows());
        assert_eq!(stored.origins, again.origins);
        assert_eq!(stored.patterns.n_patterns(), world.n_patterns());
        assert_eq!(stored.origins.len(), world.n_patterns());
        assert!(stored.patterns.n_patterns() <= source.available());
        if let Some(grid) = world.settings().grid() {
            assert_eq!(stored.patterns.grid(), grid);
        }
        let few = source.n_unseen().min(3);
        for index in 0..few {
            let example = source.unseen(index).unwrap();
            assert_eq!(example, source.unseen(index).unwrap());
            assert_eq!(example.state.n_units(), stored.patterns.n_units());
        }
        assert!(source.unseen(source.n_unseen()).is_err());
        let shared = source
            .with(&world, 7)
            .expect("the same settings share their data");
        assert_eq!(
            shared.stored().unwrap().patterns.rows(),
            stored.patterns.rows()
        );
    }
}

/// By hand: how a file is read, and how an alignment is, are decided by these; the rest chooses from what was read.
#[test]
fn settings_that_decide_data_are_told_from_those_that_choose() {
    let of = |name: &str| {
        let world = World::named(name).unwrap();
        let list = world.settings().list().into_iter();
        let keys = list.filter(|setting| world.decides_data(setting.key));
        keys.map(|setting| setting.key).collect::<Vec<_>>()
    };
    assert_eq!(of("file"), ["side", "labels"]);
    assert_eq!(
        of("protein"),
        [
            "identity",
            "column-gaps",
            "sequence-gaps",
            "alphabet",
            "lower-case"
        ]
    );
}
