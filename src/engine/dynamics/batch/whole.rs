//! Many states in couplings of whole numbers, packed into 8 or 16 bits: sums are exact in any order.

use super::super::seen::words;
use super::one_by_one::{self, Course, Kept};
use super::rest::Rest;
use super::walk::{Walk, Walker, in_step};
use crate::engine::couplings::Couplings;
use crate::engine::kernels::aligned::Aligned;
use crate::engine::kernels::whole::{Columns, Field as _, Weight, turning, units_of, up};
use crate::engine::patterns::State;
use std::ops::Range;

/// Synchronous states that go in step: their fields fit into the cache beside a block of the couplings.
const IN_STEP: usize = 32;

/// The columns of W, packed; Hebb's weights are such.
#[derive(Debug, Clone)]
pub(super) enum PackedColumns {
    Narrow(Columns<i8>),
    Wide(Columns<i16>),
}

impl PackedColumns {
    /// Packs W; `None` where its numbers are not whole, or so large that sums in single precision would be rounded.
    pub(super) fn new(couplings: &Couplings) -> Option<Self> {
        let n_units = couplings.n_units();
        let column = |unit| couplings.column(unit);
        let narrow = Columns::new(n_units, column).map(Self::Narrow);
        narrow.or_else(|| Columns::new(n_units, column).map(Self::Wide))
    }
}

/// One state of a batch on its way.
struct WholeWalker<'a, W: Weight> {
    columns: &'a Columns<W>,
    signs: Aligned<W::Field>,
    fields: Aligned<W::Field>,
    /// Whether the fields are still to be those of the walker before, before units turn.
    follows: bool,
    /// The units that turned last, by what they turned to.
    up: Vec<u32>,
    down: Vec<u32>,
    /// The same, a bit a unit.
    turned: Vec<u64>,
    /// A bit a unit, set where it is up.
    ups: Vec<u64>,
    walk: Walk,
}

impl<'a, W: Weight> WholeWalker<'a, W> {
    /// With the units about to turn that lead to `state`: from −1 everywhere, or from the start of the walker `before`,
    /// whichever are fewer. Cues of one pattern are alike.
    fn new(columns: &'a Columns<W>, state: &State, before: Option<&Self>) -> Self {
        let signs = signs(columns, state);
        let ups = up(&signs);
        let none = vec![0; ups.len()];
        let apart = |other: &[u64]| -> u32 {
            let words = ups.iter().zip(other);
            words.map(|(up, other)| (up ^ other).count_ones()).sum()
        };
        let before = before.filter(|before| apart(&before.ups) < apart(&none));
        let from = before.map_or(&none, |before| &before.ups);
        let words = || ups.iter().zip(from);
        let mut turns = [(); 2].map(|()| Vec::with_capacity(state.n_units()));
        units_of(words().map(|(up, from)| up & !from), &mut turns[0]);
        units_of(words().map(|(up, from)| from & !up), &mut turns[1]);
        let [up, down] = turns;
        Self {
            columns,
            fields: columns.all_down().clone(),
            follows: before.is_some(),
            up,
            down,
            turned: none,
            walk: Walk::from(&ups),
            signs,
            ups,
        }
    }

    /// Its fields, and the units that they are to take up.
    fn turns(&mut self) -> (&mut [W::Field], [&[u32]; 2]) {
        (&mut self.fields, [&self.up, &self.down])
    }

    /// Turns the units of `turned`.
    fn turn(&mut self) {
        let Self {
            signs,
            up,
            down,
            turned,
            ups,
            ..
        } = self;
        let words = || turned.iter().zip(&*ups);
        units_of(words().map(|(turned, up)| turned & !up), up);
        units_of(words().map(|(turned, up)| turned & up), down);
        ups.iter_mut()
            .zip(&*turned)
            .for_each(|(up, turned)| *up ^= turned);
        up.iter()
            .for_each(|unit| signs[*unit as usize] = W::Field::UP);
        down.iter()
            .for_each(|unit| signs[*unit as usize] = W::Field::DOWN);
    }
}

impl<W: Weight> Walker for WholeWalker<'_, W> {
    fn take_up(walkers: &mut [&mut Self], block: &Range<usize>) {
        let Some(columns) = walkers.first().map(|walker| walker.columns) else {
            return;
        };
        // Whoever follows needs the fields of the one before, so these go one by one.
        let n_followed = walkers.iter().rposition(|walker| walker.follows);
        for place in 0..n_followed.map_or(0, |last| last + 1) {
            let (before, walker) = walkers.split_at_mut(place);
            let walker = &mut *walker[0];
            if let Some(before) = before.last().filter(|_| walker.follows) {
                walker.fields[block.clone()].copy_from_slice(&before.fields[block.clone()]);
            }
            columns.turn(block, std::iter::once(walker.turns()));
        }
        let others = &mut walkers[n_followed.map_or(0, |last| last + 1)..];
        columns.turn(block, others.iter_mut().map(|walker| walker.turns()));
    }

    fn sweep(&mut self, sweep: u64) {
        let sum = turning(&self.signs, &self.fields, &mut self.turned);
        self.walk.sums.push(sum as f64);
        self.turn();
        self.follows = false;
        let n_flips = (self.up.len() + self.down.len()) as u64;
        self.walk.swept(sweep, n_flips, &self.ups);
    }

    fn walk(&self) -> &Walk {
        &self.walk
    }
}

/// Every state under synchronous updates; sums times `factor` are energies.
pub(super) fn synchronous<W: Weight>(
    columns: &Columns<W>,
    states: &[State],
    max_sweeps: u64,
    factor: Option<f64>,
) -> Vec<Rest> {
    let blocks: Vec<Range<usize>> = columns.blocks().collect();
    let mut rests = Vec::with_capacity(states.len());
    for states in states.chunks(IN_STEP) {
        let mut walkers: Vec<WholeWalker<'_, W>> = Vec::with_capacity(states.len());
        for state in states {
            walkers.push(WholeWalker::new(columns, state, walkers.last()));
        }
        in_step(&mut walkers, &blocks, max_sweeps);
        for mut walker in walkers {
            if !walker.walk.rests() {
                let sum = turning(&walker.signs, &walker.fields, &mut walker.turned);
                walker.walk.sums.push(sum as f64);
            }
            let state = state(columns, &walker.signs);
            rests.push(walker.walk.rest(state, factor));
        }
    }
    rests
}

/// Where `course` takes `state` in `couplings` whose columns are `columns`, one unit after the other.
pub(super) fn follow<W: Weight>(
    couplings: &Couplings,
    columns: &Columns<W>,
    state: &State,
    course: Course<'_>,
    max_sweeps: u64,
    factor: Option<f64>,
) -> Rest {
    let mut walker = WholeWalker::new(columns, state, None);
    for block in columns.blocks() {
        WholeWalker::take_up(&mut [&mut walker], &block);
    }
    let kept = WholeKept {
        couplings,
        columns,
        signs: &mut walker.signs,
        fields: &mut walker.fields,
    };
    one_by_one::run(kept, course, max_sweeps, factor)
}

/// A state whose units are updated one at a time.
struct WholeKept<'a, W: Weight> {
    couplings: &'a Couplings,
    columns: &'a Columns<W>,
    signs: &'a mut [W::Field],
    fields: &'a mut [W::Field],
}

impl<W: Weight> Kept for WholeKept<'_, W> {
    fn n_units(&self) -> usize {
        self.columns.n_units()
    }

    fn against(&self, unit: usize) -> bool {
        self.signs[unit].times(self.fields[unit]) < W::Field::default()
    }

    fn is_up(&self, unit: usize) -> bool {
        self.signs[unit] > W::Field::default()
    }

    fn field_of_others(&self, unit: usize) -> f32 {
        let field = self.couplings.scale() * self.fields[unit].product(W::Field::UP) as f32;
        let sign = if self.is_up(unit) { 1.0 } else { -1.0 };
        field - self.couplings.value(unit, unit) * sign
    }

    fn turn(&mut self, unit: usize) {
        let sign = W::Field::default().minus(self.signs[unit]);
        self.signs[unit] = sign;
        self.columns.turn_one(self.fields, unit, sign);
    }

    fn refresh(&mut self) {}

    fn words(&self) -> Vec<u64> {
        words(&self.state())
    }

    fn sum(&self) -> f64 {
        let along = self.signs.iter().zip(self.fields.iter());
        let sum: i64 = along
            .map(|(sign, field)| i64::from(field.product(*sign)))
            .sum();
        sum as f64
    }

    fn state(&self) -> State {
        state(self.columns, self.signs)
    }
}

/// The signs of `state`, and zeros behind.
fn signs<W: Weight>(columns: &Columns<W>, state: &State) -> Aligned<W::Field> {
    let mut signs = Aligned::<W::Field>::new(columns.all_down().len());
    for (sign, value) in signs.iter_mut().zip(state.units()) {
        *sign = if *value > 0 {
            W::Field::UP
        } else {
            W::Field::DOWN
        };
    }
    signs
}

fn state<W: Weight>(columns: &Columns<W>, signs: &[W::Field]) -> State {
    State::from_fn(columns.n_units(), |unit| signs[unit] > W::Field::default())
}
