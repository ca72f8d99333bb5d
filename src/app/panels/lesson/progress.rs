//! How far a student has come: which questions are answered by what the session shows, and how often it was tried.

use super::super::PanelContext;
use crate::lessons::Lesson;
use crate::trial::facts::Facts;
use std::collections::BTreeMap;

/// What the session came to last, and tries.
#[derive(Default)]
pub(super) struct Progress {
    /// The lesson that is open.
    lesson: String,
    /// The end that was looked at last: the session's version, and where its clock stood.
    seen: Option<(u64, u64)>,
    /// Ends that were no answer, of each question that has none.
    tries: BTreeMap<(String, usize), u32>,
}

impl Progress {
    /// Looks at where the session has come to, once for each end; what it answers is kept.
    pub(super) fn update(&mut self, lesson: &Lesson, context: &mut PanelContext<'_>) {
        let session = context.session;
        if self.lesson != lesson.id {
            lesson.id.clone_into(&mut self.lesson);
            context.view.given = Some(session.recipe().clone());
        }
        if context.view.given.as_ref() == Some(session.recipe()) {
            return;
        }
        let n_tracks = session.tracks().len();
        let is_over = (0..n_tracks).all(|track| session.is_over_on(track));
        let now = (session.version(), session.cursor());
        if !is_over || session.is_stale() || self.seen == Some(now) {
            return;
        }
        self.seen = Some(now);
        let facts = (0..n_tracks).map(|track| session.facts_on(track));
        let Some(facts) = facts.collect::<Option<Vec<Facts>>>() else {
            return;
        };
        for (index, question) in lesson.questions().enumerate() {
            let mut holds = question.holds.iter();
            let recipe = session.recipe();
            let key = (lesson.id.clone(), index);
            if holds.all(|condition| condition.holds(recipe, &facts) == Ok(true)) {
                context.view.answered.insert(key);
            } else {
                *self.tries.entry(key).or_insert(0) += 1;
            }
        }
    }

    /// How often something was tried that is no answer.
    pub(super) fn tries(&self, lesson: &Lesson, question: usize) -> u32 {
        let key = (lesson.id.clone(), question);
        self.tries.get(&key).copied().unwrap_or(0)
    }
}

/// How many questions of a lesson are answered.
pub(super) fn n_answered(lesson: &Lesson, context: &PanelContext<'_>) -> usize {
    let all = 0..lesson.questions().count();
    all.filter(|index| is_answered(lesson, *index, context))
        .count()
}

/// Whether a question of a lesson is answered.
pub(super) fn is_answered(lesson: &Lesson, question: usize, context: &PanelContext<'_>) -> bool {
    let key = (lesson.id.clone(), question);
    context.view.answered.contains(&key)
}
