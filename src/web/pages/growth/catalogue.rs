//! The catalogue: what each offer is worth, which of them fit into the hours there are, and what is
//! attached to the deal.

use leptos::prelude::*;

use crate::base::Unit;
use crate::growth::{Board, Business, Change, OfferRow, To};
use crate::view::growth as words;
use crate::web::format::use_formats;
use crate::web::ui::{ChartView, icon};

use super::{Handles, field, offer};

pub(super) fn page(h: Handles) -> AnyView {
    let mix = move || {
        let formats = use_formats();
        h.board.with(|board| {
            board
                .as_ref()
                .map(|board| formats.with(|f| words::mix(board, &|x, unit| f.cell(x, unit))))
        })
    };
    let chart = Signal::derive(move || h.board.with(|board| words::catalogue(board.as_deref()?)));
    let add = move |_| h.make(Change::Add("New offer".to_owned()));
    let example = h.part(|board| Some(board.example));
    let examples = move |_| h.make(Change::Examples);
    view! {
        <section class="card card-body stack" aria-labelledby="catalogue-title">
            <div class="cluster">
                <h2 id="catalogue-title">"Upsells"</h2>
                <span class="spacer"></span>
                <button type="button" class="button" hidden=move || example.get() != Some(false) on:click=examples>
                    "The examples again"
                </button>
                <button type="button" class="button primary" on:click=add>{icon("plus")}"Add an offer"</button>
            </div>
            <p class="muted" hidden=move || example.get() != Some(true)>"These four offers are examples to start from: change their figures to yours."</p>
            <p data-testid="mix">{mix}</p>
            {table(h)}
            <div class="chart-alone"><ChartView chart/></div>
        </section>
        {beside(h)}
        <div class="with-inputs">
            <section class="card card-body stack" aria-labelledby="business-title">
                <h2 id="business-title">"What all offers rest on"</h2>
                {business(h)}
            </section>
            {offer::all(h)}
        </div>
    }
    .into_any()
}

fn business(h: Handles) -> AnyView {
    let one = |spec: &'static crate::assumptions::Spec| {
        field(
            h,
            spec,
            move |board| {
                board
                    .business
                    .iter()
                    .find(|used| used.key == spec.key)
                    .cloned()
            },
            move |value| Change::Business(spec.key.to_owned(), value),
        )
    };
    Business::SPECS.iter().map(one).collect_view().into_any()
}

/// The offers with their figures.
fn table(h: Handles) -> AnyView {
    let ids = h.part(|board| Some(board.offers.iter().map(|row| row.id).collect::<Vec<u32>>()));
    let total = h.number(Unit::Money, |board| {
        let (fees, retention, orders, campaign) = board.total;
        Some(fees + retention + orders - campaign)
    });
    let sum = |pick: fn(&Board) -> f64| h.number(Unit::Money, move |board| Some(pick(board)));
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label="Offers">
            <table class="table offers" data-testid="offers">
                <thead>
                    <tr>
                        <th scope="col" class="head">"Offer"</th>
                        <th scope="col" class="num head">"Customers"</th>
                        <th scope="col" class="num head">"Fees less delivery"</th>
                        <th scope="col" class="num head">"Better retention"</th>
                        <th scope="col" class="num head">"More orders"</th>
                        <th scope="col" class="num head">"Campaign cost"</th>
                        <th scope="col" class="num head">"Value"</th>
                        <th scope="col" class="num head">"Hours a year"</th>
                        <th scope="col" class="num head">"Value an hour"</th>
                        <th scope="col" class="head">"Fits"</th>
                        <th scope="col" class="head">"On the deal"</th>
                    </tr>
                </thead>
                <tbody>
                    <For each=move || ids.get().unwrap_or_default() key=|id| *id let(id)>{line(h, id)}</For>
                </tbody>
                <tfoot>
                    <tr>
                        <th scope="row">"All together"</th>
                        <td></td>
                        <td class="num">{sum(|b| b.total.0)}</td>
                        <td class="num">{sum(|b| b.total.1)}</td>
                        <td class="num">{sum(|b| b.total.2)}</td>
                        <td class="num">{sum(|b| b.total.3)}</td>
                        <td class="num">{total}</td>
                        <td></td>
                        <td></td>
                        <td></td>
                        <td></td>
                    </tr>
                </tfoot>
            </table>
        </div>
    }
    .into_any()
}

fn line(h: Handles, id: u32) -> AnyView {
    let find = move |board: &Board| board.offers.iter().find(|row| row.id == id).cloned();
    let row = h.part(find);
    let name = move || row.with(|row| row.as_ref().map(|row| row.name.clone()));
    let number = |unit: Unit, pick: fn(&OfferRow) -> Option<f64>| {
        h.number(unit, move |board| pick(&find(board)?))
    };
    let value = move || row.with(|row| row.as_ref().map(|row| row.worth.value.to_string()));
    let fits = move || {
        row.with(|row| {
            row.as_ref()
                .map(|row| if row.in_mix { "yes" } else { "no" })
        })
    };
    let attached = Memo::new(move |_| {
        h.growth
            .with(|growth| growth.attached(&To::Deal).contains(&id))
    });
    let on_attach = move |event| h.make(Change::Attach(To::Deal, id, event_target_checked(&event)));
    view! {
        <tr data-offer=id>
            <th scope="row">{name}</th>
            <td class="num">{number(Unit::Count, |row| Some(row.worth.customers))}</td>
            <td class="num">{number(Unit::Money, |row| Some(row.worth.fees))}</td>
            <td class="num">{number(Unit::Money, |row| Some(row.worth.retention))}</td>
            <td class="num">{number(Unit::Money, |row| Some(row.worth.orders))}</td>
            <td class="num">{number(Unit::Money, |row| Some(row.worth.campaign))}</td>
            <td class="num strong" data-value=value>{number(Unit::Money, |row| Some(row.worth.value))}</td>
            <td class="num">{number(Unit::Count, |row| Some(row.worth.hours))}</td>
            <td class="num">{number(Unit::Money, |row| row.worth.value_per_hour)}</td>
            <td>{fits}</td>
            <td>
                <input
                    type="checkbox"
                    aria-label=move || format!("{} goes with the deal", name().unwrap_or_default())
                    prop:checked=move || attached.get()
                    on:change=on_attach
                />
            </td>
        </tr>
    }
    .into_any()
}

/// The deal with and without what is attached to it.
fn beside(h: Handles) -> AnyView {
    let none = move || {
        h.growth
            .with(|growth| growth.attached(&To::Deal).is_empty())
    };
    let chart = Signal::derive(move || h.board.with(|board| words::beside(&board.as_ref()?.deal)));
    let said = move || {
        let formats = use_formats();
        h.board.with(|board| {
            board.as_ref().map(|board| {
                formats.with(|f| words::with_and_without(&board.deal, &|x, unit| f.cell(x, unit)))
            })
        })
    };
    view! {
        <section class="card card-body stack" aria-labelledby="beside-title" data-testid="beside" hidden=none>
            <h2 id="beside-title">"The deal with its upsells"</h2>
            <p>{said}</p>
            <div class="chart-alone"><ChartView chart/></div>
        </section>
    }
    .into_any()
}
