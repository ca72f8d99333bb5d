//! The whole window, compared with pictures in `snapshots/`.
//!
//! `UPDATE_SNAPSHOTS=true cargo test --test gui` takes anew those that differ; look at each before committing it.
//! Taken with Mesa's software driver (lavapipe). What may differ there, and on a graphics card, is set in `harness.rs`;
//! that no more hangs on the card is shown by `sharp.rs`.

use crate::harness::Window;
use crate::{Test, driver, files, pictures_required, statistics, worlds};
use eframe::egui::{Key, Theme};
use engram::app::start;

/// All of them.
pub(crate) const ALL: &[Test] = &[
    ("the_renderer_is_software", the_renderer_is_software),
    ("picture_dark", picture_dark),
    ("picture_light", picture_light),
    ("picture_large", picture_large),
    ("picture_settled", picture_settled),
    ("picture_fields", picture_fields),
    ("picture_help", picture_help),
    ("picture_file", picture_file),
    ("picture_pick", picture_pick),
    ("picture_out_of_date", picture_out_of_date),
    ("picture_smallest", picture_smallest),
    ("picture_spectrum", picture_spectrum),
    ("picture_memories", picture_memories),
    ("picture_glass", picture_glass),
    ("picture_protein", picture_protein),
    ("picture_features", picture_features),
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

fn picture_spectrum() {
    let mut window = statistics::without_symmetry(Window::open());
    window.choose("Part of the couplings", "Antisymmetric");
    window.choose("Told of the memory as a whole", "Spectrum");
    window.catch_up();
    window.picture("spectrum");
}

fn picture_memories() {
    let window = Window::sized(1280.0, 800.0, Theme::Light);
    statistics::dense(window).picture("memories");
}

fn picture_settled() {
    let mut window = Window::open();
    window.press("Settle");
    window.wait_for_text("Fixed point after");
    window.picture("settled");
}

fn picture_fields() {
    let mut window = Window::open();
    window.choose("One step is", "Flip");
    for _ in 0..20 {
        window.press("Step");
    }
    window.press("Wrong");
    window.press("Fields");
    window.picture("fields");
}

fn picture_help() {
    let mut window = Window::open();
    window.key(Key::F1);
    window.picture("help");
}

fn picture_file() {
    let mut window = Window::open();
    window.drop_file(files::one_on_paper());
    window.wait_for_text("A picture as the cue");
    window.picture("file");
}

fn picture_pick() {
    let mut window = Window::sized(1280.0, 800.0, Theme::Light);
    window.press("Pick…");
    window.picture("pick");
}

fn picture_out_of_date() {
    let mut window = Window::open();
    window.press("Settle");
    window.wait_for_text("Fixed point after");
    window.set("Stored, P", 2000.0);
    window.press("Stop");
    window.picture("out-of-date");
}

fn picture_glass() {
    let glass = "spin-glass:l=16,t=1,p=400,spacing=2,warm-up=100";
    let mut window = worlds::on(
        glass,
        "pseudo-likelihood:optimiser=descent,steps=60,eta=0.5",
    );
    window.choose("Lower chart", "Sampling");
    window.choose("Told of the memory as a whole", "Bonds");
    window.wait_until("the bonds are compared", |session| {
        session.compared_bonds().is_some()
    });
    window.picture("glass");
}

fn picture_protein() {
    let mut window = worlds::on("protein:p=60", "potts-hebb");
    window.press("Step");
    window.wait_until("the contacts are known", |session| {
        session.contact_map().is_some()
    });
    window.picture("protein");
}

fn picture_features() {
    let mut window = worlds::on("features:n=256,alpha=0.4,alpha-d=0.05", "hebb");
    window.press("Settle");
    window.choose("Overlap with", "feature");
    window.rest();
    window.picture("features");
}
