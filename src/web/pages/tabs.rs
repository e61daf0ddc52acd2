//! The tabs of a page: each is a place with an address of its own.

use leptos::prelude::*;

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
    view! { <nav class="tabs" aria-label=name>{links.collect_view()}</nav> }
}
