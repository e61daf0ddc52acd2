//! Finds the bytes that matter (delimiter, quote, line breaks) many at a time: 64 where the browser's
//! vectors compare them, else eight in an integer.

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
use vectors as block;
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
use words as block;

/// Bytes below this one are looked at: line feed, carriage return, tab and a few that are rare.
const CONTROL: u8 = 0x0e;

/// Bytes whose special ones are listed at once.
const WINDOW: usize = 2048;

/// A list of the special bytes of the window under way.
pub(super) struct Cursor<'t> {
    bytes: &'t [u8],
    /// Where the next window begins.
    base: usize,
    /// Positions of special bytes, as far as they are not passed, and how many there are.
    found: Vec<u32>,
    next: usize,
    delimiter: u8,
    quote: u8,
}

impl<'t> Cursor<'t> {
    pub fn new(bytes: &'t [u8], delimiter: u8, quote: u8) -> Self {
        Self {
            bytes,
            base: 0,
            found: Vec::with_capacity(WINDOW),
            next: 0,
            delimiter,
            quote,
        }
    }

    /// Goes to a position.
    pub fn seek(&mut self, at: usize) {
        self.base = at;
        self.found.clear();
        self.next = 0;
    }

    /// About where it is.
    pub fn position(&self) -> usize {
        let before = self.next.checked_sub(1);
        let at = before.and_then(|before| self.found.get(before));
        at.map_or(self.base, |at| *at as usize)
    }

    /// The next byte that may matter, or the length. Some do not (a tab in a file of commas).
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "once a cell; the build is for size")]
    pub fn next(&mut self) -> usize {
        if let Some(at) = self.found.get(self.next) {
            self.next += 1;
            *at as usize
        } else {
            self.look()
        }
    }

    /// Lists the special bytes of the next window that has any.
    #[inline(never)]
    fn look(&mut self) -> usize {
        self.found.clear();
        while self.found.is_empty() {
            let rest = self.bytes.get(self.base..).unwrap_or_default();
            if rest.is_empty() {
                self.next = 0;
                return self.bytes.len();
            }
            let window = rest.get(..WINDOW).unwrap_or(rest);
            self.list(window);
            self.base += window.len();
        }
        self.next = 1;
        self.found
            .first()
            .map_or(self.bytes.len(), |at| *at as usize)
    }

    fn list(&mut self, window: &[u8]) {
        // Texts are slices of files, far below 4 GiB.
        let mut at = u32::try_from(self.base).unwrap_or(u32::MAX);
        let (blocks, rest) = window.as_chunks::<{ block::WIDTH }>();
        for chunk in blocks {
            self.take(block::special(chunk, self.delimiter, self.quote), at);
            at += block::STEP;
        }
        if !rest.is_empty() {
            // The last few bytes, filled up with bytes that never matter.
            let mut chunk = [0xff; block::WIDTH];
            for (to, from) in chunk.iter_mut().zip(rest) {
                *to = *from;
            }
            self.take(block::special(&chunk, self.delimiter, self.quote), at);
        }
    }

    #[inline(always)]
    #[expect(clippy::inline_always, reason = "once a block; the build is for size")]
    fn take(&mut self, mut mask: u64, at: u32) {
        while mask != 0 {
            self.found
                .push(at + (mask.trailing_zeros() >> block::SHIFT));
            mask &= mask - 1;
        }
    }
}

/// Eight bytes in an integer.
#[cfg(any(test, not(all(target_arch = "wasm32", target_feature = "simd128"))))]
mod words {
    pub const WIDTH: usize = 8;
    pub const STEP: u32 = 8;
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
    pub const STEP: u32 = 64;
    /// From a bit to its byte.
    pub const SHIFT: u32 = 0;

    /// A bit of each special byte.
    #[inline]
    pub fn special(chunk: &[u8; WIDTH], delimiter: u8, quote: u8) -> u64 {
        let (delimiter, quote) = (u8x16_splat(delimiter), u8x16_splat(quote));
        let control = u8x16_splat(super::CONTROL);
        let (words, _) = chunk.as_chunks::<8>();
        let part = |at: usize| {
            let half = |at: usize| words.get(at).map_or(0, |word| u64::from_le_bytes(*word));
            let bytes = u64x2(half(at), half(at + 1));
            let special = v128_or(
                v128_or(u8x16_eq(bytes, delimiter), u8x16_eq(bytes, quote)),
                u8x16_lt(bytes, control),
            );
            u64::from(u8x16_bitmask(special))
        };
        part(0) | part(2) << 16 | part(4) << 32 | part(6) << 48
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
