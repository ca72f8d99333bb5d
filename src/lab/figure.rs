//! Tables of the lab as figures: a curve a series with error bars, the lines of theory, the level that means something.

mod collapsed;
mod map;
mod views;

pub use map::LabGrid;
pub use views::LabView;

use crate::figures::{Axis, Band, Figure, Fill, Line, Mark, Marker, Role, Scale, Series, span};
use crate::lab::{ErrorBars, Experiment, Finished, LabPlan, Shown, SizeFamily, Theory, Together};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The colour and the shape of the points of a curve of an experiment that shows this: where further columns stand beside
/// it, shapes tell these apart.
pub fn look(shown: &Shown, series: usize) -> (Role, Marker) {
    let (role, marker) = style(series);
    if shown.beside.is_empty() {
        (role, marker)
    } else {
        (role, MARKERS[0])
    }
}

/// The rows of a run, as far as they are known, and what theory draws beside them.
#[derive(Debug, Clone, Copy)]
pub struct LabTable<'a> {
    /// What it is a table of.
    pub plan: &'a LabPlan,
    /// Where in its rows stands what is shown.
    pub columns: &'a ShownColumns,
    /// What its curves are called.
    pub names: &'a [String],
    /// Rows by cell.
    pub rows: &'a [Option<Finished>],
    /// Lines by series.
    pub theory: &'a BTreeMap<usize, Vec<Theory>>,
    /// Curves that differ in the number of units alone, laid together.
    pub families: &'a [(SizeFamily, Option<Together>)],
    /// Its cells as a map, where it is one.
    pub grid: Option<&'a LabGrid>,
    /// What tells it from others in the same figure.
    pub title: &'a str,
}

/// Where in the rows of a plan stands what a figure shows.
#[derive(Debug, Clone)]
pub struct ShownColumns {
    up: Option<usize>,
    error: [Option<usize>; 2],
    is_around: bool,
    beside: Vec<Option<usize>>,
    count: Option<usize>,
}

impl ShownColumns {
    /// Those of `plan`.
    pub fn of(plan: &LabPlan) -> Self {
        let columns = plan.columns();
        let place = |name: &str| columns.iter().position(|column| column.name == name);
        let shown = plan.recipe().experiment.experiment().shown();
        let error = match shown.error {
            ErrorBars::Between(low, high) => [place(low), place(high)],
            ErrorBars::Around(error) => [place(error); 2],
            ErrorBars::None => [None; 2],
        };
        Self {
            up: place(shown.up),
            error,
            is_around: matches!(shown.error, ErrorBars::Around(_)),
            beside: shown.beside.iter().map(|(name, _)| place(name)).collect(),
            count: place("n"),
        }
    }

    fn number(row: &Finished, column: Option<usize>) -> Option<f64> {
        row.row.get(column?)?.number()
    }

    /// The height of the point of a row.
    pub fn height(&self, row: &Finished) -> Option<f64> {
        Self::number(row, self.up)
    }

    /// The lower and the upper end of its error bar.
    pub fn error_bar(&self, row: &Finished) -> Option<[f64; 2]> {
        let [low, high] = self.error.map(|column| Self::number(row, column));
        let (low, high) = (low?, high?);
        if self.is_around {
            let middle = self.height(row)?;
            return Some([middle - low, middle + high]);
        }
        Some([low, high])
    }

    /// How many cues or runs it is of.
    pub fn count(&self, row: &Finished) -> Option<f64> {
        Self::number(row, self.count)
    }
}

/// Shapes of points, in the order in which they are used.
const MARKERS: [Marker; 5] = [
    Marker::Disc,
    Marker::Square,
    Marker::Diamond,
    Marker::Triangle,
    Marker::Wedge,
];

/// The shape of the points of a further column, by its place in [`Shown::beside`]; that of the column itself is a disc.
///
/// [`Shown::beside`]: super::Shown::beside
pub fn marker_beside(place: usize) -> Marker {
    MARKERS[(place + 1) % MARKERS.len()]
}

/// What the column that goes up is called beside further ones.
pub fn main_name(shown: &Shown) -> String {
    shown.up.replace('_', " ")
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
    let shift = series / ROLES.len();
    (
        ROLES[series % ROLES.len()],
        MARKERS[(series + shift) % MARKERS.len()],
    )
}

fn scale(logarithmic: bool) -> Scale {
    if logarithmic {
        Scale::Ratios
    } else {
        Scale::Linear
    }
}

/// The axes of an experiment, with nothing on them but the level that means something.
pub fn axes(experiment: &dyn Experiment) -> Figure {
    let (own, shown) = (experiment.axis(), experiment.shown());
    let across = Axis {
        scale: scale(own.logarithmic),
        ..Axis::new(own.label, span(own.values.iter().copied()))
    };
    let up = Axis {
        scale: scale(shown.logarithmic),
        ..Axis::new(shown.label, shown.range)
    };
    let title = format!(
        "{}: {} against {}",
        experiment.about().title,
        shown.label,
        own.label
    );
    let mut figure = Figure::new(&title, padded(across), padded(up));
    if let Some((level, name)) = shown.level {
        figure.marks.push(Mark::Level(level, name.to_owned()));
    }
    figure
}

/// The tables in one figure: the first with error bars, further columns and theory, others thin.
fn curves(tables: &[LabTable<'_>]) -> Option<Figure> {
    let first = tables.first()?;
    let experiment = first.plan.recipe().experiment.experiment();
    let mut figure = axes(experiment);
    for (index, table) in tables.iter().enumerate().rev() {
        for series in 0..table.plan.n_series() {
            let points = known(table, series);
            if index == 0 {
                errors(&mut figure, table, series, &points);
                theory(&mut figure, table, series);
                beside(&mut figure, table, series);
                marks(&mut figure, table, series);
            }
            curve(&mut figure, table, series, &points, index == 0);
        }
    }
    let places = tables
        .iter()
        .flat_map(|table| table.plan.axis().values.iter().copied());
    figure.across = padded(Axis {
        range: span(places),
        ..figure.across
    });
    let range = heights(&figure, experiment.shown());
    figure.up = padded(Axis { range, ..figure.up });
    Some(figure)
}

/// From where to where the upright axis goes, so that all that is drawn is in sight.
fn heights(figure: &Figure, shown: Shown) -> [f64; 2] {
    let curves = figure
        .series
        .iter()
        .flat_map(|series| series.y.iter().copied());
    let spans = figure
        .bands
        .iter()
        .flat_map(|band| band.spans.iter().flatten().copied());
    let drawn = curves.chain(spans);
    if !shown.logarithmic {
        return span(drawn.chain(shown.range));
    }
    let drawn: Vec<f64> = drawn.filter(|height| *height > 0.0).collect();
    if drawn.is_empty() {
        return shown.range;
    }
    span(drawn)
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
        Scale::Linear | Scale::Log | Scale::Places if high > low => {
            let room = ROOM * (high - low);
            [low - room, high + room]
        }
        Scale::Linear | Scale::Log | Scale::Places => [low - 0.5, high + 0.5],
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
    let name = &table.names[series];
    if table.title.is_empty() {
        name.clone()
    } else {
        format!("{name}, {}", table.title)
    }
}

/// The points of a series joined by a line.
fn curve(
    figure: &mut Figure,
    table: &LabTable<'_>,
    series: usize,
    points: &[(f64, &Finished)],
    is_main: bool,
) {
    let shown = table.plan.recipe().experiment.experiment().shown();
    let (role, marker) = look(&shown, series);
    let points = points.iter();
    let points = points.filter_map(|(x, row)| Some((*x, table.columns.height(row)?)));
    let (x, y): (Vec<f64>, Vec<f64>) = points.unzip();
    let name = name_of(table, series);
    figure.series.push(Series {
        legend: Some(if shown.beside.is_empty() {
            name.clone()
        } else {
            format!("{name}, {}", main_name(&shown))
        }),
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

/// Further columns, thinner, with a shape of points of their own; the legend names each once.
fn beside(figure: &mut Figure, table: &LabTable<'_>, series: usize) {
    let shown = table.plan.recipe().experiment.experiment().shown();
    for (place, (_, said)) in shown.beside.iter().enumerate() {
        let marker = marker_beside(place);
        let points = known(table, series).into_iter().filter_map(|(x, row)| {
            let height = ShownColumns::number(row, table.columns.beside[place])?;
            Some((x, height))
        });
        let (x, y): (Vec<f64>, Vec<f64>) = points.unzip();
        let is_new = figure.listed().all(|(_, other)| other != *said);
        figure.series.push(Series {
            name: format!("{}, {said}", name_of(table, series)),
            legend: (is_new && !x.is_empty()).then(|| (*said).to_owned()),
            role: style(series).0,
            line: Line::Marked(1.2, marker),
            x: x.into(),
            y: y.into(),
        });
    }
}

fn errors(figure: &mut Figure, table: &LabTable<'_>, series: usize, points: &[(f64, &Finished)]) {
    let bars = points
        .iter()
        .filter_map(|(x, row)| Some((*x, table.columns.error_bar(row)?)));
    let shown = table.plan.recipe().experiment.experiment().shown();
    // What reaches down to nothing has no place on a logarithmic axis: it ends at a tenth of its upper end.
    let in_sight = |[low, high]: [f64; 2]| {
        if shown.logarithmic {
            [low.max(0.1 * high), high]
        } else {
            [low, high]
        }
    };
    let bars = bars.map(|(x, bar)| (x, in_sight(bar)));
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
            legend: is_new.then(|| line.formula.clone().into_owned()),
            role: style(series).0,
            line: Line::Dashed(1.2),
            x: Arc::from(x),
            y: Arc::from(y),
        });
    }
}

/// The places that theory marks for a series, as far as they lie on the axis; each stands once.
fn marks(figure: &mut Figure, table: &LabTable<'_>, series: usize) {
    let own = &table.plan.axis().values;
    let [low, high] = span(own.iter().copied());
    let Ok(recipe) = table
        .plan
        .recipe_at(&table.plan.place(series * own.len()), 0)
    else {
        return;
    };
    let experiment = table.plan.recipe().experiment.experiment();
    for mark in experiment.marks(&recipe) {
        let upright = Mark::Upright(mark.at, mark.name.to_owned());
        if (low..=high).contains(&mark.at) && !figure.marks.contains(&upright) {
            figure.marks.push(upright);
        }
    }
}

#[cfg(test)]
#[path = "figure_tests.rs"]
mod tests;
