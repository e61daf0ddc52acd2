//! The key figures of the work and of what was opened, side by side.
//!
//! Input: the app and the opened document. Output: a table that follows every edit. Both columns are
//! computed with the orders that are here, so that only the assumptions and the date differ.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::base::Unit;
use crate::document::Document;
use crate::jobs::protocol::{Orders, Want};
use crate::metrics::{Exactness, Figure, Figures, Number, Spec};
use crate::registry;
use crate::view::number::{Place, exact_text, to_f64};

use super::format::{Formats, use_formats};
use super::state::App;
use super::worker::Wanted;

/// The rows, the most important first.
const KEYS: [&str; 7] = [
    "lifetime_value",
    "future_value",
    "past_value",
    "yearly_margin",
    "ltv_per_account",
    "payback_months",
    "ltv_cac",
];

/// The figures of both: now, and as opened.
type Pair = (Figures, Figures);

/// The table; nothing where there are no orders to compute with.
pub fn figures(app: App, opened: &Document) -> Option<AnyView> {
    if app.orders.with_untracked(|orders| **orders == Orders::None) {
        return None;
    }
    let (assumptions, as_of) = (Arc::clone(&opened.assumptions), opened.as_of);
    let pair: RwSignal<Option<Pair>> = RwSignal::new(None);
    Effect::new(move |_| {
        app.results.track();
        let want = Want {
            book: true,
            ..Want::default()
        };
        let now = Wanted::of(&app.document(), want);
        let then = Wanted {
            assumptions: Arc::clone(&assumptions),
            as_of,
            ..now.clone()
        };
        spawn_local(async move {
            if let (Ok(now), Ok(then)) = (
                app.client.look_at(now).await,
                app.client.look_at(then).await,
            ) {
                // Gone if the user has decided meanwhile.
                pair.try_set(Some((now.book, then.book)));
            }
        });
    });
    let formats = use_formats();
    let rows = move || {
        pair.with(|pair| {
            let (now, then) = pair.as_ref()?;
            let list = KEYS.into_iter().filter_map(registry::metric);
            Some(formats.with(|f| list.map(|spec| row(f, spec, now, then)).collect_view()))
        })
    };
    let table = view! {
        <div class="table-scroll preview-changes" tabindex="0" role="region" aria-label="Figures side by side" data-testid="side-by-side">
            <table class="table">
                <thead><tr>
                    <th scope="col">"Figure"</th>
                    <th scope="col" class="num">"Now"</th>
                    <th scope="col" class="num">"Opened"</th>
                    <th scope="col" class="num">"Difference"</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    };
    Some(table.into_any())
}

fn row(formats: &Formats, spec: &'static Spec, now: &Figures, then: &Figures) -> AnyView {
    let side = |figure: Option<&Figure>| {
        let number = figure.and_then(|f| f.value.as_ref().ok().copied());
        let text = figure.map(|f| formats.figure(f, spec.unit, Place::Cell));
        let exact = number.map(exact_text);
        let cell = view! { <td class="num" data-value=exact>{text}</td> };
        (cell, number.map(to_f64))
    };
    let (left, before) = side(now.get(spec.key));
    let (right, after) = side(then.get(spec.key));
    let difference = before.zip(after).map(|(before, after)| {
        let change = after - before;
        let number = |x: f64, unit: Unit| {
            formats.number(Number::Float(x), unit, Exactness::Estimated, Place::Cell)
        };
        if change == 0.0 {
            return "none".to_owned();
        }
        let sign = if change > 0.0 { "+" } else { "−" };
        let share = if before == 0.0 {
            String::new()
        } else {
            let percent = (change / before).abs() * 100.0;
            format!(" ({sign}{})", number(percent, Unit::Percent))
        };
        format!("{sign}{}{share}", number(change.abs(), spec.unit))
    });
    view! {
        <tr data-figure=spec.key>
            <th scope="row">{spec.label}</th>
            {left}
            {right}
            <td class="num">{difference}</td>
        </tr>
    }
    .into_any()
}
