//! gzip, undone in pieces, with limits against files made to explode.

use std::io::Write;

use flate2::write::MultiGzDecoder;

use super::Refusal;

/// Compressed bytes that are undone at once: at most 16 MB come out of them.
const STEP: usize = 16 << 10;
/// Bytes a file may have when undone.
pub const OUTPUT_LIMIT: u64 = 2 << 30;
/// Real tables shrink to a twentieth, very repetitive ones to a hundredth.
const RATIO_LIMIT: u64 = 200;
/// Below this many bytes the ratio does not matter.
const RATIO_FROM: u64 = 64 << 20;

/// Whether bytes begin as gzip does.
pub fn is_gzip(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0x1f, 0x8b])
}

/// Undoes gzip in pieces.
pub struct Gunzip {
    decoder: MultiGzDecoder<Vec<u8>>,
    read: u64,
    made: u64,
}

impl std::fmt::Debug for Gunzip {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Gunzip")
            .field("read", &self.read)
            .field("made", &self.made)
            .finish_non_exhaustive()
    }
}

impl Default for Gunzip {
    fn default() -> Self {
        Self {
            decoder: MultiGzDecoder::new(Vec::new()),
            read: 0,
            made: 0,
        }
    }
}

impl Gunzip {
    /// Undoes the next piece and hands it on in parts.
    ///
    /// # Errors
    /// `damaged` when it is not gzip, `too_big` when it grows beyond the limits.
    pub fn feed<F>(&mut self, bytes: &[u8], out: &mut F) -> Result<(), Refusal>
    where
        F: FnMut(&[u8]) -> Result<(), Refusal>,
    {
        for step in bytes.chunks(STEP) {
            self.decoder.write_all(step).map_err(|_| damaged())?;
            self.read += step.len() as u64;
            self.hand_on(out)?;
        }
        Ok(())
    }

    /// Hands on the last part.
    ///
    /// # Errors
    /// `damaged` when the file is cut short or its checksum is wrong.
    pub fn finish<F>(&mut self, out: &mut F) -> Result<(), Refusal>
    where
        F: FnMut(&[u8]) -> Result<(), Refusal>,
    {
        self.decoder.try_finish().map_err(|_| damaged())?;
        self.hand_on(out)
    }

    fn hand_on<F>(&mut self, out: &mut F) -> Result<(), Refusal>
    where
        F: FnMut(&[u8]) -> Result<(), Refusal>,
    {
        let made = self.decoder.get_mut();
        self.made += made.len() as u64;
        if self.made > OUTPUT_LIMIT
            || (self.made > RATIO_FROM && self.made / self.read.max(1) > RATIO_LIMIT)
        {
            return Err(Refusal::new(
                "too_big",
                "This compressed file grows far beyond its size (over 2 GB, or over 200 times). \
                 If it really is a table of orders, uncompress it and split it first.",
            ));
        }
        let result = if made.is_empty() { Ok(()) } else { out(made) };
        made.clear();
        result
    }
}

/// A whole compressed file undone; `None` for one that is not compressed.
///
/// # Errors
/// As [`Gunzip::feed`] and [`Gunzip::finish`].
pub fn undo(bytes: &[u8]) -> Result<Option<Vec<u8>>, Refusal> {
    if !is_gzip(bytes) {
        return Ok(None);
    }
    let (mut gunzip, mut all) = (Gunzip::default(), Vec::new());
    let mut keep = |part: &[u8]| {
        all.extend_from_slice(part);
        Ok(())
    };
    gunzip.feed(bytes, &mut keep)?;
    gunzip.finish(&mut keep)?;
    Ok(Some(all))
}

fn damaged() -> Refusal {
    Refusal::new(
        "damaged",
        "This gzip file is cut short or damaged: it cannot be uncompressed to its end. \
         Download or export it again.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compression, write::GzEncoder};

    fn pack(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn unpack(bytes: &[u8], piece: usize) -> Result<Vec<u8>, Refusal> {
        let (mut gunzip, mut all) = (Gunzip::default(), Vec::new());
        let mut out = |part: &[u8]| {
            all.extend_from_slice(part);
            Ok(())
        };
        for part in bytes.chunks(piece) {
            gunzip.feed(part, &mut out)?;
        }
        gunzip.finish(&mut out)?;
        Ok(all)
    }

    #[test]
    fn what_was_packed_comes_out() {
        let text = "order,date\n1,2026-01-01\n".repeat(5000);
        for piece in [1, 7, 1 << 20] {
            assert_eq!(
                unpack(&pack(text.as_bytes()), piece).unwrap(),
                text.as_bytes()
            );
        }
    }

    #[test]
    fn a_file_cut_short_says_so() {
        let packed = pack("order,date\n".repeat(500).as_bytes());
        let cut = packed.get(..packed.len() - 9).unwrap();
        assert_eq!(
            unpack(cut, 64).map(|all| all.len()).unwrap_err().code,
            "damaged"
        );
        assert_eq!(
            unpack(b"\x1f\x8bnonsense that is no gzip", 64)
                .unwrap_err()
                .code,
            "damaged"
        );
    }

    #[test]
    fn a_bomb_is_refused() {
        // Packed as hard as it goes: the quick level of some encoders stays below the ratio.
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(&vec![b'a'; 70 << 20]).unwrap();
        let packed = encoder.finish().unwrap();
        assert_eq!(
            unpack(&packed, 1 << 20)
                .map(|all| all.len())
                .unwrap_err()
                .code,
            "too_big"
        );
    }
}
