//! Which vector unit a loop is compiled for: the widest that pulp knows, with the extras that counting bits and
//! products of small numbers ask for.

use pulp::Arch;

#[cfg(target_arch = "x86_64")]
pulp::simd_type! {
    /// AVX-512 with counts of bits and sums of products of 16-bit numbers.
    pub(crate) struct Counting {
        avx: "avx",
        avx2: "avx2",
        bmi1: "bmi1",
        bmi2: "bmi2",
        fma: "fma",
        lzcnt: "lzcnt",
        popcnt: "popcnt",
        avx512f: "avx512f",
        pub(crate) avx512bw: "avx512bw",
        avx512cd: "avx512cd",
        avx512dq: "avx512dq",
        avx512vl: "avx512vl",
        avx512vnni: "avx512vnni",
        avx512vpopcntdq: "avx512vpopcntdq",
    }
}

/// Runs `work`, compiled for the widest vector unit there is; loops in it must be inlined.
#[inline]
pub(crate) fn widest<R>(work: impl FnOnce() -> R) -> R {
    #[cfg(target_arch = "x86_64")]
    if let Some(unit) = Counting::try_new() {
        return unit.vectorize(work);
    }
    Arch::new().dispatch(work)
}

/// The vector unit's name, for whoever measures.
pub fn name() -> &'static str {
    #[cfg(target_arch = "x86_64")]
    {
        if Counting::is_available() {
            return "avx512 vnni vpopcntdq";
        }
        if pulp::x86::V4::is_available() {
            return "avx512";
        }
        if pulp::x86::V3::is_available() {
            return "avx2 fma";
        }
    }
    std::env::consts::ARCH
}
