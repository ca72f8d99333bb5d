//! Undo and redo by snapshots, taken at points of rest: one drag of a slider is one step.

/// Most steps kept.
const MAX_STEPS: usize = 200;

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

    /// The snapshot before `current`, if there is one.
    pub(super) fn undo(&mut self, current: T) -> Result<T, T> {
        self.open = false;
        match self.past.pop() {
            Some(before) => {
                self.future.push(current);
                Ok(before)
            }
            None => Err(current),
        }
    }

    /// The snapshot that was undone last, if there is one.
    pub(super) fn redo(&mut self, current: T) -> Result<T, T> {
        self.open = false;
        match self.future.pop() {
            Some(after) => {
                self.past.push(current);
                Ok(after)
            }
            None => Err(current),
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
        assert_eq!(history.undo(3), Ok(1));
        assert_eq!(history.undo(1), Err(1));
        assert_eq!(history.redo(1), Ok(3));
        history.edit(3);
        assert!(!history.can_redo());
    }
}
