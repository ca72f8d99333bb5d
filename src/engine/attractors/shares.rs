//! Shares that were counted: how sure they are, and how much was never seen.

/// The normal quantile of a two-sided interval of 95 %.
const Z: f64 = 1.959_963_984_540_054;

/// The interval [from, to] of 95 % for a share, of which `count` of `total` independent draws were seen.
///
/// Wilson, J. Am. Stat. Assoc. 22, 209 (1927). From 0 to 1, and all of that where nothing was drawn. `count` is at most `total`.
pub fn wilson(count: u64, total: u64) -> [f64; 2] {
    if total == 0 {
        return [0.0, 1.0];
    }
    let (n, p) = (total as f64, count as f64 / total as f64);
    let middle = p + Z * Z / (2.0 * n);
    let half = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    let all = 1.0 + Z * Z / n;
    // At both ends the exact bound is 0 or 1, which rounding would miss.
    let from = if count == 0 {
        0.0
    } else {
        (middle - half) / all
    };
    let to = if count >= total {
        1.0
    } else {
        (middle + half) / all
    };
    [from, to]
}

/// About the share of draws to come that will be of a kind never seen: kinds seen once, over all draws.
///
/// Good, Biometrika 40, 237 (1953). `counts` are how often each kind was seen; 1 where nothing was drawn.
pub fn good_turing(counts: impl IntoIterator<Item = u64>) -> f64 {
    let [mut once, mut all] = [0, 0];
    for count in counts {
        once += u64::from(count == 1);
        all += count;
    }
    if all == 0 {
        1.0
    } else {
        once as f64 / all as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_are_those_of_the_formula() {
        // 10 of 100, as tables have it.
        let [from, to] = wilson(10, 100);
        assert!(
            (from - 0.055_229).abs() < 1e-5 && (to - 0.174_366).abs() < 1e-5,
            "{from} {to}"
        );
        assert_eq!(wilson(0, 0), [0.0, 1.0]);
        let [from, to] = wilson(0, 20);
        assert!(from == 0.0 && (to - 0.161_125).abs() < 1e-5, "{to}");
        let [from, one] = wilson(20, 20);
        assert!(one == 1.0 && (from - (1.0 - to)).abs() < 1e-12);
    }

    #[test]
    fn what_was_seen_once_stands_for_what_was_not_seen() {
        assert_eq!(good_turing([1, 1, 3, 5]), 0.2);
        assert_eq!(good_turing([4]), 0.0);
        assert_eq!(good_turing([]), 1.0);
    }
}
