//! Work of a measurement in slices of a few milliseconds.

use crate::engine::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Sets a flag when it is dropped: what learns looks at it between its steps.
pub(super) struct Cancel(pub(super) Arc<AtomicBool>);

impl Drop for Cancel {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// What a slice leaves.
pub(super) enum Slice<T> {
    UnderWay,
    /// What can be shown already.
    SoFar(T),
    /// What came of it; there are no slices after this one.
    Over(Result<T, Error>),
}

impl<T> Slice<T> {
    pub(super) fn map<U>(self, to: impl FnOnce(T) -> U) -> Slice<U> {
        match self {
            Self::UnderWay => Slice::UnderWay,
            Self::SoFar(found) => Slice::SoFar(to(found)),
            Self::Over(found) => Slice::Over(found.map(to)),
        }
    }
}

/// Slices of a few milliseconds.
pub(super) type Slices<T> = Box<dyn Iterator<Item = Slice<T>> + Send>;

/// The slices that `step` makes of `state`, up to the one after which all is over.
pub(super) fn stepping<S: Send + 'static, T>(
    state: S,
    step: impl Fn(&mut S) -> Slice<T> + Send + 'static,
) -> Slices<T> {
    let mut state = Some(state);
    Box::new(std::iter::from_fn(move || {
        let slice = step(state.as_mut()?);
        if matches!(slice, Slice::Over(_)) {
            state = None;
        }
        Some(slice)
    }))
}

/// What a slice that deals out states may take: half of a frame.
const SLICE: Duration = Duration::from_millis(8);

/// How many states the next slice takes, `most` at most, where the last one took so long with `count`: as many as fit. What
/// comes out is the same for any number.
pub(super) fn next_count(count: usize, taken: Duration, most: usize) -> usize {
    match taken {
        taken if taken < SLICE / 3 => (2 * count).min(most),
        taken if taken > SLICE => (count / 2).max(1),
        _ => count,
    }
}
