//! Finds the bytes that matter (delimiter, quote, line breaks) eight at a time.

const LOW: u64 = 0x7f7f_7f7f_7f7f_7f7f;
const HIGH: u64 = 0x8080_8080_8080_8080;
/// Every byte below 0x0e: line feed, carriage return, tab and a few that are rare.
const CONTROL: u64 = 0x7272_7272_7272_7272;

/// A position in the text and the special bytes of the eight bytes around it.
pub(super) struct Cursor<'t> {
    bytes: &'t [u8],
    base: usize,
    mask: u64,
    delimiter: u64,
    quote: u64,
}

impl<'t> Cursor<'t> {
    pub fn new(bytes: &'t [u8], delimiter: u8, quote: u8) -> Self {
        let spread = |b: u8| u64::from_le_bytes([b; 8]);
        let (delimiter, quote) = (spread(delimiter), spread(quote));
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
    #[inline]
    pub fn next(&mut self) -> usize {
        while self.mask == 0 {
            self.base += 8;
            if self.base >= self.bytes.len() {
                return self.bytes.len();
            }
            self.mask = self.load();
        }
        let at = self.base + (self.mask.trailing_zeros() >> 3) as usize;
        self.mask &= self.mask - 1;
        at
    }

    /// One bit, the highest, of each special byte.
    #[inline]
    fn load(&self) -> u64 {
        let rest = self.bytes.get(self.base..).unwrap_or_default();
        let word = match rest.first_chunk::<8>() {
            Some(chunk) => u64::from_le_bytes(*chunk),
            None => tail(rest),
        };
        let differs = |pattern: u64| {
            let x = word ^ pattern;
            ((x & LOW) + LOW) | x
        };
        let printable = ((word & LOW) + CONTROL) | word;
        !(printable & differs(self.delimiter) & differs(self.quote)) & HIGH
    }
}

/// The last few bytes, filled up with bytes that never matter.
fn tail(rest: &[u8]) -> u64 {
    let mut chunk = [0xff; 8];
    for (to, from) in chunk.iter_mut().zip(rest) {
        *to = *from;
    }
    u64::from_le_bytes(chunk)
}
