//! The settings of pseudo-likelihood: what they are called, what larger does, and what they mean for given patterns.

use super::super::{Group, Preset, RuleInfo, Setting, SettingKind, Shows, Symbol, symbols};
use crate::engine::settings::{Choices as _, Field, Settings, choices};

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
    pub start: FirstCouplings,
    /// Patterns that a step of descent takes, drawn anew for each, 0 to 200,000; 0, or as many as there are, is all.
    pub batch: u32,
    /// d, 0.9 to 1: what the rate is multiplied by after every step of descent. 1 keeps it.
    pub decay: f64,
    /// How the loss is made small.
    pub optimiser: Optimiser,
    /// Largest norm of the gradient of the authors' loss, 0 to 1000; longer ones are cut to it. 0 cuts nothing.
    pub clip: f64,
    /// Norm of the gradient over that at J = 0 at which conjugate gradients stop, 1e-9 to 0.1.
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
pub enum FirstCouplings {
    /// J = 0; the first step is then Hebb's rule.
    Zero,
    /// J = (1/N) Ξᵀ Ξ without its diagonal.
    Hebb,
    /// Independent normal entries of variance 1/N.
    Random,
    /// Independent entries between −1/√N and 1/√N.
    Uniform,
}

choices!(FirstCouplings: Zero = "zero", Hebb = "hebb", Random = "random" / "Gaussian", Uniform = "uniform");

/// How the loss is made small.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Optimiser {
    /// Gradient descent, as in the paper: where it is stopped decides.
    Descent,
    /// Nonlinear conjugate gradients with an exact line search: goes to the minimum.
    Fast,
}

choices!(Optimiser: Descent = "descent" / "gradient descent", Fast = "fast" / "conjugate gradients");

/// The usual tolerance: with a penalty that is not tiny, it leaves J within a hundredth of the minimum.
pub(super) const USUAL_TOLERANCE: f64 = 1e-6;

impl Default for PseudoLikelihood {
    fn default() -> Self {
        Self {
            lambda: 1.0,
            eta: 0.005,
            steps: 400,
            l2: 0.001,
            couplings: Tie::Free,
            start: FirstCouplings::Zero,
            batch: 0,
            decay: 1.0,
            optimiser: Optimiser::Fast,
            clip: 20.0,
            tolerance: USUAL_TOLERANCE,
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

pub(super) static ABOUT: RuleInfo = RuleInfo {
    name: "pseudo-likelihood",
    title: "Pseudo-likelihood",
    group: Group::Iterative,
    formula: r"\Delta J_{ij} = \eta \left[\frac{1}{P} \sum_\mu \left(\xi_i^\mu - \tanh \lambda h_i^\mu\right) \xi_j^\mu - \rho J_{ij}\right]",
    legend: &[
        symbols::COUPLING,
        symbols::NORM,
        symbols::PATTERN,
        symbols::FIELD,
        Symbol::new(r"\lambda", "inverse temperature", Shows::Nothing),
        Symbol::new(r"\eta", "rate", Shows::Nothing),
        Symbol::new(r"\rho", "penalty", Shows::Nothing),
        symbols::COUNT,
    ],
    summary: "Makes every unit of every stored pattern as likely as it can be, given all the other units",
    capacity: "Makes random patterns fixed points up to α = 2 in theory and about 1.5 in practice; from α = 0.2 up its basins are the widest known for pairwise couplings",
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
                    ("batch", 0.0),
                    ("decay", 1.0),
                    ("clip", 20.0),
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
                    ("batch", 0.0),
                    ("decay", 1.0),
                    ("clip", 20.0),
                    ("l2", 0.0),
                    ("optimiser", 0.0),
                ]
            },
        },
        Preset {
            name: "paper-features",
            title: "Paper, random features",
            source: "The authors' schedule for random features at N = 2000: λ = 0.1, lr = 10, 401 steps from Hebb's couplings",
            settings: |_| {
                vec![
                    ("lambda", 0.1),
                    ("eta", 0.005),
                    ("steps", 401.0),
                    ("start", 1.0),
                    ("batch", 0.0),
                    ("decay", 1.0),
                    ("clip", 20.0),
                    ("l2", 0.0),
                    ("optimiser", 0.0),
                ]
            },
        },
        Preset {
            name: "paper-digits",
            title: "Paper, digits",
            source: "The authors' schedule for digits of 14 × 14: λ = 0.1, lr = 100, 301 passes over them in batches of 1000 from random couplings",
            settings: |_| {
                vec![
                    ("lambda", 0.1),
                    ("eta", 0.51),
                    ("steps", 301.0),
                    ("start", 2.0),
                    ("batch", 1000.0),
                    ("decay", 1.0),
                    ("clip", 0.0),
                    ("l2", 0.0),
                    ("optimiser", 0.0),
                ]
            },
        },
        Preset {
            name: "paper-lattice",
            title: "Paper, Edwards–Anderson",
            source: "The authors' schedule for configurations of the spin glass at N = 1024: lr = 100 × 0.999 to the step, 1000 steps from uniform couplings",
            settings: |_| {
                vec![
                    ("lambda", 1.0),
                    ("eta", 0.098),
                    ("steps", 1000.0),
                    ("start", 3.0),
                    ("batch", 0.0),
                    ("decay", 0.999),
                    ("clip", 0.0),
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
                    ("tolerance", 1e-6),
                ]
            },
        },
    ],
};

impl Settings for PseudoLikelihood {
    const FIELDS: &'static [Field<Self>] = &[
Field::new(Setting {
            key: "lambda",
            label: "Inverse temperature λ",
            help: "Larger reaches the same couplings at smaller norm: without a penalty it only rescales J and the rate",
            kind: number(0.01, 10.0, true),
        }, |rule| rule.lambda, |rule, value| rule.lambda = value),
Field::new(Setting {
            key: "l2",
            label: "Weight penalty ρ",
            help: "Larger keeps the couplings small and bends the rule towards Hebb's; 0 lets the norm grow for ever",
            kind: number(0.0, 1.0, true),
        }, |rule| rule.l2, |rule, value| rule.l2 = value),
Field::new(Setting {
            key: "optimiser",
            label: "Optimiser",
            help: "Gradient descent: so many steps. Conjugate gradients: from J = 0 to the minimum; give them a penalty, or the minimum lies at infinity",
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
            help: "Passes of descent over all patterns, a step each unless they come in batches. Longer descent goes from Hebb's rule towards maximum stability; the widest basins lie between",
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
            help: "Where descent starts: J = 0, Hebb's couplings, independent normal numbers of variance 1/N, or uniform ones up to ±1/√N",
            kind: SettingKind::Choice(FirstCouplings::ITEMS),
        }, |rule| rule.start.place(), |rule, value| rule.start = FirstCouplings::at(value)).when(|rule| rule.optimiser == Optimiser::Descent),
Field::<Self>::new(Setting {
            key: "batch",
            label: "Patterns a step",
            help: "A step of descent takes so many of the patterns, and a pass deals all of them out, shuffled anew. Larger makes steps fewer and less noisy; 0, or as many as are stored, takes all. The paper takes 1000 of its digits, and all of anything else",
            kind: SettingKind::Whole {
                min: 0,
                max: 200_000,
                logarithmic: false,
            },
        }, |rule| f64::from(rule.batch), |rule, value| rule.batch = value as u32).when(|rule| rule.optimiser == Optimiser::Descent).sliding(0.0, 2000.0),
Field::<Self>::new(Setting {
            key: "decay",
            label: "Decay of the rate",
            help: "The rate is multiplied by this after every pass. Smaller makes late steps shorter, 1 keeps them; the paper takes 0.999 for its spin glass",
            kind: number(0.9, 1.0, false),
        }, |rule| rule.decay, |rule, value| rule.decay = value).when(|rule| rule.optimiser == Optimiser::Descent),
Field::<Self>::new(Setting {
            key: "clip",
            label: "Clip at",
            help: "Descent cuts longer gradients of the mean loss to this norm; larger cuts less, 0 cuts nothing. The paper takes 20 for random patterns and features, and 0 for the rest",
            kind: number(0.0, 1000.0, false),
        }, |rule| rule.clip, |rule, value| rule.clip = value).when(|rule| rule.optimiser == Optimiser::Descent),
Field::<Self>::new(Setting {
            key: "tolerance",
            label: "Tolerance",
            help: "Conjugate gradients stop when the gradient is this small beside that at J = 0. Larger stops earlier, and further from the minimum",
            kind: number(1e-9, 0.1, true),
        }, |rule| rule.tolerance, |rule, value| rule.tolerance = value).when(|rule| rule.optimiser == Optimiser::Fast),
Field::<Self>::new(Setting {
            key: "iterations",
            label: "Iterations",
            help: "Conjugate gradients stop here at the latest; larger lets them try longer",
            kind: SettingKind::Whole {
                min: 1,
                max: 10_000,
                logarithmic: true,
            },
        }, |rule| f64::from(rule.iterations), |rule, value| rule.iterations = value as u32).when(|rule| rule.optimiser == Optimiser::Fast),
    ];
}
