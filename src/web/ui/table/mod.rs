//! The long table: only the rows in view exist, whatever the number of accounts.
//!
//! Input: a window of the table as the worker sent it. Output: which rows are wanted, how to sort,
//! which row was chosen. Keyboard: arrows, Home, End and the page keys move the active cell (with
//! Ctrl to the very first or last row), Enter opens its row. Invariants: fewer than 60 rows exist,
//! and new figures write only the texts that changed: a slider moves all of them at once.

mod keys;
mod row;
mod shape;

use std::sync::Arc;

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::cell::heading_unit;
use super::next_id;
use super::sheet::head_cell;
use crate::base::Shared;
use crate::jobs::protocol::Table;
use crate::metrics::SheetColumn;
use crate::view::widths::Widths;
use crate::view::window::{self, Window};
use crate::web::format::{Formats, use_formats};

use keys::on_key;
use row::{footer, row};
use shape::Written;

/// The height of a row in pixels; the same as `--row` in the tokens.
const ROW: f64 = 34.0;

/// Rows to spare beside those in view while the table is scrolled, and at rest: a step of a slider
/// writes and lays out all there are.
const SPARE: (u32, u32) = (6, 1);
/// How long after it was scrolled the table is at rest.
const REST_MS: i32 = 400;

/// Where the table is scrolled to, how large it is, and whether it is being scrolled.
#[derive(Clone, Copy, PartialEq)]
struct View {
    scroll: f64,
    height: f64,
    moving: bool,
}

impl View {
    /// The rows that exist, of so many.
    fn window(self, total: u32) -> Window {
        let extra = if self.moving { SPARE.0 } else { SPARE.1 };
        window::visible(self.scroll, self.height - 2.0 * ROW, ROW, total, extra)
    }
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
    formats: Signal<Formats>,
    columns: Memo<Vec<SheetColumn>>,
    widths: RwSignal<Widths>,
}

impl Handles {
    /// Makes room for the texts of a row.
    fn make_room(self, cells: &[Written]) {
        let columns = self.columns.read_untracked();
        self.widths
            .maybe_update(|widths| shape::grow(widths, &columns, cells));
    }

    /// The account at a place in the sorted table, where it is in the window.
    fn account_at(self, at: u32) -> Option<u32> {
        self.table.with(|table| {
            let table = table.as_ref()?;
            let place = usize::try_from(at.checked_sub(table.from)?).ok()?;
            table.rows.get(place).map(|(account, _)| *account)
        })
    }

    /// The id of a cell.
    fn cell_id(self, row: u32, column: usize) -> String {
        self.id.with_value(|id| format!("{id}-{row}-{column}"))
    }
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
    let columns = Memo::new(move |_| {
        table.with(|t| t.as_ref().map(|t| t.columns.clone()).unwrap_or_default())
    });
    let h = Handles {
        table,
        selected,
        on_open,
        on_window,
        active: RwSignal::new((0, 0)),
        view: RwSignal::new(View {
            scroll: 0.0,
            height: 640.0,
            moving: false,
        }),
        node: NodeRef::new(),
        id: StoredValue::new(next_id("grid")),
        formats: use_formats(),
        columns,
        widths: RwSignal::default(),
    };
    let total = Memo::new(move |_| table.with(|t| t.as_ref().map_or(0, |t| t.matching)));
    let has_footer =
        Memo::new(move |_| table.with(|t| t.as_ref().is_some_and(|t| !t.footer.is_empty())));
    let numeric = Memo::new(move |_| {
        let found = table.with(|t| t.as_ref().map(|t| shape::numeric(t)));
        Arc::new(found.unwrap_or_default())
    });
    let area = Memo::new(move |_| h.view.get().window(total.get()));
    let head = move || columns.with(|columns| heads(columns, &numeric.get(), &sort.get(), on_sort));
    let cols = move || cols(&columns.read(), &h.widths.read());
    let lines = move || {
        let Window { from, count, .. } = area.get();
        let numeric = numeric.get();
        let lines = (from..from + count).map(|row| (row, Arc::clone(&numeric)));
        lines.collect::<Vec<_>>()
    };
    let span = move || columns.with(|columns| columns.len().max(1).to_string());
    let pad = move |height: fn(&Window) -> f64| {
        view! {
            <tr class="pad" aria-hidden="true">
                <td colspan=span style:height=move || format!("{}px", area.with(height))></td>
            </tr>
        }
    };
    // No taller than its rows, heading and sum; the margin is for a scroll bar.
    let tall = move || {
        let rows = total.get();
        (rows > 0).then(|| format!("{}px", (f64::from(rows) + 2.0) * ROW + 20.0))
    };
    let active = move || {
        let (row, column) = h.active.get();
        h.cell_id(row, column)
    };
    let measure = move || look(h, area, false);
    let scrolls = StoredValue::new(0_u32);
    h.node.on_load(move |_| measure());
    view! {
        <div
            node_ref=h.node
            class="grid-table"
            tabindex="0"
            role="group"
            style:max-height=tall
            aria-label=move || name.get()
            aria-activedescendant=active
            on:scroll=move |_| on_scroll(h, area, scrolls)
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
                <colgroup>{cols}</colgroup>
                <thead>
                    <tr aria-rowindex="1">{head}</tr>
                </thead>
                <tbody>
                    {pad(|area| area.above)}
                    <For each=lines key=Clone::clone let((at, numeric))>
                        {row(h, at, &numeric)}
                    </For>
                    {pad(|area| area.below)}
                </tbody>
                <tfoot>
                    {move || has_footer.get().then(|| footer(h, &numeric.get()))}
                </tfoot>
            </table>
        </div>
    }
}

fn heads(
    columns: &[SheetColumn],
    numeric: &[bool],
    (by, down): &(String, bool),
    on_sort: Callback<(String, bool)>,
) -> Vec<AnyView> {
    let heads = columns.iter().zip(numeric).map(|(column, numeric)| {
        let state = (column.key == *by).then_some(*down);
        let next = state.map_or(*numeric, |down| !down);
        let key = column.key.clone();
        head_cell(
            &format!("{}{}", column.label, heading_unit(column)),
            column.help.clone(),
            *numeric,
            state,
            Callback::new(move |()| on_sort.run((key.clone(), next))),
        )
    });
    heads.collect()
}

fn cols(columns: &[SheetColumn], widths: &Widths) -> Vec<AnyView> {
    let columns = columns.iter().enumerate();
    let width = |(c, column)| shape::width(column, c == 0, widths);
    let cols = columns
        .map(width)
        .map(|width| view! { <col style:width=width/> }.into_any());
    cols.collect()
}

/// Notes where the table is scrolled to, and asks for the rows in view when they changed.
fn look(h: Handles, area: Memo<Window>, scrolled: bool) {
    let Some(node) = h.node.get_untracked() else {
        return;
    };
    let before = h.view.get_untracked();
    let view = View {
        scroll: f64::from(node.scroll_top()),
        height: f64::from(node.client_height()),
        moving: scrolled || before.moving,
    };
    if before != view {
        h.view.set(view);
    }
    let Window { from, count, .. } = area.get_untracked();
    h.on_window.run((from, count.max(1)));
}

/// Notes it at once, and a while later that the table is at rest again.
fn on_scroll(h: Handles, area: Memo<Window>, scrolls: StoredValue<u32>) {
    look(h, area, true);
    scrolls.update_value(|count| *count = count.wrapping_add(1));
    let count = scrolls.get_value();
    crate::web::later(REST_MS, move || {
        // Gone if the table is.
        if scrolls.try_get_value() == Some(count) {
            h.view.try_update(|view| view.moving = false);
        }
    });
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
