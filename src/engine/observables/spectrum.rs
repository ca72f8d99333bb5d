//! Eigenvalues of J: real where J is symmetric, complex otherwise.
//!
//! Independent entries of variance v fill the circle of radius √(vN) evenly, a symmetric matrix of them the semicircle
//! of radius 2√(vN) (Girko 1984, Wigner 1955); what stands outside was learned. Absent: eigenvectors.

use crate::engine::couplings::Couplings;
use crate::engine::eigenvalues::Eigenvalues;
use crate::engine::error::Error;

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
    pub fn new(couplings: &Couplings) -> Result<Self, Error> {
        let mut steps = SpectrumSteps::new(couplings);
        while steps.step(couplings)? {}
        Ok(steps.spectrum())
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

/// A spectrum in the making, a few milliseconds a step; every step is given the same couplings.
///
/// In double precision: single blurs eigenvalues that coincide.
pub struct SpectrumSteps {
    search: Eigenvalues,
    scale: f64,
    real: bool,
}

impl SpectrumSteps {
    /// Nothing done yet.
    pub fn new(couplings: &Couplings) -> Self {
        let real = couplings.symmetric();
        Self {
            search: Eigenvalues::new(couplings.n_units(), real),
            scale: f64::from(couplings.scale()),
            real,
        }
    }

    /// Some more of the work; false if all was done before. Refused: what does not converge.
    pub fn step(&mut self, couplings: &Couplings) -> Result<bool, Error> {
        self.search.step(|unit| couplings.row(unit))
    }

    /// What was found.
    pub fn spectrum(&self) -> Spectrum {
        let mut values = self.search.values();
        values.sort_by(|a, b| a[0].total_cmp(&b[0]).then(a[1].total_cmp(&b[1])));
        let values = values.into_iter();
        let values = values.map(|value| value.map(|part| (self.scale * part) as f32));
        Spectrum {
            values: values.collect(),
            real: self.real,
        }
    }
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
