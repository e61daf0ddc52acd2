//! One row: where it ends and what its cells are.

use super::cursor::Cursor;
use super::{COLUMN_LIMIT, FIELD_LIMIT};
use crate::ingest::layout::Layout;
use crate::ingest::problem::Code;

/// A text that ends within so many lines of an open quote was cut off; before that, the quote is one
/// that nobody closed.
const CUT_OFF: u64 = 2;

/// How cells are written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Dialect {
    pub delimiter: u8,
    pub quote: u8,
    /// Quotes mean something.
    pub quoting: bool,
    /// Spaces after a delimiter do not belong to the cell.
    pub spaced: bool,
    /// Spaces around a cell are taken off.
    pub trim: bool,
}

/// What was found of a row.
pub(super) struct Found {
    /// Where its text ends.
    pub end: usize,
    /// Where the next row begins; `None` when the end has not come yet.
    pub next: Option<usize>,
    /// How many cells it has.
    pub width: usize,
    /// Line breaks inside its cells.
    pub breaks: u64,
    /// Bytes read in search of a closing quote that is not there.
    pub searched: usize,
    /// What is wrong with it.
    pub flaw: Option<Code>,
}

impl Found {
    const fn from(start: usize) -> Self {
        Self {
            end: start,
            next: None,
            width: 0,
            breaks: 0,
            searched: 0,
            flaw: None,
        }
    }
}

/// A quoted cell.
enum Quoted {
    /// It ends at `at`; with a flaw where the text ends there and was cut off.
    Closed {
        at: usize,
        doubled: bool,
        breaks: u64,
        flaw: Option<Code>,
    },
    /// The text ends inside, and more may come.
    Open,
    /// Nothing closes it.
    Unclosed,
}

/// The cells of the row under way, in buffers that are used for row after row.
pub(super) struct Cells<'t> {
    text: &'t str,
    pub found: Vec<&'t str>,
    /// Cells in which quotes are doubled.
    pub doubled: Vec<usize>,
    /// Cells over the limit, which are only counted.
    over: usize,
    trim: bool,
}

impl<'t> Cells<'t> {
    pub const fn new(text: &'t str, found: Vec<&'t str>, trim: bool) -> Self {
        Self {
            text,
            found,
            doubled: Vec::new(),
            over: 0,
            trim,
        }
    }

    fn clear(&mut self) {
        self.found.clear();
        self.doubled.clear();
        self.over = 0;
    }

    const fn width(&self) -> usize {
        self.found.len() + self.over
    }

    #[inline(always)]
    #[expect(clippy::inline_always, reason = "once a cell; the build is for size")]
    fn push(&mut self, from: usize, to: usize) {
        if self.found.len() >= COLUMN_LIMIT {
            self.over += 1;
            return;
        }
        let cell = self.text.get(from..to).unwrap_or("");
        self.found.push(if self.trim { trim(cell) } else { cell });
    }

    /// Notes that the cell to come has doubled quotes.
    fn note_doubled(&mut self) {
        if self.over == 0 {
            self.doubled.push(self.found.len());
        }
    }
}

/// Without spaces at both ends, quickly where there are none.
#[inline]
fn trim(cell: &str) -> &str {
    let plain =
        |b: Option<&u8>| b.is_none_or(|b| (0x20..0x80).contains(b) && *b != b' ' || *b == 0x1f);
    let bytes = cell.as_bytes();
    if plain(bytes.first()) && plain(bytes.last()) {
        cell
    } else {
        cell.trim()
    }
}

impl Dialect {
    /// That of a layout, with the spaces around cells.
    pub fn of(layout: &Layout) -> Self {
        let byte = |c: char, or: u8| u8::try_from(c).ok().filter(u8::is_ascii).unwrap_or(or);
        Self {
            delimiter: byte(layout.delimiter, b','),
            quote: byte(layout.quote, b'"'),
            quoting: true,
            spaced: layout.spaced,
            trim: false,
        }
    }

    pub fn cursor(self, text: &str) -> Cursor<'_> {
        Cursor::new(text.as_bytes(), self.delimiter, self.quote)
    }

    /// Finds the row that begins at a position and its cells.
    pub fn row<'t>(
        self,
        cursor: &mut Cursor<'t>,
        start: usize,
        last: bool,
        cells: &mut Cells<'t>,
    ) -> Found {
        if let Some(found) = self.attempt(cursor, start, last, self.quoting, cells) {
            return found;
        }
        let searched = cursor.position().saturating_sub(start);
        cursor.seek(start);
        let literal = self.attempt(cursor, start, last, false, cells);
        let mut found = literal.unwrap_or(Found::from(start));
        found.searched = searched;
        found.flaw = found.flaw.or(Some(Code::UnclosedQuote));
        found
    }

    /// As [`Self::row`]; `None` when a quote of it is never closed.
    #[inline]
    fn attempt<'t>(
        self,
        cursor: &mut Cursor<'t>,
        start: usize,
        last: bool,
        quoting: bool,
        cells: &mut Cells<'t>,
    ) -> Option<Found> {
        let bytes = cells.text.as_bytes();
        cells.clear();
        let mut found = Found::from(start);
        let mut cell = self.cell_start(bytes, start);
        let mut quoted: Option<(usize, usize)> = None;
        loop {
            let at = cursor.next();
            let byte = bytes.get(at).copied().unwrap_or(b'\n');
            if byte == self.delimiter {
                let (from, to) = quoted.take().unwrap_or((cell, at));
                cells.push(from, to);
                cell = self.cell_start(bytes, at + 1);
            } else if byte == b'\n' || byte == b'\r' {
                let (from, to) = quoted.take().unwrap_or((cell, at));
                cells.push(from, to);
                found.next = end_of_line(bytes, at, last, cursor);
                (found.end, found.width) = (at, cells.width());
                if at - start > FIELD_LIMIT && cells.found.iter().any(|c| c.len() > FIELD_LIMIT) {
                    found.flaw = Some(Code::TooLarge);
                }
                return Some(found);
            } else if byte == self.quote && at == cell && quoting && quoted.is_none() {
                match self.quoted(bytes, at + 1, last, cursor) {
                    Quoted::Open => return Some(found),
                    Quoted::Unclosed => return None,
                    Quoted::Closed {
                        at: close,
                        doubled,
                        breaks,
                        flaw,
                    } => {
                        if doubled {
                            cells.note_doubled();
                        }
                        found.breaks += breaks;
                        found.flaw = flaw;
                        quoted = Some((at + 1, close));
                    }
                }
            }
        }
    }

    /// Where the content of a cell begins.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "once a cell; the build is for size")]
    fn cell_start(self, bytes: &[u8], mut at: usize) -> usize {
        if self.spaced {
            while bytes.get(at) == Some(&b' ') {
                at += 1;
            }
        }
        at
    }

    /// Finds the end of a quoted cell whose content begins at `open`.
    fn quoted(self, bytes: &[u8], open: usize, last: bool, cursor: &mut Cursor<'_>) -> Quoted {
        let (mut doubled, mut breaks) = (false, 0);
        loop {
            let at = cursor.next();
            if at - open > FIELD_LIMIT {
                return Quoted::Unclosed;
            }
            match bytes.get(at) {
                None if !last => return Quoted::Open,
                None if breaks <= CUT_OFF => {
                    let flaw = Some(Code::UnclosedQuote);
                    return Quoted::Closed {
                        at,
                        doubled,
                        breaks,
                        flaw,
                    };
                }
                None => return Quoted::Unclosed,
                Some(b'\n') => breaks += 1,
                Some(b'\r') => breaks += u64::from(bytes.get(at + 1) != Some(&b'\n')),
                Some(b) if *b == self.quote => match self.after_quote(bytes, at, last) {
                    After::Closes => {
                        return Quoted::Closed {
                            at,
                            doubled,
                            breaks,
                            flaw: None,
                        };
                    }
                    After::Doubles => {
                        doubled = true;
                        cursor.next();
                    }
                    After::Unknown => return Quoted::Open,
                    After::Content if breaks > 0 && self.opens(bytes, at) => {
                        return Quoted::Unclosed;
                    }
                    After::Content => {}
                },
                Some(_) => {}
            }
        }
    }

    /// Whether a quote stands where a cell begins, which none inside a cell does by chance.
    fn opens(self, bytes: &[u8], at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|before| bytes.get(before));
        before.is_some_and(|b| *b == self.delimiter || matches!(b, b'\n' | b'\r'))
    }

    /// What a quote inside a quoted cell is.
    fn after_quote(self, bytes: &[u8], at: usize, last: bool) -> After {
        if bytes.get(at + 1) == Some(&self.quote) {
            return After::Doubles;
        }
        let rest = bytes.get(at + 1..).unwrap_or_default();
        match rest.iter().find(|b| **b != b' ') {
            None if last => After::Closes,
            None if rest.len() > FIELD_LIMIT => After::Content,
            None => After::Unknown,
            Some(b) if *b == self.delimiter || matches!(b, b'\n' | b'\r') => After::Closes,
            Some(_) => After::Content,
        }
    }
}

/// What a quote inside a quoted cell is.
enum After {
    Closes,
    Doubles,
    Content,
    Unknown,
}

/// Where the row after a line break at `at` begins; `None` when that is not known yet.
#[inline]
fn end_of_line(bytes: &[u8], at: usize, last: bool, cursor: &mut Cursor<'_>) -> Option<usize> {
    match (bytes.get(at), bytes.get(at + 1)) {
        (Some(b'\n'), _) => Some(at + 1),
        (Some(_), Some(b'\n')) => {
            cursor.next();
            Some(at + 2)
        }
        (Some(_), Some(_)) => Some(at + 1),
        (Some(_), None) if last => Some(at + 1),
        (None, _) if last => Some(bytes.len()),
        _ => None,
    }
}
