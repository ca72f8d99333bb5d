//! Any moment again, steps of any size, curves that stay short.

use super::curves::MAX_SAMPLES;
use super::*;
use crate::engine::dense::{DenseMemory, Energy, States};
use crate::engine::learning::LearningRule;
use crate::engine::patterns::{Alphabet, Grid, Letters};
use crate::engine::rng::stream;
use ndarray::Array2;
use rand::RngExt as _;

fn recording(dynamics: Dynamics) -> Recording {
    let mut rng = stream(4, "recording test");
    let rows = Array2::from_shape_simple_fn((6, 80), || if rng.random() { 1 } else { -1 });
    let patterns = Arc::new(Patterns::new(rows, Grid::near_square(80), None).unwrap());
    let memory = Arc::new(
        LearningRule::ALL[0]()
            .learn(Arc::clone(&patterns), 7)
            .unwrap(),
    );
    let cue = State::from_fn(80, |_| rng.random());
    Recording::new(memory, patterns, cue, dynamics, 9)
}

#[test]
fn steps_of_any_size_end_in_the_same_recording() {
    for dynamics in Dynamics::ALL {
        let (mut stepped, mut run) = (recording(dynamics), recording(dynamics));
        run.extend_to(3200);
        for update in 0..=3200 {
            stepped.extend_to(update);
        }
        assert_eq!(stepped.length(), run.length());
        assert!(stepped.flips().eq(run.flips()));
        assert_eq!(stepped.state_at(u64::MAX), *run.run.state());
        assert_eq!(stepped.curves.overlaps, run.curves.overlaps);
    }
}

#[test]
fn any_moment_can_be_seen_again() {
    for dynamics in Dynamics::ALL {
        let mut recording = recording(dynamics);
        let mut states = vec![(0, recording.cue().clone())];
        while recording.length() < 6400 && recording.tick() {
            states.push((recording.length(), recording.run.state().clone()));
        }
        for (update, state) in states.iter().rev().step_by(7) {
            assert_eq!(&recording.state_at(*update), state);
            let energy = recording.memory().energy(state).unwrap();
            assert!((recording.energy_at(*update).unwrap() - energy).abs() < 1e-3);
        }
    }
}

#[test]
fn fields_are_those_of_the_state_at_any_moment() {
    for dynamics in Dynamics::ALL {
        let mut recording = recording(dynamics);
        recording.extend_to(1600);
        for update in [0, 400, 1600, u64::MAX] {
            let afresh = recording.memory().fields(&recording.state_at(update));
            for (field, expected) in recording.fields_at(update).iter().zip(&afresh) {
                assert!(
                    (field - expected).abs() < 1e-4,
                    "{update}: {field} {expected}"
                );
            }
        }
    }
}

#[test]
fn overlaps_follow_every_flip_and_curves_stay_short() {
    let mut recording = recording(Dynamics::Glauber { temperature: 1.0 });
    recording.extend_to(80 * 200);
    assert_eq!(
        recording.last_overlaps(),
        recording.patterns.overlaps(recording.run.state())
    );
    let curves = recording.curves();
    assert!(curves.updates.len() <= MAX_SAMPLES && curves.updates.len() > MAX_SAMPLES / 3);
    assert_eq!(curves.overlaps_of(2).count(), curves.updates.len());
    for (index, update) in curves.updates.iter().enumerate() {
        let overlap = recording.patterns.overlaps(&recording.state_at(*update))[2];
        assert!((f64::from(curves.overlaps_of(2).nth(index).unwrap()) - overlap).abs() < 1e-6);
        assert_eq!(Some(curves.energies[index]), recording.energy_at(*update));
    }
}

#[test]
fn flips_are_found_by_time() {
    let mut recording = recording(Dynamics::Asynchronous);
    recording.settle(100);
    assert_eq!(recording.verdict(), Some(Verdict::FixedPoint));
    assert_eq!(recording.flips().count(), recording.n_flips());
    assert_eq!(recording.flips_until(u64::MAX), recording.n_flips());
    assert_eq!(recording.flip(recording.n_flips()), None);
    let first = recording.flip(0).unwrap().update;
    assert_eq!(
        (
            recording.flips_until(first - 1),
            recording.flips_until(first)
        ),
        (0, 1)
    );
    assert!(!recording.tick());
}

/// Eight patterns of 80 units, one of them with 20 % of its units flipped as the cue, continuous states.
fn graded_recording(sharpness: f64, dynamics: Dynamics) -> Recording {
    let mut rng = stream(4, "recording test");
    let rows = Array2::from_shape_simple_fn((8, 80), || if rng.random() { 1 } else { -1 });
    let patterns = Arc::new(Patterns::new(rows, Grid::near_square(80), None).unwrap());
    let energy = Energy::LogSumExp {
        beta: sharpness / 80.0,
        states: States::Continuous,
    };
    let dense = DenseMemory::new(Arc::clone(&patterns), energy).unwrap();
    let original = patterns.state(3);
    let cue = State::from_fn(80, |unit| (original.units()[unit] > 0) != (unit % 5 == 0));
    Recording::new(Arc::new(Memory::Dense(dense)), patterns, cue, dynamics, 9)
}

#[test]
fn continuous_states_fall_in_energy_and_their_signs_are_the_state() {
    for (sharpness, dynamics) in [0.1, 1.0, 5.0, 8.0, 20.0, 200.0]
        .into_iter()
        .flat_map(|sharpness| Dynamics::ALL.map(|dynamics| (sharpness, dynamics)))
    {
        let mut recording = graded_recording(sharpness, dynamics);
        assert_eq!(recording.tick_length(), 80);
        assert_eq!(recording.settle(1000), Verdict::FixedPoint, "{sharpness}");
        let sweeps = recording.length() / 80;
        for sweep in 0..=sweeps {
            let update = sweep * 80;
            let graded = recording.graded_at(update).unwrap();
            assert!(graded.iter().all(|x| x.abs() <= 1.0));
            let state = recording.state_at(update);
            let signs = graded.iter().zip(state.units());
            assert!(signs.into_iter().all(|(x, s)| x * f32::from(*s) >= 0.0));
            let energy = recording.energy_at(update).unwrap();
            assert!(
                energy >= -1e-9
                    && energy <= recording.energy_at(update.saturating_sub(80)).unwrap() + 1e-9
            );
            let weights = recording.weights_at(update).unwrap();
            assert!((weights.iter().sum::<f32>() - 1.0).abs() < 1e-5);
        }
        for (now, last) in recording
            .overlaps_at(u64::MAX)
            .iter()
            .zip(recording.last_overlaps())
        {
            assert!((now - last).abs() < 1e-6);
        }
    }
}

#[test]
fn continuous_states_have_overlaps_of_their_own_with_other_patterns_too() {
    let mut recording = graded_recording(1.0, Dynamics::Asynchronous);
    recording.settle(1000);
    let stored = Arc::clone(recording.patterns());
    let others = Patterns::of_states(&[stored.state(5), stored.state(2)], stored.grid()).unwrap();
    let all = recording.last_overlaps();
    let found = recording.overlaps_with(&others, u64::MAX);
    let by_signs = others.overlaps(&recording.state_at(u64::MAX));
    for (found, expected) in found.iter().zip([all[5], all[2]]) {
        assert!((found - expected).abs() < 1e-6, "{found} {expected}");
    }
    assert!(
        (found[0] - by_signs[0]).abs() > 0.01,
        "{found:?} {by_signs:?}"
    );
}

#[test]
fn sharp_continuous_states_find_their_pattern_and_diffuse_ones_the_mean() {
    let mut sharp = graded_recording(50.0, Dynamics::Asynchronous);
    sharp.settle(100);
    assert!(sharp.last_overlaps()[3] > 0.999 && sharp.length() <= 4 * 80);
    let mut diffuse = graded_recording(0.1, Dynamics::Asynchronous);
    diffuse.settle(100);
    let weights = diffuse.weights_at(u64::MAX).unwrap();
    assert!(weights.iter().all(|weight| (weight - 0.125).abs() < 0.01));
}

/// Sequences of 12 letters in couplings that hold them, and a cue that is none of them.
fn letters(dynamics: Dynamics, averaged: bool) -> Recording {
    let letters = Alphabet::Letters(Letters::plain(12).unwrap());
    let mut rng = stream(4, "recording of letters");
    let rows = Array2::from_shape_simple_fn((6, 50), || letters.random(&mut rng));
    let grid = Grid::near_square(50);
    let patterns = Arc::new(Patterns::of(rows, letters, grid, None).unwrap());
    let mut rule = LearningRule::named("potts").unwrap();
    rule.set("couplings", f64::from(u8::from(averaged)))
        .unwrap();
    let memory = Arc::new(rule.learn(Arc::clone(&patterns), 7).unwrap());
    let cue = State::filled(letters, 50, |_| letters.random(&mut rng));
    Recording::new(memory, patterns, cue, dynamics, 9)
}

#[test]
fn recordings_of_letters_can_be_seen_again_at_any_moment() {
    for (dynamics, averaged) in Dynamics::ALL.into_iter().zip([true, false, true, true]) {
        let mut recording = letters(dynamics, averaged);
        let mut states = vec![(0, recording.cue().clone())];
        while recording.length() < 5000 && recording.tick() {
            states.push((recording.length(), recording.run.state().clone()));
        }
        assert!(recording.n_flips() > 0, "{dynamics}");
        for (update, state) in states.iter().rev().step_by(3) {
            assert_eq!(&recording.state_at(*update), state);
            let energy = recording.memory().energy(state);
            assert_eq!(energy.is_some(), averaged);
            if let (Some(energy), Some(kept)) = (energy, recording.energy_at(*update)) {
                assert!((kept - energy).abs() < 1e-3, "{dynamics}");
            }
        }
        let last = recording.run.state();
        let overlaps = recording.patterns().overlaps(last);
        assert_eq!(recording.last_overlaps(), overlaps);
        let fields = recording.memory().fields(last);
        let stability = recording.memory().stability(last, &fields);
        assert!((recording.last_stability() - stability).abs() < 1e-4);
        let mut again = letters(dynamics, averaged);
        again.extend_to(recording.length());
        assert!(again.flips().eq(recording.flips()));
    }
}

/// Three patterns of 4,096 units under the square of the overlaps, so hot that half of all updates flip: 60 sweeps.
/// What a flip takes does not grow with the run and energies are bounded, so 10,000 sweeps take 167 times the flips.
#[test]
fn ten_thousand_warm_sweeps_of_4096_units_stay_under_120_megabytes() {
    let mut rng = stream(4, "recording test");
    let rows = Array2::from_shape_simple_fn((3, 4096), || if rng.random() { 1 } else { -1 });
    let patterns = Arc::new(Patterns::new(rows, Grid::square(64), None).unwrap());
    let dense = DenseMemory::new(Arc::clone(&patterns), Energy::Polynomial { degree: 2 }).unwrap();
    let dynamics = Dynamics::Glauber { temperature: 10.0 };
    let cue = patterns.state(0);
    let memory = Arc::new(Memory::Dense(dense));
    let mut recording = Recording::new(memory, patterns, cue, dynamics, 9);
    let empty = recording.bytes();
    recording.settle(60);
    let flips = recording.n_flips() as f64;
    assert!(flips > 0.45 * 60.0 * 4096.0, "{flips}");
    let energies = 8.0 * f64::from(1 << 21);
    let growing = (recording.bytes() - empty) as f64 - 8.0 * flips;
    let of_all = growing * 10_000.0 / 60.0 + energies;
    assert!(of_all < 1.2e8, "{of_all}");
}

/// So many flips that energies are thinned: those between are worked out.
#[test]
fn energies_of_very_long_runs_are_those_of_their_states() {
    let mut recording = recording(Dynamics::Glauber { temperature: 10.0 });
    recording.settle(80_000);
    let (flips, end) = (recording.n_flips(), recording.length());
    assert!(flips > 1 << 21, "{flips}");
    for update in (0..100).map(|part| end / 100 * part + part) {
        let state = recording.state_at(update);
        let energy = recording.memory().energy(&state).unwrap();
        let recorded = recording.energy_at(update).unwrap();
        assert!((recorded - energy).abs() < 1e-2, "{recorded} for {energy}");
    }
}

#[test]
fn changes_of_energy_are_those_between_two_states() {
    let signs = recording(Dynamics::Asynchronous);
    let dense = graded_recording(1.0, Dynamics::Asynchronous);
    let letters = letters(Dynamics::Asynchronous, true);
    for recording in [signs, dense, letters] {
        let (memory, before) = (recording.memory(), recording.cue());
        for unit in 0..before.n_units() {
            let mut after = before.clone();
            let value = match before.alphabet() {
                Alphabet::Signs => -before.units()[unit],
                Alphabet::Letters(_) => (before.units()[unit] + 5) % 12,
            };
            after.put(unit, value);
            let exact = memory.energy(&after).unwrap() - memory.energy(before).unwrap();
            let change = memory.energy_change(before, unit, value);
            assert!((change - exact).abs() < 1e-4, "{change} for {exact}");
        }
        assert_eq!(memory.energy_change(before, 0, before.units()[0]), 0.0);
    }
}
