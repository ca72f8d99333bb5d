//! Undo and redo by snapshots, taken at points of rest: one drag of a slider is one step.
//!
//! Large parts (opened files, couplings, pictures, drawings) are shared between snapshots and with what is in force, and
//! counted once; the farthest steps go when those that only undo still needs come to more than [`MAX_BYTES`].

use std::collections::BTreeSet;

/// Most steps kept.
const MAX_STEPS: usize = 200;

/// Most bytes of large parts kept for undo and redo alone, in all.
const MAX_BYTES: usize = 256 << 20;

/// Which way to go in the history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    /// Back to before the last edit.
    Undo,
    /// On to after the edit that was undone last.
    Redo,
}

/// What snapshots are taken of.
pub(super) trait Weighed: PartialEq {
    /// The large parts that it shares with its copies: address and bytes of each.
    fn parts(&self) -> Vec<(usize, usize)>;
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

impl<T: Weighed> History<T> {
    /// `before` was replaced by an edit.
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

    /// Forgets the farthest steps, as many as it takes to keep within [`MAX_BYTES`] beside `current`.
    pub(super) fn bound(&mut self, current: &T) {
        self.bound_to(MAX_BYTES, current);
    }

    fn bound_to(&mut self, max_bytes: usize, current: &T) {
        let mut known: BTreeSet<usize> = current.parts().iter().map(|part| part.0).collect();
        let mut bytes = 0;
        for side in [&mut self.past, &mut self.future] {
            let mut fits = |snapshot: &T| {
                let parts = snapshot.parts().into_iter();
                let new = parts.filter(|(address, _)| known.insert(*address));
                bytes += new.map(|(_, bytes)| bytes).sum::<usize>();
                bytes <= max_bytes
            };
            let kept = side.iter().rev().take_while(|snapshot| fits(snapshot));
            let kept = kept.count();
            side.drain(..side.len() - kept);
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

    impl Weighed for i32 {
        /// A hundred bytes at the address of the tens.
        fn parts(&self) -> Vec<(usize, usize)> {
            vec![((*self / 10) as usize, 100)]
        }
    }

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

    #[test]
    fn what_is_shared_is_counted_once_and_the_farthest_steps_go() {
        let mut history = History::default();
        for before in [10, 20, 21, 30, 31, 32, 40] {
            history.edit(before);
            history.settle(&0);
        }
        // What is in force costs undo nothing.
        history.bound_to(300, &41);
        assert_eq!(history.past, [10, 20, 21, 30, 31, 32, 40]);
        history.bound_to(200, &50);
        assert_eq!(history.past, [30, 31, 32, 40]);
        history.take(Turn::Undo, 50);
        history.take(Turn::Undo, 40);
        history.bound_to(100, &32);
        assert_eq!(
            (&history.past[..], &history.future[..]),
            (&[30, 31][..], &[40][..])
        );
    }
}
