//! Formulas set by a second program of a page, which is fetched when the window is there: a question is a line of JSON,
//! and so is its answer.

use super::{Typeset, here};
use ratex_parser::ParseError;
use serde::{Deserialize, Serialize};
use std::cell::RefCell;
use std::collections::BTreeMap;

/// What is asked about a formula.
#[derive(Serialize, Deserialize)]
enum Question {
    /// Its outlines, with the symbols of a legend, in lines of so many em, of any length if there is no number.
    Typeset(String, Vec<String>, Option<f64>),
    /// It in words.
    Plain(String),
    /// Which entries of a legend stand in it.
    Places(String, Vec<String>),
}

/// Who answers.
type Setter = Box<dyn Fn(&str) -> Option<String>>;

/// Answers that are kept at most: what is shown is asked for in every frame.
const MOST: usize = 1024;

thread_local! {
    static SETTER: RefCell<Option<Setter>> = const { RefCell::new(None) };
    static KEPT: RefCell<BTreeMap<String, String>> = const { RefCell::new(BTreeMap::new()) };
}

/// Has `setter` answer from now on.
pub fn set_by(setter: Setter) {
    SETTER.replace(Some(setter));
}

/// Whether there is nobody yet who answers.
pub(super) fn is_coming() -> bool {
    SETTER.with_borrow(Option::is_none)
}

/// The answer of this program. Nothing in the first one may call it: what is called comes with it.
pub fn answer(question: &str) -> String {
    let in_words = |problem: ParseError| problem.to_string();
    match serde_json::from_str(question) {
        Ok(Question::Typeset(tex, symbols, room)) => {
            let room = room.unwrap_or(f64::INFINITY);
            written(&here::typeset(&tex, &borrowed(&symbols), room).map_err(in_words))
        }
        Ok(Question::Plain(tex)) => written(&here::plain(&tex).map_err(in_words)),
        Ok(Question::Places(formula, legend)) => {
            written(&here::places(&formula, &borrowed(&legend)).map_err(in_words))
        }
        Err(problem) => refusal(&problem.to_string()),
    }
}

/// An answer to anything: why there is none.
pub fn refusal(why: &str) -> String {
    written(&Err::<(), _>(why))
}

pub(super) fn typeset(tex: &str, symbols: &[&str], room: f64) -> Result<Typeset, ParseError> {
    let room = room.is_finite().then_some(room);
    let question = written(&Question::Typeset(tex.to_owned(), owned(symbols), room));
    // Pictures of outlines are kept as it is.
    read(&ask(&question)?)
}

pub(super) fn plain(tex: &str) -> Result<String, ParseError> {
    read(&ask_once(&Question::Plain(tex.to_owned()))?)
}

pub(super) fn places(formula: &str, legend: &[&str]) -> Result<Vec<usize>, ParseError> {
    read(&ask_once(&Question::Places(
        formula.to_owned(),
        owned(legend),
    ))?)
}

fn ask(question: &str) -> Result<String, ParseError> {
    let answer = SETTER.with_borrow(|setter| setter.as_ref()?(question));
    answer.ok_or_else(|| ParseError::msg("what sets formulas is still on its way to this page"))
}

/// The answer that was given before to the same question, if there was one.
fn ask_once(question: &Question) -> Result<String, ParseError> {
    let question = written(question);
    if let Some(answer) = KEPT.with_borrow(|kept| kept.get(&question).cloned()) {
        return Ok(answer);
    }
    let answer = ask(&question)?;
    KEPT.with_borrow_mut(|kept| {
        if kept.len() >= MOST {
            kept.clear();
        }
        kept.insert(question, answer.clone());
    });
    Ok(answer)
}

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

fn borrowed(texts: &[String]) -> Vec<&str> {
    texts.iter().map(String::as_str).collect()
}

fn written(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("text and finite numbers can be written")
}

fn read<'a, T: Deserialize<'a>>(answer: &'a str) -> Result<T, ParseError> {
    let answer: Result<T, String> =
        serde_json::from_str(answer).map_err(|problem| ParseError::msg(problem.to_string()))?;
    answer.map_err(ParseError::msg)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::LearningRule;

    #[test]
    fn formulas_of_every_rule_come_back_as_they_are_set_here() {
        assert!(is_coming());
        let unanswered = plain("x").expect_err("nobody answers yet").to_string();
        assert!(unanswered.contains("on its way"), "{unanswered}");
        set_by(Box::new(|question| Some(answer(question))));
        assert!(!is_coming());
        for make in LearningRule::ALL {
            let rule = make();
            let (tex, legend) = (rule.rule().formula(), rule.about().legend);
            let legend = super::super::written(legend);
            for room in [12.0, f64::INFINITY] {
                let there = typeset(&tex, &legend, room).expect("it is TeX");
                assert_eq!(Ok(there), here::typeset(&tex, &legend, room).map_err(drop));
            }
            for _again in 0..2 {
                assert_eq!(plain(&tex).ok(), here::plain(&tex).ok());
                assert_eq!(places(&tex, &legend).ok(), here::places(&tex, &legend).ok());
            }
        }
        let [there, here] = [plain(r"\frac{"), here::plain(r"\frac{")]
            .map(|refused| refused.expect_err("a bracket is open").to_string());
        assert!(there.contains(&here), "{there}");
        assert!(answer("nonsense").contains("Err"));
    }
}
