//! A matrix that rows of numbers are multiplied by again and again, put in order for it once.
//!
//! Each entry of a product is summed in the order of the columns, number by number: its bits depend neither on which
//! rows go together nor on the vector unit. The matrix is cut into panels of 64 columns, which stay in the second cache;
//! six rows meet a panel at once, with all their sums in registers.

#![expect(
    clippy::inline_always,
    reason = "what is not inlined is not compiled for the vector unit"
)]

#[cfg(target_arch = "wasm32")]
mod page;

use super::aligned::{Aligned, OnLine};
use super::width::dispatch;
use ndarray::{ArrayRef2, ArrayView2, ArrayViewMut2};
#[cfg(target_arch = "wasm32")]
use page::add_up;
#[cfg(not(target_arch = "wasm32"))]
use pulp::bytemuck::cast_slice;
use pulp::{Simd, WithSimd};

/// Columns of a panel.
const PANEL: usize = 64;
/// Rows of a block of a panel.
const BLOCK: usize = 48;
/// Rows of numbers that meet a block at once.
const ROWS: usize = 6;
/// Rows of numbers that meet it one after the other, as long as their sums stay in the nearest cache.
const COMPANY: usize = 8 * ROWS;

/// A K × C matrix.
#[derive(Debug, Clone)]
pub(crate) struct Multiplier {
    n_rows: usize,
    n_columns: usize,
    /// Panel by panel and row by row, filled up with zeros.
    panels: Aligned<f32>,
}

impl Multiplier {
    pub(crate) fn new(matrix: &ArrayRef2<f32>) -> Self {
        let (n_rows, n_columns) = matrix.dim();
        let mut panels = Aligned::new(n_columns.div_ceil(PANEL) * n_rows * PANEL);
        let (lines, _) = panels.as_chunks_mut::<PANEL>();
        for (row, entries) in matrix.outer_iter().enumerate() {
            for (column, entry) in entries.iter().enumerate() {
                lines[column / PANEL * n_rows + row][column % PANEL] = *entry;
            }
        }
        Self {
            n_rows,
            n_columns,
            panels,
        }
    }

    /// `target` = A M for each row of `numbers`. Both arrays are in rows.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "a view is a reference already"
    )]
    pub(crate) fn products(&self, target: ArrayViewMut2<'_, f32>, numbers: ArrayView2<'_, f32>) {
        assert_eq!(
            (target.dim(), numbers.ncols()),
            ((numbers.nrows(), self.n_columns), self.n_rows),
            "a product for each row and column"
        );
        if !target.is_empty() && self.n_rows > 0 {
            dispatch(Multiplied {
                multiplier: self,
                numbers: numbers.to_slice().expect("numbers are in standard layout"),
                products: target
                    .into_slice()
                    .expect("targets of products are in standard layout"),
            });
        }
    }
}

struct Multiplied<'a> {
    multiplier: &'a Multiplier,
    numbers: &'a [f32],
    products: &'a mut [f32],
}

impl WithSimd for Multiplied<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Multiplier {
            n_rows,
            n_columns,
            panels,
        } = self.multiplier;
        let mut side_by_side = vec![[0.0; ROWS]; COMPANY / ROWS * n_rows];
        let mut sums = OnLine([[[0.0; PANEL]; ROWS]; COMPANY / ROWS]);
        let sums = &mut sums.0;
        let (panels, _) = panels.as_chunks::<PANEL>();
        let numbers = self.numbers.chunks(COMPANY * n_rows);
        for (numbers, products) in numbers.zip(self.products.chunks_mut(COMPANY * n_columns)) {
            let n_groups = (numbers.len() / n_rows).div_ceil(ROWS);
            for (row, numbers) in numbers.chunks_exact(*n_rows).enumerate() {
                let group = &mut side_by_side[row / ROWS * n_rows..][..*n_rows];
                for (place, number) in group.iter_mut().zip(numbers) {
                    place[row % ROWS] = *number;
                }
            }
            for (panel, first) in panels.chunks_exact(*n_rows).zip((0..).step_by(PANEL)) {
                let width = PANEL.min(n_columns - first);
                sums[..n_groups].fill([[0.0; PANEL]; ROWS]);
                for (block, from) in panel.chunks(BLOCK).zip((0..).step_by(BLOCK)) {
                    let groups = side_by_side.chunks_exact(*n_rows).take(n_groups);
                    for (group, sums) in groups.zip(&mut *sums) {
                        add_up(simd, &group[from..][..block.len()], block, width, sums);
                    }
                }
                let rows = products.chunks_exact_mut(*n_columns);
                for (row, sums) in rows.zip(sums.as_flattened()) {
                    row[first..first + width].copy_from_slice(&sums[..width]);
                }
            }
        }
    }
}

/// Adds the products of six rows with `width` columns of a block to `sums`, as many of them at once as there are registers
/// for.
#[cfg(not(target_arch = "wasm32"))]
#[inline(always)]
fn add_up<S: Simd>(
    simd: S,
    numbers: &[[f32; ROWS]],
    block: &[[f32; PANEL]],
    width: usize,
    sums: &mut [[f32; PANEL]; ROWS],
) {
    let lanes = S::F32_LANES;
    if lanes < 16 {
        for left in (0..width).step_by(2 * lanes) {
            add_vectors::<S, 2>(simd, numbers, block, left, sums);
        }
    } else if width > 2 * lanes {
        add_vectors::<S, 4>(simd, numbers, block, 0, sums);
    } else if width > lanes {
        add_vectors::<S, 2>(simd, numbers, block, 0, sums);
    } else {
        add_vectors::<S, 1>(simd, numbers, block, 0, sums);
    }
}

#[cfg(not(target_arch = "wasm32"))]
#[inline(always)]
fn add_vectors<S: Simd, const VECTORS: usize>(
    simd: S,
    numbers: &[[f32; ROWS]],
    block: &[[f32; PANEL]],
    left: usize,
    sums: &mut [[f32; PANEL]; ROWS],
) {
    let width = VECTORS * S::F32_LANES;
    let vectors = |line: &[f32; PANEL]| -> [S::f32s; VECTORS] {
        let (vectors, _) = S::as_simd_f32s(&line[left..][..width]);
        std::array::from_fn(|v| vectors[v])
    };
    let mut registers: [[S::f32s; VECTORS]; ROWS] = std::array::from_fn(|row| vectors(&sums[row]));
    for (numbers, line) in numbers.iter().zip(block) {
        let line = vectors(line);
        for (sums, number) in registers.iter_mut().zip(numbers) {
            let number = simd.splat_f32s(*number);
            for (sum, vector) in sums.iter_mut().zip(line) {
                *sum = simd.mul_add_f32s(number, vector, *sum);
            }
        }
    }
    for (sums, registers) in sums.iter_mut().zip(&registers) {
        sums[left..][..width].copy_from_slice(cast_slice(registers));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{Array2, Axis, Slice};

    fn numbers(n_rows: usize, n_columns: usize, odd: usize) -> Array2<f32> {
        Array2::from_shape_fn((n_rows, n_columns), |(r, c)| {
            ((r * 31 + c * 17 + odd) % 101) as f32 - 50.0
        })
    }

    #[test]
    fn products_of_odd_sizes_equal_the_plain_sum() {
        for (n_lines, n_rows, n_columns) in [(1, 1, 1), (3, 7, 36), (16, 5, 64), (70, 133, 200)] {
            // Whole numbers, so that every order of summing gives the same.
            let (left, right) = (numbers(n_lines, n_rows, 0), numbers(n_rows, n_columns, 5));
            let mut products = Array2::from_elem((n_lines, n_columns), f32::NAN);
            Multiplier::new(&right).products(products.view_mut(), left.view());
            assert_eq!(products, left.dot(&right));
        }
    }

    #[test]
    fn a_row_has_the_same_products_in_any_company() {
        let (left, right) = (numbers(20, 70, 0) / 7.0, numbers(70, 90, 5) / 3.0);
        let multiplier = Multiplier::new(&right);
        let mut all = Array2::zeros((20, 90));
        multiplier.products(all.view_mut(), left.view());
        for (first, count) in [(0, 1), (3, 7), (19, 1)] {
            let rows = Slice::from(first..first + count);
            let mut some = Array2::zeros((count, 90));
            multiplier.products(some.view_mut(), left.slice_axis(Axis(0), rows));
            assert_eq!(some, all.slice_axis(Axis(0), rows));
        }
    }
}
