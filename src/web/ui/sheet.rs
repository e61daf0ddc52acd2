//! A plain table for a sheet of results: sorted by any column, exported by callbacks.

use std::sync::Arc;

use leptos::prelude::*;

use super::cell::{self, heading_unit};
use super::{Icon, icon};
use crate::jobs::protocol::ExportFormat;
use crate::metrics::{Sheet, SheetColumn};
use crate::view::rows;
use crate::web::format::{Formats, use_formats};
use crate::web::state::changes;

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
) -> impl IntoView {
    let sort = RwSignal::new(None::<(usize, bool)>);
    let all = RwSignal::new(false);
    let formats = use_formats();
    let frame = changes(move |_| sheet.with(|sheet| sheet.as_deref().map(Frame::of)));
    let body = move || {
        let Some(frame) = frame.get() else {
            return view! { <p class="empty-line">"Computing…"</p> }.into_any();
        };
        let actions = (!frame.empty).then(|| actions(&frame, on_csv, on_xlsx));
        let folded = folded && !frame.empty;
        let title = (!bare && !folded).then(|| view! { <h3>{frame.title.clone()}</h3> });
        let caption = (!folded).then_some(move || {
            let words = sheet.with(|sheet| sheet.as_ref().map(|sheet| sheet.caption.clone()));
            formats.with(|f| words.map(|words| f.caption(&words)))
        });
        let table = (!frame.empty).then(|| table(frame, sheet, sort, all));
        let table = if folded {
            view! { <details class="twin"><summary>"The numbers as a table"</summary>{table}</details> }
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
                {actions}
            </div>
            {table}
        }
        .into_any()
    };
    view! { <section class="sheet">{body}</section> }
}

/// What of a sheet stays when its figures change, and need not be written again.
#[derive(Clone, PartialEq)]
struct Frame {
    key: String,
    title: String,
    columns: Vec<SheetColumn>,
    /// By column: whether it holds numbers.
    numeric: Vec<bool>,
    empty: bool,
}

impl Frame {
    fn of(sheet: &Sheet) -> Self {
        let columns = 0..sheet.columns.len();
        Self {
            key: sheet.key.clone(),
            title: sheet.title.clone(),
            columns: sheet.columns.clone(),
            numeric: columns.map(|c| rows::numeric(sheet, c)).collect(),
            empty: sheet.rows.is_empty(),
        }
    }
}

fn actions(
    frame: &Frame,
    on_csv: Option<Callback<String>>,
    on_xlsx: Option<Callback<String>>,
) -> AnyView {
    if on_csv.is_none() && on_xlsx.is_none() {
        return ().into_any();
    }
    let key = frame.key.clone();
    let on_save = Callback::new(move |format| {
        let run = match format {
            ExportFormat::Csv => on_csv,
            ExportFormat::Sheet => on_xlsx,
        };
        if let Some(run) = run {
            run.run(key.clone());
        }
    });
    save_buttons(&frame.title, on_save)
}

/// Buttons that save a table; its title tells those of several apart.
pub fn save_buttons(title: &str, on_save: Callback<ExportFormat>) -> AnyView {
    let button = |label: &'static str, format: ExportFormat| {
        view! {
            <button
                type="button"
                class="button small quiet"
                aria-label=format!("{label}: {title}")
                on:click=move |_| on_save.run(format)
            >
                {icon(Icon::Download)}
                {label}
            </button>
        }
    };
    view! {
        <div class="cluster no-print">
            {button("CSV", ExportFormat::Csv)}
            {button("XLSX", ExportFormat::Sheet)}
        </div>
    }
    .into_any()
}

fn table(
    frame: Frame,
    sheet: Signal<Option<Arc<Sheet>>>,
    sort: RwSignal<Option<(usize, bool)>>,
    all: RwSignal<bool>,
) -> AnyView {
    let formats = use_formats();
    let shown = move || if all.get() { usize::MAX } else { FIRST };
    let lines = move || {
        let Some(sheet) = sheet.get() else {
            return Vec::new();
        };
        formats.with(|f| lines(&sheet, sort.get(), shown(), f))
    };
    let hidden = move || {
        let rows = sheet.with(|sheet| sheet.as_ref().map_or(0, |sheet| sheet.rows.len()));
        rows.saturating_sub(shown())
    };
    let more = move || {
        let hidden = u64::try_from(hidden()).unwrap_or(0);
        let label = formats.with(|f| format!("Show {} more rows", f.count(hidden)));
        (hidden > 0).then(|| {
            view! {
                <button
                    type="button"
                    class="button small quiet"
                    on:click=move |_| all.set(true)
                >
                    {label}
                </button>
            }
        })
    };
    let title = frame.title.clone();
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label=title>
            <table class="table">
                <thead>
                    <tr>{move || heads(&frame, sort)}</tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
        {more}
    }
    .into_any()
}

/// The rows in their order, as many as are shown.
fn lines(
    sheet: &Sheet,
    sort: Option<(usize, bool)>,
    shown: usize,
    formats: &Formats,
) -> Vec<AnyView> {
    let order = match sort {
        Some((column, descending)) => rows::order(sheet, column, descending),
        None => (0..sheet.rows.len()).collect(),
    };
    let shape: Vec<(bool, bool)> = (0..sheet.columns.len())
        .map(|c| (rows::numeric(sheet, c), rows::small(sheet, c)))
        .collect();
    let lines = order.into_iter().take(shown).filter_map(|row| {
        let cells = sheet.rows.get(row)?;
        let cells = cells.iter().zip(&sheet.columns).zip(&shape).enumerate();
        let cells = cells.map(|(c, ((cell, column), (numeric, small)))| {
            let mut shown = cell::shown(cell, column.unit, *small, formats);
            // Names stay as they are; a reason is a sentence.
            if column.key == "reason" {
                shown.text = formats.caption(&shown.text);
            }
            cell::td(shown, *numeric, c == 0, rows::heat(sheet, c, cell))
        });
        Some(view! { <tr>{cells.collect_view()}</tr> }.into_any())
    });
    lines.collect()
}

fn heads(frame: &Frame, sort: RwSignal<Option<(usize, bool)>>) -> Vec<AnyView> {
    let now = sort.get();
    let columns = frame.columns.iter().zip(&frame.numeric).enumerate();
    columns
        .map(|(c, (column, numeric))| {
            let state = now.filter(|(at, _)| *at == c).map(|(_, down)| down);
            // Numbers start with the largest, words with the first letter.
            let next = state.map_or(*numeric, |down| !down);
            let label = format!("{}{}", column.label, heading_unit(column));
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
