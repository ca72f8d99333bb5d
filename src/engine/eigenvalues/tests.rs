//! Eigenvalues against a library's, by hand where a formula is known, and step by step.

use super::*;
use crate::engine::rng::stream;
use faer::{Mat, Side};
use ndarray::{Array2, array};
use rand::RngExt as _;

fn eigenvalues(matrix: &Array2<f32>, symmetric: bool) -> Vec<[f64; 2]> {
    let mut search = Eigenvalues::new(matrix.nrows(), symmetric);
    while search.step(|row| row_of(matrix, row)).unwrap() {}
    let mut values = search.values();
    values.sort_by(|a, b| a[0].total_cmp(&b[0]).then(a[1].total_cmp(&b[1])));
    values
}

fn row_of(matrix: &Array2<f32>, row: usize) -> &[f32] {
    let n = matrix.nrows();
    &matrix.as_slice().unwrap()[row * n..(row + 1) * n]
}

fn random(n: usize) -> Array2<f32> {
    let mut rng = stream(9, "eigenvalues test");
    Array2::from_shape_simple_fn((n, n), || rng.random_range(-1.0..1.0))
}

/// The largest distance of one of `found` from the nearest of `wanted`, over the size of the matrix.
fn distance(found: &[[f64; 2]], wanted: &[[f64; 2]]) -> f64 {
    assert_eq!(found.len(), wanted.len());
    let size = wanted.iter().map(|[re, im]| re.hypot(*im));
    let size = size.fold(f64::MIN_POSITIVE, f64::max);
    let gap = |one: &[f64; 2]| {
        let gaps = wanted
            .iter()
            .map(|two| (one[0] - two[0]).hypot(one[1] - two[1]));
        gaps.fold(f64::INFINITY, f64::min)
    };
    found.iter().map(gap).fold(0.0, f64::max) / size
}

fn by_library(matrix: &Array2<f32>, symmetric: bool) -> Vec<[f64; 2]> {
    let n = matrix.nrows();
    let wide = Mat::from_fn(n, n, |i, j| f64::from(matrix[[i, j]]));
    if symmetric {
        let found = wide.self_adjoint_eigenvalues(Side::Lower).unwrap();
        return found.into_iter().map(|value| [value, 0.0]).collect();
    }
    let found = wide.eigenvalues().unwrap();
    found
        .into_iter()
        .map(|value| [value.re, value.im])
        .collect()
}

#[test]
fn a_library_finds_the_same() {
    for n in [1, 2, 3, 4, 7, 8, 9, 33, 120] {
        let matrix = random(n);
        let symmetric = &matrix + &matrix.t();
        for (matrix, symmetric) in [(matrix, false), (symmetric, true)] {
            let found = eigenvalues(&matrix, symmetric);
            let gap = distance(&found, &by_library(&matrix, symmetric));
            assert!(gap < 1e-11, "N = {n}, symmetric: {symmetric}: {gap}");
            assert!(distance(&by_library(&matrix, symmetric), &found) < 1e-11);
        }
    }
}

#[test]
fn roots_of_unity_are_the_eigenvalues_of_a_cyclic_shift() {
    // QR iterations without exceptional shifts never end on it.
    for n in [3_usize, 4, 12] {
        let shift = Array2::from_shape_fn((n, n), |(i, j)| f32::from((j + 1) % n == i));
        let wanted: Vec<[f64; 2]> = (0..n)
            .map(|k| std::f64::consts::TAU * k as f64 / n as f64)
            .map(|angle| [angle.cos(), angle.sin()])
            .collect();
        let found = eigenvalues(&shift, false);
        assert!(distance(&found, &wanted) < 1e-12 && distance(&wanted, &found) < 1e-12);
    }
}

#[test]
fn what_is_diagonal_triangular_or_nothing_is_read_off() {
    let zero = Array2::zeros((5, 5));
    assert_eq!(eigenvalues(&zero, false), [[0.0; 2]; 5]);
    assert_eq!(eigenvalues(&zero, true), [[0.0; 2]; 5]);
    let triangular = array![[3.0, 5.0, 7.0], [0.0, 1.0, 9.0], [0.0, 0.0, 2.0]];
    let wanted = [[1.0, 0.0], [2.0, 0.0], [3.0, 0.0]];
    assert_eq!(eigenvalues(&triangular, false), wanted);
    let diagonal = Array2::from_diag(&array![2.0, 3.0, 1.0]);
    assert_eq!(eigenvalues(&diagonal, true), wanted);
}

/// Projectors have eigenvalues 0 and 1, many times each.
#[test]
fn equal_eigenvalues_stay_equal() {
    let n = 40;
    let mut rng = stream(10, "eigenvalues test");
    let signs: Vec<f32> = (0..n)
        .map(|_| if rng.random() { 1.0 } else { -1.0 })
        .collect();
    // Two blocks of ξ ξᵀ / 20.
    let projector = Array2::from_shape_fn((n, n), |(i, j)| {
        if i / 20 == j / 20 {
            signs[i] * signs[j] / 20.0
        } else {
            0.0
        }
    });
    for symmetric in [false, true] {
        let found = eigenvalues(&projector, symmetric);
        let wanted = |at: usize| if at < n - 2 { 0.0 } else { 1.0 };
        for (at, value) in found.iter().enumerate() {
            assert!(
                (value[0] - wanted(at)).abs() < 1e-6 && value[1].abs() < 1e-6,
                "{value:?}"
            );
        }
    }
}

/// A few patterns: nearly all of the reduced matrix is rounding.
#[test]
fn low_rank_converges() {
    let n = 300;
    let mut rng = stream(11, "eigenvalues test");
    let patterns =
        Array2::from_shape_simple_fn((5, n), || if rng.random() { 1.0_f32 } else { -1.0 });
    let mut symmetric = patterns.t().dot(&patterns) / n as f32;
    symmetric.diag_mut().fill(0.0);
    let mut other = patterns.clone();
    other.row_mut(0).mapv_inplace(|_| 0.5);
    let asymmetric = patterns.t().dot(&other) / n as f32;
    for (matrix, symmetric) in [(symmetric, true), (asymmetric, false)] {
        let matrix = matrix.as_standard_layout().to_owned();
        let found = eigenvalues(&matrix, symmetric);
        let wanted = by_library(&matrix, symmetric);
        assert!(distance(&found, &wanted) < 1e-7 && distance(&wanted, &found) < 1e-7);
    }
}

/// No step of a large matrix is long: what it changes is bounded, whatever N is.
#[test]
fn steps_are_short() {
    for symmetric in [false, true] {
        let n = 300;
        let matrix = random(n);
        let mut reduction = Reduction::new(
            matrix.iter().copied().map(f64::from).collect(),
            n,
            symmetric,
        );
        let mut steps = 0;
        while reduction.step(10_000) {
            steps += 1;
        }
        let all = n * n * n / if symmetric { 6 } else { 2 };
        assert!(
            steps > all / (10_000 + n) && steps < 2 * all / 10_000,
            "{steps}"
        );
        if !symmetric {
            let mut iteration = Hessenberg::new(reduction.take_entries(), n);
            let mut steps = 0;
            while iteration.step(10_000).unwrap() {
                steps += 1;
            }
            assert!(steps > n * n * n / 10_000, "{steps}");
        }
    }
}
