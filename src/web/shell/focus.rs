//! Keeps the place of those who work by keyboard: where a button takes itself away, what was around it
//! has the focus next, not the top of the page.

use std::iter::successors;
use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// What a click changes is on the page by then.
const SETTLED: Duration = Duration::from_millis(300);

/// Watches clicks, those by keyboard included, while the owner lives.
pub(crate) fn keep() {
    let listener = window_event_listener(ev::click, |event| {
        let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
        let Some(pressed) =
            target.and_then(|it| it.closest("button, a, input, select").ok().flatten())
        else {
            return;
        };
        let around: Vec<Element> =
            successors(pressed.parent_element(), |it| it.parent_element()).collect();
        set_timeout(move || rescue(&around), SETTLED);
    });
    on_cleanup(move || listener.remove());
}

/// Focuses the innermost that is still on the page, where nothing has the focus.
fn rescue(around: &[Element]) {
    let focused = document().active_element();
    if focused.is_some_and(|element| element.tag_name() != "BODY") {
        return;
    }
    let shown = |element: &&Element| element.client_height() > 0;
    let Some(place) = around
        .iter()
        .find(shown)
        .and_then(|it| it.dyn_ref::<HtmlElement>())
    else {
        return;
    };
    let page = document().document_element();
    let top = page.as_ref().map(Element::scroll_top);
    if !place.has_attribute("tabindex") {
        let _ = place.set_attribute("tabindex", "-1");
    }
    let _ = place.focus();
    // What is around may be long: its top is not where the user looked.
    if let (Some(page), Some(top)) = (page, top) {
        page.set_scroll_top(top);
    }
}
