//! Mean-field theory of Hebb's rule for infinitely many units (Amit, Gutfreund & Sompolinsky 1985, 1987).
//!
//! Without noise, with y = m/√(2αr), a retrieval state solves y (√(2α) + (2/√π) e^{−y²}) = erf y, and its overlap is
//! m = erf y. At temperature T = 1/β, replica-symmetric, m = ∫Dz tanh β(m + √(αr) z), q = ∫Dz tanh² β(m + √(αr) z),
//! r = q/[1 − β(1 − q)]², with Dz a normal distribution.

use std::f64::consts::{FRAC_2_SQRT_PI, PI, SQRT_2};

/// α_c: the load beyond which Hebb's rule has no retrieval states.
pub const HEBB_CAPACITY: f64 = 0.137_906;

/// Overlap m of the retrieval states of Hebb's rule at load α; `None` beyond α_c.
pub fn hebb_overlap(load: f64) -> Option<f64> {
    const MAX_STEPS: usize = 4000;
    let noise = SQRT_2 * load.sqrt();
    // From above, the iteration falls to the largest solution, or through to 0 where there is none.
    let mut y = 1.0 / noise;
    for _ in 0..MAX_STEPS {
        let next = libm::erf(y) / (noise + FRAC_2_SQRT_PI * (-y * y).exp());
        if y - next < 1e-13 * y {
            break;
        }
        y = next;
        if y < 1.0 {
            return None;
        }
    }
    Some(libm::erf(y))
}

/// Overlap below which a retrieval state is lost: where there is one, it is far above, but just below T = 1.
const LOST: f64 = 1e-3;

/// Overlap m of the retrieval states of Hebb's rule at load `load` and temperature `temperature` in units of the fields;
/// `None` beyond [`critical_load`].
pub fn hebb_overlap_at(temperature: f64, load: f64) -> Option<f64> {
    const MAX_STEPS: usize = 20_000;
    if temperature == 0.0 {
        return if load > 0.0 {
            hebb_overlap(load)
        } else {
            Some(1.0)
        };
    }
    if temperature >= 1.0 {
        return None;
    }
    let beta = 1.0 / temperature;
    let (mut m, mut q, mut r) = (1.0, 1.0, 1.0);
    for _ in 0..MAX_STEPS {
        let [first, second] = moments(beta, m, (load * r).sqrt());
        let denominator = 1.0 - beta * (1.0 - second);
        let next = [first, second, second / (denominator * denominator)];
        let moved = (next[0] - m).abs() + (next[1] - q).abs();
        m = f64::midpoint(m, next[0]);
        q = f64::midpoint(q, next[1]);
        r = f64::midpoint(r, next[2]);
        if m < LOST || !r.is_finite() {
            return None;
        }
        if moved < 1e-10 {
            break;
        }
    }
    Some(m)
}

/// βσ from which on tanh turns within a small part of the normal distribution.
const STEEP: f64 = 40.0;

/// ∫Dz tanh β(m + σz) and ∫Dz tanh² β(m + σz), by Simpson's rule.
fn moments(beta: f64, m: f64, sigma: f64) -> [f64; 2] {
    const REACH: f64 = 8.0;
    if sigma == 0.0 {
        let tanh = libm::tanh(beta * m);
        return [tanh, tanh * tanh];
    }
    if beta * sigma > STEEP {
        return steep_moments(beta * sigma, m / sigma);
    }
    // A fifth of the width over which tanh turns, or finer than the normal distribution needs.
    let step = (0.2 / (beta * sigma)).min(0.1);
    let half = ((REACH / step).ceil() as usize).clamp(80, 20_000);
    let step = REACH / half as f64;
    let mut sums = [0.0; 2];
    for place in 0..=2 * half {
        let z = place as f64 * step - REACH;
        let weight = match place {
            _ if place == 0 || place == 2 * half => 1.0,
            _ if place % 2 == 1 => 4.0,
            _ => 2.0,
        };
        let weight = weight * libm::exp(-0.5 * z * z);
        let tanh = libm::tanh(beta * (m + sigma * z));
        sums[0] += weight * tanh;
        sums[1] += weight * tanh * tanh;
    }
    sums.map(|sum| sum * step / 3.0 / (2.0 * PI).sqrt())
}

/// ∫Dz tanh b(z + y) and ∫Dz tanh² b(z + y) for large b: those of the sign and of 1, and what is missing where tanh turns,
/// at −y. Over u > 0 on both sides of that place, the first lacks (1 − tanh bu)[φ(u − y) − φ(u + y)], the second
/// [φ(u − y) + φ(u + y)]/cosh² bu.
fn steep_moments(b: f64, y: f64) -> [f64; 2] {
    const STEPS: usize = 160;
    // Beyond 20/b, tanh is 1.
    let step = 20.0 / b / STEPS as f64;
    let density = |z: f64| libm::exp(-0.5 * z * z);
    let mut missing = [0.0; 2];
    for place in 0..=STEPS {
        let u = place as f64 * step;
        let weight = match place {
            0 | STEPS => 1.0,
            _ if place % 2 == 1 => 4.0,
            _ => 2.0,
        };
        let (right, left) = (density(u - y), density(u + y));
        let tanh = libm::tanh(b * u);
        missing[0] += weight * (1.0 - tanh) * (right - left);
        missing[1] += weight * (1.0 - tanh * tanh) * (right + left);
    }
    let [first, second] = missing.map(|sum| sum * step / 3.0 / (2.0 * PI).sqrt());
    [libm::erf(y / SQRT_2) - first, 1.0 - second]
}

/// The load beyond which Hebb's rule has no retrieval states at `temperature`, to 1e-6: [`HEBB_CAPACITY`] at 0, 0 from 1
/// on.
pub fn critical_load(temperature: f64) -> f64 {
    if temperature == 0.0 {
        return HEBB_CAPACITY;
    }
    let (mut low, mut high) = (0.0, HEBB_CAPACITY + 0.001);
    while high - low > 1e-6 {
        let middle = f64::midpoint(low, high);
        if hebb_overlap_at(temperature, middle).is_some() {
            low = middle;
        } else {
            high = middle;
        }
    }
    low
}

/// [`critical_load`] at T = 0, 0.025, …, 1, which takes a third of a second each.
#[rustfmt::skip]
const CRITICAL_LOADS: [f64; 41] = [
    0.13791, 0.13819, 0.13779, 0.13674, 0.13505, 0.13274, 0.12986, 0.12645, 0.12256, 0.11824, 0.11356,
    0.10857, 0.10333, 0.09791, 0.09235, 0.08671, 0.08104, 0.07537, 0.06976, 0.06423, 0.05882,
    0.05354, 0.04844, 0.04352, 0.03881, 0.03432, 0.03007, 0.02607, 0.02232, 0.01885, 0.01565,
    0.01273, 0.01010, 0.00777, 0.00573, 0.00400, 0.00257, 0.00145, 0.00065, 0.00016, 0.0,
];

/// The line beyond which Hebb's rule has no retrieval states, T upwards: points of [`critical_load`] and T.
pub fn critical_line() -> impl DoubleEndedIterator<Item = [f64; 2]> {
    let last = (CRITICAL_LOADS.len() - 1) as f64;
    let points = CRITICAL_LOADS.iter().enumerate();
    points.map(move |(step, load)| [*load, step as f64 / last])
}

/// The temperature up to which Hebb's rule has retrieval states at load `load`, to 0.001; none beyond the largest such load.
pub fn critical_temperature(load: f64) -> Option<f64> {
    let warmest = critical_line().rev();
    let mut above = [0.0, 1.0];
    for point in warmest {
        if point[0] >= load {
            let span = point[0] - above[0];
            let part = if span > 0.0 {
                (load - above[0]) / span
            } else {
                0.0
            };
            return Some(above[1] + (point[1] - above[1]) * part);
        }
        above = point;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_is_that_of_critical_loads() {
        for [load, temperature] in critical_line().skip(4).step_by(12) {
            let solved = critical_load(temperature);
            assert!((solved - load).abs() < 1e-5, "{temperature}: {solved}");
        }
        // Theory's reference: 0.103 at T = 0.3 and 0.059 at T = 0.5.
        for (load, expected) in [(0.103, 0.3), (0.059, 0.5), (0.0, 1.0), (0.135, 0.1)] {
            let temperature = critical_temperature(load).unwrap();
            assert!(
                (temperature - expected).abs() < 0.003,
                "{load}: {temperature}"
            );
        }
        assert_eq!(critical_temperature(0.15), None);
    }

    /// Theory's reference numbers, solved with other code.
    #[test]
    fn warm_overlaps_as_solved_elsewhere() {
        for (temperature, load, expected) in [
            (0.2, 0.05, 0.9989),
            (0.5, 0.02, 0.9450),
            (0.5, 0.05, 0.9041),
            (0.3, 0.1, 0.9530),
            // One pattern: m = tanh(m/T).
            (0.25, 0.0, 0.99933),
            (0.5, 0.0, 0.95750),
            (0.75, 0.0, 0.7755),
            (0.9, 0.0, 0.5254),
        ] {
            let overlap = hebb_overlap_at(temperature, load).unwrap();
            assert!(
                (overlap - expected).abs() < 1e-4,
                "{temperature} {load}: {overlap}"
            );
        }
        assert_eq!(hebb_overlap_at(1.1, 0.0), None);
        assert_eq!(hebb_overlap_at(0.5, 0.08), None);
        assert_eq!(hebb_overlap_at(0.0, 0.1), hebb_overlap(0.1));
        let cold = hebb_overlap_at(0.01, 0.1).unwrap();
        assert!((cold - 0.9980).abs() < 2e-4, "{cold}");
    }

    /// Near T = 0 the equations are those of T = 0, and are solved as fast as elsewhere: in a few hundred steps.
    #[test]
    fn cold_overlaps_are_those_without_heat() {
        let cold = hebb_overlap_at(1e-5, 0.13).unwrap();
        assert!((cold - 0.9872).abs() < 1e-4, "{cold}");
        for temperature in [1e-7, 1e-5, 1e-4] {
            for load in [1e-4, 0.05, 0.1, 0.13] {
                let [cold, none] = [hebb_overlap_at(temperature, load), hebb_overlap(load)];
                let difference = cold.unwrap() - none.unwrap();
                assert!(
                    difference.abs() < 5e-4,
                    "{temperature} {load}: {difference}"
                );
            }
        }
        assert_eq!(hebb_overlap_at(1e-5, 0.15), None);
    }

    #[test]
    fn both_ways_to_take_the_moments_agree() {
        for y in [0.3, 1.0, 2.5, 6.0] {
            let b = STEEP;
            // σ = 1 and β a hair below and above what is steep.
            let [below, above] = [0.999_999 * b, 1.000_001 * b].map(|beta| moments(beta, y, 1.0));
            for of in [0, 1] {
                assert!(
                    (below[of] - above[of]).abs() < 1e-7,
                    "{y}: {below:?} {above:?}"
                );
            }
        }
    }

    #[test]
    fn warm_capacities_as_solved_elsewhere() {
        for (temperature, expected) in [
            (0.1, 0.136),
            (0.2, 0.123),
            (0.3, 0.103),
            (0.4, 0.081),
            (0.5, 0.059),
            (0.6, 0.039),
            (0.7, 0.022),
            (0.8, 0.010),
        ] {
            let load = critical_load(temperature);
            assert!((load - expected).abs() < 1e-3, "{temperature}: {load}");
        }
        assert!(critical_load(1.0) < 1e-5);
    }

    #[test]
    fn overlaps_and_capacity_as_published() {
        // Solved with other code; the papers print α_c = 0.138 and m = 0.97 there.
        let table = [
            (0.05, 0.999_992),
            (0.08, 0.999_56),
            (0.10, 0.9980),
            (0.12, 0.9932),
            (0.13, 0.9872),
            (0.135, 0.9808),
            (0.1375, 0.9730),
        ];
        for (load, expected) in table {
            let overlap = hebb_overlap(load).unwrap();
            assert!((overlap - expected).abs() < 1e-4, "{load}: {overlap}");
        }
        assert!((hebb_overlap(HEBB_CAPACITY - 1e-6).unwrap() - 0.9674).abs() < 2e-3);
        assert!(hebb_overlap(HEBB_CAPACITY - 1e-5).is_some());
        assert_eq!(hebb_overlap(HEBB_CAPACITY + 1e-5), None);
        assert_eq!(hebb_overlap(1e-9), Some(1.0));
        assert_eq!(hebb_overlap(50.0), None);
    }
}
