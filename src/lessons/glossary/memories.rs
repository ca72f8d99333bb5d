//! Couplings, fields and energies; memories without couplings; how much all of them hold.

use super::{Term, term};

pub(super) const TERMS: [Term; 17] = [
    term(
        "coupling",
        "How strongly unit j pulls unit i: above 0 the same way, below 0 the opposite way. All couplings together are all that \
         the network knows.",
    )
    .also(&["weight", "synapse", "connection", "J"])
    .formula(r"J_{ij}")
    .see(&["local field", "asymmetry", "dilution"])
    .lesson("energy"),
    term(
        "local field",
        "The sum of what all other units ask of one unit. The unit takes its sign.",
    )
    .also(&["field", "h", "input", "postsynaptic potential"])
    .formula(r"h_i = \sum_j J_{ij} s_j")
    .see(&["coupling", "margin", "energy"])
    .lesson("energy"),
    term(
        "energy",
        "A number for every state that never rises while one unit at a time follows its field, if couplings are symmetric. \
         Attractors are its minima; only differences of it mean something.",
    )
    .also(&["Lyapunov function", "Hamiltonian", "E"])
    .formula(r"E = -\frac{1}{2} \sum_{i \neq j} J_{ij} s_i s_j")
    .see(&["local field", "asymmetry", "barrier"])
    .lesson("energy")
    .scene("restore"),
    term(
        "asymmetry",
        "Couplings are asymmetric if unit i pulls unit j otherwise than j pulls i. There is no energy then, and cycles of any \
         length are possible.",
    )
    .also(&["asymmetric couplings"])
    .formula(r"\eta = \frac{\lVert J - J^{\mathsf{T}} \rVert}{\lVert J + J^{\mathsf{T}} \rVert}")
    .see(&["energy", "cycle", "coupling"])
    .lesson("asymmetric")
    .scene("cycle"),
    term(
        "dilution",
        "A share of the couplings is cut. Memories lose capacity little by little, and not all at once.",
    )
    .also(&["pruning", "lesion"])
    .see(&["coupling", "capacity"]),
    term(
        "load",
        "The number of stored patterns for each unit.",
    )
    .also(&["alpha", "α"])
    .formula(r"\alpha = \frac{P}{N}")
    .see(&["capacity", "crosstalk"])
    .lesson("capacity")
    .scene("overload"),
    term(
        "capacity",
        "The largest load at which stored patterns can be recalled. For random patterns: 0.138 under Hebb's rule with a few units \
         wrong, 1 under the projection rule, 2 at the most for any couplings.",
    )
    .also(&["critical load", "α_c"])
    .see(&["load", "margin", "mean-field theory"])
    .lesson("capacity")
    .scene("overload"),
    term(
        "margin",
        "How firmly a unit of a stored pattern is held: its field along the pattern over the length of its row of couplings. \
         Below 0 the unit flips; if all margins are above 0, every pattern is a fixed point.",
    )
    .also(&["stability", "κ", "kappa"])
    .formula(r"\kappa_i^\mu = \frac{\xi_i^\mu h_i^\mu}{\lVert J_i \rVert}")
    .see(&["local field", "fixed point", "perceptron rule"])
    .lesson("capacity"),
    term(
        "crosstalk",
        "The part of a field that comes from patterns other than the one that is recalled: to that one it is noise.",
    )
    .also(&["interference"])
    .formula(r"C_i^\mu = \frac{1}{N} \sum_{k \neq \mu} \sum_j \xi_i^k \xi_j^k \xi_j^\mu")
    .see(&["signal-to-noise", "load", "projection rule"])
    .lesson("capacity"),
    term(
        "signal-to-noise",
        "Theory of one step: the field of a unit is a signal along the pattern plus crosstalk, which is about normal. How often \
         the noise wins says how many units are wrong after the step.",
    )
    .formula(r"P_{\mathrm{error}} = \frac{1}{2} \mathrm{erfc} \left( \frac{1}{\sqrt{2 \alpha}} \right)")
    .see(&["crosstalk", "mean-field theory", "capacity"])
    .lesson("capacity"),
    term(
        "mean-field theory",
        "Theory of very many units: each feels a mean field of the rest and a noise of known width, so that a few numbers such as \
         the overlap satisfy equations of their own.",
    )
    .also(&["AGS", "Amit-Gutfreund-Sompolinsky"])
    .formula(r"m = \int \! Dz \, \tanh \beta (m + \sqrt{\alpha r} \, z)")
    .see(&["replica method", "capacity", "temperature"])
    .lesson("heat"),
    term(
        "replica method",
        "How mean-field theory averages over random patterns: it looks at several copies of the network with the same patterns, \
         the replicas, and at the overlap between them.",
    )
    .also(&["replica", "replica symmetry"])
    .formula(r"q = \frac{1}{N} \sum_i s_i^a s_i^b")
    .see(&["mean-field theory", "spin glass"])
    .lesson("glass"),
    term(
        "dense memory",
        "A memory whose energy is a steep function of the overlaps in the place of their square. It holds far more patterns than \
         there are units, and has no couplings between pairs of units.",
    )
    .also(&["dense associative memory", "Krotov-Hopfield"])
    .formula(r"E = -\frac{N}{n} \sum_\mu m_\mu^n")
    .see(&["softmax", "capacity", "energy"])
    .lesson("dense")
    .scene("dense"),
    term(
        "softmax",
        "Shares that add up to 1 and grow exponentially with a score. Modern Hopfield networks weigh the stored patterns by it; \
         so does attention, with the state as the query.",
    )
    .also(&["attention", "modern Hopfield network", "transformer"])
    .formula(r"w_\mu = \frac{e^{\beta N m_\mu}}{\sum_k e^{\beta N m_k}}")
    .see(&["dense memory", "overlap"])
    .lesson("attention"),
    term(
        "Potts model",
        "Units that are not ±1 but one of q letters; couplings then are tables of q × q numbers. Protein sequences are of this \
         kind.",
    )
    .also(&["Potts", "letters"])
    .formula(r"E = -\sum_i b_i(s_i) - \sum_{i < j} J_{ij}(s_i, s_j)")
    .see(&["site", "contact", "pseudo-likelihood"])
    .lesson("contacts")
    .scene("protein"),
    term(
        "site",
        "A place of a sequence, whose unit is a letter: one of 20 amino acids, or a gap.",
    )
    .also(&["residue", "position"])
    .see(&["Potts model", "contact"])
    .lesson("contacts"),
    term(
        "contact",
        "Two sites of a protein that touch when it is folded. Strong couplings between sites say where contacts are.",
    )
    .also(&["contact map", "direct coupling"])
    .see(&["Potts model", "site", "coupling"])
    .lesson("contacts")
    .scene("protein"),
];
