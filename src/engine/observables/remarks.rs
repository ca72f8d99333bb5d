//! What is odd about patterns that somebody is about to store.

use crate::engine::Patterns;
use crate::engine::numbers::{count, percent};

/// Share of the units that are the same from which on somebody should look.
const NEARLY_ALL: f64 = 0.975;

/// A sentence for each thing that is odd about `patterns`: that all are the same, or nearly all units.
pub fn remarks(patterns: &Patterns) -> Vec<String> {
    let mut remarks = Vec::new();
    let n_patterns = patterns.n_patterns();
    let is_first = |pattern| patterns.pattern(pattern) == patterns.pattern(0);
    if n_patterns > 1 && (1..n_patterns).all(is_first) {
        let all = count(n_patterns as u64);
        remarks.push(format!("All {all} patterns are the same"));
    }
    let up = 0.5 + 0.5 * patterns.mean_activity();
    let share = up.max(1.0 - up);
    if patterns.alphabet().letters().is_none() && n_patterns > 0 && share >= NEARLY_ALL {
        let sign = if up > 0.5 { "+1" } else { "−1" };
        remarks.push(format!(
            "Nearly all units are {sign} ({}): memories tell such patterns apart badly",
            percent(share)
        ));
    }
    remarks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Grid, State};

    fn of(states: &[State]) -> Vec<String> {
        let grid = Grid::near_square(states[0].n_units());
        remarks(&Patterns::of_states(states, grid).unwrap())
    }

    #[test]
    fn equal_patterns_and_one_sign_are_told() {
        let half = State::from_fn(80, |unit| unit < 40);
        let other = State::from_fn(80, |unit| unit % 2 == 0);
        assert_eq!(of(std::slice::from_ref(&half)), [""; 0]);
        assert_eq!(of(&[half.clone(), other]), [""; 0]);
        assert_eq!(of(&[half.clone(), half]), ["All 2 patterns are the same"]);
        // 78 of 80 units are 97.5 %.
        for (n_down, told) in [(3, 0), (2, 1)] {
            let up = State::from_fn(80, |unit| unit >= n_down);
            assert_eq!(of(&[up]).len(), told);
        }
        let down = State::from_fn(80, |unit| unit == 0);
        let told = "Nearly all units are −1 (99 %): memories tell such patterns apart badly";
        assert_eq!(of(&[down]), [told]);
    }
}
