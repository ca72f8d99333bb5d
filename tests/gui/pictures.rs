//! The whole window, compared with pictures in `snapshots/`.
//!
//! `UPDATE_SNAPSHOTS=true cargo test --test gui` takes anew those that differ; look at each before committing it.
//! Taken with Mesa's software driver (lavapipe). What may differ there, and on a graphics card, is set in `harness.rs`;
//! that no more hangs on the card is shown by `sharp.rs`.

use crate::harness::{Window, at};
use crate::{
    Test, attractor_views, attractors, compare, driver, explained, files, formulas, guide,
    lab_pictures, lessons, pictures_required, saved, statistics, teacher, worlds,
};
use eframe::egui::{Key, Modifiers, PointerButton, Theme};
use engram::app::start;
use engram::session::Command;
use engram::worlds::World;
use std::path::Path;

/// All of them; those of the README's tour first.
pub(crate) const ALL: &[Test] = &[
    ("the_renderer_is_software", the_renderer_is_software),
    ("tour_recall", tour_recall),
    ("tour_hebb", tour_hebb),
    ("tour_fields", tour_fields),
    ("tour_learning", tour_learning),
    ("tour_teacher", teacher::tour),
    ("tour_dense", tour_dense),
    ("tour_glass", worlds::tour_glass),
    ("tour_protein", worlds::tour_protein),
    ("tour_picture", tour_picture),
    ("tour_stage", tour_stage),
    ("tour_attractors", attractors::tour),
    ("picture_attractors_plane", attractors::picture_plane),
    ("picture_recall_wheel", attractors::picture_beside),
    ("picture_census", attractor_views::picture_census),
    ("picture_bands", attractor_views::picture_bands),
    ("picture_flips", attractor_views::picture_flips),
    ("picture_walk", attractor_views::picture_walk),
    ("picture_tree", attractor_views::picture_tree),
    ("picture_landscape", attractor_views::picture_landscape),
    ("picture_states", attractor_views::picture_states),
    ("tour_compare", compare::tour),
    ("picture_compare_four", compare::picture_compare_four),
    ("picture_compare_wheels", compare::picture_compare_wheels),
    (
        "picture_compare_smallest",
        compare::picture_compare_smallest,
    ),
    ("tour_lesson", lessons::tour),
    ("picture_lessons", lessons::picture_list),
    ("picture_lesson_smallest", lessons::picture_smallest),
    ("picture_lesson_pointed", lessons::picture_pointed),
    ("tour_lab", lab_pictures::tour),
    ("picture_lab_light", lab_pictures::picture_light),
    ("picture_lab_empty", lab_pictures::picture_empty),
    ("picture_lab_smallest", lab_pictures::picture_smallest),
    ("picture_lab_growth", lab_pictures::picture_growth),
    (
        "picture_lab_generalization",
        lab_pictures::picture_generalization,
    ),
    ("picture_lab_sizes", lab_pictures::picture_sizes),
    ("picture_lab_phases", lab_pictures::picture_phases),
    ("picture_lab_running", lab_pictures::picture_running),
    ("pictures_of_the_gallery", guide::pictures_of_the_gallery),
    ("picture_gallery", guide::picture_gallery),
    ("tour_scenes", guide::tour_scenes),
    ("picture_dark", picture_dark),
    ("picture_light", picture_light),
    ("picture_large", picture_large),
    ("picture_smallest", picture_smallest),
    ("picture_phone", picture_phone),
    ("picture_small_couplings", picture_small_couplings),
    ("picture_stage_light", picture_stage_light),
    ("picture_stage_sequence", picture_stage_sequence),
    ("picture_settled", picture_settled),
    ("picture_help", picture_help),
    ("picture_pick", picture_pick),
    ("picture_palette", picture_palette),
    (
        "picture_saved_as_on_screen",
        saved::picture_saved_as_on_screen,
    ),
    ("picture_menu_of_a_chart", saved::picture_menu_of_a_chart),
    ("picture_out_of_date", picture_out_of_date),
    ("picture_spectrum", picture_spectrum),
    ("picture_basin", picture_basin),
    ("picture_basin_smallest", picture_basin_smallest),
    ("picture_taylor", picture_taylor),
    ("picture_full_couplings", picture_full_couplings),
    ("picture_features", picture_features),
    ("picture_random", picture_random),
    ("picture_glyphs", picture_glyphs),
    ("picture_candidate", picture_candidate),
    ("picture_odd_candidate", picture_odd_candidate),
    ("picture_refused_candidate", picture_refused_candidate),
    ("picture_taught", picture_taught),
    ("picture_formulas_dark", formulas::picture_dark),
    ("picture_formulas_light", formulas::picture_light),
    ("picture_explained", explained::picture),
    ("picture_explained_light", explained::picture_light),
    ("picture_glossary", explained::picture_glossary),
];

/// Only where every picture is required: elsewhere any driver will do.
fn the_renderer_is_software() {
    let driver = driver::find().expect("pictures are only taken where there is one");
    assert!(
        driver.is_software || !pictures_required(),
        "{} is not a software driver: pictures would differ from machine to machine",
        driver.name
    );
}

fn picture_dark() {
    Window::open().picture("dark");
}

fn picture_light() {
    Window::sized(1280.0, 800.0, Theme::Light).picture("light");
}

fn picture_large() {
    Window::sized(1920.0, 1080.0, Theme::Dark).picture("large");
}

fn picture_smallest() {
    let [width, height] = start::SMALLEST;
    Window::sized(width, height, Theme::Light).picture("smallest");
}

/// As narrow as a phone, and so tall that the whole column is seen.
fn picture_phone() {
    let mut window = Window::sized(390.0, 3000.0, Theme::Light);
    window.press("Settle");
    window.catch_up();
    window.picture("phone");
}

fn picture_spectrum() {
    let mut window = statistics::without_symmetry(Window::open());
    window.choose("Part of the couplings", "Antisymmetric");
    window.choose_statistic("Spectrum");
    window.catch_up();
    window.picture("spectrum");
}

fn tour_dense() {
    let window = Window::sized(1280.0, 800.0, Theme::Light);
    statistics::dense(window).tour("dense");
}

fn picture_settled() {
    let mut window = Window::open();
    window.press("Settle");
    window.wait_for_text(" sweep");
    window.picture("settled");
}

fn tour_fields() {
    let mut window = Window::sized(1280.0, 800.0, Theme::Light);
    window.choose("One step is", "Flip");
    for _ in 0..20 {
        window.press("Step");
    }
    window.press("Wrong");
    window.press("Fields");
    window.choose("Layout of the couplings", "Rows as pictures");
    window.tour("fields");
}

fn picture_help() {
    let mut window = Window::open();
    window.key(Key::F1);
    window.picture("help");
}

fn tour_picture() {
    let mut window = Window::open();
    window.drop_file(files::one_on_paper());
    window.wait_for_text("A picture as the cue");
    window.tour("picture");
}

fn picture_pick() {
    let mut window = Window::sized(1280.0, 800.0, Theme::Light);
    window.press("Pick…");
    window.picture("pick");
}

fn picture_out_of_date() {
    let mut window = Window::open();
    window.press("Settle");
    window.wait_for_text(" sweep");
    // Both before the next frame: learning cannot be over before it is stopped.
    let mut recipe = window.session().recipe().clone();
    recipe.world = World::parse("mnist:p=2000").expect("a world");
    let app = window.app_mut();
    assert!(app.command(Command::Configure(Box::new(recipe))));
    assert!(app.command(Command::StopLearning));
    window.rest();
    window.picture("out-of-date");
}

fn picture_features() {
    let mut window = worlds::on("features:n=256,alpha=0.4,alpha-d=0.05", "hebb");
    window.press("Settle");
    window.choose("Overlap with", "feature");
    window.rest();
    window.picture("features");
}

/// In the middle of a recall: what has just flipped is orange.
fn tour_recall() {
    let mut window = Window::open();
    window.choose("One step is", "Flip");
    for _ in 0..60 {
        window.press("Step");
    }
    window.press("Wrong");
    window.choose("Lower chart", "Wheel");
    window.catch_up();
    window.point_nowhere();
    window.tour("recall");
}

fn tour_hebb() {
    let mut window = Window::open();
    window.choose_rule("Hebb");
    window.catch_up();
    settle(&mut window);
    window.tour("hebb");
}

fn tour_learning() {
    let rule = "pseudo-likelihood:optimiser=descent,steps=60,eta=0.5";
    let mut window = worlds::on("mnist:p=100", rule);
    settle(&mut window);
    window.choose("Lower chart", "Learning");
    window.tour("learning");
}

fn tour_stage() {
    let mut window = Window::open();
    settle(&mut window);
    window.key(Key::F11);
    window.tour("stage");
}

fn picture_stage_light() {
    let mut window = Window::sized(1024.0, 768.0, Theme::Light);
    window.choose_rule("Hebb");
    window.catch_up();
    settle(&mut window);
    window.key(Key::F11);
    window.picture("stage-light");
}

fn picture_stage_sequence() {
    let mut window = worlds::on("protein:p=60", "potts-hebb");
    settle(&mut window);
    window.key(Key::F11);
    window.picture("stage-sequence");
}

fn picture_small_couplings() {
    let [width, height] = start::SMALLEST;
    let mut window = Window::sized(width, height, Theme::Dark);
    window.choose("At the foot of the window", "Couplings J");
    window.picture("small-couplings");
}

fn picture_palette() {
    let mut window = Window::open();
    window.keys(Modifiers::COMMAND, Key::K);
    window.type_text("noise");
    window.picture("palette");
}

/// The cliff of Hebb's rule, seen from below it, with a recall that has come to its end.
fn picture_basin() {
    let mut window = worlds::on("random:n=400,p=40", "hebb");
    window.choose("Lower chart", "Basin");
    window.catch_up();
    settle(&mut window);
    window.picture("basin");
}

/// Beyond it.
fn picture_basin_smallest() {
    let [width, height] = start::SMALLEST;
    let mut window = Window::sized(width, height, Theme::Light);
    window.choose_rule("Hebb");
    window.catch_up();
    window.choose("Lower chart", "Basin");
    window.catch_up();
    window.picture("basin-smallest");
}

fn picture_taylor() {
    let mut window = Window::open();
    window.choose_rule("Taylor expansion");
    window.catch_up();
    window.click("More settings");
    window.picture("taylor");
}

fn picture_full_couplings() {
    let mut window = Window::sized(1280.0, 800.0, Theme::Light);
    window.press("Couplings J: fill the window");
    window.picture("full-couplings");
}

fn picture_random() {
    let mut window = worlds::on("random:n=400,p=40", "hebb");
    window.choose("Start from", "Random");
    window.catch_up();
    settle(&mut window);
    window.picture("random");
}

fn picture_glyphs() {
    let mut window = worlds::on("glyphs", "storkey");
    settle(&mut window);
    window.picture("glyphs");
}

/// A table with a hole: what is wrong with it, and the settings that may help.
fn picture_refused_candidate() {
    let mut window = Window::open();
    window.drop_file(Path::new("tests/cases/tables/nan_first.csv"));
    window.wait_for_text("line 1, column 1 holds 'NaN'");
    window.rest();
    window.picture("refused-candidate");
}

/// A table whose first column is no pixel, and labels beside it that do not fit.
fn picture_odd_candidate() {
    let mut window = Window::open();
    let files = ["tables/label_first_column_12_rows.csv", "tables/pair/y.csv"];
    let files = files.map(|file| Path::new("tests/cases").join(file));
    window.drop_files(&[&files[0], &files[1]]);
    window.wait_for_candidate();
    window.assert_shows("Column 1 is taken for labels: it holds small whole numbers");
    window.assert_shows("Left out: file 'y.csv': the patterns have labels already");
    window.picture("odd-candidate");
    window.press("Use these patterns");
    window.catch_up();
    let patterns = window.session().patterns().expect("they are stored");
    assert_eq!((patterns.n_patterns(), patterns.n_units()), (12, 784));
}

#[expect(clippy::disallowed_methods, reason = "the test makes a file")]
fn picture_candidate() {
    let mut window = Window::open();
    // Its name is in the picture, so that it must be the same everywhere.
    let path = std::path::PathBuf::from("target/tmp/twelve.csv");
    let line = |row: usize| {
        let sign = |unit: usize| {
            if (unit * (row + 3)) % 17 < 7 {
                "1"
            } else {
                "-1"
            }
        };
        (0..64).map(sign).collect::<Vec<_>>().join(",")
    };
    let table: Vec<String> = (0..12).map(line).collect();
    std::fs::create_dir_all("target/tmp").expect("a scratch folder");
    std::fs::write(&path, table.join("\n")).expect("it is written");
    window.drop_file(&path);
    window.wait_for_candidate();
    window.picture("candidate");
}

/// An empty memory that was taught a drawing.
fn picture_taught() {
    let mut window = Window::sized(1280.0, 800.0, Theme::Light);
    window.press("Clear");
    window.catch_up();
    let cue = window.picture_at("cue");
    let (a, b, c) = (at(cue, 0.2, 0.8), at(cue, 0.5, 0.2), at(cue, 0.8, 0.8));
    window.drag(PointerButton::Primary, &[a, b, c]);
    window.press("Store");
    window.type_text("mountain");
    window.press("Store the cue");
    window.catch_up();
    window.press("Store");
    window.picture("taught");
}

/// Runs to the end.
fn settle(window: &mut Window) {
    window.press("Settle");
    window.wait_until("the run is over", |session| !session.can_go_on());
    window.rest();
}
