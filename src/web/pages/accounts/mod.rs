//! The Accounts page: the table with search, filters, sorting and columns; an account in detail.

pub mod detail;
pub mod tools;

use leptos::prelude::*;

use crate::base::Shared;
use crate::jobs::protocol::Orders;
use crate::view::route::{Page, Route};
use crate::view::want;
use crate::web::route;
use crate::web::state::App;
use crate::web::ui::GridTable;

use detail::Detail;
use tools::Tools;

/// The page.
#[component]
pub(crate) fn AccountsPage(app: App) -> impl IntoView {
    let table = app.lasting(|results| results.table.clone().map(Shared::new));
    let none = Memo::new(move |_| *app.orders.get() == Orders::None);
    let sort = Memo::new(move |_| {
        app.route.with(|route| {
            let by = route.get("sort").unwrap_or(want::FIRST_SORT).to_owned();
            (by, route.get("order") != Some("up"))
        })
    });
    let selected = Memo::new(move |_| app.route.with(|route| route.account));
    let on_sort = Callback::new(move |(by, down): (String, bool)| {
        let order = if down { "" } else { "up" };
        let place = app
            .route
            .get_untracked()
            .with("sort", &by)
            .with("order", order);
        route::replace(app.route, place);
    });
    let on_open = Callback::new(move |account: u32| {
        app.route_to(&app.route.get_untracked().with_account(Some(account)));
    });
    let nothing = Memo::new(move |_| {
        table.with(|table| {
            table
                .as_ref()
                .is_some_and(|table| table.matching == 0 && table.total > 0)
        })
    });
    let clear = move |_| {
        let mut place = app.route.get_untracked();
        place
            .query
            .retain(|(key, _)| key != "q" && !key.starts_with("f."));
        route::replace(app.route, place);
    };
    let on_window = Callback::new(move |(from, count)| app.see(from, count));
    view! {
        <h1 class="visually-hidden">"Accounts"</h1>
        {move || none.get().then(|| empty().into_any())}
        <div class="with-detail" data-open=move || selected.get().is_some().to_string() hidden=move || none.get()>
            <section class="card" aria-label="Accounts" class:stale=app.client.updating>
                <Tools app table/>
                <p class="empty-line" data-testid="no-match" hidden=move || !nothing.get()>
                    "No account matches. "
                    <button type="button" class="button small" on:click=clear>"Clear search and filters"</button>
                </p>
                <GridTable table name="Accounts" sort on_sort on_window selected on_open/>
                <p class="table-legend">
                    <span>"~ estimated"</span>
                    <span>"* with assumed parts"</span>
                    <span class="no-print">"Arrow keys move, Enter opens an account."</span>
                    <span class="print-only">"The rows on screen are printed; CSV and XLSX hold all."</span>
                </p>
            </section>
            {move || selected.get().map(|account| view! { <Detail app account/> })}
        </div>
    }
}

fn empty() -> impl IntoView {
    let orders = Route::to(Page::Orders).to_string();
    view! {
        <section class="card empty" data-testid="empty">
            <h2>"No accounts yet"</h2>
            <p>"Accounts come from orders. Bring some in, or look at the sample."</p>
            <a class="button primary" href=orders>"Go to Orders"</a>
        </section>
    }
}
