//! Units, patterns, cues, and how alike states are.

use super::{Term, term};

pub(super) const TERMS: [Term; 13] = [
    term(
        "unit",
        "A neuron of the network, with the value +1 (active, ink) or −1 (silent, paper). Here every pixel of a picture is one \
         unit, and N is their number.",
    )
    .also(&["neuron", "spin", "pixel"])
    .formula(r"s_i = \pm 1")
    .see(&["state", "local field", "site"])
    .lesson("attractor"),
    term(
        "state",
        "The values of all units at one moment: a point of the space of 2 to the power N states.",
    )
    .also(&["configuration"])
    .formula(r"s = (s_1, \ldots, s_N)")
    .see(&["unit", "pattern", "fixed point"]),
    term(
        "pattern",
        "A state that is to be remembered, such as a handwritten digit. Stored patterns shape the couplings; unseen ones are \
         held out, to ask what the memory makes of them. Their number is P.",
    )
    .also(&["memory item", "stored pattern", "unseen pattern"])
    .formula(r"\xi^\mu = (\xi_1^\mu, \ldots, \xi_N^\mu)")
    .see(&["state", "load", "overlap"])
    .lesson("attractor")
    .scene("restore"),
    term(
        "cue",
        "The state that a recall starts from: a pattern that was corrupted, a drawing, or noise.",
    )
    .also(&["probe", "initial state"])
    .see(&["recall", "noise", "basin of attraction"])
    .lesson("attractor")
    .scene("draw"),
    term(
        "noise",
        "What makes a cue differ from its original: flipped units, units set by a coin, a part that is masked. Flipping a share \
         p leaves an overlap of 1 − 2p.",
    )
    .also(&["corruption"])
    .formula(r"m = 1 - 2p")
    .see(&["cue", "overlap", "temperature"])
    .lesson("nearest"),
    term(
        "overlap",
        "How alike two states are: 1 if they are the same, 0 as by chance, −1 if one is the negative of the other. Of letters it \
         is the share of sites that are equal.",
    )
    .also(&["similarity", "m"])
    .formula(r"m_\mu = \frac{1}{N} \sum_i \xi_i^\mu s_i")
    .see(&["Hamming distance", "negative", "recall"])
    .lesson("attractor")
    .scene("nearest"),
    term(
        "Hamming distance",
        "The number of units in which two states differ.",
    )
    .formula(r"d = \frac{N}{2} (1 - m)")
    .see(&["overlap", "breaking flips"])
    .lesson("nearest"),
    term(
        "recall",
        "What a network makes of a cue: its units follow their local fields until the state rests. It is successful if the state \
         ends in the original.",
    )
    .also(&["retrieval", "relaxation"])
    .see(&["cue", "fixed point", "basin of attraction"])
    .lesson("attractor")
    .scene("restore"),
    term(
        "associative memory",
        "A memory that is asked by a part of what it holds, or by something similar, instead of by an address.",
    )
    .also(&["Hopfield network", "content-addressable memory"])
    .see(&["recall", "attractor", "coupling"])
    .lesson("attractor"),
    term(
        "activity",
        "The mean of the units of a pattern. Patterns with an activity far from 0, such as digits on a dark ground, resemble each \
         other for that alone.",
    )
    .also(&["bias", "magnetisation"])
    .formula(r"a = \frac{1}{NP} \sum_{i, \mu} \xi_i^\mu")
    .see(&["crosstalk", "overlap", "Hebb's rule"])
    .lesson("digits"),
    term(
        "feature",
        "A hidden pattern that many examples have in common: each example is the sign of a mixture of a few features.",
    )
    .also(&["factor"])
    .formula(r"\xi^\mu = \mathrm{sign} \sum_k c_k^\mu f^k")
    .see(&["generalisation", "mixture"])
    .lesson("generalise")
    .scene("generalise"),
    term(
        "spin glass",
        "A magnet whose bonds pull some spins the same way and some apart, at random, so that not all of them can be satisfied. It \
         has very many minima.",
    )
    .also(&["Sherrington-Kirkpatrick", "Edwards-Anderson"])
    .see(&["bond", "spurious state", "replica method"])
    .lesson("glass")
    .scene("glass"),
    term(
        "bond",
        "The coupling between two neighbours on the lattice of a spin glass: given by the world, not learned.",
    )
    .see(&["spin glass", "coupling", "pseudo-likelihood"])
    .lesson("glass")
    .scene("glass"),
];
