//! The two-dimensional Edwards–Anderson spin glass as a world: random bonds, and configurations at a temperature.
//!
//! [`Lattice`] holds the bonds, [`Tempering`] samples configurations with [`Lanes`] of replicas, [`bits`] is the
//! faster way for bonds of ±1 at one temperature, and [`compare`](compare::compare) tells how well learned couplings
//! recover the bonds. Absent: what is learned.

pub mod bits;
pub mod bonds;
pub mod compare;
pub mod lanes;
pub mod replicas;
pub mod tempering;

#[cfg(test)]
mod exact;

pub use bits::Bits;
pub use bonds::{BondKind, Lattice};
pub use compare::Comparison;
pub use lanes::Lanes;
pub use tempering::{Plan, Record, Tempering};

use super::kind::{About, Example, Kind, Preparation, Preparing, Settings, Stored};
use super::mnist::MAX_STORED;
use crate::engine::settings::{Setting, SettingKind};
use crate::engine::{Error, Grid, Patterns, State};

/// Configurations that are never stored.
const N_UNSEEN: usize = 200;

/// Configurations are sampled in lots, so that a few more to store need no other sample.
const LOT: usize = 256;

/// What can be set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SpinGlass {
    /// Height and width L, even, 8 to 64.
    pub side: usize,
    /// How bonds are drawn.
    pub bonds: BondKind,
    /// Temperature T of the configurations, 0.2 to 5.
    pub temperature: f64,
    /// Stored configurations P, 1 to [`MAX_STORED`].
    pub n_patterns: usize,
    /// Sweeps between two configurations of a ladder, 1 to 500.
    pub spacing: usize,
    /// Sweeps before the first one, 100 to 20,000.
    pub warm_up: usize,
    /// Highest temperature of the ladder, 1 to 10; T if that is higher.
    pub hottest: f64,
}

impl Default for SpinGlass {
    fn default() -> Self {
        Self {
            side: 16,
            bonds: BondKind::Gaussian,
            temperature: 1.0,
            n_patterns: 50,
            spacing: 20,
            warm_up: 1000,
            hottest: 3.0,
        }
    }
}

/// What the world is and what its settings mean.
const ABOUT: About = About {
    name: "spin-glass",
    title: "Spin glass, 2D",
    summary: "Configurations of an Edwards–Anderson spin glass on a square lattice, sampled by parallel tempering: pseudo-likelihood finds its bonds",
    reference: "Edwards and Anderson 1975; Hukushima and Nemoto 1996; as data of a memory: D'Amico et al. 2025, arXiv 2507.05147",
    settings: &[
        Setting {
            key: "l",
            label: "Side, L",
            help: "Height and width of the lattice, an even number: N = L². Larger has more spins and takes longer to sample",
            kind: SettingKind::Whole {
                min: 8,
                max: 64,
                logarithmic: false,
            },
        },
        Setting {
            key: "bonds",
            label: "Bonds",
            help: "Gaussian: drawn from N(0, 1), as in the paper. ±1: by a fair coin, with many ground states",
            kind: SettingKind::Choice(&["gauss", "pm"]),
        },
        Setting {
            key: "t",
            label: "Temperature T",
            help: "Larger makes configurations less alike and flips more spins against their bonds; the paper uses 0.99",
            kind: SettingKind::Number {
                min: 0.2,
                max: 5.0,
                logarithmic: true,
            },
        },
        Setting {
            key: "p",
            label: "Stored, P",
            help: "Larger stores more configurations and fills the memory: load α = P/N",
            kind: SettingKind::Whole {
                min: 1,
                max: MAX_STORED as u32,
                logarithmic: true,
            },
        },
        Setting {
            key: "spacing",
            label: "Spacing",
            help: "Sweeps between two configurations of one ladder. Larger makes them more independent and takes longer",
            kind: SettingKind::Whole {
                min: 1,
                max: 500,
                logarithmic: true,
            },
        },
        Setting {
            key: "warm-up",
            label: "Warm-up",
            help: "Sweeps before the first configuration is kept. Larger forgets the start better: the energies of both ladders must have met",
            kind: SettingKind::Whole {
                min: 100,
                max: 20_000,
                logarithmic: true,
            },
        },
        Setting {
            key: "hottest",
            label: "Hottest rung",
            help: "Highest of the 16 temperatures that exchange configurations. Larger crosses higher barriers; too large and neighbours seldom exchange",
            kind: SettingKind::Number {
                min: 1.0,
                max: 10.0,
                logarithmic: true,
            },
        },
    ],
    n_first: 4,
    noun: "configuration",
    unseen: "another configuration at the same temperature",
};

impl Settings for SpinGlass {
    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn get(&self, key: &str) -> f64 {
        match key {
            "l" => self.side as f64,
            "bonds" => f64::from(u8::from(self.bonds == BondKind::PlusMinus)),
            "t" => self.temperature,
            "p" => self.n_patterns as f64,
            "spacing" => self.spacing as f64,
            "warm-up" => self.warm_up as f64,
            _ => self.hottest,
        }
    }

    fn set(&mut self, key: &str, value: f64) {
        match key {
            // A checkerboard has an even side.
            "l" => self.side = value as usize / 2 * 2,
            "bonds" => self.bonds = [BondKind::Gaussian, BondKind::PlusMinus][value as usize],
            "t" => self.temperature = value,
            "p" => self.n_patterns = value as usize,
            "spacing" => self.spacing = value as usize,
            "warm-up" => self.warm_up = value as usize,
            _ => self.hottest = value,
        }
    }

    fn n_patterns(&self) -> usize {
        self.n_patterns
    }

    fn grid(&self) -> Option<Grid> {
        Some(Grid::square(self.side))
    }

    fn is_quick(&self) -> bool {
        false
    }
}

impl SpinGlass {
    fn plan(&self) -> Plan {
        Plan {
            coldest: self.temperature,
            hottest: self.hottest.max(self.temperature),
            warm_up: self.warm_up,
            spacing: self.spacing,
            n_samples: N_UNSEEN + self.n_patterns.next_multiple_of(LOT),
        }
    }
}

/// A lattice with configurations of it.
#[derive(Debug, Clone)]
pub struct Sample {
    /// The bonds.
    pub lattice: Lattice,
    /// Their temperature T.
    pub temperature: f64,
    /// How well the sample is mixed.
    pub record: Record,
    /// Those never stored, then those to store.
    configurations: Vec<State>,
}

impl Kind for SpinGlass {
    type Data = Sample;

    const SEEDED: bool = true;

    fn shares_data(&self, other: &Self) -> bool {
        let lots = |world: &Self| world.n_patterns.div_ceil(LOT);
        let same = Self {
            n_patterns: other.n_patterns,
            ..*self
        };
        same == *other && lots(self) <= lots(other)
    }

    fn prepare(&self, seed: u64) -> Preparing<Sample> {
        let world = *self;
        let lattice = Lattice::random(self.side, self.bonds, seed);
        let mut tempering = Some(Tempering::new(lattice, self.plan(), seed));
        Box::new(std::iter::from_fn(move || {
            let mut running = tempering.take()?;
            if !running.step() {
                let done = running.done();
                tempering = Some(running);
                return Some(Preparation::UnderWay(done));
            }
            let (lattice, configurations, record) = running.finish();
            Some(Preparation::Ready(Ok(Sample {
                lattice,
                temperature: world.temperature,
                record,
                configurations,
            })))
        }))
    }

    fn available(&self, _data: &Sample) -> usize {
        MAX_STORED
    }

    fn stored(&self, data: &Sample, _seed: u64) -> Result<Stored, Error> {
        let states = &data.configurations[N_UNSEEN..][..self.n_patterns];
        let patterns = Patterns::of_states(states, Grid::square(self.side))?;
        Ok(Stored::in_order(patterns.into()))
    }

    fn n_unseen(&self, _data: &Sample) -> usize {
        N_UNSEEN
    }

    fn unseen(&self, data: &Sample, _seed: u64, index: usize) -> Result<Example, Error> {
        let state = data.configurations[index].clone();
        Ok(Example { state, label: None })
    }

    fn report(&self, data: &Sample) -> Vec<String> {
        data.record.report()
    }
}

impl Record {
    /// How well the sample is mixed, in sentences.
    pub fn report(&self) -> Vec<String> {
        let [a, b] = self.means;
        let [error_a, error_b] = self.errors;
        let apart = (a - b).abs() / error_a.hypot(error_b).max(f64::MIN_POSITIVE);
        let met = if apart < 4.0 {
            "agree"
        } else {
            "do not agree: warm up longer"
        };
        let slowest = self.exchanges.iter().copied().fold(1.0, f64::min);
        vec![
            format!(
                "Energy per spin {a:.4} ± {error_a:.4} from a random start, {b:.4} ± {error_b:.4} from all up: they {met}"
            ),
            format!(
                "Exchanges of neighbouring temperatures: {:.0} % at least",
                100.0 * slowest
            ),
        ]
    }
}
