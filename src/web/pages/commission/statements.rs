//! The statement of one person and period under the chosen scheme: every line to its order, rule, tier
//! and rounding.

use leptos::prelude::*;

use crate::web::ui::select;

use super::Handles;
use super::boards::{card, sentences, table};

pub(super) fn page(h: Handles) -> AnyView {
    let people = Signal::derive(move || {
        h.found.with(|found| {
            let people = found.iter().flat_map(|found| found.people.iter());
            people.map(|name| (name.clone(), name.clone())).collect()
        })
    });
    let person = Signal::derive(move || {
        h.found
            .with(|found| found.as_ref().map(|found| found.person.clone()))
            .unwrap_or_default()
    });
    let periods = Signal::derive(move || {
        h.found.with(|found| {
            let periods = found.iter().flat_map(|found| found.periods.iter());
            periods
                .map(|(at, name)| (at.to_string(), name.clone()))
                .collect()
        })
    });
    let period = Signal::derive(move || {
        let period = h.found.with(|found| found.as_ref()?.period);
        period.map(|at| at.to_string()).unwrap_or_default()
    });
    view! {
        <section class="card card-body stack statement" aria-labelledby="statement-title">
            <h2 id="statement-title">"Statement"</h2>
            <div class="cluster ask">
                {h.choice()}
                {select("Person", people, person, move |name| h.look("person", &name))}
                {select("Period", periods, period, move |at| h.look("period", &at))}
            </div>
            {sentences(h)}
            {table(h, "statement")}
        </section>
        {card(h, "closings")}
    }
    .into_any()
}
