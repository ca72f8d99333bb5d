//! Blocks of 32 × 32 entries taken out of rows, turned over, and put back: what transposing a matrix is made of.
//!
//! Rows of a large matrix lie too far apart for the cache, so a block is copied first. What a block has and the rows have
//! not is empty. Absent: which blocks a matrix has.

#![expect(
    clippy::inline_always,
    reason = "what is not inlined is not compiled for the vector unit"
)]

/// Rows and columns of a block.
pub(crate) const SIDE: usize = 32;

/// A block, in rows.
#[derive(Debug, Clone, Copy, PartialEq)]
#[repr(align(64))] // So that no vector of it lies in two lines of the cache.
pub(crate) struct Block<T>(pub(crate) [[T; SIDE]; SIDE]);

impl<T: Copy + Default> Block<T> {
    pub(crate) fn empty() -> Self {
        Self([[T::default(); SIDE]; SIDE])
    }

    /// Takes the entries from column `left` on of as many rows as there are.
    #[inline(always)]
    pub(crate) fn take<'a>(&mut self, rows: impl Iterator<Item = &'a [T]>, left: usize)
    where
        T: 'a,
    {
        let mut lines = self.0.iter_mut();
        // Rows first: what ends first must not have taken a line that is not filled.
        for (row, line) in rows.zip(lines.by_ref()) {
            let row = &row[left..];
            if let Some(whole) = row.first_chunk::<SIDE>() {
                *line = *whole;
            } else {
                *line = [T::default(); SIDE];
                line[..row.len()].copy_from_slice(row);
            }
        }
        lines.for_each(|line| *line = [T::default(); SIDE]);
    }

    /// Puts the entries from column `left` on into as many rows as there are.
    #[inline(always)]
    pub(crate) fn put<'a>(&self, rows: impl Iterator<Item = &'a mut [T]>, left: usize)
    where
        T: 'a,
    {
        for (line, row) in self.0.iter().zip(rows) {
            let row = &mut row[left..];
            if let Some(whole) = row.first_chunk_mut::<SIDE>() {
                *whole = *line;
            } else {
                let width = row.len();
                row.copy_from_slice(&line[..width]);
            }
        }
    }

    /// The block with rows and columns exchanged: the place of an entry has five binary digits of its row and then five
    /// of its column, and dealing out a pile's eighths in turn moves the first three digits to the end.
    #[inline(always)]
    pub(crate) fn turned(&self) -> Self {
        let (mut eighths, mut turned) = (Self::empty(), Self::empty());
        deal::<T, 8>(self, &mut eighths);
        deal::<T, 4>(&eighths, &mut turned);
        turned
    }
}

/// One entry of each part in turn.
#[inline(always)]
fn deal<T: Copy, const PARTS: usize>(from: &Block<T>, to: &mut Block<T>) {
    let from = from.0.as_flattened();
    let (places, _) = to.0.as_flattened_mut().as_chunks_mut::<PARTS>();
    let length = places.len();
    for (i, place) in places.iter_mut().enumerate() {
        for part in 0..PARTS {
            place[part] = from[part * length + i];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_turn_over_and_are_empty_where_rows_end() {
        let rows: Vec<Vec<u32>> = (0..40)
            .map(|i| (0..45).map(|j| 100 * i + j).collect())
            .collect();
        for (first, left) in [(0, 0), (3, 13), (20, 30)] {
            let mut block = Block([[7; SIDE]; SIDE]);
            block.take(rows[first..].iter().map(Vec::as_slice), left);
            let turned = block.turned();
            for (i, j) in (0..SIDE).flat_map(|i| (0..SIDE).map(move |j| (i, j))) {
                let row = rows.get(first + i).and_then(|row| row.get(left + j));
                assert_eq!(turned.0[j][i], row.copied().unwrap_or_default());
            }
            let mut back = vec![vec![0; 45]; 40];
            block.put(back[first..].iter_mut().map(Vec::as_mut_slice), left);
            let last = 44.min(left + SIDE - 1);
            assert_eq!(back[first][left..=last], rows[first][left..=last]);
        }
    }
}
