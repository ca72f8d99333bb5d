//! A session as one line of text, to be copied, sent and opened: `engram:…`.
//!
//! It is the document without the view, wishes and runs of the lab, packed and written in letters, digits, hyphens and
//! underscores. What would make it longer than a line that can be pasted anywhere is left out, and said: a start state,
//! files, couplings, pictures, patterns stored by hand. Absent: the clipboard.

use super::Document;
use crate::engine::{Error, LearningRule};
use crate::session::Wishes;
use crate::trial::{Start, TrackRecipe};
use crate::worlds::World;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use serde_json::Value;
use std::io::{Read as _, Write as _};
use std::sync::Arc;

/// What every such line begins with.
const SCHEME: &str = "engram:";

/// The most letters of such a line.
pub const MAX_SHARED: usize = 2000;

/// The most bytes that a line may unpack to: far more than one of so many letters ever holds.
const MAX_UNPACKED: u64 = 1 << 20;

/// A session as a line of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shared {
    /// The line, at most [`MAX_SHARED`] letters.
    pub text: String,
    /// What it has no room for and does not hold, in words.
    pub left_out: Vec<String>,
}

impl Document {
    /// The document as a line of text, without what is too large for it. Refused: settings that alone are too long.
    pub fn share(&self) -> Result<Shared, Error> {
        let mut document = Self {
            view: Value::Null,
            wishes: Wishes::default(),
            lab: Vec::new(),
            ..self.clone()
        };
        let mut left_out = Vec::new();
        let mut text = packed(&document);
        for lighten in LIGHTER {
            if text.len() <= MAX_SHARED && !document.has_files_outside() {
                break;
            }
            if let Some(what) = lighten(&mut document) {
                left_out.push(what);
                text = packed(&document);
            }
        }
        if text.len() > MAX_SHARED {
            return Err(Error::Format {
                expected: format!("a line to share has at most {MAX_SHARED} letters"),
                found: format!(
                    "the settings alone take {}; save a file instead",
                    text.len()
                ),
            });
        }
        Ok(Shared { text, left_out })
    }

    /// Whether `text` begins as such a line does: it is to be read as one, whatever comes of it.
    pub fn is_shared(text: &str) -> bool {
        text.trim_start().starts_with(SCHEME)
    }

    /// The document that a line of text holds. Refused: another beginning, letters that do not belong there, what unpacks to
    /// no document.
    pub fn of_shared(text: &str) -> Result<Self, Error> {
        let refused = |found: String| Error::Format {
            expected: format!("a shared session is a line that begins with '{SCHEME}'"),
            found,
        };
        let packed = text.trim().strip_prefix(SCHEME);
        let packed = packed.ok_or_else(|| refused("this begins otherwise".to_owned()))?;
        if packed.len() > 10 * MAX_SHARED {
            return Err(refused(format!("this one has {} letters", packed.len())));
        }
        let bytes = URL_SAFE_NO_PAD.decode(packed);
        let bytes = bytes.map_err(|why| refused(format!("this one is damaged: {why}")))?;
        let mut json = String::new();
        DeflateDecoder::new(&*bytes)
            .take(MAX_UNPACKED)
            .read_to_string(&mut json)
            .map_err(|why| refused(format!("this one is damaged, or not all of it: {why}")))?;
        if !json.ends_with('}') {
            return Err(refused("this one is damaged, or not all of it".to_owned()));
        }
        Self::of_json(&json)
    }
}

/// The line that holds all of `document`.
fn packed(document: &Document) -> String {
    line(document.to_line().as_bytes())
}

/// The line that holds `json`.
pub(super) fn line(json: &[u8]) -> String {
    let mut packer = DeflateEncoder::new(Vec::new(), Compression::best());
    let written = packer.write_all(json);
    let bytes = written.and_then(|()| packer.finish());
    let bytes = bytes.expect("memory takes everything");
    format!("{SCHEME}{}", URL_SAFE_NO_PAD.encode(bytes))
}

/// Takes something large out of a document, and says what; none where there is no such thing.
type Lighten = fn(&mut Document) -> Option<String>;

/// In this order, until there is room.
const LIGHTER: [Lighten; 6] = [
    without_start,
    without_picture,
    without_couplings,
    without_files,
    without_patterns_by_hand,
    without_drawing,
];

fn without_start(document: &mut Document) -> Option<String> {
    let start = document.teacher.start.take();
    start.map(|_start| "the start that students come back to".to_owned())
}

fn without_picture(document: &mut Document) -> Option<String> {
    let recipe = &mut document.recipe;
    let has_one = matches!(recipe.cue.start, Start::Picture(_));
    has_one.then(|| {
        recipe.cue.start = Start::Empty;
        "the picture of the cue".to_owned()
    })
}

fn without_couplings(document: &mut Document) -> Option<String> {
    let recipe = &mut document.recipe;
    let is_loaded = |track: &TrackRecipe| matches!(track.rule, LearningRule::LoadedCouplings(_));
    let names = recipe.tracks.iter().filter_map(|track| match &track.rule {
        LearningRule::LoadedCouplings(loaded) => Some(format!("'{}'", loaded.name())),
        _ => None,
    });
    let names: Vec<String> = names.collect();
    if names.is_empty() {
        return None;
    }
    if recipe.tracks.iter().all(is_loaded) {
        recipe.tracks.truncate(1);
        *recipe.track_mut() = TrackRecipe::default();
    } else {
        recipe.tracks.retain(|track| !is_loaded(track));
    }
    Some(format!("the couplings {}", names.join(", ")))
}

fn without_files(document: &mut Document) -> Option<String> {
    let recipe = &mut document.recipe;
    let name = recipe.world.opened()?.name().to_owned();
    recipe.world = World::default();
    recipe.removed.clear();
    recipe.cue = recipe.cue.restarted(Start::Stored(0));
    Some(format!("the files of '{name}'"))
}

fn without_patterns_by_hand(document: &mut Document) -> Option<String> {
    let recipe = &mut document.recipe;
    let count = recipe.added.len();
    recipe.added.clear();
    (count > 0).then(|| format!("{count} patterns stored by hand"))
}

fn without_drawing(document: &mut Document) -> Option<String> {
    let cue = &mut document.recipe.cue;
    let is_drawn = !cue.drawn_above.is_empty() || !cue.drawn_below.is_empty();
    is_drawn.then(|| {
        (cue.drawn_above, cue.drawn_below) = (Arc::default(), Arc::default());
        "what was drawn on the cue".to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::learning::LoadedCouplings;
    use crate::engine::rng::stream;
    use crate::engine::settings::Kinds as _;
    use crate::engine::{Couplings, State};
    use crate::trial::Recipe;
    use ndarray::Array2;
    use proptest::prelude::*;

    fn document(recipe: Recipe) -> Document {
        Document {
            recipe,
            clock: 77,
            ..Document::default()
        }
    }

    #[test]
    fn every_world_under_every_rule_fits_on_a_line_and_comes_back() {
        for world in World::all() {
            for rule in LearningRule::all() {
                let mut recipe = Recipe {
                    world: world.clone(),
                    ..Recipe::default()
                };
                let track = TrackRecipe {
                    name: "ours".to_owned(),
                    rule,
                    ..TrackRecipe::default()
                };
                recipe.tracks = vec![track; 4];
                let document = document(recipe);
                let shared = document.share().expect("it is short");
                assert!(shared.text.len() <= MAX_SHARED && shared.left_out.is_empty());
                assert_eq!(Document::of_shared(&shared.text), Ok(document));
            }
        }
    }

    #[test]
    fn what_is_too_large_is_left_out_and_said() {
        let mut rng = stream(1, "couplings");
        let weights = Array2::from_shape_simple_fn((64, 64), || rng.random::<f32>());
        let couplings = Arc::new(Couplings::new(weights, 0.1).expect("they are finite"));
        let loaded = LoadedCouplings::new("J.npy", couplings);
        let mut recipe = Recipe::default();
        recipe.track_mut().rule = LearningRule::LoadedCouplings(loaded);
        for seed in 0..9 {
            let mut rng = stream(seed, "pattern");
            recipe.add_pattern(State::from_fn(784, |_| rng.random()), None);
        }
        let shared = document(recipe.clone()).share().expect("the rest is short");
        assert_eq!(
            shared.left_out,
            ["the couplings 'J.npy'", "9 patterns stored by hand"]
        );
        let opened = Document::of_shared(&shared.text)
            .expect("it is whole")
            .recipe;
        assert_eq!(opened, Recipe::default());
        // Beside another track that of the file alone goes.
        recipe.tracks.push(TrackRecipe::default());
        recipe.added.clear();
        let shared = document(recipe).share().expect("the rest is short");
        let opened = Document::of_shared(&shared.text)
            .expect("it is whole")
            .recipe;
        assert_eq!(opened.tracks, [TrackRecipe::default()]);
    }

    #[test]
    fn what_is_no_line_is_refused_in_a_sentence() {
        let line = document(Recipe::default())
            .share()
            .expect("it is short")
            .text;
        // Cut where four letters end, so that what is left is bytes.
        let cut = (line.len() - SCHEME.len()) / 4 * 4 - 8 + SCHEME.len();
        for (text, said) in [
            ("engrm:abc", "this begins otherwise"),
            ("engram:a b", "this one is damaged"),
            (&line[..cut], "this one is damaged, or not all of it"),
            ("engram:", "this one is damaged, or not all of it"),
        ] {
            let problem = Document::of_shared(text)
                .expect_err("it is none")
                .to_string();
            assert!(problem.contains(said), "{text}: {problem}");
        }
        // Mail programs add spaces.
        assert!(Document::of_shared(&format!("  {line}\n")).is_ok());
    }

    proptest! {
        #[test]
        fn no_text_is_a_panic(text in ".{0,200}", place in 0_usize..600, letter in any::<u8>()) {
            drop(Document::of_shared(&format!("{SCHEME}{text}")));
            let line = document(Recipe::default()).share().expect("it is short").text;
            let mut bytes = line.into_bytes();
            if let Some(byte) = bytes.get_mut(place) {
                *byte = letter;
            }
            if let Ok(text) = String::from_utf8(bytes) {
                drop(Document::of_shared(&text));
            }
        }
    }
}
