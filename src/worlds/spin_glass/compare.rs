//! Learned couplings beside the bonds that made the data: what pseudo-likelihood is known to recover.
//!
//! At temperature T configurations have the weight e^{−E/T}, so that couplings learned from them estimate J*/T. As the
//! authors do, the symmetric part of what was learned is compared: its error γ = ‖J_sym − J*/T‖ / ‖J*/T‖ and its cosine
//! R with J*/T (D'Amico et al. 2025, theory of the Edwards-Anderson figures). γ also punishes a wrong scale; the best
//! scale and the error that it leaves are told beside it.

use super::bonds::Lattice;
use crate::engine::Couplings;

/// What was learned of the bonds.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// J*_ij / T and the learned coupling of every bond.
    pub bonds: Vec<(f32, f32)>,
    /// Learned couplings of pairs that share no bond, some of them.
    pub others: Vec<f32>,
    /// Cosine R of all pairs, −1 to 1.
    pub cosine: f64,
    /// Error γ of all pairs.
    pub error: f64,
    /// The factor on the learned couplings that makes the error smallest.
    pub scale: f64,
    /// The error with that factor, √(1 − R²).
    pub scaled_error: f64,
    /// Share of the bonds whose sign is right.
    pub signs: f64,
}

/// Most pairs without a bond that are kept.
const MAX_OTHERS: usize = 2000;

/// Pairs that a step looks at, about: a few milliseconds.
const PAIRS_A_STEP: usize = 200_000;

/// A comparison in the making; every step is given the same lattice, temperature and couplings.
#[derive(Debug, Clone, Default)]
pub struct ComparisonSteps {
    bonds: Vec<(f32, f32)>,
    others: Vec<f32>,
    /// Σ J*/T J, Σ (J*/T)² and Σ J² over all pairs, J being symmetrised.
    products: f64,
    truth: f64,
    squares: f64,
    /// Rows done, and pairs without a bond seen in them.
    row: usize,
    seen: usize,
}

impl ComparisonSteps {
    /// Compares some more of `couplings` with the bonds of `lattice` over `temperature`, the bonds first; false if all
    /// were compared before. Both are of as many units.
    pub fn step(&mut self, lattice: &Lattice, temperature: f64, couplings: &Couplings) -> bool {
        let n = lattice.n_spins();
        let symmetric = |i: usize, j: usize| 0.5 * (couplings.value(i, j) + couplings.value(j, i));
        if self.bonds.is_empty() {
            for (i, j, bond) in lattice.bonds() {
                let (bond, coupling) = ((f64::from(bond) / temperature) as f32, symmetric(i, j));
                self.products += f64::from(bond) * f64::from(coupling);
                self.truth += f64::from(bond).powi(2);
                self.bonds.push((bond, coupling));
            }
            return true;
        }
        if self.row == n {
            return false;
        }
        let is_bond = |i: usize, j: usize| lattice.neighbours(i).iter().any(|(k, _)| *k == j);
        let every = (n * (n - 1) / 2 - self.bonds.len())
            .div_ceil(MAX_OTHERS)
            .max(1);
        let end = (self.row + PAIRS_A_STEP / n + 1).min(n);
        for i in self.row..end {
            for j in i + 1..n {
                let coupling = symmetric(i, j);
                self.squares += f64::from(coupling).powi(2);
                if !is_bond(i, j) {
                    if self.seen.is_multiple_of(every) {
                        self.others.push(coupling);
                    }
                    self.seen += 1;
                }
            }
        }
        self.row = end;
        true
    }

    /// What was compared.
    pub fn comparison(self) -> Comparison {
        let Self {
            bonds,
            others,
            products,
            truth,
            squares,
            ..
        } = self;
        let right = bonds
            .iter()
            .filter(|(bond, coupling)| bond * coupling > 0.0)
            .count();
        let (cosine, scale) = if squares > 0.0 {
            (products / (squares * truth).sqrt(), products / squares)
        } else {
            (0.0, 0.0)
        };
        Comparison {
            cosine,
            error: ((squares - 2.0 * products + truth).max(0.0) / truth).sqrt(),
            scale,
            scaled_error: (1.0 - cosine * cosine).max(0.0).sqrt(),
            signs: right as f64 / bonds.len() as f64,
            bonds,
            others,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::worlds::spin_glass::BondKind;
    use ndarray::Array2;

    fn compare(lattice: &Lattice, temperature: f64, learned: &Array2<f32>) -> Comparison {
        let couplings = Couplings::new(learned.clone(), 1.0).unwrap();
        let mut steps = ComparisonSteps::default();
        while steps.step(lattice, temperature, &couplings) {}
        steps.comparison()
    }

    #[test]
    fn true_couplings_are_recognised_at_any_scale() {
        let lattice = Lattice::random(8, BondKind::Gaussian, 1);
        let learned = lattice.couplings() / 2.0;
        let exact = compare(&lattice, 2.0, &learned);
        assert!(exact.error < 1e-6 && (exact.cosine - 1.0).abs() < 1e-12);
        assert_eq!((exact.bonds.len(), exact.signs), (128, 1.0));
        assert!(exact.others.iter().all(|coupling| *coupling == 0.0));
        assert_eq!(exact.others.len(), 64 * 63 / 2 - 128);
        let half = compare(&lattice, 1.0, &learned);
        assert!((half.error - 0.5).abs() < 1e-6 && (half.scale - 2.0).abs() < 1e-6);
        assert!(half.scaled_error < 1e-3);
    }

    /// By hand: the antisymmetric part does not count, and a coupling of equal size off the bonds makes R = 1/√2.
    #[test]
    fn what_is_off_the_bonds_lowers_the_cosine() {
        let lattice = Lattice::new(4, &[1.0; 32]);
        let mut learned = lattice.couplings();
        let norm = 32.0_f32.sqrt();
        learned[[0, 5]] = 2.0 * norm;
        let found = compare(&lattice, 1.0, &learned);
        assert!(
            (found.cosine - 0.5_f64.sqrt()).abs() < 1e-6,
            "{}",
            found.cosine
        );
        assert!((found.error - 1.0).abs() < 1e-6);
    }
}
