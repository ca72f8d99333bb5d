//! What is looked up in the glossary.

/// The glossary while it is open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GlossaryShown {
    /// What was typed to find a term.
    pub typed: String,
    /// The term that is shown, by its name; the first one that is found, where it is none of those.
    pub term: &'static str,
}

impl GlossaryShown {
    /// At the term of this name.
    pub fn at(term: &'static str) -> Self {
        Self {
            typed: String::new(),
            term,
        }
    }
}
