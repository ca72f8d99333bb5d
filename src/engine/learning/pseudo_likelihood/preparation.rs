//! What all rows need before conjugate gradients can begin: sums over the patterns, and the matrix that turns gradients.
//!
//! It is worked out a few milliseconds at a time. Absent: the descent.

use super::coupling_space::{self, CURVATURE, CouplingSpace};
use super::iteration::Target;
use super::sample_space::{self, SampleSpace, Samples};
use crate::engine::learning::shared::gram::GramMatrix;
use crate::engine::learning::shared::products::UnitProducts;
use crate::engine::learning::shared::projector::{Projector, inverse};
use crate::engine::patterns::Patterns;
use ndarray::Array2;
use std::ops::{ControlFlow, Range};
use std::sync::Arc;

/// What all rows share: J as sums of patterns where there are no more of these than units, else as it is.
#[derive(Clone)]
pub(super) enum Ground {
    Sample(Arc<Samples>),
    Coupling(Arc<coupling_space::Ground>),
}

/// Some rows of couplings on their way.
pub(super) enum Space {
    Sample(Box<SampleSpace>),
    Coupling(Box<CouplingSpace>),
}

impl Ground {
    /// Operations that an iteration of a row takes.
    pub(super) fn operations_a_row(&self) -> usize {
        match self {
            Self::Sample(shared) => shared.operations_a_row(),
            Self::Coupling(shared) => shared.operations_a_row(),
        }
    }

    /// The rows of these units, at J = 0.
    pub(super) fn space(&self, units: Range<usize>) -> Space {
        match self {
            Self::Sample(shared) => {
                let space = SampleSpace::new(Arc::clone(shared), units);
                Space::Sample(Box::new(space))
            }
            Self::Coupling(shared) => {
                let space = CouplingSpace::new(Arc::clone(shared), units);
                Space::Coupling(Box::new(space))
            }
        }
    }
}

/// The ground on its way.
pub(super) enum Preparation {
    /// Counts Ξᵀ Ξ.
    Sums(UnitProducts),
    /// Counts Ξ Ξᵀ too, where that is the smaller one.
    Kernel(Sums, GramMatrix),
    /// Factorises what is to be inverted.
    Factor(Sums, Projector),
    /// Multiplies the inverse out.
    Inverse(Sums, GramMatrix),
}

/// Ξᵀ Ξ without its diagonal, and Ξ Ξᵀ where there are no more patterns than units.
pub(super) struct Sums {
    units: Arc<Array2<f32>>,
    kernel: Option<Array2<f32>>,
}

impl Preparation {
    pub(super) fn new(patterns: &Arc<Patterns>) -> Self {
        Self::Sums(UnitProducts::new(Arc::clone(patterns)))
    }

    /// Does a part of the work; what is left of it, or the ground.
    pub(super) fn step(self, patterns: &Patterns, target: Target) -> ControlFlow<Ground, Self> {
        ControlFlow::Continue(match self {
            Self::Sums(mut products) => {
                if products.step() {
                    return ControlFlow::Continue(Self::Sums(products));
                }
                let units = products.matrix();
                let kernel = None;
                let sums = Sums { units, kernel };
                if patterns.n_patterns() <= patterns.n_units() {
                    Self::Kernel(sums, GramMatrix::new(patterns.rows()))
                } else {
                    let ridge = coupling_space::ridge(target.weight, patterns.n_patterns());
                    let factor = inverse(&sums.units, CURVATURE, ridge);
                    Self::Factor(sums, factor)
                }
            }
            Self::Kernel(mut sums, mut counting) => {
                counting.step();
                let Some(kernel) = counting.take_finished() else {
                    return ControlFlow::Continue(Self::Kernel(sums, counting));
                };
                let ridge = sample_space::ridge(target.weight, patterns.n_units());
                let factor = inverse(&kernel, 1.0, ridge);
                sums.kernel = Some(kernel);
                Self::Factor(sums, factor)
            }
            Self::Factor(sums, mut factor) => {
                let more = factor.step().expect("the ridge makes it positive");
                if more {
                    Self::Factor(sums, factor)
                } else {
                    Self::Inverse(sums, factor.products())
                }
            }
            Self::Inverse(sums, mut product) => {
                product.step();
                let Some(inverse) = product.take_finished() else {
                    return ControlFlow::Continue(Self::Inverse(sums, product));
                };
                let Sums { units, kernel } = sums;
                return ControlFlow::Break(match kernel {
                    Some(kernel) => {
                        let samples = Samples::new(patterns, target, &units, &kernel, &inverse);
                        Ground::Sample(Arc::new(samples))
                    }
                    None => Ground::Coupling(Arc::new(coupling_space::Ground::new(
                        patterns, target, units, inverse,
                    ))),
                });
            }
        })
    }
}
