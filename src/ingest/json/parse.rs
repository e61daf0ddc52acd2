//! Reads JSON item by item into cells, as RFC 8259 writes it.
//!
//! Cells are text: numbers stay as the file writes them, with the mark that their dot is never
//! grouping; null is empty; an object within a row is cells of that row, `customer.name`; any other that
//! is nested is JSON without the space between.

use crate::ingest::cells::CANONICAL;

/// How deep values may be nested.
const DEPTH: u32 = 128;

/// Keys and cells in the order of the file.
pub type Object = Vec<(String, String)>;

/// What stands where a row is expected.
pub enum Item {
    /// A row with names.
    Object(Object),
    /// A row without.
    Cells(Vec<String>),
    /// Anything else.
    Other,
}

/// Not JSON, or cut off.
pub struct Invalid;

/// Where the reader is.
pub struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Cursor<'a> {
    /// Begins at the start.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// How many bytes have been read.
    pub fn position(&self) -> usize {
        self.at
    }

    /// The next item.
    pub fn item(&mut self) -> Result<Item, Invalid> {
        match self.next_byte() {
            Some(b'{') => {
                let mut object = Object::new();
                self.fields("", &mut object, DEPTH)?;
                Ok(Item::Object(object))
            }
            Some(b'[') => {
                let mut cells = Vec::new();
                self.each(b']', &mut |cursor| {
                    cells.push(cursor.cell()?);
                    Ok(())
                })?;
                Ok(Item::Cells(cells))
            }
            _ => self.cell().map(|_| Item::Other),
        }
    }

    /// The fields of an object; those of an object within it under both names.
    fn fields(&mut self, before: &str, object: &mut Object, depth: u32) -> Result<(), Invalid> {
        let depth = depth.checked_sub(1).ok_or(Invalid)?;
        self.each(b'}', &mut |cursor| {
            let key = cursor.key()?;
            if cursor.next_byte() == Some(b'{') {
                // Some systems put all of a record's fields within one.
                let plain = matches!(key.as_str(), "properties" | "fields" | "attributes");
                let within = if plain {
                    before.to_owned()
                } else {
                    format!("{before}{key}.")
                };
                return cursor.fields(&within, object, depth);
            }
            object.push((before.to_owned() + &key, cursor.cell()?));
            Ok(())
        })
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// The next byte that is no space; it is not taken.
    fn next_byte(&mut self) -> Option<u8> {
        while matches!(self.peek(), Some(b' ' | b'\n' | b'\r' | b'\t')) {
            self.at += 1;
        }
        self.peek()
    }

    fn take(&mut self, byte: u8) -> Result<(), Invalid> {
        if self.next_byte() != Some(byte) {
            return Err(Invalid);
        }
        self.at += 1;
        Ok(())
    }

    /// From an opening bracket to the closing one: reads an element, and another after each comma.
    fn each(
        &mut self,
        close: u8,
        element: &mut dyn FnMut(&mut Self) -> Result<(), Invalid>,
    ) -> Result<(), Invalid> {
        self.at += 1;
        if self.next_byte() != Some(close) {
            loop {
                element(self)?;
                if self.next_byte() != Some(b',') {
                    break;
                }
                self.at += 1;
            }
        }
        self.take(close)
    }

    fn key(&mut self) -> Result<String, Invalid> {
        self.take(b'"')?;
        let key = self.string()?;
        self.take(b':')?;
        Ok(key)
    }

    fn cell(&mut self) -> Result<String, Invalid> {
        match self.next_byte().ok_or(Invalid)? {
            b'"' => {
                self.at += 1;
                self.string()
            }
            b'{' | b'[' => {
                let mut text = Vec::new();
                self.nested(&mut text, DEPTH)?;
                String::from_utf8(text).map_err(|_| Invalid)
            }
            b'n' => self.scalar().map(|_| String::new()),
            b't' | b'f' => self.scalar().map(str::to_owned),
            _ => self.scalar().map(|number| format!("{CANONICAL}{number}")),
        }
    }

    /// A number, or one of the three words.
    fn scalar(&mut self) -> Result<&'a str, Invalid> {
        let start = self.at;
        while matches!(
            self.peek(),
            Some(b'a'..=b'z' | b'E' | b'0'..=b'9' | b'+' | b'-' | b'.')
        ) {
            self.at += 1;
        }
        let text = self.bytes.get(start..self.at).unwrap_or_default();
        if !matches!(text, b"null" | b"true" | b"false") && !is_number(text) {
            return Err(Invalid);
        }
        std::str::from_utf8(text).map_err(|_| Invalid)
    }

    /// The rest of a string whose quote has been read.
    fn string(&mut self) -> Result<String, Invalid> {
        let mut text = Vec::new();
        loop {
            let start = self.at;
            while !matches!(self.peek().ok_or(Invalid)?, b'"' | b'\\' | ..b' ') {
                self.at += 1;
            }
            text.extend_from_slice(self.bytes.get(start..self.at).unwrap_or_default());
            let stop = self.peek();
            self.at += 1;
            match stop {
                Some(b'"') => return String::from_utf8(text).map_err(|_| Invalid),
                Some(b'\\') => {
                    let found = self.escaped()?;
                    text.extend_from_slice(found.encode_utf8(&mut [0; 4]).as_bytes());
                }
                _ => return Err(Invalid),
            }
        }
    }

    fn escaped(&mut self) -> Result<char, Invalid> {
        let byte = self.peek().ok_or(Invalid)?;
        self.at += 1;
        Ok(match byte {
            b'"' | b'\\' | b'/' => char::from(byte),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let first = self.hex()?;
                if !(0xD800..0xDC00).contains(&first) {
                    return char::from_u32(first).ok_or(Invalid);
                }
                // The first half of a pair.
                let rest = self.bytes.get(self.at..).unwrap_or_default();
                if !rest.starts_with(b"\\u") {
                    return Err(Invalid);
                }
                self.at += 2;
                let second = self.hex()?.checked_sub(0xDC00).ok_or(Invalid)?;
                if second > 0x3FF {
                    return Err(Invalid);
                }
                return char::from_u32(0x10000 + ((first - 0xD800) << 10) + second).ok_or(Invalid);
            }
            _ => return Err(Invalid),
        })
    }

    fn hex(&mut self) -> Result<u32, Invalid> {
        let digits = self.bytes.get(self.at..self.at + 4).ok_or(Invalid)?;
        self.at += 4;
        digits.iter().try_fold(0, |sum, &digit| {
            let digit = char::from(digit).to_digit(16).ok_or(Invalid)?;
            Ok(sum * 16 + digit)
        })
    }

    /// Copies a value as it is written, without the space between.
    fn nested(&mut self, text: &mut Vec<u8>, depth: u32) -> Result<(), Invalid> {
        let byte = self.next_byte().ok_or(Invalid)?;
        let start = self.at;
        let close = match byte {
            b'{' => b'}',
            b'[' => b']',
            _ => {
                self.cell()?;
                text.extend_from_slice(self.bytes.get(start..self.at).unwrap_or_default());
                return Ok(());
            }
        };
        let depth = depth.checked_sub(1).ok_or(Invalid)?;
        text.push(byte);
        let mut first = true;
        self.each(close, &mut |cursor| {
            if !std::mem::take(&mut first) {
                text.push(b',');
            }
            if byte == b'{' {
                if cursor.next_byte() != Some(b'"') {
                    return Err(Invalid);
                }
                let start = cursor.at;
                cursor.cell()?;
                text.extend_from_slice(cursor.bytes.get(start..cursor.at).unwrap_or_default());
                cursor.take(b':')?;
                text.push(b':');
            }
            cursor.nested(text, depth)
        })?;
        text.push(close);
        Ok(())
    }
}

/// An optional minus, digits without a leading zero, a fraction, an exponent.
fn is_number(text: &[u8]) -> bool {
    fn digits(text: &[u8]) -> Option<&[u8]> {
        let count = text.iter().take_while(|b| b.is_ascii_digit()).count();
        (count > 0).then(|| text.get(count..).unwrap_or_default())
    }
    let text = text.strip_prefix(b"-").unwrap_or(text);
    let whole = match text.strip_prefix(b"0") {
        Some(rest) => Some(rest),
        None => digits(text),
    };
    let fraction = whole.and_then(|rest| match rest.strip_prefix(b".") {
        Some(fraction) => digits(fraction),
        None => Some(rest),
    });
    let end = fraction.and_then(|rest| match rest {
        [b'e' | b'E', b'+' | b'-', exponent @ ..] | [b'e' | b'E', exponent @ ..] => {
            digits(exponent)
        }
        rest => Some(rest),
    });
    end == Some(&[])
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    fn parsed(text: &str) -> Option<String> {
        let mut cursor = Cursor::new(text.as_bytes());
        let cell = cursor.cell().ok()?;
        (cursor.next_byte().is_none()).then_some(cell)
    }

    #[test]
    fn agrees_with_a_full_parser() {
        let texts = [
            "null",
            "true",
            "false",
            "0",
            "-0",
            "01",
            "-",
            "1.",
            ".5",
            "1.5",
            "1e5",
            "1E+05",
            "1e",
            "1e+",
            "nul",
            "truex",
            "\"a\"",
            "\"\\u00e9\"",
            "\"\\ud83d\\ude00\"",
            "\"\\ud83d\"",
            "\"\\ude00\"",
            "\"\\ud83d\\u0041\"",
            "\"\\u12\"",
            "\"\\x\"",
            "\"tab\there\"",
            "\"open",
            "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
            "[]",
            "{}",
            "[1,]",
            "{\"a\":1,}",
            "[1 2]",
            "{\"a\" 1}",
            "{a:1}",
            "{1:2}",
            " { \"a\" : [ 1 , { } , \"x y\" ] } ",
            "[",
            "[[[]]",
            "]",
            "",
            "[nan]",
            "+1",
            "1 1",
        ];
        for text in texts {
            let full = serde_json::from_str::<Value>(text).ok();
            let ours = parsed(text);
            assert_eq!(ours.is_some(), full.is_some(), "{text}");
            match (ours, full) {
                (Some(ours), Some(Value::String(full))) => assert_eq!(ours, full),
                (Some(ours), Some(full @ (Value::Array(_) | Value::Object(_)))) => {
                    assert_eq!(ours, full.to_string());
                }
                _ => {}
            }
        }
    }

    #[test]
    fn depth_is_limited() {
        let text = |depth| "[".repeat(depth) + &"]".repeat(depth);
        assert!(parsed(&text(100)).is_some());
        assert!(parsed(&text(100_000)).is_none());
    }

    #[test]
    fn numbers_stay_as_they_are_written() {
        assert_eq!(
            parsed("1234567890123456789.10").as_deref(),
            Some("\u{1f}1234567890123456789.10")
        );
    }
}
