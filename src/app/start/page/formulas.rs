//! The second program of a page, which sets formulas: it is fetched when the window is there.

use super::{in_words, take};
use crate::assets::FACES;
use crate::figures::mathematics::afar;
use egui::Context;
use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::{JsFuture, future_to_promise};

/// The function of `start.js` that fetches it, and comes to the one that answers.
const FETCH: &str = "engramFormulas";

/// Where it puts the promise of that one.
const ANSWER: &str = "engramAnswer";

/// Fetches what sets formulas. Where that fails, every formula says so.
pub(super) async fn fetch(ctx: &Context) {
    match fetched().await {
        Ok(answer) => afar::set_by(Box::new(move |question| {
            let said = answer.call1(&JsValue::NULL, &JsValue::from_str(question));
            said.ok()?.as_string()
        })),
        Err(problem) => {
            let refusal = afar::refusal(&in_words(&problem));
            afar::set_by(Box::new(move |_question| Some(refusal.clone())));
        }
    }
    ctx.request_repaint();
}

async fn fetched() -> Result<Function, JsValue> {
    let fetch = Reflect::get(&js_sys::global(), &FETCH.into())?;
    let answer = fetch.dyn_into::<Function>()?.call0(&JsValue::NULL)?;
    JsFuture::from(answer.dyn_into::<Promise>()?)
        .await?
        .dyn_into()
}

/// The second program: it fetches the faces of formulas and offers a function from question to answer.
pub fn serve_formulas() {
    let offer = future_to_promise(async {
        let faces = FACES.iter().map(|face| {
            future_to_promise(async {
                take(face).await;
                Ok(JsValue::UNDEFINED)
            })
        });
        JsFuture::from(Promise::all(&faces.collect::<Array>())).await?;
        let answer =
            Closure::<dyn Fn(String) -> String>::new(|question: String| afar::answer(&question));
        Ok(answer.into_js_value())
    });
    // A page that keeps no such thing asks for none.
    drop(Reflect::set(&js_sys::global(), &ANSWER.into(), &offer));
}
