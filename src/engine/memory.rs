//! A memory: what learning leaves behind, and what a state feels in it.
//!
//! Pairwise couplings J give the local field h_i = Σ_j J_ij s_j and, if symmetric, the energy
//! E = −½ Σ_ij J_ij s_i s_j (Hopfield 1982); memories without couplings are in `dense`, those of letters in `potts`. Absent: how couplings were learned, and how states move.

use super::dense::DenseMemory;
use super::error::Error;
use super::kernels::{add_scaled, add_scaled_wide, add_squares};
use super::patterns::{Letters, State, in_rows};
use super::potts::{self, PottsCouplings};
use ndarray::Array2;

/// Relative asymmetry up to which couplings count as symmetric: what single precision leaves of a symmetric product.
pub(super) const ROUNDING: f64 = 1e-6;

/// What a learning rule made of its patterns.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Memory {
    /// Couplings between pairs of units.
    Pairwise(Couplings),
    /// The patterns themselves, and an energy of the overlaps with them.
    Dense(DenseMemory),
    /// Couplings between letters of pairs of units.
    Potts(PottsCouplings),
}

impl Memory {
    /// Number of units N.
    pub fn n_units(&self) -> usize {
        match self {
            Self::Pairwise(couplings) => couplings.n_units(),
            Self::Dense(dense) => dense.n_units(),
            Self::Potts(potts) => potts.n_units(),
        }
    }

    /// Whether `state` can move in it: as many units, of as many letters or of ±1.
    pub fn takes(&self, state: &State) -> bool {
        let n_letters = state.alphabet().letters().map(Letters::count);
        (self.n_units(), self.n_letters()) == (state.n_units(), n_letters)
    }

    /// Number of letters q of a unit, where units are letters; `None` for ±1.
    pub fn n_letters(&self) -> Option<usize> {
        self.potts().map(PottsCouplings::n_letters)
    }

    /// Local field h_i of `unit` in `state`, from scratch: O(N), or O(N P) for dense memories.
    ///
    /// For letters, O(N q): by how much the field of the unit's letter exceeds that of the best other one. It stays
    /// where that is not below 0.
    pub fn field(&self, state: &State, unit: usize) -> f32 {
        match self {
            Self::Pairwise(couplings) => couplings.field(state, unit),
            Self::Dense(dense) => dense.field(&dense.agreements(state), state, unit) as f32,
            Self::Potts(letters) => {
                potts::margin(&letters.local_field(state, unit), state.units()[unit])
            }
        }
    }

    /// Local fields of all units in `state`, from scratch: O(N²), or O(N P) for dense memories; for letters as in
    /// [`Self::field`], O(N² q).
    pub fn fields(&self, state: &State) -> Vec<f32> {
        match self {
            Self::Pairwise(couplings) => {
                let raw = couplings.raw_fields(state);
                raw.into_iter()
                    .map(|field| couplings.scale * field)
                    .collect()
            }
            Self::Dense(dense) => dense.fields(state),
            Self::Potts(letters) => {
                let fields = letters.local_fields(state);
                let sites = fields.chunks(letters.n_letters()).zip(state.units());
                sites
                    .map(|(fields, letter)| potts::margin(fields, *letter))
                    .collect()
            }
        }
    }

    /// By how much `unit` is held as it is in `state`, where it has the local `field`: s_i h_i of signs, the field
    /// itself of letters. Below 0 the unit turns.
    pub fn hold(&self, state: &State, unit: usize, field: f32) -> f32 {
        match self {
            Self::Pairwise(_) | Self::Dense(_) => f32::from(state.units()[unit]) * field,
            Self::Potts(_) => field,
        }
    }

    /// Mean local stability ⟨s_i h_i / |J_i|⟩ of `state` whose `fields` are known: above 0 where most units are held
    /// as they are. A unit without couplings counts as 0; a memory without such couplings gives the mean of s_i h_i,
    /// and one of letters the mean of their [fields](Self::field).
    pub fn stability(&self, state: &State, fields: &[f32]) -> f64 {
        if self.n_letters().is_some() {
            return fields.iter().copied().map(f64::from).sum::<f64>() / fields.len() as f64;
        }
        let units = state.units().iter().zip(fields).enumerate();
        let aligned = units.map(|(unit, (sign, field))| {
            let norm = self
                .couplings()
                .map_or(1.0, |couplings| couplings.row_norm(unit));
            let aligned = f64::from(*sign) * f64::from(*field);
            if norm > 0.0 { aligned / norm } else { 0.0 }
        });
        aligned.sum::<f64>() / state.n_units() as f64
    }

    /// Energy E: −½ Σ J_ij s_i s_j, what a dense memory was given, or that of [letters](PottsCouplings::energy);
    /// `None` for asymmetric couplings, which have none.
    pub fn energy(&self, state: &State) -> Option<f64> {
        match self {
            Self::Pairwise(couplings) => couplings.energy(state),
            Self::Dense(dense) => Some(dense.energy(state)),
            Self::Potts(potts) => potts.energy(state),
        }
    }

    /// The couplings between ±1 units, where the memory has them.
    pub fn couplings(&self) -> Option<&Couplings> {
        match self {
            Self::Pairwise(couplings) => Some(couplings),
            Self::Dense(_) | Self::Potts(_) => None,
        }
    }

    /// The patterns and their energy, where the memory keeps them.
    pub fn dense(&self) -> Option<&DenseMemory> {
        match self {
            Self::Dense(dense) => Some(dense),
            Self::Pairwise(_) | Self::Potts(_) => None,
        }
    }

    /// Fields and couplings of letters, where the memory has them.
    pub fn potts(&self) -> Option<&PottsCouplings> {
        match self {
            Self::Potts(potts) => Some(potts),
            Self::Pairwise(_) | Self::Dense(_) => None,
        }
    }
}

/// Couplings J = scale × W between N units, row i acting on unit i.
///
/// Weights and scale are kept apart so that Hebb's weights stay whole numbers: its fields are then exact in
/// single precision, and a field that is zero is zero.
#[derive(Debug, Clone, PartialEq)]
pub struct Couplings {
    weights: Array2<f32>,
    /// Wᵀ where it differs from W: one flip reads one column.
    transposed: Option<Array2<f32>>,
    scale: f32,
    asymmetry: f64,
    /// Length of each row of W.
    row_norms: Vec<f64>,
}

impl Couplings {
    /// Couplings J = `scale` × `weights`. Refused: a matrix that is not square or not finite.
    pub fn new(weights: Array2<f32>, scale: f32) -> Result<Self, Error> {
        let (rows, columns) = weights.dim();
        if rows != columns || rows == 0 {
            return Err(Error::Shape {
                what: "the couplings",
                expected: "as many rows as columns, and at least one".to_owned(),
                found: format!("shape {rows} × {columns}"),
            });
        }
        let weights = in_rows(weights);
        let mut squares = column_squares(&weights);
        let norm: f64 = squares.iter().sum();
        if !norm.is_finite() {
            return Err(not_finite(&weights));
        }
        let skew = squared_skew(&weights);
        let asymmetry = if norm > 0.0 {
            (skew / norm).sqrt()
        } else {
            0.0
        };
        let transposed = (skew > 0.0).then(|| weights.t().as_standard_layout().into_owned());
        if let Some(transposed) = &transposed {
            squares = column_squares(transposed);
        }
        Ok(Self {
            row_norms: squares.into_iter().map(f64::sqrt).collect(),
            weights,
            transposed,
            scale,
            asymmetry,
        })
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
        &self.weights * self.scale
    }

    /// |J_i|: the Euclidean length of row `unit`.
    pub fn row_norm(&self, unit: usize) -> f64 {
        f64::from(self.scale) * self.row_norms[unit]
    }

    /// ‖J − Jᵀ‖ / ‖J‖ (Frobenius): 0 if symmetric, √2 on average without any relation between J_ij and J_ji, 2 if antisymmetric.
    pub fn asymmetry(&self) -> f64 {
        self.asymmetry
    }

    /// Whether J_ij = J_ji up to rounding, so that an energy exists.
    pub fn symmetric(&self) -> bool {
        self.asymmetry <= ROUNDING
    }

    /// W_ij for all i: how `unit` pulls every other.
    pub(crate) fn column(&self, unit: usize) -> &[f32] {
        let weights = self.transposed.as_ref().unwrap_or(&self.weights);
        let n_units = self.n_units();
        let all = weights
            .as_slice()
            .expect("weights are kept in standard layout");
        &all[unit * n_units..(unit + 1) * n_units]
    }

    /// W s: the local fields over the scale, from scratch in O(N²), summed in the order of the units.
    pub(crate) fn raw_fields(&self, state: &State) -> Vec<f32> {
        let mut fields = vec![0.0; self.n_units()];
        for (unit, sign) in state.units().iter().enumerate() {
            add_scaled(&mut fields, f32::from(*sign), self.column(unit));
        }
        fields
    }

    fn field(&self, state: &State, unit: usize) -> f32 {
        let row = self.weights.row(unit);
        let sum: f64 = row
            .iter()
            .zip(state.units())
            .map(|(w, s)| f64::from(*w) * f64::from(*s))
            .sum();
        self.scale * sum as f32
    }

    fn energy(&self, state: &State) -> Option<f64> {
        if !self.symmetric() {
            return None;
        }
        let mut fields = vec![0.0; self.n_units()];
        for (unit, sign) in state.units().iter().enumerate() {
            add_scaled_wide(&mut fields, f64::from(*sign), self.column(unit));
        }
        let sum: f64 = fields
            .iter()
            .zip(state.units())
            .map(|(field, s_i)| field * f64::from(*s_i))
            .sum();
        Some(-0.5 * f64::from(self.scale) * sum)
    }
}

/// The first entry that is not a finite number, in words.
fn not_finite(weights: &Array2<f32>) -> Error {
    let found = weights.indexed_iter().find(|(_, value)| !value.is_finite());
    let ((row, column), value) =
        found.expect("squares of finite single-precision numbers have a finite sum");
    Error::Entry {
        what: "the couplings",
        expected: "finite numbers",
        row,
        column,
        value: value.to_string(),
    }
}

/// Σ_i W_ij² for each j.
pub(super) fn column_squares(weights: &Array2<f32>) -> Vec<f64> {
    let columns = weights.ncols();
    let mut squares = vec![0.0; columns];
    for row in weights.as_slice().unwrap_or_default().chunks(columns) {
        add_squares(&mut squares, row);
    }
    squares
}

/// ‖W − Wᵀ‖², block by block so that both halves stay in the cache.
pub(super) fn squared_skew(weights: &Array2<f32>) -> f64 {
    const BLOCK: usize = 32;
    let n = weights.nrows();
    let mut sum = 0.0;
    for rows in (0..n).step_by(BLOCK) {
        for columns in (rows..n).step_by(BLOCK) {
            for i in rows..(rows + BLOCK).min(n) {
                for j in columns.max(i + 1)..(columns + BLOCK).min(n) {
                    let skew = f64::from(weights[[i, j]]) - f64::from(weights[[j, i]]);
                    sum += skew * skew;
                }
            }
        }
    }
    2.0 * sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn fields_and_energy_by_hand() {
        let couplings = Couplings::new(
            array![[0.0, 2.0, -1.0], [2.0, 0.0, 0.5], [-1.0, 0.5, 0.0]],
            0.5,
        )
        .unwrap();
        let state = State::from_signs(&[1, 1, -1]);
        assert_eq!(couplings.raw_fields(&state), [3.0, 1.5, -0.5]);
        let memory = Memory::Pairwise(couplings);
        assert_eq!(memory.field(&state, 0), 1.5);
        // −½ × ½ × (1·3 + 1·1.5 + (−1)(−0.5)) = −1.25
        assert_eq!(memory.energy(&state), Some(-1.25));
    }

    #[test]
    fn asymmetric_couplings_have_columns_but_no_energy() {
        let couplings = Couplings::new(array![[0.0, 1.0], [-1.0, 0.0]], 1.0).unwrap();
        assert_eq!(couplings.asymmetry(), 2.0);
        assert_eq!(couplings.column(0), [0.0, -1.0]);
        assert_eq!(
            couplings.raw_fields(&State::from_signs(&[1, 1])),
            [1.0, -1.0]
        );
        let memory = Memory::Pairwise(couplings);
        assert_eq!(memory.energy(&State::blank(2)), None);
    }

    #[test]
    fn mean_stability_by_hand() {
        let couplings = Couplings::new(array![[0.0, 4.0, 3.0], [0.0, 0.0, -2.0], [0.0; 3]], 0.5);
        let couplings = couplings.unwrap();
        assert_eq!((couplings.row_norm(0), couplings.row_norm(1)), (2.5, 1.0));
        let memory = Memory::Pairwise(couplings);
        let state = State::from_signs(&[1, 1, -1]);
        // Aligned fields ½ (4 − 3), ½ · 2 and 0, over norms 5/2, 1 and 0.
        let fields = memory.fields(&state);
        assert_eq!(memory.stability(&state, &fields), (0.2 + 1.0 + 0.0) / 3.0);
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
