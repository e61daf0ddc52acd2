//! The bytes that a proposal rests on, as text and as rows.

use super::super::Refusal;
use super::super::encoding::{self, Decoder};
use super::super::gzip::{Gunzip, is_gzip};
use super::super::json;
use super::super::layout::{Encoding, Layout};
use super::super::problem::Code;
use super::super::scan::{Line, Scanner, Wrapped};
use super::kind;

/// Parts of a file.
#[derive(Debug, Clone, Copy)]
pub struct Samples<'a> {
    /// From the first byte; a megabyte is plenty.
    pub head: &'a [u8],
    /// Slices from further down, cut anywhere.
    pub more: &'a [&'a [u8]],
    /// The head is the whole file.
    pub whole: bool,
}

impl<'a> Samples<'a> {
    /// A file that is all there.
    pub const fn whole(bytes: &'a [u8]) -> Self {
        Self {
            head: bytes,
            more: &[],
            whole: true,
        }
    }
}

/// Bytes of the head that are looked at.
const HEAD: usize = 4 << 20;
/// Rows of a head that is the whole file, of one that is not, and of each further slice.
const ROWS: [usize; 3] = [5000, 2000, 500];

/// The sample as text, in parts: the head, then whole rows of each further slice.
#[derive(Debug, Default)]
pub(super) struct Text {
    pub parts: Vec<String>,
    /// The head ends where the file ends.
    pub whole: bool,
}

/// A row of the sample.
#[derive(Debug)]
pub(super) struct SampleRow {
    /// Cells without the spaces around them.
    pub cells: Vec<String>,
}

/// The rows of the sample.
#[derive(Debug, Default)]
pub(super) struct SampleRows {
    pub rows: Vec<SampleRow>,
    /// Rows with a quote that nothing closes.
    pub unclosed: usize,
    /// By the first row of several cells.
    wrapped: Option<Wrapped>,
}

impl Text {
    /// Takes the sample apart; states encoding and form in the layout.
    #[inline(never)]
    pub fn of(
        samples: &Samples<'_>,
        name: &str,
        given: Option<Encoding>,
        layout: &mut Layout,
    ) -> Result<Self, Refusal> {
        let unpacked;
        let mut samples = *samples;
        if is_gzip(samples.head) {
            unpacked = unpack(&samples)?;
            let whole = samples.whole && unpacked.len() < HEAD;
            samples = Samples {
                head: &unpacked,
                more: &[],
                whole,
            };
        }
        kind::refuse_other_kinds(samples.head, name)?;
        if json::is_json(samples.head) {
            let csv = json::to_csv(samples.head, samples.whole)?;
            layout.json = true;
            let text = String::from_utf8(csv).unwrap_or_default();
            return Ok(Self {
                parts: vec![text],
                whole: true,
            });
        }
        let whole = samples.whole && samples.head.len() <= HEAD;
        let head = samples
            .head
            .get(..samples.head.len().min(HEAD))
            .unwrap_or(samples.head);
        let found = detect(head, samples.more, whole);
        layout.encoding = given.unwrap_or(found.encoding);
        if found.assumed && given.is_none() && layout.encoding != Encoding::Windows1252 {
            layout
                .notes
                .push("The encoding was inferred: UTF-16 without a mark.".to_owned());
        }
        let mut parts = vec![decode(head, layout.encoding)];
        if !matches!(layout.encoding, Encoding::Utf16Le | Encoding::Utf16Be) {
            parts.extend(
                samples
                    .more
                    .iter()
                    .map(|slice| from_next_line(slice, layout.encoding)),
            );
        }
        kind::refuse_binary(parts.first().map_or("", String::as_str), name)?;
        Ok(Self { parts, whole })
    }

    /// The rows under the layout's dialect; a row that a part cuts off is left out.
    #[inline(never)]
    pub fn rows(&self, layout: &Layout) -> SampleRows {
        let [whole, head, further] = ROWS;
        let head = if self.whole { whole } else { head };
        let mut found = SampleRows::default();
        for (index, part) in self.parts.iter().enumerate() {
            let full = found.rows.len() + if index == 0 { head } else { further };
            let mut scanner = Scanner::trimming(layout);
            for piece in pieces(part) {
                if found.rows.len() < full {
                    scanner.feed(piece, &mut |line| found.take(&line, full, layout));
                }
            }
            if self.whole && index == 0 {
                scanner.finish(&mut |line| found.take(&line, full, layout));
            }
        }
        found
    }
}

impl SampleRows {
    fn take(&mut self, line: &Line<'_>, full: usize, layout: &Layout) {
        if self.wrapped.is_none() && line.width > 2 {
            self.wrapped = Some(Wrapped::new(layout, line.width));
        }
        if self.rows.len() < full {
            if let Some(cells) = self.wrapped.as_ref().and_then(|it| it.cells(line)) {
                self.rows.push(SampleRow { cells });
                return;
            }
            self.unclosed += usize::from(line.flaw == Some(Code::UnclosedQuote));
            let cells = line.cells.iter().map(|c| (*c).to_owned()).collect();
            self.rows.push(SampleRow { cells });
        }
    }
}

/// Bytes that are scanned before it is looked whether there are rows enough.
const PIECE: usize = 32 << 10;

/// A text in pieces, so that what is beyond the rows that are wanted is not scanned.
pub(super) fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (piece, after) = rest.split_at(rest.floor_char_boundary(PIECE));
        rest = after;
        Some(piece).filter(|piece| !piece.is_empty())
    })
}

/// The encoding of all parts: a head of plain letters proves nothing about what follows.
fn detect(head: &[u8], more: &[&[u8]], whole: bool) -> encoding::Detected {
    let found = encoding::detect(head, whole);
    let valid = |slice: &&[u8]| {
        let start = slice
            .iter()
            .take(3)
            .take_while(|b| (0x80..0xc0).contains(*b))
            .count();
        let rest = slice.get(start..).unwrap_or_default();
        std::str::from_utf8(rest).is_ok_and(|_| true)
            || std::str::from_utf8(rest).is_err_and(|e| e.error_len().is_none())
    };
    if found.encoding == Encoding::Utf8 && !found.assumed && !more.iter().all(valid) {
        return encoding::Detected {
            encoding: Encoding::Windows1252,
            assumed: true,
        };
    }
    found
}

fn decode(bytes: &[u8], encoding: Encoding) -> String {
    let (mut decoder, mut text) = (Decoder::new(encoding), String::new());
    decoder.feed(bytes, &mut |part: &str| text.push_str(part));
    text
}

/// The whole rows of a slice that begins anywhere.
fn from_next_line(slice: &[u8], encoding: Encoding) -> String {
    let start = slice
        .iter()
        .position(|b| *b == b'\n')
        .map_or(slice.len(), |n| n + 1);
    decode(slice.get(start..).unwrap_or_default(), encoding)
}

/// The beginning of a compressed file.
fn unpack(samples: &Samples<'_>) -> Result<Vec<u8>, Refusal> {
    let (mut gunzip, mut all) = (Gunzip::default(), Vec::new());
    for step in samples.head.chunks(16 << 10) {
        gunzip.feed(step, &mut |part: &[u8]| {
            all.extend_from_slice(part);
            Ok(())
        })?;
        if all.len() >= HEAD {
            return Ok(all);
        }
    }
    if samples.whole {
        gunzip.finish()?;
    }
    Ok(all)
}
