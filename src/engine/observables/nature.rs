//! What a state is: a stored pattern, its inverse, a mixture of several, or none of these.
//!
//! A state counts as a pattern from an overlap of [`RETRIEVED`] on. A mixture is the majority of an odd number of
//! patterns, each as stored or inverted (Amit, Gutfreund & Sompolinsky 1985); where three digits of a kind mix,
//! the mixture may resemble each of them, so a state is called one only if it is nearer to it than to any pattern.
//! Letters have no inverse, and no mixture is looked for: a state of letters is a stored pattern or none.

use crate::engine::patterns::{Patterns, State};

/// Overlap from which a state counts as the pattern: the criterion that basins of attraction are measured by.
pub const RETRIEVED: f64 = 0.9;

/// Numbers of patterns that a mixture may have.
const MIXTURES: [usize; 3] = [3, 5, 7];

/// What a state is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Nature {
    /// A stored pattern, up to `differing` units.
    Stored {
        /// Which pattern.
        pattern: usize,
        /// Units in which the state differs from it.
        differing: usize,
    },
    /// A stored pattern with every unit turned over, up to `differing` units.
    Inverse {
        /// Which pattern.
        pattern: usize,
        /// Units in which the state differs from its inverse.
        differing: usize,
    },
    /// The majority of several patterns, up to `differing` units.
    Mixture {
        /// Which patterns, nearest first, and whether each enters as stored (true) or inverted.
        patterns: Vec<(usize, bool)>,
        /// Units in which the state differs from the majority.
        differing: usize,
    },
    /// None of these.
    Neither {
        /// The pattern with the largest overlap.
        nearest: usize,
    },
}

impl Nature {
    /// One word, for tables: stored, inverse, mixture or none.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Stored { .. } => "stored",
            Self::Inverse { .. } => "inverse",
            Self::Mixture { .. } => "mixture",
            Self::Neither { .. } => "none",
        }
    }

    /// The patterns it is made of, nearest first; none for none.
    pub fn patterns(&self) -> Vec<usize> {
        match self {
            Self::Stored { pattern, .. } | Self::Inverse { pattern, .. } => vec![*pattern],
            Self::Mixture { patterns, .. } => {
                patterns.iter().map(|(pattern, _)| *pattern).collect()
            }
            Self::Neither { .. } => Vec::new(),
        }
    }
}

/// What `state` is with respect to `patterns`.
pub fn identify(patterns: &Patterns, state: &State) -> Nature {
    let dots = patterns.dots(state);
    let n_units = state.n_units();
    if patterns.alphabet().letters().is_some() {
        return identify_letters(&dots, n_units);
    }
    let mut order: Vec<usize> = (0..dots.len()).collect();
    // Largest magnitude first; of equals the stored one before the inverse, then the lower index.
    order.sort_by_key(|pattern| (-dots[*pattern].abs(), dots[*pattern] < 0, *pattern));
    let best = order[0];
    let differing = |dot: i32| (n_units - dot.unsigned_abs() as usize) / 2;
    let enough =
        |differing: usize| n_units as f64 - 2.0 * differing as f64 >= RETRIEVED * n_units as f64;
    let single = differing(dots[best]);
    let mixture = (single > 0)
        .then(|| nearest_mixture(patterns, state, &order, &dots))
        .flatten();
    match mixture {
        Some((members, rest)) if enough(rest) && rest < single => Nature::Mixture {
            patterns: members,
            differing: rest,
        },
        _ if enough(single) && dots[best] > 0 => Nature::Stored {
            pattern: best,
            differing: single,
        },
        _ if enough(single) => Nature::Inverse {
            pattern: best,
            differing: single,
        },
        _ => Nature::Neither {
            nearest: nearest(&dots),
        },
    }
}

/// The same for letters, from the numbers of equal sites.
fn identify_letters(equal: &[i32], n_units: usize) -> Nature {
    let pattern = nearest(equal);
    let differing = n_units - equal[pattern] as usize;
    if f64::from(equal[pattern]) >= RETRIEVED * n_units as f64 {
        Nature::Stored { pattern, differing }
    } else {
        Nature::Neither { nearest: pattern }
    }
}

/// The first pattern with the largest overlap.
fn nearest(dots: &[i32]) -> usize {
    let patterns = (0..dots.len()).rev();
    let nearest = patterns.max_by_key(|pattern| dots[*pattern]);
    nearest.expect("there is at least one pattern")
}

/// The best majority of the first 3, 5 or 7 patterns of `order`, and in how many units the state differs.
fn nearest_mixture(
    patterns: &Patterns,
    state: &State,
    order: &[usize],
    dots: &[i32],
) -> Option<(Vec<(usize, bool)>, usize)> {
    let mixtures = MIXTURES
        .into_iter()
        .filter(|size| *size <= order.len())
        .map(|size| {
            let members: Vec<(usize, bool)> = order[..size]
                .iter()
                .map(|pattern| (*pattern, dots[*pattern] >= 0))
                .collect();
            let differing = (0..state.n_units())
                .filter(|unit| {
                    let votes = members.iter().map(|(pattern, as_stored)| {
                        let sign = i32::from(patterns.unit(*unit)[*pattern]);
                        if *as_stored { sign } else { -sign }
                    });
                    votes.sum::<i32>() * i32::from(state.units()[*unit]) < 0
                })
                .count();
            (members, differing)
        });
    mixtures.min_by_key(|(_, differing)| *differing)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::patterns::{Alphabet, Grid, Letters};
    use crate::engine::rng::stream;
    use ndarray::Array2;
    use rand::RngExt as _;

    fn patterns() -> Patterns {
        let mut rng = stream(6, "nature test");
        let rows = Array2::from_shape_simple_fn((5, 400), || if rng.random() { 1 } else { -1 });
        Patterns::new(rows, Grid::square(20), None).unwrap()
    }

    #[test]
    fn patterns_and_their_inverses_are_named() {
        let patterns = patterns();
        let mut state = patterns.state(3);
        assert_eq!(
            identify(&patterns, &state),
            Nature::Stored {
                pattern: 3,
                differing: 0
            }
        );
        (0..20).for_each(|unit| state.flip(unit));
        assert_eq!(
            identify(&patterns, &state),
            Nature::Stored {
                pattern: 3,
                differing: 20
            }
        );
        let inverse = State::from_fn(400, |unit| patterns.pattern(1)[unit] < 0);
        assert_eq!(
            identify(&patterns, &inverse),
            Nature::Inverse {
                pattern: 1,
                differing: 0
            }
        );
    }

    #[test]
    fn the_majority_of_three_is_a_mixture_of_these_three() {
        let patterns = patterns();
        let sum = |unit: usize| {
            [0, 2, 4]
                .iter()
                .map(|p| i32::from(patterns.pattern(*p)[unit]))
                .sum::<i32>()
        };
        let state = State::from_fn(400, |unit| sum(unit) > 0);
        // Row 10 of the usual tables: a symmetric 3-mixture has overlap 1/2 with each member.
        assert!((patterns.overlaps(&state)[2] - 0.5).abs() < 0.1);
        let Nature::Mixture {
            patterns: mut members,
            differing,
        } = identify(&patterns, &state)
        else {
            panic!("not a mixture: {:?}", identify(&patterns, &state));
        };
        members.sort_unstable();
        assert_eq!(
            (members, differing),
            (vec![(0, true), (2, true), (4, true)], 0)
        );
    }

    #[test]
    fn what_is_far_from_all_is_none() {
        let patterns = patterns();
        let mut rng = stream(7, "nature test");
        let state = State::from_fn(400, |_| rng.random());
        let overlaps = patterns.overlaps(&state);
        let Nature::Neither { nearest } = identify(&patterns, &state) else {
            panic!("it is something")
        };
        assert!(overlaps.iter().all(|overlap| *overlap <= overlaps[nearest]));
    }

    #[test]
    fn letters_are_a_stored_pattern_but_for_some_sites_or_none() {
        let protein = Alphabet::Letters(Letters::PROTEIN);
        let mut rng = stream(8, "nature test");
        let rows = Array2::from_shape_simple_fn((4, 20), || protein.random(&mut rng));
        let patterns = Patterns::of(rows, protein, Grid::near_square(20), None).unwrap();
        let mut state = patterns.state(2);
        for differing in 0..=4 {
            let nature = if differing <= 2 {
                Nature::Stored {
                    pattern: 2,
                    differing,
                }
            } else {
                Nature::Neither { nearest: 2 }
            };
            assert_eq!(identify(&patterns, &state), nature);
            state.put(differing, 20);
        }
    }
}
