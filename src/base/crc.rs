//! CRC-32 as gzip and ISO 3309 have it: the checksum of links, of what is stored and of gzip files.
//!
//! The tables are computed on first use: as data they are 16 KB that no compression shrinks.

/// The polynomial x^32 + x^26 + x^23 + ... + 1, lowest bit first.
const POLYNOMIAL: u32 = 0xedb8_8320;

/// Bytes taken at once.
const STEP: usize = 4;

type Tables = [[u32; 256]; STEP];

/// A running checksum; how the bytes are cut does not matter.
pub struct Crc {
    tables: Box<Tables>,
    state: u32,
}

impl Default for Crc {
    fn default() -> Self {
        Self {
            tables: tables(),
            state: !0,
        }
    }
}

impl Crc {
    /// Takes the next bytes.
    pub fn update(&mut self, bytes: &[u8]) {
        let [none, one, two, three] = &*self.tables;
        let at = |table: &[u32; 256], byte: u8| table.get(usize::from(byte)).copied().unwrap_or(0);
        let mut state = self.state;
        let (words, rest) = bytes.as_chunks::<STEP>();
        for word in words {
            let [b0, b1, b2, b3] = (state ^ u32::from_le_bytes(*word)).to_le_bytes();
            state = at(three, b0) ^ at(two, b1) ^ at(one, b2) ^ at(none, b3);
        }
        for byte in rest {
            let [low, ..] = (state ^ u32::from(*byte)).to_le_bytes();
            state = at(none, low) ^ (state >> 8);
        }
        self.state = state;
    }

    /// The checksum of all bytes so far.
    pub fn sum(&self) -> u32 {
        !self.state
    }

    /// Begins again.
    pub fn reset(&mut self) {
        self.state = !0;
    }
}

/// The checksum of some bytes.
pub fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = Crc::default();
    crc.update(bytes);
    crc.sum()
}

/// For each byte the remainder of it with 0, 1, 2 and 3 zero bytes behind it.
fn tables() -> Box<Tables> {
    let mut tables = Box::new([[0; 256]; STEP]);
    for byte in 0..=255_u8 {
        let mut value = u32::from(byte);
        let mut bits = 8;
        for table in tables.iter_mut() {
            for _ in 0..bits {
                let carry = value & 1;
                value = (value >> 1) ^ (POLYNOMIAL * carry);
            }
            bits = 8;
            if let Some(slot) = table.get_mut(usize::from(byte)) {
                *slot = value;
            }
        }
    }
    tables
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_value_of_the_standard() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
        assert_eq!(crc32(b""), 0);
    }

    #[test]
    fn agrees_with_another_however_it_is_cut() {
        let bytes: Vec<u8> = (0..5000_u32).map(|i| (i * i % 251) as u8).collect();
        for piece in [1, 3, 4, 64, 5000] {
            let mut crc = Crc::default();
            for part in bytes.chunks(piece) {
                crc.update(part);
            }
            assert_eq!(crc.sum(), crc32fast::hash(&bytes));
        }
    }
}
