//! Every example in the help of every command runs as it stands, and JSON objects have the keys that the help lists.

use crate::program::{engram, scratch};
use serde_json::Value;
use std::path::Path;

/// The names of all commands that print something, out of the help of the program.
fn commands() -> Vec<String> {
    let help = engram(Path::new("."), &["--help"]).out;
    let listed = help
        .split_once("Commands:\n")
        .expect("there are commands")
        .1;
    let lines = listed.lines().take_while(|line| !line.trim().is_empty());
    let names = lines.filter_map(|line| line.split_whitespace().next());
    let names: Vec<String> = names
        // A lesson opens the window, and does nothing without one.
        .filter(|name| !["help", "lesson"].contains(name))
        .map(str::to_owned)
        .collect();
    assert!(names.len() >= 9, "{names:?}");
    names
}

/// The words of a command line, in which single quotes keep what is between them together.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (place, part) in line.split('\'').enumerate() {
        if place % 2 == 1 {
            words.push(part.to_owned());
        } else {
            words.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    words
}

/// The keys of the JSON object that `help` lists, in its order.
fn keys(help: &str) -> Vec<&str> {
    let listed = help.split_once("The JSON object, in this order:\n");
    let lines = listed.map_or("", |(_, listed)| listed).lines();
    // A key stands two columns from the left; what goes on below it stands further to the right.
    let keys = lines.filter_map(|line| line.strip_prefix("  "));
    keys.filter(|line| !line.starts_with(' '))
        .filter_map(|line| line.split_whitespace().next())
        .collect()
}

/// Runs the examples of `command` one after the other, in a folder of its own.
fn examples_of(command: &str) {
    let folder = scratch();
    let help = engram(folder.path(), &["help", command]).out;
    let short = engram(folder.path(), &[command, "-h"]).out;
    let (_, examples) = help
        .split_once("Examples:\n")
        .unwrap_or_else(|| panic!("{command}"));
    let lines: Vec<&str> = examples
        .lines()
        .map_while(|line| line.strip_prefix("  engram"))
        .collect();
    assert!(!lines.is_empty(), "{command} has no example");
    let mut listed = keys(&help);
    for line in lines {
        assert!(
            short.contains(line),
            "{line} is not in the short help of {command}"
        );
        let args = words(line);
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        let said = engram(folder.path(), &args);
        assert_eq!(said.code, 0, "engram{line}: {}", said.err);
        assert!(!said.out.is_empty(), "engram{line} says nothing");
        if args[0] != command || !args.contains(&"--json") {
            continue;
        }
        match serde_json::from_str(&said.out).expect("one line of JSON") {
            Value::Object(object) => {
                // The reader sorts keys.
                let found: Vec<&str> = object.keys().map(String::as_str).collect();
                let mut sorted = std::mem::take(&mut listed);
                sorted.sort_unstable();
                assert_eq!(found, sorted, "{command}: help and JSON");
            }
            other => assert!(other.is_array(), "{line}"),
        }
    }
    assert!(
        listed.is_empty(),
        "no example of {command} prints the keys of its help"
    );
}

#[test]
fn every_example_runs_as_it_stands() {
    commands().iter().for_each(|command| examples_of(command));
}
