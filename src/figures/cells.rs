//! Cells side by side, coloured by a number each: a map.

/// A map: columns of cells between edges across, rows between edges up.
#[derive(Debug, Clone, PartialEq)]
pub struct Cells {
    /// What the numbers are: they go from 0, or −1 for the other sign, to 1.
    pub name: String,
    /// The edges of columns, ascending; one more than there are.
    pub x: Vec<f64>,
    /// The edges of rows, ascending; one more than there are.
    pub y: Vec<f64>,
    /// Row by row from below; NaN where there is no number.
    pub values: Vec<f64>,
    /// The middles of columns and of rows.
    middles: [Vec<f64>; 2],
}

impl Cells {
    /// Cells around places `across` and `up`, both ascending and of two at least: edges lie in the middle between
    /// neighbours, the outer ones as far out, but not below zero where no place is.
    pub fn around(name: &str, across: &[f64], up: &[f64], values: Vec<f64>) -> Self {
        assert_eq!(values.len(), across.len() * up.len(), "a number a cell");
        Self {
            name: name.to_owned(),
            x: edges(across),
            y: edges(up),
            values,
            middles: [across.to_vec(), up.to_vec()],
        }
    }

    /// The ends of the axis across.
    pub fn across(&self) -> [f64; 2] {
        [self.x[0], self.x[self.x.len() - 1]]
    }

    /// The ends of the axis up.
    pub fn up(&self) -> [f64; 2] {
        [self.y[0], self.y[self.y.len() - 1]]
    }

    /// Every cell that has a number: lower left corner, upper right corner, number.
    pub fn known(&self) -> impl Iterator<Item = ([f64; 2], [f64; 2], f64)> {
        let n_columns = self.x.len() - 1;
        let cells = self.values.iter().enumerate();
        let cells = cells.filter(|(_, value)| !value.is_nan());
        cells.map(move |(cell, value)| {
            let (column, row) = (cell % n_columns, cell / n_columns);
            let low = [self.x[column], self.y[row]];
            (low, [self.x[column + 1], self.y[row + 1]], *value)
        })
    }

    /// Every cell by its place: across, up, number.
    pub fn places(&self) -> impl Iterator<Item = [f64; 3]> {
        let [across, up] = &self.middles;
        let places = up
            .iter()
            .flat_map(move |y| across.iter().map(move |x| (*x, *y)));
        places
            .zip(&self.values)
            .map(|((x, y), value)| [x, y, *value])
    }
}

/// Edges around places, ascending.
fn edges(places: &[f64]) -> Vec<f64> {
    let last = places.len() - 1;
    let between = places
        .windows(2)
        .map(|pair| f64::midpoint(pair[0], pair[1]));
    let low = 1.5 * places[0] - 0.5 * places[1];
    let high = 1.5 * places[last] - 0.5 * places[last - 1];
    let low = if places[0] >= 0.0 { low.max(0.0) } else { low };
    std::iter::once(low)
        .chain(between)
        .chain(std::iter::once(high))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_lie_around_their_places() {
        let values = vec![0.0, 1.0, 2.0, f64::NAN, 4.0, 5.0];
        let cells = Cells::around("m", &[0.0, 1.0, 3.0], &[10.0, 20.0], values);
        assert_eq!(cells.x, [0.0, 0.5, 2.0, 4.0]);
        assert_eq!((cells.up(), cells.across()), ([5.0, 25.0], [0.0, 4.0]));
        let known: Vec<_> = cells.known().collect();
        assert_eq!(known.len(), 5);
        assert_eq!(known[4], ([2.0, 15.0], [4.0, 25.0], 5.0));
        assert_eq!(cells.places().nth(4), Some([1.0, 20.0, 4.0]));
        assert_eq!(edges(&[-1.0, 1.0]), [-2.0, 0.0, 2.0]);
    }
}
