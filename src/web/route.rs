//! The address bar: reads the route from the fragment and writes it back.
//!
//! Links are ordinary `href="#/..."`; the browser's own event brings them here. What is typed into
//! a search or chosen in a filter replaces the entry in the history, so that "back" leaves the page
//! and not the letter.

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use crate::view::route::Route;

/// The fragment of the address, with its `#`.
pub fn fragment() -> String {
    window().location().hash().unwrap_or_default()
}

/// Follows the address for as long as the app runs. Fragments that are shared links go to `on_link`.
pub fn follow(route: RwSignal<Route>, on_link: impl Fn(String) + 'static) {
    let _listener = window_event_listener(ev::hashchange, move |_| {
        let text = fragment();
        if let Some(link) = Route::link(&text) {
            on_link(link.to_owned());
            return;
        }
        let to = Route::parse(&text);
        // Another page or tab begins at its top; the same list stays where it is.
        let place = |route: &Route| (route.page, route.get("tab").map(str::to_owned));
        if route.with_untracked(place) != place(&to) {
            leave_field();
            window().scroll_to_with_x_and_y(0.0, 0.0);
        }
        route.set(to);
    });
}

/// Takes the focus out of a field, so that what is being typed is entered while the field is there: the
/// browser says that it was left when it is gone, too, and nobody can answer then.
fn leave_field() {
    let focused = document().active_element();
    let field = focused.filter(|it| it.matches("input,textarea,select").unwrap_or(false));
    if let Some(field) = field.and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok()) {
        drop(field.blur());
    }
}

/// Goes to a place as a link would: one more entry in the history.
pub fn go(to: &Route) {
    // Refused only for addresses that are no address; the route then stays as it is.
    drop(window().location().set_hash(&to.to_string()));
}

/// Goes to a place in the stead of this one.
pub fn replace(route: RwSignal<Route>, to: Route) {
    if let Ok(history) = window().history() {
        let text = to.to_string();
        drop(history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&text)));
    }
    if route.get_untracked() != to {
        route.set(to);
    }
}
