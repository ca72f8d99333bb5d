//! Random couplings that descent can start from.

use super::super::shared::tiles::symmetrise;
use super::settings::FirstCouplings;
use crate::engine::rng::stream;
use ndarray::Array2;
use rand::RngExt as _;

/// The couplings that descent starts from, without self-couplings; zero for those that are counted first, Hebb's.
pub(super) fn first_couplings(
    start: FirstCouplings,
    n_units: usize,
    symmetric: bool,
    seed: u64,
) -> Array2<f32> {
    match start {
        FirstCouplings::Zero | FirstCouplings::Hebb => Array2::zeros((n_units, n_units)),
        FirstCouplings::Random => normal(n_units, symmetric, seed),
        FirstCouplings::Uniform => uniform(n_units, symmetric, seed),
    }
}

/// Independent couplings between −1/√N and 1/√N, as a linear layer of torch begins with; of symmetric ones those above
/// the diagonal stand below it too.
fn uniform(n_units: usize, symmetric: bool, seed: u64) -> Array2<f32> {
    let mut rng = stream(seed, "pseudo-likelihood start");
    let end = 1.0 / (n_units as f64).sqrt();
    let shape = (n_units, n_units);
    let mut couplings = Array2::from_shape_simple_fn(shape, || {
        let u: f64 = rng.random();
        (end * (2.0 * u - 1.0)) as f32
    });
    couplings.diag_mut().fill(0.0);
    if symmetric {
        for i in 0..n_units {
            for j in 0..i {
                couplings[[i, j]] = couplings[[j, i]];
            }
        }
    }
    couplings
}

/// Independent normal couplings of variance 1/N without self-couplings, by Box and Muller.
fn normal(n_units: usize, symmetric: bool, seed: u64) -> Array2<f32> {
    let mut rng = stream(seed, "pseudo-likelihood start");
    let mut normal = || {
        let (u, v): (f64, f64) = (rng.random(), rng.random());
        let radius = (-2.0 * libm::log(1.0 - u) / n_units as f64).sqrt();
        (radius * libm::cos(std::f64::consts::TAU * v)) as f32
    };
    let mut couplings = Array2::from_shape_simple_fn((n_units, n_units), &mut normal);
    couplings.diag_mut().fill(0.0);
    if symmetric {
        symmetrise(&mut couplings);
        couplings *= std::f32::consts::SQRT_2;
    }
    couplings
}
