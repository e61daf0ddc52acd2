//! Finds the bytes that matter (delimiter, quote, line breaks) many at a time: 64 where the browser's
//! vectors compare them, else eight in an integer.

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
use vectors as block;
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
use words as block;

/// Bytes below this one are looked at: line feed, carriage return, tab and a few that are rare.
const CONTROL: u8 = 0x0e;

/// A position in the text and the special bytes of the block that begins there.
pub(super) struct Cursor<'t> {
    bytes: &'t [u8],
    base: usize,
    /// One bit of each special byte, lowest first.
    mask: u64,
    delimiter: u8,
    quote: u8,
}

impl<'t> Cursor<'t> {
    pub fn new(bytes: &'t [u8], delimiter: u8, quote: u8) -> Self {
        let mut cursor = Self {
            bytes,
            base: 0,
            mask: 0,
            delimiter,
            quote,
        };
        cursor.seek(0);
        cursor
    }

    /// Goes to a position.
    pub fn seek(&mut self, at: usize) {
        self.base = at;
        self.mask = self.load();
    }

    /// About where it is.
    pub const fn position(&self) -> usize {
        self.base
    }

    /// The next byte that may matter, or the length. Some do not (a tab in a file of commas).
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "once a cell; the build is for size")]
    pub fn next(&mut self) -> usize {
        while self.mask == 0 {
            self.base += block::WIDTH;
            if self.base >= self.bytes.len() {
                return self.bytes.len();
            }
            self.mask = self.load();
        }
        let at = self.base + (self.mask.trailing_zeros() >> block::SHIFT) as usize;
        self.mask &= self.mask - 1;
        at
    }

    #[inline]
    fn load(&self) -> u64 {
        let rest = self.bytes.get(self.base..).unwrap_or_default();
        if let Some(chunk) = rest.first_chunk() {
            return block::special(chunk, self.delimiter, self.quote);
        }
        // The last few bytes, filled up with bytes that never matter.
        let mut chunk = [0xff; block::WIDTH];
        for (to, from) in chunk.iter_mut().zip(rest) {
            *to = *from;
        }
        block::special(&chunk, self.delimiter, self.quote)
    }
}

/// Eight bytes in an integer.
#[cfg(any(test, not(all(target_arch = "wasm32", target_feature = "simd128"))))]
mod words {
    pub const WIDTH: usize = 8;
    /// From a bit to its byte.
    pub const SHIFT: u32 = 3;

    const LOW: u64 = 0x7f7f_7f7f_7f7f_7f7f;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    /// What brings a byte to the highest bit unless it is a control character.
    const CONTROL: u64 = 0x0101_0101_0101_0101 * (0x80 - super::CONTROL as u64);

    /// The highest bit of each special byte.
    #[inline]
    #[allow(clippy::trivially_copy_pass_by_ref)] // As the wider one.
    pub fn special(chunk: &[u8; WIDTH], delimiter: u8, quote: u8) -> u64 {
        let word = u64::from_le_bytes(*chunk);
        let differs = |byte: u8| {
            let x = word ^ u64::from_le_bytes([byte; 8]);
            ((x & LOW) + LOW) | x
        };
        let printable = ((word & LOW) + CONTROL) | word;
        !(printable & differs(delimiter) & differs(quote)) & HIGH
    }
}

/// Sixty-four bytes in four vectors.
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod vectors {
    use core::arch::wasm32::{u8x16_bitmask, u8x16_eq, u8x16_lt, u8x16_splat, u64x2, v128_or};

    pub const WIDTH: usize = 64;
    /// From a bit to its byte.
    pub const SHIFT: u32 = 0;

    /// A bit of each special byte.
    #[inline]
    pub fn special(chunk: &[u8; WIDTH], delimiter: u8, quote: u8) -> u64 {
        let (delimiter, quote) = (u8x16_splat(delimiter), u8x16_splat(quote));
        let control = u8x16_splat(super::CONTROL);
        let (parts, _) = chunk.as_chunks::<16>();
        let mut mask = 0;
        for part in parts.iter().rev() {
            let (halves, _) = part.as_chunks::<8>();
            let half = |at: usize| halves.get(at).map_or(0, |half| u64::from_le_bytes(*half));
            let bytes = u64x2(half(0), half(1));
            let special = v128_or(
                v128_or(u8x16_eq(bytes, delimiter), u8x16_eq(bytes, quote)),
                u8x16_lt(bytes, control),
            );
            mask = mask << 16 | u64::from(u8x16_bitmask(special));
        }
        mask
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn finds_what_matters_and_nothing_printable(text in "[a-c,;\"\n\r\té€\x00]{0,300}", start in 0..40_usize) {
            let bytes = text.as_bytes();
            let mut cursor = Cursor::new(bytes, b',', b'"');
            cursor.seek(start.min(bytes.len()));
            let mut found = Vec::new();
            loop {
                let at = cursor.next();
                if at >= bytes.len() {
                    break;
                }
                found.push(at);
            }
            let special = |at: &usize| matches!(bytes[*at], b',' | b'"' | 0..CONTROL);
            let all: Vec<usize> = (start.min(bytes.len())..bytes.len()).filter(special).collect();
            prop_assert_eq!(found, all);
        }
    }
}
