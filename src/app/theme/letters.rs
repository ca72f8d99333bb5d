//! Colours of residues, by what their side chains are like, and of bases, each its own.
//!
//! Groups differ in lightness as well as in hue, and the letter is always written: nothing is told by colour alone.
#![expect(
    clippy::disallowed_methods,
    reason = "a child of the one file that makes colours"
)]

use crate::engine::patterns::Letters;
use egui::Color32;

/// What a residue's side chain is like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Residue {
    /// A, V, L, I, M: they avoid water.
    Hydrophobic,
    /// F, W, Y: rings.
    Aromatic,
    /// S, T, N, Q: polar without a charge.
    Polar,
    /// K, R, H: positive.
    Positive,
    /// D, E: negative.
    Negative,
    /// G, P, C: they shape the chain.
    Special,
    /// No residue.
    Gap,
}

impl Residue {
    /// Every group, with its letters and its name on screen.
    pub const ALL: [(Self, &'static str, &'static str); 7] = [
        (Self::Hydrophobic, "AVLIM", "hydrophobic"),
        (Self::Aromatic, "FWY", "aromatic"),
        (Self::Polar, "STNQ", "polar"),
        (Self::Positive, "KRH", "positive"),
        (Self::Negative, "DE", "negative"),
        (Self::Special, "GPC", "special"),
        (Self::Gap, "-", "gap"),
    ];

    /// The group of `symbol`, one of `letters`; what is no residue is a gap. Bases borrow the colours of four groups.
    pub fn of(letters: Letters, symbol: char) -> Self {
        if matches!(letters, Letters::DNA | Letters::RNA) {
            return match symbol {
                'A' => Self::Polar,
                'C' => Self::Positive,
                'G' => Self::Special,
                'T' | 'U' => Self::Negative,
                _ => Self::Gap,
            };
        }
        let found = Self::ALL
            .iter()
            .find(|(_, letters, _)| letters.contains(symbol));
        found.map_or(Self::Gap, |(group, ..)| *group)
    }

    /// Its colour in the dark or the light theme; the theme's text is legible on it.
    pub(super) const fn color(self, dark: bool) -> Color32 {
        let (deep, pale) = match self {
            Self::Hydrophobic => ([0x2f, 0x45, 0x6b], [0xcf, 0xdc, 0xf2]),
            Self::Aromatic => ([0x14, 0x60, 0x66], [0xb8, 0xe3, 0xe4]),
            Self::Polar => ([0x2c, 0x62, 0x3c], [0xcc, 0xea, 0xd0]),
            Self::Positive => ([0x1f, 0x6f, 0xb5], [0x9a, 0xc8, 0xf5]),
            Self::Negative => ([0x9a, 0x36, 0x3d], [0xf5, 0xb4, 0xb4]),
            Self::Special => ([0x74, 0x62, 0x1f], [0xf0, 0xe3, 0xa6]),
            Self::Gap => ([0x1d, 0x20, 0x27], [0xef, 0xf1, 0xf5]),
        };
        let [r, g, b] = if dark { deep } else { pale };
        Color32::from_rgb(r, g, b)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_residue_has_one_group() {
        for letter in "ACDEFGHIKLMNPQRSTVWY-".chars() {
            let groups = Residue::ALL
                .iter()
                .filter(|(_, letters, _)| letters.contains(letter));
            assert_eq!(groups.count(), 1, "{letter}");
        }
        let of = |symbol| Residue::of(Letters::PROTEIN, symbol);
        assert_eq!((of('W'), of('?')), (Residue::Aromatic, Residue::Gap));
    }

    #[test]
    fn no_two_bases_share_a_colour() {
        for (letters, symbols) in [(Letters::DNA, "ACGT-"), (Letters::RNA, "ACGU-")] {
            let groups: Vec<Residue> = symbols
                .chars()
                .map(|symbol| Residue::of(letters, symbol))
                .collect();
            let differs = |(place, group): (usize, &Residue)| !groups[..place].contains(group);
            assert!(groups.iter().enumerate().all(differs), "{groups:?}");
        }
    }
}
