//! Numbers that begin where a line of the cache does, so that no vector of them lies in two: read across two lines, loops
//! take up to twice as long.

use std::ops::{Deref, DerefMut};

/// Bytes to a line of the cache, and to the widest vector.
const LINE: usize = 64;

/// A slice of numbers whose first one begins a line.
#[derive(Debug)]
pub(crate) struct Aligned<T> {
    /// With room for a line more.
    numbers: Vec<T>,
    start: usize,
    len: usize,
}

/// A value that begins a line: what a loop keeps beside it.
#[derive(Debug, Clone, Copy)]
#[repr(align(64))]
pub(crate) struct OnLine<T>(pub(crate) T);

impl<T: Copy + Default> Aligned<T> {
    /// So many zeros. A line must be a multiple of a number's size.
    pub(crate) fn new(len: usize) -> Self {
        const { assert!(LINE.is_multiple_of(size_of::<T>())) };
        let numbers = vec![T::default(); len + LINE / size_of::<T>()];
        let start = numbers.as_ptr().align_offset(LINE);
        Self {
            // What cannot be aligned is slow, not wrong.
            start: start.min(LINE / size_of::<T>()),
            numbers,
            len,
        }
    }
}

impl<T: Copy + Default> Clone for Aligned<T> {
    /// At another place, which is another way from its line.
    fn clone(&self) -> Self {
        let mut clone = Self::new(self.len);
        clone.copy_from_slice(self);
        clone
    }
}

impl<T> Deref for Aligned<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.numbers[self.start..][..self.len]
    }
}

impl<T> DerefMut for Aligned<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        &mut self.numbers[self.start..][..self.len]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_begin_a_line_also_when_cloned() {
        for len in [0, 1, 5, 1000] {
            let mut numbers = Aligned::<i8>::new(len);
            numbers.iter_mut().for_each(|number| *number = 7);
            // Other sizes between, so that places differ.
            let _between = vec![0_u8; 24 + len];
            let clone = numbers.clone();
            assert_eq!((&*numbers, clone.len()), (&*clone, len));
            for numbers in [numbers, clone] {
                assert_eq!(numbers.as_ptr().addr() % LINE, 0);
            }
        }
        let one = OnLine(1_u8);
        assert_eq!(std::ptr::from_ref(&one).addr() % LINE, 0);
    }
}
