//! Numbers as remarks and formulas write them.

/// A probability: "0.0783 %", "12.7 %".
pub(in crate::engine::learning) fn share(probability: f64) -> String {
    let percent = 100.0 * probability;
    if percent < 1e-4 {
        "less than 0.0001 %".to_owned()
    } else if percent < 0.1 {
        format!("{percent:.4} %")
    } else {
        format!("{percent:.1} %")
    }
}

/// A number with at most four decimals, none that say nothing, and the sign of mathematics.
pub(in crate::engine::learning) fn plain(number: f64) -> String {
    let text = format!("{number:.4}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" {
        "0".to_owned()
    } else {
        text.replace('-', "−")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_by_hand() {
        assert_eq!(
            [1.0, -0.25, 0.0, -1e-9].map(plain),
            ["1", "−0.25", "0", "0"]
        );
        assert_eq!(plain(100.0), "100");
        assert_eq!(
            [0.127, 7.83e-4, 0.0].map(share),
            ["12.7 %", "0.0783 %", "less than 0.0001 %"]
        );
    }
}
