//! Heat bath on a checkerboard, many replicas side by side, for bonds of any size.
//!
//! A spin becomes +1 with probability 1/(1 + e^{−2h/T}) for its local field h = Σ J_ij s_j: Glauber's rates. All
//! spins of one colour are independent given the others. A replica is a lane of the vector unit: e^{−2h/T} is the
//! product of four factors e^{∓2J/T}, one of two for each neighbour, and a uniform u sets the spin if
//! u (1 + e^{−2h/T}) < 1. Every lane has its own xoshiro128+ generator.

#![expect(
    clippy::inline_always,
    reason = "what is not inlined is not compiled for the vector unit"
)]

use super::bonds::Lattice;
use crate::engine::rng::Stream;
use crate::engine::{State, widest};
use rand::RngExt as _;

/// Replicas that are updated side by side.
pub const LANES: usize = 32;

/// 2|J|/T beyond which a bond counts as so strong: products of four such factors stay numbers.
const STRONGEST: f32 = 42.0;

/// One number a lane.
type Lane<T> = [T; LANES];

/// [`LANES`] replicas of a lattice, each at a temperature of its own or all at one.
#[derive(Debug, Clone)]
pub struct Lanes {
    /// Spin by spin: all bits set for +1, none for −1.
    spins: Vec<Lane<u32>>,
    /// Spins of one colour, then of the other.
    order: Vec<u32>,
    neighbours: Vec<[u32; 4]>,
    factors: Factors,
    generators: [Lane<u32>; 4],
}

/// e^{−2J/T} and e^{2J/T}, for neighbours that are up and down.
#[derive(Debug, Clone)]
enum Factors {
    /// One temperature: four neighbours a spin.
    Same(Vec<[[f32; 2]; 4]>),
    /// A temperature a lane.
    Own(Vec<[[Lane<f32>; 2]; 4]>),
}

impl Lanes {
    /// Replicas at one temperature, above 0, from independent fair spins.
    pub fn new(lattice: &Lattice, temperature: f32, rng: &mut Stream) -> Self {
        let same = |spin| {
            lattice
                .neighbours(spin)
                .map(|(_, bond)| pair(bond, temperature))
        };
        let factors = Factors::Same((0..lattice.n_spins()).map(same).collect());
        Self::with(lattice, factors, rng)
    }

    /// Replicas at temperatures of their own, above 0, from independent fair spins.
    pub fn at(lattice: &Lattice, temperatures: &Lane<f32>, rng: &mut Stream) -> Self {
        let own = |spin| {
            lattice.neighbours(spin).map(|(_, bond)| {
                let pairs = temperatures.map(|temperature| pair(bond, temperature));
                [pairs.map(|pair| pair[0]), pairs.map(|pair| pair[1])]
            })
        };
        let factors = Factors::Own((0..lattice.n_spins()).map(own).collect());
        Self::with(lattice, factors, rng)
    }

    fn with(lattice: &Lattice, factors: Factors, rng: &mut Stream) -> Self {
        let n = lattice.n_spins();
        let color = |spin: &u32| (*spin as usize / lattice.side() + *spin as usize) % 2;
        let mut order: Vec<u32> = (0..n as u32).collect();
        order.sort_by_key(color);
        let neighbours = (0..n).map(|spin| lattice.neighbours(spin).map(|(other, _)| other as u32));
        let generators = std::array::from_fn(|_| std::array::from_fn(|_| rng.random()));
        let mut word = || std::array::from_fn(|_| if rng.random() { u32::MAX } else { 0 });
        Self {
            spins: (0..n).map(|_| word()).collect(),
            order,
            neighbours: neighbours.collect(),
            factors,
            generators,
        }
    }

    /// Every spin of every replica once.
    pub fn sweep(&mut self) {
        let Self {
            spins,
            order,
            neighbours,
            factors,
            generators,
        } = self;
        match factors {
            Factors::Same(factors) => widest(
                #[inline(always)]
                || {
                    sweep(spins, order, neighbours, generators, |spin, k, _, up| {
                        let [with, against] = factors[spin][k];
                        if up { with } else { against }
                    })
                },
            ),
            Factors::Own(factors) => widest(
                #[inline(always)]
                || {
                    sweep(spins, order, neighbours, generators, |spin, k, lane, up| {
                        let [with, against] = &factors[spin][k];
                        if up { with[lane] } else { against[lane] }
                    })
                },
            ),
        }
    }

    /// The energy of every replica, summed row by row in single precision.
    pub fn energies(&self, lattice: &Lattice) -> Lane<f64> {
        let mut energies = [0.0; LANES];
        for row in 0..lattice.side() {
            let sums = widest(
                #[inline(always)]
                || self.row_energies(lattice, row),
            );
            for (energy, sum) in energies.iter_mut().zip(sums) {
                *energy += f64::from(sum);
            }
        }
        energies
    }

    /// What the bonds of one row of spins, with the right and the lower neighbours, add to the energies.
    #[inline(always)]
    fn row_energies(&self, lattice: &Lattice, row: usize) -> Lane<f32> {
        let mut sums = [0.0_f32; LANES];
        for spin in row * lattice.side()..(row + 1) * lattice.side() {
            let [right, _, down, _] =
                self.neighbours[spin].map(|other| &self.spins[other as usize]);
            let (bond_right, bond_down) = (lattice.right()[spin], lattice.down()[spin]);
            let own = &self.spins[spin];
            for lane in 0..LANES {
                let along = if own[lane] == right[lane] {
                    -bond_right
                } else {
                    bond_right
                };
                let across = if own[lane] == down[lane] {
                    -bond_down
                } else {
                    bond_down
                };
                sums[lane] += along + across;
            }
        }
        sums
    }

    /// The replica in `lane` as a state.
    pub fn state(&self, lane: usize) -> State {
        State::from_fn(self.spins.len(), |spin| self.spins[spin][lane] != 0)
    }

    /// Puts `state` into `lane`.
    pub fn put(&mut self, lane: usize, state: &State) {
        for (spin, unit) in self.spins.iter_mut().zip(state.units()) {
            spin[lane] = if *unit > 0 { u32::MAX } else { 0 };
        }
    }

    /// Exchanges the states of two lanes.
    pub fn swap(&mut self, a: usize, b: usize) {
        for spin in &mut self.spins {
            spin.swap(a, b);
        }
    }

    /// (1/N) Σ s_i s_i' of the states in two lanes.
    pub fn overlap(&self, a: usize, b: usize) -> f64 {
        let equal = self.spins.iter().filter(|spin| spin[a] == spin[b]).count();
        2.0 * equal as f64 / self.spins.len() as f64 - 1.0
    }
}

/// e^{−2J/T} and e^{2J/T}.
fn pair(bond: f32, temperature: f32) -> [f32; 2] {
    let strength = (2.0 * bond / temperature).clamp(-STRONGEST, STRONGEST);
    [libm::expf(-strength), libm::expf(strength)]
}

/// Every spin once, colour by colour. `factor(spin, k, lane, up)` is what neighbour k contributes.
#[inline(always)]
fn sweep(
    spins: &mut [Lane<u32>],
    order: &[u32],
    neighbours: &[[u32; 4]],
    generators: &mut [Lane<u32>; 4],
    factor: impl Fn(usize, usize, usize, bool) -> f32,
) {
    for spin in order {
        let spin = *spin as usize;
        let [a, b, c, d] = neighbours[spin].map(|other| spins[other as usize]);
        let mut new = [0; LANES];
        for lane in 0..LANES {
            let of = |k: usize, word: u32| factor(spin, k, lane, word != 0);
            let product = (of(0, a[lane]) * of(1, b[lane])) * (of(2, c[lane]) * of(3, d[lane]));
            let uniform = (next(generators, lane) >> 8) as i32 as f32;
            let up = uniform * (1.0 + product) < 16_777_216.0;
            new[lane] = if up { u32::MAX } else { 0 };
        }
        spins[spin] = new;
    }
}

/// The next output of a lane's xoshiro128+ (Blackman and Vigna 2018), whose upper 24 bits are used.
#[inline(always)]
fn next([s0, s1, s2, s3]: &mut [Lane<u32>; 4], lane: usize) -> u32 {
    let output = s0[lane].wrapping_add(s3[lane]);
    let shifted = s1[lane] << 9;
    s2[lane] ^= s0[lane];
    s3[lane] ^= s1[lane];
    s1[lane] ^= s2[lane];
    s0[lane] ^= s3[lane];
    s2[lane] ^= shifted;
    s3[lane] = s3[lane].rotate_left(11);
    output
}
