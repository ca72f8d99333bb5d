//! What can be set of the user's files, in words and numbers. Absent: what follows from it (`world.rs`).

use super::{Files, LabelColumn, Method};
use crate::engine::Grid;
use crate::engine::settings::{Setting, SettingKind};
use crate::worlds::kind::{About, Settings};
use crate::worlds::mnist::MAX_STORED;

/// The largest side that pictures can be brought to: its square is [`MAX_UNITS`](super::MAX_UNITS).
const MAX_SIDE: u32 = 64;

/// What the world is and what its settings mean.
pub(super) const ABOUT: About = About {
    name: "file",
    title: "Your own files",
    summary: "Images, arrays and tables that you open: IDX, NPY, NPZ, CSV, folders of PNG or JPEG; the test digits of MNIST until then",
    reference: "Threshold: Otsu, IEEE Trans. SMC 9 (1979) 62",
    settings: &[
        Setting {
            key: "p",
            label: "Stored, P",
            help: "Larger stores more patterns and fills the memory: load α = P/N",
            kind: SettingKind::Whole {
                min: 1,
                max: MAX_STORED as u32,
                logarithmic: true,
            },
        },
        Setting {
            key: "method",
            label: "Threshold",
            help: "Where gray is parted: otsu, the level that parts all values best; median of each image, so that half of its units are +1; or a level by hand. What is ±1 or 0/1 already stays as it is",
            kind: SettingKind::Choice(&["otsu", "median", "level"]),
        },
        Setting {
            key: "level",
            label: "Level",
            help: "What is brighter than this, of 255, becomes +1. For values other than bytes 0 is the smallest and 255 the largest. Larger makes fewer units +1",
            kind: SettingKind::Whole {
                min: 0,
                max: 255,
                logarithmic: false,
            },
        },
        Setting {
            key: "invert",
            label: "Invert",
            help: "Dark becomes +1 and light −1: for dark drawings on light paper",
            kind: SettingKind::Choice(&["no", "yes"]),
        },
        Setting {
            key: "classes",
            label: "Classes",
            help: "Which classes are drawn from, by their place among the labels in order, from 0; more: all from the eleventh on. Without labels all is one class, and this does nothing",
            kind: SettingKind::Several(&["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "more"]),
        },
        Setting {
            key: "held-out",
            label: "Held out, %",
            help: "Share of every class that is never stored, to be asked for as unseen. Larger leaves fewer to store. A test set beside the files is held out instead",
            kind: SettingKind::Whole {
                min: 0,
                max: 90,
                logarithmic: false,
            },
        },
        Setting {
            key: "side",
            label: "Side of pictures",
            help: "Height and width that PNG and JPEG pictures are scaled to, N = side². Larger keeps more detail and learns more slowly",
            kind: SettingKind::Whole {
                min: 4,
                max: MAX_SIDE,
                logarithmic: false,
            },
        },
        Setting {
            key: "labels",
            label: "Labels of tables",
            help: "Which column of a table holds labels: the one called label, class or y; the first; the last; or none",
            kind: SettingKind::Choice(&["named", "first", "last", "none"]),
        },
    ],
    n_first: 4,
    noun: "image",
    unseen: "an image that was held out",
};

/// The methods in the order of the choice.
const METHODS: [Method; 3] = [Method::Otsu, Method::Median, Method::Level];

/// The columns of labels in the order of the choice.
const COLUMNS: [LabelColumn; 4] = [
    LabelColumn::Named,
    LabelColumn::First,
    LabelColumn::Last,
    LabelColumn::None,
];

impl Settings for Files {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn name(&self) -> &str {
        self.input.name()
    }

    fn get(&self, key: &str) -> f64 {
        let place = |found: Option<usize>| found.unwrap_or_default() as f64;
        match key {
            "p" => self.n_patterns as f64,
            "method" => place(METHODS.iter().position(|one| *one == self.threshold.method)),
            "level" => f64::from(self.threshold.level),
            "invert" => f64::from(u8::from(self.threshold.inverted)),
            "classes" => f64::from(self.classes),
            "held-out" => f64::from(self.held_out),
            "side" => self.how.side as f64,
            _ => place(COLUMNS.iter().position(|one| *one == self.how.label_column)),
        }
    }

    fn set(&mut self, key: &str, value: f64) {
        match key {
            "p" => self.n_patterns = value as usize,
            "method" => self.threshold.method = METHODS[value as usize],
            "level" => self.threshold.level = value as u8,
            "invert" => self.threshold.inverted = value == 1.0,
            "classes" => self.classes = value as u16,
            "held-out" => self.held_out = value as u8,
            "side" => self.how.side = value as usize,
            _ => self.how.label_column = COLUMNS[value as usize],
        }
    }

    fn applies(&self, key: &str) -> bool {
        key != "level" || self.threshold.method == Method::Level
    }

    fn n_patterns(&self) -> usize {
        self.n_patterns
    }

    fn grid(&self) -> Option<Grid> {
        None
    }

    fn is_quick(&self) -> bool {
        false
    }

    fn threshold(&self) -> u8 {
        self.threshold.level
    }
}
