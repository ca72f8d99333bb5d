//! Pseudo-likelihood: couplings that maximise Σ_μ Σ_i ln P(ξ_i | all other units) (D'Amico and others 2025).
//!
//! Every unit is a logistic regression on all others: P(ξ_i | ξ) = 1/(1 + e^{−2 λ ξ_i h_i}) with h_i = Σ_{j≠i} J_ij ξ_j
//! and J_ii = 0. The authors make L = (1/NP) Σ_μ Σ_i [−ξ_i h_i + (1/λ) ln 2cosh λh_i] small; that is
//! (1/λNP) Σ ln(1 + e^{−2 λ ξ_i h_i}), so with nothing left over
//!
//! - Σ ln P = −λ N P L
//! - the authors' learning rate is lr = N η: in a mean over the units, each unit's own rate is lr/N = η
//! - what is made small here is the mean over the units of L_i + ρ/2 |J_i|², that is L + (ρ/2N) |J|², step by step
//!   J ← J + η \[(1/P) Σ_μ (ξ_i − tanh λh_i) ξ_j − ρ J\]; a penalty of w/2 |J|² on Σ ln P at λ = 1 is ρ = w/P
//! - their limit on the norm of ∂L/∂J is a limit N times as large on the gradient of the units' own losses
//! - their schedules (theory a.3, from the repositories PLA and PLlib and the scripts for the spin glass): a step may
//!   take a batch of patterns for all of them, and step t goes at η dᵗ where the rate decays
//! - without a penalty λ says nothing of its own: λJ at (λ, η) is J at (1, λη)
//!
//! Absent: fields on the units.

mod batch;
mod conjugate;
mod coupling_space;
mod descent;
mod fast;
mod iteration;
mod line_search;
pub(super) mod logistic;
mod preparation;
mod row;
mod rule;
mod sample_space;
mod settings;
mod start;
mod symmetric;

pub use settings::{FirstCouplings, Optimiser, PseudoLikelihood, Tie};

#[cfg(test)]
mod minimum_tests;
#[cfg(test)]
mod schedule_tests;
#[cfg(test)]
mod tests;
