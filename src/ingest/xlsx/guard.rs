//! The look into the archive before the reader opens it: format, number of parts, inflated size,
//! checksums, and what [`super::scan`] finds in each part.
//!
//! Every part is inflated once to the end and thrown away. What the archive says about sizes is not
//! believed; checksums are, so a file that was cut or changed on its way stops here.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::error;
use super::scan::{Part, Scan};
use crate::ingest::Refusal;

/// Most parts in the archive.
const MAX_PARTS: usize = 2_000;

/// Most bytes after inflating, all parts together.
pub(super) const MAX_INFLATED: usize = 512 << 20;

/// Bytes between two signs of life.
const TICK: u64 = 8 << 20;

/// How every ZIP archive starts.
const ZIP_MAGIC: &[u8] = b"PK\x03\x04";

/// How Microsoft's older container starts: .xls, and .xlsx with a password.
const OLE_MAGIC: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// Refuses what is no .xlsx workbook, or is one that could harm the reader. `tick` is called now
/// and then. Says whether cells are merged.
pub(super) fn check(bytes: &[u8], tick: &mut dyn FnMut()) -> Result<bool, Refusal> {
    check_container(bytes)?;
    if said_parts(bytes).is_some_and(|n| n > MAX_PARTS) {
        return Err(too_many_parts());
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| refused(&e))?;
    if archive.len() > MAX_PARTS {
        return Err(too_many_parts());
    }
    check_kind(&archive)?;
    let mut left = MAX_INFLATED as u64;
    let mut merged = false;
    for index in 0..archive.len() {
        merged |= check_part(&mut archive, index, &mut left, tick)?;
    }
    Ok(merged)
}

/// Whether bytes begin as a workbook of any age does.
pub(super) fn looks_like(bytes: &[u8]) -> bool {
    bytes.starts_with(ZIP_MAGIC) || bytes.starts_with(OLE_MAGIC)
}

fn check_container(bytes: &[u8]) -> Result<(), Refusal> {
    if bytes.starts_with(OLE_MAGIC) {
        let encrypted: Vec<u8> = "EncryptedPackage".bytes().flat_map(|b| [b, 0]).collect();
        return Err(if bytes.windows(encrypted.len()).any(|w| w == encrypted) {
            error::encrypted()
        } else {
            Refusal::new(
                "old_xls",
                "This is a workbook of the old format (.xls). Open it in Excel or LibreOffice, save it as .xlsx or CSV, and open that file.",
            )
        });
    }
    if bytes.starts_with(ZIP_MAGIC) {
        Ok(())
    } else {
        Err(error::not_a_workbook())
    }
}

/// Tells other formats in a ZIP archive from a workbook.
fn check_kind(archive: &ZipArchive<Cursor<&[u8]>>) -> Result<(), Refusal> {
    let other = |what: &str| {
        Err(Refusal::new(
            "other_format",
            format!("This is {what}. Save it as .xlsx or CSV, and open that file."),
        ))
    };
    let has = |name: &str| {
        archive
            .file_names_raw()
            .any(|n| n.eq_ignore_ascii_case(name.as_bytes()))
    };
    if has("xl/workbook.bin") {
        other("a binary workbook (.xlsb)")
    } else if has("mimetype") && has("content.xml") {
        other("an OpenDocument file (.ods)")
    } else if has("Index/Document.iwa") {
        other("a Numbers document")
    } else if has("word/document.xml") {
        other("a Word document")
    } else if has("_rels/.rels") {
        Ok(())
    } else {
        Err(error::not_a_workbook())
    }
}

/// Inflates one part to its end, counting; says whether it merges cells.
fn check_part(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    index: usize,
    left: &mut u64,
    tick: &mut dyn FnMut(),
) -> Result<bool, Refusal> {
    let mut part = archive.by_index(index).map_err(|e| refused(&e))?;
    let mut scan = Scan::new(Part::of(&String::from_utf8_lossy(part.name_raw())));
    let mut chunk = vec![0; 64 << 10];
    loop {
        let n = part
            .read(&mut chunk)
            .map_err(|e| error::damaged(&e.to_string()))?;
        if n == 0 {
            scan.finish()?;
            return Ok(scan.merged);
        }
        *left = left.checked_sub(n as u64).ok_or_else(|| {
            error::too_big(
                "The workbook unpacks to more than 512 MB, which is the most that is read.",
            )
        })?;
        scan.feed(chunk.get(..n).unwrap_or_default())?;
        if *left / TICK != (*left + n as u64) / TICK {
            tick();
        }
    }
}

/// The number of parts by the archive's last record, before anything is built from it.
fn said_parts(bytes: &[u8]) -> Option<usize> {
    let tail = bytes.get(bytes.len().saturating_sub(66_000)..)?;
    let at = tail.windows(4).rposition(|w| w == b"PK\x05\x06")?;
    let count = tail.get(at + 10..at + 12)?;
    Some(count.iter().rev().fold(0, |n, &b| n << 8 | usize::from(b)))
}

fn too_many_parts() -> Refusal {
    Refusal::new(
        "too_many_parts",
        "The workbook has more than 2,000 parts, which is the most that is read. Copy the sheet with the orders into a new workbook, or save it as CSV.",
    )
}

fn refused(error: &ZipError) -> Refusal {
    match error {
        ZipError::UnsupportedArchive(why) if *why == ZipError::PASSWORD_REQUIRED => {
            error::encrypted()
        }
        other => error::damaged(&other.to_string()),
    }
}
