//! Tracks side by side by label: added, set, run, judged, named, doubled, taken over and removed.

use crate::Test;
use crate::harness::Window;
use crate::worlds;
use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Theme, vec2};
use engram::engine::LearningRule;
use engram::session::Measurement;
use engram::trial::{MAX_TRACKS, TrackRecipe};

/// All of them.
pub(crate) const ALL: &[Test] = &[
    ("tracks_are_compared", tracks_are_compared),
    ("tracks_come_and_go", tracks_come_and_go),
    ("tracks_show_their_wheels", tracks_show_their_wheels),
    ("tracks_have_their_place", tracks_have_their_place),
    (
        "recall_shows_the_first_track_at_its_own_end",
        recall_shows_the_first_track_at_its_own_end,
    ),
];

/// The default digits under the projection rule and Hebb's, in Compare.
fn compared() -> Window {
    let mut window = Window::open();
    window.choose("Tab", "Compare");
    window.frames(2);
    window.press("Compare with: Hebb");
    window.catch_up();
    window
}

fn tracks_are_compared() {
    let mut window = compared();
    assert_eq!(window.session().recipe().tracks.len(), 2);
    window.assert_shows("Press Settle to run all of them to their ends");
    window.press("Settle");
    window.catch_up();
    // 30 digits are restored by the projection rule and drown Hebb's (README).
    window.assert_shows("alone comes back to the original");
    window.assert_shows("Remembered");
    let ends: Vec<u64> = (0..2)
        .map(|track| window.session().cursor_on(track))
        .collect();
    assert_eq!(window.session().cursor(), ends[0].max(ends[1]));
    // The cue is that of all; a new one is dropped into all memories.
    window.key(Key::N);
    window.catch_up();
    let cues: Vec<_> = window
        .session()
        .tracks()
        .iter()
        .map(|it| it.recording().expect("it was settled").cue())
        .collect();
    assert_eq!(cues[0], cues[1]);
    assert!(window.is_chosen("Tab", "Compare"));
    window.leave();
    assert!(window.is_asleep());
}

fn tracks_come_and_go() {
    let mut window = compared();
    // The settings on the left are those of the track that is chosen: the new one.
    window.choose_rule("Storkey");
    window.catch_up();
    let named = |window: &Window| {
        let tracks = window.session().recipe().tracks.iter();
        tracks
            .map(|track| track.rule.about().name)
            .collect::<Vec<&str>>()
    };
    assert_eq!(named(&window), ["pseudo-inverse", "storkey"]);
    window.click_first(Role::RadioButton, "Track A");
    window.choose_rule("Hebb");
    window.catch_up();
    assert_eq!(named(&window), ["hebb", "storkey"]);
    window.press("What to do with track B");
    window.press("Duplicate");
    window.catch_up();
    assert_eq!(named(&window), ["hebb", "storkey", "storkey"]);
    window.press("Add a track");
    window.catch_up();
    assert_eq!(window.session().recipe().tracks.len(), MAX_TRACKS);
    assert!(!window.is_enabled("Add a track"));
    window.press("What to do with track C");
    window.click_first(Role::TextInput, "Name");
    window.type_text("ours");
    window.catch_up();
    assert_eq!(window.session().recipe().tracks[2].name, "ours");
    window.key(Key::Escape);
    window.press("What to do with track C");
    window.press("Show in Recall");
    window.catch_up();
    assert!(window.is_chosen("Tab", "Recall"));
    assert_eq!(named(&window)[..2], ["storkey", "hebb"]);
    window.choose("Tab", "Compare");
    window.press("What to do with track A");
    window.press("Remove");
    window.catch_up();
    assert_eq!(named(&window)[..2], ["hebb", "storkey"]);
    window.press("Undo");
    window.catch_up();
    assert_eq!(window.session().recipe().tracks[0].name, "ours");
}

fn tracks_show_their_wheels() {
    let mut window = worlds::on("glyphs:size=8,p=6", "pseudo-inverse");
    window.choose("Tab", "Compare");
    window.press("Compare with: Hebb");
    window.catch_up();
    window.choose("Shown of every track", "Wheels");
    window.catch_up();
    for track in 0..2 {
        let picture = window.session().portrait_on(track).expect("it is there");
        assert!(picture.is_whole(), "track {track}");
    }
    window.choose("Tab", "Lab");
    window.frames(3);
    assert!(!window.session().is_measuring(Measurement::Portrait));
}

/// The digits under so many rules.
fn several(rules: &[&str], size: [f32; 2], theme: Theme) -> Window {
    let mut window = Window::sized(size[0], size[1], theme);
    let mut recipe = window.session().recipe().clone();
    let track = |rule: &&str| TrackRecipe {
        rule: LearningRule::parse(rule).expect("there is such a rule"),
        ..TrackRecipe::default()
    };
    recipe.tracks = rules.iter().map(track).collect();
    window.configure(recipe);
    window.choose("Tab", "Compare");
    window.catch_up();
    window.press("Settle");
    window.catch_up();
    window.point_nowhere();
    window
}

fn tracks_have_their_place() {
    let rules = ["pseudo-inverse", "hebb", "dense:n=3", "storkey"];
    for size in [[1024.0, 700.0], [1280.0, 800.0], [1920.0, 1080.0]] {
        for count in 1..=rules.len() {
            let mut window = several(&rules[..count], size, Theme::Dark);
            for shown in ["States", "Wheels"] {
                window.choose("Shown of every track", shown);
                window.frames(3);
                let misplaced = window.misplaced(vec2(size[0], size[1]));
                assert!(
                    misplaced.is_empty(),
                    "{count}, {size:?}, {shown}: {misplaced:?}"
                );
                assert!(window.unnamed().is_empty(), "{:?}", window.unnamed());
            }
        }
    }
}

fn recall_shows_the_first_track_at_its_own_end() {
    // A hundred sweeps of heat beside a run that ends after a few.
    let mut window = Window::open();
    let mut recipe = window.session().recipe().clone();
    let mut hot = recipe.tracks[0].clone();
    hot.dynamics = engram::engine::Dynamics::Glauber { temperature: 0.5 };
    recipe.tracks.push(hot);
    window.configure(recipe);
    window.catch_up();
    window.press("Settle");
    window.catch_up();
    window.assert_shows("Remembered");
    let session = window.session();
    let length = session.recording().expect("it has run").length();
    assert!(session.cursor() > length && session.cursor_on(0) == length);
}

pub(crate) fn tour() {
    let rules = ["pseudo-inverse", "hebb"];
    several(&rules, [1280.0, 800.0], Theme::Dark).tour("compare");
}

pub(crate) fn picture_compare_four() {
    let rules = ["pseudo-inverse", "hebb", "dense:n=3", "pseudo-likelihood"];
    several(&rules, [1920.0, 1080.0], Theme::Light).picture("compare-four");
}

pub(crate) fn picture_compare_wheels() {
    let rules = ["pseudo-inverse", "hebb"];
    let mut window = several(&rules, [1280.0, 800.0], Theme::Light);
    window.choose("Shown of every track", "Wheels");
    window.catch_up();
    window.point_nowhere();
    window.picture("compare-wheels");
}

pub(crate) fn picture_compare_smallest() {
    let rules = ["pseudo-inverse", "hebb", "dense:n=3"];
    several(&rules, [1024.0, 700.0], Theme::Dark).picture("compare-smallest");
}
