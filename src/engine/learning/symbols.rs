//! The symbols of formulas: what each stands for, and what on screen it is. The same quantity has the same symbol in
//! every rule; what is used by several of them stands here.

/// A symbol of a formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Symbol {
    /// How it is written, in TeX; after a sign of equality may follow what it is made of.
    pub tex: &'static str,
    /// What it stands for.
    pub meaning: &'static str,
    /// What of it is on screen.
    pub shows: Shows,
}

/// What on screen a symbol is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shows {
    /// Nothing that is drawn.
    Nothing,
    /// The couplings as a matrix or as rows.
    Couplings,
    /// The stored patterns.
    Patterns,
    /// The state that moves.
    State,
    /// The local fields.
    Fields,
    /// The overlaps against time.
    Overlaps,
    /// The energy against time.
    Energy,
}

impl Symbol {
    /// A symbol, what it stands for and what of it is on screen.
    pub const fn new(tex: &'static str, meaning: &'static str, shows: Shows) -> Self {
        Self {
            tex,
            meaning,
            shows,
        }
    }
}

/// J_ij.
pub const COUPLING: Symbol = Symbol::new(
    r"J_{ij}",
    "coupling from unit j to unit i",
    Shows::Couplings,
);

/// ξ_i^μ.
pub const PATTERN: Symbol = Symbol::new(
    r"\xi_i^\mu",
    "unit i of the stored pattern μ, ±1",
    Shows::Patterns,
);

/// Ξ.
pub const PATTERNS: Symbol = Symbol::new(r"\Xi", "the stored patterns, one a row", Shows::Patterns);

/// N.
pub const UNITS: Symbol = Symbol::new("N", "number of units", Shows::Nothing);

/// P.
pub const COUNT: Symbol = Symbol::new("P", "number of stored patterns", Shows::Nothing);

/// h_i^μ, on a stored pattern.
pub const FIELD: Symbol = Symbol::new(
    r"h_i^\mu = \sum_j J_{ij} \xi_j^\mu",
    "field on a stored pattern, without self-coupling",
    Shows::Fields,
);

/// The norm of a row.
pub const NORM: Symbol = Symbol::new(
    r"\lVert J_i \rVert",
    "length of row i of the couplings",
    Shows::Couplings,
);

/// m_μ, of the state.
pub const OVERLAP: Symbol = Symbol::new(
    r"m_\mu",
    "overlap of the state with pattern μ",
    Shows::Overlaps,
);

/// E.
pub const ENERGY: Symbol = Symbol::new("E", "energy of the state", Shows::Energy);
