//! What the format of a number says of it: that it is a share in percent, or in which currency it is.
//!
//! Styles and formulas of cells come in passes of their own; the one for styles is made only where the
//! workbook has such a format.

use std::io::{Read, Seek};

use calamine::{DataRef, Style, Xlsx};
use rust_decimal::Decimal;

use super::sheet::is_of_one_cell;
use super::{MAX_CELLS, MAX_COLUMNS};
use crate::ingest::cells::of_amount;

/// What marks a style that shows 0.15 as 15 %.
const SHARE: &str = "100%";

/// Cells between two signs of life.
const TICK: u64 = 50_000;

/// What stands behind the numbers of a sheet.
#[derive(Debug, Default)]
pub(super) struct Formats {
    /// By style: what stands behind its numbers, a share's hundredfold or a currency; or nothing.
    suffixes: Vec<String>,
    /// By column: from which row on its numbers have which style.
    runs: Vec<Vec<(u32, usize)>>,
}

impl Formats {
    /// The formats of a sheet; what cannot be read is said by whoever reads its values.
    #[inline(never)]
    pub fn of<R: Read + Seek>(book: &mut Xlsx<R>, name: &str, tick: &mut dyn FnMut()) -> Self {
        let mut found = Self::default();
        let Ok(mut reader) = book.worksheet_cells_reader(name) else {
            return found;
        };
        found.suffixes = reader.styles().iter().map(suffix_of).collect();
        if found.suffixes.iter().all(String::is_empty) {
            return found;
        }
        for seen in 0..MAX_CELLS {
            if seen.is_multiple_of(TICK) {
                tick();
            }
            match reader.next_cell_with_style_id() {
                Ok(Some((cell, style))) => {
                    if matches!(cell.get_value(), DataRef::Float(_) | DataRef::Int(_)) {
                        found.note(cell.get_position(), style);
                    }
                }
                Err(error) if is_of_one_cell(&error) => {}
                Ok(None) | Err(_) => break,
            }
        }
        found
    }

    fn note(&mut self, (row, column): (u32, u32), style: usize) {
        if column >= MAX_COLUMNS {
            return;
        }
        let column = column as usize;
        if self.runs.len() <= column {
            self.runs.resize(column + 1, Vec::new());
        }
        let same = |(_, last): &(u32, usize)| self.suffixes.get(*last) == self.suffixes.get(style);
        if let Some(runs) = self.runs.get_mut(column)
            && !runs.last().is_some_and(same)
        {
            runs.push((row, style));
        }
    }

    /// A number with what its format says, where that is something.
    pub fn told(&self, row: u32, column: u32, number: &str) -> Option<String> {
        let runs = self.runs.get(column as usize)?;
        let at = runs
            .partition_point(|(from, _)| *from <= row)
            .checked_sub(1)?;
        let suffix = self.suffixes.get(runs.get(at)?.1)?;
        match suffix.as_str() {
            "" => None,
            SHARE => {
                let share = Decimal::from_str_exact(number).ok()?;
                let percent = share.checked_mul(Decimal::ONE_HUNDRED)?.normalize();
                Some(format!("{percent}%"))
            }
            code => Some(format!("{number}{code}")),
        }
    }
}

/// What stands behind a number of a style.
fn suffix_of(style: &Style) -> String {
    let code = style
        .number_format
        .as_ref()
        .map_or("", |f| f.format_code.as_str());
    suffix(code)
}

fn suffix(code: &str) -> String {
    let code = code.split(';').next().unwrap_or("");
    // A sign in quotes or behind a backslash is shown as it is; any other makes a number a share.
    let plain = code
        .split('"')
        .step_by(2)
        .collect::<String>()
        .replace("\\%", "");
    if plain.contains('%') {
        return SHARE.to_owned();
    }
    if code.contains('%') {
        return "%".to_owned();
    }
    // `[$€-407]`, `"CHF"`, or the sign itself.
    let bracket = code
        .split_once("[$")
        .and_then(|(_, rest)| rest.split([']', '-']).next());
    let quoted = code.split('"').nth(1);
    let bare = code
        .split(|c: char| !matches!(c, '€' | '£'))
        .find(|sign| !sign.is_empty());
    let named = [bracket, quoted, bare].into_iter().flatten();
    let mut found = named.filter_map(|sign| of_amount(&format!("{} 1", sign.trim())));
    found
        .next()
        .map_or_else(String::new, |code| format!(" {code}"))
}

#[cfg(test)]
mod tests {
    use super::{SHARE, suffix};

    #[test]
    fn a_format_names_a_currency_or_a_share() {
        for (code, wanted) in [
            ("0.0%", SHARE),
            ("0\"%\"", "%"),
            ("0.0\\%", "%"),
            ("[$€-407] #,##0.00", " EUR"),
            ("#,##0.00\\ [$CHF-807]", " CHF"),
            ("_-* #,##0.00\\ \"€\"_-;-* #,##0.00\\ \"€\"_-", " EUR"),
            ("\"CHF\" #,##0.00", " CHF"),
            ("£#,##0", " GBP"),
            ("[$USD] #,##0.00", " USD"),
            ("_($* #,##0.00_)", ""),
            ("#,##0.0 \"kg\"", ""),
            ("General", ""),
        ] {
            assert_eq!(suffix(code), wanted, "{code}");
        }
    }
}
