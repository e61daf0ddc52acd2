//! Tables and charts of the schemes: side by side, where they pay for the wrong thing, and what the
//! orders say of accounts and owners.

use std::sync::Arc;

use leptos::prelude::*;

use crate::base::packed::Parcel;
use crate::base::{Date, Money, Unit};
use crate::commission::finder::{Finding, Writes};
use crate::jobs::protocol::{ExportFormat, ExportOf, PageWant};
use crate::metrics::{Exactness, Number, Sheet};
use crate::view::commission;
use crate::view::number::Place;
use crate::web::format::{Formats, use_formats};
use crate::web::ui::{ChartView, SheetTable};

use super::{Handles, aims};

/// All schemes on the same orders.
pub(super) fn compare(h: Handles) -> AnyView {
    view! {
        <section class="card card-body stack" aria-labelledby="compare-title">
            <div class="cluster">
                <h2 id="compare-title">"What each scheme would have cost"</h2>
                <span class="spacer"></span>
                {working(h)}
            </div>
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
            {findings(h)}
            {table(h, "findings")}
        </section>
    }
    .into_any()
}

/// Each finding in words.
fn findings(h: Handles) -> AnyView {
    let formats = use_formats();
    let list = move || {
        h.found.with(|found| {
            let found = found
                .iter()
                .flat_map(|found| found.findings.iter().flatten());
            let one = |finding: &Finding| {
                let words = formats.with(|f| finding.words(&Written(f)));
                view! {
                    <li class="finding">
                        <span class="chip warn">{finding.wrong.label()}</span>
                        <p>{words}</p>
                    </li>
                }
            };
            found.map(one).collect_view()
        })
    };
    view! { <ul class="plain stack" data-testid="findings">{list}</ul> }.into_any()
}

/// Numbers of a finding in the user's way of writing.
struct Written<'a>(&'a Formats);

impl Writes for Written<'_> {
    fn money(&self, amount: Money) -> String {
        let number = Number::Exact(amount.amount());
        self.0
            .number(number, Unit::Money, Exactness::Exact, Place::Cell)
    }

    fn share(&self, share: f64) -> String {
        self.0.cell(100.0 * share, Unit::Percent)
    }

    fn day(&self, day: Date) -> String {
        self.0.sentence(&day.to_string())
    }
}

/// Who looks after whom, who comes back, and what that is worth.
pub(super) fn accounts(h: Handles) -> AnyView {
    view! {
        <h2 class="visually-hidden">"Accounts and owners"</h2>
        {sentences(h)}
        {card(h, "owners")}
        {card(h, "handovers")}
        <section class="card card-body stack">
            <div class="with-words">
                <div class="stack">
                    {aims::field(h, "target_revenue")}
                    {aims::field(h, "target_customers")}
                </div>
                {aims::curve(h, "target_bonus")}
            </div>
            {table(h, "targets")}
            {drawn(h, "target_curve")}
        </section>
        {card(h, "milestones")}
        <section class="card card-body stack">
            {aims::curve(h, "response")}
            {table(h, "pays")}
            {drawn(h, "response_curve")}
        </section>
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
                .map(|line| view! { <p>{formats.with(|f| f.caption(line))}</p> })
                .collect_view()
        })
    };
    view! { <div class="stack" data-testid="notes">{lines}</div> }.into_any()
}

/// What is being computed, and how far it is.
fn working(h: Handles) -> AnyView {
    let at = Memo::new(move |_| h.found.with(|found| found.as_ref()?.working.clone()));
    let words = move || at.get().map(|(words, _)| words).unwrap_or_default();
    let over = move || at.with(Option::is_none);
    let state = move || if over() { "done" } else { "working" };
    let done = move || at.get().map_or(1.0, |(_, done)| done);
    view! {
        <span class="cluster" data-testid="working" data-state=state>
            <span class="muted" role="status">{words}</span>
            <progress class="bar short" aria-label="Computing" max="1" prop:value=done hidden=over></progress>
        </span>
    }
    .into_any()
}

/// A table of the results; the last one until the schemes are paid.
pub(super) fn sheet(h: Handles, key: &'static str) -> Memo<Option<Arc<Sheet>>> {
    Memo::new(move |before: Option<&Option<Arc<Sheet>>>| {
        h.found.with(|found| {
            let found = found.as_ref()?;
            match found.sheets.iter().find(|sheet| sheet.key == key) {
                Some(sheet) => Some(Arc::new(sheet.clone())),
                None if found.working.is_some() => before.cloned().flatten(),
                None => None,
            }
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
    let formats = use_formats();
    let percent = move |share: f64| formats.with(|f| f.cell(share, Unit::Percent));
    let chart =
        Signal::derive(move || found.with(|sheet| commission::chart(sheet.as_deref()?, &percent)));
    let none = move || chart.with(Option::is_none);
    view! { <div class="chart-alone" hidden=none><ChartView chart/></div> }.into_any()
}

/// A table with its exports.
pub(super) fn table(h: Handles, key: &'static str) -> AnyView {
    let export = move |format: ExportFormat| {
        Callback::new(move |key: String| {
            let document = h.app.document();
            let route = h.app.route.get_untracked();
            let asked = commission::asked(&route, &document.schemes, &document.scenarios);
            let want = PageWant {
                commission: Some(asked),
                ..PageWant::default()
            };
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
