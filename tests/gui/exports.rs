//! What leaves the window: every picture on screen has a menu, and stands in the list; files, clipboard, arrays, frames.

use crate::harness::Window;
use crate::{Test, worlds};
use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers, OutputCommand, Rect, vec2};
use engram::engine::{Dynamics, LearningRule};
use engram::session::Command;
use engram::trial::TrackRecipe;
use engram::worlds::World;
use std::path::Path;

/// All of them.
pub(crate) const ALL: &[Test] = &[
    (
        "every_picture_of_a_recall_can_be_saved",
        every_picture_of_a_recall_can_be_saved,
    ),
    (
        "every_picture_of_other_memories_can_be_saved",
        every_picture_of_other_memories_can_be_saved,
    ),
    (
        "every_picture_of_the_other_tabs_can_be_saved",
        every_picture_of_the_other_tabs_can_be_saved,
    ),
    ("pictures_are_copied", pictures_are_copied),
    (
        "the_list_of_pictures_needs_no_second_button",
        the_list_of_pictures_needs_no_second_button,
    ),
    (
        "a_finger_that_stays_opens_the_menu_and_two_do_not",
        a_finger_that_stays_opens_the_menu_and_two_do_not,
    ),
    (
        "couplings_are_saved_and_open_again",
        couplings_are_saved_and_open_again,
    ),
    (
        "arrays_are_saved_and_open_again",
        arrays_are_saved_and_open_again,
    ),
    (
        "a_recall_is_saved_frame_by_frame",
        a_recall_is_saved_frame_by_frame,
    ),
];

#[expect(clippy::disallowed_methods, reason = "the test reads what was written")]
pub(crate) fn read(path: &Path) -> Vec<u8> {
    std::fs::read(path).expect("it can be read")
}

/// Fails where a picture on screen is not among those that can be saved. Thumbnails of patterns and keys to colours are
/// parts of pictures.
#[track_caller]
fn assert_all_are_offered(window: &mut Window, what: &str) {
    window.catch_up();
    let offered: Vec<Rect> = window.app().pictures().iter().map(|it| it.rect).collect();
    let is_part = |name: &str| name.starts_with("pattern ") || name.starts_with("colours from ");
    let shown = window.pictures();
    let without: Vec<&String> = shown
        .iter()
        .filter(|(name, _)| !is_part(name))
        .filter(|(_, rect)| !offered.iter().any(|it| it.expand(1.0).contains_rect(*rect)))
        .map(|(name, _)| name)
        .collect();
    assert!(without.is_empty(), "{what}: {without:?} cannot be saved");
    assert!(!offered.is_empty(), "{what}: no picture");
}

fn every_picture_of_a_recall_can_be_saved() {
    let mut window = worlds::on("glyphs:size=8,p=6", "pseudo-inverse");
    window.press("Settle");
    for told in ["Margins", "Spectrum", "Couplings"] {
        window.choose_statistic(told);
        assert_all_are_offered(&mut window, told);
    }
    for chart in ["Basin", "Wheel", "Energy"] {
        window.choose("Lower chart", chart);
        assert_all_are_offered(&mut window, chart);
    }
    window.choose("Layout of the couplings", "Rows as pictures");
    assert_all_are_offered(&mut window, "rows as pictures");
    window.key(Key::F11);
    assert_all_are_offered(&mut window, "the stage");
    let titles: Vec<&str> = window
        .app()
        .pictures()
        .iter()
        .map(|it| &*it.title)
        .collect();
    assert_eq!(
        titles,
        [
            "Original",
            "Cue",
            "State",
            "Energy against time",
            "Overlaps against time"
        ]
    );
}

fn every_picture_of_other_memories_can_be_saved() {
    for (world, rule) in [
        ("glyphs:size=8,p=6", "dense:n=3"),
        ("protein:p=20", "potts-hebb"),
        (
            "spin-glass:l=8,p=20,spacing=1,warm-up=100",
            "pseudo-likelihood",
        ),
    ] {
        let mut window = worlds::on(world, rule);
        assert_all_are_offered(&mut window, world);
        if world.starts_with("spin-glass") {
            window.choose_statistic("Bonds");
            assert_all_are_offered(&mut window, "bonds");
            window.choose("Lower chart", "Sampling");
            assert_all_are_offered(&mut window, "sampling");
            window.choose("Lower chart", "Learning");
            assert_all_are_offered(&mut window, "learning");
        }
    }
}

fn every_picture_of_the_other_tabs_can_be_saved() {
    let mut window = worlds::on("random:n=10,p=3", "hebb");
    let mut recipe = window.session().recipe().clone();
    recipe.track_mut().dynamics = Dynamics::Synchronous;
    window.configure(recipe.clone());
    window.choose("Tab", "Attractors");
    for view in [
        "Wheel",
        "Plane",
        "Census",
        "Bands",
        "Flips",
        "Walk",
        "Tree",
        "All states",
    ] {
        window.choose("View", view);
        assert_all_are_offered(&mut window, view);
    }
    recipe.tracks.push(TrackRecipe {
        rule: LearningRule::parse("pseudo-inverse").expect("a rule"),
        ..recipe.tracks[0].clone()
    });
    window.configure(recipe);
    window.choose("Tab", "Compare");
    assert_all_are_offered(&mut window, "states");
    let titles: Vec<&str> = window
        .app()
        .pictures()
        .iter()
        .map(|it| &*it.title)
        .collect();
    assert!(titles.contains(&"State of track B"), "{titles:?}");
    assert!(titles.contains(&"Results of the tracks"), "{titles:?}");
    window.choose("Shown of every track", "Wheels");
    assert_all_are_offered(&mut window, "wheels");
    window.choose("Tab", "Lab");
    window.press("Run");
    window.wait_until("the first points are there", |session| {
        session
            .lab()
            .runs()
            .iter()
            .any(|run| run.results().n_done() > 2)
    });
    assert!(!window.app().pictures().is_empty(), "curves of the lab");
}

fn pictures_are_copied() {
    let mut window = Window::open();
    window.press("Settle");
    window.wait_for_text(" sweep");
    window.click_first_secondary(Role::Image, "Energy against time");
    let OutputCommand::CopyText(numbers) = window.copied_by("Copy numbers") else {
        panic!("numbers are text");
    };
    assert!(numbers.starts_with("sweeps\tenergy E\n0\t"), "{numbers}");
    window.wait_for_text("Copied: Energy against time, as a table of numbers");
    window.click_first_secondary(Role::Image, "Energy against time");
    let OutputCommand::CopyImage(picture) = window.copied_by("Copy as picture") else {
        panic!("a picture is pixels");
    };
    assert_eq!(picture.size, [1280, 800]);
    window.click_first_secondary(Role::Image, "state");
    let OutputCommand::CopyText(svg) = window.copied_by("Copy as SVG text") else {
        panic!("an SVG is text");
    };
    assert!(svg.starts_with("<svg") && svg.contains("data:image/png;base64,"));
    window.wait_for_text("Copied: State, as the text of an SVG");
    // What was told goes away by itself, and nothing moves any more.
    window.frames(6 * 60 + 30);
    assert_eq!((window.app().told(), window.app().notice()), (None, None));
    window.leave();
    assert!(window.is_asleep());
}

fn the_list_of_pictures_needs_no_second_button() {
    let mut window = Window::open();
    window.press("Settle");
    window.wait_for_text(" sweep");
    let folder = tempfile::tempdir().expect("there is a folder for temporary files");
    window.app_mut().save_into(folder.path().to_owned());
    window.keys(Modifiers::COMMAND, Key::E);
    window.assert_shows("Save or copy a picture");
    // The cue is drawn on with both buttons: it has no menu of its own.
    for (picture, file) in [
        ("Cue", "cue.svg"),
        ("Stored patterns", "stored-patterns.svg"),
    ] {
        window.press_in_front(picture);
        window.press("Save as SVG…");
        let path = folder.path().join(file);
        window.wait_until("the figure is written", |_| path.exists());
        let text = String::from_utf8(read(&path)).expect("it is text");
        assert!(
            text.contains(&format!("<title>{picture}</title>")),
            "{file}"
        );
    }
    window.key(Key::Escape);
    assert!(!window.shows("Save or copy a picture"));
    window.press("File");
    window.assert_shows("Save or copy a picture…");
}

/// Two fingers zoom, however slowly they begin.
fn a_finger_that_stays_opens_the_menu_and_two_do_not() {
    for n_fingers in [1, 2] {
        let mut window = worlds::on("random:n=30,p=4", "hebb");
        let middle = window.picture_at("Matrix of couplings").center();
        window.touch(&[middle, middle + vec2(20.0, 0.0)][..n_fingers]);
        assert_eq!(window.shows("Save as SVG…"), n_fingers == 1);
    }
}

fn couplings_are_saved_and_open_again() {
    let mut window = worlds::on("random:n=30,p=4", "storkey");
    let folder = tempfile::tempdir().expect("there is a folder for temporary files");
    window.app_mut().save_into(folder.path().to_owned());
    window.click_first_secondary(Role::Image, "Matrix of couplings");
    window.press("Save as NPY…");
    let path = folder.path().join("couplings.npy");
    window.wait_until("they are written", |_| path.exists());
    let couplings = |window: &Window| {
        let recording = window.session().recording().expect("it learned");
        recording
            .memory()
            .couplings()
            .expect("it has some")
            .to_array()
    };
    let before = couplings(&window);
    window.drop_file(&path);
    window.wait_until("they are in use", |session| {
        let rule = &session.recipe().track().rule;
        matches!(rule, LearningRule::LoadedCouplings(_))
    });
    window.catch_up();
    assert_eq!(couplings(&window), before, "to the same bits");
    assert_eq!(window.app().notice(), None);
}

fn arrays_are_saved_and_open_again() {
    let mut window = Window::open();
    window.press("Settle");
    window.wait_for_text(" sweep");
    let folder = tempfile::tempdir().expect("there is a folder for temporary files");
    window.app_mut().save_into(folder.path().to_owned());
    window.press("File");
    window.press("Save arrays…");
    let path = folder.path().join("arrays.npz");
    window.wait_until("they are written", |_| path.exists());
    let bytes = read(&path);
    for name in [
        "patterns", "labels", "cue", "original", "state", "final", "J",
    ] {
        let name = format!("{name}.npy");
        let there = bytes
            .windows(name.len())
            .any(|part| part == name.as_bytes());
        assert!(there, "{name}");
    }
    window.drop_file(&path);
    window.wait_for_text("Patterns from your files");
    window.wait_for_candidate();
    window.assert_shows("30 images");
    window.press("Cancel");
    // A memory without couplings says so, in words that go away by themselves.
    let mut recipe = window.session().recipe().clone();
    recipe.world = World::parse("glyphs:size=8,p=6").expect("a world");
    recipe.track_mut().rule = LearningRule::parse("dense:n=3").expect("a rule");
    window.configure(recipe);
    window.press("File");
    window.press("Save arrays…");
    window.wait_for_text("Left out: couplings: this memory has none between pairs of units");
    assert_eq!(window.app().notice(), None);
}

fn a_recall_is_saved_frame_by_frame() {
    let mut window = Window::open();
    window.app_mut().command(Command::Settle);
    window.wait_until("it has settled", |session| !session.can_go_on());
    let folder = tempfile::tempdir().expect("there is a folder for temporary files");
    window.app_mut().save_into(folder.path().to_owned());
    for (action, file, begins) in [
        ("Save recall as GIF…", "recall.gif", &b"GIF89a"[..]),
        (
            "Save recall as PNG frames…",
            "recall-frames.zip",
            b"PK\x03\x04",
        ),
    ] {
        window.press("File");
        window.press(action);
        let path = folder.path().join(file);
        window.wait_until("it is written", |_| path.exists());
        assert!(read(&path).starts_with(begins), "{file}");
    }
    let bytes = read(&folder.path().join("recall-frames.zip"));
    let frames = bytes
        .windows(4)
        .filter(|part| part == b"PK\x01\x02")
        .count();
    let flips = window.session().recording().expect("it ran").n_flips();
    assert!(
        frames > 2 && frames <= flips + 2,
        "{frames} frames of {flips} flips"
    );
    // Letters have no shades, which is said.
    let mut recipe = window.session().recipe().clone();
    recipe.world = World::parse("protein:p=20").expect("a world");
    recipe.track_mut().rule = LearningRule::parse("potts-hebb").expect("a rule");
    window.configure(recipe);
    window.press("File");
    window.press("Save recall as PNG frames…");
    let notice = window.app().notice().expect("it is refused");
    assert!(notice.contains("letters"), "{notice}");
}
