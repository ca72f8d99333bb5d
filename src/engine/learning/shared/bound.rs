//! Where learning ended beside what can be had, in words: margins beside Gardner's bound (1988), J beside its minimum.

use crate::engine::numbers::{count_of, percent, plain};
use crate::engine::theory::expectation::{Capacity, Expectation, Load};
use crate::engine::theory::gardner::{largest_load, largest_stability};

/// What Gardner's bound says of a load, as `said` in words.
pub(in crate::engine::learning) fn gardner(load: Load, said: String) -> Expectation {
    Expectation {
        stability: Some(largest_stability(load.alpha()).unwrap_or(0.0)),
        capacity: Some(Capacity::of(
            largest_load(0.0) * load.n_units as f64,
            "couplings exist that make all patterns fixed points (Gardner)",
        )),
        said: vec![said],
        ..Expectation::default()
    }
}

/// What Gardner's bound says of a margin at a load.
pub(in crate::engine::learning) fn gardner_remark(margin: f64, load: f64) -> String {
    match largest_stability(load) {
        None => beyond_capacity(load),
        Some(bound) if margin > bound => format!(
            "κ = {} lies above what random patterns of this load allow, Gardner κ(α) = {bound:.2}",
            plain(margin)
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
            "κ = {} lies below what random patterns of this load allow, Gardner κ(α) = {bound:.2}: more sweeps may do it",
            plain(margin)
        ),
        _ => gardner_remark(margin, load),
    };
    format!(
        "{open} of {} do not hold their margin after {}: {lies}",
        count_of(n_units as u64, "unit"),
        count_of(u64::from(sweeps), "sweep")
    )
}

/// That `open` of the units are not as near to the largest stability as `tolerance` asks.
pub(in crate::engine::learning) fn not_reached(
    open: usize,
    n_units: usize,
    sweeps: u32,
    tolerance: f64,
) -> String {
    format!(
        "After {} {open} of {} are not within {} of the largest stability, or their patterns cannot all be held",
        count_of(u64::from(sweeps), "sweep"),
        count_of(n_units as u64, "unit"),
        percent(tolerance)
    )
}

/// That J may be off its minimum by `error`, as a share of |J|, if that is worth a word: from a tenth on.
pub(in crate::engine::learning) fn far(error: f64) -> Option<String> {
    match error {
        _ if error >= 1.0 => Some("J may still be far from the minimum".to_owned()),
        _ if error > 0.1 => {
            let most = percent(error);
            Some(format!("J may be up to {most} off the minimum"))
        }
        _ => None,
    }
}

/// That no couplings hold so many random patterns.
pub(in crate::engine::learning) fn beyond_capacity(load: f64) -> String {
    format!("α = {load:.2} is beyond 2, where no couplings make all random patterns fixed points")
}
