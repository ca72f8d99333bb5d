//! The Taylor rule in words: its settings, and the named rules it contains.

use super::{Coding, PresentationOrder, Taylor};
use crate::engine::learning::{
    Diagonal, Group, Preset, RuleInfo, Setting, SettingKind, Shows, Symbol, symbols,
};
use crate::engine::settings::{Choices as _, Field, Settings};

/// What each coefficient multiplies, in the order of the expansion: key of its constant, key of its slope, factor.
pub(super) const TERMS: [(&str, &str, &str); 6] = [
    ("c0", "w0", ""),
    ("c1pre", "w1pre", "x_j"),
    ("c1post", "w1post", "x_i"),
    ("c2pre", "w2pre", "x_j^2"),
    ("c2post", "w2post", "x_i^2"),
    ("c2corr", "w2corr", "x_i x_j"),
];

/// The coefficient called `key` as a symbol, with what it multiplies: c_2^corr x_i x_j.
pub(super) fn symbol(key: &str) -> Option<String> {
    let mut terms = TERMS.iter();
    let (constant, _, factor) =
        terms.find(|(constant, slope, _)| [*constant, *slope].contains(&key))?;
    let (letter, per) = if key == *constant {
        ("c", "")
    } else {
        ("w", r"N J_{ij}\, ")
    };
    // “c2corr”: its order, and what it sees.
    let (order, sees) = constant[1..].split_at(1);
    let sees = match sees {
        "" => String::new(),
        sees => format!(r"^{{\mathrm{{{sees}}}}}"),
    };
    Some(format!(r"{letter}_{order}{sees}\, {per}{factor}"))
}

pub(super) static ABOUT: RuleInfo = RuleInfo {
    name: "taylor",
    title: "Taylor expansion",
    group: Group::OneShot,
    formula: r"\Delta J_{ij} = \frac{1}{N} (c_0 + c_1^{\mathrm{pre}} x_j + c_1^{\mathrm{post}} x_i + c_2^{\mathrm{pre}} x_j^2 + c_2^{\mathrm{post}} x_i^2 + c_2^{\mathrm{corr}} x_i x_j)",
    legend: &[
        symbols::COUPLING,
        Symbol::new(
            r"x_i",
            "activity of unit i in a pattern: ξ, or (1 + ξ)/2 in 0/1 coding",
            Shows::Patterns,
        ),
        Symbol::new(
            r"c",
            "coefficients; each may grow by w times N J",
            Shows::Nothing,
        ),
        symbols::UNITS,
    ],
    summary: "Every rule that sees only the two units it connects, up to second order: Hebb, covariance, gating, Oja, forgetting",
    capacity: "Depends on the coefficients; never more than Hebb's rule for patterns without bias",
    reference: "Gerstner & Kistler, Spiking Neuron Models (2002), section 10.2",
    n_first: 6,
    presets: &PRESETS,
};

impl Settings for Taylor {
    const FIELDS: &'static [Field<Self>] = &[
        Field::new(
            number(
                "c2corr",
                "Hebb term",
                2.0,
                "Times x_i x_j. Larger: units that agree in a pattern pull each other the same way more strongly. Negative: patterns repel",
            ),
            |rule| rule.constants[5],
            |rule, value| rule.constants[5] = value,
        ),
        Field::new(
            number(
                "c1pre",
                "Input term",
                2.0,
                "Times x_j. Larger: a unit that is up in a pattern pulls every other one up, whatever that one is; as large as the Hebb term, it loses units that are down",
            ),
            |rule| rule.constants[1],
            |rule, value| rule.constants[1] = value,
        ),
        Field::new(
            number(
                "c1post",
                "Output term",
                2.0,
                "Times x_i. Larger: a unit that is up in a pattern goes with all others, whatever they are; as large as the Hebb term, it doubles the noise",
            ),
            |rule| rule.constants[2],
            |rule, value| rule.constants[2] = value,
        ),
        Field::new(
            number(
                "c0",
                "Constant",
                1.0,
                "Larger: every pattern makes all units pull each other the same way, noticeable above about 1/√P. Negative: as many units stay up as down",
            ),
            |rule| rule.constants[0],
            |rule, value| rule.constants[0] = value,
        ),
        Field::new(
            number(
                "c2pre",
                "Input squared",
                1.0,
                "Times x_j². Does what the constant does where x is ±1, and what the input term does where x is 0 or 1",
            ),
            |rule| rule.constants[3],
            |rule, value| rule.constants[3] = value,
        ),
        Field::new(
            number(
                "c2post",
                "Output squared",
                1.0,
                "Times x_i². Does what the constant does where x is ±1, and what the output term does where x is 0 or 1",
            ),
            |rule| rule.constants[4],
            |rule, value| rule.constants[4] = value,
        ),
        Field::new(
            Setting {
                key: "coding",
                label: "Activity x",
                help: "−1/+1: units that are down count as −1. 0/1: they count as 0, so that only pairs that are both up are learned",
                kind: SettingKind::Choice(Coding::ITEMS),
            },
            |rule| rule.coding.place(),
            |rule, value| rule.coding = Coding::at(value),
        ),
        Field::new(
            Setting {
                key: "rate",
                label: "Learning rate",
                help: "Larger: every presentation changes the couplings more, which matters where they decay; otherwise it is a mere factor",
                kind: SettingKind::Number {
                    min: 1e-4,
                    max: 1.0,
                    logarithmic: true,
                },
            },
            |rule| rule.rate,
            |rule, value| rule.rate = value,
        ),
        Field::new(
            number(
                "w0",
                "Constant by J",
                1.0,
                "Larger: couplings grow with every pattern. Negative: they decay, so that old patterns fade",
            ),
            |rule| rule.slopes[0],
            |rule, value| rule.slopes[0] = value,
        ),
        Field::new(
            number(
                "w1pre",
                "Input term by J",
                1.0,
                "Larger: couplings from units that are up grow, those from units that are down decay",
            ),
            |rule| rule.slopes[1],
            |rule, value| rule.slopes[1] = value,
        ),
        Field::new(
            number(
                "w1post",
                "Output term by J",
                1.0,
                "Larger: couplings to units that are up grow, those to units that are down decay",
            ),
            |rule| rule.slopes[2],
            |rule, value| rule.slopes[2] = value,
        ),
        Field::new(
            number(
                "w2pre",
                "Input squared by J",
                1.0,
                "Larger: couplings from active units grow. Negative: they decay",
            ),
            |rule| rule.slopes[3],
            |rule, value| rule.slopes[3] = value,
        ),
        Field::new(
            number(
                "w2post",
                "Output squared by J",
                1.0,
                "Larger: couplings to active units grow. Negative: they decay, as in Oja's rule",
            ),
            |rule| rule.slopes[4],
            |rule, value| rule.slopes[4] = value,
        ),
        Field::new(
            number(
                "w2corr",
                "Hebb term by J",
                1.0,
                "Larger: couplings between units that agree grow, those between units that differ decay",
            ),
            |rule| rule.slopes[5],
            |rule, value| rule.slopes[5] = value,
        ),
        Field::new(
            Setting {
                key: "presentations",
                label: "Presentations",
                help: "Larger: goes through the patterns more often, which matters where couplings depend on themselves",
                kind: SettingKind::Whole {
                    min: 1,
                    max: 100,
                    logarithmic: true,
                },
            },
            |rule| f64::from(rule.presentations),
            |rule, value| rule.presentations = value as u32,
        ),
        Field::new(
            Setting {
                key: "order",
                label: "Order",
                help: "Stored: the last patterns are the freshest. Shuffled: in another order each time, by the seed",
                kind: SettingKind::Choice(PresentationOrder::ITEMS),
            },
            |rule| rule.order.place(),
            |rule, value| rule.order = PresentationOrder::at(value),
        ),
        Field::new(
            Diagonal::SETTING,
            |rule| rule.diagonal.place(),
            |rule, value| rule.diagonal = Diagonal::at(value),
        ),
    ];
}

const fn number(key: &'static str, label: &'static str, reach: f64, help: &'static str) -> Setting {
    Setting {
        key,
        label,
        help,
        kind: SettingKind::Number {
            min: -reach,
            max: reach,
            logarithmic: false,
        },
    }
}

static PRESETS: [Preset; 6] = [
    Preset {
        name: "product",
        title: "Activity product",
        source: "x_i x_j: Hebb's rule for ±1 units; Hopfield 1982",
        settings: |_| preset(&[("c2corr", 1.0)], 1.0),
    },
    Preset {
        name: "covariance",
        title: "Covariance",
        source: "(x_i − ā)(x_j − ā), with the mean activity ā; Sejnowski 1977",
        settings: |mean| {
            let linear = 0.0 - mean;
            let terms = [
                ("c2corr", 1.0),
                ("c1pre", linear),
                ("c1post", linear),
                ("c0", mean * mean),
            ];
            preset(&terms, 1.0)
        },
    },
    Preset {
        name: "presynaptic",
        title: "Presynaptic gating",
        source: "(x_i − ā) x_j: the unit that acts decides whether anything is learned; Gerstner & Kistler 2002, 10.2",
        settings: |mean| preset(&[("c2corr", 1.0), ("c1pre", 0.0 - mean)], 1.0),
    },
    Preset {
        name: "postsynaptic",
        title: "Postsynaptic gating",
        source: "x_i (x_j − ā): the unit acted on decides whether anything is learned; Gerstner & Kistler 2002, 10.2",
        settings: |mean| preset(&[("c2corr", 1.0), ("c1post", 0.0 - mean)], 1.0),
    },
    Preset {
        name: "oja",
        title: "Oja",
        source: "x_i x_j − W_ij x_i²: what the unit acted on has too much of is taken away; after Oja 1982",
        settings: |_| preset(&[("c2corr", 1.0), ("w2post", -1.0)], 0.01),
    },
    Preset {
        name: "palimpsest",
        title: "Forgetting",
        source: "x_i x_j − W_ij: every pattern takes a little from the older ones; Nadal, Toulouse, Changeux & Dehaene 1986",
        settings: |_| preset(&[("c2corr", 1.0), ("w0", -1.0)], 0.01),
    },
];

/// All that a preset sets: coefficients that it does not name are zero.
fn preset(named: &[(&'static str, f64)], rate: f64) -> Vec<(&'static str, f64)> {
    let zeros = TERMS
        .iter()
        .flat_map(|(constant, slope, _)| [(*constant, 0.0), (*slope, 0.0)]);
    zeros
        .chain([("coding", 0.0), ("rate", rate)])
        .chain(named.iter().copied())
        .collect()
}
