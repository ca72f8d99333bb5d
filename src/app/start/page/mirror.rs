//! The window as elements of the page, for screen readers: what is drawn on a canvas is a mere picture to them.
//!
//! Once somebody asks for it, every control and text of the window has an element with its role, name, value and place,
//! unseen and above the canvas; what is done to an element is done to its control. The tree is that of AccessKit, as it is on a desktop.
//! Absent: what the controls say, and keys, which the canvas has.

use super::elements::Elements;
use egui::accesskit::{Action, ActionData, ActionRequest, NodeId, TreeId};
use egui::{Context, Event, FullOutput, Plugin, RawInput};
use std::cell::RefCell;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Document, Element, HtmlInputElement};

/// The button that asks for the elements.
const BUTTON: &str = "describe";

/// Where they are.
const PLACE: &str = "mirror";

thread_local! {
    /// They cannot leave this thread.
    static ELEMENTS: RefCell<Option<Elements>> = const { RefCell::new(None) };
}

/// What was done to elements and is to be done to controls.
type Requests = Arc<Mutex<Vec<ActionRequest>>>;

/// Reflects the window in the elements.
struct Mirror(Requests);

/// Has the window reflected once somebody asks for it.
pub(super) fn offer(document: &Document, ctx: &Context) -> Result<(), JsValue> {
    let button = document.get_element_by_id(BUTTON).ok_or("no button")?;
    let (ctx, asked) = (ctx.clone(), document.clone());
    let on_click = Closure::<dyn FnMut()>::new(move || {
        if let Some(place) = asked.get_element_by_id(PLACE) {
            // What cannot be listened to is still read.
            drop(begin(&place, &ctx));
        }
    });
    button.add_event_listener_with_callback("click", on_click.into_js_value().unchecked_ref())
}

fn begin(place: &Element, ctx: &Context) -> Result<(), JsValue> {
    if ELEMENTS.with_borrow(Option::is_some) {
        return Ok(());
    }
    ELEMENTS.set(Some(Elements::new(place.clone())));
    let requests = Requests::default();
    ctx.add_plugin(Mirror(Arc::clone(&requests)));
    ctx.enable_accesskit();
    ctx.request_repaint();
    for what in ["click", "change"] {
        let (requests, ctx) = (Arc::clone(&requests), ctx.clone());
        let done = Closure::<dyn FnMut(web_sys::Event)>::new(move |event: web_sys::Event| {
            held(&requests).extend(request(&event));
            ctx.request_repaint();
        });
        place.add_event_listener_with_callback(what, done.into_js_value().unchecked_ref())?;
    }
    Ok(())
}

/// What is to be done to the control of the element that something was done to.
fn request(event: &web_sys::Event) -> Option<ActionRequest> {
    let element: Element = event.target()?.dyn_into().ok()?;
    let node: u64 = element.get_attribute("data-node")?.parse().ok()?;
    let input = element.dyn_ref::<HtmlInputElement>();
    let (action, data) = match input {
        Some(input) if event.type_() == "change" => {
            let value = input.value().parse().ok()?;
            (Action::SetValue, Some(ActionData::NumericValue(value)))
        }
        None if event.type_() == "click" => (Action::Click, None),
        _ => return None,
    };
    Some(ActionRequest {
        action,
        target_tree: TreeId::ROOT,
        target_node: NodeId(node),
        data,
    })
}

fn held(requests: &Requests) -> MutexGuard<'_, Vec<ActionRequest>> {
    requests.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Plugin for Mirror {
    fn debug_name(&self) -> &'static str {
        "mirror"
    }

    fn input_hook(&mut self, _ctx: &Context, input: &mut RawInput) {
        let mut requests = held(&self.0);
        let events = requests.drain(..).map(Event::AccessKitActionRequest);
        input.events.extend(events);
    }

    fn output_hook(&mut self, ctx: &Context, output: &mut FullOutput) {
        if let Some(tree) = output.platform_output.accesskit_update.take() {
            let scale = f64::from(ctx.zoom_factor());
            ELEMENTS.with_borrow_mut(|elements| {
                if let Some(elements) = elements {
                    elements.show(&tree, scale);
                }
            });
        }
    }
}
