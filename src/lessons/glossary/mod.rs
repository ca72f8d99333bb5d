//! The glossary: the terms of the field as they stand on screen and in lessons, a sentence or two each.
//!
//! Terms by theme, one file each; [`glossary`] sorts them. Absent: drawing them.

mod attractors;
mod dynamics;
mod learning;
mod memories;
mod states;
#[cfg(test)]
mod tests;

/// A term of the field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// What it is called: a noun, as in the middle of a sentence.
    pub name: &'static str,
    /// What else it is called.
    pub also: &'static [&'static str],
    /// What it is, in one to three sentences.
    pub text: &'static str,
    /// The same as a formula, in TeX; empty where it has none.
    pub formula: &'static str,
    /// Terms to read on with, by their names.
    pub see: &'static [&'static str],
    /// The lesson that treats it, by its id.
    pub lesson: Option<&'static str>,
    /// The scene that shows it, by its name.
    pub scene: Option<&'static str>,
}

/// A term by its name and what it is.
const fn term(name: &'static str, text: &'static str) -> Term {
    Term {
        name,
        also: &[],
        text,
        formula: "",
        see: &[],
        lesson: None,
        scene: None,
    }
}

impl Term {
    const fn also(self, also: &'static [&'static str]) -> Self {
        Self { also, ..self }
    }

    const fn formula(self, formula: &'static str) -> Self {
        Self { formula, ..self }
    }

    const fn see(self, see: &'static [&'static str]) -> Self {
        Self { see, ..self }
    }

    const fn lesson(self, lesson: &'static str) -> Self {
        Self {
            lesson: Some(lesson),
            ..self
        }
    }

    const fn scene(self, scene: &'static str) -> Self {
        Self {
            scene: Some(scene),
            ..self
        }
    }

    /// What it is called where it stands by itself: with a capital.
    pub fn title(&self) -> String {
        let mut letters = self.name.chars();
        let first = letters.next().into_iter().flat_map(char::to_uppercase);
        first.chain(letters).collect()
    }

    /// Whether every word of `typed` stands in its name, in what else it is called, or in what it is; of capitals it does
    /// not matter.
    pub fn matches(&self, typed: &str) -> bool {
        let said = format!("{} {} {}", self.name, self.also.join(" "), self.text).to_lowercase();
        let typed = typed.to_lowercase();
        typed.split_whitespace().all(|word| said.contains(word))
    }

    /// Whether `typed` begins what it is called: it then is what was looked for.
    pub fn is_called(&self, typed: &str) -> bool {
        let typed = typed.trim().to_lowercase();
        let mut names = std::iter::once(&self.name).chain(self.also);
        names.any(|name| name.to_lowercase().starts_with(&typed))
    }
}

/// Every term, sorted by name whatever its capitals.
pub fn glossary() -> Vec<&'static Term> {
    let themes: [&'static [Term]; 5] = [
        &states::TERMS,
        &memories::TERMS,
        &learning::TERMS,
        &dynamics::TERMS,
        &attractors::TERMS,
    ];
    let mut terms: Vec<&Term> = themes.into_iter().flatten().collect();
    terms.sort_by_cached_key(|term| term.name.to_lowercase());
    terms
}
