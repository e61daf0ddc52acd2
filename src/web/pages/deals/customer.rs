//! The sheet for the customer, and presenter mode, in which nothing else is in the document: no cost,
//! margin or commission of ours, neither on screen nor on paper nor in the address.

use std::cell::RefCell;

use leptos::prelude::*;

use crate::jobs::protocol::DealResult;
use crate::metrics::Exactness;
use crate::registry;
use crate::view::changes;
use crate::view::deals::{self, Term};
use crate::view::number::Place;
use crate::view::route::{Page, Route};
use crate::web::format::{Formats, use_formats};
use crate::web::share;
use crate::web::state::App;
use crate::web::ui::{ChartView, SheetTable};

use super::Shown;

/// The customer's sheet alone.
#[component]
pub(crate) fn Presentation(app: App) -> impl IntoView {
    // A customer sees one's own deal, or what was opened where there is none: now and after a reload.
    share::reopen(app);
    if !changes::is_untouched(&app.document()) {
        app.shows_opened.set(false);
    }
    let deal = Shown::new(app);
    let back = Route::to(Page::Deals).with("tab", "customer").to_string();
    view! {
        <main id="main" class="present" data-testid="present">
            <p class="cluster no-print">
                <button type="button" class="button primary" on:click=move |_| drop(window().print())>"Print"</button>
                {move || (!app.shows_opened.get()).then(|| view! {
                    <a class="button" href=back.clone()>"Leave presenter mode"</a>
                })}
            </p>
            <Sheet app deal alone=true/>
        </main>
    }
}

/// The sheet among the boards, with the way to presenter mode.
#[component]
pub(crate) fn CustomerBoard(app: App, deal: Shown) -> impl IntoView {
    let alone = Route::presented().to_string();
    view! {
        <section class="card card-body stack no-print">
            <p>"This is what presenter mode shows and prints: the offer without your cost, margin and commission. They are not in the page then, and neither are the other pages."</p>
            <p><a class="button primary" href=alone>"Present to the customer"</a></p>
        </section>
        <Sheet app deal alone=false/>
    }
}

thread_local! {
    /// What is typed there stays from one sheet to the next, and is kept nowhere.
    static FOR_WHOM: RefCell<String> = const { RefCell::new(String::new()) };
}

/// For whom a sheet is, and what it is about.
#[component]
pub(crate) fn ForWhom() -> impl IntoView {
    let on_input = |event| FOR_WHOM.set(event_target_value(&event));
    view! {
        <input
            type="text"
            class="input"
            aria-label="For whom, and what"
            placeholder="For whom, and what"
            prop:value=FOR_WHOM.with_borrow(String::clone)
            on:input=on_input
        />
    }
}

/// The offer: its terms, prices by quantity, what is paid when.
#[component]
fn Sheet(app: App, deal: Shown, alone: bool) -> impl IntoView {
    let formats = use_formats();
    let used = move |key: &'static str| app.chosen(key);
    let lines = move || {
        let tooling = used("deal_tooling_by");
        let terms = deals::offer(&tooling, &used("deal_breaks"));
        formats.with(|formats| {
            terms
                .iter()
                .filter_map(|(label, term)| {
                    let value = match term {
                        Term::Assumption(key) => assumed(key, &used(key), formats),
                        Term::Figure(key) => deal.with(|deal| figure(deal?, key, formats)),
                        Term::Words(words) => Some((*words).to_owned()),
                    }?;
                    Some(view! { <dt>{*label}</dt><dd>{value}</dd> })
                })
                .collect_view()
        })
    };
    let spend = deal.sheet("deal_spend");
    let chart = Signal::derive(move || {
        spend.with(|sheet| sheet.as_ref().and_then(|sheet| deals::spend(sheet)))
    });
    let today = formats.with_untracked(|formats| crate::web::today().map(|day| formats.date(day)));
    let on_company = move |event| {
        let company = event_target_value(&event);
        app.change_display(&|display| display.company.clone_from(&company));
    };
    let heading = if alone {
        view! { <h1>"Offer"</h1> }.into_any()
    } else {
        view! { <h2>"Offer"</h2> }.into_any()
    };
    view! {
        <article class="card card-body stack offer" aria-label="Offer">
            <header class="offer-head">
                <input
                    type="text"
                    class="input from"
                    aria-label="Your company"
                    placeholder="Your company"
                    maxlength="200"
                    prop:value=move || app.display.with(|display| display.company.clone())
                    on:change=on_company
                />
                {heading}
                <ForWhom/>
                <p class="muted">{today}</p>
            </header>
            <div class="grid-2">
                <dl class="facts">{lines}</dl>
                <SheetTable sheet=deal.sheet("deal_offer") bare=true/>
            </div>
            <h2 class="visually-hidden">"What is paid when"</h2>
            <ChartView chart/>
        </article>
    }
}

/// An assumption as the customer reads it; nothing where it says nothing.
fn assumed(key: &str, value: &str, formats: &Formats) -> Option<String> {
    let spec = registry::assumption(key)?;
    if value == "0" {
        return None;
    }
    Some(formats.value(spec, value))
}

/// A figure as the customer reads it; nothing where there is none or it is 0.
fn figure(deal: &DealResult, key: &str, formats: &Formats) -> Option<String> {
    let spec = registry::metric(key)?;
    let number = *deal.figures.get(key)?.value.as_ref().ok()?;
    let some = crate::view::number::to_f64(number) != 0.0;
    let place = Place::Cell;
    some.then(|| formats.number(number, spec.unit, Exactness::Exact, place))
}
