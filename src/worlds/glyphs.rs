//! Letters and shapes, drawn by hand on small grids, where every coupling can be seen.

use super::kind::{self, Example, Preparing, Stored, WorldInfo, WorldKind, WorldSettings};
use crate::engine::patterns::Label;
use crate::engine::rng::stream;
use crate::engine::settings::{Choices as _, Field, Item, Setting, SettingKind, Settings, choices};
use crate::engine::{Error, Grid, Patterns, State};
use rand::seq::SliceRandom as _;

/// Which glyphs there are to store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Set {
    /// A to Z.
    #[default]
    Letters,
    /// Crosses, stripes, a heart and others.
    Shapes,
    /// All of them.
    Both,
}

choices!(Set: Letters = "letters", Shapes = "shapes", Both = "both");

/// In which order they are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum GlyphOrder {
    /// As in the alphabet.
    #[default]
    Listed,
    /// Drawn by the seed.
    Drawn,
}

choices!(GlyphOrder: Listed = "listed", Drawn = "drawn");

/// What can be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glyphs {
    /// Height and width, 8 or 10.
    pub side: usize,
    /// Which there are.
    pub set: Set,
    /// How many are stored.
    pub n_patterns: usize,
    /// In which order.
    pub order: GlyphOrder,
}

impl Default for Glyphs {
    fn default() -> Self {
        Self {
            side: 10,
            set: Set::Letters,
            n_patterns: 5,
            order: GlyphOrder::Listed,
        }
    }
}

/// Letters and shapes.
const N_GLYPHS: usize = 44;

/// Letters.
const N_LETTERS: usize = 26;

/// What the world is and what its settings mean.
const ABOUT: WorldInfo = WorldInfo {
    name: "glyphs",
    title: "Letters and shapes",
    summary: "Letters A to Z and simple shapes on a small grid: every coupling can be seen",
    reference: "Drawn for Engram; letters on 10 × 10 are what courses teach with",
    n_first: 4,
    noun: "glyph",
    unseen: "a glyph that is not stored",
};

/// Every glyph of one size, in the order of the file.
#[derive(Debug)]
pub struct GlyphSheet(Vec<(Label, State)>);

impl GlyphSheet {
    /// Reads blocks of a name and `side` rows of `#` and `.`; `None` if it is anything else.
    fn read(text: &str, side: usize) -> Option<Self> {
        let blocks = text.trim_end().split("\n\n");
        let glyph = |block: &str| {
            let (name, rows) = block.split_once('\n')?;
            let units: Vec<bool> = rows
                .lines()
                .flat_map(str::bytes)
                .map(|b| b == b'#')
                .collect();
            let square = rows.lines().all(|row| row.len() == side) && units.len() == side * side;
            square.then(|| (name.into(), State::from_fn(units.len(), |unit| units[unit])))
        };
        blocks.map(glyph).collect::<Option<Vec<_>>>().map(Self)
    }
}

impl Glyphs {
    /// Every glyph of the set, in the order of storing.
    fn order(&self, seed: u64) -> Vec<usize> {
        let mut all: Vec<usize> = match self.set {
            Set::Letters => (0..N_LETTERS).collect(),
            Set::Shapes => (N_LETTERS..N_GLYPHS).collect(),
            Set::Both => (0..N_GLYPHS).collect(),
        };
        if self.order == GlyphOrder::Drawn {
            all.shuffle(&mut stream(seed, "glyphs"));
        }
        all
    }

    fn size_of_set(&self) -> usize {
        self.order(0).len()
    }
}

impl Settings for Glyphs {
    const FIELDS: &'static [Field<Self>] = &[
        Field::new(
            Setting {
                key: "size",
                label: "Size",
                help: "Height and width of the grid",
                kind: SettingKind::Choice(&[Item::new("10"), Item::new("8")]),
            },
            |world| f64::from(u8::from(world.side == 8)),
            |world, value| world.side = if value == 0.0 { 10 } else { 8 },
        ),
        Field::new(
            Setting {
                key: "set",
                label: "Glyphs",
                help: "Which glyphs there are to store",
                kind: SettingKind::Choice(Set::ITEMS),
            },
            |world| world.set.place(),
            |world, value| world.set = Set::at(value),
        ),
        Field::new(
            WorldInfo::stored(
                "Larger stores more glyphs and fills the memory: load α = P/N",
                N_GLYPHS,
            ),
            |world| world.n_patterns as f64,
            |world, value| world.n_patterns = value as usize,
        ),
        Field::new(
            Setting {
                key: "order",
                label: "Order",
                help: "As listed, A first, or drawn by the seed",
                kind: SettingKind::Choice(GlyphOrder::ITEMS),
            },
            |world| world.order.place(),
            |world, value| world.order = GlyphOrder::at(value),
        ),
    ];

    fn check_together(&self) -> Result<(), Error> {
        if self.n_patterns > self.size_of_set() {
            return Err(Error::NotEnough {
                asked: format!("{} glyphs", self.n_patterns),
                available: format!("{} in this set", self.size_of_set()),
            });
        }
        Ok(())
    }
}

impl WorldSettings for Glyphs {
    fn about(&self) -> &'static WorldInfo {
        &ABOUT
    }

    fn n_patterns(&self) -> usize {
        self.n_patterns
    }

    fn grid(&self) -> Option<Grid> {
        Some(Grid::square(self.side))
    }

    fn is_quick(&self) -> bool {
        true
    }

    fn mend(&mut self) {
        self.n_patterns = self.n_patterns.min(self.size_of_set());
    }
}

impl WorldKind for Glyphs {
    type Data = GlyphSheet;

    const SEEDED: bool = false;

    fn shares_data(&self, other: &Self) -> bool {
        self.side == other.side
    }

    fn prepare(&self, _seed: u64) -> Preparing<GlyphSheet> {
        let side = self.side;
        kind::at_once(move || {
            let text = if side == 8 {
                include_str!("../../assets/glyphs/8x8.txt")
            } else {
                include_str!("../../assets/glyphs/10x10.txt")
            };
            Ok(GlyphSheet::read(text, side).expect("a test reads both sheets"))
        })
    }

    fn available(&self, _data: &GlyphSheet) -> usize {
        self.size_of_set()
    }

    fn stored(&self, data: &GlyphSheet, seed: u64) -> Result<Stored, Error> {
        let mut origins = self.order(seed);
        origins.truncate(self.n_patterns);
        let chosen = origins.iter().map(|glyph| data.0[*glyph].clone());
        let (labels, states): (Vec<Label>, Vec<State>) = chosen.unzip();
        let patterns = Patterns::of_states(&states, Grid::square(self.side))?.labelled(labels)?;
        Ok(Stored {
            patterns: patterns.into(),
            origins,
        })
    }

    fn n_unseen(&self, _data: &GlyphSheet) -> usize {
        self.size_of_set().saturating_sub(self.n_patterns)
    }

    fn unseen(&self, data: &GlyphSheet, seed: u64, index: usize) -> Result<Example, Error> {
        let (label, state) = data.0[self.order(seed)[self.n_patterns + index]].clone();
        Ok(Example {
            state,
            label: Some(label),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::worlds::{Source, World};
    use std::collections::BTreeSet;

    #[test]
    fn both_sheets_hold_every_glyph_once() {
        for side in [8, 10] {
            let world = World::Glyphs(Glyphs {
                side,
                set: Set::Both,
                n_patterns: N_GLYPHS,
                order: GlyphOrder::Listed,
            });
            let source = Source::prepare(&world, 1).unwrap();
            let patterns = source.stored().unwrap().patterns;
            let labels: Vec<&str> = (0..N_GLYPHS)
                .map(|p| &**patterns.label(p).unwrap())
                .collect();
            assert_eq!(labels[..26].concat(), "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
            assert!(labels.contains(&"heart") && labels.contains(&"checkerboard"));
            let states: BTreeSet<State> = (0..N_GLYPHS).map(|p| patterns.state(p)).collect();
            assert_eq!(states.len(), N_GLYPHS);
            assert_eq!(source.n_unseen(), 0);
            assert!(source.unseen(0).is_err());
        }
    }

    #[test]
    fn the_unseen_are_those_not_stored() {
        let world = World::parse("glyphs:size=8,p=3,order=drawn").unwrap();
        let source = Source::prepare(&world, 4).unwrap();
        let patterns = source.stored().unwrap().patterns;
        let mut labels: BTreeSet<Label> =
            (0..3).map(|p| patterns.label(p).unwrap().clone()).collect();
        for index in 0..source.n_unseen() {
            assert!(labels.insert(source.unseen(index).unwrap().label.unwrap()));
        }
        assert_eq!(labels.len(), 26);
        assert!(World::parse("glyphs:set=shapes,p=30").is_err());
    }
}
