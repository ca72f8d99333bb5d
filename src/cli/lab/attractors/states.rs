//! All states of a memory of few units: what each comes to.

use super::asked::Question;
use crate::cli::lab::{Lab, Report, json_line};
use crate::engine::Error;
use crate::engine::attractors::TransitionGraph;
use serde_json::{Value, json};

/// All states of a small memory.
pub(super) fn report(lab: &Lab, question: &Question, notes: Vec<String>) -> Result<Report, Error> {
    let memory = &question.memory;
    let graph = TransitionGraph::new(&memory.batch, memory.dynamics)?;
    let sizes = graph.basin_sizes();
    let gardens = graph.gardens_of_eden().len();
    let depth = graph.depths().into_iter().max().unwrap_or(0);
    if lab.json {
        let attractor = |(cycle, basin): (&Vec<u32>, &u64)| json!({"length": cycle.len(), "states": cycle, "basin": basin});
        let object = json!({
            "command": question.written.command("states", &[]),
            "n_units": graph.n_units(),
            "n_states": graph.successors().len(),
            "attractors": graph.cycles().iter().zip(&sizes).map(attractor).collect::<Vec<Value>>(),
            "garden_of_eden": gardens,
            "depth": depth,
        });
        return Ok(Report::new(json_line(&object), notes));
    }
    Ok(Report::new(
        states_text(&graph, &sizes, gardens, depth),
        notes,
    ))
}

fn states_text(graph: &TransitionGraph, sizes: &[u64], gardens: usize, depth: u32) -> String {
    let n_states = graph.successors().len();
    let text = format!(
        "{n_states} states of {} units, {} attractors, {gardens} states without a predecessor, {depth} sweeps at the most\n",
        graph.n_units(),
        sizes.len()
    );
    let mut order: Vec<usize> = (0..sizes.len()).collect();
    order.sort_by_key(|k| std::cmp::Reverse(sizes[*k]));
    let lines = order.into_iter().map(|k| {
        let cycle = &graph.cycles()[k];
        let states: Vec<String> = cycle
            .iter()
            .map(|state| format!("{state:0width$b}", width = graph.n_units()))
            .collect();
        let kind = match cycle.len() {
            1 => "fixed point".to_owned(),
            length => format!("cycle of {length}"),
        };
        format!("{:>8} states  {kind:<14} {}\n", sizes[k], states.join(" "))
    });
    text + &lines.collect::<String>()
}
