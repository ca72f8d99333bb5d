//! What the page around the window is told, and what it keeps.

use crate::app::App;
use crate::app::documents::Documents;
use crate::engine::Error;
use crate::session::Document;
use wasm_bindgen::JsValue;
use web_sys::MessageEvent;

/// The key of messages to and from a page in which the window is embedded.
const KEY: &str = "engram";

/// Where the browser keeps the session.
const KEPT: &str = "session";

/// The element that says to a screen reader what has the focus and what became of it.
const LIVE: &str = "live";

/// The most letters of a session that a browser is given to keep: it has room for about five million.
const MOST_KEPT: usize = 4_000_000;

/// What was told last.
#[derive(Default)]
pub(in crate::app) struct Told {
    /// The version of the session whose facts the page around was told.
    version: Option<(u64, bool)>,
    /// Whether it was said that the session is too large to be kept.
    too_large: bool,
}

/// The script in a message `{engram: "set rule=hebb; settle"}`.
pub(super) fn script_in(message: &MessageEvent) -> Option<String> {
    let script = js_sys::Reflect::get(&message.data(), &JsValue::from_str(KEY));
    script.ok()?.as_string()
}

impl App {
    /// Opens what the browser has kept, with no question.
    pub(super) fn restore(&mut self, storage: Option<&dyn eframe::Storage>) {
        let kept = storage.filter(|_| !self.is_embedded());
        let kept = kept.and_then(|storage| storage.get_string(KEPT));
        if let Some(kept) = kept.filter(|kept| !kept.is_empty()) {
            let document = if Document::is_shared(&kept) {
                Document::of_shared(&kept)
            } else {
                Document::of_bytes(kept.as_bytes())
            };
            self.open_line(document.map_err(|why| why.in_source("what this browser has kept")));
        }
    }

    /// Gives the session to the browser to keep. One that is part of somebody's page is not kept.
    pub(in crate::app) fn keep_in(&mut self, storage: &mut dyn eframe::Storage) {
        if self.is_embedded() {
            return;
        }
        let document = Documents::document(&self.session, &self.view);
        let text = document.to_json();
        let is_too_large = text.len() > MOST_KEPT;
        let kept = if is_too_large {
            document
                .share()
                .map(|shared| shared.text)
                .unwrap_or_default()
        } else {
            text
        };
        storage.set_string(KEPT, kept);
        if is_too_large && !self.told.too_large {
            let why = "this session is larger than what a browser keeps: after this page is closed, pictures and \
                       couplings of it are lost, unless it is saved by File, Save session";
            self.notice.add(&Error::System(why.to_owned()));
        }
        self.told.too_large = is_too_large;
    }

    /// Tells the page around the window what came of a run, and screen readers what has the focus.
    pub(in crate::app) fn tell_outside(&mut self, ctx: &egui::Context) {
        let said = ctx.output(egui::PlatformOutput::events_description);
        let document = web_sys::window().and_then(|window| window.document());
        if !said.is_empty()
            && let Some(live) = document.and_then(|document| document.get_element_by_id(LIVE))
        {
            live.set_text_content(Some(&said));
        }
        let now = (self.session.version(), self.session.is_over_on(0));
        if self.is_embedded() && now.1 && self.told.version != Some(now) {
            self.told.version = Some(now);
            if let Some(facts) = self.session.facts() {
                let facts = serde_json::to_string(&facts).unwrap_or_default();
                // A page that does not listen hears nothing.
                drop(post(&facts));
            }
        }
    }
}

/// Posts `{engram: facts}` to the page around this one.
fn post(facts: &str) -> Result<(), JsValue> {
    let window = web_sys::window().ok_or("no window")?;
    let Some(around) = window.parent()? else {
        return Ok(());
    };
    let message = js_sys::Object::new();
    js_sys::Reflect::set(&message, &KEY.into(), &js_sys::JSON::parse(facts)?)?;
    around.post_message(&message, "*")
}
