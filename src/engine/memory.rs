//! A memory: what learning leaves behind, and what a state feels in it.
//!
//! Pairwise couplings J give the local field h_i = Σ_j J_ij s_j and, if symmetric, an energy (`couplings`); memories
//! without couplings are in `dense`, those of letters in `potts`. Absent: how they were learned, and how states move.

use super::couplings::Couplings;
use super::dense::DenseMemory;
use super::patterns::{Letters, State};
use super::potts::{self, PottsCouplings};

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
            Self::Pairwise(couplings) => couplings.fields(state),
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

    /// Whether states have an energy: of couplings symmetric ones, and all dense memories.
    pub fn has_energy(&self) -> bool {
        match self {
            Self::Pairwise(couplings) => couplings.symmetric(),
            Self::Dense(_) => true,
            Self::Potts(potts) => potts.symmetric(),
        }
    }

    /// By how much the energy changes if `unit` of `state` becomes `after`, from scratch: O(N), O(N P) for dense
    /// memories, O(N q) for letters. Of couplings without an energy, what symmetric ones with these rows would give.
    pub fn energy_change(&self, state: &State, unit: usize, after: i8) -> f64 {
        let before = state.units()[unit];
        if before == after {
            return 0.0;
        }
        let sign = f64::from(before);
        match self {
            Self::Pairwise(couplings) => {
                let own = couplings.value(unit, unit) * f32::from(before);
                2.0 * sign * f64::from(couplings.field(state, unit) - own)
            }
            Self::Dense(_) => 2.0 * sign * f64::from(self.field(state, unit)),
            Self::Potts(letters) => {
                let fields = letters.local_field(state, unit);
                f64::from(fields[before as usize] - fields[after as usize])
            }
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
        assert_eq!(couplings.fields(&state), [1.5, 0.75, -0.25]);
        let memory = Memory::Pairwise(couplings);
        assert_eq!(memory.field(&state, 0), 1.5);
        // −½ × ½ × (1·3 + 1·1.5 + (−1)(−0.5)) = −1.25
        assert_eq!(memory.energy(&state), Some(-1.25));
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
}
