//! The window's tests: flows by label, which look at no pixels, and pictures.
//!
//! | file | what it holds |
//! |---|---|
//! | `recall.rs` | settle, play, step, read the verdict |
//! | `memory.rs` | digits, size, rule, learning in a job |
//! | `learning.rs` | watch, pause, keep; resets, presets, altered couplings |
//! | `cue.rs` | start, draw, corrupt, and take it back |
//! | `keys.rs` | what every key does, and when it is left to a text field |
//! | `lab.rs` | a question of the lab: set, run, paused, read, a point opened |
//! | `compare.rs` | tracks side by side: added, run, judged, named, removed |
//! | `views.rs` | time line, charts and couplings show one moment and one unit |
//! | `statistics.rs` | parts of J, margins, eigenvalues, weights of memories |
//! | `files.rs` | pictures dropped on the window |
//! | `exports.rs` | every picture saved and copied; arrays, frames |
//! | `guide.rs` | scenes, the tour of the window, the gallery |
//! | `lessons.rs` | lessons followed, answered, put away; a teacher's own |
//! | `sessions.rs` | sessions saved, opened, pasted, kept by themselves and recovered |
//! | `teacher.rs` | what a teacher locks, hides, and sets as the start; reduced motion |
//! | `stage.rs` | the stage, cards that fill the window, what is stored by hand |
//! | `sharp.rs` | no pixel hangs on the graphics card |
//! | `manners.rs` | names for screen readers, rest, random use |
//! | `formulas.rs` | typeset formulas and what their symbols light up |
//! | `explained.rs` | the help beside each card, and the glossary |
//! | `repairs.rs` | what once broke: dialogs, scrubbing, Esc, resets |
//! | `arrangement.rs` | every world under every rule in every size: nothing is cut or lies on another |
//! | `monkey.rs` | random acts over all worlds, rules, sizes and dialogs; `ENGRAM_MONKEY=10000` for more |
//! | `pictures.rs` | the whole window, pixel by pixel |
//! | `saved.rs` | saved charts beside those on screen |
//!
//! Pictures need a graphics driver, a software one will do. Where there is none they are left out, and the last
//! lines say which; on a graphics card more pixels may differ than with the software driver, and the last line says
//! how many. With `ENGRAM_REQUIRE_PICTURES=1` leaving any out is a failure.
//! `UPDATE_SNAPSHOTS=true cargo test --test gui` takes the pictures anew.

#![expect(
    clippy::print_stdout,
    reason = "a test program reports on standard output"
)]

mod arrangement;
mod attractor_views;
mod attractors;
mod basin;
mod compare;
mod cue;
mod driver;
mod embedded;
mod explained;
mod exports;
mod files;
mod formulas;
mod guide;
mod harness;
mod keys;
mod lab;
mod lab_pictures;
mod lab_views;
mod learning;
mod lessons;
mod manners;
mod memory;
mod monkey;
mod pictures;
mod recall;
mod repairs;
mod saved;
mod sessions;
mod sharp;
mod stage;
mod statistics;
mod teacher;
mod views;
mod worlds;

use libtest_mimic::{Arguments, Completion, Trial};
use std::process::ExitCode;

/// Set where every picture has to be taken.
const REQUIRE_PICTURES: &str = "ENGRAM_REQUIRE_PICTURES";

/// Windows at a time: each has jobs of its own beside it.
const THREADS: usize = 2;

/// One test: name and what it does.
type Test = (&'static str, fn());

/// Whether CI asks for every picture.
fn pictures_required() -> bool {
    std::env::var_os(REQUIRE_PICTURES).is_some_and(|value| !value.is_empty() && value != "0")
}

fn main() -> ExitCode {
    let mut args = Arguments::from_args();
    args.test_threads = args.test_threads.or(Some(THREADS));
    let driver = driver::find();
    let flows = [
        recall::ALL,
        memory::ALL,
        learning::ALL,
        cue::ALL,
        keys::ALL,
        lab::ALL,
        lab_views::ALL,
        views::ALL,
        statistics::ALL,
        basin::ALL,
        attractor_views::ALL,
        attractors::ALL,
        compare::ALL,
        files::ALL,
        exports::ALL,
        worlds::ALL,
        sharp::ALL,
        stage::ALL,
        manners::ALL,
        formulas::ALL,
        embedded::ALL,
        explained::ALL,
        repairs::ALL,
        sessions::ALL,
        lessons::ALL,
        guide::ALL,
        teacher::ALL,
        arrangement::ALL,
        monkey::ALL,
    ];
    let mut trials: Vec<Trial> = flows.concat().into_iter().map(flow).collect();
    let pictures = pictures::ALL.iter().map(|test| picture(*test, driver));
    let (pictures, mut left_out) = (pictures.collect::<Vec<Trial>>(), Vec::new());
    if let Err(problem) = driver {
        let asked_for = pictures.iter().filter(|trial| !args.is_filtered_out(trial));
        left_out = asked_for.map(|trial| trial.name().to_owned()).collect();
        if !left_out.is_empty() {
            left_out.push(format!("for want of a graphics driver ({problem})"));
        }
    }
    trials.extend(pictures);
    let listing = args.list;
    let conclusion = libtest_mimic::run(&args, trials);
    if listing {
        return ExitCode::SUCCESS;
    }
    match (left_out.split_last(), driver) {
        (Some((reason, names)), _) => report(names, reason, conclusion.exit_code()),
        (None, Ok(driver)) => {
            let most = harness::different_pixels();
            println!(
                "Pictures are drawn by {}; {most} pixels may differ.\n",
                driver.name
            );
            conclusion.exit_code()
        }
        (None, Err(_)) => conclusion.exit_code(),
    }
}

/// Says which pictures were left out, and whether that may be.
fn report(names: &[String], reason: &str, code: ExitCode) -> ExitCode {
    println!("{} tests of pictures were left out {reason}:", names.len());
    for name in names {
        println!("    {name}");
    }
    if pictures_required() {
        println!("This is a failure, as {REQUIRE_PICTURES} is set.\n");
        return ExitCode::FAILURE;
    }
    println!("A software driver will do (Debian: apt-get install mesa-vulkan-drivers).\n");
    code
}

fn flow((name, run): Test) -> Trial {
    Trial::test(name, move || {
        run();
        Ok(())
    })
}

fn picture((name, run): Test, driver: Result<&'static driver::Driver, &'static str>) -> Trial {
    Trial::ignorable_test(name, move || match driver {
        Ok(_) => {
            run();
            Ok(Completion::Completed)
        }
        Err(_) => Ok(Completion::ignored_with("no graphics driver")),
    })
}
