//! The lessons that the program brings along, in the order in which they are offered.

use super::Lesson;

/// How many of the first ones make a class of 50 minutes, some of which are for questions.
pub const N_CLASS: usize = 6;

/// Name and text of each: to add one, write its file in `assets/lessons` and a line here.
pub const BUILT_IN: [(&str, &str); 16] = [
    (
        "attractor",
        include_str!("../../assets/lessons/attractor.md"),
    ),
    ("energy", include_str!("../../assets/lessons/energy.md")),
    ("capacity", include_str!("../../assets/lessons/capacity.md")),
    ("digits", include_str!("../../assets/lessons/digits.md")),
    ("spurious", include_str!("../../assets/lessons/spurious.md")),
    ("nearest", include_str!("../../assets/lessons/nearest.md")),
    ("heat", include_str!("../../assets/lessons/heat.md")),
    (
        "asymmetric",
        include_str!("../../assets/lessons/asymmetric.md"),
    ),
    ("dense", include_str!("../../assets/lessons/dense.md")),
    (
        "attention",
        include_str!("../../assets/lessons/attention.md"),
    ),
    (
        "pseudo-likelihood",
        include_str!("../../assets/lessons/pseudo-likelihood.md"),
    ),
    (
        "generalise",
        include_str!("../../assets/lessons/generalise.md"),
    ),
    ("glass", include_str!("../../assets/lessons/glass.md")),
    ("contacts", include_str!("../../assets/lessons/contacts.md")),
    (
        "coefficients",
        include_str!("../../assets/lessons/coefficients.md"),
    ),
    (
        "palimpsest",
        include_str!("../../assets/lessons/palimpsest.md"),
    ),
];

/// All of them, read.
pub fn built_in() -> Vec<Lesson> {
    let all = BUILT_IN.iter();
    let read = all.map(|(id, text)| Lesson::parse(id, text).expect("the tests read all of them"));
    read.collect()
}

/// The lessons of a class of 50 minutes.
pub fn class() -> Vec<Lesson> {
    let mut lessons = built_in();
    lessons.truncate(N_CLASS);
    lessons
}
