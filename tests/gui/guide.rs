//! Scenes, the tour of the window, and the gallery.

use crate::Test;
use crate::harness::Window;
use eframe::egui::{Key, Modifiers, Rect, Theme, vec2};
use engram::lessons::Act;
use engram::lessons::scenes::{N_FIRST, SCENES, TOUR};
use engram::trial::Recipe;
use engram::trial::facts::Facts;

/// Every test of this file.
pub(crate) const ALL: &[Test] = &[
    ("scenes_are_gone_through", scenes_are_gone_through),
    ("the_tour_points_at_controls", the_tour_points_at_controls),
    (
        "the_palette_finds_scenes_lessons_and_values",
        the_palette_finds_scenes_lessons_and_values,
    ),
];

fn from_help(window: &mut Window, item: &str) {
    window.press("Help");
    window.press(item);
    window.frames(2);
}

/// Runs to the end, where there is a run to be seen that has not come to it.
fn settle(window: &mut Window) {
    window.catch_up();
    if window.offers("Settle") && window.is_enabled("Settle") {
        window.press("Settle");
        window.catch_up();
    }
}

/// What a scene claims is true of what it shows, nothing is cut off, and one undo takes it back.
fn scenes_are_gone_through() {
    for size in [[1280.0, 800.0], [1024.0, 768.0]] {
        let mut window = Window::sized(size[0], size[1], Theme::Dark);
        from_help(&mut window, "Scenes");
        for (step, scene) in SCENES[..N_FIRST].iter().enumerate() {
            window.assert_shows(&format!("{} of {N_FIRST}", step + 1));
            window.assert_shows(scene.sentence);
            window.catch_up();
            settle(&mut window);
            let misplaced = window.misplaced(vec2(size[0], size[1]));
            assert!(
                misplaced.is_empty(),
                "{}, {size:?}: {misplaced:?}",
                scene.name
            );
            let script = scene.script();
            if script.0.iter().any(|act| matches!(act, Act::Point(_))) {
                assert_eq!(window.pointed_frames(), 1, "{}, {size:?}", scene.name);
            }
            let session = window.session();
            assert_eq!(Ok(session.recipe()), scene.recipe().as_ref());
            let facts: Vec<Facts> = session.facts_on(0).into_iter().collect();
            for claim in script.expected() {
                let holds = claim.holds(session.recipe(), &facts);
                assert_eq!(holds, Ok(true), "{}: {claim}", scene.name);
            }
            window.press(if step + 1 < N_FIRST { "Next" } else { "Done" });
            window.frames(2);
        }
        assert!(!window.shows(SCENES[N_FIRST - 1].sentence));
    }
}

fn the_tour_points_at_controls() {
    for size in [[1280.0, 800.0], [1024.0, 768.0]] {
        let mut window = Window::sized(size[0], size[1], Theme::Light);
        let before = window.session().recipe().clone();
        from_help(&mut window, "Tour of the window");
        for scene in &TOUR {
            window.assert_shows(scene.sentence);
            window.catch_up();
            window.frames(2);
            if scene.name != "lessons" {
                let frames = window.pointed_frames();
                assert_eq!(frames, 1, "{}, {size:?}", scene.name);
            }
            if scene.name == "energy" {
                window.press("Back");
                window.frames(2);
                window.assert_shows("How near the state is");
                window.press("Next");
                window.frames(2);
            }
            window.press(if scene.name == "lessons" {
                "Done"
            } else {
                "Next"
            });
            window.frames(2);
        }
        assert!(!window.shows("of 9"));
        assert_eq!(*window.session().recipe(), before, "it changes nothing");
        from_help(&mut window, "Tour of the window");
        window.press("Leave");
        window.frames(2);
        assert!(!window.shows(TOUR[0].sentence) && window.pointed_frames() == 0);
    }
}

fn the_palette_finds_scenes_lessons_and_values() {
    let mut window = Window::open();
    let find = |window: &mut Window, typed: &str| {
        window.keys(Modifiers::COMMAND, Key::K);
        window.frames(2);
        window.type_text(typed);
        window.frames(2);
        window.key(Key::Enter);
        window.catch_up();
        window.frames(2);
    };
    find(&mut window, "flip 0.3");
    assert_eq!(window.session().recipe().cue.corruption.flip.fraction, 0.3);
    // What is out of range is refused in a sentence.
    find(&mut window, "flip 2");
    window.assert_shows("0 to 1");
    assert_eq!(window.session().recipe().cue.corruption.flip.fraction, 0.3);
    // What is set is of the track whose settings are shown.
    window.choose("Tab", "Compare");
    window.press("Add a track");
    window.catch_up();
    find(&mut window, "dilution 0.2");
    let tracks = window.session().recipe().tracks.iter();
    let dilutions: Vec<f64> = tracks.map(|track| track.alteration.dilution).collect();
    assert_eq!(dilutions, [0.0, 0.2]);
    find(&mut window, "round in circles");
    assert!(window.session().recipe() != &Recipe::default());
    window.assert_shows("cycle");
    find(&mut window, "recall does not find");
    window.assert_shows("Does a network answer with the stored pattern");
}

/// The pictures of the gallery are of the window itself, as each scene leaves it.
pub(crate) fn pictures_of_the_gallery() {
    let mut faults = Vec::new();
    for scene in &SCENES {
        let mut window = Window::open();
        from_help(&mut window, "Gallery…");
        window.click(scene.title);
        window.catch_up();
        settle(&mut window);
        if scene.name == "glass" {
            window.wait_until("the bonds are compared", |session| {
                session.compared_bonds().is_some()
            });
        }
        let rect = |[left, top, right, bottom]: [f32; 4]| {
            Rect::from_min_max([left, top].into(), [right, bottom].into())
        };
        let part = match scene.name {
            "overload" => rect([966.0, 288.0, 1266.0, 514.0]),
            "protein" => rect([282.0, 534.0, 716.0, 777.0]),
            "glass" => rect([874.0, 538.0, 1262.0, 790.0]),
            "forgetting" => rect([428.0, 66.0, 1276.0, 484.0]),
            "basins" => rect([428.0, 66.0, 1276.0, 458.0]),
            "wheel" => rect([310.0, 112.0, 970.0, 738.0]),
            "census" => rect([276.0, 90.0, 1010.0, 500.0]),
            _ => window.picture_at("cue").union(window.picture_at("state")),
        };
        faults.extend(window.thumbnail(scene.name, part).err());
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

pub(crate) fn picture_gallery() {
    let mut window = Window::open();
    from_help(&mut window, "Gallery…");
    window.frames(SCENES.len() + 2);
    window.picture("gallery");
}

pub(crate) fn tour_scenes() {
    let mut window = Window::open();
    from_help(&mut window, "Scenes");
    window.press("Next");
    window.catch_up();
    window.tour("scenes");
}
