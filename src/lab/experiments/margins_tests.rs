//! Tests of `margins`: hand-sized cases and published values.

use crate::lab::experiments::tests::{plan, table};

/// Theory a.8, α = 0.4, N = 400: after 1, 10, 100 steps the row norm is 0.79, 1.38, 2.24, the mean stability 1.57,
/// 1.45, 1.40, and m_c none, 0.60, 0.58.
#[test]
fn along_learning_as_published() {
    let rows = table(
        "margins:from=1,to=100,points=3,patterns=30,trials=1",
        "random:n=400,p=160",
        "pseudo-likelihood:optimiser=descent,l2=0,eta=0.5",
        "sync",
    );
    for (row, norm, mean) in [(0, 0.79, 1.57), (1, 1.38, 1.45), (2, 2.24, 1.40)] {
        let found = [rows.number(row, "row_norm"), rows.number(row, "mean")];
        assert!((found[0] - norm).abs() < 0.03, "{found:?}");
        assert!((found[1] - mean).abs() < 0.03, "{found:?}");
    }
    assert!(rows.is_empty(0, "m_c") && rows.number(0, "min") < -1.0);
    assert!((rows.number(1, "m_c") - 0.60).abs() < 0.04);
    assert!((rows.number(2, "m_c") - 0.58).abs() < 0.04);
    assert!(rows.number(2, "min") > 0.5);
    assert!(rows.said[0].contains("row norm of 2.2"), "{:?}", rows.said);
    // Gardner's κ(0.4) = 1.242, which the smallest stability stays below.
    assert!((rows.number(2, "kappa") - 1.242).abs() < 1e-3);
    assert!(rows.number(2, "min") < rows.number(2, "kappa"));
    assert!(rows.said[0].contains("κ(α) = 1.24"), "{:?}", rows.said);
}

#[test]
fn a_larger_penalty_keeps_the_norm_small() {
    let rows = table(
        "margins:along=penalty,least=0.01,most=1,points=2,overlaps=3,patterns=5",
        "random:n=60,p=12",
        "pseudo-likelihood",
        "sync",
    );
    assert!(!rows.is_empty(0, "kappa"));
    let biased = "random:n=60,p=12,activity=0.3";
    let experiment = "margins:from=1,to=2,points=2,overlaps=3,patterns=5";
    let biased = table(experiment, biased, "pseudo-likelihood", "sync");
    assert!(biased.is_empty(0, "kappa"));
    assert!(rows.number(0, "row_norm") > 1.5 * rows.number(1, "row_norm"));
}

#[test]
fn other_rules_are_refused_in_a_sentence() {
    let refused = |experiment, rule| {
        let plan = plan(experiment, "random:n=60,p=6", rule, "sync");
        plan.unwrap_err().to_string()
    };
    assert!(refused("margins", "hebb").contains("learning time does nothing in hebb"));
    assert!(refused("margins:along=penalty", "pseudo-inverse").contains("a penalty does nothing"));
    assert!(refused("margins:from=9,to=3", "pseudo-likelihood").contains("must be"));
    let same = plan(
        "margins:from=1,to=3,points=9",
        "random:n=60,p=6",
        "pseudo-likelihood",
        "sync",
    );
    assert_eq!(same.unwrap().axis().values, [1.0, 2.0, 3.0]);
}
