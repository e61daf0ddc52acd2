//! Prices that are for more pieces than one.
//!
//! In: the headers of a file, and a row. Out: how many pieces its prices are for, as a column beside
//! the price says (`Per`, `Preiseinheit`) or its own header does (`Price per 100`).

use super::number::Num;
use crate::ingest::cells;
use crate::ingest::row::Row;
use crate::ingest::words::{PRICE_UNIT, listed};

/// How many pieces a file's prices are for.
#[derive(Debug, Clone, Copy)]
pub(super) enum Per {
    One,
    /// As many as each row says; `coded` where it may say so by a letter, `C` or `M`.
    Column {
        column: usize,
        coded: bool,
    },
    /// As many as the header says.
    Always(i64),
}

/// Headers of a column of American codes: `E` for each, `C` for a hundred, `M` for a thousand. Under
/// others, `M` may be a metre.
const CODED: &str = "per|price per|per code|price per code|pricing per";

/// Words between a price and the number of pieces that it is for.
const WORDS: &str = "per|pro|par|por|je";

impl Per {
    /// What normalised headers say, that of the price among them.
    pub fn of(headers: &[String], price: &str) -> Self {
        if let Some(column) = headers.iter().position(|h| listed(PRICE_UNIT, h)) {
            let coded = headers.get(column).is_some_and(|h| listed(CODED, h));
            return Self::Column { column, coded };
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
            Self::Column { column, coded } => stated(row.cell(column), coded)?,
            Self::Always(pieces) => pieces,
        };
        Some(Num::small(pieces, 0))
    }
}

/// `100`, `1000 pcs`, `per 100`, and codes where they are told.
fn stated(cell: &str, coded: bool) -> Option<i64> {
    let cell = cell.rsplit_once("per ").map_or(cell, |(_, cell)| cell);
    let pieces = match cell {
        "C" if coded => return Some(100),
        "M" if coded => return Some(1000),
        _ => cells::unit(cell).map_or(cell, |(digits, _)| digits),
    };
    pieces.parse().ok().filter(|pieces| is_power(*pieces))
}

/// Whether a price is usually given for so many pieces.
const fn is_power(pieces: i64) -> bool {
    matches!(pieces, 10 | 100 | 1000 | 10_000)
}
