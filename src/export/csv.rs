//! Figures as tables: comma-separated, a head on the first line, a column a curve; a place without a number is empty.
//!
//! Cells of a map have a row each. Curves over the same moments share one column of moments. Where they do not, each has
//! its own before it. Numbers have all their digits, with a decimal point; quotation marks stand where RFC 4180 asks for
//! them.

use crate::figures::{Bars, Figure, Mosaic, Over, Tile};

/// The numbers of `figure` as a table.
pub fn csv(figure: &Figure) -> String {
    let columns = match (&figure.mosaic, &figure.bars) {
        (Some(mosaic), _) => of_mosaic(mosaic),
        (None, Some(bars)) => of_bars(figure, bars),
        (None, None) => of_curves(figure),
    };
    let n_rows = columns.iter().map(|column| column.cells.len()).max();
    let mut text = line(columns.iter().map(|column| column.head.clone()));
    for row in 0..n_rows.unwrap_or(0) {
        let cell = |column: &Column| column.cells.get(row).cloned().unwrap_or_default();
        text += &line(columns.iter().map(cell));
    }
    text
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

fn line(cells: impl Iterator<Item = String>) -> String {
    let quoted = cells.map(|cell| {
        if cell.contains([',', '"', '\n', '\r']) {
            format!("\"{}\"", cell.replace('"', "\"\""))
        } else {
            cell
        }
    });
    quoted.collect::<Vec<String>>().join(",") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::examples;
    use crate::figures::{Axis, Line, Role, Series};

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
