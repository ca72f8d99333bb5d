//! The browser's dialogs: files that are chosen or dropped are read as a whole, and lie by name where the page reads
//! from; what is saved is downloaded.

use super::Answer;
use crate::edge::places;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{File, FileList, HtmlInputElement};

/// What an answer waits for.
#[derive(Default)]
struct Slot {
    told: Option<Option<Vec<PathBuf>>>,
    waker: Option<Waker>,
}

/// Where the page puts an answer.
#[derive(Clone, Default)]
struct Asked(Arc<Mutex<Slot>>);

impl Asked {
    fn slot(&self) -> MutexGuard<'_, Slot> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn tell(&self, paths: Option<Vec<PathBuf>>) {
        let mut slot = self.slot();
        slot.told = Some(paths);
        if let Some(waker) = slot.waker.take() {
            waker.wake();
        }
    }
}

impl Future for Asked {
    type Output = Option<Vec<PathBuf>>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let mut slot = self.slot();
        slot.told.take().map_or_else(
            || {
                slot.waker = Some(context.waker().clone());
                Poll::Pending
            },
            Poll::Ready,
        )
    }
}

/// A file on its way to the page: its name, and its bytes once they are read.
pub(crate) type Coming = (
    PathBuf,
    Pin<Box<dyn Future<Output = Result<Vec<u8>, String>>>>,
);

/// The names of what was dropped on the page, once it is read.
pub(crate) fn dropped(files: Vec<Coming>) -> Answer {
    let asked = Asked::default();
    let answer = asked.clone();
    spawn_local(async move {
        let mut paths = Vec::new();
        for (path, bytes) in files {
            // What cannot be read is not there: whoever reads it says so.
            if let Ok(bytes) = bytes.await {
                places::give(path.clone(), bytes);
            }
            paths.push(path);
        }
        asked.tell(Some(paths));
    });
    Box::pin(answer)
}

/// Asks for a file of this kind, by the endings of its name.
pub(crate) fn open_file(_title: &str, (_, endings): (&str, &[&str])) -> Answer {
    let endings: Vec<String> = endings.iter().map(|ending| format!(".{ending}")).collect();
    choose(|input| input.set_accept(&endings.join(",")))
}

/// Asks for files of any kind.
pub(crate) fn open_files(_title: &str, _kind: (&str, &[&str])) -> Answer {
    choose(|input| input.set_multiple(true))
}

/// Asks for a folder.
pub(crate) fn open_folder(_title: &str) -> Answer {
    let answer = choose(|input| {
        // An attribute that every browser knows and no standard has.
        drop(input.set_attribute("webkitdirectory", ""));
    });
    Box::pin(async { answer.await.map(folder_of) })
}

/// A download needs no answer: it is called `name`.
pub(crate) fn save_file(_title: &str, name: &str) -> Answer {
    Box::pin(std::future::ready(Some(vec![PathBuf::from(name)])))
}

/// The folder that all of `paths` are in.
fn folder_of(paths: Vec<PathBuf>) -> Vec<PathBuf> {
    let first = paths.first().and_then(|path| path.components().next());
    match first {
        Some(folder) => vec![PathBuf::from(folder.as_os_str())],
        None => paths,
    }
}

/// Has the browser ask for files, and reads them.
fn choose(prepare: impl FnOnce(&HtmlInputElement)) -> Answer {
    let asked = Asked::default();
    let answer = Box::pin(asked.clone());
    let document = web_sys::window().and_then(|window| window.document());
    let input = document.and_then(|document| document.create_element("input").ok());
    let Some(input) = input.and_then(|input| input.dyn_into::<HtmlInputElement>().ok()) else {
        asked.tell(None);
        return answer;
    };
    input.set_type("file");
    prepare(&input);
    let (put_away, chosen_from) = (asked.clone(), input.clone());
    let chosen = Closure::once_into_js(move || {
        spawn_local(async move {
            let paths = given(chosen_from.files()).await;
            asked.tell(Some(paths).filter(|paths| !paths.is_empty()));
        });
    });
    let cancelled = Closure::once_into_js(move || put_away.tell(None));
    input.set_onchange(Some(chosen.unchecked_ref()));
    drop(input.add_event_listener_with_callback("cancel", cancelled.unchecked_ref()));
    input.click();
    answer
}

/// The names of `files` that were chosen or pasted, once they are read.
pub(crate) async fn given(files: Option<FileList>) -> Vec<PathBuf> {
    let mut paths = Vec::new();
    let Some(files) = files else {
        return paths;
    };
    for index in 0..files.length() {
        let Some(file) = files.get(index) else {
            continue;
        };
        let path = path_of(&file);
        if let Ok(bytes) = JsFuture::from(file.array_buffer()).await {
            places::give(path.clone(), js_sys::Uint8Array::new(&bytes).to_vec());
        }
        paths.push(path);
    }
    paths
}

/// The path of a file in the folder that was chosen, else its name.
fn path_of(file: &File) -> PathBuf {
    let within = js_sys::Reflect::get(file, &JsValue::from_str("webkitRelativePath"));
    let within = within.ok().and_then(|path| path.as_string());
    PathBuf::from(
        within
            .filter(|path| !path.is_empty())
            .unwrap_or_else(|| file.name()),
    )
}
