//! Heat bath on a checkerboard for bonds of ±1: 64 replicas to a word, one bit each (multi-spin coding).
//!
//! The field of a spin is −4, −2, 0, 2 or 4, which is counted bit by bit over all replicas at once. At a field of 0 a
//! fair bit decides; otherwise the spin goes against its field with probability 1/(1 + e^{4/T}) or 1/(1 + e^{8/T}).
//! Such bits are made of 24 random words: a uniform number a replica, compared with the probability from its last
//! binary digit to its first. Every replica has its own bits of every word, so replicas are independent.

#![expect(
    clippy::inline_always,
    reason = "what is not inlined is not compiled for the vector unit"
)]

use super::bonds::Lattice;
use crate::engine::rng::Stream;
use crate::engine::widest;
use rand::RngExt as _;

/// Replicas of one [`Bits`].
pub const REPLICAS: usize = 64;

/// Binary digits of a probability.
const DIGITS: usize = 24;

/// Spins of one colour that are updated side by side.
const WIDE: usize = 16;

/// One word a spin.
type Words = [u64; WIDE];

/// 64 replicas of a lattice with bonds of ±1 at one temperature.
#[derive(Debug, Clone)]
pub struct Bits {
    side: usize,
    /// Words of half a row, filled up to whole vectors.
    stride: usize,
    /// Row by row, one colour then the other: the spin at (row, column) is word column / 2 of colour
    /// (row + column) % 2.
    spins: [Vec<u64>; 2],
    /// For each spin of each colour: all bits set where the bond is −1; right, left, below, above.
    signs: [[Vec<u64>; 4]; 2],
    /// Digits of both probabilities, last first: all bits set for a one.
    digits: [[u64; 2]; DIGITS],
    generators: [Words; 4],
}

impl Bits {
    /// Replicas from independent fair spins at `temperature`, above 0; every bond counts by its sign.
    pub fn new(lattice: &Lattice, temperature: f64, rng: &mut Stream) -> Self {
        let side = lattice.side();
        let stride = (side / 2).next_multiple_of(WIDE);
        let mut signs: [[Vec<u64>; 4]; 2] =
            std::array::from_fn(|_| std::array::from_fn(|_| vec![0; side * stride]));
        for spin in 0..lattice.n_spins() {
            let (row, column) = (spin / side, spin % side);
            for (k, (_, bond)) in lattice.neighbours(spin).into_iter().enumerate() {
                let word = if bond < 0.0 { u64::MAX } else { 0 };
                signs[(row + column) % 2][k][row * stride + column / 2] = word;
            }
        }
        let against = |field: f64| 1.0 / (1.0 + libm::exp(2.0 * field / temperature));
        let scale = f64::from(1 << DIGITS);
        let thresholds = [against(2.0), against(4.0)].map(|p| (p * scale).round() as u64);
        let digit = |digit: usize| {
            thresholds.map(|number| {
                if number >> digit & 1 == 1 {
                    u64::MAX
                } else {
                    0
                }
            })
        };
        let mut words = || (0..side * stride).map(|_| rng.random()).collect();
        Self {
            side,
            stride,
            spins: [words(), words()],
            signs,
            digits: std::array::from_fn(digit),
            generators: std::array::from_fn(|_| std::array::from_fn(|_| rng.random())),
        }
    }

    /// Every spin of every replica once.
    pub fn sweep(&mut self) {
        for color in 0..2 {
            widest(
                #[inline(always)]
                || self.half_sweep(color),
            );
        }
    }

    #[inline(always)]
    fn half_sweep(&mut self, color: usize) {
        let (side, stride) = (self.side, self.stride);
        let half = side / 2;
        let [first, second] = &mut self.spins;
        let (mine, others) = if color == 0 {
            (first, &*second)
        } else {
            (second, &*first)
        };
        for row in 0..side {
            let (above, below) = ((row + side - 1) % side, (row + 1) % side);
            // In a row of the other colour, the words at one place are the left or the right neighbours.
            let ahead = (row + color) % 2 == 1;
            for first in (0..half).step_by(WIDE) {
                let at = row * stride + first;
                let same = load(&others[at..]);
                let shifted = std::array::from_fn(|place| {
                    let word = first + place;
                    let other = if ahead { word + 1 } else { word + half - 1 } % half;
                    others[row * stride + other]
                });
                let (right, left) = if ahead {
                    (shifted, same)
                } else {
                    (same, shifted)
                };
                let down = load(&others[below * stride + first..]);
                let up = load(&others[above * stride + first..]);
                let signs = self.signs[color].each_ref().map(|sign| load(&sign[at..]));
                let new = updated(
                    [right, left, down, up],
                    signs,
                    &self.digits,
                    &mut self.generators,
                );
                mine[at..at + WIDE].copy_from_slice(&new);
            }
        }
    }

    /// Σ over replicas of the number of bonds that are not satisfied.
    pub fn unsatisfied(&self) -> u64 {
        widest(
            #[inline(always)]
            || {
                let (side, stride) = (self.side, self.stride);
                let half = side / 2;
                let mut count = 0;
                for row in 0..side {
                    let below = (row + 1) % side;
                    for color in 0..2 {
                        let ahead = (row + color) % 2 == 1;
                        for word in 0..half {
                            let at = row * stride + word;
                            let spin = self.spins[color][at];
                            let others = &self.spins[1 - color];
                            let next = if ahead { (word + 1) % half } else { word };
                            let right =
                                spin ^ others[row * stride + next] ^ self.signs[color][0][at];
                            let down =
                                spin ^ others[below * stride + word] ^ self.signs[color][2][at];
                            count += u64::from(right.count_ones() + down.count_ones());
                        }
                    }
                }
                count
            },
        )
    }

    /// Mean energy per spin over the replicas.
    pub fn mean_energy(&self) -> f64 {
        let n_spins = (self.side * self.side) as f64;
        2.0 * (self.unsatisfied() as f64 / (REPLICAS as f64 * n_spins)) - 2.0
    }
}

#[inline(always)]
fn load(words: &[u64]) -> Words {
    std::array::from_fn(|place| words[place])
}

/// New words of spins with these neighbours.
#[inline(always)]
fn updated(
    neighbours: [Words; 4],
    signs: [Words; 4],
    digits: &[[u64; 2]; DIGITS],
    generators: &mut [Words; 4],
) -> Words {
    let (mut weak, mut strong, mut fair) = ([0; WIDE], [0; WIDE], [0; WIDE]);
    for [of_weak, of_strong] in digits {
        for place in 0..WIDE {
            let word = next(generators, place);
            // Below the probability from this digit on: by this digit, or by the later ones where it is equal.
            weak[place] = majority(weak[place], !word, *of_weak);
            strong[place] = majority(strong[place], !word, *of_strong);
            fair[place] = word;
        }
    }
    std::array::from_fn(|place| {
        let [a, b, c, d] = [0, 1, 2, 3].map(|k| neighbours[k][place] ^ signs[k][place]);
        let odd = a ^ b ^ c ^ d;
        let unequal = (a ^ b) | (b ^ c) | (c ^ d);
        let most = (a & b & (c | d)) | (c & d & (a | b));
        // Four alike, or three of one sign; two of each leave it to a fair bit.
        let held = most ^ ((!unequal & strong[place]) | (odd & weak[place]));
        let undecided = unequal & !odd;
        (undecided & fair[place]) | (!undecided & held)
    })
}

#[inline(always)]
fn majority(a: u64, b: u64, c: u64) -> u64 {
    (a & b) | (a & c) | (b & c)
}

/// The next output of a lane's xoshiro256++ (Blackman and Vigna 2018).
#[inline(always)]
fn next([s0, s1, s2, s3]: &mut [Words; 4], lane: usize) -> u64 {
    let output = s0[lane]
        .wrapping_add(s3[lane])
        .rotate_left(23)
        .wrapping_add(s0[lane]);
    let shifted = s1[lane] << 17;
    s2[lane] ^= s0[lane];
    s3[lane] ^= s1[lane];
    s1[lane] ^= s2[lane];
    s0[lane] ^= s3[lane];
    s2[lane] ^= shifted;
    s3[lane] = s3[lane].rotate_left(45);
    output
}
