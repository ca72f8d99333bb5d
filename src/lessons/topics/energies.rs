//! The energy as a formula: of couplings, of letters, and of every kind of dense memory.

use crate::engine::Memory;
use crate::engine::dense::{DenseMemory, Energy, States};
use crate::engine::learning::{Shows, Symbol, symbols};

/// The energy of a memory, in TeX: what it would be, where its couplings are asymmetric and have none.
pub fn energy_formula(memory: &Memory) -> &'static str {
    if memory.potts().is_some() {
        return r"E = -\sum_i b_i(s_i) - \frac{1}{2} \sum_{i \neq j} J_{ij}(s_i, s_j)";
    }
    match memory.dense().map(DenseMemory::energy_function) {
        None => r"E = -\frac{1}{2} \sum_{i \neq j} J_{ij} s_i s_j",
        Some(Energy::Polynomial { .. }) => r"E = -\frac{N}{n} \sum_\mu m_\mu^n",
        Some(Energy::Rectified { .. }) => r"E = -\frac{N}{n} \sum_\mu \max(0, m_\mu)^n",
        Some(Energy::Exponential { .. }) => r"E = -c \sum_\mu e^{\beta N (m_\mu - 1)}",
        Some(Energy::LogSumExp {
            states: States::Signs,
            ..
        }) => r"E = -\frac{1}{\beta} \ln \sum_\mu e^{\beta N m_\mu}",
        Some(Energy::LogSumExp { .. }) => {
            r"E = -\frac{1}{\beta} \ln \sum_\mu e^{\beta N m_\mu} + \frac{1}{2} \lVert s \rVert^2 + \ldots"
        }
    }
}

/// What the symbols of these formulas stand for.
pub const ENERGY_SYMBOLS: [Symbol; 9] = [
    symbols::ENERGY,
    symbols::COUPLING,
    Symbol::new("s_i", "unit i of the state", Shows::State),
    symbols::OVERLAP,
    Symbol::new(
        "b_i",
        "how much site i prefers a letter by itself",
        Shows::Nothing,
    ),
    Symbol::new("n", "degree of the energy", Shows::Nothing),
    Symbol::new(
        "c",
        "a constant: the fields of a pattern alone are 1",
        Shows::Nothing,
    ),
    Symbol::new(
        r"\beta",
        "steepness: larger lets the nearest pattern win by more",
        Shows::Nothing,
    ),
    symbols::UNITS,
];
