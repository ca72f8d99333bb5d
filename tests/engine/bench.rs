//! `engram bench` from outside: its line, and what it refuses. How fast it is, no test asks.

use crate::program::{engram, engram_json, scratch};

#[test]
fn a_case_is_one_line_with_all_that_others_need() {
    let folder = scratch();
    let params = r#"{"N":64,"P":5,"B":8,"init":"overlap","m0":0.5,"max_sweeps":20}"#;
    let args = [
        "bench",
        "--workload",
        "W2",
        "--params",
        params,
        "--threads",
        "2",
    ];
    let line = engram_json(folder.path(), &args);
    assert_eq!((&line["schema"], &line["threads"]), (&1.into(), &2.into()));
    assert_eq!(
        line["params"],
        serde_json::from_str::<serde_json::Value>(params).unwrap()
    );
    assert!(line["impl"].as_str().unwrap().starts_with("ours"));
    assert!(line["runs"].as_u64().unwrap() >= 5);
    assert!(line["t_min_s"].as_f64().unwrap() <= line["t_med_s"].as_f64().unwrap());
    assert!(line["work"]["spin_updates"].as_f64().unwrap() >= 512.0);
    assert!(line["rate"]["spin_updates_per_s"].as_f64().unwrap() > 0.0);
    assert!(line["check"]["crc32"].is_u64());
}

#[test]
fn what_is_no_case_is_refused_in_one_sentence() {
    let folder = scratch();
    let params = r#"{"N":64,"P":5}"#;
    for (args, words) in [
        (
            &["--workload", "W0"] as &[&str],
            &["--workload:", "'W0'", "W1"] as &[&str],
        ),
        (&["--params", params], &["--workload"]),
        (
            &["--workload", "W1", "--params", "{"],
            &["--params:", "JSON"],
        ),
        (
            &["--workload", "W1", "--params", "7"],
            &["--params:", "JSON"],
        ),
        (
            &["--workload", "W1", "--params", r#"{"N":64}"#],
            &["--params:", "`P`"],
        ),
        (
            &["--workload", "W1", "--params", r#"{"N":16385,"P":1}"#],
            &["--params:", "N must be from 1 to 16384"],
        ),
        (
            &[
                "--workload",
                "W2",
                "--params",
                r#"{"N":9,"P":1,"B":1,"init":"x","m0":0,"max_sweeps":1}"#,
            ],
            &["--params:", "`x`"],
        ),
        (
            &["--workload", "W1", "--params", params, "--threads", "0"],
            &["--threads:", "from 1 to 1024"],
        ),
        (
            &["--workload", "W1", "--params", params, "--scale"],
            &["--scale"],
        ),
    ] {
        let args: Vec<&str> = ["bench"].iter().chain(args).copied().collect();
        let said = engram(folder.path(), &args);
        assert_eq!((said.code, &*said.out), (2, ""), "{args:?}: {}", said.err);
        assert_eq!(said.err.matches('\n').count(), 1, "{args:?}: {}", said.err);
        for word in words {
            assert!(
                said.err.contains(word),
                "{args:?}: '{word}' is not in {}",
                said.err
            );
        }
    }
}
