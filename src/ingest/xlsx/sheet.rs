//! Streams the cells of one sheet into rows, and says what could not be read as it stands.

use std::borrow::Cow;
use std::io::{Read, Seek};

use calamine::{Xlsx, XlsxError};

use super::cells::{Text, text};
use super::error;
use super::formats::Formats;
use super::merged::Merged;
use super::rows::Rows;
use super::{MAX_CELLS, MAX_COLUMNS};
use crate::ingest::Refusal;

/// Rows and columns of the largest sheet that Excel can hold.
const EXCEL_ROWS: u32 = 1_048_576;
const EXCEL_COLUMNS: u32 = 16_384;

/// Cells between two signs of life.
const TICK: u64 = 50_000;

/// A kind of cell that was not read as it stands: how many, and the first few places.
#[derive(Default)]
struct Odd {
    count: u64,
    examples: Vec<String>,
}

impl Odd {
    fn note(&mut self, example: impl FnOnce() -> String) {
        self.count += 1;
        if self.examples.len() < 3 {
            self.examples.push(example());
        }
    }

    fn say(&self, into: &mut Vec<String>, one: &str, many: &str) {
        if self.count > 0 {
            let cells = if self.count == 1 { one } else { many };
            let (count, examples) = (self.count, self.examples.join(", "));
            let more = if self.count > 3 { ", ..." } else { "" };
            into.push(format!("{count} {cells} ({examples}{more})."));
        }
    }
}

/// Reads a sheet; the answer is what the user should know of it.
pub(super) fn read<R: Read + Seek>(
    book: &mut Xlsx<R>,
    name: &str,
    mut merged: Merged,
    rows: &mut Rows,
    tick: &mut dyn FnMut(),
) -> Result<Vec<String>, Refusal> {
    let is_1904 = book.has_1904_epoch();
    let formats = if rows.is_csv() {
        Formats::of(book, name, tick)
    } else {
        Formats::default()
    };
    let mut reader = book
        .worksheet_cells_reader(name)
        .map_err(|e| error::from_reader(&e))?;
    let (mut errors, mut outside, mut uncalculated) =
        (Odd::default(), Odd::default(), Odd::default());
    let mut buffer = String::new();
    let mut seen = 0_u64;
    let mut filled = 0_u64;
    loop {
        seen += 1;
        if seen.is_multiple_of(TICK) {
            tick();
        }
        let cell = match reader.next_cell_with_formula_metadata() {
            Ok(Some(cell)) => cell,
            Ok(None) => break,
            Err(error) => {
                errors.note(|| unknown_value(&error));
                if is_of_one_cell(&error) {
                    continue;
                }
                return Err(error::from_reader(&error));
            }
        };
        let (row, column) = cell.pos;
        if row >= EXCEL_ROWS || column >= EXCEL_COLUMNS {
            return Err(error::damaged("a cell lies outside the largest sheet"));
        }
        let (words, number) = match text(&cell.value, is_1904, &mut buffer) {
            Text::Empty => {
                if cell.formula.is_some() {
                    uncalculated.note(|| place(row, column));
                }
                continue;
            }
            Text::Error(error) => {
                errors.note(|| format!("{error} in {}", place(row, column)));
                continue;
            }
            Text::Words(words) => (Cow::Borrowed(words), false),
            Text::Number(words) => match formats.told(row, column, words) {
                Some(told) => (Cow::Owned(told), true),
                None => (Cow::Borrowed(words), true),
            },
        };
        filled += 1;
        if filled > MAX_CELLS {
            return Err(error::too_big(
                "The sheet has more than 5,000,000 filled cells, which is the most that is read.",
            ));
        }
        if column >= MAX_COLUMNS {
            outside.note(|| place(row, column));
            continue;
        }
        merged.before((row, column), &words, number, rows)?;
        rows.cell(row, column, &words, number)?;
    }
    merged.fill(u32::MAX, rows)?;
    let mut warnings = Vec::new();
    errors.say(
        &mut warnings,
        "cell holds an Excel error and is read as empty",
        "cells hold an Excel error and are read as empty",
    );
    uncalculated.say(
        &mut warnings,
        "formula was never calculated and is read as empty; open the workbook in Excel and save it",
        "formulas were never calculated and are read as empty; open the workbook in Excel and save it",
    );
    if merged.given > 0 {
        warnings.push(format!(
            "Blank cells that are merged with the one above them have its value here: {}.",
            merged.given
        ));
    }
    outside.say(
        &mut warnings,
        "cell to the right of column 500 was left out",
        "cells to the right of column 500 were left out",
    );
    Ok(warnings)
}

/// Whether reading can go on after this error: it is about the value of one cell only.
pub(super) fn is_of_one_cell(error: &XlsxError) -> bool {
    matches!(
        error,
        XlsxError::CellError(_)
            | XlsxError::Unrecognized { .. }
            | XlsxError::ParseFloat(_)
            | XlsxError::CellTAttribute(_)
            | XlsxError::UnexpectedNode(_)
    )
}

fn unknown_value(error: &XlsxError) -> String {
    match error {
        XlsxError::CellError(value) | XlsxError::CellTAttribute(value) => value.clone(),
        XlsxError::Unrecognized { val, .. } => val.clone(),
        other => other.to_string(),
    }
}

/// A cell's place as Excel writes it.
fn place(row: u32, column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or_default();
        letters.insert(0, char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    format!("{}{}", letters.into_iter().collect::<String>(), row + 1)
}

#[cfg(test)]
mod tests {
    #[test]
    fn places_are_written_as_excel_does() {
        for (row, column, expected) in [
            (0, 0, "A1"),
            (9, 25, "Z10"),
            (0, 26, "AA1"),
            (1_048_575, 16_383, "XFD1048576"),
        ] {
            assert_eq!(super::place(row, column), expected);
        }
    }
}
