//! The letters of a page, which fetches them: those that egui brings along on a desktop, as far as they are there.

use crate::assets::{FIXED_WIDTH, LETTERS, UBUNTU};
use egui::{FontData, FontDefinitions, FontFamily, FontTweak};
use std::sync::Arc;

/// Names of the first two among egui's fonts.
const NAMES: [&str; 2] = ["Ubuntu-Light", "Hack"];

pub(super) fn those_there() -> FontDefinitions {
    let mut fonts = FontDefinitions::empty();
    let first = NAMES.into_iter().zip([&UBUNTU, &FIXED_WIDTH]);
    let first = first.map(|(name, asset)| (name, 1.0, asset));
    let last = LETTERS
        .iter()
        .map(|(name, scale, asset)| (*name, *scale, asset));
    for (name, scale, asset) in first.chain(last) {
        let Ok(bytes) = asset.bytes() else {
            continue;
        };
        let tweak = FontTweak {
            scale,
            ..FontTweak::default()
        };
        let data = FontData::from_static(bytes).tweak(tweak);
        fonts.font_data.insert(name.to_owned(), Arc::new(data));
        for (family, letters) in &mut fonts.families {
            match (name, family) {
                ("Hack", FontFamily::Monospace) => letters.insert(0, name.to_owned()),
                ("Hack", _) => {}
                _ => letters.push(name.to_owned()),
            }
        }
    }
    fonts
}
