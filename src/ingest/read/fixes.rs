//! Repairs of cells that the user agreed to, made before the cells are handed out.

use std::borrow::Cow;

use crate::base::Date;
use crate::ingest::cells::{self, CANONICAL};
use crate::ingest::layout::{Choice, Column, DateOrder, DecimalMark, Layout};
use crate::ingest::problem::Fix;
use crate::ingest::role::Kind;

/// The repairs of one file, in the order in which they are tried.
#[derive(Debug, Default)]
pub(super) struct Fixes(Vec<Repair>);

/// A repair of the cells of one column.
#[derive(Debug)]
struct Repair {
    at: usize,
    column: Column,
    what: What,
}

#[derive(Debug)]
enum What {
    /// This text becomes that one; in a column of dates also the day, however it is written.
    Replace(String, Option<Date>, String),
    /// What cannot be read is read in another way, where that works.
    Also(Choice),
    /// What cannot be read is nothing.
    Blank,
}

impl Fixes {
    pub fn new(layout: &Layout, fixes: &[Fix]) -> Self {
        let mut repairs: Vec<Repair> = Vec::new();
        for fix in fixes {
            let (column, what) = match fix {
                Fix::Replace {
                    column,
                    found,
                    with,
                } => {
                    let day = cells::date(found, DateOrder::Ymd).ok().flatten();
                    let (found, with) = (found.trim().to_owned(), with.trim().to_owned());
                    (column, What::Replace(found, day, with))
                }
                Fix::Also { column, choice } => (column, What::Also(*choice)),
                Fix::Blank { column } => (column, What::Blank),
                Fix::Reread { .. } | Fix::Rate { .. } | Fix::Drop { .. } | Fix::LeaveOut => {
                    continue;
                }
            };
            let at = usize::try_from(*column).unwrap_or(usize::MAX);
            if let Some(column) = layout.columns.get(at).cloned() {
                repairs.push(Repair { at, column, what });
            }
        }
        // A blank comes last: another reading may still give the cell a value.
        repairs.sort_by_key(|repair| matches!(repair.what, What::Blank));
        Self(repairs)
    }

    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The cells that are repaired, with their positions.
    #[inline(never)]
    pub fn repaired<'a>(&'a self, cells: &[&str]) -> Vec<(usize, Cow<'a, str>)> {
        let mut repaired: Vec<(usize, Cow<'a, str>)> = Vec::new();
        for repair in &self.0 {
            let done = repaired.iter().any(|(at, _)| *at == repair.at);
            let cell = cells.get(repair.at).filter(|_| !done);
            if let Some(new) = cell.and_then(|cell| repair.of(cell)) {
                repaired.push((repair.at, new));
            }
        }
        repaired
    }
}

impl Repair {
    fn of(&self, cell: &str) -> Option<Cow<'_, str>> {
        match &self.what {
            What::Replace(found, day, with) => {
                let same = cell == found || (day.is_some() && day_of(cell, &self.column) == *day);
                same.then_some(Cow::Borrowed(with))
            }
            What::Also(_) | What::Blank if reads(cell, &self.column) => None,
            What::Also(Choice::DateOrder(order)) => {
                let day = cells::date(cell, *order).ok().flatten()?;
                Some(Cow::Owned(day.to_string()))
            }
            What::Also(Choice::Decimal(mark)) => {
                let role = self.column.role?;
                let number = cells::number_of(role, cell, *mark).ok().flatten()?;
                Some(Cow::Owned(format!("{CANONICAL}{}", number.decimal())))
            }
            What::Also(Choice::Role(_)) => None,
            What::Blank => Some(Cow::Borrowed("")),
        }
    }
}

/// The day of a cell in a column of dates.
fn day_of(cell: &str, column: &Column) -> Option<Date> {
    let dated = column.role.is_some_and(|role| role.kind() == Kind::Date);
    let order = column.date_order.filter(|_| dated)?;
    cells::date(cell, order).ok().flatten()
}

/// Whether a cell has a value, or is empty, in the agreed reading of its column.
fn reads(cell: &str, column: &Column) -> bool {
    let mark = column.decimal.unwrap_or(DecimalMark::Dot);
    match column.role {
        Some(role) => match role.kind() {
            Kind::Text => true,
            Kind::Number => cells::number_of(role, cell, mark).is_ok(),
            Kind::Date => cells::date(cell, column.date_order.unwrap_or(DateOrder::Ymd)).is_ok(),
        },
        None => true,
    }
}
