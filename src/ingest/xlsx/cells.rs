//! The value of one cell as text: dates as ISO, numbers as plain decimals.

use calamine::{DataRef, ExcelDateTime};

use crate::base::Date;

/// Days from 1899-12-30 to 1970-01-01: serial dates of the 1900 system count from there once past
/// the day that never was, 1900-02-29, which they number 60.
const EPOCH_1900: i64 = 25_569;

/// Days by which the 1904 system counts later than the 1900 system.
const SHIFT_1904: i64 = 1_462;

/// The serial number of 9999-12-31 in the 1900 system.
const LAST_DAY: i64 = 2_958_465;

/// Most decimals of a number in the library's decimal type.
const MAX_DECIMALS: usize = 28;

const DAY_SECONDS: i64 = 86_400;

/// What a cell holds.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Text<'a> {
    /// Nothing.
    Empty,
    /// Text as it stands.
    Words(&'a str),
    /// A plain decimal number: digits, a dot, a leading minus.
    Number(&'a str),
    /// An error value of Excel, or a number that is none.
    Error(&'a str),
}

/// Turns a value into text; `is_1904` says that days count from 1904-01-01, and `buffer` is where
/// the text is built if it must be.
pub(super) fn text<'a>(value: &'a DataRef<'_>, is_1904: bool, buffer: &'a mut String) -> Text<'a> {
    buffer.clear();
    match value {
        DataRef::String(words) => words_of(words, buffer),
        DataRef::SharedString(words) => words_of(words, buffer),
        DataRef::Float(number) => number_of(*number, buffer),
        DataRef::Int(number) => {
            push(buffer, format_args!("{number}"));
            Text::Number(buffer)
        }
        DataRef::Bool(true) => Text::Words("TRUE"),
        DataRef::Bool(false) => Text::Words("FALSE"),
        DataRef::DateTime(moment) => moment_of(moment, is_1904, buffer),
        DataRef::DateTimeIso(iso) => {
            let midnight = iso.split_once('T').filter(|(_, time)| {
                time.trim_end_matches('Z')
                    .bytes()
                    .all(|b| matches!(b, b'0' | b':' | b'.'))
            });
            Text::Words(midnight.map_or(iso, |(day, _)| day))
        }
        DataRef::DurationIso(iso) => Text::Words(iso),
        DataRef::Error(error) => {
            push(buffer, format_args!("{error}"));
            Text::Error(buffer)
        }
        DataRef::Empty => Text::Empty,
    }
}

/// Text without the byte that marks numbers.
fn words_of<'a>(words: &'a str, buffer: &'a mut String) -> Text<'a> {
    if words.is_empty() {
        return Text::Empty;
    }
    if !words.contains(super::CANONICAL) {
        return Text::Words(words);
    }
    buffer.extend(words.chars().filter(|c| *c != super::CANONICAL));
    Text::Words(buffer)
}

/// The shortest decimal that reads back as the same number, never in scientific notation; what a
/// formula left behind below the 28th decimal is cut, as no decimal could hold it.
fn number_of(number: f64, buffer: &mut String) -> Text<'_> {
    if !number.is_finite() {
        return Text::Error("#NUM!");
    }
    // A negative zero is a zero.
    let number = if number == 0.0 { 0.0 } else { number };
    push(buffer, format_args!("{number}"));
    let decimals = buffer.split_once('.').map_or(0, |(_, d)| d.len());
    if decimals > MAX_DECIMALS {
        buffer.clear();
        push(buffer, format_args!("{number:.MAX_DECIMALS$}"));
        let kept = buffer.trim_end_matches('0').trim_end_matches('.').len();
        buffer.truncate(kept);
        if buffer == "-0" {
            buffer.remove(0);
        }
    }
    Text::Number(buffer)
}

/// A serial number in a date's, time's or duration's format.
fn moment_of<'a>(moment: &ExcelDateTime, is_1904: bool, buffer: &'a mut String) -> Text<'a> {
    let serial = moment.as_f64();
    if !(0.0..1e9).contains(&serial) {
        // Excel shows such a "date" as ####; it is a number.
        return number_of(serial, buffer);
    }
    #[allow(clippy::cast_possible_truncation)] // Within 1e9 days.
    let seconds = libm::round(serial * 86_400.0) as i64;
    let (day, time) = (seconds / DAY_SECONDS, seconds % DAY_SECONDS);
    let (h, m, s) = (time / 3600, time / 60 % 60, time % 60);
    if moment.is_duration() {
        push(buffer, format_args!("{}:{m:02}:{s:02}", day * 24 + h));
        return Text::Words(buffer);
    }
    if day == 0 {
        push(buffer, format_args!("{h:02}:{m:02}:{s:02}"));
        return Text::Words(buffer);
    }
    let shifted = if is_1904 { day + SHIFT_1904 } else { day };
    if shifted > LAST_DAY {
        return number_of(serial, buffer);
    }
    if shifted == 60 {
        // Excel shows this day, which never was; a reader of dates will refuse it by name.
        buffer.push_str("1900-02-29");
    } else {
        let days = shifted - EPOCH_1900 + i64::from(shifted < 60);
        let date = Date::from_days(i32::try_from(days).unwrap_or_default());
        push(buffer, format_args!("{date}"));
    }
    if time != 0 {
        push(buffer, format_args!(" {h:02}:{m:02}:{s:02}"));
    }
    Text::Words(buffer)
}

/// Writing into a string does not fail.
fn push(buffer: &mut String, args: std::fmt::Arguments<'_>) {
    let _ = std::fmt::Write::write_fmt(buffer, args);
}
