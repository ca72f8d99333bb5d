//! A report of the session: gathered here, made into bytes beside the window.

use super::App;
use super::documents::Documents;
use super::panels::save::SaveWish;
use crate::engine::numbers::decimals;
use crate::export::frames::Shades;
use crate::export::{Report, ReportPicture};
use crate::figures::recall;
use crate::session::Session;
use crate::trial::facts::{Facts, TABLE};
use crate::trial::tracks::{TRACK_LETTERS, compare, track_titles};
use crate::trial::{Conclusion, Recipe};
use egui::Context;
use serde_json::Value;

/// Pixels a side of one unit in a report.
const MAGNIFIED: usize = 6;

/// Facts that are lists of many numbers, or said elsewhere.
const LEFT_OUT: [&str; 5] = [
    "labels",
    "overlaps",
    "overlaps_signs",
    "energy",
    "corruption",
];

impl App {
    /// Saves a page with everything that is to be known of the session.
    pub(super) fn save_report(&mut self, ctx: &Context) {
        if self.session.recording().is_none() || self.session.is_stale() {
            return self.refuse("a report is made of what was learned: wait until it is");
        }
        let mut report = report(&self.session);
        let document = Documents::document(&self.session, &self.view);
        let content = move || {
            report.line = document.share().ok().and_then(|shared| {
                let is_whole = shared.left_out.is_empty();
                is_whole.then_some(shared.text)
            });
            report.document = document.to_json();
            Ok(report.html().into_bytes())
        };
        let wish = SaveWish {
            title: "Save a report of the session",
            name: "report.html".to_owned(),
            content: Box::new(content),
            told: None,
        };
        self.files.save(ctx, wish);
    }
}

/// All but the session itself.
fn report(session: &Session) -> Report {
    let recipe = session.recipe();
    let titles = track_titles(&recipe.tracks);
    let mut report = Report {
        title: format!(
            "{} under {}",
            recipe.world.about().title,
            titles.join(" and ")
        ),
        findings: Vec::new(),
        pictures: Vec::new(),
        figures: Vec::new(),
        tables: vec![("Settings".to_owned(), settings(recipe))],
        line: None,
        document: String::new(),
    };
    let mut picture = |caption: &str, shades: Option<Shades>| {
        report.pictures.extend(shades.map(|shades| ReportPicture {
            caption: caption.to_owned(),
            png: shades.png(MAGNIFIED),
        }));
    };
    let signs = |state: &crate::engine::State| {
        let grid = session.patterns()?.grid();
        let is_signs = state.alphabet().letters().is_none();
        is_signs.then(|| Shades::of(state, grid))
    };
    if let Some(cue) = session.cue() {
        picture("original", cue.wanted().and_then(signs));
        picture("cue", signs(&cue.cue));
    }
    let mut conclusions = Vec::new();
    let several = titles.len() > 1;
    for (track, title) in titles.iter().enumerate() {
        let shown = session.tracks().get(track);
        let Some(recording) = shown.and_then(crate::session::Track::recording) else {
            continue;
        };
        let named = |what: &str| {
            if several {
                format!("{what}, {}: {title}", TRACK_LETTERS[track])
            } else {
                what.to_owned()
            }
        };
        let moment = session.cursor_on(track);
        let sweeps = moment as f64 / recording.sweep() as f64;
        let after = format!("state after {} sweeps", decimals(sweeps, 2));
        picture(&named(&after), Shades::at(recording, moment).ok());
        let mut figure = match recording.energy_at(moment) {
            Some(energy) => recall::energy(recording, [sweeps, energy]),
            None => recall::stability(recording, [sweeps, recording.last_stability()]),
        };
        figure.title = named(&figure.title);
        let conclusion = Conclusion::of(recording, session.cue());
        report
            .findings
            .push(named(&conclusion.in_words(recording.patterns())));
        report.figures.push(figure);
        conclusions.push((title.as_str(), conclusion));
        if let Some(facts) = session.facts_on(track) {
            report.tables.push((named("Facts"), told(&facts)));
        }
    }
    let runs: Vec<(&str, &Conclusion)> =
        conclusions.iter().map(|(title, it)| (*title, it)).collect();
    report.findings.extend(compare(&runs).map(|it| it.sentence));
    report
}

/// World, cue and what is the tracks' own, as on the command line.
fn settings(recipe: &Recipe) -> Vec<(String, String)> {
    let mut rows = vec![
        ("World".to_owned(), recipe.world.notation()),
        ("Cue".to_owned(), recipe.cue.start.to_string()),
        ("Seed".to_owned(), recipe.seed.to_string()),
        ("Sweeps at most".to_owned(), recipe.max_sweeps.to_string()),
    ];
    for (track, letter) in recipe.tracks.iter().zip(TRACK_LETTERS) {
        let (rule, dynamics) = (track.rule.notation(), track.dynamics);
        rows.push((
            format!("Track {letter}"),
            format!("{rule}, {dynamics}, {}", track.alteration),
        ));
    }
    rows
}

/// Facts as a person reads them, without long lists.
fn told(facts: &Facts) -> Vec<(String, String)> {
    let known = TABLE.iter().filter(|fact| !LEFT_OUT.contains(&fact.key));
    let told = known.filter_map(|fact| {
        let value = match facts.get(fact.key) {
            Value::Null => return None,
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        Some((fact.key.to_owned(), value))
    });
    told.collect()
}
