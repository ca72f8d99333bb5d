//! The same memory in other numbers: gauges, and what becomes symmetric.
//!
//! J_ij(a,b) + K(a) with h_i(a) − K(a), or J_ij(a,b) + K(b), leave every difference of fields at a site as it is. Of all
//! these, the zero-sum gauge has the smallest couplings (Ekeberg and others 2013, eq. 9).

use super::PottsCouplings;
use ndarray::{Array2, Axis, Slice};

impl PottsCouplings {
    /// The same memory with Σ_a J_ij(a,b) = Σ_b J_ij(a,b) = 0 and Σ_a h_i(a) = 0: fields at a site differ as before.
    #[must_use]
    pub fn zero_sum(&self) -> Self {
        let (n, q) = self.fields.dim();
        let (mut fields, mut pulls) = (self.fields.clone(), self.pulls.clone());
        let mean =
            |values: &mut dyn Iterator<Item = f32>| values.map(f64::from).sum::<f64>() / q as f64;
        for j in 0..n {
            let mut sources = pulls.slice_axis_mut(Axis(0), Slice::from(j * q..(j + 1) * q));
            for (i, mut block) in sources.axis_chunks_iter_mut(Axis(1), q).enumerate() {
                // Row b of the block holds J_ij(a,b) for all a.
                let lanes = |axis: usize| -> Vec<f64> {
                    let lanes = block.lanes(Axis(axis)).into_iter();
                    lanes.map(|lane| mean(&mut lane.iter().copied())).collect()
                };
                let (of_b, of_a) = (lanes(1), lanes(0));
                let all = of_a.iter().sum::<f64>() / q as f64;
                for ((b, a), value) in block.indexed_iter_mut() {
                    *value = (f64::from(*value) - of_a[a] - of_b[b] + all) as f32;
                }
                for (field, of_a) in fields.row_mut(i).iter_mut().zip(of_a) {
                    *field = (f64::from(*field) + of_a - all) as f32;
                }
            }
        }
        for mut row in fields.outer_iter_mut() {
            let mean = mean(&mut row.iter().copied());
            row.mapv_inplace(|field| (f64::from(field) - mean) as f32);
        }
        Self::measured(fields, pulls)
    }

    /// In the zero-sum gauge, J_ij(a,b) and J_ji(b,a) replaced by their mean: another memory, which has an energy.
    #[must_use]
    pub fn averaged(&self) -> Self {
        let mut averaged = self.zero_sum();
        average(&mut averaged.pulls);
        averaged.asymmetry = 0.0;
        averaged
    }
}

/// Each entry and its mirror image replaced by their mean.
fn average(array: &mut Array2<f32>) {
    for row in 0..array.nrows() {
        for column in 0..row {
            let mean = 0.5 * (array[[row, column]] + array[[column, row]]);
            array[[row, column]] = mean;
            array[[column, row]] = mean;
        }
    }
}
