//! Numbers in formulas: as they are written elsewhere on screen, turned into TeX.

use crate::engine::numbers::{decimals, percent, short};
use crate::trial::words;

/// An overlap, a share from −1 to 1.
pub(super) fn overlap(value: f64) -> String {
    tex(&words::overlap(value))
}

/// A number of any size, with three digits that matter.
pub(in crate::app::panels) fn number(value: f64) -> String {
    tex(&short(value))
}

/// An energy: four digits that matter.
pub(super) fn energy(value: f64) -> String {
    let size = value.abs().max(1e-9).log10().floor();
    tex(&decimals(value, (3.0 - size).clamp(0.0, 4.0) as usize))
}

/// A share of one in per cent.
pub(super) fn share(value: f64) -> String {
    tex(&percent(value))
}

/// Counts in words: what they are, how many, of how many.
pub(super) fn count_of(what: &str, count: usize, all: usize) -> String {
    format!(r"\text{{{what}: }} {count} \text{{ of }} {all}")
}

/// A share of one in words: what it is, in per cent.
pub(super) fn share_of(what: &str, value: f64) -> String {
    format!(r"\text{{{what}: }} {}", share(value))
}

/// Text that holds numbers, in TeX.
fn tex(text: &str) -> String {
    const RAISED: [char; 11] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹', '⁻'];
    let mut tex = String::new();
    let mut is_raised = false;
    for letter in text.chars() {
        let power = RAISED.iter().position(|raised| *raised == letter);
        if power.is_some() != is_raised {
            tex.push_str(if is_raised { "}" } else { "^{" });
            is_raised = !is_raised;
        }
        match (power, letter) {
            (Some(10), _) | (None, '−') => tex.push('-'),
            (Some(digit), _) => tex.push_str(&digit.to_string()),
            (None, ',') => tex.push_str("{,}"),
            (None, '×') => tex.push_str(r" \times "),
            (None, '∞') => tex.push_str(r" \infty "),
            (None, '%') => tex.push_str(r"\%"),
            (None, ' ') => tex.push_str(r"\,"),
            (None, other) => tex.push(other),
        }
    }
    if is_raised {
        tex.push('}');
    }
    tex
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::mathematics::plain::plain;

    #[test]
    fn numbers_read_as_elsewhere() {
        for (tex, said) in [
            (number(-0.034_2), "−0.0342"),
            (number(1234.0), "1,234"),
            (number(1.2e-6), "1.2 × 10^−6"),
            (share(0.97), "97 %"),
            (overlap(0.874), "0.87"),
            (energy(-93.021), "−93.02"),
        ] {
            assert_eq!(plain(&tex).expect("it is TeX"), said);
        }
    }
}
