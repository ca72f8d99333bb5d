//! The two parts of couplings: J = J_s + J_a with J_s = (J + Jᵀ) / 2 and J_a = (J − Jᵀ) / 2.
//!
//! J_s alone has an energy, −½ s·J_s s = −½ s·J s; J_a is what turns states in circles.

use crate::engine::couplings::Couplings;
use ndarray::Array2;
use serde::{Deserialize, Serialize};

/// Which part of J.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Part {
    /// J itself.
    #[default]
    Whole,
    /// (J + Jᵀ) / 2.
    Symmetric,
    /// (J − Jᵀ) / 2.
    Antisymmetric,
}

impl Part {
    /// This part of `couplings` as one array, N × N.
    pub fn of(self, couplings: &Couplings) -> Array2<f32> {
        let sign = match self {
            Self::Whole => return couplings.to_array(),
            Self::Symmetric => 1.0,
            Self::Antisymmetric => -1.0,
        };
        let half = 0.5 * couplings.scale();
        let mut part = couplings.weights().clone();
        for (unit, mut row) in part.outer_iter_mut().enumerate() {
            for (entry, mirrored) in row.iter_mut().zip(couplings.column(unit)) {
                *entry = half * (*entry + sign * mirrored);
            }
        }
        part
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn both_parts_by_hand_add_up_to_the_whole() {
        let couplings = Couplings::new(array![[2.0, 6.0], [-2.0, 4.0]], 0.5).unwrap();
        assert_eq!(Part::Whole.of(&couplings), array![[1.0, 3.0], [-1.0, 2.0]]);
        assert_eq!(
            Part::Symmetric.of(&couplings),
            array![[1.0, 1.0], [1.0, 2.0]]
        );
        assert_eq!(
            Part::Antisymmetric.of(&couplings),
            array![[0.0, 2.0], [-2.0, 0.0]]
        );
    }
}
