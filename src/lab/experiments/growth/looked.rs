//! Patterns of as many networks as it takes, and what the units that turn in them tell.

use crate::engine::Error;
use crate::engine::dynamics::Batch;
use crate::engine::observables::differing;
use crate::engine::theory::signal_to_noise::tail;
use crate::lab::Case;
use crate::trial::{self, Recipe};
use crate::worlds::Source;
use std::sync::Arc;

/// What was looked at with one number of patterns.
#[derive(Default)]
pub(super) struct Looked {
    pub(super) patterns: usize,
    bits: f64,
    errors: f64,
}

impl Looked {
    /// Looks at patterns of the network of `case`, until `most` have been looked at.
    pub(super) fn look(&mut self, case: &Case<'_>, most: usize) {
        let states = case.some_states(most - self.patterns);
        let after = case.one_step(&states);
        let wrong = after.iter().zip(&states);
        let wrong: usize = wrong.map(|(one, other)| differing(one, other)).sum();
        self.patterns += states.len();
        self.bits += (states.len() * case.patterns.n_units()) as f64;
        self.errors += wrong as f64;
    }

    /// Learns a network by `recipe`, and looks at it.
    pub(super) fn draw(
        &mut self,
        case: &Case<'_>,
        recipe: &Recipe,
        most: usize,
    ) -> Result<(), Error> {
        let source = Arc::new(Source::prepare(&recipe.world, recipe.seed)?);
        let patterns = source.stored()?.patterns;
        let track = recipe.track();
        let learned = trial::learn(
            &track.rule,
            &patterns,
            recipe.seed,
            track.alteration,
            |_done| (),
        )?;
        let drawn = Case {
            recipe,
            source: &source,
            patterns: &patterns,
            batch: &Arc::new(Batch::new(learned.memory)),
            ..case.clone()
        };
        self.look(&drawn, most);
        Ok(())
    }

    /// ln K, and the logarithm of the noise over the signal that the share of errors tells, with its weight. Half an error
    /// is added, so that a share is told where there were none.
    pub(super) fn point(&self, count: f64) -> Option<[f64; 3]> {
        let share = (self.errors + 0.5) / self.bits;
        let noise = (share < MOST).then(|| noise_of(share))?;
        // By how much of itself the noise changes where the share changes by its error √(p(1 − p)/n).
        let density = libm::exp(-0.5 / (noise * noise)) / (2.0 * std::f64::consts::PI).sqrt();
        let spread = (share * (1.0 - share) / self.bits).sqrt() * noise / density;
        Some([libm::log(count), libm::log(noise), 1.0 / (spread * spread)])
    }
}

/// The largest share of errors that tells of a signal.
const MOST: f64 = 0.49;

/// Noise over signal where a share of `error` turns: 1/z with Φ(−z) = `error`, which is below one half.
pub(super) fn noise_of(error: f64) -> f64 {
    let [mut low, mut high] = [0.0, 40.0];
    while high - low > 1e-12 {
        let middle = f64::midpoint(low, high);
        if tail(middle) > error {
            low = middle;
        } else {
            high = middle;
        }
    }
    1.0 / low
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: 8 of 100 bits, at Φ(−1.376) = 0.0845; nothing of many bits still tells a number.
    #[test]
    fn errors_tell_of_the_noise() {
        let looked = |errors, bits| Looked {
            patterns: 1,
            bits,
            errors,
        };
        let [x, y, weight] = looked(8.0, 100.6).point(20.0).unwrap();
        assert_eq!(x, libm::log(20.0));
        assert!((y + libm::log(1.3755)).abs() < 2e-3, "{y}");
        let more = looked(80.0, 1006.0).point(20.0).unwrap()[2];
        assert!((more / weight - 10.0).abs() < 1.0, "{more} {weight}");
        assert!(looked(0.0, 1e4).point(20.0).is_some());
        assert_eq!(looked(55.0, 100.0).point(20.0), None);
    }
}
