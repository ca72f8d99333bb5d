//! The wheel: K states on the rim of a disc with noise at its centre.
//!
//! Unit i has a fixed u_i in [0, 1) and a fixed noise value r_i, any sign or letter. At radius ρ (0 at the centre, 1 on the
//! rim) and an angle f of the way from state k to state k + 1 it copies k if u_i < (1 − f) ρ, k + 1 if u_i < ρ, and is r_i
//! else. So the overlap with a state grows along its spoke, and starts that are ε apart differ in about ε N units.

use super::simplex::{likeness, nearest_weights};
use super::starts::{Portrait, check_alike, lots};
use crate::engine::error::Error;
use crate::engine::patterns::State;
use crate::engine::rng::stream;
use std::f64::consts::TAU;

/// How far beyond the rim still counts as on it: what a place on it may be off by rounding.
const ROUNDING: f64 = 1e-9;

/// States on the rim of a disc of radius 1, state 0 on top and the others clockwise at even distances.
#[derive(Debug, Clone, PartialEq)]
pub struct Wheel {
    rim: Vec<State>,
    /// r, N units.
    noise: State,
    /// u_i in [0, 1).
    lots: Vec<f64>,
    /// How much each state on the rim is like the next.
    neighbours: Vec<f64>,
}

impl Wheel {
    /// A wheel of `rim`, 2 states or more; u and r come from `seed`. Refused: fewer, and states of different length or
    /// alphabet.
    pub fn new(rim: Vec<State>, seed: u64) -> Result<Self, Error> {
        if rim.len() < 2 {
            return Err(Error::NotEnough {
                asked: "at least 2 states on the rim".to_owned(),
                available: rim.len().to_string(),
            });
        }
        check_alike("every state on the rim", &rim)?;
        let (alphabet, n_units) = (rim[0].alphabet(), rim[0].n_units());
        let mut rng = stream(seed, "wheel noise");
        let next = |k: usize| &rim[(k + 1) % rim.len()];
        Ok(Self {
            noise: State::filled(alphabet, n_units, |_| alphabet.random(&mut rng)),
            lots: lots(n_units, seed, "wheel lots"),
            neighbours: (0..rim.len()).map(|k| likeness(&rim[k], next(k))).collect(),
            rim,
        })
    }

    /// The states on the rim.
    pub fn rim(&self) -> &[State] {
        &self.rim
    }

    /// The state at the centre.
    pub fn noise(&self) -> &State {
        &self.noise
    }

    /// Where state `k` of the rim stands: [x, y], y down.
    pub fn spoke(&self, k: usize) -> [f64; 2] {
        self.point(1.0, k as f64)
    }

    /// The point at radius ρ, so many states from the top.
    fn point(&self, radius: f64, states: f64) -> [f64; 2] {
        let angle = TAU * states / self.rim.len() as f64;
        [radius * angle.sin(), -radius * angle.cos()]
    }
}

impl Portrait for Wheel {
    fn start(&self, x: f64, y: f64) -> Option<State> {
        let radius = x.hypot(y);
        if radius.is_nan() || radius > 1.0 + ROUNDING {
            return None;
        }
        let n_states = self.rim.len();
        let states = x.atan2(-y).rem_euclid(TAU) / TAU * n_states as f64;
        // Rounding may take the angle just before the top to a whole turn.
        let k = (states.floor() as usize).min(n_states - 1);
        let inner = (1.0 - (states - k as f64)) * radius;
        // A place on the rim holds no noise, though rounding may take it a little inside.
        let outer = if radius > 1.0 - ROUNDING { 1.0 } else { radius };
        let (this, next) = (&self.rim[k], &self.rim[(k + 1) % n_states]);
        let unit = |unit: usize| {
            let lot = self.lots[unit];
            let from = if lot < inner {
                this
            } else if lot < outer {
                next
            } else {
                &self.noise
            };
            from.units()[unit]
        };
        Some(State::filled(this.alphabet(), self.lots.len(), unit))
    }

    /// Of all pairs of neighbours k, k + 1 the one whose a ξ_k + b ξ_(k+1) is nearest to the state, a, b ≥ 0, a + b ≤ 1: at
    /// radius a + b, b / (a + b) of the way between them. A state on the rim stands where it is; one that is like none,
    /// as pure noise is, stands within a few 1/√N of the centre. Of pairs that are equally near the first counts.
    fn place(&self, state: &State) -> [f64; 2] {
        let like: Vec<f64> = self.rim.iter().map(|it| likeness(it, state)).collect();
        let mut best = ([0.0, 0.0], f64::INFINITY);
        for k in 0..self.rim.len() {
            let both = self.neighbours[k];
            // The third vector is nothing, so that weights need not sum to 1.
            let products = [[1.0, both, 0.0], [both, 1.0, 0.0], [0.0; 3]];
            let with = [like[k], like[(k + 1) % self.rim.len()], 0.0];
            let ([this, next, _], rating) = nearest_weights(&products, &with);
            if rating < best.1 - ROUNDING {
                let radius = this + next;
                let way = if radius > 0.0 { next / radius } else { 0.0 };
                best = (self.point(radius, k as f64 + way), rating);
            }
        }
        best.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::patterns::{Alphabet, Letters};

    fn random(n_states: usize, n_units: usize, alphabet: Alphabet) -> Vec<State> {
        let mut rng = stream(2, "wheel test");
        let mut state = || State::filled(alphabet, n_units, |_| alphabet.random(&mut rng));
        (0..n_states).map(|_| state()).collect()
    }

    fn alphabets() -> [Alphabet; 3] {
        let letters = [Letters::PROTEIN, Letters::plain(3).unwrap()].map(Alphabet::Letters);
        [Alphabet::Signs, letters[0], letters[1]]
    }

    fn apart(a: [f64; 2], b: [f64; 2]) -> f64 {
        (a[0] - b[0]).hypot(a[1] - b[1])
    }

    #[test]
    fn the_rim_holds_its_states_the_centre_noise_and_the_outside_nothing() {
        for alphabet in alphabets() {
            for n_states in [2, 3, 7, 30] {
                let wheel = Wheel::new(random(n_states, 300, alphabet), 7).unwrap();
                for k in 0..n_states {
                    let [x, y] = wheel.spoke(k);
                    assert_eq!(wheel.start(x, y).as_ref(), Some(&wheel.rim()[k]));
                    assert!(apart(wheel.place(&wheel.rim()[k]), [x, y]) < 1e-9);
                }
                assert_eq!(wheel.start(0.0, 0.0).as_ref(), Some(wheel.noise()));
                assert!(apart(wheel.place(wheel.noise()), [0.0, 0.0]) < 0.35);
                assert_eq!(wheel.start(0.8, 0.8), None);
                assert_eq!(wheel.start(f64::NAN, 0.0), None);
            }
        }
        let wheel = Wheel::new(random(4, 10, Alphabet::Signs), 1).unwrap();
        let [x, y] = wheel.spoke(1);
        assert!(
            apart([x, y], [1.0, 0.0]) < 1e-12,
            "clockwise from the top, y down"
        );
    }

    #[test]
    fn starts_are_where_the_formula_says() {
        let wheel = Wheel::new(random(5, 400, Alphabet::Signs), 3).unwrap();
        for (radius, states) in [(0.2, 0.3), (0.9, 4.75), (0.5, 2.0)] {
            let [x, y] = wheel.point(radius, states);
            let start = wheel.start(x, y).unwrap();
            let (k, f) = (states as usize, states - states.floor());
            for unit in 0..400 {
                let from = if wheel.lots[unit] < (1.0 - f) * radius {
                    &wheel.rim[k]
                } else if wheel.lots[unit] < radius {
                    &wheel.rim[(k + 1) % 5]
                } else {
                    &wheel.noise
                };
                assert_eq!(start.units()[unit], from.units()[unit]);
            }
        }
    }

    #[test]
    fn starts_stand_near_where_they_were_taken_and_near_pixels_differ_little() {
        for alphabet in alphabets() {
            let wheel = Wheel::new(random(9, 2500, alphabet), 5).unwrap();
            let side = 32;
            for row in 0..side {
                let (columns, starts) = wheel.row_starts(side, row);
                for (column, start) in columns.iter().zip(&starts) {
                    let centre = super::super::starts::pixel_centre(side, *column, row);
                    assert!(apart(wheel.place(start), centre) < 0.2, "{centre:?}");
                }
                for pair in starts.windows(2).take(4) {
                    assert!(pair[0].overlap(&pair[1]) > 0.5);
                }
            }
        }
    }

    #[test]
    fn what_is_no_wheel_is_refused() {
        let one = random(1, 10, Alphabet::Signs);
        let error = Wheel::new(one.clone(), 1).unwrap_err();
        assert_eq!(
            error.to_string(),
            "at least 2 states on the rim asked for, but there are only 1"
        );
        let other = random(1, 11, Alphabet::Signs);
        let error = Wheel::new([one, other].concat(), 1).unwrap_err();
        assert_eq!(
            error.to_string(),
            "every state on the rim must have 10 units of ±1, not 11 units of ±1"
        );
    }
}
