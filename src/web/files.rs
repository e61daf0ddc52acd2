//! The files of an import before the worker sees them: text goes as it is, a workbook's sheet (packed
//! with gzip or not) goes as CSV that the workbook worker has made of it.

use js_sys::{Array, Uint8Array};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File};

use crate::jobs::protocol::Failure;

use super::workbook::Book;

/// How a ZIP archive starts, and so every workbook.
const ARCHIVE: &[u8] = b"PK\x03\x04";

/// How a gzip file starts: text or a workbook may be in it.
const PACKED: &[u8] = &[0x1f, 0x8b];

/// A file, or pasted text as if it were one.
pub struct Source {
    /// Its name.
    pub name: String,
    /// Its size in bytes.
    pub size: u64,
    /// Its content.
    pub blob: Blob,
}

impl Source {
    /// A file that was dropped, pasted or picked.
    pub fn file(file: File) -> Self {
        Self {
            name: file.name(),
            size: size_of(&file),
            blob: file.into(),
        }
    }

    /// Pasted text.
    pub fn text(text: &str) -> Option<Self> {
        let blob = Blob::new_with_str_sequence(&Array::of1(&text.into())).ok()?;
        Some(Self {
            name: "pasted rows".into(),
            size: size_of(&blob),
            blob,
        })
    }
}

/// Sizes are counted as floating point there: far below 2^53.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn size_of(blob: &Blob) -> u64 {
    blob.size() as u64
}

/// What a file turned out to be by its first bytes.
pub enum Opened {
    /// For the worker as it is: text, or gzip of it.
    Text(Blob),
    /// Read sheet by sheet.
    Workbook(Book),
}

impl Opened {
    /// Looks at the first bytes; a workbook is opened for the names of its sheets.
    ///
    /// # Errors
    /// Why it cannot be read, for the user.
    pub async fn of(blob: Blob) -> Result<Self, Failure> {
        let start = start_of(&blob).await?;
        if start == ARCHIVE {
            return Book::open(blob).await.map(Self::Workbook);
        }
        if start.starts_with(PACKED)
            && let Some(book) = Book::open_packed(blob.clone()).await?
        {
            return Ok(Self::Workbook(book));
        }
        Ok(Self::Text(blob))
    }
}

/// The first bytes. What cannot be read is said here already.
async fn start_of(blob: &Blob) -> Result<Vec<u8>, Failure> {
    let unreadable = || Failure {
        code: "not_read".into(),
        message: "The file could not be read. It may have been moved, changed, or be a folder: \
                  choose it again."
            .into(),
    };
    let head = blob
        .slice_with_f64_and_f64(0.0, 4.0)
        .map_err(|_| unreadable())?;
    let bytes = JsFuture::from(head.array_buffer())
        .await
        .map_err(|_| unreadable())?;
    Ok(Uint8Array::new(&bytes).to_vec())
}
