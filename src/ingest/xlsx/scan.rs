//! A look at the inflated bytes of one part of the archive, in passing: how many tags, how far
//! apart, and whether a document type is declared.
//!
//! The reader that follows reserves memory by what the file says of itself and keeps a whole tag or
//! text in memory; so what it will meet is bounded here, before it starts.

use super::error;
use crate::ingest::Refusal;

/// Most bytes between two tags: Excel allows 32,767 characters a cell, six bytes each at worst.
const MAX_TEXT: u64 = 4 << 20;

/// Most shared strings: no sheet that is read has more cells.
const MAX_STRINGS: u64 = super::MAX_CELLS;

/// Fewest bytes of one shared string: `<si><t/></si>`.
const STRING_BYTES: u64 = 13;

/// Most tags of a part that is held in memory as a whole (styles, the list of sheets, relations).
const MAX_SMALL_TAGS: u64 = 600_000;

/// What a part is to the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// Pictures and the like: never parsed.
    Binary,
    /// The table of shared strings.
    Strings,
    /// Kept in memory as a whole.
    Small,
    /// Streamed, or never read.
    Streamed,
}

impl Part {
    /// By its name in the archive.
    pub(super) fn of(name: &str) -> Self {
        let name = name.to_ascii_lowercase();
        let extension = name.rsplit_once('.').map_or("", |(_, e)| e);
        if !matches!(extension, "xml" | "rels" | "vml") {
            Self::Binary
        } else if name.ends_with("sharedstrings.xml") {
            Self::Strings
        } else if extension == "rels"
            || name.contains("/theme/")
            || (name.matches('/').count() <= 1 && !name.ends_with("calcchain.xml"))
        {
            Self::Small
        } else {
            Self::Streamed
        }
    }
}

/// The state of the look; the chunks may be cut anywhere.
pub(super) struct Scan {
    part: Part,
    tags: u64,
    strings: u64,
    since_tag: u64,
    /// The bytes of the current tag up to its first 16, for recognising it.
    head: [u8; 16],
    head_len: usize,
    /// Within the first bytes of a tag.
    in_head: bool,
    /// The start of a part of shared strings, where it says how many it holds.
    start: Vec<u8>,
    size: u64,
    /// Cells are merged.
    pub merged: bool,
}

impl Scan {
    pub(super) fn new(part: Part) -> Self {
        Self {
            part,
            tags: 0,
            strings: 0,
            since_tag: 0,
            head: [0; 16],
            head_len: 0,
            in_head: false,
            start: Vec::new(),
            size: 0,
            merged: false,
        }
    }

    /// Takes the next bytes.
    pub(super) fn feed(&mut self, chunk: &[u8]) -> Result<(), Refusal> {
        self.size += chunk.len() as u64;
        if self.part == Part::Binary {
            return Ok(());
        }
        if self.part == Part::Strings && self.start.len() < 8192 {
            self.start.extend(chunk.iter().take(8192));
        }
        let mut rest = chunk;
        while !rest.is_empty() {
            if self.in_head {
                rest = self.read_head(rest)?;
                continue;
            }
            let Some(at) = rest.iter().position(|&b| b == b'<') else {
                self.since_tag += rest.len() as u64;
                break;
            };
            self.since_tag += at as u64;
            self.check_gap()?;
            self.tags += 1;
            self.since_tag = 0;
            self.head_len = 0;
            self.in_head = true;
            rest = rest.get(at + 1..).unwrap_or_default();
        }
        self.check_gap()
    }

    /// At the end of the part: what it says of itself against what it is.
    pub(super) fn finish(&mut self) -> Result<(), Refusal> {
        self.end_head()?;
        if self.part == Part::Strings {
            let said = unique_count(&self.start);
            if said.is_some_and(|n| n.saturating_mul(STRING_BYTES) > self.size.max(1024)) {
                return Err(error::damaged(
                    "its table of texts says that it holds more texts than fit in it",
                ));
            }
        }
        Ok(())
    }

    /// Collects the first bytes of a tag, and judges it once it ends or they are enough.
    fn read_head<'a>(&mut self, rest: &'a [u8]) -> Result<&'a [u8], Refusal> {
        for (n, &byte) in rest.iter().enumerate() {
            let full = match self.head.get_mut(self.head_len) {
                Some(slot) => {
                    *slot = byte;
                    false
                }
                None => true,
            };
            if full || matches!(byte, b'<' | b'>') {
                self.end_head()?;
                self.since_tag += n as u64;
                return Ok(rest.get(n..).unwrap_or_default());
            }
            self.head_len += 1;
        }
        self.since_tag += rest.len() as u64;
        Ok(&[])
    }

    fn end_head(&mut self) -> Result<(), Refusal> {
        if !self.in_head {
            return Ok(());
        }
        self.in_head = false;
        let head = self.head.get(..self.head_len).unwrap_or_default();
        if head.len() >= 8
            && head
                .iter()
                .zip(b"!DOCTYPE")
                .all(|(a, b)| a.eq_ignore_ascii_case(b))
        {
            return Err(Refusal::new(
                "dtd",
                "The workbook declares a document type, which no spreadsheet program writes and which can be used to attack the reader. Open it in Excel, save it again, and open the new file.",
            ));
        }
        let name = head
            .split(|b| !b.is_ascii_alphanumeric() && *b != b':')
            .next();
        let local = name.and_then(|n| n.rsplit(|&b| b == b':').next());
        if self.part == Part::Strings && local == Some(b"si") {
            self.strings += 1;
        }
        self.merged |= local == Some(b"mergeCell");
        if self.strings > MAX_STRINGS {
            return Err(error::too_big(
                "The workbook holds more than 5,000,000 different texts, which is the most that is read.",
            ));
        }
        if self.part == Part::Small && self.tags > MAX_SMALL_TAGS {
            return Err(error::too_big(
                "The workbook's list of formats, names or sheets is larger than any spreadsheet program writes.",
            ));
        }
        Ok(())
    }

    fn check_gap(&self) -> Result<(), Refusal> {
        if self.since_tag > MAX_TEXT {
            return Err(error::too_big(
                "A cell of the workbook holds more than 4 MB of text; Excel allows 32,767 characters.",
            ));
        }
        Ok(())
    }
}

/// The number of texts that a table of shared strings says it holds.
fn unique_count(start: &[u8]) -> Option<u64> {
    const NAME: &[u8] = b"uniqueCount";
    let at = start.windows(NAME.len()).position(|w| w == NAME)?;
    let after = start.get(at + NAME.len()..)?;
    let digits: Vec<u8> = after
        .iter()
        .skip_while(|b| !b.is_ascii_digit() && **b != b'>')
        .take_while(|b| b.is_ascii_digit())
        .copied()
        .collect();
    if digits.is_empty() {
        return None;
    }
    // Too many digits for a u64 is certainly too many texts.
    Some(
        std::str::from_utf8(&digits)
            .ok()?
            .parse()
            .unwrap_or(u64::MAX),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scan(name: &str, text: &str, cut: usize) -> Result<(), String> {
        let mut scan = Scan::new(Part::of(name));
        for chunk in text.as_bytes().chunks(cut) {
            scan.feed(chunk).map_err(|e| e.code.to_owned())?;
        }
        scan.finish().map_err(|e| e.code.to_owned())
    }

    #[test]
    fn a_document_type_is_found_wherever_the_chunks_are_cut() {
        for cut in 1..30 {
            let found = scan(
                "xl/workbook.xml",
                "<?xml version='1.0'?>\n<!DOCTYPE a [<!ENTITY b 'c'>]><a/>",
                cut,
            );
            assert_eq!(found, Err("dtd".into()), "{cut}");
            assert_eq!(
                scan("xl/workbook.xml", "<?xml?><a><!-- DOCTYPE --><b/></a>", cut),
                Ok(())
            );
        }
    }

    #[test]
    fn a_lying_count_of_texts_is_refused() {
        let sst = |n: &str| format!("<sst count=\"1\" uniqueCount=\"{n}\"><si><t>a</t></si></sst>");
        for cut in [1, 7, 100] {
            for n in ["4294967295", "99999999999999999999999999"] {
                assert_eq!(
                    scan("xl/sharedStrings.xml", &sst(n), cut),
                    Err("damaged".into())
                );
            }
            assert_eq!(scan("xl/sharedStrings.xml", &sst("1"), cut), Ok(()));
        }
    }

    #[test]
    fn texts_are_counted_in_any_namespace() {
        let mut it = Scan::new(Part::Strings);
        it.feed(b"<x:sst><x:si><x:t>size</x:t></x:si><si/><sis/><si a='1'>")
            .unwrap();
        it.finish().unwrap();
        assert_eq!(it.strings, 3);
        assert_eq!(it.tags, 8);
    }

    #[test]
    fn an_endless_text_is_refused() {
        let text = format!("<a>{}</a>", "x".repeat(5 << 20));
        assert_eq!(
            scan("xl/worksheets/sheet1.xml", &text, 65536),
            Err("too_big".into())
        );
        assert_eq!(scan("xl/media/image1.png", &text, 65536), Ok(()));
    }
}
