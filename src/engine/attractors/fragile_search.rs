//! Searches for small sets of flips by which a fixed point is lost: greedy and pruned, by a beam, and exactly.
//!
//! A greedy search flips one unit after the other and asks at every size whether the fixed point is lost; then flips that are
//! not needed are taken back. One way flips the unit that is held least (smallest s_i h_i now: the lowest climb), the other
//! the unit whose flip takes most from the fields that are in danger. What is found is a bound above. Absent: the bound
//! below (`fragile`).

use super::fragile::Fragility;
use crate::engine::error::Error;
use std::collections::BTreeSet;

/// Which unit a greedy search flips next.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Next {
    /// The one that is held least.
    LeastHeld,
    /// The one whose flip takes most from weak fields, each weighing e^(−field / mean field).
    MostDamage,
}

impl Fragility<'_> {
    /// Most units of which the smallest set is found by trying all.
    pub const MAX_EXACT: usize = 16;

    /// A small set by which the fixed point is lost: the smaller of two greedy searches, pruned; none where flips lead to none.
    pub fn greedy(&self) -> Option<Vec<usize>> {
        let ways = match self.batch.memory().couplings() {
            Some(_) => &[Next::LeastHeld, Next::MostDamage][..],
            None => &[Next::LeastHeld],
        };
        let fewest = self.lower_bound().unwrap_or(1);
        let found = ways.iter().filter_map(|way| {
            let mut order = Vec::new();
            let mut prefixes = std::iter::from_fn(|| {
                order.push(self.next(&order, *way)?);
                Some(order.clone())
            });
            // What cannot be lost yet is not asked.
            let prefixes = prefixes.by_ref().skip(fewest - 1);
            Some(self.pruned(self.first_lost(prefixes)?))
        });
        found.min_by_key(Vec::len)
    }

    /// A set of fewer than `below` flips by which the fixed point is lost, by a beam of `width` sets that grow flip by flip;
    /// none where none is found. Takes O(below × width²) runs.
    pub fn beam(&self, width: usize, below: usize) -> Option<Vec<usize>> {
        let mut beam = vec![Vec::new()];
        for _ in 1..below.min(self.state.n_units() + 1) {
            let grown: BTreeSet<Vec<usize>> =
                beam.iter().flat_map(|set| self.grown(set, width)).collect();
            let grown: Vec<Vec<usize>> = grown.into_iter().collect();
            if let Some(found) = self.first_lost(grown.iter().cloned()) {
                return Some(self.pruned(found));
            }
            // The nearer a set is to the boundary, the more units it has against it, and the longer it takes.
            let sweeps = self.rests(&grown).into_iter().map(|rest| rest.sweeps);
            let mut rated: Vec<_> = grown
                .into_iter()
                .zip(sweeps)
                .map(|(set, sweeps)| ((self.n_against(&set), sweeps), set))
                .collect();
            rated.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
            rated.truncate(width);
            beam = rated.into_iter().map(|(_, set)| set).collect();
        }
        None
    }

    /// The smallest set by which the fixed point is lost, of equals the first in their order; none where no set loses it.
    /// All sets are tried, the small ones first. Refused: more than 16 units.
    pub fn smallest(&self) -> Result<Option<Vec<usize>>, Error> {
        let n_units = self.state.n_units();
        if n_units > Self::MAX_EXACT {
            return Err(Error::Range {
                setting: "the number of units for which all sets of flips are tried",
                range: format!("at most {}", Self::MAX_EXACT),
                value: n_units.to_string(),
            });
        }
        let mut sizes = 1..=n_units;
        Ok(sizes.find_map(|size| self.first_lost(sets(n_units, size).into_iter())))
    }

    /// The unit that a greedy search flips after `flips`; none after all.
    fn next(&self, flips: &[usize], way: Next) -> Option<usize> {
        let held = self.held(flips);
        let rates = match way {
            Next::LeastHeld => held,
            Next::MostDamage => self.damage(&held),
        };
        let left = (0..rates.len()).filter(|unit| !flips.contains(unit));
        left.min_by(|a, b| rates[*a].total_cmp(&rates[*b]))
    }

    /// The fields along the fixed point, s_i h_i with s_i of the fixed point, when `flips` have been done.
    fn held(&self, flips: &[usize]) -> Vec<f64> {
        let mut state = self.state.clone();
        flips.iter().for_each(|unit| state.flip(*unit));
        let fields = self.batch.memory().fields(&state).into_iter();
        let along = fields.zip(self.state.units());
        along
            .map(|(field, sign)| f64::from(field) * f64::from(*sign))
            .collect()
    }

    /// −Σ_i w_i s_i J_ij s_j of every j: the smaller, the more a flip of j takes from weak fields.
    fn damage(&self, held: &[f64]) -> Vec<f64> {
        let mut damage = vec![0.0; held.len()];
        let Some(couplings) = self.batch.memory().couplings() else {
            return damage;
        };
        let mean = held.iter().map(|field| field.abs()).sum::<f64>() / held.len() as f64;
        let signs = self.state.units();
        for (unit, field) in held.iter().enumerate() {
            let weight = libm::exp(-(field / mean.max(f64::MIN_POSITIVE)).clamp(-30.0, 30.0));
            let weight = weight * f64::from(signs[unit]);
            let parts = couplings.row(unit).iter().zip(signs);
            for (damage, (w, sign)) in damage.iter_mut().zip(parts) {
                *damage -= weight * f64::from(*w) * f64::from(*sign);
            }
        }
        damage
    }

    /// `set` without flips that are not needed: eighths first, then fewer at a time, and single ones until all are needed.
    fn pruned(&self, mut set: Vec<usize>) -> Vec<usize> {
        let mut at_once = (set.len() / 8).max(1);
        loop {
            let before = set.len();
            let mut place = 0;
            while place < set.len() {
                let mut fewer = set.clone();
                fewer.drain(place..(place + at_once).min(set.len()));
                if !fewer.is_empty() && self.lost(std::slice::from_ref(&fewer))[0] {
                    set = fewer;
                } else {
                    place += at_once;
                }
            }
            if at_once == 1 && set.len() == before {
                break;
            }
            at_once = (at_once / 2).max(1);
        }
        set.sort_unstable();
        set
    }

    /// `set` with one more unit, in `width` ways: half of them those held least, half those of most damage.
    fn grown(&self, set: &[usize], width: usize) -> Vec<Vec<usize>> {
        let held = self.held(set);
        let damage = self.damage(&held);
        let best = |rates: &[f64], count: usize| {
            let mut units: Vec<usize> = (0..rates.len())
                .filter(|unit| !set.contains(unit))
                .collect();
            units.sort_by(|a, b| rates[*a].total_cmp(&rates[*b]));
            units.truncate(count);
            units
        };
        let mut units = best(&held, width.div_ceil(2));
        units.extend(best(&damage, width / 2));
        let with = |unit| {
            let mut set = [set, &[unit]].concat();
            set.sort_unstable();
            set
        };
        units.into_iter().map(with).collect()
    }

    /// Units whose fields point away from the fixed point when the flips of `set` have been done.
    fn n_against(&self, set: &[usize]) -> usize {
        self.held(set).iter().filter(|field| **field < 0.0).count()
    }
}

/// All sets of `size` of so many units, in their order.
fn sets(n_units: usize, size: usize) -> Vec<Vec<usize>> {
    let mut sets = vec![Vec::new()];
    for chosen in 0..size {
        let room = size - chosen;
        sets = sets
            .into_iter()
            .flat_map(|set: Vec<usize>| {
                let first = set.last().map_or(0, |last| last + 1);
                (first..=n_units - room).map(move |unit| [&set[..], &[unit]].concat())
            })
            .collect();
    }
    sets
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_sets_in_their_order() {
        assert_eq!(sets(4, 2), [[0, 1], [0, 2], [0, 3], [1, 2], [1, 3], [2, 3]]);
        assert_eq!(sets(3, 3), [[0, 1, 2]]);
        assert_eq!(sets(16, 8).len(), 12_870);
    }
}
