//! What the user's files are as a world, and what their settings mean.

use super::MAX_SIDE;
use crate::engine::settings::{Setting, SettingKind};
use crate::worlds::kind::WorldInfo;
use crate::worlds::mnist::MAX_STORED;

/// What the world is and what its settings mean.
pub(super) const ABOUT: WorldInfo = WorldInfo {
    name: "file",
    title: "Your own files",
    summary: "Images, arrays and tables that you open: IDX, NPY, NPZ, CSV, folders of PNG or JPEG; the test digits of MNIST until then",
    reference: "Threshold: Otsu, IEEE Trans. SMC 9 (1979) 62",
    settings: &[
        WorldInfo::stored(
            "Larger stores more patterns and fills the memory: load α = P/N",
            MAX_STORED,
        ),
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
