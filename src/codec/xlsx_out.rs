//! Sheets as an Excel workbook: a first sheet that says what it is, then one sheet each with its
//! headings frozen, filters, widths and number formats.
//!
//! Text is always written as text, never as a formula, whatever it begins with. The bytes depend on
//! the input only: the date of creation in the file is the as-of date.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use serde::{Deserialize, Serialize};

use crate::base::{Date, Refused, Unit};
use crate::metrics::{Cell, Exactness, Number, Sheet, SheetColumn};

use super::csv_out::heading;

/// Most UTF-16 units of text in a cell.
const MAX_TEXT: usize = 32_767;

/// Most characters of a sheet's name.
const MAX_NAME: usize = 31;

/// Days from 1899-12-30, Excel's day 0, to 1970-01-01.
const EXCEL_EPOCH: i32 = 25_569;

/// What is written.
#[derive(Debug, Clone, PartialEq)]
pub struct Export {
    /// What the first sheet says.
    pub about: About,
    /// The other sheets from the left.
    pub sheets: Vec<Sheet>,
}

/// What an export is, for whoever opens it later.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct About {
    /// What it holds, in a sentence.
    pub what: String,
    /// The date up to which orders count.
    pub as_of: Date,
    /// What counts as value, and the method shown as the lifetime value.
    pub definition: String,
    /// More to know, a name and a text each: currency, coverage, ...
    pub notes: Vec<(String, String)>,
}

/// Writes a workbook.
///
/// # Errors
/// A message for the user: more rows or columns than Excel has.
pub fn xlsx(export: &Export) -> Result<Vec<u8>, Refused> {
    write(export).map_err(|error| match error {
        XlsxError::RowColumnLimitError => {
            "The table is larger than an Excel sheet (1,048,576 rows, 16,384 columns). Filter it, or export it as CSV.".into()
        }
        other => {
            format!("The workbook could not be written ({other}). Export the table as CSV.").into()
        }
    })
}

fn write(export: &Export) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let (year, month, day) = export.about.as_of.ymd();
    let created = ExcelDateTime::from_ymd(
        u16::try_from(year).unwrap_or(1900),
        u8::try_from(month).unwrap_or(1),
        u8::try_from(day).unwrap_or(1),
    )
    .or_else(|_| ExcelDateTime::from_ymd(1900, 1, 1))?;
    book.set_properties(
        &DocProperties::new()
            .set_title(export.about.what.as_str())
            .set_creation_datetime(&created),
    );
    write_about(book.add_worksheet().set_name("About")?, &export.about)?;
    let mut names = vec!["about".to_owned()];
    for (index, sheet) in export.sheets.iter().enumerate() {
        let name = sheet_name(&sheet.title, &mut names);
        let page = book.add_worksheet().set_name(name)?;
        page.set_active(index == 0);
        write_sheet(page, sheet)?;
    }
    book.save_to_buffer()
}

fn write_about(page: &mut Worksheet, about: &About) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    let wrapped = Format::new().set_text_wrap();
    let as_of = about.as_of.to_string();
    let mut lines = vec![
        ("What this is", about.what.as_str()),
        ("As of", as_of.as_str()),
        ("What counts as value", about.definition.as_str()),
    ];
    lines.extend(about.notes.iter().map(|(n, t)| (n.as_str(), t.as_str())));
    lines.push((
        "Figures in italics",
        "Contain assumed amounts, because the data has none there.",
    ));
    lines.push((
        "Written by",
        concat!("Perennial ", env!("CARGO_PKG_VERSION")),
    ));
    for (row, (name, words)) in (0..).zip(lines) {
        page.write_string_with_format(row, 0, cut(name), &bold)?;
        page.write_string_with_format(row, 1, cut(words), &wrapped)?;
    }
    page.set_column_width(0, 24)?;
    page.set_column_width(1, 80)?;
    Ok(())
}

fn write_sheet(page: &mut Worksheet, sheet: &Sheet) -> Result<(), XlsxError> {
    let heads = Format::new().set_bold().set_text_wrap();
    let mut columns = Vec::with_capacity(sheet.columns.len());
    for (at, column) in (0_u16..).zip(&sheet.columns) {
        let title = heading(column);
        page.write_string_with_format(0, at, cut(&title), &heads)?;
        columns.push((at, Formats::of(column), title.chars().count().min(16)));
    }
    for (line, row) in (1..).zip(&sheet.rows) {
        for ((at, formats, width), cell) in columns.iter_mut().zip(row) {
            let shown = write_cell(page, line, *at, formats, cell)?;
            *width = shown.max(*width);
        }
    }
    for (at, _, width) in &columns {
        let width = u16::try_from(width.saturating_add(2)).unwrap_or(48);
        page.set_column_width(*at, width.clamp(8, 48))?;
    }
    page.set_freeze_panes(1, 1)?;
    if let Some((last, ..)) = columns.last() {
        let rows = u32::try_from(sheet.rows.len()).map_err(|_| XlsxError::RowColumnLimitError)?;
        page.autofilter(0, 0, rows, *last)?;
    }
    Ok(())
}

/// The formats of a column.
struct Formats {
    sure: Format,
    assumed: Format,
    date: Format,
}

impl Formats {
    fn of(column: &SheetColumn) -> Self {
        let sure = Format::new().set_num_format(number_format(column.unit));
        Self {
            assumed: sure.clone().set_italic(),
            sure,
            date: Format::new().set_num_format("yyyy-mm-dd"),
        }
    }
}

/// How Excel shows a number of a unit. Percentages hold 15 for 15 %, as everywhere here.
const fn number_format(unit: Unit) -> &'static str {
    match unit {
        Unit::Percent | Unit::PercentPerYear | Unit::Years | Unit::Months => "#,##0.0",
        Unit::Days | Unit::Count | Unit::Pieces => "#,##0",
        Unit::Date | Unit::Text => "General",
        _ => "#,##0.00",
    }
}

/// Writes a cell; the answer is about how many characters it shows.
fn write_cell(
    page: &mut Worksheet,
    row: u32,
    column: u16,
    formats: &Formats,
    cell: &Cell,
) -> Result<usize, XlsxError> {
    let (number, exactness) = match cell {
        Cell::Text(words) => {
            page.write_string(row, column, cut(words))?;
            return Ok(words.chars().take(48).count());
        }
        Cell::Date(date) => {
            let serial = f64::from(date.days().saturating_add(EXCEL_EPOCH));
            // Day 60 of Excel never was, so what lies before it is off by one: kept as text.
            if serial < 61.0 {
                page.write_string(row, column, date.to_string())?;
            } else {
                page.write_number_with_format(row, column, serial, &formats.date)?;
            }
            return Ok(10);
        }
        Cell::Number(number, exactness) => (number, *exactness),
        Cell::Empty(_) => return Ok(0),
    };
    let value = match number {
        Number::Exact(amount) => crate::base::Money::new(*amount).to_f64(),
        Number::Float(number) => *number,
    };
    if !value.is_finite() {
        return Ok(0);
    }
    let format = if exactness == Exactness::Assumed {
        &formats.assumed
    } else {
        &formats.sure
    };
    page.write_number_with_format(row, column, value, format)?;
    let digits = libm::log10(libm::fabs(value).max(1.0));
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // 0 to 308.
    Ok((digits * 4.0 / 3.0) as usize + 5)
}

/// Text that fits in a cell.
fn cut(text: &str) -> String {
    if text.encode_utf16().count() <= MAX_TEXT {
        return text.to_owned();
    }
    let mut units = 1;
    let mut kept: String = text
        .chars()
        .take_while(|c| {
            units += c.len_utf16();
            units <= MAX_TEXT
        })
        .collect();
    kept.push('…');
    kept
}

/// A name that Excel allows and that no sheet has yet; `taken` holds names in lower case.
fn sheet_name(title: &str, taken: &mut Vec<String>) -> String {
    let allowed = |c: char| !c.is_control() && !"*?:[]\\/".contains(c);
    let plain: String = title.chars().filter(|c| allowed(*c)).collect();
    let plain = plain.trim_matches(|c: char| c == '\'' || c.is_whitespace());
    let plain = if plain.is_empty() { "Sheet" } else { plain };
    let mut number = 1;
    loop {
        let suffix = if number == 1 {
            String::new()
        } else {
            format!(" {number}")
        };
        let mut room = MAX_NAME - suffix.len();
        let mut name: String = plain
            .chars()
            .take_while(|c| {
                let fits = c.len_utf16() <= room;
                room = room.saturating_sub(c.len_utf16());
                fits
            })
            .collect();
        name = name.trim_end_matches('\'').to_owned() + &suffix;
        let key = name.to_lowercase();
        if !taken.contains(&key) {
            taken.push(key);
            return name;
        }
        number += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_sheets_are_allowed_and_different() {
        let mut taken = vec!["about".to_owned()];
        let mut name = |title: &str| sheet_name(title, &mut taken);
        assert_eq!(name("About"), "About 2");
        assert_eq!(name("Value / account [2026]?"), "Value  account 2026");
        assert_eq!(name("''"), "Sheet");
        assert_eq!(name("SHEET"), "SHEET 2");
        let long = "Ränge nach Kundenwert und Umsatz 🛠🛠";
        assert_eq!(name(long), "Ränge nach Kundenwert und Umsat");
        assert_eq!(name(long), "Ränge nach Kundenwert und Ums 2");
    }

    #[test]
    fn long_text_is_cut_to_what_fits() {
        let kept = cut(&"🛠".repeat(20_000));
        assert_eq!(kept.encode_utf16().count(), 32_767);
        assert!(kept.ends_with('…'));
    }
}
