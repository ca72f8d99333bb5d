//! Numbers as people read them: on ticks, in legends, under the pointer.

use super::{Axis, Scale};
use crate::engine::numbers::{count, plain, short};

/// A value as people read it: three significant digits, a real minus sign.
pub fn number(value: f32) -> String {
    short(f64::from(value))
}

/// The smallest of 1, 2, 5 times a power of ten that is at least `least`.
pub fn nice_step(least: f64) -> f64 {
    let least = least.max(1e-9);
    let power = 10_f64.powf(least.log10().floor());
    let times = [1.0, 2.0, 5.0, 10.0];
    let times = times
        .into_iter()
        .find(|times| times * power >= least * 0.999);
    times.unwrap_or(10.0) * power
}

/// All multiples of `step` from `first` to `last`, at most a hundred.
pub fn multiples(step: f64, [first, last]: [f64; 2]) -> Vec<f64> {
    let tolerance = step * 1e-6;
    let from = ((first - tolerance) / step).ceil() as i64;
    let to = ((last + tolerance) / step).floor() as i64;
    (from..=to.min(from + 100))
        .map(|multiple| multiple as f64 * step)
        .collect()
}

/// A tick's number, with as many decimals as the step between ticks needs.
pub fn tick_text(value: f64, step: f64) -> String {
    let decimals = (-step.log10().floor()).max(0.0) as usize;
    let text = format!("{value:.decimals$}");
    // What is rounded to zero is zero, and has no sign.
    if text.bytes().all(|sign| matches!(sign, b'-' | b'0' | b'.')) {
        return "0".to_owned();
    }
    text.replace('-', "−")
}

/// The ticks of an axis and their numbers, not more than `most`; of counts on a logarithmic scale the powers of ten.
pub fn ticks(axis: &Axis, most: usize) -> Vec<(f64, String)> {
    let [first, last] = axis.range;
    match axis.scale {
        Scale::Linear => {
            let step = nice_step((last - first) / most.max(1) as f64);
            let all = multiples(step, axis.range).into_iter();
            all.map(|value| (value, tick_text(value, step))).collect()
        }
        Scale::Log => {
            let powers = (0..19).map(|power| 10_f64.powi(power));
            let all: Vec<f64> = std::iter::once(0.0)
                .chain(powers)
                .filter(|value| (first..=last).contains(value))
                .collect();
            let every = all.len().div_ceil(most.max(1)).max(1);
            let shown = all.into_iter().step_by(every);
            shown.map(|value| (value, count(value as u64))).collect()
        }
        Scale::Places => Vec::new(),
        Scale::Ratios => ratios(axis.range, most)
            .into_iter()
            .map(|value| (value, plain(value)))
            .collect(),
    }
}

/// Ticks of which an axis of ratios has at least so many, if there is room.
const FEW: usize = 4;

/// Round numbers above zero from `first` to `last`: powers of ten, where these are few with 2 and 5 times them, where they
/// are many only some.
fn ratios([first, last]: [f64; 2], most: usize) -> Vec<f64> {
    let powers = first.log10().floor() as i32..=last.log10().ceil() as i32;
    let in_sight = |times: &[f64]| {
        let all = powers
            .clone()
            .flat_map(|power| times.iter().map(move |times| times * 10_f64.powi(power)));
        all.filter(|value| (first * 0.999..=last * 1.001).contains(value))
            .collect::<Vec<f64>>()
    };
    let tens = in_sight(&[1.0]);
    let fine = in_sight(&[1.0, 2.0, 5.0]);
    if fine.len() < FEW.min(most) {
        // Hardly more than from one round number to the next: as on a linear axis.
        let step = nice_step((last - first) / most.clamp(1, FEW + 1) as f64);
        return multiples(step, [first, last]);
    }
    if fine.len() <= most {
        return fine;
    }
    let every = tens.len().div_ceil(most.max(1)).max(1);
    tens.into_iter().step_by(every).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_well() {
        assert_eq!(number(-0.034_21), "−0.0342");
        assert_eq!(number(12.34), "12.3");
        assert_eq!(number(1234.5), "1,234");
        assert_eq!(number(0.0), "0");
        assert_eq!(number(1.23e-6), "1.2 × 10⁻⁶");
    }

    #[test]
    fn steps_are_round_and_labels_have_the_decimals_they_need() {
        assert_eq!(nice_step(0.13), 0.2);
        assert_eq!(nice_step(0.2), 0.2);
        assert_eq!(nice_step(37.0), 50.0);
        assert_eq!(nice_step(0.6), 1.0);
        assert_eq!(tick_text(-0.2, 0.2), "−0.2");
        assert_eq!(tick_text(-300.0, 100.0), "−300");
        assert_eq!(tick_text(0.0, 0.25), "0");
        assert_eq!(tick_text(-1e-17, 0.2), "0", "minus zero is zero");
    }

    #[test]
    fn multiples_are_those_in_sight() {
        let values = multiples(0.2, [-0.2, 1.05]);
        assert_eq!(values.len(), 7);
        assert!((values[0] + 0.2).abs() < 1e-12 && (values[6] - 1.0).abs() < 1e-12);
    }

    #[test]
    fn counts_have_ticks_at_powers_of_ten() {
        let axis = Axis {
            scale: Scale::Log,
            ..Axis::new("values", [0.0, 2500.0])
        };
        let texts = |most| ticks(&axis, most).into_iter().map(|tick| tick.1);
        assert_eq!(
            texts(8).collect::<Vec<_>>(),
            ["0", "1", "10", "100", "1,000"]
        );
        assert_eq!(texts(3).collect::<Vec<_>>(), ["0", "10", "1,000"]);
        assert_eq!(ticks(&Axis::new("m", [0.0, 1.0]), 5).len(), 6);
    }

    #[test]
    fn ratios_have_round_ticks() {
        let values = |range, most| ratios(range, most);
        assert_eq!(
            values([1.0, 100.0], 8),
            [1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0]
        );
        assert_eq!(values([0.5, 2000.0], 8), [1.0, 10.0, 100.0, 1000.0]);
        assert_eq!(values([21.0, 48.0], 8), [30.0, 40.0]);
        assert_eq!(values([38.0, 124.0], 8), [40.0, 60.0, 80.0, 100.0, 120.0]);
        let axis = Axis {
            scale: Scale::Ratios,
            ..Axis::new("T", [0.1, 10.0])
        };
        assert!((axis.part(1.0) - 0.5).abs() < 1e-12);
    }
}
