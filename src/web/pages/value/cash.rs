//! Whether winning a new account pays: what it costs, what it brings, and when it has paid back.

use std::sync::Arc;

use leptos::prelude::*;

use crate::metrics::Sheet;
use crate::view::drawn;
use crate::web::state::App;
use crate::web::ui::ChartView;
use crate::web::ui::figure::figure_list;

/// The figures of the block, in order.
const KEYS: [&str; 10] = [
    "ltv_cac",
    "ltv_per_account",
    "payback_months",
    "new_margin",
    "new_npv",
    "new_irr",
    "new_payback",
    "new_payback_discounted",
    "first_order_value",
    "initial_share",
];

/// The block.
#[component]
pub(crate) fn Cash(
    app: App,
    sheet: ReadSignal<Option<Arc<Sheet>>>,
    payback: ReadSignal<Option<Arc<Sheet>>>,
) -> impl IntoView {
    let chart = Signal::derive(move || {
        sheet.with(|sheet| sheet.as_ref().and_then(|sheet| drawn::cash(sheet)))
    });
    let line = Signal::derive(move || {
        payback.with(|sheet| sheet.as_ref().and_then(|sheet| drawn::of(sheet)))
    });
    // Without a fit there is no line, but a reason.
    let why = move || {
        let caption = |sheet: &Arc<Sheet>| sheet.rows.is_empty().then(|| sheet.caption.clone());
        let why = payback.with(|sheet| sheet.as_ref().and_then(caption))?;
        Some(view! { <p class="muted small">"Chance of payback by month: "{why}</p> })
    };
    view! {
        <section class="card card-body stack" aria-labelledby="cash-title">
            <h2 id="cash-title">"Does winning an account pay?"</h2>
            <div class="grid-2">
                {figure_list(&KEYS, move |key| app.figure(key))}
                <ChartView chart/>
            </div>
            <div class="chart-alone" hidden=move || line.with(Option::is_none) data-testid="payback">
                <ChartView chart=line/>
            </div>
            {why}
        </section>
    }
}
