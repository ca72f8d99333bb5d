//! A grid over the load and the own axis as a map: a cell a place, coloured by what is shown, theory over it.

use super::{LabTable, axes};
use crate::figures::{Axis, Cells, Figure, Line, Role, Series};
use crate::lab::{LabPlan, load_of};

/// The further axes that are loads, and the fewest values of one that make a map.
const LOADS: [&str; 2] = ["world.p", "world.alpha"];
const FEWEST: usize = 3;

/// The loads of a grid, ascending, with the first series of each: those of its rules follow, further axes at their first values.
#[derive(Debug, Clone, PartialEq)]
pub struct LabGrid(Vec<(f64, usize)>);

impl LabGrid {
    /// That of `plan`; none where its experiment has no [plane](crate::lab::Experiment::plane), or too few loads vary.
    pub fn of(plan: &LabPlan) -> Option<Self> {
        let recipe = plan.recipe();
        let n_own = plan.axis().values.len();
        let first = plan.recipe_at(&plan.place(0), 0).ok()?;
        recipe.experiment.experiment().plane(&first)?;
        let is_load = |path: &str| LOADS.contains(&path);
        let axis = recipe.vary.iter().position(|vary| is_load(&vary.path))?;
        let inner = recipe.vary[axis + 1..].iter().map(|vary| vary.values.len());
        let stride = inner.product::<usize>() * recipe.rules.len();
        let load = |index: usize| {
            let series = index * stride;
            let recipe = plan.recipe_at(&plan.place(series * n_own), 0).ok()?;
            let n_units = plan.sites().known(&recipe.world)?.n_units();
            Some((load_of(&recipe, n_units)?, series))
        };
        let mut loads = (0..recipe.vary[axis].values.len())
            .map(load)
            .collect::<Option<Vec<(f64, usize)>>>()?;
        loads.sort_by(|a, b| a.0.total_cmp(&b.0));
        loads.dedup_by(|a, b| a.0 == b.0);
        (loads.len() >= FEWEST && n_own >= FEWEST).then_some(Self(loads))
    }

    /// The load of a series that is on the map of a rule.
    pub(super) fn load(&self, series: usize, rule: usize) -> Option<f64> {
        let of_this = self.0.iter().find(|(_, first)| first + rule == series);
        of_this.map(|(load, _)| *load)
    }
}

/// The map of a table, of the rule at this place.
pub(super) fn figure(table: &LabTable<'_>, rule: usize) -> Option<Figure> {
    let (plan, LabGrid(loads)) = (table.plan, table.grid?);
    let experiment = plan.recipe().experiment.experiment();
    let (own, shown) = (plan.axis(), experiment.shown());
    let mut places: Vec<usize> = (0..own.values.len()).collect();
    places.sort_by(|a, b| own.values[*a].total_cmp(&own.values[*b]));
    let height = |series: usize, place: usize| {
        let row = table.rows[series * own.values.len() + place].as_ref();
        row.and_then(|row| table.columns.height(row))
            .unwrap_or(f64::NAN)
    };
    let across: Vec<f64> = loads.iter().map(|(load, _)| *load).collect();
    let up: Vec<f64> = places.iter().map(|place| own.values[*place]).collect();
    let rows = places.iter().flat_map(|place| {
        let of_load = loads.iter();
        of_load.map(|(_, first)| height(first + rule, *place))
    });
    let cells = Cells::around(shown.label, &across, &up, rows.collect());
    let mut figure = axes(experiment);
    figure.across = Axis::new("load α = P/N", cells.across());
    figure.up = Axis::new(own.label, cells.up());
    let title = plan.recipe().rules.get(rule)?.about().title;
    figure.title = format!("{}: {} of {title}", experiment.about().title, shown.label);
    figure.marks.clear();
    figure.cells = Some(cells);
    let first = plan.place((loads.first()?.1 + rule) * own.values.len());
    let first = plan.recipe_at(&first, 0).ok()?;
    for line in experiment.plane(&first)?.lines {
        let (x, y): (Vec<f64>, Vec<f64>) = line.points.iter().map(|[x, y]| (*x, *y)).unzip();
        figure.series.push(Series {
            name: line.name,
            legend: Some(line.formula.clone().into_owned()),
            role: Role::Strong,
            line: Line::Dashed(1.6),
            x: x.into(),
            y: y.into(),
        });
    }
    Some(figure)
}
