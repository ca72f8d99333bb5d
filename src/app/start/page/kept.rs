//! What the browser remembers of how one looks: as JSON, since RON, in which the window's library keeps it on a desktop, is
//! a second format that would be fetched with the program.

use egui::{Context, ThemePreference};
use serde::Serialize;
use serde::de::DeserializeOwned;
use web_sys::Storage;

/// Where theme and zoom are kept.
const LOOK: &str = "look";

/// What is kept as `key`, if it can still be read.
pub(in crate::app) fn remembered<T: DeserializeOwned>(
    storage: &dyn eframe::Storage,
    key: &str,
) -> Option<T> {
    serde_json::from_str(&storage.get_string(key)?).ok()
}

/// Keeps `value` as `key`.
pub(in crate::app) fn remember<T: Serialize>(
    storage: &mut dyn eframe::Storage,
    key: &str,
    value: &T,
) {
    if let Ok(text) = serde_json::to_string(value) {
        storage.set_string(key, text);
    }
}

/// Gives `ctx` the theme and the zoom that it had last.
pub(super) fn look_as_before(ctx: &Context) {
    let text = storage().and_then(|storage| storage.get_item(LOOK).ok()?);
    let look = text.and_then(|text| serde_json::from_str::<(Option<bool>, f32)>(&text).ok());
    if let Some((dark, zoom)) = look {
        ctx.set_theme(match dark {
            Some(true) => ThemePreference::Dark,
            Some(false) => ThemePreference::Light,
            None => ThemePreference::System,
        });
        ctx.set_zoom_factor(zoom.clamp(0.2, 5.0));
    }
}

/// Keeps theme and zoom.
pub(super) fn keep_look(ctx: &Context) {
    let dark = match ctx.options(|options| options.theme_preference) {
        ThemePreference::Dark => Some(true),
        ThemePreference::Light => Some(false),
        ThemePreference::System => None,
    };
    let look = serde_json::to_string(&(dark, ctx.zoom_factor()));
    if let (Some(storage), Ok(look)) = (storage(), look) {
        // A browser that keeps nothing opens as new: that is its owner's choice.
        drop(storage.set_item(LOOK, &look));
    }
}

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}
