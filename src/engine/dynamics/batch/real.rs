//! Many states in couplings of single precision, between signs or between letters: every field takes up the same rows
//! in the same order as in a single run.

use super::super::relaxation::REFRESH;
use super::super::seen::words;
use super::one_by_one::Kept;
use super::rest::Rest;
use super::walk::{Walk, Walker, in_step};
use crate::engine::couplings::Couplings;
use crate::engine::kernels::rows::{PackedRows, RowChange, Rows, against};
use crate::engine::kernels::{Signs, add_scaled, sum_of_rows};
use crate::engine::patterns::State;
use crate::engine::potts::{self, PottsCouplings};
use std::ops::Range;

/// Synchronous states that go in step: what they keep fits into the cache beside a block of the couplings.
const IN_STEP: usize = 64;
/// Fewer states get their first fields one by one: the sums that many share would not pay.
const FEW: usize = 12;

/// W s of every state, N to a state. `columns` are those of the couplings, packed.
pub(super) fn first_fields(
    couplings: &Couplings,
    columns: &PackedRows,
    states: &[State],
) -> Vec<f32> {
    let n_units = couplings.n_units();
    if states.len() < FEW {
        let fields = states.iter();
        return fields
            .flat_map(|state| sum_of_rows(couplings.columns(), state.units()))
            .collect();
    }
    let rows = states.iter().map(State::units);
    let mut fields = vec![0.0; states.len() * n_units];
    Signs::of(states.len(), n_units, rows).sums_of_rows(columns.rows(), &mut fields);
    fields
}

/// A state of ±1 on its way through synchronous sweeps.
struct RealWalker<'a> {
    couplings: &'a Couplings,
    columns: Rows<'a>,
    signs: Vec<f32>,
    fields: &'a mut [f32],
    /// What the last sweep adds to the fields.
    changes: Vec<RowChange>,
    /// The units that turned last, a bit a unit, and those that are up.
    turned: Vec<u64>,
    ups: Vec<u64>,
    walk: Walk,
}

impl<'a> RealWalker<'a> {
    fn new(
        couplings: &'a Couplings,
        columns: Rows<'a>,
        state: &State,
        fields: &'a mut [f32],
    ) -> Self {
        let ups = words(state);
        Self {
            couplings,
            columns,
            signs: state.units().iter().copied().map(f32::from).collect(),
            fields,
            changes: Vec::with_capacity(state.n_units()),
            turned: vec![0; ups.len()],
            walk: Walk::from(&ups),
            ups,
        }
    }
}

impl Walker for RealWalker<'_> {
    fn take_up(walkers: &mut [&mut Self], block: &Range<usize>) {
        if let Some(columns) = walkers.first().map(|walker| walker.columns) {
            let all = walkers.iter_mut();
            let all = all.map(|walker| (&mut *walker.fields, &*walker.changes));
            columns.add(block, all);
        }
    }

    fn sweep(&mut self, sweep: u64) {
        let sum = against(&self.signs, self.fields, &mut self.turned);
        self.walk.sums.push(sum);
        self.changes.clear();
        for (place, (turned, ups)) in self.turned.iter().zip(&mut self.ups).enumerate() {
            *ups ^= turned;
            let mut word = *turned;
            while word != 0 {
                let unit = 64 * place + word.trailing_zeros() as usize;
                self.signs[unit] = -self.signs[unit];
                self.changes.push(RowChange {
                    row: unit as u32,
                    factor: 2.0 * self.signs[unit],
                });
                word &= word - 1;
            }
        }
        let n_flips = self.changes.len() as u64;
        self.walk.swept(sweep, n_flips, &self.ups);
        if sweep.is_multiple_of(REFRESH) {
            self.changes.clear();
            let fields = self.couplings.raw_fields(&state(&self.signs));
            self.fields.copy_from_slice(&fields);
        }
    }

    fn walk(&self) -> &Walk {
        &self.walk
    }
}

/// Every state of ±1 under synchronous updates; sums times `factor` are energies.
pub(super) fn synchronous(
    couplings: &Couplings,
    columns: &PackedRows,
    states: &[State],
    max_sweeps: u64,
    factor: Option<f64>,
) -> Vec<Rest> {
    let mut fields = first_fields(couplings, columns, states);
    let columns = columns.rows();
    let blocks = columns.blocks();
    let mut all = states.iter().zip(fields.chunks_mut(couplings.n_units()));
    let mut rests = Vec::with_capacity(states.len());
    while rests.len() < states.len() {
        let walkers = all.by_ref().take(IN_STEP);
        let walkers =
            walkers.map(|(state, fields)| RealWalker::new(couplings, columns, state, fields));
        let mut walkers: Vec<_> = walkers.collect();
        in_step(&mut walkers, &blocks, max_sweeps);
        rests.extend(walkers.into_iter().map(|mut walker| {
            if !walker.walk.rests() {
                let sum = against(&walker.signs, walker.fields, &mut walker.turned);
                walker.walk.sums.push(sum);
            }
            walker.walk.rest(state(&walker.signs), factor)
        }));
    }
    rests
}

/// A state of ±1 whose units are updated one at a time.
pub(super) struct RealKept<'a> {
    couplings: &'a Couplings,
    columns: Rows<'a>,
    signs: Vec<f32>,
    fields: Vec<f32>,
}

impl<'a> RealKept<'a> {
    /// At `state`, with `fields` W s.
    pub(super) fn new(couplings: &'a Couplings, state: &State, fields: Vec<f32>) -> Self {
        Self {
            couplings,
            columns: couplings.columns(),
            signs: state.units().iter().copied().map(f32::from).collect(),
            fields,
        }
    }
}

impl Kept for RealKept<'_> {
    fn n_units(&self) -> usize {
        self.signs.len()
    }

    fn against(&self, unit: usize) -> bool {
        self.signs[unit] * self.fields[unit] < 0.0
    }

    fn is_up(&self, unit: usize) -> bool {
        self.signs[unit] > 0.0
    }

    fn field_of_others(&self, unit: usize) -> f32 {
        let field = self.couplings.scale() * self.fields[unit];
        field - self.couplings.value(unit, unit) * self.signs[unit]
    }

    fn turn(&mut self, unit: usize) {
        self.signs[unit] = -self.signs[unit];
        let twice = 2.0 * self.signs[unit];
        add_scaled(&mut self.fields, twice, self.columns.row(unit));
    }

    fn refresh(&mut self) {
        self.fields = self.couplings.raw_fields(&self.state());
    }

    fn words(&self) -> Vec<u64> {
        words(&self.state())
    }

    fn sum(&self) -> f64 {
        let along = self.signs.iter().zip(&self.fields);
        along
            .map(|(sign, field)| f64::from(*sign) * f64::from(*field))
            .sum()
    }

    fn state(&self) -> State {
        state(&self.signs)
    }
}

/// A state of letters on its way through synchronous sweeps.
struct LetterWalker<'a> {
    couplings: &'a PottsCouplings,
    rows: Rows<'a>,
    state: State,
    fields: Vec<f32>,
    changes: Vec<RowChange>,
    walk: Walk,
}

impl<'a> LetterWalker<'a> {
    /// Its fields are those of the sites alone, and about to take up every letter.
    fn new(couplings: &'a PottsCouplings, state: &State) -> Self {
        let mut letters = Self {
            couplings,
            rows: couplings.rows(),
            fields: Vec::new(),
            changes: Vec::with_capacity(2 * state.n_units()),
            walk: Walk::from(&words(state)),
            state: state.clone(),
        };
        letters.start_afresh();
        letters
    }

    fn start_afresh(&mut self) {
        self.fields = self.couplings.fields().iter().copied().collect();
        self.changes.clear();
        for (site, letter) in self.state.units().iter().enumerate() {
            self.changes.push(self.change(site, *letter, 1.0));
        }
    }

    fn change(&self, site: usize, letter: i8, factor: f32) -> RowChange {
        let row = site * self.couplings.n_letters() + letter as usize;
        RowChange {
            row: row as u32,
            factor,
        }
    }
}

impl Walker for LetterWalker<'_> {
    fn take_up(walkers: &mut [&mut Self], block: &Range<usize>) {
        if let Some(rows) = walkers.first().map(|walker| walker.rows) {
            let all = walkers.iter_mut();
            let all = all.map(|walker| (&mut *walker.fields, &*walker.changes));
            rows.add(block, all);
        }
    }

    fn sweep(&mut self, sweep: u64) {
        self.changes.clear();
        let n_letters = self.couplings.n_letters();
        for site in 0..self.state.n_units() {
            let before = self.state.units()[site];
            let after = potts::best(&self.fields[site * n_letters..][..n_letters], before);
            if after != before {
                self.changes.push(self.change(site, before, -1.0));
                self.changes.push(self.change(site, after, 1.0));
                self.state.put(site, after);
            }
        }
        let n_flips = self.changes.len() as u64 / 2;
        self.walk.swept(sweep, n_flips, &words(&self.state));
        if sweep.is_multiple_of(REFRESH) {
            self.start_afresh();
        }
    }

    fn walk(&self) -> &Walk {
        &self.walk
    }
}

/// Every state of letters under synchronous updates.
pub(super) fn synchronous_letters(
    couplings: &PottsCouplings,
    states: &[State],
    max_sweeps: u64,
) -> Vec<Rest> {
    let walkers = states
        .iter()
        .map(|state| LetterWalker::new(couplings, state));
    let mut walkers: Vec<_> = walkers.collect();
    in_step(&mut walkers, &couplings.rows().blocks(), max_sweeps);
    let rests = walkers.into_iter();
    rests
        .map(|walker| walker.walk.rest(walker.state, None))
        .collect()
}

fn state(signs: &[f32]) -> State {
    State::from_fn(signs.len(), |unit| signs[unit] > 0.0)
}
