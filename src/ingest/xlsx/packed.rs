//! Workbooks that were packed with gzip once more, as some mail programs and archives do.

use super::{error, guard};
use crate::ingest::Refusal;
use crate::ingest::gzip::{Gunzip, is_gzip};

/// Bytes that tell a workbook from text.
const START: usize = 8;

/// Packed bytes between two signs of life.
const TICK: usize = 1 << 20;

/// Whether the beginning of a gzip file is that of a packed workbook.
pub fn holds_workbook(head: &[u8]) -> bool {
    let mut start: Vec<u8> = Vec::new();
    let mut take = |part: &[u8]| {
        start.extend(part.iter().take(START));
        // Nothing is wrong, but there is enough.
        if start.len() < START {
            Ok(())
        } else {
            Err(error::not_a_workbook())
        }
    };
    // What is cut or damaged is said by whoever reads it to its end.
    drop(Gunzip::default().feed(head, &mut take));
    guard::looks_like(&start)
}

/// A workbook's own bytes: those of a packed one undone, any other as it is. `tick` is called now and
/// then.
///
/// # Errors
/// `damaged` when it is cut short, `too_big` when it grows beyond what is read of a workbook.
pub fn unpacked(bytes: Vec<u8>, tick: &mut dyn FnMut()) -> Result<Vec<u8>, Refusal> {
    if !is_gzip(&bytes) {
        return Ok(bytes);
    }
    let (mut gunzip, mut all) = (Gunzip::default(), Vec::new());
    let mut keep = |part: &[u8]| {
        if all.len().saturating_add(part.len()) > guard::MAX_INFLATED {
            return Err(error::too_big(
                "The workbook unpacks to more than 512 MB, which is the most that is read.",
            ));
        }
        all.extend_from_slice(part);
        Ok(())
    };
    for piece in bytes.chunks(TICK) {
        gunzip.feed(piece, &mut keep)?;
        tick();
    }
    gunzip.finish()?;
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compression, write::GzEncoder};
    use std::io::Write;

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn the_first_bytes_tell_a_workbook_from_text() {
        let book = packed(&[b"PK\x03\x04".as_slice(), &[7; 100]].concat());
        assert!(holds_workbook(&book));
        assert!(holds_workbook(&book[..book.len() - 9]));
        assert!(!holds_workbook(&packed(b"order,date\n1,2026-01-01\n")));
        assert!(!holds_workbook(&packed(b"PK")));
        assert!(!holds_workbook(b"\x1f\x8bnonsense"));
    }

    #[test]
    fn a_packed_workbook_is_undone_and_any_other_left_alone() {
        let mut ticks = 0;
        let mut tick = || ticks += 1;
        let book = b"PK\x03\x04 and so on".to_vec();
        assert_eq!(unpacked(packed(&book), &mut tick).unwrap(), book);
        assert_eq!(unpacked(book.clone(), &mut tick).unwrap(), book);
        let cut = packed(&book);
        let refusal = unpacked(cut[..cut.len() - 4].to_vec(), &mut tick).unwrap_err();
        assert_eq!(refusal.code, "damaged");
        assert_eq!(ticks, 2);
    }

    #[test]
    fn a_bomb_is_refused() {
        // The same member again and again: gzip files are one member after another.
        let member = packed(&vec![b'a'; 8 << 20]);
        let refusal = unpacked(member.repeat(70), &mut || ()).unwrap_err();
        assert_eq!(refusal.code, "too_big");
    }
}
