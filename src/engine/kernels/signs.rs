//! Products of rows of numbers with rows of ±1, by looking sums up: twice as fast as multiplying.
//!
//! Six numbers have 64 sums with signs. Those of a few groups of six are worked out once and stay in the nearest cache;
//! from then on a group costs a row of signs one addition. As many rows of numbers go side by side as the vector unit
//! holds, each summed in the same order: the bits do not depend on its width. [`sum_of_rows`] adds up in that very order
//! for a single row of signs, so that the first fields of a state are the same alone and in a batch.

#![expect(
    clippy::inline_always,
    reason = "what is not inlined is not compiled for the vector unit"
)]

use super::aligned::OnLine;
use super::rows::Rows;
use super::width::{dispatch, widest};
use ndarray::{ArrayRef2, ArrayView2, ArrayViewMut2};
use pulp::bytemuck::{cast_slice, cast_slice_mut};
use pulp::{Simd, WithSimd};

/// Columns of a group.
const GROUP: usize = 6;
/// Sums of a group.
const SUMS: usize = 1 << GROUP;
/// Groups that are looked up together: their sums fill three quarters of the nearest cache.
const GROUPS: usize = 6;
/// Columns that are taken in at a time.
const COLUMNS: usize = GROUP * GROUPS;

/// The sums of a piece's groups.
type Tables<S> = OnLine<[[<S as Simd>::f32s; SUMS]; GROUPS]>;
/// A vector each for some rows of signs.
type RowSums<S> = OnLine<[<S as Simd>::f32s; ROWS]>;

/// Rows of signs whose sums lie together: whole lines of the cache, however narrow vectors are.
const ROWS: usize = 16;

/// Rows of ±1, packed.
#[derive(Debug, Clone)]
pub(crate) struct Signs {
    n_rows: usize,
    n_columns: usize,
    /// For one piece of columns after the other and row by row, the number of each group: a bit a column, set for +1,
    /// the first group's lowest.
    groups: Vec<u64>,
}

impl Signs {
    pub(crate) fn new(rows: &ArrayRef2<i8>) -> Self {
        let (n_rows, n_columns) = rows.dim();
        let rows = rows.as_standard_layout();
        let signs = rows.as_slice().expect("it is in standard layout");
        Self::of(n_rows, n_columns, signs.chunks_exact(n_columns.max(1)))
    }

    /// As many rows of as many signs.
    pub(crate) fn of<'a>(
        n_rows: usize,
        n_columns: usize,
        rows: impl Iterator<Item = &'a [i8]>,
    ) -> Self {
        let mut groups = vec![0; n_columns.div_ceil(COLUMNS) * n_rows];
        for (row, signs) in rows.enumerate() {
            for (piece, signs) in signs.chunks(COLUMNS).enumerate() {
                let bits = signs.iter().rev().map(|sign| u64::from(*sign > 0));
                groups[piece * n_rows + row] = bits.fold(0, |groups, bit| groups << 1 | bit);
            }
        }
        Self {
            n_rows,
            n_columns,
            groups,
        }
    }

    /// `target` = A Sᵀ: Σ_c a_c s_c for each row a of `numbers` and each row s of signs. Both arrays are in rows.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "a view is a reference already"
    )]
    pub(crate) fn products(&self, target: ArrayViewMut2<'_, f32>, numbers: ArrayView2<'_, f32>) {
        assert_eq!(
            (target.dim(), numbers.ncols()),
            ((numbers.nrows(), self.n_rows), self.n_columns),
            "a product for each pair of rows"
        );
        if !target.is_empty() {
            dispatch(LookedUp {
                signs: self,
                numbers: numbers.to_slice().expect("numbers are in standard layout"),
                products: target
                    .into_slice()
                    .expect("targets of products are in standard layout"),
            });
        }
    }

    /// Σ_c s_c x_c for each row s of signs, a line of `sums` each; x_c is row c of `numbers`.
    pub(crate) fn sums_of_rows(&self, numbers: Rows<'_>, sums: &mut [f32]) {
        assert_eq!(
            sums.len(),
            self.n_rows * numbers.width(),
            "a line for each row of signs"
        );
        if !sums.is_empty() {
            dispatch(AddedUp {
                signs: self,
                numbers,
                sums,
            });
        }
    }
}

struct AddedUp<'a> {
    signs: &'a Signs,
    numbers: Rows<'a>,
    sums: &'a mut [f32],
}

impl WithSimd for AddedUp<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Signs {
            n_rows,
            n_columns,
            groups,
        } = self.signs;
        let zero = simd.splat_f32s(0.0);
        let mut tables: Tables<S> = OnLine([[zero; SUMS]; GROUPS]);
        let mut rows: Vec<RowSums<S>> = vec![OnLine([zero; ROWS]); n_rows.div_ceil(ROWS)];
        let width = self.numbers.width();
        for block in self.numbers.blocks() {
            for start in block.clone().step_by(S::F32_LANES) {
                let vector = start..(start + S::F32_LANES).min(block.end);
                let in_block = start - block.start..vector.end - block.start;
                rows.fill(OnLine([zero; ROWS]));
                for (piece, groups) in groups.chunks_exact(*n_rows).enumerate() {
                    let mut columns = [zero; COLUMNS];
                    for (line, column) in columns.iter_mut().zip(piece * COLUMNS..*n_columns) {
                        let number = &self.numbers.part(column, &block)[in_block.clone()];
                        *line = simd.partial_load_f32s(number);
                    }
                    work_out(simd, &columns, &mut tables);
                    look_up(simd, groups, &tables, &mut rows);
                }
                let lines = self.sums.chunks_exact_mut(width);
                for (line, row) in lines.zip(rows.iter().flat_map(|rows| &rows.0)) {
                    simd.partial_store_f32s(&mut line[vector.clone()], *row);
                }
            }
        }
    }
}

/// Σ_c s_c x_c for one row of signs, to the bit as [`Signs::sums_of_rows`]; x_c is row c of `numbers`.
pub(crate) fn sum_of_rows(numbers: Rows<'_>, signs: &[i8]) -> Vec<f32> {
    /// Sums that stay in registers.
    const BLOCK: usize = 64;
    let mut sums = vec![0.0; numbers.width()];
    widest(
        #[inline(always)]
        || {
            for (start, sums) in (0..).step_by(BLOCK).zip(sums.chunks_mut(BLOCK)) {
                let block = |column: usize| &numbers.row(column)[start..start + sums.len()];
                let mut rows = [0.0; BLOCK];
                for (piece, signs) in (0..).step_by(COLUMNS).zip(signs.chunks(COLUMNS)) {
                    let mut halves = [rows, [-0.0; BLOCK]];
                    let groups = (piece..).step_by(GROUP).zip(signs.chunks(GROUP));
                    for ((first, signs), half) in groups.zip([0, 1].into_iter().cycle()) {
                        let mut group = [-0.0; BLOCK];
                        for (column, sign) in (first..).zip(signs) {
                            add_signed(&mut group, f32::from(*sign), block(column));
                        }
                        add_signed(&mut halves[half], 1.0, &group);
                    }
                    let [even, odd] = halves;
                    rows = even;
                    add_signed(&mut rows, 1.0, &odd);
                }
                let n_sums = sums.len();
                sums.copy_from_slice(&rows[..n_sums]);
            }
        },
    );
    sums
}

/// `sums[i] += sign × row[i]`.
#[inline(always)]
fn add_signed(sums: &mut [f32], sign: f32, row: &[f32]) {
    for (sum, number) in sums.iter_mut().zip(row) {
        *sum += sign * number;
    }
}

struct LookedUp<'a> {
    signs: &'a Signs,
    numbers: &'a [f32],
    products: &'a mut [f32],
}

impl WithSimd for LookedUp<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let Signs {
            n_rows,
            n_columns,
            groups,
        } = self.signs;
        let zero = simd.splat_f32s(0.0);
        let mut rows: Vec<RowSums<S>> = vec![OnLine([zero; ROWS]); n_rows.div_ceil(ROWS)];
        let mut tables: Tables<S> = OnLine([[zero; SUMS]; GROUPS]);
        let numbers = self.numbers.chunks(S::F32_LANES * n_columns);
        let products = self.products.chunks_mut(S::F32_LANES * n_rows);
        for (numbers, products) in numbers.zip(products) {
            rows.fill(OnLine([zero; ROWS]));
            for (piece, groups) in groups.chunks_exact(*n_rows).enumerate() {
                let numbers = numbers.chunks_exact(*n_columns);
                let columns = side_by_side(simd, numbers.map(|row| &row[piece * COLUMNS..]));
                work_out(simd, &columns, &mut tables);
                look_up(simd, groups, &tables, &mut rows);
            }
            take_apart::<S>(&rows, *n_rows, products);
        }
    }
}

/// All sums of each group of `columns` with signs.
#[inline(always)]
fn work_out<S: Simd>(simd: S, columns: &[S::f32s; COLUMNS], tables: &mut Tables<S>) {
    for (sums, columns) in tables.0.iter_mut().zip(columns.as_chunks::<GROUP>().0) {
        sums[0] = simd.neg_f32s(columns[0]);
        sums[1] = columns[0];
        // Every number of sums is written out: so it is compiled for just that many.
        double::<S, 2>(simd, columns[1], sums);
        double::<S, 4>(simd, columns[2], sums);
        double::<S, 8>(simd, columns[3], sums);
        double::<S, 16>(simd, columns[4], sums);
        double::<S, 32>(simd, columns[5], sums);
    }
}

/// Makes the first `HALF` sums twice as many: with the next column's number taken off, and added.
#[inline(always)]
fn double<S: Simd, const HALF: usize>(simd: S, column: S::f32s, sums: &mut [S::f32s; SUMS]) {
    for place in 0..HALF {
        let sum = sums[place];
        sums[place] = simd.sub_f32s(sum, column);
        sums[HALF + place] = simd.add_f32s(sum, column);
    }
}

/// Adds to every row the sums of its groups.
#[inline(always)]
fn look_up<S: Simd>(simd: S, groups: &[u64], tables: &Tables<S>, rows: &mut [RowSums<S>]) {
    for (groups, rows) in groups.chunks(ROWS).zip(rows) {
        for (groups, row) in groups.iter().zip(&mut rows.0) {
            let sum = |group: usize| tables.0[group][(groups >> (GROUP * group)) as usize % SUMS];
            // Two sums, so that neither waits for the other.
            let (mut even, mut odd) = (simd.add_f32s(*row, sum(0)), sum(1));
            for group in (2..GROUPS).step_by(2) {
                even = simd.add_f32s(even, sum(group));
                odd = simd.add_f32s(odd, sum(group + 1));
            }
            *row = simd.add_f32s(even, odd);
        }
    }
}

/// The first columns of the rows, the same column of all rows in one vector; what is missing is 0.
#[inline(always)]
fn side_by_side<'a, S: Simd>(simd: S, rows: impl Iterator<Item = &'a [f32]>) -> [S::f32s; COLUMNS] {
    let mut columns = [simd.splat_f32s(0.0); COLUMNS];
    let lanes: &mut [f32] = cast_slice_mut(&mut columns);
    for (lane, row) in rows.enumerate() {
        let places = lanes[lane..].iter_mut().step_by(S::F32_LANES);
        places.zip(row).for_each(|(place, number)| *place = *number);
    }
    columns
}

/// Puts each lane of all vectors into a row.
#[inline(always)]
fn take_apart<S: Simd>(rows: &[RowSums<S>], n_rows: usize, products: &mut [f32]) {
    for (lane, products) in products.chunks_exact_mut(n_rows).enumerate() {
        for (products, rows) in products.chunks_mut(ROWS).zip(rows) {
            let rows: &[f32] = cast_slice(&rows.0);
            let lanes = rows.iter().skip(lane).step_by(S::F32_LANES);
            for (product, row) in products.iter_mut().zip(lanes) {
                *product = *row;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::Array2;

    #[test]
    fn products_of_odd_sizes_equal_the_plain_sum() {
        for (n_lines, n_rows, n_columns) in [(1, 1, 1), (3, 7, 36), (16, 5, 37), (35, 33, 200)] {
            let signs = Array2::from_shape_fn((n_rows, n_columns), |(r, c)| {
                if (r * 7 + c * c) % 3 == 0 { 1_i8 } else { -1 }
            });
            // Whole numbers, so that every order of summing gives the same.
            let numbers = Array2::from_shape_fn((n_lines, n_columns), |(l, c)| {
                ((l * 31 + c * 17) % 101) as f32 - 50.0
            });
            let mut products = Array2::from_elem((n_lines, n_rows), f32::NAN);
            Signs::new(&signs).products(products.view_mut(), numbers.view());
            let plain = numbers.dot(&signs.mapv(f32::from).t());
            assert_eq!(products, plain);
        }
    }

    #[test]
    fn sums_of_rows_are_the_same_bits_for_one_row_of_signs_and_for_many() {
        for (n_rows, n_columns, width) in [(1, 1, 1), (40, 36, 17), (3, 37, 128), (20, 100, 100)] {
            let numbers: Vec<f32> = (0..n_columns * width).map(|n| (n as f32).sin()).collect();
            let numbers = Rows::new(&numbers, width);
            let sign = |row: usize, column: usize| {
                if (row * 7 + column * column).is_multiple_of(3) {
                    1_i8
                } else {
                    -1
                }
            };
            let signs = (0..n_rows * n_columns).map(|n| sign(n / n_columns, n % n_columns));
            let signs: Vec<i8> = signs.collect();
            let many = Signs::of(n_rows, n_columns, signs.chunks(n_columns));
            let mut sums = vec![f32::NAN; n_rows * width];
            many.sums_of_rows(numbers, &mut sums);
            let packed = numbers.packed();
            let mut of_packed = vec![f32::NAN; n_rows * width];
            many.sums_of_rows(packed.rows(), &mut of_packed);
            assert_eq!(sums, of_packed);
            for (signs, sums) in signs.chunks(n_columns).zip(sums.chunks(width)) {
                assert_eq!(sums, sum_of_rows(numbers, signs));
                for (i, sum) in sums.iter().enumerate() {
                    let products =
                        (0..n_columns).map(|c| f64::from(numbers.row(c)[i]) * f64::from(signs[c]));
                    assert!((f64::from(*sum) - products.sum::<f64>()).abs() < 1e-5);
                }
            }
        }
    }

    #[test]
    fn nothing_has_no_products() {
        for (n_lines, n_rows) in [(0, 3), (2, 0)] {
            let mut products = Array2::zeros((n_lines, n_rows));
            let numbers = Array2::ones((n_lines, 4));
            Signs::new(&Array2::ones((n_rows, 4))).products(products.view_mut(), numbers.view());
        }
    }
}
