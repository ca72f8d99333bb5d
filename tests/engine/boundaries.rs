//! House rules that no compiler checks, read from the source tree.

use crate::imports::{circles, compiled, imports, public_types};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Longest file allowed, in lines.
const MAX_LINES: usize = 400;

/// Rooms, and the names that their code must not contain.
const FORBIDDEN: &[(&str, &[&str])] = &[
    (
        "src/engine",
        &[
            "egui",
            "eframe",
            "wgpu",
            "clap",
            "lab",
            "trial",
            "session",
            "worlds",
            "jobs",
            "cli",
            "app",
            "std::thread",
            "std::fs",
            "std::time",
            "Instant",
            "SystemTime",
            // Pieces of work go to the pool of whoever calls, and must not depend on its size.
            "ThreadPoolBuilder",
            "current_num_threads",
            "rayon::spawn",
        ],
    ),
    (
        "src/worlds",
        &[
            "egui",
            "eframe",
            "wgpu",
            "clap",
            "lab",
            "trial",
            "session",
            "jobs",
            "cli",
            "app",
            "std::thread",
            "std::fs",
            "Instant",
            "SystemTime",
        ],
    ),
    (
        "src/trial",
        &[
            "egui",
            "eframe",
            "wgpu",
            "clap",
            "lab",
            "session",
            "jobs",
            "cli",
            "app",
            "std::thread",
            "std::fs",
            "Instant",
            "SystemTime",
            // Pieces of work go to the pool of whoever calls, and must not depend on its size.
            "ThreadPoolBuilder",
            "current_num_threads",
            "rayon::spawn",
        ],
    ),
    (
        "src/lab",
        &[
            "egui",
            "eframe",
            "wgpu",
            "clap",
            "session",
            "jobs",
            "cli",
            "app",
            "std::thread",
            "std::fs",
            "Instant",
            "SystemTime",
        ],
    ),
    (
        "src/session",
        &[
            "egui",
            "eframe",
            "wgpu",
            "clap",
            "cli",
            "app",
            "std::fs",
            "Instant",
            "SystemTime",
        ],
    ),
    (
        "src/lessons",
        &[
            "egui",
            "eframe",
            "wgpu",
            "clap",
            "crate::lab",
            "session",
            "jobs",
            "cli",
            "app",
            "std::fs",
            "Instant",
            "SystemTime",
        ],
    ),
    (
        "src/figures",
        &[
            "egui",
            "eframe",
            "wgpu",
            "clap",
            "lab",
            "trial",
            "session",
            "worlds",
            "jobs",
            "cli",
            "app",
            "export",
            "std::fs",
            "Instant",
            "SystemTime",
        ],
    ),
    (
        "src/export",
        &[
            "egui",
            "eframe",
            "wgpu",
            "clap",
            "trial",
            "session",
            "worlds",
            "jobs",
            "cli",
            "app",
            "std::fs",
            "Instant",
            "SystemTime",
        ],
    ),
    (
        "src/jobs.rs",
        &["egui", "eframe", "wgpu", "crate::", "std::fs"],
    ),
    (
        "src/cli",
        &[
            "egui",
            "eframe",
            "wgpu",
            "crate::app",
            "Instant",
            "SystemTime",
            "std::thread",
        ],
    ),
    (
        "src/edge",
        &[
            "egui",
            "eframe",
            "wgpu",
            "clap",
            "trial",
            "session",
            "jobs",
            "cli",
            "crate::app",
        ],
    ),
    ("src/app", &["crate::cli", "clap"]),
    (
        "src/main.rs",
        &["egui", "eframe", "wgpu", "session", "worlds", "engine"],
    ),
    ("src/lib.rs", &["egui", "eframe", "wgpu"]),
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All files below `folder`, sorted; what Cargo has built there (the fuzz targets are a package of their own) is no source.
fn files(folder: &Path) -> Vec<PathBuf> {
    if folder.is_file() {
        return vec![folder.to_owned()];
    }
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)
        .expect("the source tree can be listed")
        .map(|entry| entry.expect("the source tree can be listed").path())
        .filter(|path| !path.ends_with("target"))
        .collect();
    entries.sort();
    entries.iter().flat_map(|entry| files(entry)).collect()
}

/// Path below the root and text of every Rust file in `folder`.
fn sources(folder: &str) -> Vec<(String, String)> {
    let below = root().join(folder);
    let rust = files(&below)
        .into_iter()
        .filter(|path| path.extension().is_some_and(|e| e == "rs"));
    rust.map(|path| {
        let text = fs::read_to_string(&path).expect("sources are UTF-8");
        let path = path
            .strip_prefix(root())
            .expect("the file is below the root");
        (path.to_string_lossy().replace('\\', "/"), text)
    })
    .collect()
}

fn all_sources() -> Vec<(String, String)> {
    ["src", "tests"].into_iter().flat_map(sources).collect()
}

/// `line` without a comment at its end.
fn code(line: &str) -> &str {
    line.find("//").map_or(line, |comment| &line[..comment])
}

/// Whether `line` contains `name` as a whole word.
fn names(line: &str, name: &str) -> bool {
    let part_of_word = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(name).any(|(start, _)| {
        let before = line[..start].chars().next_back();
        let after = line[start + name.len()..].chars().next();
        !before.is_some_and(part_of_word)
            && (name.ends_with(':') || !after.is_some_and(part_of_word))
    })
}

#[test]
fn no_room_names_what_it_must_not_know() {
    let mut broken = Vec::new();
    for (room, forbidden) in FORBIDDEN {
        for (path, text) in sources(room) {
            for (number, line) in text.lines().enumerate() {
                let found = forbidden.iter().find(|name| names(code(line), name));
                broken.extend(found.map(|name| format!("{path}:{}: {name}", number + 1)));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn no_files_import_each_other() {
    let imports = imports(&compiled(&sources("src")));
    assert!(imports.len() > 200, "the sources are read");
    let circles = circles(&imports);
    assert!(
        circles.is_empty(),
        "what these share moves down into a file that all of them may know: {circles:#?}"
    );
}

#[test]
fn no_public_types_share_a_name() {
    let mut known: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for source in compiled(&sources("src")) {
        for name in public_types(&source) {
            known.entry(name).or_default().push(source.0.clone());
        }
    }
    assert!(known.len() > 100, "the sources are read");
    known.retain(|_, places| places.len() > 1);
    assert!(known.is_empty(), "one name, one thing: {known:#?}");
}

#[test]
fn words_are_found_whole_and_comments_are_left_out() {
    assert!(names("use crate::session::Cue;", "session") && names("crate::app", "crate::app"));
    assert!(names("use crate::jobs;", "crate::"));
    assert!(
        !names("fn apply()", "app") && !names("sessions", "session") && !names("my_app", "app")
    );
    assert_eq!(code("let a = 1; // in the session"), "let a = 1; ");
}

#[test]
fn every_file_says_what_it_is_for() {
    let silent: Vec<String> = all_sources()
        .into_iter()
        .filter(|(_, text)| !text.starts_with("//! "))
        .map(|(path, _)| path)
        .collect();
    assert!(silent.is_empty(), "without opening docs: {silent:?}");
}

#[test]
fn no_file_is_too_long() {
    let mut broken = Vec::new();
    for (path, text) in all_sources() {
        let lines = text.lines().count();
        if lines > MAX_LINES {
            broken.push(format!(
                "{path} has {lines} lines, at most {MAX_LINES} are allowed"
            ));
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn nothing_is_left_for_later() {
    // Put together here so that this file does not find itself.
    let marks = [
        "todo!".to_owned(),
        "unimplemented!".to_owned(),
        ["TO", "DO"].concat(),
        ["FIX", "ME"].concat(),
        ["X", "XX"].concat(),
        ["HA", "CK"].concat(),
    ];
    let mut broken = Vec::new();
    for (path, text) in all_sources() {
        for (number, line) in text.lines().enumerate() {
            let itself = path == "tests/engine/boundaries.rs" && line.contains("to_owned()");
            let found = marks.iter().find(|mark| names(line, mark) && !itself);
            broken.extend(found.map(|mark| format!("{path}:{}: {mark}", number + 1)));
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn every_folder_of_assets_says_where_it_is_from() {
    for entry in fs::read_dir(root().join("assets")).expect("there are assets") {
        let folder = entry.expect("assets can be listed").path();
        if folder.is_dir() {
            assert!(
                folder.join("README.md").is_file(),
                "{} has no README.md",
                folder.display()
            );
        }
    }
}
