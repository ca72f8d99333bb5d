//! Runs the built `engram` and takes in what it says.

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What a run of the program said.
pub(crate) struct Said {
    /// Its exit code.
    pub(crate) code: i32,
    /// Standard output.
    pub(crate) out: String,
    /// Standard error.
    pub(crate) err: String,
}

/// Runs `engram` with `args` in `folder`.
pub(crate) fn engram(folder: &Path, args: &[&str]) -> Said {
    let output = Command::new(env!("CARGO_BIN_EXE_engram"))
        .current_dir(folder)
        .args(args)
        .output()
        .expect("the program was built for this test");
    let text = |bytes| String::from_utf8(bytes).expect("the program writes UTF-8");
    Said {
        code: output.status.code().expect("the program was not killed"),
        out: text(output.stdout),
        err: text(output.stderr),
    }
}

/// Runs `engram`, which must succeed and print one JSON value on one line.
pub(crate) fn engram_json(folder: &Path, args: &[&str]) -> Value {
    let said = engram(folder, args);
    assert_eq!(said.code, 0, "{args:?}: {}", said.err);
    assert_eq!(said.out.matches('\n').count(), 1, "one line: {}", said.out);
    serde_json::from_str(&said.out).expect("the line is JSON")
}

/// A folder that is removed at the end of the test.
pub(crate) fn scratch() -> tempfile::TempDir {
    tempfile::tempdir().expect("the system gives a folder")
}

/// Writes a file into `folder` and gives its path.
pub(crate) fn put(folder: &Path, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, bytes).expect("the scratch folder takes files");
    path
}

/// The names in `folder`, sorted.
pub(crate) fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).expect("the folder can be listed");
    let name = |entry: std::io::Result<std::fs::DirEntry>| {
        let entry = entry.expect("the folder can be listed");
        entry.file_name().to_string_lossy().into_owned()
    };
    let mut names: Vec<String> = entries.map(name).collect();
    names.sort();
    names
}
