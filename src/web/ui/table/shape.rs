//! What the rows of the long table say, and how wide its columns are.

use crate::base::Unit;
use crate::jobs::protocol::Table;
use crate::metrics::{Cell, SheetColumn};
use crate::view::widths::{WIDEST, Widths};
use crate::web::format::Formats;
use crate::web::ui::cell::{self, Shown, heading_unit};

/// Stands for the place of the footer, where cells are named.
pub(super) const FOOTER: u32 = u32::MAX;

/// What a row says.
pub(super) struct Line {
    /// The account's position in the book.
    pub account: u32,
    pub cells: Vec<Written>,
    formats: Formats,
}

/// A cell as it is written, and what it was made of: most cells stay when a figure changes, and the
/// browser's formatters take more time than all else.
pub(super) struct Written {
    shown: Shown,
    cell: Cell,
    unit: Unit,
}

/// Is told of each cell that changed: its column, what it says, and what it said.
pub(super) type Tell<'a> = &'a mut dyn FnMut(usize, &Shown, Option<&Shown>);

/// The row at a place in the sorted table, where it is in the window; `before` is what it said.
pub(super) fn line(
    table: &Table,
    at: u32,
    formats: &Formats,
    before: Option<Line>,
    tell: Tell,
) -> Option<Line> {
    let place = usize::try_from(at.checked_sub(table.from)?).ok()?;
    let (account, cells) = table.rows.get(place)?;
    let write = |c: usize, cell: &Cell, unit: Unit| {
        let mut shown = cell::shown(cell, unit, false, formats);
        if c == 0 || matches!(cell, Cell::Text(text) if text.chars().count() > WIDEST) {
            shown.reason = Some(shown.text.clone());
        }
        shown
    };
    Some(Line {
        account: *account,
        ..written(cells, table, formats, before, &write, tell)
    })
}

/// The sums of the matching rows.
pub(super) fn footer(table: &Table, formats: &Formats, before: Option<Line>, tell: Tell) -> Line {
    let write = |c: usize, cell: &Cell, unit: Unit| match cell {
        Cell::Empty(_) => Shown {
            text: if c == 0 { "All matching" } else { "" }.into(),
            mark: None,
            reason: None,
        },
        cell => cell::shown(cell, unit, false, formats),
    };
    written(&table.footer, table, formats, before, &write, tell)
}

fn written(
    cells: &[Cell],
    table: &Table,
    formats: &Formats,
    before: Option<Line>,
    write: &dyn Fn(usize, &Cell, Unit) -> Shown,
    tell: Tell,
) -> Line {
    let (mut before, kept) = match before {
        Some(line) => (line.cells.into_iter(), Some(line.formats)),
        None => (Vec::new().into_iter(), None),
    };
    let kept = kept.filter(|kept| kept == formats);
    let cells = cells.iter().zip(&table.columns).enumerate();
    let cells = cells.map(|(c, (cell, column))| {
        let unit = column.unit;
        let before = before.next();
        let stays = |it: &Written| kept.is_some() && it.unit == unit && it.cell == *cell;
        match before {
            Some(before) if stays(&before) => before,
            before => {
                let shown = write(c, cell, unit);
                tell(c, &shown, before.as_ref().map(|before| &before.shown));
                Written {
                    shown,
                    cell: cell.clone(),
                    unit,
                }
            }
        }
    });
    Line {
        account: FOOTER,
        cells: cells.collect(),
        formats: kept.unwrap_or_else(|| formats.clone()),
    }
}

/// Which columns hold numbers, judged by the rows there are.
pub(super) fn numeric(table: &Table) -> Vec<bool> {
    let number = |c: usize| {
        let mut cells = table.rows.iter().filter_map(|(_, cells)| cells.get(c));
        let unit = table.columns.get(c).map(|column| column.unit);
        cells.any(|cell| matches!(cell, Cell::Number(..)))
            || !matches!(unit, None | Some(Unit::Text | Unit::Date))
    };
    (0..table.columns.len()).map(number).collect()
}

/// Makes room for the texts of a row; whether a column grew.
pub(super) fn grow(widths: &mut Widths, columns: &[SheetColumn], cells: &[Written]) -> bool {
    let mut grew = false;
    for (column, Written { shown, .. }) in columns.iter().zip(cells) {
        let characters = shown.text.chars().count() + usize::from(shown.mark.is_some());
        grew |= widths.grow(&column.key, characters);
    }
    grew
}

/// The width of a column as style sheets say it.
pub(super) fn width(column: &SheetColumn, first: bool, widths: &Widths) -> String {
    let heading = column.label.chars().count() + heading_unit(column).chars().count();
    let width = widths.width(&column.key, heading, column.unit);
    let most = if first { "min(17rem, 42vw)" } else { "20rem" };
    format!("min({most}, {width}ch + 1.5rem)")
}
