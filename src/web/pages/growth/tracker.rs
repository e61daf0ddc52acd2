//! What was offered and what was taken, month by month, with what that says of the next offers.

use leptos::prelude::*;

use crate::base::Unit;
use crate::growth::{Change, Month, OfferRow};
use crate::view::growth as words;

use super::Handles;

pub(super) fn page(h: Handles) -> AnyView {
    let ids = h.part(|board| Some(board.offers.iter().map(|row| row.id).collect::<Vec<u32>>()));
    let run_rate = h.number(Unit::MoneyPerYear, |board| Some(board.run_rate));
    view! {
        <section class="card card-body stack" aria-labelledby="tracker-title">
            <h2 id="tracker-title">"Offered and taken"</h2>
            <p class="muted">"Enter each month how often an offer was made and how often it was taken. The range holds the true share in 95 of 100 such records; with nothing taken yet it says how much there can be at most."</p>
            <p>"Fees a year of what was taken in the last twelve months on record: " <strong>{run_rate}</strong></p>
            {record(h)}
            <div class="table-scroll" tabindex="0" role="region" aria-label="The record of each offer">
                <table class="table" data-testid="tracked">
                    <thead>
                        <tr>
                            <th scope="col" class="head">"Offer"</th>
                            <th scope="col" class="num head">"Offered"</th>
                            <th scope="col" class="num head">"Taken"</th>
                            <th scope="col" class="head">"Share taken"</th>
                            <th scope="col" class="num head">"Fees / year"</th>
                            <th scope="col" class="head">"Months"</th>
                        </tr>
                    </thead>
                    <tbody>
                        <For each=move || ids.get().unwrap_or_default() key=|id| *id let(id)>{line(h, id)}</For>
                    </tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn line(h: Handles, id: u32) -> AnyView {
    let row = h.part(move |board| board.offers.iter().find(|row| row.id == id).cloned());
    let text = move |pick: fn(&OfferRow) -> String| {
        move || row.with(|row| row.as_ref().map(pick).unwrap_or_default())
    };
    let run_rate = h.number(Unit::Money, move |board| {
        Some(
            board
                .offers
                .iter()
                .find(|row| row.id == id)?
                .tracked
                .run_rate,
        )
    });
    view! {
        <tr>
            <th scope="row">{text(|row| row.name.clone())}</th>
            <td class="num">{text(|row| row.tracked.offered.to_string())}</td>
            <td class="num">{text(|row| row.tracked.taken.to_string())}</td>
            <td>{text(|row| words::conversion(&row.tracked))}</td>
            <td class="num">{run_rate}</td>
            <td class="wrap">{text(|row| words::months(&row.tracked))}</td>
        </tr>
    }
    .into_any()
}

/// A month to enter.
fn record(h: Handles) -> AnyView {
    let offer = RwSignal::new(String::new());
    let month = RwSignal::new(crate::web::today().map(words::month_of).unwrap_or_default());
    let offered = RwSignal::new(String::new());
    let taken = RwSignal::new(String::new());
    let options = move || {
        h.growth.with(|growth| {
            let offers = growth.offers();
            let option = |one: &crate::growth::Offer| {
                view! { <option value=one.id().to_string()>{one.name().to_owned()}</option> }
            };
            offers.iter().map(option).collect_view()
        })
    };
    let first = move || {
        h.growth
            .with_untracked(|growth| growth.offers().first().map(crate::growth::Offer::id))
    };
    let wrong = RwSignal::new(false);
    let on_save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let count =
            |text: RwSignal<String>| text.with_untracked(|text| text.trim().parse::<u32>().ok());
        let id = offer
            .with_untracked(|text| text.parse().ok())
            .or_else(first);
        match (id, count(offered), count(taken)) {
            (Some(offer), Some(offered), Some(taken)) => {
                wrong.set(false);
                let month = month.get_untracked();
                h.make(Change::Record(Month {
                    offer,
                    month,
                    offered,
                    taken,
                }));
            }
            _ => wrong.set(true),
        }
    };
    let number = |label: &'static str, value: RwSignal<String>| {
        view! {
            <label class="labelled">
                {label}
                <input type="number" class="input short" min="0" prop:value=value on:input=move |event| value.set(event_target_value(&event))/>
            </label>
        }
    };
    view! {
        <form class="cluster ask no-print" on:submit=on_save>
            <label class="labelled">
                "Offer"
                <select class="select" on:change=move |event| offer.set(event_target_value(&event))>{options}</select>
            </label>
            <label class="labelled">
                "Month"
                <input type="month" class="input" required prop:value=month on:input=move |event| month.set(event_target_value(&event))/>
            </label>
            {number("Offered", offered)}
            {number("Taken", taken)}
            <button type="submit" class="button">"Enter"</button>
            <span class="field-error" role="alert" hidden=move || !wrong.get()>"Type whole numbers: how often it was offered, and how often it was taken."</span>
        </form>
    }
    .into_any()
}
