//! How much each sequence counts: one over the number of sequences that are nearly the same, itself included.
//!
//! Two sequences are nearly the same if at least a share `identity` of their sites is equal, a gap being a state like
//! any other (80 % in PlmDCA, plmc and others). The sum of the weights is the effective number of sequences.
//! The states, 21 at most, are kept as five planes of bits, so that 64 sites are compared by five exclusive ors and one count.

use super::alignment::Alignment;
use crate::engine::widest;

/// Planes of bits to a state: 2^5 > 21.
const PLANES: usize = 5;
/// Sequences that one sequence meets at once.
const BLOCK: usize = 64;
/// Pairs of 64 sites compared in one step: a few milliseconds' work.
const SLICE: usize = 8_000_000;

/// Sequences being compared with each other.
pub struct Weighting {
    n_sequences: usize,
    n_words: usize,
    /// `planes[((block · words + word) · 5 + plane) · 64 + sequence in the block]`.
    planes: Vec<u64>,
    /// Most sites that may differ.
    differing: u32,
    next: usize,
    neighbours: Vec<u32>,
}

impl std::fmt::Debug for Weighting {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Weighting")
            .field("done", &self.done())
            .finish_non_exhaustive()
    }
}

impl Weighting {
    /// Begins to compare the sequences of `alignment`; `identity` is from 0 to 1.
    pub fn new(alignment: &Alignment, identity: f64) -> Self {
        let (n_sequences, n_columns) = (alignment.n_sequences(), alignment.n_columns());
        let n_words = n_columns.div_ceil(64);
        let n_blocks = n_sequences.div_ceil(BLOCK);
        let mut planes = vec![0; n_blocks * n_words * PLANES * BLOCK];
        for (index, sequence) in alignment.sequences().enumerate() {
            for (word, sites) in sequence.chunks(64).enumerate() {
                for plane in 0..PLANES {
                    let bits = sites.iter().enumerate().fold(0, |bits, (place, state)| {
                        bits | u64::from(*state as u8 >> plane & 1) << place
                    });
                    let first = (index / BLOCK * n_words + word) * PLANES + plane;
                    planes[first * BLOCK + index % BLOCK] = bits;
                }
            }
        }
        // Rounding must not decide whether 4 of 5 sites are 80 %.
        let equal = (identity * n_columns as f64 - 1e-9).ceil().max(0.0) as usize;
        Self {
            n_sequences,
            n_words,
            planes,
            differing: n_columns.saturating_sub(equal) as u32,
            next: 0,
            neighbours: vec![1; n_sequences],
        }
    }

    /// Share of the work done, 0 to 1.
    pub fn done(&self) -> f32 {
        let left = 1.0 - self.next as f32 / self.n_sequences as f32;
        1.0 - left * left
    }

    /// A few milliseconds' work; true once all pairs are compared.
    pub fn step(&mut self) -> bool {
        let mut work = 0;
        while self.next < self.n_sequences && work < SLICE {
            self.compare(self.next);
            work += (self.n_sequences - self.next) * self.n_words;
            self.next += 1;
        }
        self.next == self.n_sequences
    }

    /// The weights so far, each from above 0 to 1: all of them right once [`Self::step`] has said so.
    pub fn weights(&self) -> Vec<f32> {
        self.neighbours
            .iter()
            .map(|count| 1.0 / *count as f32)
            .collect()
    }

    /// Compares one sequence with all after it.
    fn compare(&mut self, sequence: usize) {
        let Self {
            n_sequences,
            n_words,
            ref planes,
            differing,
            ref mut neighbours,
            ..
        } = *self;
        let stride = n_words * PLANES * BLOCK;
        let mine = &planes[sequence / BLOCK * stride..];
        let mine: Vec<u64> = (0..n_words * PLANES)
            .map(|row| mine[row * BLOCK + sequence % BLOCK])
            .collect();
        let mut found = 0;
        for first in (sequence / BLOCK * BLOCK..n_sequences).step_by(BLOCK) {
            let theirs = &planes[first / BLOCK * stride..][..stride];
            let counts = widest(
                #[inline(always)]
                || differences(theirs, &mine),
            );
            let last = (first + BLOCK).min(n_sequences);
            let from = first.max(sequence + 1);
            for other in from..last {
                let near = u32::from(counts[other - first] <= u64::from(differing));
                neighbours[other] += near;
                found += near;
            }
        }
        neighbours[sequence] += found;
    }
}

/// Sites at which each sequence of a block differs from one.
#[expect(
    clippy::inline_always,
    reason = "what is not inlined is not compiled for the vector unit"
)]
#[inline(always)]
fn differences(block: &[u64], one: &[u64]) -> [u64; BLOCK] {
    let mut counts = [0; BLOCK];
    for (word, mine) in block
        .chunks_exact(PLANES * BLOCK)
        .zip(one.chunks_exact(PLANES))
    {
        let mut differ = [0_u64; BLOCK];
        for (plane, bits) in word.chunks_exact(BLOCK).zip(mine) {
            for (differ, theirs) in differ.iter_mut().zip(plane) {
                *differ |= theirs ^ bits;
            }
        }
        for (count, differ) in counts.iter_mut().zip(&differ) {
            *count += u64::from(differ.count_ones());
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::patterns::Letters;
    use crate::worlds::proteins::alignment::{About, identity};
    use proptest::prelude::*;

    fn alignment(n_columns: usize, sites: Vec<i8>) -> Alignment {
        Alignment {
            letters: Letters::PROTEIN,
            rows: Vec::new(),
            names: (0..sites.len() / n_columns)
                .map(|index| index.to_string().into())
                .collect(),
            n_columns,
            sites,
            about: About::default(),
        }
    }

    fn weights(alignment: &Alignment, share: f64) -> Vec<f32> {
        let mut weighting = Weighting::new(alignment, share);
        while !weighting.step() {}
        weighting.weights()
    }

    /// By hand: the first two differ in one site of five, the third in two from both.
    #[test]
    fn four_of_five_sites_are_eighty_per_cent() {
        let rows = [[1, 2, 3, 4, 5], [1, 2, 3, 4, 20], [1, 2, 3, 20, 6]];
        let alignment = alignment(5, rows.concat());
        assert_eq!(weights(&alignment, 0.8), [0.5, 0.5, 1.0]);
        assert_eq!(weights(&alignment, 0.6), [1.0 / 3.0; 3]);
        assert_eq!(weights(&alignment, 1.0), [1.0; 3]);
    }

    proptest! {
        #[test]
        fn planes_count_as_letters_do(
            n_columns in 1..140_usize,
            seeds in proptest::collection::vec(0..40_u64, 1..150),
            share in 0.0..1.0_f64,
        ) {
            let site = |seed: u64, column: usize| {
                let mixed = (seed / 5).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (column % 50);
                if column as u64 % 7 < seed % 5 { (seed % 21) as i8 } else { (mixed % 21) as i8 }
            };
            let sites = seeds.iter().flat_map(|seed| (0..n_columns).map(|column| site(*seed, column)));
            let alignment = alignment(n_columns, sites.collect());
            let naive: Vec<f32> = alignment.sequences().map(|one| {
                let near = alignment.sequences().filter(|other| identity(one, other) >= share - 1e-12);
                1.0 / near.count() as f32
            }).collect();
            prop_assert_eq!(weights(&alignment, share), naive);
        }
    }
}
