//! Text to rows: a streaming scanner that hands out slices and builds no records.
//!
//! Input: decoded text in pieces of any size. Output: for each row its cells as slices, its text as
//! it stands, its line and what is wrong with its form. A scanner of bytes of its own instead of a
//! reader that copies each record, because it was measured to be several times faster.
//!
//! Invariants: how the text is cut into pieces does not matter; memory is bounded by the piece and
//! [`ROW_LIMIT`]; every character of the input is in exactly one row or is a line break; no
//! allocation per row, except where quotes are doubled.
//!
//! Quotes count only at the start of a cell. A closing quote stands before a delimiter, a line break
//! or spaces followed by those; other quotes inside are content. A quote that nothing closes costs
//! one row: it is taken as content, the row ends with its line, and the row says so. (At the end of
//! a file, where the text may have been cut off, the last two line breaks are taken in as well.)

mod cursor;
mod row;
mod wrapped;

use super::layout::Layout;
use super::problem::Code;
use row::{Cells, Dialect, Found};
pub use wrapped::Wrapped;

/// Bytes of one cell; a longer one is a problem of its row.
pub const FIELD_LIMIT: usize = 1 << 20;
/// Bytes of one row; a longer one is skipped with a problem.
pub const ROW_LIMIT: usize = 8 << 20;
/// Cells of a row that are handed out.
pub const COLUMN_LIMIT: usize = 500;
/// After so many bytes that were read in search of closing quotes and found none, quotes are taken
/// as content in the rest of the file.
const SEARCH_LIMIT: usize = 64 << 20;
/// Bytes of a skipped row that are shown.
const SHOWN: usize = 4096;

/// One row of the file. Nothing of it may be kept without copying.
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
    /// The line of the file where it begins, counted from 1.
    pub line: u64,
    /// Its text without the line break.
    pub raw: &'a str,
    /// Its cells without quotes, at most [`COLUMN_LIMIT`].
    pub cells: &'a [&'a str],
    /// How many cells there are.
    pub width: usize,
    /// An unclosed quote, or a size over the limits.
    pub flaw: Option<Code>,
}

/// The state between two pieces of text.
#[derive(Debug)]
pub struct Scanner {
    dialect: Dialect,
    line: u64,
    /// The beginning of a row whose end has not come yet.
    carry: String,
    /// Passing over the rest of a row that is too long.
    skipping: bool,
    /// Bytes read in search of quotes that nothing closes.
    searched: usize,
    /// The buffer of the cells, empty between two calls.
    cells: Vec<&'static str>,
}

impl Scanner {
    /// A scanner that keeps spaces around cells.
    pub fn new(layout: &Layout) -> Self {
        Self::of(Dialect::of(layout))
    }

    const fn of(dialect: Dialect) -> Self {
        Self {
            dialect,
            line: 1,
            carry: String::new(),
            skipping: false,
            searched: 0,
            cells: Vec::new(),
        }
    }

    /// A scanner that takes the spaces around cells off.
    pub fn trimming(layout: &Layout) -> Self {
        let mut scanner = Self::new(layout);
        scanner.dialect.trim = true;
        scanner
    }

    /// Takes the next piece of text and hands out the rows that end in it.
    pub fn feed(&mut self, text: &str, out: &mut dyn FnMut(Line<'_>)) {
        let mut at = self.skip(text, 0);
        let mut least = 0;
        while !self.carry.is_empty() && at < text.len() {
            let old = self.carry.len();
            // Twice as much each time, so that a long quoted cell is not read again for each line.
            let end = line_end(text, at + least);
            least = old;
            self.carry.push_str(text.get(at..end).unwrap_or(""));
            let carry = std::mem::take(&mut self.carry);
            let used = self.run(&carry, false, out);
            self.carry = carry;
            if used >= old {
                at += used - old;
                self.carry.clear();
            } else {
                self.carry.drain(..used);
                at = end;
            }
        }
        let rest = text.get(at..).unwrap_or("");
        if self.carry.is_empty() && !rest.is_empty() {
            let used = self.run(rest, false, out);
            self.carry.push_str(rest.get(used..).unwrap_or(""));
        }
    }

    /// Hands out the last row, if the text does not end with a line break.
    pub fn finish(&mut self, out: &mut dyn FnMut(Line<'_>)) {
        let carry = std::mem::take(&mut self.carry);
        self.run(&carry, true, out);
    }

    /// Hands out the complete rows of a text and says how much of it they are.
    fn run(&mut self, text: &str, last: bool, out: &mut dyn FnMut(Line<'_>)) -> usize {
        let buffer = recycle(std::mem::take(&mut self.cells));
        let mut cells = Cells::new(text, buffer, self.dialect.trim);
        let mut cursor = self.dialect.cursor(text);
        let mut at = 0;
        while at < text.len() {
            let found = self.dialect.row(&mut cursor, at, last, &mut cells);
            if found.next.is_none_or(|next| next - at > ROW_LIMIT) && text.len() - at > ROW_LIMIT {
                at = self.too_long(text, at, out);
                cursor.seek(at);
                continue;
            }
            let Some(next) = found.next else { break };
            self.searched += found.searched;
            self.dialect.quoting &= self.searched < SEARCH_LIMIT;
            let raw = text.get(at..found.end).unwrap_or("");
            emit(self.line, raw, &cells, &found, self.dialect, out);
            self.line += 1 + found.breaks;
            at = next;
        }
        self.cells = recycle(cells.found);
        at
    }

    /// Hands out a row that is over the limit, without cells, and passes over the rest of it.
    fn too_long(&mut self, text: &str, at: usize, out: &mut dyn FnMut(Line<'_>)) -> usize {
        let shown = text.get(at..).unwrap_or("");
        let raw = shown.get(..shown.floor_char_boundary(SHOWN)).unwrap_or("");
        let flaw = Some(Code::TooLarge);
        out(Line {
            line: self.line,
            raw,
            cells: &[],
            width: 0,
            flaw,
        });
        let limit = at + ROW_LIMIT;
        let passed = text.as_bytes().get(at..limit).unwrap_or_default();
        self.line += passed.iter().map(|b| u64::from(*b == b'\n')).sum::<u64>();
        self.skipping = true;
        self.skip(text, limit)
    }

    /// Passes over a row that is too long, up to its line feed.
    fn skip(&mut self, text: &str, from: usize) -> usize {
        if !self.skipping {
            return from;
        }
        let rest = text.as_bytes().get(from..).unwrap_or_default();
        match rest.iter().position(|b| *b == b'\n') {
            Some(n) => {
                self.skipping = false;
                self.line += 1;
                from + n + 1
            }
            None => text.len(),
        }
    }
}

/// Past the first line feed at or after a position, or the end.
fn line_end(text: &str, from: usize) -> usize {
    let rest = text.as_bytes().get(from..).unwrap_or_default();
    rest.iter()
        .position(|b| *b == b'\n')
        .map_or(text.len(), |n| from + n + 1)
}

/// Hands out one row, with doubled quotes made single.
fn emit(
    line: u64,
    raw: &str,
    row: &Cells<'_>,
    found: &Found,
    dialect: Dialect,
    out: &mut dyn FnMut(Line<'_>),
) {
    let (cells, width, flaw) = (row.found.as_slice(), found.width, found.flaw);
    if row.doubled.is_empty() {
        return out(Line {
            line,
            raw,
            cells,
            width,
            flaw,
        });
    }
    let quote = char::from(dialect.quote);
    let (twice, once) = (format!("{quote}{quote}"), quote.to_string());
    let single = |&index: &usize| cells.get(index).map(|c| (index, c.replace(&twice, &once)));
    let single: Vec<(usize, String)> = row.doubled.iter().filter_map(single).collect();
    let mut cells = cells.to_vec();
    for (index, text) in &single {
        if let Some(cell) = cells.get_mut(*index) {
            *cell = text;
        }
    }
    out(Line {
        line,
        raw,
        cells: &cells,
        width,
        flaw,
    });
}

/// The same buffer for slices of another text.
fn recycle<'b>(mut cells: Vec<&str>) -> Vec<&'b str> {
    cells.clear();
    cells.into_iter().map(|_| "").collect()
}
