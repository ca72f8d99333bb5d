//! How a rule gets to its couplings, and how a world was sampled.

use super::{Topic, TopicId};
use crate::engine::learning::{Shows, Symbol, symbols};

/// A bond of the spin glass.
const BOND: Symbol = Symbol::new(
    r"J_{ij}^\ast",
    "bond between the neighbours i and j",
    Shows::Nothing,
);

pub(super) const TOPICS: [Topic; 7] = [
    Topic {
        id: TopicId::LearningLoss,
        title: "Loss",
        shows: "What learning makes small, iteration by iteration, and how steep it still is: the norm of its gradient over \
                what that was at the start.",
        formula: r"\Delta J_{ij} \propto -\frac{\partial L}{\partial J_{ij}},\quad g = \frac{\lVert \nabla L \rVert}{\lVert \nabla L_0 \rVert}",
        symbols: &[
            symbols::COUPLING,
            Symbol::new(
                "L",
                "loss, a mean over units and patterns; L₀ is at J = 0",
                Shows::Nothing,
            ),
            Symbol::new("g", "norm of the gradient, 1 at the start", Shows::Nothing),
        ],
        notice: "The scale is logarithmic: a straight line is an exponential decay. A loss that still falls while the \
                 margin no longer grows has little left to gain.",
        source: "Besag, The Statistician 24, 179 (1975)",
        lesson: Some("pseudo-likelihood"),
    },
    Topic {
        id: TopicId::LearningMargin,
        title: "Margin",
        shows: "The smallest margin over all units and stored patterns, while the rule learns. From 0 on every pattern is a \
                fixed point.",
        formula: r"\kappa_{\min} = \min_{i, \mu} \frac{\xi_i^\mu h_i^\mu}{\lVert J_i \rVert}",
        symbols: &[
            Symbol::new(r"\kappa", "margin, or stability", Shows::Nothing),
            symbols::PATTERN,
            symbols::FIELD,
            symbols::COUPLING,
            symbols::NORM,
        ],
        notice: "It crosses 0 when the last pattern becomes a fixed point. How large it can become at a \
                 load is Gardner's bound.",
        source: "Gardner, J. Phys. A 21, 257 (1988)",
        lesson: Some("pseudo-likelihood"),
    },
    Topic {
        id: TopicId::LearningNorm,
        title: "Norm",
        shows: "The mean length of the rows of the couplings. It grows as long as a rule of this kind learns.",
        formula: r"\lVert J \rVert = \frac{1}{N} \sum_i \sqrt{\sum_j J_{ij}^2}",
        symbols: &[
            symbols::UNITS,
            Symbol::new(
                "J_{ij}",
                "coupling from unit j to unit i; ‖J‖ is the mean length of a row",
                Shows::Couplings,
            ),
        ],
        notice: "Basins are widest at a norm in between: at first the couplings are Hebb's, at the end those of largest \
                 stability, whose basins are narrower again.",
        source: "D'Amico and others, Physica A 692, 131497 (2026)",
        lesson: Some("pseudo-likelihood"),
    },
    Topic {
        id: TopicId::LearningOverlap,
        title: "Overlap",
        shows: "How well patterns are remembered by what is learned so far: the overlap of a pattern with where ten synchronous \
                sweeps take it, for stored and for unseen ones.",
        formula: r"m = \frac{1}{N} \sum_i \xi_i s_i(10),\quad s(0) = \xi",
        symbols: &[
            Symbol::new("m", "mean overlap over the patterns tried", Shows::Nothing),
            symbols::UNITS,
            Symbol::new(r"\xi_i", "unit i of a pattern", Shows::Patterns),
            Symbol::new("s_i", "unit i after so many sweeps", Shows::State),
        ],
        notice: "Where the unseen ones rise too, the memory generalises: it has learned what the patterns are made of.",
        source: "Kalaj and others, Physica A 678, 130946 (2025)",
        lesson: Some("generalise"),
    },
    Topic {
        id: TopicId::SamplingEnergies,
        title: "Sampling: energies",
        shows: "Energy per spin of the coldest replicas against sweeps, from random and from cold starts. Where the two \
                curves meet, the start is forgotten.",
        formula: r"e = -\frac{1}{N} \sum_{i < j} J_{ij}^\ast s_i s_j",
        symbols: &[
            Symbol::new("e", "energy per spin", Shows::Nothing),
            Symbol::new("N", "number of spins", Shows::Nothing),
            BOND,
            Symbol::new("s_i", "spin i, ±1", Shows::State),
        ],
        notice: "If both means differ by more than four standard errors, the sample is not in equilibrium: warm up longer.",
        source: "Hukushima and Nemoto, J. Phys. Soc. Jpn. 65, 1604 (1996)",
        lesson: Some("glass"),
    },
    Topic {
        id: TopicId::SamplingExchanges,
        title: "Sampling: exchanges",
        shows: "How often a replica exchanges its configuration with the one at the next temperature.",
        formula: r"p = \min\left(1, e^{(\beta_a - \beta_b)(E_a - E_b)}\right)",
        symbols: &[
            Symbol::new("p", "probability of an exchange", Shows::Nothing),
            Symbol::new(r"\beta", "1/T of replica a or b", Shows::Nothing),
            Symbol::new("E", "energy of its configuration", Shows::Nothing),
        ],
        notice: "A gap in the bars is a temperature that configurations do not get past: cold replicas then stay where \
                 they are.",
        source: "Hukushima and Nemoto, J. Phys. Soc. Jpn. 65, 1604 (1996)",
        lesson: Some("glass"),
    },
    Topic {
        id: TopicId::SamplingOverlaps,
        title: "Sampling: overlaps",
        shows: "How often two independent replicas of the same bonds have which overlap: the order parameter of a spin glass.",
        formula: r"q = \frac{1}{N} \sum_i s_i^a s_i^b",
        symbols: &[
            Symbol::new("q", "overlap of replicas a and b", Shows::Nothing),
            Symbol::new("N", "number of spins", Shows::Nothing),
            Symbol::new("s_i", "spin i of a replica, ±1", Shows::State),
        ],
        notice: "One peak at 0: a paramagnet. Two peaks far from 0: both replicas are frozen into the same pattern or its \
                 negative.",
        source: "Edwards and Anderson, J. Phys. F 5, 965 (1975); Parisi, Phys. Rev. Lett. 50, 1946 (1983)",
        lesson: Some("glass"),
    },
];
