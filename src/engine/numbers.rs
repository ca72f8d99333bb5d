//! Numbers as people read them, in sentences, labels and tables: the one place where they are rounded and written.
//!
//! A minus is a minus and zero has none; thousands are parted by commas; very small and very large numbers are powers of
//! ten. Absent: numbers that programs read back (notation, CSV, JSON), which are written in full.

/// A number with so many decimals: "−0.42". What rounds to zero has no sign.
pub fn decimals(value: f64, decimals: usize) -> String {
    if value.is_infinite() {
        return if value > 0.0 { "∞" } else { "−∞" }.to_owned();
    }
    if value.abs() >= 1e12 {
        return power(value);
    }
    let text = format!("{value:.decimals$}");
    let is_zero = text.bytes().all(|byte| b"-0.".contains(&byte));
    if is_zero {
        text.replace('-', "")
    } else {
        text.replace('-', "−")
    }
}

/// An overlap with two decimals; more, where 1.00 would claim what is not so: "0.998".
pub fn overlap(value: f64) -> String {
    let size = value.abs();
    if !(0.995..1.0).contains(&size) {
        return decimals(value, 2);
    }
    match (3..=5).find(|places| !format!("{size:.places$}").starts_with('1')) {
        Some(places) => decimals(value, places),
        None => decimals(value, 2),
    }
}

/// A number with three significant digits, or as many as its whole part has: "0.0342", "12.3", "1,234", "1.2 × 10⁻⁶".
pub fn short(value: f64) -> String {
    significant(value, 3, 1e-4)
}

/// A number that was set, with no digit that nobody wrote: at most four significant ones, no zeros at the end: "0.3",
/// "50", "10⁻⁶", also where it is kept as 0.30000001192092896.
pub fn plain(value: f64) -> String {
    let text = significant(value, 4, 1e-3);
    if text.contains('.') {
        let text = text.trim_end_matches('0').trim_end_matches('.');
        text.to_owned()
    } else {
        text
    }
}

/// A number with so many significant digits, or as many as its whole part has; as a power of ten if it is smaller than
/// `least` or too long to read.
fn significant(value: f64, digits: usize, least: f64) -> String {
    if value == 0.0 || !value.is_finite() {
        return decimals(value, 0);
    }
    if !(least..1e7).contains(&value.abs()) {
        return power(value);
    }
    let text = decimals(value, places(value, digits));
    if text.contains('.') {
        text
    } else {
        grouped(&text)
    }
}

/// Decimals that show so many digits, from the first one that is not zero once the number is rounded to them.
fn places(value: f64, digits: usize) -> usize {
    let more = digits - 1;
    let text = format!("{value:.more$e}");
    let exponent = text
        .split_once('e')
        .and_then(|(_, power)| power.parse().ok());
    (more as i32 - exponent.unwrap_or(0)).clamp(0, 8) as usize
}

/// As a power of ten, with two significant digits: "1.3 × 10⁻⁶", and "10⁻⁶" where it is just that.
pub fn power(value: f64) -> String {
    if value == 0.0 || !value.is_finite() {
        return decimals(value, 0);
    }
    // Two significant digits.
    let text = format!("{value:.1e}");
    let (factor, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let power = format!("10{}", superscript(exponent));
    match factor.trim_end_matches(".0") {
        "1" => power,
        "-1" => format!("−{power}"),
        factor => format!("{} × {power}", factor.replace('-', "−")),
    }
}

/// A count: "2,680".
pub fn count(number: u64) -> String {
    grouped(&number.to_string())
}

/// How many of what: "1 sweep", "2,680 sweeps".
pub fn count_of(number: u64, noun: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{} {noun}{ending}", count(number))
}

/// A number as count that may be larger than can be counted, from its natural logarithm: "4,216", "10³⁰⁰".
pub fn count_of_exponential(logarithm: f64) -> String {
    // 10¹⁵ is counted exactly, and longer numbers say nothing more.
    if logarithm < libm::log(1e7) {
        count(libm::exp(logarithm).floor() as u64)
    } else {
        let exponent = (logarithm / std::f64::consts::LN_10).floor() as i64;
        format!("10{}", superscript(&exponent.to_string()))
    }
}

/// A share of one in per cent: "97 %", "3.1 %", "0.078 %", "0 %"; what is not all of it is not 100 %.
pub fn percent(share: f64) -> String {
    let percent = 100.0 * share;
    let size = percent.abs();
    let text = match size {
        _ if size == 0.0 => "0".to_owned(),
        _ if size < 1e-3 => power(percent),
        _ if size < 0.095 => decimals(percent, 3).trim_end_matches('0').to_owned(),
        _ if size < 9.95 || (99.0..100.0).contains(&size) => decimals(percent.min(99.9), 1),
        _ => decimals(percent, 0),
    };
    format!("{text} %")
}

/// The number that people wrote: "0.3", "−2,500", "1e-6", "1.3 × 10⁻⁶". The inverse of all that is written here, up to
/// rounding.
pub fn read(text: &str) -> Option<f64> {
    let plain: String = text
        .chars()
        .filter(|letter| !(letter.is_whitespace() || *letter == ','))
        .map(|letter| if letter == '−' { '-' } else { letter })
        .collect();
    let raised = |rest: &str| !rest.is_empty() && rest.chars().all(|it| lowered(it).is_some());
    let power = plain.split_once("10").filter(|(_, rest)| raised(rest));
    let Some((factor, exponent)) = power else {
        return plain.parse().ok();
    };
    let exponent: String = exponent.chars().filter_map(lowered).collect();
    let factor = match factor.trim_end_matches('×') {
        "" => "1",
        "-" => "-1",
        factor => factor,
    };
    format!("{factor}e{exponent}").parse().ok()
}

/// The digit or minus sign that stands raised as `letter`.
fn lowered(letter: char) -> Option<char> {
    "-0123456789"
        .chars()
        .find(|plain| superscript(&plain.to_string()) == letter.to_string())
}

/// Digits in groups of three, from the right.
fn grouped(digits: &str) -> String {
    let (sign, digits) = match digits.strip_prefix('−') {
        Some(digits) => ("−", digits),
        None => ("", digits),
    };
    let mut text = sign.to_owned();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A whole number as an exponent: "⁻⁶".
fn superscript(exponent: &str) -> String {
    let raised = |digit: char| match digit {
        '-' => '⁻',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        _ => char::from_u32('⁰' as u32 + digit.to_digit(10).unwrap_or(0)).unwrap_or(digit),
    };
    exponent.chars().map(raised).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zero_has_no_sign_and_a_minus_is_one() {
        assert_eq!(
            [-0.00004, -0.5].map(|it| decimals(it, 4)),
            ["0.0000", "−0.5000"]
        );
        assert_eq!([0.0, -0.0].map(short), ["0", "0"]);
        assert_eq!(decimals(f64::NEG_INFINITY, 2), "−∞");
        assert_eq!(decimals(-1e300, 2), "−10³⁰⁰");
    }

    #[test]
    fn an_overlap_of_one_is_one() {
        let said = [1.0, 0.9974, 0.999_87, -0.42, -0.9991, 0.994].map(overlap);
        assert_eq!(said, ["1.00", "0.997", "0.9999", "−0.42", "−0.999", "0.99"]);
    }

    #[test]
    fn settings_are_written_as_they_were_set() {
        let kept = [
            f64::from(0.3_f32),
            f64::from(1e-6_f32),
            50.0,
            2500.0,
            -0.25,
            0.05,
        ];
        assert_eq!(
            kept.map(plain),
            ["0.3", "10⁻⁶", "50", "2,500", "−0.25", "0.05"]
        );
    }

    #[test]
    fn significant_digits_and_powers_of_ten() {
        let said = [-0.034_21, 12.34, 1234.5, 1.23e-6, 3e-16, 2e12].map(short);
        let expected = [
            "−0.0342",
            "12.3",
            "1,234",
            "1.2 × 10⁻⁶",
            "3 × 10⁻¹⁶",
            "2 × 10¹²",
        ];
        assert_eq!(said, expected);
        let rounded = [f64::from(0.01_f32), 0.9999].map(short);
        assert_eq!(rounded, ["0.0100", "1.00"]);
    }

    #[test]
    fn what_is_written_is_read() {
        for value in [0.3, -0.25, 1e-6, 2.5e-7, -1e-9, 2500.0, 3e12] {
            for text in [plain(value), power(value)] {
                assert_eq!(read(&text), Some(value), "{text}");
            }
        }
        assert_eq!(
            [" 1e-6", "10", "110"].map(read),
            [1e-6, 10.0, 110.0].map(Some)
        );
        assert_eq!(["", "x", "⁻⁶", "10^6"].map(read), [None; 4]);
    }

    #[test]
    fn counts_and_shares() {
        assert_eq!(
            [0, 999, 2680, 1_234_567].map(count),
            ["0", "999", "2,680", "1,234,567"]
        );
        assert_eq!(
            (count_of(1, "sweep"), count_of(2680, "unit")),
            ("1 sweep".into(), "2,680 units".into())
        );
        assert_eq!([8.4, 700.0].map(count_of_exponential), ["4,447", "10³⁰⁴"]);
        let shares = [0.0, 7.83e-4, 0.031, 0.5, 0.9996, 1.0, 1e-7].map(percent);
        let expected = [
            "0 %",
            "0.078 %",
            "3.1 %",
            "50 %",
            "99.9 %",
            "100 %",
            "10⁻⁵ %",
        ];
        assert_eq!(shares, expected);
    }
}
