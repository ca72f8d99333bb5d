//! Inputs against published numbers, and small cases against values that other programs came to.

use super::inputs::{STRIDE, check_sum, mix, patterns, splitmix, starts};
use super::timing::Effort;
use super::*;
use crate::engine::State;
use serde_json::json;

fn check(name: &str, params: &Value, threads: usize) -> Value {
    let workload = super::workload(name).unwrap();
    (workload.run)(params, threads, Effort::ONCE).unwrap().check
}

/// Every key of `expected` in `found`: whole numbers exactly, others to six digits.
fn agree(found: &Value, expected: &Value) {
    for (key, expected) in expected.as_object().unwrap() {
        let (found, expected) = (&found[key], expected);
        if expected.is_f64() {
            let (found, expected) = (found.as_f64().unwrap(), expected.as_f64().unwrap());
            assert!(
                (found - expected).abs() <= 1e-6 * expected.abs(),
                "{key}: {found} is not {expected}"
            );
        } else {
            assert_eq!(found, expected, "{key}");
        }
    }
}

#[test]
fn splitmix_gives_the_published_numbers() {
    // The first outputs for the seed 1234567, as on rosettacode.org/wiki/Pseudo-random_numbers/Splitmix64.
    let published = [
        6_457_827_717_110_365_317,
        3_203_168_211_198_807_973,
        9_817_491_932_198_370_423,
        4_593_380_528_125_082_431,
        16_408_922_859_458_223_821,
    ];
    for (index, expected) in (0..).zip(published) {
        assert_eq!(splitmix(1_234_567, index), expected);
        let z = STRIDE.wrapping_mul(index + 1).wrapping_add(1_234_567);
        assert_eq!(mix(z), expected);
    }
}

#[test]
fn patterns_and_starts_are_read_off_the_outputs() {
    let patterns = patterns(3, 5).unwrap();
    for (index, sign) in (0..).zip(patterns.rows()) {
        assert_eq!(*sign > 0, splitmix(1, index) >= 1 << 63);
    }
    for (b, start) in starts(&patterns, 1.0, 4, 0).iter().enumerate() {
        assert_eq!(*start, patterns.state(b % 3));
    }
    let turned = starts(&patterns, -1.0, 1, 0);
    assert_eq!(turned[0].overlap(&patterns.state(0)), -1.0);
    let some = &starts(&patterns, 0.0, 2, 0)[1];
    for unit in 0..5 {
        let turned = splitmix(2, 5 + unit as u64) < 1 << 63;
        assert_eq!(
            some.units()[unit] != patterns.state(1).units()[unit],
            turned
        );
    }
}

#[test]
fn check_sums_are_taken_over_whole_words() {
    // CRC-32 of the bytes 05 00 … 00, from Python: zlib.crc32(bytes([5] + 7 * [0])).
    let state = State::from_signs(&[1, -1, 1]);
    assert_eq!(check_sum([&state]), 767_742_221);
}

#[test]
fn hebb_by_hand_and_as_numpy() {
    // N J_01 is the sum of the products of two units over two patterns.
    let patterns = patterns(2, 2).unwrap();
    let sum: i8 = (0..2)
        .map(|mu| patterns.rows()[[mu, 0]] * patterns.rows()[[mu, 1]])
        .sum();
    let found = check("W1", &json!({"N": 2, "P": 2}), 1);
    agree(
        &found,
        &json!({"NJ01": sum, "sum_NJ": 2 * sum, "trace": 0.0}),
    );
    // numpy 2: X.T @ X of the same patterns.
    let numpy = json!({"sum_NJ": -438, "sumsq_NJ": 230_718, "NJ01": -3, "trace": 0.0});
    for threads in [1, 3] {
        agree(&check("W1", &json!({"N": 70, "P": 45}), threads), &numpy);
    }
}

#[test]
fn synchronous_states_end_as_numba_s() {
    // A numba program that keeps single-precision fields, on the same inputs.
    let numba = json!({
        "crc32": 1_516_738_096_u32, "sum_sweeps": 845, "n_fixed": 34,
        "E_final_mean": -38.528_571_4, "E_first_mean": 0.441_428_571,
    });
    let params = json!({"N": 70, "P": 9, "B": 40, "init": "random", "m0": 0.0, "max_sweeps": 100});
    for threads in [1, 2] {
        agree(&check("W2", &params, threads), &numba);
    }
}

#[test]
fn asynchronous_states_end_as_numba_s() {
    let numba = json!({
        "crc32": 1_118_335_014, "sum_sweeps": 91, "sum_flips": 796, "E_final_mean": -38.738_571_4,
    });
    let params = json!({"N": 70, "P": 9, "R": 20, "max_sweeps": 100});
    agree(&check("W3", &params, 1), &numba);
}

#[test]
fn states_in_real_couplings_end_as_numpy_s() {
    // numpy with projection couplings worked out in double precision. Rounding may part a state from its twin.
    let found = check(
        "W9",
        &json!({"N": 70, "P": 14, "B": 40, "init": "overlap", "m0": 0.5, "max_sweeps": 100}),
        2,
    );
    let number = |key: &str| found[key].as_f64().unwrap();
    assert!((number("n_fixed") - 39.0).abs() <= 1.0, "{found}");
    assert!(
        (number("m_best_mean") - 0.967_142_857).abs() < 2e-3,
        "{found}"
    );
    assert!(
        (number("E_final_mean") + 27.574_245_3).abs() < 0.03,
        "{found}"
    );
    assert!((number("sum_sweeps") - 281.0).abs() <= 14.0, "{found}");
}

#[test]
fn retrieval_maps_are_numpy_s() {
    let mut params = json!({
        "N": 70, "P": 9, "trials": 3, "n_m0": 4, "max_sweeps": 100, "mode": "sync",
    });
    let numpy = json!({"sum_dot": [-2, 404, 614, 518], "sum_sweeps": 2318});
    for threads in [1, 2] {
        agree(&check("W8", &params, threads), &numpy);
    }
    params["mode"] = "async".into();
    let found = check("W8", &params, 1);
    assert!(found["sum_dot"].is_null() && found["curve"][3].as_f64().unwrap() > 0.2);
    assert_eq!(found, check("W8", &params, 2));
}

#[test]
fn the_lab_s_retrieval_map_is_that_of_other_patterns_in_the_same_couplings() {
    for mode in ["sync", "async"] {
        let params = json!({
            "N": 300, "P": 12, "trials": 10, "n_m0": 20, "max_sweeps": 100, "mode": mode,
        });
        let found = check("W8", &params, 1);
        let curve = |key: &str| -> Vec<f64> {
            let entries = found[key].as_array().unwrap().iter();
            entries.map(|entry| entry.as_f64().unwrap()).collect()
        };
        let pairs = curve("curve").into_iter().zip(curve("lab_curve"));
        let apart = pairs.map(|(ours, lab)| (ours - lab).abs());
        assert!(apart.fold(0.0, f64::max) < 0.12, "{found}");
        assert!(curve("lab_curve")[0] < 0.5 && curve("lab_curve")[19] > 0.99);
    }
}

#[test]
fn projections_are_scipy_s() {
    // Cholesky in single precision by scipy.
    let scipy = json!({"trace_Q": 30.0, "sumsq_J": 16.940_277_5, "asym": 0.0});
    for threads in [1, 2] {
        let found = check("W4", &json!({"N": 70, "P": 30}), threads);
        agree(&found, &scipy);
        assert!(found["max_residual"].as_f64().unwrap() < 1e-5);
        assert!((found["J01"].as_f64().unwrap() - 0.002_503_008).abs() < 1e-6);
    }
}

#[test]
fn pseudo_likelihood_comes_to_the_minimum() {
    let params = json!({"N": 30, "P": 20, "lam_rel": 0.01, "tol": 1e-5});
    let found = check("W5", &params, 1);
    assert!(found["rel_grad"].as_f64().unwrap() <= 1.1e-5);
    // At J = 0 every one of N P terms is ln 2.
    let start = 600.0 * std::f64::consts::LN_2;
    assert!(found["F"].as_f64().unwrap() < 0.5 * start);
}

#[test]
fn dense_states_end_as_numpy_s() {
    for (energy, beta, crc32, n_exact) in [
        ("poly3", 0.0, 1_657_885_612, 0),
        ("exp", 0.1, 1_770_236_949, 8),
    ] {
        let params = json!({
            "N": 70, "K": 300, "B": 20, "steps": 5, "m0": 0.4, "energy": energy, "beta": beta,
        });
        for threads in [1, 2] {
            let found = check("W6", &params, threads);
            agree(&found, &json!({"crc32": crc32, "n_exact": n_exact}));
        }
    }
}

#[test]
fn spin_glasses_have_numba_s_energy() {
    // Over the second half of 20,000 sweeps, with an error of 0.0004 each.
    for (kind, numba) in [("pm", -1.309_524), ("gauss", -1.143_226)] {
        let params = json!({"L": 16, "R": 100, "sweeps": 2000, "T": 1.0, "kind": kind});
        let found = check("W7", &params, 1);
        let number = |key: &str| found[key].as_f64().unwrap();
        let error = number("e_err").hypot(0.0004);
        assert!(error < 0.003);
        assert!((number("e_half") - numba).abs() < 4.0 * error, "{found}");
        assert_eq!(found, check("W7", &params, 2));
    }
}

#[test]
fn sizes_that_no_machine_would_hold_are_refused_before_anything_is_made() {
    for (name, params, words) in [
        ("W1", json!({"N": 784}), "missing field `P`"),
        ("W1", json!({"N": 784, "P": 4, "Q": 1}), "unknown field `Q`"),
        (
            "W1",
            json!({"N": 0, "P": 4}),
            "N must be from 1 to 16384, not 0",
        ),
        (
            "W1",
            json!({"N": 16_384, "P": 1_000_000_000}),
            "P must be from 1 to 16384",
        ),
        ("W1", json!({"N": -1, "P": 1}), "integer `-1`"),
        (
            "W3",
            json!({"N": 9, "P": 1, "R": 1, "max_sweeps": 0}),
            "max_sweeps must be",
        ),
        ("W4", json!({"N": 9, "P": 10}), "P must be from 1 to 9"),
        (
            "W7",
            json!({"L": 7, "R": 64, "sweeps": 20, "T": 1.0, "kind": "pm"}),
            "L must be even, not 7",
        ),
    ] {
        let workload = super::workload(name).unwrap();
        let refused = (workload.run)(&params, 1, Effort::ONCE)
            .err()
            .unwrap()
            .to_string();
        assert!(refused.contains(words), "{refused}");
    }
}

#[test]
fn usual_and_growing_sizes_are_sizes() {
    for workload in ALL {
        for sizes in workload.sizes {
            assert!(serde_json::from_str::<Value>(sizes).unwrap().is_object());
        }
        assert!((workload.run)(&(workload.scaled)(32), 2, Effort::ONCE).is_ok());
    }
}
