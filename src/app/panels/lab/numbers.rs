//! The numbers of the run shown, in TeX, for whoever explains a card of the lab.

use super::{CURVES, EXPERIMENT, LabPanel, READINGS};
use crate::app::panels::explained::number_in_tex;
use crate::session::LabBook;

/// Curves whose readings are told at most.
const TOLD: usize = 4;

/// What `card` shows in numbers; nothing before there is a run.
pub(super) fn numbers(lab: &LabPanel, card: &str, book: &LabBook) -> Vec<String> {
    let Some(run) = lab.main(book) else {
        return Vec::new();
    };
    let (plan, results) = (run.plan(), run.results());
    match card {
        EXPERIMENT => {
            let (values, curves) = (plan.axis().values.len(), plan.n_series());
            let all = plan.n_cells();
            vec![format!(r"n = {values} \cdot {curves} = {all}")]
        }
        CURVES => {
            let (done, all) = (results.n_done(), results.rows().len());
            vec![format!(
                r"\text{{points done: }} {done} \text{{ of }} {all}"
            )]
        }
        READINGS => {
            let curves = results.curves().iter().enumerate();
            let read = curves.filter_map(|(index, curve)| {
                let reading = curve.readings.first()?.reading?;
                let value = number_in_tex(reading.value);
                let error = reading.error.map(number_in_tex);
                let error = error.map_or_else(String::new, |error| format!(r" \pm {error}"));
                let curve = index + 1;
                Some(format!(r"{value}{error} \text{{ on curve }} {curve}"))
            });
            read.take(TOLD).collect()
        }
        _ => Vec::new(),
    }
}
