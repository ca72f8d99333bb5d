//! Documents and lines of text that were damaged: read, or refused in a line; never half of either.

use super::share::line;
use super::tests::table;
use super::version_tests::everything;
use super::*;
use crate::engine::rng::{Stream, stream};
use crate::jobs::{Stopwatch, Workers};
use crate::session::{Command, Session};
use crate::trial::TrackRecipe;
use std::time::Duration;

/// Far longer than any of them takes, on a machine that does other things too.
const PATIENCE: Duration = Duration::from_secs(20);

/// How many documents are mutated: 4,000; `ENGRAM_MUTATIONS=1000000` for more.
fn n_mutations() -> u64 {
    let asked = std::env::var("ENGRAM_MUTATIONS").ok();
    asked.and_then(|count| count.parse().ok()).unwrap_or(4_000)
}

/// `bytes` with a few of them changed, left out, doubled or moved.
fn mutated(bytes: &[u8], rng: &mut Stream) -> Vec<u8> {
    use rand::RngExt as _;
    let mut bytes = bytes.to_vec();
    for _ in 0..rng.random_range(1..4) {
        let at = rng.random_range(0..bytes.len().max(1));
        let end = (at + rng.random_range(0..40)).min(bytes.len());
        match rng.random_range(0..5) {
            0 if at < bytes.len() => bytes[at] = rng.random(),
            1 => drop(bytes.drain(at.min(end)..end)),
            2 => {
                let piece = bytes[at.min(end)..end].to_vec();
                let to = rng.random_range(0..=bytes.len());
                bytes.splice(to..to, piece);
            }
            3 => bytes.truncate(at),
            _ if at < bytes.len() => {
                let telling = b"0123456789-.e{}[]\",:";
                bytes[at] = telling[rng.random_range(0..telling.len())];
            }
            _ => {}
        }
    }
    bytes
}

#[test]
fn mutated_documents_and_lines_are_read_or_refused_in_one_line() {
    let view = serde_json::json!({"tab": "Compare"});
    let mut recipe = Recipe {
        world: table(),
        ..Recipe::default()
    };
    recipe.tracks.push(TrackRecipe::default());
    let document = Document {
        recipe,
        clock: 9,
        view,
        ..everything()
    };
    let (json, shared) = (document.to_json(), document.share().unwrap().text);
    let short = document.to_line();
    let mut session = Session::new(Recipe::default(), Workers::Caller);
    let mut rng = stream(3, "mutations");
    let (mut n_read, mut n_opened) = ([0; 3], 0);
    for _ in 0..n_mutations() {
        let clock = Stopwatch::start();
        let file = Document::of_bytes(&mutated(json.as_bytes(), &mut rng));
        let text = mutated(shared.as_bytes(), &mut rng);
        let text = Document::of_shared(&String::from_utf8_lossy(&text));
        // Damaged before it was packed: what unpacking admits.
        let packed = Document::of_shared(&line(&mutated(short.as_bytes(), &mut rng)));
        for (place, read) in [file, text, packed].into_iter().enumerate() {
            match read {
                Ok(read) => {
                    n_read[place] += 1;
                    // What is read is whole: it opens again.
                    assert_eq!(Document::of_json(&read.to_json()).as_ref(), Ok(&read));
                    n_opened += usize::from(opens_whole(&mut session, read));
                }
                Err(why) => assert!(!why.to_string().contains('\n'), "{why}"),
            }
        }
        assert!(clock.elapsed() < PATIENCE, "it hangs");
    }
    assert!(n_read[0] > 0 && n_read[2] > 0 && n_opened > 0, "{n_read:?}");
}

/// Opens `document` in `session`, all of it or nothing; whether it did.
fn opens_whole(session: &mut Session, document: Document) -> bool {
    let (before, recipe) = (session.recipe().clone(), document.recipe.clone());
    let opened = session.apply(Command::OpenDocument(Box::new(document)));
    let expected = if opened.is_ok() { recipe } else { before };
    assert_eq!(*session.recipe(), expected);
    opened.is_ok()
}
