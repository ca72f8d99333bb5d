//! Start-up of the page: the session of its address, or the last one, and what is fetched beside it.

mod crew;
mod elements;
mod formulas;
mod kept;
mod mirror;
mod outside;
mod worker;

use crate::app::{App, theme};
use crate::assets::{Asset, DIGITS, FIXED_WIDTH, GALLERY, LATER, LETTERS, UBUNTU};
use crate::edge::dialogs;
use crate::session::Document;
use crate::trial::Recipe;
pub(in crate::app) use crew::elsewhere;
use eframe::WebRunner;
pub use formulas::serve_formulas;
pub(in crate::app) use kept::{remember, remembered};
pub(in crate::app) use outside::Told;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{ClipboardEvent, Event, HtmlCanvasElement, MessageEvent, Response, Window};

/// The element that the window is drawn on.
const CANVAS: &str = "engram";

/// The element that says what is to be read while there is no window.
const SAYS: &str = "says";

/// Where `halves.js` puts the promise of the rest of the program.
const WHOLE: &str = "engramWhole";

/// Opens the page or, in a worker of one, does its errands.
pub fn run() {
    crate::engine::use_vectors();
    let Some(window) = web_sys::window() else {
        return worker::serve();
    };
    spawn_local(async move {
        if let Err(problem) = open(&window).await {
            say(&window, &in_words(&problem));
        }
    });
}

/// Opens the window on the page's canvas.
async fn open(window: &Window) -> Result<(), JsValue> {
    let document = window.document().ok_or("no document")?;
    let canvas = document.get_element_by_id(CANVAS).ok_or("no canvas")?;
    let canvas = canvas.dyn_into::<HtmlCanvasElement>()?;
    // Nothing can be read without it.
    take(&UBUNTU).await;
    let runner = WebRunner::new();
    let page = document.clone();
    let create = move |cc: &eframe::CreationContext<'_>| {
        kept::look_as_before(&cc.egui_ctx);
        let mut app = App::new(&cc.egui_ctx, Recipe::default(), cc.storage);
        let location = &cc.integration_info.web_info.location;
        app.embed(&location.query_map);
        match session_in(&location.hash) {
            Some(text) => app.open_shared(text),
            None => app.restore(cc.storage),
        }
        if let Err(problem) = mirror::offer(&page, &cc.egui_ctx) {
            return Err(in_words(&problem).into());
        }
        let ctx = cc.egui_ctx.clone();
        spawn_local(async move {
            whole().await;
            formulas::fetch(&ctx).await;
            fetch_the_rest(ctx).await;
        });
        Ok(Box::new(app) as Box<dyn eframe::App>)
    };
    runner
        .start(canvas, eframe::WebOptions::default(), Box::new(create))
        .await?;
    if let Some(said) = document.get_element_by_id(SAYS) {
        said.remove();
    }
    // Another address is another session, and whoever leaves finds the page again as it was.
    runner.add_event_listener(window, "hashchange", |_: Event, runner| {
        let address = eframe::web::location_hash();
        if let Some(text) = session_in(&address) {
            runner.app_mut::<App>().open_shared(text);
        }
    })?;
    runner.add_event_listener(window, "pagehide", |_: Event, runner| {
        runner.save();
        kept::keep_look(runner.egui_ctx());
    })?;
    runner.add_event_listener(window, "message", |message: MessageEvent, runner| {
        // Only what is part of a page is led by one.
        let script = outside::script_in(&message).filter(|_| runner.app_mut::<App>().is_embedded());
        if let Some(script) = script {
            runner.app_mut::<App>().run_script(&script);
            runner.egui_ctx().request_repaint();
        }
    })?;
    let pasted_into = runner.clone();
    runner.add_event_listener(&document, "paste", move |event: ClipboardEvent, runner| {
        let files = event.clipboard_data().and_then(|data| data.files());
        let (runner, ctx) = (pasted_into.clone(), runner.egui_ctx().clone());
        spawn_local(async move {
            let paths = dialogs::given(files).await;
            if let (Some(mut app), false) = (runner.app_mut::<App>(), paths.is_empty()) {
                app.open_all(paths);
                ctx.request_repaint();
            }
        });
    })?;
    Ok(())
}

/// The session on a line of text after the `#` of an address, if there is one.
fn session_in(address: &str) -> Option<&str> {
    let text = address.trim_start_matches('#');
    Document::is_shared(text).then_some(text)
}

/// Waits for the rest of the program, where it comes in two files: until then the line is free for it.
async fn whole() {
    let promise = js_sys::Reflect::get(&js_sys::global(), &WHOLE.into());
    if let Ok(Ok(promise)) = promise.map(|it| it.dyn_into::<js_sys::Promise>()) {
        // What calls it tries again, and says what is wrong.
        drop(JsFuture::from(promise).await);
    }
}

/// Fetches what is wanted by and by, most urgent first; `ctx` is told of each.
async fn fetch_the_rest(ctx: egui::Context) {
    let letters = LETTERS.iter().map(|(_, _, asset)| asset);
    for asset in [&FIXED_WIDTH].into_iter().chain(letters) {
        take(asset).await;
    }
    theme::set_fonts(&ctx);
    for asset in DIGITS.into_iter().chain(&GALLERY).chain(LATER) {
        take(asset).await;
        ctx.request_repaint();
    }
}

/// Fetches what a world may be made of, for a worker.
async fn fetch_worlds() {
    for asset in DIGITS.into_iter().chain(LATER) {
        take(asset).await;
    }
}

/// Fetches one file.
async fn take(asset: &'static Asset) {
    let fetched = fetch(asset.path).await;
    asset.provide(fetched.map_err(|problem| in_words(&problem)));
}

/// The bytes at `address`.
async fn fetch(address: &str) -> Result<Vec<u8>, JsValue> {
    let answer = match web_sys::window() {
        Some(window) => window.fetch_with_str(address),
        None => worker::scope()?.fetch_with_str(address),
    };
    let response: Response = JsFuture::from(answer).await?.dyn_into()?;
    if !response.ok() {
        let status = response.status();
        return Err(format!("{address} is not there ({status})").into());
    }
    let bytes = JsFuture::from(response.array_buffer()?).await?;
    Ok(js_sys::Uint8Array::new(&bytes).to_vec())
}

/// Says what went wrong before there was a window.
fn say(window: &Window, problem: &str) {
    let document = window.document();
    if let Some(said) = document.and_then(|document| document.get_element_by_id(SAYS)) {
        let text = format!(
            "Engram does not open in this browser: {problem}. It needs WebGL 2, which current browsers have."
        );
        said.set_text_content(Some(&text));
    }
}

/// What a browser says of a problem.
fn in_words(problem: &JsValue) -> String {
    let error = problem.dyn_ref::<js_sys::Error>();
    let said = error.map(|error| String::from(error.message()));
    let said = said.or_else(|| problem.as_string());
    said.unwrap_or_else(|| "it does not say why".to_owned())
}

/// Whether files can be dropped on the page, in words.
pub(in crate::app) fn dropping() -> &'static str {
    "files can also be dropped on the page"
}
