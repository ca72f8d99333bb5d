//! What the settings of the Taylor rule come to: the formula in numbers, and what theory expects of it.

use super::about::TERMS;
use super::{Coding, Taylor};
use crate::engine::numbers::{count, decimals, percent, plain};
use crate::engine::theory::expectation::{Capacity, Expectation, Load};
use crate::engine::theory::signal_to_noise::{Coefficients, Palimpsest, tail};

/// Share of wrong units up to which a pattern counts as stored.
const HELD: f64 = 0.01;

/// The formula with the numbers of the moment, without the terms that are zero.
pub(super) fn formula(rule: &Taylor) -> String {
    let mut text = String::new();
    let numbers = rule.constants.iter().zip(&rule.slopes);
    for ((_, _, factor), (constant, slope)) in TERMS.iter().zip(numbers).rev() {
        for (number, coupling) in [(*constant, ""), (*slope, r"N J_{ij}")] {
            if number == 0.0 {
                continue;
            }
            text.push_str(match (number < 0.0, text.is_empty()) {
                (true, true) => "−",
                (true, false) => " − ",
                (false, true) => "",
                (false, false) => " + ",
            });
            let factors = [coupling, factor].into_iter().filter(|one| !one.is_empty());
            let factors: Vec<&str> = factors.collect();
            if number.abs() != 1.0 || factors.is_empty() {
                text.push_str(&plain(number.abs()));
                text.push_str(if factors.is_empty() { "" } else { " " });
            }
            text.push_str(&factors.join(" "));
        }
    }
    if text.is_empty() {
        return r"\Delta J_{ij} = 0".to_owned();
    }
    let rate = if rule.rate == 1.0 {
        "1".to_owned()
    } else {
        plain(rule.rate)
    };
    let several = text.contains(" + ") || text.contains(" − ");
    let sum = if several { format!("({text})") } else { text };
    format!(r"\Delta J_{{ij}} = \frac{{{rate}}}{{N}}\, {sum}")
}

/// What theory expects: numbers where couplings have no say, or fade at one rate.
pub(super) fn expectation(rule: &Taylor, load: Load) -> Expectation {
    let (each, growth) = (rule.coefficients(), rule.growth());
    let mut expected = Expectation::default();
    let mut remarks = vec![directions(rule, &each)];
    if each.pre != each.post || growth.pre != growth.post {
        let text = "Input and output terms differ: J is asymmetric and has no energy";
        remarks.push(text.to_owned());
    }
    if each.product < 0.0 {
        remarks.push("The Hebb term is negative: patterns repel".to_owned());
    } else if each.product == 0.0 {
        remarks.push("The Hebb term is 0: no pattern is stored".to_owned());
    }
    if rule.depends_on_couplings() {
        remarks.extend(fading(rule, &each, &growth, load));
    } else if each.product != 0.0 {
        expected = stated(&each, load);
        remarks.append(&mut expected.said);
    }
    let mean = load.activity;
    let offset = (each.pre + each.product * mean).abs() + (each.post + each.product * mean).abs();
    if mean.abs() > 0.05 && offset > 0.1 * each.product.abs() {
        expected = Expectation::default();
        remarks.push(format!(
            "The patterns' mean activity is {}, theory is for 0: the covariance preset subtracts it",
            plain((100.0 * mean).round() / 100.0)
        ));
    }
    Expectation {
        said: remarks,
        ..expected
    }
}

/// Which of the sliders are the same one, and what they come to.
fn directions(rule: &Taylor, each: &Coefficients) -> String {
    let same = match rule.coding {
        Coding::Signs => "With ±1 units the constant and both squares are one slider",
        Coding::ZeroOne => "With 0/1 units the squares add to the input and output terms",
    };
    let Coefficients {
        offset,
        pre,
        post,
        product,
    } = *each;
    let [b, a, p, c] = [offset, pre, post, product].map(plain);
    format!("{same}. In ±1 units: constant {b}, input {a}, output {p}, Hebb {c}")
}

/// Signal-to-noise theory where couplings have no say.
fn stated(each: &Coefficients, load: Load) -> Expectation {
    let (n_units, n_patterns) = (load.n_units, load.n_patterns);
    let ratio = each.signal_to_noise(n_units, n_patterns);
    let bit_error = each.bit_error(n_units, n_patterns);
    let capacity = each.capacity(n_units, HELD);
    let said = format!(
        "Random patterns: signal-to-noise {}, {} of the units wrong; up to {} stay below 1 %, by Hebb's rule {}",
        decimals(ratio, 1),
        percent(bit_error),
        count(capacity as u64),
        count(Coefficients::HEBB.capacity(n_units, HELD) as u64)
    );
    let most = "each has at most 1 % of its units wrong after one step";
    Expectation {
        signal_to_noise: Some(ratio),
        bit_error: Some(bit_error),
        capacity: Some(Capacity::of(capacity as f64, most)),
        said: vec![said],
        ..Expectation::default()
    }
}

/// What is known where the couplings have a say: how fast they fade, if they do so at one rate.
fn fading(rule: &Taylor, each: &Coefficients, growth: &Coefficients, load: Load) -> Vec<String> {
    let n_units = load.n_units;
    if (growth.pre, growth.post, growth.product) != (0.0, 0.0, 0.0) {
        return vec![
            "How much W changes depends on the pattern: no closed form is known".to_owned(),
        ];
    }
    let decay = -rule.rate * growth.offset;
    if decay < 0.0 {
        return vec![format!(
            "Couplings grow by {} with every pattern: the first ones win",
            percent(-decay)
        )];
    }
    if decay == 0.0 {
        return vec!["The terms in W cancel for these activities".to_owned()];
    }
    if decay >= 1.0 || (each.offset, each.pre, each.post) != (0.0, 0.0, 0.0) {
        return vec![format!(
            "Couplings lose {} with every pattern",
            percent(decay)
        )];
    }
    let palimpsest = Palimpsest { decay, n_units };
    let oldest = palimpsest.bit_error(load.n_patterns - 1, load.n_patterns);
    vec![
        format!(
            "Couplings lose {} with every pattern: of random ones, the latest {} stay below 1 % wrong; {} would keep most",
            percent(decay),
            count(palimpsest.lifetime(HELD) as u64),
            percent(Palimpsest::best_decay(n_units, signal_to_noise_at(HELD))),
        ),
        format!(
            "Of the oldest pattern, {} is wrong after one step",
            percent(oldest)
        ),
    ]
}

/// The signal-to-noise ratio z² at which the share `error` is wrong, by bisection.
fn signal_to_noise_at(error: f64) -> f64 {
    let (mut low, mut high) = (0.0_f64, 40.0_f64);
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if tail(middle) > error {
            low = middle;
        } else {
            high = middle;
        }
    }
    high * high
}
