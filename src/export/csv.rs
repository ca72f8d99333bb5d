//! Figures as tables: a head on the first line, a column a curve; a place without a number is empty.
//!
//! Cells of a map have a row each; numbers on a grid stand as the grid does, behind the number of their row. Curves over
//! the same moments share one column of moments. Where they do not, each has its own before it. Numbers have all their
//! digits, with a decimal point; quotation marks stand where RFC 4180 asks for them.
//!
//! Absent: bonds over a state; they are in the table of the chart *Bonds*, beside what was learned of each.

use crate::engine::Error;
use crate::figures::{Bars, Figure, Mosaic, Over, Squares, Tile, Tone};

/// The most numbers on a grid that are written as text: 2,048 × 2,048.
const MOST: usize = 1 << 22;

/// What stands between the cells of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Separator {
    /// For files.
    Comma,
    /// For the clipboard: spreadsheets take it apart into cells.
    Tab,
}

impl Separator {
    fn letter(self) -> char {
        match self {
            Self::Comma => ',',
            Self::Tab => '\t',
        }
    }
}

/// The numbers of `figure` as a table. Refused: a grid of more numbers than a table is good for.
pub fn table(figure: &Figure, separator: Separator) -> Result<String, Error> {
    if let Some(squares) = &figure.squares {
        return of_squares(squares, separator);
    }
    let columns = match (&figure.mosaic, &figure.bars) {
        (Some(mosaic), _) => of_mosaic(mosaic),
        (None, Some(bars)) => of_bars(figure, bars),
        (None, None) => of_curves(figure),
    };
    let n_rows = columns.iter().map(|column| column.cells.len()).max();
    let mut text = line(columns.iter().map(|column| column.head.clone()), separator);
    for row in 0..n_rows.unwrap_or(0) {
        let cell = |column: &Column| column.cells.get(row).cloned().unwrap_or_default();
        text += &line(columns.iter().map(cell), separator);
    }
    Ok(text)
}

/// Rows of words and numbers as they are, the head first.
pub fn rows(rows: &[Vec<String>], separator: Separator) -> String {
    let lines = rows
        .iter()
        .map(|cells| line(cells.iter().cloned(), separator));
    lines.collect()
}

/// A line a row, the number of the row first; letters as letters.
fn of_squares(squares: &Squares, separator: Separator) -> Result<String, Error> {
    if squares.values.len() > MOST {
        return Err(Error::Range {
            setting: "numbers in a table",
            range: format!("at most {MOST}; an array (NPY) holds more"),
            value: squares.values.len().to_string(),
        });
    }
    let [rows, columns] = squares.counted;
    let heads = (0..squares.columns).map(|column| column.to_string());
    let corner = format!("{rows} \\ {columns}");
    let mut text = line(std::iter::once(corner).chain(heads), separator);
    let cell = |value: &f32| match squares.tone {
        _ if value.is_nan() => String::new(),
        Tone::Written(letters) => letters.symbol(*value as i8).to_string(),
        Tone::Ink | Tone::Signed(_) => format!("{value}"),
    };
    for (row, values) in squares.values.chunks(squares.columns.max(1)).enumerate() {
        let cells = std::iter::once(row.to_string()).chain(values.iter().map(cell));
        text += &line(cells, separator);
    }
    Ok(text)
}

struct Column {
    head: String,
    cells: Vec<String>,
}

fn column(head: &str, values: impl IntoIterator<Item = f64>) -> Column {
    Column {
        head: head.to_owned(),
        cells: values.into_iter().map(number).collect(),
    }
}

fn of_bars(figure: &Figure, bars: &Bars) -> Vec<Column> {
    let heights = column(&bars.noun, bars.heights.iter().copied());
    let across = &figure.across.label;
    if let Over::Names(names) = &bars.over {
        let names = Column {
            head: across.clone(),
            cells: names.clone(),
        };
        return vec![names, heights];
    }
    let edges = |side: usize| {
        let bars = (0..bars.heights.len()).map(|bar| bars.edges(figure.across.range, bar));
        bars.map(move |edges| edges[side]).collect::<Vec<f64>>()
    };
    vec![
        column(&format!("{across} from"), edges(0)),
        column(&format!("{across} to"), edges(1)),
        heights,
    ]
}

/// A row a tile.
fn of_mosaic(mosaic: &Mosaic) -> Vec<Column> {
    let tiles = mosaic.tiles.iter().enumerate();
    let tiles: Vec<(usize, Tile)> = tiles
        .filter_map(|(place, tile)| Some((place, (*tile)?)))
        .collect();
    let of = |head: &str, cell: &dyn Fn(usize, Tile) -> String| Column {
        head: head.to_owned(),
        cells: tiles
            .iter()
            .map(|(place, tile)| cell(*place, *tile))
            .collect(),
    };
    vec![
        of("x", &|place, _| (place % mosaic.side).to_string()),
        of("y", &|place, _| (place / mosaic.side).to_string()),
        of("attractor", &|_, tile| {
            mosaic.kinds[tile.kind].label.clone()
        }),
        of("sweeps", &|_, tile| tile.sweeps.to_string()),
        of("cycle", &|_, tile| tile.cycle.to_string()),
    ]
}

fn of_curves(figure: &Figure) -> Vec<Column> {
    let across = &figure.across.label;
    let up = &figure.up.label;
    let mut columns = figure.cells.as_ref().map_or_else(Vec::new, |cells| {
        let places: Vec<[f64; 3]> = cells.places().collect();
        let heads = [across, up, &cells.name].into_iter().enumerate();
        let columns = heads.map(|(of, head)| column(head, places.iter().map(|place| place[of])));
        columns.collect()
    });
    let mut before: Option<&[f64]> = None;
    let moments = |columns: &mut Vec<Column>, x: &[f64]| {
        columns.push(column(across, x.iter().copied()));
    };
    for series in &figure.series {
        if before.is_none_or(|before| *before != *series.x) {
            moments(&mut columns, &series.x);
        }
        before = Some(&series.x);
        let head = if series.name == *up {
            up.clone()
        } else {
            format!("{up}: {}", series.name)
        };
        columns.push(column(&head, series.y.iter().copied()));
    }
    for band in &figure.bands {
        if before.is_none_or(|before| *before != *band.x) {
            moments(&mut columns, &band.x);
        }
        before = Some(&band.x);
        for (side, which) in ["least", "largest"].into_iter().enumerate() {
            let head = format!("{up}: {}, {which}", band.name);
            columns.push(column(&head, band.spans.iter().map(|span| span[side])));
        }
    }
    columns
}

/// All digits that tell it from its neighbours; nothing where it is no number.
fn number(value: f64) -> String {
    if value.is_finite() {
        format!("{value}")
    } else {
        String::new()
    }
}

fn line(cells: impl Iterator<Item = String>, separator: Separator) -> String {
    let separator = separator.letter();
    let quoted = cells.map(|cell| {
        if cell.contains([separator, '"', '\n', '\r']) {
            format!("\"{}\"", cell.replace('"', "\"\""))
        } else {
            cell
        }
    });
    let mut line = quoted.collect::<Vec<String>>().join(&separator.to_string());
    line.push('\n');
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::Grid;
    use crate::export::examples;
    use crate::figures::{Axis, Line, Role, Series};

    fn csv(figure: &Figure) -> String {
        table(figure, Separator::Comma).expect("it is small")
    }

    #[test]
    fn numbers_on_a_grid_stand_as_the_grid_does() {
        let figure = Squares::signed(Grid::wrapped(3, 2), &[0.1, -2.0, 0.0], None).figure("Row");
        assert_eq!(csv(&figure), "row \\ column,0,1\n0,0.1,-2\n1,0,\n");
        let tabs = table(&figure, Separator::Tab).expect("it is small");
        assert_eq!(tabs, "row \\ column\t0\t1\n0\t0.1\t-2\n1\t0\t\n");
        let large = ndarray::Array2::from_elem((2049, 2048), 0.5);
        let large = Squares::matrix(&large, 1.0, ["i", "j"]).figure("J");
        let said = table(&large, Separator::Comma).expect_err("too many");
        assert!(said.to_string().contains("not 4196352"), "{said}");
    }

    #[test]
    fn curves_share_their_moments() {
        let expected = "\
sweeps,\"overlap m: pattern 2, a <4>\",overlap m: pattern 3,overlap m: pattern 7,\"overlap m: 40 other patterns, least\",\"overlap m: 40 other patterns, largest\"
0,0.3,0.46,0.5,-0.2,0.3
0.5,0.2,0.7,0.3,-0.15,0.25
1,0.2,0.9,0.1,-0.1,0.2
1.5,0.1,0.98,0.02,-0.1,0.2
2,0.1,0.98,,-0.1,0.2
";
        assert_eq!(csv(&examples::curves()), expected);
    }

    #[test]
    fn bars_have_edges() {
        let text = csv(&examples::bars());
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "coupling J from,coupling J to,values");
        assert_eq!(lines.len(), 12);
        let sum: f64 = lines[1..]
            .iter()
            .map(|line| {
                line.rsplit(',')
                    .next()
                    .map_or(0.0, |cell| cell.parse().expect("a number"))
            })
            .sum();
        assert_eq!(sum, 5101.0);
    }

    #[test]
    fn maps_have_a_row_a_cell_and_their_lines_beside() {
        let expected = "\
load α = P/N,temperature T,overlap,load α = P/N,temperature T: critical load
0.1,0,1,0.14,0
0.2,0,0.5,0,1
0.1,0.5,0.25,,
0.2,0.5,,,
0.1,1,0,,
0.2,1,-0.1,,
";
        assert_eq!(csv(&examples::map()), expected);
    }

    #[test]
    fn clouds_have_columns_of_their_own() {
        let axis = |label| Axis::new(label, [0.0, 1.0]);
        let mut figure = Figure::new("cloud", axis("re"), axis("im"));
        for (name, points) in [("left", vec![-1.0]), ("a \"b\"", vec![1.0, 2.0])] {
            figure.series.push(Series {
                name: name.to_owned(),
                legend: None,
                role: Role::Blue,
                line: Line::Dots(1.0),
                x: points.clone().into(),
                y: points.into(),
            });
        }
        let expected = "re,im: left,re,\"im: a \"\"b\"\"\"\n-1,-1,1,1\n,,2,2\n";
        assert_eq!(csv(&figure), expected);
    }
}
