//! A row of the long table: made once for its place, after which only what changes is written.

use leptos::prelude::*;

use super::Handles;
use super::shape::{self, Line, Written};

/// Whether a column's cell is the active one of its row.
type IsActive = Memo<Option<usize>>;

/// The row at a place in the sorted table; one that has not arrived yet keeps its place.
pub(super) fn row(h: Handles, at: u32, numeric: &[bool]) -> AnyView {
    let line = Memo::new(move |before: Option<&Option<Line>>| {
        let formats = h.formats.read();
        let before = before.and_then(Option::as_ref);
        h.table
            .with(|t| shape::line(t.as_ref()?, at, &formats, before))
    });
    let account = Memo::new(move |_| line.with(|line| line.as_ref().map(|line| line.account)));
    let active = Memo::new(move |_| {
        let (row, column) = h.active.get();
        (row == at).then_some(column)
    });
    let selected = move || account.get().is_some() && account.get() == h.selected.get();
    view! {
        <tr
            class:choosable=move || account.get().is_some()
            class:waiting=move || account.get().is_none()
            class:active=move || active.get().is_some()
            data-account=move || account.get().map(|account| account.to_string())
            aria-rowindex=at + 2
            aria-selected=move || selected().to_string()
        >
            {cells(h, line, numeric, at, active)}
        </tr>
    }
    .into_any()
}

/// The sums below the table.
pub(super) fn footer(h: Handles, numeric: &[bool]) -> AnyView {
    let line = Memo::new(move |before: Option<&Option<Line>>| {
        let formats = h.formats.read();
        let before = before.and_then(Option::as_ref);
        h.table
            .with(|t| Some(shape::footer(t.as_ref()?, &formats, before)))
    });
    let active = Memo::new(|_| None);
    view! { <tr>{cells(h, line, numeric, shape::FOOTER, active)}</tr> }.into_any()
}

fn cells(
    h: Handles,
    line: Memo<Option<Line>>,
    numeric: &[bool],
    at: u32,
    active: IsActive,
) -> Vec<AnyView> {
    Effect::new(move |_| line.with(|line| line.iter().for_each(|line| h.make_room(&line.cells))));
    // Marks and hints change far less often than figures.
    let notes = Memo::new(move |_| {
        let note = |Written { shown, .. }: &Written| (shown.mark, shown.reason.clone());
        line.with(|line| {
            line.as_ref()
                .map(|line| line.cells.iter().map(note).collect())
        })
        .unwrap_or_else(Vec::new)
    });
    let waiting = |c: usize| if c == 0 { "…" } else { "" };
    let text = move |c: usize| {
        let found = line.with(|line| line.as_ref()?.cells.get(c).map(|it| it.shown.text.clone()));
        found.unwrap_or_else(|| waiting(c).into())
    };
    let mark = move |c: usize| notes.with(|notes| notes.get(c).and_then(|note| note.0));
    let hint = move |c: usize| notes.with(|notes| notes.get(c).and_then(|note| note.1.clone()));
    let cell = |(c, numeric): (usize, &bool)| {
        let id = h.cell_id(at, c);
        let is_active = move || active.get() == Some(c);
        let class = if *numeric { "num" } else { "" };
        if c == 0 {
            view! {
                <th
                    scope="row"
                    role="rowheader"
                    id=id
                    class=class
                    class:active=is_active
                    aria-colindex="1"
                    title=move || hint(c)
                >
                    {move || text(c)}
                </th>
            }
            .into_any()
        } else {
            view! {
                <td
                    role="gridcell"
                    id=id
                    class=class
                    class:active=is_active
                    aria-colindex=c + 1
                    data-exact=move || mark(c)
                    title=move || hint(c)
                >
                    {move || text(c)}
                </td>
            }
            .into_any()
        }
    };
    numeric.iter().enumerate().map(cell).collect()
}
