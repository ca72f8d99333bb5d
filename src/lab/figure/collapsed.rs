//! Curves that differ in the number of units alone, over the variable on which they fall together.

use super::{LabTable, axes, curve, errors, heights, known, padded};
use crate::figures::{Axis, Figure, Mark, span};
use crate::lab::Finished;

/// The figure: points of all curves that could be laid together, and what was found at zero; none where there are none.
pub(super) fn figure(tables: &[LabTable<'_>]) -> Option<Figure> {
    let experiment = tables.first()?.plan.recipe().experiment.experiment();
    let scaling = experiment.scaling()?;
    let mut figure = axes(experiment);
    for (index, table) in tables.iter().enumerate().rev() {
        for series in 0..table.plan.n_series() {
            let points = known(table, series).into_iter();
            let points = points.filter_map(|(x, row)| Some((place(table, series, x)?, row)));
            let points: Vec<(f64, &Finished)> = points.collect();
            if points.is_empty() {
                continue;
            }
            if index == 0 {
                errors(&mut figure, table, series, &points);
            }
            curve(&mut figure, table, series, &points, index == 0);
        }
    }
    for (family, together) in tables[0].families {
        if let Some(found) = together.as_ref().and_then(|it| it.in_short(scaling)) {
            let said = format!("{}: {found}", family.name);
            figure.marks.push(Mark::Upright(0.0, said));
        }
    }
    let places = figure
        .series
        .iter()
        .flat_map(|series| series.x.iter().copied());
    let label = format!("({} − {}) N^(1/ν)", scaling.symbol, scaling.critical);
    figure.across = padded(Axis::new(&label, span(places)));
    let range = heights(&figure, experiment.shown());
    figure.up = padded(Axis { range, ..figure.up });
    figure.title = format!(
        "{}: {} against {label}",
        experiment.about().title,
        experiment.shown().label
    );
    Some(figure)
}

/// Where `x` of a series lies on the common variable; none where its curve could not be laid together with others.
pub(super) fn place(table: &LabTable<'_>, series: usize, x: f64) -> Option<f64> {
    table.families.iter().find_map(|(family, together)| {
        let mut members = family.members.iter();
        let (n_units, _) = members.find(|(_, member)| *member == series)?;
        Some(together.as_ref()?.collapse?.scaled(x, *n_units))
    })
}
