//! Potts couplings between units of q letters: fields h_i(a), couplings J_ij(a,b), what a site feels and what a state
//! costs.
//!
//! Site i feels H_i(a) = h_i(a) + Σ_j J_ij(a, a_j) for each letter a, and P(a_i = a | all others) ∝ e^{H_i(a)}; where
//! J_ij(a,b) = J_ji(b,a) the energy is E = −Σ_i h_i(a_i) − ½ Σ_ij J_ij(a_i, a_j) (Wu, Rev. Mod. Phys. 54, 235 (1982);
//! for proteins: Ekeberg and others, PRE 87, 012707 (2013)). Absent: learning (`learning::potts`), and how states move.

mod gauge;

use super::error::Error;
use super::kernels::width::widest;
use super::kernels::{Rows, add_scaled};
use super::matrix::{ROUNDING, asymmetry, in_rows, row_squares, squared_skew};
use super::patterns::{Letters, State};
use ndarray::Array2;

/// Bytes of couplings at most: N q up to 23,170, as 1,103 sites of 21 letters.
const MAX_BYTES: u128 = 2 << 30;

/// Fields and couplings of N sites with q letters each; no site acts on itself.
#[derive(Debug, Clone, PartialEq)]
pub struct PottsCouplings {
    /// h_i(a), N × q.
    fields: Array2<f32>,
    /// J_ij(a,b) in row (j,b) and column (i,a), so that a letter that changes reads two rows.
    pulls: Array2<f32>,
    asymmetry: f64,
}

impl PottsCouplings {
    /// Refuses sizes whose couplings would take more than 2 GiB: to be asked before anything is allocated.
    pub fn check_size(n_units: usize, n_letters: usize) -> Result<(), Error> {
        let side = n_units as u128 * n_letters as u128;
        let most = (MAX_BYTES / 4).isqrt();
        if side <= most {
            return Ok(());
        }
        Err(Error::Range {
            setting: "sites times letters",
            range: format!("at most {most}, since couplings of all pairs may take 2 GiB"),
            value: side.to_string(),
        })
    }

    /// `fields` is h_i(a), N × q; `pulls` holds J_ij(a,b) in row j q + b and column i q + a, N q × N q: what letter b
    /// at site j adds to the field of letter a at site i.
    ///
    /// Refused: no site, q below 2 or above [`Letters::MAX`], shapes that do not go together, numbers that are not
    /// finite, a site that acts on itself, and sizes that [`Self::check_size`] refuses.
    pub fn new(fields: Array2<f32>, pulls: Array2<f32>) -> Result<Self, Error> {
        let (n_units, n_letters) = fields.dim();
        if n_units == 0 || !(2..=Letters::MAX).contains(&n_letters) {
            return Err(Error::Shape {
                what: "the fields of letters",
                expected: format!("a row a site and 2 to {} columns", Letters::MAX),
                found: format!("shape {n_units} × {n_letters}"),
            });
        }
        Self::check_size(n_units, n_letters)?;
        let side = n_units * n_letters;
        if pulls.dim() != (side, side) {
            return Err(Error::Shape {
                what: "the couplings of letters",
                expected: format!("{side} rows and columns, a site times a letter each"),
                found: format!("shape {} × {}", pulls.nrows(), pulls.ncols()),
            });
        }
        check_finite("the fields of letters", &fields)?;
        check_finite("the couplings of letters", &pulls)?;
        let (fields, pulls) = (in_rows(fields), in_rows(pulls));
        for (source, row) in pulls.outer_iter().enumerate() {
            let own = source / n_letters * n_letters;
            if let Some(letter) = (0..n_letters).find(|letter| row[own + letter] != 0.0) {
                return Err(Error::Entry {
                    what: "the couplings of letters",
                    expected: "0 within a site",
                    row: source,
                    column: own + letter,
                    value: row[own + letter].to_string(),
                });
            }
        }
        Ok(Self::measured(fields, pulls))
    }

    /// Fields and couplings known to be what they should be.
    fn measured(fields: Array2<f32>, pulls: Array2<f32>) -> Self {
        let norm = row_squares(&pulls).iter().sum::<f64>();
        Self {
            asymmetry: asymmetry(norm, squared_skew(&pulls)),
            fields,
            pulls,
        }
    }

    /// Number of sites N.
    pub fn n_units(&self) -> usize {
        self.fields.nrows()
    }

    /// Number of letters q.
    pub fn n_letters(&self) -> usize {
        self.fields.ncols()
    }

    /// h_i(a), N × q.
    pub fn fields(&self) -> &Array2<f32> {
        &self.fields
    }

    /// J_ij(a,b) in row j q + b and column i q + a, N q × N q.
    pub fn pulls(&self) -> &Array2<f32> {
        &self.pulls
    }

    /// J_ij(a,b): how strongly letter `b` at site `j` speaks for letter `a` at site `i`.
    pub fn value(&self, i: usize, a: usize, j: usize, b: usize) -> f32 {
        let q = self.n_letters();
        self.pulls[[j * q + b, i * q + a]]
    }

    /// ‖J − Jᵀ‖ / ‖J + Jᵀ‖ with Jᵀ_ij(a,b) = J_ji(b,a): 0 if symmetric.
    pub fn asymmetry(&self) -> f64 {
        self.asymmetry
    }

    /// Whether J_ij(a,b) = J_ji(b,a) up to rounding, so that an energy exists.
    pub fn symmetric(&self) -> bool {
        self.asymmetry <= ROUNDING
    }

    /// H_i(a) for all sites and letters in `state`, site after site, from scratch: O(N² q).
    pub fn local_fields(&self, state: &State) -> Vec<f32> {
        let mut fields = self.fields.iter().copied().collect::<Vec<f32>>();
        for (site, letter) in state.units().iter().enumerate() {
            add_scaled(&mut fields, 1.0, self.pull(site, *letter));
        }
        fields
    }

    /// H_i(a) of one site for all letters in `state`, from scratch: O(N q).
    pub fn local_field(&self, state: &State, site: usize) -> Vec<f32> {
        let q = self.n_letters();
        let mut fields = self.fields.row(site).to_vec();
        for (other, letter) in state.units().iter().enumerate() {
            let pull = &self.pull(other, *letter)[site * q..(site + 1) * q];
            add_scaled(&mut fields, 1.0, pull);
        }
        fields
    }

    /// Takes into the fields of [`Self::local_fields`] that `site` has changed its letter: O(N q). First the old
    /// letter's couplings go, then the new one's come.
    pub(crate) fn changed(&self, fields: &mut [f32], site: usize, before: i8, after: i8) {
        let (gone, come) = (self.pull(site, before), self.pull(site, after));
        widest(|| {
            for ((field, gone), come) in fields.iter_mut().zip(gone).zip(come) {
                *field = (*field - gone) + come;
            }
        });
    }

    /// The couplings, row by row as in [`Self::pulls`].
    pub(crate) fn rows(&self) -> Rows<'_> {
        let all = self.pulls.as_slice();
        Rows::new(all.expect("kept in standard layout"), self.pulls.ncols())
    }

    /// E = −Σ_i h_i(a_i) − ½ Σ_ij J_ij(a_i, a_j); `None` for asymmetric couplings, which have none.
    pub fn energy(&self, state: &State) -> Option<f64> {
        if !self.symmetric() {
            return None;
        }
        let q = self.n_letters();
        let units = state.units();
        let place = |site: usize| site * q + units[site] as usize;
        let alone: f64 = (0..units.len())
            .map(|site| f64::from(self.fields[[site, units[site] as usize]]))
            .sum();
        let pairs: f64 = (0..units.len())
            .flat_map(|j| (0..units.len()).map(move |i| (i, j)))
            .map(|(i, j)| f64::from(self.pulls[[place(j), place(i)]]))
            .sum();
        Some(-alone - 0.5 * pairs)
    }

    /// J_ij(a,b) for all sites i and letters a.
    fn pull(&self, site: usize, letter: i8) -> &[f32] {
        self.rows().row(site * self.n_letters() + letter as usize)
    }
}

/// H(a) − max_b≠a H(b): by how much `letter` is held against the best other one; below 0 it is given up.
pub(crate) fn margin(fields: &[f32], letter: i8) -> f32 {
    let others = fields.iter().enumerate();
    let others = others.filter(|(other, _)| *other != letter as usize);
    let best = others.map(|(_, field)| *field).fold(f32::MIN, f32::max);
    fields[letter as usize] - best
}

/// The letter with the largest field: `letter` itself if none is larger, else the first of the largest.
pub(crate) fn best(fields: &[f32], letter: i8) -> i8 {
    let mut best = letter as usize;
    for (other, field) in fields.iter().enumerate() {
        if *field > fields[best] {
            best = other;
        }
    }
    best as i8
}

/// The letter that a heat bath at `temperature` above 0 gives for `lot`, 0 to 1: P(a) ∝ e^{H(a)/T}.
pub(crate) fn draw(fields: &[f32], temperature: f64, lot: f64) -> i8 {
    let largest = fields.iter().copied().fold(f32::MIN, f32::max);
    let weight = |field: &f32| libm::exp(f64::from(field - largest) / temperature);
    let mut left = lot * fields.iter().map(weight).sum::<f64>();
    for (letter, field) in fields.iter().enumerate() {
        left -= weight(field);
        if left < 0.0 {
            return letter as i8;
        }
    }
    // Rounding can leave a trace behind the last letter.
    fields.len() as i8 - 1
}

/// Refuses numbers that are not finite.
fn check_finite(what: &'static str, array: &Array2<f32>) -> Result<(), Error> {
    let found = array.indexed_iter().find(|(_, value)| !value.is_finite());
    match found {
        None => Ok(()),
        Some(((row, column), value)) => Err(Error::Entry {
            what,
            expected: "finite numbers",
            row,
            column,
            value: value.to_string(),
        }),
    }
}

#[cfg(test)]
mod tests;
