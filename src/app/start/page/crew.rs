//! The page's workers: one for each errand, which ends with it.

use super::worker::{OVER, READY};
use crate::jobs::{Elsewhere, ErrandNews, Sent, Wake};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::mpsc::{Sender, channel};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Event, MessageEvent, Worker, WorkerOptions, WorkerType};

/// The most workers: each has the program and the digits in its memory.
const MOST: usize = 4;

/// What a worker runs.
const SCRIPT: &str = "worker.js";

/// A worker and what it calls.
struct Hand {
    worker: Worker,
    _told: Closure<dyn FnMut(MessageEvent)>,
    _failed: Closure<dyn FnMut(Event)>,
}

impl Drop for Hand {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

thread_local! {
    /// Workers under way, by number: they cannot leave this thread, and whoever waits for them may.
    static HANDS: RefCell<BTreeMap<u64, Hand>> = const { RefCell::new(BTreeMap::new()) };
    static NEXT: RefCell<u64> = const { RefCell::new(0) };
}

/// Workers that call `wake` whenever they have something to say.
pub(in crate::app) fn elsewhere(wake: Wake) -> Elsewhere {
    let cores = web_sys::window().map_or(1.0, |window| window.navigator().hardware_concurrency());
    Elsewhere {
        // One core is the page's own.
        hands: (cores as usize).saturating_sub(1).clamp(1, MOST),
        send: Arc::new(move |errands| send(errands, &wake)),
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "a page cannot wait until there is room for what its workers say"
)]
fn send(errands: Vec<String>, wake: &Wake) -> Sent {
    let (sender, answers) = channel();
    let started = errands.into_iter().enumerate();
    let started = started.filter_map(|(index, errand)| {
        let started = start(index, errand, &sender, wake);
        if started.is_err() {
            drop(sender.send((index, ErrandNews::Failed)));
            wake();
        }
        started.ok()
    });
    let numbers: Vec<u64> = started.collect();
    Sent {
        answers,
        end: Box::new(move || {
            for number in numbers {
                drop(HANDS.with_borrow_mut(|hands| hands.remove(&number)));
            }
        }),
    }
}

/// Starts a worker on an errand; its number.
fn start(
    index: usize,
    errand: String,
    sender: &Sender<(usize, ErrandNews)>,
    wake: &Wake,
) -> Result<u64, JsValue> {
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    let worker = Worker::new_with_options(SCRIPT, &options)?;
    let tell = {
        let (sender, wake) = (sender.clone(), Arc::clone(wake));
        move |answer| {
            // Whoever waited may be gone.
            drop(sender.send((index, answer)));
            wake();
        }
    };
    let told = {
        let (tell, worker) = (tell.clone(), worker.clone());
        let mut errand = Some(errand);
        Closure::new(move |message: MessageEvent| {
            let line = message.data().as_string().unwrap_or_default();
            match line.as_str() {
                READY => {
                    let sent = errand
                        .take()
                        .map(|errand| worker.post_message(&errand.into()));
                    if sent.is_some_and(|sent| sent.is_err()) {
                        tell(ErrandNews::Failed);
                    }
                }
                OVER => tell(ErrandNews::Over),
                _ => tell(ErrandNews::Line(line)),
            }
        })
    };
    let failed = Closure::new(move |_: Event| tell(ErrandNews::Failed));
    worker.set_onmessage(Some(told.as_ref().unchecked_ref()));
    worker.set_onerror(Some(failed.as_ref().unchecked_ref()));
    let number = NEXT.with_borrow_mut(|next| {
        *next += 1;
        *next
    });
    let hand = Hand {
        worker,
        _told: told,
        _failed: failed,
    };
    HANDS.with_borrow_mut(|hands| hands.insert(number, hand));
    Ok(number)
}
