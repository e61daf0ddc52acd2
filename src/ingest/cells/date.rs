//! Dates as people and systems write them, to a calendar date.
//!
//! Times and offsets are read past: the date is the local one as written. A date with the year
//! first, or with its month in words, reads the same under every order of parts.

use super::months::{is_weekday, month};
use super::{Bad, CANONICAL, is_missing};
use crate::base::Date;
use crate::ingest::layout::DateOrder;

/// 1970-01-01 as Excel's 1900 system counts it.
const EXCEL_1900_EPOCH: i64 = 25_569;
/// 1970-01-01 as Excel's 1904 system counts it.
const EXCEL_1904_EPOCH: i64 = 24_107;
/// 9999-12-31 as Excel's 1900 system counts it.
const EXCEL_LAST: i64 = 2_958_465;

/// Reads a date under an order of parts.
///
/// ```
/// use perennial::base::Date;
/// use perennial::ingest::cells::date;
/// use perennial::ingest::layout::DateOrder::{Dmy, Mdy};
/// assert_eq!(date("03/02/2026", Dmy), Ok(Date::new(2026, 2, 3)));
/// assert_eq!(date("03/02/2026 14:30", Mdy), Ok(Date::new(2026, 3, 2)));
/// assert!(date("31/02/2026", Dmy).is_err());
/// ```
///
/// # Errors
/// [`Bad::NotADate`] when the text is not a date in this order.
pub fn date(text: &str, order: DateOrder) -> Result<Option<Date>, Bad> {
    if let Some(date) = iso(text.as_bytes()) {
        return Ok(Some(date));
    }
    let text = text.strip_prefix(CANONICAL).unwrap_or(text).trim();
    if is_missing(text) || is_zero(text) {
        return Ok(None);
    }
    let found = match order {
        DateOrder::Excel1900 => serial(text).and_then(excel_1900),
        DateOrder::Excel1904 => serial(text)
            .filter(|n| (0..=EXCEL_LAST - 1462).contains(n))
            .and_then(|n| days(n - EXCEL_1904_EPOCH)),
        DateOrder::EpochSeconds => serial(text).and_then(|n| days(n.div_euclid(86_400))),
        DateOrder::EpochMillis => serial(text).and_then(|n| days(n.div_euclid(86_400_000))),
        DateOrder::Ymd | DateOrder::Dmy | DateOrder::Mdy => parts(text, order),
    };
    found.map(Some).ok_or(Bad::NotADate)
}

/// `2026-02-03`, alone or before a time.
fn iso(bytes: &[u8]) -> Option<Date> {
    let (day, time) = bytes.split_at_checked(10)?;
    if !time.is_empty() && !matches!(time.first(), Some(b'T' | b' ')) {
        return None;
    }
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *day else {
        return None;
    };
    let digits = [y1, y2, y3, y4, m1, m2, d1, d2].map(|b| u32::from(b.wrapping_sub(b'0')));
    if digits.iter().any(|d| *d > 9) {
        return None;
    }
    let [y1, y2, y3, y4, m1, m2, d1, d2] = digits;
    let year = i32::try_from(y1 * 1000 + y2 * 100 + y3 * 10 + y4).ok()?;
    Date::new(year, m1 * 10 + m2, d1 * 10 + d2)
}

/// A date of zeros, which databases write for none.
fn is_zero(text: &str) -> bool {
    text.len() >= 8
        && text
            .bytes()
            .all(|b| matches!(b, b'0' | b'-' | b'/' | b'.' | b' ' | b':'))
}

/// A whole number, of which decimals (the time of day) are cut.
fn serial(text: &str) -> Option<i64> {
    let (whole, rest) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let fits = !whole.is_empty() && whole.len() <= 15 && rest.bytes().all(|b| b.is_ascii_digit());
    let digits = whole.strip_prefix('-').unwrap_or(whole);
    if fits && digits.bytes().all(|b| b.is_ascii_digit()) {
        whole.parse().ok()
    } else {
        None
    }
}

/// Excel counts a 29 February 1900 that never was: serial 60 is no date, smaller ones are a day on.
fn excel_1900(serial: i64) -> Option<Date> {
    match serial {
        1..=59 => days(serial - EXCEL_1900_EPOCH + 1),
        61..=EXCEL_LAST => days(serial - EXCEL_1900_EPOCH),
        _ => None,
    }
}

/// From days since 1970, within the years 1 to 9999.
fn days(count: i64) -> Option<Date> {
    let count = i32::try_from(count).ok()?;
    (-719_162..=2_932_896)
        .contains(&count)
        .then(|| Date::from_days(count))
}

/// Dates of three parts, `20260203`, and dates with the month in words.
fn parts(text: &str, order: DateOrder) -> Option<Date> {
    let text = text.strip_suffix('Z').unwrap_or(text);
    let mut words = Words::default();
    let mut rest = text;
    while !words.full() {
        let Some(word) = take_word(&mut rest) else {
            break;
        };
        if !words.take(word)? {
            break;
        }
    }
    if !words.full() && words.count == 1 {
        return compact(words.numbers.first()?, rest);
    }
    if !words.full() || !is_time(rest) {
        return None;
    }
    words.date(order)
}

/// Takes the next run of digits or letters, past the marks between the parts of a date.
fn take_word<'a>(rest: &mut &'a str) -> Option<&'a str> {
    let text = rest.trim_start_matches([' ', '\u{a0}', '/', '-', '.', ',']);
    let first = text.chars().next()?;
    let same = |c: char| {
        if first.is_ascii_digit() {
            c.is_ascii_digit()
        } else {
            c.is_alphabetic()
        }
    };
    let end = text.find(|c| !same(c)).unwrap_or(text.len());
    let (word, after) = text.split_at_checked(end)?;
    if word.is_empty() {
        return None;
    }
    *rest = after;
    Some(word)
}

/// The parts seen so far: up to three numbers, or two and a month's name.
#[derive(Default)]
struct Words<'a> {
    numbers: [&'a str; 3],
    count: usize,
    month: Option<u32>,
}

impl<'a> Words<'a> {
    fn full(&self) -> bool {
        self.count + usize::from(self.month.is_some()) == 3
    }

    /// Adds a word; `None` for one that no date has, `false` for one that ends it.
    fn take(&mut self, word: &'a str) -> Option<bool> {
        if word.starts_with(|c: char| c.is_ascii_digit()) {
            *self.numbers.get_mut(self.count)? = word;
            self.count += 1;
            return Some(word.len() != 8);
        }
        if self.month.is_none()
            && let Some(number) = month(word)
        {
            self.month = Some(number);
            return Some(true);
        }
        let filler = matches!(word, "de" | "del" | "st" | "nd" | "rd" | "th" | "er");
        (filler || is_weekday(word)).then_some(true)
    }

    fn date(&self, order: DateOrder) -> Option<Date> {
        let [a, b, c] = self.numbers;
        if let Some(month) = self.month {
            return if a.len() == 4 {
                civil(a, month, b)
            } else {
                civil(b, month, a)
            };
        }
        match order {
            _ if a.len() == 4 => civil(a, small(b)?, c),
            DateOrder::Dmy => civil(c, small(b)?, a),
            DateOrder::Mdy => civil(c, small(a)?, b),
            _ => None,
        }
    }
}

fn small(text: &str) -> Option<u32> {
    if text.len() <= 2 {
        text.parse().ok()
    } else {
        None
    }
}

/// A year of two digits is 1970 to 2069.
fn civil(year: &str, month: u32, day: &str) -> Option<Date> {
    let full: i32 = match year.len() {
        4 => year.parse().ok()?,
        2 => year
            .parse::<i32>()
            .ok()
            .map(|y| if y < 70 { 2000 + y } else { 1900 + y })?,
        _ => return None,
    };
    Date::new(full, month, small(day)?)
}

/// `20260203`, alone or before a time.
fn compact(text: &str, rest: &str) -> Option<Date> {
    let (year, after) = text.split_at_checked(4)?;
    let (month, day) = after.split_at_checked(2)?;
    if day.len() != 2 || !is_time(rest) {
        return None;
    }
    civil(year, small(month)?, day)
}

/// Whether what follows a date is a time of day, with or without a zone, or nothing.
fn is_time(rest: &str) -> bool {
    let rest = rest.trim_start_matches([',', '.']).trim_start();
    if rest.is_empty() {
        return true;
    }
    let rest = rest.strip_prefix(['T', 't']).unwrap_or(rest);
    let rest = rest.strip_prefix("at ").unwrap_or(rest);
    rest.starts_with(|c: char| c.is_ascii_digit())
        && rest.len() <= 40
        && rest.chars().all(|c| {
            c.is_ascii_alphanumeric()
                || matches!(
                    c,
                    ':' | '.' | ',' | '+' | '-' | ' ' | '/' | '(' | ')' | '\u{202f}' | '\u{a0}'
                )
        })
        && rest.contains([':', 'h', 'm', 'M'])
}
