//! The couplings and their statistics; what stands in their place where a memory has none, or is of letters.

use super::{Topic, TopicId};
use crate::engine::learning::{Shows, Symbol, symbols};

/// The margin.
const MARGIN: Symbol = Symbol::new(r"\kappa", "margin, or stability", Shows::Nothing);
/// J as a whole.
const MATRIX: Symbol = Symbol::new(
    "J",
    "all couplings, J_ij in row i and column j",
    Shows::Couplings,
);

pub(super) const TOPICS: [Topic; 8] = [
    Topic {
        id: TopicId::Couplings,
        title: "Couplings",
        shows: "All that the network knows: how strongly unit j pulls unit i, as a matrix or as a picture for each row. One \
                colour is pull the same way, the other apart.",
        formula: r"\eta = \frac{\lVert J - J^{\mathsf{T}} \rVert}{\lVert J + J^{\mathsf{T}} \rVert}",
        symbols: &[
            Symbol::new(
                r"\eta",
                "asymmetry: 0 if i pulls j as j pulls i",
                Shows::Nothing,
            ),
            MATRIX,
        ],
        notice: "Point at a pixel of any picture to see its row. Rows look like the stored patterns, since unit i is pulled \
                 by those units that have often agreed with it.",
        source: "Hebb, The Organization of Behavior (1949); Hopfield, PNAS 79, 2554 (1982)",
        lesson: Some("asymmetric"),
    },
    Topic {
        id: TopicId::LocalFields,
        title: "Local fields",
        shows: "What all other units together ask of each unit in the state shown: its colour is the sign that the unit will take.",
        formula: r"h_i = \sum_j J_{ij} s_j",
        symbols: &[
            Symbol::new("h_i", "local field of unit i", Shows::Fields),
            symbols::COUPLING,
            Symbol::new("s_j", "unit j of the state, ±1", Shows::State),
        ],
        notice: "Where field and state have the same sign everywhere, the state is a fixed point. Pale units are held weakly \
                 and flip first when the state is disturbed.",
        source: "Hopfield, PNAS 79, 2554 (1982)",
        lesson: Some("energy"),
    },
    Topic {
        id: TopicId::Histogram,
        title: "Distribution of the couplings",
        shows: "How many couplings have which strength, over all pairs of two units.",
        formula: r"\bar{J} = \frac{1}{N(N-1)} \sum_{i \neq j} J_{ij},\quad \sigma^2 = \frac{1}{N(N-1)} \sum_{i \neq j} (J_{ij} - \bar{J})^2",
        symbols: &[
            Symbol::new(r"\bar{J}", "mean coupling", Shows::Nothing),
            Symbol::new(r"\sigma", "standard deviation", Shows::Nothing),
            symbols::UNITS,
            symbols::COUPLING,
        ],
        notice: "Random patterns under Hebb's rule give a bell of width √P/N; digits give a tail of strong couplings between \
                 pixels that nearly always agree.",
        source: "Sompolinsky, Phys. Rev. A 34, 2571 (1986)",
        lesson: Some("digits"),
    },
    Topic {
        id: TopicId::Margins,
        title: "Margins",
        shows: "How firmly every unit of every stored pattern is held: its field along the pattern, over the length of its \
                row. Below 0 the unit will flip, and the pattern is no fixed point.",
        formula: r"\kappa_i^\mu = \frac{\xi_i^\mu h_i^\mu}{\lVert J_i \rVert}",
        symbols: &[
            MARGIN,
            symbols::PATTERN,
            symbols::FIELD,
            symbols::COUPLING,
            symbols::NORM,
        ],
        notice: "If the smallest margin is above 0, all stored patterns are fixed points; the larger it is, the more flips a \
                 unit withstands. At best it follows Gardner's bound: 0 at a load of 2, for random patterns.",
        source: "Krauth and Mézard, J. Phys. A 20, L745 (1987); Gardner, J. Phys. A 21, 257 (1988)",
        lesson: Some("capacity"),
    },
    Topic {
        id: TopicId::Spectrum,
        title: "Spectrum",
        shows: "The eigenvalues of the couplings: on a line where they are symmetric, in the complex plane where they are \
                not.",
        formula: r"J v_k = \lambda_k v_k",
        symbols: &[
            MATRIX,
            Symbol::new(
                "v_k",
                "eigenvector k: a direction in state space",
                Shows::Nothing,
            ),
            Symbol::new(
                r"\lambda_k",
                "its eigenvalue: how much J stretches along it",
                Shows::Nothing,
            ),
        ],
        notice: "The few large eigenvalues belong to directions that are stored, the bulk around them is noise. Off the real \
                 axis states turn in circles.",
        source: "Kanter and Sompolinsky, Phys. Rev. A 35, 380 (1987)",
        lesson: Some("asymmetric"),
    },
    Topic {
        id: TopicId::Bonds,
        title: "Bonds",
        shows: "Learned couplings against the true bonds of the spin glass: an orange dot for each bond, grey ones for pairs \
                without.",
        formula: r"R = \frac{\sum_{i \neq j} J_{ij} K_{ij}}{\sqrt{\sum_{i \neq j} J_{ij}^2 \sum_{i \neq j} K_{ij}^2}}",
        symbols: &[
            Symbol::new("R", "correlation, 1 where all are found", Shows::Nothing),
            symbols::COUPLING,
            Symbol::new(
                "K_{ij}",
                "true bond over temperature, 0 where there is none",
                Shows::Nothing,
            ),
        ],
        notice: "With more configurations the grey dots move to 0 and the orange ones to the diagonal: the memory becomes a \
                 model of the magnet.",
        source: "Nguyen, Zecchina and Berg, Advances in Physics 66, 197 (2017)",
        lesson: Some("glass"),
    },
    Topic {
        id: TopicId::Weights,
        title: "Weights of the memories",
        shows: "A memory without couplings: how strongly each stored pattern pulls at the state shown, the strongest first.",
        formula: r"w_\mu = \frac{F'(u_\mu)}{\sum_k F'(u_k)},\quad n_{\mathrm{eff}} = e^{-\sum_\mu w_\mu \ln w_\mu}",
        symbols: &[
            Symbol::new(
                r"w_\mu",
                "share of pattern μ in the pull: softmax, where F is an exponential",
                Shows::Patterns,
            ),
            Symbol::new(
                "F",
                "steep function of the overlap; F′ its slope",
                Shows::Nothing,
            ),
            Symbol::new(
                r"u_\mu",
                "N times the overlap with pattern μ",
                Shows::Overlaps,
            ),
            Symbol::new(
                "n",
                "effective number of patterns that pull",
                Shows::Nothing,
            ),
        ],
        notice: "If one pattern has nearly all of the weight, the state falls to it in one step. Where many share it, the \
                 state goes to their mean. This is attention: the state is the query.",
        source: "Krotov and Hopfield, NIPS 29 (2016); Ramsauer and others, ICLR 2021",
        lesson: Some("attention"),
    },
    Topic {
        id: TopicId::Contacts,
        title: "Contacts",
        shows: "How strongly two sites of the protein are coupled (below the diagonal), beside which of them touch in the \
                folded structure (above).",
        formula: r"S_{ij} = F_{ij} - \frac{\bar{F}_i \bar{F}_j}{\bar{F}}",
        symbols: &[
            Symbol::new(
                "S_{ij}",
                "score of the pair: how sure a contact is",
                Shows::Couplings,
            ),
            Symbol::new(
                "F_{ij}",
                "size of the couplings between all letters of two sites",
                Shows::Couplings,
            ),
            Symbol::new(
                r"\bar{F}",
                "mean over the other site, or over all pairs",
                Shows::Nothing,
            ),
        ],
        notice: "Sites that touch have changed together in evolution. Plain correlation also links sites that touch by way \
                 of a third; couplings do less so.",
        source: "Ekeberg and others, Phys. Rev. E 87, 012707 (2013); Morcos and others, PNAS 108, E1293 (2011)",
        lesson: Some("contacts"),
    },
];
