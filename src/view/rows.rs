//! Rows of a result sheet: in which order, and with how many decimals a column is written.
//!
//! Invariant: what is empty stands last in either direction; equal rows keep their order.

use std::cmp::Ordering;

use crate::base::Unit;
use crate::metrics::{Cell, Sheet};

use super::number::to_f64;

/// The rows' positions when sorted by a column.
pub fn order(sheet: &Sheet, column: usize, descending: bool) -> Vec<usize> {
    let mut rows: Vec<usize> = (0..sheet.rows.len()).collect();
    let cell = |row: usize| sheet.rows.get(row).and_then(|r| r.get(column));
    rows.sort_by(|a, b| compare(cell(*a), cell(*b), descending));
    rows
}

/// How strongly a share is shaded, from 1 to 4; nothing where the sheet is no heat table.
pub fn heat(sheet: &Sheet, column: usize, cell: &Cell) -> Option<u8> {
    let unit = sheet.columns.get(column)?.unit;
    let Cell::Number(share, _) = cell else {
        return None;
    };
    let step = match to_f64(*share) {
        ..50.0 => 1,
        ..70.0 => 2,
        ..85.0 => 3,
        _ => 4,
    };
    (sheet.key == "cohorts" && unit == Unit::Percent).then_some(step)
}

/// Compares two cells; empty ones come last either way.
fn compare(a: Option<&Cell>, b: Option<&Cell>, descending: bool) -> Ordering {
    let empty = |c: Option<&Cell>| matches!(c, None | Some(Cell::Empty(_)));
    match (empty(a), empty(b)) {
        (true, true) => return Ordering::Equal,
        (true, false) => return Ordering::Greater,
        (false, true) => return Ordering::Less,
        (false, false) => {}
    }
    let ascending = match (a, b) {
        (Some(Cell::Number(a, _)), Some(Cell::Number(b, _))) => to_f64(*a).total_cmp(&to_f64(*b)),
        (Some(Cell::Date(a)), Some(Cell::Date(b))) => a.cmp(b),
        (Some(Cell::Text(a)), Some(Cell::Text(b))) => a.to_lowercase().cmp(&b.to_lowercase()),
        _ => kind(a).cmp(&kind(b)),
    };
    if descending {
        ascending.reverse()
    } else {
        ascending
    }
}

const fn kind(cell: Option<&Cell>) -> u8 {
    match cell {
        Some(Cell::Number(..)) => 0,
        Some(Cell::Date(_)) => 1,
        Some(Cell::Text(_)) => 2,
        _ => 3,
    }
}

/// Whether a column holds numbers, so that it is aligned to the right: most of what it says is one.
pub fn numeric(sheet: &Sheet, column: usize) -> bool {
    let cells = || sheet.rows.iter().filter_map(|r| r.get(column));
    let numbers = cells().filter(|c| matches!(c, Cell::Number(..))).count();
    let others = cells()
        .filter(|c| matches!(c, Cell::Text(_) | Cell::Date(_)))
        .count();
    numbers > others
}

/// Whether all amounts of a column are below a thousand, so that cents matter.
pub fn small(sheet: &Sheet, column: usize) -> bool {
    sheet
        .rows
        .iter()
        .filter_map(|r| r.get(column))
        .all(|c| match c {
            Cell::Number(n, _) => to_f64(*n).abs() < 1_000.0,
            _ => true,
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::{Exactness, Number};

    fn sheet(cells: Vec<Cell>) -> Sheet {
        Sheet {
            key: String::new(),
            title: String::new(),
            caption: String::new(),
            columns: Vec::new(),
            rows: cells.into_iter().map(|c| vec![c]).collect(),
        }
    }

    fn number(x: f64) -> Cell {
        Cell::Number(Number::Float(x), Exactness::Exact)
    }

    #[test]
    fn shares_of_a_heat_table_are_shaded() {
        let mut s = sheet(vec![number(100.0), number(49.9)]);
        assert_eq!(heat(&s, 0, &s.rows[0][0]), None);
        s.key = "cohorts".into();
        s.columns.push(crate::value::sheets::cells::column(
            "y",
            "Year 1",
            Unit::Percent,
            "",
        ));
        assert_eq!(heat(&s, 0, &s.rows[0][0]), Some(4));
        assert_eq!(heat(&s, 0, &s.rows[1][0]), Some(1));
        assert_eq!(heat(&s, 0, &Cell::Empty("too young".into())), None);
    }

    #[test]
    fn empty_cells_are_last_in_both_directions() {
        let s = sheet(vec![
            number(2.0),
            Cell::Empty("no cost".into()),
            number(1.0),
        ]);
        assert_eq!(order(&s, 0, false), [2, 0, 1]);
        assert_eq!(order(&s, 0, true), [0, 2, 1]);
        assert!(numeric(&s, 0) && small(&s, 0));
    }

    #[test]
    fn a_word_among_numbers_leaves_them_aligned() {
        let s = sheet(vec![number(1.0), number(2.0), Cell::Text("452 %".into())]);
        assert!(numeric(&s, 0));
    }

    #[test]
    fn text_is_sorted_without_regard_to_case() {
        let s = sheet(["b", "A", "c"].map(|t| Cell::Text(t.into())).to_vec());
        assert_eq!(order(&s, 0, false), [1, 0, 2]);
        assert!(!numeric(&s, 0));
    }
}
