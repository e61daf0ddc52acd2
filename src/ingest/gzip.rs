//! gzip, undone in pieces, with limits against files made to explode.

use miniz_oxide::inflate::stream::{InflateState, inflate};
use miniz_oxide::{DataFormat, MZError, MZFlush, MZStatus};

use super::Refusal;
use crate::base::crc::Crc;

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

/// Bytes handed on at once.
const PART: usize = 64 << 10;
/// A header holds a name and a comment; real ones have some dozens of bytes.
const LONGEST_HEADER: usize = 64 << 10;
/// Checksum and size.
const TRAILER: usize = 8;

/// Where in a member a file is (RFC 1952): a file is one member after another.
enum Place {
    Header(Vec<u8>),
    Body(Box<InflateState>),
    Trailer(Vec<u8>),
}

/// Undoes gzip in pieces.
pub struct Gunzip {
    place: Place,
    /// Of this member.
    crc: Crc,
    size: u32,
    members: u32,
    part: Vec<u8>,
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
            place: Place::Header(Vec::new()),
            crc: Crc::default(),
            size: 0,
            members: 0,
            part: vec![0; PART],
            read: 0,
            made: 0,
        }
    }
}

/// Takes what comes out; an error ends the work.
type Out<'a> = &'a mut dyn FnMut(&[u8]) -> Result<(), Refusal>;

impl Gunzip {
    /// Undoes the next piece and hands it on in parts.
    ///
    /// # Errors
    /// `damaged` when it is not gzip, `too_big` when it grows beyond the limits.
    pub fn feed(&mut self, bytes: &[u8], out: Out) -> Result<(), Refusal> {
        for mut step in bytes.chunks(STEP) {
            self.read += step.len() as u64;
            while !step.is_empty() {
                step = match self.place {
                    Place::Header(_) => self.header(step)?,
                    Place::Body(_) => self.body(step, out)?,
                    Place::Trailer(_) => self.trailer(step)?,
                };
            }
        }
        Ok(())
    }

    /// Says that there is no more.
    ///
    /// # Errors
    /// `damaged` when the file is cut short.
    pub fn finish(&mut self) -> Result<(), Refusal> {
        match &self.place {
            Place::Header(held) if held.is_empty() && self.members > 0 => Ok(()),
            _ => Err(damaged()),
        }
    }

    fn header<'a>(&mut self, bytes: &'a [u8]) -> Result<&'a [u8], Refusal> {
        let Place::Header(held) = &mut self.place else {
            return Ok(bytes);
        };
        // Some archivers fill the last block with zeros.
        if held.is_empty() && self.members > 0 && bytes.first() == Some(&0) {
            let zeros = bytes.iter().take_while(|b| **b == 0).count();
            return Ok(bytes.get(zeros..).unwrap_or(&[]));
        }
        let before = held.len();
        held.extend_from_slice(bytes);
        match header_length(held)? {
            Some(length) => {
                self.place = Place::Body(InflateState::new_boxed(DataFormat::Raw));
                self.crc.reset();
                self.size = 0;
                Ok(bytes.get(length.saturating_sub(before)..).unwrap_or(&[]))
            }
            None if held.len() > LONGEST_HEADER => Err(damaged()),
            None => Ok(&[]),
        }
    }

    fn body<'a>(&mut self, mut bytes: &'a [u8], out: Out) -> Result<&'a [u8], Refusal> {
        let Place::Body(state) = &mut self.place else {
            return Ok(bytes);
        };
        loop {
            let done = inflate(state, bytes, &mut self.part, MZFlush::None);
            bytes = bytes.get(done.bytes_consumed..).unwrap_or(&[]);
            let part = self.part.get(..done.bytes_written).unwrap_or(&[]);
            self.crc.update(part);
            self.size = self
                .size
                .wrapping_add(u32::try_from(part.len()).unwrap_or(0));
            self.made += part.len() as u64;
            within_limits(self.read, self.made)?;
            if !part.is_empty() {
                out(part)?;
            }
            match done.status {
                Ok(MZStatus::StreamEnd) => {
                    self.place = Place::Trailer(Vec::new());
                    return Ok(bytes);
                }
                // Nothing more comes of what is there.
                Ok(_) | Err(MZError::Buf) if part.is_empty() => return Ok(&[]),
                Ok(_) | Err(MZError::Buf) => {}
                Err(_) => return Err(damaged()),
            }
        }
    }

    fn trailer<'a>(&mut self, bytes: &'a [u8]) -> Result<&'a [u8], Refusal> {
        let Place::Trailer(held) = &mut self.place else {
            return Ok(bytes);
        };
        let missing = TRAILER.saturating_sub(held.len()).min(bytes.len());
        let (now, rest) = bytes.split_at(missing);
        held.extend_from_slice(now);
        if let Some(trailer) = held.first_chunk::<TRAILER>() {
            let wanted = u64::from(self.size) << 32 | u64::from(self.crc.sum());
            if u64::from_le_bytes(*trailer) != wanted {
                return Err(damaged());
            }
            self.members += 1;
            self.place = Place::Header(Vec::new());
        }
        Ok(rest)
    }
}

/// The length of the header that these bytes begin with; `None` when it is not whole yet.
fn header_length(bytes: &[u8]) -> Result<Option<usize>, Refusal> {
    /// Magic, method, flags, time, extra flags, system.
    const FIXED: usize = 10;
    const MAGIC: &[u8] = &[0x1f, 0x8b, 8];
    let known = bytes.get(..MAGIC.len()).unwrap_or(bytes);
    if !MAGIC.starts_with(known) {
        return Err(damaged());
    }
    let Some(&flags) = bytes.get(3) else {
        return Ok(None);
    };
    if flags & 0xe0 != 0 {
        return Err(damaged());
    }
    let mut at = FIXED;
    if flags & 4 != 0 {
        let Some([low, high]) = bytes.get(at..).and_then(<[u8]>::first_chunk) else {
            return Ok(None);
        };
        at += 2 + usize::from(u16::from_le_bytes([*low, *high]));
    }
    // A name and a comment, each up to a zero.
    for _ in 0..(flags & 0x18).count_ones() {
        let text = bytes
            .get(at..)
            .and_then(|rest| rest.iter().position(|b| *b == 0));
        let Some(end) = text else { return Ok(None) };
        at += end + 1;
    }
    // A checksum of the header.
    at += usize::from(flags & 2);
    Ok((at <= bytes.len()).then_some(at))
}

fn within_limits(read: u64, made: u64) -> Result<(), Refusal> {
    if made > OUTPUT_LIMIT || (made > RATIO_FROM && made / read.max(1) > RATIO_LIMIT) {
        return Err(Refusal::new(
            "too_big",
            "This compressed file grows far beyond its size (over 2 GB, or over 200 times). \
             If it really is a table of orders, uncompress it and split it first.",
        ));
    }
    Ok(())
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
    gunzip.finish()?;
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
    use flate2::{Compression, GzBuilder, write::GzEncoder};
    use std::io::Write;

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
        gunzip.finish()?;
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
    fn headers_of_all_kinds_and_several_members() {
        let member = |text: &str| {
            let builder = GzBuilder::new()
                .filename("orders.csv")
                .comment("a comment")
                .extra(vec![1, 2, 3, 4, 5]);
            let mut encoder = builder.write(Vec::new(), Compression::best());
            encoder.write_all(text.as_bytes()).unwrap();
            encoder.finish().unwrap()
        };
        let (first, second) = ("a,b\n1,2\n".repeat(20_000), "3,4\n".to_owned());
        let mut packed = [member(&first), pack(b""), member(&second)].concat();
        for piece in [1, 13, 1 << 20] {
            let all = unpack(&packed, piece).unwrap();
            assert_eq!(String::from_utf8(all).unwrap(), format!("{first}{second}"));
        }
        packed.extend([0; 512]);
        assert!(unpack(&packed, 100).is_ok());
        packed.push(7);
        assert!(unpack(&packed, 100).is_err());
        let mut wrong = pack(b"a,b\n");
        let at = wrong.len() - 6;
        wrong[at] ^= 1;
        assert!(unpack(&wrong, 100).is_err(), "the checksum is compared");
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
