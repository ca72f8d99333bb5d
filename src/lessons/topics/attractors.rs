//! The views of the attractors, and the list of them.

use super::{Topic, TopicId};
use crate::engine::learning::{Shows, Symbol, symbols};

/// The share of an attractor.
const SHARE: Symbol = Symbol::new(
    "p_k",
    "share of the starts that end in attractor k",
    Shows::Nothing,
);
/// How many starts that is.
const STARTS: Symbol = Symbol::new(
    "n",
    "number of starts; n_k of them end in attractor k",
    Shows::Nothing,
);
/// The overlap of two states.
const BETWEEN: Symbol = Symbol::new("m", "overlap of both states", Shows::Overlaps);
/// The energy of a state.
const ENERGY: Symbol = Symbol::new("E", "energy of a state", Shows::Energy);

pub(super) const TOPICS: [Topic; 9] = [
    Topic {
        id: TopicId::Wheel,
        title: "Wheel",
        shows: "Stored patterns on the rim, noise at the centre; on the way out more and more units copy the pattern. The \
                colour of a place is what a start there ends in, darker where it takes longer.",
        formula: r"s_i = \xi_i^k \text{ if } u_i < \rho,\quad s_i = z_i \text{ else}",
        symbols: &[
            Symbol::new(
                "s_i",
                "unit i of a start, on the spoke of pattern k",
                Shows::Nothing,
            ),
            Symbol::new(
                r"\xi_i^k",
                "unit i of pattern k on the rim",
                Shows::Patterns,
            ),
            Symbol::new(
                "u_i",
                "a fixed random number of unit i, 0 to 1",
                Shows::Nothing,
            ),
            Symbol::new(
                r"\rho",
                "distance from the centre, 1 on the rim: about the overlap with the pattern",
                Shows::Nothing,
            ),
            Symbol::new("z_i", "unit i of the noise at the centre", Shows::Nothing),
        ],
        notice: "How far a colour reaches towards the centre is how wide the basin is. Greys are spurious states and \
                 mixtures, stripes cycles. Raise P, and the colours retreat to the rim.",
        source: "Daza and others, Sci. Rep. 6, 31416 (2016), for pictures of basins",
        lesson: Some("attractor"),
    },
    Topic {
        id: TopicId::Plane,
        title: "Plane",
        shows: "A cut through the space of states: three states at the corners, and between them starts that take each unit \
                from one of the three. Colour is what a start ends in.",
        formula: r"P(s_i = \xi_i^k) \geq w_k,\quad w_1 + w_2 + w_3 = 1",
        symbols: &[
            Symbol::new(
                "P",
                "probability that unit i of the start is that of corner k",
                Shows::Nothing,
            ),
            Symbol::new("s_i", "unit i of a start", Shows::Nothing),
            Symbol::new(r"\xi_i^k", "unit i of corner k", Shows::Patterns),
            Symbol::new("w_k", "nearness to corner k, 0 to 1", Shows::Nothing),
        ],
        notice: "Basins are not the regions of what is nearest: boundaries bend, and islands of other attractors lie between.",
        source: "Daza and others, Sci. Rep. 6, 31416 (2016), for pictures of basins",
        lesson: Some("nearest"),
    },
    Topic {
        id: TopicId::Census,
        title: "Census",
        shows: "Many starts were let go: every attractor that was met, with the share of starts that ended in it.",
        formula: r"p_k = \frac{n_k}{n},\quad p_0 \approx \frac{f_1}{n}",
        symbols: &[
            Symbol::new(
                "p_k",
                "share of attractor k; p₀ that of all which were not met",
                Shows::Nothing,
            ),
            STARTS,
            Symbol::new("f_1", "attractors that were met once only", Shows::Nothing),
        ],
        notice: "A pattern and its negative have the same share, since the energy does not change when all units are \
                 flipped. Many attractors that were met once say that there are many more.",
        source: "Good, Biometrika 40, 237 (1953), for those not met",
        lesson: Some("spurious"),
    },
    Topic {
        id: TopicId::Bands,
        title: "Bands",
        shows: "The shares of all attractors stacked along a setting. Attractors are followed from value to value, so that \
                one sees them born, merge and vanish.",
        formula: r"p_k(x) = \frac{n_k(x)}{n}",
        symbols: &[
            SHARE,
            Symbol::new("x", "the setting along the axis", Shows::Nothing),
            STARTS,
        ],
        notice: "A band that ends at once is an attractor that lost its stability; a slow fading is a basin that shrinks.",
        source: "",
        lesson: Some("capacity"),
    },
    Topic {
        id: TopicId::Flips,
        title: "Flips",
        shows: "The fewest flips that make a state leave its basin, as far as they are known, where they lead, and what \
                every single flip does.",
        formula: r"d_{\min} = \min \{ d : \text{some } d \text{ flips do not come back} \}",
        symbols: &[Symbol::new(
            "d",
            "number of units that are flipped",
            Shows::State,
        )],
        notice: "It is far less than what random noise needs: a few units chosen badly break a memory that withstands a \
                 quarter of them chosen at random.",
        source: "",
        lesson: Some("nearest"),
    },
    Topic {
        id: TopicId::Walk,
        title: "Walk",
        shows: "From one state to another, flip by flip: the energy on the way, and in the band below it what a run from each \
                step ends in.",
        formula: r"d = \frac{N}{2} (1 - m)",
        symbols: &[
            Symbol::new(
                "d",
                "flips from one end to the other: the Hamming distance",
                Shows::Nothing,
            ),
            symbols::UNITS,
            BETWEEN,
        ],
        notice: "Between two memories lies a barrier. Where the colour of the band changes, the walk crosses from one basin \
                 into the other, and rarely in the middle.",
        source: "",
        lesson: Some("energy"),
    },
    Topic {
        id: TopicId::Tree,
        title: "Tree",
        shows: "The minima of the energy as leaves, hung at their energies, and joined at the height of the lowest barrier \
                that is known between them.",
        formula: r"B_{ab} = \min_{\text{paths}} \max_{s} E(s) - E(a)",
        symbols: &[
            Symbol::new(
                "B_{ab}",
                "barrier from minimum a to minimum b",
                Shows::Nothing,
            ),
            Symbol::new(
                "s",
                "a state on a path from a to b, flip by flip",
                Shows::Nothing,
            ),
            ENERGY,
        ],
        notice: "Stored patterns hang deep and on long stems; spurious minima are shallow, so that a little heat shakes \
                 states out of them.",
        source: "Becker and Karplus, J. Chem. Phys. 106, 1495 (1997)",
        lesson: Some("heat"),
    },
    Topic {
        id: TopicId::States,
        title: "All states",
        shows: "Every state of a small memory as a dot, with a line to where one sweep takes it: attractors in the middle of \
                their basins.",
        formula: r"n = 2^N",
        symbols: &[
            Symbol::new("n", "number of states", Shows::Nothing),
            symbols::UNITS,
        ],
        notice: "Every line leads inwards and every basin is a tree. With all units at once there can be rings: cycles. One \
                 unit more doubles the picture, which is why larger memories are only sampled.",
        source: "Wuensche and Lesser, The Global Dynamics of Cellular Automata (1992)",
        lesson: Some("attractor"),
    },
    Topic {
        id: TopicId::Shares,
        title: "Attractors",
        shows: "What the starts that were drawn end in, with half of the 95 % interval of each share; below, how tangled the \
                boundaries between basins are.",
        formula: r"S = -\sum_k p_k \ln p_k,\quad f(\varepsilon) \propto \varepsilon^\gamma",
        symbols: &[
            Symbol::new(
                "S",
                "basin entropy: mean over small boxes; 0 where a box holds one end only",
                Shows::Nothing,
            ),
            Symbol::new("p_k", "share of end k in a box", Shows::Nothing),
            Symbol::new(
                "f",
                "share of starts whose end changes by a shift of ε",
                Shows::Nothing,
            ),
            Symbol::new(
                r"\varepsilon",
                "size of the shift, in parts of half a side",
                Shows::Nothing,
            ),
            Symbol::new(
                r"\gamma",
                "uncertainty exponent: 1 for a smooth boundary, 0 where a start says nothing of its end",
                Shows::Nothing,
            ),
        ],
        notice: "At the boundaries, an entropy above ln 2 = 0.693 says that they are fractal: wherever two basins meet, a third one does.",
        source: "Daza and others, Sci. Rep. 6, 31416 (2016); Grebogi and others, Phys. Lett. A 99, 415 (1983)",
        lesson: Some("nearest"),
    },
];
