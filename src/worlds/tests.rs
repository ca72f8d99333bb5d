//! What holds for every world.

use super::*;
use crate::engine::settings::SettingKind;

#[test]
fn every_world_reads_its_own_notation_and_refuses_nonsense() {
    for make in World::ALL {
        let world = make();
        assert_eq!(World::parse(&world.notation()).unwrap(), world);
        world.check().unwrap();
        let about = world.about();
        assert!(World::parse(&format!("{}:none=1", about.name)).is_err());
        assert!(about.n_first <= about.settings.len());
        for setting in about.settings {
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
