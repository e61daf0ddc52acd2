//! How a file is written and what its columns mean: the result of looking at a sample, and the
//! instruction for reading the whole.
//!
//! A layout is plain data: it is shown to the user, changed by the user, remembered for the same
//! headers, and kept in the project file.

use serde::{Deserialize, Serialize};

use super::role::Role;

/// The text encoding of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    #[default]
    #[serde(rename = "utf-8")]
    Utf8,
    /// UTF-16, little end first.
    #[serde(rename = "utf-16le")]
    Utf16Le,
    /// UTF-16, big end first.
    #[serde(rename = "utf-16be")]
    Utf16Be,
    /// Windows-1252, which contains Latin-1.
    #[serde(rename = "windows-1252")]
    Windows1252,
}

/// The order of day, month and year in a column of dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    /// 2026-02-03, 20260203, with or without a time.
    Ymd,
    /// 03/02/2026 is 3 February.
    Dmy,
    /// 03/02/2026 is 2 March.
    Mdy,
    /// Days since 1899-12-30, as Excel counts.
    Excel1900,
    /// Days since 1904-01-01, as old Excel for Mac counts.
    Excel1904,
    /// Seconds since 1970.
    EpochSeconds,
    /// Milliseconds since 1970.
    EpochMillis,
}

/// The decimal mark of a column of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecimalMark {
    /// 1,234.56
    Dot,
    /// 1.234,56
    Comma,
}

/// How sure a guess is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// The user said so, now or for the same headers before.
    Confirmed,
    /// A known system's header, or evidence that leaves no other reading.
    Certain,
    /// Likely; shown as a guess.
    Guess,
    /// Two readings fit: the import asks before it goes on.
    Ambiguous,
}

/// One column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// The header as written.
    pub header: String,
    /// What it means; `None` is ignored, and listed as ignored.
    pub role: Option<Role>,
    /// How sure the role is.
    pub certainty: Certainty,
    /// Why, in words: "header says Net revenue", "41 of 50 values are dates".
    pub evidence: String,
    /// For dates.
    pub date_order: Option<DateOrder>,
    /// For numbers.
    pub decimal: Option<DecimalMark>,
    /// A few values as written.
    pub samples: Vec<String>,
}

/// One row per what?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grain {
    /// A line of an order.
    #[default]
    OrderLine,
    /// An account, with its sums.
    AccountSummary,
}

/// A reading that the user must choose, because two fit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// Which column, by position.
    pub column: usize,
    /// What is asked, in words, with the value as written.
    pub text: String,
    /// The readings, each spelled out ("03/02/2026 is 3 February 2026").
    pub options: Vec<Answer>,
}

/// One answer to a question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// The reading spelled out.
    pub text: String,
    /// The choice it makes.
    pub choice: Choice,
}

/// What an answer sets in the layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    /// The order of the parts of a date.
    DateOrder(DateOrder),
    /// The decimal mark.
    Decimal(DecimalMark),
    /// The meaning of the column.
    Role(Option<Role>),
}

/// How to read a whole file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Layout {
    /// The text encoding.
    pub encoding: Encoding,
    /// The byte between cells: comma, semicolon, tab or pipe.
    pub delimiter: char,
    /// Rows above the header (titles, `sep=`), counted from the top.
    pub skip_rows: usize,
    /// The columns from the left.
    pub columns: Vec<Column>,
    /// The system that wrote it, where its headers are known (`shopify`, `quickbooks`, ...).
    pub system: Option<String>,
    /// What a row is.
    pub grain: Grain,
    /// What must be answered before the file can be read.
    pub questions: Vec<Question>,
    /// What the user should know: assumed encoding, ragged rows in the sample, ignored columns.
    pub notes: Vec<String>,
}

impl Layout {
    /// The first column with this role.
    pub fn column(&self, role: Role) -> Option<usize> {
        self.columns.iter().position(|c| c.role == Some(role))
    }

    /// A key for the same headers in the same order: what was answered once is remembered under it.
    pub fn header_key(&self) -> String {
        let mut hash = crc32fast::Hasher::new();
        for column in &self.columns {
            hash.update(column.header.as_bytes());
            hash.update(&[0x1f]);
        }
        format!("{:08x}-{}", hash.finalize(), self.columns.len())
    }
}
