//! Margins beside what random patterns allow at most, in words (Gardner 1988).

use crate::engine::theory::gardner::largest_stability;

/// What Gardner's bound says of a margin at a load.
pub(in crate::engine::learning) fn gardner_remark(margin: f64, load: f64) -> String {
    match largest_stability(load) {
        None => beyond_capacity(load),
        Some(bound) if margin > bound => format!(
            "κ = {margin} lies above what random patterns of this load allow, Gardner κ(α) = {bound:.2}"
        ),
        Some(bound) => {
            format!("Random patterns of this load allow up to κ(α) = {bound:.2} (Gardner)")
        }
    }
}

/// That `open` of the units do not hold their margin.
pub(in crate::engine::learning) fn not_held(
    open: usize,
    n_units: usize,
    sweeps: u32,
    margin: f64,
    load: f64,
) -> String {
    let lies = match largest_stability(load) {
        Some(bound) if margin <= bound => format!(
            "κ = {margin} lies below what random patterns of this load allow, Gardner κ(α) = {bound:.2}: more sweeps may do it"
        ),
        _ => gardner_remark(margin, load),
    };
    format!("{open} of {n_units} units do not hold their margin after {sweeps} sweeps: {lies}")
}

/// That no couplings hold so many random patterns.
pub(in crate::engine::learning) fn beyond_capacity(load: f64) -> String {
    format!("α = {load:.2} is beyond 2, where no couplings hold all random patterns")
}
