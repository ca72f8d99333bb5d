//! Any rule that is local: the Taylor expansion of ΔW_ij in the activities of the two units, to second order.
//!
//! ΔW_ij = c0 + c1pre x_j + c1post x_i + c2pre x_j² + c2post x_i² + c2corr x_i x_j, where unit j acts on unit i
//! (Gerstner & Kistler 2002, section 10.2). Every c may have a term in the coupling itself, c + w W_ij: the couplings
//! then decay, grow or saturate. J = W/N.

mod about;
mod learner;
mod remarks;

use super::{Diagonal, Learner, Rule, RuleInfo};
use crate::engine::patterns::Patterns;
use crate::engine::settings::choices;
use crate::engine::theory::expectation::{Expectation, Load};
use crate::engine::theory::signal_to_noise::Coefficients;
use about::ABOUT;
use std::borrow::Cow;
use std::sync::Arc;

/// Settings of the Taylor rule.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Taylor {
    /// The c of 1, x_j, x_i, x_j², x_i² and x_i x_j: −1 to 1, but −2 to 2 for x_j, x_i and the product.
    pub constants: [f64; 6],
    /// What each coefficient gains with W_ij, −1 to 1: the w of c + w W_ij.
    pub slopes: [f64; 6],
    /// What a unit that is down counts in the rule.
    pub coding: Coding,
    /// Factor of every ΔW, 1e-4 to 1.
    pub rate: f64,
    /// How often the rule goes through the patterns, 1 to 100.
    pub presentations: u32,
    /// In which order it does.
    pub order: PresentationOrder,
    /// Whether W_ii is kept.
    pub diagonal: Diagonal,
}

/// The activities x of the units in a learning rule; states stay ±1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Coding {
    /// x = −1 or 1.
    #[default]
    Signs,
    /// x = 0 or 1, so that a product is learned only where both units are up.
    ZeroOne,
}

choices!(Coding: Signs = "-1/1" / "−1/+1", ZeroOne = "0/1");

/// In which order patterns are presented.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PresentationOrder {
    /// As they are stored, each time.
    #[default]
    Stored,
    /// Shuffled afresh each time, by the seed.
    Shuffled,
}

choices!(PresentationOrder: Stored = "stored", Shuffled = "shuffled");

impl Default for Taylor {
    /// Hebb's rule.
    fn default() -> Self {
        Self {
            constants: [0.0, 0.0, 0.0, 0.0, 0.0, 1.0],
            slopes: [0.0; 6],
            coding: Coding::Signs,
            rate: 1.0,
            presentations: 1,
            order: PresentationOrder::Stored,
            diagonal: Diagonal::Zero,
        }
    }
}

impl Taylor {
    /// What one pattern adds to a coupling that is zero, in ±1 units.
    pub fn coefficients(&self) -> Coefficients {
        self.in_signs(&self.constants)
    }

    /// What one pattern adds for each unit of the coupling, in ±1 units.
    fn growth(&self) -> Coefficients {
        self.in_signs(&self.slopes)
    }

    /// The coefficients of the same rule in ±1 units ξ: x = ξ, or x = (1 + ξ)/2.
    fn in_signs(&self, terms: &[f64; 6]) -> Coefficients {
        let [c0, c1pre, c1post, c2pre, c2post, c2corr] = *terms;
        match self.coding {
            Coding::Signs => Coefficients {
                offset: c0 + (c2pre + c2post),
                pre: c1pre,
                post: c1post,
                product: c2corr,
            },
            Coding::ZeroOne => {
                // x² = x.
                let (pre, post) = (c1pre + c2pre, c1post + c2post);
                Coefficients {
                    offset: c0 + f64::midpoint(pre, post) + c2corr / 4.0,
                    pre: pre / 2.0 + c2corr / 4.0,
                    post: post / 2.0 + c2corr / 4.0,
                    product: c2corr / 4.0,
                }
            }
        }
    }

    /// Whether the couplings have a say in what is learned.
    fn depends_on_couplings(&self) -> bool {
        self.slopes.iter().any(|slope| *slope != 0.0)
    }
}

impl Rule for Taylor {
    fn about(&self) -> &'static RuleInfo {
        &ABOUT
    }

    fn start(&self, patterns: Arc<Patterns>, seed: u64) -> Box<dyn Learner> {
        learner::start(*self, patterns, seed)
    }

    fn symbol(&self, key: &str) -> Option<String> {
        about::symbol(key)
    }

    fn formula(&self) -> Cow<'static, str> {
        remarks::formula(self).into()
    }

    fn expectation(&self, load: Load) -> Option<Expectation> {
        Some(remarks::expectation(self, load))
    }
}

#[cfg(test)]
mod tests;
