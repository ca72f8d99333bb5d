//! Iterative rules against theory: loads, stabilities, and how descent on the pseudo-likelihood goes.
//! What was measured is printed: `cargo test --test engine iterative_physics -- --nocapture`.

#![expect(clippy::print_stdout, reason = "measured numbers, shown on demand")]

use crate::basins::mean;
use crate::physics::random_patterns;
use engram::engine::learning::Metrics;
use engram::engine::theory::gardner::largest_stability;
use engram::engine::{LearningRule, Memory, Patterns};
use ndarray::Array2;
use std::sync::Arc;

/// The memory of the rule written as on the command line, where it stood last, and what it says in the end.
pub(crate) fn learned(
    rule: &str,
    patterns: &Arc<Patterns>,
) -> (Memory, Option<Metrics>, Option<String>) {
    let rule = LearningRule::parse(rule).expect("the rule is known");
    let mut learner = rule
        .start(Arc::clone(patterns), 1)
        .expect("its settings fit");
    let mut standing = None;
    while let Some(lesson) = learner.step() {
        standing = lesson.standing;
    }
    let memory = learner.memory().expect("it stays finite");
    (memory, standing, learner.ending())
}

/// Stabilities Δ = ξ_i h_i/|J_i|: a row a unit, a column a pattern.
pub(crate) fn stabilities(memory: &Memory, patterns: &Patterns) -> Array2<f64> {
    let couplings = memory
        .couplings()
        .expect("the rule makes couplings")
        .to_array();
    let mut aligned = couplings.dot(&patterns.by_unit().mapv(f32::from));
    aligned.zip_mut_with(patterns.by_unit(), |field, sign| *field *= f32::from(*sign));
    let mut stabilities = aligned.mapv(f64::from);
    for (mut row, couplings) in stabilities.outer_iter_mut().zip(couplings.outer_iter()) {
        row /= f64::from(couplings.dot(&couplings).sqrt());
    }
    stabilities
}

fn smallest(values: impl IntoIterator<Item = f64>) -> f64 {
    values.into_iter().fold(f64::INFINITY, f64::min)
}

/// Share of the patterns of which every unit is held.
fn held(memory: &Memory, patterns: &Patterns) -> f64 {
    let stabilities = stabilities(memory, patterns);
    let columns = stabilities.columns().into_iter();
    let held = columns
        .filter(|column| column.iter().all(|stability| *stability > 0.0))
        .count();
    held as f64 / patterns.n_patterns() as f64
}

#[test]
fn the_perceptron_holds_a_load_where_one_shot_rules_hold_nothing() {
    // Cover 1965, Gardner 1988: perceptrons exist up to α = 2. N = 500, α = 1.5; exact.
    let patterns = random_patterns(750, 500, 1);
    let (memory, standing, ending) = learned("perceptron:margin=0", &patterns);
    println!("{standing:?}");
    assert_eq!((held(&memory, &patterns), ending), (1.0, None));
    for rule in ["hebb", "pseudo-inverse"] {
        let share = held(&learned(rule, &patterns).0, &patterns);
        println!("{rule}: {share} of the patterns");
        assert_eq!(share, 0.0);
    }
}

#[test]
fn maximum_stability_reaches_gardners_bound() {
    // Gardner 1988 for N → ∞, the mean over the rows of their smallest stability; ±0.02 at N = 300.
    for load in [0.4, 0.6, 0.8, 1.0] {
        let patterns = random_patterns((300.0 * load) as usize, 300, 2);
        let (memory, standing, ending) =
            learned("max-stability:tolerance=0.002,sweeps=2000", &patterns);
        let stabilities = stabilities(&memory, &patterns);
        let rows: Vec<f64> = stabilities
            .rows()
            .into_iter()
            .map(|row| smallest(row.iter().copied()))
            .collect();
        let bound = largest_stability(load).expect("the load is below 2");
        println!(
            "α = {load}: {:.4}, bound {bound:.4}, {:?}",
            mean(&rows),
            standing.map(|s| s.iteration)
        );
        assert!(
            (mean(&rows) - bound).abs() < 0.02,
            "{load}: {}",
            mean(&rows)
        );
        assert_eq!(ending, None);
        let margin = standing
            .and_then(|standing| standing.margin)
            .expect("it has rows");
        assert!((margin - smallest(rows)).abs() < 1e-3, "{margin}");
    }
}

#[test]
fn minover_comes_near_what_adatron_reaches() {
    // Our own measurement with other code at N = 400, α = 0.4: 10,000 additions reach 0.98 to 0.99 of AdaTron's.
    let patterns = random_patterns(120, 300, 3);
    let (best, ..) = learned("max-stability", &patterns);
    let (near, ..) = learned(
        "max-stability:algorithm=minover,tolerance=0.00001,sweeps=83",
        &patterns,
    );
    let least = |memory| {
        let stabilities = stabilities(memory, &patterns);
        let rows = stabilities.rows().into_iter();
        mean(
            &rows
                .map(|row| smallest(row.iter().copied()))
                .collect::<Vec<_>>(),
        )
    };
    let share = least(&near) / least(&best);
    println!("{share:.4}");
    assert!((0.97..1.001).contains(&share), "{share}");
}

#[test]
fn symmetric_couplings_hold_their_margins_too() {
    // At α = 0.4 margins of 0.5 are far below the bound, 1.242.
    let patterns = random_patterns(40, 100, 4);
    for rule in [
        "perceptron:couplings=symmetric",
        "max-stability:couplings=symmetric",
    ] {
        let (memory, standing, ending) = learned(rule, &patterns);
        let couplings = memory.couplings().expect("the rule makes couplings");
        let least = smallest(stabilities(&memory, &patterns));
        println!("{rule}: smallest stability {least:.3}, {standing:?}");
        assert!(
            couplings.symmetric() && ending.is_none() && least > 0.5,
            "{rule}: {least}, {ending:?}"
        );
    }
}

#[test]
fn a_margin_that_cannot_be_is_told_at_the_end() {
    let patterns = random_patterns(100, 100, 5);
    let (_, _, ending) = learned("perceptron:margin=1.2,sweeps=20", &patterns);
    let ending = ending.expect("it cannot succeed");
    println!("{ending}");
    assert!(
        ending.contains("after 20 sweeps") && ending.contains("Gardner κ(α) = 0.47"),
        "{ending}"
    );
}

#[test]
fn the_pseudo_inverse_has_the_stability_of_its_projector() {
    // Kanter & Sompolinsky 1987: √((1 − α)/α) = 1.2247 at α = 0.4 on average; ±0.5 % at N = 400.
    let patterns = random_patterns(160, 400, 6);
    let all = stabilities(&learned("pseudo-inverse", &patterns).0, &patterns);
    let measured = all.mean().expect("there are patterns");
    println!("{measured:.4}");
    assert!((measured / 1.2247 - 1.0).abs() < 0.005, "{measured}");
}

#[test]
fn descent_goes_from_hebbs_rule_towards_maximum_stability() {
    // Our own measurement with other code at N = 400, α = 0.4, λ = 1, η = 0.5 from J = 0. |J_i| ±2 %; mean Δ ±0.02;
    // smallest Δ ±0.06 (one of 64,000, that of other patterns) and ±0.8 after the first step, which is Hebb's.
    let patterns = random_patterns(160, 400, 7);
    let mut learner =
        LearningRule::parse("pseudo-likelihood:optimiser=descent,l2=0,eta=0.5,steps=400")
            .and_then(|rule| rule.start(Arc::clone(&patterns), 1))
            .expect("the settings fit");
    let mut step = 0;
    for (until, norm, least, average) in [
        (1, 0.79, -2.9, 1.57),
        (10, 1.38, 0.70, 1.45),
        (30, 1.77, 0.83, 1.42),
        (100, 2.24, 0.91, 1.40),
        (400, 2.79, 0.95, 1.38),
    ] {
        while step < until {
            let lesson = learner.step().expect("there are steps left");
            step = lesson.standing.map_or(0, |standing| standing.iteration);
        }
        let memory = learner.memory().expect("it stays finite");
        let all = stabilities(&memory, &patterns);
        let couplings = memory
            .couplings()
            .expect("the rule makes couplings")
            .to_array();
        let norms: Vec<f64> = couplings
            .outer_iter()
            .map(|row| f64::from(row.dot(&row)).sqrt())
            .collect();
        let (measured, mean_stability) = (
            smallest(all.iter().copied()),
            all.mean().expect("there are patterns"),
        );
        println!(
            "t = {until}: |J_i| {:.3} ({norm}), smallest Δ {measured:.3} ({least}), mean {mean_stability:.3} ({average})",
            mean(&norms)
        );
        assert!(
            (mean(&norms) / norm - 1.0).abs() < 0.02,
            "{until}: {}",
            mean(&norms)
        );
        assert!(
            (measured - least).abs() < if until == 1 { 0.8 } else { 0.06 },
            "{until}: {measured}"
        );
        assert!(
            (mean_stability - average).abs() < 0.02,
            "{until}: {mean_stability}"
        );
    }
}

#[test]
fn descent_fixes_every_pattern_within_a_hundred_steps() {
    // Our own measurement with other code: up to α = 0.8 all patterns are fixed points after 100 steps at η = 0.5. Exact.
    for load in [0.4, 0.8] {
        let patterns = random_patterns((300.0 * load) as usize, 300, 8);
        let (memory, ..) = learned(
            "pseudo-likelihood:optimiser=descent,l2=0,eta=0.5,steps=100",
            &patterns,
        );
        assert_eq!(held(&memory, &patterns), 1.0, "{load}");
    }
}

#[test]
fn the_first_step_from_anywhere_follows_from_the_stabilities() {
    // m_1 = ⟨erf(m_0 Δ/√(2 (1 − m_0²)))⟩ over all stabilities, for any couplings and independent flips (Kepler &
    // Abbott 1988). N = 400, α = 0.4; ±0.01.
    use engram::engine::rng::stream;
    use rand::RngExt as _;
    let patterns = random_patterns(160, 400, 9);
    let signs = patterns.rows().mapv(f32::from);
    for rule in [
        "hebb",
        "pseudo-inverse",
        "max-stability",
        "pseudo-likelihood:optimiser=descent,l2=0,eta=0.5,steps=100",
    ] {
        let (memory, ..) = learned(rule, &patterns);
        let couplings = memory
            .couplings()
            .expect("the rule makes couplings")
            .to_array();
        let all = stabilities(&memory, &patterns);
        for start in [0.3, 0.6, 0.9] {
            let mut rng = stream(10, "one step");
            let mut agree = 0.0;
            for _ in 0..8 {
                let flip = |sign: f32| {
                    if rng.random::<f64>() < 0.5 * (1.0 - start) {
                        -sign
                    } else {
                        sign
                    }
                };
                let fields = signs.mapv(flip).dot(&couplings.t());
                let aligned = fields.iter().zip(&signs);
                agree += aligned
                    .map(|(h, sign)| f64::from((h * sign).signum()))
                    .sum::<f64>();
            }
            let measured = agree / (8 * signs.len()) as f64;
            let scale = start / (2.0 * (1.0 - start * start)).sqrt();
            let expected = all
                .mapv(|stability| error_function(scale * stability))
                .mean()
                .expect("there are patterns");
            println!("{rule}, m_0 = {start}: m_1 = {measured:.4}, expected {expected:.4}");
            assert!(
                (measured - expected).abs() < 0.01,
                "{rule}, {start}: {measured} {expected}"
            );
        }
    }
}

/// erf by Abramowitz & Stegun 7.1.26, to 1.5e-7.
fn error_function(x: f64) -> f64 {
    let t = 1.0 / (1.0 + 0.327_591_1 * x.abs());
    let series = [
        1.061_405_429,
        -1.453_152_027,
        1.421_413_741,
        -0.284_496_736,
        0.254_829_592,
    ];
    let polynomial = series
        .into_iter()
        .fold(0.0, |sum, coefficient| (sum + coefficient) * t);
    (1.0 - polynomial * (-x * x).exp()).copysign(x)
}
