//! No term twice; what terms point at exists; terms of the lessons and of the rules are there.

use super::*;
use crate::engine::LearningRule;
use crate::figures::mathematics::plain::plain;
use crate::figures::mathematics::typeset;
use crate::lessons::scenes::SCENES;
use crate::lessons::topics;
use crate::lessons::{BUILT_IN, Block, Span, built_in};

/// The term that goes by this name, or by one that begins it: "basins of attraction" too.
fn known(name: &str) -> bool {
    let name = name.to_lowercase();
    let singular = name.trim_end_matches('s');
    glossary().iter().any(|term| {
        let names = std::iter::once(&term.name).chain(term.also);
        let mut names = names.map(|name| name.to_lowercase());
        names.any(|it| it == name || it == singular)
    })
}

#[test]
fn terms_are_sorted_and_none_is_there_twice() {
    let terms = glossary();
    assert!(terms.len() >= 60, "{}", terms.len());
    let mut names: Vec<String> = Vec::new();
    for term in &terms {
        let all = std::iter::once(&term.name).chain(term.also);
        names.extend(all.map(|name| name.to_lowercase()));
    }
    let n_names = names.len();
    names.sort_unstable();
    let twice: Vec<&[String]> = names.windows(2).filter(|two| two[0] == two[1]).collect();
    assert!(twice.is_empty() && n_names > terms.len(), "{twice:?}");
    let sorted = terms
        .windows(2)
        .all(|two| two[0].name.to_lowercase() < two[1].name.to_lowercase());
    assert!(sorted);
}

#[test]
fn what_terms_point_at_exists() {
    let terms = glossary();
    for term in &terms {
        let name = term.name;
        for see in term.see {
            let is_there = terms.iter().any(|other| other.name == *see);
            assert!(is_there && *see != name, "{name}: see {see}");
        }
        if let Some(lesson) = term.lesson {
            assert!(
                BUILT_IN.iter().any(|(id, _)| *id == lesson),
                "{name}: {lesson}"
            );
        }
        if let Some(scene) = term.scene {
            assert!(SCENES.iter().any(|it| it.name == scene), "{name}: {scene}");
        }
        let reachable = !term.see.is_empty() || term.lesson.is_some();
        assert!(reachable, "{name} leads nowhere");
        assert!(
            term.text.ends_with('.') && term.text.chars().count() < 260,
            "{name}"
        );
    }
}

#[test]
fn every_formula_is_set_and_said() {
    for term in glossary().iter().filter(|term| !term.formula.is_empty()) {
        let set = typeset(term.formula, &[], 20.0);
        let set = set.unwrap_or_else(|problem| panic!("{}: {problem}", term.name));
        assert!(
            set.size[0] > 0.3 && set.size[0] < 24.0,
            "{}: {:?}",
            term.name,
            set.size
        );
        let said = plain(term.formula).expect("it was set before");
        assert!(
            !said.contains(['?', '\\', '{', '}']),
            "{}: {said}",
            term.name
        );
    }
}

/// What stands out in a lesson is a term.
#[test]
fn terms_of_the_lessons_are_there() {
    let mut found = 0;
    for lesson in built_in() {
        for block in &lesson.blocks {
            let (Block::Text(spans) | Block::Item(spans)) = block else {
                continue;
            };
            for span in spans {
                if let Span::Strong(text) = span {
                    // Names of controls stand out as well, with a capital.
                    let is_control = text.chars().all(|letter| !letter.is_lowercase())
                        || text.starts_with(char::is_uppercase);
                    assert!(is_control || known(text), "{}: {text}", lesson.id);
                    found += usize::from(!is_control);
                }
            }
        }
    }
    assert!(found >= 5, "lessons make {found} terms stand out");
}

/// Words that the rules, the lessons and the help of cards use and that nobody knows by birth.
#[test]
fn words_of_the_field_that_are_used_are_explained() {
    const WORDS: [&str; 28] = [
        "unit",
        "pattern",
        "cue",
        "overlap",
        "coupling",
        "local field",
        "energy",
        "load",
        "capacity",
        "attractor",
        "fixed point",
        "basin",
        "spurious",
        "mixture",
        "negative",
        "cycle",
        "temperature",
        "heat bath",
        "sweep",
        "margin",
        "noise",
        "pseudo-likelihood",
        "pseudo-inverse",
        "palimpsest",
        "feature",
        "bond",
        "softmax",
        "spin glass",
    ];
    let lessons = BUILT_IN.iter().map(|(_, text)| (*text).to_owned());
    let rules = LearningRule::ALL.iter().map(|make| {
        let rule = make();
        let about = rule.about();
        let help = rule.rule().list().into_iter().map(|it| it.help);
        let help: Vec<&str> = help.collect();
        [about.title, about.summary, about.capacity, &help.join(" ")].join(" ")
    });
    let cards = topics::all().map(|topic| [topic.shows, topic.notice].join(" "));
    let said: Vec<String> = lessons.chain(rules).chain(cards).collect();
    let said = said.join(" ").to_lowercase();
    for word in WORDS {
        assert!(said.contains(word), "nobody says {word}");
        assert!(known(word), "{word} is not explained");
    }
    for make in LearningRule::ALL {
        let title = make().about().title;
        let first = title.split([' ', ',']).next().unwrap_or(title);
        let is_there = glossary().iter().any(|term| term.matches(first));
        assert!(is_there, "no term speaks of {title}");
    }
}

#[test]
fn what_is_typed_finds_terms() {
    let found = |typed: &str| {
        let terms = glossary().into_iter().filter(|term| term.matches(typed));
        terms.map(|term| term.name).collect::<Vec<_>>()
    };
    assert!(found("BASIN").contains(&"basin of attraction"));
    assert!(found("glauber").contains(&"heat bath"));
    assert!(found("no such word").is_empty());
    assert_eq!(found("").len(), glossary().len());
    let called = glossary().into_iter().filter(|term| term.is_called("hamm"));
    assert_eq!(
        called.map(Term::title).collect::<Vec<_>>(),
        ["Hamming distance"]
    );
}
