//! Named, independent random streams out of one seed.
//!
//! Every random decision asks for a stream by name, so that adding one decision never shifts another:
//! same seed and name, same numbers, on every platform and in every version that keeps the name.
//! Absent: any source of randomness that is not the seed.

use rand::SeedableRng as _;

/// The generator used everywhere: Xoshiro256++, named here so that results do not change with a library's default.
pub type Stream = rand::rngs::Xoshiro256PlusPlus;

/// The stream called `name` of `seed`.
///
/// The name is folded in by FNV-1a and the sum spread by SplitMix64 (inside `seed_from_u64`).
pub fn stream(seed: u64, name: &str) -> Stream {
    let folded = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    Stream::seed_from_u64(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ folded)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::RngExt as _;

    #[test]
    fn same_seed_and_name_give_the_same_numbers() {
        let draw = |seed, name| stream(seed, name).random::<u64>();
        assert_eq!(draw(7, "order"), draw(7, "order"));
        assert_ne!(draw(7, "order"), draw(7, "flip"));
        assert_ne!(draw(7, "order"), draw(8, "order"));
    }
}
