//! The deal on one page, for colleagues: the verdict, its figures, its cash, and what it rests on with
//! where each value comes from. It holds our cost and margin; the customer's sheet is another.

use leptos::prelude::*;

use crate::jobs::protocol::Orders;
use crate::view::{deals, drawn};
use crate::web::format::use_formats;
use crate::web::state::App;
use crate::web::ui::ChartView;
use crate::web::ui::field::head::origin_words;

use super::Shown;
use super::answer::{Verdict, figures};
use super::customer::ForWhom;

/// The sheet.
#[component]
pub(crate) fn InternalSheet(app: App, deal: Shown) -> impl IntoView {
    let formats = use_formats();
    let flows = deal.sheet("deal_flows");
    let chart = Signal::derive(move || flows.with(|sheet| drawn::cash(sheet.as_deref()?)));
    // Without orders nothing has a date but the sheet itself.
    let date = move || {
        let of_orders = app
            .results
            .with(|r| r.as_ref().map(|results| results.as_of))
            .filter(|_| *app.orders.get() != Orders::None);
        formats.with(|f| match of_orders {
            Some(date) => Some(format!("As of {}", f.date(date))),
            None => crate::web::today().map(|day| f.date(day)),
        })
    };
    let worth = deals::groups("").iter().take(2);
    let worth = worth.map(|group| figures(deal, group)).collect_view();
    view! {
        <p class="cluster no-print">
            <button type="button" class="button primary" on:click=move |_| drop(window().print())>"Print"</button>
            <span class="muted">"For colleagues: it holds your cost and margin. What a customer may see is under For the customer."</span>
        </p>
        <article class="card card-body stack offer deal-sheet" aria-label="The deal on one page" data-testid="deal-sheet">
            <header class="offer-head">
                <h2>"Deal"</h2>
                <ForWhom/>
                <p class="muted">{date}</p>
            </header>
            <Verdict app deal/>
            <div class="grid-2">{worth}</div>
            <ChartView chart/>
            <Assumed app/>
        </article>
    }
}

/// What it rests on, with where each value comes from.
#[component]
fn Assumed(app: App) -> impl IntoView {
    let formats = use_formats();
    let rows = move || {
        let used = app.used_now();
        let rows = deals::listed(&used).into_iter().map(|(spec, used)| {
            let value = formats.with(|f| f.value(spec, &used.value));
            view! {
                <tr>
                    <th scope="row">{spec.label}</th>
                    <td class="num">{value}</td>
                    <td class="muted">{origin_words(used.origin)}</td>
                </tr>
            }
        });
        rows.collect_view()
    };
    view! {
        <table class="table">
            <caption class="strong">"What it rests on; all else is at its default"</caption>
            <thead>
                <tr>
                    <th scope="col" class="head">"Assumption"</th>
                    <th scope="col" class="num head">"Value"</th>
                    <th scope="col" class="head">"From"</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}
