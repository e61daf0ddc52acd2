//! The long table: only the rows in view exist, whatever the number of accounts.
//!
//! Input: a window of the table as the worker sent it. Output: which rows are wanted, how to sort,
//! which row was chosen. Keyboard: arrows, Home, End and the page keys move the active cell (with
//! Ctrl to the very first or last row), Enter opens its row. Invariant: fewer than 60 rows exist.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::cell::{self, heading_unit};
use super::next_id;
use super::sheet::head_cell;
use crate::base::{Shared, Unit};
use crate::jobs::protocol::Table;
use crate::metrics::Cell;
use crate::view::window::{self, Window};
use crate::web::format::{Formats, use_formats};

/// The height of a row in pixels; the same as `--row` in the tokens.
const ROW: f64 = 34.0;

/// Where the table is scrolled to, and how large it is.
#[derive(Clone, Copy, PartialEq)]
struct View {
    scroll: f64,
    height: f64,
}

/// What the parts of one table share; cheap to copy.
#[derive(Clone, Copy)]
struct Handles {
    table: Signal<Option<Shared<Table>>>,
    selected: Signal<Option<u32>>,
    on_open: Callback<u32>,
    on_window: Callback<(u32, u32)>,
    /// The active cell: row in the sorted table, column.
    active: RwSignal<(u32, usize)>,
    view: RwSignal<View>,
    node: NodeRef<html::Div>,
    id: StoredValue<String>,
}

/// A table of thousands of rows.
#[component]
pub fn GridTable(
    /// The window the worker sent last.
    #[prop(into)]
    table: Signal<Option<Shared<Table>>>,
    /// What the table holds, for assistive tools.
    #[prop(into)]
    name: Signal<String>,
    /// The column sorted by, and whether downwards.
    #[prop(into)]
    sort: Signal<(String, bool)>,
    /// Sort by this column, downwards or not.
    on_sort: Callback<(String, bool)>,
    /// These rows are in view: the first, and how many.
    on_window: Callback<(u32, u32)>,
    /// The account whose detail is open, by its position in the book.
    #[prop(into)]
    selected: Signal<Option<u32>>,
    /// Open this account's detail.
    on_open: Callback<u32>,
) -> impl IntoView {
    let h = Handles {
        table,
        selected,
        on_open,
        on_window,
        active: RwSignal::new((0, 0)),
        view: RwSignal::new(View {
            scroll: 0.0,
            height: 640.0,
        }),
        node: NodeRef::new(),
        id: StoredValue::new(next_id("grid")),
    };
    let total = Memo::new(move |_| table.with(|t| t.as_ref().map_or(0, |t| t.matching)));
    let columns = Memo::new(move |_| {
        table.with(|t| t.as_ref().map(|t| t.columns.clone()).unwrap_or_default())
    });
    let area = Memo::new(move |_| {
        let View { scroll, height } = h.view.get();
        window::visible(scroll, height - 2.0 * ROW, ROW, total.get())
    });
    let head = move || {
        let (by, down) = sort.get();
        let numeric = table.with(|t| t.as_ref().map(|t| numeric(t)).unwrap_or_default());
        columns.with(|columns| {
            let columns = columns.iter().enumerate();
            let heads = columns.map(|(c, column)| {
                let state = (column.key == by).then_some(down);
                let is_number = numeric.get(c).copied().unwrap_or(false);
                let next = state.map_or(is_number, |down| !down);
                let key = column.key.clone();
                head_cell(
                    &format!("{}{}", column.label, heading_unit(column.unit)),
                    column.help.clone(),
                    is_number,
                    state,
                    Callback::new(move |()| on_sort.run((key.clone(), next))),
                )
            });
            heads.collect_view()
        })
    };
    let formats = use_formats();
    let body = move || {
        let area = area.get();
        table.with(|t| t.as_ref().map(|t| formats.with(|f| rows(h, t, area, f))))
    };
    let footer = move || table.with(|t| t.as_ref().map(|t| formats.with(|f| footer(t, f))));
    // No taller than its rows, heading and sum; the margin is for a scroll bar.
    let tall = move || {
        let rows = total.get();
        (rows > 0).then(|| format!("{}px", (f64::from(rows) + 2.0) * ROW + 20.0))
    };
    let measure = move || look(h, area);
    h.node.on_load(move |_| measure());
    view! {
        <div
            node_ref=h.node
            class="grid-table"
            tabindex="0"
            role="group"
            style:max-height=tall
            aria-label=move || name.get()
            aria-activedescendant=h.id.get_value()on:scroll=move |_| measure()
            on:focus=move |_| measure()
            on:pointerenter=move |_| measure()
            on:keydown=move |event| on_key(h, &event)
            on:click=move |event| on_click(h, &event)
        >
            <table
                class="table"
                role="grid"
                aria-label=move || name.get()
                aria-rowcount=move || total.get() + 1
                aria-colcount=move || columns.with(Vec::len)
            >
                <thead>
                    <tr aria-rowindex="1">{head}</tr>
                </thead>
                <tbody>{body}</tbody>
                <tfoot>{footer}</tfoot>
            </table>
        </div>
    }
}

/// Which columns hold numbers, judged by the rows there are.
fn numeric(table: &Table) -> Vec<bool> {
    let number = |c: usize| {
        let mut cells = table.rows.iter().filter_map(|(_, cells)| cells.get(c));
        let unit = table.columns.get(c).map(|column| column.unit);
        cells.any(|cell| matches!(cell, Cell::Number(..)))
            || !matches!(unit, None | Some(Unit::Text | Unit::Date))
    };
    (0..table.columns.len()).map(number).collect()
}

/// Notes where the table is scrolled to, and asks for the rows in view when they changed.
fn look(h: Handles, area: Memo<Window>) {
    let Some(node) = h.node.get_untracked() else {
        return;
    };
    let view = View {
        scroll: f64::from(node.scroll_top()),
        height: f64::from(node.client_height()),
    };
    if h.view.get_untracked() != view {
        h.view.set(view);
    }
    let Window { from, count, .. } = area.get_untracked();
    h.on_window.run((from, count.max(1)));
}

/// The rows in view; those that have not arrived yet keep their place.
fn rows(h: Handles, table: &Table, area: Window, formats: &Formats) -> AnyView {
    let state = State {
        active: h.active.get(),
        selected: h.selected.get(),
        id: h.id.get_value(),
        numeric: numeric(table),
    };
    let last = area.from + area.count;
    let lines = (area.from..last).map(|row| {
        let at = row
            .checked_sub(table.from)
            .and_then(|i| usize::try_from(i).ok());
        match at.and_then(|i| table.rows.get(i)) {
            Some((account, cells)) => line(&state, row, *account, cells, table, formats),
            None => waiting(row, table.columns.len()),
        }
    });
    let span = table.columns.len().max(1).to_string();
    view! {
        <tr class="pad" aria-hidden="true">
            <td colspan=span.clone() style:height=format!("{}px", area.above)></td>
        </tr>
        {lines.collect_view()}
        <tr class="pad" aria-hidden="true">
            <td colspan=span style:height=format!("{}px", area.below)></td>
        </tr>
    }
    .into_any()
}

fn waiting(row: u32, columns: usize) -> AnyView {
    view! {
        <tr class="waiting" aria-rowindex=row + 2>
            <th scope="row">"…"</th>
            <td colspan=columns.saturating_sub(1).max(1).to_string()></td>
        </tr>
    }
    .into_any()
}

/// What the rows need to know of the table's state.
struct State {
    active: (u32, usize),
    selected: Option<u32>,
    /// The id of the active cell.
    id: String,
    numeric: Vec<bool>,
}

fn line(
    state: &State,
    row: u32,
    account: u32,
    cells: &[Cell],
    table: &Table,
    formats: &Formats,
) -> AnyView {
    let cells = cells
        .iter()
        .zip(&table.columns)
        .zip(&state.numeric)
        .enumerate();
    let cells = cells.map(|(c, ((cell, column), numeric))| {
        let shown = cell::shown(cell, column.unit, false, formats);
        let active = state.active == (row, c);
        let class = match (*numeric, active) {
            (true, true) => "num active",
            (true, false) => "num",
            (false, true) => "active",
            (false, false) => "",
        };
        let id = active.then(|| state.id.clone());
        let index = c + 1;
        if c == 0 {
            view! {
                <th
                    scope="row"
                    role="rowheader"
                    id=id
                    class=class
                    aria-colindex=index
                    title=shown.text.clone()
                >
                    {shown.text.clone()}
                </th>
            }
            .into_any()
        } else {
            view! {
                <td
                    role="gridcell"
                    id=id
                    class=class
                    aria-colindex=index
                    data-exact=shown.mark
                    title=shown.reason
                >
                    {shown.text}
                </td>
            }
            .into_any()
        }
    });
    let class = if state.active.0 == row {
        "choosable active"
    } else {
        "choosable"
    };
    view! {
        <tr
            class=class
            data-account=account
            aria-rowindex=row + 2
            aria-selected=(state.selected == Some(account)).to_string()
        >
            {cells.collect_view()}
        </tr>
    }
    .into_any()
}

/// Opens the row that was clicked; one listener serves all rows.
fn on_click(h: Handles, event: &ev::MouseEvent) {
    let row = event
        .target()
        .and_then(|t| t.dyn_into::<web_sys::Element>().ok())
        .and_then(|e| e.closest("tr[data-account]").ok().flatten());
    let Some(row) = row else { return };
    let number = |name: &str| row.get_attribute(name).and_then(|n| n.parse::<u32>().ok());
    if let (Some(account), Some(index)) = (number("data-account"), number("aria-rowindex")) {
        h.active.update(|active| active.0 = index.saturating_sub(2));
        h.on_open.run(account);
    }
}

fn footer(table: &Table, formats: &Formats) -> AnyView {
    if table.footer.is_empty() {
        return ().into_any();
    }
    let numeric = numeric(table);
    let cells = table
        .footer
        .iter()
        .zip(&table.columns)
        .zip(&numeric)
        .enumerate();
    let cells = cells.map(|(c, ((cell, column), numeric))| {
        let shown = match cell {
            Cell::Empty(_) => {
                let words = if c == 0 { "All matching" } else { "" };
                cell::shown(&Cell::Text(words.into()), column.unit, false, formats)
            }
            cell => cell::shown(cell, column.unit, false, formats),
        };
        cell::td(shown, *numeric, c == 0)
    });
    view! { <tr>{cells.collect_view()}</tr> }.into_any()
}

/// Moves the active cell, or opens its row.
fn on_key(h: Handles, event: &ev::KeyboardEvent) {
    let on_table = event.target() == event.current_target();
    if !on_table {
        return;
    }
    let (total, width) = h
        .table
        .with_untracked(|t| t.as_ref().map_or((0, 0), |t| (t.matching, t.columns.len())));
    if total == 0 {
        return;
    }
    let (row, column) = h.active.get_untracked();
    let page = 15;
    let far = event.ctrl_key() || event.meta_key();
    let last = total - 1;
    let right = width.saturating_sub(1);
    let to = match event.key().as_str() {
        "ArrowDown" => (row.saturating_add(1).min(last), column),
        "ArrowUp" => (row.saturating_sub(1), column),
        "ArrowRight" => (row, (column + 1).min(right)),
        "ArrowLeft" => (row, column.saturating_sub(1)),
        "PageDown" => (row.saturating_add(page).min(last), column),
        "PageUp" => (row.saturating_sub(page), column),
        "Home" => (0, if far { 0 } else { column }),
        "End" => (last, if far { right } else { column }),
        "Enter" | " " => {
            event.prevent_default();
            open_active(h, row);
            return;
        }
        _ => return,
    };
    event.prevent_default();
    h.active.set(to);
    let View { scroll, height } = h.view.get_untracked();
    if let (Some(at), Some(node)) = (
        window::reveal(to.0, scroll, (height, ROW, ROW), ROW, total),
        h.node.get_untracked(),
    ) {
        node.set_scroll_top(pixels(at));
    }
}

fn open_active(h: Handles, row: u32) {
    let account = h.table.with_untracked(|t| {
        let t = t.as_ref()?;
        let at = usize::try_from(row.checked_sub(t.from)?).ok()?;
        t.rows.get(at).map(|(account, _)| *account)
    });
    if let Some(account) = account {
        h.on_open.run(account);
    }
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a scroll position is far below 2^31"
)]
fn pixels(at: f64) -> i32 {
    at.clamp(0.0, 2e9) as i32
}
