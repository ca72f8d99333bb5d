//! Tests of bands: physics of single memories, the same bits however they are cut, and refusals.

use super::follow_tests::sums;
use super::*;
use crate::engine::patterns::{Alphabet, State};
use crate::engine::{Dynamics, LearningRule};
use crate::lab::cache::Cache;
use crate::lab::ecsv;
use crate::worlds::World;
use std::sync::Arc;

fn recipe(world: &str, rule: &str, vary: &str, count: u64) -> BandsRecipe {
    let mut recipe = Recipe {
        world: World::parse(world).unwrap(),
        ..Recipe::default()
    };
    recipe.track_mut().rule = LearningRule::parse(rule).unwrap();
    BandsRecipe {
        recipe,
        vary: Vary::parse(vary).unwrap(),
        from: CensusStarts::Random,
        unseen: false,
        count,
    }
}

fn columns(steps: BandSteps) -> Vec<BandColumn> {
    let values = steps.filter_map(|event| match event {
        BandEvent::Value(column) => Some(column),
        BandEvent::Progress(done) => {
            assert!((0.0..=1.0).contains(&done));
            None
        }
    });
    values.collect()
}

fn run(recipe: &BandsRecipe) -> Vec<BandColumn> {
    recipe.check().unwrap();
    let recipe = Arc::new(recipe.clone());
    columns(BandSteps::new(recipe, Cache::default(), Arc::default()))
}

/// The share of one kind at each value.
fn shares(columns: &[BandColumn], kind: BandKind) -> Vec<f64> {
    let share = |column: &BandColumn| {
        let rows = column.rows().into_iter().filter(|row| row.kind == kind);
        rows.map(|row| row.share(column.n_starts())).sum()
    };
    columns.iter().map(share).collect()
}

#[test]
fn shares_of_a_value_and_bands_of_a_value_sum_to_one() {
    let all = run(&recipe("random:n=60,p=4", "hebb", "world.p=2..12/6", 300));
    for column in &all {
        let rows = column.rows();
        assert_eq!(rows.iter().map(|row| row.count).sum::<u64>(), 300);
        let keys: Vec<_> = rows.iter().map(|row| (row.kind, row.pattern)).collect();
        assert!(keys.windows(2).all(|two| two[0] < two[1]), "{keys:?}");
    }
    let map = BandMap::of(&all);
    for sum in sums(&map, all.len()) {
        assert!((sum - 1.0).abs() < 1e-12, "{sum}");
    }
    // Patterns 0 and 1 are stored all along, and a pattern and its negative are of one size about.
    for pattern in [0, 1] {
        let is_it =
            |it: &&AttractorBand| it.pattern == Some(pattern) && it.kind == BandKind::Stored;
        let band = map.bands.iter().find(is_it).expect("it has a band");
        assert_eq!((band.born, band.is_rest), (0, false));
        assert!(band.share(0) > 0.1, "{band:?}");
    }
}

/// Beyond Hopfield's capacity, 0.138 N, pairwise couplings (n = 2) lose the patterns; cubic interactions do not.
#[test]
fn stored_patterns_win_with_the_degree_and_lose_with_the_load() {
    let degrees = run(&recipe("random:n=64,p=20", "dense", "rule.n=2..3", 300));
    let stored = shares(&degrees, BandKind::Stored);
    assert!(stored[1] > stored[0] + 0.3, "{stored:?}");
    // 0.03, 0.12 and 0.2 of N.
    let loads = run(&recipe("random:n=100,p=3", "hebb", "world.p=3;12;20", 300));
    let stored = shares(&loads, BandKind::Stored);
    assert!(
        stored[0] > 0.3 && stored[0] > stored[1] && stored[1] > stored[2],
        "{stored:?}"
    );
    assert!(stored[2] < 0.05, "{stored:?}");
}

#[test]
fn bands_do_not_depend_on_threads_slices_and_shards() {
    let recipe = recipe("random:n=40,p=6", "hebb", "world.p=2;6;9", 600);
    let whole = run(&recipe);
    let pool = |threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    for threads in [1, 2] {
        let again = pool(threads).unwrap().install(|| run(&recipe));
        assert_eq!(again, whole, "{threads} threads");
    }
    // Two runs in turns, over one cache that keeps nothing.
    let shared = Arc::new(recipe.clone());
    let cache = Cache::holding(0);
    let steps = || BandSteps::new(Arc::clone(&shared), cache.clone(), Arc::default());
    let (mut one, mut other) = (steps(), steps());
    let mut found = [Vec::new(), Vec::new()];
    loop {
        let events = [one.next(), other.next()];
        if events.iter().all(Option::is_none) {
            break;
        }
        for (event, found) in events.into_iter().zip(&mut found) {
            if let Some(BandEvent::Value(column)) = event {
                found.push(column);
            }
        }
    }
    assert_eq!(found, [whole.clone(), whole.clone()]);
    // Parts of the starts, laid together.
    let part = |values: &[usize], starts| {
        let (shared, cache) = (Arc::clone(&shared), Cache::default());
        columns(BandSteps::part(
            shared,
            values,
            starts,
            cache,
            Arc::default(),
        ))
    };
    let (first, second) = (part(&[0, 1, 2], 0..250), part(&[0, 1, 2], 250..600));
    for (column, parts) in whole.iter().zip(first.iter().zip(&second)) {
        let mut catalogue = parts.0.catalogue.clone();
        catalogue.merge(&parts.1.catalogue);
        assert_eq!(catalogue, column.catalogue);
    }
    assert_eq!(part(&[1], 0..600), whole[1..2]);
    // Whoever stops it gets no more.
    let cancelled = Arc::new(std::sync::atomic::AtomicBool::new(true));
    assert!(BandSteps::new(shared, cache, cancelled).next().is_none());
}

#[test]
fn a_value_that_cannot_be_learned_is_told_and_the_others_go_on() {
    let all = run(&recipe(
        "random:n=20,p=4",
        "hebb",
        "rule=hebb;potts-hebb;pseudo-inverse",
        50,
    ));
    let starts: Vec<u64> = all.iter().map(BandColumn::n_starts).collect();
    assert_eq!(starts, [50, 0, 50]);
    let has_problem: Vec<bool> = all.iter().map(|it| it.problem.is_some()).collect();
    assert_eq!(has_problem, [false, true, false]);
    assert!(all[1].rows().is_empty() && all[1].lines().is_empty());
    // Patterns are followed over it.
    let map = BandMap::of(&all);
    let stored = map.bands.iter().find(|band| band.pattern == Some(0));
    let stored = stored.expect("it has a band");
    assert!(stored.share(0) > 0.0 && stored.share(1) == 0.0 && stored.share(2) > 0.0);
}

#[test]
fn rows_are_read_back_and_what_is_none_is_refused() {
    let recipe = recipe("random:n=40,p=3", "hebb", "world.p=2..3", 200);
    let all = run(&recipe);
    let text: String = all.iter().map(BandColumn::lines).collect();
    let fields = |text: &str| text.lines().map(ecsv::split).collect::<Vec<_>>();
    let groups = band_groups(&recipe.vary, &fields(&text)).unwrap();
    for (group, column) in groups.iter().zip(&all) {
        assert_eq!(group.rows, column.rows());
        assert!(group.is_sound && group.index == column.index && group.total() == 200);
        assert_eq!(band_lines(&column.value, &group.rows), column.lines());
    }
    assert_eq!(groups.len(), 2);
    let lines: Vec<&str> = text.lines().collect();
    let without_last = lines[..lines.len() - 1].join("\n");
    let torn = band_groups(&recipe.vary, &fields(&without_last)).unwrap();
    assert!(torn[0].is_sound && !torn[1].is_sound);
    for wrong in [
        "2,stored,0,0.5,0.4,0.6".to_owned(),
        "4,stored,0,0.5,0.4,0.6,100".to_owned(),
        "2,other,0,0.5,0.4,0.6,100".to_owned(),
        "2,stored,,0.5,0.4,0.6,100".to_owned(),
        "2,odd,,0.5,0.4,0.6,100".to_owned(),
        "2,other,,0.5,0.4,0.6,0".to_owned(),
        [lines[1], lines[0]].join("\n"),
        [lines[lines.len() - 1], lines[0]].join("\n"),
    ] {
        let refused = band_groups(&recipe.vary, &fields(&wrong)).unwrap_err();
        assert!(
            refused.to_string().contains("in order"),
            "{wrong}: {refused}"
        );
    }
}

#[test]
fn what_cannot_be_varied_is_refused_by_its_value() {
    let refused = |recipe: &BandsRecipe| recipe.check().unwrap_err().to_string();
    let on = |vary: &str| recipe("random:n=40,p=3", "dense", vary, 10);
    for (vary, why) in [
        ("rule.n=2..31", "rule.n = 31: n must be"),
        (
            "rule.ridge=0.1;0.2",
            "rule.ridge = 0.1: there is no setting",
        ),
        ("cue.flip=0;0.5", "an axis over the cue"),
        ("rule.n=2;2.0", "is given twice"),
        ("seed=1..1001", "the number of values must be"),
        (
            "dynamics=sync;glauber:T=1",
            "dynamics = glauber:T=1: attractors are of",
        ),
        ("experiment.start=1;2", "there is no setting"),
    ] {
        let said = refused(&on(vary));
        assert!(said.contains(why), "{vary}: {said}");
    }
    let mut hot = on("rule.n=2..3");
    hot.recipe.track_mut().dynamics = Dynamics::Glauber { temperature: 1.0 };
    assert!(refused(&hot).contains("heat bath"));
    hot.vary = Vary::parse("dynamics=sync;async").unwrap();
    hot.check().unwrap();
    let none = BandsRecipe {
        count: 0,
        ..hot.clone()
    };
    assert!(refused(&none).contains("the number of starts must be"));
    let from = CensusStarts::Corrupted { share: 2.0 };
    assert!(
        refused(&BandsRecipe {
            from,
            ..hot.clone()
        })
        .contains("from 0 to 1")
    );
    let state = State::blank_of(Alphabet::Signs, 40);
    hot.recipe.add_pattern(state, None);
    assert!(refused(&hot).contains("by hand"));
}
