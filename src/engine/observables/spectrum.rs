//! Eigenvalues of J: real where J is symmetric, complex otherwise.
//!
//! Independent entries of variance v fill the circle of radius √(vN) evenly, a symmetric matrix of them the semicircle
//! of radius 2√(vN) (Girko 1984, Wigner 1955); what stands outside was learned. Absent: eigenvectors.

use crate::engine::couplings::Couplings;
use crate::engine::error::Error;
use faer::linalg::evd::EvdError;
use faer::{Mat, Side};

/// The eigenvalues of J.
#[derive(Debug, Clone, PartialEq)]
pub struct Spectrum {
    /// Real and imaginary part of each, by rising real part; of a pair the lower half first.
    pub values: Vec<[f32; 2]>,
    /// Whether all are real because J is symmetric.
    pub real: bool,
}

impl Spectrum {
    /// The eigenvalues of `couplings`, in O(N³). Refused: what does not converge.
    ///
    /// In double precision: single takes two thirds of the time and blurs eigenvalues that coincide.
    pub fn new(couplings: &Couplings) -> Result<Self, Error> {
        let n_units = couplings.n_units();
        let weights = couplings.weights();
        let matrix = Mat::from_fn(n_units, n_units, |i, j| f64::from(weights[[i, j]]));
        let scale = f64::from(couplings.scale());
        let real = couplings.symmetric();
        let mut values: Vec<[f64; 2]> = if real {
            let found = matrix.self_adjoint_eigenvalues(Side::Lower);
            let found = found.map_err(no_convergence)?;
            found.into_iter().map(|value| [value, 0.0]).collect()
        } else {
            let found = matrix.eigenvalues().map_err(no_convergence)?;
            found
                .into_iter()
                .map(|value| [value.re, value.im])
                .collect()
        };
        values.sort_by(|a, b| a[0].total_cmp(&b[0]).then(a[1].total_cmp(&b[1])));
        let values = values
            .into_iter()
            .map(|value| value.map(|part| (scale * part) as f32));
        Ok(Self {
            values: values.collect(),
            real,
        })
    }

    /// The largest magnitude: how much J can stretch a vector in the long run.
    pub fn radius(&self) -> f32 {
        let sizes = self.values.iter().map(|[re, im]| re.hypot(*im));
        sizes.fold(0.0, f32::max)
    }

    /// The largest real part.
    pub fn rightmost(&self) -> f32 {
        self.values.last().map_or(0.0, |value| value[0])
    }

    /// The smallest real part.
    pub fn leftmost(&self) -> f32 {
        self.values.first().map_or(0.0, |value| value[0])
    }
}

fn no_convergence(EvdError::NoConvergence: EvdError) -> Error {
    Error::System(
        "the eigenvalues of these couplings cannot be found: the iteration does not settle"
            .to_owned(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::rng::stream;
    use ndarray::{Array2, array};
    use rand::RngExt as _;

    fn spectrum(weights: Array2<f32>, scale: f32) -> Spectrum {
        Spectrum::new(&Couplings::new(weights, scale).unwrap()).unwrap()
    }

    /// Entries of variance 1 / N: uniform from −√(3/N) to √(3/N).
    fn random(n_units: usize) -> Array2<f32> {
        let mut rng = stream(4, "spectrum test");
        let limit = (3.0 / n_units as f32).sqrt();
        Array2::from_shape_simple_fn((n_units, n_units), || rng.random_range(-limit..limit))
    }

    #[test]
    fn a_rotation_by_a_right_angle_has_plus_and_minus_i() {
        let spectrum = spectrum(array![[0.0, 1.0], [-1.0, 0.0]], 0.5);
        assert!(!spectrum.real);
        assert_eq!(spectrum.values, [[0.0, -0.5], [0.0, 0.5]]);
        assert_eq!(spectrum.radius(), 0.5);
    }

    #[test]
    fn one_pattern_under_hebb_has_one_eigenvalue_of_one() {
        let pattern = array![1.0_f32, -1.0, 1.0, 1.0];
        let weights = Array2::from_shape_fn((4, 4), |(i, j)| pattern[i] * pattern[j]);
        let spectrum = spectrum(weights, 0.25);
        assert!(spectrum.real);
        let wanted = [0.0, 0.0, 0.0, 1.0];
        for (value, wanted) in spectrum.values.iter().zip(wanted) {
            assert!(
                (value[0] - wanted).abs() < 1e-6 && value[1] == 0.0,
                "{value:?}"
            );
        }
        assert!((spectrum.rightmost() - 1.0).abs() < 1e-6 && spectrum.leftmost().abs() < 1e-6);
    }

    #[test]
    fn eigenvalues_add_up_to_the_trace() {
        let weights = random(60);
        let symmetric = &weights + &weights.t();
        for (weights, real) in [(weights, false), (symmetric, true)] {
            let trace = weights.diag().sum();
            let spectrum = spectrum(weights, 1.0);
            assert_eq!(spectrum.real, real);
            let sum = |part: usize| spectrum.values.iter().map(|value| value[part]).sum::<f32>();
            assert!((sum(0) - trace).abs() < 1e-4 && sum(1).abs() < 1e-4);
        }
    }

    #[test]
    fn independent_entries_fill_the_unit_circle() {
        // Measured here, one draw of N = 200: the largest magnitude lies within 10 % of 1, and half of all
        // eigenvalues within the radius √½ that holds half of the area, up to 5 %.
        let spectrum = spectrum(random(200), 1.0);
        assert!(
            (spectrum.radius() - 1.0).abs() < 0.1,
            "{}",
            spectrum.radius()
        );
        let inside = spectrum
            .values
            .iter()
            .filter(|[re, im]| re.hypot(*im) < 0.5_f32.sqrt());
        assert!((inside.count() as f32 / 200.0 - 0.5).abs() < 0.05);
    }

    #[test]
    fn symmetric_entries_fill_the_semicircle() {
        // Off-diagonal variance 1/N: from −2 to 2; half of it lies within ±0.808.
        let weights = random(200);
        let symmetric = (&weights + &weights.t()) / 2.0_f32.sqrt();
        let spectrum = spectrum(symmetric, 1.0);
        assert!(
            (spectrum.radius() - 2.0).abs() < 0.1,
            "{}",
            spectrum.radius()
        );
        let inside = spectrum
            .values
            .iter()
            .filter(|value| value[0].abs() < 0.808);
        assert!((inside.count() as f32 / 200.0 - 0.5).abs() < 0.05);
    }
}
