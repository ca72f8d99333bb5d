//! 64 lanes side by side, one bit each to a word: tables looked up by four bits and compared with random bytes.
//!
//! That is what a heat bath does to one site of 64 replicas. Vector units look up 64 or 32 lanes in one instruction;
//! elsewhere plain loops choose between the sixteen entries. All give the same bits.

#![expect(
    clippy::inline_always,
    reason = "what is not inlined is not compiled for the vector unit"
)]

use super::width::{gathered, widest};
use crate::engine::rng::Stream;
use rand::Rng as _;

/// Lanes to a word.
pub(crate) const LANES: usize = 64;

/// A unit that looks up and compares 64 lanes at once.
pub(crate) trait Lanes: Copy {
    /// Eight words of 64 bits: a byte for every lane. That of lane 8k + l is byte l of word k, the lowest one first.
    type Words: Copy;

    fn of(self, words: [u64; 8]) -> Self::Words;
    fn to_array(self, words: Self::Words) -> [u64; 8];

    /// The next number of eight generators in these states: xoshiro256++ (Blackman & Vigna 2021).
    fn draw(self, states: &mut [Self::Words; 4]) -> Self::Words;

    /// In which lanes a random byte is below `table[b]`, and in which it equals it; b has bit d of `bits[d]` in that
    /// lane.
    fn compare(self, bits: [u64; 4], table: &[u8; 16], random: Self::Words) -> Compared;
}

/// What comparing came to, one bit a lane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Compared {
    pub(crate) below: u64,
    pub(crate) equal: u64,
}

/// Work on lanes, to be compiled for the unit it runs on; `run` must be inlined.
pub(crate) trait Work {
    type Output;
    fn run(self, lanes: impl Lanes) -> Self::Output;
}

/// Does `work` on the widest unit there is.
#[inline]
pub(crate) fn on_lanes<W: Work>(work: W) -> W::Output {
    #[cfg(target_arch = "x86_64")]
    {
        if let Some(unit) = pulp::x86::V4::try_new() {
            return unit.vectorize(
                #[inline(always)]
                || work.run(unit),
            );
        }
        if let Some(unit) = pulp::x86::V3::try_new() {
            return unit.vectorize(
                #[inline(always)]
                || work.run(unit),
            );
        }
    }
    widest(
        #[inline(always)]
        || work.run(Plain),
    )
}

#[cfg(target_arch = "x86_64")]
impl Lanes for pulp::x86::V4 {
    type Words = std::arch::x86_64::__m512i;

    #[inline(always)]
    fn of(self, words: [u64; 8]) -> Self::Words {
        pulp::cast(words)
    }

    #[inline(always)]
    fn to_array(self, words: Self::Words) -> [u64; 8] {
        pulp::cast(words)
    }

    #[inline(always)]
    fn draw(self, [a, b, c, d]: &mut [Self::Words; 4]) -> Self::Words {
        let unit = self.avx512f;
        let sum = unit._mm512_rol_epi64::<23>(unit._mm512_add_epi64(*a, *d));
        let drawn = unit._mm512_add_epi64(sum, *a);
        let shifted = unit._mm512_slli_epi64::<17>(*b);
        *c = unit._mm512_xor_si512(*c, *a);
        *d = unit._mm512_xor_si512(*d, *b);
        *b = unit._mm512_xor_si512(*b, *c);
        *a = unit._mm512_xor_si512(*a, *d);
        *c = unit._mm512_xor_si512(*c, shifted);
        *d = unit._mm512_rol_epi64::<45>(*d);
        drawn
    }

    #[inline(always)]
    fn compare(self, bits: [u64; 4], table: &[u8; 16], random: Self::Words) -> Compared {
        let (foundation, bytes) = (self.avx512f, self.avx512bw);
        let mut place = bytes._mm512_maskz_set1_epi8(bits[0], 1);
        for (digit, bits) in (1..).zip(&bits[1..]) {
            let worth = foundation._mm512_set1_epi8(1 << digit);
            place = bytes._mm512_mask_add_epi8(place, *bits, place, worth);
        }
        let table = foundation._mm512_broadcast_i32x4(pulp::cast(*table));
        let found = bytes._mm512_shuffle_epi8(table, place);
        Compared {
            below: bytes._mm512_cmplt_epu8_mask(random, found),
            equal: bytes._mm512_cmpeq_epu8_mask(random, found),
        }
    }
}

#[cfg(target_arch = "x86_64")]
impl Lanes for pulp::x86::V3 {
    type Words = [std::arch::x86_64::__m256i; 2];

    #[inline(always)]
    fn of(self, words: [u64; 8]) -> Self::Words {
        pulp::cast(words)
    }

    #[inline(always)]
    fn to_array(self, words: Self::Words) -> [u64; 8] {
        pulp::cast(words)
    }

    #[inline(always)]
    fn draw(self, [a, b, c, d]: &mut [Self::Words; 4]) -> Self::Words {
        let unit = self.avx2;
        std::array::from_fn(|half| {
            let [a, b, c, d] = [&mut a[half], &mut b[half], &mut c[half], &mut d[half]];
            let sum = unit._mm256_add_epi64(*a, *d);
            let turned = unit._mm256_or_si256(
                unit._mm256_slli_epi64::<23>(sum),
                unit._mm256_srli_epi64::<41>(sum),
            );
            let drawn = unit._mm256_add_epi64(turned, *a);
            let shifted = unit._mm256_slli_epi64::<17>(*b);
            *c = unit._mm256_xor_si256(*c, *a);
            *d = unit._mm256_xor_si256(*d, *b);
            *b = unit._mm256_xor_si256(*b, *c);
            *a = unit._mm256_xor_si256(*a, *d);
            *c = unit._mm256_xor_si256(*c, shifted);
            *d = unit._mm256_or_si256(
                unit._mm256_slli_epi64::<45>(*d),
                unit._mm256_srli_epi64::<19>(*d),
            );
            drawn
        })
    }

    #[inline(always)]
    fn compare(self, bits: [u64; 4], table: &[u8; 16], random: Self::Words) -> Compared {
        let (plain, unit) = (self.avx, self.avx2);
        // Byte l of half a word, eight times over, and of each the bit of its own lane.
        let eights: [u8; 32] = std::array::from_fn(|lane| lane as u8 / 8);
        let own: [u8; 32] = std::array::from_fn(|lane| 1 << (lane % 8));
        let (eights, own) = (pulp::cast(eights), pulp::cast(own));
        let table = unit._mm256_broadcastsi128_si256(pulp::cast(*table));
        let mask = |lanes| u64::from(unit._mm256_movemask_epi8(lanes) as u32);
        let (mut below, mut equal) = (0, 0);
        for half in 0..2 {
            let mut place = plain._mm256_setzero_si256();
            for (digit, bits) in (0..).zip(&bits) {
                let word = plain._mm256_set1_epi32((bits >> (32 * half)) as i32);
                let word = unit._mm256_shuffle_epi8(word, eights);
                let up = unit._mm256_cmpeq_epi8(unit._mm256_and_si256(word, own), own);
                let worth = plain._mm256_set1_epi8(1 << digit);
                place = unit._mm256_or_si256(place, unit._mm256_and_si256(up, worth));
            }
            let found = unit._mm256_shuffle_epi8(table, place);
            let random = random[half];
            let alike = mask(unit._mm256_cmpeq_epi8(random, found));
            let larger = unit._mm256_max_epu8(random, found);
            let not_above = mask(unit._mm256_cmpeq_epi8(larger, found));
            below |= (not_above & !alike) << (32 * half);
            equal |= alike << (32 * half);
        }
        Compared { below, equal }
    }
}

/// Plain loops, for any machine.
#[derive(Debug, Clone, Copy)]
struct Plain;

impl Lanes for Plain {
    type Words = [u64; 8];

    #[inline(always)]
    fn of(self, words: [u64; 8]) -> [u64; 8] {
        words
    }

    #[inline(always)]
    fn to_array(self, words: [u64; 8]) -> [u64; 8] {
        words
    }

    #[inline(always)]
    fn draw(self, [a, b, c, d]: &mut [[u64; 8]; 4]) -> [u64; 8] {
        let mut drawn = [0; 8];
        for k in 0..8 {
            let sum = a[k].wrapping_add(d[k]);
            drawn[k] = sum.rotate_left(23).wrapping_add(a[k]);
            let shifted = b[k] << 17;
            c[k] ^= a[k];
            d[k] ^= b[k];
            b[k] ^= c[k];
            a[k] ^= d[k];
            c[k] ^= shifted;
            d[k] = d[k].rotate_left(45);
        }
        drawn
    }

    #[inline(always)]
    fn compare(self, bits: [u64; 4], table: &[u8; 16], random: [u64; 8]) -> Compared {
        let [a, b, c, d] = bits.map(spread);
        let random = bytes(random);
        let (mut below, mut equal) = ([0; LANES], [0; LANES]);
        for lane in 0..LANES {
            let choose = |by: u8, one: u8, zero: u8| (by & one) | (!by & zero);
            let pair = |k: usize| choose(a[lane], table[2 * k + 1], table[2 * k]);
            let four = |k: usize| choose(b[lane], pair(2 * k + 1), pair(2 * k));
            let eight = |k: usize| choose(c[lane], four(2 * k + 1), four(2 * k));
            let found = choose(d[lane], eight(1), eight(0));
            below[lane] = u8::from(random[lane] < found);
            equal[lane] = u8::from(random[lane] == found);
        }
        Compared {
            below: gathered(&below),
            equal: gathered(&equal),
        }
    }
}

/// 255 in the lanes whose bit is set, 0 in the others.
#[inline(always)]
fn spread(word: u64) -> [u8; LANES] {
    let eights = std::array::from_fn(|k| {
        // Every byte of the product is byte k of the word; of each one bit is kept.
        (word >> (8 * k) & 0xff).wrapping_mul(0x0101_0101_0101_0101) & 0x8040_2010_0804_0201
    });
    bytes(eights).map(|bit| if bit == 0 { 0 } else { 255 })
}

/// The bytes of eight words, the lowest one first.
#[inline(always)]
fn bytes(words: [u64; 8]) -> [u8; LANES] {
    let mut bytes = [0; LANES];
    for (eight, word) in bytes.as_chunks_mut::<8>().0.iter_mut().zip(words) {
        *eight = word.to_le_bytes();
    }
    bytes
}

/// States of eight independent generators, drawn from `stream`.
pub(crate) fn generators(stream: &mut Stream) -> [[u64; 8]; 4] {
    std::array::from_fn(|_| std::array::from_fn(|_| stream.next_u64()))
}

/// Adds `amount` in the lanes whose bit is set and subtracts it in the others.
#[inline(always)]
pub(crate) fn add_signed(sums: &mut [f64; LANES], bits: u64, amount: f64) {
    for lane in 0..LANES {
        sums[lane] += if bits >> lane & 1 == 1 {
            amount
        } else {
            -amount
        };
    }
}

/// In how many words each lane's bit is set.
pub(crate) fn counts(words: impl Iterator<Item = u64>) -> [u32; LANES] {
    let mut counts = [0; LANES];
    widest(
        #[inline(always)]
        || {
            for word in words {
                for lane in 0..LANES {
                    counts[lane] += (word >> lane) as u32 & 1;
                }
            }
        },
    );
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::rng::stream;
    use rand::SeedableRng as _;

    /// The same work on all units that this machine has.
    fn on_every_unit<W: Work>(work: impl Fn() -> W) -> Vec<W::Output> {
        let mut outputs = vec![on_lanes(work()), work().run(Plain)];
        #[cfg(target_arch = "x86_64")]
        if let Some(unit) = pulp::x86::V3::try_new() {
            outputs.push(unit.vectorize(|| work().run(unit)));
        }
        outputs
    }

    struct Compare([u64; 4], [u8; 16], [u64; 8]);

    impl Work for Compare {
        type Output = Compared;
        fn run(self, lanes: impl Lanes) -> Compared {
            lanes.compare(self.0, &self.1, lanes.of(self.2))
        }
    }

    #[test]
    fn every_unit_compares_as_one_lane_after_the_other() {
        let mut rng = stream(1, "lanes");
        for _ in 0..200 {
            let bits = std::array::from_fn(|_| rng.next_u64());
            // Few distinct bytes, so that many are equal.
            let table = std::array::from_fn(|_| rng.next_u64() as u8 & 0x83);
            let random = std::array::from_fn(|_| rng.next_u64() & 0x8383_8383_8383_8383);
            let mut plain = Compared { below: 0, equal: 0 };
            for lane in 0..LANES {
                let place = (0..4).fold(0, |place, d| place | (bits[d] >> lane & 1) << d);
                let byte = (random[lane / 8] >> (8 * (lane % 8))) as u8;
                let found: u8 = table[place as usize];
                plain.below |= u64::from(byte < found) << lane;
                plain.equal |= u64::from(byte == found) << lane;
            }
            for compared in on_every_unit(|| Compare(bits, table, random)) {
                assert_eq!(compared, plain);
            }
        }
    }

    struct Draw([[u64; 8]; 4]);

    impl Work for Draw {
        type Output = [[u64; 8]; 5];
        fn run(self, lanes: impl Lanes) -> [[u64; 8]; 5] {
            let mut states = self.0.map(|words| lanes.of(words));
            std::array::from_fn(|_| lanes.to_array(lanes.draw(&mut states)))
        }
    }

    #[test]
    fn generators_are_those_of_the_library() {
        let states = generators(&mut stream(2, "generators"));
        let mut expected = [[0; 8]; 5];
        for k in 0..8 {
            let mut seed = [0; 32];
            for (part, state) in seed.as_chunks_mut::<8>().0.iter_mut().zip(&states) {
                *part = state[k].to_le_bytes();
            }
            let mut library = Stream::from_seed(seed);
            expected
                .iter_mut()
                .for_each(|drawn| drawn[k] = library.next_u64());
        }
        for drawn in on_every_unit(|| Draw(states)) {
            assert_eq!(drawn, expected);
        }
    }

    #[test]
    fn sums_and_counts_by_hand() {
        let mut sums = [0.0; LANES];
        add_signed(&mut sums, 0b101, 1.5);
        add_signed(&mut sums, 0b100, 1.0);
        assert_eq!(sums[..4], [0.5, -2.5, 2.5, -2.5]);
        let counts = counts([0b101, 0b100, 1 << 63].into_iter());
        assert_eq!((counts[0], counts[1], counts[2], counts[63]), (1, 0, 2, 1));
    }
}
