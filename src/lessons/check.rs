//! Runs a lesson: what its links claim, what its questions are answered by, and that nothing is answered before it begins.

use super::{Condition, Lesson, Script};
use crate::engine::Error;
use crate::trial::facts::Facts;
use crate::trial::{Recipe, run};

impl Lesson {
    /// The recipe that a link of it asks for. Refused: what cannot be set.
    pub fn asked(&self, script: &Script) -> Result<Recipe, Error> {
        script.recipe(&self.start.recipe(&Recipe::default())?)
    }

    /// What does not hold of it, a sentence each: claims of its links, answers of its questions. Every link is run to its
    /// verdict, which may take a while.
    pub fn problems(&self) -> Vec<String> {
        let mut problems = Vec::new();
        for (place, script) in self.scripts().enumerate() {
            let claims: Vec<&Condition> = script.expected().collect();
            let named = |what: String| format!("link {}: {what}", place + 1);
            problems.extend(self.broken(script, &claims).into_iter().map(named));
        }
        for question in self.questions() {
            let holds: Vec<&Condition> = question.holds.iter().collect();
            let named = |what: String| format!("the answer of '{}': {what}", question.ask);
            problems.extend(self.broken(&question.answer, &holds).into_iter().map(named));
            let answer = self.asked(&question.answer).ok();
            let is_given = answer.is_some()
                && self
                    .scripts()
                    .any(|script| self.asked(script).ok() == answer);
            if is_given {
                problems.push(format!(
                    "the answer of '{}' is what a link makes",
                    question.ask
                ));
            } else if self.broken(&Script::default(), &holds).is_empty() {
                problems.push(format!("'{}' holds before anything is done", question.ask));
            }
        }
        problems
    }

    /// Which of `conditions` do not hold where `script` leads to, or why it leads nowhere.
    fn broken(&self, script: &Script, conditions: &[&Condition]) -> Vec<String> {
        let recipe = match self.asked(script) {
            Ok(recipe) => recipe,
            Err(why) => return vec![why.to_string()],
        };
        if conditions.is_empty() {
            return Vec::new();
        }
        let outcome = match run(&recipe, |_, _| ()) {
            Ok(outcome) => outcome,
            Err(refusal) => return vec![refusal.problem.to_string()],
        };
        let evidences = outcome.evidences(&recipe);
        let facts: Vec<Facts> = evidences.map(|evidence| Facts::of(&evidence)).collect();
        let broken =
            conditions
                .iter()
                .filter_map(|condition| match condition.holds(&recipe, &facts) {
                    Ok(true) => None,
                    Ok(false) => Some(format!("{condition} does not hold")),
                    Err(why) => Some(why.to_string()),
                });
        broken.collect()
    }
}
