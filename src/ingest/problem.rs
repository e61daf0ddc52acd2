//! What is wrong with a row: a code, a place, what was found, what was expected, and a fix.

use serde::{Deserialize, Serialize};

use super::role::Role;

/// The kinds of problem; the code is stable and printed with each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Code {
    /// A cell that should be a date is not one in the agreed reading.
    BadDate,
    /// A date outside 1970 to ten years after the file's median date.
    OddDate,
    /// A cell that should be a number is not one in the agreed reading.
    BadNumber,
    /// A number that does not fit.
    NumberTooLarge,
    /// No account where one is needed.
    MissingAccount,
    /// No date where one is needed.
    MissingDate,
    /// No amount, and nothing to compute it from.
    MissingAmount,
    /// More or fewer cells than the header.
    RaggedRow,
    /// A quote that is never closed.
    UnclosedQuote,
    /// A currency that is no ISO 4217 code, or has no rate.
    UnknownCurrency,
    /// The same source, order and line with different content.
    Conflict,
    /// The same order in a file of another system.
    Elsewhere,
    /// An order of an account that has invoices in the same file.
    Invoiced,
    /// Text that is not valid in the file's encoding.
    BadText,
    /// A row larger than the limit.
    TooLarge,
}

/// One problem at one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The kind.
    pub code: Code,
    /// The file, by position in the import.
    pub file: u32,
    /// The line of the file where the row begins, counted from 1.
    pub row: u64,
    /// The column's position, if it is about one cell.
    pub column: Option<u32>,
    /// The meaning of that column.
    pub role: Option<Role>,
    /// What was found, as written (shortened).
    pub found: String,
}

/// A way to repair all rows of a group at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fix {
    /// Read the whole column with another reading.
    Reread {
        /// The column.
        column: u32,
        /// The reading that fits those rows.
        choice: super::layout::Choice,
    },
    /// Read the cells that the agreed reading refuses with another one, and only them.
    Also {
        /// The column.
        column: u32,
        /// The reading that fits those rows.
        choice: super::layout::Choice,
    },
    /// Put this text in place of the found one, in all rows of the group.
    Replace {
        /// The column.
        column: u32,
        /// As written in the file.
        found: String,
        /// What to read instead.
        with: String,
    },
    /// Treat the cell as empty in all rows of the group.
    Blank {
        /// The column.
        column: u32,
    },
    /// Leave the rows with this problem out, on purpose: they count as no orders from then on.
    Drop {
        /// The problem.
        code: Code,
        /// The column, if it is about cells.
        column: Option<u32>,
    },
    /// What older documents have in place of [`Fix::Drop`]; it has no effect.
    LeaveOut,
    /// Give a rate for the currency.
    Rate {
        /// ISO 4217.
        currency: String,
    },
}

/// Problems that the same fix repairs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Group {
    /// The kind.
    pub code: Code,
    /// The file.
    pub file: u32,
    /// The column, if it is about cells.
    pub column: Option<u32>,
    /// How many rows.
    pub count: u64,
    /// The first few.
    pub examples: Vec<Problem>,
    /// What was expected, in words.
    pub expected: String,
    /// Whether the rows were left out of the book (else it is a warning).
    pub rejected: bool,
    /// What can be done about it; the first is proposed.
    pub fixes: Vec<Fix>,
}
