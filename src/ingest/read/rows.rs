//! From a scanned line to a row: kind, group, form, repairs.

use super::fixes::Fixes;
use super::groups::Groups;
use super::kind::Kinds;
use super::packed::Packed;
use crate::ingest::layout::Layout;
use crate::ingest::problem::{Code, Fix};
use crate::ingest::row::{Row, RowKind};
use crate::ingest::scan::{Line, Wrapped};

/// The state between two rows.
#[derive(Debug)]
pub(super) struct Rows {
    /// Rows above the data that are still to come.
    skip: usize,
    /// Cells of a row as the file has them.
    width: usize,
    count: u64,
    kinds: Kinds,
    groups: Option<Groups>,
    fixes: Fixes,
    packed: Option<Packed>,
    /// Where each column is since a further header that has them in another order.
    moved: Vec<usize>,
    /// Rows that are one cell in quotes.
    wrapped: Wrapped,
    /// Something in the file was not valid in its encoding.
    pub bad_text: bool,
}

impl Rows {
    pub fn new(layout: &Layout, fixes: &[Fix]) -> Self {
        let packed = Packed::new(layout);
        Self {
            skip: layout.skip_rows + layout.header_rows,
            width: packed.as_ref().map_or(layout.columns.len(), Packed::width),
            count: 0,
            kinds: Kinds::new(layout),
            groups: layout.grouped.then(Groups::default),
            fixes: Fixes::new(layout, fixes),
            packed,
            moved: Vec::new(),
            wrapped: Wrapped::new(layout, layout.columns.len()),
            bad_text: false,
        }
    }

    pub const fn count(&self) -> u64 {
        self.count
    }

    /// Hands out a line as a row, or as several where items are packed.
    #[inline]
    pub fn take(&mut self, line: &Line<'_>, out: &mut dyn FnMut(Row<'_>)) {
        if self.skip > 0 {
            self.skip -= 1;
            return;
        }
        if let Some(inner) = self.wrapped.cells(line) {
            let cells: Vec<&str> = inner.iter().map(String::as_str).collect();
            let width = cells.len();
            let unwrapped = Line {
                cells: &cells,
                width,
                flaw: None,
                ..*line
            };
            return self.take_placed(&unwrapped, out);
        }
        if !self.moved.is_empty() && !self.kinds.is_header(line.cells) {
            let cell = |at: &usize| line.cells.get(*at).copied().unwrap_or("");
            let cells: Vec<&str> = self.moved.iter().map(cell).collect();
            let moved = Line {
                cells: &cells,
                ..*line
            };
            return self.take_placed(&moved, out);
        }
        self.take_placed(line, out);
    }

    /// A line with its columns in the order of the header.
    fn take_placed(&mut self, line: &Line<'_>, out: &mut dyn FnMut(Row<'_>)) {
        let kind = self.kinds.of(line);
        if kind == RowKind::RepeatedHeader {
            self.moved = self.kinds.places(line.cells);
        }
        let mut flaw = line.flaw;
        if line.width != self.width && flaw.is_none() && kind == RowKind::Data {
            flaw = self.ragged(line);
        }
        if self.bad_text && flaw.is_none() && line.raw.contains(char::REPLACEMENT_CHARACTER) {
            flaw = Some(Code::BadText);
        }
        let kind = match &mut self.groups {
            Some(groups) => groups.note(kind, line),
            None if kind == RowKind::Group => RowKind::Note,
            None => kind,
        };
        let group = self.groups.as_ref().and_then(Groups::name);
        let row = Row {
            line: line.line,
            kind,
            group,
            flaw,
            cells: line.cells,
            raw: line.raw,
        };
        if self.fixes.is_empty() && self.packed.is_none() {
            self.count += 1;
            return out(row);
        }
        let repaired = self.fixes.repaired(line.cells);
        let mut cells: Vec<&str> = Vec::new();
        if !repaired.is_empty() {
            cells.extend_from_slice(line.cells);
            for (at, new) in &repaired {
                if let Some(cell) = cells.get_mut(*at) {
                    *cell = new;
                }
            }
        }
        let row = Row {
            cells: if repaired.is_empty() {
                line.cells
            } else {
                &cells
            },
            ..row
        };
        match &self.packed {
            Some(packed) if kind == RowKind::Data => self.count += packed.unpack(&row, out),
            _ => {
                self.count += 1;
                out(row);
            }
        }
    }

    /// More cells than the header, unless the rest is empty, or fewer.
    #[inline(never)]
    fn ragged(&self, line: &Line<'_>) -> Option<Code> {
        let extra = line.cells.get(self.width..).unwrap_or_default();
        let over = line.width > crate::ingest::scan::COLUMN_LIMIT && self.width < line.width;
        let short = line.width < self.width;
        (short || over || extra.iter().any(|cell| !cell.is_empty())).then_some(Code::RaggedRow)
    }
}
