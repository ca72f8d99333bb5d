//! Batches against single runs: memories of every rule, under every dynamics, in batches of any size, on pools of any
//! size. Each state ends in the same bits.

use engram::engine::dynamics::{Batch, Rest};
use engram::engine::rng::stream;
use engram::engine::{
    Alphabet, Dynamics, Grid, LearningRule, Letters, Memory, Patterns, Relaxation, State, Verdict,
};
use engram::jobs::with_threads;
use ndarray::Array2;
use std::sync::Arc;

const N_UNITS: usize = 70;
const MAX_SWEEPS: u64 = 66; // Beyond the sweep after which fields are summed afresh.

/// Patterns of units that `rule` is for: ±1, or four letters.
fn suited(rule: &LearningRule) -> Arc<Patterns> {
    let of = |alphabet: Alphabet| {
        let mut rng = stream(1, "patterns of batches");
        let rows = Array2::from_shape_simple_fn((6, N_UNITS), || alphabet.random(&mut rng));
        let grid = Grid::near_square(N_UNITS);
        Arc::new(Patterns::of(rows, alphabet, grid, None).expect("these are patterns"))
    };
    let signs = of(Alphabet::Signs);
    if rule.suits(&signs).is_ok() {
        return signs;
    }
    of(Alphabet::Letters(
        Letters::plain(4).expect("there are four letters"),
    ))
}

/// Random states, and states near to patterns.
fn starts(patterns: &Patterns, n_states: usize) -> Vec<State> {
    let mut rng = stream(2, "starts of batches");
    let mut start = |b: usize| {
        let mut state = patterns.state(b % patterns.n_patterns());
        for unit in (0..N_UNITS).filter(|unit| b.is_multiple_of(3) || unit % 4 == b % 4) {
            state.put(unit, patterns.alphabet().random(&mut rng));
        }
        state
    };
    (0..n_states).map(&mut start).collect()
}

/// Where the single run takes `state`.
fn single(memory: &Arc<Memory>, state: &State, dynamics: Dynamics, seed: u64) -> Rest {
    let mut run = Relaxation::new(Arc::clone(memory), state.clone(), dynamics, seed);
    let mut flips = 0;
    while !run.is_over(MAX_SWEEPS) {
        run.tick(|_, _| flips += 1);
    }
    let sweeps = run.sweeps();
    Rest {
        state: run.state().clone(),
        sweeps,
        flips,
        verdict: run.verdict().unwrap_or(Verdict::NotSettled { sweeps }),
        energies: Vec::new(),
    }
}

#[test]
fn a_state_ends_in_the_same_bits_alone_and_in_any_batch_on_any_number_of_threads() {
    for make in LearningRule::ALL {
        let rule = make();
        let patterns = suited(&rule);
        let memory = Arc::new(rule.learn(Arc::clone(&patterns), 1).expect("it learns"));
        let starts = starts(&patterns, 70);
        let batch = Batch::new(Arc::clone(&memory));
        let seed = |b: usize| 5 + b as u64;
        let warm = Dynamics::Glauber { temperature: 0.4 };
        for dynamics in Dynamics::ALL.into_iter().chain([warm]) {
            let singles = starts.iter().enumerate();
            let singles: Vec<Rest> = singles
                .map(|(b, start)| single(&memory, start, dynamics, seed(b)))
                .collect();
            // Nowhere but in real couplings, below, are more than 64 states a piece.
            for (n_states, n_threads) in [(1, 2), (3, 4), (33, 2), (70, 1), (70, 4)] {
                let settle = || batch.settle(&starts[..n_states], dynamics, seed, MAX_SWEEPS);
                let rests = with_threads(n_threads, settle);
                assert_eq!(rests.len(), n_states);
                for (rest, single) in rests.into_iter().zip(&singles) {
                    let rest = Rest {
                        energies: Vec::new(),
                        ..rest
                    };
                    assert!(
                        rest == *single,
                        "{}, {dynamics}, {n_states} states, {n_threads} threads",
                        rule.notation()
                    );
                }
            }
        }
    }
}

#[test]
fn real_couplings_and_rounding_do_not_part_a_batch_from_its_runs() {
    // At high load fields are small, so that the order of summation would tell. More states than the 256 of a piece.
    let mut rng = stream(3, "patterns of batches");
    let rows = Array2::from_shape_simple_fn((60, N_UNITS), || Alphabet::Signs.random(&mut rng));
    let grid = Grid::near_square(N_UNITS);
    let patterns = Arc::new(Patterns::new(rows, grid, None).expect("these are patterns"));
    let rule = LearningRule::parse("pseudo-inverse:ridge=1e-6").expect("there is such a rule");
    let memory = Arc::new(rule.learn(Arc::clone(&patterns), 1).expect("it learns"));
    let starts = starts(&patterns, 280);
    let batch = Batch::new(Arc::clone(&memory));
    let settle = || batch.settle(&starts, Dynamics::Synchronous, |_| 1, MAX_SWEEPS);
    let (one, four) = (with_threads(1, settle), with_threads(4, settle));
    assert!(one == four);
    for (start, rest) in starts.iter().zip(one) {
        let alone = single(&memory, start, Dynamics::Synchronous, 1);
        assert_eq!((rest.state, rest.verdict), (alone.state, alone.verdict));
    }
}
