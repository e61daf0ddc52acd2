//! Bytes to text: which encoding, and a streaming decoder to UTF-8.
//!
//! Valid UTF-8 is handed on without copying. Windows-1252 has a table of its own, because a library
//! for all encodings is larger than the rest of the worker. Bytes that do not fit the encoding
//! become U+FFFD, each handed on by itself, and are remembered, never dropped.

use super::layout::Encoding;

/// Windows-1252 from 0x80 to 0x9f; the rest is Latin-1. Source: the WHATWG encoding standard.
const HIGH: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// How the encoding of a sample was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Detected {
    /// The encoding.
    pub encoding: Encoding,
    /// It was inferred, not stated by a byte order mark nor proved by valid UTF-8.
    pub assumed: bool,
}

/// Finds the encoding of a sample: a byte order mark, then UTF-16 by its zero bytes, then UTF-8 if
/// it is valid, else Windows-1252. `whole` says that the sample is not cut off at its end.
pub fn detect(sample: &[u8], whole: bool) -> Detected {
    let stated = |encoding| Detected {
        encoding,
        assumed: false,
    };
    match sample {
        [0xef, 0xbb, 0xbf, ..] => return stated(Encoding::Utf8),
        [0xff, 0xfe, ..] => return stated(Encoding::Utf16Le),
        [0xfe, 0xff, ..] => return stated(Encoding::Utf16Be),
        _ => {}
    }
    if let Some(encoding) = zero_pattern(sample) {
        return Detected {
            encoding,
            assumed: true,
        };
    }
    match std::str::from_utf8(sample) {
        Ok(_) => stated(Encoding::Utf8),
        Err(error) if error.error_len().is_none() && !whole => stated(Encoding::Utf8),
        Err(_) => Detected {
            encoding: Encoding::Windows1252,
            assumed: true,
        },
    }
}

/// UTF-16 without a mark: nearly every second byte of western text is zero.
fn zero_pattern(sample: &[u8]) -> Option<Encoding> {
    let (mut even, mut odd, mut pairs) = (0_usize, 0_usize, 0_usize);
    for pair in sample.chunks_exact(2).take(4096) {
        if let [a, b] = pair {
            pairs += 1;
            even += usize::from(*a == 0);
            odd += usize::from(*b == 0);
        }
    }
    if pairs < 2 {
        return None;
    }
    match (even * 10, odd * 10) {
        (e, o) if o >= pairs * 6 && e <= pairs => Some(Encoding::Utf16Le),
        (e, o) if e >= pairs * 6 && o <= pairs => Some(Encoding::Utf16Be),
        _ => None,
    }
}

/// Turns bytes into text, whatever pieces they come in.
#[derive(Debug)]
pub struct Decoder {
    encoding: Encoding,
    /// Bytes of a character that is not complete.
    rest: Vec<u8>,
    buffer: String,
    started: bool,
    bad: bool,
}

impl Decoder {
    /// A decoder at the beginning of a file.
    pub const fn new(encoding: Encoding) -> Self {
        Self {
            encoding,
            rest: Vec::new(),
            buffer: String::new(),
            started: false,
            bad: false,
        }
    }

    /// Whether something so far was not valid in the encoding.
    pub const fn has_bad_text(&self) -> bool {
        self.bad
    }

    /// Decodes the next piece and hands it on, perhaps in several parts.
    pub fn feed(&mut self, bytes: &[u8], out: &mut dyn FnMut(&str)) {
        let mut held = std::mem::take(&mut self.rest);
        if held.is_empty() && (self.started || bytes.len() >= 4) {
            return self.decode(bytes, out);
        }
        if !self.started {
            held.extend_from_slice(bytes);
            if held.len() < 4 {
                self.rest = held;
                return;
            }
            return self.decode(&held, out);
        }
        // Complete the character that was cut, then go on without copying.
        let mut bytes = bytes;
        while let Some((next, after)) = bytes.split_first() {
            held.push(*next);
            bytes = after;
            self.decode(&held, out);
            held = std::mem::take(&mut self.rest);
            if held.is_empty() {
                return self.decode(bytes, out);
            }
        }
        self.rest = held;
    }

    /// Hands on what is left: a character that was cut becomes U+FFFD.
    pub fn finish(&mut self, out: &mut dyn FnMut(&str)) {
        let mut held = std::mem::take(&mut self.rest);
        if !self.started && !held.is_empty() {
            self.decode(&held, out);
            held = std::mem::take(&mut self.rest);
        }
        if !held.is_empty() {
            self.bad = true;
            out("\u{fffd}");
        }
    }

    fn decode(&mut self, bytes: &[u8], out: &mut dyn FnMut(&str)) {
        let mut bytes = bytes;
        if !self.started && !bytes.is_empty() {
            self.started = true;
            let mark: &[u8] = match self.encoding {
                Encoding::Utf8 => &[0xef, 0xbb, 0xbf],
                Encoding::Utf16Le => &[0xff, 0xfe],
                Encoding::Utf16Be => &[0xfe, 0xff],
                Encoding::Windows1252 => &[],
            };
            bytes = bytes.strip_prefix(mark).unwrap_or(bytes);
        }
        match self.encoding {
            Encoding::Utf8 => self.utf8(bytes, out),
            Encoding::Windows1252 => self.windows_1252(bytes, out),
            Encoding::Utf16Le => self.utf16(bytes, u16::from_le_bytes, out),
            Encoding::Utf16Be => self.utf16(bytes, u16::from_be_bytes, out),
        }
    }

    fn utf8(&mut self, mut bytes: &[u8], out: &mut dyn FnMut(&str)) {
        loop {
            let error = match std::str::from_utf8(bytes) {
                Ok("") => return,
                Ok(text) => return out(text),
                Err(error) => error,
            };
            let (valid, rest) = bytes
                .split_at_checked(error.valid_up_to())
                .unwrap_or_default();
            if !valid.is_empty() {
                out(std::str::from_utf8(valid).unwrap_or(""));
            }
            let Some(length) = error.error_len() else {
                self.rest = rest.to_vec();
                return;
            };
            self.bad = true;
            out("\u{fffd}");
            bytes = rest.get(length..).unwrap_or_default();
        }
    }

    fn windows_1252(&mut self, bytes: &[u8], out: &mut dyn FnMut(&str)) {
        let mut buffer = std::mem::take(&mut self.buffer);
        buffer.clear();
        for run in bytes.chunk_by(|a, b| a.is_ascii() == b.is_ascii()) {
            match std::str::from_utf8(run) {
                Ok(ascii) if run.is_ascii() => buffer.push_str(ascii),
                _ => buffer.extend(run.iter().map(|b| {
                    let high = usize::from(b.wrapping_sub(0x80));
                    HIGH.get(high).copied().unwrap_or(char::from(*b))
                })),
            }
        }
        if !buffer.is_empty() {
            out(&buffer);
        }
        self.buffer = buffer;
    }

    fn utf16(&mut self, bytes: &[u8], unit: fn([u8; 2]) -> u16, out: &mut dyn FnMut(&str)) {
        let mut buffer = std::mem::take(&mut self.buffer);
        buffer.clear();
        let (pairs, odd) = bytes.as_chunks::<2>();
        let mut pairs = pairs.to_vec();
        let mut rest = odd.to_vec();
        // A high surrogate at the end waits for its other half.
        if let Some(last) = pairs.last().copied()
            && (0xd800..0xdc00).contains(&unit(last))
        {
            pairs.pop();
            rest.splice(0..0, last);
        }
        for decoded in char::decode_utf16(pairs.into_iter().map(unit)) {
            if let Ok(c) = decoded {
                buffer.push(c);
                continue;
            }
            self.bad = true;
            out(&buffer);
            out("\u{fffd}");
            buffer.clear();
        }
        self.rest = rest;
        if !buffer.is_empty() {
            out(&buffer);
        }
        self.buffer = buffer;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode(encoding: Encoding, pieces: &[&[u8]]) -> (String, bool) {
        let (mut decoder, mut text) = (Decoder::new(encoding), String::new());
        for piece in pieces {
            decoder.feed(piece, &mut |t| text.push_str(t));
        }
        decoder.finish(&mut |t| text.push_str(t));
        (text, decoder.has_bad_text())
    }

    fn every_cut(encoding: Encoding, bytes: &[u8], text: &str, bad: bool) {
        let single: Vec<&[u8]> = bytes.chunks(1).collect();
        assert_eq!(decode(encoding, &single), (text.to_owned(), bad));
        for cut in 0..=bytes.len() {
            let (a, b) = bytes.split_at(cut);
            assert_eq!(
                decode(encoding, &[a, b]),
                (text.to_owned(), bad),
                "cut at {cut}"
            );
        }
    }

    #[test]
    fn text_is_the_same_however_it_is_cut() {
        let text = "Größe;ab 🏭 c";
        every_cut(Encoding::Utf8, text.as_bytes(), text, false);
        every_cut(Encoding::Utf8, b"\xef\xbb\xbfab", "ab", false);
        let le: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        every_cut(Encoding::Utf16Le, &le, text, false);
        let be: Vec<u8> = "\u{feff}xyz🏭"
            .encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect();
        every_cut(Encoding::Utf16Be, &be, "xyz🏭", false);
        every_cut(
            Encoding::Windows1252,
            b"M\xfcller \x80 5",
            "Müller € 5",
            false,
        );
    }

    #[test]
    fn what_does_not_fit_is_marked_not_dropped() {
        every_cut(Encoding::Utf8, b"abcd\xffef", "abcd\u{fffd}ef", true);
        every_cut(Encoding::Utf8, b"abcd\xc3", "abcd\u{fffd}", true);
        every_cut(Encoding::Utf16Le, b"a\0b\0c\0\x00\xd8", "abc\u{fffd}", true);
        every_cut(Encoding::Utf8, b"\xc3", "\u{fffd}", true);
    }

    #[test]
    fn encodings_are_told_apart() {
        let of = |bytes: &[u8]| detect(bytes, true).encoding;
        assert_eq!(of(b"a,b\n1,2\n"), Encoding::Utf8);
        assert_eq!(of(b"\xff\xfea\0,\0"), Encoding::Utf16Le);
        assert_eq!(of(b"a\0,\0b\0\n\0"), Encoding::Utf16Le);
        assert_eq!(of(b"\0a\0,\0b\0\n"), Encoding::Utf16Be);
        assert_eq!(of(b"M\xfcller,2\n"), Encoding::Windows1252);
        assert_eq!(of("Müller,2\n".as_bytes()), Encoding::Utf8);
        assert_eq!(detect(b"M\xc3", false).encoding, Encoding::Utf8);
    }
}
