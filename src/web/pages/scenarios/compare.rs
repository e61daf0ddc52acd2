//! Scenarios side by side: every figure with its difference to the base, the best one marked.

use leptos::html;
use leptos::prelude::*;
use web_sys::Element;

use crate::base::Unit;
use crate::scenario::{Better, Change, Compared, Comparison};
use crate::view::number::{Place, exact_text, to_f64};
use crate::view::scenarios::{self, MOST_SHOWN};
use crate::web::format::{Formats, use_formats};
use crate::web::ui::cell::mark;
use crate::web::ui::element::{children, set, set_text};
use crate::web::ui::{Icon, icon};

use super::{Handles, between, cards, subjects};

type Found = ReadSignal<Option<Comparison>>;

pub(super) fn page(h: Handles) -> AnyView {
    let found: Found = h.app.of_page(|page| page.scenarios?.comparison);
    let add = move |_| {
        h.make(Change::Add {
            name: None,
            changes: Vec::new(),
        });
    };
    let notes = move || found.with(|f| f.as_ref().map_or_else(String::new, |f| f.notes.join(" ")));
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
                <button type="button" class="button primary" on:click=add>{icon(Icon::Plus)}"Add a scenario"</button>
            </div>
            <p class="muted">"A scenario is the base with some assumptions changed. The base is what all other pages show; what you change there changes here too."</p>
            <p class="warn" data-testid="comparison-notes" hidden=move || notes().is_empty()>{notes}</p>
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
    let lines = Memo::new(move |_| {
        let columns = columns.get();
        found.with(|found| {
            let rows = found.iter().flat_map(|found| &found.rows);
            rows.map(|row| (columns, row.metric.clone()))
                .collect::<Vec<_>>()
        })
    });
    let lines = move || lines.get();
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
                    <For each=lines key=Clone::clone let((columns, metric))>
                        {line(found, columns, metric)}
                    </For>
                </tbody>
            </table>
        </div>
    }
    .into_any()
}

/// One figure in all columns; made once, one effect writes what changes in it.
fn line(found: Found, columns: usize, metric: String) -> AnyView {
    let (label, unit) = scenarios::metric(&metric);
    let node = NodeRef::<html::Tr>::new();
    let formats = use_formats();
    let key = metric.clone();
    Effect::new(move |before: Option<Vec<Said>>| {
        let (Some(node), mut before) = (node.get(), before.unwrap_or_default()) else {
            return Vec::new();
        };
        let formats = formats.read();
        found.with(|found| {
            let row = found.iter().flat_map(|found| &found.rows);
            let Some(row) = row.into_iter().find(|row| row.metric == key) else {
                return before;
            };
            before.resize_with(row.cells.len(), Said::default);
            let cells = children(&node).into_iter().skip(1);
            for (at, ((cell, found), before)) in cells.zip(&row.cells).zip(&mut before).enumerate()
            {
                let now = Said::of(found, at > 0, row.better, unit, &formats);
                if now != *before {
                    now.write(&cell);
                    *before = now;
                }
            }
            before
        })
    });
    let cell = || {
        view! {
            <td class="num">
                <span></span>
                <span class="best-mark" hidden=true>"best"</span>
                <span class="delta" hidden=true></span>
            </td>
        }
    };
    view! {
        <tr node_ref=node data-row=metric>
            <th scope="row">{label}</th>
            {std::iter::repeat_with(cell).take(columns).collect_view()}
        </tr>
    }
    .into_any()
}

/// What a cell says.
#[derive(Default, PartialEq)]
struct Said {
    text: Option<String>,
    exact: Option<String>,
    mark: Option<&'static str>,
    why: Option<String>,
    best: bool,
    difference: Option<String>,
    tone: &'static str,
}

impl Said {
    fn of(found: &Compared, is_other: bool, better: Better, unit: Unit, formats: &Formats) -> Self {
        let figure = found.figure.as_ref();
        let number = figure.and_then(|figure| figure.value.as_ref().ok());
        let away = found.difference.unwrap_or_default();
        // What only rounding makes of two equal figures is none.
        let least = 1e-9 * number.map_or(0.0, |number| to_f64(*number).abs());
        let difference = found.difference.filter(|_| is_other).map(|away| {
            if away.abs() <= least {
                return "same".to_owned();
            }
            let sign = if away < 0.0 { "−" } else { "+" };
            format!("{sign}{}", formats.cell(away.abs(), unit))
        });
        Self {
            text: figure.map(|figure| formats.figure(figure, unit, Place::Cell)),
            exact: number.map(|number| exact_text(*number)),
            mark: figure
                .filter(|_| number.is_some())
                .and_then(|it| mark(it.exactness)),
            why: figure.and_then(|figure| Some(figure.value.as_ref().err()?.0.clone())),
            best: found.best,
            difference,
            tone: match better {
                better if better.is_better(away, 0.0) => "delta good",
                better if better.is_better(0.0, away) => "delta poor",
                _ => "delta",
            },
        }
    }

    fn write(&self, cell: &Element) {
        cell.set_class_name(if self.best { "num best" } else { "num" });
        set(cell, "title", self.why.as_deref());
        let parts = children(cell);
        let [figure, best, difference] = parts.as_slice() else {
            return;
        };
        set(figure, "data-exact", self.mark);
        set(figure, "data-value", self.exact.as_deref());
        set_text(figure, self.text.as_deref().unwrap_or_default());
        set(best, "hidden", (!self.best).then_some(""));
        set(
            difference,
            "hidden",
            self.difference.is_none().then_some(""),
        );
        set_text(difference, self.difference.as_deref().unwrap_or_default());
        difference.set_class_name(self.tone);
    }
}
