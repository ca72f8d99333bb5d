//! Which units a brush touches: a thick line between two pointer samples, without gaps at any speed.
//!
//! Absent: the pointer, colours, what painting does to a unit.

use crate::engine::patterns::Grid;

/// The units covered by a brush of `diameter` units drawn from `from` to `to`, ascending, each once, clipped to `grid`.
///
/// Positions are (column, row) in units: (0.5, 0.5) is the middle of the first unit. Diameter 1 covers a thin line,
/// one unit a step along its longer axis; larger ones cover in addition all units whose middle is no farther than half
/// the diameter from the line. A position that is not finite covers nothing.
pub fn stroke(grid: Grid, from: (f32, f32), to: (f32, f32), diameter: f32) -> Vec<usize> {
    if ![from.0, from.1, to.0, to.1]
        .iter()
        .all(|part| part.is_finite())
    {
        return Vec::new();
    }
    let mut units = thin_line(grid, from, to);
    if diameter > 1.0 {
        units.extend(thick_line(grid, from, to, diameter / 2.0));
    }
    units.sort_unstable();
    units.dedup();
    units
}

/// One unit a step along the longer axis.
fn thin_line(grid: Grid, from: (f32, f32), to: (f32, f32)) -> Vec<usize> {
    // Far outside nothing is covered, but every step costs.
    let near = |part: f32| part.clamp(-4096.0, 8192.0);
    let cell = |(x, y): (f32, f32)| (near(x).floor() as i64, near(y).floor() as i64);
    let ((x0, y0), (x1, y1)) = (cell(from), cell(to));
    let steps = (x1 - x0).abs().max((y1 - y0).abs());
    let along = |start: i64, end: i64, step: i64| {
        start + ((end - start) as f64 * step as f64 / steps.max(1) as f64).round() as i64
    };
    (0..=steps)
        .filter_map(|step| grid.unit(along(y0, y1, step), along(x0, x1, step)))
        .collect()
}

/// All units whose middle is within `radius` of the line.
fn thick_line(
    grid: Grid,
    from: (f32, f32),
    to: (f32, f32),
    radius: f32,
) -> impl Iterator<Item = usize> {
    let span = |a: f32, b: f32, count: usize| {
        let first = (a.min(b) - radius).floor().clamp(0.0, count as f32) as usize;
        let end = (a.max(b) + radius).ceil().clamp(0.0, count as f32) as usize;
        first..end
    };
    let columns = span(from.0, to.0, grid.columns);
    span(from.1, to.1, grid.rows).flat_map(move |row| {
        columns.clone().filter_map(move |column| {
            let middle = (column as f32 + 0.5, row as f32 + 0.5);
            (distance_squared(middle, from, to) <= radius * radius)
                .then_some(row * grid.columns + column)
        })
    })
}

/// Squared distance from `point` to the line between `from` and `to`.
fn distance_squared(point: (f32, f32), from: (f32, f32), to: (f32, f32)) -> f32 {
    let line = (to.0 - from.0, to.1 - from.1);
    let away = (point.0 - from.0, point.1 - from.1);
    let length = line.0 * line.0 + line.1 * line.1;
    let along = if length > 0.0 {
        ((away.0 * line.0 + away.1 * line.1) / length).clamp(0.0, 1.0)
    } else {
        0.0
    };
    let (dx, dy) = (away.0 - along * line.0, away.1 - along * line.1);
    dx * dx + dy * dy
}

#[cfg(test)]
mod tests {
    use super::*;

    fn connected(grid: Grid, units: &[usize]) -> bool {
        let mut reached = vec![units[0]];
        let mut next = 0;
        while next < reached.len() {
            let (row, column) = grid.place(reached[next]);
            for (dr, dc) in (-1..=1).flat_map(|dr| (-1..=1).map(move |dc| (dr, dc))) {
                if let Some(unit) = grid.unit(row as i64 + dr, column as i64 + dc)
                    && units.contains(&unit)
                    && !reached.contains(&unit)
                {
                    reached.push(unit);
                }
            }
            next += 1;
        }
        reached.len() == units.len()
    }

    #[test]
    fn a_fast_stroke_has_no_gaps() {
        let grid = Grid::square(28);
        for diameter in [0.5, 1.0, 1.2, 2.0, 3.5, 6.0] {
            for to in [(27.9, 27.9), (3.0, 25.0), (25.0, 3.0), (0.1, 14.2)] {
                let units = stroke(grid, (0.2, 0.7), to, diameter);
                assert!(connected(grid, &units), "{diameter} to {to:?}");
                assert!(units.contains(&0));
            }
        }
    }

    #[test]
    fn the_finest_brush_covers_one_unit_a_step() {
        let grid = Grid::square(5);
        assert_eq!(
            stroke(grid, (0.5, 0.5), (4.5, 4.5), 1.0),
            [0, 6, 12, 18, 24]
        );
        assert_eq!(
            stroke(grid, (0.1, 2.9), (4.9, 2.1), 1.0),
            [10, 11, 12, 13, 14]
        );
        assert_eq!(stroke(grid, (2.5, 2.5), (2.5, 2.5), 1.0), [12]);
    }

    #[test]
    fn larger_brushes_cover_discs() {
        let grid = Grid::square(5);
        assert_eq!(
            stroke(grid, (2.5, 2.5), (2.5, 2.5), 2.0),
            [7, 11, 12, 13, 17]
        );
        assert_eq!(stroke(grid, (2.5, 2.5), (2.5, 2.5), 3.0).len(), 9);
        assert_eq!(stroke(grid, (2.0, 2.0), (2.0, 2.0), 2.0), [6, 7, 11, 12]);
    }

    #[test]
    fn what_is_outside_is_clipped() {
        let grid = Grid::new(2, 3);
        assert_eq!(stroke(grid, (-1e30, 0.5), (1e30, 0.5), 1.0), [0, 1, 2]);
        assert!(stroke(grid, (-9.0, -9.0), (-9.0, 9.0), 3.0).is_empty());
        assert!(stroke(grid, (f32::NAN, 0.0), (1.0, 1.0), 3.0).is_empty());
    }
}
