//! What every picture of the window shows: in words, as a formula with its symbols, what to notice, and where it is from.
//!
//! One list of topics; the help beside each card reads it. Absent: which card shows which topic, and the numbers of the
//! moment; the window says both.

mod attractors;
mod couplings;
mod energies;
mod experiments;
mod learning;
mod recall;
#[cfg(test)]
mod tests;

pub use energies::{ENERGY_SYMBOLS, energy_formula};

use crate::engine::learning::Symbol;

/// What is to be known of one picture, chart or table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Topic {
    /// Which it is.
    pub id: TopicId,
    /// What it is called.
    pub title: &'static str,
    /// What is to be seen, in a sentence or two.
    pub shows: &'static str,
    /// What it is, in TeX; empty where there is nothing to compute.
    pub formula: &'static str,
    /// What the symbols of the formula stand for.
    pub symbols: &'static [Symbol],
    /// What to look out for, in a sentence or two.
    pub notice: &'static str,
    /// Where it is from; empty where it is of no paper.
    pub source: &'static str,
    /// The lesson that treats it, by its id.
    pub lesson: Option<&'static str>,
}

/// The topics.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(
    missing_docs,
    reason = "each has a title and an explanation in the list"
)]
pub enum TopicId {
    Memory,
    Recall,
    RecallDense,
    RecallLetters,
    HeatBath,
    Overlaps,
    OverlapsOfLetters,
    Energy,
    Stability,
    LearningLoss,
    LearningMargin,
    LearningNorm,
    LearningOverlap,
    SamplingEnergies,
    SamplingExchanges,
    SamplingOverlaps,
    Basin,
    Couplings,
    LocalFields,
    Histogram,
    Margins,
    Spectrum,
    Bonds,
    Weights,
    Contacts,
    Track,
    SharedCue,
    Results,
    Wheel,
    Plane,
    Census,
    Bands,
    Flips,
    Walk,
    Tree,
    States,
    Shares,
    Experiment,
    Curves,
    Readings,
    Words,
    Lesson,
}

/// Every topic.
pub fn all() -> impl Iterator<Item = &'static Topic> {
    let rooms: [&'static [Topic]; 5] = [
        &recall::TOPICS,
        &learning::TOPICS,
        &couplings::TOPICS,
        &attractors::TOPICS,
        &experiments::TOPICS,
    ];
    rooms.into_iter().flatten()
}

impl TopicId {
    /// What is to be known of it.
    pub fn topic(self) -> &'static Topic {
        all()
            .find(|topic| topic.id == self)
            .expect("every topic is in the list")
    }
}
