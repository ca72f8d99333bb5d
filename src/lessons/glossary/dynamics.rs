//! How states move.

use super::{Term, term};

pub(super) const TERMS: [Term; 7] = [
    term(
        "flip",
        "A change of one unit from +1 to −1, or back.",
    )
    .formula(r"s_i \rightarrow -s_i,\quad \Delta E = 2 s_i h_i")
    .see(&["local field", "sweep", "energy"])
    .lesson("energy"),
    term(
        "sweep",
        "As many updates as there are units, so that each is asked once: the unit of time.",
    )
    .also(&["Monte Carlo step"])
    .see(&["asynchronous update", "synchronous update"]),
    term(
        "asynchronous update",
        "One unit at a time follows its field, and the next one already sees the change. With symmetric couplings the energy \
         never rises, and the state comes to rest.",
    )
    .also(&["random order", "sequential dynamics"])
    .see(&["synchronous update", "energy", "fixed point"])
    .lesson("energy"),
    term(
        "synchronous update",
        "All units follow their fields at once. With symmetric couplings the state ends in a fixed point or in a cycle of two.",
    )
    .also(&["all at once", "parallel dynamics", "Little model"])
    .formula(r"s \leftarrow \mathrm{sign}(J s)")
    .see(&["asynchronous update", "cycle"])
    .lesson("energy")
    .scene("cycle"),
    term(
        "temperature",
        "How noisy the dynamics is. At 0 every unit follows its field; the higher the temperature, the more often a unit acts \
         against it.",
    )
    .also(&["T", "thermal noise"])
    .see(&["heat bath", "mean-field theory", "noise"])
    .lesson("heat")
    .scene("heat"),
    term(
        "heat bath",
        "A dynamics at a temperature: a unit becomes +1 with a probability that grows with its field.",
    )
    .also(&["Glauber dynamics", "Gibbs sampling"])
    .formula(r"P(s_i = +1) = \frac{1}{1 + e^{-2 h_i / T}}")
    .see(&["temperature", "sweep"])
    .lesson("heat")
    .scene("heat"),
    term(
        "parallel tempering",
        "Sampling by copies at several temperatures that exchange their states, so that the cold ones do not stay in one valley.",
    )
    .also(&["replica exchange"])
    .formula(r"p = \min(1, e^{(\beta_a - \beta_b)(E_a - E_b)})")
    .see(&["spin glass", "temperature", "barrier"])
    .lesson("glass"),
];
