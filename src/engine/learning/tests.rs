//! What holds for every rule.

use super::*;
use crate::engine::patterns::{Grid, State};
use crate::engine::rng::stream;
use ndarray::Array2;
use rand::RngExt as _;

fn random_patterns(n_patterns: usize, n_units: usize) -> Arc<Patterns> {
    let mut rng = stream(1, "test patterns");
    let rows =
        Array2::from_shape_simple_fn((n_patterns, n_units), || if rng.random() { 1 } else { -1 });
    Arc::new(Patterns::new(rows, Grid::near_square(n_units), None).unwrap())
}

#[test]
fn every_rule_stores_a_pattern_and_gives_the_same_bits_again() {
    let patterns = random_patterns(3, 100);
    for make in LearningRule::ALL {
        let memory = make().learn(Arc::clone(&patterns), 1).unwrap();
        let state = patterns.state(2);
        let aligned = (0..100).all(|i| memory.field(&state, i) * f32::from(state.units()[i]) > 0.0);
        assert!(aligned, "{} does not hold its pattern", make().notation());
        assert_eq!(memory, make().learn(Arc::clone(&patterns), 1).unwrap());
    }
}

#[test]
fn every_rule_follows_a_permutation_of_the_units() {
    let patterns = random_patterns(4, 30);
    let permuted = Array2::from_shape_fn((4, 30), |(p, i)| patterns.rows()[[p, (i * 7 + 3) % 30]]);
    let permuted = Arc::new(Patterns::new(permuted, Grid::near_square(30), None).unwrap());
    // Dreams start at random, unit by unit: other units, other dreams. Without any, unlearning follows as well.
    let without_dreams = |mut rule: LearningRule| {
        if let LearningRule::Unlearning(unlearning) = &mut rule {
            unlearning.dreams = 0;
        }
        rule
    };
    for make in LearningRule::ALL {
        let rule = without_dreams(make());
        let (plain, moved) = (
            rule.learn(Arc::clone(&patterns), 1).unwrap(),
            rule.learn(Arc::clone(&permuted), 1).unwrap(),
        );
        for seed in 0..10 {
            let mut rng = stream(seed, "test states");
            let state = State::from_fn(30, |_| rng.random());
            let turned = State::from_fn(30, |i| state.units()[(i * 7 + 3) % 30] > 0);
            let (plain, moved) = (plain.fields(&state), moved.fields(&turned));
            for i in 0..30 {
                let expected = plain[(i * 7 + 3) % 30];
                assert!((moved[i] - expected).abs() < 1e-4 * (1.0 + expected.abs()));
            }
        }
    }
}

#[test]
fn every_rule_reads_its_own_notation_and_refuses_nonsense() {
    for make in LearningRule::ALL {
        let rule = make();
        assert_eq!(LearningRule::parse(&rule.notation()).unwrap(), rule);
        let about = rule.about();
        assert!(LearningRule::parse(&format!("{}:none=1", about.name)).is_err());
        for setting in about.settings {
            let below = match setting.kind {
                SettingKind::Number { min, .. } => (min - 1.0).to_string(),
                SettingKind::Whole { .. } | SettingKind::Choice(_) | SettingKind::Several(_) => {
                    "-1".to_owned()
                }
            };
            for value in ["", "nan", &below, "x"] {
                let text = format!("{}:{}={value}", about.name, setting.key);
                let error = LearningRule::parse(&text).unwrap_err().to_string();
                assert!(error.contains(setting.key), "{text}: {error}");
            }
        }
    }
    let error = LearningRule::parse("hebbian").unwrap_err();
    let names: Vec<&str> = LearningRule::ALL
        .iter()
        .map(|make| make().about().name)
        .collect();
    assert_eq!(
        error.to_string(),
        format!("there is no rule 'hebbian'; known: {}", names.join(", "))
    );
}

#[test]
fn no_rule_makes_a_nan_of_patterns_that_say_nothing() {
    let rows = Array2::from_elem((3, 9), -1_i8);
    let patterns = Arc::new(Patterns::new(rows, Grid::square(3), None).unwrap());
    for make in LearningRule::ALL {
        let memory = make().learn(Arc::clone(&patterns), 1).unwrap();
        assert!((0..9).all(|i| memory.field(&State::blank(9), i).is_finite()));
    }
}

#[test]
fn every_rule_takes_every_choice_and_says_a_sentence_of_it() {
    let patterns = random_patterns(3, 20);
    for make in LearningRule::ALL {
        for setting in make().about().settings {
            let values = match setting.kind {
                SettingKind::Number { min, max, .. } => vec![min, max],
                SettingKind::Whole { min, .. } => vec![f64::from(min)],
                SettingKind::Choice(names) => (0..names.len()).map(|name| name as f64).collect(),
                SettingKind::Several(names) => vec![1.0, f64::from((1_u32 << names.len()) - 1)],
            };
            for value in values {
                let mut rule = make();
                rule.set(setting.key, value).unwrap();
                assert_eq!(rule.get(setting.key), Some(value));
                assert!(rule.learn(Arc::clone(&patterns), 1).is_ok());
                let said = rule.rule().remarks(&patterns);
                let bad = |remark: &String| remark.contains("NaN") || remark.ends_with('.');
                assert!(!said.iter().any(bad), "{said:?}");
                assert!(!rule.rule().formula().is_empty());
            }
        }
    }
}

#[test]
fn every_preset_can_be_learned_and_written_down() {
    let patterns = random_patterns(3, 20);
    for make in LearningRule::ALL {
        for preset in make().about().presets {
            let text = format!("{}:preset={}@-0.3", make().about().name, preset.name);
            let rule = LearningRule::parse(&text).unwrap();
            assert!(rule.learn(Arc::clone(&patterns), 1).is_ok(), "{text}");
            assert_eq!(LearningRule::parse(&rule.notation()).unwrap(), rule);
        }
    }
}
