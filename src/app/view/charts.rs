//! Which chart stands beside a recall, and which statistics beside the couplings.

use serde::{Deserialize, Serialize};

/// What the lower chart shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum LowerChart {
    /// The energy against time.
    Energy,
    /// How learning went.
    Learning,
    /// How well a sampled world is mixed.
    Sampling,
    /// Where cues of growing corruption end.
    Basin,
    /// What starts between stored patterns and noise end in.
    Wheel,
}

impl LowerChart {
    /// Those that can be shown of any world, with their names and what they are for.
    pub const NAMED: [(Self, &str, &str); 3] = [
        (Self::Energy, "Energy", "The energy against time"),
        (Self::Basin, "Basin", "Where cues of growing corruption end"),
        (
            Self::Wheel,
            "Wheel",
            "What starts between stored patterns and noise end in",
        ),
    ];

    /// Whether it is measured of whatever memory there is, so that it stays while another is learned.
    pub fn is_measured(self) -> bool {
        matches!(self, Self::Basin | Self::Wheel)
    }
}

/// Statistics of the memory, in the last column of the couplings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Statistic {
    /// The local fields, where that column has no room of its own; else the distribution of the couplings.
    Fields,
    /// How the couplings are distributed.
    Couplings,
    /// How the stability margins are distributed.
    Margins,
    /// The eigenvalues.
    Spectrum,
    /// The couplings beside true bonds, where the world knows them.
    Bonds,
}

impl Statistic {
    /// Every one, with its name and what it says.
    pub const ALL: [(Self, &str, &str); 5] = [
        (
            Self::Fields,
            "Local fields",
            "The local field of every unit in the state shown",
        ),
        (
            Self::Couplings,
            "Couplings",
            "How many couplings have which strength",
        ),
        (
            Self::Margins,
            "Margins",
            "How firmly stored patterns stand: the margin ξ h / |J| of every unit in every pattern; below 0 it will flip",
        ),
        (
            Self::Spectrum,
            "Spectrum",
            "The eigenvalues of J: on a line where J is symmetric, in the complex plane where it is not",
        ),
        (
            Self::Bonds,
            "Bonds",
            "The couplings beside the bonds of the spin glass that the patterns were sampled from",
        ),
    ];
}
