//! What holds for every rule.

use super::*;
use crate::engine::patterns::{Alphabet, Grid, Letters, State};
use crate::engine::rng::stream;
use crate::engine::settings::tests::{every_key_there_and_back, written_and_read_back};
use ndarray::Array2;
use rand::RngExt as _;

fn random_patterns(n_patterns: usize, n_units: usize) -> Arc<Patterns> {
    let mut rng = stream(1, "test patterns");
    let rows =
        Array2::from_shape_simple_fn((n_patterns, n_units), || if rng.random() { 1 } else { -1 });
    Arc::new(Patterns::new(rows, Grid::near_square(n_units), None).unwrap())
}

/// Random patterns of units that `rule` is for: ±1, or four letters.
fn suited(rule: &LearningRule, n_patterns: usize, n_units: usize) -> Arc<Patterns> {
    let signs = random_patterns(n_patterns, n_units);
    if rule.suits(&signs).is_ok() {
        return signs;
    }
    let mut rng = stream(1, "test letters");
    let letters = Alphabet::Letters(Letters::plain(4).unwrap());
    let rows = Array2::from_shape_simple_fn((n_patterns, n_units), || letters.random(&mut rng));
    Arc::new(Patterns::of(rows, letters, Grid::near_square(n_units), None).unwrap())
}

#[test]
fn every_rule_stores_a_pattern_and_gives_the_same_bits_again() {
    for make in LearningRule::ALL {
        let patterns = suited(&make(), 3, 100);
        let memory = make().learn(Arc::clone(&patterns), 1).unwrap();
        let state = patterns.state(2);
        // A letter that all sequences have at a site is nothing that covariances tell of.
        let silent = |unit| {
            let values = patterns.unit(unit);
            patterns.alphabet() != Alphabet::Signs && values.iter().all(|v| *v == values[0])
        };
        let hold = |unit| memory.hold(&state, unit, memory.field(&state, unit));
        let held = |unit| hold(unit) > 0.0 || (silent(unit) && hold(unit) == 0.0);
        assert!(
            (0..100).all(held),
            "{} does not hold its pattern",
            make().notation()
        );
        assert_eq!(memory, make().learn(Arc::clone(&patterns), 1).unwrap());
    }
}

/// So that a window can begin to learn within a frame and cancel at any time. Dense memories are their patterns.
#[test]
fn nothing_is_learned_before_the_first_step() {
    let with_settings = [
        "perceptron:couplings=symmetric",
        "pseudo-likelihood:couplings=symmetric",
    ]
    .map(|text| LearningRule::parse(text).unwrap());
    let rules = LearningRule::ALL.iter().map(|make| make());
    for rule in rules.chain(with_settings) {
        let patterns = suited(&rule, 9, 30);
        let memory = rule.start(patterns, 1).unwrap().memory().unwrap();
        if let Some(couplings) = memory.couplings() {
            let zero = couplings.weights().iter().all(|weight| *weight == 0.0);
            assert!(zero, "{}", rule.notation());
        }
        if let Some(potts) = memory.potts() {
            assert!(
                potts.pulls().iter().all(|pull| *pull == 0.0),
                "{}",
                rule.notation()
            );
        }
    }
}

#[test]
fn every_rule_is_for_signs_or_for_letters_and_says_so() {
    let signs = random_patterns(3, 16);
    let potts = LearningRule::named("potts").unwrap();
    let letters = suited(&potts, 3, 16);
    for make in LearningRule::ALL {
        let [other, own] = if make().suits(&signs).is_ok() {
            [&letters, &signs]
        } else {
            [&signs, &letters]
        };
        assert!(make().suits(own).is_ok());
        let refusal = make().suits(other).unwrap_err();
        let said = refusal.to_string();
        assert!(said.contains(make().about().name), "{said}");
        let Err(started) = make().start(Arc::clone(other), 1) else {
            panic!("{said}, but it starts")
        };
        assert_eq!(started, refusal);
    }
    assert_eq!(
        potts.suits(&signs).unwrap_err().to_string(),
        "the rule potts is for units of letters, but these are units of ±1"
    );
    assert_eq!(
        LearningRule::ALL[0]()
            .suits(&letters)
            .unwrap_err()
            .to_string(),
        "the rule hebb is for units of ±1, but these are units of 4 letters"
    );
}

#[test]
fn every_rule_follows_a_permutation_of_the_units() {
    // Dreams start at random, unit by unit: other units, other dreams. Without any, unlearning follows as well. Where
    // sums run over sites, rounding tells; learned to the end, it tells little.
    //
    // The fast pseudo-likelihood stops a row once the gradients of all rows that go together are small, and which go
    // together depends on the order, so that a row may stop elsewhere; how far off is bounded. Its loss Σ_μ ln(1 + e^−z)
    // + w/2 |J_i|², w = ρ P/λ, has curvature w or more, so that a row whose gradient is g lies within |g|/w of the only
    // minimum. All gradients together are below the tolerance ε times those at J = 0, which are below √(N · P² N), since
    // |Σ_μ ξ_i ξ_j| ≤ P. With ρ = 1 that is N ε = 3e-5 for a row, and twice √(N − 1) as much for the fields of two runs:
    // 3.3e-4 at the very worst. A row has its share of the gradient, not all of it, and that is below the rounding
    // which all rules are allowed here.
    let without_dreams = |mut rule: LearningRule| {
        match &mut rule {
            LearningRule::Unlearning(unlearning) => unlearning.dreams = 0,
            LearningRule::Potts(potts) => potts.tolerance = 1e-6,
            LearningRule::PseudoLikelihood(rule) => (rule.tolerance, rule.l2) = (1e-6, 1.0),
            _ => {}
        }
        rule
    };
    for make in LearningRule::ALL {
        let rule = without_dreams(make());
        let patterns = suited(&rule, 4, 30);
        let (alphabet, grid) = (patterns.alphabet(), patterns.grid());
        let moved_to = |i: usize| (i * 7 + 3) % 30;
        let permuted = Array2::from_shape_fn((4, 30), |(p, i)| patterns.rows()[[p, moved_to(i)]]);
        let permuted = Arc::new(Patterns::of(permuted, alphabet, grid, None).unwrap());
        let (plain, moved) = (
            rule.learn(Arc::clone(&patterns), 1).unwrap(),
            rule.learn(permuted, 1).unwrap(),
        );
        for seed in 0..10 {
            let mut rng = stream(seed, "test states");
            let state = State::filled(alphabet, 30, |_| alphabet.random(&mut rng));
            let turned = State::filled(alphabet, 30, |i| state.units()[moved_to(i)]);
            let (plain, moved) = (plain.fields(&state), moved.fields(&turned));
            for i in 0..30 {
                let expected = plain[moved_to(i)];
                let difference = (moved[i] - expected).abs();
                let name = rule.about().name;
                assert!(
                    difference < 1e-4 * (1.0 + expected.abs()),
                    "{name}: {difference:e}"
                );
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
        for setting in rule.rule().list() {
            let below = match setting.kind {
                SettingKind::Number { min, .. } => (min - 1.0).to_string(),
                _ => "-1".to_owned(),
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
fn every_rule_with_any_settings_is_the_same_after_notation_and_document() {
    let mut rng = stream(5, "settings of rules");
    for make in LearningRule::ALL {
        for _ in 0..50 {
            let mut rule = make();
            every_key_there_and_back(rule.rule_mut(), &mut rng);
            written_and_read_back(&rule);
        }
    }
}

#[test]
fn no_rule_makes_a_nan_of_patterns_that_say_nothing() {
    for make in LearningRule::ALL {
        let alphabet = suited(&make(), 1, 9).alphabet();
        let blank = State::blank_of(alphabet, 9);
        let patterns = Patterns::of_states(&vec![blank.clone(); 3], Grid::square(3)).unwrap();
        let memory = make().learn(Arc::new(patterns), 1).unwrap();
        assert!((0..9).all(|i| memory.field(&blank, i).is_finite()));
    }
}

#[test]
fn every_rule_takes_every_choice_and_says_a_sentence_of_it() {
    for make in LearningRule::ALL {
        let patterns = suited(&make(), 3, 20);
        for setting in make().rule().list() {
            let values = match setting.kind {
                SettingKind::Number { min, max, .. } => vec![min, max],
                SettingKind::Whole { min, .. } | SettingKind::Even { min, .. } => {
                    vec![f64::from(min)]
                }
                SettingKind::Choice(items) => (0..items.len()).map(|item| item as f64).collect(),
                SettingKind::Several(items) => vec![1.0, f64::from((1_u32 << items.len()) - 1)],
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
fn what_is_refused_of_a_preset_leaves_the_rule_as_it_was() {
    let before = LearningRule::parse("taylor:rate=0.5,c0=0.1").unwrap();
    let mut rule = before.clone();
    // The first two are admitted; the third is not, or there is no such setting.
    for last in [("presentations", 0.0), ("none", 1.0)] {
        let refused = rule.set_all(&[("rate", 0.25), ("c0", 0.2), last]);
        assert!(refused.is_err());
        assert_eq!(rule, before);
    }
    for (name, activity) in [("hebbian", 0.0), ("covariance", 1.5), ("oja", f64::NAN)] {
        assert!(rule.apply_preset(name, activity).is_err(), "{name}");
        assert_eq!(rule, before);
    }
    rule.set_all(&[("rate", 0.25), ("c0", 0.2)]).unwrap();
    assert_eq!(rule.get("c0"), Some(0.2));
}

#[test]
fn every_preset_can_be_learned_and_written_down() {
    for make in LearningRule::ALL {
        let patterns = suited(&make(), 3, 20);
        for preset in make().about().presets {
            let text = format!("{}:preset={}@-0.3", make().about().name, preset.name);
            let rule = LearningRule::parse(&text).unwrap();
            assert!(rule.learn(Arc::clone(&patterns), 1).is_ok(), "{text}");
            assert_eq!(LearningRule::parse(&rule.notation()).unwrap(), rule);
        }
    }
}
