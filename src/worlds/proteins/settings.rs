//! What a protein family is as a world, and what can be set of it.
//!
//! Until a file is opened the family is that of the rhomboid proteases, with the structure of one of them.

use super::MAX_STORED;
use super::manner::{AlignmentOptions, AlphabetChoice, LowerCase};
use crate::assets::{RHOMBOIDS, STRUCTURE};
use crate::engine::settings::{Choices as _, Field, Setting, SettingKind, Settings};
use crate::worlds::files::Input;
use crate::worlds::kind::WorldInfo;
use std::sync::{Arc, OnceLock};

/// What the world is.
pub(super) const ABOUT: WorldInfo = WorldInfo {
    name: "protein",
    title: "Protein family",
    summary: "Related sequences of a protein, or of DNA or RNA, aligned: rhomboid proteases, or a FASTA, A2M, A3M, Stockholm or CLUSTAL file that you open",
    reference: "Rhomboid alignment: COCOA-Tree developers 2025; structure 2NRF: Wu et al. 2006; pseudo-likelihood of sequences: Ekeberg et al. 2013",
    n_first: 2,
    noun: "sequence",
    unseen: "a sequence that was held out",
};

/// What stands in the world before a file is opened; on a page that has not fetched it, empty files, which are refused.
fn rhomboids() -> Arc<Input> {
    static READ: OnceLock<Arc<Input>> = OnceLock::new();
    Input::brought_along(ABOUT.name, &[&RHOMBOIDS, &STRUCTURE], &READ)
}

/// What can be set.
#[derive(Debug, Clone, PartialEq)]
pub struct Protein {
    /// An alignment, and perhaps a structure of one of its sequences.
    pub input: Arc<Input>,
    /// Stored sequences P, 1 to [`MAX_STORED`].
    pub n_patterns: usize,
    /// Share of gaps above which a column is left out, 0 to 1.
    pub column_gaps: f64,
    /// Share of gaps above which a sequence is left out, 0 to 1.
    pub sequence_gaps: f64,
    /// Share of equal sites from which two sequences count as one, 0.3 to 1.
    pub identity: f64,
    /// Share of the sequences that are never stored, in percent, 0 to 90.
    pub held_out: u8,
    /// How the alignment is read.
    pub how: AlignmentOptions,
}

impl Default for Protein {
    fn default() -> Self {
        Self {
            input: rhomboids(),
            n_patterns: 100,
            column_gaps: 0.2,
            sequence_gaps: 0.2,
            identity: 0.8,
            held_out: 20,
            how: AlignmentOptions::default(),
        }
    }
}

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

impl Settings for Protein {
    const FIELDS: &'static [Field<Self>] = &[
        Field::new(
            WorldInfo::stored(
                "Larger stores more sequences: from memory to generalisation",
                MAX_STORED,
            ),
            |world| world.n_patterns as f64,
            |world, value| world.n_patterns = value as usize,
        ),
        Field::new(
            share(
                "identity",
                "Identity",
                0.3,
                "Share of equal sites from which two sequences count as one: each weighs 1 over the number of its like. Larger lets more relatives count singly; 1 gives all the same weight",
            ),
            |world| world.identity,
            |world, value| world.identity = value,
        ),
        Field::new(
            share(
                "column-gaps",
                "Gaps, columns",
                0.0,
                "Share of gaps above which a column is left out. Larger keeps more columns",
            ),
            |world| world.column_gaps,
            |world, value| world.column_gaps = value,
        ),
        Field::new(
            share(
                "sequence-gaps",
                "Gaps, rows",
                0.0,
                "Share of gaps, in the columns kept, above which a sequence is left out. Larger keeps more sequences",
            ),
            |world| world.sequence_gaps,
            |world, value| world.sequence_gaps = value,
        ),
        Field::new(
            Setting {
                key: "held-out",
                label: "Held out, %",
                help: "Share of the sequences that are never stored: the unseen ones. Larger leaves fewer to store",
                kind: SettingKind::Whole {
                    min: 0,
                    max: 90,
                    logarithmic: false,
                },
            },
            |world| f64::from(world.held_out),
            |world, value| world.held_out = value as u8,
        ),
        Field::new(
            Setting {
                key: "alphabet",
                label: "Alphabet",
                help: "What the letters are: amino acids, or the bases of DNA or RNA; automatic, by which letters there are",
                kind: SettingKind::Choice(AlphabetChoice::ITEMS),
            },
            |world| world.how.alphabet.place(),
            |world, value| world.how.alphabet = AlphabetChoice::at(value),
        ),
        Field::new(
            Setting {
                key: "lower-case",
                label: "Lower case",
                help: "What lower case means: inserts, which belong to no column (A2M, A3M), or columns as upper case does; automatic, columns where there is no upper case",
                kind: SettingKind::Choice(LowerCase::ITEMS),
            },
            |world| world.how.lower_case.place(),
            |world, value| world.how.lower_case = LowerCase::at(value),
        ),
    ];
}
