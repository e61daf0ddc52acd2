//! One account: its attributes, figures, price waterfall, history, methods, and its orders.

use std::sync::Arc;

use leptos::prelude::*;

use crate::base::Unit;
use crate::growth::To;
use crate::jobs::protocol::{AccountDetail, ExportFormat};
use crate::metrics::Sheet;
use crate::metrics::{Exactness, Number};
use crate::view::chart::{Chart, Timeline, results, rhythm};
use crate::view::number::Place;
use crate::view::{drawn, growth as words};
use crate::web::format::use_formats;
use crate::web::pages::today::known::KnownButton;
use crate::web::pages::value::drawing;
use crate::web::pages::value::methods::Methods;
use crate::web::state::App;
use crate::web::ui::figure::figure_list;
use crate::web::ui::{ChartView, Icon, Live, SheetTable, icon, with_live};

/// The figures in the list, in order.
const FIGURES: [&str; 12] = [
    "lifetime_value",
    "future_value",
    "past_value",
    "yearly_margin",
    "ltv_cac",
    "payback_months",
    "revenue",
    "contribution",
    "gp_percent",
    "orders",
    "orders_per_year",
    "cost_coverage",
];

/// The panel beside the table.
#[component]
pub(crate) fn Detail(app: App, account: u32) -> impl IntoView {
    let detail = app.lasting(move |results| {
        let detail = results.account.as_ref();
        detail.filter(|detail| detail.account == account).cloned()
    });
    let live = Callback::new(move |()| {
        let figures = detail.with(|d| d.as_ref().map(|d| d.figures.clone()).unwrap_or_default());
        Live {
            figures: Arc::new(figures),
            used: app.used_now(),
        }
    });
    let name = move || detail.with(|d| d.as_ref().map(|d| d.name.clone()));
    let title = NodeRef::<leptos::html::H2>::new();
    // Opening an account moves the reader there.
    title.on_load(|heading| drop(heading.focus()));
    let close = move |_| app.route_to(&app.route.get_untracked().with_account(None));
    let panel = move || {
        view! {
        <section class="detail" aria-labelledby="detail-title" data-testid="account-detail" class:stale=app.client.updating>
            <header class="detail-head">
                <div>
                    <h2 id="detail-title" tabindex="-1" node_ref=title>{name}</h2>
                    <Attributes detail/>
                </div>
                <button type="button" class="icon-button" aria-label="Close this account" on:click=close>{icon(Icon::Close)}</button>
            </header>
            <div class="detail-body">
                <Figures detail/>
                <Orders app detail/>
                <Upsells app account detail/>
                <ChartView chart=drawing(list(detail, |d| d.waterfall.clone()), results::waterfall)/>
                <ChartView chart=drawing(list(detail, |d| d.history.clone()), results::history)/>
                <Methods app methods=list(detail, |d| d.methods.clone()) of=Signal::derive(move || name().unwrap_or_default())/>
                <Sheets app detail/>
            </div>
        </section>
    }
    .into_any()
    };
    with_live(live, panel)
}

/// A list of the account's results.
fn list<T: Send + Sync + 'static>(
    detail: ReadSignal<Option<AccountDetail>>,
    pick: fn(&AccountDetail) -> Vec<T>,
) -> Signal<Vec<T>> {
    Signal::derive(move || detail.with(|d| d.as_ref().map(pick).unwrap_or_default()))
}

#[component]
fn Attributes(detail: ReadSignal<Option<AccountDetail>>) -> impl IntoView {
    let list = Memo::new(move |_| {
        detail.with(|d| d.as_ref().map(|d| d.attributes.clone()).unwrap_or_default())
    });
    move || {
        let chips = list.get().into_iter().map(|(label, value)| {
            view! { <span class="chip" title=label.clone()>{format!("{label}: {value}")}</span> }
        });
        view! { <div class="cluster">{chips.collect_view()}</div> }
    }
}

#[component]
fn Figures(detail: ReadSignal<Option<AccountDetail>>) -> impl IntoView {
    figure_list(&FIGURES, move |key| {
        Memo::new(move |_| detail.with(|d| d.as_ref()?.figures.get(key).cloned()))
    })
}

/// When it orders: in words, and as a line of time with the window ahead; the chance that it still
/// buys, over time; and what the next order may be worth.
#[component]
fn Orders(app: App, detail: ReadSignal<Option<AccountDetail>>) -> impl IntoView {
    let formats = use_formats();
    let name = Signal::derive(move || {
        detail.with(|d| d.as_ref().map(|d| d.name.clone()).unwrap_or_default())
    });
    let known = Memo::new(move |_| detail.with(|d| d.as_ref().and_then(|d| d.rhythm.clone())));
    let words = move || {
        known.with(|known| {
            let known = known.as_ref()?;
            let share = formats.with(|f| f.share(known.alive.0));
            let (state, reason) = (known.state.label(), &known.reason);
            let words = format!(
                "{state}: {reason}. Still buys: ~{share}, {}.",
                known.alive.1
            );
            Some(formats.with(|f| f.caption(&words)))
        })
    };
    let line = Signal::derive(move || {
        known.with(|known| known.as_ref().and_then(Timeline::of).map(Chart::Timeline))
    });
    let alive = Signal::derive(move || known.with(|known| rhythm::alive(known.as_ref()?)));
    let next = Signal::derive(move || {
        let amount = |x: f64| {
            let number = Number::Float(x);
            formats.with(|f| f.number(number, Unit::Money, Exactness::Estimated, Place::Cell))
        };
        known.with(|known| rhythm::next_order(known.as_ref()?, &amount))
    });
    let some = move || known.with(Option::is_some);
    let drawn = move |chart: Signal<Option<Chart>>| {
        view! { <div hidden=move || chart.with(Option::is_none)><ChartView chart/></div> }
    };
    view! {
        <section class="stack" hidden=move || !some() data-testid="rhythm">
            <p>{words}</p>
            <div class="cluster no-print"><KnownButton app name/></div>
            {drawn(line)}
            {drawn(alive)}
            {drawn(next)}
        </section>
    }
}

/// What the account is worth with what is attached to it and without.
#[component]
fn Upsells(app: App, account: u32, detail: ReadSignal<Option<AccountDetail>>) -> impl IntoView {
    let formats = use_formats();
    let last = app.of_page(|page| page.growth?.account);
    let growth = app.part(|document| &document.growth);
    let found = Memo::new(move |_| {
        let own = detail.with(|d| d.as_ref().map(|d| d.name.clone()))?;
        let of = last.get().filter(|of| of.name == own)?;
        let to = To::Account(own);
        let some = growth.with(|growth| !growth.attached(&to).is_empty());
        let both = of.beside.ok().filter(|_| some)?;
        Some((of.name, both))
    });
    let said = move || {
        found.with(|found| {
            let (_, both) = found.as_ref()?;
            Some(formats.with(|f| words::with_and_without(both, &|x, unit| f.cell(x, unit))))
        })
    };
    let chart = Signal::derive(move || {
        found.with(|found| {
            let (name, both) = found.as_ref()?;
            words::beside(both, name)
        })
    });
    let none = move || found.with(Option::is_none);
    view! {
        <section class="stack" data-testid="upsells">
            <p hidden=none>{said}</p>
            <div hidden=move || chart.with(Option::is_none)><ChartView chart/></div>
            <p class="no-print"><a href=words::place_of(account).to_string()>"Upsells of this account"</a></p>
        </section>
    }
}

#[component]
fn Sheets(app: App, detail: ReadSignal<Option<AccountDetail>>) -> impl IntoView {
    let keys = Memo::new(move |_| {
        let key = |sheet: &Sheet| sheet.key.clone();
        detail.with(|d| {
            let sheets = d
                .as_ref()
                .map(|d| d.sheets.iter().map(key).collect::<Vec<_>>());
            sheets.unwrap_or_default()
        })
    });
    // The file says whose table it is.
    let save = move |format| {
        Callback::new(move |key: String| {
            detail.with_untracked(|d| {
                let Some(d) = d else { return };
                if let Some(sheet) = d.sheets.iter().find(|sheet| sheet.key == key) {
                    let mut sheet = sheet.clone();
                    sheet.title = format!("{}: {}", d.name, sheet.title);
                    app.save_sheet(&sheet, format);
                }
            });
        })
    };
    move || {
        let sheets = keys.get().into_iter().map(|key| {
            let folded = drawn::leads(&key);
            let sheet = Memo::new(move |_| {
                detail.with(|d| {
                    let found = d.as_ref()?.sheets.iter().find(|sheet| sheet.key == key)?;
                    Some(Arc::new(found.clone()))
                })
            });
            let chart =
                Signal::derive(move || sheet.with(|s| s.as_ref().and_then(|s| drawn::of(s))));
            view! {
                <div hidden=move || chart.with(Option::is_none)><ChartView chart/></div>
                <SheetTable sheet folded on_csv=save(ExportFormat::Csv) on_xlsx=save(ExportFormat::Sheet)/>
            }
        });
        sheets.collect_view()
    }
}
