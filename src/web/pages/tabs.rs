//! The tabs of a page: each is a place with an address of its own.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use crate::view::route::{Page, Route};
use crate::web::state::App;

/// Keys and labels; the first is where the page opens.
pub(crate) type TabList = &'static [(&'static str, &'static str)];

/// The tab that the address names, else the first.
pub(crate) fn chosen(app: App, tabs: TabList) -> Memo<&'static str> {
    Memo::new(move |_| {
        app.route.with(|route| {
            let wanted = route.get("tab").unwrap_or_default();
            let known = tabs.iter().find(|(key, _)| *key == wanted);
            known.map_or("", |(key, _)| *key)
        })
    })
}

/// The links to them.
#[component]
pub(crate) fn Tabs(
    page: Page,
    name: &'static str,
    tabs: TabList,
    tab: Memo<&'static str>,
) -> impl IntoView {
    let links = tabs.iter().map(|&(key, label)| {
        let href = Route::to(page).with("tab", key).to_string();
        view! {
            <a class="tab" href=href aria-current=move || (tab.get() == key).then_some("page")>{label}</a>
        }
    });
    Effect::new(move |_| {
        tab.track();
        reveal();
    });
    view! { <nav class="tabs" aria-label=name>{links.collect_view()}</nav> }
}

/// Scrolls the present place into sight, in these tabs and in those of the pages.
fn reveal() {
    let Ok(found) = document().query_selector_all(".tab[aria-current=page]") else {
        return;
    };
    for at in 0..found.length() {
        let tab = found
            .get(at)
            .and_then(|node| node.dyn_into::<Element>().ok());
        if let Some((tab, list)) = tab.and_then(|tab| Some((tab.clone(), tab.parent_element()?))) {
            let (inner, outer) = (
                tab.get_bounding_client_rect(),
                list.get_bounding_client_rect(),
            );
            let off = inner.left() - outer.left() + (inner.width() - outer.width()) / 2.0;
            // Pixels, far below the limits.
            #[allow(clippy::cast_possible_truncation)]
            list.set_scroll_left(list.scroll_left() + off as i32);
        }
    }
}
