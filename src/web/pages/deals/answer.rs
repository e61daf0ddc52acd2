//! The answer of a board: the verdict, who must agree, figures with their working, tables, charts.

use leptos::prelude::*;

use crate::base::Unit;
use crate::deals::limits::quotable;
use crate::jobs::protocol::DealResult;
use crate::metrics::{Exactness, Number};
use crate::registry;
use crate::view::deals::{self, Group, Words};
use crate::view::drawn;
use crate::view::number::Place;
use crate::web::format::{Formats, use_formats};
use crate::web::state::App;
use crate::web::ui::figure::figure_list;
use crate::web::ui::{ChartView, FigureView, SheetTable};

use super::Shown;

/// The answer of a board.
#[component]
pub(crate) fn Answer(app: App, deal: Shown, tab: &'static str) -> impl IntoView {
    let groups = deals::groups(tab)
        .iter()
        .map(|group| figures(deal, group))
        .collect_view();
    let more = match tab {
        "sizes" => view! { {breaks(deal)} {table(deal, "deal_orders")} }.into_any(),
        "" => flows(deal),
        _ => ().into_any(),
    };
    view! {
        <Verdict app deal/>
        {groups}
        {more}
    }
}

/// The deal in one sentence, and who must agree.
#[component]
pub(super) fn Verdict(app: App, deal: Shown) -> impl IntoView {
    let formats = use_formats();
    let horizon = Memo::new(move |_| app.chosen("horizon"));
    let said = move || {
        let horizon = horizon.get();
        formats.with(|formats| deal.with(|deal| sentence(deal?, &horizon, formats)))
    };
    let agree = move || {
        deal.with(|deal| {
            let (words, style) = deals::approval(deal?.approval);
            Some(
                view! { <span class=format!("chip {style}") data-testid="approval">{words}</span> },
            )
        })
    };
    let margin = registry::metric("deal_margin").map(|spec| {
        let figure = deal.figure(spec.key);
        view! { <span class="muted">"at a contribution margin of " <FigureView spec figure/></span> }
    });
    view! {
        <section class="card card-body stack deal-verdict" aria-labelledby="verdict-title">
            <h2 id="verdict-title" class="visually-hidden">"Verdict"</h2>
            <p class="verdict" role="status" data-testid="verdict">{move || said().unwrap_or_else(|| "Computing…".to_owned())}</p>
            <p class="cluster">{agree} {margin}</p>
        </section>
    }
}

fn sentence(deal: &DealResult, horizon: &str, formats: &Formats) -> Option<String> {
    let number = |x: f64, unit: Unit, place: Place| {
        formats.number(Number::Float(x), unit, Exactness::Exact, place)
    };
    let words = Words {
        amount: &|x| number(x, Unit::Money, Place::Cell),
        price: &|x| number(quotable(x), Unit::MoneyInCents, Place::Cell),
        years: &|x| number(x, Unit::Years, Place::Cell),
    };
    deals::verdict(&deal.figures, horizon, &words)
}

/// A list of figures, each with its working.
pub(super) fn figures(deal: Shown, (title, keys): &'static Group) -> AnyView {
    view! {
        <section class="card card-body stack" aria-label=*title>
            <h2>{*title}</h2>
            {figure_list(keys, move |key| deal.figure(key))}
        </section>
    }
    .into_any()
}

/// The cash of every year, drawn and listed.
fn flows(deal: Shown) -> AnyView {
    let sheet = deal.sheet("deal_flows");
    let chart = Signal::derive(move || {
        sheet.with(|sheet| sheet.as_ref().and_then(|sheet| drawn::cash(sheet)))
    });
    view! {
        <section class="card card-body stack">
            <ChartView chart/>
            <SheetTable sheet bare=true/>
        </section>
    }
    .into_any()
}

/// What orders cost under price breaks, drawn and listed.
fn breaks(deal: Shown) -> AnyView {
    let formats = use_formats();
    let totals = deal.sheet("deal_totals");
    let chart = Signal::derive(move || {
        totals.with(|sheet| {
            let sheet = sheet.as_ref()?;
            let exact = |f: &Formats, x| {
                f.number(Number::Float(x), Unit::Count, Exactness::Exact, Place::Cell)
            };
            formats.with(|f| deals::totals(sheet, &|x| exact(f, x)))
        })
    });
    let none = move || chart.with(Option::is_none);
    view! {
        <section class="card card-body stack">
            <SheetTable sheet=deal.sheet("deal_breaks")/>
            <div hidden=none><ChartView chart/></div>
        </section>
    }
    .into_any()
}

fn table(deal: Shown, key: &'static str) -> AnyView {
    view! { <section class="card card-body stack"><SheetTable sheet=deal.sheet(key)/></section> }
        .into_any()
}
