//! Scripts: what a link of a lesson does, as text. Acts stand one after the other, with semicolons between:
//! `set rule=hebb; set cue.flip=0.3; settle; expect final_overlap below 0.9`.

use super::condition::Condition;
use crate::engine::{Error, LearningRule};
use crate::trial::{MAX_TRACKS, Recipe, TrackRecipe};

/// One thing that a script does.
#[derive(Debug, Clone, PartialEq)]
pub enum Act {
    /// `set PATH=VALUE`: changes a setting of the first track, of the world or of the cue.
    Set(String, String),
    /// `track RULE`: one more track with this rule, and the dynamics of the first.
    Track(LearningRule),
    /// `settle`: runs to the verdict.
    Settle,
    /// `play`: lets time move on from the cue.
    Play,
    /// `cue`: shows the first moment.
    Cue,
    /// `sweeps N`: shows the moment after so many sweeps.
    Sweeps(u64),
    /// `tab NAME`: turns to a tab.
    Tab(String),
    /// `view NAME`: shows a view of the attractors.
    View(String),
    /// `lab NAME`: turns to the lab and sets up an experiment or a preset of it.
    Lab(String),
    /// `chart NAME`: shows a chart beside the recall, or statistics beside the couplings.
    Chart(String),
    /// `point NAME`: frames a control, by its name on screen.
    Point(String),
    /// `expect CONDITION`: what holds then; the tests see to it.
    Expect(Condition),
}

/// What a link does.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Script(pub Vec<Act>);

impl Script {
    /// The script that `text` holds. Refused: an act that nobody knows, by its words.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let acts = text.split(';').map(str::trim);
        let acts = acts.filter(|act| !act.is_empty()).map(act);
        Ok(Self(acts.collect::<Result<_, _>>()?))
    }

    /// The recipe that the script asks for, out of `recipe`. Refused: a setting that is not there, a value that is not
    /// admitted, more tracks than there may be; the sentence says which.
    pub fn recipe(&self, recipe: &Recipe) -> Result<Recipe, Error> {
        let mut recipe = recipe.clone();
        for act in &self.0 {
            match act {
                Act::Set(path, value) => {
                    let before = recipe.clone();
                    recipe.set(path, &value.as_str().into())?;
                    if path == "world" {
                        // As when a world is chosen by hand: the rule goes with what it stores.
                        recipe = recipe.mended(&before);
                    }
                }
                Act::Track(rule) => {
                    let dynamics = recipe.track().dynamics;
                    recipe.tracks.push(TrackRecipe {
                        rule: rule.clone(),
                        dynamics,
                        ..TrackRecipe::default()
                    });
                }
                _ => {}
            }
        }
        if recipe.tracks.len() > MAX_TRACKS {
            return Err(Error::Range {
                setting: "the number of tracks",
                range: format!("at most {MAX_TRACKS}"),
                value: recipe.tracks.len().to_string(),
            });
        }
        recipe.check()?;
        Ok(recipe)
    }

    /// What it expects to hold.
    pub fn expected(&self) -> impl Iterator<Item = &Condition> {
        self.0.iter().filter_map(|act| match act {
            Act::Expect(condition) => Some(condition),
            _ => None,
        })
    }
}

fn act(text: &str) -> Result<Act, Error> {
    let (verb, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let rest = rest.trim();
    let unknown = || {
        Error::Unknown {
        kind: "act",
        name: text.to_owned(),
        known: "set PATH=VALUE, track RULE, settle, play, cue, sweeps N, tab NAME, view NAME, lab NAME, chart NAME, \
                point NAME, expect CONDITION"
            .to_owned(),
    }
    };
    Ok(match (verb, rest) {
        ("settle", "") => Act::Settle,
        ("play", "") => Act::Play,
        ("cue", "") => Act::Cue,
        (_, "") => return Err(unknown()),
        ("set", rest) => {
            let (path, value) = rest.split_once('=').ok_or_else(unknown)?;
            Act::Set(path.trim().to_owned(), value.trim().to_owned())
        }
        ("track", rule) => Act::Track(LearningRule::parse(rule)?),
        ("sweeps", count) => Act::Sweeps(count.parse().map_err(|_no_number| unknown())?),
        ("tab", name) => Act::Tab(name.to_owned()),
        ("view", name) => Act::View(name.to_owned()),
        ("lab", name) => Act::Lab(name.to_owned()),
        ("chart", name) => Act::Chart(name.to_owned()),
        ("point", name) => Act::Point(name.to_owned()),
        ("expect", condition) => Act::Expect(Condition::parse(condition)?),
        _ => return Err(unknown()),
    })
}
