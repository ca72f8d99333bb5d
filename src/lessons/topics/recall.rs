//! The memory, the recall of a cue, its charts, and recalls side by side.

use super::energies::ENERGY_SYMBOLS;
use super::{Topic, TopicId};
use crate::engine::learning::{Shows, Symbol, symbols};

/// Unit i of the state.
const STATE: Symbol = Symbol::new("s_i", "unit i of the state, ±1", Shows::State);
/// Its local field.
const FIELD: Symbol = Symbol::new("h_i", "local field of unit i", Shows::Fields);
/// Unit i of the original.
const ORIGINAL: Symbol = Symbol::new(
    r"\xi_i",
    "unit i of the pattern that the cue was made of",
    Shows::Patterns,
);
/// How many units are wrong.
const WRONG: Symbol = Symbol::new(
    "d",
    "units that differ from the original: the Hamming distance",
    Shows::State,
);

pub(super) const TOPICS: [Topic; 13] = [
    Topic {
        id: TopicId::Memory,
        title: "Memory",
        shows: "What is stored, by which learning rule, and how units are updated. The small pictures are the stored \
                patterns; the load says how many there are for each unit.",
        formula: r"\alpha = \frac{P}{N}",
        symbols: &[
            Symbol::new(r"\alpha", "load", Shows::Nothing),
            symbols::COUNT,
            symbols::UNITS,
        ],
        notice: "Raise P and watch the smallest margin: while it is above 0, every stored pattern is a fixed point. How \
                 much load a rule can carry stands below the rule.",
        source: "Amit, Gutfreund and Sompolinsky, Ann. Phys. 173, 30 (1987)",
        lesson: Some("capacity"),
    },
    Topic {
        id: TopicId::Recall,
        title: "Recall",
        shows: "The original, the cue that was made of it, and the state that moves away from the cue: every unit takes \
                the sign of its local field, until none will flip any more.",
        formula: r"s_i \leftarrow \mathrm{sign}\, h_i,\quad h_i = \sum_j J_{ij} s_j",
        symbols: &[STATE, FIELD, symbols::COUPLING],
        notice: "The state comes back if the cue lies in the basin of attraction of the original. Where it ends \
                 elsewhere, the line below the pictures says in what.",
        source: "Hopfield, PNAS 79, 2554 (1982)",
        lesson: Some("attractor"),
    },
    Topic {
        id: TopicId::RecallDense,
        title: "Recall",
        shows: "The original, the cue that was made of it, and the state that moves away from the cue: every unit takes \
                the value of lower energy.",
        formula: r"s_i \leftarrow \mathrm{sign}\, h_i,\quad h_i = \frac{1}{2} [E(s_i = -1) - E(s_i = +1)]",
        symbols: &[STATE, FIELD, symbols::ENERGY],
        notice: "There are no couplings between pairs of units: the stored patterns themselves pull, the nearest one far \
                 more than the rest. Modern Hopfield networks take the slope of the energy in the place of the \
                 difference.",
        source: "Krotov and Hopfield, NIPS 29 (2016); Ramsauer and others, ICLR 2021",
        lesson: Some("dense"),
    },
    Topic {
        id: TopicId::RecallLetters,
        title: "Recall",
        shows: "The original sequence, the cue that was made of it, and the state: every site takes the letter that feels \
                the largest field.",
        formula: r"s_i \leftarrow \arg\max_a H_i(a),\quad H_i(a) = b_i(a) + \sum_j J_{ij}(a, s_j)",
        symbols: &[
            Symbol::new("s_i", "letter at site i", Shows::State),
            Symbol::new("H_i", "field of letter a at site i", Shows::Fields),
            Symbol::new(
                "b_i",
                "how much site i prefers letter a by itself",
                Shows::Nothing,
            ),
            Symbol::new(
                "J_{ij}",
                "coupling of two letters at sites i and j",
                Shows::Couplings,
            ),
        ],
        notice: "A frame marks a site that has changed; the small letter is what the nearest stored sequence has there.",
        source: "Wu, Rev. Mod. Phys. 54, 235 (1982)",
        lesson: Some("contacts"),
    },
    Topic {
        id: TopicId::HeatBath,
        title: "Heat bath",
        shows: "At a temperature above 0 a unit follows its field with a certain probability only: noise in the dynamics.",
        formula: r"P(s_i = +1) = \frac{1}{1 + e^{-2 h_i / T}}",
        symbols: &[
            Symbol::new("P", "probability", Shows::Nothing),
            STATE,
            FIELD,
            Symbol::new("T", "temperature", Shows::Nothing),
        ],
        notice: "Units with a weak field are shaken most. A warm state never rests: its overlap with the original goes up \
                 and down around a mean, and above some temperature it is lost.",
        source: "Glauber, J. Math. Phys. 4, 294 (1963); Amit, Gutfreund and Sompolinsky, Ann. Phys. 173, 30 (1987)",
        lesson: Some("heat"),
    },
    Topic {
        id: TopicId::Overlaps,
        title: "Overlap",
        shows: "How near the state is to each stored pattern, against time: 1 is the same, 0 is chance, −1 is its \
                negative. Orange is the pattern with the largest overlap, dashed the original.",
        formula: r"m_\mu = \frac{1}{N} \sum_i \xi_i^\mu s_i",
        symbols: &[symbols::OVERLAP, symbols::UNITS, symbols::PATTERN, STATE],
        notice: "In a successful recall one curve rises to 1 and the rest fall back to what patterns have in common. \
                 Where several stay high together, the state is a mixture.",
        source: "Hopfield, PNAS 79, 2554 (1982)",
        lesson: Some("nearest"),
    },
    Topic {
        id: TopicId::OverlapsOfLetters,
        title: "Overlap",
        shows: "How near the state is to each stored sequence, against time: the share of sites with the same letter, from \
                0 to 1.",
        formula: r"m_\mu = \frac{1}{N} \sum_i \delta(\xi_i^\mu, s_i)",
        symbols: &[
            symbols::OVERLAP,
            Symbol::new("N", "number of sites", Shows::Nothing),
            Symbol::new(
                r"\delta",
                "1 where both letters are the same, else 0",
                Shows::Nothing,
            ),
            Symbol::new(
                r"\xi_i^\mu",
                "letter of sequence μ at site i",
                Shows::Patterns,
            ),
            Symbol::new("s_i", "letter of the state at site i", Shows::State),
        ],
        notice: "Sequences of one family are alike, so that the overlaps with all of them start far above 0.",
        source: "Ekeberg and others, Phys. Rev. E 87, 012707 (2013)",
        lesson: Some("contacts"),
    },
    Topic {
        id: TopicId::Energy,
        title: "Energy",
        shows: "The energy of the state, against time. While one unit moves at a time, at temperature 0 and under symmetric \
                couplings, no flip raises it: that is why the state comes to rest.",
        formula: r"E = -\frac{1}{2} \sum_{i \neq j} J_{ij} s_i s_j",
        symbols: &ENERGY_SYMBOLS,
        notice: "That it is negative means nothing: only differences matter. The first flips lower it by much, the last \
                 ones by little.",
        source: "Hopfield, PNAS 79, 2554 (1982)",
        lesson: Some("energy"),
    },
    Topic {
        id: TopicId::Stability,
        title: "Stability",
        shows: "How firmly the units are held as they are, on average, against time. Asymmetric couplings have no energy \
                that could be shown instead.",
        formula: r"\frac{1}{N} \sum_i s_i h_i / \lVert J_i \rVert",
        symbols: &[symbols::UNITS, STATE, FIELD, symbols::NORM],
        notice: "It may fall as well as rise: without an energy nothing must come to rest, and a state can go round in a \
                 cycle.",
        source: "Parisi, J. Phys. A 19, L675 (1986)",
        lesson: Some("asymmetric"),
    },
    Topic {
        id: TopicId::Basin,
        title: "Basin",
        shows: "200 cues made of the stored patterns, with more and more units flipped: a dot for each, its overlap with \
                its pattern at the start across and at the end up.",
        formula: r"m(t) = \frac{1}{N} \sum_i \xi_i s_i(t),\quad m(0) \mapsto m(\infty)",
        symbols: &[
            Symbol::new(
                "m",
                "overlap with the pattern that the cue was made of",
                Shows::Overlaps,
            ),
            Symbol::new("t", "time in sweeps, 100 at most", Shows::Nothing),
            symbols::UNITS,
            ORIGINAL,
            STATE,
        ],
        notice: "Dots at the top were recalled. The start overlap from which on the mean stays above 0.9 is called m_c: the \
                 smaller it is, the wider are the basins. Near full load the cliff moves to the right.",
        source: "Forrest, J. Phys. A 21, 245 (1988)",
        lesson: Some("pseudo-likelihood"),
    },
    Topic {
        id: TopicId::Track,
        title: "Track",
        shows: "The state of one memory, which was given the same cue as the rest. Orange marks units in which the tracks \
                differ, or dots those that are wrong.",
        formula: r"m = 1 - \frac{2d}{N}",
        symbols: &[
            Symbol::new("m", "overlap with the original", Shows::Overlaps),
            WRONG,
            symbols::UNITS,
        ],
        notice: "All tracks share world, cue, noise and time; each has its own rule, settings and dynamics. A click on a \
                 track shows its settings on the left.",
        source: "",
        lesson: Some("pseudo-likelihood"),
    },
    Topic {
        id: TopicId::SharedCue,
        title: "Cue of all tracks",
        shows: "The original, and the cue that was made of it and dropped into every memory. Draw on it, or corrupt it below.",
        formula: r"m = \frac{1}{N} \sum_i \xi_i s_i = 1 - \frac{2d}{N}",
        symbols: &[
            Symbol::new("m", "overlap of the cue with the original", Shows::Overlaps),
            symbols::UNITS,
            ORIGINAL,
            Symbol::new("s_i", "unit i of the cue", Shows::State),
            WRONG,
        ],
        notice: "Flipping a share p of the units leaves an overlap of 1 − 2p; replacing a share p by coin tosses leaves \
                 1 − p.",
        source: "",
        lesson: Some("attractor"),
    },
    Topic {
        id: TopicId::Results,
        title: "What came of it",
        shows: "Which memory did best, and for each its overlap with the original, wrong units, sweeps and energy; beside \
                them the overlaps against time, laid over one another.",
        formula: r"m = \frac{1}{N} \sum_i \xi_i s_i",
        symbols: &[
            Symbol::new("m", "overlap of a track with the original", Shows::Overlaps),
            symbols::UNITS,
            ORIGINAL,
            STATE,
        ],
        notice: "One cue is one case. The lab asks the same of many patterns and many cues, with error bars.",
        source: "",
        lesson: Some("pseudo-likelihood"),
    },
];
