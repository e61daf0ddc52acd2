//! A row on its way from the scanner to the order book: borrowed cells, never kept.

use super::problem::Code;

/// What a row turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowKind {
    /// A row of data.
    Data,
    /// A total or subtotal, recognised and not counted as data.
    Total,
    /// A row that only names a group (QuickBooks' customers); its name applies to the rows below.
    Group,
    /// The header once more.
    RepeatedHeader,
    /// A footer, a title or a time stamp.
    Note,
    /// Nothing in any cell.
    Blank,
}

/// One row. Cells are UTF-8, unquoted and trimmed.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    /// The line of the file where it begins, counted from 1.
    pub line: u64,
    /// What it is.
    pub kind: RowKind,
    /// The group it stands under, if the file has group rows.
    pub group: Option<&'a str>,
    /// The cells from the left.
    pub cells: &'a [&'a str],
    /// What is wrong with its form, if anything: [`Code::RaggedRow`] (more or fewer cells than the
    /// header), [`Code::UnclosedQuote`], [`Code::TooLarge`] (then there are no cells) or
    /// [`Code::BadText`].
    pub flaw: Option<Code>,
    /// The row as it stands in the (decoded) file, for the list of rejected rows.
    pub raw: &'a str,
}

impl<'a> Row<'a> {
    /// The cell at a position; empty where the row is short.
    pub fn cell(&self, column: usize) -> &'a str {
        self.cells.get(column).copied().unwrap_or("")
    }
}
