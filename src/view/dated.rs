//! Dates and numbers within sentences, written as the reader writes them.
//!
//! The library has no language: its sentences hold dates as `YYYY-MM-DD`, which is also what exports
//! hold, and numbers with a comma between thousands and a point before decimals. The page passes them
//! through here with its own way of writing.

use crate::base::Date;

/// Bytes of a date.
const LONG: usize = 10;

/// Stands before an amount in a sentence of the library, which does not know the book's currency.
const AMOUNT: char = '¤';

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

/// What a number within a sentence is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// An amount in the book's currency: it stands behind a ¤.
    Amount,
    /// A number before a percent sign.
    Percent,
    /// Any other with a comma between thousands or with decimals; it may be part of a name.
    Other,
}

/// The sentence with its numbers written by `write`, which is given their digits and point, or says by
/// `None` that one is to stay: 18,750 may otherwise be read as eighteen and three quarters.
///
/// ```
/// use perennial::view::dated::{numbers, Said};
/// let write = |number: &str, said| match said {
///     Said::Amount => Some(format!("{number} €")),
///     Said::Percent => Some(number.replace('.', ",")),
///     Said::Other => None,
/// };
/// let said = numbers("Steel 1.4301: 2.5 % of ¤1,099, 3 in all.", &write);
/// assert_eq!(said, "Steel 1.4301: 2,5 % of 1099 €, 3 in all.");
/// ```
pub fn numbers(text: &str, write: &dyn Fn(&str, Said) -> Option<String>) -> String {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, ',' | '.' | '-' | '_' | '/');
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        let (word, behind) = rest.split_at(end);
        let number = word.trim_end_matches(['.', ',']);
        let amount = out.ends_with(AMOUNT);
        let said = match behind.starts_with(" %") {
            _ if amount => Said::Amount,
            true => Said::Percent,
            false => Said::Other,
        };
        match plain(number, amount).and_then(|digits| write(&digits, said)) {
            Some(written) => {
                if amount {
                    out.pop();
                }
                out.push_str(&written);
                out.push_str(word.get(number.len()..).unwrap_or_default());
            }
            None => out.push_str(word),
        }
        let apart = behind.find(is_part).unwrap_or(behind.len());
        let (between, next) = behind.split_at(apart);
        out.push_str(between);
        rest = next;
    }
    out
}

/// The digits and point of a number; of one without comma and decimals only where it is `sure` to be one.
fn plain(word: &str, sure: bool) -> Option<String> {
    let unsigned = word.strip_prefix('-').filter(|_| sure).unwrap_or(word);
    let (whole, decimals) = match unsigned.split_once('.') {
        Some((whole, decimals)) => (whole, Some(decimals)),
        None => (unsigned, None),
    };
    let all = |digits: &str| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    let mut groups = whole.split(',');
    let first = groups.next().filter(|first| all(first))?;
    let grouped = whole.contains(',');
    let fits = groups.all(|group| group.len() == 3 && all(group)) && (!grouped || first.len() < 4);
    let stands = fits && decimals.is_none_or(all) && (sure || grouped || decimals.is_some());
    stands.then(|| word.replace(',', ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> String {
        dated(text, &|date| format!("<{}>", date.days()))
    }

    #[test]
    fn numbers_are_written_where_they_are_numbers() {
        let said = |text: &str| numbers(text, &|number, _| Some(format!("<{number}>")));
        assert_eq!(
            said("The quota is 600,000, paid once."),
            "The quota is <600000>, paid once."
        );
        assert_eq!(said("(1,099.50) and 0.5 %."), "(<1099.50>) and <0.5> %.");
        assert_eq!(
            said("¤-3, ¤4.5, -2.5 and 5 ¤."),
            "<-3>, <4.5>, -2.5 and 5 ¤."
        );
        for text in [
            "P-1.5",
            "31.12.2025",
            "1,2,3",
            "12,34",
            "600",
            "M4/2.5",
            "",
            "Ä 4.5b, 1,0000",
        ] {
            assert_eq!(said(text), text);
        }
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
