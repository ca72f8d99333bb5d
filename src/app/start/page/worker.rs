//! The program in a worker of the page: it does errands, one at a time, and tells what comes of them line by line.

use super::{fetch_worlds, in_words};
use crate::session::run_errand;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

/// What a worker says when it can be sent errands.
pub(super) const READY: &str = "ready";

/// What it says when there is no more to come of an errand.
pub(super) const OVER: &str = "over";

/// The worker that this program runs in.
pub(super) fn scope() -> Result<DedicatedWorkerGlobalScope, JsValue> {
    js_sys::global().dyn_into().map_err(JsValue::from)
}

/// Does errands from now on, once the digits are there.
pub(super) fn serve() {
    let Ok(scope) = scope() else {
        return;
    };
    spawn_local(async move {
        fetch_worlds().await;
        let page = scope.clone();
        let told = Closure::<dyn FnMut(MessageEvent)>::new(move |message: MessageEvent| {
            let tell = |line: &str| {
                // A page that is gone hears nothing.
                drop(page.post_message(&line.into()));
            };
            let errand = message.data().as_string().unwrap_or_default();
            if let Err(problem) = run_errand(&errand, |line| tell(&line)) {
                // It is an error of the worker, which the page hears of.
                wasm_bindgen::throw_str(&problem.to_string());
            }
            tell(OVER);
        });
        scope.set_onmessage(Some(told.into_js_value().unchecked_ref()));
        if let Err(problem) = scope.post_message(&READY.into()) {
            wasm_bindgen::throw_str(&in_words(&problem));
        }
    });
}
