//! Which sites touch, by how strongly their letters are coupled: Frobenius norms of the couplings in the zero-sum
//! gauge, less what every site has with all others.
//!
//! F_ij = √Σ_ab J̄_ij(a,b)² with J̄ the mean of J_ij(a,b) and J_ji(b,a) in the zero-sum gauge; the gap, where there is
//! one, takes part in the gauge and is left out of the sum (Ekeberg and others, PRE 87, 012707 (2013)). The score is
//! F_ij − F_i F_j / F with F_i the mean of F over the pairs of site i and F that over all pairs: the average-product correction
//! (Dunn, Wahl & Gloor, Bioinformatics 24, 333 (2008)). Absent: structures, and where distances come from.

use crate::engine::patterns::Letters;
use crate::engine::potts::PottsCouplings;
use ndarray::{Array2, Axis};

/// Sites of a chain that are nearer than this touch anyway: pairs that count have |i − j| above it.
pub const NEIGHBOURS: usize = 4;

/// How strongly every pair of sites is coupled.
#[derive(Debug, Clone, PartialEq)]
pub struct Contacts {
    /// F_ij, N × N, symmetric, 0 on the diagonal.
    norms: Array2<f32>,
    /// The corrected scores, N × N, symmetric, 0 on the diagonal.
    scores: Array2<f32>,
}

/// A pair of sites that may touch.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair {
    /// The first site, from 0.
    pub i: usize,
    /// The second site, behind the first.
    pub j: usize,
    /// The corrected score: larger is surer.
    pub score: f32,
}

/// How many of the surest pairs do touch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Precision {
    /// Pairs looked at.
    pub looked_at: usize,
    /// Those of them that touch.
    pub touching: usize,
}

impl Precision {
    /// Share of the pairs looked at that touch, 0 to 1; 0 if there are none.
    pub fn share(self) -> f64 {
        self.touching as f64 / self.looked_at.max(1) as f64
    }
}

/// Contacts in the making, a site with all before it a step; every step is given the same couplings and letters.
#[derive(Debug, Clone, Default)]
pub struct ContactSteps {
    norms: Array2<f32>,
    site: usize,
}

impl ContactSteps {
    /// Looks at the pairs of the next site; false if all were looked at before. O(N q²).
    pub fn step(&mut self, couplings: &PottsCouplings, letters: Letters) -> bool {
        let (n, i) = (couplings.n_units(), self.site);
        if i == n {
            return false;
        }
        if self.norms.is_empty() {
            self.norms = Array2::zeros((n, n));
        }
        for j in 0..i {
            let norm = norm(couplings, letters, i, j);
            self.norms[[i, j]] = norm;
            self.norms[[j, i]] = norm;
        }
        self.site += 1;
        true
    }

    /// What was looked at.
    pub fn contacts(self) -> Contacts {
        let scores = corrected(&self.norms);
        Contacts {
            norms: self.norms,
            scores,
        }
    }
}

/// F_ij.
fn norm(couplings: &PottsCouplings, letters: Letters, i: usize, j: usize) -> f32 {
    let q = couplings.n_letters();
    let counted = letters.gap().map_or(q, |gap| q.min(gap as usize));
    let mean = |(a, b)| {
        0.5 * (f64::from(couplings.value(i, a, j, b)) + f64::from(couplings.value(j, b, i, a)))
    };
    let block = Array2::from_shape_fn((q, q), mean);
    // The zero-sum gauge of the mean is the mean of the zero-sum gauges.
    let of_a = block.sum_axis(Axis(1)) / q as f64;
    let of_b = block.sum_axis(Axis(0)) / q as f64;
    let of_all = of_a.sum() / q as f64;
    let mut squares = 0.0;
    for a in 0..counted {
        for b in 0..counted {
            squares += (block[[a, b]] - of_a[a] - of_b[b] + of_all).powi(2);
        }
    }
    squares.sqrt() as f32
}

impl Contacts {
    /// The contacts that `couplings` speak for; `letters` says which letter is the gap. O(N² q²).
    pub fn new(couplings: &PottsCouplings, letters: Letters) -> Self {
        let mut steps = ContactSteps::default();
        while steps.step(couplings, letters) {}
        steps.contacts()
    }

    /// F_ij before the correction, N × N, symmetric, 0 on the diagonal.
    pub fn norms(&self) -> &Array2<f32> {
        &self.norms
    }

    /// The corrected scores, N × N, symmetric, 0 on the diagonal.
    pub fn scores(&self) -> &Array2<f32> {
        &self.scores
    }

    /// The corrected scores, handed over.
    pub fn into_scores(self) -> Array2<f32> {
        self.scores
    }

    /// All pairs with |i − j| above [`NEIGHBOURS`], the surest first.
    pub fn ranked(&self) -> Vec<Pair> {
        ranked_pairs(&self.scores)
    }

    /// How many of the `top` surest pairs touch. `touches` tells of a pair, first site first; pairs of which it does not
    /// know are passed over.
    pub fn precision(
        &self,
        top: usize,
        mut touches: impl FnMut(usize, usize) -> Option<bool>,
    ) -> Precision {
        let mut precision = Precision {
            looked_at: 0,
            touching: 0,
        };
        for touching in self
            .ranked()
            .iter()
            .filter_map(|pair| touches(pair.i, pair.j))
        {
            if precision.looked_at == top {
                break;
            }
            precision.looked_at += 1;
            precision.touching += usize::from(touching);
        }
        precision
    }
}

/// All pairs with |i − j| above [`NEIGHBOURS`] by their `scores`, N × N, the surest first.
pub fn ranked_pairs(scores: &Array2<f32>) -> Vec<Pair> {
    let n = scores.nrows();
    let pairs = (0..n).flat_map(|i| (i + NEIGHBOURS + 1..n).map(move |j| (i, j)));
    let pairs = pairs.map(|(i, j)| Pair {
        i,
        j,
        score: scores[[i, j]],
    });
    let mut ranked: Vec<Pair> = pairs.collect();
    // Stable: of equals the first pair of sites comes first.
    ranked.sort_by(|a, b| b.score.total_cmp(&a.score));
    ranked
}

/// How many pairs of `n_sites` sites have |i − j| above [`NEIGHBOURS`].
pub fn count_of_pairs(n_sites: usize) -> usize {
    let partners_of_first = n_sites.saturating_sub(NEIGHBOURS + 1);
    partners_of_first * (partners_of_first + 1) / 2
}

/// F_ij − F_i F_j / F off the diagonal; unchanged where all are 0.
fn corrected(norms: &Array2<f32>) -> Array2<f32> {
    let n = norms.nrows();
    let others = n.saturating_sub(1).max(1) as f64;
    let of_site =
        |site: usize| norms.row(site).iter().copied().map(f64::from).sum::<f64>() / others;
    let of_sites: Vec<f64> = (0..n).map(of_site).collect();
    let of_all = of_sites.iter().sum::<f64>() / n.max(1) as f64;
    Array2::from_shape_fn((n, n), |(i, j)| {
        if i == j || of_all == 0.0 {
            return 0.0;
        }
        (f64::from(norms[[i, j]]) - of_sites[i] * of_sites[j] / of_all) as f32
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::error::Error;
    use ndarray::array;

    #[test]
    fn the_average_product_correction_by_hand() {
        let norms = array![[0.0, 3.0, 1.0], [3.0, 0.0, 2.0], [1.0, 2.0, 0.0]];
        // Means of the sites 2, 5/2 and 3/2, of all 2.
        let scores = array![
            [0.0, 3.0 - 2.5, 1.0 - 1.5],
            [0.5, 0.0, 2.0 - 1.875],
            [-0.5, 0.125, 0.0]
        ];
        assert_eq!(corrected(&norms), scores);
        assert_eq!(
            corrected(&Array2::zeros((2, 2))),
            Array2::<f32>::zeros((2, 2))
        );
        assert_eq!(corrected(&array![[0.0]]), array![[0.0]]);
    }

    /// `n` sites of 2 letters; `strong` sites apart from each other are coupled by the given strength.
    fn coupled(n: usize, pairs: &[(usize, usize, f32)]) -> Result<PottsCouplings, Error> {
        let mut pulls = Array2::zeros((2 * n, 2 * n));
        for (i, j, strength) in pairs {
            for (a, b) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
                let value = if a == b { *strength } else { -strength };
                pulls[[2 * i + a, 2 * j + b]] = value;
                pulls[[2 * j + b, 2 * i + a]] = value;
            }
        }
        PottsCouplings::new(Array2::zeros((n, 2)), pulls)
    }

    #[test]
    fn pairs_are_counted_as_by_hand() {
        // (0, 5); and (0, 6), (1, 6); and three with site 7; of 10 sites 5 + 4 + 3 + 2 + 1.
        for (n_sites, count) in [(0, 0), (1, 0), (5, 0), (6, 1), (7, 3), (8, 6), (10, 15)] {
            assert_eq!(count_of_pairs(n_sites), count, "{n_sites} sites");
            let ranked = ranked_pairs(&Array2::zeros((n_sites, n_sites)));
            assert_eq!(ranked.len(), count, "{n_sites} sites");
        }
    }

    #[test]
    fn norms_are_free_of_the_gauge_and_pairs_are_ranked() {
        let pairs = [(0, 6, 2.0), (1, 7, 1.0), (2, 3, 5.0), (2, 8, -1.5)];
        let couplings = coupled(10, &pairs).unwrap();
        let letters = Letters::plain(2).unwrap();
        let contacts = Contacts::new(&couplings, letters);
        // Four couplings of ±strength.
        assert_eq!(contacts.norms()[[0, 6]], 4.0);
        assert_eq!(contacts.norms()[[8, 2]], 3.0);
        let ranked = contacts.ranked();
        assert_eq!(ranked.len(), count_of_pairs(10));
        let first: Vec<(usize, usize)> = ranked[..2].iter().map(|pair| (pair.i, pair.j)).collect();
        assert_eq!(first, [(0, 6), (1, 7)]);
        // Numbers that depend on one letter alone belong to the fields.
        let mut shifted = couplings.pulls().clone();
        for i in 0..2 {
            for b in 0..2 {
                shifted[[12 + b, i]] += if i == 0 { 3.0 } else { 1.0 };
            }
        }
        let shifted = PottsCouplings::new(couplings.fields().clone(), shifted).unwrap();
        assert_eq!(Contacts::new(&shifted, letters), contacts);
        let precision = contacts.precision(2, |i, j| (i > 0).then_some((i, j) == (1, 7)));
        assert_eq!((precision.looked_at, precision.touching), (2, 1));
        assert_eq!(precision.share(), 0.5);
    }

    #[test]
    fn gaps_are_left_out_of_the_norms() {
        let q = Letters::PROTEIN.count();
        let mut pulls = Array2::zeros((2 * q, 2 * q));
        // In the zero-sum gauge a coupling of 1 between the gaps is (1 − 1/q)² there, 1/q² between all others.
        pulls[[q - 1, 2 * q - 1]] = 1.0;
        pulls[[2 * q - 1, q - 1]] = 1.0;
        let couplings = PottsCouplings::new(Array2::zeros((2, q)), pulls).unwrap();
        let norm = Contacts::new(&couplings, Letters::PROTEIN).norms()[[0, 1]];
        // √(20² (1/21²)²) = 20/441.
        assert!((norm - 20.0 / 441.0).abs() < 1e-6, "{norm}");
    }
}
