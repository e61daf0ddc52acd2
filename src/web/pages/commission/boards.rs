//! Tables and charts of the schemes: side by side, where they pay for the wrong thing, and what the
//! orders say of accounts and owners.

use std::sync::Arc;

use leptos::prelude::*;

use crate::base::packed::Parcel;
use crate::jobs::protocol::{ExportFormat, ExportOf, PageWant};
use crate::metrics::Sheet;
use crate::view::commission;
use crate::web::format::use_formats;
use crate::web::ui::{ChartView, SheetTable};

use super::Handles;

/// All schemes on the same orders.
pub(super) fn compare(h: Handles) -> AnyView {
    view! {
        <section class="card card-body stack" aria-labelledby="compare-title">
            <h2 id="compare-title">"What each scheme would have cost"</h2>
            {sentences(h)}
            {drawn(h, "schemes")}
            {table(h, "schemes")}
        </section>
        {card(h, "payouts")}
        {card(h, "deal_pay")}
    }
    .into_any()
}

/// Where the chosen scheme pays for the wrong thing.
pub(super) fn incentives(h: Handles) -> AnyView {
    view! {
        <section class="card card-body stack" aria-labelledby="findings-title">
            <div class="cluster">
                <h2 id="findings-title">"Where it pays for the wrong thing"</h2>
                <span class="spacer"></span>
                {h.choice()}
            </div>
            <p class="muted">"Sales, margin, discount and the day of an order are varied to find where selling more pays less, where a boundary tempts, and where seller and company want different things."</p>
            {sentences(h)}
            {table(h, "findings")}
        </section>
    }
    .into_any()
}

/// Who looks after whom, who comes back, and what that is worth.
pub(super) fn accounts(h: Handles) -> AnyView {
    view! {
        {sentences(h)}
        {card(h, "owners")}
        {card(h, "handovers")}
        {card(h, "targets")}
        {card(h, "milestones")}
        {card(h, "pays")}
    }
    .into_any()
}

/// What is to be said of the tab as a whole.
pub(super) fn sentences(h: Handles) -> AnyView {
    let formats = use_formats();
    let lines = move || {
        h.found.with(|found| {
            let lines = found.iter().flat_map(|found| found.notes.iter());
            lines
                .map(|line| view! { <p>{formats.with(|f| f.sentence(line))}</p> })
                .collect_view()
        })
    };
    view! { <div class="stack" data-testid="notes">{lines}</div> }.into_any()
}

/// A table of the results.
pub(super) fn sheet(h: Handles, key: &'static str) -> Memo<Option<Arc<Sheet>>> {
    Memo::new(move |_| {
        h.found.with(|found| {
            let sheets = found.as_ref().map(|found| found.sheets.as_slice())?;
            let sheet = sheets.iter().find(|sheet| sheet.key == key)?;
            Some(Arc::new(sheet.clone()))
        })
    })
}

/// A table in a card of its own.
pub(super) fn card(h: Handles, key: &'static str) -> AnyView {
    view! { <section class="card card-body stack">{drawn(h, key)}{table(h, key)}</section> }
        .into_any()
}

fn drawn(h: Handles, key: &'static str) -> AnyView {
    let found = sheet(h, key);
    let chart = Signal::derive(move || found.with(|sheet| commission::chart(sheet.as_deref()?)));
    let none = move || chart.with(Option::is_none);
    view! { <div class="chart-alone" hidden=none><ChartView chart/></div> }.into_any()
}

/// A table with its exports.
pub(super) fn table(h: Handles, key: &'static str) -> AnyView {
    let export = move |format: ExportFormat| {
        Callback::new(move |key: String| {
            let want = h.schemes.with_untracked(|schemes| {
                let route = h.app.route.get_untracked();
                PageWant {
                    commission: Some(commission::asked(&route, schemes)),
                    ..PageWant::default()
                }
            });
            h.app.export(ExportOf::Page(Parcel::of(&want), key), format);
        })
    };
    view! {
        <SheetTable
            sheet=sheet(h, key)
            on_csv=export(ExportFormat::Csv)
            on_xlsx=export(ExportFormat::Sheet)
        />
    }
    .into_any()
}
