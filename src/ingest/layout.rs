//! How a file is written and what its columns mean: the result of looking at a sample, and the
//! instruction for reading the whole.
//!
//! A layout is plain data: it is shown to the user, changed by the user, remembered for the same
//! headers, and kept in the project file.

use serde::{Deserialize, Serialize};

use super::role::Role;
use crate::base::crc::Crc;

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
    /// The values leave no other reading than this one.
    #[serde(default)]
    pub proven: bool,
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

/// In place of a currency: each amount names its own.
pub const BY_CELL: &str = "*";

/// How to read a whole file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(clippy::struct_excessive_bools)] // Each is a fact of its own, not a state.
pub struct Layout {
    /// The text encoding.
    pub encoding: Encoding,
    /// The file is JSON, an array of objects or one object a line: it is made CSV before it is read.
    #[serde(default)]
    pub json: bool,
    /// The character between cells: comma, semicolon, tab or pipe.
    pub delimiter: char,
    /// The character around cells that hold a delimiter: `"`, or `'` in files that use that.
    #[serde(default = "double_quote")]
    pub quote: char,
    /// A space follows each delimiter and does not belong to the cell.
    #[serde(default)]
    pub spaced: bool,
    /// Rows above the header (titles, `sep=`), counted from the top.
    pub skip_rows: usize,
    /// Rows that make up the header, nearly always one; their texts are joined from the top.
    #[serde(default = "one")]
    pub header_rows: usize,
    /// Rows that hold one name only are groups: the name applies to the rows below them.
    #[serde(default)]
    pub grouped: bool,
    /// An account stands on the first row of its block only: a blank cell of it is the row's above,
    /// and so is a blank day beside one.
    #[serde(default)]
    pub filled_down: bool,
    /// The net amount stands before the discount, which is still to be taken off.
    #[serde(default)]
    pub undiscounted: bool,
    /// The total has the tax in it whose rate stands beside it, though it does not say so.
    #[serde(default)]
    pub taxed: bool,
    /// Amounts of whole orders stand on each of their lines.
    #[serde(default)]
    pub joined: bool,
    /// The amount of a whole order stands on its first row only, and nothing tells those of the others.
    #[serde(default)]
    pub first_row_only: bool,
    /// Each line states the freight of its own: it is in the line's total.
    #[serde(default)]
    pub own_freight: bool,
    /// The currency that stands beside every amount of the sample (`EUR` for `€ 12`) or in its
    /// header, if one does; [`BY_CELL`] where amounts of the sample name several.
    #[serde(default)]
    pub currency: Option<String>,
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

const fn double_quote() -> char {
    '"'
}

const fn one() -> usize {
    1
}

impl Default for Layout {
    /// A plain file of order lines, without columns.
    fn default() -> Self {
        Self {
            encoding: Encoding::Utf8,
            json: false,
            delimiter: ',',
            quote: double_quote(),
            spaced: false,
            skip_rows: 0,
            header_rows: one(),
            grouped: false,
            filled_down: false,
            undiscounted: false,
            taxed: false,
            joined: false,
            first_row_only: false,
            own_freight: false,
            currency: None,
            columns: Vec::new(),
            system: None,
            grain: Grain::OrderLine,
            questions: Vec::new(),
            notes: Vec::new(),
        }
    }
}

impl Layout {
    /// The first column with this role.
    pub fn column(&self, role: Role) -> Option<usize> {
        self.columns.iter().position(|c| c.role == Some(role))
    }

    /// The role of a column.
    pub fn role(&self, index: usize) -> Option<Role> {
        self.columns.get(index)?.role
    }

    /// The header of a column.
    pub fn header(&self, index: usize) -> &str {
        self.columns.get(index).map_or("", |c| c.header.as_str())
    }

    /// A key for the same headers in the same order: what was answered once is remembered under it.
    pub fn header_key(&self) -> String {
        let mut hash = Crc::default();
        for column in &self.columns {
            hash.update(column.header.as_bytes());
            hash.update(&[0x1f]);
        }
        format!("{:08x}-{}", hash.sum(), self.columns.len())
    }

    /// Applies an answer to a column: sets the reading, marks it as confirmed, and removes the
    /// question. A role has one column, so another column with it gives it up. A reading of dates
    /// or numbers also answers the same question about other columns, as one file has one habit.
    pub fn answer(&mut self, column: usize, choice: Choice) {
        let alike: Vec<usize> = match choice {
            Choice::Role(_) => vec![column],
            Choice::DateOrder(_) | Choice::Decimal(_) => {
                std::iter::once(column).chain(self.asked(choice)).collect()
            }
        };
        if let Choice::Role(Some(role)) = choice {
            self.release(role, column);
        }
        for index in &alike {
            if let Some(column) = self.columns.get_mut(*index) {
                column.set(choice);
            }
        }
        self.questions
            .retain(|q| !(alike.contains(&q.column) && q.offers_like(choice)));
    }

    /// The same layout with the agreed re-readings in place.
    #[must_use]
    pub fn with_fixes(&self, fixes: &[super::problem::Fix]) -> Self {
        let mut layout = self.clone();
        for fix in fixes {
            if let super::problem::Fix::Reread { column, choice } = fix {
                let index = usize::try_from(*column).unwrap_or(usize::MAX);
                if let Some(column) = layout.columns.get_mut(index) {
                    column.set(*choice);
                }
            }
        }
        layout
    }

    /// Columns with an open question that offers exactly this choice.
    fn asked(&self, choice: Choice) -> impl Iterator<Item = usize> {
        let offering = move |q: &&Question| q.options.iter().any(|o| o.choice == choice);
        self.questions.iter().filter(offering).map(|q| q.column)
    }

    /// Takes a role from every column but one.
    fn release(&mut self, role: Role, keep: usize) {
        for (index, column) in self.columns.iter_mut().enumerate() {
            if index != keep && column.role == Some(role) {
                column.role = None;
                "given to another column".clone_into(&mut column.evidence);
            }
        }
    }
}

impl Column {
    /// Sets what the user chose.
    fn set(&mut self, choice: Choice) {
        match choice {
            Choice::DateOrder(order) => self.date_order = Some(order),
            Choice::Decimal(mark) => self.decimal = Some(mark),
            Choice::Role(role) => self.role = role,
        }
        self.certainty = Certainty::Confirmed;
        "chosen by you".clone_into(&mut self.evidence);
    }
}

impl Question {
    /// Whether it asks for what this choice sets.
    fn offers_like(&self, choice: Choice) -> bool {
        let kind = std::mem::discriminant(&choice);
        self.options
            .iter()
            .any(|o| std::mem::discriminant(&o.choice) == kind)
    }
}
