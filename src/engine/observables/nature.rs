//! What a state is: the original, another stored pattern, a negative, a blend of several, a blank sheet, or spurious;
//! and what a run has come to, which may also be a cycle, or nothing yet.
//!
//! A state counts as a pattern from an overlap of [`RETRIEVED`] on, of the nearest one, whether that is stored or is the
//! original. A blend must explain the state better than chance and the average pattern do (`blends`). Continuous states
//! are judged by their own overlaps m = (1/N) Σ ξ_i x_i, and not by those of their signs. Letters have no negative, and
//! no blend is looked for.

use super::blends::{self, Member, RETRIEVED};
use crate::engine::dynamics::Verdict;
use crate::engine::patterns::{Alphabet, Patterns, State};

/// What a state is, or what a run has come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Nature {
    /// The pattern that the cue was made of: it was recalled.
    Original {
        /// Which stored pattern that is, if it is stored.
        pattern: Option<usize>,
        /// Units in which the state, or its signs, differ from it.
        differing: usize,
    },
    /// A stored pattern that is not the original.
    Stored {
        /// Which pattern.
        pattern: usize,
        /// Units in which the state, or its signs, differ from it.
        differing: usize,
    },
    /// A pattern with every unit flipped.
    Negative {
        /// Which stored pattern; `None` if it is the negative of an original that is not stored.
        pattern: Option<usize>,
        /// Units in which the state, or its signs, differ from the negative.
        differing: usize,
    },
    /// The sign of the sum of a few patterns.
    Blend {
        /// Which, the largest overlap first.
        members: Vec<Member>,
        /// Units in which the state, or its signs, differ from the blend.
        differing: usize,
    },
    /// All units alike: a sheet with nothing on it, or with nothing left out.
    Blank {
        /// Whether all units are at +1.
        up: bool,
    },
    /// None of these: a spurious state.
    Other {
        /// Whether it is close to the average of the stored patterns, or for letters to their consensus.
        average: bool,
    },
    /// No state: the same ones return for ever.
    Cycle {
        /// How many sweeps later, at least 2.
        length: u64,
    },
    /// No state yet: it is still moving.
    Unsettled,
}

impl Nature {
    /// One word, for tables: original, stored, negative, blend, blank, other, cycle or unsettled.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Original { .. } => "original",
            Self::Stored { .. } => "stored",
            Self::Negative { .. } => "negative",
            Self::Blend { .. } => "blend",
            Self::Blank { .. } => "blank",
            Self::Other { .. } => "other",
            Self::Cycle { .. } => "cycle",
            Self::Unsettled => "unsettled",
        }
    }

    /// The stored patterns it is made of, the largest overlap first; none for none.
    pub fn patterns(&self) -> Vec<usize> {
        match self {
            Self::Stored { pattern, .. } => vec![*pattern],
            Self::Original { pattern, .. } | Self::Negative { pattern, .. } => {
                pattern.iter().copied().collect()
            }
            Self::Blend { members, .. } => members.iter().map(|member| member.pattern).collect(),
            Self::Blank { .. } | Self::Other { .. } | Self::Cycle { .. } | Self::Unsettled => {
                Vec::new()
            }
        }
    }

    /// What a fixed point of signs or letters is, of which no cue is known.
    pub fn of_fixed_point(state: &State, patterns: &Patterns) -> Self {
        if patterns.is_empty() {
            return Self::Other { average: false };
        }
        let overlaps = patterns.overlaps(state);
        let seen = Seen {
            state,
            graded: None,
            overlaps: &overlaps,
        };
        identify(patterns, seen, None)
    }

    /// What a run of the last state `seen` has come to, which ended as `verdict` says.
    pub fn of_run(
        verdict: Verdict,
        patterns: &Patterns,
        seen: Seen<'_>,
        original: Option<Original<'_>>,
    ) -> Self {
        match verdict {
            Verdict::FixedPoint => identify(patterns, seen, original),
            Verdict::Cycle { length } => Self::Cycle { length },
            Verdict::NotSettled { .. } => Self::Unsettled,
        }
    }
}

/// A state as it is looked at.
#[derive(Debug, Clone, Copy)]
pub struct Seen<'a> {
    /// Its units, or the signs of those.
    pub state: &'a State,
    /// Its N units from −1 to 1, where they are continuous.
    pub graded: Option<&'a [f32]>,
    /// The overlaps with all stored patterns: of its units, where they are continuous.
    pub overlaps: &'a [f64],
}

impl Seen<'_> {
    /// The overlap with another state: (1/N) Σ a_i x_i, or the share of equal letters.
    pub fn overlap(self, other: &State) -> f64 {
        let Some(units) = self.graded else {
            return self.state.overlap(other);
        };
        let products = other.units().iter().zip(units);
        let sum: f64 = products
            .map(|(sign, unit)| f64::from(*sign) * f64::from(*unit))
            .sum();
        sum / units.len() as f64
    }

    /// N times the overlaps, where states are signs: whole numbers.
    fn whole_overlaps(self) -> Vec<i32> {
        let n_units = self.state.n_units() as f64;
        let sums = self.overlaps.iter();
        sums.map(|overlap| (overlap * n_units).round() as i32)
            .collect()
    }

    /// (1/N) Σ |x_i|: 1 where states are signs.
    fn size(self) -> f64 {
        let Some(units) = self.graded else {
            return 1.0;
        };
        let sizes = units.iter().map(|unit| f64::from(unit.abs()));
        sizes.sum::<f64>() / units.len() as f64
    }
}

/// What a cue was made of.
#[derive(Debug, Clone, Copy)]
pub struct Original<'a> {
    /// Its units.
    pub state: &'a State,
    /// Which stored pattern it is, if it is stored.
    pub pattern: Option<usize>,
}

/// The pattern with the largest |overlap|: of equals one with a positive overlap, then the first; 0 if there is none.
pub fn nearest(overlaps: &[f64]) -> usize {
    let larger = |best: usize, next: usize| {
        let size = |pattern: usize| (overlaps[pattern].abs(), overlaps[pattern] > 0.0);
        if size(next) > size(best) { next } else { best }
    };
    (0..overlaps.len()).fold(0, larger)
}

/// Units in which two states differ.
pub fn differing(a: &State, b: &State) -> usize {
    let units = a.units().iter().zip(b.units());
    units.filter(|(a, b)| a != b).count()
}

/// What the state `seen` is with respect to `patterns` and the `original`, if there is one.
pub fn identify(patterns: &Patterns, seen: Seen<'_>, original: Option<Original<'_>>) -> Nature {
    let (overlap, single) = nearest_single(patterns, seen, original);
    // A sheet that is itself a pattern was recalled; one that merely has little ink, as digits do, was not.
    let is_exact = matches!(
        single,
        Nature::Original { differing: 0, .. }
            | Nature::Stored { differing: 0, .. }
            | Nature::Negative { differing: 0, .. }
    );
    if let (Some(up), false) = (blank(seen), is_exact) {
        return Nature::Blank { up };
    }
    if overlap.abs() >= RETRIEVED {
        return single;
    }
    if patterns.alphabet() == Alphabet::Signs {
        let dots = match seen.graded {
            Some(_) => patterns.dots(seen.state),
            // Overlaps of signs are these over N: O(P) and not O(N P).
            None => seen.whole_overlaps(),
        };
        if let Some((members, differing)) = blends::find(patterns, seen.state, &dots) {
            return Nature::Blend { members, differing };
        }
    }
    Nature::Other {
        average: is_average(patterns, seen),
    }
}

/// What the state would be if it were the nearest of the original, the stored patterns and their negatives, and its
/// overlap with that.
fn nearest_single(
    patterns: &Patterns,
    seen: Seen<'_>,
    original: Option<Original<'_>>,
) -> (f64, Nature) {
    let stored = nearest(seen.overlaps);
    let (overlap, state, pattern) = match original {
        // As an overlap of the same numbers, so that the original is not behind itself by a rounding.
        Some(Original { state, pattern }) => {
            let overlap = pattern.map_or_else(|| seen.overlap(state), |it| seen.overlaps[it]);
            if overlap.abs() >= seen.overlaps[stored].abs() {
                (overlap, Some(state), pattern)
            } else {
                (seen.overlaps[stored], None, Some(stored))
            }
        }
        None => (seen.overlaps[stored], None, Some(stored)),
    };
    let wrong = match state {
        Some(state) => differing(seen.state, state),
        None => differing(seen.state, &patterns.state(stored)),
    };
    let nature = if overlap < 0.0 {
        Nature::Negative {
            pattern,
            differing: seen.state.n_units() - wrong,
        }
    } else if state.is_some() {
        Nature::Original {
            pattern,
            differing: wrong,
        }
    } else {
        Nature::Stored {
            pattern: stored,
            differing: wrong,
        }
    };
    (overlap, nature)
}

/// Whether all units are alike, and which way: both ways of signs, gaps alone of letters.
fn blank(seen: Seen<'_>) -> Option<bool> {
    let (units, alphabet) = (seen.state.units(), seen.state.alphabet());
    let first = units[0];
    let counts = match alphabet {
        Alphabet::Signs => seen.size() >= RETRIEVED,
        Alphabet::Letters(letters) => letters.gap() == Some(first),
    };
    let alike = counts && units.iter().all(|unit| *unit == first);
    alike.then_some(first != alphabet.blank())
}

/// Whether the state is close to the average of all patterns: of signs to the signs of their sum, of continuous units
/// in direction, of letters to the commonest letter of every site.
fn is_average(patterns: &Patterns, seen: Seen<'_>) -> bool {
    if patterns.n_patterns() < 2 {
        return false;
    }
    let agreement = match (patterns.alphabet(), seen.graded) {
        (Alphabet::Letters(letters), _) => {
            let consensus = State::filled(patterns.alphabet(), patterns.n_units(), |unit| {
                let mut counts = vec![0_usize; letters.count()];
                for letter in patterns.unit(unit) {
                    counts[*letter as usize] += 1;
                }
                let most = (0..letters.count()).rev().max_by_key(|it| counts[*it]);
                most.unwrap_or(0) as i8
            });
            seen.state.overlap(&consensus)
        }
        (Alphabet::Signs, None) => blends::average_agreement(patterns, seen.state),
        (Alphabet::Signs, Some(units)) => {
            let pairs = units.iter().zip(patterns.unit_sums());
            let [mut product, mut ours, mut theirs] = [0.0; 3];
            for (unit, sum) in pairs {
                let (unit, sum) = (f64::from(*unit), f64::from(*sum));
                product += unit * sum;
                ours += unit * unit;
                theirs += sum * sum;
            }
            product / (ours * theirs).sqrt()
        }
    };
    agreement.abs() >= RETRIEVED
}

#[cfg(test)]
mod tests;
