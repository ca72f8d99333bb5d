//! Networks of random patterns: stabilities, fields, blends, and what forgetting leaves.

use crate::engine::couplings::Couplings;
use crate::engine::{Error, LearningRule, Memory, Patterns, State};
use crate::worlds::{Source, World};
use std::sync::Arc;

/// Decides all patterns here.
const SEED: u64 = 7;

/// Patterns are stored and learned; what they are and what was learned.
struct Network {
    patterns: Arc<Patterns>,
    memory: Memory,
}

impl Network {
    /// Of so many random patterns of so many units, by the rule that `rule` writes.
    fn learned(n_units: usize, n_patterns: usize, rule: &str, seed: u64) -> Result<Self, Error> {
        let patterns = random_patterns(n_units, n_patterns, seed)?;
        let memory = LearningRule::parse(rule)?.learn(Arc::clone(&patterns), seed)?;
        Ok(Self { patterns, memory })
    }

    fn couplings(&self) -> &Couplings {
        let couplings = self.memory.couplings();
        couplings.expect("the rules that are asked make couplings")
    }

    /// ξ_i h_i(ξ) of all units, pattern by pattern.
    fn aligned_fields(&self) -> Vec<Vec<f64>> {
        let of = |pattern: usize| {
            let state = self.patterns.state(pattern);
            let fields = self.memory.fields(&state);
            let units = fields.iter().zip(state.units());
            units
                .map(|(h, sign)| f64::from(*h) * f64::from(*sign))
                .collect()
        };
        (0..self.patterns.n_patterns()).map(of).collect()
    }

    fn norms(&self) -> Vec<f64> {
        let units = 0..self.patterns.n_units();
        units.map(|unit| self.couplings().row_norm(unit)).collect()
    }
}

/// So many random patterns of so many units.
pub(super) fn random_patterns(
    n_units: usize,
    n_patterns: usize,
    seed: u64,
) -> Result<Arc<Patterns>, Error> {
    let world = World::parse(&format!("random:n={n_units},p={n_patterns}"))?;
    Ok(Source::prepare(&world, seed)?.stored()?.patterns)
}

/// Mean stability ξ_i h_i/|J_i| of the pseudo-inverse rule without its diagonal, N = 400, α = 0.4.
pub(in super::super) fn projection_stability() -> Result<f64, Error> {
    let network = Network::learned(400, 160, "pseudo-inverse:ridge=0.000000001", SEED)?;
    let norms = network.norms();
    let fields = network.aligned_fields();
    let sum: f64 = fields
        .iter()
        .flat_map(|fields| fields.iter().zip(&norms))
        .map(|(h, norm)| h / norm)
        .sum();
    Ok(sum / (160.0 * 400.0))
}

/// The largest distance of a field of the pseudo-inverse rule without its diagonal from (1 − Π_ii) ξ_i, N = 400, α = 0.4.
pub(in super::super) fn projection_field_error() -> Result<f64, Error> {
    let rule = |diagonal| format!("pseudo-inverse:ridge=0.000000001,diagonal={diagonal}");
    let [network, projector] =
        ["zero", "kept"].map(|diagonal| Network::learned(400, 160, &rule(diagonal), SEED));
    let projector = projector?;
    let expected = |unit: usize| 1.0 - f64::from(projector.couplings().value(unit, unit));
    let fields = network?.aligned_fields();
    let units = fields.iter().flat_map(|fields| fields.iter().enumerate());
    Ok(units.fold(0.0, |most, (unit, h)| most.max((h - expected(unit)).abs())))
}

/// Mean over the rows of their smallest stability, for couplings of maximal stability of so many patterns of 300 units.
pub(in super::super) fn smallest_stability(n_patterns: usize) -> Result<f64, Error> {
    let rule = "max-stability:tolerance=0.002,sweeps=2000";
    let network = Network::learned(300, n_patterns, rule, SEED)?;
    let fields = network.aligned_fields();
    let norms = network.norms();
    let least = norms.iter().enumerate().map(|(unit, norm)| {
        let of_unit = fields.iter().map(|fields| fields[unit] / norm);
        of_unit.fold(f64::INFINITY, f64::min)
    });
    Ok(least.sum::<f64>() / norms.len() as f64)
}

/// Cosine between the couplings after one step of pseudo-likelihood from J = 0 and those of Hebb's rule, N = 200, P = 50.
pub(in super::super) fn cosine_with_hebb() -> Result<f64, Error> {
    let step = "pseudo-likelihood:optimiser=descent,l2=0,eta=0.5,steps=1,start=zero";
    let [step, hebb] = [step, "hebb"].map(|rule| Network::learned(200, 50, rule, SEED));
    let [step, hebb] = [step?, hebb?].map(|network| network.couplings().to_array().mapv(f64::from));
    let dot = |a: &ndarray::Array2<f64>, b: &ndarray::Array2<f64>| (a * b).sum();
    Ok(dot(&step, &hebb) / (dot(&step, &step) * dot(&hebb, &hebb)).sqrt())
}

/// Hebb's couplings of three patterns of 1000 units, and the state that has the sign of their sum.
fn mixture() -> Result<(Network, State), Error> {
    let network = Network::learned(1000, 3, "hebb", SEED)?;
    let votes = |unit: usize| {
        network
            .patterns
            .unit(unit)
            .iter()
            .map(|it| i32::from(*it))
            .sum::<i32>()
    };
    let state = State::from_fn(1000, |unit| votes(unit) > 0);
    Ok((network, state))
}

/// Share of the units of the blend of three patterns that stay as they are.
pub(in super::super) fn mixture_fixed() -> Result<f64, Error> {
    let (network, state) = mixture()?;
    let fields = network.memory.fields(&state);
    let units = fields.iter().zip(state.units());
    let staying = units
        .filter(|(h, sign)| **h * f32::from(**sign) >= 0.0)
        .count();
    Ok(staying as f64 / 1000.0)
}

/// Mean overlap of the blend of three patterns with them.
pub(in super::super) fn mixture_overlap() -> Result<f64, Error> {
    let (network, state) = mixture()?;
    Ok(network.patterns.overlaps(&state).iter().sum::<f64>() / 3.0)
}

/// Energy of the blend of three patterns, to a unit.
pub(in super::super) fn mixture_energy() -> Result<f64, Error> {
    let (network, state) = mixture()?;
    let energy = network.memory.energy(&state);
    Ok(energy.expect("Hebb's couplings have an energy") / 1000.0)
}

/// Share of the units wrong after one step from patterns stored about `age` patterns ago (4 before to 5 after), by a rule
/// that forgets one hundredth with each of 400 patterns of 1000 units. Mean over six sets.
pub(in super::super) fn palimpsest_error(age: usize) -> Result<f64, Error> {
    const SETS: u64 = 6;
    let mut wrong = 0;
    for set in 0..SETS {
        let network = Network::learned(1000, 400, "taylor:preset=palimpsest", SEED + set)?;
        for pattern in 399 - age - 5..399 - age + 5 {
            let state = network.patterns.state(pattern);
            let fields = network.memory.fields(&state);
            let units = fields.iter().zip(state.units());
            wrong += units
                .filter(|(h, sign)| **h * f32::from(**sign) < 0.0)
                .count();
        }
    }
    Ok(wrong as f64 / (SETS as f64 * 10.0 * 1000.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two patterns of four units by hand: C = 1 for orthogonal ones, J = ξξᵀ/4 summed, h_i = ξ_i (1 − 2/4).
    #[test]
    fn fields_are_along_the_patterns() {
        let world = World::parse("random:n=4,p=2,orthogonal=yes").unwrap();
        let patterns = Source::prepare(&world, 1)
            .unwrap()
            .stored()
            .unwrap()
            .patterns;
        let rule = LearningRule::parse("hebb").unwrap();
        let memory = rule.learn(Arc::clone(&patterns), 1).unwrap();
        let network = Network { patterns, memory };
        for fields in network.aligned_fields() {
            assert!(fields.iter().all(|h| (h - 0.5).abs() < 1e-6), "{fields:?}");
        }
        // Row norms: |J_i|² = Σ_j≠i (Σ_μ ξ_i ξ_j / 4)², which with orthogonal patterns is Π_ii − Π_ii² = 1/4.
        assert!(network.norms().iter().all(|norm| (norm - 0.5).abs() < 1e-6));
    }
}
