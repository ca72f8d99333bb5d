//! What a protein family is as a world, and what its settings mean.

use super::MAX_STORED;
use crate::engine::settings::{Setting, SettingKind};
use crate::worlds::kind::WorldInfo;

/// A share as a setting.
const fn share(key: &'static str, label: &'static str, min: f64, help: &'static str) -> Setting {
    Setting {
        key,
        label,
        help,
        kind: SettingKind::Number {
            min,
            max: 1.0,
            logarithmic: false,
        },
    }
}

/// What the world is and what its settings mean.
pub(super) const ABOUT: WorldInfo = WorldInfo {
    name: "protein",
    title: "Protein family",
    summary: "Related sequences of a protein, aligned: rhomboid proteases, or a FASTA, A2M, A3M or Stockholm file that you open",
    reference: "Rhomboid alignment: COCOA-Tree developers 2025; structure 2NRF: Wu et al. 2006; pseudo-likelihood of sequences: Ekeberg et al. 2013",
    settings: &[
        WorldInfo::stored(
            "Larger stores more sequences: from memory to generalisation",
            MAX_STORED,
        ),
        share(
            "identity",
            "Identity",
            0.3,
            "Share of equal sites from which two sequences count as one: each weighs 1 over the number of its like. Larger lets more relatives count singly; 1 gives all the same weight",
        ),
        share(
            "column-gaps",
            "Gaps, columns",
            0.0,
            "Share of gaps above which a column is left out. Larger keeps more columns",
        ),
        share(
            "sequence-gaps",
            "Gaps, rows",
            0.0,
            "Share of gaps, in the columns kept, above which a sequence is left out. Larger keeps more sequences",
        ),
        Setting {
            key: "held-out",
            label: "Held out, %",
            help: "Share of the sequences that are never stored, to be asked for as unseen. Larger leaves fewer to store",
            kind: SettingKind::Whole {
                min: 0,
                max: 90,
                logarithmic: false,
            },
        },
    ],
    n_first: 2,
    noun: "sequence",
    unseen: "a sequence that was held out",
};
