//! Hebb's rule for letters: J_ij(a,b) = (1/N) Σ_μ w_μ (δ(ξ_i,a) − m_i(a)) (δ(ξ_j,b) − m_j(b)), without fields.
//!
//! With m the frequencies of the letters at each site, these are the covariances of letters, N/Σw times too small; with
//! m = 1/q they are Kanter's couplings (PRA 37, 2739 (1988)) over q². Either way they are in the zero-sum gauge.

use super::potts::letters_only;
use super::{Group, Learner, Rule, RuleInfo, Setting, SettingKind, Shows, StepReport, Symbol};
use crate::engine::error::Error;
use crate::engine::memory::Memory;
use crate::engine::patterns::Patterns;
use crate::engine::potts::PottsCouplings;
use crate::engine::settings::{Choices as _, Field, Settings, choices};
use ndarray::Array2;
use std::borrow::Cow;
use std::sync::Arc;

/// Settings of Hebb's rule for letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PottsHebb {
    /// What is taken off.
    pub centring: LetterCentring,
}

/// What Hebb's rule for letters takes off before it multiplies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LetterCentring {
    /// The frequency of each letter at its site: couplings are covariances.
    #[default]
    Sites,
    /// 1/q from every letter.
    Letters,
}

choices!(LetterCentring: Sites = "sites" / "per site", Letters = "letters" / "per letter");

static ABOUT: RuleInfo = RuleInfo {
    name: "potts-hebb",
    title: "Potts Hebb",
    group: Group::Letters,
    formula: r"J_{ij}(a,b) = \frac{1}{N} \sum_\mu w_\mu \left(\delta(\xi_i^\mu, a) - f_i(a)\right) \left(\delta(\xi_j^\mu, b) - f_j(b)\right)",
    legend: &[
        Symbol::new(
            r"J_{ij}(a,b)",
            "coupling from letter b at site j to letter a at site i",
            Shows::Couplings,
        ),
        Symbol::new(
            r"\xi_i^\mu",
            "letter of sequence μ at site i",
            Shows::Patterns,
        ),
        Symbol::new(r"w_\mu", "weight of sequence μ", Shows::Nothing),
        Symbol::new(r"\delta", "1 where both are equal, else 0", Shows::Nothing),
        Symbol::new(r"f_i(a)", "frequency of letter a at site i", Shows::Nothing),
        Symbol::new(r"q", "number of letters", Shows::Nothing),
        Symbol::new(r"N", "number of sites", Shows::Nothing),
    ],
    summary: "Letters that occur together more often than by chance pull each other, others push apart",
    capacity: "Restores random sequences with few errors up to about 0.138 q(q−1)/2 to a site; those of a family blend far below",
    reference: "Kanter, PRA 37, 2739 (1988); covariances as in Göbel, Sander, Schneider & Valencia, Proteins 18, 309 (1994)",
    n_first: 1,
    presets: &[],
};

impl Settings for PottsHebb {
    const FIELDS: &'static [Field<Self>] = &[Field::new(
        Setting {
            key: "centring",
            label: "Subtract mean",
            help: "Per site: the frequency of each letter at its site, so that what all share is not learned. Per letter: 1/q from every letter, so that a single sequence can be stored",
            kind: SettingKind::Choice(LetterCentring::ITEMS),
        },
        |rule| rule.centring.place(),
        |rule, value| rule.centring = LetterCentring::at(value),
    )];
}

impl Rule for PottsHebb {
    fn about(&self) -> &'static RuleInfo {
        &ABOUT
    }

    fn suits(&self, patterns: &Patterns) -> Result<(), Error> {
        letters_only(&ABOUT, patterns).map(|_letters| ())
    }

    fn check(&self, patterns: &Patterns) -> Result<(), Error> {
        let n_letters = letters_only(&ABOUT, patterns)?;
        PottsCouplings::check_size(patterns.n_units(), n_letters)
    }

    fn start(&self, patterns: Arc<Patterns>, _seed: u64) -> Box<dyn Learner> {
        Box::new(PottsHebbLearner::new(*self, patterns))
    }

    fn formula(&self) -> Cow<'static, str> {
        match self.centring {
            LetterCentring::Sites => ABOUT.formula.into(),
            LetterCentring::Letters => r"J_{ij}(a,b) = \frac{1}{N} \sum_\mu w_\mu \left(\delta(\xi_i^\mu, a) - \frac{1}{q}\right) \left(\delta(\xi_j^\mu, b) - \frac{1}{q}\right)".into(),
        }
    }

    fn remarks(&self, patterns: &Patterns) -> Vec<String> {
        if self.centring == LetterCentring::Sites && patterns.n_patterns() == 1 {
            return vec!["A single sequence is its own frequency: nothing is stored".to_owned()];
        }
        Vec::new()
    }
}

/// A site after the other, and its pairs with those before it.
struct PottsHebbLearner {
    patterns: Arc<Patterns>,
    q: usize,
    weights: Vec<f64>,
    /// Σ_μ w_μ δ(ξ_i,a), N × q.
    counts: Vec<f64>,
    /// m_i(a), N × q.
    means: Vec<f64>,
    /// Σ_μ w_μ (δ(ξ_i,a) − m_i(a)), N × q.
    rests: Vec<f64>,
    site: usize,
    couplings: Array2<f32>,
}

impl PottsHebbLearner {
    fn new(rule: PottsHebb, patterns: Arc<Patterns>) -> Self {
        let letters = patterns.alphabet().letters();
        let q = letters
            .expect("who starts asks first whether it suits")
            .count();
        let (n_patterns, n_units) = patterns.rows().dim();
        let weights: Vec<f64> = match patterns.weights() {
            Some(weights) => weights.iter().copied().map(f64::from).collect(),
            None => vec![1.0; n_patterns],
        };
        let total: f64 = weights.iter().sum();
        let mut counts = vec![0.0; n_units * q];
        for (site, letters) in patterns.by_unit().outer_iter().enumerate() {
            for (letter, weight) in letters.iter().zip(&weights) {
                counts[site * q + *letter as usize] += weight;
            }
        }
        let means: Vec<f64> = match rule.centring {
            LetterCentring::Sites => counts.iter().map(|count| count / total).collect(),
            LetterCentring::Letters => vec![1.0 / q as f64; counts.len()],
        };
        let rests = counts.iter().zip(&means);
        let rests = rests.map(|(count, mean)| count - total * mean).collect();
        Self {
            patterns,
            q,
            weights,
            counts,
            means,
            rests,
            site: 0,
            couplings: Array2::zeros((n_units * q, n_units * q)),
        }
    }

    /// Couplings of the site with those before it, both ways.
    fn pair_up(&mut self) {
        let (q, i) = (self.q, self.site);
        let n_units = self.patterns.n_units() as f64;
        for j in 0..i {
            let mut counts = vec![0.0; q * q];
            let letters = self.patterns.unit(i).iter().zip(self.patterns.unit(j));
            for ((a, b), weight) in letters.zip(&self.weights) {
                counts[*a as usize * q + *b as usize] += weight;
            }
            for (pair, count) in counts.into_iter().enumerate() {
                let (a, b) = (i * q + pair / q, j * q + pair % q);
                // Σ w (δ_a − m_a)(δ_b − m_b) = Σ w δ_a δ_b − m_a Σ w δ_b − m_b Σ w (δ_a − m_a)
                let sum = count - self.means[a] * self.counts[b] - self.means[b] * self.rests[a];
                let value = (sum / n_units) as f32;
                self.couplings[[a, b]] = value;
                self.couplings[[b, a]] = value;
            }
        }
    }
}

impl Learner for PottsHebbLearner {
    fn step(&mut self) -> Option<StepReport> {
        let n_units = self.patterns.n_units();
        if self.site == n_units {
            return None;
        }
        self.pair_up();
        self.site += 1;
        Some(StepReport::one_shot(
            (self.site as f32 / n_units as f32).powi(2),
        ))
    }

    fn memory(&self) -> Result<Memory, Error> {
        let fields = Array2::zeros((self.patterns.n_units(), self.q));
        PottsCouplings::new(fields, self.couplings.clone()).map(Memory::Potts)
    }

    fn work(&self) -> f64 {
        let (p, n) = self.patterns.rows().dim();
        let pairs = 0.5 * (n * n) as f64;
        pairs * (4.0 * p as f64 + 10.0 * (self.q * self.q) as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::patterns::{Alphabet, Grid, Letters};
    use ndarray::array;

    fn learn(centring: LetterCentring, rows: Array2<i8>, weights: Vec<f32>) -> PottsCouplings {
        let letters = Alphabet::Letters(Letters::plain(2).unwrap());
        let grid = Grid::near_square(rows.ncols());
        let patterns = Patterns::of(rows, letters, grid, None).unwrap();
        let patterns = patterns.weighted(weights).unwrap();
        let mut learner = PottsHebb { centring }.start(Arc::new(patterns), 1);
        while learner.step().is_some() {}
        learner.memory().unwrap().potts().unwrap().clone()
    }

    #[test]
    fn covariances_of_letters_by_hand() {
        // Weights 3 and 1: frequencies of letter 0 are 3/4 and 1/4. Σ w (δ − m)(δ − m) = 3/4 for the letters that go
        // together, over two sites.
        let found = learn(
            LetterCentring::Sites,
            array![[0, 1], [1, 0]],
            vec![3.0, 1.0],
        );
        let block = |a, b| found.value(0, a, 1, b);
        assert_eq!(
            [block(0, 0), block(0, 1), block(1, 0), block(1, 1)],
            [-0.375, 0.375, 0.375, -0.375]
        );
        assert!(found.symmetric() && found.fields().iter().all(|field| *field == 0.0));
    }

    #[test]
    fn a_single_sequence_is_stored_where_one_over_q_is_taken_off() {
        let found = learn(LetterCentring::Letters, array![[0, 1]], vec![1.0]);
        // (δ − ½)(δ − ½) / 2.
        assert_eq!(
            (found.value(0, 0, 1, 1), found.value(0, 0, 1, 0)),
            (0.125, -0.125)
        );
        let nothing = learn(LetterCentring::Sites, array![[0, 1]], vec![1.0]);
        assert!(nothing.pulls().iter().all(|value| *value == 0.0));
    }
}
