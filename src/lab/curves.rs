//! The curves of a plan: what rows that are done draw, what is read off them, and what they say.

use super::columns::Finished;
use super::experiment::Named;
use super::plan::LabPlan;
use super::statistics::Curve;

impl LabPlan {
    /// The curve of `series` out of those of its rows that are known, by the column called `up`; points in the order of the
    /// own axis.
    pub fn curve(&self, series: usize, up: usize, rows: &[Option<Finished>]) -> Curve {
        let n_own = self.axis().values.len();
        let mut points: Vec<(f64, f64, &[f64])> = (0..n_own)
            .filter_map(|own| {
                let finished = rows[series * n_own + own].as_ref()?;
                let height = finished.row.get(up)?.number()?;
                Some((self.axis().values[own], height, &*finished.blocks))
            })
            .collect();
        points.sort_by(|a, b| a.0.total_cmp(&b.0));
        let recipe = self.recipe();
        let experiment = recipe.experiment.experiment();
        Curve {
            is_tied: recipe.repeats > 1 || !experiment.moves_network(),
            x: points.iter().map(|point| point.0).collect(),
            y: points.iter().map(|point| point.1).collect(),
            blocks: points.iter().map(|point| point.2.to_vec()).collect(),
        }
    }

    /// The curve of `series` by the column that is shown, all that is read off it, and what it says.
    pub fn told(&self, series: usize, rows: &[Option<Finished>]) -> (Curve, Vec<Named>, String) {
        let experiment = self.recipe().experiment.experiment();
        let columns = self.columns();
        let place = |name: &str| columns.iter().position(|column| column.name == name);
        let up = place(experiment.shown().up).expect("what is shown is a column");
        let curve = self.curve(series, up, rows);
        let n_own = self.axis().values.len();
        let at = |x: f64, name: &str| {
            let own = self.axis().values.iter().position(|value| *value == x)?;
            let finished = rows[series * n_own + own].as_ref()?;
            finished.row.get(place(name)?)?.number()
        };
        let mut readings = experiment.readings(&curve);
        let beside = experiment.readings_beside(&readings, &at);
        readings.extend(beside);
        let of_series = &rows[series * n_own..][..n_own];
        let said = if of_series.iter().all(Option::is_some) {
            experiment.says(&self.series_name(series), &curve, &readings)
        } else {
            String::new()
        };
        (curve, readings, said)
    }
}
