//! Couplings after learning: less asymmetric, or with some of them cut.
//!
//! J' = J_s + k J_a with J_s = (J + Jᵀ)/2 and J_a = (J − Jᵀ)/2, of which a random share is then set to zero
//! (dilution: Sompolinsky 1986; symmetric or not: Derrida, Gardner & Zippelius 1987). Absent: learning itself.

mod steps;

pub use steps::AlterationSteps;

use super::error::Error;
use super::memory::Memory;
use super::settings::{
    AnySettings as _, Choices as _, Field, Setting, SettingKind, Settings, choices, notation,
};
use std::ops::ControlFlow;
use std::sync::Arc;

/// Which couplings dilution cuts together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Cut {
    /// J_ij and J_ji together: what was symmetric stays so.
    #[default]
    Pairs,
    /// Each for itself: an energy is lost.
    Each,
}

choices!(Cut: Pairs = "pairs" / "both ways", Each = "each" / "each alone");

/// What is done to couplings once they are learned.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Alteration {
    /// k, 0 to 1: the share of the antisymmetric part that is kept. 1 as learned, 0 symmetrised.
    pub asymmetry: f64,
    /// Share of the couplings that are cut, 0 to 1; a larger share cuts the same ones and more.
    pub dilution: f64,
    /// Which couplings are cut together.
    pub cut: Cut,
}

impl Default for Alteration {
    /// Couplings as learned.
    fn default() -> Self {
        Self {
            asymmetry: 1.0,
            dilution: 0.0,
            cut: Cut::Pairs,
        }
    }
}

/// A share from 0 to 1.
const SHARE: SettingKind = SettingKind::Number {
    min: 0.0,
    max: 1.0,
    logarithmic: false,
};

impl Settings for Alteration {
    const FIELDS: &'static [Field<Self>] = &[
        Field::new(
            Setting {
                key: "asymmetry",
                label: "Asymmetry k",
                help: "Couplings once learned become J_s + k J_a: 1 as learned, 0 symmetrised afterwards. Larger keeps more of the antisymmetric part",
                kind: SHARE,
            },
            |alteration| alteration.asymmetry,
            |alteration, value| alteration.asymmetry = value,
        ),
        Field::new(
            Setting {
                key: "dilution",
                label: "Dilution",
                help: "Share of the couplings that are cut at random once they are learned. Larger cuts the same ones and more",
                kind: SHARE,
            },
            |alteration| alteration.dilution,
            |alteration, value| alteration.dilution = value,
        ),
        Field::<Self>::new(
            Setting {
                key: "cut",
                label: "Cut",
                help: "Pairs: J_ij and J_ji together, so that what was symmetric stays so. Each: J_ij without J_ji, so that the energy is lost",
                kind: SettingKind::Choice(Cut::ITEMS),
            },
            |alteration| alteration.cut.place(),
            |alteration, value| alteration.cut = Cut::at(value),
        )
        .when(|alteration| alteration.dilution > 0.0),
    ];
}

impl Alteration {
    /// The alteration that `text` writes, as `asymmetry=0.5,dilution=0.2,cut=each`; what is not named stays as learned.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let mut alteration = Self::default();
        notation::assign_all(&mut alteration, text)?;
        Ok(alteration)
    }

    /// Refuses shares outside 0 to 1.
    pub fn check(&self) -> Result<(), Error> {
        self.check_all()
    }

    /// Whether couplings stay as learned.
    pub fn is_none(&self) -> bool {
        self.asymmetry == 1.0 && self.dilution == 0.0
    }

    /// `memory` with its couplings altered, `seed` deciding which are cut: O(N²). A memory without couplings, or
    /// one that stays as it is, is handed back.
    pub fn of(self, memory: Arc<Memory>, seed: u64) -> Arc<Memory> {
        let mut steps = AlterationSteps::new(self, memory, seed);
        loop {
            match steps.step(usize::MAX) {
                ControlFlow::Break(memory) => return memory,
                ControlFlow::Continue(rest) => steps = rest,
            }
        }
    }
}

impl std::fmt::Display for Alteration {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&notation::write_pairs(self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::couplings::Couplings;
    use crate::engine::rng::stream;
    use crate::engine::settings::tests::every_key_there_and_back;
    use ndarray::{Array2, array};

    fn altered(alteration: Alteration, weights: Array2<f32>) -> Couplings {
        let memory = Arc::new(Memory::Pairwise(Couplings::new(weights, 0.5).unwrap()));
        alteration.of(memory, 3).couplings().unwrap().clone()
    }

    #[test]
    fn the_antisymmetric_part_shrinks_by_hand() {
        let k = |asymmetry| Alteration {
            asymmetry,
            ..Alteration::default()
        };
        let weights = array![[1.0, 4.0], [2.0, 0.0]];
        // W_s = (1 3; 3 0), W_a = (0 1; −1 0)
        assert_eq!(
            altered(k(0.5), weights.clone()).to_array(),
            array![[0.5, 1.75], [1.25, 0.0]]
        );
        let symmetric = altered(k(0.0), weights.clone());
        assert_eq!(symmetric.weights(), array![[1.0, 3.0], [3.0, 0.0]]);
        assert!(symmetric.symmetric());
        assert_eq!(altered(k(1.0), weights.clone()).weights(), weights);
    }

    #[test]
    fn dilution_cuts_its_share_and_more_cuts_the_same_and_more() {
        let cut = |dilution, cut| Alteration {
            dilution,
            cut,
            ..Alteration::default()
        };
        let ones = || Array2::<f32>::ones((60, 60));
        let zeros =
            |couplings: &Couplings| couplings.weights().iter().filter(|w| **w == 0.0).count();
        for way in [Cut::Pairs, Cut::Each] {
            let (few, many) = (
                altered(cut(0.3, way), ones()),
                altered(cut(0.6, way), ones()),
            );
            let share = zeros(&few) as f64 / 3540.0;
            // 3540 lots, or half as many: three standard deviations are 0.03.
            assert!((share - 0.3).abs() < 0.03, "{share}");
            let still = |w: (&f32, &f32)| *w.0 == 0.0 && *w.1 != 0.0;
            assert!(!few.weights().iter().zip(many.weights()).any(still));
            assert_eq!(few.symmetric(), way == Cut::Pairs);
        }
        assert_eq!(zeros(&altered(cut(1.0, Cut::Pairs), ones())), 3540);
    }

    #[test]
    fn notation_is_read_back_and_nonsense_refused() {
        let alteration = Alteration {
            asymmetry: 0.25,
            dilution: 0.5,
            cut: Cut::Each,
        };
        assert_eq!(
            Alteration::parse(&alteration.to_string()).unwrap(),
            alteration
        );
        let mut rng = stream(5, "settings of alterations");
        every_key_there_and_back(&mut alteration.clone(), &mut rng);
        for text in ["asymmetry=2", "dilution=nan", "cut=some", "k=1", "dilution"] {
            assert!(Alteration::parse(text).is_err(), "{text}");
        }
    }
}
