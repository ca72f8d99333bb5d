//! Sessions as files and lines of text by label: saved, opened, pasted, kept by themselves and recovered.

#![expect(clippy::disallowed_methods, reason = "tests make and read files")]

use crate::Test;
use crate::harness::Window;
use eframe::egui::accesskit::Role;
use eframe::egui::{Event, Key, Modifiers, PointerButton};
use engram::engine::LearningRule;
use engram::session::{Document, Session};
use engram::trial::TrackRecipe;
use std::fs;
use std::path::{Path, PathBuf};

/// All of them.
pub(crate) const ALL: &[Test] = &[
    (
        "a_session_is_saved_and_opens_as_it_was",
        a_session_is_saved_and_opens_as_it_was,
    ),
    ("a_line_of_text_is_a_session", a_line_of_text_is_a_session),
    (
        "changes_are_kept_and_recovered_after_a_crash",
        changes_are_kept_and_recovered_after_a_crash,
    ),
    (
        "a_report_is_saved_and_opens_as_a_session",
        a_report_is_saved_and_opens_as_a_session,
    ),
    (
        "what_is_no_session_changes_nothing",
        what_is_no_session_changes_nothing,
    ),
    (
        "a_save_that_fails_is_said_and_the_changes_stay",
        a_save_that_fails_is_said_and_the_changes_stay,
    ),
    (
        "another_session_opens_once_the_changes_are_saved_or_not_wanted",
        another_session_opens_once_the_changes_are_saved_or_not_wanted,
    ),
    (
        "a_gigabyte_is_refused_by_its_size_on_every_road",
        a_gigabyte_is_refused_by_its_size_on_every_road,
    ),
];

/// Two tracks in Compare, halfway through their runs.
fn worked_on() -> Window {
    let mut window = Window::open();
    let mut recipe = window.session().recipe().clone();
    recipe.tracks.push(TrackRecipe {
        name: "drowned".to_owned(),
        rule: LearningRule::parse("hebb").expect("there is such a rule"),
        ..TrackRecipe::default()
    });
    window.configure(recipe);
    window.choose("Tab", "Compare");
    window.catch_up();
    for _ in 0..40 {
        window.press("Step");
    }
    window.catch_up();
    window
}

fn a_session_is_saved_and_opens_as_it_was() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let mut window = worked_on();
    window.app_mut().save_into(folder.path().to_owned());
    window.keys(Modifiers::COMMAND, Key::S);
    let file = folder.path().join("session.engram");
    for _ in 0..100 {
        window.frames(1);
        if window.app().session_file().is_some() {
            break;
        }
        window.let_jobs_run();
    }
    assert_eq!(window.app().session_file(), Some(&*file));
    let (recipe, clock) = (window.session().recipe().clone(), window.session().cursor());
    let states: Vec<_> = (0..2).map(|track| state(&window, track)).collect();
    assert!(clock > 0);

    let mut other = Window::open();
    other.drop_file(&file);
    other.wait_until("it is opened", |session| session.recipe().tracks.len() == 2);
    other.catch_up();
    assert_eq!(*other.session().recipe(), recipe);
    assert_eq!(other.session().cursor(), clock);
    let opened: Vec<_> = (0..2).map(|track| state(&other, track)).collect();
    assert_eq!(opened, states);
    assert!(
        other.is_chosen("Tab", "Compare"),
        "how one looked comes with it"
    );
    assert!(!other.session().can_undo(), "history begins anew");
    assert_eq!(other.app().session_file(), Some(&*file));
    other.press("File");
    other.assert_shows("session.engram");
    other.leave();
    assert!(other.is_asleep());
}

/// The state that a track shows.
fn state(window: &Window, track: usize) -> engram::engine::State {
    let session = window.session();
    let recording = session.tracks()[track].recording().expect("it has begun");
    recording.state_at(session.cursor_on(track))
}

fn a_line_of_text_is_a_session() {
    let window = worked_on();
    let document = window.session().document();
    let line = document.share().expect("it is short").text;
    let mut other = Window::open();
    other.event(Event::Paste(format!("{line}\n")));
    other.frames(2);
    other.catch_up();
    assert_eq!(other.session().recipe(), window.session().recipe());
    assert_eq!(other.session().cursor(), window.session().cursor());
    assert_eq!(other.app().session_file(), None);
    other.event(Event::Paste("engram:nonsense!".to_owned()));
    other.wait_for_text("damaged");
    assert_eq!(other.session().recipe(), window.session().recipe());
}

fn changes_are_kept_and_recovered_after_a_crash() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let kept = folder.path().join("kept");
    let mut window = Window::slow(1.0);
    window.app_mut().autosave_into(kept.clone());
    window.rest();
    assert!(!kept.exists(), "nothing has changed");
    window.key(Key::N);
    let recipe = window.session().recipe().clone();
    let files = || -> Vec<_> {
        let entries = fs::read_dir(&kept).into_iter().flatten().flatten();
        entries.map(|entry| entry.path()).collect()
    };
    for _ in 0..200 {
        window.frames(1);
        window.let_jobs_run();
        if session(&files()).is_some() {
            break;
        }
    }
    let file = session(&files()).expect("it is kept within fifteen seconds");
    let document = Document::of_bytes(&fs::read(&file).expect("it is there"));
    assert_eq!(document.expect("it is whole").recipe, recipe);
    // The program is killed, and its file stays.
    drop(window);
    let mut window = Window::open();
    window.app_mut().autosave_into(kept.clone());
    window.wait_for_text("A session did not end");
    window.press("Recover");
    window.wait_until("it is recovered", |session| *session.recipe() == recipe);
    window.catch_up();
    assert!(file.exists(), "it stays until there is nothing to lose");

    // Skipped, it is not offered again, and not lost.
    drop(window);
    let mut window = Window::open();
    window.app_mut().autosave_into(kept.clone());
    window.wait_for_text("A session did not end");
    window.press("Skip");
    let is_skipped = |file: &PathBuf| file.extension().is_some_and(|ending| ending == "skipped");
    for _ in 0..200 {
        window.frames(1);
        window.let_jobs_run();
        if files().iter().any(is_skipped) {
            break;
        }
    }
    assert!(!window.shows("A session did not end") && !file.exists());
    drop(window);
    let mut window = Window::open();
    window.app_mut().autosave_into(kept.clone());
    window.frames(2);
    window.let_jobs_run();
    window.frames(2);
    assert!(!window.shows("A session did not end"));
    assert!(files().iter().all(is_skipped) && files().len() == 1);
}

/// The session among `files`.
fn session(files: &[PathBuf]) -> Option<PathBuf> {
    let mut files = files.iter();
    let found = files.find(|file| file.extension().is_some_and(|ending| ending == "engram"));
    found.cloned()
}

fn a_report_is_saved_and_opens_as_a_session() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let mut window = worked_on();
    window.press("Settle");
    window.catch_up();
    window.app_mut().save_into(folder.path().to_owned());
    for item in ["Save report…", "Save recall as GIF…"] {
        window.press("File");
        window.press(item);
        window.catch_up();
    }
    let (report, gif) = (
        folder.path().join("report.html"),
        folder.path().join("recall.gif"),
    );
    for _ in 0..100 {
        window.frames(1);
        window.let_jobs_run();
        if report.exists() && gif.exists() {
            break;
        }
    }
    assert!(
        fs::read(&gif)
            .expect("it is written")
            .starts_with(b"GIF89a")
    );
    let page = fs::read_to_string(&report).expect("it is written");
    for part in [
        "Remembered",
        "drowned",
        "alone comes back",
        "<svg",
        "data:image/png",
        "engram:",
    ] {
        assert!(page.contains(part), "{part}");
    }
    let mut other = Window::open();
    other.drop_file(&report);
    other.wait_until("it is opened", |session| session.recipe().tracks.len() == 2);
    other.catch_up();
    assert_eq!(other.session().recipe(), window.session().recipe());
    assert_eq!(
        other.app().session_file(),
        None,
        "a report is not written over"
    );
}

fn what_is_no_session_changes_nothing() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let mut window = Window::open();
    let before = window.session().recipe().clone();
    let whole = window.session().document().to_json();
    let texts = [
        &whole[..whole.len() / 2],
        &whole.replace("\"version\": 3", "\"version\": 9"),
        &whole.replace("\"seed\": 7", "\"seed\": -7"),
    ];
    for text in texts {
        assert_ne!(text, whole, "it is spoiled");
        let file = folder.path().join("spoiled.engram");
        fs::write(&file, text).expect("it can be written");
        window.drop_file(&file);
        window.wait_for_text("spoiled.engram");
        assert_eq!(*window.session().recipe(), before);
        window.press("Close");
    }
}

fn a_save_that_fails_is_said_and_the_changes_stay() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let place = folder.path().join("sessions");
    fs::write(&place, "a file is in the way").expect("there is room");
    let mut window = Window::open();
    window.app_mut().save_into(place.clone());
    window.key(Key::N);
    let recipe = window.session().recipe().clone();
    window.keys(Modifiers::COMMAND, Key::S);
    window.wait_for_text("session.engram: there is no such folder to write to");
    assert_eq!(window.app().session_file(), None);
    window.press("Close");
    // It still has changes: whoever closes it is asked, and a save that fails keeps it open.
    window.ask_to_close();
    window.assert_shows("Save the changes of this session?");
    window.press("Save");
    window.wait_for_text("session.engram: there is no such folder to write to");
    assert!(!window.closes(), "it was not saved");
    assert_eq!(*window.session().recipe(), recipe);
    window.press("Close");
    // There is room again.
    fs::remove_file(&place).expect("it is there");
    fs::create_dir(&place).expect("there is room");
    window.ask_to_close();
    // It closes with whichever frame sees that it is saved, and does not come to rest.
    let save = window.place_of(Role::Button, "Save").center();
    window.play_click(PointerButton::Primary, save);
    for _ in 0..1000 {
        if window.closes() {
            break;
        }
        window.let_jobs_run();
        window.frames(1);
    }
    assert!(window.closes(), "{:?}", window.app().notice());
    let saved = fs::read(place.join("session.engram")).expect("it is saved");
    assert_eq!(
        Document::of_bytes(&saved).expect("it is whole").recipe,
        recipe
    );
}

/// A file that begins with `begin` and is a gigabyte long.
fn gigabyte(path: &Path, begin: &str) {
    fs::write(path, begin).expect("there is room");
    let file = fs::File::options().write(true).open(path);
    file.and_then(|file| file.set_len(1 << 30))
        .expect("holes take no room");
}

fn a_gigabyte_is_refused_by_its_size_on_every_road() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let at = |name: &str| folder.path().join(name);
    let mut window = worked_on();
    window.app_mut().save_into(folder.path().to_owned());
    window.keys(Modifiers::COMMAND, Key::S);
    while window.app().session_file().is_none() {
        window.frames(1);
        window.let_jobs_run();
    }
    let before = window.session().recipe().clone();
    let refused = |window: &mut Window, name: &str, most: u32| {
        window.wait_for_text(&format!(
            "{name}: a file of this kind may have at most {most} MiB, but this one has more"
        ));
        assert_eq!(*window.session().recipe(), before);
        window.press("Close");
    };
    for (name, begin, most) in [
        ("a.engram", "{\"format\": \"engram session\",", 512),
        ("zeros.engram", "", 512),
        ("report.html", "<!doctype html", 512),
        ("lesson.md", "---\ntitle: T\n", 1),
    ] {
        gigabyte(&at(name), begin);
        window.drop_file(&at(name));
        refused(&mut window, name, most);
    }
    // One that was saved and has grown since.
    gigabyte(&at("session.engram"), "{");
    window.press("File");
    window.press("session.engram");
    refused(&mut window, "session.engram", 512);
    // One that was kept.
    let kept = at("kept");
    fs::create_dir(&kept).expect("there is room");
    gigabyte(&kept.join("kept-1-0.engram"), "{");
    window.app_mut().autosave_into(kept.clone());
    window.wait_for_text("A session did not end");
    window.press("Recover");
    refused(&mut window, "kept-1-0.engram", 512);
    // Text that is no file.
    let line = format!("engram:{}", "A".repeat(50_000_000));
    window.event(Event::Paste(line));
    window.wait_for_text("this one has 50000000 letters");
    assert_eq!(*window.session().recipe(), before);
}

fn another_session_opens_once_the_changes_are_saved_or_not_wanted() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let other = folder.path().join("other.engram");
    let mut window = Window::open();
    let there = window.session().document();
    fs::write(&other, there.to_json()).expect("there is room");
    window.app_mut().save_into(folder.path().to_owned());
    window.key(Key::N);
    let changed = window.session().recipe().clone();
    let ask = |window: &mut Window| {
        window.drop_file(&other);
        window.wait_for_text("Save the changes of this session?");
    };
    ask(&mut window);
    window.press("Cancel");
    assert_eq!(*window.session().recipe(), changed);
    ask(&mut window);
    window.press("Save");
    let is_opened = |session: &Session| *session.recipe() == there.recipe;
    window.wait_until("the other is opened", is_opened);
    let saved = fs::read(folder.path().join("session.engram")).expect("it is saved");
    let saved = Document::of_bytes(&saved).expect("it is whole");
    assert_eq!(saved.recipe, changed);
    assert_eq!(window.app().session_file(), Some(&*other));
    window.key(Key::N);
    ask(&mut window);
    window.press("Don't save");
    window.wait_until("the other is opened", is_opened);
    // Without changes nothing is asked.
    window.event(Event::Paste(saved.share().expect("it is short").text));
    window.wait_until("the line is opened", |session| *session.recipe() == changed);
}
