//! Contacts of the shipped protein family, against its structure: what pseudo-likelihood is known to find.

use engram::engine::LearningRule;
use engram::engine::observables::Precision;
use engram::worlds::proteins::ContactMap;
use engram::worlds::{Data, Source, World};
use std::sync::Arc;

/// All sequences that can be stored, weighted at 80 % identity; Cβ nearer than 8 Å, more than four sites apart. Measured
/// here, to a tolerance of 10⁻²: 38 of 67 and 55 of 135 pairs touch,
/// of plain covariance 19 and 28, by chance 2.4 %.
#[test]
fn pseudo_likelihood_finds_the_contacts_that_covariance_misses() {
    let world = World::parse("protein:p=2083").expect("there are as many");
    let source = Source::prepare(&world, 7).expect("the family is inside");
    let patterns = source.stored().expect("there are as many").patterns;
    let rule = LearningRule::parse("potts:couplings=averaged,tolerance=0.01").expect("a rule");
    let memory = rule
        .learn(Arc::clone(&patterns), 7)
        .expect("the settings are in range");
    let Data::Protein(family) = source.data() else {
        panic!("another world was asked for");
    };
    let couplings = memory.potts().expect("a rule for letters");
    let map = ContactMap::new(couplings, &patterns, family).expect("the sizes fit");
    let [half, all] = &map.precisions[..] else {
        panic!("precision is told at N/2 and N");
    };
    let counts = |(top, by_likelihood, by_covariance): &(usize, Precision, Precision)| {
        assert_eq!(
            (by_likelihood.looked_at, by_covariance.looked_at),
            (*top, *top)
        );
        (*top, by_likelihood.touching, by_covariance.touching)
    };
    assert_eq!(
        counts(half),
        (67, 38, 19),
        "57 % and 28 %, as the README says"
    );
    assert_eq!(
        counts(all),
        (135, 55, 28),
        "41 % and 21 %, as the README says"
    );
    let chance = 100.0 * map.chance;
    assert!((chance - 2.4).abs() < 0.05, "{chance} % by chance");
}
