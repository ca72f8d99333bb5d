//! The bonds of a two-dimensional Edwards–Anderson spin glass: who is coupled to whom, and how strongly.
//!
//! L × L sites in rows, periodic in both directions. Every site has one bond to its right and one below, so there
//! are 2N of them for N = L² sites. Energy (Edwards & Anderson 1975): E = −Σ_<ij> J_ij s_i s_j.

use crate::engine::rng::{Stream, stream};
use crate::engine::{Error, State};
use ndarray::Array2;
use rand::RngExt as _;

/// Shortest side: with less, two sites would share two bonds.
pub const MIN_SIDE: usize = 4;

/// Longest side.
pub const MAX_SIDE: usize = 64;

/// How bonds are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Law {
    /// +1 or −1 by a fair coin: many ground states.
    PlusMinus,
    /// From the normal distribution with mean 0 and variance 1: one ground state and its mirror image.
    Gaussian,
}

impl Law {
    /// Every law, in the order of the chooser.
    pub const ALL: &'static [Self] = &[Self::PlusMinus, Self::Gaussian];

    /// Energy per spin of the ground state of an infinite lattice: −1.4015 and −1.3148, known to some 10⁻⁴.
    pub fn ground_state_of_the_infinite(self) -> f64 {
        match self {
            Self::PlusMinus => -1.4015,
            Self::Gaussian => -1.3148,
        }
    }

    fn draw(self, rng: &mut Stream) -> f32 {
        match self {
            Self::PlusMinus => {
                if rng.random() {
                    1.0
                } else {
                    -1.0
                }
            }
            Self::Gaussian => {
                // Box and Muller 1958; 1 − u is never 0.
                let (u, v): (f64, f64) = (rng.random(), rng.random());
                let radius = (-2.0 * libm::log(1.0 - u)).sqrt();
                (radius * libm::cos(std::f64::consts::TAU * v)) as f32
            }
        }
    }
}

/// The couplings of one lattice.
#[derive(Debug, Clone, PartialEq)]
pub struct Bonds {
    side: usize,
    /// Of each site to the one on its right.
    right: Vec<f32>,
    /// Of each site to the one below.
    down: Vec<f32>,
}

impl Bonds {
    /// A lattice of `side` × `side` sites with the bonds to the right and downwards of each, row by row.
    ///
    /// Refused: a side that is odd or outside [`MIN_SIDE`] to [`MAX_SIDE`], as many bonds as there should not be, and
    /// bonds that are no numbers.
    pub fn new(side: usize, right: Vec<f32>, down: Vec<f32>) -> Result<Self, Error> {
        check_side(side)?;
        let n_units = side * side;
        for (bonds, direction) in [(&right, "to the right"), (&down, "downwards")] {
            if bonds.len() != n_units {
                return Err(Error::Shape {
                    what: "the bonds of a spin glass",
                    expected: format!("{n_units} values {direction}, one a site"),
                    found: bonds.len().to_string(),
                });
            }
            if let Some(site) = bonds.iter().position(|bond| !bond.is_finite()) {
                return Err(Error::Entry {
                    what: "the bonds of a spin glass",
                    expected: "finite numbers",
                    row: site / side,
                    column: site % side,
                    value: bonds[site].to_string(),
                });
            }
        }
        Ok(Self { side, right, down })
    }

    /// Bonds drawn by `law`.
    pub fn draw(side: usize, law: Law, seed: u64) -> Result<Self, Error> {
        check_side(side)?;
        let mut rng = stream(seed, "spin-glass bonds");
        let mut draw = || (0..side * side).map(|_| law.draw(&mut rng)).collect();
        let right = draw();
        Self::new(side, right, draw())
    }

    /// Side L, even.
    pub fn side(&self) -> usize {
        self.side
    }

    /// Number of sites N = L².
    pub fn n_units(&self) -> usize {
        self.side * self.side
    }

    /// Neighbours and bonds of `site`: right, left, below, above.
    pub fn neighbours(&self, site: usize) -> [(usize, f32); 4] {
        let side = self.side;
        let (row, column) = (site / side, site % side);
        let left = row * side + (column + side - 1) % side;
        let above = (row + side - 1) % side * side + column;
        [
            (row * side + (column + 1) % side, self.right[site]),
            (left, self.right[left]),
            ((row + 1) % side * side + column, self.down[site]),
            (above, self.down[above]),
        ]
    }

    /// All 2N bonds: a site, the one on its right or below, and the bond between them.
    pub fn pairs(&self) -> impl Iterator<Item = (usize, usize, f32)> {
        (0..self.n_units()).flat_map(|site| {
            let [right, _, down, _] = self.neighbours(site);
            [right, down].map(|(other, bond)| (site, other, bond))
        })
    }

    /// Energy E = −Σ_<ij> J_ij s_i s_j of a state of N units.
    pub fn energy(&self, state: &State) -> f64 {
        let units = state.units();
        assert_eq!(units.len(), self.n_units(), "a state of the lattice");
        let pairs = self.pairs();
        pairs
            .map(|(i, j, bond)| -f64::from(bond) * f64::from(units[i] * units[j]))
            .sum()
    }

    /// The couplings J as an array N × N, symmetric, with a diagonal of 0.
    pub fn couplings(&self) -> Array2<f32> {
        let mut couplings = Array2::zeros((self.n_units(), self.n_units()));
        for (i, j, bond) in self.pairs() {
            couplings[[i, j]] = bond;
            couplings[[j, i]] = bond;
        }
        couplings
    }

    /// Energy per spin at a high temperature T, from a side of 6 on: −(1/N) [Σ_b J_b t_b + Σ_□ Σ_b (Π_c t_c) J_b (1 − t_b²)/t_b]
    /// with t = tanh(J/T), over the bonds b and the elementary squares □.
    ///
    /// That is −d/dβ of Σ_b ln cosh βJ_b + Σ_□ Π t, the first terms of the expansion in closed loops (Fisher 1967);
    /// loops of six bonds leave an error of order 1/T⁵.
    pub fn high_temperature_energy(&self, temperature: f64) -> f64 {
        let tanh = |bond: f32| libm::tanh(f64::from(bond) / temperature);
        let mut sum: f64 = self
            .pairs()
            .map(|(_, _, bond)| f64::from(bond) * tanh(bond))
            .sum();
        for site in 0..self.n_units() {
            let [(right, over), _, (below, left), _] = self.neighbours(site);
            let square = [over, left, self.down[right], self.right[below]];
            for turned in 0..4 {
                let others = (0..4).filter(|bond| *bond != turned);
                let others: f64 = others.map(|bond| tanh(square[bond])).product();
                let bond = square[turned];
                sum += others * f64::from(bond) * (1.0 - tanh(bond).powi(2));
            }
        }
        -sum / self.n_units() as f64
    }
}

fn check_side(side: usize) -> Result<(), Error> {
    if (MIN_SIDE..=MAX_SIDE).contains(&side) && side.is_multiple_of(2) {
        return Ok(());
    }
    Err(Error::Range {
        setting: "the side of a spin glass",
        range: format!("an even number from {MIN_SIDE} to {MAX_SIDE}"),
        value: side.to_string(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bond_is_seen_from_both_its_ends() {
        let bonds = Bonds::draw(6, Law::Gaussian, 1).unwrap();
        let couplings = bonds.couplings();
        assert_eq!(bonds.pairs().count(), 72);
        for site in 0..36 {
            let row = couplings.row(site);
            assert_eq!(row.iter().filter(|bond| **bond != 0.0).count(), 4);
            for (other, bond) in bonds.neighbours(site) {
                assert_eq!(row[other], bond);
                assert_eq!(couplings[[other, site]], bond);
            }
        }
    }

    /// By hand: all up satisfies every bond of +1 and breaks one of −1; turning one site of all +1 breaks four bonds.
    #[test]
    fn energies_by_hand() {
        let mut right = vec![1.0; 16];
        let ferromagnet = Bonds::new(4, right.clone(), vec![1.0; 16]).unwrap();
        let mut state = State::from_fn(16, |_| true);
        assert_eq!(ferromagnet.energy(&state), -32.0);
        state.flip(5);
        assert_eq!(ferromagnet.energy(&state), -24.0);
        right[4] = -1.0; // Between sites 4 and 5.
        let frustrated = Bonds::new(4, right, vec![1.0; 16]).unwrap();
        assert_eq!(frustrated.energy(&state), -26.0);
    }

    /// 8,192 bonds: the mean is good to 0.011, the variance of normal ones to 0.016.
    #[test]
    fn laws_have_mean_0_and_variance_1() {
        for law in Law::ALL {
            let bonds = Bonds::draw(64, *law, 2).unwrap();
            let values: Vec<f64> = bonds.pairs().map(|(_, _, bond)| bond.into()).collect();
            let mean = values.iter().sum::<f64>() / 8192.0;
            let square = values.iter().map(|bond| bond * bond).sum::<f64>() / 8192.0;
            assert!(
                mean.abs() < 0.04 && (square - 1.0).abs() < 0.06,
                "{mean} {square}"
            );
            assert_eq!(bonds, Bonds::draw(64, *law, 2).unwrap());
            assert_ne!(bonds, Bonds::draw(64, *law, 3).unwrap());
        }
    }

    #[test]
    fn lattices_that_are_none_are_refused() {
        for side in [0, 2, 7, 66] {
            assert!(Bonds::draw(side, Law::PlusMinus, 1).is_err());
        }
        let sentence = |right, down| Bonds::new(4, right, down).unwrap_err().to_string();
        assert_eq!(
            sentence(vec![1.0; 16], vec![1.0; 15]),
            "the bonds of a spin glass must have 16 values downwards, one a site, not 15"
        );
        let mut broken = vec![1.0; 16];
        broken[6] = f32::NAN;
        assert!(sentence(broken, vec![1.0; 16]).contains("row 1, column 2 holds NaN"));
    }
}
