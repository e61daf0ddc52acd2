//! Text of one cell to a typed value, under the reading agreed for its column.
//!
//! Input: a trimmed cell and the column's decimal mark or date order. Output: a value, nothing
//! (the cell is empty or holds a placeholder such as `-` or `n/a`), or the reason why it is none.
//! Invariant: a cell is read in one way or refused; nothing is guessed here.

mod body;
mod currency;
mod date;
mod months;
mod number;

pub use currency::{codes, has_sign, is_code, is_shared, of_amount};
pub use date::date;
pub(crate) use date::dates;
pub(crate) use months::month;
pub(crate) use number::small;
pub use number::{Number, number, number_of, percent, rate, unit};

use super::problem::Code;
use crate::base::formula::unguard;

/// The byte that the workbook reader writes before a number, which is then plain decimal text.
pub const CANONICAL: char = '\u{1f}';

/// Why a cell has no value in the agreed reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bad {
    /// It is not written as a number of this column is.
    NotANumber,
    /// It is a number of more than 28 digits.
    TooLarge,
    /// It is not a date in the column's order of parts.
    NotADate,
}

impl Bad {
    /// The kind of problem it makes.
    pub const fn code(self) -> Code {
        match self {
            Self::NotANumber => Code::BadNumber,
            Self::TooLarge => Code::NumberTooLarge,
            Self::NotADate => Code::BadDate,
        }
    }
}

/// Whether a cell stands for "nothing": empty, a dash, `n/a`, `null`, `#N/A`.
pub fn is_missing(text: &str) -> bool {
    match text {
        "" | "-" | "--" | "–" | "—" => true,
        _ if text.len() > 6 => false,
        _ => [
            "n/a", "#n/a", "na", "null", "none", "(null)", "(none)", "k.a.", "n.v.",
        ]
        .iter()
        .any(|word| text.eq_ignore_ascii_case(word)),
    }
}

/// The cell as a person would see it: without the mark of a canonical number, or the apostrophe by
/// which an export of ours guards text that a spreadsheet would run.
pub fn shown(text: &str) -> &str {
    unguard(text.strip_prefix(CANONICAL).unwrap_or(text))
}
