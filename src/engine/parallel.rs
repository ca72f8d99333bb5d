//! Pieces of work side by side, on the threads of the pool that it is called from: rayon's parallel iterators.
//!
//! A page has one thread. There the same names are iterators of the standard library, one piece after the other, and the
//! library is no part of what is fetched. Absent: pools and how many threads they have, which is of jobs.

#[cfg(not(target_arch = "wasm32"))]
pub(crate) use rayon::prelude;

#[cfg(target_arch = "wasm32")]
pub(crate) mod prelude {
    use std::slice::{Chunks, ChunksMut, Iter, IterMut};

    /// Slices, entry by entry or in chunks.
    pub(crate) trait ParallelSlice<T> {
        fn par_iter(&self) -> Iter<'_, T>;
        fn par_chunks(&self, length: usize) -> Chunks<'_, T>;
        fn par_iter_mut(&mut self) -> IterMut<'_, T>;
        fn par_chunks_mut(&mut self, length: usize) -> ChunksMut<'_, T>;
    }

    impl<T> ParallelSlice<T> for [T] {
        fn par_iter(&self) -> Iter<'_, T> {
            self.iter()
        }

        fn par_chunks(&self, length: usize) -> Chunks<'_, T> {
            self.chunks(length)
        }

        fn par_iter_mut(&mut self) -> IterMut<'_, T> {
            self.iter_mut()
        }

        fn par_chunks_mut(&mut self, length: usize) -> ChunksMut<'_, T> {
            self.chunks_mut(length)
        }
    }

    /// What is used up.
    pub(crate) trait IntoParallelIterator: IntoIterator + Sized {
        fn into_par_iter(self) -> Self::IntoIter {
            self.into_iter()
        }
    }

    impl<I: IntoIterator> IntoParallelIterator for I {}

    /// What a thread takes at least means nothing to one.
    pub(crate) trait IndexedParallelIterator: Iterator + Sized {
        fn with_min_len(self, _least: usize) -> Self {
            self
        }

        fn flat_map_iter<I: IntoIterator>(
            self,
            of_each: impl FnMut(Self::Item) -> I,
        ) -> impl Iterator<Item = I::Item> {
            self.flat_map(of_each)
        }

        fn collect_into_vec(self, target: &mut Vec<Self::Item>) {
            target.clear();
            target.extend(self);
        }
    }

    impl<I: Iterator> IndexedParallelIterator for I {}
}
