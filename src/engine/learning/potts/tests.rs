//! Gradients, closed forms, and the ±1 rule as the case of two letters.

use super::one_hot::{OneHot, chances};
use super::*;
use crate::engine::learning::{LearningRule, PottsHebb, PseudoLikelihood, StepReport};
use crate::engine::patterns::{Alphabet, Grid, Letters};
use crate::engine::rng::stream;
use ndarray::{Array1, Array2, Axis, array, concatenate};
use rand::RngExt as _;

fn patterns(rows: Array2<i8>, q: usize) -> Arc<Patterns> {
    let grid = Grid::near_square(rows.ncols());
    let letters = Alphabet::Letters(Letters::plain(q).unwrap());
    Arc::new(Patterns::of(rows, letters, grid, None).unwrap())
}

fn random_rows(n_patterns: usize, n_units: usize, q: i8) -> Array2<i8> {
    let mut rng = stream(2, "potts learning test");
    Array2::from_shape_simple_fn((n_patterns, n_units), || rng.random_range(0..q))
}

fn learned(rule: &LearningRule, patterns: &Arc<Patterns>) -> PottsCouplings {
    let memory = rule.learn(Arc::clone(patterns), 1).unwrap();
    memory.potts().unwrap().clone()
}

/// What the rule makes small for `site`, by the plain formula in double precision; `value(j, b, a)` is J_ij(a,b), and h_i(a)
/// at j = N.
fn objective(
    rule: &Potts,
    patterns: &Patterns,
    q: usize,
    site: usize,
    value: &dyn Fn(usize, usize, usize) -> f64,
) -> f64 {
    let n = patterns.n_units();
    let weight = |pattern| patterns.weights().map_or(1.0, |w| f64::from(w[pattern]));
    let cost = |pattern: usize| {
        let units = patterns.pattern(pattern);
        let field = |a: usize| {
            let others = (0..n).filter(|j| *j != site);
            let others = others.map(|j| value(j, units[j] as usize, a));
            value(n, 0, a) + others.sum::<f64>()
        };
        let sum: f64 = (0..q).map(|a| field(a).exp()).sum();
        weight(pattern) * (sum.ln() - field(units[site] as usize))
    };
    let costs: f64 = (0..patterns.n_patterns()).map(cost).sum();
    let squares = |j: usize, b: usize| (0..q).map(|a| value(j, b, a).powi(2)).sum::<f64>();
    let others = (0..n)
        .filter(|j| *j != site)
        .flat_map(|j| (0..q).map(move |b| (j, b)));
    let penalty: f64 = others.map(|(j, b)| squares(j, b)).sum();
    costs / patterns.total_weight() + rule.lambda_j * penalty + rule.lambda_h * squares(n, 0)
}

#[test]
fn gradients_are_finite_differences_of_the_cost() {
    let (n, q, site) = (4, 3, 1);
    let weights = (0..12).map(|pattern| 0.2 + 0.1 * pattern as f32).collect();
    let patterns = (*patterns(random_rows(12, n, 3), q)).clone();
    let patterns = patterns.weighted(weights).unwrap();
    let mut rng = stream(5, "potts gradient test");
    let one_hot = OneHot::new(&patterns, q);
    let mut table = vec![[0.0_f32; 8]; n * q + 1];
    for (line, values) in table.iter_mut().enumerate() {
        if line / q != site {
            values[..q].fill_with(|| rng.random_range(-1.0..1.0));
        }
    }
    let n_patterns = patterns.n_patterns();
    let (mut fields, mut shares) = (vec![[0.0; 8]; n_patterns], vec![[0.0; 8]; n_patterns]);
    one_hot.gather(&table, &mut fields);
    chances(&fields, &vec![[0.0; 8]; n_patterns], 0.0, q, &mut shares);
    let mut gradient = vec![[0.0; 8]; n * q + 1];
    one_hot.scatter(&shares, patterns.unit(site), &mut gradient);
    let bare = Potts {
        lambda_j: 0.0,
        lambda_h: 0.0,
        ..Potts::default()
    };
    let at = |line: usize, a: usize, step: f64| {
        let value = |j: usize, b: usize, of: usize| {
            let moved = if (j * q + b, of) == (line, a) {
                step
            } else {
                0.0
            };
            f64::from(table[j * q + b][of]) + moved
        };
        objective(&bare, &patterns, q, site, &value)
    };
    let cost = one_hot.cost(&fields, patterns.unit(site));
    assert!((cost / at(0, 0, 0.0) - 1.0).abs() < 1e-6);
    for line in (0..=n * q).filter(|line| line / q != site) {
        for a in 0..q {
            let slope = (at(line, a, 1e-4) - at(line, a, -1e-4)) / 2e-4;
            let found = f64::from(gradient[line][a]);
            assert!(
                (found - slope).abs() < 1e-4 * slope.abs().max(0.01),
                "{found} {slope}"
            );
        }
    }
    assert!(gradient.iter().all(|line| line[q..] == [0.0; 5]));
}

#[test]
fn the_minimum_is_one_with_penalties_and_weights() {
    let (n, q) = (6, 4);
    let weights = (0..30).map(|pattern| 0.1 + 0.05 * pattern as f32).collect();
    let patterns = (*patterns(random_rows(30, n, 4), q)).clone();
    let patterns = Arc::new(patterns.weighted(weights).unwrap());
    let rule = Potts {
        lambda_j: 0.02,
        lambda_h: 0.005,
        tolerance: 1e-5,
        ..Potts::default()
    };
    let found = learned(&LearningRule::Potts(rule), &patterns);
    for site in 0..n {
        let at = |place: Option<(usize, usize, usize)>, step: f64| {
            let value = |j: usize, b: usize, a: usize| {
                let moved = if Some((j, b, a)) == place { step } else { 0.0 };
                let value = if j == n {
                    found.fields()[[site, a]]
                } else {
                    found.value(site, a, j, b)
                };
                f64::from(value) + moved
            };
            objective(&rule, &patterns, q, site, &value)
        };
        for j in (0..=n).filter(|j| *j != site) {
            for (b, a) in [(0, 0), (0, 3), (if j < n { 2 } else { 0 }, 1)] {
                let place = Some((j, b, a));
                let slope = (at(place, 1e-4) - at(place, -1e-4)) / 2e-4;
                // The gradient at 0 has entries of about 0.1.
                assert!(slope.abs() < 1e-5, "site {site}, {place:?}: {slope:e}");
            }
        }
    }
}

#[test]
fn a_single_site_learns_its_frequencies() {
    let patterns = patterns(array![[0], [0], [1]], 2);
    let rule = Potts {
        lambda_h: 1e-5,
        tolerance: 1e-6,
        ..Potts::default()
    };
    let found = learned(&LearningRule::Potts(rule), &patterns);
    let difference = found.fields()[[0, 0]] - found.fields()[[0, 1]];
    assert!((difference - 2.0_f32.ln()).abs() < 1e-3, "{difference}");
}

#[test]
fn two_letters_learn_what_signs_learn_after_the_change_of_gauge() {
    let (n_patterns, n) = (60, 12);
    let half = random_rows(n_patterns / 2, n, 2);
    // With every pattern its inverse: no fields.
    let rows = concatenate![Axis(0), half, half.mapv(|letter| 1 - letter)];
    let signs = rows.mapv(|letter| 1 - 2 * letter);
    let signs = Arc::new(Patterns::new(signs, Grid::near_square(n), None).unwrap());
    // Σ_ab J(a,b)² = 4 J²: λ_J · 4 J² is ρ/2 J² with ρ = 8 λ_J.
    let mut ising = LearningRule::PseudoLikelihood(PseudoLikelihood::default());
    ising.apply_preset("plm", 0.0).unwrap();
    ising.set("l2", 0.08).unwrap();
    ising.set("tolerance", 1e-6).unwrap();
    let ising = ising.learn(signs, 1).unwrap();
    let rule = Potts {
        tolerance: 1e-6,
        ..Potts::default()
    };
    let potts = learned(&LearningRule::Potts(rule), &patterns(rows, 2));
    let sign = |letter: usize| 1.0 - 2.0 * letter as f32;
    let mut largest = 0.0_f32;
    for i in 0..n {
        for j in 0..n {
            let letters = [(0, 0), (0, 1), (1, 0), (1, 1)];
            let sum = letters.map(|(a, b)| sign(a) * sign(b) * potts.value(i, a, j, b));
            let expected = ising.couplings().unwrap().value(i, j);
            largest = largest.max(expected.abs());
            let found = 0.25 * sum.iter().sum::<f32>();
            assert!((found - expected).abs() < 1e-5, "{found} {expected}");
        }
    }
    assert!(largest > 0.1 && potts.fields().iter().all(|field| field.abs() < 1e-5));
}

#[test]
fn a_weight_of_two_is_a_pattern_twice_and_one_of_none_is_no_pattern() {
    let rows = random_rows(8, 6, 3);
    let twice: Vec<usize> = (0..8).chain([3]).filter(|pattern| *pattern != 5).collect();
    let twice = patterns(rows.select(Axis(0), &twice), 3);
    let mut weights = vec![1.0; 8];
    (weights[3], weights[5]) = (2.0, 0.0);
    let weighted = Arc::new((*patterns(rows, 3)).clone().weighted(weights).unwrap());
    let rule = Potts {
        tolerance: 1e-6,
        ..Potts::default()
    };
    let close = |a: &PottsCouplings, b: &PottsCouplings| {
        let pairs = a.pulls().iter().zip(b.pulls());
        pairs.map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
    };
    let difference = close(
        &learned(&LearningRule::Potts(rule), &weighted),
        &learned(&LearningRule::Potts(rule), &twice),
    );
    assert!(difference < 1e-5, "{difference:e}");
    let hebb = LearningRule::PottsHebb(PottsHebb::default());
    assert!(close(&learned(&hebb, &weighted), &learned(&hebb, &twice)) < 1e-6);
}

#[test]
fn a_chain_of_three_letters_gives_its_couplings_back() {
    // P(a_1 … a_N) ∝ Π e^{δ(a_i, a_i+1)}: each site is drawn from the one before it.
    let (n, n_patterns) = (10, 4000);
    let mut rng = stream(11, "potts chain");
    let stay = 1.0_f64.exp() / (1.0_f64.exp() + 2.0);
    let mut rows = Array2::zeros((n_patterns, n));
    for mut row in rows.outer_iter_mut() {
        row[0] = rng.random_range(0..3);
        for site in 1..n {
            let step = if rng.random::<f64>() < stay {
                0
            } else {
                rng.random_range(1..3)
            };
            row[site] = (row[site - 1] + step) % 3;
        }
    }
    let rule = Potts {
        lambda_j: 1e-4,
        couplings: PottsTie::Averaged,
        ..Potts::default()
    };
    let found = learned(&LearningRule::Potts(rule), &patterns(rows, 3));
    for i in 0..n {
        for j in i + 1..n {
            let mean = (0..3).map(|a| found.value(i, a, j, a)).sum::<f32>() / 3.0;
            // δ(a,b) is 2/3 on the diagonal in the zero-sum gauge. 4000 samples leave an error of about 0.02.
            let expected = if j == i + 1 { 2.0 / 3.0 } else { 0.0 };
            assert!((mean - expected).abs() < 0.08, "{i} {j}: {mean}");
        }
    }
}

#[test]
fn learning_halfway_leaves_later_sites_alone_and_stops_where_it_is_told() {
    let patterns = patterns(random_rows(20, 8, 5), 5);
    let rule = Potts {
        iterations: 1,
        couplings: PottsTie::Averaged,
        ..Potts::default()
    };
    let mut learner = rule.start(Arc::clone(&patterns), 1);
    let Some(StepReport { done, .. }) = learner.step() else {
        panic!("nothing was learned")
    };
    assert!(done > 0.0 && done < 1.0);
    let free = learner.memory().unwrap();
    let halfway = free.potts().unwrap();
    assert!(halfway.symmetric() && halfway.pulls().iter().any(|value| *value != 0.0));
    assert_eq!(halfway.fields().row(7), Array1::<f32>::zeros(5));
    while learner.step().is_some() {}
    assert_eq!(
        learner.ending().unwrap(),
        "8 of 8 sites have not come to a gradient of 10⁻⁴ after 1 iteration"
    );
}
