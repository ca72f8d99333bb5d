//! Which vector unit a loop is compiled for: the widest that pulp knows, with the extras that counting bits and
//! products of small numbers ask for.

#![expect(
    clippy::inline_always,
    reason = "what is not inlined is not compiled for the vector unit"
)]

#[cfg(not(target_arch = "wasm32"))]
use pulp::Arch;
use pulp::WithSimd;

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
        pub(crate) avx512f: "avx512f",
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
    dispatch(work)
}

/// Does `work` compiled for the widest vector unit that pulp knows. On a page it is there only once, for vectors of 128
/// bits: what cannot run them cannot run the page at all.
#[inline]
pub(crate) fn dispatch<W: WithSimd>(work: W) -> W::Output {
    #[cfg(not(target_arch = "wasm32"))]
    return Arch::new().dispatch(work);
    #[cfg(target_arch = "wasm32")]
    {
        let unit = pulp::wasm::Simd128::try_new();
        pulp::Simd::vectorize(unit.expect("the page has begun with vectors"), work)
    }
}

/// The lowest bits of 64 bytes, the first one lowest.
///
/// Every loop over signs ends in one, and what one instruction does takes thirty otherwise.
#[inline(always)]
pub(super) fn gathered(bytes: &[u8; 64]) -> u64 {
    #[cfg(target_arch = "x86_64")]
    if let Some(unit) = pulp::x86::V4::try_new() {
        let ones = unit.avx512f._mm512_set1_epi8(1);
        return unit
            .avx512bw
            ._mm512_test_epi8_mask(pulp::cast(*bytes), ones);
    }
    let (eights, _) = bytes.as_chunks::<8>();
    let bits = eights.iter().enumerate();
    bits.fold(0, |bits, (place, eight)| {
        // The product gathers the lowest bits of eight bytes in the highest byte.
        let eight = u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        bits | eight << (8 * place)
    })
}

/// Lets a page compute with vectors; to be called before anything is computed.
#[cfg(target_arch = "wasm32")]
pub fn use_vectors() {
    pulp::wasm::enable_simd128();
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
