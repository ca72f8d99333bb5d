//! Figures of small tables.

use super::*;
use crate::lab::{Lab, LabEntry, LabRecipe, Vary, named_world, rules, run};

fn small() -> Arc<LabPlan> {
    let lab = Lab::parse("basins:points=3,patterns=4,trials=2").unwrap();
    let mut recipe = LabRecipe::of(lab).unwrap();
    recipe.world = named_world("random:n=40,p=4").unwrap();
    recipe.rules = rules("hebb,pseudo-inverse").unwrap();
    recipe.vary = vec![Vary::parse("world.p=2;4").unwrap()];
    Arc::new(LabPlan::new(recipe).unwrap())
}

fn names(plan: &LabPlan) -> Vec<String> {
    let all = 0..plan.n_series();
    all.map(|series| plan.series_name(series)).collect()
}

/// The figure of a plan whose rows have these numbers in the columns of these names, all others none.
fn made_up(plan: &LabPlan, numbers: &[&[(&str, f64)]]) -> Figure {
    let columns = plan.columns();
    let rows: Vec<Option<Finished>> = numbers
        .iter()
        .enumerate()
        .map(|(cell, numbers)| {
            let number = |name: &str| numbers.iter().find(|(key, _)| *key == name);
            let row = columns
                .iter()
                .map(|column| LabEntry::Number(number(&column.name).map(|(_, number)| *number)));
            Some(Finished {
                cell,
                row: row.collect(),
                blocks: Vec::new(),
                problem: None,
            })
        })
        .collect();
    let table = LabTable {
        plan,
        columns: &ShownColumns::of(plan),
        names: &names(plan),
        rows: &rows,
        theory: &BTreeMap::new(),
        families: &[],
        grid: None,
        title: "",
    };
    curves(&[table]).unwrap()
}

#[test]
fn growth_stands_on_logarithmic_axes_whose_ends_are_the_data() {
    let mut recipe = LabRecipe::of(Lab::parse("growth:points=2").unwrap()).unwrap();
    recipe.rules.truncate(1);
    let plan = LabPlan::new(recipe).unwrap();
    assert_eq!(
        axes(plan.recipe().experiment.experiment()).up.scale,
        Scale::Ratios
    );
    let figure = made_up(
        &plan,
        &[
            &[("patterns", 10.0), ("error", 20.0)],
            &[("patterns", 100.0), ("error", 5.0)],
        ],
    );
    assert_eq!(
        (figure.across.scale, figure.up.scale),
        (Scale::Ratios, Scale::Ratios)
    );
    let [low, high] = figure.up.range;
    assert!(
        (2.0..3.0).contains(&low),
        "the bar that reaches below zero ends in sight: {low}"
    );
    assert!((105.0..130.0).contains(&high), "{high}");
    assert_eq!(made_up(&plan, &[]).up.scale, Scale::Ratios);
}

#[test]
fn further_columns_have_a_shape_and_an_entry_of_the_legend_each() {
    let mut recipe = LabRecipe::of(Lab::parse("generalization").unwrap()).unwrap();
    recipe.rules = rules("hebb,pseudo-inverse").unwrap();
    let plan = LabPlan::new(recipe).unwrap();
    let row: &[(&str, f64)] = &[("unseen", 0.1), ("stored", 1.0), ("random", 0.2)];
    let figure = made_up(&plan, &[row]);
    let said: Vec<&str> = figure.listed().map(|(_, said)| said).collect();
    let count = |what: &str| said.iter().filter(|said| said.contains(what)).count();
    assert_eq!(
        ["unseen", "stored", "random", "features"].map(count),
        [2, 1, 1, 0],
        "{said:?}"
    );
    let of_first = figure
        .series
        .iter()
        .filter(|series| series.role == style(0).0);
    let shapes: Vec<Marker> = of_first
        .filter_map(|series| match series.line {
            Line::Marked(_, marker) => Some(marker),
            _ => None,
        })
        .collect();
    assert_eq!(shapes.len(), 5);
    assert!((1..5).all(|place| !shapes[..place].contains(&shapes[place])));
}

#[test]
fn every_series_has_a_curve_and_error_bars_and_a_style_of_its_own() {
    let plan = small();
    let rows: Vec<Option<Finished>> = run(&plan).into_iter().map(Some).collect();
    let theory = BTreeMap::from([(
        0,
        vec![Theory {
            name: "a line".to_owned(),
            formula: "y = x".into(),
            points: vec![[0.0, 0.0], [1.0, 1.0]],
        }],
    )]);
    let (columns, names) = (ShownColumns::of(&plan), names(&plan));
    let table = LabTable {
        plan: &plan,
        columns: &columns,
        names: &names,
        rows: &rows,
        theory: &theory,
        families: &[],
        grid: None,
        title: "",
    };
    let figure = curves(&[table]).unwrap();
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
    let known: usize = super::curves(&[table])
        .unwrap()
        .bands
        .iter()
        .map(|band| band.x.len())
        .sum();
    assert_eq!(known, half.iter().flatten().count());
}
