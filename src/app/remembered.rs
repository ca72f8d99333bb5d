//! What the window remembers from one session to the next: the library of the window reads it before we could, so that
//! what is spoiled is set aside before that, and said once.
//!
//! Absent: what is remembered of how one looks (`view`), and writing it.

use crate::edge;
use crate::engine::Error;
use std::collections::BTreeMap;
use std::path::Path;

/// Where it is kept, in a folder of our own.
const FILE: &str = "app.ron";

/// The most bytes that it may have.
const LARGEST_FILE: u64 = 16 << 20;

/// The largest side of a window that is believed, in points.
const LARGEST_WINDOW: f64 = 8192.0;

/// The largest number that is believed of anything.
const LARGEST: f64 = 1e6;

/// Sets the file in `folder` aside if it is spoiled; what to say of it, if there is anything.
pub(super) fn check(folder: Option<&Path>) -> Option<Error> {
    let file = folder?.join(FILE);
    match edge::open::exists(&file) {
        Ok(true) => {}
        Ok(false) => return None,
        Err(problem) => return Some(problem),
    }
    let bytes = match edge::open::read_at_most(&file, LARGEST_FILE) {
        Ok(bytes) => bytes,
        // No such file was ever written.
        Err(Error::Format { .. }) => Vec::new(),
        Err(problem) => return Some(problem),
    };
    let text = std::str::from_utf8(&bytes).ok();
    if text.is_some_and(is_sound) {
        return None;
    }
    Some(match edge::write::set_aside(&file) {
        Ok(aside) => Error::System(format!(
            "what the window remembered is damaged: it opens as new, and the file is now called {}",
            aside.display()
        )),
        Err(problem) => problem,
    })
}

/// Whether `text` is a list of entries whose numbers can be.
fn is_sound(text: &str) -> bool {
    let Ok(entries) = ron::from_str::<BTreeMap<String, String>>(text) else {
        return false;
    };
    entries.iter().all(|(key, entry)| {
        let largest = if key == "window" {
            LARGEST_WINDOW
        } else {
            LARGEST
        };
        let value = ron::from_str::<ron::Value>(entry);
        value.is_ok_and(|value| is_sound_value(&value, largest))
    })
}

/// Whether every number that is no whole one is at most `largest`.
fn is_sound_value(value: &ron::Value, largest: f64) -> bool {
    match value {
        ron::Value::Number(ron::Number::F32(number)) => f64::from(number.get()).abs() <= largest,
        ron::Value::Number(ron::Number::F64(number)) => number.get().abs() <= largest,
        ron::Value::Option(Some(inner)) => is_sound_value(inner, largest),
        ron::Value::Seq(inner) => inner.iter().all(|value| is_sound_value(value, largest)),
        ron::Value::Map(inner) => inner.values().all(|value| is_sound_value(value, largest)),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOUND: &str = r#"{
    "window": "(normal_geometry:(outer_position_pixels:Some((x:12.0,y:30.0)),inner_size_points:(x:1280.0,y:800.0),scale_factor:1.0),fullscreen:false,maximized:false)",
    "view": "(tool:Draw,brush:2.0,speed:30.0,folded:(false,false,false))",
    "egui": "(options:(zoom_factor:1.25),areas:{12345678901234567890:(size:Some((x:3.0,y:4.0)))})",
}"#;

    #[test]
    fn what_cannot_be_is_set_aside_and_said_once() {
        assert!(is_sound(SOUND));
        let spoiled = [
            ("30.0)", "NaN)"),
            ("speed:30.0", "speed:NaN"),
            ("brush:2.0", "brush:1e30"),
            ("zoom_factor:1.25", "zoom_factor:inf"),
            ("x:1280.0", "x:9500.0"),
            ("fullscreen:false,", "fullscreen:"),
        ];
        let folder = tempfile::tempdir().expect("there is room for a folder");
        assert_eq!(
            check(Some(folder.path())).map(|problem| problem.to_string()),
            None
        );
        let half = SOUND[..SOUND.len() / 2].to_owned();
        let texts = spoiled.map(|(sound, spoiled)| {
            assert!(SOUND.contains(sound));
            SOUND.replace(sound, spoiled)
        });
        for text in texts.into_iter().chain([half, String::new()]) {
            let file = folder.path().join(FILE);
            edge::write::file(&file, text.as_bytes()).expect("it can be written");
            let said = check(Some(folder.path()))
                .expect("it is spoiled")
                .to_string();
            assert!(said.contains("it opens as new"), "{said}");
            assert_eq!(edge::open::exists(&file), Ok(false), "{text}");
            assert_eq!(
                check(Some(folder.path())).map(|problem| problem.to_string()),
                None
            );
        }
        edge::write::file(&folder.path().join(FILE), SOUND.as_bytes()).expect("it can be written");
        assert_eq!(
            check(Some(folder.path())).map(|problem| problem.to_string()),
            None
        );
    }
}
