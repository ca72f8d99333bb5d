//! Good manners: every control has a name, a window with nothing to do sleeps, and no use breaks it.

use crate::harness::{Window, at};
use crate::{Test, files};
use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers, PointerButton, Pos2, Theme, pos2, vec2};
use engram::app::start;
use rand::rngs::Xoshiro256PlusPlus;
use rand::{RngExt as _, SeedableRng as _};

/// All of them.
pub(crate) const ALL: &[Test] = &[
    ("every_control_has_a_name", every_control_has_a_name),
    (
        "a_window_with_nothing_to_do_sleeps",
        a_window_with_nothing_to_do_sleeps,
    ),
    ("nothing_overlaps_at_any_size", nothing_overlaps_at_any_size),
    ("random_use_breaks_nothing_1", || random_use(1)),
    ("random_use_breaks_nothing_2", || random_use(2)),
    ("random_use_breaks_nothing_3", || random_use(3)),
];

/// Acts of random use, in each of its tests.
const ACTS: usize = 300;

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

/// Clicks, drags, keys and the wheel, anywhere. What was edited can be taken back to the first recipe after that.
fn random_use(seed: u64) {
    let size = vec2(1280.0, 800.0);
    let mut window = Window::sized(size.x, size.y, Theme::Dark);
    let first = window.session().recipe().clone();
    let mut random = Xoshiro256PlusPlus::seed_from_u64(seed);
    for _ in 0..ACTS {
        act(&mut window, &mut random);
        window.frames(1);
    }
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

/// One act.
fn act(window: &mut Window, random: &mut Xoshiro256PlusPlus) {
    const KEYS: [Key; 22] = [
        Key::S,
        Key::N,
        Key::D,
        Key::R,
        Key::W,
        Key::F,
        Key::Space,
        Key::ArrowRight,
        Key::ArrowLeft,
        Key::ArrowUp,
        Key::ArrowDown,
        Key::End,
        Key::Home,
        Key::Plus,
        Key::Minus,
        Key::Tab,
        Key::Tab,
        Key::Enter,
        Key::Escape,
        Key::F1,
        Key::Backspace,
        Key::Num7,
    ];
    let place = |random: &mut Xoshiro256PlusPlus| {
        pos2(
            random.random_range(0.0..1280.0),
            random.random_range(0.0..800.0),
        )
    };
    let button = if random.random_bool(0.8) {
        PointerButton::Primary
    } else {
        PointerButton::Secondary
    };
    match random.random_range(0..10) {
        0..4 => click(window, button, place(random)),
        4..6 => {
            let (from, to) = (place(random), place(random));
            let between = from + 0.5 * (to - from);
            if !is_dialog(window, to) && !is_dialog(window, from) {
                window.drag(button, &[from, between, to]);
            }
        }
        6 => window.scroll(place(random), vec2(0.0, random.random_range(-200.0..200.0))),
        7 => {
            let modifiers = [Modifiers::COMMAND, Modifiers::COMMAND | Modifiers::SHIFT];
            window.keys(modifiers[random.random_range(0..2)], Key::Z);
        }
        8 => {
            let names = window.pressable();
            if !names.is_empty() {
                let place = at(names[random.random_range(0..names.len())], 0.5, 0.5);
                click(window, button, place);
            }
        }
        _ => {
            let key = KEYS[random.random_range(0..KEYS.len())];
            // Enter or Space on a control with the focus presses it, whatever it is.
            if !(window.has_focus() && matches!(key, Key::Enter | Key::Space)) {
                window.key(key);
            }
        }
    }
}

fn click(window: &mut Window, button: PointerButton, place: Pos2) {
    if !is_dialog(window, place) {
        window.click_at(button, place);
    }
}

/// Whether a click there would open a dialog of the system, which no test can close.
fn is_dialog(window: &Window, place: Pos2) -> bool {
    ["File…", "Open picture…", "Save picture of window…"]
        .iter()
        .flat_map(|name| window.places_of_part(name))
        .any(|rect| rect.contains(place))
}
