//! The two-dimensional Edwards–Anderson spin glass as a world: random bonds, and configurations at a temperature.
//!
//! [`Lattice`] holds the bonds, a heat bath moves 64 [`replicas`] at once, [`Tempering`] makes ladders of temperatures
//! of them and keeps a [`Sample`], and [`Comparison`] tells how well learned couplings recover the
//! bonds. On small lattices [`exact`] energies stand beside the sampled ones. Absent: what is learned.

pub mod bonds;
pub mod compare;
pub mod exact;
pub mod replicas;
pub mod sample;
pub mod tempering;

#[cfg(test)]
mod tests;

pub use bonds::{BondKind, Lattice};
pub use compare::Comparison;
pub use sample::Sample;
pub use tempering::{Plan, Record, Tempering};

use super::Findings;
use super::kind::{
    Example, MAX_STORED_UNITS, Preparation, Preparing, Stored, WorldInfo, WorldKind, WorldSettings,
};
use crate::engine::settings::{Choices as _, Field, Setting, SettingKind, Settings};
use crate::engine::{Error, Grid};
use sample::{STORED_A_ROUND, UNSEEN_A_ROUND};

/// Most configurations that can be stored: as many as the paper's asymptotic ones.
pub const MAX_STORED: usize = 131_072;

/// Configurations up to which the slider goes; more are typed.
const FEW_STORED: usize = 8192;

/// Rounds of configurations that are sampled at least, and that the record is of. Longer samples are multiples, so
/// that a few more configurations to store need no other sample.
const ROUNDS: usize = 25;

/// The top of a ladder over T, where T has overtaken it.
const LADDER: f64 = 1.5;

/// Configurations that are never stored.
const N_UNSEEN: usize = ROUNDS * UNSEEN_A_ROUND;

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
    /// Sweeps from one configuration of a ladder to the next, 1 to 500.
    pub spacing: usize,
    /// Sweeps before the first one, 100 to 20,000.
    pub warm_up: usize,
    /// Temperatures of the ladder, 1 to 32.
    pub n_rungs: usize,
    /// Highest temperature of the ladder, 1 to 10, above T; without a ladder it does nothing.
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
            n_rungs: 16,
            hottest: 3.0,
        }
    }
}

/// What the world is and what its settings mean.
const ABOUT: WorldInfo = WorldInfo {
    name: "spin-glass",
    title: "Spin glass, 2D",
    summary: "Configurations of an Edwards–Anderson spin glass on a square lattice, sampled by parallel tempering: pseudo-likelihood finds its bonds",
    reference: "Edwards and Anderson 1975; Hukushima and Nemoto 1996; as data of a memory: D'Amico et al. 2025, arXiv 2507.05147",
    n_first: 4,
    noun: "configuration",
    unseen: "another configuration at the same temperature",
};

impl Settings for SpinGlass {
    const FIELDS: &'static [Field<Self>] = &[
Field::new(Setting {
            key: "l",
            label: "Side, L",
            help: "Height and width of the lattice, an even number: N = L². Larger has more spins and takes longer to sample",
            kind: SettingKind::Even { min: 8, max: 64 },
        }, |world| world.side as f64, |world, value| world.side = value as usize),
Field::new(Setting {
            key: "bonds",
            label: "Bonds",
            help: "Gaussian: drawn from N(0, 1), as in the paper. ±J: +1 or −1 with equal chances, with many ground states",
            kind: SettingKind::Choice(BondKind::ITEMS),
        }, |world| world.bonds.place(), |world, value| world.bonds = BondKind::at(value)),
Field::new(Setting {
            key: "t",
            label: "Temperature T",
            help: "Larger makes configurations less alike and flips more spins against their bonds; the paper uses 0.99",
            kind: SettingKind::Number {
                min: 0.2,
                max: 5.0,
                logarithmic: true,
            },
        }, |world| world.temperature, |world, value| world.temperature = value),
Field::<Self>::new(WorldInfo::stored(
            "Larger stores more configurations and fills the memory: load α = P/N",
            MAX_STORED,
        ), |world| world.n_patterns as f64, |world, value| world.n_patterns = value as usize).sliding(1.0, FEW_STORED as f64),
Field::new(Setting {
            key: "spacing",
            label: "Spacing",
            help: "Sweeps from one configuration of a ladder to the next; 64 independent ladders give one each. Larger makes them more independent and takes longer",
            kind: SettingKind::Whole {
                min: 1,
                max: 500,
                logarithmic: true,
            },
        }, |world| world.spacing as f64, |world, value| world.spacing = value as usize),
Field::new(Setting {
            key: "warm-up",
            label: "Warm-up",
            help: "Sweeps before the first configuration is taken. Larger forgets the start better: the energies from both starts must have met",
            kind: SettingKind::Whole {
                min: 100,
                max: 20_000,
                logarithmic: true,
            },
        }, |world| world.warm_up as f64, |world, value| world.warm_up = value as usize),
Field::new(Setting {
            key: "rungs",
            label: "Rungs",
            help: "Temperatures that exchange configurations. Larger makes exchanges more frequent and takes longer; 1 is a heat bath at T alone",
            kind: SettingKind::Whole {
                min: 1,
                max: 32,
                logarithmic: false,
            },
        }, |world| world.n_rungs as f64, |world, value| world.n_rungs = value as usize),
Field::<Self>::new(Setting {
            key: "hottest",
            label: "Hottest rung",
            help: "Highest of the temperatures that exchange configurations. Larger crosses higher barriers; too large and neighbours seldom exchange",
            kind: SettingKind::Number {
                min: 1.0,
                max: 10.0,
                logarithmic: true,
            },
        }, |world| world.hottest, |world, value| world.hottest = value).when(|world| world.n_rungs > 1),
    ];

    fn check_together(&self) -> Result<(), Error> {
        if self.n_patterns > self.most() {
            return Err(Error::Range {
                setting: "p",
                range: format!("at most {} at L = {}", self.most(), self.side),
                value: self.n_patterns.to_string(),
            });
        }
        if self.n_rungs > 1 && self.hottest <= self.temperature {
            return Err(Error::Range {
                setting: "hottest",
                range: format!("above t = {} unless rungs = 1", self.temperature),
                value: self.hottest.to_string(),
            });
        }
        Ok(())
    }
}

impl WorldSettings for SpinGlass {
    fn about(&self) -> &'static WorldInfo {
        &ABOUT
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

    /// A ladder goes upwards: where T has come as high as its top, that is raised.
    fn mend(&mut self) {
        if self.n_rungs > 1 && self.hottest <= self.temperature {
            self.hottest = LADDER * self.temperature;
        }
    }
}

impl SpinGlass {
    /// The most configurations that can be stored at this size.
    fn most(&self) -> usize {
        MAX_STORED.min(MAX_STORED_UNITS / (self.side * self.side))
    }

    /// Rounds of configurations to sample.
    fn n_rounds(&self) -> usize {
        let needed = self.n_patterns.div_ceil(STORED_A_ROUND);
        needed.next_multiple_of(ROUNDS)
    }

    fn plan(&self) -> Plan {
        Plan {
            coldest: self.temperature,
            // Of one rung, it is where cold starts are cooled from.
            hottest: self.hottest.max(self.temperature),
            n_rungs: self.n_rungs,
            warm_up: self.warm_up,
            spacing: self.spacing,
            recorded: ROUNDS,
            n_rounds: self.n_rounds(),
        }
    }
}

impl WorldKind for SpinGlass {
    type Data = Sample;

    const SEEDED: bool = true;

    fn shares_data(&self, other: &Self) -> bool {
        let same = Self {
            n_patterns: other.n_patterns,
            ..*self
        };
        same == *other && self.n_rounds() <= other.n_rounds()
    }

    fn prepare(&self, seed: u64) -> Preparing<Sample> {
        let world = *self;
        let mut running: Option<Tempering> = None;
        let mut over = false;
        Box::new(std::iter::from_fn(move || {
            if over {
                return None;
            }
            let mut tempering = running.take().unwrap_or_else(|| {
                let lattice = Lattice::random(world.side, world.bonds, seed);
                Tempering::new(lattice, world.plan(), seed)
            });
            over = tempering.step();
            if over {
                let sample = Sample::of(tempering).with_patterns(world.n_patterns);
                return Some(Preparation::Ready(sample));
            }
            let done = tempering.done();
            running = Some(tempering);
            Some(Preparation::UnderWay(done))
        }))
    }

    fn available(&self, _data: &Sample) -> usize {
        self.most()
    }

    fn stored(&self, data: &Sample, _seed: u64) -> Result<Stored, Error> {
        data.patterns(self.n_patterns).map(Stored::in_order)
    }

    fn n_unseen(&self, _data: &Sample) -> usize {
        N_UNSEEN
    }

    fn unseen(&self, data: &Sample, _seed: u64, index: usize) -> Result<Example, Error> {
        let state = data.unseen(index);
        Ok(Example { state, label: None })
    }

    fn findings(&self, data: &Sample) -> Findings {
        Findings {
            said: data.report(),
            ..Findings::default()
        }
    }
}
