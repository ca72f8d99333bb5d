//! The energy after every step of a run: all of them, or every second, fourth … where there are very many.
//!
//! A step is a flip, or a sweep of a continuous state. Absent: what the energy is between two that are kept.

use std::mem::size_of;

/// Most energies kept: 16 MB.
const MAX_ENERGIES: usize = 1 << 21;

/// Energies after steps, in order.
#[derive(Debug, Clone)]
pub(super) struct Energies {
    /// After none, `every`, 2 `every` … steps.
    kept: Vec<f64>,
    every: usize,
    last: f64,
    steps: usize,
}

impl Energies {
    /// The energies of a run that starts at the energy `first`.
    pub(super) fn new(first: f64) -> Self {
        Self {
            kept: vec![first],
            every: 1,
            last: first,
            steps: 0,
        }
    }

    /// The energy now.
    pub(super) fn last(&self) -> f64 {
        self.last
    }

    /// Takes in the energy after one step more.
    pub(super) fn push(&mut self, energy: f64) {
        self.last = energy;
        self.steps += 1;
        if self.kept.len() == MAX_ENERGIES {
            let mut index = 0;
            self.kept.retain(|_| {
                index += 1;
                index % 2 == 1
            });
            self.every *= 2;
        }
        if self.steps.is_multiple_of(self.every) {
            self.kept.push(energy);
        }
    }

    /// The last number of steps up to `steps` after which the energy is kept, and that energy.
    pub(super) fn up_to(&self, steps: usize) -> (usize, f64) {
        if steps >= self.steps {
            return (self.steps, self.last);
        }
        let index = steps / self.every;
        (index * self.every, self.kept[index])
    }

    /// Bytes that they take.
    pub(super) fn bytes(&self) -> usize {
        self.kept.capacity() * size_of::<f64>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn very_many_energies_are_thinned_and_the_last_is_exact() {
        let mut energies = Energies::new(-7.0);
        let count = 3 * MAX_ENERGIES + 5;
        (0..count).for_each(|_| energies.push(energies.last() + 0.5));
        assert_eq!(energies.every, 4);
        assert!(energies.bytes() <= MAX_ENERGIES * size_of::<f64>());
        for steps in [0, 1, 4, 1003, count - 1, count] {
            let (kept, energy) = energies.up_to(steps);
            assert!(kept <= steps && steps - kept < 4);
            assert_eq!(energy, 0.5 * kept as f64 - 7.0);
        }
        assert_eq!(energies.up_to(usize::MAX).0, count);
    }
}
