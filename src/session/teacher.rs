//! What a teacher keeps from being changed or seen in a session, and the state that students come back to.
//!
//! Controls go by names: settings by their [paths](Recipe::paths) and what else a recipe has by [`BY_HAND`]; the window
//! adds names of its own. An edit that changes what is restricted is refused here, wherever it comes from; a recipe that
//! comes whole, as a lesson's link, is not an edit. It keeps hands off; it is no password. Absent: greying and hiding.

use crate::engine::Error;
use crate::engine::settings::Kinds as _;
use crate::trial::Recipe;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Paths of what is chosen as a whole, and of numbers that no table of settings holds: path, and how it is called.
pub const WHOLE: [(&str, &str); 6] = [
    ("world", "World"),
    ("rule", "Learning rule"),
    ("dynamics", "Dynamics"),
    ("cue.start", "What the cue starts from"),
    ("seed", "Seed"),
    ("sweeps", "Largest number of sweeps"),
];

/// What of a recipe has no path: name, and how it is called.
pub const BY_HAND: [(&str, &str); 3] = [
    ("cue.drawing", "Drawing on the cue"),
    ("stored", "Storing and removing patterns by hand"),
    ("tracks", "Adding, naming and removing tracks"),
];

/// The most letters in the name of a control.
const LONGEST: usize = 100;

/// How a control is restricted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Restriction {
    /// It is seen, and stays as it is.
    Locked,
    /// It is not there at all.
    Hidden,
}

/// A state that students come back to.
#[derive(Debug, Clone, PartialEq)]
pub struct StartState {
    /// Everything that was set.
    pub recipe: Recipe,
    /// The moment that was shown, in updates of the recording.
    pub clock: u64,
}

/// A teacher's options.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TeacherOptions {
    /// Restricted controls by name.
    pub controls: BTreeMap<String, Restriction>,
    /// Where students come back to, if anywhere.
    pub start: Option<Box<StartState>>,
}

impl TeacherOptions {
    /// How the control called `name` is restricted, if it is.
    pub fn of(&self, name: &str) -> Option<Restriction> {
        self.controls.get(name).copied()
    }

    /// Restricts the control called `name`, or frees it.
    pub fn put(&mut self, name: &str, restriction: Option<Restriction>) {
        match restriction {
            Some(restriction) => self.controls.insert(name.to_owned(), restriction),
            None => self.controls.remove(name),
        };
    }

    /// Refuses names that no control has: too long, or with line breaks.
    pub(super) fn check(&self) -> Result<(), Error> {
        let odd = |name: &&String| name.len() > LONGEST || name.contains(char::is_control);
        match self.controls.keys().find(odd) {
            None => Ok(()),
            Some(name) => Err(Error::Range {
                setting: "the name of a control",
                range: format!("at most {LONGEST} letters on one line"),
                value: format!("{} letters", name.chars().count()),
            }),
        }
    }

    /// Refuses an edit from `before` to `after` that changes what is restricted.
    pub(super) fn admits(&self, before: &Recipe, after: &Recipe) -> Result<(), Error> {
        let tracks = before.tracks.iter().zip(&after.tracks).skip(1);
        let others = tracks.map(|(one, other)| {
            let alone = |recipe: &Recipe, track: &_| Recipe {
                tracks: vec![Clone::clone(track)],
                ..recipe.clone()
            };
            (alone(before, one), alone(after, other))
        });
        let others: Vec<(Recipe, Recipe)> = if self.controls.is_empty() {
            Vec::new()
        } else {
            others.collect()
        };
        for name in self.controls.keys() {
            let of_track = |part: &str| name == part || name.starts_with(&format!("{part}."));
            let of_track = ["rule", "alteration", "dynamics"].into_iter().any(of_track);
            let same = is_same(name, before, after)
                && (!of_track || others.iter().all(|(one, other)| is_same(name, one, other)));
            if !same {
                return Err(Error::Locked {
                    what: called(name, before),
                });
            }
        }
        Ok(())
    }
}

/// Whether what is called `name` is the same in both; what one of them does not have is.
fn is_same(name: &str, before: &Recipe, after: &Recipe) -> bool {
    match name {
        "world" => {
            let input = |recipe: &Recipe| recipe.world.opened().map(|it| it.name().to_owned());
            before.world.about().name == after.world.about().name && input(before) == input(after)
        }
        "rule" => before.track().rule.kind() == after.track().rule.kind(),
        "dynamics" => before.track().dynamics.name() == after.track().dynamics.name(),
        "cue.start" => before.cue.start == after.cue.start,
        "cue.drawing" => {
            let drawn = |recipe: &Recipe| {
                let cue = &recipe.cue;
                (cue.drawn_below.clone(), cue.drawn_above.clone())
            };
            drawn(before) == drawn(after)
        }
        "stored" => before.added == after.added && before.removed == after.removed,
        "tracks" => {
            let names = |recipe: &Recipe| -> Vec<String> {
                recipe.tracks.iter().map(|it| it.name.clone()).collect()
            };
            names(before) == names(after)
        }
        path => {
            // Another rule has settings of its own.
            let section = path.split_once('.').map(|(section, _)| section);
            let section = section.filter(|it| ["world", "rule", "dynamics"].contains(it));
            let is_other = section.is_some_and(|kind| !is_same(kind, before, after));
            match (before.get(path), after.get(path)) {
                (Ok(one), Ok(other)) => is_other || one == other,
                _ => true,
            }
        }
    }
}

/// What the control called `name` is on screen.
fn called(name: &str, recipe: &Recipe) -> String {
    let mut named = BY_HAND.iter().chain(&WHOLE);
    if let Some((_, called)) = named.find(|(it, _)| *it == name) {
        return (*called).to_owned();
    }
    let section = name.split_once('.');
    let found = section.and_then(|(section, key)| {
        let (_, settings) = recipe.sections().find(|(it, _)| *it == section)?;
        let list = settings.list().into_iter();
        list.filter(|it| it.key == key).map(|it| it.label).next()
    });
    found.unwrap_or(name).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::LearningRule;
    use crate::jobs::Workers;
    use crate::session::{Command, Session};
    use crate::trial::TrackRecipe;
    use std::sync::Arc;

    fn restricted(names: &[&str]) -> TeacherOptions {
        let mut options = TeacherOptions::default();
        for name in names {
            options.put(name, Some(Restriction::Locked));
        }
        options
    }

    type Edit = fn(&mut Recipe);

    fn set(recipe: &mut Recipe, path: &str, text: &str) {
        recipe.set(path, &text.into()).unwrap();
    }

    #[test]
    fn every_path_and_what_is_done_by_hand_is_held() {
        let before = Recipe::default();
        let mut names = before.paths();
        names.extend(BY_HAND.map(|(name, _)| name.to_owned()));
        let edits: [(&str, Edit); 10] = [
            ("rule.ridge", |it| set(it, "rule.ridge", "0.5")),
            ("rule", |it| set(it, "rule", "hebb")),
            ("world", |it| set(it, "world", "glyphs")),
            ("world.p", |it| set(it, "world.p", "7")),
            ("cue.start", |it| set(it, "cue.start", "stored:4")),
            ("cue.flip", |it| set(it, "cue.flip", "0.4")),
            ("cue.drawing", |it| {
                it.cue.drawn_above = Arc::new([(1, true)].into());
            }),
            ("stored", |it| assert!(it.removed.insert(2))),
            ("tracks", |it| it.tracks.push(TrackRecipe::default())),
            ("seed", |it| it.seed += 1),
        ];
        for (name, edit) in edits {
            assert!(names.iter().any(|it| it == name), "{name}");
            let mut after = before.clone();
            edit(&mut after);
            let said = restricted(&[name]).admits(&before, &after).unwrap_err();
            assert!(
                said.to_string().ends_with("locked by a teacher's option"),
                "{said}"
            );
            // Everything else may be locked: this edit is no other.
            let others = names.iter().map(String::as_str).filter(|it| *it != name);
            let others: Vec<&str> = others.collect();
            assert_eq!(
                restricted(&others).admits(&before, &after),
                Ok(()),
                "{name}"
            );
        }
    }

    #[test]
    fn a_rule_is_held_on_every_track() {
        let mut before = Recipe::default();
        before.tracks.push(TrackRecipe::default());
        let mut after = before.clone();
        after.tracks[1].rule = LearningRule::parse("hebb").unwrap();
        assert!(restricted(&["rule"]).admits(&before, &after).is_err());
        assert!(restricted(&["rule.ridge"]).admits(&before, &after).is_ok());
        after = before.clone();
        after.tracks[1].rule = LearningRule::parse("pseudo-inverse:ridge=0.5").unwrap();
        assert!(restricted(&["rule.ridge"]).admits(&before, &after).is_err());
        assert!(restricted(&["rule"]).admits(&before, &after).is_ok());
    }

    #[test]
    fn a_session_refuses_edits_and_admits_what_comes_whole() {
        let mut session = Session::new(Recipe::default(), Workers::Caller);
        let options = restricted(&["cue.flip"]);
        let put = Command::SetTeacherOptions(Box::new(options.clone()));
        session.apply(put).unwrap();
        assert_eq!(session.teacher(), &options);
        let mut recipe = session.recipe().clone();
        recipe.cue.corruption.flip.fraction = 0.4;
        let refused = session.apply(Command::Configure(Box::new(recipe.clone())));
        assert_eq!(
            refused.unwrap_err().to_string(),
            "Flip is locked by a teacher's option"
        );
        assert_ne!(session.recipe(), &recipe);
        session
            .apply(Command::Replace(Box::new(recipe.clone())))
            .unwrap();
        assert_eq!(session.recipe(), &recipe);
    }

    #[test]
    fn students_come_back_to_the_start() {
        let mut session = Session::new(Recipe::default(), Workers::Caller);
        assert!(session.apply(Command::BackToStart).is_err());
        let mut recipe = session.recipe().clone();
        recipe.seed = 5;
        let start = StartState {
            recipe: recipe.clone(),
            clock: 0,
        };
        let options = TeacherOptions {
            start: Some(Box::new(start)),
            ..TeacherOptions::default()
        };
        let put = Command::SetTeacherOptions(Box::new(options));
        session.apply(put).unwrap();
        session.apply(Command::BackToStart).unwrap();
        assert_eq!(session.recipe(), &recipe);
        session.apply(Command::Undo).unwrap();
        assert_eq!(session.recipe(), &Recipe::default());
    }
}
