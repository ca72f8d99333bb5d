//! Pictures dropped on the window: looked at, taken or put away, or refused by name.

use crate::Test;
use crate::harness::Window;
use eframe::egui::accesskit::Role;
use eframe::egui::{DroppedFile, Key};
use engram::engine::LearningRule;
use engram::trial::Start;
use engram::worlds::World;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// All of them.
pub(crate) const ALL: &[Test] = &[
    (
        "a_dropped_picture_becomes_the_cue",
        a_dropped_picture_becomes_the_cue,
    ),
    ("a_picture_is_put_away", a_picture_is_put_away),
    (
        "a_picture_named_on_the_command_line_is_shown",
        a_picture_named_on_the_command_line_is_shown,
    ),
    (
        "a_picture_is_no_sequence_of_letters",
        a_picture_is_no_sequence_of_letters,
    ),
    (
        "a_bad_picture_is_refused_by_name",
        a_bad_picture_is_refused_by_name,
    ),
    (
        "a_missing_file_is_refused_by_name",
        a_missing_file_is_refused_by_name,
    ),
    (
        "a_chart_is_saved_from_its_menu",
        a_chart_is_saved_from_its_menu,
    ),
    (
        "pictures_dropped_together_are_patterns",
        pictures_dropped_together_are_patterns,
    ),
];

/// A file as a window system hands it over: the program reads its path.
#[derive(Debug)]
pub(crate) struct Dropped(pub(crate) PathBuf);

impl DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        Err("a test reads files by their paths".to_owned())
    }
}

/// A one written with a broad pen on white paper, 64 × 100 pixels, named as from the folder tests run in.
pub(crate) fn one_on_paper() -> &'static Path {
    Path::new("tests/gui/one.png")
}

fn a_dropped_picture_becomes_the_cue() {
    let mut window = Window::open();
    window.drop_file(one_on_paper());
    window.wait_for_text("A picture as the cue");
    window.assert_shows("one.png, 64 × 100 pixels");
    window.assert_shows("read as dark ink on light paper");
    let found = window.session().opened().expect("it waits").picture.clone();
    window.choose("Ink", "Light");
    window.wait_for_text("read as light ink on dark");
    window.choose("Ink", "Found by itself");
    window.wait_for_text("read as dark ink on light paper");
    window.press("Use as cue");
    assert!(window.session().opened().is_none());
    window.assert_shows("a picture");
    assert_eq!(window.session().recipe().cue.start, Start::Picture(found));
    window.press("Settle");
    window.wait_until("the run is over", |session| !session.can_go_on());
    window.press("Undo");
    window.assert_shows("stored 3");
}

fn a_picture_is_put_away() {
    let mut window = Window::open();
    let before = window.session().recipe().clone();
    window.drop_file(one_on_paper());
    window.wait_for_text("A picture as the cue");
    window.press("Cancel");
    assert!(!window.shows("A picture as the cue"));
    window.drop_file(one_on_paper());
    window.wait_for_text("A picture as the cue");
    window.key(Key::Escape);
    assert!(!window.shows("A picture as the cue"));
    assert_eq!(*window.session().recipe(), before);
    assert!(!window.is_enabled("Undo"));
}

fn a_picture_named_on_the_command_line_is_shown() {
    let mut window = Window::open();
    window.app_mut().open(one_on_paper());
    window.wait_for_text("A picture as the cue");
}

fn a_picture_is_no_sequence_of_letters() {
    let mut window = Window::open();
    let mut recipe = window.session().recipe().clone();
    recipe.world = World::parse("protein:p=20").expect("a world");
    recipe.track_mut().rule = LearningRule::parse("potts-hebb").expect("a rule");
    window.configure(recipe);
    window.drop_file(one_on_paper());
    window.wait_for_text("A picture is no sequence of letters");
    for idle in ["Use as cue", "Threshold", "Ink"] {
        assert!(!window.shows(idle), "{idle}");
    }
    window.press("Cancel");
    assert!(window.session().opened().is_none());
}

fn a_bad_picture_is_refused_by_name() {
    let mut window = Window::open();
    let mut file = tempfile::Builder::new()
        .suffix("-notes.png")
        .tempfile()
        .expect("there is a folder for temporary files");
    file.write_all(b"shopping list").expect("it can be written");
    window.drop_file(file.path());
    window.wait_for_text("-notes.png: a table has at least one row of numbers");
    assert!(window.session().opened().is_none() && !window.is_enabled("Use these patterns"));
    window.press("Cancel");
    assert!(!window.shows("-notes.png"));
}

fn a_chart_is_saved_from_its_menu() {
    let mut window = Window::open();
    window.press("Settle");
    window.wait_for_text(" sweep");
    let folder = tempfile::tempdir().expect("there is a folder for temporary files");
    window.app_mut().save_into(folder.path().to_owned());
    for (chart, stem) in [
        ("Overlaps against time", "overlaps-against-time"),
        ("Energy against time", "energy-against-time"),
    ] {
        for (format, ending, begins_with) in [
            ("SVG", "svg", &b"<svg"[..]),
            ("PNG", "png", b"\x89PNG"),
            ("CSV", "csv", b"sweeps,"),
        ] {
            window.click_first_secondary(Role::Image, chart);
            window.press(&format!("Save as {format}…"));
            let path = folder.path().join(format!("{stem}.{ending}"));
            window.wait_until("the figure is written", |_| path.exists());
            #[expect(clippy::disallowed_methods, reason = "the test reads what was written")]
            let bytes = std::fs::read(&path).expect("it can be read");
            let begins = String::from_utf8_lossy(&bytes[..bytes.len().min(60)]);
            assert!(
                bytes.starts_with(begins_with),
                "{}: {begins}",
                path.display()
            );
        }
    }
    assert_eq!(window.app().notice(), None);
    window.app_mut().save_into(folder.path().join("nowhere"));
    window.click_first_secondary(Role::Image, "Overlaps against time");
    window.press("Save as CSV…");
    window.wait_for_text("overlaps-against-time.csv");
    let notice = window.app().notice().expect("it cannot be written");
    assert!(notice.contains("nowhere"), "{notice}");
}

fn pictures_dropped_together_are_patterns() {
    let mut window = Window::open();
    let folder = tempfile::tempdir().expect("there is a folder for temporary files");
    let other = folder.path().join("other.png");
    #[expect(clippy::disallowed_methods, reason = "the test makes a file")]
    std::fs::copy(one_on_paper(), &other).expect("it can be copied");
    window.drop_files(&[one_on_paper(), &other]);
    window.wait_for_text("Patterns from your files");
    window.wait_for_candidate();
    window.assert_shows("2 images");
    assert!(window.session().opened().is_none());
}

fn a_missing_file_is_refused_by_name() {
    let mut window = Window::open();
    window.drop_file(Path::new("nowhere/seven.png"));
    window.wait_for_text("nowhere/seven.png: ");
    window.press("Close");
    assert_eq!(window.app().notice(), None);
}
