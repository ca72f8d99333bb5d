//! 64 replicas of one lattice at one temperature, moved by a heat bath on a checkerboard.
//!
//! A sweep gives first the even sites, then the odd ones, a new spin each: +1 with probability 1/(1 + e^(−2h/T)) in its
//! field h = Σ_j J_ij s_j, whatever it was before (Glauber 1963). Sites of one colour are no neighbours, so their order does
//! not matter. A replica is a lane: bit l of a site's word is its spin in replica l. The probability depends on the
//! four neighbours alone, so every site has a table of sixteen thresholds of 24 bits. Every replica draws its own
//! byte for the upper eight bits; where it equals them, which happens once in 256 times, 16 bits more decide.

#![expect(
    clippy::inline_always,
    reason = "what is not inlined is not compiled for the vector unit"
)]

use super::bonds::Lattice;
use crate::engine::State;
use crate::engine::lanes::{Compared, LANES, Lanes, Work, add_signed, generators, on_lanes};
use crate::engine::rng::{Stream, stream};
use rand::Rng as _;

/// Number of replicas.
pub const N_REPLICAS: usize = LANES;

/// The sites of a lattice by colour: the even half first, then the odd one, each in rows.
#[derive(Debug, Clone)]
pub struct Checkerboard {
    /// The site at each place.
    sites: Vec<u16>,
    /// Places of the four neighbours.
    neighbours: Vec<[u16; 4]>,
    /// Bonds to them.
    bonds: Vec<[f32; 4]>,
}

impl Checkerboard {
    /// The board of a lattice.
    pub fn new(lattice: &Lattice) -> Self {
        let side = lattice.side();
        let colour = |site: &usize| (site / side + site % side) % 2;
        let mut sites: Vec<usize> = (0..lattice.n_spins()).collect();
        sites.sort_by_key(colour);
        let mut places = vec![0_u16; sites.len()];
        for (place, site) in (0..).zip(&sites) {
            places[*site] = place;
        }
        let around = |site: &usize| lattice.neighbours(*site);
        Self {
            neighbours: sites
                .iter()
                .map(|site| around(site).map(|(other, _)| places[other]))
                .collect(),
            bonds: sites
                .iter()
                .map(|site| around(site).map(|(_, bond)| bond))
                .collect(),
            sites: sites.into_iter().map(|site| site as u16).collect(),
        }
    }

    /// Number of spins N.
    pub fn n_spins(&self) -> usize {
        self.sites.len()
    }

    /// The words of all sites in rows, from words in the order of the board.
    fn in_rows(&self, words: &[u64]) -> Vec<u64> {
        let mut rows = vec![0; words.len()];
        for (site, word) in self.sites.iter().zip(words) {
            rows[usize::from(*site)] = *word;
        }
        rows
    }
}

/// The probabilities of a spin of +1 at one temperature, in the order of the board: upper 8 and lower 16 bits of
/// 2^24 times the probability, by which of the four neighbours are +1.
#[derive(Debug, Clone)]
pub struct Thresholds {
    upper: Vec<[u8; 16]>,
    lower: Vec<[u16; 16]>,
}

impl Thresholds {
    /// The thresholds at `temperature`, above 0.
    pub fn new(board: &Checkerboard, temperature: f64) -> Self {
        let of_site = |bonds: &[f32; 4]| -> [u32; 16] {
            std::array::from_fn(|neighbours| {
                let signed = bonds.iter().enumerate().map(|(k, bond)| {
                    let up = neighbours >> k & 1 == 1;
                    f64::from(if up { *bond } else { -bond })
                });
                let field: f64 = signed.sum();
                let up = 1.0 / (1.0 + libm::exp(-2.0 * field / temperature));
                // One short of certainty, which 24 bits do not hold.
                ((up * 16_777_216.0).round() as u32).min(0x00ff_ffff)
            })
        };
        let all: Vec<[u32; 16]> = board.bonds.iter().map(of_site).collect();
        Self {
            upper: all
                .iter()
                .map(|site| site.map(|bits| (bits >> 16) as u8))
                .collect(),
            lower: all
                .iter()
                .map(|site| site.map(|bits| bits as u16))
                .collect(),
        }
    }
}

/// The replicas: their spins, and the randomness that moves them.
#[derive(Debug, Clone)]
pub struct Replicas {
    /// One word a site, in the order of the board; bit l is set where the spin is +1 in replica l.
    words: Vec<u64>,
    generators: [[u64; 8]; 4],
    tie_breaker: Stream,
    /// Room for the places that have ties, and the lanes they are in.
    ties: Vec<(u16, u64)>,
}

impl Replicas {
    /// Replicas with the spins of `words`, one a site in rows, moved by the streams of `seed` named after `name`.
    pub fn new(board: &Checkerboard, words: &[u64], seed: u64, name: &str) -> Self {
        assert_eq!(words.len(), board.n_spins(), "a word for every site");
        let words = board.sites.iter().map(|site| words[usize::from(*site)]);
        Self {
            words: words.collect(),
            generators: generators(&mut stream(seed, name)),
            tie_breaker: stream(seed, &format!("{name}, ties")),
            ties: vec![(0, 0); board.n_spins() / 2],
        }
    }

    /// Gives every spin of every replica a new value.
    pub fn sweep(&mut self, board: &Checkerboard, thresholds: &Thresholds) {
        on_lanes(Sweep {
            replicas: self,
            board,
            thresholds,
        });
    }

    /// Energy of each replica.
    pub fn energies(&self, board: &Checkerboard) -> [f64; N_REPLICAS] {
        on_lanes(Energies {
            replicas: self,
            board,
        })
    }

    /// The spins of all replicas: one word a site, in rows.
    pub fn words(&self, board: &Checkerboard) -> Vec<u64> {
        board.in_rows(&self.words)
    }

    /// Exchanges the states of the replicas whose bit is set in `lanes` with those of `other`.
    pub fn exchange(&mut self, other: &mut Self, lanes: u64) {
        for (one, other) in self.words.iter_mut().zip(&mut other.words) {
            let differing = (*one ^ *other) & lanes;
            *one ^= differing;
            *other ^= differing;
        }
    }
}

/// The state of replica `lane` out of one word a site.
pub fn state_of(words: &[u64], lane: usize) -> State {
    State::from_fn(words.len(), |site| words[site] >> lane & 1 == 1)
}

struct Sweep<'a> {
    replicas: &'a mut Replicas,
    board: &'a Checkerboard,
    thresholds: &'a Thresholds,
}

impl Work for Sweep<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self, lanes: impl Lanes) {
        let half = self.board.n_spins() / 2;
        let Replicas {
            words,
            generators,
            tie_breaker,
            ties,
        } = self.replicas;
        // Slices, whose place no store into them can change.
        let (words, ties) = (&mut words[..], &mut ties[..]);
        let (neighbours, upper) = (&self.board.neighbours[..], &self.thresholds.upper[..]);
        for first in [0, half] {
            let mut n_ties = 0;
            let mut states = generators.map(|words| lanes.of(words));
            let sites = neighbours[first..][..half].iter().zip(&upper[first..]);
            for (place, (neighbours, table)) in (first..).zip(sites) {
                let around = neighbours.map(|place| words[usize::from(place)]);
                let Compared { below, equal } =
                    lanes.compare(around, table, lanes.draw(&mut states));
                words[place] = below;
                // Kept for later without a branch: whether there is a tie cannot be foreseen.
                ties[n_ties] = (place as u16, equal);
                n_ties += usize::from(equal != 0);
            }
            *generators = states.map(|words| lanes.to_array(words));
            for (place, equal) in &ties[..n_ties] {
                let place = usize::from(*place);
                let around = neighbours[place].map(|place| words[usize::from(place)]);
                let lower = &self.thresholds.lower[place];
                words[place] |= break_ties(*equal, around, lower, tie_breaker);
            }
        }
    }
}

/// Which of the lanes in `equal` come to +1 by 16 bits more.
#[inline(always)]
fn break_ties(mut equal: u64, around: [u64; 4], lower: &[u16; 16], stream: &mut Stream) -> u64 {
    let mut up = 0;
    while equal != 0 {
        let lane = equal.trailing_zeros();
        equal &= equal - 1;
        let bit = |k: usize| (around[k] >> lane & 1) << k;
        let place = bit(0) | bit(1) | bit(2) | bit(3);
        let drawn = (stream.next_u64() >> 48) as u16;
        up |= u64::from(drawn < lower[place as usize]) << lane;
    }
    up
}

/// Every bond has one odd end: the odd sites' bonds are all bonds.
struct Energies<'a> {
    replicas: &'a Replicas,
    board: &'a Checkerboard,
}

impl Work for Energies<'_> {
    type Output = [f64; N_REPLICAS];

    #[inline(always)]
    fn run(self, _lanes: impl Lanes) -> [f64; N_REPLICAS] {
        let words = &self.replicas.words;
        let mut energies = [0.0; N_REPLICAS];
        let odd = self.board.n_spins() / 2..;
        let sites = self.board.neighbours[odd.clone()].iter();
        let sites = sites.zip(&self.board.bonds[odd.clone()]);
        for (word, (neighbours, bonds)) in words[odd].iter().zip(sites) {
            for (other, bond) in neighbours.iter().zip(bonds) {
                let differing = word ^ words[usize::from(*other)];
                add_signed(&mut energies, differing, f64::from(*bond));
            }
        }
        energies
    }
}
