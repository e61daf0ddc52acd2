//! A row of the long table: made once for its place, after which one effect writes what changed. An
//! effect for each text would cost more than all else of a slider's step.

use leptos::html;
use leptos::prelude::*;
use web_sys::Element;

use super::shape::{self, Line, Tell};
use super::{Handles, Table};
use crate::web::format::Formats;
use crate::web::ui::cell::Shown;
use crate::web::ui::element::{children, set, set_text};

/// What the first cell of a row says that has not arrived yet.
const WAITING: &str = "…";

/// The row at a place in the sorted table; one that has not arrived yet keeps its place.
pub(super) fn row(h: Handles, at: u32, numeric: &[bool]) -> AnyView {
    let node = NodeRef::new();
    fill(h, node, move |table, formats, before, tell| {
        shape::line(table, at, formats, before, tell)
    });
    Effect::new(move |before: Option<Option<usize>>| {
        let row = node.get()?;
        let (active, column) = h.active.get();
        let now = (active == at).then_some(column);
        let before = before.flatten();
        if before != now {
            activate(&row, before, now);
        }
        now
    });
    let selected = move || {
        let selected = h.selected.get();
        (selected.is_some() && selected == h.account_at(at)).to_string()
    };
    view! {
        <tr node_ref=node class="waiting" aria-rowindex=at + 2 aria-selected=selected>
            {cells(h, numeric, at)}
        </tr>
    }
    .into_any()
}

/// The sums below the table.
pub(super) fn footer(h: Handles, numeric: &[bool]) -> AnyView {
    let node = NodeRef::new();
    fill(h, node, move |table, formats, before, tell| {
        Some(shape::footer(table, formats, before, tell))
    });
    view! { <tr node_ref=node>{cells(h, numeric, shape::FOOTER)}</tr> }.into_any()
}

/// Lets the cells of a row follow the table.
fn fill(
    h: Handles,
    node: NodeRef<html::Tr>,
    line: impl Fn(&Table, &Formats, Option<Line>, Tell) -> Option<Line> + 'static,
) {
    Effect::new(
        move |before: Option<Option<(Vec<Element>, Option<Line>)>>| {
            let row = node.get()?;
            let (cells, before) = before.flatten().unwrap_or_else(|| (children(&row), None));
            let was = before.as_ref().map(|line| line.account);
            let formats = h.formats.read();
            let mut changed = false;
            let mut tell = |at: usize, now: &Shown, before: Option<&Shown>| {
                changed = true;
                if let Some(cell) = cells.get(at) {
                    write(cell, now, before);
                }
            };
            let line = (h.table).with(|table| line(table.as_ref()?, &formats, before, &mut tell));
            let now = line.as_ref().map(|line| line.account);
            if was != now {
                name(&row, now);
            }
            match &line {
                Some(line) if changed => h.make_room(&line.cells),
                None if was.is_some() => clear(&cells),
                _ => {}
            }
            Some((cells, line))
        },
    );
}

/// Writes what a cell says.
fn write(cell: &Element, now: &Shown, before: Option<&Shown>) {
    if before.is_none_or(|before| before.text != now.text) {
        set_text(cell, &now.text);
    }
    if before.is_none_or(|before| before.mark != now.mark) {
        set(cell, "data-exact", now.mark);
    }
    if before.is_none_or(|before| before.reason != now.reason) {
        set(cell, "title", now.reason.as_deref());
    }
}

/// The cells of a row that has to wait for its account.
fn clear(cells: &[Element]) {
    for (at, cell) in cells.iter().enumerate() {
        let text = if at == 0 { WAITING } else { "" };
        set_text(cell, text);
        set(cell, "data-exact", None);
        set(cell, "title", None);
    }
}

/// Whose row it is. The footer is nobody's.
fn name(row: &Element, account: Option<u32>) {
    if account == Some(shape::FOOTER) {
        return;
    }
    let classes = row.class_list();
    // What cannot fail: the names are fixed.
    drop(classes.toggle_with_force("choosable", account.is_some()));
    drop(classes.toggle_with_force("waiting", account.is_none()));
    set(
        row,
        "data-account",
        account.map(|it| it.to_string()).as_deref(),
    );
}

/// Marks the active cell and its row.
fn activate(row: &Element, before: Option<usize>, now: Option<usize>) {
    drop(row.class_list().toggle_with_force("active", now.is_some()));
    let cells = children(row);
    for (column, active) in [(before, false), (now, true)] {
        if let Some(cell) = column.and_then(|column| cells.get(column)) {
            drop(cell.class_list().toggle_with_force("active", active));
        }
    }
}

fn cells(h: Handles, numeric: &[bool], at: u32) -> Vec<AnyView> {
    let cell = |(c, numeric): (usize, &bool)| {
        let id = h.cell_id(at, c);
        let class = if *numeric { "num" } else { "" };
        if c == 0 {
            view! {
                <th scope="row" role="rowheader" id=id class=class aria-colindex="1">{WAITING}</th>
            }
            .into_any()
        } else {
            view! { <td role="gridcell" id=id class=class aria-colindex=c + 1></td> }.into_any()
        }
    };
    numeric.iter().enumerate().map(cell).collect()
}
