//! The Today page: who should have ordered by now, and the analyses of rhythm, retention and loss.

pub(crate) mod causes;
pub mod entry;
pub(crate) mod known;
pub mod list;
pub(crate) mod programme;

use leptos::prelude::*;

use crate::jobs::protocol::{ExportOf, Forecast, Orders};
use crate::view::route::{Page, Route};
use crate::view::today::{TABS, sheets_of};
use crate::web::format::use_formats;
use crate::web::state::App;

use super::tabs::{Tabs, chosen};
use super::value::analysis;
use causes::Causes;
use list::List;
use programme::ProgrammeForm;

/// The page.
#[component]
pub(crate) fn TodayPage(app: App) -> impl IntoView {
    let tab = chosen(app, TABS);
    let none = Memo::new(move |_| *app.orders.get() == Orders::None);
    let body = move || match tab.get() {
        _ if none.get() => empty().into_any(),
        "" => view! { <List app/> }.into_any(),
        tab => {
            let sheets = sheets_of(tab).iter().map(|&key| {
                analysis(app, key, move || {
                    ExportOf::Watch(key.to_owned(), untrack(|| app.watched()))
                })
            });
            let title = TABS
                .iter()
                .find(|(key, _)| *key == tab)
                .map(|(_, title)| *title);
            view! {
                <h2 class="visually-hidden">{title}</h2>
                {(tab == "programme").then(|| view! { <ProgrammeForm app/> })}
                {sheets.collect_view()}
                {(tab == "lost").then(|| view! { <Causes app/> })}
            }
            .into_any()
        }
    };
    view! {
        <h1 class="visually-hidden">"Today"</h1>
        <Tabs page=Page::Today name="Today" tabs=TABS tab/>
        <Fitted app tab/>
        <div class="stack" class:stale=app.client.updating>{body}</div>
    }
}

/// How far the forecasts are, and what they are made of.
#[component]
fn Fitted(app: App, tab: Memo<&'static str>) -> impl IntoView {
    let formats = use_formats();
    let forecast = app.client.forecast;
    let words = move || match forecast.get()? {
        Forecast::Working(share) => {
            let share = formats.with(|f| f.share(share));
            Some(format!(
                "Fitting the forecast: {share}. Until then chances follow a rule of thumb."
            ))
        }
        Forecast::Refused(why) => Some(format!("No forecast: {why}")),
        Forecast::Done(words) => Some(words.join(" ")),
    };
    let state = move || match forecast.get() {
        Some(Forecast::Done(_)) => "done",
        Some(Forecast::Refused(_)) => "refused",
        _ => "working",
    };
    // Once it is there, only who asks for the forecast wants to know what it is made of.
    let hidden = move || app.is_empty() || state() == "done" && tab.get() != "forecast";
    view! {
        <p class="muted small" role="status" data-testid="forecast" data-state=state hidden=hidden>
            {words}
        </p>
    }
}

fn empty() -> impl IntoView {
    let orders = Route::to(Page::Orders).to_string();
    view! {
        <section class="card empty" data-testid="empty">
            <h2>"Nobody to watch yet"</h2>
            <p>"When an account should order follows from its orders. Bring some in, or look at the sample."</p>
            <a class="button primary" href=orders>"Go to Orders"</a>
        </section>
    }
}
