//! Tests of `plan`.

use super::*;
use crate::lab::Vary;

fn plan(vary: &[&str]) -> Result<LabPlan, Error> {
    let mut recipe = LabRecipe::of(Lab::parse("basins:points=5").unwrap()).unwrap();
    recipe.vary = vary.iter().map(|text| Vary::parse(text).unwrap()).collect();
    LabPlan::new(recipe)
}

#[test]
fn cells_stand_in_the_order_of_axes_rules_and_the_own_axis() {
    let plan = plan(&["world.p=10;20", "world.n=100..300/3"]).unwrap();
    assert_eq!(plan.n_cells(), 2 * 3 * 3 * 5);
    let place = plan.place(1 + 5 * (2 + 3 * (1 + 3)));
    assert_eq!(
        place,
        CellPlace {
            vary: vec![1, 1],
            rule: 2,
            own: 1
        }
    );
    let recipe = plan.recipe_at(&place, 0).unwrap();
    assert_eq!(
        (recipe.world.get("p"), recipe.world.get("n")),
        (Some(20.0), Some(200.0))
    );
    assert_eq!(recipe.seed, plan.recipe().seed);
    let seed = |repeat| plan.recipe_at(&place, repeat).unwrap().seed;
    assert_ne!(seed(1), seed(2));
}

#[test]
fn shards_are_all_cells_once() {
    let plan = plan(&[]).unwrap();
    for n_shards in [1, 2, 7, 15, 40] {
        let cells: Vec<usize> = (0..n_shards)
            .flat_map(|shard| plan.shard(shard, n_shards))
            .collect();
        assert_eq!(cells, (0..15).collect::<Vec<usize>>());
    }
}

#[test]
fn the_coarse_order_has_every_cell_and_begins_with_the_ends() {
    let plan = plan(&[]).unwrap();
    let mut cells = plan.cells(0..15, CellOrder::CoarseFirst);
    assert_eq!(cells[..7], [0, 5, 10, 4, 9, 14, 2]);
    cells.sort_unstable();
    assert_eq!(cells, (0..15).collect::<Vec<usize>>());
    assert_eq!(ranks(1), [0]);
}

#[test]
fn what_cannot_be_varied_is_refused_before_anything_runs() {
    let refused = |vary: &[&str]| plan(vary).unwrap_err().to_string();
    assert!(refused(&["rule.ridgewood=1..2/2"]).contains("there is no setting"));
    assert!(refused(&["world.p=1..1e9/2"]).contains("must be"));
    assert!(
        refused(&["world.p=1..9/9", "world.n=100..400/300", "seed=1..400/400"]).contains("cells")
    );
}

#[test]
fn repeats_of_a_varied_seed_are_different() {
    let plan = plan(&["seed=3;8"]).unwrap();
    let seed = |cell: usize, repeat| plan.recipe_at(&plan.place(cell), repeat).unwrap().seed;
    let second = plan.n_cells() / 2;
    assert_eq!((seed(0, 0), seed(second, 0)), (3, 8));
    let all = [seed(0, 0), seed(0, 1), seed(0, 2), seed(second, 1)];
    for (place, one) in all.iter().enumerate() {
        assert!(!all[..place].contains(one), "{all:?}");
    }
}

#[test]
fn axes_that_do_nothing_or_cannot_be_told_apart_are_refused() {
    let refused = |vary: &[&str]| plan(vary).unwrap_err().to_string();
    assert!(refused(&["world.p=3;4", "world.p=5;6"]).contains("a further axis is given twice"));
    assert!(refused(&["world.p=3;4;3.0"]).contains("a value of the axis is given twice, as 3"));
    assert!(refused(&["rule=hebb;storkey"]).contains("an axis over whole rules does nothing"));
    for path in ["cue.flip=0;0.5", "cue.start=random;empty"] {
        assert!(refused(&[path]).contains("an axis over the cue does nothing"));
    }
    assert!(
        refused(&["world.p=3;4", "dynamics=sync;async", "world=glyphs"]).contains("another axis")
    );
    assert!(plan(&["world=random;glyphs", "world.p=3;4"]).is_ok());
    let mut recipe = LabRecipe::of(Lab::parse("basins:points=5").unwrap()).unwrap();
    recipe.rules = crate::lab::rules("hebb,storkey,hebb").unwrap();
    let refused = LabPlan::new(recipe).unwrap_err().to_string();
    assert!(refused.contains("a rule is given twice"), "{refused}");
}

#[test]
fn axes_that_the_own_axis_replaces_are_refused() {
    for (experiment, vary) in [
        ("capacity", "world.p=3;4"),
        ("asymmetry", "alteration.dilution=0.1;0.2"),
        ("margins", "rule.steps=3;4"),
        ("temperature", "dynamics=sync;async"),
        ("growth", "world.p=3;4"),
    ] {
        let mut recipe = LabRecipe::of(Lab::parse(experiment).unwrap()).unwrap();
        recipe.vary = vec![Vary::parse(vary).unwrap()];
        let refused = LabPlan::new(recipe).unwrap_err().to_string();
        assert!(refused.contains("sets the same"), "{experiment}: {refused}");
    }
}

#[test]
fn dynamics_that_a_rule_does_not_take_are_refused() {
    let mut recipe = LabRecipe::of(Lab::parse("basins:points=5").unwrap()).unwrap();
    recipe.rules = crate::lab::rules("modern").unwrap();
    recipe.vary = vec![Vary::parse("rule.states=signs;continuous").unwrap()];
    assert!(LabPlan::new(recipe.clone()).is_ok());
    recipe.dynamics = crate::engine::Dynamics::Asynchronous;
    let refused = LabPlan::new(recipe).unwrap_err().to_string();
    assert!(refused.contains("all move at once"), "{refused}");
}

#[test]
fn curves_are_called_by_what_differs() {
    let mut recipe = LabRecipe::of(Lab::parse("basins:points=2").unwrap()).unwrap();
    recipe.rules = crate::lab::rules("hebb,dense:n=2,dense:n=3").unwrap();
    let name = |vary: &[&str], series: usize| {
        let mut recipe = recipe.clone();
        recipe.vary = vary.iter().map(|vary| Vary::parse(vary).unwrap()).collect();
        LabPlan::new(recipe).unwrap().series_name(series)
    };
    assert_eq!(name(&["world.p=5;10"], 3), "Hebb, p = 10");
    assert_eq!(
        name(&["world.p=5", "alteration.cut=pairs;each"], 3),
        "Hebb, each"
    );
    let dense = "Dense associative memory, n = 3";
    assert_eq!(
        name(&["world.n=50;60"], 2),
        format!("{dense}, world.n = 50")
    );
}
