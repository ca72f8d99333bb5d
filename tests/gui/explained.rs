//! The help beside each card, and the glossary.

use crate::Test;
use crate::harness::Window;
use eframe::egui::{Key, Modifiers, Rect, Theme, pos2, vec2};
use engram::engine::numbers::decimals;
use engram::lessons::glossary::glossary;
use engram::lessons::topics::TopicId;
use engram::trial::words::overlap;

/// All of them.
pub(crate) const ALL: &[Test] = &[
    (
        "every_card_is_explained_by_keyboard",
        every_card_is_explained_by_keyboard,
    ),
    (
        "explanations_follow_what_is_played",
        explanations_follow_what_is_played,
    ),
    (
        "explanations_follow_what_a_card_shows",
        explanations_follow_what_a_card_shows,
    ),
    (
        "explanations_have_room_in_every_window",
        explanations_have_room_in_every_window,
    ),
    ("terms_are_looked_up", terms_are_looked_up),
    (
        "the_question_mark_shows_all_keys",
        the_question_mark_shows_all_keys,
    ),
];

/// The cards of each tab, as the window opens.
const CARDS: [(&str, &[&str]); 4] = [
    (
        "Recall",
        &[
            "Memory",
            "Recall",
            "Overlaps",
            "Energy and learning",
            "Couplings J",
        ],
    ),
    (
        "Compare",
        &["Memory", "Track A", "Cue of all tracks", "What came of it"],
    ),
    (
        "Attractors",
        &["Memory", "View of the attractors", "Attractors"],
    ),
    ("Lab", &["Experiment", "Curves", "Readings", "What it says"]),
];

/// Whether something is explained: which card, says the button that is on.
fn explained(window: &Window, card: &str) -> bool {
    let is_on = window.is_pressed(&format!("Explain: {card}"));
    assert_eq!(is_on, window.shows("What it shows: "), "{card}");
    is_on
}

/// Few units, so that every view of the attractors is soon there.
fn make_small(window: &mut Window) {
    let mut recipe = window.session().recipe().clone();
    let set = recipe.set("world", &"random:n=36,p=3".into());
    set.expect("it is a world");
    window.configure(recipe);
}

fn every_card_is_explained_by_keyboard() {
    let mut window = Window::open();
    make_small(&mut window);
    for (tab, cards) in CARDS {
        window.choose("Tab", tab);
        window.catch_up();
        for card in cards {
            window.focus_button(&format!("Explain: {card}"));
            window.key(Key::Enter);
            assert!(explained(&window, card));
            window.assert_shows("What to notice");
            window.key(Key::Escape);
            assert!(!explained(&window, card), "{card} is closed by Esc");
        }
    }
    // One at a time; the same button closes it, and so does another tab.
    window.choose("Tab", "Recall");
    window.press("Explain: Memory");
    window.press("Explain: Overlaps");
    assert!(explained(&window, "Overlaps") && !window.is_pressed("Explain: Memory"));
    window.press("Explain: Overlaps");
    assert!(!explained(&window, "Overlaps"));
    window.press("Explain: Overlaps");
    window.choose("Tab", "Lab");
    window.choose("Tab", "Recall");
    assert!(!explained(&window, "Overlaps"));
    window.key(Key::L);
    window.press("Explain: Lesson");
    window.assert_shows(TopicId::Lesson.topic().notice);
}

fn explanations_follow_what_is_played() {
    let mut window = Window::open();
    window.press("Explain: Overlaps");
    let line = |window: &Window| {
        let recording = window.session().recording().expect("there is one");
        let overlaps = recording.overlaps_at(window.session().cursor());
        let m = overlap(overlaps[3]);
        format!("m_3 = (1/784) Σ_i ξ_i^3 s_i = {m}")
    };
    let at_first = line(&window);
    window.assert_shows(&at_first);
    for _ in 0..40 {
        window.key(Key::ArrowRight);
    }
    let later = line(&window);
    assert_ne!(at_first, later);
    window.assert_shows(&later);
    assert!(!window.shows(&at_first));
    window.press("Explain: Energy and learning");
    window.key(Key::Space);
    window.frames(20);
    let recording = window.session().recording().expect("there is one");
    let energy = recording.energy_at(window.session().cursor());
    let energy = decimals(energy.expect("couplings are symmetric"), 1);
    window.assert_shows("by the last flip");
    window.assert_shows(&format!("J_ij s_i s_j = {energy}"));
    // The lesson that treats it opens beside it.
    window.key(Key::Space);
    window.click("Lesson: Energy, and why it falls");
    window.assert_shows("Why does a network of this kind come to rest at all?");
}

fn explanations_follow_what_a_card_shows() {
    let mut window = Window::open();
    window.press("Explain: Couplings J");
    window.assert_shows("Distribution of the couplings");
    window.choose_statistic("Margins");
    window.catch_up();
    let margins = window.session().margins().expect("they are measured");
    let least = engram::engine::numbers::short(margins.smallest);
    window.assert_shows(&format!("κ_min = {least}"));
    window.press("Explain: Memory");
    let about = window.session().recipe().track().rule.about();
    window.assert_shows(about.reference);
    window.assert_shows("α = (30/784) = 0.0383");
    window.choose_rule("Hebb");
    window.catch_up();
    window.assert_shows("What it shows: Memory");
    let about = window.session().recipe().track().rule.about();
    window.assert_shows(about.reference);
    window.press("Explain: Energy and learning");
    window.choose("Lower chart", "Basin");
    window.catch_up();
    window.assert_shows("cues run: 200 of 200");
    make_small(&mut window);
    window.choose("Tab", "Attractors");
    window.press("Explain: View of the attractors");
    for view in ["Plane", "Census", "Bands", "Flips", "Walk", "Tree"] {
        window.choose("View", view);
        window.catch_up();
        window.assert_shows(&format!("What it shows: {view}"));
    }
    window.assert_shows(TopicId::Tree.topic().notice);
}

fn explanations_have_room_in_every_window() {
    for (size, zoom, theme) in [
        ([1280.0, 800.0], 1.0, Theme::Dark),
        ([1024.0, 768.0], 1.0, Theme::Light),
        ([1280.0, 800.0], 1.5, Theme::Light),
    ] {
        let mut window = Window::sized(size[0], size[1], theme);
        window.zoom(zoom);
        make_small(&mut window);
        let room = vec2(size[0], size[1]) / zoom;
        let whole = Rect::from_min_size(pos2(0.0, 0.0), room).expand(0.5);
        for (tab, cards) in CARDS {
            window.choose("Tab", tab);
            window.catch_up();
            for card in cards {
                let button = format!("Explain: {card}");
                // A narrow window shows either charts or couplings, and one that is too small scrolls.
                let places = window.places(&button);
                if !places.iter().any(|place| whole.contains_rect(*place)) {
                    continue;
                }
                window.press(&button);
                window.rest();
                let place = window.area(("explained", *card)).expect("it is open");
                assert!(
                    whole.contains_rect(place),
                    "{card}, {size:?}, {zoom}: {place:?}"
                );
                let cut = window.cut_texts(place);
                assert!(cut.is_empty(), "{card}, {size:?}, {zoom}: {cut:?}");
                window.key(Key::Escape);
            }
        }
        window.press("Help");
        window.press("Glossary…");
        window.rest();
        let place = window.area("glossary").expect("it is open");
        assert!(whole.contains_rect(place), "{size:?}, {zoom}: {place:?}");
        let cut = window.cut_texts(place);
        assert!(cut.is_empty(), "{size:?}, {zoom}: {cut:?}");
    }
}

fn terms_are_looked_up() {
    let mut window = Window::open();
    window.press("Help");
    window.press("Glossary…");
    let terms = glossary();
    window.assert_shows(terms[0].text);
    window.type_text("hamm");
    window.assert_shows("The number of units in which two states differ.");
    window.assert_shows("d = (N/2) (1 − m)");
    assert!(!window.offers("Attractor"), "others are out of the list");
    window.click("overlap");
    let term = terms.iter().find(|term| term.name == "overlap");
    window.assert_shows(term.expect("it is a term").text);
    window.key(Key::ArrowDown);
    let next = terms
        .iter()
        .position(|term| term.name == "overlap")
        .map(|it| it + 1);
    window.assert_shows(terms[next.expect("it is a term")].text);
    window.click_first(eframe::egui::accesskit::Role::Link, "Scene: ");
    window.catch_up();
    window.key(Key::Escape);
    assert!(!window.shows("Find a term"));
    // By the palette, by whatever it is called.
    for (typed, text) in [
        ("glossary crosstalk", "interference"),
        ("limit cycle", "States that follow each other for ever."),
    ] {
        window.keys(Modifiers::COMMAND, Key::K);
        window.frames(2);
        window.type_text(typed);
        window.frames(2);
        window.key(Key::Enter);
        window.frames(2);
        window.assert_shows(text);
        window.key(Key::Escape);
    }
}

fn the_question_mark_shows_all_keys() {
    let mut window = Window::open();
    let is_at_keys = |window: &Window| {
        let places = window.places("Keys");
        places
            .iter()
            .any(|place| place.top() > 0.0 && place.bottom() < 400.0)
    };
    window.key(Key::F1);
    assert!(window.shows("What it is") && !is_at_keys(&window));
    window.key(Key::Questionmark);
    window.rest();
    assert!(is_at_keys(&window), "{:?}", window.places("Keys"));
    window.key(Key::Escape);
    assert!(!window.shows("What it is"));
    window.keys(Modifiers::SHIFT, Key::Questionmark);
    window.rest();
    assert!(is_at_keys(&window), "on keyboards where it needs Shift");
}

pub(crate) fn picture() {
    let mut window = Window::open();
    for _ in 0..60 {
        window.key(Key::ArrowRight);
    }
    window.press("Explain: Overlaps");
    window.picture("explained");
}

pub(crate) fn picture_light() {
    let mut window = Window::sized(1280.0, 800.0, Theme::Light);
    window.press("Explain: Couplings J");
    window.choose_statistic("Margins");
    window.catch_up();
    window.picture("explained-light");
}

pub(crate) fn picture_glossary() {
    let mut window = Window::sized(1280.0, 800.0, Theme::Light);
    window.press("Help");
    window.press("Glossary…");
    window.type_text("dense");
    window.picture("glossary");
}
