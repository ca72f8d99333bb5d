//! A square lattice of spins with random bonds between neighbours, periodic in both directions.

use crate::engine::rng::stream;
use crate::engine::settings::choices;
use crate::engine::{Grid, State};
use ndarray::Array2;
use rand::RngExt as _;
use std::f64::consts::TAU;

/// How bonds are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BondKind {
    /// Normal, with mean 0 and variance 1.
    #[default]
    Gaussian,
    /// +1 or −1, by a fair coin.
    PlusMinus,
}

choices!(BondKind: Gaussian = "gauss" / "Gaussian", PlusMinus = "pm" / "±J");

/// L × L spins and the 2 L² bonds between neighbours; E = −Σ_⟨ij⟩ J_ij s_i s_j (Edwards and Anderson 1975).
#[derive(Debug, Clone, PartialEq)]
pub struct Lattice {
    side: usize,
    /// The bond of each spin with its right neighbour.
    right: Vec<f32>,
    /// The bond of each spin with its lower neighbour.
    down: Vec<f32>,
}

impl Lattice {
    /// A lattice of `side` × `side` spins with bonds drawn by `seed`. The side is even and at least 4: then the two
    /// colours of a checkerboard are independent, and no two spins share two bonds.
    pub fn random(side: usize, kind: BondKind, seed: u64) -> Self {
        let mut rng = stream(seed, "bonds");
        let mut bond = || match kind {
            BondKind::PlusMinus if rng.random() => 1.0,
            BondKind::PlusMinus => -1.0,
            BondKind::Gaussian => {
                // Box and Muller 1958; 1 − u is never 0.
                let radius = (-2.0 * libm::log(1.0 - rng.random::<f64>())).sqrt();
                (radius * libm::cos(TAU * rng.random::<f64>())) as f32
            }
        };
        let n = side * side;
        let bonds: Vec<f32> = (0..2 * n).map(|_| bond()).collect();
        Self::new(side, &bonds)
    }

    /// A lattice with these bonds: two a spin, row by row, first with the right neighbour, then with the lower one.
    pub fn new(side: usize, bonds: &[f32]) -> Self {
        assert!(
            side >= 4 && side.is_multiple_of(2),
            "the side is even and at least 4"
        );
        assert_eq!(bonds.len(), 2 * side * side, "two bonds a spin");
        Self {
            side,
            right: bonds.iter().step_by(2).copied().collect(),
            down: bonds.iter().skip(1).step_by(2).copied().collect(),
        }
    }

    /// Height and width L.
    pub fn side(&self) -> usize {
        self.side
    }

    /// Spins N = L².
    pub fn n_spins(&self) -> usize {
        self.right.len()
    }

    /// The grid that the spins lie on.
    pub fn grid(&self) -> Grid {
        Grid::square(self.side)
    }

    /// The bonds with right neighbours, one a spin.
    pub fn right(&self) -> &[f32] {
        &self.right
    }

    /// The bonds with lower neighbours, one a spin.
    pub fn down(&self) -> &[f32] {
        &self.down
    }

    /// The spin to the right of `spin`, around the edge.
    pub fn right_of(&self, spin: usize) -> usize {
        let row = spin / self.side * self.side;
        row + (spin + 1 - row) % self.side
    }

    /// The spin below `spin`, around the edge.
    pub fn below(&self, spin: usize) -> usize {
        (spin + self.side) % self.n_spins()
    }

    /// The four neighbours of `spin` (right, left, below, above), each with its bond.
    pub(super) fn neighbours(&self, spin: usize) -> [(usize, f32); 4] {
        let (row, column) = (spin / self.side, spin % self.side);
        let left = row * self.side + (column + self.side - 1) % self.side;
        let above = (row + self.side - 1) % self.side * self.side + column;
        [
            (self.right_of(spin), self.right[spin]),
            (left, self.right[left]),
            (self.below(spin), self.down[spin]),
            (above, self.down[above]),
        ]
    }

    /// Every bond once: both spins, and the coupling.
    pub fn bonds(&self) -> impl Iterator<Item = (usize, usize, f32)> {
        (0..self.n_spins()).flat_map(|spin| {
            [
                (spin, self.right_of(spin), self.right[spin]),
                (spin, self.below(spin), self.down[spin]),
            ]
        })
    }

    /// The energy of `state`.
    pub fn energy(&self, state: &State) -> f64 {
        let units = state.units();
        let product = |(i, j, bond)| -f64::from(bond) * f64::from(units[i] * units[j]);
        self.bonds().map(product).sum()
    }

    /// J as a matrix, N × N, symmetric.
    pub fn couplings(&self) -> Array2<f32> {
        let mut couplings = Array2::zeros((self.n_spins(), self.n_spins()));
        for (i, j, bond) in self.bonds() {
            couplings[[i, j]] += bond;
            couplings[[j, i]] += bond;
        }
        couplings
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bonds_and_energies_by_hand() {
        let lattice = Lattice::new(4, &std::array::from_fn::<f32, 32, _>(|bond| bond as f32));
        assert_eq!(
            lattice.neighbours(0),
            [(1, 0.0), (3, 6.0), (4, 1.0), (12, 25.0)]
        );
        assert_eq!(
            lattice.neighbours(15),
            [(12, 30.0), (14, 28.0), (3, 31.0), (11, 23.0)]
        );
        let up = State::from_fn(16, |_| true);
        assert_eq!(lattice.energy(&up), -496.0);
        let mut one = up.clone();
        one.flip(0);
        // Its four bonds 0, 6, 1 and 25 turn.
        assert_eq!(lattice.energy(&one), -496.0 + 2.0 * 32.0);
        let couplings = lattice.couplings();
        assert_eq!(
            (couplings[[0, 12]], couplings[[12, 0]], couplings[[0, 5]]),
            (25.0, 25.0, 0.0)
        );
    }

    /// 8,192 bonds: mean 0 within 0.011, variance 1 within 0.016, each one standard error.
    #[test]
    fn bonds_have_their_mean_and_variance() {
        for kind in [BondKind::Gaussian, BondKind::PlusMinus] {
            let lattice = Lattice::random(64, kind, 3);
            let bonds: Vec<f64> = lattice.bonds().map(|bond| f64::from(bond.2)).collect();
            let mean = bonds.iter().sum::<f64>() / bonds.len() as f64;
            let square = bonds.iter().map(|bond| bond * bond).sum::<f64>() / bonds.len() as f64;
            assert!(
                mean.abs() < 0.05 && (square - 1.0).abs() < 0.07,
                "{kind:?} {mean} {square}"
            );
        }
    }
}
