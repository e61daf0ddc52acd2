//! Scenarios side by side: every figure with its difference to the base, the best one marked.

use leptos::prelude::*;

use crate::scenario::{Better, Change, Compared, Comparison};
use crate::view::number::{Place, exact_text};
use crate::view::scenarios::{self, MOST_SHOWN};
use crate::web::format::use_formats;
use crate::web::ui::cell::mark;
use crate::web::ui::icon;

use super::{Handles, between, cards, subjects, with_writer};

type Found = Memo<Option<Comparison>>;

pub(super) fn page(h: Handles) -> AnyView {
    let found: Found = h.app.of_page(|page| page.scenarios?.comparison);
    let add = move |_| {
        h.make(Change::Add {
            name: None,
            changes: Vec::new(),
        });
    };
    let parked = move || {
        h.scenarios.with(|all| {
            let names: Vec<&str> = all
                .list()
                .iter()
                .skip(MOST_SHOWN)
                .map(crate::scenario::Scenario::name)
                .collect();
            (!names.is_empty())
                .then(|| format!("Not shown: {}. Move one left to see it.", names.join(", ")))
        })
    };
    view! {
        <section class="card card-body stack" aria-labelledby="compare-title">
            <div class="cluster">
                <h2 id="compare-title">"Side by side"</h2>
                <span class="spacer"></span>
                {subjects(h)}
                <button type="button" class="button primary" on:click=add>{icon("plus")}"Add a scenario"</button>
            </div>
            <p class="muted">"A scenario is the base with some assumptions changed. The base is what all other pages show; what you change there changes here too."</p>
            {table(h, found)}
            <p class="muted small" hidden=move || parked().is_none()>{parked}</p>
        </section>
        {between::card(h)}
        {cards::all(h, found)}
    }
    .into_any()
}

fn table(h: Handles, found: Found) -> AnyView {
    let columns = Memo::new(move |_| {
        found.with(|found| found.as_ref().map_or(0, |found| found.columns.len()))
    });
    let metrics = Memo::new(move |_| {
        found.with(|found| {
            let rows = found.iter().flat_map(|found| &found.rows);
            rows.map(|row| row.metric.clone()).collect::<Vec<_>>()
        })
    });
    let head = move || {
        let name = move |at: usize| {
            move || {
                found.with(|f| {
                    f.as_ref()?
                        .columns
                        .get(at)
                        .map(|column| column.name.clone())
                })
            }
        };
        (0..columns.get())
            .map(|at| view! { <th scope="col" class="num head">{name(at)}</th> })
            .collect_view()
    };
    let missing = move || {
        let some = found.with(|f| f.as_ref().is_some_and(|f| !f.rows.is_empty()));
        let none = h.app.is_empty() && h.subject.get().needs_orders();
        match (some, none) {
            (true, _) => None,
            (false, true) => Some(
                "The book's figures come from orders: bring some in first, or look at the deal's figures.",
            ),
            (false, false) => Some("Computing…"),
        }
    };
    view! {
        <p class="empty-line" hidden=move || missing().is_none()>{missing}</p>
        <div class="table-scroll" tabindex="0" role="region" aria-label="Scenarios side by side" hidden=move || missing().is_some()>
            <table class="table compare" data-testid="comparison">
                <thead>
                    <tr><th scope="col" class="head">"Figure"</th>{head}</tr>
                </thead>
                <tbody>
                    <For each=move || metrics.get() key=Clone::clone let(metric)>
                        <Line found columns metric/>
                    </For>
                </tbody>
            </table>
        </div>
    }
    .into_any()
}

/// One figure in all columns; made once, it writes only what changes.
#[component]
fn Line(found: Found, columns: Memo<usize>, metric: String) -> impl IntoView {
    let (label, unit) = scenarios::metric(&metric);
    let metric = StoredValue::new(metric);
    let better = Memo::new(move |_| {
        found.with(|found| {
            let rows = found
                .as_ref()
                .map(|found| found.rows.as_slice())
                .unwrap_or_default();
            let row = rows
                .iter()
                .find(|row| metric.with_value(|m| row.metric == *m));
            row.map_or(Better::Neither, |row| row.better)
        })
    });
    let cell = move |at: usize| {
        let cell: Memo<Option<Compared>> = Memo::new(move |_| {
            found.with(|found| {
                let rows = found.as_ref().map(|found| found.rows.as_slice())?;
                let row = rows
                    .iter()
                    .find(|row| metric.with_value(|m| row.metric == *m))?;
                row.cells.get(at).cloned()
            })
        });
        let formats = use_formats();
        let text = move || {
            cell.with(|c| {
                let figure = c.as_ref()?.figure.as_ref()?;
                Some(formats.with(|f| f.figure(figure, unit, Place::Cell)))
            })
        };
        let exact = move || {
            cell.with(|c| {
                let figure = c.as_ref()?.figure.as_ref()?;
                figure.value.as_ref().ok().map(|number| exact_text(*number))
            })
        };
        let why = move || {
            cell.with(|c| Some(c.as_ref()?.figure.as_ref()?.value.as_ref().err()?.0.clone()))
        };
        let marked = move || {
            cell.with(|c| {
                let figure = c.as_ref()?.figure.as_ref()?;
                figure
                    .value
                    .is_ok()
                    .then(|| mark(figure.exactness))
                    .flatten()
            })
        };
        let best = move || cell.with(|c| c.as_ref().is_some_and(|c| c.best));
        let difference = move || {
            let away = cell.with(|c| c.as_ref()?.difference).filter(|_| at > 0)?;
            let sign = if away < 0.0 { "−" } else { "+" };
            let text = with_writer(unit, |write| write(away.abs()));
            Some(if away == 0.0 {
                "same".to_owned()
            } else {
                format!("{sign}{text}")
            })
        };
        let tone = move || {
            let away = cell.with(|c| c.as_ref()?.difference).unwrap_or_default();
            match better.get() {
                better if better.is_better(away, 0.0) => "delta good",
                better if better.is_better(0.0, away) => "delta poor",
                _ => "delta",
            }
        };
        view! {
            <td class="num" class:best=best title=why>
                <span data-exact=marked data-value=exact>{text}</span>
                <span class="best-mark" hidden=move || !best()>"best"</span>
                <span class=tone hidden=move || difference().is_none()>{difference}</span>
            </td>
        }
    };
    let cells = move || (0..columns.get()).map(cell).collect_view();
    view! {
        <tr data-row=move || metric.get_value()>
            <th scope="row">{label}</th>
            {cells}
        </tr>
    }
}
