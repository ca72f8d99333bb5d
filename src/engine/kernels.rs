//! The inner loops everything waits for, compiled for the widest vector unit the machine has.
//!
//! Plain loops: the bits of a result do not depend on the vector width, because no sum is reordered
//! (`add_scaled` is element by element) or because it is a sum of integers (`bits`, `whole`).

pub(crate) mod bits;
pub(crate) mod whole;
pub(crate) mod width;

pub(crate) use bits::Bits;
use width::widest;

/// `target[i] += factor × source[i]`.
pub(crate) fn add_scaled(target: &mut [f32], factor: f32, source: &[f32]) {
    widest(|| {
        for (target, source) in target.iter_mut().zip(source) {
            *target += factor * source;
        }
    });
}

/// `target[i] += factor × source[i]`, in double precision.
pub(crate) fn add_scaled_wide(target: &mut [f64], factor: f64, source: &[f32]) {
    widest(|| {
        for (target, source) in target.iter_mut().zip(source) {
            *target += factor * f64::from(*source);
        }
    });
}

/// `target[i] += source[i]²`, in double precision.
pub(crate) fn add_squares(target: &mut [f64], source: &[f32]) {
    widest(|| {
        for (target, source) in target.iter_mut().zip(source) {
            *target += f64::from(*source) * f64::from(*source);
        }
    });
}

/// `target[i] += factor × source[i]`, in integers.
pub(crate) fn add_scaled_signs(target: &mut [i32], factor: i32, source: &[i8]) {
    widest(|| {
        for (target, source) in target.iter_mut().zip(source) {
            *target += factor * i32::from(*source);
        }
    });
}
