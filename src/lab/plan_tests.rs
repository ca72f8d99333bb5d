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
    assert_ne!(plan.seed(1), plan.seed(2));
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
