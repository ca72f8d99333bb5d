//! Learning rules and what they are made of.

use super::{Term, term};

pub(super) const TERMS: [Term; 13] = [
    term(
        "Hebb's rule",
        "Units that are often active together pull each other: each pattern adds the products of its units to the couplings. It \
         needs one pass and only local knowledge.",
    )
    .also(&["Hebb", "Hebbian learning", "outer-product rule"])
    .formula(r"J_{ij} = \frac{1}{N} \sum_\mu \xi_i^\mu \xi_j^\mu")
    .see(&["crosstalk", "local rule", "capacity"])
    .lesson("capacity")
    .scene("blend"),
    term(
        "projection rule",
        "Couplings that project any state on the space of the stored patterns, whatever overlaps these have. All of them are \
         fixed points, up to a load of 1.",
    )
    .also(&["pseudo-inverse"])
    .formula(r"J = \frac{1}{N} \Xi^{\mathsf{T}} C^{-1} \Xi,\quad C = \frac{1}{N} \Xi \Xi^{\mathsf{T}}")
    .see(&["ridge", "crosstalk", "margin"])
    .lesson("digits")
    .scene("restore"),
    term(
        "ridge",
        "A small number added to the diagonal of a matrix before it is inverted: couplings stay finite where patterns are alike, \
         at the price of a small error.",
    )
    .also(&["regularisation", "L2"])
    .formula(r"(C + \varepsilon)^{-1}")
    .see(&["projection rule", "pseudo-likelihood"])
    .lesson("digits"),
    term(
        "Storkey's rule",
        "Hebb's rule that leaves out what the couplings already say of the new pattern. It is local and learns pattern by pattern, \
         with less crosstalk.",
    )
    .also(&["Storkey"])
    .see(&["Hebb's rule", "crosstalk", "local rule"]),
    term(
        "perceptron rule",
        "Each unit is a perceptron: wherever its margin in a pattern is too small, the pattern is added to its couplings once \
         more, until all margins are large enough.",
    )
    .also(&["perceptron", "maximum stability", "minover"])
    .formula(r"\Delta J_{ij} = \frac{1}{N} \xi_i^\mu \xi_j^\mu \text{ if } \kappa_i^\mu < \kappa")
    .see(&["margin", "capacity"]),
    term(
        "pseudo-likelihood",
        "Learning that makes each unit of every pattern as likely as can be, given all other units. Its couplings have the widest \
         basins, and find the bonds that made the patterns.",
    )
    .also(&["logistic regression"])
    .formula(r"L = \frac{1}{N} \sum_i \langle \ln (1 + e^{-2 \xi_i h_i}) \rangle")
    .see(&["basin of attraction", "bond", "ridge"])
    .lesson("pseudo-likelihood")
    .scene("basins"),
    term(
        "unlearning",
        "The network is started from random states, and a little of what it ends in is subtracted from the couplings. Spurious states \
         fade first.",
    )
    .also(&["dreaming"])
    .formula(r"\Delta J_{ij} = -\frac{\varepsilon}{N} s_i s_j")
    .see(&["spurious state", "Hebb's rule"]),
    term(
        "palimpsest",
        "A memory that goes on learning for ever: what is new writes over what is old, so that the last patterns are always there.",
    )
    .also(&["forgetting", "fading memory"])
    .see(&["load", "local rule"])
    .lesson("palimpsest")
    .scene("forgetting"),
    term(
        "local rule",
        "A rule that changes a coupling by what its two units do, and by nothing else. Up to second order there are six \
         coefficients of such a rule.",
    )
    .also(&["Taylor expansion", "coefficients"])
    .formula(r"\Delta J_{ij} = F(x_i, x_j)")
    .see(&["Hebb's rule", "asymmetry"])
    .lesson("coefficients"),
    term(
        "generalisation",
        "A memory generalises if patterns that were never stored, but are made of the same features, are attractors too.",
    )
    .also(&["generalization"])
    .see(&["feature", "pattern"])
    .lesson("generalise")
    .scene("generalise"),
    term(
        "loss",
        "What an iterative rule makes small, step by step.",
    )
    .also(&["cost", "gradient"])
    .see(&["pseudo-likelihood", "margin"])
    .lesson("pseudo-likelihood"),
    term(
        "eigenvalue",
        "How much the couplings stretch a direction of the space of states. The few large ones belong to what is stored.",
    )
    .also(&["spectrum", "eigenvector"])
    .formula(r"J v = \lambda v")
    .see(&["coupling", "asymmetry"]),
    term(
        "error bar",
        "How far a mean may be off by chance: one standard error either way. It becomes shorter with the square root of the \
         number of repeats.",
    )
    .also(&["standard error", "confidence interval"])
    .formula(r"\frac{\sigma}{\sqrt{n}}")
    .see(&["census"]),
];
