//! Worlds by label: each is chosen, prepared, recalled from and left again; files are looked at before they are taken.

use crate::Test;
use crate::harness::Window;
use eframe::egui::accesskit::Role;
use engram::engine::{Grid, LearningRule, Patterns, Verdict};
use engram::session::{Command, Measurement};
use engram::trial::Start;
use engram::worlds::World;
use engram::worlds::files::{File, Input};
use ndarray::Array2;
use std::sync::Arc;

/// All of them.
pub(crate) const ALL: &[Test] = &[
    (
        "every_world_is_chosen_and_recalled_from",
        every_world_is_chosen_and_recalled_from,
    ),
    (
        "features_are_cues_and_have_overlaps",
        features_are_cues_and_have_overlaps,
    ),
    (
        "a_spin_glass_shows_its_bonds_and_its_sampling",
        a_spin_glass_shows_its_bonds_and_its_sampling,
    ),
    (
        "a_long_verdict_ends_before_the_switches_beside_it",
        a_long_verdict_ends_before_the_switches_beside_it,
    ),
    (
        "bonds_of_another_size_are_declined_once",
        bonds_of_another_size_are_declined_once,
    ),
    (
        "a_protein_is_mutated_and_restored",
        a_protein_is_mutated_and_restored,
    ),
    (
        "files_are_looked_at_before_they_are_taken",
        files_are_looked_at_before_they_are_taken,
    ),
    (
        "couplings_of_a_file_are_probed",
        couplings_of_a_file_are_probed,
    ),
    (
        "what_is_no_pattern_is_refused_and_the_old_world_stays",
        what_is_no_pattern_is_refused_and_the_old_world_stays,
    ),
];

/// Chooses a world by its title.
fn choose_world(window: &mut Window, title: &str) {
    window.click_first(Role::ComboBox, "Where patterns come from.");
    window.press(title);
    window.catch_up();
}

/// The window on the world that `notation` names, under `rule`.
pub(crate) fn on(notation: &str, rule: &str) -> Window {
    let mut window = Window::open();
    let mut recipe = window.session().recipe().clone();
    recipe.world = World::parse(notation).expect("a world");
    recipe.track_mut().rule = LearningRule::parse(rule).expect("a rule");
    window.configure(recipe);
    window.catch_up();
    window
}

fn settle(window: &mut Window) {
    window.press("Settle");
    window.wait_until("it has settled", |session| {
        session
            .recording()
            .is_some_and(|recording| recording.verdict().is_some())
    });
    window.rest();
}

fn every_world_is_chosen_and_recalled_from() {
    let mut window = Window::open();
    for title in ["Letters and shapes", "Random patterns", "Random features"] {
        choose_world(&mut window, title);
        settle(&mut window);
        let recording = window.session().recording().expect("it has settled");
        assert_eq!(recording.verdict(), Some(Verdict::FixedPoint), "{title}");
        window.assert_shows("Load α");
    }
    for _ in 0..3 {
        window.press("Undo");
        window.catch_up();
    }
    assert!(window.session().recipe().world.mnist().is_some());
    assert!(!window.is_enabled("Undo"));
}

fn features_are_cues_and_have_overlaps() {
    let mut window = on("features:n=196,alpha=0.3,alpha-d=0.05", "hebb");
    window.choose("Start from", "Feature");
    window.catch_up();
    assert_eq!(window.session().recipe().cue.start, Start::Feature(0));
    window.assert_shows("feature 0");
    window.choose("Overlap with", "feature");
    window.rest();
    window.assert_shows("the original, feature 0");
    window.choose("Overlap with", "unseen");
    window.rest();
    window.assert_shows("nearest unseen");
}

fn a_spin_glass_shows_its_bonds_and_its_sampling() {
    let glass = "spin-glass:l=8,t=1,p=100,spacing=1,warm-up=100";
    let mut window = on(glass, "pseudo-likelihood:optimiser=descent,steps=30");
    window.choose("Lower chart", "Sampling");
    window.rest();
    window.assert_shows("random start");
    window.choose("What is shown of the sampling", "Exchanges");
    window.assert_shows("Exchanges of neighbouring temperatures");
    window.choose("What is shown of the sampling", "Overlaps");
    window.rest();
    window.choose_statistic("Bonds");
    window.wait_until("the bonds are compared", |session| {
        session.compared_bonds().is_some()
    });
    let comparison = window
        .session()
        .compared_bonds()
        .expect("it was waited for");
    assert!(comparison.cosine > 0.3, "{}", comparison.cosine);
}

/// It has a switch more than other worlds.
fn a_long_verdict_ends_before_the_switches_beside_it() {
    let mut window = on("spin-glass:l=16,t=1,p=50", "pseudo-inverse");
    settle(&mut window);
    let verdict = window.places_of_part(", after ");
    let switch = window.places("Changed");
    assert!(!verdict.is_empty() && switch.len() == 1);
    for place in verdict {
        assert!(place.right() < switch[0].left(), "{place} {}", switch[0]);
    }
}

/// The memory shown is of 784 units; what is to be learned of the glass takes long, and is stopped. The panel asked for
/// the bonds in every frame before.
fn bonds_of_another_size_are_declined_once() {
    let mut window = Window::open();
    let mut recipe = window.session().recipe().clone();
    recipe.world = World::parse("spin-glass:l=8,p=20,spacing=1,warm-up=100").expect("a world");
    let rule = LearningRule::parse("perceptron:margin=5,sweeps=100000");
    recipe.track_mut().rule = rule.expect("a rule");
    let command = Command::Configure(Box::new(recipe));
    window.app_mut().command(command);
    window.wait_until("the glass is sampled and being learned", |session| {
        session.sample().is_some() && session.learning().is_some()
    });
    window.app_mut().command(Command::StopLearning);
    window.rest();
    window.choose_statistic("Bonds");
    window.assert_shows("64 units, not 784");
    window.leave();
    assert!(window.is_asleep());
    let session = window.session();
    assert!(!session.is_measuring(Measurement::Bonds) && session.compared_bonds().is_none());
}

fn a_protein_is_mutated_and_restored() {
    let mut window = on("protein:p=20", "potts-hebb");
    assert!(window.offers("Take away: Mutate"));
    settle(&mut window);
    let session = window.session();
    let recording = session.recording().expect("it has settled");
    let original = &session.cue().expect("there is a cue").original;
    let last = recording.state_at(u64::MAX);
    assert!(last.overlap(original) > 0.9, "{}", last.overlap(original));
    window.wait_until("the contacts are known", |session| {
        session.contact_map().is_some()
    });
    window.rest();
    window.assert_shows("plain covariance");
    window.click_first(Role::ComboBox, "Learning rule.");
    assert!(
        !window.is_enabled("Pseudo-inverse"),
        "it is not for letters"
    );
}

/// Files as they come from the edge.
fn open(window: &mut Window, name: &str, bytes: Vec<u8>) {
    let file = File {
        name: name.to_owned(),
        bytes: bytes.into(),
    };
    let input = Input::new(name, vec![file]).expect("a small file");
    let world = World::of_files(Arc::new(input));
    window
        .app_mut()
        .command(Command::OpenWorld(Box::new(world)));
}

fn files_are_looked_at_before_they_are_taken() {
    let mut window = Window::open();
    let line = |k: usize| {
        let cells: Vec<String> = (0..36)
            .map(|unit| ((unit * (k + 3)) % 7 / 4).to_string())
            .collect();
        cells.join(",") + "\n"
    };
    let table: String = (0..40).map(line).collect();
    open(&mut window, "mine.csv", table.clone().into_bytes());
    window.wait_for_text("Patterns from your files");
    window.wait_for_candidate();
    window.assert_shows("40 images of 6 × 6, 0 and 1");
    // Only what makes a difference for a table of bits without labels is offered.
    assert!(window.shows("Labels of tables") && window.shows("Invert"));
    for idle in ["Threshold", "Classes", "Side of pictures", "% at +1"] {
        assert!(!window.shows(idle), "{idle}");
    }
    window.press("Cancel");
    window.rest();
    assert!(window.session().candidate().is_none());
    assert!(window.session().recipe().world.mnist().is_some());
    open(&mut window, "mine.csv", table.into_bytes());
    window.wait_for_candidate();
    window.press("Use these patterns");
    window.catch_up();
    let patterns = window.session().patterns().expect("they are stored");
    assert_eq!((patterns.n_patterns(), patterns.n_units()), (30, 36));
    window.assert_shows("mine.csv");
}

fn couplings_of_a_file_are_probed() {
    let mut window = on("glyphs:size=8", "hebb");
    let rows = Array2::ones((1, 64));
    let one = Patterns::new(rows, Grid::square(8), None).expect("a pattern");
    let memory = LearningRule::parse("hebb")
        .expect("a rule")
        .learn(Arc::new(one), 1);
    let couplings = memory
        .expect("it is learned")
        .couplings()
        .cloned()
        .expect("Hebb has couplings");
    let command = Command::UseCouplings {
        name: "J.npy".to_owned(),
        couplings: Arc::new(couplings),
        remarks: Vec::new(),
    };
    window.app_mut().command(command);
    window.catch_up();
    window.assert_shows("Read from J.npy");
    settle(&mut window);
    let last = window
        .session()
        .recording()
        .expect("it has settled")
        .state_at(u64::MAX);
    assert_eq!(last.units()[0], last.units()[63], "all units alike");
    window.press("Undo");
    window.catch_up();
    assert_eq!(window.session().recipe().track().rule.about().name, "hebb");
}

fn what_is_no_pattern_is_refused_and_the_old_world_stays() {
    let mut window = Window::open();
    open(&mut window, "notes.csv", b"1,2,x\n3,4,5\n".to_vec());
    window.wait_for_text("notes.csv: every cell of the table is a finite number");
    window.assert_shows("line 1, column 3 holds 'x'");
    window.rest();
    // Another setting may help: the words are labels, if somebody says so.
    window.click_first(Role::ComboBox, "Labels of tables");
    window.press("last");
    window.wait_for_candidate();
    window.assert_shows("Labels: 2 classes");
    window.press("Cancel");
    window.rest();
    assert!(window.session().candidate().is_none());
    assert!(window.session().recipe().world.mnist().is_some());
}

/// For the README.
pub(crate) fn tour_glass() {
    let glass = "spin-glass:l=16,t=1,p=400,spacing=2,warm-up=100";
    let mut window = on(
        glass,
        "pseudo-likelihood:optimiser=descent,steps=60,eta=0.5",
    );
    window.choose("Lower chart", "Sampling");
    window.choose_statistic("Bonds");
    window.wait_until("the bonds are compared", |session| {
        session.compared_bonds().is_some()
    });
    window.tour("glass");
}

/// For the README.
pub(crate) fn tour_protein() {
    let mut window = on("protein:p=60", "potts-hebb");
    window.press("Step");
    window.wait_until("the contacts are known", |session| {
        session.contact_map().is_some()
    });
    window.tour("protein");
}
