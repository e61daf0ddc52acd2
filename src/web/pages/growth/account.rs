//! One account with its upsells: which account, what is attached to it, and what it is worth with and
//! without.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::growth::{Beside, To};
use crate::jobs::protocol::Orders;
use crate::metrics::Cell;
use crate::view::growth as words;
use crate::web::format::use_formats;
use crate::web::route;
use crate::web::ui::ChartView;

use super::Handles;

/// Accounts offered, those of most value.
const MOST: u32 = 200;

/// The name of the account that is looked at.
pub(super) fn name(h: Handles) -> ReadSignal<Option<String>> {
    h.part(|board| board.account.as_ref().map(|of| of.name.clone()))
}

/// The choice of the account, and the account with and without its upsells.
pub(super) fn card(h: Handles) -> AnyView {
    let name = name(h);
    let said = move || {
        let formats = use_formats();
        let none = name.with(|name| {
            let to = To::Account(name.clone()?);
            Some(h.growth.with(|growth| growth.attached(&to).is_empty()))
        })?;
        h.board.with(|board| {
            Some(match &board.as_ref()?.account.as_ref()?.beside {
                Err(why) => formats.with(|f| f.caption(why)),
                Ok(_) if none => "Tick in the table above what goes with it.".to_owned(),
                Ok(both) => {
                    formats.with(|f| words::with_and_without(both, &|x, unit| f.cell(x, unit)))
                }
            })
        })
    };
    let found = h.part(|board| {
        let both: &Beside = board.account.as_ref()?.beside.as_ref().ok()?;
        (!both.each.is_empty()).then(|| both.clone())
    });
    let chart = Signal::derive(move || {
        name.with(|name| {
            let name = name.as_deref()?;
            found.with(|both| words::beside(both.as_ref()?, name))
        })
    });
    let no_chart = move || chart.with(Option::is_none);
    let elsewhere = move || h.growth.with(|growth| words::attached(growth));
    let no_orders = move || *h.app.orders.get() == Orders::None;
    view! {
        <section class="card card-body stack" aria-labelledby="account-upsells-title" data-testid="account-upsells" hidden=no_orders>
            <h2 id="account-upsells-title">"An account with its upsells"</h2>
            <p class="muted">"What the account leaves in a year, kept and discounted as on the other pages, less its acquisition cost; what is attached to it counts as sold."</p>
            {choice(h, name)}
            <p hidden=move || said().is_none() role="status">{said}</p>
            <div class="chart-alone" hidden=no_chart><ChartView chart/></div>
            <p class="muted small" hidden=move || elsewhere().is_empty()>{elsewhere}</p>
        </section>
    }
    .into_any()
}

fn choice(h: Handles, name: ReadSignal<Option<String>>) -> AnyView {
    let known = RwSignal::new(Vec::<(u32, String)>::new());
    spawn_local(async move {
        let named = |(at, cells): (u32, Vec<Cell>)| match cells.into_iter().next() {
            Some(Cell::Text(name)) => Some((at, name)),
            _ => None,
        };
        if let Some(table) = h.app.find_accounts("", MOST).await {
            // Gone if the page is.
            known.try_set(table.rows.into_iter().filter_map(named).collect());
        }
    });
    let chosen = Memo::new(move |_| h.app.route.with(words::account));
    let options = move || {
        let mut all = known.get();
        if let Some((at, name)) = chosen.get().zip(name.get())
            && !all.iter().any(|(known, _)| *known == at)
        {
            all.push((at, name));
        }
        let option = |(at, name): (u32, String)| {
            view! { <option value=at.to_string() prop:selected=move || chosen.get() == Some(at)>{name}</option> }
        };
        all.into_iter().map(option).collect_view()
    };
    let on_pick = move |event| {
        let place = h.app.route.get_untracked();
        route::replace(
            h.app.route,
            place.with("account", &event_target_value(&event)),
        );
    };
    view! {
        <label class="labelled no-print">
            "Account"
            <select class="select" on:change=on_pick>
                <option value="" prop:selected=move || chosen.get().is_none()>"Choose…"</option>
                {options}
            </select>
        </label>
    }
    .into_any()
}
