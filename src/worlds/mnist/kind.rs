//! The digits as a world: what can be set, and what follows from it.

use super::{MAX_STORED, Mnist, MnistSettings, Selection, Size};
use crate::engine::settings::{Setting, SettingKind};
use crate::engine::{Error, Grid};
use crate::worlds::DigitSet;
use crate::worlds::kind::{self, Example, Preparing, WorldInfo, WorldKind};

/// What the digits are and what can be set.
const ABOUT: WorldInfo = WorldInfo {
    name: "mnist",
    title: "Handwritten digits",
    summary: "The handwritten digits of MNIST: 20,000 to store, 10,000 that are never stored",
    reference: "LeCun, Cortes and Burges; 14 × 14 as in D'Amico et al. 2025, arXiv 2507.05147",
    settings: &[
        Setting {
            key: "size",
            label: "Size",
            help: "Height and width: 28 × 28 as they are, or straightened and cropped to 14 × 14 as in the pseudo-likelihood paper",
            kind: SettingKind::Choice(&["28", "14"]),
        },
        Setting {
            key: "digits",
            label: "Digits",
            help: "Which digits are drawn from",
            kind: SettingKind::Several(DigitSet::NAMES),
        },
        WorldInfo::stored(
            "Larger stores more digits and fills the memory: load α = P/N",
            MAX_STORED,
        ),
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
    ],
    n_first: 3,
    noun: "digit",
    unseen: "a digit of the test set",
};

impl kind::WorldSettings for MnistSettings {
    fn about(&self) -> &'static WorldInfo {
        &ABOUT
    }

    fn get(&self, key: &str) -> f64 {
        match key {
            "size" => f64::from(u8::from(self.size == Size::Crop14)),
            "digits" => self.digits.iter().map(|digit| f64::from(1 << digit)).sum(),
            "p" => self.n_patterns() as f64,
            _ => f64::from(self.threshold),
        }
    }

    fn set(&mut self, key: &str, value: f64) {
        match key {
            "size" => self.size = Size::ALL[value as usize],
            "digits" => {
                let chosen = (0..10).filter(|digit| value as u64 >> digit & 1 == 1);
                self.digits = DigitSet::only(&chosen.collect::<Vec<u8>>());
            }
            "p" => self.stored = Selection::Drawn(value as usize),
            _ => self.threshold = value as u8,
        }
    }

    fn n_patterns(&self) -> usize {
        match &self.stored {
            Selection::Drawn(count) => *count,
            Selection::Picked(images) => images.len(),
        }
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

    fn prepare(&self, _seed: u64) -> Preparing<Mnist> {
        let size = self.size;
        kind::at_once(move || Ok(Mnist::load(size)))
    }

    fn available(&self, data: &Mnist) -> usize {
        data.available(self.digits)
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
