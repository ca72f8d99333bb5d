//! Blends: the sign of a sum of few stored patterns, each as stored or negated (Amit, Gutfreund & Sompolinsky 1985).
//!
//! With thousands of combinations at hand some blend is near any state, so one is told only with evidence. To write a
//! state down takes N bits; by a blend of k of the P patterns it takes log₂ [4 C(P, k) 2^k] bits for which blend, of
//! four sizes, and log₂ C(N, d) for the d units in which it differs. As C(N, d) / 2^N is about the chance that a random
//! state differs in d units or fewer, a saving of b bits has a chance of 2^−b at most among *all* blends (Bonferroni).
//! A blend must save [`EVIDENCE`] bits against N, against the single nearest pattern, and against the average pattern,
//! the sign of the sum of all.
//!
//! Members are sought by exchange: one place of the blend after the other is given to the pattern that makes most units
//! right, until none does better, from the patterns with the largest overlaps and from the best blend of two fewer.

#![expect(
    clippy::inline_always,
    reason = "what is not inlined is not compiled for the vector unit"
)]

use crate::engine::kernels::width::widest;
use crate::engine::patterns::{Patterns, State};

/// Numbers of patterns that a blend may have: odd, so that no unit is undecided.
const SIZES: [usize; 4] = [3, 5, 7, 9];

/// Bits that a blend must save: one random state in a thousand looks like any blend at all.
const EVIDENCE: f64 = 10.0;

/// Most words of 64 units that are looked at for one place: what keeps a search below a millisecond.
const MAX_WORDS: usize = 4096;

/// Overlap from which a state counts as the pattern: the criterion that basins of attraction are measured by.
pub const RETRIEVED: f64 = 0.9;

/// A pattern in a blend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Member {
    /// Which stored pattern.
    pub pattern: usize,
    /// Whether its negative enters.
    pub negated: bool,
}

/// The members of the blend that `state` of ±1 units is, the largest overlap first, and the units in which it differs,
/// if there is evidence for one; `dots` are N times its overlaps.
pub(super) fn find(
    patterns: &Patterns,
    state: &State,
    dots: &[i32],
) -> Option<(Vec<Member>, usize)> {
    let n_units = state.n_units();
    let search = Search::new(patterns, state, dots);
    let largest = dots.iter().map(|dot| dot.unsigned_abs()).max().unwrap_or(0) as usize;
    let single =
        bits_of_choice(n_units, (n_units - largest) / 2) + (2.0 * dots.len() as f64).log2();
    let average = bits_of_choice(n_units, differing_from_average(patterns, state));
    let mut best: Option<(f64, Vec<Seat>, usize)> = None;
    let mut seats = Vec::new();
    for size in SIZES
        .into_iter()
        .filter(|size| *size <= search.candidates.len())
    {
        let (found, differing) = search.of_size(size, &seats);
        let which = 2.0 + bits_of_choice(dots.len(), size) + size as f64;
        let bits = which + bits_of_choice(n_units, differing);
        seats.clone_from(&found);
        if best.as_ref().is_none_or(|(fewest, ..)| bits < *fewest) {
            best = Some((bits, found, differing));
        }
    }
    let (bits, mut seats, differing) = best?;
    let is_near = n_units as f64 - 2.0 * differing as f64 >= RETRIEVED * n_units as f64;
    // The average of so few patterns is itself their blend.
    let is_all = seats.len() == dots.len() && seats.iter().all(|seat| seat.1 == seats[0].1);
    let average = if is_all { f64::INFINITY } else { average };
    let others = single.min(average).min(n_units as f64);
    seats.sort_unstable();
    let member = |(candidate, negated)| Member {
        pattern: search.candidates[candidate],
        negated,
    };
    let members = || seats.into_iter().map(member).collect();
    (is_near && bits + EVIDENCE <= others).then(|| (members(), differing))
}

/// Units in which `state` differs from the sign of the sum of all patterns or of its negative, whichever is nearer; a
/// unit with no majority counts half.
fn differing_from_average(patterns: &Patterns, state: &State) -> usize {
    let agreement = average_agreement(patterns, state);
    ((state.n_units() as f64 * (1.0 - agreement.abs())) / 2.0).round() as usize
}

/// The overlap of `state` with the sign of the sum of all patterns, from −1 to 1; a unit with no majority counts 0.
pub(super) fn average_agreement(patterns: &Patterns, state: &State) -> f64 {
    let units = patterns.unit_sums().iter().zip(state.units());
    let sum: i32 = units
        .map(|(sum, unit)| sum.signum() * i32::from(*unit))
        .sum();
    f64::from(sum) / state.n_units() as f64
}

/// log₂ C(n, k).
fn bits_of_choice(n: usize, k: usize) -> f64 {
    let ln_factorial = |n: usize| libm::lgamma(n as f64 + 1.0);
    (ln_factorial(n) - ln_factorial(k) - ln_factorial(n - k)) / std::f64::consts::LN_2
}

/// Where patterns agree with the state, a bit a unit, for those with the largest overlaps.
struct Search {
    n_units: usize,
    n_words: usize,
    /// Which patterns, the largest |overlap| first.
    candidates: Vec<usize>,
    /// Bits of where each candidate agrees with the state, 0 beyond the last unit; `n_words` to a candidate.
    agrees: Vec<u64>,
    /// Whether each candidate's overlap is negative.
    negative: Vec<bool>,
}

/// A member of a blend: the place of a candidate, and whether it is negated.
type Seat = (usize, bool);

impl Search {
    fn new(patterns: &Patterns, state: &State, dots: &[i32]) -> Self {
        let n_units = state.n_units();
        let n_words = n_units.div_ceil(64);
        let mut candidates: Vec<usize> = (0..dots.len()).collect();
        candidates.sort_by_key(|pattern| (-dots[*pattern].abs(), *pattern));
        candidates.truncate((MAX_WORDS / n_words).max(32));
        let mut agrees = Vec::with_capacity(candidates.len() * n_words);
        for pattern in &candidates {
            let chunks = patterns.pattern(*pattern).chunks(64);
            agrees.extend(chunks.zip(state.units().chunks(64)).map(|(ours, theirs)| {
                let pairs = ours.iter().zip(theirs).enumerate();
                pairs.fold(0, |word, (place, (a, b))| word | u64::from(a == b) << place)
            }));
        }
        Self {
            n_units,
            n_words,
            negative: candidates
                .iter()
                .map(|pattern| dots[*pattern] < 0)
                .collect(),
            candidates,
            agrees,
        }
    }

    /// The best blend of `size` patterns that is found; `smaller` is one of two fewer, or empty.
    fn of_size(&self, size: usize, smaller: &[Seat]) -> (Vec<Seat>, usize) {
        let largest = (0..self.candidates.len()).map(|place| (place, self.negative[place]));
        let mut from_smaller = smaller.to_vec();
        let others = largest
            .clone()
            .filter(|seat| smaller.iter().all(|known| known.0 != seat.0));
        from_smaller.extend(others.take(size - smaller.len()));
        let mut starts = vec![largest.take(size).collect(), from_smaller];
        starts.dedup();
        let found = starts
            .into_iter()
            .map(|seats| widest(|| self.exchanged(seats)));
        let best = found.min_by_key(|(_, differing)| *differing);
        best.expect("there are starts")
    }

    /// `seats` after exchanges, as long as any makes more units right, and in how many units the state differs.
    #[inline(always)]
    fn exchanged(&self, mut seats: Vec<Seat>) -> (Vec<Seat>, usize) {
        let half = seats.len() as u64 / 2;
        let mut right: u32 = (0..self.n_words)
            .map(|word| self.votes(&seats, seats.len(), word, half).0.count_ones())
            .sum();
        let (mut place, mut since_better) = (0, 0);
        let mut open = vec![0; self.n_words];
        while since_better < seats.len() {
            let mut decided = 0;
            for (word, open) in open.iter_mut().enumerate() {
                let (above, equal) = self.votes(&seats, place, word, half);
                decided += above.count_ones();
                *open = equal;
            }
            let (seat, gained) = self.best_for(&open, &seats, place);
            if decided + gained > right {
                (seats[place], right, since_better) = (seat, decided + gained, 0);
            }
            since_better += 1;
            place = (place + 1) % seats.len();
        }
        (seats, self.n_units - right as usize)
    }

    /// The units of one word that more than `half` of the seats but `left_out` make right, and those that just `half` do.
    #[inline(always)]
    fn votes(&self, seats: &[Seat], left_out: usize, word: usize, half: u64) -> (u64, u64) {
        // A number of four bits to each unit, the lowest bits of all in one word.
        let mut counts = [0_u64; 4];
        let inside = self.inside(word);
        for (_, (candidate, negated)) in seats.iter().enumerate().filter(|(at, _)| *at != left_out)
        {
            let agrees = self.agrees[candidate * self.n_words + word];
            let mut carry = if *negated { agrees ^ inside } else { agrees };
            for bits in &mut counts {
                (*bits, carry) = (*bits ^ carry, *bits & carry);
            }
        }
        let (mut above, mut equal) = (0, inside);
        for (place, bits) in counts.iter().enumerate().rev() {
            if half >> place & 1 == 1 {
                equal &= bits;
            } else {
                above |= equal & bits;
                equal &= !bits;
            }
        }
        (above, equal)
    }

    /// The candidate, not in another seat than `place`, that makes most of the `open` units right, and how many.
    #[inline(always)]
    fn best_for(&self, open: &[u64], seats: &[Seat], place: usize) -> (Seat, u32) {
        let all: u32 = open.iter().map(|word| word.count_ones()).sum();
        let mut best = (seats[place], 0);
        for (candidate, agrees) in self.agrees.chunks_exact(self.n_words).enumerate() {
            let agreeing: u32 = agrees
                .iter()
                .zip(open)
                .map(|(a, b)| (a & b).count_ones())
                .sum();
            let (negated, gained) = (2 * agreeing < all, agreeing.max(all - agreeing));
            let taken =
                || (seats.iter().enumerate()).any(|(at, seat)| at != place && seat.0 == candidate);
            if gained > best.1 && !taken() {
                best = ((candidate, negated), gained);
            }
        }
        best
    }

    /// The units that a word has: all of its bits, but for the last.
    #[inline(always)]
    fn inside(&self, word: usize) -> u64 {
        let units = (self.n_units - 64 * word).min(64);
        u64::MAX >> (64 - units)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Grid;
    use crate::engine::rng::{Stream, stream};
    use ndarray::Array2;
    use rand::RngExt as _;

    fn random(n_patterns: usize, n_units: usize, rng: &mut Stream) -> Patterns {
        let rows =
            Array2::from_shape_simple_fn(
                (n_patterns, n_units),
                || {
                    if rng.random() { 1 } else { -1 }
                },
            );
        Patterns::new(rows, Grid::near_square(n_units), None).unwrap()
    }

    /// Patterns that have most of their units in common, as digits have, each unit with its own probability.
    fn alike(n_patterns: usize, n_units: usize, rng: &mut Stream) -> Patterns {
        let up: Vec<f64> = (0..n_units).map(|_| rng.random::<f64>().powi(2)).collect();
        let rows = Array2::from_shape_fn((n_patterns, n_units), |(_, unit)| {
            if rng.random_bool(up[unit]) { 1 } else { -1 }
        });
        Patterns::new(rows, Grid::near_square(n_units), None).unwrap()
    }

    /// The sign of the sum of `members`, a fraction `noise` of its units flipped.
    fn blend(
        patterns: &Patterns,
        members: &[(usize, bool)],
        noise: f64,
        rng: &mut Stream,
    ) -> State {
        State::from_fn(patterns.n_units(), |unit| {
            let votes = members.iter().map(|(pattern, negated)| {
                let sign = i32::from(patterns.pattern(*pattern)[unit]);
                if *negated { -sign } else { sign }
            });
            (votes.sum::<i32>() > 0) != rng.random_bool(noise)
        })
    }

    fn found(patterns: &Patterns, state: &State) -> Option<(Vec<(usize, bool)>, usize)> {
        let (members, differing) = find(patterns, state, &patterns.dots(state))?;
        let seats = members
            .iter()
            .map(|member| (member.pattern, member.negated));
        let mut members: Vec<(usize, bool)> = seats.collect();
        members.sort_unstable();
        Some((members, differing))
    }

    #[test]
    fn bits_of_a_choice_by_hand() {
        assert!((bits_of_choice(5, 2) - 10_f64.log2()).abs() < 1e-9);
        assert!(bits_of_choice(7, 0).abs() < 1e-9);
    }

    #[test]
    fn the_members_of_a_blend_are_found_also_with_noise() {
        let mut rng = stream(8, "blends test");
        for (n_patterns, n_units) in [(30, 784), (200, 784), (20, 400)] {
            for patterns in [
                random(n_patterns, n_units, &mut rng),
                alike(n_patterns, n_units, &mut rng),
            ] {
                for size in [3, 5] {
                    for noise in [0.0, 0.03] {
                        let members: Vec<(usize, bool)> =
                            (0..size).map(|place| (3 * place + 1, place == 2)).collect();
                        let state = blend(&patterns, &members, noise, &mut rng);
                        let (seats, differing) = found(&patterns, &state).expect("a blend");
                        assert_eq!(seats, members, "{n_patterns} of {n_units}, noise {noise}");
                        assert!(differing as f64 <= 2.0 * noise * n_units as f64);
                    }
                }
            }
        }
    }

    #[test]
    fn chance_is_no_blend_however_many_combinations_there_are() {
        let mut rng = stream(9, "blends test");
        for (n_patterns, n_units) in [(5, 25), (26, 25), (400, 36), (1000, 100), (300, 784)] {
            let patterns = random(n_patterns, n_units, &mut rng);
            for _ in 0..40 {
                let state = State::from_fn(n_units, |_| rng.random());
                assert_eq!(found(&patterns, &state), None, "{n_patterns} of {n_units}");
            }
        }
    }

    #[test]
    fn what_the_average_explains_is_no_blend() {
        let mut rng = stream(10, "blends test");
        for n_patterns in [30, 300] {
            let patterns = alike(n_patterns, 784, &mut rng);
            for noise in [0.0, 0.02, 0.04] {
                let sums = patterns.unit_sums();
                let state = State::from_fn(784, |unit| (sums[unit] > 0) != rng.random_bool(noise));
                assert_eq!(found(&patterns, &state), None);
            }
        }
        // Of three, their average is their blend.
        let three = random(3, 400, &mut rng);
        let sums = three.unit_sums();
        let state = State::from_fn(400, |unit| sums[unit] > 0);
        let all = (0..3).map(|pattern| (pattern, false)).collect();
        assert_eq!(found(&three, &state), Some((all, 0)));
    }
}
