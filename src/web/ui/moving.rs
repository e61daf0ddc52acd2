//! Marks the page while a value is moved, so that what is out of sight is neither laid out nor painted
//! then (`style/layout.css`): a step takes a quarter less. At rest all of it is there, for a picture
//! of the whole page too.

use std::cell::Cell;

use leptos::prelude::document;

use crate::web::later;

/// How long after the last step the page is at rest.
const REST_MS: i32 = 400;

thread_local! {
    /// A step since the mark was last looked at; `None` at rest.
    static MOVED: Cell<Option<bool>> = const { Cell::new(None) };
}

/// A step was made.
pub(crate) fn note() {
    if MOVED.replace(Some(true)).is_none() {
        if let Some(root) = document().document_element() {
            let _ = root.set_attribute("data-moving", "");
        }
        later(REST_MS, look);
    }
}

/// Takes the mark off unless there were more steps.
fn look() {
    if MOVED.get() == Some(true) {
        MOVED.set(Some(false));
        later(REST_MS, look);
    } else {
        MOVED.set(None);
        if let Some(root) = document().document_element() {
            let _ = root.remove_attribute("data-moving");
        }
    }
}
