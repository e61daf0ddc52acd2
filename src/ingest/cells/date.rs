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
    if let Some(date) = iso(text) {
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
        DateOrder::Ymd | DateOrder::Dmy | DateOrder::Mdy => {
            Parts::of(text).and_then(|parts| parts.date(order))
        }
    };
    found.map(Some).ok_or(Bad::NotADate)
}

/// The dates that a text is under some orders of parts; it is taken apart once.
pub(crate) fn dates<const N: usize>(text: &str, orders: [DateOrder; N]) -> [Option<Date>; N] {
    if let Some(date) = iso(text) {
        return [Some(date); N];
    }
    let text = text.strip_prefix(CANONICAL).unwrap_or(text).trim();
    let parts = (!is_missing(text) && !is_zero(text))
        .then(|| Parts::of(text))
        .flatten();
    orders.map(|order| parts.as_ref().and_then(|parts| parts.date(order)))
}

/// `2026-02-03`, alone or before a time.
fn iso(text: &str) -> Option<Date> {
    let (day, time) = text.as_bytes().split_at_checked(10)?;
    if !time.is_empty() && !is_time(text.get(10..)?) {
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

/// A text taken apart: dates of three parts, `20260203`, and dates with the month in words.
enum Parts<'a> {
    Words(Words<'a>),
    Compact(Option<Date>),
}

impl<'a> Parts<'a> {
    fn of(text: &'a str) -> Option<Self> {
        let mut words = Words::default();
        let mut rest = text.strip_suffix('Z').unwrap_or(text);
        while !words.full() {
            let Some(word) = take_word(&mut rest) else {
                break;
            };
            if !words.take(word)? {
                break;
            }
        }
        if !words.full() && words.count == 1 {
            return Some(Self::Compact(compact(words.numbers.first()?, rest)));
        }
        (words.full() && is_time(rest)).then_some(Self::Words(words))
    }

    /// The date under an order of parts.
    fn date(&self, order: DateOrder) -> Option<Date> {
        match self {
            Self::Words(words) => words.date(order),
            Self::Compact(date) => *date,
        }
    }
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
    let rest = rest.trim_start_matches([',', '.', ' ', '\u{a0}']);
    let rest = rest.strip_prefix(['T', 't']).unwrap_or(rest);
    let rest = rest
        .strip_prefix("at ")
        .or_else(|| rest.strip_prefix("um "))
        .unwrap_or(rest);
    if rest.is_empty() {
        return true;
    }
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let hours = digits(rest);
    let Some(after) = rest.get(hours..) else {
        return false;
    };
    if matches!(hours, 4 | 6) {
        return is_zone(after);
    }
    if !matches!(hours, 1 | 2) {
        return false;
    }
    let Some(after) = after.strip_prefix([':', '.', 'h', 'H']) else {
        return is_half(after);
    };
    // Minutes, seconds and their decimals.
    let end = after.find(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '.' | ',' | 'm'));
    let (clock, zone) = after
        .split_at_checked(end.unwrap_or(after.len()))
        .unwrap_or((after, ""));
    (digits(clock) == 2 || clock.is_empty()) && clock.len() <= 16 && is_zone(zone)
}

/// `AM` or `PM`, in the ways they are written.
fn is_half(rest: &str) -> bool {
    let rest = rest.trim().replace(['.', '\u{202f}', ' '], "");
    rest.eq_ignore_ascii_case("am") || rest.eq_ignore_ascii_case("pm")
}

/// What follows a clock: nothing, AM or PM, a zone by name or offset.
fn is_zone(rest: &str) -> bool {
    let plain = |c: char| {
        c.is_ascii_alphanumeric()
            || matches!(c, '+' | '-' | ':' | '/' | '_' | '(' | ')' | ' ' | '.')
    };
    let words = rest.split_whitespace().count();
    rest.len() <= 40 && words <= 3 && rest.replace('\u{202f}', " ").chars().all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use DateOrder::{Dmy, EpochMillis, EpochSeconds, Excel1900, Excel1904, Mdy, Ymd};

    #[test]
    fn every_form_that_was_seen_is_read() {
        for (text, order, wanted) in [
            ("2026-02-03", Ymd, "2026-02-03"),
            ("2026-02-03T23:30:00-08:00", Ymd, "2026-02-03"),
            ("2025-10-07 09:50:26 +0200", Ymd, "2025-10-07"),
            ("2025-12-31 14:30", Dmy, "2025-12-31"),
            ("2026-02-03T10:15:00.123Z", Ymd, "2026-02-03"),
            ("2026-02-03 10:15:00 UTC", Ymd, "2026-02-03"),
            ("3/2/2026, 10:15\u{202f}AM", Mdy, "2026-03-02"),
            ("2026/2/3", Ymd, "2026-02-03"),
            ("20260203", Ymd, "2026-02-03"),
            ("20260203 10:15:00", Ymd, "2026-02-03"),
            ("5/31/2016 0:37", Mdy, "2016-05-31"),
            ("5/31/2016 12:37:00 PM", Mdy, "2016-05-31"),
            ("03/02/2026", Dmy, "2026-02-03"),
            ("03/02/2026", Mdy, "2026-03-02"),
            ("31.12.2025", Dmy, "2025-12-31"),
            ("31.12.2025 08:15", Dmy, "2025-12-31"),
            ("3.2.26", Dmy, "2026-02-03"),
            ("31-12-1999", Dmy, "1999-12-31"),
            ("1/2/71", Mdy, "1971-01-02"),
            ("3-Feb-2026", Dmy, "2026-02-03"),
            ("3-Feb-26", Ymd, "2026-02-03"),
            ("Feb 3, 2026", Mdy, "2026-02-03"),
            ("February 3rd, 2026", Ymd, "2026-02-03"),
            ("Tue, Feb 3, 2026", Dmy, "2026-02-03"),
            ("3. Februar 2026", Dmy, "2026-02-03"),
            ("3. März 2026", Dmy, "2026-03-03"),
            ("1er février 2026", Dmy, "2026-02-01"),
            ("3 août 2025", Dmy, "2025-08-03"),
            ("3 de febrero de 2026", Dmy, "2026-02-03"),
            ("3 Dez. 2025", Dmy, "2025-12-03"),
            ("2026 Feb 3", Ymd, "2026-02-03"),
            ("46056", Excel1900, "2026-02-03"),
            ("46056.75", Excel1900, "2026-02-03"),
            ("1", Excel1900, "1900-01-01"),
            ("59", Excel1900, "1900-02-28"),
            ("61", Excel1900, "1900-03-01"),
            ("0", Excel1904, "1904-01-01"),
            ("44594", Excel1904, "2026-02-03"),
            ("1770076800", EpochSeconds, "2026-02-03"),
            ("1770163199", EpochSeconds, "2026-02-03"),
            ("1770076800123", EpochMillis, "2026-02-03"),
            ("\u{1f}46056", Excel1900, "2026-02-03"),
        ] {
            let read = date(text, order).unwrap().map(|d| d.to_string());
            assert_eq!(read.as_deref(), Some(wanted), "{text}");
        }
    }

    #[test]
    fn what_does_not_fit_is_refused_and_never_guessed() {
        for (text, order) in [
            ("2026-02-30", Ymd),
            ("03/02/2026", Ymd),
            ("31/02/2026", Dmy),
            ("12/31/2025", Dmy),
            ("31/12/2025", Mdy),
            ("1/2/202", Dmy),
            ("20261301", Ymd),
            ("2026-02", Ymd),
            ("2026", Ymd),
            ("Feb 2026", Dmy),
            ("tomorrow", Dmy),
            ("3 Foo 2026", Dmy),
            ("60", Excel1900),
            ("0", Excel1900),
            ("2958466", Excel1900),
            ("1e5", Excel1900),
            ("2026-02-03x", Ymd),
            ("2026-02-03 and more", Ymd),
            ("1/2/3/4", Dmy),
            ("12.50", Dmy),
            ("46056", Dmy),
        ] {
            assert_eq!(date(text, order), Err(Bad::NotADate), "{text}");
        }
        assert_eq!(date("0000-00-00", Ymd), Ok(None));
        assert_eq!(date("00000000", Ymd), Ok(None));
        assert_eq!(date("", Ymd), Ok(None));
    }
}
