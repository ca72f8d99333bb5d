//! Tests of `lab`: the command line that a recipe writes gives the same recipe.

use super::*;
use crate::engine::settings::Kinds as _;
use clap::Parser;

#[derive(Parser)]
struct Line {
    #[command(flatten)]
    lab: Lab,
}

/// The words of a command line in which quotes stand around whole words.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut is_quoted = false;
    for letter in line.chars() {
        match letter {
            '\'' => is_quoted = !is_quoted,
            ' ' if !is_quoted => words.push(String::new()),
            other => words.last_mut().unwrap().push(other),
        }
    }
    words
}

fn read(line: &str) -> LabRecipe {
    // "engram" is the program, "lab" its command.
    let words = words(line).into_iter().skip(1);
    let lab = Line::try_parse_from(words).unwrap().lab;
    lab.recipe(&mut Vec::new()).unwrap()
}

#[test]
fn command_lines_give_the_recipe_that_wrote_them() {
    for lab in lab::Lab::all() {
        let default = LabRecipe::of(lab).unwrap();
        let axis = Vary::parse("seed=1..9/5").unwrap();
        for vary in [default.vary.clone(), Vec::new(), vec![axis]] {
            for alter in ["", "asymmetry=0.5,dilution=0.25,cut=each"] {
                let recipe = LabRecipe {
                    vary: vary.clone(),
                    alteration: Alteration::parse(alter).unwrap(),
                    seed: u64::MAX,
                    repeats: 3,
                    max_sweeps: 17,
                    ..default.clone()
                };
                assert_eq!(read(&recipe.command()), recipe, "{}", recipe.command());
            }
        }
    }
}

#[test]
fn another_world_has_no_axes_of_the_experiment() {
    let vary = |line: &str| read(line).vary.len();
    assert_eq!(vary("engram lab temperature"), 1);
    assert_eq!(vary("engram lab temperature --vary none"), 0);
    assert_eq!(vary("engram lab temperature --world glyphs"), 0);
    let lab = Line::try_parse_from(["lab", "basins", "--vary", "none", "--vary", "seed=1;2"]);
    let refused = lab.unwrap().lab.recipe(&mut Vec::new()).unwrap_err();
    assert!(refused.to_string().contains("twice"), "{refused}");
}
