//! A plain table for a sheet of results: sorted by any column, exported by callbacks.

use std::sync::Arc;

use leptos::prelude::*;

use super::cell::{self, heading_unit};
use super::icon;
use crate::metrics::Sheet;
use crate::view::rows;
use crate::web::format::{Formats, use_formats};

/// Rows shown before the reader asks for more.
const FIRST: usize = 60;

/// A table of results with its heading, caption and actions.
#[component]
pub fn SheetTable(
    /// The sheet; nothing while it is being computed for the first time.
    #[prop(into)]
    sheet: Signal<Option<Arc<Sheet>>>,
    /// Shows no heading of its own where the page has one.
    #[prop(optional)]
    bare: bool,
    /// Folds the table away below a chart that says the same and has the sentence.
    #[prop(optional)]
    folded: bool,
    /// Saves it as CSV; gets the sheet's key.
    #[prop(optional)]
    on_csv: Option<Callback<String>>,
    /// Saves it as XLSX; gets the sheet's key.
    #[prop(optional)]
    on_xlsx: Option<Callback<String>>,
    /// A row was chosen; gets its position in the sheet.
    #[prop(optional)]
    on_row: Option<Callback<usize>>,
) -> impl IntoView {
    let sort = RwSignal::new(None::<(usize, bool)>);
    let all = RwSignal::new(false);
    let formats = use_formats();
    let body = move || {
        let Some(sheet) = sheet.get() else {
            return view! { <p class="empty-line">"Computing…"</p> }.into_any();
        };
        let key = sheet.key.clone();
        let actions = actions(&key, on_csv, on_xlsx);
        let empty = sheet.rows.is_empty();
        let folded = folded && !empty;
        let title = (!bare && !folded).then(|| view! { <h3>{sheet.title.clone()}</h3> });
        let caption = (!folded).then(|| formats.with(|f| f.sentence(&sheet.caption)));
        let table = (!empty).then(|| formats.with(|f| table(&sheet, sort, all, f, on_row)));
        let table = if folded {
            view! { <details><summary>"The numbers as a table"</summary>{table}</details> }
                .into_any()
        } else {
            table.into_any()
        };
        view! {
            <div class="sheet-head">
                <div>
                    {title}
                    <p class="muted">{caption}</p>
                </div>
                {(!empty).then_some(actions)}
            </div>
            {table}
        }
        .into_any()
    };
    view! { <section class="sheet">{body}</section> }
}

fn actions(
    key: &str,
    on_csv: Option<Callback<String>>,
    on_xlsx: Option<Callback<String>>,
) -> AnyView {
    let button = |label: &'static str, run: Option<Callback<String>>| {
        let key = key.to_owned();
        run.map(|run| {
            view! {
                <button
                    type="button"
                    class="button small quiet"
                    on:click=move |_| run.run(key.clone())
                >
                    {icon("download")}
                    {label}
                </button>
            }
        })
    };
    view! {
        <div class="cluster no-print">{button("CSV", on_csv)}{button("XLSX", on_xlsx)}</div>
    }
    .into_any()
}

fn table(
    sheet: &Arc<Sheet>,
    sort: RwSignal<Option<(usize, bool)>>,
    all: RwSignal<bool>,
    formats: &Formats,
    on_row: Option<Callback<usize>>,
) -> AnyView {
    let order = match sort.get() {
        Some((column, descending)) => rows::order(sheet, column, descending),
        None => (0..sheet.rows.len()).collect(),
    };
    let hidden = if all.get() {
        0
    } else {
        order.len().saturating_sub(FIRST)
    };
    let shape: Vec<(bool, bool)> = (0..sheet.columns.len())
        .map(|c| (rows::numeric(sheet, c), rows::small(sheet, c)))
        .collect();
    let lines = order.iter().take(order.len() - hidden).filter_map(|row| {
        let cells = sheet.rows.get(*row)?;
        let row = *row;
        let cells = cells.iter().zip(&sheet.columns).zip(&shape).enumerate();
        let cells = cells.map(|(c, ((cell, column), (numeric, small)))| {
            let mut shown = cell::shown(cell, column.unit, *small, formats);
            // Names stay as they are; a reason is a sentence.
            if column.key == "reason" {
                shown.text = formats.sentence(&shown.text);
            }
            cell::td(shown, *numeric, c == 0, rows::heat(sheet, c, cell))
        });
        let cells = cells.collect_view();
        Some(match on_row {
            None => view! { <tr>{cells}</tr> }.into_any(),
            Some(run) => view! {
                <tr class="choosable" on:click=move |_| run.run(row)>{cells}</tr>
            }
            .into_any(),
        })
    });
    let lines = lines.collect_view();
    let count = formats.count(u64::try_from(hidden).unwrap_or(0));
    let more = (hidden > 0).then(|| {
        view! {
            <button type="button" class="button small quiet" on:click=move |_| all.set(true)>
                {format!("Show {count} more rows")}
            </button>
        }
    });
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label=sheet.title.clone()>
            <table class="table">
                <thead>
                    <tr>{heads(sheet, &shape, sort)}</tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
        {more}
    }
    .into_any()
}

fn heads(
    sheet: &Sheet,
    shape: &[(bool, bool)],
    sort: RwSignal<Option<(usize, bool)>>,
) -> Vec<AnyView> {
    let now = sort.get_untracked();
    let columns = sheet.columns.iter().zip(shape).enumerate();
    columns
        .map(|(c, (column, (numeric, _)))| {
            let state = now.filter(|(at, _)| *at == c).map(|(_, down)| down);
            // Numbers start with the largest, words with the first letter.
            let next = state.map_or(*numeric, |down| !down);
            let label = format!("{}{}", column.label, heading_unit(column.unit));
            head_cell(
                &label,
                crate::view::words::help(column).to_owned(),
                *numeric,
                state,
                Callback::new(move |()| sort.set(Some((c, next)))),
            )
        })
        .collect()
}

/// A heading that sorts; `state` is whether it is sorted downwards now.
pub(crate) fn head_cell(
    label: &str,
    help: String,
    numeric: bool,
    state: Option<bool>,
    on_sort: Callback<()>,
) -> AnyView {
    let (sorted, arrow) = match state {
        Some(true) => (Some("descending"), "▼"),
        Some(false) => (Some("ascending"), "▲"),
        None => (None, ""),
    };
    let help = (!help.is_empty()).then_some(help);
    view! {
        <th scope="col" class:num=numeric aria-sort=sorted title=help>
            <button type="button" class="sort" on:click=move |_| on_sort.run(())>
                {label.to_owned()}
                <span class="arrow" aria-hidden="true">{arrow}</span>
            </button>
        </th>
    }
    .into_any()
}
