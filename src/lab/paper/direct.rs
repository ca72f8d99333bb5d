//! What the table measures of couplings, fields and learning themselves. Absent: what an experiment of the lab tells.

mod gradients;
mod networks;
mod spins;

pub(super) use gradients::{potts_slope, pseudo_likelihood_gradient};
pub(super) use networks::{
    cosine_with_hebb, mixture_energy, mixture_fixed, mixture_overlap, palimpsest_error,
    projection_field_error, projection_stability, smallest_stability,
};
pub(super) use spins::{annealed_energy, antisymmetric_period, quench_overlap};
