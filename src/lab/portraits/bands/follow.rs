//! Single attractors followed along the axis.
//!
//! From one value to the next an attractor continues as the one that it overlaps most, from [`FOLLOWED`](super::FOLLOWED) on: high enough
//! that no two unrelated states of some tens of units reach it by chance, and below the 0.9 from which on a state counts as
//! a pattern, so that one that leaves a pattern is followed as long as it stays near. Where several continue as the same one, the
//! largest overlap has it (then the largest share, then the one met first), and the others are merged into it. What is
//! called +K or −K goes on as +K or −K by name, wherever the next value has that and stores the same pattern there, up to
//! the same overlap. Cycles are followed by their smallest states. Values at which nothing was learned are stepped over;
//! where units are others than before, nothing is followed.
//!
//! What nowhere reaches [`SHOWN`], and runs that did not settle, are left together in one band a kind, so that the bands of a
//! value add up to 1.

use super::column::{BandColumn, BandKind};
use super::links::{Link, Meeting, Met, links};
use crate::engine::patterns::State;
use std::collections::BTreeMap;

/// The share that a band reaches somewhere; others are left together.
pub const SHOWN: f64 = 0.01;

/// How a band ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BandEnd {
    /// At the last value at which something was learned.
    Last,
    /// No attractor of the next value is near.
    Vanished,
    /// Its attractor of the next value is that of this band, by its place in the map.
    MergedInto(usize),
}

/// A band at one value.
#[derive(Debug, Clone, PartialEq)]
pub struct BandPlace {
    /// What it is here.
    pub kind: BandKind,
    /// The stored pattern that it counts as here, itself or by its negative.
    pub pattern: Option<usize>,
    /// Its attractor's state (of several that are called alike, of the one with the largest share); none in a rest.
    pub state: Option<State>,
    /// Share of the starts of this value, above 0, at most 1.
    pub share: f64,
}

/// An attractor along the axis, or what is left of a kind.
#[derive(Debug, Clone, PartialEq)]
pub struct AttractorBand {
    /// What it is where it is born; it may be something else further on.
    pub kind: BandKind,
    /// The stored pattern that it counts as there.
    pub pattern: Option<usize>,
    /// Whether it is what is left of its kind: many attractors with small shares each, which have no state.
    pub is_rest: bool,
    /// For every column, in their order, the band there; none where it is not.
    pub places: Vec<Option<BandPlace>>,
    /// The first column where it is. A rest may be missing further on and come back.
    pub born: usize,
    /// How it ends.
    pub ends: BandEnd,
}

impl AttractorBand {
    /// The last column where it is.
    pub fn last(&self) -> usize {
        let last = self.places.iter().rposition(Option::is_some);
        last.unwrap_or(self.born)
    }

    /// Its share at a column: 0 where it is not.
    pub fn share(&self, column: usize) -> f64 {
        let place = self.places.get(column).and_then(Option::as_ref);
        place.map_or(0.0, |place| place.share)
    }
}

/// All bands: by kind, what is left of a kind last, then by stored pattern, birth and share there, the largest first.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct BandMap {
    /// The bands. At every column that has starts their shares add up to 1.
    pub bands: Vec<AttractorBand>,
}

impl BandMap {
    /// Follows the attractors of `columns`, which stand in the order of the axis.
    pub fn of(columns: &[BandColumn]) -> Self {
        Self::of_meetings(columns.iter().map(Meeting::of).collect())
    }

    /// The same of what was met at each value.
    pub(super) fn of_meetings(meetings: Vec<Meeting>) -> Self {
        let chains = Chains::of(&meetings);
        chains.bands(meetings)
    }
}

/// An attractor from its birth on.
struct Chain {
    /// Places among what was met, column by column.
    met: Vec<(usize, usize)>,
    /// What it is merged into, as a place there.
    merged: Option<(usize, usize)>,
}

/// All attractors from birth to end, and of which each place is.
struct Chains {
    all: Vec<Chain>,
    of: Vec<Vec<usize>>,
    /// The last column at which something was met.
    last: Option<usize>,
}

impl Chains {
    fn of(meetings: &[Meeting]) -> Self {
        let mut chains = Self {
            all: Vec::new(),
            of: vec![Vec::new(); meetings.len()],
            last: None,
        };
        for (column, meeting) in meetings.iter().enumerate() {
            if meeting.met.is_empty() {
                continue;
            }
            let found = match chains.last {
                Some(last) => links(&meetings[last], meeting),
                None => Vec::new(),
            };
            chains.take(column, meeting.met.len(), &found);
        }
        chains
    }

    /// Takes in a column: what continues of the last one, what merges, what is born.
    fn take(&mut self, column: usize, n_met: usize, links: &[Link]) {
        let mut chain_of = vec![None; n_met];
        let before = self.last.replace(column);
        for (link, chain) in links.iter().zip(before.iter().flat_map(|it| &self.of[*it])) {
            match link {
                Link::Continues(place) => {
                    self.all[*chain].met.push((column, *place));
                    chain_of[*place] = Some(*chain);
                }
                Link::Merges(place) => self.all[*chain].merged = Some((column, *place)),
                Link::Vanishes => {}
            }
        }
        for (place, chain) in chain_of.into_iter().enumerate() {
            let chain = chain.unwrap_or_else(|| {
                self.all.push(Chain {
                    met: vec![(column, place)],
                    merged: None,
                });
                self.all.len() - 1
            });
            self.of[column].push(chain);
        }
    }

    /// The chains as bands, those that are small left together by kind.
    fn bands(&self, mut meetings: Vec<Meeting>) -> BandMap {
        let n_columns = meetings.len();
        let is_shown: Vec<bool> = self.all.iter().map(|it| shown(it, &meetings)).collect();
        let mut drafts: Vec<Draft> = Vec::new();
        let mut draft_of: BTreeMap<Whose, usize> = BTreeMap::new();
        for (number, chain) in self.all.iter().enumerate() {
            for (column, place) in &chain.met {
                let met = &mut meetings[*column].met[*place];
                let whose = whose(number, is_shown[number], met.kind);
                let draft = *draft_of.entry(whose).or_insert_with(|| {
                    let merged = chain.merged.filter(|_| is_shown[number]);
                    drafts.push(Draft::new(met, *column, merged, whose, n_columns));
                    drafts.len() - 1
                });
                drafts[draft].take(*column, met);
            }
        }
        let place_of = |(column, place): (usize, usize)| {
            let number = self.of[column][place];
            draft_of[&whose(number, is_shown[number], meetings[column].met[place].kind)]
        };
        let mut order: Vec<usize> = (0..drafts.len()).collect();
        order.sort_by(|a, b| drafts[*a].compare(&drafts[*b]).then(a.cmp(b)));
        let mut rank = vec![0; drafts.len()];
        for (place, draft) in order.iter().enumerate() {
            rank[*draft] = place;
        }
        let ends: Vec<BandEnd> = drafts
            .iter()
            .map(|draft| match draft.merged {
                Some(place) => BandEnd::MergedInto(rank[place_of(place)]),
                None if Some(draft.band.last()) == self.last => BandEnd::Last,
                None => BandEnd::Vanished,
            })
            .collect();
        let mut bands: Vec<Option<AttractorBand>> = drafts
            .into_iter()
            .zip(ends)
            .map(|(draft, ends)| Some(AttractorBand { ends, ..draft.band }))
            .collect();
        let sorted = order.into_iter().filter_map(|draft| bands[draft].take());
        BandMap {
            bands: sorted.collect(),
        }
    }
}

/// Of which band a place is: of that of its chain, or of what is left of its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Whose {
    Chain(usize),
    Rest(BandKind),
}

fn whose(chain: usize, is_shown: bool, kind: BandKind) -> Whose {
    if is_shown {
        Whose::Chain(chain)
    } else {
        Whose::Rest(kind)
    }
}

/// Whether a chain has a state and is large somewhere.
fn shown(chain: &Chain, meetings: &[Meeting]) -> bool {
    let mut all = chain
        .met
        .iter()
        .map(|(column, place)| &meetings[*column].met[*place]);
    all.any(|met| met.share >= SHOWN && met.state.is_some())
}

/// A band that is put together.
struct Draft {
    band: AttractorBand,
    merged: Option<(usize, usize)>,
}

impl Draft {
    fn new(
        met: &Met,
        born: usize,
        merged: Option<(usize, usize)>,
        whose: Whose,
        n_columns: usize,
    ) -> Self {
        let is_rest = matches!(whose, Whose::Rest(_));
        let band = AttractorBand {
            kind: met.kind,
            pattern: met.pattern.filter(|_| !is_rest),
            is_rest,
            places: vec![None; n_columns],
            born,
            ends: BandEnd::Vanished,
        };
        Self { band, merged }
    }

    /// Takes in a place; of a rest its share is added.
    fn take(&mut self, column: usize, met: &mut Met) {
        let band = &mut self.band;
        band.born = band.born.min(column);
        if let Some(place) = &mut band.places[column] {
            place.share += met.share;
            return;
        }
        band.places[column] = Some(BandPlace {
            kind: met.kind,
            pattern: met.pattern.filter(|_| !band.is_rest),
            state: met.state.take().filter(|_| !band.is_rest),
            share: met.share,
        });
    }

    fn compare(&self, other: &Self) -> std::cmp::Ordering {
        let key = |draft: &Self| {
            let band = &draft.band;
            (band.kind, band.is_rest, band.pattern, band.born)
        };
        let share = |draft: &Self| draft.band.share(draft.band.born);
        let by_share = share(other).total_cmp(&share(self));
        key(self).cmp(&key(other)).then(by_share)
    }
}
