//! Every topic is there once; its formula is set, said and explained; its lesson exists.

use super::*;
use crate::engine::learning::Shows;
use crate::engine::patterns::Grid;
use crate::engine::{LearningRule, Patterns};
use crate::figures::mathematics::legend::{COMMON, letters, parts, standing};
use crate::figures::mathematics::plain::plain;
use crate::figures::mathematics::typeset;
use crate::lessons::BUILT_IN;
use ndarray::Array2;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Where a formula and its legend do not fit together, in words: a letter that nobody explains, an entry of a symbol that
/// stands nowhere.
fn misfits(formula: &str, legend: &[Symbol], whole: bool) -> Vec<String> {
    let read = "formulas are TeX";
    let symbols = standing(formula, legend).expect(read);
    let mut known: BTreeSet<String> = COMMON.map(str::to_owned).into();
    let mut asked = letters(formula).expect(read);
    let mut misfits = Vec::new();
    for symbol in &symbols {
        let (names, made_of) = parts(symbol.tex).expect(read);
        known.extend(names);
        asked.extend(made_of);
    }
    let unknown = asked.difference(&known);
    misfits.extend(unknown.map(|letter| format!("{formula}: nobody says what {letter} is")));
    let silent = legend
        .iter()
        .filter(|symbol| whole && !symbols.contains(symbol));
    misfits.extend(silent.map(|symbol| format!("{formula}: there is no {}", symbol.tex)));
    misfits
}

#[test]
fn every_topic_is_there_once() {
    let mut ids: Vec<TopicId> = all().map(|topic| topic.id).collect();
    ids.sort_unstable();
    assert!(ids.windows(2).all(|two| two[0] < two[1]), "{ids:?}");
    assert_eq!(ids.last(), Some(&TopicId::Lesson));
    assert_eq!(ids.len(), TopicId::Lesson as usize + 1);
}

#[test]
fn every_symbol_of_a_formula_is_explained_and_no_other() {
    let mut found = Vec::new();
    for topic in all().filter(|topic| topic.id != TopicId::Energy) {
        found.extend(misfits(topic.formula, topic.symbols, true));
    }
    assert!(found.is_empty(), "{found:#?}");
    // The check itself finds what it is for.
    let legend = [Symbol::new("m", "overlap", Shows::Overlaps)];
    assert_eq!(misfits("m = N", &legend, true).len(), 1);
    assert_eq!(misfits("i", &legend, true).len(), 1);
}

/// Of every memory that there can be.
#[test]
fn every_energy_is_explained() {
    let rows = Array2::from_shape_fn(
        (2, 9),
        |(row, unit)| if row * unit % 2 == 0 { 1 } else { -1 },
    );
    let patterns = Patterns::new(rows, Grid::near_square(9), None);
    let patterns = Arc::new(patterns.expect("these are patterns"));
    let mut formulas = BTreeSet::new();
    for text in [
        "hebb",
        "dense:n=3",
        "dense:function=rectified",
        "dense:function=exponential",
        "modern",
        "modern:states=continuous",
    ] {
        let rule = LearningRule::parse(text).expect("it is a rule");
        let memory = rule
            .learn(Arc::clone(&patterns), 1)
            .expect("it learns them");
        formulas.insert(energy_formula(&memory));
    }
    assert_eq!(formulas.len(), 6);
    formulas.insert(r"E = -\sum_i b_i(s_i) - \frac{1}{2} \sum_{i \neq j} J_{ij}(s_i, s_j)");
    let mut explained = BTreeSet::new();
    for formula in formulas {
        let found = misfits(formula, &ENERGY_SYMBOLS, false);
        assert!(found.is_empty(), "{found:#?}");
        let symbols = standing(formula, &ENERGY_SYMBOLS).expect("it is TeX");
        explained.extend(symbols.iter().map(|symbol| symbol.tex));
    }
    assert_eq!(explained.len(), ENERGY_SYMBOLS.len(), "each stands in one");
}

#[test]
fn every_formula_is_set_and_said() {
    for topic in all().filter(|topic| !topic.formula.is_empty()) {
        let tex = topic.formula;
        let wide = typeset(tex, topic.symbols, f64::INFINITY);
        let wide = wide.unwrap_or_else(|problem| panic!("{tex}: {problem}"));
        assert!(wide.size[0] > 0.5, "{tex}");
        let said = plain(tex).expect("it was set before");
        assert!(
            !said.contains(['?', '\\', '{', '}']) || tex.contains(r"\{"),
            "{said}"
        );
        for symbol in topic.symbols {
            assert!(typeset(symbol.tex, &[], 40.0).is_ok(), "{}", symbol.tex);
        }
    }
}

#[test]
fn words_are_sentences_and_lessons_are_there() {
    for topic in all() {
        let title = topic.title;
        for text in [topic.shows, topic.notice] {
            let first = text.chars().next().expect("there are words");
            assert!(
                first.is_uppercase() || first.is_numeric(),
                "{title}: {text}"
            );
            assert!(
                text.ends_with('.') && !text.contains("  "),
                "{title}: {text}"
            );
            assert!(text.chars().count() < 330, "{title} says too much: {text}");
        }
        assert!(!topic.source.ends_with('.'), "{title}");
        if let Some(lesson) = topic.lesson {
            let is_there = BUILT_IN.iter().any(|(id, _)| *id == lesson);
            assert!(is_there, "{title}: there is no lesson {lesson}");
        }
    }
}
