//! The files of an import before the worker sees them: text goes as it is, a workbook's sheet goes
//! as CSV that the workbook worker has made of it.

use js_sys::{Array, Uint8Array};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File};

use crate::jobs::protocol::Failure;

use super::workbook::Book;

/// How a ZIP archive starts, and so every workbook.
const ARCHIVE: &[u8] = b"PK\x03\x04";

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
        if starts_as_archive(&blob).await? {
            Book::open(blob).await.map(Self::Workbook)
        } else {
            Ok(Self::Text(blob))
        }
    }
}

/// Whether the first bytes are those of an archive. What cannot be read is said here already.
async fn starts_as_archive(blob: &Blob) -> Result<bool, Failure> {
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
    Ok(Uint8Array::new(&bytes).to_vec() == ARCHIVE)
}
