//! Good manners: every control has a name, a window with nothing to do sleeps, and no use breaks it.

use crate::harness::Window;
use crate::monkey::{Monkey, leave_alone};
use crate::{Test, files};
use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers, Theme, vec2};
use engram::app::start;

/// All of them.
pub(crate) const ALL: &[Test] = &[
    ("every_control_has_a_name", every_control_has_a_name),
    (
        "a_window_with_nothing_to_do_sleeps",
        a_window_with_nothing_to_do_sleeps,
    ),
    ("nothing_overlaps_at_any_size", nothing_overlaps_at_any_size),
    (
        "nothing_breaks_in_a_window_of_any_size",
        nothing_breaks_in_a_window_of_any_size,
    ),
    ("random_use_breaks_nothing_1", || random_use(1)),
    ("random_use_breaks_nothing_2", || random_use(2)),
    ("random_use_breaks_nothing_3", || random_use(3)),
];

/// Acts of random use, in each of its tests.
const ACTS: usize = 300;

/// Sizes at which a window is of no use.
const SMALL: [[f32; 2]; 7] = [
    [500.0, 400.0],
    [300.0, 900.0],
    [2560.0, 60.0],
    [150.0, 150.0],
    [64.0, 800.0],
    [64.0, 64.0],
    [8.0, 8.0],
];

fn every_control_has_a_name() {
    let mut window = Window::open();
    let mut most = 0;
    let mut look = |window: &Window, what: &str| {
        let unnamed = window.unnamed();
        assert!(unnamed.is_empty(), "{what}: {unnamed:?}");
        most = most.max(window.n_controls());
    };
    look(&window, "as it opens");
    window.click("More settings");
    look(&window, "more settings");
    for kind in ["Random", "Cover", "Move", "Flip"] {
        window.choose("Corruption", kind);
        look(&window, kind);
    }
    for tool in ["Erase", "Flip", "Cover", "Draw"] {
        window.choose("Drawing tool", tool);
        look(&window, tool);
    }
    window.click_first(Role::ComboBox, "Order of the updates");
    look(&window, "orders of the updates");
    window.click_first(Role::Button, "Heat bath");
    look(&window, "heat bath");
    for menu in ["File", "Edit", "View", "Help"] {
        window.press(menu);
        look(&window, menu);
        window.key(Key::Escape);
    }
    for told in ["Margins", "Spectrum", "Couplings"] {
        window.choose_statistic(told);
        window.catch_up();
        look(&window, told);
    }
    window.press("Pick…");
    look(&window, "picking by hand");
    window.press("Pick…");
    window.key(Key::F1);
    look(&window, "help");
    window.key(Key::F1);
    window.drop_file(files::one_on_paper());
    window.wait_for_text("A picture as the cue");
    look(&window, "a picture");
    assert!(most > 100, "only {most} controls were looked at");
}

fn a_window_with_nothing_to_do_sleeps() {
    let mut window = Window::open();
    window.leave();
    assert!(window.is_asleep(), "as it opens");
    window.press("Settle");
    window.wait_for_text(" sweep");
    window.leave();
    assert!(window.is_asleep(), "after settling");
    window.press("Reset");
    window.press("Play");
    window.frames(5);
    assert!(!window.is_asleep(), "while it plays");
    window.press("Pause");
    window.leave();
    assert!(window.is_asleep(), "in a pause");
    window.set("Stored, P", 300.0);
    window.catch_up();
    window.leave();
    assert!(window.is_asleep(), "after learning");
}

/// No control and no text lies on another or outside the window, in any theme, at any size the window may have.
fn nothing_overlaps_at_any_size() {
    let sizes = [
        start::SIZE,
        [1920.0, 1080.0],
        start::SMALLEST,
        [1366.0, 768.0],
    ];
    let mut faults = Vec::new();
    for (size, theme) in sizes
        .into_iter()
        .zip([Theme::Dark, Theme::Light].into_iter().cycle())
    {
        let [width, height] = size;
        let mut window = Window::sized(width, height, theme);
        let mut look = |window: &Window, what: &str| {
            let found = window.overlaps(vec2(width, height));
            faults.extend(
                found
                    .into_iter()
                    .map(|fault| format!("{width} × {height}, {what}: {fault}")),
            );
        };
        look(&window, "as it opens");
        window.press("Settle");
        window.wait_for_text(" sweep");
        look(&window, "at the end");
        for kind in ["Cover", "Move"] {
            window.choose("Corruption", kind);
            look(&window, kind);
        }
        for told in ["Margins", "Spectrum"] {
            if size == start::SMALLEST {
                window.choose("At the foot of the window", "Couplings J");
            }
            window.choose_statistic(told);
            window.catch_up();
            look(&window, told);
        }
    }
    let count = faults.len();
    faults.truncate(12);
    assert!(faults.is_empty(), "{count} faults, such as {faults:#?}");
}

/// A window that was made small has no room at all for some of what is in it, and is drawn all the same.
fn nothing_breaks_in_a_window_of_any_size() {
    type Act = fn(&mut Window);
    let views: [(&str, Act); 12] = [
        ("Recall", |_| ()),
        ("Compare", |window| window.choose("Tab", "Compare")),
        ("Attractors", |window| window.choose("Tab", "Attractors")),
        ("Lab", |window| window.choose("Tab", "Lab")),
        ("stage", |window| window.key(Key::F11)),
        ("keys", |window| window.key(Key::F1)),
        ("palette", |window| {
            window.keys(Modifiers::COMMAND, Key::K);
        }),
        ("pictures", |window| {
            window.keys(Modifiers::COMMAND, Key::E);
        }),
        ("glossary", |window| from_menu(window, "Help", "Glossary…")),
        ("gallery", |window| from_menu(window, "Help", "Gallery…")),
        ("options", |window| {
            from_menu(window, "File", "Teacher's options…");
        }),
        ("lesson", |window| {
            window.key(Key::L);
            window.frames(2);
            window.click_first(Role::Link, "What an attractor is");
        }),
    ];
    for (name, open) in views {
        let mut window = Window::sized(1920.0, 1200.0, Theme::Light);
        open(&mut window);
        window.frames(2);
        for [width, height] in SMALL {
            println!("{name} at {width} × {height}");
            window.resize(vec2(width, height));
            window.frames(3);
        }
        window.resize(vec2(1280.0, 800.0));
        window.frames(2);
    }
}

fn from_menu(window: &mut Window, menu: &str, entry: &str) {
    window.press(menu);
    window.press(entry);
}

/// What was edited, whatever it was, can be taken back to the first recipe, or to that of the session that was opened last.
fn random_use(seed: u64) {
    let (mut monkey, mut window) = Monkey::at_a_window(seed);
    let mut first = window.session().recipe().clone();
    for _ in 0..ACTS {
        monkey.act(&mut window);
        let session = window.session();
        if window.app().session_file().is_some() && !session.can_undo() && !session.can_redo() {
            // A session that was saved was opened again: edits begin anew.
            first = session.recipe().clone();
        }
    }
    leave_alone(&mut window);
    window.key(Key::Escape);
    while window.session().opened().is_some() || window.app().notice().is_some() {
        window.key(Key::Escape);
        window.frames(1);
        if window.app().notice().is_some() {
            window.press("Close");
        }
    }
    // A control that was left with the focus keeps its keys, but not this one.
    while window.session().can_undo() {
        window.keys(Modifiers::COMMAND, Key::Z);
    }
    window.catch_up();
    assert_eq!(*window.session().recipe(), first);
    assert!(!window.session().is_stale());
}
