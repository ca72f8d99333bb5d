//! Continuous states of a run, sweep by sweep, thinned so that they never grow past a few hundred.

use crate::engine::dense::graded::Graded;
use std::mem::size_of;

/// Most states kept; beyond, every other one is dropped.
const MAX_FRAMES: usize = 512;

/// Continuous states in single precision: the first, the last, and some between at even distances.
#[derive(Debug, Clone)]
pub(super) struct Frames {
    kept: Vec<Frame>,
    /// Sweeps between two frames that are kept.
    stride: u64,
    sweeps: u64,
}

#[derive(Debug, Clone)]
struct Frame {
    sweep: u64,
    units: Vec<f32>,
}

impl Frames {
    /// The frames of a run that starts at `first`.
    pub(super) fn new(first: &Graded) -> Self {
        Self {
            kept: vec![Frame::new(0, first)],
            stride: 1,
            sweeps: 0,
        }
    }

    /// Takes in the state after one sweep more.
    pub(super) fn push(&mut self, graded: &Graded) {
        let stride = self.stride;
        // The last frame is always there, and given up for the next one unless it is one to keep.
        self.kept.pop_if(|last| !last.sweep.is_multiple_of(stride));
        self.sweeps += 1;
        self.kept.push(Frame::new(self.sweeps, graded));
        if self.kept.len() > MAX_FRAMES {
            self.stride *= 2;
            let (stride, last) = (self.stride, self.sweeps);
            self.kept
                .retain(|frame| frame.sweep == last || frame.sweep.is_multiple_of(stride));
        }
    }

    /// The state after `sweep` sweeps, or the last one kept before.
    pub(super) fn at(&self, sweep: u64) -> &[f32] {
        &self.frame(sweep).units
    }

    /// Bytes that they take.
    pub(super) fn bytes(&self) -> usize {
        let states = self.kept.iter().map(|frame| frame.units.capacity());
        4 * states.sum::<usize>() + self.kept.capacity() * size_of::<Frame>()
    }

    fn frame(&self, sweep: u64) -> &Frame {
        let next = self.kept.partition_point(|frame| frame.sweep <= sweep);
        &self.kept[next - 1]
    }
}

impl Frame {
    fn new(sweep: u64, graded: &Graded) -> Self {
        let units = graded.units().iter().map(|value| *value as f32).collect();
        Self { sweep, units }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::dense::{DenseMemory, Energy, States};
    use crate::engine::patterns::{Grid, Patterns};
    use ndarray::array;
    use std::sync::Arc;

    #[test]
    fn very_long_runs_keep_few_states_and_always_the_last() {
        let patterns = Patterns::new(array![[1, -1]], Grid::near_square(2), None).unwrap();
        let energy = Energy::LogSumExp {
            beta: 1.0,
            states: States::Continuous,
        };
        let dense = DenseMemory::new(Arc::new(patterns), energy).unwrap();
        let graded = Graded::new(&dense, &dense.patterns().state(0)).unwrap();
        let mut frames = Frames::new(&graded);
        for sweep in 1..=3000 {
            frames.push(&graded);
            assert!(frames.kept.len() <= MAX_FRAMES);
            assert_eq!(frames.frame(sweep).sweep, sweep);
        }
        assert_eq!(frames.frame(1001).sweep, 1000);
        assert_eq!(frames.at(0), [1.0, -1.0]);
    }
}
