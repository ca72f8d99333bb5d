//! What the window is about: its tabs, and the views of the attractors.

use serde::{Deserialize, Serialize};

/// What the window is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tab {
    /// A cue, and what one memory makes of it.
    Recall,
    /// The same cue in several memories, side by side.
    Compare,
    /// Pictures of where all kinds of starts end.
    Attractors,
    /// Questions about many memories, and their answers as curves.
    Lab,
}

impl Tab {
    /// Every tab, with its name and what it is for.
    pub const ALL: [(Self, &str, &str); 4] = [
        (
            Self::Recall,
            "Recall",
            "Drop a corrupted pattern into the memory and watch what becomes of it",
        ),
        (
            Self::Compare,
            "Compare",
            "Drop the same cue into up to four memories, and see side by side what each makes of it",
        ),
        (
            Self::Attractors,
            "Attractors",
            "See what every start between stored patterns and noise ends in",
        ),
        (
            Self::Lab,
            "Lab",
            "Ask a question of many memories, and see the answer as curves with error bars",
        ),
    ];
}

/// A view of the attractors of a memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum AttractorView {
    /// Stored patterns around noise.
    Wheel,
    /// The plane through three states.
    Plane,
    /// What many starts end in.
    Census,
    /// The same along a setting.
    Bands,
    /// The flips that break a state.
    Flips,
    /// A walk between two states.
    Walk,
    /// Minima and barriers.
    Tree,
    /// All states of a small memory.
    States,
}

impl AttractorView {
    /// Every view, with its name and what it is for.
    pub const ALL: [(Self, &str, &str); 8] = [
        (
            Self::Wheel,
            "Wheel",
            "Stored patterns on a rim, noise at the centre: how far each basin reaches",
        ),
        (
            Self::Plane,
            "Plane",
            "The plane through three states: how their basins meet",
        ),
        (
            Self::Census,
            "Census",
            "Many starts: which attractors they end in, and what share of them each has",
        ),
        (
            Self::Bands,
            "Bands",
            "Shares along a setting: attractors are born, merge and vanish",
        ),
        (
            Self::Flips,
            "Flips",
            "The fewest flips that make a state leave its basin, and what every single flip does",
        ),
        (
            Self::Walk,
            "Walk",
            "From one state to another, flip by flip: the energy on the way, and where each step ends",
        ),
        (
            Self::Tree,
            "Tree",
            "Minima of the energy, and the barriers over which they are joined",
        ),
        (
            Self::States,
            "All states",
            "Every state of a memory of 14 units at the most, and where one sweep takes it",
        ),
    ];
}

/// How the window is shown as a part of somebody's page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Embedded {
    /// The card that fills it.
    pub card: Option<&'static str>,
}
