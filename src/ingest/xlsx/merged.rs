//! Cells merged with those below them: each row has their value, as who reads the sheet sees it.
//!
//! In: the merged ranges of a sheet and its cells in order. Out: the cells, and for each row that has
//! one what merged cells above say in its other columns. A number, be it one or written as text, is said
//! again in columns of order and customer numbers, days, prices and rates only: an amount that is merged
//! is that of all its rows.

use std::io::{Read, Seek};

use calamine::{Dimensions, Xlsx};

use super::rows::Rows;
use crate::base::order::sort_by;
use crate::ingest::Refusal;
use crate::ingest::cells;
use crate::ingest::layout::DecimalMark;
use crate::ingest::stage::is_of_each;

/// Most merged ranges: more are taken for a drawing made of cells.
const MOST: usize = 200_000;

/// What a merged cell says of the rows below it.
#[derive(Debug)]
struct Above {
    column: u32,
    /// The last row of the range.
    end: u32,
    text: String,
    number: bool,
}

/// The merged ranges of a sheet, and what those say that reach the present row.
#[derive(Debug, Default)]
pub(super) struct Merged {
    /// Ranges of several rows that are still to come, the next one last.
    ranges: Vec<Dimensions>,
    /// One a column at most, in the order of the columns.
    above: Vec<Above>,
    /// By column: the last text.
    heads: Vec<String>,
    /// The present row, and its first column without a cell.
    row: u32,
    next: u32,
    /// How many cells were given a value.
    pub given: u64,
}

impl Merged {
    /// Those of a sheet.
    #[inline(never)]
    pub fn of<R: Read + Seek>(book: &mut Xlsx<R>, name: &str) -> Self {
        let all = book.merge_cells_by_sheet_name(name).unwrap_or_default();
        let tall = all.into_iter().filter(|range| range.end.0 > range.start.0);
        let mut ranges: Vec<Dimensions> = tall.collect();
        if ranges.len() > MOST {
            ranges.clear();
        }
        sort_by(&mut ranges, |a, b| b.start.cmp(&a.start));
        Self {
            ranges,
            ..Self::default()
        }
    }

    /// Writes what merged cells say to the left of a cell, and keeps what it says of those below.
    pub fn before(
        &mut self,
        (row, column): (u32, u32),
        text: &str,
        number: bool,
        rows: &mut Rows,
    ) -> Result<(), Refusal> {
        if self.ranges.is_empty() && self.above.is_empty() {
            return Ok(());
        }
        if row > self.row {
            self.fill(u32::MAX, rows)?;
            self.above.retain(|cell| cell.end >= row);
            (self.row, self.next) = (row, 0);
        }
        self.fill(column, rows)?;
        self.next = column.saturating_add(1);
        while self
            .ranges
            .last()
            .is_some_and(|range| range.start < (row, column))
        {
            self.ranges.pop();
        }
        let starts = |range: &&Dimensions| range.start == (row, column);
        let end = self.ranges.last().filter(starts).map(|range| range.end.0);
        let at = column as usize;
        let each = || self.heads.get(at).is_some_and(|head| is_of_each(head));
        if let Some(end) = end.filter(|_| !(number || is_number(text)) || each()) {
            let cell = Above {
                column,
                end,
                text: text.to_owned(),
                number,
            };
            let place = self.above.partition_point(|above| above.column < column);
            match self.above.get_mut(place) {
                Some(above) if above.column == column => *above = cell,
                _ => self.above.insert(place, cell),
            }
        }
        if !number {
            if self.heads.len() <= at {
                self.heads.resize(at + 1, String::new());
            }
            if let Some(head) = self.heads.get_mut(at) {
                text.clone_into(head);
            }
        }
        Ok(())
    }

    /// Writes what merged cells say in the present row up to a column.
    pub fn fill(&mut self, column: u32, rows: &mut Rows) -> Result<(), Refusal> {
        let from = self.above.partition_point(|cell| cell.column < self.next);
        let cells = self.above.iter().skip(from);
        for cell in cells.take_while(|cell| cell.column < column) {
            rows.cell(self.row, cell.column, &cell.text, cell.number)?;
            self.given += 1;
        }
        Ok(())
    }
}

/// Whether a text is a number in one of the ways to write it.
fn is_number(text: &str) -> bool {
    let mut marks = [DecimalMark::Dot, DecimalMark::Comma].into_iter();
    marks.any(|mark| matches!(cells::number(text, mark), Ok(Some(_))))
}
