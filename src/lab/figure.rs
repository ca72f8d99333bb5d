//! Tables of the lab as figures: a curve a series with error bars, the lines of theory, the level that means something.

use crate::figures::{Axis, Band, Figure, Fill, Line, Mark, Marker, Role, Scale, Series, span};
use crate::lab::{ErrorBars, Experiment, Finished, LabPlan, Theory};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The rows of a run, as far as they are known, and what theory draws beside them.
#[derive(Debug, Clone, Copy)]
pub struct LabTable<'a> {
    /// What it is a table of.
    pub plan: &'a LabPlan,
    /// Rows by cell.
    pub rows: &'a [Option<Finished>],
    /// Lines by series.
    pub theory: &'a BTreeMap<usize, Vec<Theory>>,
    /// What tells it from others in the same figure.
    pub title: &'a str,
}

/// Colours and markers in the order of series: no two of the first twenty-five share both.
pub fn style(series: usize) -> (Role, Marker) {
    const ROLES: [Role; 5] = [
        Role::Orange,
        Role::Blue,
        Role::Strong,
        Role::Weak,
        Role::Faint,
    ];
    const MARKERS: [Marker; 5] = [
        Marker::Disc,
        Marker::Square,
        Marker::Diamond,
        Marker::Triangle,
        Marker::Wedge,
    ];
    let shift = series / ROLES.len();
    (
        ROLES[series % ROLES.len()],
        MARKERS[(series + shift) % MARKERS.len()],
    )
}

/// The axes of an experiment, with nothing on them but the level that means something.
pub fn axes(experiment: &dyn Experiment) -> Figure {
    let (own, shown) = (experiment.axis(), experiment.shown());
    let across = Axis {
        scale: if own.logarithmic {
            Scale::Ratios
        } else {
            Scale::Linear
        },
        ..Axis::new(own.label, span(own.values.iter().copied()))
    };
    let title = format!(
        "{}: {} against {}",
        experiment.about().title,
        shown.label,
        own.label
    );
    let mut figure = Figure::new(
        &title,
        padded(across),
        padded(Axis::new(shown.label, shown.range)),
    );
    if let Some((level, name)) = shown.level {
        figure.marks.push(Mark::Level(level, name.to_owned()));
    }
    figure
}

/// The tables in one figure: the first with error bars and theory, others thin.
pub fn figure(tables: &[LabTable<'_>]) -> Option<Figure> {
    let first = tables.first()?;
    let experiment = first.plan.recipe().experiment.experiment();
    let mut figure = axes(experiment);
    for (index, table) in tables.iter().enumerate().rev() {
        for series in 0..table.plan.n_series() {
            if index == 0 {
                errors(&mut figure, table, series);
                theory(&mut figure, table, series);
            }
            curve(&mut figure, table, series, index == 0);
        }
    }
    // All that is drawn is in sight.
    let heights = figure
        .series
        .iter()
        .flat_map(|series| series.y.iter().copied());
    let spans = figure
        .bands
        .iter()
        .flat_map(|band| band.spans.iter().flatten().copied());
    let [low, high] = span(heights.chain(spans).chain(experiment.shown().range));
    figure.up = padded(Axis::new(experiment.shown().label, [low, high]));
    let places = tables
        .iter()
        .flat_map(|table| table.plan.axis().values.iter().copied());
    figure.across = padded(Axis {
        range: span(places),
        ..figure.across
    });
    Some(figure)
}

/// The number that a row of `plan` has in the column called `name`.
pub fn entry(plan: &LabPlan, row: &Finished, name: &str) -> Option<f64> {
    let column = plan
        .columns()
        .iter()
        .position(|column| column.name == name)?;
    row.row.get(column)?.number()
}

/// The lower and the upper end of the error bar of a row.
pub fn error_bar(plan: &LabPlan, row: &Finished) -> Option<[f64; 2]> {
    let shown = plan.recipe().experiment.experiment().shown();
    match shown.error {
        ErrorBars::Between(low, high) => Some([entry(plan, row, low)?, entry(plan, row, high)?]),
        ErrorBars::Around(error) => {
            let (middle, error) = (entry(plan, row, shown.up)?, entry(plan, row, error)?);
            Some([middle - error, middle + error])
        }
        ErrorBars::None => None,
    }
}

/// An axis with a little room at both ends, so that points there are seen whole.
fn padded(axis: Axis) -> Axis {
    const ROOM: f64 = 0.03;
    let [low, high] = axis.range;
    let range = match axis.scale {
        Scale::Ratios if low > 0.0 && high > low => {
            let room = libm::pow(high / low, ROOM);
            [low / room, high * room]
        }
        Scale::Ratios => [low.max(1e-9) * 0.5, high.max(1e-9) * 2.0],
        Scale::Linear | Scale::Log if high > low => {
            let room = ROOM * (high - low);
            [low - room, high + room]
        }
        Scale::Linear | Scale::Log => [low - 0.5, high + 0.5],
    };
    Axis { range, ..axis }
}

/// The rows of a series that are known, from left to right.
fn known<'a>(table: &LabTable<'a>, series: usize) -> Vec<(f64, &'a Finished)> {
    let own = &table.plan.axis().values;
    let rows = table.rows.iter().skip(series * own.len()).take(own.len());
    let mut known: Vec<(f64, &Finished)> = own
        .iter()
        .zip(rows)
        .filter_map(|(x, row)| Some((*x, row.as_ref()?)))
        .collect();
    known.sort_by(|a, b| a.0.total_cmp(&b.0));
    known
}

fn name_of(table: &LabTable<'_>, series: usize) -> String {
    let name = table.plan.series_name(series);
    if table.title.is_empty() {
        name
    } else {
        format!("{name}, {}", table.title)
    }
}

/// The points of a series joined by a line, and further columns as points.
fn curve(figure: &mut Figure, table: &LabTable<'_>, series: usize, is_main: bool) {
    let shown = table.plan.recipe().experiment.experiment().shown();
    let (role, marker) = style(series);
    let rows = known(table, series);
    let place = |(x, row): &(f64, &Finished), name: &str| Some((*x, entry(table.plan, row, name)?));
    let points = |name: &str| -> (Vec<f64>, Vec<f64>) {
        rows.iter().filter_map(|row| place(row, name)).unzip()
    };
    for (column, said) in shown.beside {
        let (x, y) = points(column);
        figure.series.push(Series {
            name: format!("{}, {said}", name_of(table, series)),
            legend: None,
            role,
            line: Line::Dots(2.2),
            x: x.into(),
            y: y.into(),
        });
    }
    let (x, y) = points(shown.up);
    let name = name_of(table, series);
    figure.series.push(Series {
        legend: Some(name.clone()),
        name,
        role,
        line: if is_main {
            Line::Marked(2.0, marker)
        } else {
            Line::Solid(1.0)
        },
        x: x.into(),
        y: y.into(),
    });
}

fn errors(figure: &mut Figure, table: &LabTable<'_>, series: usize) {
    let rows = known(table, series);
    let bars = rows
        .iter()
        .filter_map(|(x, row)| Some((*x, error_bar(table.plan, row)?)));
    let (x, spans): (Vec<f64>, Vec<[f64; 2]>) = bars.unzip();
    if x.is_empty() {
        return;
    }
    figure.bands.push(Band {
        name: name_of(table, series),
        x: x.into(),
        spans: spans.into(),
        fill: Fill::Uprights(style(series).0),
    });
}

/// The lines of theory beside a series; each formula stands once in the legend.
fn theory(figure: &mut Figure, table: &LabTable<'_>, series: usize) {
    for line in table.theory.get(&series).into_iter().flatten() {
        let is_new = figure.listed().all(|(_, said)| said != line.formula);
        let (x, y): (Vec<f64>, Vec<f64>) = line.points.iter().map(|[x, y]| (*x, *y)).unzip();
        figure.series.push(Series {
            name: format!("{}, {}", name_of(table, series), line.name),
            legend: is_new.then(|| line.formula.to_owned()),
            role: style(series).0,
            line: Line::Dashed(1.2),
            x: Arc::from(x),
            y: Arc::from(y),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::{Lab, LabRecipe, Vary, named_world, rules, run};

    fn small() -> Arc<LabPlan> {
        let lab = Lab::parse("basins:points=3,patterns=4,trials=2").unwrap();
        let mut recipe = LabRecipe::of(lab).unwrap();
        recipe.world = named_world("random:n=40,p=4").unwrap().0;
        recipe.rules = rules("hebb,pseudo-inverse").unwrap();
        recipe.vary = vec![Vary::parse("world.p=2;4").unwrap()];
        Arc::new(LabPlan::new(recipe).unwrap())
    }

    #[test]
    fn every_series_has_a_curve_and_error_bars_and_a_style_of_its_own() {
        let plan = small();
        let rows: Vec<Option<Finished>> = run(&plan).into_iter().map(Some).collect();
        let theory = BTreeMap::from([(
            0,
            vec![Theory {
                name: "a line".to_owned(),
                formula: "y = x",
                points: vec![[0.0, 0.0], [1.0, 1.0]],
            }],
        )]);
        let table = LabTable {
            plan: &plan,
            rows: &rows,
            theory: &theory,
            title: "",
        };
        let figure = figure(&[table]).unwrap();
        let curves = figure.series.iter();
        let curves = curves.filter(|series| matches!(series.line, Line::Marked(..)));
        assert_eq!(curves.clone().count(), plan.n_series());
        assert!(curves.clone().all(|curve| curve.x.len() == 3));
        assert_eq!(figure.bands.len(), plan.n_series());
        assert_eq!(figure.listed().count(), plan.n_series() + 1);
        let styles: Vec<(Role, Marker)> = (0..25).map(style).collect();
        for (index, style) in styles.iter().enumerate() {
            assert!(!styles[..index].contains(style), "{index}");
        }
        // Rows that are not there yet are left out.
        let half: Vec<Option<Finished>> = rows
            .iter()
            .cloned()
            .enumerate()
            .map(|(cell, row)| row.filter(|_| cell % 2 == 0))
            .collect();
        let table = LabTable {
            rows: &half,
            ..table
        };
        let known: usize = super::figure(&[table])
            .unwrap()
            .bands
            .iter()
            .map(|band| band.x.len())
            .sum();
        assert_eq!(known, half.iter().flatten().count());
    }
}
