//! The assumptions of a board, by section; every control comes from the registry.

use leptos::prelude::*;

use crate::assumptions::{Section, Spec};
use crate::registry;
use crate::view::deals::{BASICS, sections};
use crate::view::words;
use crate::web::shell::panel::field;
use crate::web::state::App;

use super::fill::Fill;

/// The assumptions of a board.
#[component]
pub(crate) fn DealInputs(app: App, tab: &'static str) -> impl IntoView {
    let first = tab.is_empty();
    if matches!(tab, "customer" | "sheet") {
        return ().into_any();
    }
    let basics = first.then(|| {
        let fields = BASICS.iter().filter_map(|key| registry::assumption(key));
        fields.map(|spec| field(app, spec)).collect_view()
    });
    let shared = first.then(|| {
        view! {
            <p class="muted small">
                "Discount rate, horizon, timing and cost of capital are those of the assumptions beside the page."
            </p>
        }
    });
    let groups = sections(tab)
        .iter()
        .map(|section| group(app, *section, first))
        .collect_view();
    view! {
        <section class="card card-body deal-inputs" aria-labelledby="deal-inputs-title">
            <h2 id="deal-inputs-title">"The deal as assumed"</h2>
            {first.then(|| view! { <Fill app/> })}
            {basics}
            {groups}
            {shared}
        </section>
    }
    .into_any()
}

/// One section; folded on the first board, where its basic ones stand above.
fn group(app: App, section: Section, first: bool) -> AnyView {
    let own =
        |spec: &&'static Spec| spec.section == section && !(first && BASICS.contains(&spec.key));
    let fields = registry::assumptions()
        .filter(own)
        .map(|spec| field(app, spec))
        .collect_view();
    view! {
        <details class="panel-group" open=!first>
            <summary>{words::section(section)}</summary>
            {fields}
        </details>
    }
    .into_any()
}
