//! The first pass: a sample of a file to a proposed layout.
//!
//! Input: the beginning of a file, and slices of its middle and end where it is large. Output: a
//! [`Layout`] with a meaning for each column, every guess with its evidence, every ambiguity as a
//! question; or a [`Refusal`] that says what the file is and what to do. Invariant: the same sample
//! gives the same layout; nothing that two readings fit is decided without the user.

mod arithmetic;
mod ask;
mod columns;
mod currency;
mod dialect;
mod evidence;
mod guess;
mod header;
mod identities;
mod kind;
mod order;
mod readings;
mod sample;
mod sense;
mod signature;
mod synonyms;
mod table;
mod tax;

pub use kind::refuse_other_kinds;
pub use sample::Samples;
pub use synonyms::{is_of_each, names_orders};
pub use table::{TableText, read_table};

use super::Refusal;
use super::cells;
use super::layout::{Certainty, Encoding, Grain, Layout};
use super::read::Reader;
use super::role::Role;
use super::row::RowKind;
use super::systems;
use sample::Text;

/// Rows of a preview.
const PREVIEW: usize = 50;

/// Proposes how to read a file.
///
/// # Errors
/// A [`Refusal`] for what is not a table of at least two columns: empty, binary, a PDF, a workbook
/// under another name, ...
pub fn stage(samples: &Samples<'_>, name: &str) -> Result<Layout, Refusal> {
    propose(samples, name, None)
}

/// Proposes the rest for a layout that the user has changed: its dialect holds, and so does what is
/// confirmed of columns with the same header; everything else is looked at again.
///
/// # Errors
/// As [`stage`].
pub fn restage(samples: &Samples<'_>, name: &str, layout: &Layout) -> Result<Layout, Refusal> {
    propose(samples, name, Some(layout))
}

/// The first rows of data under a layout, as text.
///
/// # Errors
/// As [`stage`].
pub fn preview(samples: &Samples<'_>, layout: &Layout) -> Result<Vec<Vec<String>>, Refusal> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut reader = Reader::new(layout);
    let mut take = |row: super::row::Row<'_>| {
        if row.kind == RowKind::Data && rows.len() < PREVIEW {
            let texts = (0..layout.columns.len()).map(|i| cells::shown(row.cell(i)).to_owned());
            rows.push(texts.collect());
        }
    };
    let head = samples
        .head
        .get(..samples.head.len().min(1 << 18))
        .unwrap_or(samples.head);
    if layout.json {
        reader.feed(samples.head, &mut take)?;
        reader.finish(&mut take)?;
    } else {
        reader.feed(head, &mut take)?;
        if samples.whole && head.len() == samples.head.len() {
            reader.finish(&mut take)?;
        }
    }
    Ok(rows)
}

fn propose(samples: &Samples<'_>, name: &str, given: Option<&Layout>) -> Result<Layout, Refusal> {
    let mut layout = Layout::default();
    let text = Text::of(samples, name, given.map(|l| l.encoding), &mut layout)?;
    match given {
        Some(given) => {
            layout.delimiter = given.delimiter;
            layout.quote = given.quote;
            layout.spaced = given.spaced;
            layout.skip_rows = given.skip_rows;
            layout.header_rows = given.header_rows;
        }
        None => dialect::find(&text, &mut layout),
    }
    let rows = text.rows(&layout);
    if given.is_none() {
        header::find(&rows, &mut layout);
    }
    let headers = header::texts(&rows, &layout);
    if layout.json {
        kind::refuse_wrapped(name, &rows)?;
    }
    kind::refuse_cents(name, &headers)?;
    if headers.len() < 2 {
        return Err(kind::one_column(name, &headers));
    }
    let mut table = columns::Table::of(headers, &rows, &layout);
    columns::add_packed(&mut table, &layout);
    guess::assign(&mut layout, &table, given);
    kind::refuse_pivot(name, &layout)?;
    grain(&mut layout);
    sense::units(&mut layout, &mut table);
    readings::decide(&mut layout, &table, given);
    sense::settle(&mut layout, &table);
    currency::find(&mut layout, &table, given);
    ask::for_missing(&mut layout, &table);
    notes(&mut layout, &rows);
    Ok(layout)
}

/// One row per account: a count of orders or a first and a last day, and no order or date.
fn grain(layout: &mut Layout) {
    let has = |role| layout.column(role).is_some();
    let summary = has(Role::OrderCount) || (has(Role::FirstDate) && has(Role::LastDate));
    if summary && has(Role::Account) && !has(Role::Date) && !has(Role::Order) {
        layout.grain = Grain::AccountSummary;
    }
}

/// What the user should know.
#[inline(never)]
fn notes(layout: &mut Layout, rows: &sample::SampleRows) {
    let quirks = systems::quirks(layout);
    if layout.system.is_some() {
        layout
            .notes
            .insert(0, format!("An export of {}. {}", quirks.label, quirks.note));
    }
    let below = layout.skip_rows + layout.header_rows;
    let width = rows
        .rows
        .get(below.saturating_sub(1))
        .map_or(0, |r| r.cells.len());
    let data = || rows.rows.iter().skip(below).filter(|r| r.cells.len() > 1);
    if data().next().is_none() {
        let none = "There are no rows below the header: the export holds no orders.";
        layout.notes.push(none.to_owned());
    }
    let longer = data()
        .filter(|r| r.cells.iter().skip(width).any(|c| !c.is_empty()))
        .count();
    if longer > 0 && width > 1 {
        layout.notes.push(format!(
            "{longer} rows of the sample have more cells than the header has columns; they will be \
             listed, because their values may stand in the wrong columns."
        ));
    }
    if rows.unclosed > 0 {
        layout.notes.push(format!(
            "{} rows of the sample have a quote that is never closed; they will be listed.",
            rows.unclosed
        ));
    }
    let ignored: Vec<&str> = layout
        .columns
        .iter()
        .filter(|c| c.role.is_none() && c.certainty != Certainty::Ambiguous && !c.header.is_empty())
        .map(|c| c.header.as_str())
        .collect();
    if !ignored.is_empty() {
        layout.notes.push(format!(
            "Columns that are not read: {}.",
            ignored.join(", ")
        ));
    }
    if layout.encoding == Encoding::Windows1252 {
        layout.notes.push(
            "The text is not valid UTF-8 and was read as Windows-1252; check names with accents."
                .to_owned(),
        );
    }
}
