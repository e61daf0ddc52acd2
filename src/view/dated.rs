//! Dates within sentences, written as the reader writes dates.
//!
//! The library has no language: its sentences hold dates as `YYYY-MM-DD`, which is also what exports
//! hold. The page passes them through here with its own way of writing a date.

use crate::base::Date;

/// Bytes of a date.
const LONG: usize = 10;

/// The sentence with each date that stands alone written by `write`. What is part of a longer word,
/// such as the number of a part, stays.
///
/// ```
/// use perennial::view::dated::dated;
/// let write = |date: perennial::base::Date| format!("day {}", date.ymd().2);
/// let said = dated("Due on 2026-03-07, part X-2026-03-07.", &write);
/// assert_eq!(said, "Due on day 7, part X-2026-03-07.");
/// ```
pub fn dated(text: &str, write: &dyn Fn(Date) -> String) -> String {
    let mut out = String::with_capacity(text.len());
    let bytes = text.as_bytes();
    let joins = |byte: Option<&u8>| {
        byte.is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_') || !b.is_ascii())
    };
    let (mut from, mut at) = (0, 0);
    while at + LONG <= bytes.len() {
        let before = at.checked_sub(1).and_then(|before| bytes.get(before));
        let alone = !joins(before) && !joins(bytes.get(at + LONG));
        let dashed = bytes.get(at + 4) == Some(&b'-') && bytes.get(at + 7) == Some(&b'-');
        let date = text.get(at..at + LONG).filter(|_| alone && dashed);
        let Some(date) = date.and_then(Date::parse) else {
            at += 1;
            continue;
        };
        out.push_str(text.get(from..at).unwrap_or_default());
        out.push_str(&write(date));
        at += LONG;
        from = at;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> String {
        dated(text, &|date| format!("<{}>", date.days()))
    }

    #[test]
    fn dates_are_written_wherever_they_stand_alone() {
        assert_eq!(said("1970-01-02"), "<1>");
        assert_eq!(said("(1970-01-02) to 1970-01-03."), "(<1>) to <2>.");
        assert_eq!(said("Müller: 1970-01-02"), "Müller: <1>");
    }

    #[test]
    fn what_is_no_date_or_part_of_a_word_stays() {
        for text in [
            "",
            "1970-13-02",
            "1970-01-022",
            "P1970-01-02",
            "1970-01-02-A",
            "ü1970-01-02",
            "2026",
            "–––––––––––––",
        ] {
            assert_eq!(said(text), text);
        }
    }
}
