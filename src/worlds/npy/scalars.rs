//! How the bytes of an entry become a number: every real type that NumPy has, of either byte order.

use crate::engine::Error;
use npyz::{DType, Endianness, TypeChar, TypeStr};
use std::convert::identity;

/// How one entry becomes a number.
pub(super) type Number = fn(&[u8]) -> f64;

/// How one entry becomes a whole number, to the last digit.
pub(super) type Whole = fn(&[u8]) -> i128;

/// How entries of `dtype` become numbers, and how many bytes each takes.
pub(super) fn number(dtype: &DType) -> Result<(Number, usize), Error> {
    let refused = || {
        Error::Format {
        expected: "an array of patterns or couplings holds real numbers (b1, i1 to i8, u1 to u8, f2, f4 or f8)"
            .to_owned(),
        found: format!("this one is of type {}", dtype.descr()),
    }
    };
    let DType::Plain(scalar) = dtype else {
        return Err(refused());
    };
    number_of_scalar(scalar).ok_or_else(refused)
}

/// Expands to a conversion from so many bytes of the type, by byte order.
macro_rules! convert {
    ($scalar:expr, $number:ty, $wide:expr) => {
        convert!($scalar, $number, $wide, Number)
    };
    ($scalar:expr, $number:ty, $wide:expr, $to:ty) => {{
        const WIDTH: usize = size_of::<$number>();
        let little: $to = |b| $wide(<$number>::from_le_bytes(b.try_into().expect("so wide")));
        let big: $to = |b| $wide(<$number>::from_be_bytes(b.try_into().expect("so wide")));
        let swapped = $scalar.endianness() == Endianness::Big;
        (if swapped { big } else { little }, WIDTH)
    }};
}

/// The conversion for a scalar type; `None` for what is not a real number.
fn number_of_scalar(scalar: &TypeStr) -> Option<(Number, usize)> {
    Some(match (scalar.type_char(), scalar.size_field()) {
        (TypeChar::Bool, 1) => convert!(scalar, u8, |bit| f64::from(u8::from(bit != 0))),
        (TypeChar::Int, 1) => convert!(scalar, i8, f64::from),
        (TypeChar::Int, 2) => convert!(scalar, i16, f64::from),
        (TypeChar::Int, 4) => convert!(scalar, i32, f64::from),
        (TypeChar::Int, 8) => convert!(scalar, i64, |whole| whole as f64),
        (TypeChar::Uint, 1) => convert!(scalar, u8, f64::from),
        (TypeChar::Uint, 2) => convert!(scalar, u16, f64::from),
        (TypeChar::Uint, 4) => convert!(scalar, u32, f64::from),
        (TypeChar::Uint, 8) => convert!(scalar, u64, |whole| whole as f64),
        (TypeChar::Float, 2) => convert!(scalar, u16, half),
        (TypeChar::Float, 4) => convert!(scalar, f32, f64::from),
        (TypeChar::Float, 8) => convert!(scalar, f64, identity),
        _ => return None,
    })
}

/// How entries of `dtype` become whole numbers, where these may not fit into double precision.
pub(super) fn whole(dtype: &DType) -> Option<Whole> {
    let DType::Plain(scalar) = dtype else {
        return None;
    };
    let (whole, _width) = match (scalar.type_char(), scalar.size_field()) {
        (TypeChar::Int, 8) => convert!(scalar, i64, i128::from, Whole),
        (TypeChar::Uint, 8) => convert!(scalar, u64, i128::from, Whole),
        _ => return None,
    };
    Some(whole)
}

/// The number that 16 bits stand for: a sign, 5 bits of exponent, 10 of mantissa (IEEE 754 binary16).
pub(super) fn half(bits: u16) -> f64 {
    let mantissa = f64::from(bits & 0x3ff);
    let size = match (bits >> 10) & 0x1f {
        0 => mantissa * (-24_f64).exp2(),
        31 if mantissa == 0.0 => f64::INFINITY,
        31 => f64::NAN,
        exponent => (1024.0 + mantissa) * (f64::from(exponent) - 25.0).exp2(),
    };
    if bits >> 15 == 1 { -size } else { size }
}
