//! What once broke and does not: what is drawn from two moments, scrubbing, Esc, resets, speed.

use crate::Test;
use crate::harness::{Window, at};
use eframe::egui::accesskit::Role;
use eframe::egui::{Event, Key, Modifiers, PointerButton};
use engram::session::Document;
use engram::trial::{Recipe, Start};
use engram::worlds::World;
use engram::worlds::files::{File, Input};
use std::path::Path;
use std::sync::Arc;

/// All of them.
pub(crate) const ALL: &[Test] = &[
    (
        "picking_goes_on_while_the_size_changes",
        picking_goes_on_while_the_size_changes,
    ),
    (
        "scrubbing_ends_where_the_pointer_was_let_go",
        scrubbing_ends_where_the_pointer_was_let_go,
    ),
    ("escape_closes_what_is_on_top", escape_closes_what_is_on_top),
    ("a_share_keeps_its_digits", a_share_keeps_its_digits),
    (
        "the_palette_finds_presets_in_an_empty_memory",
        the_palette_finds_presets_in_an_empty_memory,
    ),
    (
        "slider_name_and_number_go_back",
        slider_name_and_number_go_back,
    ),
    (
        "play_is_near_and_thumbnails_are_one_stop",
        play_is_near_and_thumbnails_are_one_stop,
    ),
    (
        "the_palette_finds_settings_and_rules",
        the_palette_finds_settings_and_rules,
    ),
    (
        "random_again_is_another_state",
        random_again_is_another_state,
    ),
    (
        "keys_do_nothing_behind_what_is_asked",
        keys_do_nothing_behind_what_is_asked,
    ),
    (
        "what_is_kept_and_lacks_a_file_is_offered_again",
        what_is_kept_and_lacks_a_file_is_offered_again,
    ),
];

/// Sizes come from the settings at once, images a little later.
fn picking_goes_on_while_the_size_changes() {
    let mut window = Window::open();
    window.choose("Size of the digits", "14 × 14");
    window.catch_up();
    window.press("Pick…");
    for size in ["28 × 28", "14 × 14", "28 × 28"] {
        window.choose("Size of the digits", size);
        window.frames(3);
    }
    window.catch_up();
    assert_eq!(
        window.session().state().map(|state| state.n_units()),
        Some(784)
    );
}

fn scrubbing_ends_where_the_pointer_was_let_go() {
    let mut window = Window::open();
    window.press("Settle");
    window.wait_for_text("sweep");
    window.catch_up();
    let length = window
        .session()
        .recording()
        .expect("it has settled")
        .length();
    for name in ["Time line", "Overlaps against time"] {
        let role = if name == "Time line" {
            Role::Slider
        } else {
            Role::Image
        };
        let rect = window.place_of(role, name);
        let pointer = |x: f32, pressed: Option<bool>| {
            let pos = at(rect, x, 0.5);
            match pressed {
                None => Event::PointerMoved(pos),
                Some(pressed) => Event::PointerButton {
                    pos,
                    button: PointerButton::Primary,
                    pressed,
                    modifiers: Modifiers::NONE,
                },
            }
        };
        for event in [pointer(0.2, None), pointer(0.2, Some(true))] {
            window.event(event);
            window.frames(1);
        }
        window.event(pointer(0.4, None));
        window.frames(1);
        // The last move and the release come in one frame.
        window.event(pointer(0.9, None));
        window.event(pointer(0.9, Some(false)));
        window.frames(2);
        let cursor = window.session().cursor() as f64 / length as f64;
        assert!(cursor > 0.7, "{name}: at {cursor} of the recording");
        window.leave();
    }
}

fn escape_closes_what_is_on_top() {
    let mut window = Window::open();
    window.press("Pick…");
    window.key(Key::F1);
    window.assert_shows("What to try");
    window.keys(Modifiers::COMMAND, Key::K);
    window.key(Key::Escape);
    window.assert_shows("What to try");
    window.key(Key::Escape);
    assert!(!window.shows("What to try"));
    window.assert_shows("Click to store an image");
    window.key(Key::Escape);
    assert!(!window.shows("Click to store an image"));
    window.press("Couplings J: fill the window");
    window.key(Key::F11);
    assert!(!window.offers("Back to the other cards"), "below the stage");
    window.key(Key::Escape);
    assert!(window.offers("Back to the other cards"));
    window.key(Key::Escape);
    window.assert_shows("Overlap with each");
}

/// A share of the noise has more digits than its sliders show; looking at it changes nothing.
fn a_share_keeps_its_digits() {
    let mut window = Window::open();
    let mut recipe = window.session().recipe().clone();
    recipe.cue.corruption.flip.fraction = 0.273_45;
    window.configure(recipe.clone());
    window.catch_up();
    assert!(window.offers("Take away: Flip 27.34 %") || window.offers("Take away: Flip 27.35 %"));
    window.key(Key::F11);
    window.frames(2);
    assert_eq!(*window.session().recipe(), recipe);
    window.set("Flip", 40.0);
    assert_eq!(window.session().recipe().cue.corruption.flip.fraction, 0.4);
}

/// They are worked out for the mean activity of what is stored, of which there is none here.
fn the_palette_finds_presets_in_an_empty_memory() {
    let mut window = Window::open();
    window.press("Clear");
    window.catch_up();
    window.keys(Modifiers::COMMAND, Key::K);
    window.type_text("covariance preset");
    window.key(Key::Enter);
    window.frames(3);
    let rule = window.session().recipe().track().rule.about().name;
    assert_eq!(rule, "taylor");
}

/// Tab begins at *Play*; the thumbnails are one stop, with arrows inside.
fn play_is_near_and_thumbnails_are_one_stop() {
    let mut window = Window::open();
    let stops = (1..=5).find(|_| {
        window.key(Key::Tab);
        window.focused().as_deref() == Some("Play")
    });
    assert!(
        stops.is_some(),
        "five Tab stops and no Play: {:?}",
        window.focused()
    );
    let mut names = Vec::new();
    for _ in 0..80 {
        window.key(Key::Tab);
        names.extend(window.focused());
    }
    let thumbnails = names.iter().filter(|name| name.starts_with("pattern "));
    assert_eq!(thumbnails.count(), 1, "{names:?}");
    while !window
        .focused()
        .is_some_and(|name| name.starts_with("pattern "))
    {
        window.key(Key::Tab);
    }
    let first = window.focused();
    window.key(Key::ArrowRight);
    let second = window.focused();
    assert!(
        second
            .as_ref()
            .is_some_and(|name| name.starts_with("pattern ")),
        "{second:?}"
    );
    assert_ne!(first, second);
    window.key(Key::End);
    window.frames(2);
    assert!(
        window
            .focused()
            .is_some_and(|name| name.starts_with("pattern 29")),
        "{:?}",
        window.focused()
    );
}

/// By the palette, which opens what is folded and gives the keyboard.
fn the_palette_finds_settings_and_rules() {
    let mut window = Window::open();
    let typed = |window: &mut Window, text: &str| {
        window.keys(Modifiers::COMMAND, Key::K);
        window.type_text(text);
        window.key(Key::Enter);
        window.frames(3);
    };
    typed(&mut window, "hebb rule");
    window.catch_up();
    assert_eq!(window.session().recipe().track().rule.about().name, "hebb");
    typed(&mut window, "oja");
    assert_eq!(
        window.session().recipe().track().rule.get("rate"),
        Some(0.01)
    );
    typed(&mut window, "learning rate");
    assert!(window.has_focus());
    assert!(
        window
            .focused()
            .is_some_and(|name| name.contains("Learning rate")),
        "{:?}",
        window.focused()
    );
}

/// The other button on each of the three, and two clicks on the number.
fn slider_name_and_number_go_back() {
    let mut window = Window::open();
    let ridge = |window: &Window| window.session().recipe().track().rule.get("ridge");
    let first = ridge(&window);
    let slider = |window: &Window| window.slider_at("Ridge");
    for part in [0.02, 0.3, 0.97] {
        window.set("Ridge ε", 0.5);
        assert_ne!(ridge(&window), first);
        let row = slider(&window);
        let place = match part {
            0.02 => window.places("Ridge ε")[0].center(),
            0.97 => window.number_at("Ridge").center(),
            _ => at(row, part, 0.5),
        };
        window.click_at(PointerButton::Secondary, place);
        assert_eq!(ridge(&window), first, "at {part} of {row:?}");
    }
    window.set("Ridge ε", 0.5);
    let place = window.number_at("Ridge").center();
    // A while after the clicks before.
    window.frames(30);
    for _ in 0..2 {
        window.play_click(PointerButton::Primary, place);
    }
    window.frames(3);
    assert_eq!(ridge(&window), first);
    assert!(!window.has_focus());
}

fn random_again_is_another_state() {
    let mut window = Window::open();
    let patterns = window.session().patterns_version();
    window.choose("Start from", "Random");
    let one = window.session().cue().expect("there is one").cue.clone();
    window.choose("Start from", "Random");
    let other = window.session().cue().expect("there is one").cue.clone();
    assert_ne!(one, other);
    assert!(matches!(
        window.session().recipe().cue.start,
        Start::Random { .. }
    ));
    assert_eq!(
        window.session().patterns_version(),
        patterns,
        "the patterns stay"
    );
}

/// What lies over the window has the keys to itself.
fn keys_do_nothing_behind_what_is_asked() {
    let mut window = Window::open();
    window.key(Key::N);
    let before = window.session().recipe().clone();
    let press_all = |window: &mut Window| {
        for key in [Key::D, Key::N, Key::Num5, Key::Period, Key::S, Key::L] {
            window.key(key);
        }
        assert_eq!(*window.session().recipe(), before);
        assert!(!window.session().is_over_on(0) && !window.shows("A class of 50 minutes"));
    };
    for (menu, action) in [("Help", "Gallery…"), ("File", "Teacher's options…")] {
        window.press(menu);
        window.press(action);
        window.frames(2);
        press_all(&mut window);
        window.key(Key::Escape);
    }
    window.ask_to_close();
    window.assert_shows("Save the changes of this session?");
    press_all(&mut window);
    window.press("Cancel");
    // Whoever sees the session again has its keys again.
    window.key(Key::N);
    assert_ne!(*window.session().recipe(), before);
}

#[expect(clippy::disallowed_methods, reason = "the test writes what is kept")]
fn keep(folder: &Path, document: &Document) {
    std::fs::create_dir(folder).expect("there is room");
    let file = folder.join("kept-1-0.engram");
    std::fs::write(file, document.to_json()).expect("there is room");
}

/// A large file of it may be on a disk that is not there today.
fn what_is_kept_and_lacks_a_file_is_offered_again() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let kept = folder.path().join("kept");
    let file = File {
        name: "rows.csv".to_owned(),
        bytes: Arc::from(b"1,0\n".repeat(3 << 20)),
    };
    let input = Input::new("rows.csv", vec![file]).expect("one file will do");
    let recipe = Recipe {
        world: World::of_files(Arc::new(input)),
        ..Recipe::default()
    };
    let document = Document {
        recipe,
        ..Document::default()
    };
    keep(&kept, &document);
    for _ in 0..2 {
        let mut window = Window::open();
        window.app_mut().autosave_into(kept.clone());
        window.wait_for_text("A session did not end");
        window.press("Recover");
        window.wait_for_text("rows.csv");
        window.let_jobs_run();
    }
}
