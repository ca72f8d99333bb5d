//! What the user's files are as a world, and what can be set of them.
//!
//! Until a file is opened the world is made of the test digits of MNIST as the IDX files that they are, so that there
//! is always something to set a threshold for.

use super::threshold::{Method, Threshold};
use super::{Input, LabelColumn, MAX_SIDE, MAX_STORED, ReadOptions};
use crate::assets::{TEST_IMAGES, TEST_LABELS};
use crate::engine::settings::{Choices as _, Field, Item, Setting, SettingKind, Settings};
use crate::worlds::kind::{FEW_STORED, WorldInfo};
use std::sync::{Arc, OnceLock};

/// What the world is.
pub(super) const ABOUT: WorldInfo = WorldInfo {
    name: "file",
    title: "Your own files",
    summary: "Images, arrays and tables that you open: IDX, NPY, NPZ, CSV, folders of PNG or JPEG; the test digits of MNIST until then",
    reference: "Threshold: Otsu, IEEE Trans. SMC 9 (1979) 62",
    n_first: 4,
    noun: "image",
    unseen: "an image that was held out",
};

/// Classes that can be chosen one by one; those after them only all together.
pub(super) const N_SINGLE: usize = 10;

/// What stands in the world at first; on a page that has not fetched the digits, empty files, which are refused.
fn example() -> Arc<Input> {
    static EXAMPLE: OnceLock<Arc<Input>> = OnceLock::new();
    Input::brought_along(ABOUT.name, &[&TEST_IMAGES, &TEST_LABELS], &EXAMPLE)
}

/// What can be set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Files {
    /// What was opened.
    pub input: Arc<Input>,
    /// Stored patterns P, 1 to [`MAX_STORED`].
    pub n_patterns: usize,
    /// How gray becomes ±1.
    pub threshold: Threshold,
    /// Classes to store, bit k for the class at place k in [`Labels::classes`](super::Labels::classes), the last bit
    /// for all from the eleventh on.
    pub classes: u16,
    /// Share of every class that is never stored, in percent, 0 to 90.
    pub held_out: u8,
    /// What the files do not say themselves.
    pub how: ReadOptions,
}

impl Default for Files {
    fn default() -> Self {
        Self {
            input: example(),
            n_patterns: 30,
            threshold: Threshold::default(),
            classes: (2 << N_SINGLE) - 1,
            held_out: 20,
            how: ReadOptions::default(),
        }
    }
}

/// The classes to choose from, by their place.
const CLASSES: &[Item] = &[
    Item::new("0"),
    Item::new("1"),
    Item::new("2"),
    Item::new("3"),
    Item::new("4"),
    Item::new("5"),
    Item::new("6"),
    Item::new("7"),
    Item::new("8"),
    Item::new("9"),
    Item::new("more"),
];

impl Settings for Files {
    const FIELDS: &'static [Field<Self>] = &[
Field::<Self>::new(WorldInfo::stored(
            "Larger stores more patterns and fills the memory: load α = P/N",
            MAX_STORED,
        ), |world| world.n_patterns as f64, |world, value| world.n_patterns = value as usize).sliding(1.0, FEW_STORED as f64),
Field::new(Setting {
            key: "method",
            label: "Threshold",
            help: "Where gray is parted: automatic, the level that parts all values best (Otsu); median of each image, so that half of its units are +1; or a level by hand. What is ±1 or 0/1 already stays as it is",
            kind: SettingKind::Choice(Method::ITEMS),
        }, |world| world.threshold.method.place(), |world, value| world.threshold.method = Method::at(value)),
Field::<Self>::new(Setting {
            key: "level",
            label: "Level",
            help: "What is brighter than this, of 255, becomes +1. For values other than bytes 0 is the smallest and 255 the largest. Larger makes fewer units +1",
            kind: SettingKind::Whole {
                min: 0,
                max: 255,
                logarithmic: false,
            },
        }, |world| f64::from(world.threshold.level), |world, value| world.threshold.level = value as u8).when(|world| world.threshold.method == Method::Level),
Field::new(Setting {
            key: "invert",
            label: "Invert",
            help: "Dark becomes +1 and light −1: for dark drawings on light paper",
            kind: SettingKind::Choice(&[Item::new("no"), Item::new("yes")]),
        }, |world| f64::from(u8::from(world.threshold.inverted)), |world, value| world.threshold.inverted = value == 1.0),
Field::new(Setting {
            key: "classes",
            label: "Classes",
            help: "Which classes are drawn from, by their place among the labels in order, from 0; more: all from the eleventh on. Without labels all is one class, and this does nothing",
            kind: SettingKind::Several(CLASSES),
        }, |world| f64::from(world.classes), |world, value| world.classes = value as u16),
Field::new(Setting {
            key: "held-out",
            label: "Held out, %",
            help: "Share of every class that is never stored: the unseen ones. Larger leaves fewer to store. A test set beside the files is held out instead",
            kind: SettingKind::Whole {
                min: 0,
                max: 90,
                logarithmic: false,
            },
        }, |world| f64::from(world.held_out), |world, value| world.held_out = value as u8),
Field::new(Setting {
            key: "side",
            label: "Side of pictures",
            help: "Height and width that PNG and JPEG pictures are scaled to, N = side². Larger keeps more detail and learns more slowly",
            kind: SettingKind::Whole {
                min: 4,
                max: MAX_SIDE,
                logarithmic: false,
            },
        }, |world| world.how.side as f64, |world, value| world.how.side = value as usize),
Field::new(Setting {
            key: "labels",
            label: "Labels of tables",
            help: "Which column of a table holds labels: automatic, the one called label, class or y, that holds words, or that is one more than a square and holds small whole numbers; the first; the last; or none",
            kind: SettingKind::Choice(LabelColumn::ITEMS),
        }, |world| world.how.label_column.place(), |world, value| world.how.label_column = LabelColumn::at(value)),
    ];
}
