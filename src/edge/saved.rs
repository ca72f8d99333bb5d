//! What a user saves: a file on the disk or, from a page, a download.

#[cfg(target_arch = "wasm32")]
use crate::engine::Error;
#[cfg(target_arch = "wasm32")]
use std::path::Path;

#[cfg(not(target_arch = "wasm32"))]
pub(crate) use super::write::file;

/// Has the browser download `bytes` as a file of that name.
#[cfg(target_arch = "wasm32")]
pub(crate) fn file(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    download(&name, bytes).map_err(|_| {
        let why = "the browser does not take it as a download".to_owned();
        Error::System(why).in_source(name)
    })
}

#[cfg(target_arch = "wasm32")]
fn download(name: &str, bytes: &[u8]) -> Result<(), wasm_bindgen::JsValue> {
    use wasm_bindgen::JsCast as _;
    use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

    let document = web_sys::window().and_then(|window| window.document());
    let document = document.ok_or("no document")?;
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes));
    let kind = BlobPropertyBag::new();
    kind.set_type("application/octet-stream");
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &kind)?;
    let address = Url::create_object_url_with_blob(&blob)?;
    let link: HtmlAnchorElement = document.create_element("a")?.unchecked_into();
    link.set_href(&address);
    link.set_download(name);
    link.click();
    // The browser has its own hold of the bytes from the click on.
    Url::revoke_object_url(&address)
}
