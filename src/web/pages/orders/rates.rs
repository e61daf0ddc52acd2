//! The table of exchange rates: typed by the user, never fetched.

use leptos::prelude::*;

use crate::base::Date;
use crate::jobs::protocol::ImportReport;
use crate::view::{wizard, words};
use crate::web::import::Importer;

/// Asks for a rate per currency where the orders are in several.
#[component]
pub(crate) fn Rates(importer: Importer, report: Memo<ImportReport>) -> impl IntoView {
    // Rows without a currency have none to enter a rate for.
    let named = |(code, _): &&(String, u64)| !code.is_empty();
    let currencies = Memo::new(move |_| {
        report.with(|report| {
            let named = report.currencies.iter().filter(named);
            named.cloned().collect::<Vec<_>>()
        })
    });
    move || {
        let found = currencies.get();
        (found.len() > 1).then(|| {
            // The first of the most frequent, as the import takes it.
            let most = found.iter().rev().max_by_key(|(_, rows)| *rows).map(|(code, _)| code.clone());
            let base = Memo::new(move |_| {
                importer
                    .wizard
                    .with(|wizard| wizard.base_currency.clone())
                    .or_else(|| importer.orders().with(|orders| base_of(orders)))
                    .or_else(|| most.clone())
                    .unwrap_or_default()
            });
            let options = found
                .iter()
                .map(|(code, rows)| {
                    let is = {
                        let code = code.clone();
                        move || base.get() == code
                    };
                    let text = format!("{code} ({})", words::count(*rows, "row", "rows"));
                    view! { <option value=code.clone() prop:selected=is>{text}</option> }
                })
                .collect_view();
            let rows = found
                .into_iter()
                .map(|(code, _)| view! { <RateRow importer code base/> })
                .collect_view();
            view! {
                <fieldset class="rates">
                    <legend>"Currencies"</legend>
                    <label class="cluster">
                        "Show everything in"
                        <select class="select" on:change=move |event| importer.set_base_currency(event_target_value(&event))>
                            {options}
                        </select>
                    </label>
                    {rows}
                    <button type="button" class="button" on:click=move |_| importer.apply_rates(base.get_untracked())>
                        "Convert at these rates"
                    </button>
                </fieldset>
            }
        })
    }
}

fn base_of(orders: &crate::jobs::protocol::Orders) -> Option<String> {
    match orders {
        crate::jobs::protocol::Orders::Files(import) => import.base_currency.clone(),
        _ => None,
    }
}

#[component]
fn RateRow(importer: Importer, code: String, base: Memo<String>) -> impl IntoView {
    let shown = {
        let code = code.clone();
        Memo::new(move |_| base.get() != code)
    };
    let value = {
        let code = code.clone();
        move || importer.rate(&code).rate
    };
    let day = {
        let code = code.clone();
        move || {
            let date = importer.rate(&code).date;
            date.map(|date| date.to_string()).unwrap_or_default()
        }
    };
    let on_day = {
        let code = code.clone();
        move |event| importer.set_rate_date(&code, Date::parse(&event_target_value(&event)))
    };
    let on_input = {
        let code = code.clone();
        move |event| importer.set_rate(&code, event_target_value(&event))
    };
    let wrong = {
        let code = code.clone();
        Memo::new(move |_| {
            let text = importer.rate(&code).rate;
            let wrong = wizard::exchange_rate(&text).err();
            wrong.filter(|_| !text.trim().is_empty())
        })
    };
    let id = format!("rate-{code}");
    let note = format!("{id}-note");
    let day_id = format!("{id}-day");
    view! {
        <div class="cluster" hidden=move || !shown.get()>
            <label for=id.clone()>{format!("1 {code} =")}</label>
            <input
                id=id
                type="text"
                inputmode="decimal"
                class="input short"
                autocomplete="off"
                aria-invalid=move || wrong.get().map(|_| "true")
                aria-describedby=note.clone()
                prop:value=value
                on:input=on_input
            />
            <span>{move || base.get()}</span>
            <label for=day_id.clone()>
                "on" <span class="visually-hidden">{format!(" the day of the {code} rate")}</span>
                <span class="muted">" (optional)"</span>
            </label>
            <input id=day_id type="date" class="input" prop:value=day on:change=on_day/>
            <span id=note class="field-note error">
                {move || wrong.get()}
            </span>
        </div>
    }
}
