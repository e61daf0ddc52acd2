//! Dates and numbers within sentences, written as the reader writes them.
//!
//! The library has no language: its sentences hold dates as `YYYY-MM-DD`, which is also what exports
//! hold, and numbers with a comma between thousands and a point before decimals. The page passes them
//! through here with its own way of writing.

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

/// The sentence with each number that stands alone and has a comma or a point written by `write`,
/// which is given its digits and point: 18,750 may otherwise be read as eighteen and three quarters.
///
/// ```
/// use perennial::view::dated::grouped;
/// let write = |number: &str| number.replace('.', ",");
/// let said = grouped("On 1,099.50 you earn 2.5 %, part 4.7-B, 3 in all.", &write);
/// assert_eq!(said, "On 1099,50 you earn 2,5 %, part 4.7-B, 3 in all.");
/// ```
pub fn grouped(text: &str, write: &dyn Fn(&str) -> String) -> String {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, ',' | '.' | '-' | '_' | '/');
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        let (word, behind) = rest.split_at(end);
        let number = word.trim_end_matches(['.', ',']);
        match plain(number) {
            Some(digits) => {
                out.push_str(&write(&digits));
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

/// The digits and point of a number with a comma between thousands or with decimals.
fn plain(word: &str) -> Option<String> {
    let (whole, decimals) = match word.split_once('.') {
        Some((whole, decimals)) => (whole, Some(decimals)),
        None => (word, None),
    };
    let all = |digits: &str| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    let mut groups = whole.split(',');
    let first = groups.next().filter(|first| all(first))?;
    let grouped = whole.contains(',');
    let fits = groups.all(|group| group.len() == 3 && all(group)) && (!grouped || first.len() < 4);
    let stands = fits && decimals.is_none_or(all) && (grouped || decimals.is_some());
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
        let said = |text: &str| grouped(text, &|number| format!("<{number}>"));
        assert_eq!(
            said("The quota is 600,000, paid once."),
            "The quota is <600000>, paid once."
        );
        assert_eq!(said("(1,099.50) and 0.5 %."), "(<1099.50>) and <0.5> %.");
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
