//! What a file is when it is no table of text: said in words, with what to do.

use super::super::Refusal;
use super::super::cells::{self, month};
use super::super::layout::{Column, DateOrder, Layout};
use super::super::role::Role;
use super::super::words::{listed, normalise};
use super::sample::SampleRows;

/// Refuses files that are known to be something else by their first bytes.
///
/// # Errors
/// `empty`, `binary` or `not_a_table`, with what it is and what to do.
pub fn refuse_other_kinds(head: &[u8], name: &str) -> Result<(), Refusal> {
    let text = head.trim_ascii_start();
    let text = text
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(text)
        .trim_ascii_start();
    if text.is_empty() || text.iter().all(u8::is_ascii_whitespace) {
        return Err(Refusal::new(
            "empty",
            format!("{name} is empty: it holds no text. Export it again, or paste the rows."),
        ));
    }
    let begins = |start: &str| {
        text.get(..start.len())
            .is_some_and(|t| t.eq_ignore_ascii_case(start.as_bytes()))
    };
    let found = match head {
        [b'P', b'K', 3 | 5, 4 | 6, ..] => Some((
            "a workbook or a zip archive, whatever its name says",
            "Give it the ending .xlsx if it is a workbook; else unpack it and take the table inside",
        )),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => Some((
            "a workbook of the old .xls kind",
            "Open it in a spreadsheet program and save it as .xlsx or CSV",
        )),
        [0x89, b'P', b'N', b'G', ..] | [0xff, 0xd8, 0xff, ..] | [b'G', b'I', b'F', b'8', ..] => {
            Some(("a picture", "Export the table as CSV instead"))
        }
        [b'P', b'A', b'R', b'1', ..] => Some(("a Parquet file", "Export it as CSV")),
        _ if head.starts_with(b"SQLite format 3") => {
            Some(("a database", "Export the table as CSV"))
        }
        _ if begins("%PDF") => Some((
            "a PDF document",
            "Export the orders as CSV or XLSX instead of printing them",
        )),
        _ if begins("{\\rtf") => Some(("a text document (RTF)", "Save the table as CSV")),
        _ if begins("<!doctype") || begins("<html") || begins("<head") || begins("<table") => {
            Some((
                "a web page (HTML), perhaps a sign-in page or a report saved under another ending",
                "Open it in a spreadsheet program and save it as CSV, or export it again while signed in",
            ))
        }
        _ if begins("<?xml") || begins("<") => Some(("XML", "Export the orders as CSV or XLSX")),
        _ => None,
    };
    match found {
        Some((what, todo)) => Err(Refusal::new(
            "not_a_table",
            format!("{name} is {what}, not a table of text. {todo}."),
        )),
        None => Ok(()),
    }
}

/// Refuses bytes that are no text.
pub(super) fn refuse_binary(text: &str, name: &str) -> Result<(), Refusal> {
    let odd = text
        .bytes()
        .filter(|b| matches!(b, 0..=8 | 14..=26 | 28..=30))
        .count();
    let zeros = text.bytes().filter(|b| *b == 0).count();
    if zeros * 1000 > text.len() || odd * 50 > text.len() {
        return Err(Refusal::new(
            "binary",
            format!(
                "{name} is not text: it holds bytes that no table has ({zeros} of them zero). \
                 Export the orders as CSV or XLSX."
            ),
        ));
    }
    Ok(())
}

/// Refuses a pivot table: months or years as columns, and no day of an order.
pub(super) fn refuse_pivot(name: &str, layout: &Layout) -> Result<(), Refusal> {
    let dated = [Role::Date, Role::FirstDate, Role::LastDate];
    if dated.iter().any(|role| layout.column(*role).is_some()) {
        return Ok(());
    }
    // Months that are dates or years are taken for a first row of data.
    let header = |column: &Column| match column.samples.as_slice() {
        [first, second, ..] if layout.header_rows == 0 && !is_period(second) => first.clone(),
        _ => column.header.clone(),
    };
    let headers = layout.columns.iter().map(header);
    let periods: Vec<String> = headers.filter(|header| is_period(header)).collect();
    let [first, second, _, ..] = periods.as_slice() else {
        return Ok(());
    };
    Err(Refusal::new(
        "not_a_table",
        format!(
            "{name} is a pivot table: months or years are its columns ({first}, {second}, ...). Export \
             the rows behind it, one a line of an order with its date, customer and amount; in Excel, \
             a double click on the grand total lists them."
        ),
    ))
}

/// Refuses what an interface for programs answers in cents, without saying so.
pub(super) fn refuse_cents(name: &str, headers: &[String]) -> Result<(), Refusal> {
    let has = |header: &str| headers.iter().any(|h| h == header);
    if !(has("livemode") && has("object") && has("amount")) {
        return Ok(());
    }
    Err(Refusal::new(
        "not_a_table",
        format!(
            "{name} is an answer of Stripe's programming interface, whose amounts are in the smallest \
             unit of each currency. Export the payments as CSV from Stripe's dashboard instead."
        ),
    ))
}

/// Refuses JSON whose rows are a list within one object without a day of its own.
pub(super) fn refuse_wrapped(name: &str, rows: &SampleRows) -> Result<(), Refusal> {
    let [names, values] = rows.rows.as_slice() else {
        return Ok(());
    };
    let dated = |cell: &String| matches!(cells::date(cell, DateOrder::Ymd), Ok(Some(_)));
    let mut places = names.cells.iter().zip(&values.cells);
    match places.find(|(_, value)| value.starts_with("[{")) {
        Some((list, _)) if !values.cells.iter().any(dated) => Err(Refusal::new(
            "not_a_table",
            format!(
                "{name} is JSON that holds its rows under \"{list}\". Save that list alone, such as \
                 [{{\"order\": 7, ...}}, ...], or export the orders as CSV."
            ),
        )),
        _ => Ok(()),
    }
}

/// `Jan 2026`, `2026-01`, `Q1 2026`, `2026`.
fn is_period(header: &str) -> bool {
    let header = normalise(&header.replace('.', " "));
    let year =
        |word: &str| word.len() == 4 && word.starts_with("20") && word.parse::<u16>().is_ok();
    let named = |word: &str| year(word) || month(word).is_some() || listed("q1|q2|q3|q4", word);
    let part = |word: &str| named(word) || word.len() <= 2 && word.parse::<u8>().is_ok();
    header.split(' ').any(named) && header.split(' ').all(part)
}

/// A text without columns.
pub(super) fn one_column(name: &str, headers: &[String]) -> Refusal {
    let first = headers.first().map_or("", String::as_str);
    let shown: String = first.chars().take(40).collect();
    Refusal::new(
        "not_a_table",
        format!(
            "{name} has one column only (\"{shown}\"): no comma, semicolon, tab or pipe divides its \
             rows. Orders need at least an account, a date and an amount, in columns."
        ),
    )
}
