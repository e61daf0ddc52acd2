//! A file as a table of text, before any meaning is given to it.

use super::super::Refusal;
use super::super::cells;
use super::super::encoding::Decoder;
use super::super::gzip;
use super::super::json;
use super::super::layout::{Encoding, Layout};
use super::super::problem::Code;
use super::super::scan::{Line, Scanner};
use super::sample::{Samples, Text};
use super::{dialect, header};

/// What the reader made of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableText {
    /// The header first, then every row that is not blank, cells as written.
    pub rows: Vec<Vec<String>>,
    /// What was odd, in words.
    pub warnings: Vec<String>,
    /// The encoding.
    pub encoding: Encoding,
    /// The character between cells.
    pub delimiter: char,
}

/// Reads a whole file as a table of text.
///
/// # Errors
/// A [`Refusal`] for what is no text: empty, binary, a PDF, a workbook under another name, ...
pub fn read_table(bytes: &[u8], name: &str) -> Result<TableText, Refusal> {
    let mut layout = Layout::default();
    let plain = gzip::undo(bytes)?;
    let bytes = plain.as_deref().unwrap_or(bytes);
    let samples = Samples::whole(bytes);
    let text = Text::of(&samples, name, None, &mut layout)?;
    dialect::find(&text, &mut layout);
    header::find(&text.rows(&layout), &mut layout);
    let mut table = Gathered::default();
    let mut scanner = Scanner::new(&layout);
    let skip = layout.skip_rows;
    let mut take = |line: Line<'_>| table.take(&line, skip);
    if layout.json {
        let csv = json::to_csv(bytes, true)?;
        scanner.feed(std::str::from_utf8(&csv).unwrap_or(""), &mut take);
    } else {
        let mut decoder = Decoder::new(layout.encoding);
        decoder.feed(bytes, &mut |part: &str| scanner.feed(part, &mut take));
        decoder.finish(&mut |part: &str| scanner.feed(part, &mut take));
        if decoder.has_bad_text() {
            layout.notes.push(
                "Some bytes are not valid in the file's encoding; they are shown as \u{fffd}."
                    .to_owned(),
            );
        }
    }
    scanner.finish(&mut take);
    Ok(table.done(&layout))
}

/// Rows as they come, and what is odd about them.
#[derive(Debug, Default)]
struct Gathered {
    rows: Vec<Vec<String>>,
    seen: usize,
    ragged: Vec<u64>,
    unclosed: Vec<u64>,
    too_large: Vec<u64>,
    wide: bool,
}

impl Gathered {
    fn take(&mut self, line: &Line<'_>, skip: usize) {
        self.seen += 1;
        let blank = line.width == 1 && line.raw.trim().is_empty() && line.flaw.is_none();
        if self.seen <= skip || blank {
            return;
        }
        match line.flaw {
            Some(Code::UnclosedQuote) => self.unclosed.push(line.line),
            Some(Code::TooLarge) => self.too_large.push(line.line),
            _ => {}
        }
        self.wide |= line.width > line.cells.len() && line.flaw != Some(Code::TooLarge);
        if self
            .rows
            .first()
            .is_some_and(|first| first.len() != line.cells.len())
        {
            self.ragged.push(line.line);
        }
        self.rows.push(
            line.cells
                .iter()
                .map(|c| cells::shown(c).to_owned())
                .collect(),
        );
    }

    fn done(self, layout: &Layout) -> TableText {
        let mut warnings = layout.notes.clone();
        if layout.encoding == Encoding::Windows1252 {
            warnings.push(
                "The text is not valid UTF-8 and was read as Windows-1252 (assumed encoding)."
                    .to_owned(),
            );
        }
        if layout.skip_rows > 0 {
            warnings.push(format!(
                "{} rows above the header were left out.",
                layout.skip_rows
            ));
        }
        let mut about = |lines: &[u64], what: &str| {
            if let Some(first) = lines.first() {
                warnings.push(format!(
                    "{} rows {what}, the first in line {first}.",
                    lines.len()
                ));
            }
        };
        about(
            &self.ragged,
            "are ragged: they have more or fewer cells than the header",
        );
        about(&self.unclosed, "have an unclosed quote");
        about(
            &self.too_large,
            "are too large: over 8 MB, or with a cell over 1 MB",
        );
        if self.wide {
            warnings.push("Rows have more than 500 columns; the rest is not read.".to_owned());
        }
        TableText {
            rows: self.rows,
            warnings,
            encoding: layout.encoding,
            delimiter: layout.delimiter,
        }
    }
}
