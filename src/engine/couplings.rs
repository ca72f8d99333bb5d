//! Couplings between pairs of ±1 units: J, the fields J s, and the energy −½ sᵀ J s of symmetric ones (Hopfield 1982).
//!
//! Absent: memories of another kind (`memory`, `dense`, `potts`), and how couplings are learned.

mod multiples;
mod steps;

pub use steps::CouplingsSteps;

use super::error::Error;
use super::kernels::{Rows, add_scaled_wide, sum_of_rows};
use super::matrix::{ROUNDING, row_squares, squared_skew};
use super::patterns::State;
use multiples::whole_multiples;
use ndarray::Array2;
use std::ops::Range;
use std::sync::Arc;

/// Couplings J = scale × W between N units, row i acting on unit i.
///
/// Where the couplings are whole numbers times one number, W are those whole numbers: fields are then exact in
/// single precision, and a field that is zero is zero. All others have the scale 1. So couplings that go through a file
/// do afterwards what they did before.
#[derive(Debug, Clone, PartialEq)]
pub struct Couplings {
    weights: Arc<Array2<f32>>,
    /// Wᵀ where it differs from W: one flip reads one column.
    transposed: Option<Array2<f32>>,
    scale: f32,
    exact: bool,
    asymmetry: f64,
    /// Length of each row of W.
    row_norms: Vec<f64>,
}

impl Couplings {
    /// Couplings J = `scale` × `weights`; weights that are not whole are made so, by another scale, if they are multiples
    /// of one number, and taken times the scale else. Refused: a matrix that is not square or not finite.
    pub fn new(weights: Array2<f32>, scale: f32) -> Result<Self, Error> {
        let mut steps = CouplingsSteps::new(weights, scale)?;
        while steps.step(usize::MAX) {}
        steps.couplings()
    }

    /// Couplings J from an array N × N. Where they are whole numbers times one number, each rounded once, the whole
    /// numbers are kept: what Hebb's rule made elsewhere has exact fields here too. Refused: as by [`Self::new`].
    pub fn from_array(couplings: Array2<f32>) -> Result<Self, Error> {
        match whole_multiples(&couplings) {
            Some((whole, unit)) => Self::new(whole, unit),
            None => Self::new(couplings, 1.0),
        }
    }

    /// The same for whole numbers that somebody has counted: finite, and symmetric to the last bit.
    pub(super) fn counted(weights: Arc<Array2<f32>>, scale: f32) -> Self {
        debug_assert_eq!(squared_skew(&weights), 0.0, "counted for both");
        let norms = row_squares(&weights).into_iter().map(f64::sqrt);
        let row_norms: Vec<f64> = norms.collect();
        Self {
            exact: sums_are_exact(&row_norms),
            row_norms,
            weights,
            transposed: None,
            scale,
            asymmetry: 0.0,
        }
    }

    /// Number of units N.
    pub fn n_units(&self) -> usize {
        self.weights.nrows()
    }

    /// J_ij: how strongly unit `j` pulls unit `i`.
    pub fn value(&self, i: usize, j: usize) -> f32 {
        self.scale * self.weights[[i, j]]
    }

    /// W, N × N and row-major; J = scale × W.
    pub fn weights(&self) -> &Array2<f32> {
        &self.weights
    }

    /// The factor between W and J, positive.
    pub fn scale(&self) -> f32 {
        self.scale
    }

    /// J as one array, N × N.
    pub fn to_array(&self) -> Array2<f32> {
        &*self.weights * self.scale
    }

    /// |J_i|: the Euclidean length of row `unit`.
    pub fn row_norm(&self, unit: usize) -> f64 {
        f64::from(self.scale) * self.row_norms[unit]
    }

    /// ‖J − Jᵀ‖ / ‖J + Jᵀ‖ (Frobenius): 0 if symmetric, about 1 without any relation between J_ij and J_ji, infinite if
    /// antisymmetric.
    pub fn asymmetry(&self) -> f64 {
        self.asymmetry
    }

    /// Whether J_ij = J_ji up to rounding, so that an energy exists.
    pub fn symmetric(&self) -> bool {
        self.asymmetry <= ROUNDING
    }

    /// Whether W is of whole numbers so small that every sum of them with signs is exact: then fields that follow flip by
    /// flip are those that are summed afresh, to the bit.
    pub(super) fn exact(&self) -> bool {
        self.exact
    }

    /// W_ij for all j: how all others pull `unit`.
    pub(crate) fn row(&self, unit: usize) -> &[f32] {
        let n_units = self.n_units();
        let all = self.weights.as_slice();
        let all = all.expect("weights are kept in standard layout");
        &all[unit * n_units..(unit + 1) * n_units]
    }

    /// W_ij for all i: how `unit` pulls every other.
    pub(crate) fn column(&self, unit: usize) -> &[f32] {
        self.columns().row(unit)
    }

    /// Wᵀ: row j holds W_ij for all i.
    pub(crate) fn columns(&self) -> Rows<'_> {
        let weights = self.transposed.as_ref().unwrap_or(&self.weights);
        let all = weights.as_slice();
        let all = all.expect("weights are kept in standard layout");
        Rows::new(all, self.n_units())
    }

    /// Local fields h = J s, from scratch in O(N²).
    pub(super) fn fields(&self, state: &State) -> Vec<f32> {
        let raw = self.raw_fields(state).into_iter();
        raw.map(|field| self.scale * field).collect()
    }

    /// W s: the local fields over the scale, from scratch in O(N²), summed in one order alone and in a batch.
    pub(crate) fn raw_fields(&self, state: &State) -> Vec<f32> {
        sum_of_rows(self.columns(), state.units())
    }

    /// Local field h_i of `unit` in `state`, from scratch in O(N).
    pub(super) fn field(&self, state: &State, unit: usize) -> f32 {
        let row = self.weights.row(unit);
        let sum: f64 = row
            .iter()
            .zip(state.units())
            .map(|(w, s)| f64::from(*w) * f64::from(*s))
            .sum();
        self.scale * sum as f32
    }

    /// The same for some units, to the same bits.
    pub(super) fn raw_fields_of(&self, units: Range<usize>, state: &State) -> Vec<f32> {
        sum_of_rows(self.columns().columns(units), state.units())
    }

    /// E = −½ Σ_ij J_ij s_i s_j, from scratch in O(N²); `None` unless the couplings are symmetric.
    pub(super) fn energy(&self, state: &State) -> Option<f64> {
        if !self.symmetric() {
            return None;
        }
        let mut pulls = vec![0.0; self.n_units()];
        self.add_pulls(0..self.n_units(), state, &mut pulls);
        Some(self.energy_of(&pulls, state))
    }

    /// Adds to `pulls`, of all units and in double precision, how some `units` of `state` pull them: over all units
    /// they are W s.
    pub(super) fn add_pulls(&self, units: Range<usize>, state: &State, pulls: &mut [f64]) {
        for unit in units {
            add_scaled_wide(pulls, f64::from(state.units()[unit]), self.column(unit));
        }
    }

    /// E = −½ Σ_i s_i h_i of symmetric couplings, from the `pulls` W s of all units.
    pub(super) fn energy_of(&self, pulls: &[f64], state: &State) -> f64 {
        let along = pulls.iter().zip(state.units());
        let sum: f64 = along.map(|(pull, s_i)| pull * f64::from(*s_i)).sum();
        -0.5 * f64::from(self.scale) * sum
    }
}

/// Whether sums of whole numbers in single precision are exact, whatever their signs, in rows of these lengths: at most
/// √N times the length, and a flip adds twice an entry.
fn sums_are_exact(row_norms: &[f64]) -> bool {
    const LARGEST: f64 = (1 << 23) as f64;
    let root = (row_norms.len() as f64).sqrt();
    row_norms.iter().all(|norm| root * norm <= LARGEST)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn multiples_of_one_number_are_kept_as_whole_numbers_and_others_as_they_are() {
        let weights = array![[0.0, 3.0, -1.0], [3.0, 0.0, 40.0], [-1.0, 40.0, 0.0]];
        let array = &weights * (1.0_f32 / 784.0);
        let couplings = Couplings::from_array(array.clone()).unwrap();
        assert_eq!(
            (couplings.weights(), couplings.scale()),
            (&weights, 1.0 / 784.0)
        );
        assert_eq!(couplings.to_array(), array);
        let root = Array2::from_shape_fn((4, 4), |(i, j)| ((4 * i + j) as f32).sqrt());
        for other in [root, Array2::zeros((3, 3)), &weights * 1e30] {
            let couplings = Couplings::from_array(other.clone()).unwrap();
            assert_eq!(couplings.to_array(), other);
        }
        assert!(Couplings::from_array(array![[0.0, f32::NAN], [0.0, 0.0]]).is_err());
    }

    #[test]
    fn whole_numbers_that_are_not_too_large_are_exact() {
        let exact = |weights| Couplings::new(weights, 0.3).unwrap().exact();
        assert!(exact(array![[0.0, -7.0], [3.0, 0.0]]));
        assert!(exact(array![[0.0, 0.5], [3.0, 0.0]]));
        assert!(!exact(array![[0.0, 1.0], [1.0_f32.next_up(), 0.0]]));
        assert!(!exact(array![[0.0, 8e6], [3.0, 0.0]]));
        let counted = |entry| {
            let weights = Array2::from_elem((4, 4), entry);
            Couplings::counted(Arc::new(weights), 1.0).exact()
        };
        assert!(
            counted(2e6) && !counted(3e6),
            "four of them are at most 2^23"
        );
    }

    #[test]
    fn couplings_are_the_same_after_a_file() {
        let real = Array2::from_shape_fn((9, 9), |(i, j)| ((9 * i + j) as f32).sin());
        let tenths = real.mapv(|entry| 0.1 * (20.0 * entry).round());
        for weights in [real, tenths] {
            let couplings = Couplings::new(weights, 1.0 / 9.0).unwrap();
            let again = Couplings::from_array(couplings.to_array()).unwrap();
            assert_eq!(again, couplings);
        }
    }

    #[test]
    fn asymmetric_couplings_have_columns_but_no_energy() {
        let couplings = Couplings::new(array![[0.0, 1.0], [-1.0, 0.0]], 1.0).unwrap();
        assert_eq!(couplings.asymmetry(), f64::INFINITY);
        // The symmetric part of [[0, 3], [1, 0]] is 2 off the diagonal, the antisymmetric one ±1.
        let half = Couplings::new(array![[0.0, 3.0], [1.0, 0.0]], 1.0).unwrap();
        assert_eq!(half.asymmetry(), 0.5);
        assert_eq!(couplings.column(0), [0.0, -1.0]);
        assert_eq!(
            couplings.raw_fields(&State::from_signs(&[1, 1])),
            [1.0, -1.0]
        );
        assert_eq!(couplings.energy(&State::blank(2)), None);
    }

    #[test]
    fn what_is_not_a_coupling_matrix_is_refused() {
        let nan = Couplings::new(array![[0.0, f32::NAN], [0.0, 0.0]], 1.0).unwrap_err();
        assert_eq!(
            nan.to_string(),
            "the couplings must be finite numbers; row 0, column 1 holds NaN"
        );
        let shape = Couplings::new(Array2::zeros((2, 3)), 1.0).unwrap_err();
        assert!(shape.to_string().contains("shape 2 × 3"), "{shape}");
    }
}
