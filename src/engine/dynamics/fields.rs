//! Local fields kept up to date: reading one is O(1), a flip costs one column of couplings.

use crate::engine::kernels::add_scaled;
use crate::engine::memory::Memory;
use crate::engine::patterns::State;

/// The local fields of one state in one memory.
#[derive(Debug, Clone)]
pub(super) struct Fields {
    /// W s; the fields over the couplings' scale, so that whole-number weights keep them exact.
    raw: Vec<f32>,
}

impl Fields {
    /// The fields of `state`, from scratch: O(N²).
    pub(super) fn new(memory: &Memory, state: &State) -> Self {
        match memory {
            Memory::Pairwise(couplings) => Self {
                raw: couplings.raw_fields(state),
            },
        }
    }

    /// h_i in units of the couplings.
    pub(super) fn field(&self, memory: &Memory, unit: usize) -> f32 {
        match memory {
            Memory::Pairwise(couplings) => couplings.scale() * self.raw[unit],
        }
    }

    /// The same over the couplings' scale: exact where they are whole numbers, for signs alone.
    pub(super) fn raw(&self, unit: usize) -> f32 {
        self.raw[unit]
    }

    /// The field of the other units alone: h_i − J_ii s_i.
    pub(super) fn field_of_others(&self, memory: &Memory, state: &State, unit: usize) -> f32 {
        match memory {
            Memory::Pairwise(couplings) => {
                self.field(memory, unit)
                    - couplings.value(unit, unit) * f32::from(state.units()[unit])
            }
        }
    }

    /// Takes in that `unit` has just been turned in `state`.
    pub(super) fn turned(&mut self, memory: &Memory, state: &State, unit: usize) {
        match memory {
            Memory::Pairwise(couplings) => {
                add_scaled(
                    &mut self.raw,
                    2.0 * f32::from(state.units()[unit]),
                    couplings.column(unit),
                );
            }
        }
    }
}
