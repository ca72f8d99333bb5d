//! The digits as a world: what can be set, and what follows from it.

use super::unpacking::{FILES, Unpacking};
use super::{MAX_STORED, Mnist, MnistSettings, Selection, Size};
use crate::engine::settings::{Choices as _, Field, Item, Setting, SettingKind, Settings};
use crate::engine::{Error, Grid};
use crate::worlds::DigitSet;
use crate::worlds::kind::{self, Example, Preparing, WorldInfo, WorldKind};

/// The digits to choose from.
const ITEMS: &[Item] = &[
    Item::new(DigitSet::NAMES[0]),
    Item::new(DigitSet::NAMES[1]),
    Item::new(DigitSet::NAMES[2]),
    Item::new(DigitSet::NAMES[3]),
    Item::new(DigitSet::NAMES[4]),
    Item::new(DigitSet::NAMES[5]),
    Item::new(DigitSet::NAMES[6]),
    Item::new(DigitSet::NAMES[7]),
    Item::new(DigitSet::NAMES[8]),
    Item::new(DigitSet::NAMES[9]),
];

/// What the digits are and what can be set.
const ABOUT: WorldInfo = WorldInfo {
    name: "mnist",
    title: "Handwritten digits",
    summary: "The handwritten digits of MNIST: 20,000 to store, 10,000 that are never stored",
    reference: "LeCun, Cortes and Burges; 14 × 14 as in D'Amico et al. 2025, arXiv 2507.05147",
    n_first: 3,
    noun: "digit",
    unseen: "a digit of the test set",
};

impl Settings for MnistSettings {
    const FIELDS: &'static [Field<Self>] = &[
        Field::new(
            Setting {
                key: "size",
                label: "Size",
                help: "Height and width: 28 × 28 as they are, or straightened and cropped to 14 × 14 as in the pseudo-likelihood paper",
                kind: SettingKind::Choice(Size::ITEMS),
            },
            |world| world.size.place(),
            |world, value| world.size = Size::at(value),
        ),
        Field::new(
            Setting {
                key: "digits",
                label: "Digits",
                help: "Which digits are drawn from",
                kind: SettingKind::Several(ITEMS),
            },
            |world| f64::from(world.digits.bits()),
            |world, value| world.digits = DigitSet::of_bits(value as u16),
        ),
        Field::<Self>::new(
            WorldInfo::stored(
                "Larger stores more digits and fills the memory: load α = P/N",
                MAX_STORED,
            ),
            |world| world.stored.count() as f64,
            |world, value| world.ask_for(value as usize),
        )
        .sliding(1.0, kind::FEW_STORED as f64),
        Field::new(
            Setting {
                key: "threshold",
                label: "Threshold",
                help: "A pixel brighter than this, of 255, becomes +1. Larger makes thinner digits; the papers use 86",
                kind: SettingKind::Whole {
                    min: 0,
                    max: 255,
                    logarithmic: false,
                },
            },
            |world| f64::from(world.threshold),
            |world, value| world.threshold = value as u8,
        ),
    ];
}

impl kind::WorldSettings for MnistSettings {
    fn about(&self) -> &'static WorldInfo {
        &ABOUT
    }

    fn n_patterns(&self) -> usize {
        self.stored.count()
    }

    fn grid(&self) -> Option<Grid> {
        Some(self.size.grid())
    }

    fn is_quick(&self) -> bool {
        false
    }

    fn threshold(&self) -> u8 {
        self.threshold
    }
}

impl WorldKind for MnistSettings {
    type Data = Mnist;

    const SEEDED: bool = false;

    fn shares_data(&self, other: &Self) -> bool {
        self.size == other.size
    }

    fn is_coming(&self) -> bool {
        FILES.iter().any(|file| file.is_coming())
    }

    fn prepare(&self, _seed: u64) -> Preparing<Mnist> {
        Box::new(Unpacking::new(self.size))
    }

    fn available(&self, data: &Mnist) -> usize {
        match &self.stored {
            // What was picked by hand can be made fewer, not more.
            Selection::Picked(images) => images.len(),
            Selection::Drawn(_) => data.available(self.digits),
        }
    }

    fn stored(&self, data: &Mnist, seed: u64) -> Result<kind::Stored, Error> {
        let origins = data.choose(self, seed)?;
        let patterns = data.patterns_of(&origins, self.threshold)?;
        Ok(kind::Stored {
            patterns: patterns.into(),
            origins,
        })
    }

    fn n_unseen(&self, data: &Mnist) -> usize {
        data.test().len()
    }

    fn unseen(&self, data: &Mnist, _seed: u64, index: usize) -> Result<Example, Error> {
        let (state, label) = data.unseen(index, self.threshold)?;
        let label = Some(DigitSet::NAMES[usize::from(label)].into());
        Ok(Example { state, label })
    }
}
