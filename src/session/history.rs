//! Undo and redo by snapshots, taken at points of rest: one drag of a slider is one step.

/// Most steps kept.
const MAX_STEPS: usize = 200;

/// Which way to go in the history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    /// Back to before the last edit.
    Undo,
    /// On to after the edit that was undone last.
    Redo,
}

/// Snapshots before and after the one in force.
#[derive(Debug, Clone)]
pub(super) struct History<T> {
    past: Vec<T>,
    future: Vec<T>,
    /// Whether an edit is under way that further changes belong to.
    open: bool,
}

impl<T> Default for History<T> {
    fn default() -> Self {
        Self {
            past: Vec::new(),
            future: Vec::new(),
            open: false,
        }
    }
}

impl<T: PartialEq> History<T> {
    /// `before` is about to be replaced by an edit.
    pub(super) fn edit(&mut self, before: T) {
        self.future.clear();
        if !self.open {
            self.past.push(before);
            self.open = true;
            if self.past.len() > MAX_STEPS {
                self.past.remove(0);
            }
        }
    }

    /// The user let go: the next edit is a new step. An edit that came back to where it began is none.
    pub(super) fn settle(&mut self, current: &T) {
        if std::mem::take(&mut self.open) && self.past.last() == Some(current) {
            self.past.pop();
        }
    }

    /// The snapshot that a turn leads to, if there is one.
    pub(super) fn next(&self, turn: Turn) -> Option<&T> {
        match turn {
            Turn::Undo => self.past.last(),
            Turn::Redo => self.future.last(),
        }
    }

    /// Takes the turn from `current` to [`Self::next`], if there is one.
    pub(super) fn take(&mut self, turn: Turn, current: T) {
        self.open = false;
        let (from, to) = match turn {
            Turn::Undo => (&mut self.past, &mut self.future),
            Turn::Redo => (&mut self.future, &mut self.past),
        };
        if from.pop().is_some() {
            to.push(current);
        }
    }

    pub(super) fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    pub(super) fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_drag_is_one_step_and_a_drag_back_is_none() {
        let mut history = History::default();
        history.edit(1);
        history.edit(2);
        history.settle(&3);
        history.edit(3);
        history.settle(&3);
        assert_eq!(history.next(Turn::Undo), Some(&1));
        history.take(Turn::Undo, 3);
        assert_eq!(history.next(Turn::Undo), None);
        history.take(Turn::Undo, 1);
        assert_eq!(history.next(Turn::Redo), Some(&3));
        history.take(Turn::Redo, 1);
        assert!(!history.can_redo());
        history.edit(3);
        assert!(!history.can_redo());
    }
}
