//! The settings of pseudo-likelihood: what they are called, what larger does, and what they mean for given patterns.

use super::super::{Group, Learner, Preset, Rule, RuleInfo, Setting, SettingKind};
use super::descent::Descent;
use super::fast::Fast;
use crate::engine::patterns::Patterns;
use crate::engine::settings::{Choices as _, Field, Settings, choices};
use std::borrow::Cow;
use std::sync::Arc;

/// Settings of pseudo-likelihood.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PseudoLikelihood {
    /// λ, 0.01 to 10: inverse temperature of the units. Larger reaches the same couplings at smaller norm.
    pub lambda: f64,
    /// η, 1e-4 to 10: what a step moves each row along its own gradient; the authors' lr/N.
    pub eta: f64,
    /// Steps of descent, 1 to 100,000.
    pub steps: u32,
    /// ρ, 0 to 1: a penalty ρ/2 |J_i|² on each row. Larger bends towards Hebb's rule.
    pub l2: f64,
    /// Whether J_ij and J_ji are tied.
    pub couplings: Tie,
    /// Where descent starts.
    pub start: Start,
    /// How the loss is made small.
    pub optimiser: Optimiser,
    /// Largest norm of the gradient of the authors' loss, 0 to 1000; longer ones are cut to it. 0 cuts nothing.
    pub clip: f64,
    /// Norm of the gradient over that at J = 0 at which the fast optimiser stops, 1e-6 to 0.1.
    pub tolerance: f64,
    /// Most iterations of the fast optimiser, 1 to 10,000.
    pub iterations: u32,
}

/// Whether J_ij and J_ji are tied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tie {
    /// Every row for itself: couplings need not be symmetric.
    Free,
    /// One problem over symmetric couplings: the gradient is projected, G ← (G + Gᵀ)/2.
    Symmetric,
    /// Every row for itself, J ← (J + Jᵀ)/2 afterwards.
    Symmetrised,
}

choices!(Tie: Free = "free", Symmetric = "symmetric", Symmetrised = "symmetrised");

/// Where descent starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// J = 0; the first step is then Hebb's rule.
    Zero,
    /// J = (1/N) Ξᵀ Ξ without its diagonal.
    Hebb,
    /// Independent normal entries of variance 1/N.
    Random,
}

choices!(Start: Zero = "zero", Hebb = "hebb", Random = "random");

/// How the loss is made small.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Optimiser {
    /// Gradient descent, as in the paper: where it is stopped decides.
    Descent,
    /// Nonlinear conjugate gradients with an exact line search: goes to the minimum.
    Fast,
}

choices!(Optimiser: Descent = "descent", Fast = "fast");

impl Default for PseudoLikelihood {
    fn default() -> Self {
        Self {
            lambda: 1.0,
            eta: 0.005,
            steps: 400,
            l2: 0.001,
            couplings: Tie::Free,
            start: Start::Zero,
            optimiser: Optimiser::Fast,
            clip: 20.0,
            tolerance: 1e-4,
            iterations: 500,
        }
    }
}

const fn number(min: f64, max: f64, logarithmic: bool) -> SettingKind {
    SettingKind::Number {
        min,
        max,
        logarithmic,
    }
}

static ABOUT: RuleInfo = RuleInfo {
    name: "pseudo-likelihood",
    title: "Pseudo-likelihood",
    group: Group::Iterative,
    formula: "ΔJ_{ij} = η [(1/P) Σ_μ (ξ_i^μ − tanh λh_i^μ) ξ_j^μ − ρ J_{ij}]",
    symbols: "h_i = Σ_j J_{ij} ξ_j: field on a stored pattern ξ; λ: inverse temperature; η: rate; ρ: penalty; P patterns; J_{ii} = 0",
    summary: "Makes every unit of every stored pattern as likely as it can be, given all the other units",
    capacity: "Holds random patterns up to α = 2 in theory and about 1.5 in practice; from α = 0.2 up its basins are the widest known for pairwise couplings",
    reference: "D'Amico, Bocchi, Del Bono, Rossi & Negri, Physica A 692, 131497 (2026); Besag, The Statistician 24, 179 (1975)",
    n_first: 5,
    presets: &[
        Preset {
            name: "basins",
            title: "Random patterns",
            source: "η = 0.5 from J = 0 for 400 steps: near the widest basins of random patterns at any load; too fast for digits, which overlap",
            settings: |_| {
                vec![
                    ("lambda", 1.0),
                    ("eta", 0.5),
                    ("steps", 400.0),
                    ("start", 0.0),
                    ("l2", 0.0),
                    ("optimiser", 0.0),
                ]
            },
        },
        Preset {
            name: "paper-random",
            title: "Paper, random patterns",
            source: "The authors' schedule for random patterns at N = 1000: lr = 10, 401 steps from Hebb's couplings",
            settings: |_| {
                vec![
                    ("lambda", 1.0),
                    ("eta", 0.01),
                    ("steps", 401.0),
                    ("start", 1.0),
                    ("l2", 0.0),
                    ("optimiser", 0.0),
                ]
            },
        },
        Preset {
            name: "paper-digits",
            title: "Paper, digits",
            source: "The authors' schedule for digits of 14 × 14: λ = 0.1, lr = 100, 301 steps from random couplings; here with all patterns in a batch",
            settings: |_| {
                vec![
                    ("lambda", 0.1),
                    ("eta", 0.51),
                    ("steps", 301.0),
                    ("start", 2.0),
                    ("l2", 0.0),
                    ("optimiser", 0.0),
                ]
            },
        },
        Preset {
            name: "plm",
            title: "To the minimum, with a penalty",
            source: "The penalty of plmDCA (Ekeberg and others 2013) for many samples, 0.01, to the minimum",
            settings: |_| {
                vec![
                    ("lambda", 1.0),
                    ("l2", 0.01),
                    ("optimiser", 1.0),
                    ("tolerance", 1e-4),
                ]
            },
        },
    ],
};

impl Settings for PseudoLikelihood {
    const FIELDS: &'static [Field<Self>] = &[
Field::new(Setting {
            key: "lambda",
            label: "1/T, λ",
            help: "Larger reaches the same couplings at smaller norm: without a penalty it only rescales J and the rate",
            kind: number(0.01, 10.0, true),
        }, |rule| rule.lambda, |rule, value| rule.lambda = value),
Field::new(Setting {
            key: "l2",
            label: "Penalty ρ",
            help: "Larger keeps the couplings small and bends the rule towards Hebb's; 0 lets the norm grow for ever",
            kind: number(0.0, 1.0, true),
        }, |rule| rule.l2, |rule, value| rule.l2 = value),
Field::new(Setting {
            key: "optimiser",
            label: "Optimiser",
            help: "Descent: the steps asked for. Fast: conjugate gradients from J = 0 to the minimum; give it a penalty, or the minimum lies at infinity",
            kind: SettingKind::Choice(Optimiser::ITEMS),
        }, |rule| rule.optimiser.place(), |rule, value| rule.optimiser = Optimiser::at(value)),
Field::<Self>::new(Setting {
            key: "eta",
            label: "Rate η",
            help: "Larger takes longer steps of descent; too large and the loss goes up and down. It is the rate lr of a loss averaged over N units, divided by N",
            kind: number(1e-4, 10.0, true),
        }, |rule| rule.eta, |rule, value| rule.eta = value).when(|rule| rule.optimiser == Optimiser::Descent),
Field::<Self>::new(Setting {
            key: "steps",
            label: "Steps",
            help: "Longer descent goes from Hebb's rule towards maximum stability; the widest basins lie between",
            kind: SettingKind::Whole {
                min: 1,
                max: 100_000,
                logarithmic: true,
            },
        }, |rule| f64::from(rule.steps), |rule, value| rule.steps = value as u32).when(|rule| rule.optimiser == Optimiser::Descent),
Field::new(Setting {
            key: "couplings",
            label: "Couplings",
            help: "Free: every row for itself. Symmetric: one problem with J_ij = J_ji, so that an energy exists. Symmetrised: free, then averaged with the transpose",
            kind: SettingKind::Choice(Tie::ITEMS),
        }, |rule| rule.couplings.place(), |rule, value| rule.couplings = Tie::at(value)),
Field::<Self>::new(Setting {
            key: "start",
            label: "Start",
            help: "Where descent starts: J = 0, Hebb's couplings, or independent normal numbers of variance 1/N",
            kind: SettingKind::Choice(Start::ITEMS),
        }, |rule| rule.start.place(), |rule, value| rule.start = Start::at(value)).when(|rule| rule.optimiser == Optimiser::Descent),
Field::<Self>::new(Setting {
            key: "clip",
            label: "Clip at",
            help: "Descent cuts longer gradients of the mean loss to this norm; larger cuts less, 0 cuts nothing",
            kind: number(0.0, 1000.0, false),
        }, |rule| rule.clip, |rule, value| rule.clip = value).when(|rule| rule.optimiser == Optimiser::Descent),
Field::<Self>::new(Setting {
            key: "tolerance",
            label: "Tolerance",
            help: "The fast optimiser stops when the gradient is this small beside that at J = 0; larger stops earlier",
            kind: number(1e-6, 0.1, true),
        }, |rule| rule.tolerance, |rule, value| rule.tolerance = value).when(|rule| rule.optimiser == Optimiser::Fast),
Field::<Self>::new(Setting {
            key: "iterations",
            label: "Iterations",
            help: "The fast optimiser stops here at the latest; larger lets it try longer",
            kind: SettingKind::Whole {
                min: 1,
                max: 10_000,
                logarithmic: true,
            },
        }, |rule| f64::from(rule.iterations), |rule, value| rule.iterations = value as u32).when(|rule| rule.optimiser == Optimiser::Fast),
    ];
}

impl Rule for PseudoLikelihood {
    fn about(&self) -> &'static RuleInfo {
        &ABOUT
    }

    fn start(&self, patterns: Arc<Patterns>, seed: u64) -> Box<dyn Learner> {
        match self.optimiser {
            Optimiser::Descent => Box::new(Descent::new(*self, &patterns, seed)),
            Optimiser::Fast => Box::new(Fast::new(*self, &patterns)),
        }
    }

    fn formula(&self) -> Cow<'static, str> {
        if self.optimiser == Optimiser::Fast {
            "min (1/P) Σ_μ [ln 2cosh λh_i^μ / λ − ξ_i^μ h_i^μ] + (ρ/2) |J_i|^2".into()
        } else if self.l2 > 0.0 {
            ABOUT.formula.into()
        } else {
            "ΔJ_{ij} = (η/P) Σ_μ (ξ_i^μ − tanh λh_i^μ) ξ_j^μ".into()
        }
    }

    fn remarks(&self, patterns: &Patterns) -> Vec<String> {
        match self.optimiser {
            Optimiser::Descent => self.remarks_on_descent(patterns),
            Optimiser::Fast => self.remarks_on_fast(patterns),
        }
    }
}

impl PseudoLikelihood {
    fn remarks_on_descent(&self, patterns: &Patterns) -> Vec<String> {
        let largest = 2.0 / (self.lambda * largest_eigenvalue(patterns) + self.l2);
        let step = if self.eta <= largest {
            format!(
                "η = {} is below {largest:.1e}: the loss falls in every step",
                self.eta
            )
        } else {
            format!("η above {largest:.1e}: the loss may go up and down at first")
        };
        let mut remarks = vec![step];
        if self.l2 == 0.0 {
            let norm = "λ is no knob of its own: what counts is the norm λ|J_i| reached, from Hebb's rule at small to maximum stability at large";
            remarks.insert(0, norm.to_owned());
        }
        remarks
    }

    fn remarks_on_fast(&self, patterns: &Patterns) -> Vec<String> {
        let no_end = self.l2 == 0.0 && patterns.load() < 2.0;
        let remark = if no_end {
            "Without a penalty the loss of patterns that can be held has no minimum: the norm grows until the gradient is below the tolerance"
        } else if self.l2 > 0.0 {
            "The penalty decides: towards Hebb's rule for a large one, towards maximum stability for a small one"
        } else {
            "More patterns than couplings can hold: the minimum lies at finite norm even without a penalty"
        };
        vec![remark.to_owned()]
    }
}

/// About the largest eigenvalue of Ξᵀ Ξ/P: that of independent patterns, (1 + √(N/P))², or the square |⟨ξ⟩|² of
/// their mean where that is larger.
fn largest_eigenvalue(patterns: &Patterns) -> f64 {
    let (n_units, n_patterns) = (patterns.n_units(), patterns.n_patterns() as f64);
    let random = (1.0 + (n_units as f64 / n_patterns).sqrt()).powi(2);
    let mean_square = |unit: usize| {
        let sum: i64 = patterns
            .unit(unit)
            .iter()
            .map(|sign| i64::from(*sign))
            .sum();
        (sum as f64 / n_patterns).powi(2)
    };
    random.max((0..n_units).map(mean_square).sum())
}
