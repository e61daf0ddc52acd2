//! The second pass: all bytes of a file, in pieces, to rows under an agreed layout.
//!
//! Input: a layout, the repairs the user agreed to, and bytes in pieces of any size (plain or gzip).
//! Output: every row below the header, with what it is (data, total, group, note, blank, header
//! again), the group it stands under, and what is wrong with its form. Invariant: every row of the
//! file is handed out exactly once; how the bytes are cut does not matter.

mod fixes;
mod groups;
mod kind;
pub(crate) mod packed;
mod rows;

use super::Refusal;
use super::encoding::Decoder;
use super::gzip::{self, Gunzip, is_gzip};
use super::json;
use super::layout::Layout;
use super::problem::Fix;
use super::row::Row;
use super::scan::Scanner;
use rows::Rows;

/// Bytes of one file.
pub const BYTE_LIMIT: u64 = 2 << 30;
/// Rows of one file.
pub const ROW_COUNT_LIMIT: u64 = 5_000_000;

/// Reads one file.
///
/// ```
/// use perennial::ingest::layout::Layout;
/// use perennial::ingest::read::Reader;
/// let layout = perennial::ingest::stage(
///     &perennial::ingest::Samples::whole(b"Order,Date,Customer,Amount\n7,2026-01-31,Acme,12.50\n"),
///     "orders.csv",
/// ).unwrap();
/// let mut reader = Reader::new(&layout);
/// let mut names = Vec::new();
/// let mut out = |row: perennial::ingest::row::Row<'_>| names.push(row.cell(2).to_owned());
/// reader.feed(b"Order,Date,Customer,Amount\n7,2026-01-31,Ac", &mut out).unwrap();
/// reader.feed(b"me,12.50\n", &mut out).unwrap();
/// reader.finish(&mut out).unwrap();
/// assert_eq!(names, ["Acme"]);
/// ```
#[derive(Debug)]
pub struct Reader {
    source: Source,
    text: Text,
    bytes: u64,
}

/// How the bytes come.
#[derive(Debug)]
enum Source {
    /// Too few bytes so far to tell.
    Unknown(Vec<u8>),
    Plain,
    Gzip(Box<Gunzip>),
    /// JSON is held until its end.
    Json(Vec<u8>),
}

/// From bytes that are not compressed to rows.
#[derive(Debug)]
struct Text {
    decoder: Decoder,
    scanner: Scanner,
    rows: Rows,
}

impl Reader {
    /// A reader of one file.
    pub fn new(layout: &Layout) -> Self {
        Self::with_fixes(layout, &[])
    }

    /// A reader that repairs cells before it hands them out. Agreed re-readings of a column
    /// ([`Fix::Reread`]) are the layout's: see [`Layout::with_fixes`].
    pub fn with_fixes(layout: &Layout, fixes: &[Fix]) -> Self {
        let text = Text {
            decoder: Decoder::new(layout.encoding),
            scanner: Scanner::trimming(layout),
            rows: Rows::new(layout, fixes),
        };
        let source = if layout.json {
            Source::Json(Vec::new())
        } else {
            Source::Unknown(Vec::new())
        };
        Self {
            source,
            text,
            bytes: 0,
        }
    }

    /// Takes the next bytes and hands out the rows that end in them.
    ///
    /// # Errors
    /// `too_big` over the limits of bytes or rows, `damaged` for gzip that cannot be undone.
    pub fn feed(&mut self, bytes: &[u8], out: &mut dyn FnMut(Row<'_>)) -> Result<(), Refusal> {
        self.bytes += bytes.len() as u64;
        if self.bytes > BYTE_LIMIT {
            return Err(too_big());
        }
        let text = &mut self.text;
        match &mut self.source {
            Source::Plain => text.feed(bytes, out),
            Source::Gzip(gunzip) => gunzip.feed(bytes, &mut |part: &[u8]| text.feed(part, out)),
            Source::Json(held) => {
                held.extend_from_slice(bytes);
                Ok(())
            }
            Source::Unknown(held) if held.is_empty() && bytes.len() >= 2 => {
                self.source = source(bytes);
                self.bytes -= bytes.len() as u64;
                self.feed(bytes, out)
            }
            Source::Unknown(held) => {
                held.extend_from_slice(bytes);
                if held.len() < 2 {
                    return Ok(());
                }
                let held = std::mem::take(held);
                self.source = source(&held);
                self.bytes -= held.len() as u64;
                self.feed(&held, out)
            }
        }
    }

    /// Hands out the last row.
    ///
    /// # Errors
    /// As [`Self::feed`].
    pub fn finish(&mut self, out: &mut dyn FnMut(Row<'_>)) -> Result<(), Refusal> {
        let text = &mut self.text;
        match &mut self.source {
            Source::Plain => {}
            Source::Gzip(gunzip) => gunzip.finish()?,
            Source::Unknown(held) => text.feed(&std::mem::take(held), out)?,
            Source::Json(held) => {
                let held = std::mem::take(held);
                let plain = gzip::undo(&held)?;
                let csv = json::to_csv(plain.as_deref().unwrap_or(&held), true)?;
                text.feed(&csv, out)?;
            }
        }
        self.text.finish(out)
    }

    /// Rows handed out so far.
    pub const fn rows(&self) -> u64 {
        self.text.rows.count()
    }
}

fn source(bytes: &[u8]) -> Source {
    if is_gzip(bytes) {
        Source::Gzip(Box::default())
    } else {
        Source::Plain
    }
}

impl Text {
    fn feed(&mut self, bytes: &[u8], out: &mut dyn FnMut(Row<'_>)) -> Result<(), Refusal> {
        let Self {
            decoder,
            scanner,
            rows,
        } = self;
        decoder.feed(bytes, &mut |text: &str| {
            rows.bad_text |= text == "\u{fffd}";
            scanner.feed(text, &mut |line| rows.take(&line, out));
        });
        if rows.count() > ROW_COUNT_LIMIT {
            Err(too_big())
        } else {
            Ok(())
        }
    }

    fn finish(&mut self, out: &mut dyn FnMut(Row<'_>)) -> Result<(), Refusal> {
        let Self {
            decoder,
            scanner,
            rows,
        } = self;
        decoder.finish(&mut |text: &str| {
            rows.bad_text |= text == "\u{fffd}";
            scanner.feed(text, &mut |line| rows.take(&line, out));
        });
        scanner.finish(&mut |line| rows.take(&line, out));
        if rows.count() > ROW_COUNT_LIMIT {
            Err(too_big())
        } else {
            Ok(())
        }
    }
}

fn too_big() -> Refusal {
    Refusal::new(
        "too_big",
        "This file is larger than 2 GB or has more than 5,000,000 rows. Split it by year, or give \
         one row per account instead of order lines.",
    )
}
