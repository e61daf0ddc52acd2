//! Repairs of cells that the user agreed to, made before the cells are handed out.

use std::borrow::Cow;

use crate::ingest::cells;
use crate::ingest::layout::{Column, DateOrder, DecimalMark, Layout};
use crate::ingest::problem::Fix;
use crate::ingest::role::{Kind, Role};

/// The repairs of one file.
#[derive(Debug, Default)]
pub(super) struct Fixes {
    replace: Vec<(usize, String, String)>,
    blank: Vec<(usize, Column)>,
}

impl Fixes {
    pub fn new(layout: &Layout, fixes: &[Fix]) -> Self {
        let mut made = Self::default();
        for fix in fixes {
            match fix {
                Fix::Replace {
                    column,
                    found,
                    with,
                } => {
                    let column = usize::try_from(*column).unwrap_or(usize::MAX);
                    made.replace
                        .push((column, found.trim().to_owned(), with.trim().to_owned()));
                }
                Fix::Blank { column } => {
                    let index = usize::try_from(*column).unwrap_or(usize::MAX);
                    if let Some(column) = layout.columns.get(index) {
                        made.blank.push((index, column.clone()));
                    }
                }
                Fix::Reread { .. } | Fix::LeaveOut | Fix::Rate { .. } => {}
            }
        }
        made
    }

    pub const fn is_empty(&self) -> bool {
        self.replace.is_empty() && self.blank.is_empty()
    }

    /// The cells with the repairs made.
    #[inline(never)]
    pub fn apply<'a>(&'a self, cells: &'a [&'a str]) -> Cow<'a, [&'a str]> {
        let mut fixed = Cow::Borrowed(cells);
        for (column, found, with) in &self.replace {
            if fixed.get(*column).is_some_and(|cell| cell == found)
                && let Some(cell) = fixed.to_mut().get_mut(*column)
            {
                *cell = with;
            }
        }
        for (column, reading) in &self.blank {
            if fixed.get(*column).is_some_and(|cell| !reads(cell, reading))
                && let Some(cell) = fixed.to_mut().get_mut(*column)
            {
                *cell = "";
            }
        }
        fixed
    }
}

/// Whether a cell has a value, or is empty, in the agreed reading of its column.
fn reads(cell: &str, column: &Column) -> bool {
    let mark = column.decimal.unwrap_or(DecimalMark::Dot);
    match column.role {
        Some(Role::DiscountPercent) => cells::percent(cell, mark).is_ok(),
        Some(role) => match role.kind() {
            Kind::Text => true,
            Kind::Number => cells::number(cell, mark).is_ok(),
            Kind::Date => cells::date(cell, column.date_order.unwrap_or(DateOrder::Ymd)).is_ok(),
        },
        None => true,
    }
}
