//! A picture of basins: a tile a start, coloured by what it ends in.
//!
//! Colour says which stored pattern, darker where it takes longer, stripes that it ends in a cycle; greys are all other ends.

/// A square of tiles, and what stands around them.
#[derive(Debug, Clone, PartialEq)]
pub struct Mosaic {
    /// Tiles along a side.
    pub side: usize,
    /// Row by row from the top; none outside the figure.
    pub tiles: Vec<Option<Tile>>,
    /// Sweeps of the longest run.
    pub longest: u64,
    /// What tiles end in.
    pub kinds: Vec<TileKind>,
    /// Heights of a landscape, 0 for the lowest tile to 1 for the highest, as tiles: drawn as light from the upper left and
    /// contours in place of how long runs take. Empty where none is drawn.
    pub heights: Vec<Option<f64>>,
    /// What stands around, and where: [x, y] in the square from −1 to 1, y down.
    pub around: Vec<(String, [f64; 2])>,
}

/// One start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tile {
    /// Which kind it is of.
    pub kind: usize,
    /// Sweeps of its run.
    pub sweeps: u64,
    /// Sweeps of a round: 1 at a fixed point, 2 or more in a cycle, 0 where it did not settle.
    pub cycle: u64,
}

/// What tiles of one label end in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TileKind {
    /// Its label in tables: `+3`, or a hash.
    pub label: String,
    /// What it is called in a legend.
    pub name: String,
    /// Its colour.
    pub hue: Hue,
    /// Tiles of it.
    pub count: usize,
}

/// A colour by what it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hue {
    /// One of the stored patterns that have a colour, by its place among them.
    Basin(usize),
    /// Any other stored pattern.
    OtherStored,
    /// The negative of one.
    Negative,
    /// A fixed point or a cycle that is none of these.
    Spurious,
    /// Not settled.
    Unsettled,
}

/// Colours of basins, red, green and blue: ten that are told apart, neighbours on a rim more so, also by eyes that lack one
/// kind of cone (found by a search for the largest distance of the closest two).
const BASINS: [[u8; 3]; 10] = [
    [0xf0, 0x91, 0x2d],
    [0x4f, 0x8f, 0xea],
    [0xe1, 0xcf, 0x67],
    [0xca, 0x61, 0x27],
    [0x7b, 0x45, 0xa8],
    [0xac, 0x89, 0xa9],
    [0x8e, 0x49, 0x00],
    [0x92, 0xba, 0xff],
    [0x41, 0x6a, 0x63],
    [0x5c, 0xed, 0xc8],
];

/// The colour of a basin by its place, on screen and on paper: ten, then the same lighter, then darker.
pub fn basin_color(place: usize) -> [u8; 3] {
    let color = BASINS[place % BASINS.len()].map(f64::from);
    let mixed = match place / BASINS.len() {
        0 => color,
        round if round % 2 == 1 => color.map(|part| part + 0.4 * (255.0 - part)),
        _ => color.map(|part| 0.65 * part),
    };
    mixed.map(|part| part.round() as u8)
}

/// Parts that contours divide all heights into: one for so many tiles along a side, within these bounds, since a line is a
/// tile wide.
const TILES_A_CONTOUR: usize = 12;
const CONTOURS: [usize; 2] = [4, 14];

/// A slope over the whole picture, in all its heights, that is lit or shaded nearly as much as can be.
const STEEP: f64 = 8.0;

impl Mosaic {
    /// How much darker than its colour a tile is, 0 to 1: half for the longest run, and more in a stripe; of a landscape by
    /// its shade.
    pub fn darkness(&self, place: usize, tile: Tile) -> f64 {
        if let Some(shade) = self.shade(place) {
            return shade;
        }
        let long = libm::log(tile.sweeps.max(1) as f64) / libm::log(self.longest.max(2) as f64);
        let (row, column) = (place / self.side, place % self.side);
        let is_striped = tile.cycle > 1 && (row + column) % 4 < 2;
        0.5 * long + if is_striped { 0.35 } else { 0.0 }
    }

    /// The shade of a landscape at a tile: slopes that face the upper left are light, contours are dark lines.
    fn shade(&self, place: usize) -> Option<f64> {
        let own = (*self.heights.get(place)?)?;
        let (row, column) = (place / self.side, place % self.side);
        let beside = |row: Option<usize>, column: Option<usize>| {
            let (row, column) = (row?, column?);
            let inside = row < self.side && column < self.side;
            inside.then(|| self.heights[row * self.side + column])?
        };
        let left = beside(Some(row), column.checked_sub(1)).unwrap_or(own);
        let right = beside(Some(row), Some(column + 1)).unwrap_or(own);
        let above = beside(row.checked_sub(1), Some(column)).unwrap_or(own);
        let below = beside(Some(row + 1), Some(column)).unwrap_or(own);
        // Uphill to the lower right is a slope that faces the light.
        let facing = (right - left + below - above) * self.side as f64 / STEEP;
        let [fewest, most] = CONTOURS;
        let parts = (self.side / TILES_A_CONTOUR).clamp(fewest, most) as f64;
        let level = |height: f64| (height * parts).floor();
        let is_contour = level(own) != level(right) || level(own) != level(below);
        let shade = 0.32 - 0.3 * libm::tanh(facing);
        Some(if is_contour { shade.max(0.55) } else { shade })
    }

    /// Tiles inside the figure.
    pub fn n_tiles(&self) -> usize {
        self.kinds.iter().map(|kind| kind.count).sum()
    }

    /// The middle of the tiles of each kind, [x, y] in the square from −1 to 1, where that is a tile of it.
    pub fn middles(&self) -> Vec<Option<[f64; 2]>> {
        let mut sums = vec![[0.0; 2]; self.kinds.len()];
        for (place, tile) in self.tiles.iter().enumerate() {
            if let Some(tile) = tile {
                sums[tile.kind][0] += (place % self.side) as f64 + 0.5;
                sums[tile.kind][1] += (place / self.side) as f64 + 0.5;
            }
        }
        let middle = |(kind, [columns, rows]): (usize, [f64; 2])| {
            let count = self.kinds[kind].count.max(1) as f64;
            let [column, row] = [columns / count, rows / count];
            let place = row.floor() as usize * self.side + column.floor() as usize;
            let tile = self.tiles.get(place).copied().flatten();
            let at = |mean: f64| 2.0 * mean / self.side as f64 - 1.0;
            tile.filter(|tile| tile.kind == kind)
                .map(|_| [at(column), at(row)])
        };
        sums.into_iter().enumerate().map(middle).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two halves of a square, left and right.
    fn halves() -> Mosaic {
        let tile = |place: usize| Tile {
            kind: usize::from(place % 4 >= 2),
            sweeps: 1 + (place % 4) as u64,
            cycle: 1,
        };
        let kind = |label: &str, place| TileKind {
            label: label.to_owned(),
            name: label.to_owned(),
            hue: Hue::Basin(place),
            count: 8,
        };
        Mosaic {
            side: 4,
            tiles: (0..16).map(|place| Some(tile(place))).collect(),
            longest: 4,
            kinds: vec![kind("+0", 0), kind("+1", 1)],
            heights: Vec::new(),
            around: Vec::new(),
        }
    }

    /// A plane that rises to the right by a third of all heights a tile faces the light, falls away from it the other way
    /// round, and has a contour wherever another level begins to its right.
    #[test]
    fn slopes_that_face_the_light_are_lighter() {
        let mut mosaic = halves();
        let tile = mosaic.tiles[5].unwrap();
        let flat = |mosaic: &mut Mosaic, rise: fn(usize) -> f64| {
            mosaic.heights = (0..16).map(|place| Some(rise(place % 4))).collect();
            mosaic.darkness(5, tile)
        };
        let level = flat(&mut mosaic, |_| 0.5);
        assert_eq!(level, 0.32);
        let facing = flat(&mut mosaic, |column| 0.01 + 0.001 * column as f64);
        let away = flat(&mut mosaic, |column| 0.01 - 0.001 * column as f64);
        assert!(facing < level && level < away, "{facing} {away}");
        assert!(flat(&mut mosaic, |column| column as f64 / 3.0) >= 0.55);
    }

    #[test]
    fn long_runs_are_darker_and_cycles_striped() {
        let mosaic = halves();
        let tile = |sweeps, cycle| Tile {
            kind: 0,
            sweeps,
            cycle,
        };
        assert_eq!(mosaic.darkness(0, tile(1, 1)), 0.0);
        assert_eq!(mosaic.darkness(0, tile(4, 1)), 0.5);
        assert_eq!(mosaic.darkness(0, tile(1, 2)), 0.35);
        assert_eq!(mosaic.darkness(2, tile(1, 2)), 0.0);
        assert_eq!(mosaic.n_tiles(), 16);
    }

    #[test]
    fn the_middle_of_a_basin_lies_in_it() {
        let mut mosaic = halves();
        assert_eq!(mosaic.middles(), [Some([-0.5, 0.0]), Some([0.5, 0.0])]);
        // A ring has its middle elsewhere.
        for (place, tile) in mosaic.tiles.iter_mut().enumerate() {
            let inner = [5, 6, 9, 10].contains(&place);
            tile.as_mut().unwrap().kind = usize::from(!inner);
        }
        (mosaic.kinds[0].count, mosaic.kinds[1].count) = (4, 12);
        assert_eq!(mosaic.middles()[1], None);
    }
}
