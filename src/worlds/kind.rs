//! What every kind of world answers: its settings in words and numbers, and the patterns that follow from them.
//!
//! A world is made in two steps. *Preparing* does what takes long (unpacking, sampling, reading a file) and may run
//! in a job; it gives data. *Storing* picks patterns from the data and is done again whenever a setting moves.

use super::Findings;
use super::files::input::Input;
use crate::engine::patterns::{Alphabet, Label};
use crate::engine::settings::{AnySettings, Setting, SettingKind};
use crate::engine::{Error, Grid, Patterns, State};
use std::fmt;
use std::sync::Arc;

/// Patterns up to which a slider of how many are stored goes; more are typed.
pub const FEW_STORED: usize = 2000;

/// Most units of all stored patterns together: 128 MiB, which are kept by pattern and by unit.
pub const MAX_STORED_UNITS: usize = 1 << 27;

/// Refuses more patterns of `n_units` than there is room for.
pub fn check_room(n_patterns: usize, n_units: usize) -> Result<(), Error> {
    let most = MAX_STORED_UNITS / n_units.max(1);
    if n_patterns <= most {
        return Ok(());
    }
    Err(Error::Range {
        setting: "the number of patterns",
        range: format!("at most {most} at N = {n_units}"),
        value: n_patterns.to_string(),
    })
}

/// What a world is, for the chooser, the settings and the help.
#[derive(Debug, PartialEq, Eq)]
pub struct WorldInfo {
    /// Name on the command line, lower case.
    pub name: &'static str,
    /// Name on screen.
    pub title: &'static str,
    /// What it gives, in one sentence.
    pub summary: &'static str,
    /// Where it comes from.
    pub reference: &'static str,
    /// How many of the settings are shown at first; the others stand behind "More settings".
    pub n_first: usize,
    /// What one stored pattern is called: "digit", "sequence", …
    pub noun: &'static str,
    /// What is never stored and can be asked for.
    pub unseen: &'static str,
}

impl WorldInfo {
    /// The setting of how many patterns are stored, at most `max`.
    pub const fn stored(help: &'static str, max: usize) -> Setting {
        Setting {
            key: "p",
            label: "Stored, P",
            help,
            kind: SettingKind::Whole {
                min: 1,
                max: max as i32,
                logarithmic: true,
            },
        }
    }
}

/// The patterns that a memory stores.
#[derive(Debug, Clone)]
pub struct Stored {
    /// The patterns.
    pub patterns: Arc<Patterns>,
    /// Which entry of the data each is, counted from 0.
    pub origins: Vec<usize>,
}

impl Stored {
    /// Patterns that are the first entries of the data, in order.
    pub fn in_order(patterns: Arc<Patterns>) -> Self {
        let origins = (0..patterns.n_patterns()).collect();
        Self { patterns, origins }
    }
}

/// A state out of a world, with its label where it has one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// The state.
    pub state: State,
    /// What it is.
    pub label: Option<Label>,
}

/// What a step of preparing gives.
#[derive(Debug)]
pub enum Preparation<D> {
    /// So much is done, 0 to 1.
    UnderWay(f32),
    /// All is done, or refused; the last item.
    Ready(Result<D, Error>),
}

impl<D> Preparation<D> {
    /// The same with other data.
    pub fn map<E>(self, make: impl FnOnce(D) -> E) -> Preparation<E> {
        match self {
            Self::UnderWay(done) => Preparation::UnderWay(done),
            Self::Ready(result) => Preparation::Ready(result.map(make)),
        }
    }
}

/// Preparing under way: items of progress, and the data last.
pub type Preparing<D> = Box<dyn Iterator<Item = Preparation<D>> + Send>;

/// What every world answers without its data, besides what its table of
/// [settings](crate::engine::settings::Settings) says.
pub trait WorldSettings: AnySettings {
    /// What the world is.
    fn about(&self) -> &'static WorldInfo;

    /// Name on the command line: of the world, or of what was opened.
    fn name(&self) -> &str {
        self.about().name
    }

    /// Number of stored patterns asked for.
    fn n_patterns(&self) -> usize;
    /// The grid the units are drawn on, where the settings alone say so.
    fn grid(&self) -> Option<Grid>;
    /// What every unit can be, as far as the settings alone say: signs or letters. Which letters there are, only the
    /// patterns say where the data decide it.
    fn alphabet(&self) -> Alphabet {
        Alphabet::Signs
    }

    /// Whether preparing fits into a frame.
    fn is_quick(&self) -> bool;

    /// Brings what the settings say of each other into line after one of them was moved by hand: fewer patterns
    /// where there are fewer to store.
    fn mend(&mut self) {}

    /// What the user opened, where the world is made of it.
    fn input(&self) -> Option<&Arc<Input>> {
        None
    }

    /// What the user opened, to put something else in its place.
    fn input_mut(&mut self) -> Option<&mut Arc<Input>> {
        None
    }

    /// Gray above which a pixel of a picture is +1, 0 to 255.
    fn threshold(&self) -> u8 {
        127
    }
}

/// A kind of world: settings, and the data that they ask for.
pub trait WorldKind:
    WorldSettings + Clone + PartialEq + Default + fmt::Debug + Send + 'static
{
    /// What preparing gives.
    type Data: Send + Sync + fmt::Debug + 'static;

    /// Whether data prepared for `other` serve these settings too. Data never serve another seed unless
    /// [`Self::SEEDED`] is false.
    fn shares_data(&self, other: &Self) -> bool;

    /// Whether the seed decides anything of the data.
    const SEEDED: bool;

    /// Whether files that preparing needs are still on their way to the page.
    fn is_coming(&self) -> bool {
        false
    }

    /// Does what takes long.
    fn prepare(&self, seed: u64) -> Preparing<Self::Data>;
    /// The most patterns that can be stored.
    fn available(&self, data: &Self::Data) -> usize;
    /// The stored patterns; a larger number begins with what a smaller one stores.
    fn stored(&self, data: &Self::Data, seed: u64) -> Result<Stored, Error>;
    /// How many states there are that are never stored.
    fn n_unseen(&self, data: &Self::Data) -> usize;
    /// The unseen state at `index`, which is below [`Self::n_unseen`].
    fn unseen(&self, data: &Self::Data, seed: u64, index: usize) -> Result<Example, Error>;

    /// The first `count` unseen states, at most [`Self::n_unseen`].
    fn first_unseen(
        &self,
        data: &Self::Data,
        seed: u64,
        count: usize,
    ) -> Result<Vec<Example>, Error> {
        (0..count)
            .map(|index| self.unseen(data, seed, index))
            .collect()
    }

    /// Whether the setting called `key` makes a difference for the data; what it would do without data is what
    /// [`AnySettings::applies`] says.
    fn offers(&self, _data: &Self::Data, _key: &str) -> bool {
        true
    }

    /// What was found in the data.
    fn findings(&self, _data: &Self::Data) -> Findings {
        Findings::default()
    }

    /// Which row of what was opened, from 0, the entry at `origin` of the data is: it differs where rows were left out.
    fn source_row(&self, _data: &Self::Data, origin: usize) -> usize {
        origin
    }

    /// What the patterns are composed of, where that is known.
    fn features(&self, _data: &Self::Data, _seed: u64) -> Option<Arc<Patterns>> {
        None
    }
}

/// A preparation with nothing to wait for.
pub fn at_once<D: Send + 'static>(
    make: impl FnOnce() -> Result<D, Error> + Send + 'static,
) -> Preparing<D> {
    Box::new(std::iter::once_with(move || Preparation::Ready(make())))
}

/// Preparing that adds the entries 0 to `count` − 1 to `begun`, `a_step` of them at a time, and makes data of it
/// in the end.
pub fn one_by_one<S: Send + 'static, D: 'static>(
    (count, a_step): (usize, usize),
    begun: S,
    mut add: impl FnMut(&mut S, usize) -> Result<(), Error> + Send + 'static,
    finish: impl FnOnce(S) -> Result<D, Error> + Send + 'static,
) -> Preparing<D> {
    let mut under_way = Some((begun, finish));
    let mut next = 0;
    Box::new(std::iter::from_fn(move || {
        let (mut made, finish) = under_way.take()?;
        let end = (next + a_step.max(1)).min(count);
        for entry in next..end {
            if let Err(problem) = add(&mut made, entry) {
                return Some(Preparation::Ready(Err(problem)));
            }
        }
        if next == count {
            return Some(Preparation::Ready(finish(made)));
        }
        next = end;
        under_way = Some((made, finish));
        Some(Preparation::UnderWay(next as f32 / count as f32))
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_are_added_in_order_a_few_a_step_and_a_refusal_ends_it() {
        let prepare = |bad: usize| {
            let add = move |made: &mut Vec<usize>, entry: usize| {
                made.push(entry);
                check_room(usize::from(entry == bad) * usize::MAX, 4)
            };
            one_by_one((5, 2), Vec::new(), add, Ok)
        };
        let steps: Vec<Preparation<Vec<usize>>> = prepare(9).collect();
        assert_eq!(steps.len(), 4, "{steps:?}");
        assert!(matches!(&steps[0], Preparation::UnderWay(done) if *done == 0.4));
        assert!(matches!(&steps[3], Preparation::Ready(Ok(made)) if *made == [0, 1, 2, 3, 4]));
        let steps: Vec<Preparation<Vec<usize>>> = prepare(3).collect();
        assert!(matches!(
            &steps[..],
            [Preparation::UnderWay(_), Preparation::Ready(Err(_))]
        ));
    }

    #[test]
    fn what_does_not_fit_is_refused_in_a_sentence() {
        assert!(check_room(131_072, 1024).is_ok());
        assert_eq!(
            check_room(200_000, 4096).unwrap_err().to_string(),
            "the number of patterns must be at most 32768 at N = 4096, not 200000"
        );
    }
}
