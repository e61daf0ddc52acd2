//! The catalogue: what each offer is worth, which of them fit into the hours there are, and what is
//! attached to the deal.

use leptos::prelude::*;

use crate::base::Unit;
use crate::growth::{Board, Business, Change, OfferRow, To, outputs};
use crate::view::growth as words;
use crate::web::format::use_formats;
use crate::web::ui::{ChartView, FigureView, Icon, icon, with_live};

use super::{Handles, account, field, offer};

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
                <button type="button" class="button primary" on:click=add>{icon(Icon::Plus)}"Add an offer"</button>
            </div>
            <p class="muted" hidden=move || example.get() != Some(true)>"These four offers are examples to start from: change their figures to yours."</p>
            <p data-testid="mix">{mix}</p>
            {table(h)}
            <div class="chart-alone"><ChartView chart/></div>
        </section>
        {beside(h)}
        {account::card(h)}
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
    let account = account::name(h);
    let nobody = move || account.with(Option::is_none);
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label="Offers">
            <table class="table offers" data-testid="offers">
                <thead>
                    <tr>
                        <th scope="col" class="head">"Offer"</th>
                        <th scope="col" class="head">"On the deal"</th>
                        <th scope="col" class="head" hidden=nobody>{move || account.get().map(|name| format!("On {name}"))}</th>
                        <th scope="col" class="num head">"Customers"</th>
                        <th scope="col" class="num head">"Fees less delivery"</th>
                        <th scope="col" class="num head">"Better retention"</th>
                        <th scope="col" class="num head">"More orders"</th>
                        <th scope="col" class="num head">"Campaign cost"</th>
                        <th scope="col" class="num head">"Value"</th>
                        <th scope="col" class="num head">"Hours a year"</th>
                        <th scope="col" class="num head">"Value an hour"</th>
                        <th scope="col" class="head">"Fits"</th>
                    </tr>
                </thead>
                <tbody>
                    <For each=move || ids.get().unwrap_or_default() key=|id| *id let(id)>{line(h, account, id)}</For>
                </tbody>
                <tfoot>
                    <tr>
                        <th scope="row">"All together"</th>
                        <td></td>
                        <td hidden=nobody></td>
                        <td></td>
                        <td class="num">{sum(|b| b.total.0)}</td>
                        <td class="num">{sum(|b| b.total.1)}</td>
                        <td class="num">{sum(|b| b.total.2)}</td>
                        <td class="num">{sum(|b| b.total.3)}</td>
                        <td class="num">{total}</td>
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

fn line(h: Handles, account: ReadSignal<Option<String>>, id: u32) -> AnyView {
    let find = move |board: &Board| board.offers.iter().find(|row| row.id == id).cloned();
    let row = h.part(find);
    let name = move || row.with(|row| row.as_ref().map(|row| row.name.clone()));
    let number = move |unit: Unit, pick: fn(&OfferRow) -> Option<f64>| {
        h.number(unit, move |board| pick(&find(board)?))
    };
    let figure = move |key: &'static str| {
        outputs::get(key).map(|spec| {
            let figure = h.part(move |board| find(board)?.figures().remove(key));
            view! { <FigureView spec figure/> }
        })
    };
    let fits = move || {
        row.with(|row| {
            row.as_ref()
                .map(|row| if row.in_mix { "yes" } else { "no" })
        })
    };
    let attach = move |to: Signal<Option<To>>, whom: &'static str| {
        let attached = move || {
            to.with(|to| {
                let to = to.as_ref()?;
                Some(h.growth.with(|growth| growth.attached(to).contains(&id)))
            })
        };
        let on_attach = move |event| {
            if let Some(to) = to.get_untracked() {
                h.make(Change::Attach(to, id, event_target_checked(&event)));
            }
        };
        view! {
            <input
                type="checkbox"
                aria-label=move || format!("{} goes with {whom}", name().unwrap_or_default())
                prop:checked=move || attached() == Some(true)
                on:change=on_attach
            />
        }
    };
    let own = Signal::derive(move || account.get().map(To::Account));
    let row = move || {
        view! {
            <tr data-offer=id>
                <th scope="row">{name}</th>
                <td>{attach(Signal::stored(Some(To::Deal)), "the deal")}</td>
                <td hidden=move || account.with(Option::is_none)>{attach(own, "the account")}</td>
                <td class="num">{number(Unit::Count, |row| Some(row.worth.customers))}</td>
                <td class="num">{number(Unit::Money, |row| Some(row.worth.fees))}</td>
                <td class="num">{number(Unit::Money, |row| Some(row.worth.retention))}</td>
                <td class="num">{number(Unit::Money, |row| Some(row.worth.orders))}</td>
                <td class="num">{number(Unit::Money, |row| Some(row.worth.campaign))}</td>
                <td class="num strong">{figure("offer_value")}</td>
                <td class="num">{number(Unit::Count, |row| Some(row.worth.hours))}</td>
                <td class="num">{number(Unit::Money, |row| row.worth.value_per_hour)}</td>
                <td>{fits}</td>
            </tr>
        }
        .into_any()
    };
    with_live(Callback::new(move |()| h.live(find)), row)
}

/// The deal with and without what is attached to it.
fn beside(h: Handles) -> AnyView {
    let none = move || {
        h.growth
            .with(|growth| growth.attached(&To::Deal).is_empty())
    };
    let chart = Signal::derive(move || {
        h.board
            .with(|board| words::beside(&board.as_ref()?.deal, "the deal"))
    });
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
