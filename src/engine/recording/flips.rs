//! Every flip of a run in a few bytes each, and any of them again at once.
//!
//! Flips stand in blocks. A block opens with the state before its first flip, a bit a unit where units are ±1; each
//! flip is the updates since the one before it and its unit, as numbers of as few bytes as they need: three bytes at
//! N = 4,096. So any flip, and any state, costs a walk through one block. Absent: energies (`energies`).

use crate::engine::dynamics::Flip;
use crate::engine::patterns::{Alphabet, State};
use std::mem::size_of;

/// Flips of a block: a few microseconds' walk.
const BLOCK: usize = 1024;

/// One unit that turned over, or one letter changed for another, as it is recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecordedFlip {
    /// Updates done when it had turned, counted from 1; a synchronous sweep is N updates at one moment.
    pub update: u64,
    /// Which unit.
    pub unit: usize,
    /// What it was.
    pub before: i8,
    /// What it became.
    pub after: i8,
}

/// The flips of a run, in order.
#[derive(Debug, Clone)]
pub(super) struct Flips {
    alphabet: Alphabet,
    n_units: usize,
    /// At least one; all but the last are full.
    blocks: Vec<Block>,
    count: usize,
    /// The update of the last flip, 0 before the first.
    last: u64,
}

/// Up to [`BLOCK`] flips.
#[derive(Debug, Clone)]
struct Block {
    /// The state before the first of them.
    state: Packed,
    /// The update of the flip before the first of them.
    update: u64,
    bytes: Vec<u8>,
}

/// A state in little space.
#[derive(Debug, Clone)]
enum Packed {
    /// A bit a unit, set for +1.
    Signs(Box<[u64]>),
    Letters(Box<[i8]>),
}

impl Flips {
    /// No flip yet, of a run that starts at `cue`.
    pub(super) fn new(cue: &State) -> Self {
        Self {
            alphabet: cue.alphabet(),
            n_units: cue.n_units(),
            blocks: vec![Block::new(cue, 0)],
            count: 0,
            last: 0,
        }
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// Adds a flip that left `state`.
    pub(super) fn push(&mut self, flip: &Flip, state: &State) {
        let (alphabet, update) = (self.alphabet, flip.update);
        let since = update - self.last;
        self.count += 1;
        self.last = update;
        let full = self.count.is_multiple_of(BLOCK);
        let next = full.then(|| Block::new(state, update));
        let block = self.blocks.last_mut().expect("there is at least one block");
        block.push(since, flip, alphabet);
        if let Some(next) = next {
            block.bytes.shrink_to_fit();
            self.blocks.push(next);
        }
    }

    /// The flips from the one at `index` on, counted from 0.
    pub(super) fn from(&self, index: usize) -> impl Iterator<Item = RecordedFlip> {
        let first = index.min(self.count) / BLOCK;
        let all = self.blocks[first..].iter();
        all.flat_map(|block| block.flips(self.alphabet))
            .skip(index.min(self.count) - first * BLOCK)
    }

    /// How many there are up to and including `update`.
    pub(super) fn until(&self, update: u64) -> usize {
        if update >= self.last {
            return self.count;
        }
        // A block may open in the midst of a synchronous sweep: the one before its update is looked through.
        let later = self.blocks.partition_point(|block| block.update <= update);
        let block = later.saturating_sub(1);
        let within = self.blocks[block].flips(self.alphabet);
        block * BLOCK + within.take_while(|flip| flip.update <= update).count()
    }

    /// The state after the first `count` flips.
    pub(super) fn state(&self, count: usize) -> State {
        let block = count.min(self.count) / BLOCK;
        let mut state = self.blocks[block]
            .state
            .unpacked(self.alphabet, self.n_units);
        let within = self.blocks[block].flips(self.alphabet);
        within
            .take(count - block * BLOCK)
            .for_each(|flip| state.put(flip.unit, flip.after));
        state
    }

    /// Bytes that they take.
    pub(super) fn bytes(&self) -> usize {
        let blocks = self.blocks.iter().map(|block| {
            let state = match &block.state {
                Packed::Signs(words) => size_of_val::<[u64]>(words),
                Packed::Letters(letters) => letters.len(),
            };
            state + block.bytes.capacity()
        });
        blocks.sum::<usize>() + self.blocks.capacity() * size_of::<Block>()
    }
}

impl Block {
    fn new(state: &State, update: u64) -> Self {
        Self {
            state: Packed::new(state),
            update,
            bytes: Vec::new(),
        }
    }

    fn push(&mut self, since: u64, flip: &Flip, alphabet: Alphabet) {
        write(&mut self.bytes, since);
        let unit = u64::from(flip.unit);
        match alphabet {
            Alphabet::Signs => write(&mut self.bytes, unit << 1 | u64::from(flip.after > 0)),
            Alphabet::Letters(_) => {
                write(&mut self.bytes, unit);
                self.bytes.extend([flip.before as u8, flip.after as u8]);
            }
        }
    }

    fn flips(&self, alphabet: Alphabet) -> impl Iterator<Item = RecordedFlip> {
        let (mut bytes, mut update) = (self.bytes.iter().copied(), self.update);
        std::iter::from_fn(move || {
            update += read(&mut bytes)?;
            let unit = read(&mut bytes)?;
            let (unit, before, after) = match alphabet {
                Alphabet::Signs => {
                    let after = if unit & 1 == 1 { 1 } else { -1 };
                    (unit >> 1, -after, after)
                }
                Alphabet::Letters(_) => (unit, bytes.next()? as i8, bytes.next()? as i8),
            };
            Some(RecordedFlip {
                update,
                unit: unit as usize,
                before,
                after,
            })
        })
    }
}

impl Packed {
    fn new(state: &State) -> Self {
        let units = state.units();
        match state.alphabet() {
            Alphabet::Signs => {
                let word = |signs: &[i8]| {
                    let bits = signs.iter().enumerate();
                    bits.fold(0, |word, (bit, sign)| word | u64::from(*sign > 0) << bit)
                };
                Self::Signs(units.chunks(64).map(word).collect())
            }
            Alphabet::Letters(_) => Self::Letters(units.into()),
        }
    }

    fn unpacked(&self, alphabet: Alphabet, n_units: usize) -> State {
        match self {
            Self::Signs(words) => {
                State::from_fn(n_units, |unit| words[unit / 64] >> (unit % 64) & 1 == 1)
            }
            Self::Letters(letters) => State::filled(alphabet, n_units, |unit| letters[unit]),
        }
    }
}

/// Writes a number in groups of seven bits, the lowest first; all but the last carry the eighth.
fn write(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// The next number that [`write()`] wrote; `None` at the end.
fn read(bytes: &mut impl Iterator<Item = u8>) -> Option<u64> {
    let (mut number, mut shift) = (0, 0);
    loop {
        let byte = bytes.next()?;
        number |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(number);
        }
        shift += 7;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::patterns::Letters;
    use proptest::prelude::*;

    #[test]
    fn numbers_take_as_few_bytes_as_they_need() {
        let lengths = [
            (0, 1),
            (127, 1),
            (128, 2),
            (8191, 2),
            (16_384, 3),
            (u64::MAX, 10),
        ];
        for (number, length) in lengths {
            let mut bytes = Vec::new();
            write(&mut bytes, number);
            assert_eq!(bytes.len(), length, "{number}");
            assert_eq!(read(&mut bytes.into_iter()), Some(number));
        }
        assert_eq!(read(&mut [0x80].into_iter()), None);
    }

    proptest! {
        /// Against a plain list, several blocks long, some flips at one moment.
        #[test]
        fn flips_and_states_come_back(
            steps in proptest::collection::vec((0..200_u64, 0..70_usize), 1..4000),
            q in proptest::option::of(2..9_usize),
        ) {
            let alphabet = q.map_or(Alphabet::Signs, |q| Alphabet::Letters(Letters::plain(q).unwrap()));
            let mut state = State::blank_of(alphabet, 70);
            let mut flips = Flips::new(&state);
            let (mut all, mut states, mut update) = (Vec::new(), vec![state.clone()], 1);
            for (since, unit) in steps {
                update += since * (since % 3);
                let before = state.units()[unit];
                let after = q.map_or(-before, |q| (before + 1) % q as i8);
                state.put(unit, after);
                let flip = Flip { update, unit: unit as u32, before, after, field: 0.0, energy_change: 0.0 };
                flips.push(&flip, &state);
                all.push(RecordedFlip { update, unit, before, after });
                states.push(state.clone());
            }
            prop_assert_eq!(flips.from(0).collect::<Vec<_>>(), all.clone());
            prop_assert_eq!(flips.from(all.len()).count(), 0);
            for index in (0..all.len()).step_by(97).chain([all.len() - 1]) {
                prop_assert_eq!(flips.from(index).next(), Some(all[index]));
                prop_assert_eq!(&flips.state(index), &states[index]);
                for at in [all[index].update - 1, all[index].update] {
                    prop_assert_eq!(flips.until(at), all.partition_point(|flip| flip.update <= at));
                }
            }
            prop_assert_eq!(&flips.state(all.len()), &state);
        }
    }
}
