//! The Taylor rule against rules it contains, and against itself by the other way.

use super::learner::OneByOne;
use super::*;
use crate::engine::learning::{Centring, Hebb, LearningRule};
use crate::engine::memory::Memory;
use crate::engine::patterns::Grid;
use crate::engine::rng::stream;
use ndarray::Array2;
use rand::RngExt as _;

/// Patterns of mean activity −0.4.
fn biased(n_patterns: usize, n_units: usize) -> Arc<Patterns> {
    let mut rng = stream(3, "test patterns");
    let shape = (n_patterns, n_units);
    let rows = Array2::from_shape_simple_fn(shape, || if rng.random_bool(0.3) { 1 } else { -1 });
    Arc::new(Patterns::new(rows, Grid::near_square(n_units), None).unwrap())
}

fn learn(text: &str, patterns: &Arc<Patterns>) -> Memory {
    let rule = LearningRule::parse(text).unwrap();
    rule.learn(Arc::clone(patterns), 1).unwrap()
}

fn close(a: &Memory, b: &Memory) -> bool {
    let [a, b] = [a, b].map(|memory| memory.couplings().unwrap().to_array());
    (a - b).iter().all(|difference| difference.abs() < 1e-5)
}

#[test]
fn the_product_alone_is_hebbs_rule_to_the_last_bit() {
    let patterns = biased(7, 50);
    for diagonal in ["zero", "kept"] {
        let [taylor, hebb] =
            ["taylor", "hebb"].map(|name| learn(&format!("{name}:diagonal={diagonal}"), &patterns));
        assert_eq!(taylor, hebb);
    }
}

#[test]
fn covariance_is_hebbs_rule_without_the_mean() {
    let patterns = biased(7, 50);
    let mean = patterns.mean_activity();
    let covariance = learn(&format!("taylor:preset=covariance@{mean}"), &patterns);
    let hebb = LearningRule::Hebb(Hebb {
        centring: Centring::All,
        ..Hebb::default()
    });
    assert!(close(
        &covariance,
        &hebb.learn(Arc::clone(&patterns), 1).unwrap()
    ));
    assert!(covariance.couplings().unwrap().symmetric());
}

#[test]
fn sums_and_single_patterns_come_to_the_same() {
    let patterns = biased(7, 50);
    for coding in [Coding::Signs, Coding::ZeroOne] {
        let rule = Taylor {
            constants: [0.1, -0.3, 0.7, 0.2, -0.4, 0.9],
            coding,
            rate: 0.5,
            presentations: 3,
            diagonal: Diagonal::Kept,
            ..Taylor::default()
        };
        let mut learner = OneByOne::new(rule, Arc::clone(&patterns), 1);
        while learner.step().is_some() {}
        let summed = LearningRule::Taylor(rule).learn(Arc::clone(&patterns), 1);
        assert!(close(&learner.memory().unwrap(), &summed.unwrap()));
    }
}

#[test]
fn two_units_by_hand() {
    // x = (1, 0): ΔW_01, from unit 1 to unit 0, has x_j = 0 and x_i = 1; ΔW_10 the other way round.
    let rows = ndarray::array![[1, -1]];
    let patterns = Arc::new(Patterns::new(rows, Grid::near_square(2), None).unwrap());
    let text = "taylor:coding=0/1,c0=0.5,c1pre=0.25,c1post=1,c2pre=1,c2post=0.125,c2corr=2";
    let memory = learn(text, &patterns);
    let couplings = memory.couplings().unwrap();
    assert_eq!(couplings.value(0, 1), (0.5 + 1.0 + 0.125) / 2.0);
    assert_eq!(couplings.value(1, 0), (0.5 + 0.25 + 1.0) / 2.0);
}

#[test]
fn decay_by_hand_and_by_oja() {
    // One unit pair that agrees, then differs: W = 0.1, then 0.9 · 0.1 − 0.1 = −0.01.
    let rows = ndarray::array![[1, 1], [1, -1]];
    let patterns = Arc::new(Patterns::new(rows, Grid::near_square(2), None).unwrap());
    let memory = learn("taylor:preset=palimpsest,rate=0.1", &patterns);
    assert!((memory.couplings().unwrap().value(0, 1) + 0.01 / 2.0).abs() < 1e-8);
    // For ±1 units, x_i² = 1: Oja's rule is the same.
    let patterns = biased(7, 50);
    let [oja, palimpsest] =
        ["oja", "palimpsest"].map(|name| learn(&format!("taylor:preset={name}"), &patterns));
    assert_eq!(oja, palimpsest);
    assert!(palimpsest.couplings().unwrap().symmetric());
}

#[test]
fn the_seed_shuffles_only_if_asked() {
    let patterns = biased(7, 50);
    let learned = |order: &str, seed| {
        let text = format!("taylor:preset=oja,rate=0.2,presentations=2,order={order}");
        let rule = LearningRule::parse(&text).unwrap();
        rule.learn(Arc::clone(&patterns), seed).unwrap()
    };
    assert_eq!(learned("stored", 1), learned("stored", 2));
    assert_eq!(learned("shuffled", 1), learned("shuffled", 1));
    assert_ne!(learned("shuffled", 1), learned("shuffled", 2));
}

#[test]
fn what_grows_without_end_is_told() {
    let patterns = biased(7, 50);
    // W = ±1 doubles and adds up to 2^k − 1 at most, beyond 1e15 at k = 50.
    let rule = LearningRule::parse("taylor:w0=1,presentations=20").unwrap();
    let error = rule.learn(Arc::clone(&patterns), 1).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the couplings grew beyond all bounds at presentation 50 of 140; make the terms in W smaller or negative, or lower the learning rate"
    );
}

#[test]
fn presets_are_within_reach_of_the_sliders() {
    for preset in ABOUT.presets {
        for activity in [-1.0, -0.3, 0.0, 1.0] {
            let mut rule = LearningRule::parse("taylor:c1pre=1,w1pre=1,coding=0/1").unwrap();
            rule.apply_preset(preset.name, activity).unwrap();
            assert_eq!(
                (rule.get("w1pre"), rule.get("coding")),
                (Some(0.0), Some(0.0))
            );
        }
    }
}

#[test]
fn formula_and_remarks_have_the_numbers() {
    let said = |text: &str| {
        let rule = LearningRule::parse(&format!("taylor:{text}")).unwrap();
        let formula = rule.rule().formula().into_owned();
        (formula, rule.rule().remarks(&biased(10, 100)).join("\n"))
    };
    let (formula, remarks) = said("");
    assert_eq!(formula, r"\Delta J_{ij} = \frac{1}{N}\, x_i x_j");
    assert!(remarks.contains("signal-to-noise 10.0"), "{remarks}");
    let (formula, remarks) = said("c1pre=-0.25,c0=0.5,c2post=0.1");
    assert_eq!(
        formula,
        r"\Delta J_{ij} = \frac{1}{N}\, (x_i x_j + 0.1 x_i^2 − 0.25 x_j + 0.5)"
    );
    assert!(remarks.contains("constant 0.6, input −0.25, output 0, Hebb 1"));
    assert!(remarks.contains("asymmetric"), "{remarks}");
    let (formula, remarks) = said("preset=oja");
    assert_eq!(
        formula,
        r"\Delta J_{ij} = \frac{0.01}{N}\, (x_i x_j − N J_{ij} x_i^2)"
    );
    assert!(
        remarks.contains("lose 1.0 % with every pattern"),
        "{remarks}"
    );
    let (_, remarks) = said("coding=0/1");
    assert!(remarks.contains("input 0.25, output 0.25, Hebb 0.25"));
    assert!(said("c2corr=-1").1.contains("repel"));
}

#[test]
fn energies_exist_where_both_units_count_the_same() {
    let patterns = biased(7, 50);
    let symmetric = |text: &str| learn(text, &patterns).couplings().unwrap().symmetric();
    assert!(symmetric("taylor:c1pre=0.3,c1post=0.3,c2pre=-0.7,c0=0.1"));
    assert!(!symmetric("taylor:c1pre=0.3,c1post=0.2"));
    assert!(!symmetric("taylor:preset=presynaptic@-0.4"));
    assert!(symmetric(
        "taylor:rate=0.01,w1pre=0.3,w1post=0.3,w2corr=-0.2"
    ));
}
