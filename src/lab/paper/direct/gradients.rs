//! The pseudo-likelihood against finite differences, in double precision, of its loss as it is published.
//!
//! Signs: L = (1/P) Σ_μ Σ_i [−ξ_i h_i + (1/λ) ln 2cosh λh_i], the authors' loss times N. Letters: the mean cost of each site,
//! −ln p_i, and λ_J Σ J_i² + λ_H Σ b_i².

use super::networks::random_patterns;
use crate::engine::learning::Learner;
use crate::engine::patterns::{Letters, State};
use crate::engine::potts::PottsCouplings;
use crate::engine::rng::stream;
use crate::engine::{Error, Grid, LearningRule, Patterns};
use ndarray::Array2;
use rand::RngExt as _;
use std::sync::Arc;

/// Decides all patterns and starts here.
const SEED: u64 = 7;

/// Step of finite differences.
const STEP: f64 = 1e-4;

/// Units and patterns that the gradient is checked on.
const N_UNITS: usize = 14;
const N_PATTERNS: usize = 12;

/// By how much of its length one step of descent with `couplings` (free, symmetric) is off the gradient, by central
/// differences.
pub(in super::super) fn pseudo_likelihood_gradient(couplings: &str) -> Result<f64, Error> {
    let (lambda, eta) = (0.7, 0.5);
    let is_tied = couplings == "symmetric";
    let patterns = random_patterns(N_UNITS, N_PATTERNS, SEED)?;
    let rule = format!(
        "pseudo-likelihood:optimiser=descent,lambda={lambda},eta={eta},l2=0,steps=1,start=random,couplings={couplings}"
    );
    let mut learner = LearningRule::parse(&rule)?.start(Arc::clone(&patterns), SEED)?;
    let before = weights(&*learner)?;
    while learner.step().is_some() {}
    let step = (weights(&*learner)? - &before) / -eta;
    let at = |i: usize, j: usize, by: f64| {
        let mut moved = before.clone();
        moved[[i, j]] += by;
        if is_tied {
            moved[[j, i]] += by;
        }
        loss(&moved, &patterns, lambda)
    };
    let (mut wrong, mut all) = (0.0, 0.0);
    for (i, j) in (0..N_UNITS).flat_map(|i| (0..N_UNITS).map(move |j| (i, j))) {
        // A change of J_ij and J_ji together is half a change of each.
        let share = if is_tied { 0.5 } else { 1.0 };
        let slope = if i == j {
            0.0
        } else {
            share * (at(i, j, STEP) - at(i, j, -STEP)) / (2.0 * STEP)
        };
        wrong += (step[[i, j]] - slope).powi(2);
        all += slope * slope;
    }
    Ok((wrong / all).sqrt())
}

fn weights(learner: &dyn Learner) -> Result<Array2<f64>, Error> {
    let memory = learner.memory()?;
    let couplings = memory.couplings().expect("the rule makes couplings");
    Ok(couplings.to_array().mapv(f64::from))
}

fn loss(weights: &Array2<f64>, patterns: &Patterns, lambda: f64) -> f64 {
    let signs = patterns.rows().mapv(f64::from);
    let fields = signs.dot(&weights.t());
    let units = signs.iter().zip(&fields);
    let losses = units.map(|(sign, h)| {
        let scaled = (lambda * h).abs();
        -sign * h + (scaled + (-2.0 * scaled).exp().ln_1p()) / lambda
    });
    losses.sum::<f64>() / patterns.n_patterns() as f64
}

/// Sites, letters and words that the minimum is checked on.
const N_SITES: usize = 5;
const N_LETTERS: usize = 3;
const N_WORDS: usize = 30;

/// The length of the slope, by central differences, where the rule for letters ends, over that at J = 0.
pub(in super::super) fn potts_slope() -> Result<f64, Error> {
    let letters = Letters::plain(N_LETTERS)?;
    let mut rng = stream(SEED, "words");
    let mut word = || {
        (0..N_SITES)
            .map(|_| rng.random_range(0..N_LETTERS as i8))
            .collect::<Vec<i8>>()
    };
    let words = (0..N_WORDS).map(|_| State::from_letters(&word(), letters));
    let words: Vec<State> = words.collect::<Result<_, _>>()?;
    let patterns = Arc::new(Patterns::of_states(&words, Grid::near_square(N_SITES))?);
    let rule = LearningRule::parse("potts:lambda-j=0.01,lambda-h=0.01,tolerance=0.000001")?;
    let memory = rule.learn(Arc::clone(&patterns), SEED)?;
    let learned = memory.potts().expect("the rule makes couplings of letters");
    Ok(slope_length(&patterns, learned, 1.0) / slope_length(&patterns, learned, 0.0))
}

/// The length of the slope at `scale` times the fields and couplings that were learned.
fn slope_length(patterns: &Patterns, learned: &PottsCouplings, scale: f64) -> f64 {
    let places = (0..=N_SITES).flat_map(|j| (0..N_LETTERS).map(move |b| (j, b)));
    let places = places.filter(|(j, b)| *j < N_SITES || *b == 0);
    let places = places.flat_map(|(j, b)| (0..N_LETTERS).map(move |a| (j, b, a)));
    let mut squares = 0.0;
    for (site, place) in
        (0..N_SITES).flat_map(|site| places.clone().map(move |place| (site, place)))
    {
        if place.0 == site {
            continue;
        }
        let at = |by: f64| {
            let value = |j: usize, b: usize, a: usize| {
                let learned = if j == N_SITES {
                    learned.fields()[[site, a]]
                } else {
                    learned.value(site, a, j, b)
                };
                scale * f64::from(learned) + if (j, b, a) == place { by } else { 0.0 }
            };
            site_loss(patterns, site, &value)
        };
        squares += ((at(STEP) - at(-STEP)) / (2.0 * STEP)).powi(2);
    }
    squares.sqrt()
}

/// What is made small of `site`; `value(j, b, a)` is J_ij(a, b), and b_i(a) at j = N.
fn site_loss(patterns: &Patterns, site: usize, value: &dyn Fn(usize, usize, usize) -> f64) -> f64 {
    let others = || (0..N_SITES).filter(|j| *j != site);
    let cost = |pattern: usize| {
        let word = patterns.pattern(pattern);
        let field = |a: usize| {
            let pulls = others().map(|j| value(j, word[j] as usize, a));
            value(N_SITES, 0, a) + pulls.sum::<f64>()
        };
        let sum: f64 = (0..N_LETTERS).map(|a| field(a).exp()).sum();
        sum.ln() - field(word[site] as usize)
    };
    let squares = |j: usize, b: usize| (0..N_LETTERS).map(|a| value(j, b, a).powi(2)).sum::<f64>();
    let costs: f64 = (0..N_WORDS).map(cost).sum();
    let couplings: f64 = others()
        .flat_map(|j| (0..N_LETTERS).map(move |b| (j, b)))
        .map(|(j, b)| squares(j, b))
        .sum();
    costs / N_WORDS as f64 + 0.01 * (couplings + squares(N_SITES, 0))
}
