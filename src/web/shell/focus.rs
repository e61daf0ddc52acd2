//! Keeps the place of those who work by keyboard: where a button takes itself away, what came into its
//! place has the focus next, else what is around it; not the top of the page.

use std::cell::RefCell;
use std::iter::successors;
use std::rc::Rc;
use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// When to look: what a click changes is on the page soon, what is computed first a little later.
const LOOKS: [Duration; 2] = [Duration::from_millis(150), Duration::from_millis(1_200)];

/// An element and its place among its parent's children, counted from 1.
type Place = (Element, usize);

/// Watches clicks, those by keyboard included, while the owner lives.
pub(crate) fn keep() {
    // Where the focus was put last, from the inside. A click is too late to ask: its button is gone.
    let last: Rc<RefCell<Vec<Place>>> = Rc::default();
    let noted = Rc::clone(&last);
    let focused = window_event_listener(ev::focusin, move |event| {
        let target = event.target().and_then(|it| it.dyn_into::<Element>().ok());
        let around = successors(target, |it| it.parent_element());
        noted.replace(around.map(|it| (it.clone(), place(&it))).collect());
    });
    let clicked = window_event_listener(ev::click, move |_| {
        for look in LOOKS {
            let last = Rc::clone(&last);
            let rescue = move || {
                // Focusing something notes it.
                let last = last.borrow().clone();
                rescue(&last);
            };
            set_timeout(rescue, look);
        }
    });
    on_cleanup(move || {
        focused.remove();
        clicked.remove();
    });
}

fn place(element: &Element) -> usize {
    let first = element
        .parent_element()
        .and_then(|it| it.first_element_child());
    let before = successors(first, Element::next_element_sibling);
    1 + before.take_while(|it| it != element).count()
}

/// Where the focused element is gone: focuses what stands in the place of the outermost that went with
/// it, else the innermost that is left.
fn rescue(around_it: &[Place]) {
    let shown = |(element, _): &Place| element.client_height() > 0;
    let focused = document().active_element();
    let nowhere = focused.is_none_or(|element| element.tag_name() == "BODY");
    let Some(left) = around_it
        .iter()
        .position(shown)
        .filter(|left| nowhere && *left > 0)
    else {
        return;
    };
    let (Some((around, _)), Some((_, at))) = (around_it.get(left), around_it.get(left - 1)) else {
        return;
    };
    let next = format!(
        ":scope > :nth-child({at}) :is(button, a, input, select):not([hidden] *, :disabled)"
    );
    let next = around.query_selector(&next).ok().flatten();
    let page = document().document_element();
    let top = page.as_ref().map(Element::scroll_top);
    if next.is_none() && !around.has_attribute("tabindex") {
        let _ = around.set_attribute("tabindex", "-1");
    }
    let next = next.as_ref().unwrap_or(around);
    let _ = next.dyn_ref::<HtmlElement>().map(HtmlElement::focus);
    // What is around may be long: its top is not where the user looked.
    if let (Some(page), Some(top)) = (page, top) {
        page.set_scroll_top(top);
    }
}
