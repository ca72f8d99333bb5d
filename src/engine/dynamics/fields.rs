//! Local fields kept up to date. Couplings: reading one is O(1), a flip costs one column of them. Dense memories:
//! what is kept is where the state stands with every pattern, and both cost O(P). Letters: reading costs O(q), a change
//! two rows of couplings, O(N q).

use crate::engine::couplings::Couplings;
use crate::engine::dense::{Agreements, DenseMemory};
use crate::engine::kernels::add_scaled;
use crate::engine::memory::Memory;
use crate::engine::patterns::State;
use crate::engine::potts::{self, PottsCouplings};

/// What the local fields of one state in one memory are read from.
#[derive(Debug, Clone)]
pub(super) enum Fields {
    /// W s; the fields over the couplings' scale, so that whole-number weights keep them exact.
    Pairwise(Vec<f32>),
    /// Units in which the state agrees with each pattern.
    Dense(Agreements),
    /// H_i(a) of all units and letters.
    Potts(Vec<f32>),
}

impl Fields {
    /// The fields of `state`, from scratch: O(N²), or O(N P) for dense memories.
    pub(super) fn new(memory: &Memory, state: &State) -> Self {
        match memory {
            Memory::Pairwise(couplings) => Self::Pairwise(couplings.raw_fields(state)),
            Memory::Dense(dense) => Self::Dense(dense.agreements(state)),
            Memory::Potts(potts) => Self::Potts(potts.local_fields(state)),
        }
    }

    /// h_i in units of the couplings; of a letter, by how much it exceeds the best other one.
    pub(super) fn field(&self, memory: &Memory, state: &State, unit: usize) -> f32 {
        match self {
            Self::Pairwise(raw) => couplings(memory).scale() * raw[unit],
            Self::Dense(agreements) => dense(memory).field(agreements, state, unit) as f32,
            Self::Potts(_) => {
                let letters = self.letters(memory, unit);
                letters.map_or(0.0, |fields| potts::margin(fields, state.units()[unit]))
            }
        }
    }

    /// H_i(a) of `unit` for every letter; `None` where units are signs.
    pub(super) fn letters(&self, memory: &Memory, unit: usize) -> Option<&[f32]> {
        let Self::Potts(fields) = self else {
            return None;
        };
        let q = potts_couplings(memory).n_letters();
        Some(&fields[unit * q..(unit + 1) * q])
    }

    /// The same in units of its own: exact where it is a whole number, for signs alone.
    pub(super) fn raw(&self, memory: &Memory, state: &State, unit: usize) -> f64 {
        match self {
            Self::Pairwise(raw) => f64::from(raw[unit]),
            Self::Dense(agreements) => dense(memory).pull(agreements, state, unit),
            Self::Potts(_) => f64::from(self.field(memory, state, unit)),
        }
    }

    /// The part of `field` that comes from the other units alone: h_i − J_ii s_i.
    pub(super) fn of_others(&self, field: f32, memory: &Memory, state: &State, unit: usize) -> f32 {
        match self {
            Self::Pairwise(_) => {
                field - couplings(memory).value(unit, unit) * f32::from(state.units()[unit])
            }
            Self::Dense(_) | Self::Potts(_) => field,
        }
    }

    /// Takes in that `unit`, which was `before`, has just been turned in `state`.
    pub(super) fn turned(&mut self, memory: &Memory, state: &State, unit: usize, before: i8) {
        match self {
            Self::Pairwise(raw) => add_scaled(
                raw,
                2.0 * f32::from(state.units()[unit]),
                couplings(memory).column(unit),
            ),
            Self::Dense(agreements) => dense(memory).turned(agreements, state, unit),
            Self::Potts(fields) => {
                let after = state.units()[unit];
                potts_couplings(memory).changed(fields, unit, before, after);
            }
        }
    }
}

fn couplings(memory: &Memory) -> &Couplings {
    memory
        .couplings()
        .expect("fields of couplings were made from couplings")
}

fn dense(memory: &Memory) -> &DenseMemory {
    memory
        .dense()
        .expect("fields of a dense memory were made from one")
}

fn potts_couplings(memory: &Memory) -> &PottsCouplings {
    memory
        .potts()
        .expect("fields of letters were made from couplings of letters")
}
