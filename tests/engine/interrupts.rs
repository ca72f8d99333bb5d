//! What is left in the folder when the program is interrupted, and what it clears of others.

#![cfg(unix)]

use crate::program::{engram, names, put, scratch};
use rustix::process::{Pid, Signal, kill_process};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Starts `engram learn` in `folder` and sends `signal` once `is_time`; the exit code.
fn interrupted(
    folder: &Path,
    args: &[&str],
    signal: Signal,
    is_time: fn(&Path, Duration) -> bool,
) -> i32 {
    let mut program = Command::new(env!("CARGO_BIN_EXE_engram"))
        .current_dir(folder)
        .args(args)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program was built for this test");
    let clock = Instant::now();
    while !is_time(folder, clock.elapsed()) && program.try_wait().expect("it is ours").is_none() {
        std::thread::sleep(Duration::from_millis(1));
    }
    let process = Pid::from_child(&program);
    if program.try_wait().expect("it is ours").is_none() {
        kill_process(process, signal).expect("it is ours");
    }
    let ended = program.wait().expect("it ends");
    ended.code().unwrap_or_else(|| panic!("{ended}"))
}

#[test]
fn a_long_run_that_is_interrupted_leaves_nothing() {
    let folder = scratch();
    let long = [
        "learn",
        "--world",
        "mnist:p=200",
        "--rule",
        "pseudo-likelihood:optimiser=descent,steps=100000",
        "--out",
        "J.npy",
    ];
    let soon = |_: &Path, elapsed: Duration| elapsed > Duration::from_secs(1);
    for (signal, code) in [(Signal::INT, 130), (Signal::TERM, 143)] {
        assert_eq!(interrupted(folder.path(), &long, signal, soon), code);
        assert!(
            names(folder.path()).is_empty(),
            "{:?}",
            names(folder.path())
        );
    }
}

#[test]
fn a_file_that_is_half_written_is_taken_away() {
    let folder = scratch();
    let large = [
        "learn",
        "--world",
        "random:n=4096,p=2",
        "--rule",
        "hebb",
        "--out",
        "J.npy",
    ];
    let writing = |folder: &Path, _: Duration| !names(folder).is_empty();
    let code = interrupted(folder.path(), &large, Signal::INT, writing);
    // It may have been whole just before.
    assert!(code == 130 || code == 0, "{code}");
    let left = names(folder.path());
    assert!(left.is_empty() || left == ["J.npy"], "{left:?}");
}

#[test]
fn what_others_left_is_cleared_when_the_same_is_written() {
    let folder = scratch();
    // Beyond the largest number of a process.
    let gone = i32::MAX;
    for name in ["X.npy", "Y.npy"] {
        put(folder.path(), &format!(".{name}.{gone}.part"), b"half");
    }
    let args = ["world", "random:n=16,p=2", "--out", "X.npy"];
    let said = engram(folder.path(), &args);
    assert_eq!(said.code, 0, "{}", said.err);
    let other = format!(".Y.npy.{gone}.part");
    assert_eq!(names(folder.path()), [other, "X.npy".to_owned()]);
}
