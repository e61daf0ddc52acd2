//! Tables written out.

use crate::assumptions::Assumptions;
use crate::base::Date;
use crate::base::packed::pack;
use crate::codec::csv_out::csv;
use crate::metrics::Sheet;
use crate::registry;
use crate::value::Evaluation;

use super::loaded::Loaded;
use super::protocol::{ExportFormat, ExportOf, REJECTED, Reply};
use super::{commission, failure, report, table, today};

/// Writes a table of a book: the reply and its bytes.
///
/// # Errors
/// The reply that says why not.
pub fn export(
    book: &Loaded,
    assumptions: &Assumptions,
    as_of: Option<Date>,
    what: ExportOf,
    format: ExportFormat,
) -> Result<(Reply, Vec<u8>), Reply> {
    let sheet = match what {
        ExportOf::Rejected => return Ok(rejected(book)),
        ExportOf::Sheet(key) if key == REJECTED => return Ok(rejected(book)),
        // Only the batch example asks for it: the worker is smaller without.
        ExportOf::Report(_) if cfg!(feature = "worker") => {
            return Err(failure(
                "native_only",
                "The report is made by the batch example.",
            ));
        }
        ExportOf::Report(watched) => {
            let text = report::report(book, assumptions, as_of, &watched)?;
            return Ok((named("perennial-report", JSON), text.into_bytes()));
        }
        ExportOf::Accounts(query) => with(book, assumptions, as_of, |found, view| {
            Some(table::sheet(found, view, assumptions, &query))
        })?,
        ExportOf::Sheet(key) => with(book, assumptions, as_of, |found, _| {
            found.sheet_of(&book.book, &key)
        })?,
        ExportOf::Watch(key, watched) => with(book, assumptions, as_of, |found, view| {
            today::with(found, book, view, &watched, |watch| {
                today::sheet(watch, view, &key)
            })
        })?,
        ExportOf::Page(want, key) => {
            let want = want.open().ok().and_then(|want| want.commission);
            with(book, assumptions, as_of, |found, view| {
                let sheets =
                    commission::answer(found, book, view, assumptions, &want?, false).sheets;
                sheets.into_iter().find(|sheet| sheet.key == key)
            })?
        }
        ExportOf::Calendar(watched) => {
            let bytes = with(book, assumptions, as_of, |found, view| {
                today::with(found, book, view, &watched, |watch| {
                    today::calendar(watch, watched.today)
                })
            })?;
            return Ok((named("today", CALENDAR), bytes));
        }
    };
    let Some(sheet) = sheet else {
        return Err(failure("unknown_sheet", "There is no such table."));
    };
    Ok(written(&sheet, format))
}

fn rejected(book: &Loaded) -> (Reply, Vec<u8>) {
    // Excel reads UTF-8 only behind this mark.
    let bytes = ["\u{feff}", book.rejected.csv()].concat().into_bytes();
    (named("rejected-rows", CSV), bytes)
}

const CSV: (&str, &str) = ("csv", "text/csv;charset=utf-8");
const SHEET: (&str, &str) = ("sheet", "application/octet-stream");
const CALENDAR: (&str, &str) = ("ics", "text/calendar;charset=utf-8");
const JSON: (&str, &str) = ("json", "application/json");

fn named(stem: &str, (ending, media): (&str, &str)) -> Reply {
    Reply::Exported {
        name: format!("{stem}.{ending}"),
        media: media.into(),
    }
}

fn written(sheet: &Sheet, format: ExportFormat) -> (Reply, Vec<u8>) {
    match format {
        ExportFormat::Csv => (named(&stem(sheet), CSV), csv(sheet, true)),
        ExportFormat::Sheet => (named(&stem(sheet), SHEET), pack(sheet)),
    }
}

/// The name of a table's file. Statements are saved one for each person and period, so theirs says
/// whose they are.
fn stem(sheet: &Sheet) -> String {
    let title = match sheet.key.as_str() {
        "statement" | "closings" => sheet.title.as_str(),
        _ => "",
    };
    let words = title.split(|c: char| !c.is_alphanumeric());
    let words = words.filter(|word| !word.is_empty());
    let words: Vec<&str> = std::iter::once(sheet.key.as_str()).chain(words).collect();
    words.join("-")
}

/// Evaluates a book for one use.
///
/// # Errors
/// The reply that says why it cannot be evaluated.
pub fn with<T>(
    book: &Loaded,
    assumptions: &Assumptions,
    as_of: Option<Date>,
    make: impl FnOnce(&Evaluation, &super::loaded::View) -> T,
) -> Result<T, Reply> {
    let view = book
        .view(as_of)
        .map_err(|why| failure("out_of_range", why))?;
    let resolved = registry::resolve(assumptions, &view.estimates);
    let fitting = view.fitting.borrow();
    let found =
        Evaluation::new(&view.accounts, &view.prepared, &resolved).with(fitting.foresight());
    Ok(make(&found, &view))
}
