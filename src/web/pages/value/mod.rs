//! The Value page: what counts as value, the methods side by side, what an account costs to win and
//! when it pays back, and the analyses of the book.

pub mod cash;
pub mod methods;
pub mod waterfall;

use std::sync::Arc;

use leptos::prelude::*;

use crate::base::Unit;
use crate::jobs::protocol::{ExportFormat, ExportOf, Orders};
use crate::metrics::{Exactness, Figure, Number, Sheet, Spec};
use crate::registry;
use crate::view::chart::{Chart, results};
use crate::view::drawn;
use crate::view::number::{Place, exact_text};
use crate::view::route::{Page, Route};
use crate::view::want::{self, TABS};
use crate::web::format::use_formats;
use crate::web::state::App;
use crate::web::ui::figure::{figure_list, why_button};
use crate::web::ui::{ChartView, SheetTable};

use super::tabs::{Tabs, chosen};
use cash::Cash;
use methods::Methods;
use waterfall::Waterfall;

/// The margins that the waterfall comes to.
const SHARES: [&str; 3] = ["gp_percent", "gp_after_tooling", "contribution_percent"];

/// The page.
#[component]
pub(crate) fn ValuePage(app: App) -> impl IntoView {
    let tab = chosen(app, TABS);
    let none = Memo::new(move |_| *app.orders.get() == Orders::None);
    let body = move || {
        if none.get() {
            empty().into_any()
        } else if tab.get().is_empty() {
            definition(app)
        } else {
            analyses(app, tab.get())
        }
    };
    view! {
        <h1 class="visually-hidden">"Value"</h1>
        <Tabs page=Page::Value name="Analyses" tabs=TABS tab/>
        <div class="stack" class:stale=app.client.updating>{body}</div>
    }
}

fn empty() -> impl IntoView {
    let orders = Route::to(Page::Orders).to_string();
    view! {
        <section class="card empty" data-testid="empty">
            <h2>"Nothing to value yet"</h2>
            <p>"Value comes from orders. Bring some in, or look at the sample."</p>
            <a class="button primary" href=orders>"Go to Orders"</a>
        </section>
    }
}

/// What counts, how it adds up over time, and whether winning an account pays.
fn definition(app: App) -> AnyView {
    let steps = app.slice(|results| Some(results.waterfall.clone()));
    let methods = app.slice(|results| Some(results.methods.clone()));
    let steps = Signal::derive(move || steps.get().unwrap_or_default());
    let methods = Signal::derive(move || methods.get().unwrap_or_default());
    view! {
        <section class="card card-body stack" aria-labelledby="definition-title">
            <h2 id="definition-title">"What counts as value"</h2>
            <p class="muted">"From list price down to contribution. Switch a step off and no figure counts it any more; what your data does not hold cannot be switched on."</p>
            <div class="grid-2">
                <div class="stack">
                    <Waterfall app steps/>
                    {figure_list(&SHARES, move |key| app.figure(key))}
                </div>
                <ChartView chart=drawing(steps, results::waterfall)/>
            </div>
        </section>
        <section class="card card-body stack" aria-labelledby="methods-title">
            <h2 id="methods-title">"Lifetime value by every method"</h2>
            <p class="muted">"What is still to come of the whole book, before acquisition cost (L1: what came so far). Each label says what it counts and when within a year; the chosen one, with what came so far and less acquisition cost, is the headline everywhere."</p>
            <Methods app methods/>
            <div class="chart-alone"><ChartView chart=drawing(methods, results::methods)/></div>
        </section>
        <Cash app sheet=sheet(app, "cash") payback=sheet(app, "payback")/>
    }
    .into_any()
}

/// A number of a table as the figure of a metric, with "why?"; the text alone where it is none.
fn explained(
    spec: Option<&'static Spec>,
    figure: Signal<Option<Figure>>,
    text: Signal<String>,
) -> AnyView {
    let Some(spec) = spec else {
        return text.into_any();
    };
    let exact = move || {
        figure.with(|figure| {
            let value = figure.as_ref()?.value.as_ref().ok()?;
            Some(exact_text(*value))
        })
    };
    let key = registry::metric(spec.key).map(|metric| metric.key);
    view! {
        <span class="figure">
            <span data-metric=key data-value=exact>{text}</span>
            {why_button(spec, figure)}
        </span>
    }
    .into_any()
}

/// A chart of a list of results, with its amounts in the user's way of writing.
pub(crate) fn drawing<T: Send + Sync + 'static>(
    list: Signal<Vec<T>>,
    draw: fn(&[T], results::Amount<'_>) -> Chart,
) -> Signal<Option<Chart>> {
    let formats = use_formats();
    Signal::derive(move || {
        let amount = |x: f64| {
            let number = Number::Float(x);
            formats.with(|f| f.number(number, Unit::Money, Exactness::Estimated, Place::Cell))
        };
        list.with(|list| (!list.is_empty()).then(|| draw(list, &amount)))
    })
}

/// One analysis, or several that belong together: each as a chart and a table.
fn analyses(app: App, tab: &'static str) -> AnyView {
    let title = TABS
        .iter()
        .find(|(key, _)| *key == tab)
        .map(|(_, label)| *label);
    let parts = want::sheets_of(tab)
        .iter()
        .map(|&key| analysis(app, key, move || ExportOf::Sheet(key.to_owned())))
        .collect_view();
    view! {
        <h2 class="visually-hidden">{title}</h2>
        {parts}
    }
    .into_any()
}

/// One analysis as a chart and a table; `what` is its export.
pub(crate) fn analysis(
    app: App,
    key: &'static str,
    what: impl Fn() -> ExportOf + Copy + Send + Sync + 'static,
) -> AnyView {
    let sheet = sheet(app, key);
    let export = move |format| Callback::new(move |_| app.export(what(), format));
    let chart = drawn::is_drawn(key).then(|| {
        let chart = Signal::derive(move || {
            sheet.with(|sheet| sheet.as_ref().and_then(|sheet| drawn::of(sheet)))
        });
        let some = move || chart.with(Option::is_some);
        view! { <div hidden=move || !some()><ChartView chart/></div> }
    });
    let (before, after) = if drawn::leads(key) {
        (chart, None)
    } else {
        (None, chart)
    };
    view! {
        <section class="card card-body stack">
            {before}
            <SheetTable sheet folded=drawn::leads(key) on_csv=export(ExportFormat::Csv) on_xlsx=export(ExportFormat::Sheet)/>
            {after}
        </section>
    }
    .into_any()
}

/// One analysis of the results.
fn sheet(app: App, key: &'static str) -> ReadSignal<Option<Arc<Sheet>>> {
    app.lasting(move |results| {
        let found = results.sheets.iter().find(|sheet| sheet.key == key);
        found.cloned().map(Arc::new)
    })
}
