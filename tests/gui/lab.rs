//! The lab: a question is set, run, paused, read, and a point opened.

use crate::Test;
use crate::harness::Window;
use eframe::egui::{PointerButton, Theme, pos2, vec2};
use egui::accesskit::Role;
use engram::lab::{Lab, LabPlan, LabRecipe, ecsv, run};
use engram::session::{Command, LabRequest, LabState, Session};
use engram::worlds::World;
use std::sync::Arc;

use eframe::egui;

/// All of them.
pub(crate) const ALL: &[Test] = &[
    ("lab_answers_in_a_sentence", lab_answers_in_a_sentence),
    ("lab_pauses_and_goes_on", lab_pauses_and_goes_on),
    ("lab_refuses_in_a_sentence", lab_refuses_in_a_sentence),
    ("lab_opens_a_point_in_recall", lab_opens_a_point_in_recall),
    (
        "lab_lays_runs_over_one_another",
        lab_lays_runs_over_one_another,
    ),
    (
        "lab_shows_a_table_from_a_file",
        lab_shows_a_table_from_a_file,
    ),
    (
        "lab_has_a_place_for_everything",
        lab_has_a_place_for_everything,
    ),
    ("lab_shows_what_runs_now", lab_shows_what_runs_now),
    ("lab_tells_rules_apart", lab_tells_rules_apart),
    ("lab_offers_every_experiment", lab_offers_every_experiment),
    ("lab_varies_on_a_grid", lab_varies_on_a_grid),
    ("lab_keeps_a_run_in_a_file", lab_keeps_a_run_in_a_file),
    ("lab_gives_way_to_recall", lab_gives_way_to_recall),
    ("lab_asks_of_files", lab_asks_of_files),
    ("other_tables_are_patterns", other_tables_are_patterns),
];

/// The lab in a window of this size.
pub(crate) fn lab(width: f32, height: f32, theme: Theme) -> Window {
    let mut window = Window::sized(width, height, theme);
    window.choose("Tab", "Lab");
    window
}

/// Settings with which a run takes a second.
pub(crate) fn small() -> LabRecipe {
    let lab = Lab::parse("basins:points=5,patterns=6,trials=2").expect("it can be read");
    let mut recipe = LabRecipe::of(lab).expect("it can be read");
    recipe.world = World::parse("random:n=60,p=12").expect("it can be read");
    recipe
}

/// Runs `recipe`, to its end.
pub(crate) fn run_of(window: &mut Window, recipe: LabRecipe) {
    let command = Command::Lab(LabRequest::Run(Box::new(recipe)));
    window.app_mut().command(command);
    done(window);
}

/// Points of the first run that are there.
fn n_done(session: &Session) -> usize {
    let first = session.lab().runs().first();
    first.map_or(0, |run| run.results().n_done())
}

fn done(window: &mut Window) {
    window.wait_until("the run is done", |session| !session.lab().is_running());
    window.rest();
}

fn lab_answers_in_a_sentence() {
    let mut window = lab(1280.0, 800.0, Theme::Dark);
    window.assert_shows("From how far away is a stored pattern recalled?");
    window.set("Points", 5.0);
    window.set("Patterns", 6.0);
    window.set("Units, N", 60.0);
    window.set("Stored, P", 12.0);
    window.press("Run");
    window.wait_for_text("recalls from");
    done(&mut window);
    window.assert_shows("Pseudo-likelihood recalls from an overlap of");
    window.assert_shows("all 15 points are there");
    window.assert_shows("m_c");
    window.press("Remove Hebb");
    window.press("Run");
    done(&mut window);
    window.assert_shows("all 10 points are there");
    assert_eq!(window.session().lab().runs().len(), 2);
    assert!(window.unnamed().is_empty(), "{:?}", window.unnamed());
}

fn lab_pauses_and_goes_on() {
    let mut window = lab(1280.0, 800.0, Theme::Dark);
    assert!(!window.is_enabled("Pause") && !window.is_enabled("Stop"));
    window.press("Run");
    window.wait_until("there is a point", |session| n_done(session) > 0);
    window.press("Pause");
    window.assert_shows("paused at");
    let paused = n_done(window.session());
    window.let_jobs_run();
    assert_eq!(n_done(window.session()), paused);
    window.press("Go on");
    window.wait_until("there is another point", |session| n_done(session) > paused);
    window.press("Stop");
    window.assert_shows("stopped at");
    assert_eq!(window.session().lab().runs()[0].state(), LabState::Stopped);
    window.rest();
    assert!(window.is_asleep());
}

fn lab_refuses_in_a_sentence() {
    let mut window = lab(1280.0, 800.0, Theme::Light);
    let mut recipe = small();
    recipe.vary = vec![engram::lab::Vary::parse("world.l=1..3/3").expect("it can be read")];
    run_of(&mut window, recipe);
    window.assert_shows("It did not run");
    assert!(window.session().lab().runs().is_empty());
}

fn lab_opens_a_point_in_recall() {
    let mut window = lab(1280.0, 800.0, Theme::Dark);
    run_of(&mut window, small());
    // Cues without a flip end where they start: the last point of the projection rule is at (1, 1).
    let name = "Basins: final overlap against start overlap m₀";
    let picture = window.picture_at(name);
    let opened = (0..30).any(|step| {
        let place = pos2(picture.right() - 28.0, picture.top() + 4.0 * step as f32);
        window.click_at(PointerButton::Primary, place);
        window.is_chosen("Tab", "Recall")
    });
    assert!(opened, "the last points lie at the right edge");
    window.catch_up();
    let recipe = window.session().recipe();
    assert_eq!(recipe.world.get("n"), Some(60.0));
    assert_eq!(recipe.cue.corruption.flip.fraction, 0.0);
}

fn lab_lays_runs_over_one_another() {
    let mut window = lab(1280.0, 800.0, Theme::Dark);
    run_of(&mut window, small());
    let mut other = small();
    other.world = World::parse("random:n=60,p=6").expect("it can be read");
    run_of(&mut window, other);
    window.assert_shows("2. Basins: α = 0.1, N = 60");
    window.click_first(Role::CheckBox, "Lay over: 1.");
    window.click("Forget run 1");
    assert_eq!(window.session().lab().runs().len(), 1);
}

/// A run in which no point is there for long.
pub(crate) fn slow() -> LabRecipe {
    let mut recipe = small();
    recipe.world = World::parse("random:n=3000,p=900").expect("it can be read");
    recipe.rules = engram::lab::rules("pseudo-likelihood:optimiser=descent,steps=100000")
        .expect("they can be read");
    recipe
}

fn lab_shows_what_runs_now() {
    let mut window = lab(1280.0, 800.0, Theme::Dark);
    run_of(&mut window, small());
    let mut other = small();
    other.world = World::parse("random:n=60,p=6").expect("it can be read");
    run_of(&mut window, other);
    // One that was clicked on does not hide the next one.
    window.press("1. Basins: α = 0.2, N = 60");
    window.set("Stored, P", 9.0);
    window.press("Run");
    window.wait_until("it has begun", |session| session.lab().runs().len() == 3);
    done(&mut window);
    window.assert_shows("3. Basins: α = 0.15, N = 60");
    assert!(window.is_pressed("3. Basins: α = 0.15, N = 60"));
    window.press("Forget run 2");
    window.assert_shows("3. Basins: α = 0.15, N = 60");
    // Pause and Stop are of the run under way, whatever is shown.
    let command = Command::Lab(LabRequest::Run(Box::new(slow())));
    window.app_mut().command(command);
    window.wait_until("it has begun", |session| {
        session.lab().under_way().is_some()
    });
    window.frames(2);
    window.press("1. Basins: α = 0.2, N = 60");
    window.assert_shows("Run 4: 0 of 5 points");
    window.press("Pause");
    window.assert_shows("Run 4: paused at 0 of 5 points");
    window.press("Stop");
    assert!(window.session().lab().under_way().is_none());
    window.assert_shows("all 15 points are there");
    // What cannot be laid over says why.
    let name = "Lay over: 1. Basins: α = 0.2, N = 60";
    let other = "Lay over: 3. Basins: α = 0.15, N = 60";
    assert!(!window.can_check(name) && window.can_check(other));
    let mut capacity = over("capacity:points=2,patterns=2", "random:n=60");
    capacity.rules.truncate(1);
    run_of(&mut window, capacity);
    window.assert_shows("all 2 points are there");
    assert!(!window.can_check(name) && !window.can_check(other));
}

fn lab_tells_rules_apart() {
    let mut window = lab(1280.0, 800.0, Theme::Dark);
    window.click_first(Role::ComboBox, "Experiment.");
    window.press("Growth");
    for n in 2..=4 {
        window.press(&format!("Dense associative memory, n = {n}"));
    }
}

fn lab_offers_every_experiment() {
    let mut window = lab(1024.0, 700.0, Theme::Dark);
    window.click_first(Role::ComboBox, "Experiment.");
    window.frames(2);
    let mut places: Vec<f32> = Vec::new();
    for experiment in <Lab as engram::engine::settings::Kinds>::all() {
        let title = experiment.experiment().about().title;
        let place = window.place_of(Role::Button, title);
        assert!(place.bottom() < 700.0 && place.height() > 10.0, "{title}");
        assert!(places.last().is_none_or(|above| *above < place.top()));
        places.push(place.top());
    }
    window.press("Noise");
    window.assert_shows("Noise");
    assert!(window.misplaced(vec2(1024.0, 700.0)).is_empty());
}

fn lab_varies_on_a_grid() {
    let mut window = lab(1280.0, 800.0, Theme::Dark);
    for path in ["world.p", "alteration.dilution"] {
        window.click_first(Role::ComboBox, "Pick a setting");
        window.press(path);
    }
    window.assert_shows("27 curves of 21: 567 points");
    window.click_first(Role::ComboBox, "Pick a setting");
    assert!(!window.offers("experiment.points"), "it is the own axis");
}

#[expect(clippy::disallowed_methods, reason = "the test reads what was written")]
fn lab_keeps_a_run_in_a_file() {
    let mut window = lab(1280.0, 800.0, Theme::Dark);
    let folder = tempfile::tempdir().expect("there is a folder for temporary files");
    window.app_mut().save_into(folder.path().to_owned());
    run_of(&mut window, small());
    window.click("Save…");
    window.press("Table (ECSV)…");
    let path = folder.path().join("basins.ecsv");
    window.wait_until("the table is written", |_| path.exists());
    window.rest();
    let bytes = std::fs::read(&path).expect("it can be read");
    assert_eq!(window.session().lab().runs()[0].results().written(), bytes);
    // It is opened again, as another run; a torn one says so.
    std::fs::write(&path, &bytes[..bytes.len() - 3]).expect("it can be written");
    window.drop_file(&path);
    window.wait_for_text("stopped at 14 of 15 points");
    window.assert_shows("The last row of the file is torn");
}

fn lab_gives_way_to_recall() {
    let mut window = lab(1280.0, 800.0, Theme::Dark);
    window.press("Edit");
    window.click_first(Role::Button, "New noise");
    assert!(window.is_chosen("Tab", "Recall"), "what changes is seen");
    window.choose("Tab", "Lab");
    window.press("Undo");
    assert!(window.is_chosen("Tab", "Recall"));
    window.choose("Tab", "Lab");
    window.press("View");
    window.click_first(Role::Button, "Light");
    assert!(window.is_chosen("Tab", "Lab"), "themes are of both");
    window.drop_file(std::path::Path::new(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/gui/one.png"
    )));
    window.wait_until("the picture is read", |session| session.opened().is_some());
    window.rest();
    assert!(window.is_chosen("Tab", "Recall"));
}

#[expect(clippy::disallowed_methods, reason = "the test makes files")]
fn lab_asks_of_files() {
    let folder = tempfile::tempdir().expect("there is a folder for temporary files");
    let path = folder.path().join("mine.csv");
    let line = |k: usize| {
        let cells = (0..36).map(|unit| ((unit * (k + 3)) % 7 / 4).to_string());
        cells.collect::<Vec<String>>().join(",") + "\n"
    };
    let rows: String = (0..12).map(line).collect();
    std::fs::write(&path, rows).expect("it can be written");
    let mut window = lab(1280.0, 800.0, Theme::Dark);
    window.app_mut().save_into(folder.path().to_owned());
    window.click_first(Role::ComboBox, "World of the lab.");
    window.assert_shows("Files of your own");
    window.key(egui::Key::Escape);
    window.drop_file(&path);
    window.wait_for_candidate();
    window.press("Use these patterns");
    window.catch_up();
    window.choose("Tab", "Lab");
    window.click_first(Role::ComboBox, "World of the lab.");
    window.press("mine.csv");
    window.press("Run");
    window.wait_until("a run has begun", |session| {
        !session.lab().is_planning() && session.lab().runs().len() == 1
    });
    done(&mut window);
    let run = &window.session().lab().runs()[0];
    let command = run.plan().recipe().command();
    assert!(command.contains("mine.csv:p=10"), "{command}");
    // Its table opens again, on the same file.
    window.click("Save…");
    window.press("Table (ECSV)…");
    let table = folder.path().join("basins.ecsv");
    window.wait_until("the table is written", |_| table.exists());
    window.drop_file(&table);
    window.wait_until("the table is read", |session| {
        session.lab().runs().len() == 2
    });
    let [one, other] = window.session().lab().runs() else {
        panic!("there are two runs");
    };
    assert_eq!(one.plan().recipe(), other.plan().recipe());
    assert_eq!(one.results().written(), other.results().written());
}

#[expect(clippy::disallowed_methods, reason = "the test makes a file")]
fn other_tables_are_patterns() {
    let file = tempfile::Builder::new().suffix(".ecsv").tempfile();
    let file = file.expect("there is room for a file");
    let text = "# %ECSV 1.0\n# ---\n# delimiter: ','\n# datatype:\n# - {name: a, datatype: int64}\n\
                # - {name: b, datatype: int64}\na,b\n1,-1\n-1,-1\n";
    std::fs::write(file.path(), text).expect("it can be written");
    let mut window = lab(1280.0, 800.0, Theme::Dark);
    window.drop_file(file.path());
    window.wait_for_candidate();
    assert!(window.session().lab().runs().is_empty());
}

#[expect(clippy::disallowed_methods, reason = "the test makes a file")]
fn lab_shows_a_table_from_a_file() {
    let plan = Arc::new(LabPlan::new(small()).expect("it can run"));
    let mut text = ecsv::header(&plan);
    for finished in run(&plan) {
        text += &ecsv::line(&finished.row);
    }
    let file = tempfile::Builder::new().suffix(".ecsv").tempfile();
    let file = file.expect("there is room for a file");
    std::fs::write(file.path(), text).expect("it can be written");
    let mut window = Window::open();
    window.drop_file(file.path());
    window.wait_for_text("all 15 points are there");
    window.rest();
    assert!(window.is_chosen("Tab", "Lab"));
    window.assert_shows("recalls from");
}

fn lab_has_a_place_for_everything() {
    let mut faults = Vec::new();
    for size in [
        [1024.0, 700.0],
        [1024.0, 768.0],
        [1280.0, 800.0],
        [1920.0, 1080.0],
    ] {
        let mut window = lab(size[0], size[1], Theme::Light);
        for more in [false, true] {
            if more {
                run_of(&mut window, small());
                window.click("More settings");
            }
            window.point_nowhere();
            let found = window.misplaced(vec2(size[0], size[1]));
            faults.extend(
                found
                    .into_iter()
                    .map(|fault| format!("{size:?}, {more}: {fault}")),
            );
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

/// A recipe of `experiment` with its own rules, over `world`.
pub(crate) fn over(experiment: &str, world: &str) -> LabRecipe {
    let lab = Lab::parse(experiment).expect("it can be read");
    let mut recipe = LabRecipe::of(lab).expect("it can be read");
    recipe.world = World::parse(world).expect("it can be read");
    recipe
}
