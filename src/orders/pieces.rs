//! Prices that are for more pieces than one.
//!
//! In: the headers of a file, and a row. Out: how many pieces its prices are for, as a column beside
//! the price says (`Per`, `Preiseinheit`) or its own header does (`Price per 100`).

use super::number::Num;
use crate::ingest::row::Row;
use crate::ingest::words::{PRICE_UNIT, listed};

/// How many pieces a file's prices are for.
#[derive(Debug, Clone, Copy)]
pub(super) enum Per {
    One,
    /// As many as each row says.
    Column(usize),
    /// As many as the header says.
    Always(i64),
}

/// Words between a price and the number of pieces that it is for.
const WORDS: &str = "per|pro|par|por|je";

impl Per {
    /// What normalised headers say, that of the price among them.
    pub fn of(headers: &[String], price: &str) -> Self {
        if let Some(column) = headers.iter().position(|h| listed(PRICE_UNIT, h)) {
            return Self::Column(column);
        }
        let mut words = price.rsplit(' ');
        match (words.next().map(str::parse), words.next()) {
            (Some(Ok(pieces)), Some(word)) if is_power(pieces) && listed(WORDS, word) => {
                Self::Always(pieces)
            }
            _ => Self::One,
        }
    }

    /// How many pieces a row's prices are for, where it is not one.
    pub fn pieces(self, row: &Row<'_>) -> Option<Num> {
        let pieces = match self {
            Self::One => return None,
            Self::Column(column) => row.cell(column).parse().ok().filter(|p| is_power(*p))?,
            Self::Always(pieces) => pieces,
        };
        Some(Num::small(pieces, 0))
    }
}

/// Whether a price is usually given for so many pieces.
const fn is_power(pieces: i64) -> bool {
    matches!(pieces, 10 | 100 | 1000 | 10_000)
}
