//! Names a file by its content: the same bytes have the same id, whatever the file is called.

/// An odd constant with well spread bits (2^64 over the golden ratio).
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

/// A running hash; how the bytes are cut does not matter. No defence against forgery is needed: a
/// user could only deceive himself.
#[derive(Debug, Clone, Default)]
pub struct ContentId {
    hash: u64,
    size: u64,
    /// Bytes that do not fill a word yet.
    held: Vec<u8>,
}

impl ContentId {
    /// Takes the next bytes.
    pub fn feed(&mut self, mut bytes: &[u8]) {
        self.size += bytes.len() as u64;
        if !self.held.is_empty() {
            let missing = 8 - self.held.len();
            let (now, rest) = bytes.split_at(missing.min(bytes.len()));
            self.held.extend_from_slice(now);
            bytes = rest;
            if let Some(word) = self.held.first_chunk::<8>() {
                self.hash = mix(self.hash, *word);
                self.held.clear();
            }
        }
        let (words, rest) = bytes.as_chunks::<8>();
        let mut hash = self.hash;
        for word in words {
            hash = mix(hash, *word);
        }
        self.hash = hash;
        self.held.extend_from_slice(rest);
    }

    /// The id: the size and the hash.
    pub fn finish(mut self) -> String {
        let size = self.size;
        if !self.held.is_empty() {
            self.held.resize(8, 0);
            if let Some(word) = self.held.first_chunk::<8>() {
                self.hash = mix(self.hash, *word);
            }
        }
        format!("{size:x}-{:016x}", mix(self.hash, size.to_le_bytes()))
    }

    /// Bytes so far.
    pub const fn size(&self) -> u64 {
        self.size
    }
}

/// Different words give different hashes from the same state.
const fn mix(hash: u64, word: [u8; 8]) -> u64 {
    (hash.rotate_left(23) ^ u64::from_le_bytes(word)).wrapping_mul(SPREAD)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(bytes: &[u8], piece: usize) -> String {
        let mut id = ContentId::default();
        for part in bytes.chunks(piece) {
            id.feed(part);
        }
        id.finish()
    }

    #[test]
    fn the_id_is_of_the_bytes_and_not_of_their_pieces() {
        let bytes: Vec<u8> = (0..1000_u32).map(|i| (i * i % 251) as u8).collect();
        for piece in [1, 3, 8, 9, 64, 1000] {
            assert_eq!(id(&bytes, piece), id(&bytes, 1000));
        }
        for at in 0..bytes.len() {
            let mut other = bytes.clone();
            other[at] ^= 1;
            assert_ne!(id(&other, 1000), id(&bytes, 1000));
        }
        assert_ne!(id(b"a", 1), id(b"a\0", 1));
        assert_eq!(id(b"", 1), ContentId::default().finish());
    }
}
