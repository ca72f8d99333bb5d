//! Projection by hand, by its defining equations, and where it is badly conditioned.

use super::*;
use crate::engine::patterns::Grid;
use crate::engine::rng::stream;
use ndarray::array;
use rand::RngExt as _;

fn learn(rows: Array2<i8>, rule: PseudoInverse) -> (Couplings, Arc<Patterns>) {
    let grid = Grid::near_square(rows.ncols());
    let patterns = Arc::new(Patterns::new(rows, grid, None).unwrap());
    let mut learner = rule.start(Arc::clone(&patterns), 1);
    while learner.step().is_some() {}
    (
        learner.memory().unwrap().couplings().unwrap().clone(),
        patterns,
    )
}

fn random_rows(n_patterns: usize, n_units: usize) -> Array2<i8> {
    let mut rng = stream(2, "test patterns");
    Array2::from_shape_simple_fn((n_patterns, n_units), || if rng.random() { 1 } else { -1 })
}

#[test]
fn one_pattern_by_hand() {
    let kept = PseudoInverse {
        diagonal: Diagonal::Kept,
        ridge: 1e-9,
    };
    let (couplings, _) = learn(array![[1, -1, 1, 1]], kept);
    // The projector on one pattern is ξ ξᵀ / N.
    assert!(
        (couplings.value(0, 1) + 0.25).abs() < 1e-6 && (couplings.value(2, 2) - 0.25).abs() < 1e-6
    );
}

#[test]
fn the_kept_diagonal_projects_patterns_onto_themselves() {
    let kept = PseudoInverse {
        diagonal: Diagonal::Kept,
        ridge: 1e-9,
    };
    let (couplings, patterns) = learn(random_rows(60, 100), kept);
    for pattern in 0..60 {
        let state = patterns.state(pattern);
        for (field, sign) in couplings.raw_fields(&state).iter().zip(state.units()) {
            assert!((field - f32::from(*sign)).abs() < 1e-4);
        }
    }
    // A projector: its trace is its rank.
    assert!((couplings.weights().diag().sum() - 60.0).abs() < 1e-3);
}

#[test]
fn the_zero_diagonal_leaves_fields_of_one_minus_the_projector() {
    let rows = random_rows(60, 100);
    let kept = learn(
        rows.clone(),
        PseudoInverse {
            diagonal: Diagonal::Kept,
            ridge: 1e-9,
        },
    )
    .0;
    let (zero, patterns) = learn(
        rows,
        PseudoInverse {
            diagonal: Diagonal::Zero,
            ridge: 1e-9,
        },
    );
    let state = patterns.state(7);
    for (unit, field) in zero.raw_fields(&state).iter().enumerate() {
        let expected = (1.0 - kept.value(unit, unit)) * f32::from(state.units()[unit]);
        assert!((field - expected).abs() < 1e-4);
    }
}

#[test]
fn more_patterns_than_units_take_the_other_side_to_the_same_couplings() {
    // With P = N both systems exist; beyond, a ridge of 1 keeps the result far from the identity.
    let ridge = PseudoInverse {
        diagonal: Diagonal::Kept,
        ridge: 1.0,
    };
    let rows = random_rows(40, 20);
    let (couplings, _) = learn(rows.clone(), ridge);
    let x = rows.mapv(f32::from);
    let covariance = x.t().dot(&x) / 20.0;
    // (G + ε) J = G with G = ΞᵀΞ/N
    let residual = (&covariance + &Array2::<f32>::eye(20)).dot(couplings.weights()) - &covariance;
    assert!(residual.iter().all(|entry| entry.abs() < 1e-4));
}

#[test]
fn a_ridge_that_rounding_swallows_is_made_larger() {
    // 2²⁶/3 on every place: in double precision its neighbors are 3.7e-9 away, more than the ridge.
    let mut learner = Projection {
        rule: PseudoInverse {
            ridge: 1e-9,
            ..PseudoInverse::default()
        },
        patterns: Arc::new(Patterns::new(random_rows(2, 3), Grid::near_square(3), None).unwrap()),
        few: false,
        ridge: 1e-9,
        stage: Stage::Begun,
    };
    let same = Array2::from_elem((3, 3), 67_108_864.0_f32);
    let system = learner.system(&same);
    learner.stage = Stage::Solving(same, system);
    while learner.step().is_some() {}
    assert!(learner.memory().is_ok());
    let said = learner.ending().unwrap();
    assert!(
        said.starts_with("The ridge is 10⁻⁸: one of 10⁻⁹ is lost"),
        "{said}"
    );
    assert_eq!(raised(1e-9, 1e-9), None);
}

#[test]
fn repeated_patterns_stay_finite() {
    let rows = ndarray::concatenate![ndarray::Axis(0), random_rows(3, 50), random_rows(3, 50)];
    let (couplings, patterns) = learn(
        rows,
        PseudoInverse {
            diagonal: Diagonal::Kept,
            ridge: 1e-9,
        },
    );
    let fields = couplings.raw_fields(&patterns.state(0));
    assert!(
        fields
            .iter()
            .zip(patterns.pattern(0))
            .all(|(h, s)| (h - f32::from(*s)).abs() < 1e-3)
    );
}
