//! The figures that matter most, always in sight.

use leptos::prelude::*;

use crate::registry;
use crate::web::state::App;
use crate::web::ui::Kpi;

/// The strip's figures, the most important first.
const KEYS: [&str; 7] = [
    "lifetime_value",
    "future_value",
    "past_value",
    "payback_months",
    "ltv_cac",
    "accounts",
    "cost_coverage",
];

/// The strip.
#[component]
pub(crate) fn KpiStrip(app: App) -> impl IntoView {
    let tiles = KEYS
        .into_iter()
        .filter_map(registry::metric)
        .enumerate()
        .map(|(at, spec)| {
            let figure = app.figure(spec.key);
            let before = app.figure_before(spec.key);
            view! { <Kpi spec figure before lead=at == 0/> }
        })
        .collect_view();
    view! {
        <section class="kpi-strip" hidden=move || app.is_empty() class:stale=app.client.updating aria-busy=move || app.client.busy.get().to_string() tabindex="0" aria-label="Key figures of the whole book">
            {tiles}
        </section>
    }
}
