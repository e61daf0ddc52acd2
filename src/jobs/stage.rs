//! Looks at a file: its beginning, and slices from further down where it is large.

use crate::ingest::Refusal;
use crate::ingest::gzip::is_gzip;
use crate::ingest::layout::Layout;
use crate::ingest::stage::{Samples, preview, restage, stage};

use super::failure;
use super::protocol::{FileHandle, Progress, Reply, Staged};
use super::rest::{Next, Steps};
use super::session::Step;

/// Bytes from the start.
const HEAD: u32 = 1 << 20;
/// Bytes of each further slice.
const PIECE: u32 = 64 << 10;
/// Further slices, spread evenly; the last is the end of the file.
const PIECES: u64 = 4;

/// Looking at one file.
#[derive(Debug)]
pub struct StageTask {
    file: FileHandle,
    name: String,
    sheet: Option<String>,
    layout: Option<Layout>,
    size: Option<u64>,
    head: Option<Vec<u8>>,
    more: Vec<Vec<u8>>,
    asked: bool,
}

impl Steps for StageTask {
    fn step(&mut self, bytes: Option<&[u8]>, _: &mut dyn FnMut(Progress)) -> Next {
        Next::Step(self.look_on(bytes))
    }

    fn name(&self, _: FileHandle) -> &str {
        &self.name
    }
}

impl StageTask {
    pub fn new(
        file: FileHandle,
        name: String,
        sheet: Option<String>,
        layout: Option<Layout>,
        size: Option<u64>,
    ) -> Self {
        Self {
            file,
            name,
            sheet,
            layout,
            size,
            head: None,
            more: Vec::new(),
            asked: false,
        }
    }

    fn look_on(&mut self, bytes: Option<&[u8]>) -> Step {
        let Some(size) = self.size else {
            return Step::done(failure("file_missing", "The file is not open any more."));
        };
        if self.asked {
            let bytes = bytes.unwrap_or_default().to_vec();
            match &mut self.head {
                None => self.head = Some(bytes),
                Some(_) => self.more.push(bytes),
            }
        }
        self.asked = true;
        match self.next(size) {
            Some((from, length)) => Step::Read {
                file: self.file,
                from,
                length,
            },
            None => Step::done(self.look(size)),
        }
    }

    /// The next part to read.
    fn next(&self, size: u64) -> Option<(u64, u32)> {
        let Some(head) = &self.head else {
            return Some((0, HEAD));
        };
        let read = self.more.len() as u64;
        let room = size.saturating_sub(u64::from(HEAD));
        // Slices of compressed data say nothing.
        if room < u64::from(PIECE) * PIECES || read == PIECES || is_gzip(head) {
            return None;
        }
        let last = size - u64::from(PIECE);
        let first = u64::from(HEAD);
        let from = first + (last - first) / PIECES * (read + 1);
        Some((if read + 1 == PIECES { last } else { from }, PIECE))
    }

    #[inline(never)]
    fn look(&mut self, size: u64) -> Reply {
        let head = self.head.take().unwrap_or_default();
        let more: Vec<&[u8]> = self.more.iter().map(Vec::as_slice).collect();
        let samples = Samples {
            head: &head,
            more: &more,
            whole: head.len() as u64 >= size,
        };
        let proposed = match &self.layout {
            None => stage(&samples, &self.name),
            Some(layout) => restage(&samples, &self.name, layout),
        };
        let looked = proposed.and_then(|layout| {
            let preview = preview(&samples, &layout)?;
            Ok((layout, preview))
        });
        match looked {
            Ok((layout, preview)) => Reply::Staged(Box::new(Staged {
                file: self.file,
                layout,
                preview,
                sheets: self.sheet.iter().cloned().collect(),
            })),
            Err(Refusal { code, message }) => failure(code, message),
        }
    }
}
