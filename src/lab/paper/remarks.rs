//! Why some numbers do not hold: what was found when they were looked into.

use super::Check;

/// What is known of a source, of one of its numbers or of all.
struct Remark {
    source: &'static str,
    /// Which number; none for all of the source.
    what: Option<&'static str>,
    says: &'static str,
}

const BASINS: &str = "our own, for paper A's claim: m_c on random patterns";
const DIGITS: &str = "paper A, digits";

/// The learning that the authors' figure of digits speaks of, as far as it can be told.
const FEW_DIGITS: &str = "below α = 1 the authors' couplings were learned for longer than their schedule says: no start, number of steps, λ or seed comes near, a rate 10 to 20 times larger does, but that breaks α = 4.6 and above";

static REMARKS: &[Remark] = &[
    Remark {
        source: BASINS,
        what: Some("the projection, α = 0.6"),
        says: "a program of NumPy alone comes to 0.918 as well: the reference is too large",
    },
    Remark {
        source: BASINS,
        what: Some("minover, 10,000 steps, α = 0.8"),
        says: "a program of NumPy alone comes to 0.958 as well: the reference is too large",
    },
    Remark {
        source: BASINS,
        what: Some("the perceptron without margin, α = 0.1"),
        says: "a program of NumPy alone comes to 0.382 as well, a mean over 40 sets: the reference is of a few",
    },
    Remark {
        source: "our own, for paper A's claim: the order of m_c",
        what: Some("maximal stability less pseudo-likelihood, α = 0.8"),
        says: "pseudo-likelihood is ahead, but by 0.009: both are near 0.95, where m_c has little room",
    },
    Remark {
        source: DIGITS,
        what: Some("unseen starts, α = 0.1"),
        says: FEW_DIGITS,
    },
    Remark {
        source: DIGITS,
        what: Some("unseen starts, α = 0.215"),
        says: FEW_DIGITS,
    },
    Remark {
        source: DIGITS,
        what: Some("random starts, α = 1"),
        says: FEW_DIGITS,
    },
    Remark {
        source: "random features under Hebb's rule, our own numbers",
        what: None,
        says: "the reference is of one set of features, and sets differ by 0.04 to 0.12: this is a mean over twenty",
    },
];

/// What is known of the number of `check`, where it does not hold.
pub(super) fn remark(check: &Check) -> Option<&'static str> {
    let of_it = |remark: &&Remark| {
        remark.source == check.source && remark.what.is_none_or(|what| what == check.what)
    };
    REMARKS.iter().find(of_it).map(|remark| remark.says)
}

#[cfg(test)]
mod tests {
    use super::super::checks;
    use super::*;

    #[test]
    fn every_remark_is_of_a_number_of_the_table() {
        for remark in REMARKS {
            let named = checks(false).filter(|check| {
                check.source == remark.source && remark.what.is_none_or(|what| what == check.what)
            });
            let named = named.count();
            let expected = remark.what.map_or_else(|| named.max(2), |_| 1);
            assert_eq!(named, expected, "{} {:?}", remark.source, remark.what);
        }
    }
}
