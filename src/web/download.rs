//! Saving bytes as a file of the user's.

use js_sys::Array;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// How long the browser may take to begin saving.
const PATIENCE_MS: u64 = 60_000;

/// Saves a buffer.
pub fn save(name: &str, media: &str, bytes: &JsValue) {
    let options = BlobPropertyBag::new();
    options.set_type(media);
    if let Ok(blob) =
        Blob::new_with_buffer_source_sequence_and_options(&Array::of1(bytes), &options)
    {
        save_blob(name, &blob);
    }
}

/// Saves text.
pub fn save_text(name: &str, media: &str, text: &str) {
    let options = BlobPropertyBag::new();
    options.set_type(media);
    let parts = Array::of1(&text.into());
    if let Ok(blob) = Blob::new_with_str_sequence_and_options(&parts, &options) {
        save_blob(name, &blob);
    }
}

/// Saves a blob by a link that is clicked for the user.
pub fn save_blob(name: &str, blob: &Blob) {
    let Ok(url) = Url::create_object_url_with_blob(blob) else {
        return;
    };
    let made = document().create_element("a").ok();
    if let Some(link) = made.and_then(|it| it.dyn_into::<HtmlAnchorElement>().ok()) {
        link.set_href(&url);
        link.set_download(name);
        link.click();
    }
    set_timeout(
        move || drop(Url::revoke_object_url(&url)),
        std::time::Duration::from_millis(PATIENCE_MS),
    );
}
