//! How far a measured number may be away from a published one.

use std::fmt;

/// A tolerance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Within {
    /// So much.
    Absolute(f64),
    /// Such a share of what was published.
    Relative(f64),
    /// A factor.
    Factor(f64),
    /// No less than what was published, which is a bound.
    AtLeast,
    /// No more than what was published, which is a bound.
    AtMost,
}

impl Within {
    /// Whether `measured` is near enough to `published`, or on its side.
    pub fn holds(self, published: f64, measured: f64) -> bool {
        match self {
            Self::Absolute(most) => (measured - published).abs() <= most,
            Self::Relative(share) => (measured - published).abs() <= share * published.abs(),
            Self::Factor(factor) => (published / factor..=published * factor).contains(&measured),
            Self::AtLeast => measured >= published,
            Self::AtMost => measured <= published,
        }
    }
}

impl fmt::Display for Within {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Absolute(0.0) => write!(f, "exactly"),
            Self::Absolute(most) => write!(f, "± {most}"),
            Self::Relative(share) => write!(f, "± {} %", 100.0 * share),
            Self::Factor(factor) => write!(f, "within a factor of {factor}"),
            Self::AtLeast => write!(f, "or more"),
            Self::AtMost => write!(f, "or less"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tolerances_are_kept() {
        assert!(Within::Absolute(0.1).holds(1.0, 1.05) && !Within::Absolute(0.1).holds(1.0, 1.2));
        assert!(Within::Relative(0.1).holds(10.0, 10.9) && !Within::Relative(0.1).holds(10.0, 8.0));
        assert!(Within::Factor(2.0).holds(1.0, 0.5) && !Within::Factor(2.0).holds(1.0, 2.1));
        assert!(Within::AtLeast.holds(1.0, 1.0) && !Within::AtLeast.holds(1.0, 0.9));
        assert!(Within::AtMost.holds(1.0, 1.0) && !Within::AtMost.holds(1.0, 1.1));
        for within in [Within::Absolute(0.1), Within::AtLeast, Within::AtMost] {
            assert!(!within.holds(1.0, f64::NAN), "{within}");
        }
    }
}
