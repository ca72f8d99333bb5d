//! Chains and sequences that are matched, by hand.

use super::*;
use crate::worlds::proteins::reading;

fn fit(rows: &[&str], chains: &[(&str, &str)]) -> Result<Fit, Error> {
    let rows: Vec<String> = rows.iter().map(|row| format!(">s\n{row}\n")).collect();
    let text = rows.concat();
    let alignment = reading::read(text.as_bytes()).expect("rows of one length");
    let mut fitting = Fitting::new(Structure::of(chains));
    while !fitting.step(&alignment) {}
    fitting.finish().map(|(_, fit, _)| fit)
}

const ONE: &str = "ACDEFGHIKLMNPQRSTVWY";
const OTHER: &str = "YKVWTMSPRDQCNLAIHGFE";

#[test]
fn the_chain_that_matches_the_first_sequence_best_is_taken() {
    let chains = &[("A", OTHER), ("B", &format!("MM{ONE}GG")), ("C", ONE)];
    let fit = fit(&[ONE, OTHER], chains).unwrap();
    assert_eq!(
        (fit.chain, fit.sequence, fit.n_equal),
        (1, 0, 20),
        "of equals the first"
    );
    assert_eq!(fit.residues[0], Some(2));
}

#[test]
fn another_sequence_is_taken_where_the_first_is_a_poor_match() {
    let near = OTHER.replace("YKV", "Y-V");
    let fit = fit(&[ONE, &near, OTHER, OTHER], &[("A", OTHER), ("B", "WWWW")]).unwrap();
    assert_eq!((fit.chain, fit.sequence, fit.n_equal), (0, 2, 20));
}

#[test]
fn what_matches_nothing_or_is_too_long_is_refused() {
    let none = fit(&["AAAA", "AACA"], &[("A", "WWWWW")])
        .unwrap_err()
        .to_string();
    assert!(none.ends_with("no chain of this one matches any"), "{none}");
    let long = "A".repeat(10_000);
    let refused = fit(&[&long], &[("A", &"A".repeat(2600))])
        .unwrap_err()
        .to_string();
    assert!(
        refused.starts_with("sequence and chain must have lengths"),
        "{refused}"
    );
}

#[test]
fn words_are_numbers_in_base_twenty() {
    let numbers: Vec<usize> = words([1, 0, 0, 2, 3].into_iter()).collect();
    assert_eq!(numbers, [8002, 43]);
    assert_eq!(words([1, 2, 3].into_iter()).count(), 0);
}
