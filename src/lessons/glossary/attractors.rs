//! What states end in, and how far its basin reaches.

use super::{Term, term};

pub(super) const TERMS: [Term; 14] = [
    term(
        "attractor",
        "What states end in and stay in: a fixed point or a cycle. Memories are attractors, but not all attractors are memories.",
    )
    .see(&["basin of attraction", "fixed point", "spurious state"])
    .lesson("attractor")
    .scene("wheel"),
    term(
        "fixed point",
        "A state in which no unit flips any more: each agrees with its field.",
    )
    .also(&["rest", "stable state"])
    .formula(r"s_i h_i \geq 0 \text{ for all } i")
    .see(&["attractor", "margin", "cycle"])
    .lesson("attractor"),
    term(
        "basin of attraction",
        "All states that end in the same attractor. The wider it is, the more noise a cue may have.",
    )
    .also(&["basin"])
    .see(&["attractor", "cue", "basin entropy"])
    .lesson("attractor")
    .scene("wheel"),
    term(
        "spurious state",
        "An attractor that nobody stored and that is no mixture of a few patterns either.",
    )
    .also(&["spurious", "ghost", "spurious memory"])
    .see(&["mixture", "unlearning", "spin glass"])
    .lesson("spurious")
    .scene("negative"),
    term(
        "mixture",
        "An attractor that is a blend of a few stored patterns: the sign of their sum, each as it is or as its negative.",
    )
    .also(&["blend", "mixture state"])
    .formula(r"s_i = \mathrm{sign}(\xi_i^1 + \xi_i^2 + \xi_i^3)")
    .see(&["spurious state", "overlap"])
    .lesson("spurious")
    .scene("blend"),
    term(
        "negative",
        "A pattern with all units flipped. With symmetric couplings and no thresholds it has the same energy, so that it is an \
         attractor too.",
    )
    .also(&["inverse", "reversed state"])
    .formula(r"E(-s) = E(s)")
    .see(&["energy", "overlap", "attractor"])
    .lesson("spurious")
    .scene("negative"),
    term(
        "cycle",
        "States that follow each other for ever. With symmetric couplings its length is 2 at the most, with all units at once; \
         with asymmetric ones it can be long.",
    )
    .also(&["limit cycle"])
    .formula(r"s(t + n) = s(t)")
    .see(&["synchronous update", "asymmetry", "fixed point"])
    .lesson("asymmetric")
    .scene("cycle"),
    term(
        "barrier",
        "How far the energy has to rise on the best way from one minimum to another.",
    )
    .also(&["energy landscape", "minimum"])
    .see(&["energy", "temperature"])
    .lesson("energy"),
    term(
        "breaking flips",
        "The fewest flips that make a fixed point leave its basin. They are chosen against the memory; random noise needs far \
         more.",
    )
    .also(&["adversarial flips", "fragility"])
    .see(&["basin of attraction", "margin", "Hamming distance"])
    .lesson("nearest"),
    term(
        "census",
        "Many starts, and a list of all attractors in which they end, with the share of each.",
    )
    .see(&["attractor", "spurious state"])
    .lesson("spurious")
    .scene("census"),
    term(
        "wheel",
        "A picture of basins: stored patterns on the rim, noise at the centre. The colour of a place is what a start there ends in.",
    )
    .see(&["basin of attraction", "basin entropy"])
    .lesson("attractor")
    .scene("wheel"),
    term(
        "basin entropy",
        "How unsure the end of a start is in a small box of a picture, as a mean over all boxes: 0 where basins are large and \
         smooth. At boundaries, above ln 2, it says that these are fractal.",
    )
    .formula(r"S = -\sum_k p_k \ln p_k")
    .see(&["uncertainty exponent", "basin of attraction"]),
    term(
        "uncertainty exponent",
        "How fast the end of a start becomes sure as the start does: 1 for a smooth boundary between basins, 0 where a start says \
         nothing of its end.",
    )
    .formula(r"f(\varepsilon) \propto \varepsilon^\gamma")
    .see(&["basin entropy"]),
    term(
        "verdict",
        "What a run has come to: the original, another stored pattern, a negative, a mixture, a spurious state, a cycle; or it \
         has not settled.",
    )
    .see(&["recall", "attractor"])
    .lesson("attractor"),
];
